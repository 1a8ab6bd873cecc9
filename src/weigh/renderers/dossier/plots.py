"""Two more charts, each first a specification held as data: straight lines over a probability, and a map.

Drawn as `charts` draws: sideways in percent, downwards in em, no script. What is best is a thick
line, every line ends in a number that its table repeats, and a map goes from light to dark, so
that neither needs colour. A chart can also stand alone, as an SVG file with its own few rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from weigh.renderers.dossier.markup import Attribute, Child, Markup, element, join, stylesheet

HEIGHT = 22.0
"""Height of the field of lines and of a map, in em of the chart's letters."""
TOP, LABEL = 1.6, 1.3
_LEFT, _RIGHT = 9.0, 70.0
_APART = 1.25
TONES = 10
_ALONE = """
svg { font: 15px system-ui, sans-serif; background: #fff; color-scheme: light; }
text { fill: #1a222d; } .field { fill: #f5f6f8; } .band { fill: #d3e3f5; } .grid { stroke: #d8dde4; }
.option { stroke: #56616f; stroke-width: 1.25; } .best { stroke: #1d4f91; stroke-width: 4; }
.lead { stroke: #8a95a3; } .now { stroke: #1a222d; stroke-width: 1.5; stroke-dasharray: 4 3; }
.bar-mark { fill: #fff; stroke: #1a222d; stroke-width: 1.5; }
.today { fill: none; stroke: #fff; stroke-width: 5; }
.today.inner { stroke: #1a222d; stroke-width: 2; } .cell { shape-rendering: crispEdges; }
.scale tspan { font-size: 13px; }
"""


@dataclass(frozen=True, slots=True)
class Line:
    """What an option is worth at 0 and at 1; `mark` is where it begins to beat the first, if anywhere."""

    label: str
    at_0: float
    at_1: float
    mark: float | None


