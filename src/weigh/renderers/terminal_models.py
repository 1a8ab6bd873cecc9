"""The models of stakes on a terminal: deterrence, mutual suspicion, and threats."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from weigh.renderers.terminal import percent, written
from weigh.stakes.deterrence import Equilibria
from weigh.stakes.sides import Sides, SuspicionMap
from weigh.stakes.signalling import Equilibrium, Threat
from weigh.stakes.states import Change, Map, States
from weigh.stakes.suspicion import Escalation

Floats = NDArray[np.float64]

_ROWS = 6
_MODEL = "This is a model: it says what follows from the numbers in its file, not what states will do."
_UNORDERED = (
    "Where a signal is rarer after an attack than after none, a cell shows what the equations give, "
    "but the model is not made for it."
)


def deterrence(
    sheet: States, found: Equilibria, changes: tuple[Change, ...], swept: Map | None
) -> RenderableType:
    """The equilibrium of a sheet, what better attribution would do to it, and the map that was asked for."""
    parts = _head(sheet.title, sheet.source)
    parts.append(_several(found.attack[[0, -1]], bool(found.unique), "somebody attacks"))
    answers = (
        f"Of {found.answered[0]:.2f} answers expected, {found.misdirected[0]:.2f} hit one who did not attack."
    )
    parts.append(written(answers))
    for attacker, threshold in zip(sheet.attacker, found.thresholds[0], strict=True):
        parts.append(_indented(f"{attacker.name}: attacks when it wants to by at least {threshold:.3f}"))
    if len(changes) > 0:
        parts += [written(""), _changes(changes)]
    if swept is not None:
        parts += [
            written(""),
            _grid("somebody attacks", swept.across.name, swept.down.name, swept, swept.attack),
        ]
        parts += [written(_UNORDERED, "dim")] if not bool(swept.ordered.all()) else []
    return Group(*parts, written(""), written(_MODEL, "dim"))


def suspicion(sheet: Sides, found: Escalation, swept: SuspicionMap) -> RenderableType:
    """P(both escalate though neither attacked) as the sheet stands, and over both sides' false alarms."""
    parts = _head(sheet.title, sheet.source)
    parts.append(_several(found.both, bool(found.unique), "both sides escalate though neither attacked"))
    ends = f"{percent(float(found.first[0]))} and {percent(float(found.second[0]))}"
    alarms = f"{percent(sheet.alarms[0])} and {percent(sheet.alarms[1])}"
    parts.append(written(f"Each side alone escalates with {ends}, at false-alarm rates of {alarms}."))
    title = "both escalate though neither attacked, over the sides' false-alarm rates"
    parts += [written(""), _grid(title, swept.across.name, swept.down.name, swept, swept.lowest)]
    if bool((swept.highest - swept.lowest > 1e-9).any()):
        parts.append(
            written("There are cells with a second, worse equilibrium; --json and -o have both.", "dim")
        )
    return Group(*parts, written(""), written(_MODEL, "dim"))


def signalling(sheet: Threat, found: tuple[Equilibrium, ...]) -> RenderableType:
    """Every equilibrium of a threat under imperfect attribution, none chosen silently."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for heading in ("equilibrium", "attack", "defender", "who answers only sometimes"):
        table.add_column(heading, justify="right" if heading in ("attack", "defender") else "left")
    for item in found:
        mixing = f"{item.mixing}: {item.rho:.3f}" if item.mixing else "nobody"
        table.add_row(item.kind, f"{item.attack:.3f}", f"{item.utility:.3f}", written(mixing))
    note = (
        "More attacks can leave the defender better off: attacks counted are no measure of a policy. "
        "“always” is attacking and answering without fail."
    )
    return Group(*_head(sheet.title, sheet.source), table, written(""), written(note), written(_MODEL, "dim"))


def _head(title: str, source: str) -> list[RenderableType]:
    return [written(title, "bold"), written(f"Source: {source}."), written("")]


def _indented(text: str) -> RenderableType:
    return Padding(written(text), (0, 0, 0, 2))


def _several(ends: Floats, unique: bool, what: str) -> RenderableType:
    values = sorted(float(value) for value in ends)
    if unique:
        return written(f"The chance that {what}: {percent(values[0])}.", "bold")
    told = f"The chance that {what}: {percent(values[0])} or {percent(values[1])}; both hold themselves up."
    return written(told, "bold")


def _changes(changes: tuple[Change, ...]) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("attribution")
    for heading in ("noticed", "attack", "answers astray"):
        table.add_column(heading, justify="right")
    for change in changes:
        told = change.rates.detection
        noticed = told if isinstance(told, float) else sum(told) / len(told)
        cells = (percent(noticed), percent(change.attack), f"{change.misdirected:.3f}")
        table.add_row(written(change.name), *cells)
    return table


def _grid(title: str, across: str, down: str, swept: Map | SuspicionMap, values: Floats) -> RenderableType:
    """A few rows and columns of a map, the second axis from the top down."""
    columns = np.unique(np.linspace(0, len(swept.across.values) - 1, _ROWS).round().astype(int))
    rows = np.unique(np.linspace(0, len(swept.down.values) - 1, _ROWS).round().astype(int))[::-1]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, title=None)
    table.add_column(written(f"{down} / {across}"))
    for column in columns:
        table.add_column(_plain(float(swept.across.values[column])), justify="right")
    for row in rows:
        cells = (_plain(float(values[row, column])) for column in columns)
        table.add_row(_plain(float(swept.down.values[row])), *cells)
    return Group(written(f"The chance that {title}, in percent"), table)


def _plain(value: float) -> str:
    return f"{value * 100:.1f}"
