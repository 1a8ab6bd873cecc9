"""Curves over the unit square as data, then as an SVG file that stands alone: told apart without colour.

Each curve has a dash and a sign of its own and its name beside its end; the figures stand in a
description that a screen reader tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from weigh.renderers.dossier.markup import Markup, element, stylesheet

_LEFT, _TOP, _SIDE = 80.0, 60.0, 440.0
_DASHES = ("", "8 5", "2 4", "10 4 2 4")
_RULES = (
    "text{font:14px system-ui,sans-serif;fill:#111}.title{font-weight:650;font-size:16px}"
    ".curve{fill:none;stroke:#111;stroke-width:2}.even{stroke:#8a94a3;stroke-dasharray:4 4}"
    ".frame{fill:none;stroke:#56616f}.page{fill:#fff}.dot{fill:#111}"
)


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points in [0, 1] x [0, 1], in order; `dots` marks each of them."""

    name: str
    points: tuple[tuple[float, float], ...]
    dots: bool = False


@dataclass(frozen=True, slots=True)
class CurveChart:
    """Curves with their axes; `even` draws the diagonal on which both are equal."""

    title: str
    across: str
    up: str
    curves: tuple[Curve, ...]
    even: bool = False


def svg(chart: CurveChart) -> str:
    """The chart as an SVG document; the same bytes for the same numbers."""
    drawing = element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": "0 0 560 640",
            "role": "img",
            "aria-labelledby": "title",
            "aria-describedby": "description",
        },
        element("title", {"id": "title"}, chart.title),
        element("desc", {"id": "description"}, _told(chart)),
        stylesheet(_RULES),
        element("rect", {"x": 0, "y": 0, "width": 560, "height": 640, "class": "page"}),
        element("text", {"x": 20, "y": 32, "class": "title"}, chart.title),
        element("rect", {"x": _said(_LEFT), "y": _said(_TOP), "width": 440, "height": 440, "class": "frame"}),
        *_axes(chart),
        *(part for number, curve in enumerate(chart.curves) for part in _curve(curve, number)),
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawing.html}\n'


def _told(chart: CurveChart) -> str:
    parts = [
        f"{curve.name}: " + ", ".join(f"{x:.2f} to {y:.2f}" for x, y in _some(curve.points))
        for curve in chart.curves
    ]
    return f"{chart.across} to {chart.up}. " + "; ".join(parts) + "."


def _some(points: Sequence[tuple[float, float]], most: int = 11) -> list[tuple[float, float]]:
    """At most so many points, the first and the last among them."""
    if len(points) <= most:
        return list(points)
    return [points[round(step * (len(points) - 1) / (most - 1))] for step in range(most)]


def _axes(chart: CurveChart) -> Iterator[Markup]:
    if chart.even:
        ends = {"x1": _x(0.0), "y1": _y(0.0), "x2": _x(1.0), "y2": _y(1.0)}
        yield element("line", {**ends, "class": "even"})
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        label = f"{share:.0%}"
        yield element("text", {"x": _x(share), "y": _said(_TOP + _SIDE + 20), "text-anchor": "middle"}, label)
        yield element("text", {"x": _said(_LEFT - 8), "y": _y(share), "text-anchor": "end"}, label)
    middle = _said(_LEFT + _SIDE / 2)
    yield element("text", {"x": middle, "y": _said(_TOP + _SIDE + 44), "text-anchor": "middle"}, chart.across)
    yield element("text", {"x": _said(_LEFT), "y": _said(_TOP - 8)}, chart.up)


def _curve(curve: Curve, number: int) -> Iterator[Markup]:
    path = " ".join(f"{_x(x)},{_y(y)}" for x, y in curve.points)
    dash = _DASHES[number % len(_DASHES)]
    yield element("polyline", {"points": path, "class": "curve", "stroke-dasharray": dash or "none"})
    if curve.dots:
        for x, y in curve.points:
            yield element("circle", {"cx": _x(x), "cy": _y(y), "r": 4, "class": "dot"})
    row = _TOP + _SIDE + 74 + 22 * number
    key = {"x1": _said(_LEFT), "y1": _said(row - 5), "x2": _said(_LEFT + 40), "y2": _said(row - 5)}
    yield element("line", {**key, "class": "curve", "stroke-dasharray": dash or "none"})
    yield element("text", {"x": _said(_LEFT + 50), "y": _said(row)}, curve.name)


def _x(share: float) -> str:
    return _said(_LEFT + _SIDE * share)


def _y(share: float) -> str:
    return _said(_TOP + _SIDE * (1.0 - share))


def _said(length: float) -> str:
    return f"{length:.2f}"
