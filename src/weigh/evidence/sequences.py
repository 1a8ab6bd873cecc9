"""What must stand in a text one after another for a pattern to match it: most are ruled out without a search.

A search tries a pattern at every character, and nineteen of twenty find nothing. The words of all patterns
are found at once (Aho and Corasick 1975), and what a pattern consumes, it consumes in order: so do the words
that it needs. This is the prefilter of RE2 (Cox 2012, "Regular Expression Matching with a Trigram Index"),
with places. It is necessary, never sufficient: what passes is searched as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

_LEAST = 3
"""Characters, spaces among them, that a word in ASCII must have to tell anything; else one is enough."""

_ALONE = frozenset({'"'})
_MARKS = range(0xE000, 0xF900)
"""The private use area of Unicode, whose characters stand for names in a marked text: one tells much."""
_REPEATS = frozenset({code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT})
_NEVER = 1 << 60
_KEPT = 4
"""Texts whose words are remembered: one text is asked for its culprits, frames, claims and cues in turn."""


class Word(NamedTuple):
    """A word in small letters; whether a letter may stand next to its first and its last character."""

    text: str
    opens: bool = False
    closes: bool = False


Needed = tuple["frozenset[Word] | Choice", ...]
"""What follows one after another: a word of a set, or one of several such sequences."""
Steps = tuple["int | Ways", ...]
"""The same with the numbers of sets of words."""
Spans = dict[int, list[tuple[int, int]]]
"""By the number of a set: where its words begin and end in a text, in the order of their ends."""


class Choice(tuple[Needed, ...]):
    """Sequences of which one must stand there."""

    __slots__ = ()


class Ways(tuple[Steps, ...]):
    """A choice with the numbers of sets."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Where the words of all sets stand in a text."""

    text: str
    spans: Spans


