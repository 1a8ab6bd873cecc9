"""The deterrence model as a file: who might attack, how good attribution is, and what could change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from weigh.errors import UsageError
from weigh.stakes import confusion, sheets
from weigh.stakes.deterrence import Equilibria, Signals, Types, solve
from weigh.stakes.sheets import Sheet

Floats = NDArray[np.float64]

SCHEMA = "weigh.deterrence/1"
MOST_ATTACKERS = 12
BETTER = 0.1
"""How much a rate is moved when the page asks what a better method would do."""
_AXIS = re.compile(r"(detection|identification)\[(\d+)\]|(detection|identification|false_alarm|chance)")


@dataclass(frozen=True, slots=True)
class Attacker:
    """A possible attacker and how eager it is: x ~ U[low, high], where being hit costs 1."""

    name: str
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class Rates:
    """How good attribution is, in three words, each one number or one per attacker where a list is allowed.

    `detection`: P(a signal | attack). `identification`: P(it points to the attacker | a signal after its
    attack), the rest spread evenly over the others. `false_alarm`: P(a signal | no attack), spread evenly.
    """

    detection: float | list[float]
    identification: float | list[float]
    false_alarm: float


@dataclass(frozen=True, slots=True)
class Matrix:
    """The signals in full: `none` (S,) after no attack, `attack` (n, S); the first is "nothing was seen"."""

    none: list[float]
    attack: list[list[float]]


@dataclass(frozen=True, slots=True)
class Measured:
    """Rates from the engine's own measured confusion; `weigh.stakes.confusion` says what is assumed."""

    noticed: float = 1.0
    outsider: float = 0.1
    sure: float = 0.0


@dataclass(frozen=True, slots=True)
class States:
    """A sheet of the deterrence model. Exactly one of `rates`, `signals` and `measured` is given."""

    schema: str
    title: str
    source: str
    chance: float
    attacker: tuple[Attacker, ...]
    ready: tuple[float, float] = (0.0, 0.9)
    rates: Rates | None = None
    signals: Matrix | None = None
    measured: Measured | None = None

    @property
    def types(self) -> Types:
        """The types of the model."""
        low, high = zip(*((item.low, item.high) for item in self.attacker), strict=True)
        return Types(tuple(low), tuple(high), self.ready, self.chance)


@dataclass(frozen=True, slots=True)
class Axis:
    """A number that a map moves over, and its values (K,)."""

    name: str
    values: Floats


@dataclass(frozen=True, slots=True)
class Map:
    """A map of the model over two numbers: arrays (Y, X), the second axis along X.

    `attack` is the probability that somebody attacks in the lowest equilibrium of thresholds, `calm` in
    the highest; they differ where there are several. `misdirected` is the expected number of answers that
    hit one who did not attack. `ordered` is False where a signal is rarer after an attack than after none,
    which the model is not made for. `today` is where the sheet itself stands (x, y).
    """

    across: Axis
    down: Axis
    attack: Floats
    calm: Floats
    misdirected: Floats
    ordered: NDArray[np.bool_]
    settled: bool
    today: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Change:
    """What one change of attribution does: the rates after it, attacks, and misdirected answers."""

    name: str
    rates: Rates
    attack: float
    misdirected: float


def read(path: Path) -> States:
    """A user's sheet. Raises `UsageError` with the file, the line and the entry that is wrong."""
    return _checked(sheets.read(path))


def shipped() -> States:
    """The default: two attackers alike, and attribution as it was measured."""
    return _checked(sheets.shipped("deterrence.toml"))


def solved(states: States) -> Equilibria:
    """The equilibria of a sheet as it stands, from four starts."""
    signals = (
        matrix(states) if states.signals is not None else signals_of(rates(states), len(states.attacker))
    )
    return solve(signals, states.types, starts=(0.0, 0.3, 0.7, 1.0))


def attack_between(states: States) -> tuple[float, float] | None:
    """The chance of an attack with every measured rate at the better, then at the worse end of its interval.

    Wider than an interval of the whole, for the rates need not err together. None where none is measured.
    """
    if states.measured is None:
        return None
    n = len(states.attacker)
    best, worst = (solve(signals_of(rates(states, end=end), n), states.types) for end in (1, -1))
    return float(best.attack[0]), float(worst.attack[0])


