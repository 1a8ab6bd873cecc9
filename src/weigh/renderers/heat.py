"""A heat map as data, then as an SVG file that stands alone: readable in grey, in print and as a table.

Shades are eight steps from light to dark, so that they keep their order without colour, and figures
stand on the map itself. Cells of one shade in a row are drawn as one box, which keeps the file small.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from weigh.renderers.dossier.markup import Markup, element, stylesheet
from weigh.scales import percent

Floats = NDArray[np.float64]

SHADES = ("#f7fbff", "#deebf7", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#084594")
_LEFT, _TOP, _WIDTH, _HEIGHT = 90.0, 60.0, 560.0, 400.0
_FIGURES = 5
_RULES = (
    "text{font:14px system-ui,sans-serif;fill:#111}.title{font-weight:650;font-size:16px}"
    ".figure{font-size:13px;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:3px}"
    ".today{fill:none;stroke:#111;stroke-width:2.5}.halo{fill:none;stroke:#fff;stroke-width:5}"
    ".frame{fill:none;stroke:#56616f}.page{fill:#fff}"
    + "".join(f".h{step}{{fill:{colour}}}" for step, colour in enumerate(SHADES))
)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Probabilities (Y, X) over two numbers. `today` is where the input itself stands, (x, y)."""

    title: str
    across: str
    down: str
    x: Floats
    y: Floats
    values: Floats
    today: tuple[float, float]


def svg(chart: HeatMap) -> str:
    """The map as an SVG document; the same bytes for the same numbers."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{picture(chart, "map", stylesheet(_RULES)).html}\n'


def picture(chart: HeatMap, name: str, rules: Markup | None = None) -> Markup:
    """The map as an element; `name` is unique in its page, `rules` its style where the page has none."""
    low, high = float(chart.values.min()), float(chart.values.max())
    told = (
        f"{chart.title}, over {chart.across} (to the right) and {chart.down} (upwards): from {percent(low)} "
        f"to {percent(high)}."
    )
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": "0 0 720 580",
            "class": "heat",
            "role": "img",
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-description",
        },
        element("title", {"id": f"{name}-title"}, chart.title),
        element("desc", {"id": f"{name}-description"}, told),
        rules,
        _box(0, 0, 720, 580, "page"),
        element("text", {"x": 20, "y": 32, "class": "title"}, chart.title),
        *_cells(chart, low, high),
        _box(_LEFT, _TOP, _WIDTH, _HEIGHT, "frame"),
        *_figures(chart),
        *_today(chart),
        *_ends(chart),
        *_legend(low, high),
    )


def table(chart: HeatMap) -> list[list[float]]:
    """A few of the values, rows from the highest of the second number down: the figures on the map."""
    rows, columns = (
        np.linspace(0, size - 1, _FIGURES + 2).round().astype(int)[1:-1] for size in chart.values.shape
    )
    found: list[list[float]] = chart.values[np.ix_(rows[::-1], columns)].tolist()
    return found


def shades(values: Floats, low: float, high: float) -> NDArray[np.int64]:
    """The step of each value between the ends of the scale, 0 to 7."""
    share = (values - low) / (high - low) if high > low else np.zeros_like(values)
    return np.clip((share * len(SHADES)).astype(np.int64), 0, len(SHADES) - 1)


def _cells(chart: HeatMap, low: float, high: float) -> Iterator[Markup]:
    steps = shades(chart.values, low, high)
    rows, columns = steps.shape
    tall, wide = _HEIGHT / rows, _WIDTH / columns
    for row in range(rows):
        start = 0
        for step, run in groupby(steps[row].tolist()):
            length = len(list(run))
            yield _box(
                _LEFT + start * wide,
                _TOP + (rows - 1 - row) * tall,
                length * wide + 0.4,
                tall + 0.4,
                f"h{step}",
            )
            start += length


def _figures(chart: HeatMap) -> Iterator[Markup]:
    for row, values in enumerate(table(chart)):
        for column, value in enumerate(values):
            x = _LEFT + (column + 1) * _WIDTH / (_FIGURES + 1)
            y = _TOP + (row + 1) * _HEIGHT / (_FIGURES + 1) + 5
            yield _text(x, y, percent(value), "figure")


def _today(chart: HeatMap) -> Iterator[Markup]:
    """A ring where the input stands, when that is on the map."""
    places = []
    for value, ends in zip(chart.today, (chart.x, chart.y), strict=True):
        if not ends[0] <= value <= ends[-1]:
            return
        places.append((value - float(ends[0])) / float(ends[-1] - ends[0]))
    x, y = _LEFT + places[0] * _WIDTH, _TOP + (1.0 - places[1]) * _HEIGHT
    for kind in ("halo", "today"):
        yield element("circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": 7, "class": kind})


def _ends(chart: HeatMap) -> Iterator[Markup]:
    bottom = _TOP + _HEIGHT + 20
    yield _text(_LEFT, bottom, f"{chart.x[0]:g}", "", "start")
    yield _text(_LEFT + _WIDTH / 2, bottom, chart.across, "", "middle")
    yield _text(_LEFT + _WIDTH, bottom, f"{chart.x[-1]:g}", "", "end")
    yield _text(_LEFT - 8, _TOP + _HEIGHT, f"{chart.y[0]:g}", "", "end")
    yield _text(_LEFT - 8, _TOP + 14, f"{chart.y[-1]:g}", "", "end")
    turned = {"transform": f"translate(28 {_TOP + _HEIGHT / 2:.1f}) rotate(-90)", "text-anchor": "middle"}
    yield element("text", turned, chart.down)


def _legend(low: float, high: float) -> Iterator[Markup]:
    top = _TOP + _HEIGHT + 45
    for step in range(len(SHADES)):
        yield _box(_LEFT + step * 26, top, 26, 16, f"h{step}")
    yield _box(_LEFT, top, 26 * len(SHADES), 16, "frame")
    yield _text(_LEFT, top + 34, percent(low), "", "start")
    yield _text(_LEFT + 26 * len(SHADES), top + 34, percent(high), "", "end")
    yield _text(_LEFT + _WIDTH, top + 13, "ring: where the input stands", "", "end")


def _box(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
    return element("rect", {**place, "class": kind})


def _text(x: float, y: float, words: str, kind: str, hold: str = "middle") -> Markup:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": hold, "class": kind or None}
    return element("text", place, words)
