"""Tables of techniques whose cells have become plain lines, as in text copied from a page or set from a PDF.

What is left is the order: a row of headings, and rows that each begin with a technique and its id. What
follows is divided by how it is worded: first what was done, then, where a heading announced it, advice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from weigh.evidence.advice import names_countermeasure
from weigh.evidence.sections import Zone, role_of
from weigh.evidence.tables import (
    ADVISING,
    LONGEST_HEADING,
    NAMING,
    TECHNIQUE_ID,
    Column,
    Line,
    Row,
    Table,
    begins_advice,
    columns_of,
    is_account,
    role_of_advice,
)
from weigh.records import Span

_MOST_HEADING_LINES = 10
_REACH = 5
"""Lines after the headings within which the first row has its id."""
_LONGEST_ROW = 8000
"""Characters of one row; a technique that is named further on is no row of the table."""
_LONGEST_NAME = 12
_WRAPPED = 2
_CAPTION = re.compile(r"(?:table|figure|fig\.|appendix|annex|tactics?:)\s", re.IGNORECASE)
_BETWEEN = " \t\xa0[](){}:;,.•*/&–—-"
_ENDINGS = ".:;!?"
_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_DONE = re.compile(r"\b(?:was|were|has|have|had|did|\w{2,}ed|ran|sent|stole|wrote|built|began|used)\b")
_LABEL = re.compile(r"[A-Z][a-z]+(?:[/ ][A-Z]?[a-z]+)?:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class _Header:
    first: int
    after: int
    columns: tuple[Column, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """The lines `[first, after)` that name techniques; `rest` is what the last of them goes on with."""

    first: int
    after: int
    techniques: Span
    rest: Line | None


def flattened(lines: Sequence[Line]) -> Iterator[Table]:
    """Tables of techniques in lines of text, in order; none overlaps another."""
    done = 0
    named = [TECHNIQUE_ID.search(line.text) is not None for line in lines]
    headers = cache(lambda first: tuple(_headers(lines, first)))  # lines near several ids are read once
    for place in range(len(lines)):
        if place >= done and named[place]:
            header = _header(headers, max(done, place - _REACH - _MOST_HEADING_LINES), place)
            if header is not None:
                end = _end(lines, named, header)
                table = _table(lines, header, end)
                if len(table.rows) > 0:
                    yield table
                done = end if len(table.rows) > 0 else header.after


def _header(headers: Callable[[int], Sequence[_Header]], low: int, row: int) -> _Header | None:
    """The row of headings not long before the line `row`, none where there is none."""
    for first in range(low, row):
        near = [header for header in headers(first) if row - _REACH < header.after <= row]
        if len(near) > 0:
            return near[-1]
    return None


def _headers(lines: Sequence[Line], first: int) -> Iterator[_Header]:
    """The rows of headings that begin with a line, the shorter ones first."""
    words = ""
    for after in range(first + 1, min(first + _MOST_HEADING_LINES, len(lines)) + 1):
        words = f"{words} {lines[after - 1].text}"
        if len(lines[after - 1].text) > 2 * LONGEST_HEADING or "." in words:
            return
        found = columns_of(words)
        columns = tuple(column for column, _ in found)
        tells = Column.PROCEDURE in columns or any(column in ADVISING for column in columns)
        if tells and not NAMING.isdisjoint(columns):
            yield _Header(first, after, columns, tuple(heading for _, heading in found))


def _end(lines: Sequence[Line], named: Sequence[bool], header: _Header) -> int:
    """The line with which the text goes on after the table; `named` says which lines name a technique."""
    row = header.after
    for place in range(header.after, len(lines)):
        line = lines[place]
        if line.span.start - lines[row].span.start > _LONGEST_ROW:
            return row
        if named[place]:
            row = place
            continue
        if _CAPTION.match(line.text) is not None or len(columns_of(line.text)) > 1:
            return place
        if any(named[place + 1 : place + 3]) or names_countermeasure(line.text):
            continue
        if role_of(line.text) is not None or _opens_prose(lines, place):
            return place
    return len(lines)


def _opens_prose(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is a heading of what comes after the table: set apart, and prose right under it."""
    if lines[place].gap < 2 or place + 1 >= len(lines) or not _is_name(lines[place].text):
        return False
    return len(lines[place + 1].text) > 2 * LONGEST_HEADING and lines[place + 1].gap == 1


def _table(lines: Sequence[Line], header: _Header, end: int) -> Table:
    cells = list(_cells(lines, header, end))
    naming = min(place for place, column in enumerate(header.columns) if column in NAMING)
    before = [column for column in header.columns[:naming] if column is not Column.TACTIC]
    rows: list[Row] = []
    advice: list[Zone] = []
    for cell, following in zip_longest(cells, cells[1:]):
        stop = end if following is None else following.first - len(before)
        body = list(lines[cell.after : max(stop, cell.after)])
        if cell.rest is not None:
            body = [cell.rest, *body]
        told, advised = _divided(body, header, is_last=following is None)
        for column, line in zip(before, lines[cell.first - len(before) : cell.first], strict=False):
            told, advised = ([line], advised) if column is Column.PROCEDURE else (told, [line, *advised])
        procedure = Span(told[0].span.start, told[-1].span.end) if len(told) > 0 else None
        rows.append(Row(cell.techniques, procedure))
        advice += _zones(advised, header)
    ends = [lines[header.after - 1].span.end, *(zone.span.end for zone in advice)]
    ends += [max(row.techniques.end, 0 if row.procedure is None else row.procedure.end) for row in rows]
    whole = Span(lines[header.first].span.start, max(ends))
    return Table(whole, tuple(rows), tuple(advice), is_account=is_account(header.columns, header.headings))


