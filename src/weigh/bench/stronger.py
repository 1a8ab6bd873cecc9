"""Does a fact ever speak against an actor that is known for it? Counted over drawn cases.

To a case one fact is added, and every actor that is known for it is held against every actor that neither is
nor has tools that can do it. The first should not lose ground. No feature that is divided by the size of
the case can promise that, so it is counted how often it happens, and how much is lost.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from weigh.bench import scoring
from weigh.bench.rows import Row
from weigh.inference.engine import Engine
from weigh.inference.features import facts
from weigh.inference.profiles import Indices, Profiles

CASES = 600
MOST_FACTS = 25
_SEED = 20260101
_NOTHING = 1e-9
_COMMAND = "weigh bench attribution"


@dataclass(frozen=True, slots=True)
class Added:
    """One case and one fact more: pairs of actors held against each other, those in which the actor that is
    known for the fact lost ground, and the most that one lost, in bits."""

    cluster: int
    pairs: int
    lowered: int
    most: float


def drawn(known: Profiles, number: int, seed: int = _SEED) -> tuple[Indices, int]:
    """A case and a fact that is not in it: every third time facts drawn evenly, else facts of one report,
    and every other time of these with five others."""
    random = np.random.default_rng([seed, number])
    used = np.flatnonzero(known.users > 0)
    shown = used if number % 3 == 0 else np.flatnonzero(known.shows[int(random.integers(len(known.shows)))])
    case = random.choice(shown, size=min(len(shown), int(random.integers(1, MOST_FACTS))), replace=False)
    others = random.choice(used, size=min(5, len(used))) if number % 3 == 1 else case[:0]
    fact = int(random.choice(used))
    return np.setdiff1d(np.append(case, others), [fact]), fact


def added(engine: Engine, case: Indices, fact: int, number: int = 0) -> Added:
    """What the fact does to all pairs of an actor known for it and one that nothing ties to it."""
    known = engine.known
    before, after = (
        engine.weigh(facts(dict.fromkeys(shown.tolist(), 1.0))).scores.totals[:-1]
        for shown in (case, np.append(case, fact))
    )
    gained = after - before
    uses = known.uses[:, fact] > 0
    own, other = gained[uses], gained[~uses & (known.arms[:, fact] == 0)]
    lost = other[None, :] - own[:, None]
    return Added(number, lost.size, int((lost > _NOTHING).sum()), max(float(lost.max(initial=0.0)), 0.0))


def rows(engine: Engine, data: str) -> Iterator[Row]:
    """How often an actor loses by a fact that it is known for; reported, for nothing was promised."""
    start = time.perf_counter()
    found = [added(engine, *drawn(engine.known, number), number) for number in range(CASES)]
    low, high = scoring.interval(found, lowered_of_ten_thousand)
    yield Row(
        bench="attribution, stronger evidence",
        metric="of 10,000 pairs those in which a fact lowers the actor that is known for it",
        value=lowered_of_ten_thousand(found),
        low=low,
        high=high,
        n=sum(item.pairs for item in found),
        direction="min",
        peers={"most that one lost, bits": round(max(item.most for item in found), 4)},
        seconds=time.perf_counter() - start,
        command=_COMMAND,
        data=data,
    )


def lowered_of_ten_thousand(found: Sequence[Added]) -> float:
    """Pairs in which ground was lost, of 10,000."""
    return 10_000.0 * sum(item.lowered for item in found) / max(sum(item.pairs for item in found), 1)