def rates(states: States, known: confusion.Confusion | None = None, end: int = 0) -> Rates:
    """The three rates of a sheet, told, measured, or averaged from its signals.

    `end` -1 or +1 takes a measured rate at the worse or the better end of its interval for deterrence.
    """
    if states.rates is not None:
        return states.rates
    if states.measured is not None:
        return measured_rates(states.measured, known or confusion.shipped(), end)
    told = matrix(states)
    seen = 1.0 - told.attack[:, 0]
    own = np.diagonal(told.attack[:, 1:])
    right = np.divide(own, seen, out=np.zeros_like(own), where=seen > 0.0)
    return Rates(seen.tolist(), right.tolist(), float(1.0 - told.none[0]))


def measured_rates(measured: Measured, known: confusion.Confusion, end: int = 0) -> Rates:
    """The measured confusion as rates, under the assumptions that `weigh.stakes.confusion` states."""
    row = known.at(measured.sure)

    def of(share: confusion.Share, better: int) -> float:
        return {0: share.value, better: share.high, -better: share.low}[end]

    return Rates(
        detection=measured.noticed * of(row.any, 1),
        identification=of(row.right, 1),
        false_alarm=measured.outsider * measured.noticed * of(row.stranger, -1),
    )


def matrix(states: States) -> Signals:
    """The signals that a sheet tells in full."""
    told = states.signals
    if told is None:
        raise UsageError("the sheet tells no signals in full")
    return Signals(np.array(told.none, dtype=float), np.array(told.attack, dtype=float))


def signals_of(told: Rates, attackers: int, moved: Mapping[str, Floats] | None = None) -> Signals:
    """Signals from rates; `moved` replaces rates by arrays (...), named as the axes of a map are."""
    moved = moved or {}
    shape = np.broadcast_shapes(*(values.shape for values in moved.values()))
    detection = _spread(told.detection, "detection", attackers, moved, shape)
    identification = _spread(told.identification, "identification", attackers, moved, shape)
    alarm = np.broadcast_to(moved.get("false_alarm", np.asarray(told.false_alarm)), shape)
    none = np.stack([1.0 - alarm, *([alarm / attackers] * attackers)], axis=-1)
    others = detection * (1.0 - identification) / max(attackers - 1, 1)
    pointed = np.repeat(others[..., None], attackers, axis=-1)
    place = np.arange(attackers)
    pointed[..., place, place] = detection * identification if attackers > 1 else detection
    return Signals(none, np.concatenate([(1.0 - detection)[..., None], pointed], axis=-1))


def axis(text: str, attackers: int) -> Axis:
    """An axis from `name=from:to:steps`. Raises `UsageError` saying what can be swept."""
    name, _, span = text.partition("=")
    parts = span.split(":")
    found = _AXIS.fullmatch(name)
    if found is None or (found[2] is not None and not 1 <= int(found[2]) <= attackers):
        known = "detection, identification, false_alarm, chance, or detection[2] for one attacker"
        raise UsageError(f"{name!r} cannot be swept", remedy=f"sweep {known}")
    return Axis(name, span_values(text, parts))


def span_values(text: str, parts: list[str]) -> Floats:
    """The values of `from:to:steps`, 2 to 1,000 steps of probabilities. Raises `UsageError`."""
    try:
        low, high, steps = float(parts[0]), float(parts[1]), int(parts[2])
    except (ValueError, IndexError) as error:
        raise UsageError(
            f"{text!r} is no sweep", remedy="write name=from:to:steps, as detection=0:1:100"
        ) from error
    if not (len(parts) == 3 and 0.0 <= low < high <= 1.0 and 2 <= steps <= 1000):
        raise UsageError(
            f"{text!r} is no sweep of a probability", remedy="0 <= from < to <= 1, 2 to 1000 steps"
        )
    return np.linspace(low, high, steps)


def sweep(states: States, across: Axis, down: Axis) -> Map:
    """The model over two numbers at once, every cell in one go."""
    if across.name == down.name:
        raise UsageError(f"{across.name} is swept twice", remedy="name two different numbers")
    told = rates(states)
    x, y = np.meshgrid(across.values, down.values)
    moved = {across.name: x, down.name: y}
    types = states.types
    if "chance" in moved:
        types = replace(types, chance=moved["chance"])
    signals = signals_of(told, len(states.attacker), {k: v for k, v in moved.items() if k != "chance"})
    found = solve(signals, types)
    return Map(
        across=across,
        down=down,
        attack=found.attack[0],
        calm=found.attack[-1],
        misdirected=found.misdirected[0],
        ordered=np.broadcast_to(signals.ordered, x.shape),
        settled=bool(found.settled.all()),
        today=(_value(states, told, across.name), _value(states, told, down.name)),
    )


