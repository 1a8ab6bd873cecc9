"""What the details say that documents share: the same mistake, or what nobody else reports.

Sharing what is common says little, sharing what is rare says much (Dong, Berti-Equille, Srivastava 2009:
false values that two sources share are what betrays copying).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Details = Mapping[str, frozenset[str]]
"""Document id -> the values that it reports."""

SHORTEST, LONGEST = 8, 80
"""Characters of a value in which a mistake can be told from another value."""
LEAST_RARE, LEAST_DOCUMENTS = 3, 5
"""Details that two documents must share and nobody else report, and in how large a case that means much."""
_HOLDERS = 4


@dataclass(frozen=True, slots=True)
class Mistake:
    """A value that some documents write where others, with whom they share more, write another."""

    written: str
    usual: str
    holders: tuple[str, ...]


def mistakes(details: Details) -> tuple[Mistake, ...]:
    """Shared mistakes: one letter added, dropped, changed or swapped with its neighbour, in one value.

    The holders of the mistake do not hold the usual form, which more documents hold, and share at least half
    of their other values with one of those: they hold the same list otherwise. Digits never count:
    neighbouring numbers are different things.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    for document, values in details.items():
        for value in values:
            if SHORTEST <= len(value) <= LONGEST:
                holders[value].add(document)
    found = []
    shared = sorted(value for value, those in holders.items() if len(those) > 1)
    for one, other in sorted(_neighbours(shared)):
        written, usual = sorted((one, other), key=lambda value: (len(holders[value]), value))
        wrong, right = holders[written], holders[usual]
        fewer = 2 <= len(wrong) < len(right) and wrong.isdisjoint(right)
        if fewer and all(any(_same_list(details[a], details[b]) for b in right) for a in wrong):
            found.append(Mistake(written, usual, tuple(sorted(wrong))))
    return tuple(found)


def rare_pairs(details: Details) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Pairs of documents with the details that only they report, where those are half of what one reports."""
    telling = {document for document, values in details.items() if len(values) > 0}
    if len(telling) < LEAST_DOCUMENTS:
        return
    count = Counter(value for values in details.values() for value in values)
    of_pair: dict[tuple[str, str], list[str]] = defaultdict(list)
    holder: dict[str, str] = {}
    for document in sorted(telling):
        for value in sorted(details[document]):
            if count[value] == 2:
                first = holder.setdefault(value, document)
                if first != document:
                    of_pair[first, document].append(value)
    for (one, two), shared in sorted(of_pair.items()):
        if len(shared) >= max(LEAST_RARE, min(len(details[one]), len(details[two])) / 2):
            yield one, two, tuple(shared)


def _same_list(mistaken: frozenset[str], right: frozenset[str]) -> bool:
    """Whether the rest of what one reports is, at least by half, what the other reports."""
    return len(mistaken & right) >= max((len(mistaken) - 1) / 2, 1)


def _neighbours(values: Sequence[str]) -> set[tuple[str, str]]:
    """Pairs of values that differ by one slip of the pen. They meet where one letter is left out."""
    near: dict[str, list[str]] = defaultdict(list)
    for value in values:
        for key in {value, *(value[:k] + value[k + 1 :] for k in range(len(value)))}:
            near[key].append(value)
    pairs = {pair for met in near.values() if 2 <= len(met) <= _HOLDERS for pair in combinations(met, 2)}
    return {pair for pair in pairs if slip(*pair)}


def slip(one: str, two: str) -> bool:
    """Whether two values differ by one letter added, dropped, changed, or swapped with its neighbour."""
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    end = 0
    while end < min(len(one), len(two)) - start and one[-1 - end] == two[-1 - end]:
        end += 1
    here, there = one[start : len(one) - end], two[start : len(two) - end]
    if not (here + there).isalpha():
        return False
    swapped = len(here) == 2 and here == there[::-1]
    return swapped or (len(here) <= 1 and len(there) <= 1 and here != there)
