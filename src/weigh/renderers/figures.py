"""Probabilities as figures that agree with their words."""

from __future__ import annotations

from math import floor

from weigh.scales import icd203, percent, phia


def figure(probability: float, decimals: int = 0) -> str:
    """Percent with `decimals`, halves up; with more where rounding would cross into another word.

    0.5497 is "54.97", for "55" would contradict "roughly even chance". No unit.
    """
    exact = percent(probability)
    for places in range(decimals, 7):
        scale = 10.0**places
        rounded = floor(exact * scale + 0.5) / scale
        shown = min(rounded / 100.0, 1.0)
        if icd203(shown) == icd203(probability) and phia(shown) == phia(probability):
            return f"{rounded:.{places}f}"
    return f"{exact:.6f}"
