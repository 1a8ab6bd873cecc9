"""The chance and the cost of being wrong: three sentences, the options over the probability, one map."""

from __future__ import annotations

from weigh.assessment.document import UNLISTED
from weigh.assessment.stakes import Stakes, stakes_of, suspicion_map
from weigh.renderers import heat
from weigh.renderers.dossier.charts import LineChart, ValueLine, draw_lines
from weigh.renderers.dossier.markup import Child, Markup, element
from weigh.renderers.dossier.tables import Column, fold, paragraph, section, table
from weigh.renderers.dossier.view import View
from weigh.renderers.stakes_words import bar_words, sentences, span_words
from weigh.scales import percent


def stakes(view: View) -> Markup | None:
    """What follows from the answer and the payoffs; nothing where no actor with a name is weighed."""
    if all(row.id == UNLISTED for row in view.ranked):
        return None
    found = stakes_of(view.assessment, view.payoffs)
    hint = (
        "What the assessment and the payoffs imply, never advice. "
        "The payoffs are illustrative until somebody writes their own."
    )
    note = f"Payoffs: {found.payoffs}; {found.source}. Unit: {found.unit}. A group is not its sponsor."
    return section(
        "stakes",
        "The chance and the cost of being wrong",
        paragraph(hint, kind="hint"),
        element("ol", {"class": "sentences"}, *(element("li", None, words) for words in sentences(found))),
        _options(found),
        fold("The options as a table", _table(found)),
        _suspicion(),
        paragraph(note, kind="meta"),
    )


def _options(found: Stakes) -> Markup:
    first = found.options[0]
    chart = LineChart(
        name="options",
        title=f"Expected value of each option over the chance that {found.name} did it",
        description="; ".join(
            f"{row.name}: {row.if_wrong:.1f} if it did not, {row.if_right:.1f} if it did"
            for row in found.options
        ),
        lines=tuple(
            ValueLine(str(place), row.if_wrong, row.if_right, row.id == found.best)
            for place, row in enumerate(found.options, start=1)
        ),
        shaded=(found.guilty.low, found.guilty.high),
        at=found.guilty.value,
        marks=tuple(
            (row.bar.low, row.bar.low * first.if_right + (1.0 - row.bar.low) * first.if_wrong)
            for row in found.options[1:]
            if row.bar is not None and row.bar.high >= 1.0 and row.bar.low > 0.0
        ),
    )
    names = "; ".join(f"{place} {row.name}" for place, row in enumerate(found.options, start=1))
    reading = (
        f" Shaded: the 90 % interval; dotted: {percent(found.guilty.value)}; rings: from where an option is "
        f"worth more than “{first.name}”; thick: the highest at this probability."
    )
    caption = element("figcaption", None, names, ".", reading)
    title = element("p", {"class": "chart-title", "aria-hidden": "true"}, chart.title)
    return element("figure", {"class": "picture"}, title, draw_lines(chart), caption)


def _table(found: Stakes) -> Markup:
    columns = (
        Column("Option"),
        Column("Worth here", numeric=True),
        Column("If right", numeric=True),
        Column("If wrong", numeric=True),
        Column("Beats the first", tight=True),
        Column("Highest of all", tight=True),
    )
    rows: list[tuple[Child, ...]] = [
        (
            f"{place} {row.name}",
            f"{row.expected:+.1f}",
            f"{row.if_right:+.1f}",
            f"{row.if_wrong:+.1f}",
            bar_words(row) if place > 1 else "",
            span_words(row.best, "never"),
        )
        for place, row in enumerate(found.options, start=1)
    ]
    return table("What each option is worth", columns, rows)


def _suspicion() -> Markup:
    """Both sides misjudging each other: the illustrative sheet, for it is of no case in particular."""
    swept = suspicion_map()
    names = [f"false-alarm rate, {axis.name} side" for axis in (swept.across, swept.down)]
    chart = heat.HeatMap(
        "Chance that both escalate though neither attacked",
        names[0],
        names[1],
        swept.across.values,
        swept.down.values,
        swept.lowest,
        swept.today,
    )
    caption = (
        "Two sides who fear each other, and how often each raises a false alarm: an illustrative model, the "
        "same for every case."
    )
    rows = heat.table(chart)
    columns = (Column(f"{names[1]} from high to low"), *(Column("", numeric=True) for _ in rows[0]))
    cells = [(str(place), *(percent(value) for value in row)) for place, row in enumerate(rows, start=1)]
    return element(
        "figure",
        {"class": "picture"},
        heat.picture(chart, "suspicion"),
        element("figcaption", None, caption),
        fold("The figures of the map as a table", table(chart.title, columns, cells)),
    )
