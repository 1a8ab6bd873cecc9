"""Short names that a document uses for something of its own: "Uninterruptible Power Supplies (UPS)".

A few letters in capitals may be somebody's alias of an actor and everybody's abbreviation of something else.
Where a document says what they stand for, and that is no name that the knowledge knows, they mean that in the
whole document. What an actor or a software is chiefly called stays: what it stands for is then its own name
written out ("Fast Reverse Proxy (FRP)").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence

from weigh.evidence.definitions import mentions
from weigh.records import Span

MOST = 500
"""Places of a document at which abbreviations may be explained, the first ones: a bound for hostile text."""

_LONGEST = 6
_REACH = 120
_BEFORE = re.compile(r"[(\[]\s?(?:or |the |hereafter )?[\"'\u2018\u201c]?\Z")
_AFTER = re.compile(r"[\"'\u2019\u201d]?\s?[)\],;]")
_EXPLAINED = re.compile(
    r"[\"'\u2019\u201d]?(?:\s?[(\[](?:which )?|,? (?:which )?)"
    r"(?:(?:is )?short for |stands for |stand for |abbreviates |(?<=[(\[]))[\"'\u2018\u201c]?"
)
_WORD = re.compile(r"[^\W_]+")
_APART = re.compile(r"[^\w\s'\u2019&/-]")
_SKIPPED = 3


def is_short(written: str) -> bool:
    """Whether a name is written as an abbreviation is: two to six letters, all of them capitals."""
    return 2 <= len(written) <= _LONGEST and written.isalpha() and written.isupper()


def bare(name: str) -> str:
    """A name's letters and digits, in small letters: "Slate Heron" and "SlateHeron" are one."""
    return "".join(character for character in name.casefold() if character.isalnum())


def abbreviated(text: str, short: Mapping[str, Collection[str]], known: Sequence[Span]) -> frozenset[str]:
    """Those of the `short` names that the text explains as the abbreviation of something else.

    Each leads to all names, bare, of what it may mean: one of these written out is nothing else. `known` are
    the places, in order, of names that the knowledge knows: of one of these a short name is another name.
    A name that is explained both ways may mean either, and is left.
    """
    starts = [span.start for span in known]
    other: set[str] = set()
    same: set[str] = set()
    places = mentions(text, [form for name in short for form in (name, f"{name}s")])
    for _, (written, span) in zip(range(MOST), places, strict=False):
        name = written.removesuffix("s")
        long = _long_form(text, span, name)
        if long is not None:
            is_same = bare(long.of(text)) in short[name] or _holds(starts, known, long)
            (same if is_same else other).add(name)
    return frozenset(other - same)


def _long_form(text: str, span: Span, name: str) -> Span | None:
    """What a short name stands for where it is explained, before it or after it."""
    opening = _BEFORE.search(text, max(0, span.start - 14), span.start)
    if opening is not None and _AFTER.match(text, span.end) is not None:
        return _before(text, opening.start(), name)
    explained = _EXPLAINED.match(text, span.end)
    return None if explained is None else _after(text, explained.end(), name)


def _before(text: str, end: int, name: str) -> Span | None:
    """The fewest words right before `end` that the letters of a name stand for."""
    low = max(0, end - _REACH)
    cuts = [match.end() for match in _APART.finditer(text, low, end)]
    words = list(_WORD.finditer(text, max([low, *cuts]), end))[-2 * len(name) :]
    for number in range(len(words) - 1, -1, -1):
        if _stands_for([word.group() for word in words[number:]], name):
            return Span(words[number].start(), words[-1].end())
    return None


def _after(text: str, start: int, name: str) -> Span | None:
    """The words from `start` that the letters of a name stand for, up to all between punctuation."""
    cut = _APART.search(text, start, start + _REACH)
    words = list(_WORD.finditer(text, start, start + _REACH if cut is None else cut.start()))[: 2 * len(name)]
    for number in range(2, len(words) + 1):
        if _stands_for([word.group() for word in words[:number]], name):
            return Span(words[0].start(), words[number - 1].end())
    return None


def _stands_for(words: Sequence[str], name: str) -> bool:
    """Whether a name is two or more words' first letters, in order, each with any later letters of its word;
    little words in small letters may give none. Stricter than Schwartz & Hearst (PSB 2003), whose letters
    may stand anywhere in a word."""
    letters, reached = name.casefold(), {0}
    for number, word in enumerate(words):
        given = {end for start in reached for end in _given(word.casefold(), letters, start)}
        little = word.islower() and len(word) <= _SKIPPED and number < len(words) - 1
        reached = given | reached if little else given
    return len(words) > 1 and len(letters) in reached


def _given(word: str, letters: str, start: int) -> Iterator[int]:
    """How far the letters reach when a word gives those from `start`: its first, then any later ones."""
    at = 0 if word[:1] == letters[start : start + 1] else -1
    while at >= 0 and start < len(letters):
        start += 1
        yield start
        at = word.find(letters[start : start + 1], at + 1) if start < len(letters) else -1


def _holds(starts: Sequence[int], known: Sequence[Span], long: Span) -> bool:
    """Whether a known name lies in, or reaches into, a long form."""
    place = bisect_left(starts, long.end) - 1
    return place >= 0 and known[place].end > long.start
