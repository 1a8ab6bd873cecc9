"""The bench of claims: how claims are paired, what is counted, and the real annotation where it is there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, read
from weigh.bench import claim_sets, claims, claims_test
from weigh.bench.claim_names import Canonical
from weigh.bench.claim_pairs import (
    ALL,
    COUNTED,
    FOUND,
    SHARES,
    WORDS,
    Gold,
    Pairing,
    all_same,
    f1,
    interval,
    nearly_same,
    overlap,
    paired,
    precision,
    recall,
)
from weigh.bench.claim_sets import gold_documents, pairings
from weigh.bench.claims import DEVELOPMENT, KEPT_APART
from weigh.bench.data import Context
from weigh.bench.rows import Missing, Row
from weigh.cli.bench import BENCHES, ON_REQUEST
from weigh.records import Basis, Degree, Span, Stance

TEXT = "Iran hacked the ministry. Chile denied the hack."


def gold(start: int, end: int, stance: str, **more: object) -> Gold:
    """An annotated claim of `TEXT`."""
    return Gold(start, end, stance, **more)  # type: ignore[arg-type]


FIRST = gold(0, 25, "attribute", speakers=("CA",), accused=("IR",), degree="by")
SECOND = gold(26, 48, "deny", speakers=("CL",), reported_by=("CA",), accused=("CL",))


SETS = (*DEVELOPMENT, *KEPT_APART)
NEAR = "the same, where one party in common is enough"


def pairing(gold_claims: tuple[Gold, ...], publisher: str = "Canada", text: str = TEXT) -> Pairing:
    """The text read as its publisher's, and paired."""
    found = read(text, publisher)
    return Pairing(gold_claims, found, paired(gold_claims, found), "en")


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (Span(0, 10), Span(0, 10), 1.0),
        (Span(0, 10), Span(5, 15), 1 / 3),
        (Span(0, 10), Span(0, 20), 0.5),
        (Span(0, 100), Span(40, 44), 0.04),
        (Span(0, 10), Span(10, 20), 0.0),
        (Span(0, 10), Span(30, 40), 0.0),
    ],
)
def test_overlap_is_intersection_over_union(one: Span, other: Span, shared: float) -> None:
    assert overlap(one, other) == overlap(other, one) == pytest.approx(shared)


@given(st.tuples(*[st.integers(0, 30)] * 4))
def test_overlap_by_counting_characters(ends: tuple[int, int, int, int]) -> None:
    one, other = Span(ends[0], ends[0] + ends[1] + 1), Span(ends[2], ends[2] + ends[3] + 1)
    left, right = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert overlap(one, other) == pytest.approx(len(left & right) / len(left | right))


def test_claims_are_paired_one_to_one_by_place() -> None:
    found = read(TEXT, "Canada")
    assert [(one.stance, claim.stance) for one, claim in paired([FIRST, SECOND], found)] == [
        ("attribute", Stance.ATTRIBUTE),
        ("deny", Stance.DENY),
    ]
    assert len(paired([FIRST, FIRST], found)) == 1
    assert len(paired([gold(0, 25, "deny")], found)) == 1
    assert paired([gold(0, 6, "attribute")], found) == ()


def test_of_two_annotations_on_one_place_the_one_that_agrees_is_paired() -> None:
    wrong = gold(0, 25, "doubt", speakers=("DE",), accused=("FR",))
    (pair,) = (pair for pair in paired([wrong, FIRST], read(TEXT, "Canada")) if pair[1].span.start == 0)
    assert pair[0] is FIRST


def test_a_perfect_reading_scores_one_in_everything_it_has() -> None:
    perfect = pairing((FIRST, SECOND))
    for counts in (*COUNTED.values(), *SHARES.values()):
        assert counts(perfect) == (2, 2, 2)
    assert WORDS["likelihood"](perfect) == (0, 0, 0)


@pytest.mark.parametrize(
    ("changed", "found", "right", "near"),
    [
        ({}, 1, 1, 1),
        ({"speakers": ("DE",)}, 1, 0, 0),
        ({"speakers": ("CA", "DE")}, 1, 0, 1),
        ({"accused": ("IR", "G0007")}, 1, 0, 1),
        ({"accused": ("IR/IRGC",)}, 1, 1, 1),
        ({"accused": ("ir",)}, 1, 1, 1),
        ({"accused": ()}, 1, 0, 0),
        ({"stance": "accuse"}, 1, 0, 0),
        ({"end": 9}, 0, 0, 0),
    ],
)
def test_what_must_be_right(changed: dict[str, object], found: int, right: int, near: int) -> None:
    fields = {"end": 25, "stance": "attribute", "speakers": ("CA",), "accused": ("IR",), **changed}
    scored = pairing((Gold(start=0, **fields),))  # type: ignore[arg-type]
    assert [COUNTED[name](scored)[0] for name in (FOUND, ALL, NEAR)] == [found, right, near]
    assert all(nearly_same(*pair) for pair in scored.pairs if all_same(*pair))


