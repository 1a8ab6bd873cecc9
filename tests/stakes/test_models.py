"""Signs, limits and second ways for the models: properties over all inputs, not single numbers."""

from __future__ import annotations

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weigh.errors import UsageError
from weigh.stakes import crowds, signalling, suspicion
from weigh.stakes.deterrence import Signals, Types, solve
from weigh.stakes.states import Rates, signals_of

TWO = Types((0.0, 0.0), (1.0, 1.0), (0.0, 0.9), 0.8)
shares = st.floats(0.0, 1.0)


def _attack(detection: float, identification: float, alarm: float) -> float:
    found = solve(signals_of(Rates(detection, identification, alarm), 2), TWO)
    return float(found.attack[0])


@settings(max_examples=60)
@given(st.floats(0.2, 0.9), st.floats(0.0, 0.1), st.floats(0.5, 1.0), st.floats(0.0, 0.08))
def test_better_detection_never_raises_attacks_in_the_symmetric_model(
    detection: float, more: float, identification: float, alarm: float
) -> None:
    before = _attack(detection, identification, alarm)
    assert _attack(detection + more, identification, alarm) <= before + 1e-9


@settings(max_examples=60)
@given(st.floats(0.3, 1.0), st.floats(0.5, 1.0), st.floats(0.0, 0.1), shares)
def test_fewer_false_alarms_never_raise_attacks_in_the_symmetric_model(
    detection: float, identification: float, alarm: float, kept: float
) -> None:
    before = _attack(detection, identification, alarm)
    assert _attack(detection, identification, alarm * kept) <= before + 1e-9


@settings(max_examples=40)
@given(st.floats(0.1, 1.0), st.floats(0.4, 1.0), st.floats(0.0, 0.1), st.floats(0.0, 1.0))
def test_a_grid_gives_what_single_cells_give(d: float, q: float, alarm: float, chance: float) -> None:
    cells = np.array([d, 0.5, 0.9])
    types = Types(TWO.low, TWO.high, TWO.ready, chance)
    grid = solve(signals_of(Rates(0.5, q, alarm), 2, {"detection": cells}), types)
    for place, value in enumerate(cells):
        one = solve(signals_of(Rates(float(value), q, alarm), 2), types)
        assert grid.attack[0, place] == pytest.approx(float(one.attack[0]), abs=1e-9)
        assert 0.0 <= float(one.misdirected[0]) <= float(one.answered[0]) + 1e-12


def test_wrong_signals_are_refused() -> None:
    with pytest.raises(UsageError, match="sum to 1"):
        solve(Signals(np.array([0.9, 0.2]), np.array([[0.5, 0.5]])), Types((0.0,), (1.0,), (0.0, 0.9), 0.5))
    with pytest.raises(UsageError, match="2 types for 1"):
        solve(Signals(np.array([0.9, 0.1]), np.array([[0.5, 0.5]])), TWO)


@given(st.floats(0.0, 0.95), st.floats(0.0, 0.05), shares, shares, shares, shares)
def test_suspicion_stays_a_probability_and_its_ends_are_ordered(
    loss: float, gain: float, phi: float, hit: float, first: float, second: float
) -> None:
    fear = suspicion.Fear(max(loss, gain), gain, phi, hit)
    found = suspicion.escalation(fear, np.asarray(first), np.asarray(second))
    assert (found.both >= 0.0).all()
    assert (found.both <= 1.0).all()
    assert found.both[0] <= found.both[1] + 1e-9
    swapped = suspicion.escalation(fear, np.asarray(second), np.asarray(first))
    assert swapped.first == pytest.approx(found.second, abs=1e-9)


def test_both_fixed_points_are_reported_where_two_exist() -> None:
    assert suspicion.without_signals(1.2, 0.0) == (0.0, 1.0)
    found = suspicion.escalation(
        suspicion.Fear(1.05, 0.0, 0.0, 0.9, (0.1, 1.0)), np.asarray(0.1), np.asarray(0.1)
    )
    assert not bool(found.unique)
    assert found.both.tolist() == [0.0, 1.0]


@pytest.mark.parametrize("values", [(0.1, 0.2, 0.0, 0.9), (0.8, 0.01, 1.2, 0.9), (0.8, 0.01, 0.1, -1.0)])
def test_fear_without_meaning_is_refused(values: tuple[float, float, float, float]) -> None:
    with pytest.raises(UsageError):
        suspicion.Fear(*values)


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


@given(shares, st.sampled_from([1, 3, 5, 21, 101]), shares)
def test_shared_evidence_is_the_binomial_sum(competence: float, n: int, misleading: float) -> None:
    most = sum(comb(n, k) * competence**k * (1 - competence) ** (n - k) for k in range(n // 2 + 1, n + 1))
    expected = (1 - misleading) * most + misleading * (1 - most)
    assert crowds.shared_evidence(n, competence, misleading) == pytest.approx(expected, abs=1e-9)


def test_many_readers_of_misleading_evidence_are_not_right() -> None:
    assert crowds.shared_evidence(9999, 0.6, 0.1) == pytest.approx(0.9, abs=1e-6)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.01, 0.99))
def test_copies_never_make_surer_than_independent_voices(one: int, other: int, start: float) -> None:
    statements, origins = max(one, other), min(one, other)
    found = crowds.crowd(statements, origins, start)
    assert found.independent >= found.unknown - 1e-12
    assert found.unknown >= found.origins_only - 1e-12
    assert found.origins_only >= found.nothing_new - 1e-12


def test_more_origins_than_voices_are_refused() -> None:
    with pytest.raises(UsageError, match="origins"):
        crowds.crowd(2, 3, 0.5)


@given(st.floats(0.5, 1.0), st.floats(0.0, 0.45), st.floats(0.2, 2.0), st.floats(0.2, 2.0))
def test_the_attribution_game_gives_chances(pi1: float, pi2: float, r: float, w: float) -> None:
    found = signalling.attribution_game(pi1, pi2, 5.0, 2.0, r, w)
    for value in (found.attack, found.after_o1, found.after_o2):
        assert -1e-12 <= value <= 1.0 + 1e-12
    gain = (
        1.0 - found.after_o1 * (pi1 * 5.0 - pi2 * 2.0) - found.after_o2 * ((1 - pi1) * 5.0 - (1 - pi2) * 2.0)
    )
    assert gain == pytest.approx(0.0, abs=1e-9)