def changes(states: States) -> tuple[Change, ...]:
    """What a better method, more detection without identification, or fewer false alarms would do."""
    told, n = rates(states), len(states.attacker)
    detection, right = _list(told.detection, n), _list(told.identification, n)
    more = [min(1.0, d + BETTER) for d in detection]
    blind = [
        (d * q + (m - d) / n) / m if m > 0.0 else q for d, q, m in zip(detection, right, more, strict=True)
    ]
    asked = {
        "as it stands": told,
        "names the right one more often": replace(told, identification=[min(1.0, q + BETTER) for q in right]),
        "notices more, just as telling": replace(told, detection=more),
        "notices more, without telling whom": replace(told, detection=more, identification=blind),
        "half the false alarms": replace(told, false_alarm=told.false_alarm / 2.0),
    }
    found = []
    for name, now in asked.items():
        result = solve(signals_of(now, n), states.types)
        found.append(Change(name, now, float(result.attack[0]), float(result.misdirected[0])))
    return tuple(found)


def _spread(
    told: float | list[float], name: str, attackers: int, moved: Mapping[str, Floats], shape: tuple[int, ...]
) -> Floats:
    """A rate of every attacker (..., n), with what is moved in its place."""
    columns = []
    for i, value in enumerate(_list(told, attackers)):
        whole = moved.get(name, np.asarray(value))
        columns.append(np.broadcast_to(moved.get(f"{name}[{i + 1}]", whole), shape))
    return np.stack(columns, axis=-1).astype(np.float64)


def _list(told: float | list[float], attackers: int) -> list[float]:
    return [float(value) for value in told] if isinstance(told, list) else [float(told)] * attackers


def _value(states: States, told: Rates, name: str) -> float:
    """Where the sheet itself stands on an axis; the mean over attackers where it moves all of them."""
    if name == "chance":
        return states.chance
    if name == "false_alarm":
        return told.false_alarm
    word, _, place = name.rstrip("]").partition("[")
    values = _list(getattr(told, word), len(states.attacker))
    return values[int(place) - 1] if place else sum(values) / len(values)


def _checked(sheet: Sheet) -> States:
    states = sheets.filled(sheet, States, SCHEMA)
    n = len(states.attacker)
    if not 1 <= n <= MOST_ATTACKERS:
        raise UsageError(
            f"{n} attackers", place=sheet.place("attacker"), remedy=f"give 1 to {MOST_ATTACKERS}"
        )
    given = [name for name in ("rates", "signals", "measured") if getattr(states, name) is not None]
    if len(given) != 1:
        remedy = "give exactly one of [rates], [signals] and [measured]"
        raise UsageError(f"it holds {' and '.join(given) or 'none'} of them", place=sheet.name, remedy=remedy)
    if states.measured is not None:
        _require_shares(sheet, "measured", (states.measured.noticed, states.measured.outsider))
    if states.signals is not None and {len(row) for row in states.signals.attack} != {
        len(states.signals.none)
    }:
        raise UsageError("its rows are not of one length", place=sheet.place("signals"))
    if states.signals is not None and len(states.signals.none) != n + 1:
        remedy = "give one signal for nothing seen and one that points to each attacker"
        raise UsageError(f"{len(states.signals.none)} signals", place=sheet.place("signals"), remedy=remedy)
    if states.rates is not None:
        for key in ("detection", "identification"):
            values = _list(getattr(states.rates, key), n)
            if len(values) != n:
                raise UsageError(
                    f"{len(values)} numbers for {n} attackers", place=sheet.place(f"rates.{key}")
                )
            _require_shares(sheet, f"rates.{key}", values)
        _require_shares(sheet, "rates.false_alarm", (states.rates.false_alarm,))
    try:
        solved(states)
    except UsageError as error:
        raise UsageError(error.problem, place=sheet.name, remedy=error.remedy) from error
    return states


def _require_shares(sheet: Sheet, pointer: str, values: tuple[float, ...] | list[float]) -> None:
    for value in values:
        if not 0.0 <= value <= 1.0:
            raise UsageError(f"{value:g} is not a probability", place=sheet.place(pointer))
