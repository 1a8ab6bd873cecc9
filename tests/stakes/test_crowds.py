"""Crowds: closed forms against simulation and against counting, and repetition that never adds news."""

from __future__ import annotations

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.errors import UsageError
from weigh.stakes import crowds

shares = st.floats(0.0, 1.0)
inner = st.floats(0.05, 0.95)


def _cascades(p: float, n: int, runs: int) -> tuple[float, float]:
    """Shares of runs with a right cascade begun by speaker n, and in which speaker n is right."""
    random = np.random.default_rng(7)
    begun = right = 0
    for _ in range(runs):
        lead, last = 0, False
        for _ in range(n):
            signal = random.random() < p
            if abs(lead) >= 2:
                last = lead > 0
                continue
            last = signal if lead == 0 or (lead > 0) == signal else random.random() < 0.5
            lead = lead + (1 if last else -1)
        begun += lead >= 2
        right += last
    return begun / runs, right / runs


@pytest.mark.parametrize("p", [0.6, 0.8])
def test_cascades_come_as_often_as_they_are_simulated(p: float) -> None:
    begun, right = _cascades(p, 10, 8000)
    assert crowds.right_cascade(p, 10) == pytest.approx(begun, abs=0.02)
    assert crowds.right_speaker(p, 10) == pytest.approx(right, abs=0.02)


@given(inner, st.integers(0, 40).map(lambda half: 2 * half))
def test_cascades_grow_to_their_limit(p: float, n: int) -> None:
    limit = crowds.right_cascade_limit(p)
    assert crowds.right_cascade(p, n) <= crowds.right_cascade(p, n + 2) + 1e-12 <= limit + 1e-9


@given(shares, inner, st.integers(0, 30).map(lambda half: 2 * half + 1))
def test_a_majority_of_readers_by_counting(competence: float, misleading: float, n: int) -> None:
    most = sum(comb(n, k) * competence**k * (1.0 - competence) ** (n - k) for k in range(n // 2 + 1, n + 1))
    expected = (1.0 - misleading) * most + misleading * (1.0 - most)
    assert crowds.shared_evidence(n, competence, misleading) == pytest.approx(expected, abs=1e-9)


def test_many_readers_of_one_misleading_report_are_wrong_together() -> None:
    assert crowds.shared_evidence(10_001, 0.7, 0.2) == pytest.approx(0.8, abs=1e-9)


@given(st.integers(1, 60), shares)
def test_repetition_is_worth_between_one_statement_and_all(statements: int, copying: float) -> None:
    worth = crowds.effective_number(statements, copying)
    assert 1.0 - 1e-9 <= worth <= statements + 1e-9


@given(st.integers(0, 40), st.integers(0, 40), inner)
def test_beliefs_stand_in_the_order_of_what_they_take_for_new(one: int, two: int, start: float) -> None:
    origins, statements = sorted((one, two))
    found = crowds.crowd(statements, origins, start)
    assert found.start == found.nothing_new == start
    assert found.independent >= found.unknown - 1e-12
    if origins > 0:
        assert found.unknown >= found.origins_only - 1e-12 >= start - 1e-9
    if origins == statements:
        assert found.unknown == pytest.approx(found.independent)


@given(inner, st.floats(-30.0, 30.0))
def test_moving_there_and_back_changes_nothing(start: float, shift: float) -> None:
    assert crowds.moved(start, 0.0) == pytest.approx(start)
    assert crowds.moved(0.5, shift) + crowds.moved(0.5, -shift) == pytest.approx(1.0)


def test_certainty_is_moved_by_nothing() -> None:
    assert (crowds.moved(0.0, 50.0), crowds.moved(1.0, -50.0)) == (0.0, 1.0)
    assert crowds.moved(0.5, -1e6) == 0.0


@given(st.integers(1, 50), shares)
def test_correlated_voices_are_worth_fewer(statements: int, rho: float) -> None:
    assert 1.0 - 1e-9 <= crowds.equicorrelated(statements, rho) <= statements + 1e-9


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: crowds.right_cascade(0.6, 3), "even number"),
        (lambda: crowds.right_cascade(1.6, 4), "not a probability"),
        (lambda: crowds.shared_evidence(4, 0.6, 0.1), "odd number"),
        (lambda: crowds.ratio(-1, 0.5), "-1 statements"),
        (lambda: crowds.ratio(3, 0.5, hit=1.0), "between 0 and 1"),
        (lambda: crowds.effective_number(3, 0.5, 0.4, 0.4), "say nothing"),
        (lambda: crowds.crowd(2, 3, 0.5), "3 origins of 2"),
        (lambda: crowds.moved(1.5, 0.0), "not a probability"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(call: object, said: str) -> None:
    assert callable(call)
    with pytest.raises(UsageError, match=said):
        call()


def _begun(p: float, n: int) -> float:
    """P(a right cascade has begun by n), by all sequences of signals and coins in pairs: a second way."""
    none, right = 1.0, 0.0
    for _ in range(n // 2):
        up = sum(
            (p if a else 1 - p) * ((p if b else 1 - p) * (1.0 if a == b else 0.5))
            for a, b in product((True, False), repeat=2)
            if a and (b or a != b)
        )
        right, none = right + none * up, none * p * (1 - p)
    return right


@given(st.floats(0.01, 0.99), st.sampled_from([2, 4, 10, 40]))
def test_a_cascade_is_counted_out_in_pairs(p: float, n: int) -> None:
    assert crowds.right_cascade(p, n) == pytest.approx(_begun(p, n), abs=1e-12)
