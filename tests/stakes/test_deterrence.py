"""Deterrence: unique where it should be, the same by a plain loop, and better attribution deters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.stakes import plain
from weigh.bench.stakes_numbers import BASE, CERTAIN, KNOWN, NOISY, TYPES, signals
from weigh.errors import UsageError
from weigh.stakes import states
from weigh.stakes.deterrence import Equilibria, Signals, Types, root, solve
from weigh.stakes.states import Axis, Rates, signals_of

rates = st.builds(
    Rates,
    st.floats(0.05, 1.0),
    st.floats(0.5, 1.0),
    st.floats(0.0, 0.3),
)
chances = st.floats(0.05, 1.0)
counts = st.integers(2, 4)
_SLACK = 1e-9


def _solved(told: Rates, chance: float, n: int = 2) -> Equilibria:
    assume(bool(signals_of(told, n).ordered))
    return _alike(told, chance, n)


def _alike(told: Rates, chance: float, n: int = 2) -> Equilibria:
    """The symmetric model: attackers alike, x ~ U[0, 1] and y ~ U[0, .9]."""
    return solve(signals_of(told, n), Types((0.0,) * n, (1.0,) * n, (0.0, 0.9), chance))


@pytest.mark.parametrize("seed", range(5))
def test_every_start_ends_in_the_same_place(seed: int) -> None:
    random = np.random.default_rng(seed)
    starts = [0.0, 0.3, 1.0, *random.random((4, 2)).tolist()]
    found = solve(BASE, TYPES, starts=starts)
    assert bool(found.unique)
    assert bool(found.settled)
    assert np.ptp(found.thresholds, axis=0).max() < 1e-12


@settings(max_examples=25, deadline=None)
@given(rates, chances, counts)
def test_a_plain_loop_agrees(told: Rates, chance: float, n: int) -> None:
    seen = signals_of(told, n)
    found = _solved(told, chance, n)
    assume(bool(found.unique))
    again, attack = plain.deterrence(seen.none.tolist(), seen.attack.tolist(), chance, 0.9)
    assert found.thresholds[0].tolist() == pytest.approx(again, abs=1e-7)
    assert float(found.attack[0]) == pytest.approx(attack, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(rates, chances, counts, st.floats(0.0, 1.0))
def test_better_detection_that_tells_as_well_never_adds_attacks(
    told: Rates, chance: float, n: int, more: float
) -> None:
    assert isinstance(told.detection, float)
    better = replace(told, detection=told.detection + more * (1.0 - told.detection))
    assert _solved(better, chance, n).attack[0] <= _solved(told, chance, n).attack[0] + _SLACK


@settings(max_examples=40, deadline=None)
@given(rates, chances, counts, st.floats(0.0, 1.0))
def test_fewer_false_alarms_never_add_attacks(told: Rates, chance: float, n: int, left: float) -> None:
    quieter = replace(told, false_alarm=told.false_alarm * left)
    assert _solved(quieter, chance, n).attack[0] <= _solved(told, chance, n).attack[0] + _SLACK


@pytest.mark.parametrize(("identification", "helps"), [(5 / 6, True), (0.5, False)])
def test_silence_instead_of_wrong_names_deters_only_where_wrong_names_are_few(
    identification: float, helps: bool
) -> None:
    right = 0.6 * identification
    wrong = (0.6 - right) / 2.0
    told = Rates(0.6, identification, 0.1)
    silent = Rates(right + wrong, right / (right + wrong), 0.1)
    assert (_alike(silent, 0.8).attack[0] < _alike(told, 0.8).attack[0]) == helps


@settings(max_examples=25, deadline=None)
@given(rates, chances)
def test_renaming_two_attackers_swaps_them_and_nothing_else(told: Rates, chance: float) -> None:
    lame = replace(told, detection=[0.9, 0.4])
    types = Types((0.0, 0.2), (1.0, 1.4), (0.0, 0.9), chance)
    seen = signals_of(lame, 2)
    turned = Signals(seen.none[[0, 2, 1]], seen.attack[::-1][:, [0, 2, 1]])
    one = solve(seen, types)
    two = solve(turned, replace(types, low=types.low[::-1], high=types.high[::-1]))
    assert two.thresholds[..., ::-1] == pytest.approx(one.thresholds, abs=1e-9)
    assert two.attack == pytest.approx(one.attack, abs=1e-9)


def test_a_grid_holds_what_its_cells_hold_alone() -> None:
    sheet = states.shipped()
    across, down = Axis("detection", np.linspace(0.1, 0.9, 4)), Axis("false_alarm", np.linspace(0.0, 0.3, 3))
    found = states.sweep(sheet, across, down)
    told = states.rates(sheet)
    for y, alarm in enumerate(down.values):
        for x, detection in enumerate(across.values):
            alone = replace(told, detection=float(detection), false_alarm=float(alarm))
            cell = solve(signals_of(alone, 2), sheet.types)
            assert found.attack[y, x] == pytest.approx(float(cell.attack[0]), abs=1e-10)
            assert found.misdirected[y, x] == pytest.approx(float(cell.misdirected[0]), abs=1e-10)


@settings(max_examples=30, deadline=None)
@given(rates, chances, counts)
def test_answers_that_hit_the_innocent_are_a_part_of_all_answers(told: Rates, chance: float, n: int) -> None:
    found = _solved(told, chance, n)
    assert -_SLACK <= found.misdirected[0] <= found.answered[0] + _SLACK
    assert 0.0 <= found.attack[0] <= chance + _SLACK


def test_certain_or_nothing_deters_less_than_noise_does() -> None:
    noisy, certain = solve(NOISY, KNOWN), solve(CERTAIN, KNOWN)
    assert certain.attack[0] > noisy.attack[0]
    assert certain.misdirected[0] == pytest.approx(0.0)


def test_nobody_attacks_where_nobody_can_and_all_where_nothing_is_seen() -> None:
    nobody = solve(BASE, replace(TYPES, chance=0.0))
    blind = solve(signals((1.0, 0.0, 0.0), (1.0, 0.0, 0.0), (1.0, 0.0, 0.0)), TYPES)
    assert nobody.attack[0] == 0.0
    assert blind.attack[0] == pytest.approx(TYPES.chance)
    assert blind.answered[0] == 0.0


@given(st.floats(-0.9, 0.9), st.floats(0.1, 30.0))
def test_the_root_of_a_falling_line_and_of_a_jump(at: float, slope: float) -> None:
    low, high = np.full(2, -1.0), np.ones(2)

    def excess(y: np.ndarray, cells: np.ndarray) -> np.ndarray:
        return np.where(cells == 0, slope * (at - y), np.where(y < at, 1.0, -1.0))

    assert root(excess, low, high).tolist() == pytest.approx([at, at], abs=1e-12)


@pytest.mark.parametrize(
    ("seen", "types", "said"),
    [
        (signals((0.9, 0.2), (0.5, 0.5)), KNOWN, "do not sum to 1"),
        (signals((1.2, -0.2), (0.5, 0.5)), KNOWN, "negative"),
        (signals((1.0,), (1.0,)), KNOWN, "too few"),
        (BASE, KNOWN, "1 types for 2 attackers"),
        (BASE, replace(TYPES, high=(0.0, 1.0)), "not below its highest"),
        (BASE, replace(TYPES, ready=(1.0, 0.5)), "above its most"),
        (BASE, replace(TYPES, chance=1.5), "not a probability"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(seen: Signals, types: Types, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        solve(seen, types)