def test_rows_tell_languages_sides_stances_and_what_is_confused() -> None:
    blank = Row("claims", "", 0.0, None, None, 0, None, "max", {}, 0.0, "weigh bench claims", "one text")
    accusing = tuple(gold(0, 25, "accuse", accused=("IR",)) for _ in range(5))
    scored = Pairing((*accusing, SECOND), read(TEXT, "Canada"), (), "zh")
    both = Pairing((accusing[0], SECOND), scored.read, paired([accusing[0], SECOND], scored.read), "en")
    told = {row.metric: row for row in claims.rows([scored, both], blank, {(FOUND, "recall"): 0.8})}
    assert told[f"{FOUND}: recall"].bar == 0.8
    assert told[f"{FOUND}: recall"].value == pytest.approx(2 / 8)
    assert (told["found, in English: recall"].value, told["found, in Chinese: recall"].value) == (1.0, 0.0)
    assert told["found, of those who accuse, find or endorse: recall"].value == pytest.approx(1 / 6)
    assert told["found, of those who deny, doubt or answer: recall"].value == pytest.approx(1 / 2)
    mean = told["found with its stance: mean recall over 1 stances"]
    assert (mean.value, mean.n) == (0.0, 6)
    confused = told["accuse read as attribute"]
    assert (confused.value, confused.n, confused.direction) == (1.0, 1, "min")


def test_words_count_where_they_overlap_by_half() -> None:
    text = "It is highly likely that Iran hacked the ministry in 2020."
    found = read(text, "Canada")
    right = gold(0, len(text), "attribute", likelihood=(6, 19), when=(50, 57))
    wrong = gold(0, len(text), "attribute", likelihood=(30, 40))
    for one, expected in ((right, (1, 1, 1)), (wrong, (0, 1, 1))):
        assert WORDS["likelihood"](Pairing((one,), found, paired([one], found))) == expected
    assert WORDS["when"](Pairing((right,), found, paired([right], found))) == (1, 1, 1)


@given(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)))
def test_f1_is_the_harmonic_mean(numbers: tuple[int, int, int]) -> None:
    right, read_, there = numbers[0], numbers[0] + numbers[1], numbers[0] + numbers[2]
    counts = np.array([right, read_, there], dtype=float)
    if right == 0:
        assert not f1(counts) > 0.0
        return
    p, r = precision(counts), recall(counts)
    assert f1(counts) == pytest.approx(2 * p * r / (p + r))


def test_an_interval_holds_the_figure_and_is_nan_where_nothing_can_be_counted() -> None:
    table = np.array([[8, 9, 10], [3, 6, 5], [5, 5, 9]], dtype=float)
    low, high = interval(table, precision)
    assert low <= precision(table.sum(axis=0)) <= high
    assert interval(table, precision) == (low, high)
    assert all(np.isnan(interval(np.zeros((3, 3)), recall)))


@pytest.mark.parametrize("name", SETS)
def test_an_annotation_is_offsets_and_labels(name: str) -> None:
    for item in gold_documents(name):
        assert (item.sha256 == "") != (item.text == "")
        for one in item.claims:
            assert one.stance in set(Stance)
            assert one.degree in set(Degree)
            assert one.basis in set(Basis)
            assert 0 <= one.start < one.end
            assert item.text == "" or one.end <= len(item.text)
            assert item.annotated_to == 0 or one.end <= item.annotated_to
            for quote in (one.act, one.target, one.when, one.likelihood, one.confidence):
                assert quote is None or quote[0] < quote[1]


def test_no_text_is_in_two_sets() -> None:
    names = [item.document for name in SETS for item in gold_documents(name)]
    texts = [item.text or item.sha256 for name in SETS for item in gold_documents(name)]
    assert len(set(names)) == len(names)
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", [name for name in SETS if "written" in name])
def test_invented_texts_say_that_they_are_and_take_no_side(name: str) -> None:
    raw = (Path(claim_sets.__file__).parent / name).read_text("utf-8")
    assert "invented for testing" in raw[:200]
    claimed = [one for item in gold_documents(name) for one in item.claims]
    accused = {party.partition("/")[0] for one in claimed for party in one.accused}
    speakers = {party.partition("/")[0] for one in claimed for party in one.speakers}
    assert len({party for party in accused if len(party) == 2}) >= 8
    assert len({party for party in accused & speakers if len(party) == 2}) >= 5


