"""Many names at once: whole words only, the longest name where several begin at one place.

One Aho-Corasick automaton holds every spelling of every name and reads a text in one pass whatever
their number; a hit inside a longer word is no hit, and leaves room for a shorter name there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from weigh.evidence.folding import Squeezed, squeeze
from weigh.records import Span

_JOINTS = re.compile(r"[ _-]+")
_LETTERS_DIGITS = re.compile(r"(?<=[a-z]{2})(?=\d)")
_PLURALS = ("s", "es")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text: where it stands, and the key it was given when the phrases were prepared."""

    span: Span
    key: str


class Phrases:
    """Folded spellings, each leading to a key that the caller chose."""

    def __init__(self, spellings: Mapping[str, str], *, plurals: frozenset[str] = frozenset()) -> None:
        """`plurals` are the keys whose names also match with an English plural ending."""
        self._keys = tuple(spellings.values())
        self._plurals = plurals
        self._automaton = AhoCorasick(list(spellings), matchkind=MatchKind.Standard, store_patterns=False)

    def find(self, text: Squeezed, accepts: Callable[[Hit], bool] = lambda _: True) -> tuple[Hit, ...]:
        """Hits in reading order, the longest at each place that is accepted; no two overlap."""
        hits: list[Hit] = []
        last = 0
        for start, negative_end, index in sorted(self._whole_words(text.text)):
            if start >= last:
                hit = Hit(text.span(start, -negative_end), self._keys[index])
                if accepts(hit):
                    last = -negative_end
                    hits.append(hit)
        return tuple(hits)

    def _whole_words(self, text: str) -> Iterator[tuple[int, int, int]]:
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if start > 0 and _continues(text[start - 1]) and _continues(text[start]):
                continue
            if _ends_word(text, end) or (self._keys[index] in self._plurals and _ends_plural(text, end)):
                yield start, -end, index


def _continues(character: str) -> bool:
    return character.isalnum() or character == "_"


def _ends_word(text: str, end: int) -> bool:
    return end >= len(text) or not (_continues(text[end]) and _continues(text[end - 1]))


def _ends_plural(text: str, end: int) -> bool:
    return any(text.startswith(ending, end) and _ends_word(text, end + len(ending)) for ending in _PLURALS)


def spellings(name: str) -> Iterable[str]:
    """The ways in which people write one name, folded: "apt28", "apt-28", "apt 28"; "fancybear" too.

    A name of one letter and a number ("T9000") has one spelling; so has one without words.
    """
    folded = squeeze(name.strip()).text
    parts = [part for word in _JOINTS.split(folded) for part in _LETTERS_DIGITS.split(word) if len(part) > 0]
    if len(parts) < 2 or not all(part[0].isalnum() for part in parts):
        return {folded} if len(folded) > 0 else set()
    return {folded, "".join(parts), " ".join(parts), "-".join(parts)}
