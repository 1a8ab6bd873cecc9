"""How claims that were read are paired with annotated ones, and what is counted on the pairs.

A claim is found when it and an annotated one share at least half of the characters that either covers
(intersection over union), one to one. Whether speaker, stance and accused are right is counted on the pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from weigh.bench.scoring import resampled
from weigh.claims.learned.recall import roots as roots_of
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
    """The annotated and the read claims of a document, which of them are pairs, and its language's code."""

    gold: tuple[Gold, ...]
    read: tuple[Claim, ...]
    pairs: tuple[tuple[Gold, Claim], ...]
    language: str = ""


def overlap(one: Span, other: Span) -> float:
    """Characters that both cover, as a share of those that either covers."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / (max(one.end, other.end) - min(one.start, other.start))


def paired(gold: Sequence[Gold], read: Sequence[Claim]) -> tuple[tuple[Gold, Claim], ...]:
    """Pairs of annotated and read claims, one to one, those that agree and overlap most first."""
    candidates = sorted(
        (-_agreement(one, claim), -shared, place, number)
        for place, one in enumerate(gold)
        for number, claim in enumerate(read)
        if (shared := overlap(Span(one.start, one.end), claim.span)) >= _HALF
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
    return same_stance(one, claim) + same_speakers(one, claim) + same_accused(one, claim)


def same_stance(one: Gold, claim: Claim) -> bool:
    """Whether both have the same stance."""
    return one.stance == claim.stance


def same_speakers(one: Gold, claim: Claim) -> bool:
    """Whether the states, or else the names, of the speakers are the same."""
    return roots(one.speakers) == roots_of(claim.speakers)


def same_accused(one: Gold, claim: Claim) -> bool:
    """Whether the states, or else the names, of the accused are the same."""
    return roots(one.accused) == roots_of(claim.accused)


def all_same(one: Gold, claim: Claim) -> bool:
    """Whether speaker, stance and accused are all the same."""
    return same_stance(one, claim) and same_speakers(one, claim) and same_accused(one, claim)


def nearly_same(one: Gold, claim: Claim) -> bool:
    """The same, where one speaker and one accused in common are enough."""
    speakers = roots(one.speakers), roots_of(claim.speakers)
    accused = roots(one.accused), roots_of(claim.accused)
    return same_stance(one, claim) and all(
        told == read or len(told & read) > 0 for told, read in (speakers, accused)
    )


def roots(keys: Sequence[str]) -> frozenset[str]:
    """The states, or else the names, that keys of parties stand for."""
    return frozenset(key.partition("/")[0].casefold() for key in keys)


Counted = NDArray[np.float64]
Statistic = Callable[[Counted], float]
Counts = Callable[[Pairing], tuple[int, int, int]]
"""Of one document: how many are right, how many were read, how many there are."""


def _that(right: Callable[[Gold, Claim], bool]) -> Counts:
    """Claims that were found and of which `right` holds."""
    return lambda pairing: (sum(right(*pair) for pair in pairing.pairs), len(pairing.read), len(pairing.gold))


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
                right += overlap(Span(*wanted), quote.span) >= _HALF
        return right, read, there

    return count


SHARES: dict[str, Counts] = {
    "stance": _field(same_stance),
    "speakers": _field(same_speakers),
    "accused, state or actor": _field(same_accused),
    "accused, exactly": _field(lambda one, read: set(one.accused) == {party.key for party in read.accused}),
    "reported by": _field(lambda one, read: roots(one.reported_by) == roots_of(read.reported_by)),
    "degree": _field(lambda one, read: one.degree == read.degree),
    "basis": _field(lambda one, read: one.basis == read.basis),
}
"""Fields of which a pair has one value each: the share of pairs on which both agree."""

FOUND = "found"
ALL = "found, and speaker, stance and accused are right"
COUNTED: dict[str, Counts] = {
    FOUND: _that(lambda one, read: True),
    ALL: _that(all_same),
    "the same, where one party in common is enough": _that(nearly_same),
}
"""Claims, of which either side may lack some: precision, recall and F1."""

WORDS: dict[str, Counts] = {
    name: _words(name) for name in ("act", "target", "when", "likelihood", "confidence")
}
"""Words that a claim may lack, counted on pairs only."""


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
    return resampled(len(table), lambda drawn: statistic(table[drawn].sum(axis=0)), DRAWS, _SEED)
