"""Every number of the design and of the papers, at its printed precision."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from weigh.bench.stakes_numbers import A4, A5, PUBLISHED, Published
from weigh.stakes import signalling

_NUMBER = re.compile(r"(?<![\d.])\.\d{3,}|\d\.\d{4,}")
_PAPER = {".729", ".249", ".260", ".715", ".772"}
"""What the paper prints with three digits; checked below."""
_GIVEN = {".001"}
"""Parameters, which nothing computes."""


@pytest.mark.parametrize("item", PUBLISHED, ids=[f"{item.source}: {item.name}" for item in PUBLISHED])
def test_a_printed_number_comes_out_to_its_last_digit(item: Published) -> None:
    assert item.distance <= 0.5 + 1e-9, f"{item.compute()} is not {item.printed}"


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


def test_more_attacks_and_a_better_off_defender() -> None:
    first, second = signalling.separating(A5), signalling.pooled(A5)[0]
    assert first.attack > second.attack
    assert first.utility > second.utility
