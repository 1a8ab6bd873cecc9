"""CSV: a table of observations as labelled lines, any other table as rows of text.

Observations have a header with a `value` column and at least one more that is known here. Rows are
counted as a spreadsheet counts them: the header is row 1. What the columns `credibility`, `forgeability`,
`probability` and `confidence` state of a row's observation is checked here and taken up by `evidence.stated`.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import StringIO

from weigh.errors import ReadingError, UsageError
from weigh.readers.content import Content
from weigh.readers.limits import Limits, require_within
from weigh.readers.transcript import Transcript, Value, pointer
from weigh.readers.wording import counted
from weigh.records import Notice
from weigh.scales import confidence_stated, credibility_digit, forging_ease, probability_stated

DELIMITERS = ",;\t|"
VALUE = "value"
CAUTIONS = "cautions"
"""A column that says of a whole export what to mind: nothing of it is something that a document reports."""
KINDS = ("kind", "type")
KNOWN = frozenset(
    {
        *KINDS,
        *("subtype", "note", "notes", "quote", "comment", "probability", "confidence", "name"),
        *("source", "date", "reliability", "credibility", "forgeability", "description"),
    }
)
FIGURES: dict[str, Callable[[str], float]] = {
    "credibility": credibility_digit,
    "forgeability": forging_ease,
    "probability": probability_stated,
    "confidence": confidence_stated,
}
"""Columns that state a figure of the row's observation, and what takes their cells; an empty one is none."""
CHANCES = ("probability", "confidence")
"""Two names of one figure: a row may fill in one of them."""
HEAD = 10_000


def is_observations(text: str) -> bool:
    """Whether the first line is a header with `value` and another known column."""
    header = {_plain(cell) for cell in _header(text)}
    return VALUE in header and len(KNOWN & header) > 0


def is_table(text: str) -> bool:
    """Whether the first line has more than one column."""
    return len(_header(text)) > 1


def read(text: str, name: str, limits: Limits) -> Content:
    """Read the rows; raises `ReadingError` with the line when the table cannot be taken apart."""
    transcript = Transcript(limits)
    rows = enumerate(_rows(text, limits), start=1)
    _, header = next(rows, (1, []))
    columns = _columns(header)
    observations = is_observations(text)
    if observations:
        _require_one_each(header)
    else:
        transcript.row(_cells(1, header, columns))
    uneven: list[int] = []
    for number, row in rows:
        cells = _cells(number, row, columns)
        if observations:
            _require_figures(number, cells)
            _write_observation(cells, transcript)
        else:
            transcript.row(cells)
        if len(row) not in {0, len(header)}:
            uneven.append(number)
    return Content(transcript.text, "csv", fields=transcript.fields, notices=_uneven(uneven))


def _plain(cell: str) -> str:
    return cell.strip().lower()


def _header(text: str) -> list[str]:
    """The cells of the first line."""
    first = text.lstrip("\n")[:HEAD].split("\n", 1)[0]
    return next(csv.reader([first], delimiter=_delimiter(first)), [])


def _delimiter(text: str) -> str:
    """The delimiter that the first line has most of; of two, the one named first here."""
    first = text.lstrip("\n")[:HEAD].split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _rows(text: str, limits: Limits) -> Iterator[list[str]]:
    """The rows as lists of cells, within the limit of cells."""
    reader = csv.reader(StringIO(text.lstrip("\n"), newline="\n"), delimiter=_delimiter(text))
    cells = 0
    try:
        for row in reader:
            cells += len(row)
            require_within(cells, limits.objects, "table cells")
            yield row
    except csv.Error as error:
        remedy = "mend the quotes of that line, or give the file as .txt"
        raise ReadingError(f"not a table: {error}", place=f"line {reader.line_num}", remedy=remedy) from error


def _columns(header: Sequence[str]) -> list[str]:
    """What the columns are called: by the header, or by number where it is empty or says one name twice."""
    names = [cell.strip() for cell in header]
    unique = {name for name, number in Counter(names).items() if number == 1} - {""}
    return [name if name in unique else str(number) for number, name in enumerate(names, start=1)]


def _cells(number: int, row: Sequence[str], columns: Sequence[str]) -> list[Value]:
    """The cells with their places, each on one line; a cell beyond the header is called by its number."""
    extra = (str(index) for index in range(len(columns) + 1, len(row) + 1))
    named = zip(row, (*columns, *extra), strict=False)
    return [Value(cell.replace("\n", " "), pointer(number, column), column) for cell, column in named]


def _require_one_each(header: Sequence[str]) -> None:
    """Raise `ReadingError` for two columns of one figure: neither could be preferred."""
    named = Counter(map(_plain, header))
    for name in FIGURES:
        if named[name] > 1:
            raise ReadingError(
                f"{named[name]} columns are called {name}", place="row 1", remedy="keep one of them"
            )


def _require_figures(number: int, cells: Sequence[Value]) -> None:
    """Raise `ReadingError` with the row and the column of a figure that there is not."""
    for cell in cells:
        take = FIGURES.get(_plain(cell.kind))
        if take is not None and not cell.blank:
            try:
                take(cell.text)
            except UsageError as error:
                raise ReadingError(
                    error.problem,
                    place=f"row {number}, column {cell.kind}",
                    remedy=f"{error.remedy}, or leave the cell empty",
                ) from error
    chances = [cell.kind for cell in cells if _plain(cell.kind) in CHANCES and not cell.blank]
    if len(chances) > 1:
        raise ReadingError(
            f"{' and '.join(chances)} both state a chance",
            place=f"row {number}, column {chances[-1]}",
            remedy="leave one of the two cells empty",
        )


def _write_observation(cells: Sequence[Value], transcript: Transcript) -> None:
    """`kind: value`, then every other cell as `column: cell`, but for cautions."""
    by_column = {_plain(cell.kind): cell for cell in cells}
    kind = next((by_column[key] for key in KINDS if key in by_column), None)
    label = "" if kind is None else kind.text.strip()
    value = by_column.get(VALUE)
    if value is not None:
        transcript.line(label if len(label) > 0 else VALUE, value)
    for column, cell in by_column.items():
        if column not in (VALUE, CAUTIONS) and cell is not kind:
            transcript.line(column, cell)


def _uneven(rows: Sequence[int]) -> tuple[Notice, ...]:
    if len(rows) == 0:
        return ()
    lines = counted(len(rows), "row")
    verb = "has" if len(rows) == 1 else "have"
    return (Notice(f"{lines} {verb} more or fewer cells than the header", f"row {rows[0]}"),)
