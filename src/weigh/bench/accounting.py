"""What a protocol asks of all that there is, and why it does not ask the rest: nothing is lost in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from weigh.inference.fit import LEAST_FACTS, Case, lessons
from weigh.knowledge.relations import NO_REPORT, Relations

SHARED, UNDATED = "report speaks of several groups", "report carries no year"
SOFTWARE = "report names software alone"

Reason = Callable[[Case], str]
"""A case -> why a protocol does not ask it, empty where it does."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pairs of group and report are asked, and how many are not for each reason.

    Each pair is asked or has one reason, the first that holds.
    """

    asked: int
    dropped: Mapping[str, int]

    @property
    def pairs(self) -> int:
        """All of them."""
        return self.asked + sum(self.dropped.values())


def counts(relations: Relations, *reasons: Reason) -> Counts:
    """Every pair of group and report, asked or dropped: for its report's sake, then for `reasons` in turn."""
    every = lessons(relations)
    cited = relations.report != NO_REPORT
    pairs = np.unique(np.stack([relations.actor[cited], relations.report[cited]]), axis=1)
    alone = int((np.bincount(pairs[1])[pairs[1]] == 1).sum())
    found = Counter(next(filter(None, (reason(item) for reason in reasons)), "") for item in every)
    asked = found.pop("", 0)
    dropped = {SHARED: pairs.shape[1] - alone, UNDATED: alone - len(every)}
    return Counts(asked, dropped | found)


def counts_of_techniques(relations: Relations, seen: Relations, *reasons: Reason) -> Counts:
    """The same where only `seen`, the relations without software, is asked of."""
    left, every = counts(seen, *reasons), counts(relations)
    return replace(left, dropped={SOFTWARE: every.pairs - left.pairs, **left.dropped})


def thin(least: int = LEAST_FACTS) -> Reason:
    """Not asked for having fewer than `least` facts."""
    return lambda item: f"fewer than {least} facts" if len(item.facts.index) < least else ""


def without_techniques(relations: Relations, least: int) -> Reason:
    """Not asked for showing fewer than `least` techniques, whatever else."""

    def reason(item: Case) -> str:
        shown = int((item.facts.index < relations.software_from).sum())
        return f"fewer than {least} techniques" if shown < least else ""

    return reason


def full(least: int = LEAST_FACTS) -> Reason:
    """Not asked for having `least` facts or more."""
    return lambda item: f"{least} facts or more" if len(item.facts.index) >= least else ""


def outside(first: int, last: int | None = None) -> Reason:
    """Not asked for being from before the first year, or after the last."""

    def reason(item: Case) -> str:
        if item.year < first:
            return f"report is from before {first}"
        return f"report is from after {last}" if last is not None and item.year > last else ""

    return reason
