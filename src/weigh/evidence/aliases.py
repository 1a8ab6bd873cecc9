"""Other names that no word introduces: "APT33 (Amber Loris)", "Amber Loris (APT33)", a column of a table.

Brackets hold many things, so that those right after an actor's name count only where they hold nothing but
names, none of them of a country, of a body, of software or of somebody else. A name before an actor in
brackets counts only where a deed of its bearer is told: "Amber Loris (APT33) struck", and not "Heron Labs
(APT33) said".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, pairwise

from weigh.evidence.definitions import MOST, Definition, is_nameable, names_from, naming_words, quoted
from weigh.evidence.folding import fold
from weigh.evidence.given_names import Reading
from weigh.evidence.layout import Layout
from weigh.records import Kind, Span

_QUOTES = "\"'\u2018\u2019\u201c\u201d*_"
_OPENS = re.compile(
    rf"[{_QUOTES}]{{0,3}}"
    r"(?:\s(?:group|gang|team|actors?|crew|hackers))?\s?\((?P<list>[^()\n]{2,200})\)"
)
_CLOSES = re.compile(rf"[{_QUOTES}]{{0,3}}\)")
_BEFORE = re.compile(
    rf"(?P<name>[A-Z][\w-]*(?: [A-Z0-9][\w-]*){{0,2}})[{_QUOTES}]{{0,3}}\s?\([{_QUOTES}]{{0,3}}\Z"
)
_REACH = 90
_WORD = re.compile(r"[^\W\d_]+")
_DIVIDES = re.compile(r"\s*[|\t][^\S\t]*")
_MOST_COLUMNS = 12
_SPLIT = re.compile(r"[,;/]")


class _Known:
    """The names of a document that the knowledge knows, in order."""

    def __init__(self, readings: Mapping[Span, Reading]) -> None:
        self.readings = readings
        self._spans = sorted(readings)
        self._starts = [span.start for span in self._spans]

    def actors(self) -> Iterator[Span]:
        """Where actors are named."""
        for span in self._spans:
            if any(kind is Kind.ACTOR for kind, _ in self.readings[span].likely):
                yield span

    def within(self, name: Span) -> Reading | None:
        """What the first known name that begins in a span means."""
        at = bisect_left(self._starts, name.start)
        if at < len(self._spans) and self._starts[at] < name.end:
            return self.readings[self._spans[at]]
        return None


def unmarked(layout: Layout, readings: Mapping[Span, Reading]) -> Iterator[Definition]:
    """The definitions of a document in brackets, then those in tables; of each the first `MOST`."""
    known = _Known(readings)
    for span in islice(known.actors(), MOST):
        found = _after(layout, span, known) or _before(layout, span)
        if found is not None:
            yield found
    for head, others in islice(_of_tables(layout), MOST):
        yield Definition(head, others, quoted(layout, Span(head.start, max(head.end, others[-1].end))))


def _after(layout: Layout, head: Span, known: _Known) -> Definition | None:
    """The names in brackets right after an actor's, if they are all that is there."""
    text = layout.text
    brackets = _OPENS.match(text, head.end)
    if brackets is None:
        return None
    start, end = brackets.span("list")
    names = tuple(names_from(text, start))
    if len(names) == 0 or text[names[-1].end : end].strip(_QUOTES + " ") != "":
        return None
    meant = known.readings[head].likely.keys()
    for name in names:
        reading = known.within(name)
        if reading is None and not _is_an_actors(name.of(text)):
            return None
        if reading is not None and meant.isdisjoint(reading.likely):
            return None
    return Definition(head, names, quoted(layout, Span(head.start, end + 1)))


def _before(layout: Layout, head: Span) -> Definition | None:
    """The name before an actor's in brackets, if a deed is told of its bearer."""
    text = layout.text
    found = _BEFORE.search(text, max(0, head.start - _REACH), head.start)
    closes = _CLOSES.match(text, head.end)
    if found is None or closes is None or not _is_an_actors(found["name"]):
        return None
    name = Span(*found.span("name"))
    is_doer = _acts().match(text, closes.end()) is not None
    if not (is_doer or _led().search(text, max(0, name.start - _REACH), name.start) is not None):
        return None
    return Definition(head, (name,), quoted(layout, Span(name.start, closes.end())))


def _is_an_actors(name: str) -> bool:
    """Whether an unknown name may be an actor's: several words, or letters and digits, and no body's."""
    words = _WORD.findall(fold(name))
    numbered = any(map(str.isdigit, name))
    if not is_nameable(name) or (name.isupper() and not numbered):
        return False
    return (numbered or len(words) > 1) and naming_words("bodies").isdisjoint(words)


def _of_tables(layout: Layout) -> Iterator[tuple[Span, tuple[Span, ...]]]:
    """Names and their other names, by the rows of tables whose header has a column of each."""
    if not any(word in layout.squeezed.text for word in _headers("aliased")):
        return
    columns: tuple[int, int] | None = None
    place = 0
    for line in layout.text.splitlines(keepends=True):
        start, place = place, place + len(line)
        cells = _cells(line, start) if "|" in line or "\t" in line else []
        if len(cells) < 2:
            columns = None
            continue
        header = _columns([cell.of(layout.text) for cell in cells])
        if header is not None:
            columns = header
        elif columns is not None and max(columns) < len(cells):
            head, others = cells[columns[0]], tuple(_listed(layout.text, cells[columns[1]]))
            if head.end > head.start and len(others) > 0:
                yield head, others


def _cells(line: str, start: int) -> list[Span]:
    """The cells of a line that bars or tabs divide, without those that only its outer bars make."""
    inner = line.strip().strip("|").strip()
    first = line.find(inner)
    edges = [(0, 0), *(match.span() for match in _DIVIDES.finditer(inner)), (len(inner), len(inner))]
    return [
        Span(start + first + left[1], start + first + max(left[1], right[0]))
        for left, right in pairwise(edges[:_MOST_COLUMNS])
    ]


def _columns(cells: Sequence[str]) -> tuple[int, int] | None:
    """Which columns hold names and their other names, if these are the words of a header."""
    plain = [fold(cell).strip(_QUOTES + " :") for cell in cells]
    names = [place for place, cell in enumerate(plain) if cell in _headers("named")]
    others = [place for place, cell in enumerate(plain) if cell in _headers("aliased")]
    return (names[0], others[0]) if len(names) > 0 and len(others) > 0 else None


def _listed(text: str, cell: Span) -> Iterator[Span]:
    """The names of a cell, which commas, semicolons or strokes divide."""
    start = cell.start
    for part in _SPLIT.split(cell.of(text)):
        name = part.strip(_QUOTES + " ")
        if name != "" and is_nameable(name):
            first = start + part.find(name)
            yield Span(first, first + len(name))
        start += len(part) + 1


@cache
def _headers(row: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in naming_words(row))


@cache
def _acts() -> re.Pattern[str]:
    """What is told of somebody who did something, right after the name."""
    return re.compile(
        r",?\s(?:(?:has|have|had|who|which|also|then|later|is|was|were|been|believed to|\w+ly)\s){0,5}"
        rf"(?:{'|'.join(sorted(naming_words('acts')))})\b"
    )


@cache
def _led() -> re.Pattern[str]:
    """What leads to the name of somebody who did something."""
    actors = "|".join(sorted(naming_words("actor")))
    return re.compile(rf"\b(?:by|(?:attributed|linked|tied) to|{actors}) (?:the )?\Z")
