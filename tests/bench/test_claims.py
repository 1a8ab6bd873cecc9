"""The bench of claims: how claims are paired, what is counted, and the real annotation where it is there."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, read
from weigh.bench import claims, claims_test
from weigh.bench.claim_pairs import (
    COUNTED,
    SHARES,
    Gold,
    Pairing,
    covers_half,
    f1,
    interval,
    paired,
    precision,
    recall,
)
from weigh.bench.claims import FROZEN, gold_documents
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


@pytest.mark.parametrize(
    ("one", "other", "covered"),
    [
        (Span(0, 10), Span(0, 10), True),
        (Span(0, 10), Span(5, 30), True),
        (Span(0, 10), Span(6, 30), False),
        (Span(0, 100), Span(40, 44), True),
        (Span(0, 10), Span(10, 20), False),
    ],
)
def test_half_of_the_shorter_one_must_be_shared(one: Span, other: Span, covered: bool) -> None:
    assert covers_half(one, other) is covered
    assert covers_half(other, one) is covered


def test_claims_are_paired_one_to_one_by_place_and_stance() -> None:
    found = read(TEXT, "Canada")
    assert [(one.stance, claim.stance) for one, claim in paired([FIRST, SECOND], found)] == [
        ("attribute", Stance.ATTRIBUTE),
        ("deny", Stance.DENY),
    ]
    assert len(paired([FIRST, FIRST], found)) == 1
    assert paired([gold(0, 25, "deny")], found) == ()
    assert len(paired([gold(0, 25, "deny")], found, any_stance=True)) == 1


def test_a_perfect_reading_scores_one_in_everything_it_has() -> None:
    found = read(TEXT, "Canada")
    pairs = paired([FIRST, SECOND], found)
    pairing = Pairing((FIRST, SECOND), found, pairs, pairs)
    for name in ("claims", "claims of any stance"):
        assert COUNTED[name](pairing) == (2, 2, 2)
    for name in ("speakers", "reported by", "accused, state or actor", "accused, exactly", "degree", "basis"):
        assert SHARES[name](pairing) == (2, 2, 2)
    assert COUNTED["likelihood"](pairing) == (0, 0, 0)


def test_words_count_where_they_overlap_by_half() -> None:
    text = "It is highly likely that Iran hacked the ministry in 2020."
    found = read(text, "Canada")
    right = gold(0, len(text), "attribute", likelihood=(6, 19), when=(50, 57))
    wrong = gold(0, len(text), "attribute", likelihood=(30, 40))
    for one, expected in ((right, (1, 1, 1)), (wrong, (0, 1, 1))):
        pairs = paired([one], found)
        assert COUNTED["likelihood"](Pairing((one,), found, pairs, pairs)) == expected
    pairs = paired([right], found)
    assert COUNTED["when"](Pairing((right,), found, pairs, pairs)) == (1, 1, 1)


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


def test_the_annotation_is_offsets_and_labels_only() -> None:
    assert [len(item.claims) for item in gold_documents()] == [22, 11, 10, 19, 14, 24]
    for item in gold_documents():
        assert item.document not in FROZEN
        for one in item.claims:
            assert one.stance in set(Stance)
            assert one.degree in set(Degree)
            assert one.basis in set(Basis)
            assert 0 <= one.start < one.end
            for quote in (one.act, one.target, one.when, one.likelihood, one.confidence):
                assert quote is None or quote[0] < quote[1]


def test_the_test_set_is_measured_only_when_it_is_named() -> None:
    assert "claims-test" not in BENCHES
    assert ON_REQUEST["claims-test"] == claims_test.__name__
    assert claims_test.run is claims.run_test


@pytest.mark.parametrize("run", [claims.run, claims.run_test])
def test_without_its_data_the_bench_says_what_it_lacks(run: type, tmp_path: Path) -> None:
    (row,) = run(Context(tmp_path, lambda step, share: None))
    assert isinstance(row, Missing)


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

    monkeypatch.setattr(claims, "_reader", lambda context: reader())
    found = list(claims.run(small_corpus(tmp_path)))
    assert len([row for row in found if isinstance(row, Missing)]) == len(gold_documents())
    values = {row.metric: (row.value, row.n) for row in found if isinstance(row, Row)}
    assert values["listed claims, stance equal: recall"] == (0.5, 2)
    assert values["listed claims, accused: share of pairs that agree"] == (1.0, 1)


def test_a_text_that_is_not_the_annotated_one_is_not_scored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.claims.reader import reader  # the small reader takes the knowledge's place

    monkeypatch.setattr(claims, "_reader", lambda context: reader())
    context = small_corpus(tmp_path)
    item = gold_documents()[0]
    (tmp_path / "corpus" / item.document).write_text("Another text.", "utf-8")
    problems = [row.lacks for row in claims.run(context) if isinstance(row, Missing)]
    assert any("not the text that was annotated" in problem for problem in problems)


def test_the_annotated_documents_are_the_shared_ones(shared: Path) -> None:
    for item in gold_documents():
        raw = (shared / "corpus" / item.document).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == item.sha256
        assert all(one.end <= len(raw.decode()) for one in item.claims)


def test_on_the_annotated_documents_nine_claims_in_ten_are_right(shared: Path) -> None:
    from tests.claims.reader import reader  # three actors are enough for these documents

    pairings, missing = claims._annotated(Context(shared, lambda step, share: None), reader())
    assert missing == []
    table = np.array([COUNTED["claims"](pairing) for pairing in pairings], dtype=float).sum(axis=0)
    assert precision(table) >= 0.85
    assert recall(table) >= 0.8


def test_a_document_is_read_with_what_stands_beside_it(tmp_path: Path) -> None:
    small_corpus(tmp_path)
    found = claims._document(tmp_path / "corpus" / "statements" / "note.txt")
    assert found.source is not None
    assert (found.source.name, found.date, found.name) == ("Canada", "2021-01-01", "note.txt")
    assert found.text == document(TEXT + " It was odd.").text
