"""Firms and organisations that no table lists, known by what they do: they say, blame, or are blamed.

A single word with a capital is one where it stands as the subject of such a verb, is no ordinary word, and is
nowhere a part of a longer name, as a surname is. Names of several words tell themselves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from weigh.claims.namesakes import kinds
from weigh.evidence.ordinary import is_ordinary
from weigh.records import Span

_BEFORE = re.compile(r"(\S+) \Z")
_FIRST = re.compile(r"(?<![\w’'-])(?P<first>[A-Z][\w.’'-]*) (?=(?P<next>[\w-]+))")
_LONGEST_WORD = 40
_ENDS = ("", ".", "!", "?")
_OPENS = tuple(',.!?:;"”“(—–-')


@dataclass(frozen=True, slots=True)
class Speaking:
    """Patterns whose group `who` is a name that speaks or is blamed, words before which it is a place, and
    words that are no name."""

    patterns: tuple[re.Pattern[str], ...]
    places: re.Pattern[str]
    never: re.Pattern[str]


def speaking(text: str, longest: int, table: Speaking) -> Iterator[tuple[str, Span]]:
    """Each such name in the first `longest` characters, and where it speaks or is blamed."""
    told: dict[str, bool] = {}
    firsts = _firsts(text[:longest])
    for pattern in table.patterns:
        for match in pattern.finditer(text, 0, longest):
            name, span = match["who"], Span(*match.span("who"))
            if name not in told:
                told[name] = not name.isascii() or _is_a_name(text, name, firsts.get(name, ()), table)
            if told[name] and not (name.isascii() and _is_led(text, span.start, table)):
                yield name, span


def _firsts(text: str) -> Mapping[str, Sequence[tuple[str, int]]]:
    """By word: each word with a capital that stands before it somewhere, and where."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for match in _FIRST.finditer(text):
        found[match["next"]].append((match["first"], match.start()))
    return found


def _is_a_name(text: str, name: str, firsts: Sequence[tuple[str, int]], table: Speaking) -> bool:
    """Whether a word is no ordinary one, and no surname, which stands after a first name or a title too;
    `firsts` are the words with a capital before it."""
    if (
        is_ordinary(name)
        or table.never.fullmatch(name) is not None
        or name in kinds().apart | kinds().offices
    ):
        return False
    return not any(_is_part_of_name(text, first, start) for first, start in firsts)


def _is_led(text: str, start: int, table: Speaking) -> bool:
    """Whether the word before a name makes it a place, or a part of a longer name."""
    match = _BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
    if match is None or match[1].endswith(_OPENS):
        return False
    word = match[1]
    return table.places.fullmatch(word) is not None or _is_part_of_name(text, word, match.start())


def _is_part_of_name(text: str, word: str, start: int) -> bool:
    """Whether a word before a name belongs to it; one that only opens a sentence does not: "Carmaker"."""
    if not word[0].isupper() or word in kinds().apart:
        return False
    opens = text[max(0, start - 2) : start].strip()[-1:] in _ENDS
    return word in kinds().offices or not (opens and is_ordinary(word))
