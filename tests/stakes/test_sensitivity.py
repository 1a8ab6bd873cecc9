"""What a choice hangs on: known indices recovered, flips that are flips, shares that sum to one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from weigh.stakes import menu, payoffs
from weigh.stakes.payoffs import Range
from weigh.stakes.sensitivity import (
    Decision,
    indices,
    one_at_a_time,
    sobol,
    stability,
)

Floats = NDArray[np.float64]

DECISION = Decision.of(payoffs.shipped(), 0.54, 0.17, 0.74)


def _ishigami(unit: Floats) -> Floats:
    """The function of Ishigami & Homma (1990), whose indices are known."""
    x = (2.0 * unit - 1.0) * np.pi
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def test_known_indices_are_recovered() -> None:
    first, total = sobol(_ishigami, 3, power=13)
    assert first.tolist() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert total.tolist() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_what_never_varies_has_no_index() -> None:
    first, total = sobol(lambda unit: np.ones(len(unit)), 2)
    assert [*first, *total] == [0.0] * 4


def test_a_sum_has_the_indices_of_its_squares() -> None:
    first, total = sobol(lambda unit: unit @ np.array([3.0, 1.0, 0.0]), 3)
    assert first.tolist() == pytest.approx([0.9, 0.1, 0.0], abs=0.01)
    assert total.tolist() == pytest.approx([0.9, 0.1, 0.0], abs=0.01)


def test_the_worth_of_the_row_as_it_stands_is_the_menu() -> None:
    table = menu.lines(payoffs.shipped(), menu.pose_share(0.03, 0.54))
    assert DECISION.worth(DECISION.values[None])[0] == pytest.approx(menu.expected(table, 0.54))


def test_every_flip_makes_another_option_best() -> None:
    now = int(np.argmax(DECISION.worth(DECISION.values[None])[0]))
    flips = one_at_a_time(DECISION)
    assert len(flips) > 0
    for flip in flips:
        row = DECISION.values
        row[DECISION.inputs.index(flip.input)] = flip.at
        assert int(np.argmax(DECISION.worth(row[None])[0])) == flip.option != now


def test_shares_sum_to_one_and_are_the_same_every_time() -> None:
    found = stability(DECISION)
    assert sum(found.shares) == pytest.approx(1.0)
    assert found == stability(DECISION)
    assert not found.stable


def test_what_has_no_range_is_stable() -> None:
    sheet = payoffs.shipped()
    fixed = replace(
        sheet,
        pose=Range(0.03),
        option=tuple(
            replace(
                option,
                right=Range(option.right.value),
                wrong=Range(option.wrong.value),
                posed=None if option.posed is None else Range(option.posed.value),
            )
            for option in sheet.option
        ),
    )
    decision = Decision.of(fixed, 0.3, 0.3, 0.3)
    assert decision.moving == []
    assert indices(decision) == ()
    assert one_at_a_time(decision) == ()
    assert stability(decision).stable


def test_indices_name_inputs_the_gravest_first() -> None:
    found = indices(DECISION)
    totals = [item.total for item in found]
    assert totals == sorted(totals, reverse=True)
    assert {item.input.name for item in found} == {DECISION.inputs[place].name for place in DECISION.moving}
