"""Which documents hold the same words, found in time linear in the length of all documents.

Winnowing (Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD
2003): of every `WINDOW` neighbouring shingles of `SHINGLE` words the smallest hash is kept, so every run
of `SHINGLE + WINDOW - 1` shared words leaves a shared fingerprint. Hashes depend on the words alone.
Whole documents that resemble each other are found by MinHash over the fingerprints (Broder 1997).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from weigh.records import Span

Hashes = NDArray[np.uint64]

SHINGLE = 8
WINDOW = 5
PART = 0.5
"""Share of a text's fingerprints that another holds from which the two are versions of one text."""
LEAST = 10
"""Fingerprints that the shorter of two texts must have for their share to say anything."""
LONG = 15
"""Words in a row from which a shared passage is a quotation rather than a set phrase."""
ALIKE = 0.8
"""Share of common fingerprints (Jaccard) from which two documents are nearly the same text."""
COMMONEST = 16
"""Documents that may share a passage before it is boilerplate; a quarter of them where that is more."""
FEW = 4
COMPARED = 8
FOOTER, HEADER = 3, 5
"""Documents from which on a passage at the end, or at the beginning, of each of them is boilerplate."""
EDGE = 0.15
"""Part of a document that is its beginning or its end."""

_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\W_{_IDEOGRAPHS}]+")
_BASE = np.uint64(0x9E3779B97F4A7C15)
_BANDS, _ROWS = 14, 3


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in lower case as hashes (N,), and where each begins and ends (N,)."""

    hashes: Hashes
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]

    def span(self, first: int, last: int) -> Span:
        """The characters from one word to another, both included."""
        return Span(int(self.starts[first]), int(self.ends[last]))


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What is kept of a text: selected shingle hashes (F,), the words they begin at, how many words there
    are, and a digest of all words in order."""

    hashes: Hashes
    places: NDArray[np.int64]
    length: int
    whole: bytes


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words that two texts share: how many words, and where in each."""

    words: int
    first: Span
    second: Span


@lru_cache(maxsize=1 << 16)
def word_hash(word: str) -> int:
    """A hash of a word in lower case, the same on every machine."""
    data = word.encode("utf-8", "surrogatepass")
    return zlib.crc32(data) << 32 | zlib.adler32(data)


def words(text: str) -> Words:
    """The words of a text: runs of letters and digits; an ideograph or a kana is a word of its own."""
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    hashes = np.fromiter((word_hash(word.lower()) for word, _, _ in found), np.uint64, len(found))
    starts = np.fromiter((start for _, start, _ in found), np.int32, len(found))
    ends = np.fromiter((end for _, _, end in found), np.int32, len(found))
    return Words(hashes, starts, ends)


def shingles(hashes: Hashes, length: int) -> Hashes:
    """The hash of each run of `length` words (N - length + 1,); empty for a shorter text."""
    count = max(len(hashes) - length + 1, 0)
    rolled = np.zeros(count, np.uint64)
    for place in range(length if count > 0 else 0):
        rolled = rolled * _BASE + hashes[place : place + count]
    return _mixed(rolled)


def fingerprints(text: Words) -> Fingerprints:
    """The winnowed shingles of a text; one of fewer words than a shingle has none."""
    hashes = shingles(text.hashes, SHINGLE)
    whole = hashlib.blake2b(text.hashes.tobytes(), digest_size=16).digest()
    if len(hashes) == 0:
        return Fingerprints(hashes, np.zeros(0, np.int64), len(text.hashes), whole)
    width = min(WINDOW, len(hashes))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, width)
    places = np.unique(np.arange(len(windows)) + windows.argmin(axis=1))
    return Fingerprints(hashes[places], places, len(text.hashes), whole)


def copies(texts: Sequence[Fingerprints]) -> list[int]:
    """For each text the first one that has exactly its words: itself, or an earlier one."""
    first: dict[tuple[bytes, int], int] = {}
    return [
        place if text.length == 0 else first.setdefault((text.whole, text.length), place)
        for place, text in enumerate(texts)
    ]


def resembling(texts: Sequence[Fingerprints]) -> list[tuple[int, int, float]]:
    """Pairs of nearly the same text, (earlier, later, Jaccard); each later text with one earlier one.

    In a band of a signature only the first holder is compared, so that many versions of one text cost no
    more than their number. A pair at `ALIKE` is missed with a chance of 5 in 100,000.
    """
    held = [np.unique(text.hashes) for text in texts]
    buckets: dict[tuple[int, int, int, int], int] = {}
    best: dict[int, tuple[float, int]] = {}
    for place, hashes in enumerate(held):
        tried: set[int] = set()
        for band in _signature(hashes):
            earlier = buckets.setdefault(band, place)
            if earlier != place and earlier not in tried:
                tried.add(earlier)
                alike = _jaccard(held[earlier], hashes)
                if alike >= ALIKE:
                    best[place] = max(best.get(place, (0.0, 0)), (alike, -earlier))
    return [(-earlier, later, alike) for later, (alike, earlier) in sorted(best.items())]


def sharing(texts: Sequence[Fingerprints]) -> list[tuple[int, int]]:
    """Pairs of texts that share a fingerprint which is no boilerplate, (earlier, later), in order.

    Every holder is paired with the first; a passage that no more than `FEW` share pairs them all. Each text
    keeps the `COMPARED` earlier ones with which it shares most.
    """
    if len(texts) < 2:
        return []
    held = _holdings(texts)
    most = max(COMMONEST, len(texts) // 4)
    told = (held.count >= 2) & (held.count <= most)
    told &= ~((held.count >= FOOTER) & (held.nearest >= 1.0 - EDGE))
    told &= ~((held.count >= HEADER) & (held.farthest <= EDGE))
    first = np.repeat(held.start, held.count)
    found = [(held.owner[first], held.owner, np.repeat(told, held.count))]
    few = np.repeat(told & (held.count <= FEW), held.count)
    for step in range(1, FEW):
        same = first[step:] == first[:-step]
        found.append((held.owner[:-step], held.owner[step:], few[step:] & same))
    codes = [(one * len(texts) + two)[kept & (one != two)] for one, two, kept in found]
    pairs, shared = np.unique(np.concatenate(codes), return_counts=True)
    earlier, later = np.divmod(pairs, len(texts))
    order = np.lexsort((earlier, -shared, later))
    rank = np.arange(len(order)) - np.searchsorted(later[order], later[order])
    kept = np.sort(pairs[order][rank < COMPARED])
    return [divmod(code, len(texts)) for code in kept.tolist()]


@dataclass(frozen=True, slots=True)
class _Holdings:
    """Which text holds which fingerprint: `owner` grouped by fingerprint, each text once in a group; for
    each group its `start` and `count`, and where in its holders it stands, as shares of their lengths."""

    owner: NDArray[np.int64]
    start: NDArray[np.int64]
    count: NDArray[np.int64]
    nearest: NDArray[np.float64]
    farthest: NDArray[np.float64]


def _holdings(texts: Sequence[Fingerprints]) -> _Holdings:
    hashes = np.concatenate([text.hashes for text in texts])
    owner = np.repeat(np.arange(len(texts)), [len(text.hashes) for text in texts])
    share = np.concatenate([text.places / max(text.length - SHINGLE, 1) for text in texts])
    order = np.lexsort((owner, hashes))
    hashes, owner, share = hashes[order], owner[order], share[order]
    fresh = np.ones(len(hashes), bool)
    fresh[1:] = hashes[1:] != hashes[:-1]
    groups = np.flatnonzero(fresh)
    once = fresh.copy()
    once[1:] |= owner[1:] != owner[:-1]
    start = np.flatnonzero(fresh[once])
    return _Holdings(
        owner=owner[once],
        start=start,
        count=np.diff(start, append=int(once.sum())),
        nearest=np.minimum.reduceat(share, groups) if len(groups) > 0 else share,
        farthest=np.maximum.reduceat(share, groups) if len(groups) > 0 else share,
    )


def shared_runs(first: Words, second: Words) -> Iterator[Passage]:
    """The runs of at least `LONG` words that both texts hold, the longest first.

    Runs grow from shared shingles; a shingle that recurs is tried at its first place in `first` alone.
    """
    ours, theirs = shingles(first.hashes, SHINGLE), shingles(second.hashes, SHINGLE)
    known, at = np.unique(ours, return_index=True)
    if len(known) == 0 or len(theirs) == 0:
        return
    slot = np.minimum(np.searchsorted(known, theirs), len(known) - 1)
    there = np.flatnonzero(known[slot] == theirs)
    here = at[slot[there]]
    breaks = np.flatnonzero((np.diff(there) != 1) | (np.diff(here) != 1)) + 1
    runs = sorted(pairwise([0, *breaks.tolist(), len(there)]), key=lambda run: run[0] - run[1])
    for start, end in runs:
        count = end - start + SHINGLE - 1
        if end > start and count >= LONG:
            one, two = int(here[start]), int(there[start])
            yield Passage(count, first.span(one, one + count - 1), second.span(two, two + count - 1))


def held_by(one: Fingerprints, two: Fingerprints) -> float:
    """The larger share of fingerprints of one text that the other holds, too."""
    ours, theirs = np.unique(one.hashes), np.unique(two.hashes)
    least = min(len(ours), len(theirs))
    return len(np.intersect1d(ours, theirs, assume_unique=True)) / least if least > 0 else 0.0


def _signature(hashes: Hashes) -> Iterator[tuple[int, int, int, int]]:
    """The bands of the MinHash signature; none for a text without fingerprints."""
    if len(hashes) == 0:
        return
    for band in range(_BANDS):
        salts = np.arange(band * _ROWS + 1, band * _ROWS + _ROWS + 1, dtype=np.uint64) * _BASE
        one, two, three = (int(_mixed(hashes ^ salt).min()) for salt in salts)
        yield band, one, two, three


def _jaccard(one: Hashes, two: Hashes) -> float:
    common = len(np.intersect1d(one, two, assume_unique=True))
    return common / (len(one) + len(two) - common)


def _mixed(values: Hashes) -> Hashes:
    """Bits spread over the whole word (the finaliser of SplitMix64)."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
