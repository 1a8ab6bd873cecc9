"""Tables of a DOCX that a program made from a PDF: a fine grid of mostly empty cells, put together again.

Such a program draws every line of print as a row and every change of font as a cell, so that one cell of the
old table is many, and an identifier may lie in two. What belongs together is told by geometry alone: rows
that a cell spans are one line of print, empty rows part the old rows, and the first row with more than one
filled cell says where the old columns begin. Our own rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_INNERMOST = re.compile(r"<table>[^<]*+(?>(?:<(?!/?table\b)[^<]*+)*)</table>")
_FEWEST_COLUMNS, _MOST_SPAN = 8, 100
_SLACK = 1
"""A cell may begin so many columns before the old column that it is in."""
_EMPTY = 0.6
"""A table of at least so many columns with so many of its cells empty is a grid."""
_HALF_AN_ID = re.compile(r"(?<!\w)T\d{0,4}(?:\.\d{0,2})?\Z")
_OTHER_HALF = re.compile(r"\d*(?:\.\d{3})?(?![\w.]\d|\w)")
_ID = re.compile(r"T\d{4}(?:\.\d{3})?")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A filled cell: its first row and column in the grid, how many rows it spans, its words."""

    row: int
    column: int
    rows: int
    words: str


def put_together(page: str) -> str:
    """The page, its grids turned into plain tables; everything else as it was."""
    return _INNERMOST.sub(_plain, page) if "<table>" in page else page


def _plain(match: re.Match[str]) -> str:
    from selectolax.lexbor import LexborHTMLParser  # heavy, and needed for tables alone

    table = match.group()
    tree = LexborHTMLParser(table)
    rows = tree.css("tr")
    cells = [row.css("td, th") for row in rows]
    count = sum(map(len, cells))
    filled = list(_filled(cells))
    widest = max((sum(_span(cell, "colspan") for cell in row) for row in cells), default=0)
    if widest < _FEWEST_COLUMNS or len(filled) == 0 or len(filled) > (1.0 - _EMPTY) * count:
        return table
    starts = _columns(filled)
    if len(starts) < 2:
        return table
    old = _joined(_row(line, starts) for line in _lines(filled, len(rows)))
    return "".join(("<table>", *(f"<tr>{''.join(map(_cell, row))}</tr>" for row in old), "</table>"))


def _cell(words: str) -> str:
    return f"<td>{escape(words)}</td>"


def _joined(rows: Iterable[list[str]]) -> list[list[str]]:
    """The rows, each that goes on in small letters under an empty first cell joined to the one above."""
    joined: list[list[str]] = []
    for row in rows:
        if len(joined) > 0 and row[0] == "" and "".join(row)[:1].islower():
            joined[-1] = [_glued(above, below) for above, below in zip(joined[-1], row, strict=True)]
        else:
            joined.append(row)
    return joined


def _span(cell: LexborNode, name: str) -> int:
    written = cell.attributes.get(name) or "1"
    return (
        min(int(written), _MOST_SPAN) if written.isdecimal() and len(written) < 6 and int(written) > 0 else 1
    )


def _filled(cells: Sequence[Sequence[LexborNode]]) -> Iterator[_Cell]:
    """The cells with words, each where the grid has it: those above that reach down push it right."""
    reaching: dict[int, int] = {}
    for number, row in enumerate(cells):
        column = 0
        for cell in row:
            while reaching.get(column, 0) > number:
                column += 1
            wide, deep = _span(cell, "colspan"), _span(cell, "rowspan")
            words = " ".join(cell.text(separator="", strip=False).split())
            if len(words) > 0:
                yield _Cell(number, column, deep, words)
            if deep > 1:
                reaching.update(dict.fromkeys(range(column, column + wide), number + deep))
            column += wide


def _columns(filled: Sequence[_Cell]) -> list[int]:
    """Where the old columns begin: at the filled cells of the first row that has two of them or more."""
    by_row: dict[int, list[int]] = {}
    for cell in filled:
        by_row.setdefault(cell.row, []).append(cell.column)
    return next((sorted(columns) for _, columns in sorted(by_row.items()) if len(columns) > 1), [])


def _lines(filled: Sequence[_Cell], rows: int) -> Iterator[list[_Cell]]:
    """The old rows: runs of grid rows without an empty row between them."""
    taken = [False] * (rows + 1)
    for cell in filled:
        for row in range(cell.row, min(cell.row + cell.rows, rows)):
            taken[row] = True
    run: list[_Cell] = []
    last = -1
    for cell in sorted(filled, key=lambda item: (item.row, item.column)):
        if len(run) > 0 and not all(taken[last + 1 : cell.row]):
            yield run
            run = []
        run.append(cell)
        last = max(last, cell.row)
    if len(run) > 0:
        yield run


def _row(cells: Sequence[_Cell], starts: Sequence[int]) -> list[str]:
    """One old row: the words of each old column by line of print, then from left to right."""
    columns: list[list[_Cell]] = [[] for _ in starts]
    for cell in cells:
        columns[sum(start - _SLACK <= cell.column for start in starts[1:])].append(cell)
    return [_words(column) for column in columns]


def _words(cells: Sequence[_Cell]) -> str:
    """The words in reading order: rows that a cell spans are one line of print."""
    line: dict[int, int] = {}
    for cell in sorted(cells, key=lambda item: item.row):
        for row in range(cell.row, cell.row + cell.rows):
            line[row] = min(line.get(row, cell.row), line.get(cell.row, cell.row))
    text = ""
    for cell in sorted(cells, key=lambda item: (line[item.row], item.column)):
        text = _glued(text, cell.words)
    return text


def _glued(before: str, after: str) -> str:
    """Two stretches of words, with a space between unless one is empty or they halve an identifier."""
    return f"{before}{after}" if "" in (before, after) or _halved(before, after) else f"{before} {after}"


def _halved(before: str, after: str) -> bool:
    """Whether two cells hold the halves of one technique's id: "T10" and "59.001"."""
    first, second = _HALF_AN_ID.search(before), _OTHER_HALF.match(after)
    if first is None or second is None or second.group() == "":
        return False
    return _ID.fullmatch(first.group() + second.group()) is not None
