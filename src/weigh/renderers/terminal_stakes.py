"""Stakes on a terminal of 80 columns: chances, bars, what the payoffs imply, and how fragile that is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table

from weigh.assessment.stakes import Stakes
from weigh.readers.wording import counted
from weigh.renderers.narrow import Fitting
from weigh.renderers.stakes_words import bar_words, chance, sentences, span_words
from weigh.renderers.terminal import bar, written
from weigh.scales import percent
from weigh.stakes.crowds import Crowd
from weigh.stakes.sides import Sides
from weigh.stakes.signalling import Equilibrium, Threat
from weigh.stakes.states import Change, States
from weigh.stakes.suspicion import Escalation

NOT_ADVICE = "Nothing here is advice: it is what the numbers given imply."
_SHADES = " ░▒▓█"
_WIDE, _HIGH = 50, 16
_INDICES = 5
_LOOKS = 3
_OPTIONS = 72
_LEAST_WORTH = 0.005


def screen(stakes: Stakes) -> RenderableType:
    """The stakes of holding one accused responsible."""
    lead = "" if stakes.leads else " It is not the leading answer."
    about = f"{stakes.name} ({stakes.accused}): {chance(stakes.guilty)}, 90 % interval.{lead}"
    parts: list[RenderableType] = [
        written(f"What it would cost to be wrong about {stakes.name}", style="bold"),
        written(about),
        written(""),
        *(written(f"{place}. {words}") for place, words in enumerate(sentences(stakes), start=1)),
        *_part("The chance of being wrong"),
        _chances(stakes),
        *_part("Options, by what they are worth here"),
        _options(stakes),
        *_part("More evidence"),
        *(written(line) for line in _evidence(stakes)),
        *_part("What it hangs on"),
        *(written(line) for line in _fragile(stakes)),
        written(""),
        written(f"Payoffs: {stakes.payoffs}; {stakes.source}. Unit: {stakes.unit}.", style="dim"),
        written(f"A group is not its sponsor: that step is not weighed. {NOT_ADVICE}", style="dim"),
    ]
    return Group(*parts)


def crowd(found: Crowd, name: str) -> RenderableType:
    """What counting voices would make of a probability, beside what their origins allow."""
    table = _table("the voices are taken as", "chance", "")
    voices = counted(found.statements, "independent statement")
    origins = counted(found.origins, "origin")
    rows = (
        (voices, found.independent),
        (f"{origins}, the rest copies half the time", found.unknown),
        (f"{origins}, the rest copies", found.origins_only),
        ("resting on evidence already weighed", found.nothing_new),
    )
    for label, value in rows:
        table.add_row(label, percent(value), written(bar(value)))
    head = f"How sure a crowd would make you of {name}"
    told = (
        f"Counted as independent, {counted(found.statements, 'statement')} would move "
        f"{percent(found.start)} to {percent(found.independent)}; their origins allow "
        f"{percent(found.nothing_new)} to {percent(found.unknown)}."
    )
    note = "A statement is taken to be made 3 times as often when true as when false: illustrative."
    return Group(written(head, "bold"), written(told), written(""), table, written(""), written(note, "dim"))


def deterrence(
    states: States,
    attack: float,
    unique: bool,
    changes: Sequence[Change],
    between: tuple[float, float] | None = None,
) -> RenderableType:
    """A sheet of the deterrence model: attacks as it stands, and what a change of attribution does."""
    table = _table("attribution", "attack", "wrong answers")
    for change in changes:
        table.add_row(change.name, percent(change.attack), percent(change.misdirected))
    several = "" if unique else " Several equilibria exist; the lowest thresholds are shown."
    measured = ""
    if between is not None:
        ends = f"{percent(between[0])} to {percent(between[1])}"
        measured = f" With every measured rate at an end of its 95 % interval: {ends}."
    told = f"The chance that somebody attacks is {percent(attack)}.{measured}{several}"
    head = written(states.title, "bold")
    note = written(f"Source: {states.source}. {NOT_ADVICE}", "dim")
    return Group(head, written(told), written(""), table, written(""), note)


def suspicion(sides: Sides, found: Escalation) -> RenderableType:
    """A sheet of mutual suspicion: both ends of its equilibria."""
    low, high = float(found.both.min()), float(found.both.max())
    both = percent(low) if bool(found.unique) else f"{percent(low)} or {percent(high)}, two equilibria"
    told = f"P(both escalate though neither attacked) is {both}."
    each = (
        f"The first escalates with {percent(float(found.first[0]))}, the second with "
        f"{percent(float(found.second[0]))}, in the calmest equilibrium."
    )
    note = written(f"Source: {sides.source}. {NOT_ADVICE}", "dim")
    return Group(written(sides.title, "bold"), written(told), written(each), written(""), note)


def signalling(threat: Threat, found: Sequence[Equilibrium]) -> RenderableType:
    """Every equilibrium of the game of threats."""
    table = _table("equilibrium", "attack", "defender's utility", "who mixes")
    for item in found:
        table.add_row(item.kind, percent(item.attack), f"{item.utility:.4f}", written(item.mixing))
    signs = (
        "H and L are the two types of defender in the sheet; o1 is the observation that an attack makes "
        "likelier, o2 the other one. Who mixes answers only sometimes after it."
    )
    note = written("More attacks can go with a better-off defender: attacks are no measure.", "dim")
    return Group(written(threat.title, "bold"), table, written(""), written(signs, "dim"), note)


def shaded(values: NDArray[np.float64], across: str, down: str) -> RenderableType:
    """A map in shades of block characters, the second axis upwards, with the ends of its scale."""
    rows = np.linspace(len(values) - 1, 0, min(_HIGH, len(values))).round().astype(int)
    columns = np.linspace(0, values.shape[1] - 1, min(_WIDE, values.shape[1])).round().astype(int)
    low, high = float(values.min()), float(values.max())
    steps = (values - low) / (high - low) if high > low else np.zeros_like(values)
    places = np.minimum((steps * len(_SHADES)).astype(int), len(_SHADES) - 1)
    lines = ["".join(_SHADES[place] for place in places[row, columns]) for row in rows]
    scale = f"{down} upwards, {across} to the right; blank {percent(low)}, full {percent(high)}"
    return Group(*(written(f"  |{line}|") for line in lines), written(f"  {scale}"))


def _part(title: str) -> list[RenderableType]:
    return [written(""), Rule(written(title), align="left", style="dim")]


def _table(*headings: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="left" if place == 0 or heading in ("", "who mixes") else "right")
    return table


def _chances(stakes: Stakes) -> RenderableType:
    table = _table("if this is done", "this goes wrong with", "")
    for act, value in (
        ("name the accused", stakes.wrong_party),
        ("name nobody, though it did it", stakes.missed),
        ("act on a pose (part of the first)", stakes.pose),
    ):
        table.add_row(act, chance(value), written(bar(value.value)))
    return table


def _options(stakes: Stakes) -> RenderableType:
    table = _table("option", "worth", "if right", "if wrong", "beats silence", "best of all")
    for row in sorted(stakes.options, key=lambda item: -item.expected):
        table.add_row(
            written(row.name, "bold" if row.id == stakes.best else ""),
            f"{row.expected:+.1f}",
            f"{row.if_right:+.1f}",
            f"{row.if_wrong:+.1f}",
            bar_words(row) if row is not stakes.options[0] else "-",
            span_words(row.best, "never"),
        )
    return Fitting(table, _OPTIONS)


def _evidence(stakes: Stakes) -> list[str]:
    lines = [
        f"{abs(turn.bits):.1f} bits {'for' if turn.bits > 0 else 'against'} the accused, to "
        f"{percent(turn.probability)}, would make “{stakes.option(turn.option).name}” best."
        for turn in stakes.turns
    ]
    worth = "more" if stakes.next_worth > stakes.waiting else "no more"
    return [
        *lines,
        f"One more fact as strong as the strongest here ({stakes.next_bits:.1f} bits) is worth "
        f"{stakes.next_worth:.2f}, {worth} than waiting costs ({stakes.waiting:g}); certainty is worth "
        f"{stakes.perfect_worth:.2f}.",
        *(
            f"To look for {look.name} ({look.feature}) is worth {look.worth:.2f}: "
            f"{percent(look.if_found)} if found, {percent(look.if_not)} if not."
            for look in stakes.looks[:_LOOKS]
            if look.worth >= _LEAST_WORTH
        ),
    ]


def _fragile(stakes: Stakes) -> list[str]:
    names = ", ".join(f"“{stakes.option(name).name}”" for name in stakes.over_interval)
    lines = [f"Best somewhere in the interval: {names}."]
    lines += [
        f"With {flip.what} at {flip.at:.3g}, not {flip.value:.3g}: “{stakes.option(flip.option).name}”."
        for flip in stakes.flips[:_INDICES]
    ]
    if len(stakes.indices) > 0:
        shown = "; ".join(f"{row.what} {max(row.total, 0.0):.2f}" for row in stakes.indices[:_INDICES])
        lines.append(f"Share of the lead's variance, with all interactions (Sobol'): {shown}.")
    return lines
