"""Ids and names written in a sentence: where they count, and how much annotators ask for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence import known
from weigh.bench.written_techniques import Heed, heed, written

NAMES = ("T1003", "T1059.001", "T1574.001")
SENTENCES = (
    "The actor used Pass the Hash and then T1003.001 on the server.",
    "They ran PowerShell on every host of the network.",
    "T1574.002 and T1059.001 were seen.",
    "Nothing is written here.",
)


def test_ids_and_names_count_for_themselves_or_their_parents() -> None:
    by_id, by_name = written(SENTENCES, NAMES, known.CATALOGUE)
    assert (by_id > 0).tolist() == [
        [True, False, False],
        [False, False, False],
        [False, True, True],
        [False, False, False],
    ]
    assert (by_name > 0).tolist() == [[False] * 3, [False, True, False], [False] * 3, [False] * 3]
    assert by_id.max() <= 1.0
    assert written([], NAMES, known.CATALOGUE)[0].shape == (0, 3)


def test_what_annotators_ask_for_is_recovered() -> None:
    random = np.random.default_rng(11)
    believed = random.uniform(0.03, 0.9, (6000, 3)).astype(np.float32)
    there = (random.random((2, 6000, 3)) < 0.2).astype(np.float32)
    true = Heed(2.0, -1.0)
    marked = random.random(believed.shape) < true.applied(believed, (there[0], there[1]))
    found = heed(believed, (there[0], there[1]), marked)
    assert (found.by_id, found.by_name) == pytest.approx((2.0, -1.0), abs=0.2)


@pytest.mark.parametrize("is_marked", [True, False])
def test_labels_that_are_all_alike_ask_for_nothing(is_marked: bool) -> None:
    half = np.full((4, 2), 0.5, np.float32)
    assert heed(half, (half, half), np.full((4, 2), is_marked)) == Heed(0.0, 0.0)


@given(st.lists(st.floats(0.01, 0.99), min_size=1), st.floats(-3, 3), st.floats(-3, 3))
def test_where_nothing_is_written_beliefs_stay(values: list[float], by_id: float, by_name: float) -> None:
    believed = np.array([values], np.float32)
    nowhere = np.zeros_like(believed)
    assert Heed(by_id, by_name).applied(believed, (nowhere, nowhere)) == pytest.approx(believed, abs=1e-5)
    everywhere = Heed(2.0, 0.0).applied(believed, (nowhere + 1, nowhere))
    assert (everywhere >= believed).all()
