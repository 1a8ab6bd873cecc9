"""The waterfall, the charts and the matrix of the dossier, as data and as drawn; and its colours."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from itertools import accumulate, pairwise
from math import fsum, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import sample, strategies
from tests.renderers.large import large
from tests.renderers.pages import drawn
from weigh.assessment.document import UNLISTED, Assessment
from weigh.renderers.dossier.charts import (
    IntervalBar,
    IntervalChart,
    Step,
    WaterfallChart,
    draw_intervals,
    draw_waterfall,
)
from weigh.renderers.dossier.matrix import NO_TACTIC, shade
from weigh.renderers.dossier.matrix import specification as matrix_of
from weigh.renderers.dossier.view import view
from weigh.renderers.dossier.why import BARS, compare, specification


@pytest.mark.parametrize("assessment", [sample.assessment(), large()], ids=["sample", "large"])
def test_the_bars_add_up_to_the_log_odds(assessment: Assessment) -> None:
    shown = view(assessment, redact=False)
    for rival in shown.rivals():
        comparison = compare(shown, rival)
        odds = log2(shown.leader.probability / rival.probability)
        assert fsum(item.bar.bits for item in comparison.items) == pytest.approx(odds, abs=1e-9)
        assert comparison.total == pytest.approx(odds, abs=1e-9)


def test_each_bar_begins_where_the_last_one_ended() -> None:
    shown = view(large(), redact=False)
    *steps, total = specification(compare(shown, shown.rivals()[0]), "w").steps
    assert steps[0].start == 0
    assert all(one.end == after.start for one, after in pairwise(steps))
    assert total.start == 0
    assert total.end == pytest.approx(steps[-1].end, abs=1e-9)
    assert [step.tone == "for" for step in steps] == [step.end >= step.start for step in steps]
    assert [step.index for step in steps] == [str(place + 1) for place in range(len(steps))]


def test_large_facts_have_bars_of_their_own_and_small_ones_share_one() -> None:
    shown = view(large(), redact=False)
    comparison = compare(shown, shown.rivals()[0])
    sizes = [abs(item.bar.bits) for item in (*comparison.large, *comparison.small)]
    assert len(comparison.large) == BARS
    assert len(comparison.small) == len(large().features) - BARS
    assert sizes == sorted(sizes, reverse=True)
    labels = [step.label for step in specification(comparison, "w").steps]
    assert f"{len(comparison.small)} smaller items" in labels
    assert len(labels) == BARS + 4


def test_a_single_small_fact_keeps_its_own_bar() -> None:
    few = large()
    kept = BARS + 1
    hypotheses = tuple(
        replace(row, weights=row.weights[:kept], sentences=row.sentences[:kept]) for row in few.hypotheses
    )
    shown = view(replace(few, features=few.features[:kept], hypotheses=hypotheses), redact=False)
    assert compare(shown, shown.rivals()[0]).small == ()


def test_the_table_of_a_waterfall_ends_at_its_total() -> None:
    shown = view(sample.assessment(), redact=False)
    comparison = compare(shown, shown.rivals()[0])
    running = list(accumulate(item.bar.bits for item in comparison.items))
    assert running[-1] == comparison.total == 2.0


@pytest.mark.parametrize("unlisted", [1.5, -1.0, -8.0])
def test_unlisted_is_always_among_the_rivals_or_leads(unlisted: float) -> None:
    shown = view(large(unlisted=unlisted), redact=False)
    assert shown.leader.id == UNLISTED or UNLISTED in [row.id for row in shown.rivals()]
    assert len(shown.rivals()) == 5


def test_a_lone_hypothesis_has_no_rival() -> None:
    alone = replace(sample.assessment(), hypotheses=sample.assessment().hypotheses[:1])
    assert view(alone, redact=False).rivals() == ()


@given(st.lists(strategies.probabilities, min_size=1, max_size=6))
def test_bars_are_as_long_as_their_probability(values: list[float]) -> None:
    bars = tuple(IntervalBar("a", value, value / 2, value, "t", "n", "plain") for value in values)
    html = drawn(draw_intervals(IntervalChart("c", "Title", "Words", bars)))
    widths = [str(node.attributes["width"]) for node in html.css("rect.bar")]
    assert widths == [f"{value * 100:.2f}%" for value in values]


@given(st.lists(strategies.weights, min_size=1, max_size=8))
def test_a_waterfall_stays_inside_its_frame(moves: list[float]) -> None:
    edges = [0.0, *accumulate(moves)]
    steps = tuple(Step("1", "a", one, after, "t", "for") for one, after in pairwise(edges))
    html = drawn(draw_waterfall(WaterfallChart("c", "Title", "Words", "l", "r", steps)))
    for node in html.css("rect"):
        left, width = (float(str(node.attributes[name]).rstrip("%")) for name in ("x", "width"))
        assert left >= 0
        assert left + width <= 100.5


def test_a_chart_names_and_describes_itself() -> None:
    chart = IntervalChart("c", "Title", "Words", (IntervalBar("a", 0.5, 0.2, 0.7, "t", "n", "lead"),))
    html = drawn(draw_intervals(chart))
    picture, title, words_ = (
        html.css_first("svg"),
        html.css_first("#c-title"),
        html.css_first("#c-description"),
    )
    assert picture is not None
    assert title is not None
    assert words_ is not None
    assert picture.attributes["role"] == "img"
    assert (title.tag, title.text()) == ("title", "Title")
    assert (words_.tag, words_.text()) == ("desc", "Words")


def test_a_long_label_gives_way_where_the_window_is_narrow() -> None:
    label = "Exfiltration Over Alternative Protocol"
    chart = IntervalChart("c", "T", "W", (IntervalBar(label, 0.5, 0.2, 0.7, "t", "", "plain"),))
    node = drawn(draw_intervals(chart)).css_first(".label")
    assert node is not None
    assert node.text() == f"{label}…"
    assert [part.text() for part in node.css("tspan.dots")] == ["…"]


def test_columns_stand_in_the_order_of_attack_and_unknown_ones_last() -> None:
    features = sample.assessment().features
    odd = (
        replace(features[0], tactics=("zeal", "impact", "reconnaissance")),
        replace(features[1], tactics=()),
    )
    columns = matrix_of(view(replace(sample.assessment(), features=(*odd, *features[2:])), redact=False))
    assert list(columns) == ["reconnaissance", "impact", NO_TACTIC, "zeal"]


def test_a_technique_stands_under_every_tactic_by_falling_weight() -> None:
    columns = matrix_of(view(large(), redact=False))
    techniques = [row for row in large().features if row.kind == "technique"]
    assert sum(map(len, columns.values())) == sum(len(row.tactics) for row in techniques)
    for cells in columns.values():
        weights = [cell.weight for cell in cells]
        assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize(
    ("weight", "kind"),
    [
        (0, "none"),
        (0.09, "none"),
        (0.1, "for-1"),
        (0.5, "for-2"),
        (1, "for-3"),
        (9, "for-4"),
        (-0.1, "against-1"),
    ],
)
def test_shades_are_steps(weight: float, kind: str) -> None:
    assert shade(weight) == kind


STYLE = files("weigh.renderers.dossier").joinpath("style.css").read_text(encoding="utf-8")
TEXT_ON = [
    *(("ink", name) for name in ("paper", "mark", "target", "for-1", "for-2", "for-3", "for-4")),
    ("ink", "cell-against"),
    ("soft", "paper"), ("accent", "paper"), ("soft", "panel"), ("paper", "ink"),
]  # fmt: skip
SHAPES_ON = [
    ("bar", "paper"),
    ("bar-plain", "paper"),
    ("against", "paper"),
    ("strong-line", "paper"),
    ("ink", "bar"),
]


def schemes() -> dict[str, dict[str, str]]:
    """The colours of each scheme; what dark and print do not set is as in light."""
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in STYLE.split(":root")[1:]]
    light, dark, paper = found
    return {"light": light, "dark": light | dark, "print": light | paper}


def luminance(colour: str) -> float:
    """Relative luminance of a colour, WCAG 2.2."""
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_text_and_shapes_stand_out(scheme: str) -> None:
    colours = schemes()[scheme]
    faint = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TEXT_ON}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}
    shapes = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in SHAPES_ON}
    assert {pair: ratio for pair, ratio in shapes.items() if ratio < 3} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shades_of_the_matrix_differ_without_colour(scheme: str) -> None:
    colours = schemes()[scheme]
    steps = [luminance(colours[name]) for name in ("paper", "for-1", "for-2", "for-3", "for-4")]
    assert steps in (sorted(steps), sorted(steps, reverse=True))
    assert len(set(steps)) == len(steps)
