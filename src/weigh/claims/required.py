"""Which words a pattern cannot match without, so that most patterns need not be tried on most sentences.

They are read off the pattern itself, as its parser sees it: of a sequence every part is needed, of a choice
one of the parts. All words of all patterns are looked for at once, in one pass over a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from re import _constants as code  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick

from weigh.claims.marked import PARTY_MARKS
from weigh.evidence.sequences import parsed

_LEAST = 3
"""Characters, spaces among them, that a word in ASCII must have to tell anything; else one is enough."""

_REPEATS = frozenset({code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT})

Needs = tuple[frozenset[int], ...]
"""Numbers of words: of every set at least one must stand in a text for a pattern to match it."""


@dataclass(frozen=True, slots=True)
class Words:
    """All words that any pattern needs, ready to be found; numbers are places in `words`."""

    automaton: AhoCorasick
    numbers: dict[str, int]

    @classmethod
    def of(cls, patterns: Iterable[re.Pattern[str]]) -> Words:
        """The words of many patterns."""
        words = sorted({word for pattern in patterns for needed in required(pattern) for word in needed})
        return cls(AhoCorasick(words), {word: number for number, word in enumerate(words)})

    def needs(self, pattern: re.Pattern[str]) -> Needs:
        """What one of these patterns needs."""
        return tuple(frozenset(self.numbers[word] for word in needed) for needed in required(pattern))

    def has_marks(self, needs: Needs) -> bool:
        """Whether a pattern needs a party, or a phrase for a culprit, in the text."""
        marks = {self.numbers[mark] for mark in PARTY_MARKS if mark in self.numbers}
        return any(needed <= marks for needed in needs)

    def within(self, text: str) -> frozenset[int]:
        """The words that stand in a text in small letters."""
        found = self.automaton.find_matches_as_indexes(text, overlapping=True)
        return frozenset(number for number, _, _ in found)


def may_match(needs: Needs, present: frozenset[int]) -> bool:
    """Whether a text with these words has all that a pattern needs."""
    for needed in needs:  # noqa: SIM110 (asked a hundred times a sentence, where a generator costs most)
        if present.isdisjoint(needed):
            return False
    return True


@cache
def required(pattern: re.Pattern[str]) -> tuple[frozenset[str], ...]:
    """Sets of words in small letters, of each of which one stands in whatever the pattern matches."""
    return tuple(dict.fromkeys(_of_sequence(parsed(pattern.pattern, pattern.flags))))


def _of_sequence(sequence: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    """What the parts of a sequence need, letters in a row being one word."""
    run = ""
    for kind, value in sequence:
        if kind is code.LITERAL:
            run += chr(value).lower()
            continue
        yield from _of_run(run)
        run = ""
        yield from _of_part(kind, value)
    yield from _of_run(run)


def _of_part(kind: Any, value: Any) -> Iterator[frozenset[str]]:
    if kind is code.SUBPATTERN:
        yield from _of_sequence(value[3])
    elif kind in _REPEATS and value[0] > 0:
        yield from _of_sequence(value[2])
    elif kind is code.BRANCH:
        yield from _of_branch(value[1])
    elif kind is code.IN:
        marks = [chr(item) for what, item in value if what is code.LITERAL]
        if len(marks) == len(value) and all(mark in PARTY_MARKS for mark in marks):
            yield frozenset(marks)


def _of_run(run: str) -> Iterator[frozenset[str]]:
    if len(run) >= _LEAST or (run.strip() != "" and not run.isascii()):
        yield frozenset({run})


def _of_branch(branches: Sequence[Any]) -> Iterator[frozenset[str]]:
    """A choice needs a word of each branch: its longest, where every branch has one."""
    chosen = []
    for branch in branches:
        options = sorted(_of_sequence(branch), key=_worth)
        if len(options) == 0:
            return
        chosen.append(options[-1])
    yield frozenset[str]().union(*chosen)


def _worth(words: frozenset[str]) -> tuple[int, int]:
    """A set of few and long words tells more."""
    return min(len(word) for word in words), -len(words)
