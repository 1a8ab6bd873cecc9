"""Tables of a page before its text is read: which hold data, and which of their columns hold nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from weigh.readers.html_page import BREAKS_INSIDE_WORDS, CELLS, CODE, HEADINGS, Walker

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# A table that is wider is not looked at for blank columns: a hostile one would cost its width in every row.
MOST_COLUMNS = 200


@dataclass(slots=True)
class _Cell:
    """A cell by its memory id, the column in which it begins, and whether it reaches into others."""

    node: int
    column: int
    spans: bool
    has_words: bool = False


@dataclass(slots=True)
class _Table:
    """An open table; `reaching` counts for each column the rows into which a cell above still reaches."""

    layout: bool = False
    wide: bool = False
    cells: list[_Cell] = field(default_factory=list)
    in_row: int = 0
    column: int = 0
    reaching: dict[int, int] = field(default_factory=dict)

    def begin_row(self) -> None:
        """Start again at the first column; what reached into the last row reaches one row less."""
        self.in_row = self.column = 0
        self.reaching = {column: rows - 1 for column, rows in self.reaching.items() if rows > 1}

    def add(self, node: LexborNode) -> None:
        """Place a cell in the first free column, as the HTML standard does (4.9.12.1)."""
        self.in_row += 1
        self.wide = self.wide or self.in_row > 1
        while self.column in self.reaching:
            self.column += 1
        columns = min(_span(node, "colspan"), MOST_COLUMNS)
        self.cells.append(_Cell(node.mem_id, self.column, columns > 1))
        rows = _span(node, "rowspan")
        if rows > 1 and self.column + columns <= MOST_COLUMNS:
            self.reaching |= dict.fromkeys(range(self.column, self.column + columns), rows)
        self.column += columns

    def blank(self) -> Iterator[int]:
        """The cells of columns in which no cell has words, but for cells that span several columns: the
        words of those are above others, not in one of them."""
        filled = {cell.column for cell in self.cells if cell.has_words and not cell.spans}
        for cell in self.cells:
            if not cell.has_words and not cell.spans and cell.column not in filled:
                yield cell.node


def _span(node: LexborNode, name: str) -> int:
    written = node.attributes.get(name) or "1"
    return int(written) if written.isdecimal() and len(written) < 6 and int(written) > 0 else 1


class Tables(Walker):
    """Tells tables of data from tables that lay out a page, and finds the columns that only make room.

    Data has a row of two cells, and neither a heading nor another table in it. `data` holds the memory
    ids of such tables, `blank` those of the cells of their blank columns.
    """

    def __init__(self) -> None:
        self.data: set[int] = set()
        self.blank: set[int] = set()
        self._open: list[_Table] = []

    def enter(self, node: LexborNode, tag: str) -> bool:
        """Note rows, cells and their words on the innermost open table."""
        if len(self._open) > 0:
            self._note(self._open[-1], node, tag)
        if tag == "table":
            self._open.append(_Table(layout=node.attributes.get("role") == "presentation"))
        return not tag.startswith("-") and tag not in CODE

    def _note(self, table: _Table, node: LexborNode, tag: str) -> None:
        table.layout = table.layout or tag == "table" or tag in HEADINGS
        if tag == "tr":
            table.begin_row()
        elif tag in CELLS:
            table.add(node)
        elif tag == "-text" and table.in_row > 0 and not table.cells[-1].has_words:
            words = (node.text_content or "").translate(BREAKS_INSIDE_WORDS)
            table.cells[-1].has_words = words.strip() != ""

    def leave(self, node: LexborNode, tag: str) -> None:
        """Judge the table that ends here."""
        if tag == "table":
            table = self._open.pop()
            if table.wide and not table.layout:
                self.data.add(node.mem_id)
                self.blank.update(table.blank())
