"""Two charts, each first a specification held as data, then inline SVG drawn from it.

Both stretch with the window: sideways in percent of their width, downwards in the size of their
text, so that they need no script and neither shrink their letters nor scroll at 400 % zoom. Colour
is never the only sign: what speaks against is hatched, a total is outlined, and every bar is labelled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from weigh.renderers.dossier.markup import Attribute, Child, Markup, element, join
from weigh.renderers.dossier.words import shortened

# Heights in em of the chart's own letters: a row, its label's base line, the middle and the thickness
# of its bar, the space for a step's number; and how many characters of a label fit beside its number on
# the narrowest screen and on a wide one.
ROW = 2.9
LABEL = 1.05
MIDDLE = 1.88
THICK = 0.75
INDENT = 1.8
NARROW = 26
WIDE = 42
# Of a chart of lines: height of its field, where the field begins (percent), least distance of two numbers.
TALL = 18.0
START = 5.0
STEP = 1.05


@dataclass(frozen=True, slots=True)
class IntervalBar:
    """One bar of a probability in [0, 1] with its interval; `tone` is "lead", "plain" or "open"."""

    label: str
    value: float
    low: float
    high: float
    text: str
    note: str
    tone: str


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """Horizontal bars on a scale from 0 to 100 %. `name` is unique in the page."""

    name: str
    title: str
    description: str
    bars: tuple[IntervalBar, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of a waterfall from `start` to `end`, in bits; `tone` is "for", "against" or "total".

    `index` is the number that the page's sentences refer to, empty for the total.
    """

    index: str
    label: str
    start: float
    end: float
    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class WaterfallChart:
    """Bars that each begin where the last one ended. `left` and `right` name the ends of the scale."""

    name: str
    title: str
    description: str
    left: str
    right: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A straight line from `start` at the left end to `end` at the right; `index` names it in the legend."""

    index: str
    start: float
    end: float
    best: bool


@dataclass(frozen=True, slots=True)
class LineChart:
    """Straight lines over a probability. `shaded` is an interval of it, `at` where the case stands.

    `marks` are points (probability, value) where a line crosses the first one.
    """

    name: str
    title: str
    description: str
    lines: tuple[ValueLine, ...]
    shaded: tuple[float, float]
    at: float
    marks: tuple[tuple[float, float], ...]


def definitions() -> Markup:
    """The hatching that all charts share; once a page, before the first chart."""
    lines = element("path", {"d": "M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2", "class": "hatch-line"})
    ground = element("rect", {"width": 6, "height": 6, "class": "hatch-ground"})
    size: dict[str, Attribute] = {"width": 6, "height": 6, "patternUnits": "userSpaceOnUse"}
    hatch = element("pattern", {"id": "hatch", **size}, ground, lines)
    return element(
        "svg",
        {"width": 0, "height": 0, "class": "definitions", "aria-hidden": "true", "focusable": "false"},
        element("defs", None, hatch),
    )


def draw_intervals(chart: IntervalChart) -> Markup:
    """The bars, a track behind each from 0 to 100 %, and the scale under the last."""
    rows = [_interval_row(bar, place) for place, bar in enumerate(chart.bars)]
    bottom = len(chart.bars) * ROW
    marks = ((0, "start", "0"), (50, "middle", "50"), (100, "end", "100\N{NO-BREAK SPACE}%"))
    scale = [_text(at, bottom + LABEL, text, "scale", hold) for at, hold, text in marks]
    return drawing(chart.name, chart.title, chart.description, bottom + 1.4, [*rows, *scale])


def draw_waterfall(chart: WaterfallChart) -> Markup:
    """The bars in their order, joined by hairlines, with the line where neither side is ahead."""
    scale = _Scale.over([edge for step in chart.steps for edge in (step.start, step.end)])
    bottom = len(chart.steps) * ROW
    zero = scale.at(0.0)
    rows = [_step_row(step, place, scale) for place, step in enumerate(chart.steps)]
    joints = [_joint(scale.at(one.end), place) for place, (one, _) in enumerate(pairwise(chart.steps))]
    line = _line(zero, 1.3, zero, bottom, "zero")
    ends = [
        _text(0, bottom + LABEL, f"\N{LEFTWARDS ARROW} {chart.left}", "scale", "start"),
        _text(100, bottom + LABEL, f"{chart.right} \N{RIGHTWARDS ARROW}", "scale", "end"),
    ]
    return drawing(chart.name, chart.title, chart.description, bottom + 1.4, [line, *joints, *rows, *ends])


def draw_lines(chart: LineChart) -> Markup:
    """The lines between a scale of probability and the values' own ends, each numbered where it begins."""
    ends = [value for line in chart.lines for value in (line.start, line.end)]
    low, high = min(ends), max(ends)

    def down(value: float) -> float:
        return TALL * (high - value) / max(high - low, 1e-9) + 0.6

    def across(probability: float) -> float:
        return START + (100.0 - START) * probability

    left, right = (across(end) for end in chart.shaded)
    begins = _apart([down(line.start) for line in chart.lines])
    bottom = TALL + 1.2
    scale = [
        _text(across(at), bottom + LABEL, text, "scale", hold)
        for at, hold, text in (
            (0.0, "start", "0"),
            (0.5, "middle", "50"),
            (1.0, "end", "100\N{NO-BREAK SPACE}%"),
        )
    ]
    parts: list[Child] = [
        _box(left, 0.6, max(right - left, 0.3), TALL, "shade"),
        _line(across(chart.at), 0.6, across(chart.at), TALL + 0.6, "zero"),
    ]
    for line, top in zip(chart.lines, begins, strict=True):
        kind = "option best" if line.best else "option"
        parts.append(_line(START, down(line.start), 100, down(line.end), kind))
        parts.append(_text(START - 1.0, top + 0.35, line.index, "scale", "end"))
    for probability, value in chart.marks:
        place = {"cx": f"{across(probability):.2f}%", "cy": f"{down(value):.2f}em", "r": "0.3em"}
        parts.append(element("circle", {**place, "class": "bar-mark"}))
    return drawing(chart.name, chart.title, chart.description, bottom + 1.4, [*parts, *scale])


