"""Mutual suspicion as a file, and its map over both sides' false-alarm rates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from weigh.errors import UsageError
from weigh.stakes import sheets
from weigh.stakes.sheets import Sheet
from weigh.stakes.states import Axis, span_values
from weigh.stakes.suspicion import Escalation, Fear, escalation

Floats = NDArray[np.float64]

SCHEMA = "weigh.suspicion/1"
SIDES = ("first", "second")
WIDEST = 0.3
_CELLS = 61


@dataclass(frozen=True, slots=True)
class Sides:
    """A sheet of mutual suspicion; `alarms` are the two false-alarm rates as they stand."""

    schema: str
    title: str
    source: str
    loss: float
    gain: float
    phi: float
    hit: float
    cost: tuple[float, float] = (0.0, 1.0)
    alarms: tuple[float, float] = (0.05, 0.05)

    @property
    def fear(self) -> Fear:
        """The parameters of the model."""
        return Fear(self.loss, self.gain, self.phi, self.hit, self.cost)


@dataclass(frozen=True, slots=True)
class SuspicionMap:
    """P(both escalate though neither attacked), (Y, X), in the lowest and the highest equilibrium.

    The first side's false-alarm rate runs along X, the second's along Y. `today` is where the sheet stands.
    """

    across: Axis
    down: Axis
    lowest: Floats
    highest: Floats
    settled: bool
    today: tuple[float, float]


def read(path: Path) -> Sides:
    """A user's sheet. Raises `UsageError` with the file, the line and the entry that is wrong."""
    return _checked(sheets.read(path))


def shipped() -> Sides:
    """The illustrative default."""
    return _checked(sheets.shipped("suspicion.toml"))


def solved(sides: Sides) -> Escalation:
    """The equilibria of a sheet as it stands."""
    first, second = sides.alarms
    return escalation(sides.fear, np.asarray(first), np.asarray(second))


def axes() -> tuple[Axis, Axis]:
    """Both false-alarm rates from 0 to 0.3, where the map is not asked for otherwise."""
    values = np.linspace(0.0, WIDEST, _CELLS)
    return Axis(SIDES[0], values), Axis(SIDES[1], values)


def axis(text: str) -> Axis:
    """An axis from `first=from:to:steps`. Raises `UsageError` saying what can be swept."""
    name, _, span = text.partition("=")
    if name not in SIDES:
        raise UsageError(f"{name!r} cannot be swept", remedy="sweep first and second, the false-alarm rates")
    return Axis(name, span_values(text, span.split(":")))


def sweep(sides: Sides, across: Axis, down: Axis) -> SuspicionMap:
    """The model over both sides' false-alarm rates, every cell in one go."""
    if across.name == down.name:
        raise UsageError(f"{across.name} is swept twice", remedy="sweep first and second")
    x, y = np.meshgrid(across.values, down.values)
    first, second = (x, y) if across.name == SIDES[0] else (y, x)
    found = escalation(sides.fear, first, second)
    today = sides.alarms if across.name == SIDES[0] else (sides.alarms[1], sides.alarms[0])
    return SuspicionMap(across, down, found.both[0], found.both[1], bool(found.settled.all()), today)


def _checked(sheet: Sheet) -> Sides:
    sides = sheets.filled(sheet, Sides, SCHEMA)
    try:
        solved(sides)
    except UsageError as error:
        raise UsageError(error.problem, place=sheet.name, remedy=error.remedy) from error
    return sides
