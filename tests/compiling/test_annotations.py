"""Labelled sentences, the folds of their documents, and the score of what is found in a document."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.compiling.annotations import (
    Annotated,
    best_threshold,
    closed,
    document_scores,
    f1,
    folds_of,
)

LABELS = st.frozensets(st.sampled_from(("T1001", "T1002", "T1003")))


def given_set(*rows: tuple[str, set[str], str]) -> Annotated:
    return Annotated(
        tuple(text for text, _, _ in rows),
        tuple(frozenset(labels) for _, labels, _ in rows),
        tuple(name for _, _, name in rows),
    )


def test_a_technique_counts_for_itself_else_for_its_parent_else_for_nothing() -> None:
    ids = ("T1001", "T1001.001", "T1001.002", "T1002")
    assert closed(ids, ("T1001", "T1001.002")).tolist() == [0, 0, 1, -1]


def test_marks_and_documents_of_a_set() -> None:
    half = given_set(("a", {"T1001"}, "x"), ("b", set(), "y"))
    assert half.marked(("T1002", "T1001")).tolist() == [[False, True], [False, False]]
    assert half.only(lambda name: name == "y") == given_set(("b", set(), "y"))


@pytest.mark.parametrize(
    ("found", "gold", "expected"),
    [
        (set(), set(), 1.0),
        ({"a"}, set(), 0.0),
        (set(), {"a"}, 0.0),
        ({"a", "b"}, {"b", "c"}, 0.5),
        ({"a"}, {"a"}, 1.0),
    ],
)
def test_f1(found: set[str], gold: set[str], expected: float) -> None:
    assert f1(found, gold) == expected


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_f1_is_the_harmonic_mean_of_precision_and_recall(found: set[int], gold: set[int]) -> None:
    left, right = set(map(str, found)), set(map(str, gold))
    common = len(left & right)
    if common > 0:
        precision, recall = common / len(left), common / len(right)
        assert f1(left, right) == pytest.approx(2 * precision * recall / (precision + recall))
    assert f1(left, right) == f1(right, left)


def test_documents_are_scored_by_all_their_sentences() -> None:
    half = given_set(("a", {"T1001"}, "x"), ("b", set(), "x"), ("c", set(), "y"), ("d", {"T1003"}, "z"))
    beliefs = np.array([[0.1, 0.9], [0.9, 0.1], [0.0, 0.1], [0.0, 0.9]], np.float32)
    scores = document_scores(beliefs, ("T1001", "T1002"), half, 0.5)
    assert scores == {"x": pytest.approx(2 / 3), "y": 1.0, "z": 0.0}


@given(st.lists(LABELS, min_size=1, max_size=5))
def test_the_truth_scores_one_and_its_threshold_is_found(labels: list[frozenset[str]]) -> None:
    half = given_set(*((f"s{number}", set(marks), f"d{number}") for number, marks in enumerate(labels)))
    names = ("T1001", "T1002", "T1003")
    beliefs = np.where(half.marked(names), 0.33, 0.21).astype(np.float32)
    level = best_threshold(beliefs, names, half)
    assert set(document_scores(beliefs, names, half, level).values()) == {1.0}


def test_a_threshold_beside_a_cliff_is_not_chosen() -> None:
    """At 0.55 both documents are right, from 0.575 on both are empty, below both have one technique more."""
    half = given_set(("a", {"T1001"}, "x"), ("b", {"T1001"}, "y"))
    names = ("T1001", "T1002")
    beliefs = np.array([[0.56, 0.54], [0.56, 0.54]], np.float32)
    means = {
        level: np.mean(list(document_scores(beliefs, names, half, level).values()))
        for level in (0.5, 0.55, 0.575)
    }
    assert means == {0.5: pytest.approx(2 / 3), 0.55: 1.0, 0.575: 0.0}
    assert best_threshold(beliefs, names, half) < 0.5


@given(st.lists(st.text(max_size=4), min_size=1, max_size=30), st.integers(2, 5))
def test_folds_keep_a_document_whole_and_are_of_one_size(documents: list[str], count: int) -> None:
    folds = folds_of(documents, count)
    fold = dict(zip(documents, folds.tolist(), strict=True))
    assert [fold[name] for name in documents] == folds.tolist()
    sizes = [list(fold.values()).count(number) for number in range(count)]
    assert max(sizes) - min(sizes) <= 1
    again = folds_of(documents[::-1], count)
    assert again.tolist() == folds[::-1].tolist()
