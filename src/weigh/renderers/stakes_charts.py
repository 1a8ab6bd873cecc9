"""What is drawn of the stakes, as specifications: the page and the SVG files draw the same ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from weigh.assessment.stakes import StakesRow
from weigh.renderers.dossier import plots
from weigh.renderers.dossier.plots import HeatMap, Line, LineChart
from weigh.renderers.dossier.words import percent
from weigh.renderers.stakes import where
from weigh.stakes.sides import Sides, SuspicionMap
from weigh.stakes.states import Axis, Map, States

_AXES = {
    "detection": "how often an attack is noticed",
    "identification": "how often the right one is named",
    "false_alarm": "how often a signal comes without an attack",
    "chance": "how often somebody could attack",
    "first": "false alarms of the first side",
    "second": "false alarms of the second side",
}


def lines(row: StakesRow) -> LineChart:
    """Expected worth of each option over the probability of guilt, the interval and the bars."""
    places = {option.id: place for place, option in enumerate(row.options)}
    best = tuple(
        (option.best_from, option.best_until, places[option.id])
        for option in row.options
        if option.best_from is not None and option.best_until is not None
    )
    told = "; ".join(
        f"{option.name} is worth most {where(option.best_from, option.best_until, percent, nowhere='never')}"
        for option in row.options
    )
    first = row.options[0]
    return LineChart(
        name="stakes-lines",
        title=f"What each option is worth, by the probability that {row.name} did it",
        description=f"Straight lines from 0 to 100 percent. {told}.",
        below=f"probability that {row.name} did it",
        lines=tuple(
            Line(option.name, option.wrong, option.right, None if option is first else option.bar)
            for option in row.options
        ),
        best=best,
        low=row.guilty.low,
        now=row.guilty.value,
        high=row.guilty.high,
    )


def deterrence(sheet: States, swept: Map) -> HeatMap:
    """The chance that somebody attacks, over two numbers of attribution."""
    return _map("stakes-deterrence", f"The chance that somebody attacks: {sheet.title}", swept, swept.attack)


def suspicion(sheet: Sides, swept: SuspicionMap) -> HeatMap:
    """The chance that both escalate though neither attacked, over both sides' false alarms."""
    title = f"The chance that both escalate though neither attacked: {sheet.title}"
    return _map("stakes-suspicion", title, swept, swept.lowest)


def alone(chart: LineChart | HeatMap) -> str:
    """A chart as an SVG file."""
    drawing = plots.draw_lines(chart) if isinstance(chart, LineChart) else plots.draw_map(chart)
    return plots.alone(drawing, chart.title)


def _map(name: str, title: str, swept: Map | SuspicionMap, values: NDArray[np.float64]) -> HeatMap:
    across, down = _axis(swept.across), _axis(swept.down)
    least, most = float(values.min()), float(values.max())
    return HeatMap(
        name=name,
        title=title,
        description=(
            f"The stronger the colour the likelier, from {percent(least)} to {percent(most)}; "
            f"the ring is where things stand. Along: {across}. Upwards: {down}."
        ),
        across=across,
        down=down,
        x=(float(swept.across.values[0]), float(swept.across.values[-1])),
        y=(float(swept.down.values[0]), float(swept.down.values[-1])),
        cells=tuple(tuple(float(value) for value in line) for line in values),
        today=swept.today,
        most=most,
    )


def _axis(axis: Axis) -> str:
    word, _, place = axis.name.rstrip("]").partition("[")
    return f"{_AXES.get(word, word)}, attacker {place}" if place else _AXES.get(word, word)
