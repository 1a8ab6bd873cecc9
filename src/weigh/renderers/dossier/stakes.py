"""The chance and the cost of being wrong: three sentences, a chart, a map, their tables."""

from __future__ import annotations

from collections.abc import Sequence

from weigh.assessment import stakes as joined
from weigh.assessment.stakes import AttributionRow, CrowdRow, StakesRow
from weigh.renderers import stakes as words
from weigh.renderers import stakes_charts
from weigh.renderers.dossier import plots
from weigh.renderers.dossier.markup import Child, Markup, element, join
from weigh.renderers.dossier.plots import HeatMap
from weigh.renderers.dossier.tables import Column, bullets, fold, paragraph, section, table
from weigh.renderers.dossier.view import View
from weigh.renderers.dossier.words import MINUS, NBSP, percent

_EVERY = 5
_CHART = (
    "The thick line is the option worth most, a ring the place from which an option beats the first one, the "
    "band the 90 % interval, the broken line the assessment. The share of a pose among the ways to be "
    "innocent is held."
)
_MAP = (
    "A model of deterrence (Baliga, Bueno de Mesquita & Wolitzky 2020) with two attackers alike: whoever "
    "expects to be named and hit holds back. The stronger the colour the likelier. The ring is how often "
    "Weigh itself names somebody, and the right one, on reports it had not seen. It says what a better "
    "method would do, and nothing about this case."
)


def stakes(view: View) -> Markup | None:
    """The section; None where nothing was weighed, or nobody is there to be accused."""
    if not joined.somebody_to_accuse(view.assessment):
        return None
    row = joined.stakes(view.assessment)
    crowd = joined.crowd(view.assessment) if view.assessment.origins is not None else None
    return section(
        "stakes",
        "The chance and the cost of being wrong",
        paragraph(element("strong", None, words.ILLUSTRATIVE), " ", words.NO_ADVICE, kind="hint"),
        bullets(words.sentences(row, percent), kind="repeat"),
        _lines(row),
        _options(row),
        _evidence(row),
        *(_crowd(crowd) if crowd is not None and crowd.statements > 0 else ()),
        *_attribution(joined.attribution()),
    )


def _figure(title: str, drawing: Markup, note: str) -> Markup:
    caption = element("figcaption", {"class": "chart-title"}, title)
    return element("figure", {"class": "picture"}, caption, drawing, paragraph(note, kind="hint"))


def _lines(row: StakesRow) -> Markup:
    chart = stakes_charts.lines(row)
    return _figure(chart.title, plots.draw_lines(chart), _CHART)


def _options(row: StakesRow) -> Markup:
    columns = (
        Column("Option"),
        Column("If guilty", numeric=True),
        Column("If not", numeric=True),
        Column("Now", numeric=True),
        Column("Beats the first", tight=True),
        Column("Worth most", tight=True),
        Column("Of draws", numeric=True),
    )
    rows: list[Sequence[Child]] = [
        (
            f"{place}. {option.name}",
            *(_worth(value) for value in (option.right, option.wrong, option.expected)),
            words.where_better(row, option, percent),
            words.where(option.best_from, option.best_until, percent, nowhere="never"),
            f"{option.share * 100:.0f}{NBSP}%",
        )
        for place, option in enumerate(row.options, start=1)
    ]
    note = (
        f"In {row.unit}. “Now” is expected at {percent(row.guilty.value)}; “of draws” is how often the "
        "option is worth most when every number moves within its range."
    )
    told = bullets(f"{label}: {chance}" for label, chance in words.chances(row, percent))
    return join((table("What each option is worth", columns, rows), paragraph(note, kind="hint"), told))


def _evidence(row: StakesRow) -> Markup:
    """What more evidence is worth, and which number the choice hangs on."""
    known = [look for look in row.next if look.worth is not None]
    looks: list[Sequence[Child]] = [
        (
            f"{look.name} ({look.feature})",
            percent(look.chance),
            percent(look.if_found or 0.0),
            "" if look.if_not is None else percent(look.if_not),
            _worth(look.worth or 0.0),
        )
        for look in sorted(known, key=lambda look: -(look.worth or 0.0))
    ]
    columns = (
        Column("Look for"),
        *(Column(heading, numeric=True) for heading in ("Chance", "If found", "If not", "Worth")),
    )
    flips: list[Sequence[Child]] = [
        (
            flip.input,
            _amount(flip.input, flip.value),
            _amount(flip.input, flip.at),
            words.option_name(row, flip.option),
        )
        for flip in row.flips
    ]
    moved = (
        Column("Number"),
        Column("Now", numeric=True),
        Column("Then", numeric=True),
        Column("Worth most then"),
    )
    certain = f"To know for certain before choosing would be worth {_worth(row.certainty)} in the same unit."
    return join(
        (
            paragraph(certain),
            fold("What the next evidence is worth", table("Worth of evidence", columns, looks))
            if len(looks) > 0
            else None,
            fold(
                "Numbers that, moved alone within their range, change the choice",
                table("Changes", moved, flips),
            )
            if len(flips) > 0
            else None,
        )
    )


def _crowd(row: CrowdRow) -> tuple[Markup | None, ...]:
    columns = (Column(f"How sure one would be of {row.name}"), Column("Probability", numeric=True))
    note = (
        f"A statement is taken to be made in {percent(row.hit)} of cases when true and in "
        f"{percent(row.false)} when not, which is illustrative. {words.MANY if row.named else ''}"
    )
    return (
        element("h3", None, "What a crowd would make of it"),
        paragraph(words.crowd_heading(row)),
        table("What a crowd would make of it", columns, words.crowd_lines(row, percent)),
        paragraph(note.strip(), kind="hint"),
    )


def _attribution(row: AttributionRow) -> tuple[Markup, ...]:
    chart = stakes_charts.deterrence(row.sheet, row.map)
    columns = (
        Column("Attribution"),
        Column("Somebody attacks", numeric=True),
        Column("Answers astray", numeric=True),
    )
    rows = [(item.name, percent(item.attack), f"{item.misdirected:.2f}") for item in row.changes]
    return (
        element("h3", None, "What better attribution would do"),
        _figure(chart.title, plots.draw_map(chart), _MAP),
        table("What better attribution would do", columns, rows),
        fold("The map as a table", _cells(chart)),
    )


def _cells(chart: HeatMap) -> Markup:
    """Every fifth row and column of a map, the highest row first, as on the map."""
    rows, columns = len(chart.cells), len(chart.cells[0])
    along, up = range(0, columns, _EVERY), range(0, rows, _EVERY)
    headings = (_between(chart.x, place / (columns - 1)) for place in along)
    lines = [
        (_between(chart.y, row / (rows - 1)), *(percent(chart.cells[row][column]) for column in along))
        for row in reversed(up)
    ]
    first = Column(f"{chart.down}; along: {chart.across}")
    return table(chart.title, (first, *(Column(each, numeric=True) for each in headings)), lines)


def _between(ends: tuple[float, float], way: float) -> str:
    return f"{100 * (ends[0] + way * (ends[1] - ends[0])):.0f}{NBSP}%"


def _worth(value: float) -> str:
    written = f"{abs(value):.1f}"
    return f"{MINUS}{written}" if value < 0.0 and float(written) > 0.0 else written


def _amount(name: str, value: float) -> str:
    return percent(value) if name.startswith("the ") else f"{value:g}".replace("-", MINUS)