def test_the_test_set_is_measured_only_when_it_is_named() -> None:
    assert "claims-test" not in BENCHES
    assert ON_REQUEST["claims-test"] == claims_test.__name__
    assert claims_test.run is claims.run_test


@pytest.mark.parametrize("run", [claims.run, claims.run_test])
def test_without_its_data_the_bench_says_what_it_lacks(
    run: Callable[[Context], Iterator[Row | Missing]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.claims.reader import reader  # the small reader takes the knowledge's place

    monkeypatch.setattr(claims, "_reader", lambda context: (reader(), Canonical({})))
    found = list(run(Context(tmp_path, lambda step, share: None)))
    assert any(isinstance(row, Missing) for row in found)
    assert all("invented" in row.data for row in found if isinstance(row, Row))


def small_corpus(folder: Path) -> Context:
    """A folder with one listed document, of which one claim can be read and one cannot."""
    corpus = folder / "corpus" / "statements"
    corpus.mkdir(parents=True)
    (corpus / "note.txt").write_text(TEXT + " It was odd.", "utf-8")
    (corpus / "note.json").write_text(json.dumps({"publisher": "Canada", "date": "2021-01-01"}))
    rows: list[dict[str, str | None]] = [
        {"quote": "Iran hacked the ministry", "stance": "attribute", "speaker": "Canada", "accused": "Iran"},
        {"quote": "It was odd", "stance": "support", "speaker": "Canada", "accused": None},
    ]
    lines = [json.dumps({"doc": "statements/note.txt", **row}) for row in rows]
    (folder / "corpus" / "claims_gold.jsonl").write_text("\n".join(lines))
    return Context(folder, lambda step, share: None)


def test_listed_claims_are_recalled_and_missing_texts_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.claims.reader import reader  # the small reader takes the knowledge's place

    monkeypatch.setattr(claims, "_reader", lambda context: (reader(), Canonical({})))
    found = list(claims.run(small_corpus(tmp_path)))
    lacking = [row for row in found if isinstance(row, Missing)]
    assert len(lacking) == len(gold_documents("claims_gold.json"))
    values = {row.metric: (row.value, row.n) for row in found if isinstance(row, Row)}
    assert values["listed claims, found with its stance: recall"] == (0.5, 2)
    assert values["listed claims, accused: share of pairs that agree"] == (1.0, 1)


def test_a_text_that_is_not_the_annotated_one_is_not_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.claims.reader import reader  # the small reader takes the knowledge's place

    monkeypatch.setattr(claims, "_reader", lambda context: (reader(), Canonical({})))
    context = small_corpus(tmp_path)
    item = gold_documents("claims_gold.json")[0]
    (tmp_path / "corpus" / item.document).write_text("Another text.", "utf-8")
    problems = [row.lacks for row in claims.run(context) if isinstance(row, Missing)]
    assert any("not the text that was annotated" in problem for problem in problems)


@pytest.mark.parametrize("name", ["claims_gold.json", "claims_kept_apart.json"])
def test_the_annotated_documents_are_the_shared_ones(shared: Path, name: str) -> None:
    for item in gold_documents(name):
        raw = (shared / "corpus" / item.document).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == item.sha256
        assert all(one.end <= len(raw.decode()) for one in item.claims)


def test_on_the_annotated_documents_most_claims_are_found(shared: Path) -> None:
    from tests.claims.reader import reader  # three actors are enough for these documents

    context = Context(shared, lambda step, share: None)
    found = [
        each
        for each in pairings("claims_gold.json", "claims", context, reader(), Canonical({}))
        if not isinstance(each, Missing)
    ]
    assert len(found) == 6
    table = np.array([COUNTED[FOUND](each) for _, each in found], dtype=float).sum(axis=0)
    assert precision(table) >= 0.75
    assert recall(table) >= 0.75


def test_a_document_is_read_with_what_stands_beside_it(tmp_path: Path) -> None:
    small_corpus(tmp_path)
    found = claim_sets.read_document(tmp_path / "corpus" / "statements" / "note.txt")
    assert found.source is not None
    assert (found.source.name, found.date, found.name) == ("Canada", "2021-01-01", "note.txt")
    assert found.text == document(TEXT + " It was odd.").text
