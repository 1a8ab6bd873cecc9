"""Tables on a terminal too narrow for them: each row as lines that wrap, so that no figure is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_BLOCKS = frozenset(" ▏▎▍▌▋▊▉█")


@dataclass(frozen=True, slots=True)
class Fitting:
    """A table where the terminal has so many columns, else its rows one under the other.

    A row begins with its first cell, the next one too where the first has no heading; every other cell goes
    with its heading. Bars are left out: their figure stands beside them.
    """

    table: Table
    columns: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """What `rich` prints, knowing how wide it may be."""
        if options.max_width >= self.columns:
            yield self.table
            return
        headings = [str(column.header) for column in self.table.columns]
        for cells in zip(*(column.cells for column in self.table.columns), strict=True):
            yield from _row(headings, [_text(cell) for cell in cells])


def _row(headings: Sequence[str], cells: Sequence[Text]) -> RenderResult:
    begin = 2 if headings[0] == "" and len(cells) > 1 else 1
    yield Text(" ").join(cell for cell in cells[:begin] if cell.plain.strip() != "")
    told = [
        Text(heading + " " if heading != "" else "").append_text(cell)
        for heading, cell in zip(headings[begin:], cells[begin:], strict=True)
        if not _BLOCKS.issuperset(cell.plain)
    ]
    if len(told) > 0:
        yield Padding(Text(", ").join(told), (0, 0, 0, 4))


def _text(cell: RenderableType) -> Text:
    return cell.copy() if isinstance(cell, Text) else Text(str(cell))
