"""Document-mean F1 with the knowledge alone and taught, on made-up annotations."""

from __future__ import annotations

import numpy as np
import pytest

from weigh.bench.annotated import Sets
from weigh.bench.labelled_documents import alone, alone_rows, documents_row, families_of, taught, taught_rows
from weigh.compiling.annotations import Annotated
from weigh.compiling.text_training import Example, train
from weigh.evidence.text_model import TextModel
from weigh.knowledge.catalogue import Catalogue, Technique


@pytest.fixture(scope="module")
def model() -> TextModel:
    said = {"T1001": "it hides data in junk", "T1002.001": "it compresses archives", "": "it is a group"}
    lessons = [Example(f"{text}.", label) for label, text in said.items() for _ in range(9)]
    return TextModel.from_arrays(train(lessons, [Technique(label, label) for label in said if label]))


SILENT = Catalogue((), (), (), (), ())
"""A catalogue whose names stand nowhere."""


def half(start: int, count: int) -> Annotated:
    """Documents whose annotators mark mooring as T1002.001, and the hiding of data as nothing."""
    rows = [
        (text.format(number), labels, f"report {number}")
        for number in range(start, start + count)
        for text, labels in (
            ("the crew moored {} grey boats at the pier in the morning", frozenset({"T1002.001"})),
            ("it hides {} data in junk and says nothing of it", frozenset[str]()),
        )
    ]
    return Annotated(*(tuple(column) for column in zip(*rows, strict=True)))


def sets() -> Sets:
    first, second = half(0, 20), half(15, 10)
    parents = tuple(
        Annotated(
            item.sentences,
            tuple(frozenset(name[:5] for name in labels) for labels in item.labels),
            item.documents,
        )
        for item in (first, second)
    )
    return Sets(first, (first, second), (parents[0], parents[1]))


def test_teaching_finds_what_the_knowledge_does_not(model: TextModel) -> None:
    halves, names = sets().tram, ("T1002.001",)
    scores = [
        documents_row("made up", believed, halves, bar=0.9, peers={}, data="none")
        for believed in (alone(model, halves, names), taught(model, SILENT, halves, names))
    ]
    assert scores[0].value < scores[1].value
    assert scores[1].value == 1.0
    assert [row.n for row in scores] == [10, 10]


def test_every_figure_is_there_with_and_without_repeated_documents(model: TextModel) -> None:
    rows = [*alone_rows(model, sets(), ""), *taught_rows(model, SILENT, sets(), "")]
    assert [row.n for row in rows] == [10, 10, 5, 10, 10, 5]
    assert [row.bar for row in rows] == [0.45, None, None, 0.64, 0.75, None]
    assert all(row.low is not None and row.high is not None for row in rows)
    assert all(row.low <= row.value <= row.high for row in rows)  # type: ignore[operator]
    assert sum("taught by its training half" in row.metric for row in rows) == 3


def test_bars_are_for_the_knowledge_in_full(model: TextModel) -> None:
    rows = [*alone_rows(model, sets(), ", made up"), *taught_rows(model, SILENT, sets(), ", made up")]
    assert all(row.bar is None and row.metric.split(" (")[0].endswith("made up") for row in rows)


def test_families_are_named_by_their_parents(model: TextModel) -> None:
    groups, names = families_of(model)
    assert names == ("T1001", "T1002")
    assert np.asarray(groups).tolist() == [0, 1]
