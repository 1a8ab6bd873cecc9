"""Tables of techniques: which words tell what was done, of which technique, and which are advice.

An advisory prints technique, procedure, mitigation and detection side by side. Where the cells are still
apart (`|`, a tab) a row is read by its columns; `flat_tables` reads those that have become plain lines.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import msgspec

from weigh.evidence.advice import advises
from weigh.evidence.folding import fold
from weigh.evidence.sections import Role, Zone
from weigh.records import Span

TECHNIQUE_ID = re.compile(r"T(?<![A-Za-z0-9]T)\d{4}(?:\.\d{3})?(?!\d)")

_RULE = re.compile(r"[\s|:+=-]+")
_BAR = re.compile(r"\s*\|\s*")
_FEWEST_COLUMNS = 2

LONGEST_HEADING = 70


class Column(StrEnum):
    """What a column of a table of techniques is for."""

    ID = "id"
    TECHNIQUE = "technique"
    TACTIC = "tactic"
    PROCEDURE = "procedure"
    MITIGATIONS = "mitigations"
    DETECTION = "detection"


ADVISING = {Column.MITIGATIONS: Role.MITIGATIONS, Column.DETECTION: Role.DETECTION}
"""Columns that are no accounts, and the part of a document that they are as."""
NAMING = frozenset({Column.ID, Column.TECHNIQUE})

_SPACE = re.compile(r"\s+")
_MARKS = "*_#: \t\xa0"


@lru_cache(maxsize=4096)
def column_of(heading: str) -> Column | None:
    """The column that a whole heading announces, None for one that is not known."""
    plain = fold(_plain(heading))
    if not 0 < len(plain) <= LONGEST_HEADING:
        return None
    match = _whole().fullmatch(plain)
    return None if match is None else Column(str(match.lastgroup))


@lru_cache(maxsize=4096)
def columns_of(headings: str) -> tuple[tuple[Column, str], ...]:
    """The columns that words announce one after the other, each with its heading; none where a word is left.

    This is how a table's first row looks when the cells have lost what stood between them.
    """
    plain = _plain(headings)
    folded = fold(plain)
    found: list[tuple[Column, str]] = []
    start = 0
    while start < len(folded):
        match = _next().match(folded, start)
        if match is None or match.end() == start:
            return ()
        found.append((Column(str(match.lastgroup)), plain[start : match.end()]))
        rest = folded[match.end() :]
        start = len(folded) - len(rest.lstrip(_MARKS))
    return tuple(found)


def is_account(columns: Sequence[Column | None], headings: Sequence[str]) -> bool:
    """Whether a table tells what was done, wherever it stands: a column says so.

    Beside a column of advice, "Notes" or "Details" may be on that.
    """
    telling = [
        heading
        for column, heading in zip(columns, headings, strict=True)
        if column is Column.PROCEDURE and _loose().fullmatch(fold(_plain(heading))) is None
    ]
    return len(telling) > 0 or (Column.PROCEDURE in columns and ADVISING.keys().isdisjoint(columns))


def begins_advice(entry: str) -> bool:
    """Whether an entry of a table with a column of advice belongs to that column, by its first words."""
    return _opening().match(entry) is not None or advises(entry)


def _plain(heading: str) -> str:
    return _SPACE.sub(" ", heading).strip(_MARKS)


@cache
def _table() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = tomllib.loads(
        files("weigh.evidence").joinpath("tables.toml").read_text(encoding="utf-8")
    )
    return table


def _alternatives() -> str:
    groups = (
        f"(?P<{column.value}>{'|'.join(map(_ungrouped, _table()['columns'][column.value]))})"
        for column in Column
    )
    return "|".join(groups)


def _ungrouped(pattern: str) -> str:
    """The pattern without groups that would count as the last one matched."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(_alternatives())


@cache
def _loose() -> re.Pattern[str]:
    return re.compile(str(_table()["loose"]["procedure"]))


@cache
def _next() -> re.Pattern[str]:
    return re.compile(f"(?:{_alternatives()})(?=\\s|$)")


@cache
def _opening() -> re.Pattern[str]:
    openings = "|".join(re.escape(word) for word in str(_table()["advice"]["openings"]).split())
    return re.compile(rf"\W*(?:{openings})\b(?! of\b)", re.IGNORECASE)


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line that is not blank, without the white space around it, and the line ends before it.

    A struct, as `Span` is: there is one for every line.
    """

    span: Span
    text: str
    gap: int


@dataclass(frozen=True, slots=True)
class Row:
    """The cells that name a row's techniques, and the stretch that tells how they were used."""

    techniques: Span
    procedure: Span | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a text: its rows that name techniques, and its cells that are advice or on detection.

    `is_account` is false where no column tells what was done: then the part in which it stands says
    whether its rows do.
    """

    span: Span
    rows: tuple[Row, ...]
    advice: tuple[Zone, ...]
    is_account: bool


@dataclass(slots=True)
class _Open:
    """A table with cells apart that is being read."""

    columns: tuple[Column | None, ...]
    headings: tuple[str, ...]
    start: int
    end: int
    rows: list[Row] = field(default_factory=list)
    advice: list[Zone] = field(default_factory=list)

    def closed(self) -> Table:
        return Table(
            Span(self.start, self.end),
            tuple(self.rows),
            tuple(self.advice),
            is_account=is_account(self.columns, self.headings),
        )


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text that are not blank, in order."""
    found: list[Line] = []
    start = gap = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if len(words) > 0:
            first = start + len(raw) - len(raw.lstrip())
            found.append(Line(Span(first, first + len(words)), words, gap))
            gap = 0
        gap += 1
        start += len(raw)
    return tuple(found)