@dataclass(frozen=True, slots=True, eq=False)
class Sequences:
    """All words that any of many patterns needs, ready to be found; `meant` has a row for each text of the
    automaton: whether it must open or close a word, and the sets in which it then is."""

    automaton: AhoCorasick
    numbers: dict[frozenset[Word], int]
    meant: tuple[tuple[tuple[bool, bool, tuple[int, ...]], ...], ...]
    _known: dict[str, Places] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, patterns: Iterable[re.Pattern[str]]) -> Sequences:
        """The words of many patterns."""
        numbers: dict[frozenset[Word], int] = {}
        within: dict[Word, list[int]] = {}
        for words in (words for pattern in patterns for words in _sets(sequence(pattern))):
            if words not in numbers:
                numbers[words] = len(numbers)
                for word in words:
                    within.setdefault(word, []).append(numbers[words])
        texts: dict[str, list[tuple[bool, bool, tuple[int, ...]]]] = {}
        for word in sorted(within):
            texts.setdefault(word.text, []).append((word.opens, word.closes, tuple(within[word])))
        return cls(AhoCorasick(list(texts)), numbers, tuple(map(tuple, texts.values())))

    def steps(self, pattern: re.Pattern[str]) -> Steps:
        """What one of these patterns needs."""
        return self._numbered(sequence(pattern))

    def _numbered(self, needed: Needed) -> Steps:
        return tuple(
            Ways(map(self._numbered, step)) if isinstance(step, Choice) else self.numbers[step]
            for step in needed
        )

    def within(self, text: str) -> Places:
        """Where the words stand in a text in small letters."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[text] = self._found(text)
        return known

    def _found(self, text: str) -> Places:
        places: Spans = {}
        for number, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            for opens, closes, sets in self.meant[number]:
                if (opens and not _is_edge(text, start)) or (closes and not _is_edge(text, end)):
                    continue
                for one in sets:
                    if one in places:
                        places[one].append((start, end))
                    else:
                        places[one] = [(start, end)]
        return Places(text, places)


@dataclass(frozen=True, slots=True, eq=False)
class Guarded:
    """A pattern with what it needs among the words of several."""

    pattern: re.Pattern[str]
    sequences: Sequences
    steps: Steps

    def may_be_in(self, small: str) -> bool:
        """Whether a text in small letters needs a search."""
        return may_follow(self.steps, self.sequences.within(small), 0, len(small))


def guarded(patterns: Iterable[re.Pattern[str]]) -> tuple[Guarded, ...]:
    """Patterns that are asked for in the same texts."""
    together = tuple(patterns)
    sequences = Sequences.of(together)
    return tuple(Guarded(pattern, sequences, sequences.steps(pattern)) for pattern in together)


def may_follow(steps: Steps, places: Places, start: int, end: int) -> bool:
    """Whether characters `[start, end)` of a text with words at these places have all steps in order.

    A range that ends inside a word may: a search takes its end for the end of the word.
    """
    spans = places.spans
    for step in steps:
        if type(step) is int and step not in spans:
            return _is_cut(places.text, end)
    return _reached(steps, spans, start) <= end or _is_cut(places.text, end)


def _is_cut(text: str, end: int) -> bool:
    return end < len(text) and _is_letter(text[end - 1]) and _is_letter(text[end])


def _reached(steps: Steps, places: Spans, at: int) -> int:
    """Where the steps after a place can end at the earliest; `_NEVER` where one is not taken."""
    for step in steps:
        earliest = _NEVER
        if type(step) is int:
            for start, end in places.get(step, ()):
                if start >= at:
                    earliest = end
                    break
        else:
            for way in step:  # type: ignore[union-attr]
                earliest = min(earliest, _reached(way, places, at))
        if earliest == _NEVER:
            return _NEVER
        at = earliest
    return at


def _is_edge(text: str, place: int) -> bool:
    """Whether a word, as patterns mean it, may begin or end at a place; the text may be cut out of a longer
    one at its beginning."""
    if place == 0:
        return True
    return _is_letter(text[place - 1]) != (place < len(text) and _is_letter(text[place]))


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


@cache
def sequence(pattern: re.Pattern[str]) -> Needed:
    """What a pattern needs in order; empty where it needs nothing that can be told."""
    return _sequence(parsed(pattern.pattern, pattern.flags)) or ()


@lru_cache(maxsize=1)
def parsed(pattern: str, flags: int) -> Sequence[tuple[Any, Any]]:
    """The parts of a pattern as `re` reads them, the latest kept: they take a hundred times the room of their
    text, so whoever filters a pattern in two ways asks for both in a row."""
    parts: Sequence[tuple[Any, Any]] = parser.parse(pattern, flags)
    return parts


def _sets(needed: Needed) -> Iterator[frozenset[Word]]:
    for step in needed:
        if isinstance(step, Choice):
            for way in step:
                yield from _sets(way)
        else:
            yield step


def _sequence(items: Iterable[tuple[Any, Any]], opens: bool = False, closes: bool = False) -> Needed | None:
    """The steps of a sequence, letters in a row being one word; None where it can never match."""
    steps: list[frozenset[Word] | Choice] = []
    parts = list(items)
    run, run_opens, at_edge = "", False, opens
    for number, (kind, value) in enumerate(parts):
        if kind is code.LITERAL:
            run_opens = at_edge if run == "" else run_opens
            run, at_edge = run + chr(value).lower(), False
            continue
        is_edge = kind is code.AT and value is code.AT_BOUNDARY
        steps += _of_run(run, run_opens, is_edge)
        run = ""
        if kind is code.FAILURE or (kind is code.ASSERT_NOT and len(value[1]) == 0):
            return None
        if kind in (code.AT, code.ASSERT, code.ASSERT_NOT):
            at_edge = at_edge or is_edge
            continue
        after = parts[number + 1 : number + 2]
        inner = _of_part(kind, value, at_edge, after == [(code.AT, code.AT_BOUNDARY)])
        if inner is None:
            return None
        steps += inner
        at_edge = False
    return (*steps, *_of_run(run, run_opens, closes))


def _of_part(kind: Any, value: Any, opens: bool, closes: bool) -> Needed | None:
    if kind is code.SUBPATTERN:
        return _sequence(value[3], opens, closes)
    if kind in _REPEATS and value[0] > 0:
        return _sequence(value[2], opens)
    if kind is code.BRANCH:
        return _of_branch(value[1], opens, closes)
    if kind is code.IN:
        marks = [chr(item) for what, item in value if what is code.LITERAL]
        if len(marks) == len(value) and all(ord(mark) in _MARKS or mark in _ALONE for mark in marks):
            return (frozenset(map(Word, marks)),)
    return ()


def _of_run(run: str, opens: bool, closes: bool) -> Needed:
    if len(run) >= _LEAST or run in _ALONE or (run.strip() != "" and not run.isascii()):
        return (frozenset({Word(run, opens, closes)}),)
    return ()


def _of_branch(branches: Sequence[Any], opens: bool, closes: bool) -> Needed | None:
    """A choice needs one of its branches that can match; nothing where one of those needs nothing."""
    ways = [way for branch in branches if (way := _sequence(branch, opens, closes)) is not None]
    if len(ways) == 0:
        return None
    if any(len(way) == 0 for way in ways):
        return ()
    single = [way[0] for way in ways if len(way) == 1 and not isinstance(way[0], Choice)]
    longer = [way for way in ways if len(way) > 1 or isinstance(way[0], Choice)]
    together = frozenset[Word]().union(*single)
    if len(longer) == 0:
        return (together,)
    return (Choice([*longer, (together,)] if len(together) > 0 else longer),)
