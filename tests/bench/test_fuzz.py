"""The fuzzer: its valid files are read, its damage can be made again, and what fails is counted."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE
from weigh.bench import fuzz
from weigh.bench.claim_seeds import SEEDS as CLAIM_SEEDS
from weigh.bench.fuzz import ALL, Failure, Tally, budget, damaged, fuzzed, row, tried
from weigh.bench.mutations import MUTATIONS, Mutate, mutant
from weigh.bench.seeds import SEEDS
from weigh.bench.tried import Program, answered, imported
from weigh.errors import UsageError
from weigh.evidence import observe
from weigh.readers import read_bytes
from weigh.records import Kind

PROGRAM = Program.of(CATALOGUE)
VALID = [(name, index) for name, seeds in SEEDS.items() for index in range(len(seeds))]


@pytest.mark.parametrize(("name", "index"), VALID)
def test_every_valid_file_is_read_as_its_format(name: str, index: int) -> None:
    document = read_bytes(SEEDS[name][index], name)
    assert document.format == name.split(".")[0]
    assert Kind.TECHNIQUE in {each.kind for each in observe(document, PROGRAM.observer)}


@pytest.mark.parametrize(
    ("name", "claims"), [("table.eurepoc", (3, 3, 3, 3)), ("model.answer", (3, 3, 0, 0))]
)
def test_every_valid_table_and_answer_holds_its_claims(name: str, claims: tuple[int, ...]) -> None:
    way = imported if name.endswith(".eurepoc") else answered
    found = [way(seed, name, PROGRAM) for seed in CLAIM_SEEDS[name]]
    assert [said.partition(", ")[2] for said in found] == [f"{number} claims" for number in claims]


@pytest.mark.parametrize("name", ALL)
def test_a_damaged_file_ends_well(name: str) -> None:
    assert [tried(name, damaged(name, number), PROGRAM) for number in range(25)] == [""] * 25


@pytest.mark.parametrize("name", ALL)
def test_damage_follows_from_the_number(name: str) -> None:
    made = [damaged(name, number) for number in range(25)]
    assert made == [damaged(name, number) for number in range(25)]
    assert len(set(made)) > 15


FILES = st.binary(max_size=50)


@given(st.sampled_from(MUTATIONS), FILES, st.lists(FILES, min_size=1), st.integers())
def test_any_bytes_can_be_damaged(mutate: Mutate, data: bytes, seeds: list[bytes], seed: int) -> None:
    assert isinstance(mutate(data, seeds, Random(seed)), bytes)


@given(st.binary(max_size=60), st.integers())
def test_any_bytes_can_be_mutated(data: bytes, seed: int) -> None:
    for begin in (b"", b"PK", b"{", b"["):
        assert isinstance(mutant([begin + data], Random(seed)), bytes)


def test_much_damage_to_containers_stays_inside_of_them() -> None:
    archives = [damaged("docx.docx", number) for number in range(60)]
    assert sum(zipfile.is_zipfile(BytesIO(data)) for data in archives) > 20
    assert sum(is_json(damaged("stix.json", number)) for number in range(60)) > 20


def is_json(data: bytes) -> bool:
    """Whether the bytes are still JSON."""
    try:
        json.loads(data)
    except ValueError:
        return False
    return True


def test_whatever_is_no_located_error_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tried("a.txt", b"They used T1566.", PROGRAM) == ""
    assert tried("a.txt", b"", PROGRAM) == ""
    monkeypatch.setattr("weigh.evidence.survey", lambda document, observer: [].pop())
    assert tried("a.txt", b"They used T1566.", PROGRAM).startswith("IndexError in ")


@pytest.mark.parametrize(("said", "seconds"), [("", 60.0), ("600", 600.0), ("0.5", 0.5)])
def test_the_time_is_what_the_environment_says(
    said: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(fuzz.SECONDS, said)
    assert budget() == seconds


@pytest.mark.parametrize("said", ["soon", "0", "-1", "nan", "inf"])
def test_what_is_no_time_is_refused(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(fuzz.SECONDS, said)
    with pytest.raises(UsageError, match="WEIGH_FUZZ_SECONDS"):
        budget()


def test_a_process_that_dies_is_one_failure_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    told = [
        (-11, "file\ntook 0.250\nfile\nended by signal 11"),
        (0, 'file\ntook 0.500\nfailed {"number":2,"error":"KeyError"}\nfile\ntook 0.1\n'),
    ]

    def answers(module: str, words: list[str], seconds: float) -> tuple[int, str]:
        asked.append(words)
        return told[len(asked) - 1]

    monkeypatch.setattr(fuzz, "bounded", answers)
    found = fuzzed("csv.csv", 60.0, Path("k"))
    assert found == Tally(4, 0.5, [Failure(1, "ended by signal 11"), Failure(2, "KeyError")])
    assert [words[2] for words in asked] == ["0", "2"]


def test_a_row_names_what_failed_by_its_number() -> None:
    found = row("csv.csv", Tally(9, 0.5, [Failure(4, "KeyError")]))
    assert (found.value, found.n, found.bar, found.verdict) == (1.0, 9, 0.0, "short")
    assert found.peers == {"number 4: KeyError": 1.0, "slowest, s": 0.5}
    assert row("csv.csv", Tally(9)).verdict == "reached"
