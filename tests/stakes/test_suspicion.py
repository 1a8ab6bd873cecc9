"""Mutual suspicion: both ends where they differ, the same by a plain loop, and noise feeds escalation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stakes import plain
from weigh.errors import UsageError
from weigh.stakes import sides
from weigh.stakes.states import Axis
from weigh.stakes.suspicion import Fear, escalation, posterior, without_signals

shares = st.floats(0.0, 1.0)
alarms = st.tuples(st.floats(0.0, 0.5), st.floats(0.0, 0.5))


def _at(fear: Fear, first: float, second: float) -> tuple[float, float]:
    found = escalation(fear, np.asarray(first), np.asarray(second))
    return float(found.both[0]), float(found.both[1])


@settings(max_examples=40, deadline=None)
@given(st.floats(0.05, 0.9), st.floats(0.0, 0.05), st.floats(0.0, 0.3), shares, alarms)
def test_a_plain_loop_agrees(
    loss: float, gain: float, phi: float, hit: float, rates: tuple[float, float]
) -> None:
    found = escalation(Fear(loss, gain, phi, hit), *(np.asarray(rate) for rate in rates))
    for place, start in enumerate((0.0, 1.0)):
        again = plain.suspicion(loss, gain, phi, hit, rates, start)
        assert (found.first[place], found.second[place]) == pytest.approx(again, abs=1e-9)


def test_peace_and_escalation_both_hold_where_costs_are_neither_low_nor_high() -> None:
    found = escalation(Fear(0.8, 0.01, cost=(0.3, 0.6)), np.asarray(0.0), np.asarray(0.0))
    assert not bool(found.unique)
    assert found.both.tolist() == [0.0, 1.0]


@pytest.mark.parametrize(("loss", "ends"), [(0.99, (0.5, 0.5)), (1.01, (1.0, 1.0))])
def test_past_a_threshold_suspicion_alone_escalates_with_certainty(
    loss: float, ends: tuple[float, float]
) -> None:
    found = without_signals(loss, 0.01)
    assert found == pytest.approx(ends, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.1, 0.9), st.floats(0.0, 0.05), alarms, st.floats(0.0, 0.2))
def test_the_sides_are_alike(loss: float, gain: float, rates: tuple[float, float], phi: float) -> None:
    fear = Fear(loss, gain, phi, 0.9)
    assert _at(fear, *rates) == pytest.approx(_at(fear, *rates[::-1]), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.1, 0.9), alarms, st.floats(0.0, 0.2))
def test_a_larger_loss_never_calms(loss: float, rates: tuple[float, float], phi: float) -> None:
    calm, wary = (Fear(d, 0.01, phi, 0.9) for d in (loss, loss * 1.1))
    assert _at(calm, *rates)[0] <= _at(wary, *rates)[0] + 1e-9


def test_the_lower_end_is_never_above_the_upper() -> None:
    sheet = sides.shipped()
    found = sides.sweep(sheet, *sides.axes())
    assert (found.lowest <= found.highest + 1e-12).all()
    assert found.settled
    assert found.today == sheet.alarms


def test_axes_the_other_way_round_turn_the_map() -> None:
    sheet = sides.shipped()
    across, down = (Axis(name, np.linspace(0.0, 0.2, 5)) for name in sides.SIDES)
    assert sides.sweep(sheet, down, across).lowest == pytest.approx(
        sides.sweep(sheet, across, down).lowest.T, abs=1e-12
    )


@given(st.floats(0.01, 0.5), st.floats(0.5, 1.0), st.floats(0.01, 0.5))
def test_beliefs_follow_bayes(phi: float, hit: float, rate: float) -> None:
    before, after = posterior(Fear(0.8, 0.01, phi, hit), np.asarray(rate))
    seen = phi * hit + (1.0 - phi) * rate
    assert float(after) * seen + float(before) * (1.0 - seen) == pytest.approx(phi)
    assert float(before) <= phi + 1e-12 <= float(after) + 1e-9


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"loss": 0.8, "gain": 0.01, "phi": 1.2}, "probabilities"),
        ({"loss": 0.1, "gain": 0.2}, "below the gain"),
        ({"loss": 0.8, "gain": -0.1}, "gain below 0"),
        ({"loss": 0.8, "gain": 0.1, "cost": (1.0, 1.0)}, "lowest cost"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(numbers: dict[str, float], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        Fear(**numbers)  # type: ignore[arg-type]


def test_a_rate_that_is_no_probability_is_refused() -> None:
    with pytest.raises(UsageError, match="not a probability"):
        escalation(Fear(0.8, 0.01), np.asarray(1.2), np.asarray(0.0))


@given(st.floats(0.0, 0.95), st.floats(0.0, 0.05), shares, shares, shares, shares)
def test_suspicion_stays_a_probability_and_its_ends_are_ordered(
    loss: float, gain: float, phi: float, hit: float, first: float, second: float
) -> None:
    fear = Fear(max(loss, gain), gain, phi, hit)
    found = escalation(fear, np.asarray(first), np.asarray(second))
    assert (found.both >= 0.0).all()
    assert (found.both <= 1.0).all()
    assert found.both[0] <= found.both[1] + 1e-9
    swapped = escalation(fear, np.asarray(second), np.asarray(first))
    assert swapped.first == pytest.approx(found.second, abs=1e-9)
