"""Persons who are charged: where a text names them one after another, with ages and names in another script.

A person stands in a row with others ("Omar Balin, 34, aka Grey; Rita Sool (an alias); and Ivo Denn"). Who
is marked as suspects are, by an age, an alias or a name in another script, is charged where a charge is
spoken of nearby, and so is everybody in the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from weigh.records import Span

_BEFORE, _AFTER = 600, 200
"""Characters around a person in which a charge is looked for."""

_LONGEST_TAIL = 200


@dataclass(frozen=True, slots=True)
class Rows:
    """How persons are written in a row: `person` a name, whose first words `never` takes off, `tail` what
    follows it and says who it is, with a group `mark` where it marks a suspect, `join` what stands between
    two, `charge` words for a charge."""

    person: re.Pattern[str]
    never: re.Pattern[str]
    tail: re.Pattern[str]
    join: re.Pattern[str]
    charge: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Person:
    """A name as written, where it stands, where what is said with it ends, and whether it is marked."""

    span: Span
    end: int
    is_marked: bool


def charged(text: str, seeds: Sequence[Span], table: Rows) -> list[Person]:
    """Each person who is marked, or stands in a row with such a one or with a seed, in reading order.

    `seeds` are names that patterns found.
    """
    rows = _rows(text, table)
    return [one for row in rows if any(_is_charged(text, one, seeds, table) for one in row) for one in row]


def _is_charged(text: str, one: Person, seeds: Sequence[Span], table: Rows) -> bool:
    if any(one.span.overlaps(seed) for seed in seeds):
        return True
    near = table.charge.search(text, max(one.span.start - _BEFORE, 0), one.end + _AFTER)
    return one.is_marked and near is not None


def _rows(text: str, table: Rows) -> Iterator[list[Person]]:
    row: list[Person] = []
    for one in _persons(text, table):
        if len(row) > 0 and table.join.fullmatch(text, row[-1].end, one.span.start) is None:
            yield row
            row = []
        row.append(one)
    if len(row) > 0:
        yield row


def _persons(text: str, table: Rows) -> Iterator[Person]:
    said = 0
    for match in table.person.finditer(text):
        if match.start() < said:
            continue
        start, words = match.start(), match.group().split(" ")
        while len(words) > 0 and table.never.fullmatch(words[0]) is not None:
            start += len(words[0]) + 1
            words = words[1:]
        if len(words) < 2:
            continue
        tail = table.tail.match(text, match.end(), match.end() + _LONGEST_TAIL)
        said, is_marked = (match.end(), False) if tail is None else (tail.end(), tail["mark"] is not None)
        yield Person(Span(start, match.end()), said, is_marked)
