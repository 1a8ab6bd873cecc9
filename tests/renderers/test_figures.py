"""Figures and words never contradict each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh import scales
from weigh.renderers.figures import figure


@pytest.mark.parametrize(
    ("probability", "decimals", "text"),
    [
        (0.5, 0, "50"),
        (0.504, 0, "50"),
        (0.5497, 0, "54.97"),
        (0.7996, 0, "79.96"),
        (0.0496, 1, "4.96"),
        (0.62, 0, "62"),
        (0.034, 1, "3.4"),
    ],
)
def test_figures_are_as_short_as_their_words_allow(probability: float, decimals: int, text: str) -> None:
    assert figure(probability, decimals) == text


@given(st.floats(0.0, 1.0), st.integers(0, 2))
def test_the_figure_shown_has_the_word_of_the_figure_meant(probability: float, decimals: int) -> None:
    shown = float(figure(probability, decimals)) / 100.0
    assert shown == pytest.approx(probability, abs=0.005 + 1e-9)
    if min(abs(probability * 100 - edge) for edge in range(101)) > 1e-4:
        assert scales.icd203(min(shown, 1.0)) == scales.icd203(probability)
