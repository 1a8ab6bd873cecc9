"""Lists of techniques: "T1486 (Data Encrypted for Impact): locked the files of the cranes".

Such an item is a row of a table with two columns. No heading says that the second tells what was done, so
the part in which the list stands says whether it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from weigh.evidence.tables import TECHNIQUE_ID, Line, Row, Table
from weigh.records import Span

_CELL = re.compile(
    r"(?:[\u2022\u25e6\u25aa*\u2013\u2014-]\s+|\d{1,2}[.)]\s+)?"
    r"(?P<cell>(?:(?P<name>[A-Z][^\[\]():.;!?]{2,80})[\[(]\s?)?T\d{4}(?:\.\d{3})?\s?[\])]?(?:\s?\([^()]{3,80}\))?)"
    r"(?P<joint>\s?:\s+|\s[\u2013\u2014-]\s+)"
)
_NAME = re.compile(r"(?P<name>[A-Z][^:;.!?]{2,80})(?::|\s[\u2013\u2014-])\s+")
_SMALL = re.compile(r"\b[a-z]{2,}")
_CAPITAL = re.compile(r"\b[A-Z]")
_REACH = 100
"""Characters of a line in which the id of an item stands."""
_FEWEST_WORDS = 2


def listed(lines: Sequence[Line]) -> Iterator[Table]:
    """The items of lists of techniques that go on with what was done, each a table of one row, in order."""
    for place, line in enumerate(lines):
        has_id = "T" in line.text and TECHNIQUE_ID.search(line.text, 0, _REACH) is not None
        found = _CELL.match(line.text) if has_id else None
        if found is None or not _is_title(found["name"] or "T"):
            continue
        cell = Span(line.span.start + found.start("cell"), line.span.start + found.end("cell"))
        told = _told(line.text, found.end())
        if told is not None:
            start = line.span.start + told
            procedure = Span(start, _goes_on_to(lines, place))
            span = Span(cell.start, procedure.end)
            yield Table(span, (Row(cell, procedure),), (), is_account=False)


def _told(item: str, start: int) -> int | None:
    """Where an item tells what was done: after the technique's name, if that stands first; else nowhere."""
    name = _NAME.match(item, start)
    if name is not None and _is_title(name["name"]):
        start = name.end()
    rest = item[start:]
    if len(rest.split()) < _FEWEST_WORDS or _is_title(rest) or TECHNIQUE_ID.search(rest) is not None:
        return None
    return start


def _is_title(words: str) -> bool:
    """Whether words are a technique's name: a capital first, and not more small words than others."""
    small, capitals = len(_SMALL.findall(words)), len(_CAPITAL.findall(words))
    return words[:1].isupper() and small <= capitals


def _goes_on_to(lines: Sequence[Line], place: int) -> int:
    """The end of an item: lines right under it that begin small go on with it."""
    while place + 1 < len(lines) and lines[place + 1].gap == 1 and lines[place + 1].text[0].islower():
        place += 1
    return lines[place].span.end
