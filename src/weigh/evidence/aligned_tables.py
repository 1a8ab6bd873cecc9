"""Tables of techniques whose columns are kept apart by spaces alone, as in text printed for a fixed width.

A cell belongs to the column under whose heading it begins, so that a name that wraps stays in its own column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from weigh.evidence.sections import Zone
from weigh.evidence.tables import (
    ADVISING,
    NAMING,
    TECHNIQUE_ID,
    Column,
    Line,
    Row,
    Table,
    column_of,
    is_account,
)
from weigh.records import Span

_CELL = re.compile(r"\S+(?: \S+)*")
_FEWEST_COLUMNS = 2
_SLACK = 1
"""Characters by which a cell may begin before its heading."""


@dataclass(slots=True)
class _Open:
    """A table that is being read; `starts` are its columns' first characters, counted from the line's."""

    columns: tuple[Column | None, ...]
    headings: tuple[str, ...]
    starts: tuple[int, ...]
    start: int
    end: int
    rows: list[Row] = field(default_factory=list)
    advice: list[Zone] = field(default_factory=list)
    goes_on: bool = False
    """Whether nothing has stood beside what the last row tells since it began to."""

    def closed(self) -> Table:
        return Table(
            Span(self.start, self.end),
            tuple(self.rows),
            tuple(self.advice),
            is_account=is_account(self.columns, self.headings),
        )

    def place(self, offset: int) -> int:
        """The number of the column in which a cell stands that begins there."""
        return max((place for place, start in enumerate(self.starts) if start <= offset + _SLACK), default=0)


def aligned(text: str, lines: Sequence[Line]) -> Iterator[Table]:
    """Tables of techniques or of advice whose cells two spaces or more divide, in order."""
    table: _Open | None = None
    for line in lines:
        if table is None and "  " not in line.text:
            continue
        offset = line.span.start - (text.rfind("\n", 0, line.span.start) + 1)
        if table is not None and _is_of(table, line, offset):
            _add(table, line, offset)
            continue
        if table is not None and len(table.rows) > 0:
            yield table.closed()
        table = _header(line, offset) if "  " in line.text else None
    if table is not None and len(table.rows) > 0:
        yield table.closed()


def _header(line: Line, offset: int) -> _Open | None:
    """The table that a row of headings opens, when it names techniques and tells of them."""
    if "|" in line.text or "\t" in line.text or TECHNIQUE_ID.search(line.text) is not None:
        return None
    cells = list(_CELL.finditer(line.text))
    columns = tuple(column_of(cell.group()) for cell in cells)
    known = {column for column in columns if column is not None}
    if len(cells) < _FEWEST_COLUMNS or known.isdisjoint(NAMING) or len(known) < _FEWEST_COLUMNS:
        return None
    starts = tuple(offset + cell.start() for cell in cells)
    headings = tuple(cell.group() for cell in cells)
    return _Open(columns, headings, starts, line.span.start, line.span.end)


def _is_of(table: _Open, line: Line, offset: int) -> bool:
    """Whether a line goes on with a table: it has cells, or stands in one column alone."""
    if line.gap > 2 or "|" in line.text or "\t" in line.text:
        return False
    if "  " in line.text or set(line.text) <= set("-=+_ "):
        return True
    place = table.place(offset)
    is_last = place + 1 == len(table.starts)
    is_within = is_last or offset + len(line.text) < table.starts[place + 1]
    return is_within and offset + _SLACK >= table.starts[place] and (place > 0 or line.gap == 1)


def _add(table: _Open, line: Line, offset: int) -> None:
    """Read one more line: a row of its own where it has an id, else more of the cells above it."""
    cells: dict[int, Span] = {}
    for cell in _CELL.finditer(line.text):
        place = table.place(offset + cell.start())
        span = Span(line.span.start + cell.start(), line.span.start + cell.end())
        cells[place] = Span(cells[place].start, span.end) if place in cells else span
    if len(cells) == 0 or set(line.text) <= set("-=+_ "):
        return
    table.end = line.span.end
    for place, span in cells.items():
        if (column := table.columns[place]) in ADVISING:
            table.advice.append(Zone(span, ADVISING[column], table.headings[place]))
    naming = [span for place, span in cells.items() if table.columns[place] in NAMING]
    told = [span for place, span in cells.items() if table.columns[place] is Column.PROCEDURE]
    if len(naming) > 0 and TECHNIQUE_ID.search(line.text) is not None:
        procedure = Span(told[0].start, told[-1].end) if len(told) > 0 else None
        table.rows.append(Row(Span(naming[0].start, naming[-1].end), procedure))
        table.goes_on = True
        return
    table.goes_on = table.goes_on and len(cells) == len(told) == 1
    before = table.rows[-1].procedure if table.goes_on else None
    if before is not None:
        table.rows[-1] = Row(table.rows[-1].techniques, Span(before.start, told[0].end))
