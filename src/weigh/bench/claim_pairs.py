"""How claims that were read are paired with annotated ones, and what is counted on the pairs.

A claim matches an annotated one when the shorter of their spans is covered at least by half and the stances
are equal (or of any stance, where that is asked), one to one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from weigh.records import Claim, Quote, Span

DRAWS = 1000
_SEED = 5
_HALF = 0.5


class Gold(msgspec.Struct, frozen=True, omit_defaults=True):
    """An annotated claim: offsets and labels. Parties are keys, quotes pairs of offsets."""

    start: int
    end: int
    stance: str
    speakers: tuple[str, ...] = ()
    accused: tuple[str, ...] = ()
    reported_by: tuple[str, ...] = ()
    degree: str = ""
    basis: str = "none"
    basis_source: str = ""
    disputes: tuple[str, ...] = ()
    act: tuple[int, int] | None = None
    target: tuple[int, int] | None = None
    when: tuple[int, int] | None = None
    likelihood: tuple[int, int] | None = None
    confidence: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """The annotated and the read claims of one document, and which of them are pairs."""

    gold: tuple[Gold, ...]
    read: tuple[Claim, ...]
    pairs: tuple[tuple[Gold, Claim], ...]
    pairs_of_any_stance: tuple[tuple[Gold, Claim], ...]


def covers_half(one: Span, other: Span) -> bool:
    """Whether the two share at least half of the shorter one's characters."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and shared >= _HALF * min(one.end - one.start, other.end - other.start)


def paired(
    gold: Sequence[Gold], read: Sequence[Claim], *, any_stance: bool = False
) -> tuple[tuple[Gold, Claim], ...]:
    """Pairs of annotated and read claims, one to one, those that agree and overlap most first."""
    candidates = sorted(
        (
            (-_agreement(one, claim), -_shared(one, claim), place, number)
            for place, one in enumerate(gold)
            for number, claim in enumerate(read)
            if covers_half(Span(one.start, one.end), claim.span)
            and (any_stance or one.stance == claim.stance)
        ),
    )
    left: set[int] = set()
    right: set[int] = set()
    pairs = []
    for _, _, place, number in candidates:
        if place not in left and number not in right:
            left.add(place)
            right.add(number)
            pairs.append((gold[place], read[number]))
    return tuple(pairs)


def _agreement(one: Gold, claim: Claim) -> int:
    same_speaker = roots(one.speakers) == {party.root for party in claim.speakers}
    return len(set(one.accused) & {party.key for party in claim.accused}) + same_speaker


def _shared(one: Gold, claim: Claim) -> int:
    return min(one.end, claim.span.end) - max(one.start, claim.span.start)


def roots(keys: Sequence[str]) -> frozenset[str]:
    """The states, or else the names, that keys of parties stand for."""
    return frozenset(key.partition("/")[0] for key in keys)


Counted = NDArray[np.float64]
Statistic = Callable[[Counted], float]
Counts = Callable[[Pairing], tuple[int, int, int]]
"""Of one document: how many are right, how many were read, how many there are."""


def _whole(pairing: Pairing) -> tuple[int, int, int]:
    return len(pairing.pairs), len(pairing.read), len(pairing.gold)


def _any_stance(pairing: Pairing) -> tuple[int, int, int]:
    return len(pairing.pairs_of_any_stance), len(pairing.read), len(pairing.gold)


def _field(same: Callable[[Gold, Claim], bool]) -> Counts:
    """A field of which every pair has one value: the share of pairs that agree."""
    return lambda pairing: (
        sum(same(gold, claim) for gold, claim in pairing.pairs),
        len(pairing.pairs),
        len(pairing.pairs),
    )


def _words(name: str) -> Counts:
    """A field of words that a claim may lack: right where both have it and it overlaps by half."""

    def count(pairing: Pairing) -> tuple[int, int, int]:
        right = read = there = 0
        for gold, claim in pairing.pairs:
            wanted: tuple[int, int] | None = getattr(gold, name)
            quote: Quote | None = claim.happened if name == "when" else getattr(claim, name)
            there, read = there + (wanted is not None), read + (quote is not None)
            if wanted is not None and quote is not None:
                right += covers_half(Span(*wanted), quote.span)
        return right, read, there

    return count


SHARES: dict[str, Counts] = {
    "speakers": _field(lambda one, read: roots(one.speakers) == {party.root for party in read.speakers}),
    "reported by": _field(
        lambda one, read: roots(one.reported_by) == {party.root for party in read.reported_by}
    ),
    "accused, state or actor": _field(
        lambda one, read: roots(one.accused) == {party.root for party in read.accused}
    ),
    "accused, exactly": _field(lambda one, read: set(one.accused) == {party.key for party in read.accused}),
    "degree": _field(lambda one, read: one.degree == read.degree),
    "basis": _field(lambda one, read: one.basis == read.basis),
}
"""Fields of which a pair has one value each: the share of pairs on which both agree."""

COUNTED: dict[str, Counts] = {
    "claims": _whole,
    "claims of any stance": _any_stance,
    "act": _words("act"),
    "target": _words("target"),
    "when": _words("when"),
    "likelihood": _words("likelihood"),
    "confidence": _words("confidence"),
}
"""What may be missing on either side: precision, recall and F1. Words are counted on pairs only."""


def precision(counts: Counted) -> float:
    """Right of those read; nan where nothing was read."""
    return float(counts[0] / counts[1]) if counts[1] > 0 else float("nan")


def recall(counts: Counted) -> float:
    """Right of those there are; nan where there are none."""
    return float(counts[0] / counts[2]) if counts[2] > 0 else float("nan")


def f1(counts: Counted) -> float:
    """The harmonic mean of precision and recall, which is twice the right over both numbers."""
    return float(2 * counts[0] / (counts[1] + counts[2])) if counts[1] + counts[2] > 0 else float("nan")


STATISTICS: dict[str, Statistic] = {"precision": precision, "recall": recall, "F1": f1}


def interval(table: Counted, statistic: Statistic) -> tuple[float, float]:
    """95 % interval by drawing documents, rows of `table` (right, read, there), with replacement."""
    random = np.random.default_rng(_SEED)
    drawn = [statistic(table[random.integers(0, len(table), len(table))].sum(axis=0)) for _ in range(DRAWS)]
    finite = [value for value in drawn if np.isfinite(value)]
    if len(finite) == 0:
        return float("nan"), float("nan")
    low, high = np.quantile(finite, [0.025, 0.975])
    return float(low), float(high)