def _cells(lines: Sequence[Line], header: _Header, end: int) -> Iterator[_Cell]:
    """The cells with names and ids of techniques, one for each row."""
    place = floor = header.after
    while place < end:
        if not _names_technique(lines[place].text):
            place += 1
            continue
        first = max(floor, place - _wrapped(lines, place, header))
        after, rest = place + 1, _rest(lines[place])
        while rest is None and after < end and _same_cell(lines, after):
            after, rest = after + 1, _rest(lines[after])
        if rest is None and after < end and _is_named_after(lines, after, header):
            after += 1
        stop = rest.span.start if rest is not None else lines[after - 1].span.end
        yield _Cell(first, after, Span(lines[first].span.start, stop), rest)
        place = floor = after


def _names_technique(line: str) -> bool:
    """Whether a line is a cell of techniques: an id with a name or nothing before it, in no sentence."""
    match = TECHNIQUE_ID.search(line)
    if match is None:
        return False
    name, rest = line[: match.start()].strip(_BETWEEN), _after_ids(line)
    return (name == "" or _is_name(name)) and (rest == "" or rest[0].isupper())


def _after_ids(line: str) -> str:
    """What stands on a line after the last id of its opening run of names and ids."""
    last = 0
    for match in TECHNIQUE_ID.finditer(line):
        if last > 0 and not _is_name(line[last : match.start()].strip(_BETWEEN) or "A"):
            break
        last = match.end()
    return line[last:].lstrip(_BETWEEN)


def _rest(line: Line) -> Line | None:
    """The part of a cell's line that already tells what was done, in text that lost the end of the cell."""
    words = _after_ids(line.text)
    if words == "" or _is_name(words):
        return None
    return Line(Span(line.span.end - len(words), line.span.end), words, 1)


def _is_name(words: str) -> bool:
    """Whether words are written as a technique's name is: few, no sentence, its long words capitalised."""
    long = [word for word in re.findall(r"[^\W\d_]+", words) if len(word) > 3]
    if len(words.split()) > _LONGEST_NAME or words[-1:] in ".;!?" or not words[:1].isupper():
        return False
    small: int = sum(word[0].islower() for word in long)
    return 3 * small <= len(long)


def _wrapped(lines: Sequence[Line], place: int, header: _Header) -> int:
    """How many lines before one with an id begin the technique's name."""
    has_name = TECHNIQUE_ID.match(lines[place].text.lstrip(_BETWEEN)) is None
    if not has_name and Column.TECHNIQUE in header.columns and not _id_comes_first(header):
        has_own_line = place > header.after and _is_name(lines[place - 1].text)
        return int(has_own_line)
    count = 0
    while has_name and count < _WRAPPED and lines[place - count].gap == 1:
        before = lines[place - count - 1].text
        if not _is_name(before) or TECHNIQUE_ID.search(before) is not None or before.endswith(":"):
            break
        count += 1
    return count


def _id_comes_first(header: _Header) -> bool:
    columns = header.columns
    if Column.ID not in columns or Column.TECHNIQUE not in columns:
        return False
    return columns.index(Column.ID) < columns.index(Column.TECHNIQUE)


def _same_cell(lines: Sequence[Line], place: int) -> bool:
    """Whether a line names one more technique of the cell before it: a kin of that one, nothing between."""
    if not _names_technique(lines[place].text):
        return False
    before: list[str] = TECHNIQUE_ID.findall(lines[place - 1].text)
    here: list[str] = TECHNIQUE_ID.findall(lines[place].text)
    return here[0].partition(".")[0] == before[-1].partition(".")[0]


def _is_named_after(lines: Sequence[Line], place: int, header: _Header) -> bool:
    return _id_comes_first(header) and _is_name(lines[place].text)


def _divided(
    body: Sequence[Line], header: _Header, *, is_last: bool
) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines of a row after its techniques, as (what was done, advice)."""
    naming = max(place for place, column in enumerate(header.columns) if column in NAMING)
    columns = header.columns[naming + 1 :]
    advises_too = any(column in ADVISING for column in columns)
    if Column.PROCEDURE not in columns:
        return (), body if advises_too else ()
    if not advises_too:
        return (_paragraph(body) if is_last else body), ()
    if columns.index(Column.PROCEDURE) > 0 and columns[0] in ADVISING:
        told = _told([*reversed(body)])
        return body[len(body) - told :], body[: len(body) - told]
    told = _told(body)
    return body[:told], body[told:]


def _paragraph(body: Sequence[Line]) -> Sequence[Line]:
    """The lines up to the first that is set apart: a last row has no other end."""
    for place, line in enumerate(body[1:], start=1):
        if line.gap > 1 and not body[place - 1].text.endswith(":"):
            return body[:place]
    return body


def _told(body: Sequence[Line]) -> int:
    """How many of the first lines tell what was done: until one advises, or says nothing of the kind."""
    listed = False
    count = 0
    for line in body:
        goes_on = count > 0 and line.gap == 1 and body[count - 1].text[-1] not in _ENDINGS
        if not (goes_on and line.text[0].islower()):
            if _LABEL.match(line.text) is not None or any(map(begins_advice, _STOP.split(line.text))):
                break
            is_told = goes_on or listed or _DONE.search(line.text) is not None
            if count > 0 and not is_told:
                break
        listed = listed or line.text.endswith(":")
        count += 1
    while count > 1 and _is_name(body[count - 1].text):
        count -= 1
    return count


def _zones(advised: Sequence[Line], header: _Header) -> Iterator[Zone]:
    if len(advised) > 0:
        named = zip(header.columns, header.headings, strict=True)
        heading = next(heading for column, heading in named if column in ADVISING)
        span = Span(advised[0].span.start, advised[-1].span.end)
        yield Zone(span, role_of_advice(header.columns), heading)
