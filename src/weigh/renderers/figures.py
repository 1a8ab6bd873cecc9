"""Probabilities as figures that agree with their words."""

from __future__ import annotations

from math import floor

from weigh import scales
from weigh.scales import icd203, phia


def figure(probability: float, decimals: int = 0) -> str:
    """Percent with `decimals`, halves up; with more where rounding would cross into another word.

    0.5497 is "54.97", for "55" would contradict "roughly even chance". No unit.
    """
    exact = scales.percent(probability)
    for places in range(decimals, 7):
        scale = 10.0**places
        rounded = floor(exact * scale + 0.5) / scale
        shown = min(rounded / 100.0, 1.0)
        if icd203(shown) == icd203(probability) and phia(shown) == phia(probability):
            return f"{rounded:.{places}f}"
    return f"{exact:.6f}"


def percent(value: float, *, unit: bool = True) -> str:
    """A probability for people: whole percents, tenths below ten, "<0.1" and ">99.9" at the ends."""
    share = value * 100.0
    if share < 0.1:
        text = "<0.1"
    elif share > 99.9:
        text = ">99.9"
    else:
        text = figure(value, 1 if share < 10.0 or share > 99.0 else 0)
    return f"{text} %" if unit else text
