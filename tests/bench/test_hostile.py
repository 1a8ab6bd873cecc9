"""The hostile bench: trials in processes of their own, and rows that name the worst."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evidence.known import CATALOGUE
from weigh.bench import fuzz, hostile, hostile_claims, trial
from weigh.bench.hostile import AS_HUGE, CORPUS, rows
from weigh.bench.trial import Bounds, Outcome, attempt, bounded, described, outcome
from weigh.bench.tried import Program, WrongQuoteError, answered, examined, is_document
from weigh.claims import Reading
from weigh.claims.endpoint import MOST_BYTES
from weigh.evidence import build
from weigh.records import Document, Span

PROGRAM = Program.of(CATALOGUE)


def test_a_document_and_a_located_error_are_handled(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("They used T1566.", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    found = outcome(tmp_path, PROGRAM)
    assert found.unhandled == ""
    assert found.said.startswith("text, 16 characters, 1 observations, 0 claims; ")
    assert found.said.endswith("b.txt: it is empty")
    assert found.seconds > 0
    assert found.megabytes is None or found.megabytes > 1


def test_any_other_error_is_unhandled_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Words.", "utf-8")
    monkeypatch.setattr("weigh.evidence.survey", lambda document, observer: {}.popitem())
    assert outcome(tmp_path / "a.txt", PROGRAM).unhandled.startswith("KeyError in ")


def test_an_error_is_described_with_its_place() -> None:
    with pytest.raises(AttributeError) as caught:
        build(None)  # type: ignore[arg-type]
    said = described(caught.value)
    assert said.startswith("AttributeError in ")
    assert ".py:" in said
    assert len(said) <= 300


def test_a_process_is_told_apart_by_how_it_ends() -> None:
    assert bounded("this", [], 60.0)[0] == 0
    code, said = bounded("no.such.module", [], 60.0)
    assert code != 0
    assert "no" in said


def test_a_process_without_an_end_is_ended() -> None:
    code, said = bounded("http.server", ["0", "--bind", "127.0.0.1"], 0.5)
    assert code != 0
    assert said.endswith("no end within 0.5 s")


def test_a_trial_that_dies_is_an_unhandled_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    died = (-signal.SIGKILL, f"ended by signal {signal.SIGKILL:d}")
    monkeypatch.setattr(trial, "bounded", lambda module, words, seconds: died)
    found = attempt(tmp_path / "a.txt", tmp_path, Bounds())
    assert (found.unhandled, found.megabytes) == ("ended by signal 9", None)


def test_a_trial_tells_its_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = '{"unhandled":"","said":"x","seconds":1.5,"megabytes":20.0}\n'
    monkeypatch.setattr(trial, "bounded", lambda module, words, seconds: (0, told))
    assert attempt(tmp_path / "a.txt", tmp_path, Bounds()) == Outcome("", "x", 1.5, 20.0)


ENDED: Mapping[str, Outcome] = {
    "a": Outcome("", "", 3.0, 50.0),
    "b": Outcome("KeyError in a.py:1: x", "", 1.0, None),
    "c": Outcome("", "", 2.0, 70.0),
    "d": Outcome("", "", 0.5, 60.0),
}


def test_rows_count_what_failed_and_name_the_worst() -> None:
    failed, seconds, megabytes = rows(ENDED)
    assert (failed.value, failed.n, failed.verdict) == (1, 4, "short")
    assert list(failed.peers) == ["b: KeyError in a.py:1: x"]
    assert (seconds.value, list(seconds.peers)) == (3.0, ["a", "c", "b"])
    assert (megabytes.value, list(megabytes.peers), megabytes.n) == (70.0, ["c", "d", "a"], 3)


def test_no_failure_reaches_the_bar() -> None:
    assert next(rows({"a": ENDED["a"]})).verdict == "reached"


def test_a_system_that_tells_no_memory_has_no_row_of_it() -> None:
    assert [row.metric for row in rows({"b": ENDED["b"]})][1:] == ["worst file, s"]


def test_files_are_made_by_name() -> None:
    assert set(AS_HUGE) <= set(CORPUS)
    assert len(CORPUS) >= 80
    assert hostile.HUGE < 50_000_000


@pytest.mark.parametrize("name", [*hostile_claims.TEXTS, *hostile_claims.TABLES, *hostile_claims.ANSWERS])
def test_what_is_hostile_to_claims_ends_well_in_small(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(CORPUS[name](3_000))
    found = outcome(path, PROGRAM)
    assert found.unhandled == ""
    assert found.said != ""


def test_hostile_answers_are_no_larger_than_an_answer_may_be() -> None:
    for name, make in hostile_claims.ANSWERS.items():
        assert len(make(hostile.LARGE)) <= MOST_BYTES, name


def test_a_refusal_of_an_answer_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.answer"
    path.write_bytes(b"{")
    found = outcome(path, PROGRAM)
    assert (found.unhandled, found.said.partition(":")[0]) == ("", "a.answer")


def test_a_claim_that_is_not_its_quote_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(
        "0" * 64,
        "Estonia attributes the intrusion into its ministry to Russia with high confidence.",
        "text",
        "a.txt",
    )
    moved = [replace(claim, span=Span(0, 1)) for claim in PROGRAM.claims.read(document).claims]
    assert len(moved) == 1
    monkeypatch.setattr(type(PROGRAM.claims), "read", lambda self, document: Reading(tuple(moved), (), "en"))
    with pytest.raises(WrongQuoteError, match="not its quote"):
        examined(document, PROGRAM)
    assert fuzz.tried("a.txt", document.text.encode(), PROGRAM).startswith("a claim that is not its quote")


def test_endings_say_what_a_file_stands_for() -> None:
    assert is_document("a.txt")
    assert not is_document("a.answer")
    assert not is_document("a.b.eurepoc")
    assert answered(hostile_claims.answered('{"claims":[]}'), "a.answer", PROGRAM) == "answer, 0 claims"