def _apart(tops: Sequence[float]) -> list[float]:
    """Heights moved down where two would stand on each other."""
    found = list(tops)
    last = -STEP
    for place in sorted(range(len(tops)), key=lambda place: tops[place]):
        found[place] = last = max(tops[place], last + STEP)
    return found


@dataclass(frozen=True, slots=True)
class _Scale:
    """From bits to percent of the chart's width."""

    lowest: float
    width: float

    @classmethod
    def over(cls, edges: Sequence[float]) -> _Scale:
        """The scale that holds all edges and zero, with a little air on both sides."""
        lowest, highest = min([0.0, *edges]), max([0.0, *edges])
        air = max(highest - lowest, 1e-9) * 0.02
        return cls(lowest - air, highest - lowest + 2 * air)

    def at(self, bits: float) -> float:
        """Where a number of bits stands, in percent."""
        return (bits - self.lowest) / self.width * 100


def _interval_row(bar: IntervalBar, place: int) -> Markup:
    top = place * ROW
    middle = top + MIDDLE
    low, high = bar.low * 100, bar.high * 100
    whisker = [
        _line(low, middle, high, middle, "whisker"),
        *(_line(edge, middle - 0.32, edge, middle + 0.32, "whisker") for edge in (low, high)),
    ]
    return element(
        "g",
        None,
        _box(0, top + MIDDLE - THICK / 2, 100, THICK, "track"),
        *(_line(tick, middle - THICK / 2, tick, middle + THICK / 2, "tick") for tick in (25, 50, 75)),
        _box(0, top + MIDDLE - THICK / 2, bar.value * 100, THICK, f"bar {bar.tone}"),
        *whisker,
        _label(bar.label, top, bar.tone),
        _value(top, bar.text, bar.note),
    )


def _step_row(step: Step, place: int, scale: _Scale) -> Markup:
    top = place * ROW
    start, end = sorted((scale.at(step.start), scale.at(step.end)))
    return element(
        "g",
        None,
        _box(start, top + MIDDLE - THICK / 2, max(end - start, 0.3), THICK, f"bar {step.tone}"),
        _text(0, top + LABEL, step.index, "index", "start") if len(step.index) > 0 else None,
        _label(step.label, top, step.tone, INDENT),
        _value(top, step.text, ""),
    )


def _joint(at: float, place: int) -> Markup:
    """The hairline from the end of one bar down to the beginning of the next."""
    return _line(at, place * ROW + MIDDLE + THICK / 2, at, (place + 1) * ROW + MIDDLE - THICK / 2, "joint")


def drawing(
    name: str, title: str, description: str, height: float, parts: Sequence[Child], kind: str = "chart"
) -> Markup:
    """The frame: a picture with a name and a description for those who do not see it. `height` is in em."""
    return element(
        "svg",
        {
            "class": kind,
            "role": "img",
            "aria-labelledby": f"{name}-title",
            "aria-describedby": f"{name}-description",
            "width": "100%",
            "height": f"{height:.2f}em",
            "focusable": "false",
        },
        element("title", {"id": f"{name}-title"}, title),
        element("desc", {"id": f"{name}-description"}, description),
        *parts,
    )


def _label(label: str, top: float, tone: str, indent: float = 0.0) -> Markup:
    """A label on one line; where the window is narrow its end gives way to an ellipsis."""
    label = shortened(label, WIDE)
    words: Child = label
    fitting = NARROW if indent == 0 else NARROW - 5
    if len(label) > fitting:
        head, tail = label[: fitting - 1], label[fitting - 1 :]
        rest = element("tspan", {"class": "tail"}, tail)
        words = join((head, rest, element("tspan", {"class": "dots"}, "…")))
    aside = f"{indent:.2f}em" if indent > 0 else None
    return element(
        "text", {"x": 0, "dx": aside, "y": f"{top + LABEL:.2f}em", "class": f"label {tone}"}, words
    )


def _value(top: float, text: str, note: str) -> Markup:
    place = {"x": "100%", "y": f"{top + LABEL:.2f}em", "text-anchor": "end"}
    if len(note) == 0:
        return element("text", {**place, "class": "value"}, text)
    small = element("text", {**place, "class": "note"}, element("tspan", None, note))
    return join((element("text", {**place, "class": "value noted"}, text), small))


def _text(x: float, y: float, text: str, kind: str, hold: str) -> Markup:
    """A text of the scale. Its letters are smaller inside, so that `y` counts in the chart's own em."""
    place = {"x": f"{x:.2f}%", "y": f"{y:.2f}em", "text-anchor": hold, "class": kind}
    return element("text", place, element("tspan", None, text))


def _box(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    place = {"x": f"{x:.2f}%", "y": f"{y:.2f}em", "width": f"{width:.2f}%", "height": f"{height:.2f}em"}
    return element("rect", {**place, "class": kind})


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    place = {"x1": f"{x1:.2f}%", "y1": f"{y1:.2f}em", "x2": f"{x2:.2f}%", "y2": f"{y2:.2f}em"}
    return element("line", {**place, "class": kind})
