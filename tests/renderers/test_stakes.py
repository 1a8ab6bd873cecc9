"""The page, the maps and the sentences of stakes: lines in their places, words that do not advise."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import sample, strategies
from tests.renderers.pages import drawn, parsed, words_of
from weigh.assessment.document import UNLISTED, Assessment
from weigh.assessment.stakes import stakes_of
from weigh.renderers import heat
from weigh.renderers.dossier.charts import STEP, LineChart, ValueLine, draw_lines
from weigh.renderers.stakes_words import sentences
from weigh.stakes import payoffs


def test_the_page_says_three_sentences_and_never_advises() -> None:
    part = parsed(sample.assessment()).css_first("#stakes")
    assert part is not None
    found = stakes_of(sample.assessment(), payoffs.shipped())
    points = [words_of(node) for node in part.css("ol.sentences > li")]
    assert points == [words_of_text(words) for words in sentences(found)]
    assert not re.search(r"\b(should|must|we recommend)\b", words_of(part).lower())


def words_of_text(words: str) -> str:
    """Spaces evened out."""
    return " ".join(words.split())


def test_a_case_without_a_named_actor_has_no_stakes() -> None:
    only = tuple(row for row in sample.assessment().hypotheses if row.id == UNLISTED)
    assert parsed(replace(sample.assessment(), hypotheses=only)).css_first("#stakes") is None


@given(strategies.assessments())
def test_chances_of_any_assessment_are_chances(assessment: Assessment) -> None:
    if all(row.id == UNLISTED for row in assessment.hypotheses):
        return
    found = stakes_of(assessment, None)
    for chance in (found.wrong_party, found.missed, found.pose):
        assert 0.0 <= chance.low <= chance.value <= chance.high <= 1.0
    assert found.wrong_party.value + found.missed.value == pytest.approx(1.0)
    assert found.option(found.best).expected == max(row.expected for row in found.options)


@given(st.lists(st.tuples(strategies.weights, strategies.weights), min_size=1, max_size=7))
def test_numbers_of_lines_stand_apart(ends: list[tuple[float, float]]) -> None:
    lines = tuple(ValueLine(str(n), low, high, n == 0) for n, (low, high) in enumerate(ends))
    html = drawn(draw_lines(LineChart("c", "Title", "Words", lines, (0.2, 0.6), 0.4, ())))
    tops = sorted(
        float(str(node.attributes["y"]).rstrip("em")) for node in html.css("text.scale")[: len(ends)]
    )
    assert all(after - before >= STEP - 0.011 for before, after in pairwise(tops))
    assert len(html.css("line.option")) == len(ends)


@given(st.lists(strategies.probabilities, min_size=4, max_size=4))
def test_shades_keep_the_order_of_values(values: list[float]) -> None:
    grid = np.array(values).reshape(2, 2)
    steps = heat.shades(grid, float(grid.min()), float(grid.max())).ravel()
    order = np.argsort(grid.ravel(), kind="stable")
    assert (np.diff(steps[order]) >= 0).all()
    assert set(steps.tolist()) <= set(range(len(heat.SHADES)))


def test_a_map_stands_alone_and_escapes_its_words() -> None:
    x = np.linspace(0.0, 1.0, 10)
    chart = heat.HeatMap("<b>T", "a & b", "down", x, x, np.outer(x, x), (2.0, 0.5))
    found = heat.svg(chart)
    assert "&lt;b&gt;T" in found
    assert "a &amp; b" in found
    assert "circle" not in found
    assert len(heat.table(chart)) == 5
