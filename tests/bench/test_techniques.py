"""The bench of technique reading: sets, scores and rows, on made-up annotations and on the real ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from weigh.bench import techniques
from weigh.bench.annotated import (
    Sets,
    annotated,
    choices,
    first_said,
    interval,
    matches,
    read_sets,
    repeated,
)
from weigh.bench.data import OFFICIAL, Context
from weigh.bench.labelled_documents import families_of
from weigh.bench.rows import Missing
from weigh.compiling.annotations import Annotated
from weigh.compiling.attack import AttackSource, Reference, StixObject, read_bundle
from weigh.compiling.build import examples
from weigh.compiling.linking import link
from weigh.compiling.text_training import Example, train
from weigh.evidence.text_model import REPORTED_FROM, TextModel
from weigh.knowledge.catalogue import Technique

NOW = {"T1574.002": "T1574.001", "T1064": ""}


def given_set(*rows: tuple[str, set[str], str]) -> Annotated:
    return Annotated(
        tuple(text for text, _, _ in rows),
        tuple(frozenset(labels) for _, labels, _ in rows),
        tuple(name for _, _, name in rows),
    )


@pytest.fixture(scope="module")
def model() -> TextModel:
    known = {
        "T1001": ("it hides data in junk traffic", "data was hidden in junk"),
        "T1001.001": ("it pads packets with random letters", "packets are padded with letters"),
        "T1002": ("it compresses archives with a password", "archives were compressed"),
        "": ("it is a group that works at night", "the vendor sells a product"),
    }
    lessons = [
        Example(f"{text}.", label) for label, texts in known.items() for text in texts for _ in range(9)
    ]
    ids = [label for label in known if len(label) > 0]
    return TextModel.from_arrays(train(lessons, [Technique(label, f"Name {label}") for label in ids]))


def test_a_set_of_spans_is_read_with_retired_ids_brought_up_to_date() -> None:
    table = [
        {"text": "a", "label": "T1574.002", "doc_title": "x"},
        {"text": "b", "label": "T1064", "doc_title": "y"},
    ]
    assert annotated(table, NOW) == given_set(("a", {"T1574.001"}, "x"), ("b", {"T1064"}, "y"))


@pytest.mark.parametrize("column", ["doc_title", "document"])
def test_a_set_of_columns_is_read_without_labels_that_are_no_techniques(column: str) -> None:
    table = {
        "sentence": {"0": "a", "1": "b"},
        "labels": {"0": ["T1566", "TA0001", "G0007", "T1566"], "1": []},
        column: {"0": "x", "1": "x"},
    }
    assert annotated(table, {}) == given_set(("a", {"T1566"}, "x"), ("b", set(), "x"))


def test_anything_else_is_no_set() -> None:
    with pytest.raises(ValueError, match="annotated"):
        annotated("T1566", {})


def test_the_candidates_are_the_labels_of_the_training_half() -> None:
    half = given_set(("a", {"T1002", "T1001"}, "x"), ("b", {"T1001"}, "y"))
    assert Sets(half, (half, given_set(("c", {"T1003"}, "z"))), (half, half)).candidates == ("T1001", "T1002")


def test_choices_are_among_the_candidates(model: TextModel) -> None:
    spans = given_set(
        ("it pads its packets with letters", {"T1001"}, "x"), ("they compressed archives", {"T1001"}, "x")
    )
    assert choices(model, spans, ("T1001", "T1002")).tolist() == [True, False]


def test_what_is_said_first_matches_its_label_or_refines_it(model: TextModel) -> None:
    spans = given_set(
        ("it pads its packets with letters", {"T1001"}, "x"), ("they compressed archives", {"T1002"}, "x")
    )
    said = first_said(model, spans.sentences)
    assert said == ["T1001.001", "T1002"]
    assert matches(said, spans, refined=False).tolist() == [False, True]
    assert matches(said, spans, refined=True).tolist() == [True, True]


def test_the_interval_resamples_documents_and_not_sentences() -> None:
    values, documents = [1.0] * 50 + [0.0] * 50, ["x"] * 50 + ["y"] * 50
    assert interval(values, documents) == (0.0, 1.0)
    low, high = interval(values, [str(number) for number in range(100)])
    assert 0.35 < low < 0.5 < high < 0.65


def test_documents_that_stand_in_both_halves_are_found() -> None:
    long, other = (
        "a sentence of more than forty characters, certainly",
        "yet another sentence, also more than forty",
    )
    first = given_set((long, set(), "x"), (other, set(), "x"))
    second = given_set(
        (long, set(), "Y"), (long.upper(), set(), "Z"), ("short", set(), "Z"), (other, set(), "Y")
    )
    assert repeated(first, second) == {"Y"}


def test_reports_are_known_by_the_titles_in_their_citations() -> None:
    cited = Reference("Vendor 2020", "Vendor. (2020, May 1). A Long Title: of a Report. Retrieved ...")
    source = AttackSource(
        "1", "", "", (StixObject("malware", "malware--1", external_references=(cited,)),), True, False, 0
    )
    assert techniques.citing(source, {"A long title – of a report", "Other"}) == {"Vendor 2020"}
    assert techniques.citing(source, {"A Long"}) == frozenset()


def test_spans_are_of_documents_whose_titles_are_written_otherwise() -> None:
    spans = given_set(("a", {"T1001"}, "A Report: of 2020"), ("b", {"T1001"}, "Another"))
    assert techniques.spans_of(spans, ["A Report  of 2020"]).sentences == ("a",)


def test_held_out_procedures_share_no_report_with_what_was_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    lessons = [
        Example(f"it did number {number}.", "T1001", tuple(f"R{name}" for name in {number % 7, number % 3}))
        for number in range(60)
    ] + [Example("it is described.", "T1001"), Example("it is a group.", "", ("R1",))]
    left_out: list[frozenset[str]] = []
    monkeypatch.setattr(techniques, "examples", lambda objects: lessons)
    monkeypatch.setattr(techniques, "trained", lambda source, without: left_out.append(without))
    held = [techniques.held_out(AttackSource("1", "", "", (), True, False, 0), fold)[1] for fold in range(5)]
    assert sorted(text for half in held for text in half.sentences) == sorted(
        item.text for item in lessons[:60]
    )
    for half, reports in zip(held, left_out, strict=True):
        cited = {item.text: set(item.citations) for item in lessons}
        assert all(cited[text] <= reports for text in half.sentences)


def test_a_bench_without_its_data_says_what_it_lacks(tmp_path: Path) -> None:
    rows = list(techniques.run(Context(tmp_path, lambda step, share: None)))
    assert [type(row) for row in rows] == [Missing]
    assert isinstance(rows[0], Missing)
    assert OFFICIAL in rows[0].lacks


def test_rows_of_a_made_up_set(model: TextModel) -> None:
    half = given_set(
        ("it pads its packets with letters", {"T1001"}, "x"),
        ("they compressed archives", {"T1002"}, "x"),
        ("they pad the packets", {"T1003"}, "y"),
    )
    sets = Sets(half, (half, half), (half, half))
    rows = list(techniques._sets_rows(model, sets, ", made up"))
    assert "test half" in rows[3].metric
    assert all(row.bar is None and row.low is not None and row.low <= row.value for row in rows)
    assert all(row.high is not None and row.value <= row.high for row in rows)
    assert [row.n for row in rows] == [3, 3, 3, 3, 2, 2, 2]
    assert len(techniques.curve(model, sets)) == 5


def test_a_part_of_the_real_knowledge_reads_real_spans(shared: Path) -> None:
    """One relation in eight is enough for three spans in five; all of them are measured by the bench."""
    source = read_bundle(shared / OFFICIAL)
    catalogue = link(source, ()).catalogue
    lessons = [item for number, item in enumerate(examples(source.objects)) if number % 8 == 0]
    model = TextModel.from_arrays(train(lessons, catalogue.techniques))
    sets = read_sets(shared, {item.id: item.now for item in catalogue.retired})
    assert len(sets.candidates) == 50
    assert set(sets.candidates) <= set(model.ids)
    right = choices(model, sets.spans, sets.candidates)
    assert right.mean() > 0.6
    assert len(right) == 5089
    beliefs = model.beliefs(sets.annoctr[0].sentences, families_of(model)[0])
    said = beliefs.max(axis=1) >= REPORTED_FROM
    marked = np.array([len(labels) > 0 for labels in sets.annoctr[0].labels])
    assert said[np.flatnonzero(~marked)].mean() < 0.2 < said[np.flatnonzero(marked)].mean()
