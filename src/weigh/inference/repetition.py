"""One origin counts once: what repetition adds, from nothing (all copies) to everything (all independent).

A repetition copies an earlier statement with probability c; else it is a reading of its own. So k
statements, of which the first is nobody's copy, weigh as much as n_eff independent ones, between 1 and k.
Formulas: our design of sources; the copy model is that of Dong, Berti-Equille and Srivastava (VLDB 2009),
the effective number of equicorrelated readings that of Kish (Survey Sampling, 1965).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from weigh.errors import UsageError
from weigh.inference.profiles import Floats

HIT, FALSE_ALARM = 0.75, 0.25
"""Chance that a source states what is so, and what is not: the reference case for effective numbers."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Who repeats whom: `parent` holds an index for each reading, -1 for a reading that repeats none;
    `copying` the probability in [0, 1] that the repetition is a copy (ignored where there is no parent).
    """

    parent: tuple[int, ...]
    copying: tuple[float, ...]


def repetition_weight(copying: float, *, hit: float = HIT, false_alarm: float = FALSE_ALARM) -> float:
    """Likelihood ratio of one repetition: (c + (1-c)p) / (c + (1-c)q); 1 for a copy, p/q without copying."""
    for value in (copying, hit, false_alarm):
        if not 0.0 <= value <= 1.0:
            raise UsageError(f"{value!r} is not a probability", remedy="give a number from 0 to 1")
    if false_alarm == 0.0 and copying == 0.0:
        raise UsageError("a source that is never wrong proves everything", remedy="give a false rate above 0")
    return (copying + (1.0 - copying) * hit) / (copying + (1.0 - copying) * false_alarm)


def repeated_weight(
    statements: int, copying: float, *, hit: float = HIT, false_alarm: float = FALSE_ALARM
) -> float:
    """LR_k of k statements of which each after the first copies with probability `copying`."""
    if statements < 1:
        raise UsageError(f"{statements} statements weigh nothing", remedy="give at least one")
    first = repetition_weight(0.0, hit=hit, false_alarm=false_alarm)
    repeated = repetition_weight(copying, hit=hit, false_alarm=false_alarm)
    return float(first * repeated ** (statements - 1))


def posterior(prior: float, weight: float) -> float:
    """Probability after a likelihood ratio."""
    return prior * weight / (prior * weight + 1.0 - prior)


def effective_number(
    copying: Iterable[float], *, hit: float = HIT, false_alarm: float = FALSE_ALARM
) -> float:
    """n_eff = ln LR_k / ln(p/q) of one statement and its repetitions, one copy probability for each."""
    unit = log(hit / false_alarm)
    weights = (repetition_weight(each, hit=hit, false_alarm=false_alarm) for each in copying)
    return 1.0 + sum(log(weight) for weight in weights) / unit


def equicorrelated(number: int, correlation: float) -> float:
    """n / (1 + (n-1) rho): how many independent readings `number` readings of log-odds are worth."""
    return number / (1.0 + (number - 1) * correlation)


def presence(readings: Sequence[float], forest: Forest) -> float:
    """Probability that a fact is so, from the probabilities that each document was read rightly.

    Readings that copy one another are one, as good as the best of them; independent ones fail together
    only if each fails. Exact expectation over which repetitions are copies: for each reading the
    distribution of the best one among those it stands for, from the leaves of the forest to its roots.
    Raises `UsageError` for a forest that is none.
    """
    if len(readings) == 0:
        return 0.0
    levels = np.unique(np.asarray(readings, dtype=float))
    best = [(levels >= reading).astype(float) for reading in readings]
    failing = 1.0
    for place in _leaves_first(forest, len(readings)):
        parent = forest.parent[place]
        alone = _failure(best[place], levels)
        if parent < 0:
            failing *= alone
        else:
            copied = forest.copying[place]
            best[parent] = best[parent] * (copied * best[place] + (1.0 - copied) * alone)
    return min(1.0, max(1.0 - failing, float(levels[-1])))


def _failure(best: Floats, levels: Floats) -> float:
    """Chance that a reading and all it stands for are wrong; `best[i]` is P(the best is at most level i)."""
    return float(np.dot(np.diff(best, prepend=0.0), 1.0 - levels))


def _leaves_first(forest: Forest, size: int) -> list[int]:
    """Readings so ordered that each stands before the one it repeats."""
    children: list[list[int]] = [[] for _ in range(size)]
    order: list[int] = []
    for place, parent in enumerate(forest.parent):
        (children[parent] if parent >= 0 else order).append(place)
    for place in order:
        order.extend(children[place])
    if len(order) != size or len(forest.copying) != size:
        raise UsageError("who repeats whom goes round in a circle", remedy="break the circle at one link")
    return order[::-1]
