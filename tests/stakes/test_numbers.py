"""Every printed number of the models again, at its printed precision."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from weigh.bench.stakes_numbers import A4, A5, BASE, DETECTS, PUBLISHED, QUIET, SILENT, TYPES, Published
from weigh.stakes import crowds, signalling
from weigh.stakes.deterrence import Signals, solve

_NUMBER = re.compile(r"(?<![\d.])\.\d{3,}|\d\.\d{4,}")
_PAPER = {".729", ".249", ".260", ".715", ".772"}
"""What the paper prints with three digits; checked below."""
_GIVEN = {".001"}
"""Parameters, which nothing computes."""


@pytest.mark.parametrize("number", PUBLISHED, ids=lambda number: f"{number.source}: {number.name}")
def test_the_printed_number_comes_out_again(number: Published) -> None:
    assert number.distance <= 0.5 + 1e-9, f"{number.compute()} is not {number.printed}"


def test_all_sources_are_there() -> None:
    assert len(PUBLISHED) == 74
    assert len({number.source for number in PUBLISHED}) == 4


@pytest.mark.parametrize("seen", [BASE, DETECTS, QUIET, SILENT])
def test_four_starts_agree(seen: Signals) -> None:
    random = np.random.default_rng(3).random(2)
    found = solve(seen, TYPES, starts=(0.0, 0.3, 1.0, tuple(random)))
    assert np.ptp(found.thresholds, axis=0).max() <= 1e-12
    assert bool(found.unique)


def test_the_equations_hold_at_the_solution() -> None:
    """The two equations written out plainly, a second way beside the solver's."""
    found = solve(BASE, TYPES)
    x = found.thresholds[0]
    for i in range(2):
        total = 0.0
        for s in (1, 2):
            below = 2 * BASE.none[s] + 0.8 * sum(
                (1 - x[j]) * (BASE.attack[j, s] - BASE.none[s]) for j in range(2)
            )
            beta = 0.8 * (1 - x[i]) * BASE.attack[i, s] / below
            total += (BASE.attack[i, s] - BASE.none[s]) * (1 - min(max((1 - beta) / 0.9, 0), 1))
        assert x[i] == pytest.approx(total, abs=1e-12)


@pytest.mark.parametrize(("setting", "chosen"), [(A5, 0.25974), (A4, 0.77193)])
def test_every_equilibrium_is_listed_and_always_is_never_chosen(
    setting: signalling.Setting, chosen: float
) -> None:
    found = signalling.equilibria(setting)
    assert [item.kind for item in found] == ["separating", "pooled", "pooled", "always"]
    assert found[1].attack == pytest.approx(chosen, abs=5e-6)
    assert found[0].attack > found[2].attack or found[0].utility > found[2].utility


def test_more_attacks_can_go_with_a_better_off_defender() -> None:
    apart, together = signalling.equilibria(A5)[:2]
    assert apart.attack > together.attack
    assert apart.utility > together.utility


def test_the_table_of_repetition_ends_at_one_source() -> None:
    assert crowds.moved(0.2, crowds.ratio(10, 1.0)) == pytest.approx(
        crowds.moved(0.2, crowds.ratio(1, 0.0)), abs=1e-9
    )


def test_no_number_of_the_design_is_left_out(shared: Path) -> None:
    text = (shared / "design" / "stakes.md").read_text("utf-8")
    held = {item.printed.lstrip("-").lstrip("0") for item in PUBLISHED}
    told = {number.lstrip("0") for number in _NUMBER.findall(text)}
    assert told - held - _PAPER == _GIVEN


@pytest.mark.parametrize(
    ("setting", "separating", "pooled"),
    [(A5, (0.729, -0.249), (0.260, -0.260)), (A4, (0.715, None), (0.772, None))],
)
def test_the_attack_chances_that_the_paper_prints(
    setting: signalling.Setting,
    separating: tuple[float, float | None],
    pooled: tuple[float, float | None],
) -> None:
    first, second = signalling.separating(setting), signalling.pooled(setting)[0]
    for found, (attack, utility) in ((first, separating), (second, pooled)):
        assert found.attack == pytest.approx(attack, abs=6e-4)
        assert utility is None or found.utility == pytest.approx(utility, abs=6e-4)