def divided(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables of techniques or of advice whose cells a bar or a tab divides."""
    table: _Open | None = None
    for line in lines:
        cells = _cells(text, line)
        if len(cells) < _FEWEST_COLUMNS and not (table is not None and line.text.startswith("|")):
            if table is not None:
                yield table.closed()
            table = None
            continue
        header = _header(text, line, cells)
        if header is not None:
            if table is not None:
                yield table.closed()
            table = header
        elif table is not None:
            _add(table, text, line, cells)
    if table is not None:
        yield table.closed()


def _cells(text: str, line: Line) -> tuple[Span, ...]:
    """The cells of a line, empty ones too; a single one where nothing divides it."""
    written = line.text
    bar = "\t" not in written and "|" in written
    if not bar and "\t" not in written:
        return (line.span,)
    start, end = line.span.start, line.span.end
    if bar:
        start += written.startswith("|")
        end -= written.endswith("|") and len(written) > 1
    edges = re.finditer(r"\|" if bar else r"\t", text[start:end])
    bounds = [start, *(start + edge.end() for edge in edges)]
    ends = [*(bound - 1 for bound in bounds[1:]), end]
    return tuple(_trimmed(text, first, last) for first, last in zip(bounds, ends, strict=True))


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end].strip()
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    return Span(first, first + len(words)) if len(words) > 0 else Span(start, start)


def _header(text: str, line: Line, cells: Sequence[Span]) -> _Open | None:
    """The table that a row of headings opens, when it has a column of techniques or of advice."""
    if len(cells) < _FEWEST_COLUMNS or TECHNIQUE_ID.search(line.text) is not None:
        return None
    headings = tuple(cell.of(text) for cell in cells)
    columns = tuple(column_of(heading) for heading in headings)
    known = {column for column in columns if column is not None}
    tells = Column.TECHNIQUE in known or Column.ID in known
    if not (known & ADVISING.keys()) and not (tells and len(known) > 1):
        return None
    return _Open(columns, headings, line.span.start, line.span.end)


def _add(table: _Open, text: str, line: Line, cells: Sequence[Span]) -> None:
    """Read one more row."""
    table.end = line.span.end
    if _RULE.fullmatch(line.text) is not None:
        return
    named = [place for place, cell in enumerate(cells) if TECHNIQUE_ID.search(cell.of(text)) is not None]
    shift = _shift(table.columns, text, cells, named)
    placed = {
        place + shift: cell
        for place, cell in enumerate(cells)
        if cell.end > cell.start and 0 <= place + shift < len(table.columns)
    }
    for place, cell in placed.items():
        column = table.columns[place]
        if column in ADVISING:
            table.advice.append(Zone(cell, ADVISING[column], table.headings[place]))
    naming = [cell for place, cell in placed.items() if table.columns[place] in NAMING]
    procedures = [cell for place, cell in placed.items() if table.columns[place] is Column.PROCEDURE]
    procedure = Span(procedures[0].start, procedures[-1].end) if len(procedures) > 0 else None
    if len(naming) > 0:
        table.rows.append(Row(Span(naming[0].start, naming[-1].end), procedure))
    elif len(table.rows) > 0 and procedure is not None and len(cells) < len(table.columns):
        table.rows.append(Row(table.rows[-1].techniques, procedure))


def _shift(columns: Sequence[Column | None], text: str, cells: Sequence[Span], named: Sequence[int]) -> int:
    """How far right a row's cells stand in the table: a cell that spans rows above is missing in it.

    The cell with an id goes under the ids; without one, missing cells are taken for the first.
    """
    missing = len(columns) - len(cells)
    if missing == 0 or len(named) == 0:
        return max(missing, 0)
    bare = TECHNIQUE_ID.fullmatch(cells[named[0]].of(text).strip("[]() ")) is not None
    wanted = [Column.ID, Column.TECHNIQUE] if bare else [Column.TECHNIQUE, Column.ID]
    place = next((columns.index(column) for column in wanted if column in columns), named[0] + missing)
    return place - named[0]


def role_of_advice(columns: Sequence[Column]) -> Role:
    """The part of a document that columns of advice are as; on detection only where none is on mitigation."""
    return Role.MITIGATIONS if Column.MITIGATIONS in columns else Role.DETECTION
