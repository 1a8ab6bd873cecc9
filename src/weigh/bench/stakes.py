"""`weigh bench stakes`: how good attribution is as an input, the published numbers again, and seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import msgspec
import numpy as np

from weigh.bench import protocols, scoring
from weigh.bench.data import OFFICIAL, Context, without_attack
from weigh.bench.machine import median
from weigh.bench.rows import Missing, Row
from weigh.bench.scoring import Forecast
from weigh.bench.stakes_numbers import PUBLISHED, Published
from weigh.compiling.attack import read_bundle
from weigh.compiling.indexing import index
from weigh.compiling.linking import link
from weigh.errors import WeighError
from weigh.knowledge.relations import Relations
from weigh.stakes import confusion, sides, signalling, states
from weigh.stakes.confusion import Confusion, Named, Share

COMMAND = "weigh bench stakes"
SURE = (0.0, 0.5, 0.8, 0.9)
"""Probabilities from which on the engine names somebody; 0 names whoever leads."""
FIRST, LAST = 2020, 2025
_EQUILIBRIUM_MS, _SWEEP_S = 50.0, 5.0
_SIDE = 100
_RUNS = 5
_TAIL = 0.025


def run(context: Context) -> Iterator[Row | Missing]:
    """The printed numbers first, then the clock, then the measured confusion beside the shipped one."""
    context.tell("the printed numbers", 0.0)
    for source in dict.fromkeys(item.source for item in PUBLISHED):
        yield _regression(source, [item for item in PUBLISHED if item.source == source])
    context.tell("the clock", 0.1)
    yield from _speed()
    path = context.path(OFFICIAL)
    if path is None:
        yield without_attack("stakes, confusion", context)
        return
    context.tell("rolling origin", 0.3)
    yield from _confusion(path)


def measure(relations: Relations, data: str) -> Confusion:
    """The engine's own confusion on rolling origin, every way of naming in `SURE`."""
    forecasts = protocols.rolling(relations, protocols.logit, FIRST, LAST)
    return Confusion(
        provenance=f"rolling origin {FIRST}-{LAST}: profiles and weights from earlier reports only; all "
        "evidence; 95 % intervals by a bootstrap over actors",
        data=data,
        command="python -c 'from weigh.bench.stakes import write; write(BUNDLE, FILE)'",
        rows=tuple(named(forecasts, sure) for sure in SURE),
    )


def named(forecasts: Sequence[Forecast], sure: float) -> Named:
    """What is named when only a first answer of at least `sure` is a name."""
    return Named(
        sure=sure,
        any=_share([item for item in forecasts if item.listed], partial(_names, sure=sure)),
        right=_share(
            [item for item in forecasts if item.listed and _names(item, sure) > 0.0],
            lambda item: scoring.decision(item)[1],
        ),
        stranger=_share([item for item in forecasts if not item.listed], partial(_names, sure=sure)),
    )


def write(bundle: Path, target: Path) -> Confusion:
    """Measure on an ATT&CK bundle and save the rows as the data file that ships with Weigh.

    Raises `WeighError` when the file cannot be written.
    """
    found = measure(_relations(bundle), bundle.name)
    try:
        target.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    except OSError as error:
        raise WeighError(f"cannot be written: {error.strerror}", place=str(target)) from error
    return found


def _names(forecast: Forecast, sure: float) -> float:
    """1 when the forecast names an actor: the first answer is one, and is sure enough."""
    leader = float(forecast.candidates.max(initial=0.0))
    return float(leader > forecast.unlisted and leader >= sure)


def _share(forecasts: Sequence[Forecast], score: Callable[[Forecast], float]) -> Share:
    """A share with its interval. Where every case came out alike the bootstrap sees no spread; there the
    bound is the exact binomial one (Clopper & Pearson 1934) on the number of actors, the fewer trials."""
    statistic = scoring.mean_of(score)
    if len(forecasts) == 0:
        return Share(0.0, 0.0, 1.0, 0)
    low, high = scoring.interval(forecasts, statistic)
    unseen = 1.0 - _TAIL ** (1.0 / len({item.cluster for item in forecasts}))
    low, high = (low, unseen) if high == 0.0 else (1.0 - unseen, high) if low == 1.0 else (low, high)
    return Share(round(statistic(forecasts), 6), round(low, 6), round(high, 6), len(forecasts))


def _relations(bundle: Path) -> Relations:
    return index(link(read_bundle(bundle), ()))


def _regression(source: str, numbers: Sequence[Published]) -> Row:
    """The largest distance from the printed numbers of one source, in units of their last printed digit."""
    start = time.perf_counter()
    worst = max(item.distance for item in numbers)
    return Row(
        bench="stakes, printed numbers",
        metric=f"{source}: largest distance, in units of the last printed digit",
        value=worst,
        low=None,
        high=None,
        n=len(numbers),
        bar=0.5,
        direction="min",
        seconds=time.perf_counter() - start,
        command=COMMAND,
        data="the numbers in weigh.bench.stakes_numbers",
    )


def _speed() -> Iterator[Row]:
    game = signalling.Setting(0.95, 0.5, (5.0, 3.0), 3.0, 0.32, (0.9, 0.7), 0.6)
    two, wary = states.shipped(), sides.shipped()
    cells = np.linspace(0.0, 1.0, _SIDE)
    across, down = states.Axis("detection", cells), states.Axis("identification", cells)
    first, second = (states.Axis(name, cells) for name in sides.SIDES)
    single: dict[str, Callable[[], object]] = {
        "all signalling equilibria": lambda: signalling.equilibria(game),
        "deterrence, four starts": lambda: states.solved(two),
        "mutual suspicion, both ends": lambda: sides.solved(wary),
    }
    swept: dict[str, Callable[[], object]] = {
        "deterrence, detection by identification": lambda: states.sweep(two, across, down),
        "mutual suspicion, both sides' false alarms": lambda: sides.sweep(wary, first, second),
    }
    for name, work in single.items():
        yield _clock(f"{name}, ms", work, 1000.0, _EQUILIBRIUM_MS)
    for name, work in swept.items():
        yield _clock(f"{name}, {_SIDE} x {_SIDE}, s", work, 1.0, _SWEEP_S)


def _clock(metric: str, work: Callable[[], object], unit: float, bar: float) -> Row:
    middle, least, most = (seconds * unit for seconds in median(work, _RUNS))
    return Row(
        "stakes", metric, middle, least, most, _RUNS, bar, "min", {}, middle / unit, COMMAND, "this machine"
    )


def _confusion(path: Path) -> Iterator[Row]:
    start = time.perf_counter()
    found = measure(_relations(path), path.name)
    seconds = time.perf_counter() - start
    for row in found.rows:
        held = confusion.shipped().at(row.sure)
        told = {
            "names anybody, of listed": (row.any, held.any, "max"),
            "names the right one, of those": (row.right, held.right, "max"),
            "names somebody, of unlisted": (row.stranger, held.stranger, "min"),
        }
        for metric, (share, shipped, direction) in told.items():
            yield Row(
                bench=f"stakes, confusion {FIRST}-{LAST}",
                metric=f"{metric}, from probability {row.sure:g} on",
                value=share.value,
                low=share.low,
                high=share.high,
                n=share.cases,
                direction=direction,
                peers={"shipped": shipped.value},
                seconds=seconds,
                command=COMMAND,
                data=OFFICIAL,
            )
