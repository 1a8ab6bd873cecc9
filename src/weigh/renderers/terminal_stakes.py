"""The stakes of a case on a terminal of 80 columns: three sentences, then the table they stand on."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from weigh.assessment.document import Assessment
from weigh.assessment.stakes import CrowdRow, StakesRow
from weigh.renderers import stakes as words
from weigh.renderers.terminal import percent, written

_NAME = 22
_LOOKS = 5
_FLIPS = 8
_WEIGHTS = 8
_LEAST_TOTAL = 0.01


def decision(assessment: Assessment, row: StakesRow, crowd: CrowdRow | None) -> RenderableType:
    """Everything about one accused and one sheet of payoffs."""
    marking = f"TLP:{assessment.tlp}  " if assessment.tlp else ""
    head = f"What is at stake: {row.name} ({row.accused}), {words.chance(row.guilty, percent)}"
    parts: list[RenderableType] = [
        written(f"{marking}{head}", style="bold"),
        written(f"Payoffs: {row.title}; {row.source}."),
        written(""),
    ]
    parts += [_point(sentence) for sentence in words.sentences(row, percent)]
    parts += [*_section("The chance of being wrong"), _pairs(words.chances(row, percent))]
    parts += [*_section("What each option is worth"), _options(row), _plain(_legend(row))]
    parts += [*_section("What more evidence is worth, in the same unit"), *_evidence(row)]
    parts += [*_section("Which number the choice hangs on, moved alone within its range"), *_flips(row)]
    parts += _weights(row)
    if crowd is not None:
        parts += [*_section("What a crowd would make of it"), *_crowd(crowd)]
    parts.append(written(""))
    parts += [written(words.ILLUSTRATIVE, "bold")] if row.illustrative else []
    return Group(*parts, written(words.NO_ADVICE, "dim"))


def _section(title: str) -> list[RenderableType]:
    return [written(""), Rule(written(title), align="left", style="dim")]


def _plain(text: str) -> RenderableType:
    return Padding(written(text), (0, 0, 0, 2))


def _point(sentence: str) -> RenderableType:
    """A sentence of its own, the lines after the first set in."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_row("-", written(sentence))
    return table


def _pairs(rows: tuple[tuple[str, str], ...]) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    for label, value in rows:
        table.add_row("", written(label), written(value))
    return table


def _options(row: StakesRow) -> RenderableType:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("option", width=_NAME, overflow="fold")
    for heading, width in (("if guilty", 6), ("if not", 6), ("now", 6)):
        table.add_column(heading, justify="right", min_width=width)
    table.add_column("beats first", min_width=9, no_wrap=True)
    table.add_column("worth most", min_width=12, no_wrap=True)
    table.add_column("draws", justify="right", min_width=4, no_wrap=True)
    for option in row.options:
        table.add_row(
            written(option.name, "bold" if option.id == row.best else ""),
            *(worth(value) for value in (option.right, option.wrong, option.expected)),
            written(words.where_better(row, option, percent)),
            written(words.where(option.best_from, option.best_until, percent, nowhere="never")),
            f"{option.share:.0%}".replace("%", " %"),
        )
    return table


def _legend(row: StakesRow) -> str:
    return (
        f"Now: expected at {percent(row.guilty.value)}. Beats first: where it is worth as much as the first "
        f"option. Draws: how often it is worth most when all numbers move within their ranges. "
        f"Unit: {row.unit}."
    )


def worth(value: float) -> Text:
    """A worth with one decimal; what rounds to nothing has no sign."""
    text = f"{value:.1f}"
    return written("0.0" if text == "-0.0" else text)


def _evidence(row: StakesRow) -> list[RenderableType]:
    lines = [f"to know for certain: {row.certainty:.1f}; to wait for one more look costs {row.waiting:g}"]
    lines.append(
        "one more look, as telling for as against: "
        + ", ".join(f"{value:.1f} for {bits:g} {'bit' if bits == 1 else 'bits'}" for bits, value in row.looks)
    )
    known = sorted((look for look in row.next if look.worth is not None), key=lambda look: -(look.worth or 0))
    for look in known[:_LOOKS]:
        told = f"{percent(look.if_found)} if found" if look.if_found is not None else ""
        told += f", {percent(look.if_not)} if not" if look.if_not is not None else ""
        lines.append(f"{look.worth:.1f} to look for {look.name} ({look.feature}): {told}")
    idle = len(row.next) - len(known)
    if idle > 0:
        lines.append(f"and {idle} more, which would speak for another actor; their worth is not told here")
    return [_plain(line) for line in lines]


def _flips(row: StakesRow) -> list[RenderableType]:
    if len(row.flips) == 0:
        return [_plain("None: whichever number is moved, the same option stays worth most.")]
    table = Table(box=None, padding=(0, 2, 0, 2), pad_edge=False)
    table.add_column("number", overflow="fold")
    for heading in ("now", "then"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("worth most then")
    for flip in row.flips[:_FLIPS]:
        name = words.option_name(row, flip.option)
        ends = (_amount(flip.input, value) for value in (flip.value, flip.at))
        table.add_row(written(flip.input), *ends, written(name))
    more = len(row.flips) - _FLIPS
    return [table, *([_plain(f"and {more} more")] if more > 0 else [])]


def _amount(name: str, value: float) -> str:
    return percent(value) if name.startswith("the ") else f"{value:g}"


def _weights(row: StakesRow) -> list[RenderableType]:
    if len(row.weights) == 0:
        return []
    table = Table(box=None, padding=(0, 2, 0, 2), pad_edge=False)
    table.add_column("number")
    table.add_column("alone", justify="right")
    table.add_column("with the others", justify="right")
    for item in row.weights[:_WEIGHTS]:
        if item.total >= _LEAST_TOTAL:
            table.add_row(written(item.input), f"{item.first:.2f}", f"{item.total:.2f}")
    return [*_section("Shares of the margin's variance (Sobol' indices)"), table]


def _crowd(row: CrowdRow) -> list[RenderableType]:
    note = (
        f"Each statement is taken to be made in {percent(row.hit)} of cases when true and in "
        f"{percent(row.false)} when not, which is illustrative. Names weigh nothing in the assessment itself."
    )
    parts = [_plain(words.crowd_heading(row)), _pairs(words.crowd_lines(row, percent)), _plain(note)]
    return [*parts, _plain(words.MANY)] if row.named else parts