@dataclass(frozen=True, slots=True)
class LineChart:
    """Straight lines over a probability, `name` unique in the page.

    `best` are the stretches (from, to, line's place) that are drawn thick; `low`, `now` and `high` the
    interval that is shaded and the value inside it.
    """

    name: str
    title: str
    description: str
    below: str
    lines: tuple[Line, ...]
    best: tuple[tuple[float, float, int], ...]
    low: float
    now: float
    high: float


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A grid of probabilities (rows from the bottom up), `across` and `down` the names of its axes.

    `x` and `y` are the ends of the axes as numbers, `today` is the place of a ring in the same numbers;
    `most` is the value of the darkest tone.
    """

    name: str
    title: str
    description: str
    across: str
    down: str
    x: tuple[float, float]
    y: tuple[float, float]
    cells: tuple[tuple[float, ...], ...]
    today: tuple[float, float]
    most: float


def draw_lines(chart: LineChart) -> Markup:
    """The lines with their numbers at the right, the interval behind them, and the scale below."""
    scale = _Worth.over([value for line in chart.lines for value in (line.at_0, line.at_1)])
    top, bottom = TOP, TOP + HEIGHT
    parts: list[Child] = [
        _box(_LEFT, top, _RIGHT - _LEFT, HEIGHT, "field"),
        _box(_x(chart.low), top, _x(chart.high) - _x(chart.low), HEIGHT, "band"),
        *(_grid(value, scale) for value in scale.ticks()),
        _line(_x(chart.now), top, _x(chart.now), bottom, "now"),
        *(_line(_LEFT, scale.at(each.at_0), _RIGHT, scale.at(each.at_1), "option") for each in chart.lines),
        *(_stretch(chart, scale, piece) for piece in chart.best),
        *(_mark(line, scale) for line in chart.lines),
        *_ends(chart, scale),
        *_percents(bottom),
        _text(_LEFT, bottom + 2 * LABEL + 0.3, chart.below, "scale", "start"),
        _text(
            _x(chart.now),
            top - 0.5,
            f"now {chart.now:.0%}".replace("%", "\N{NO-BREAK SPACE}%"),
            "scale",
            "middle",
        ),
    ]
    return _drawing(chart.name, chart.title, chart.description, bottom + 2 * LABEL + 0.8, "lines", parts)


def draw_map(chart: HeatMap) -> Markup:
    """The cells from light to dark, the ring where things stand, and both scales."""
    top, bottom = TOP, TOP + HEIGHT
    rows, row_height = len(chart.cells), HEIGHT / len(chart.cells)
    parts: list[Child] = [_box(_LEFT, top, 100 - _LEFT, HEIGHT, "field")]
    for place, values in enumerate(chart.cells):
        parts += _runs(values, bottom - (place + 1) * row_height, row_height, chart.most)
    x = _LEFT + (chart.today[0] - chart.x[0]) / (chart.x[1] - chart.x[0]) * (100 - _LEFT)
    y = bottom - (chart.today[1] - chart.y[0]) / (chart.y[1] - chart.y[0]) * rows * row_height
    if _LEFT <= x <= 100 and top <= y <= bottom:
        parts += [_ring(x, y, "today"), _ring(x, y, "today inner")]
    for share in (0.0, 0.5, 1.0):
        value = chart.x[0] + share * (chart.x[1] - chart.x[0])
        hold = "start" if share == 0.0 else "end" if share == 1.0 else "middle"
        parts.append(_text(_LEFT + share * (100 - _LEFT), bottom + LABEL, _share(value), "scale", hold))
        value = chart.y[0] + share * (chart.y[1] - chart.y[0])
        drop = 0.9 if share == 1.0 else 0.35 if share == 0.5 else 0.0
        parts.append(_text(_LEFT - 1, bottom - share * HEIGHT + drop, _share(value), "scale", "end"))
    parts.append(_text(0, top - 0.5, f"\N{UPWARDS ARROW} {chart.down}", "scale", "start"))
    along = f"{chart.across} \N{RIGHTWARDS ARROW}"
    parts.append(_text(100, bottom + 2 * LABEL + 0.3, along, "scale", "end"))
    return _drawing(chart.name, chart.title, chart.description, bottom + 2 * LABEL + 0.8, "map", parts)


def alone(drawing: Markup, title: str) -> str:
    """A chart as an SVG file of its own: white ground, its own rules, the title above."""
    inner = element("svg", {"x": 14, "y": 34, "width": 732, "height": 430}, drawing)
    heading = element("text", {"x": 14, "y": 22, "font-weight": 650}, title)
    size: dict[str, Attribute] = {"width": 760, "height": 470, "viewBox": "0 0 760 470"}
    parts = (stylesheet(_ALONE + _tones()), heading, inner)
    return element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size}, *parts).html + "\n"


def _tones() -> str:
    """The ten tones from white to the colour of the best line, as rules that any viewer knows."""
    full = (0x1D, 0x4F, 0x91)
    mixed = [[round(255 + (tone + 0.5) / TONES * (part - 255)) for part in full] for tone in range(TONES)]
    return "\n".join(
        f".tone-{tone} {{ fill: #{red:02x}{green:02x}{blue:02x}; }}"
        for tone, (red, green, blue) in enumerate(mixed)
    )


@dataclass(frozen=True, slots=True)
class _Worth:
    """From an option's worth to em from the top."""

    lowest: float
    highest: float

    @classmethod
    def over(cls, values: Sequence[float]) -> _Worth:
        """The scale that holds all values, with a little air."""
        low, high = min(values), max(values)
        air = max(high - low, 1e-9) * 0.04
        return cls(low - air, high + air)

    def at(self, value: float) -> float:
        """Where a worth stands."""
        return TOP + (self.highest - value) / (self.highest - self.lowest) * HEIGHT

    def ticks(self) -> list[float]:
        """Four to ten round numbers inside the scale."""
        step = 10.0 ** len(str(int(max(self.highest - self.lowest, 1.0)))) / 10.0
        while (self.highest - self.lowest) / step < 4:
            step /= 2.0
        first = int(self.lowest // step) + 1
        return [n * step for n in range(first, int(self.highest // step) + 1)]


def _x(share: float) -> float:
    return _LEFT + share * (_RIGHT - _LEFT)


def _share(value: float) -> str:
    return f"{value * 100:.0f}\N{NO-BREAK SPACE}%"


def _grid(value: float, scale: _Worth) -> Markup:
    at = scale.at(value)
    label = _text(_LEFT - 1, at + 0.35, f"{value:g}".replace("-", "\N{MINUS SIGN}"), "scale", "end")
    return join((_line(_LEFT, at, _RIGHT, at, "grid"), label))


def _stretch(chart: LineChart, scale: _Worth, piece: tuple[float, float, int]) -> Markup:
    low, high, place = piece
    line = chart.lines[place]
    ends = [scale.at(line.at_0 + share * (line.at_1 - line.at_0)) for share in (low, high)]
    return _line(_x(low), ends[0], _x(high), ends[1], "best")


def _mark(line: Line, scale: _Worth) -> Markup | None:
    """The dot where an option begins to beat the first one."""
    if line.mark is None or not 0.0 < line.mark < 1.0:
        return None
    y = scale.at(line.at_0 + line.mark * (line.at_1 - line.at_0))
    return element("circle", {"cx": f"{_x(line.mark):.2f}%", "cy": f"{y:.2f}em", "r": 4, "class": "bar-mark"})


def _ends(chart: LineChart, scale: _Worth) -> list[Markup]:
    """Number and name at the right end of each line, moved apart, with hairlines to where they belong."""
    order = sorted(range(len(chart.lines)), key=lambda place: (-chart.lines[place].at_1, place))
    places: list[float] = []
    for place in order:
        wanted = scale.at(chart.lines[place].at_1)
        places.append(max(wanted, places[-1] + _APART) if len(places) > 0 else wanted)
    over = max(places[-1] - (TOP + HEIGHT), 0.0)
    parts = []
    for place, at in zip(order, places, strict=True):
        y, line = at - over, chart.lines[place]
        parts.append(_line(_RIGHT, scale.at(line.at_1), _RIGHT + 2.5, y, "lead"))
        words = join((f"{place + 1}", element("tspan", {"class": "tail"}, f" {line.label}")))
        spot = {"x": f"{_RIGHT + 3.2:.2f}%", "y": f"{y + 0.35:.2f}em", "class": "end"}
        parts.append(element("text", spot, words))
    return parts


def _percents(bottom: float) -> list[Markup]:
    return [
        _text(_x(at), bottom + LABEL, _share(at), "scale", "middle") for at in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]


def _runs(values: Sequence[float], y: float, height: float, most: float) -> list[Markup]:
    """One rectangle for every run of cells of one tone."""
    tones = [min(int(value / most * TONES), TONES - 1) if most > 0.0 else 0 for value in values]
    width, parts, start = (100 - _LEFT) / len(values), [], 0
    for tone, run in groupby(tones):
        length = len(list(run))
        place = {"x": f"{_LEFT + start * width:.3f}%", "y": f"{y:.3f}em"}
        size = {"width": f"{length * width:.3f}%", "height": f"{height + 0.02:.3f}em"}
        parts.append(element("rect", {**place, **size, "class": f"cell tone-{tone}"}))
        start += length
    return parts


def _ring(x: float, y: float, kind: str) -> Markup:
    return element("circle", {"cx": f"{x:.2f}%", "cy": f"{y:.2f}em", "r": 7, "class": kind})


def _drawing(
    name: str, title: str, description: str, height: float, kind: str, parts: Sequence[Child]
) -> Markup:
    return element(
        "svg",
        {
            "class": f"chart {kind}",
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


def _text(x: float, y: float, text: str, kind: str, hold: str) -> Markup:
    place = {"x": f"{x:.2f}%", "y": f"{y:.2f}em", "text-anchor": hold, "class": kind}
    return element("text", place, element("tspan", None, text))


def _box(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    place = {"x": f"{x:.2f}%", "y": f"{y:.2f}em", "width": f"{width:.2f}%", "height": f"{height:.2f}em"}
    return element("rect", {**place, "class": kind})


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Markup:
    place = {"x1": f"{x1:.2f}%", "y1": f"{y1:.2f}em", "x2": f"{x2:.2f}%", "y2": f"{y2:.2f}em"}
    return element("line", {**place, "class": kind})
