"""The file of a coded table: unpacked, known by its columns, and cut to the incidents that are asked for.

A part of the table is a table too, with the header and whole rows: a document of its own, whose id is the
hash of its bytes, the same on every machine.
"""

from __future__ import annotations

import csv
import lzma
from collections.abc import Collection, Iterator
from io import StringIO
from pathlib import Path

from weigh.claims.eurepoc import COLUMNS, is_table
from weigh.errors import LimitError, ReadingError, UsageError
from weigh.readers import read_bytes
from weigh.readers.encoding import decode
from weigh.readers.limits import LIMITS, require_within
from weigh.records import Document

_PACKED = b"\xfd7zXZ\x00"
_INCIDENT = COLUMNS[0]
_SHOWN = 5


def read_eurepoc(path: Path, incidents: Collection[str] = ()) -> Document:
    """EuRepoC's table of attributions in a CSV file, packed with xz or not; of some incidents, or whole.

    Raises `ReadingError` with its place for a file that cannot be read, is damaged or is no such table,
    `LimitError` beyond the limits of a document, and `UsageError` for an incident that it does not have.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LIMITS.bytes + 1)
    except OSError as error:
        problem = error.strerror or "it cannot be read"
        raise ReadingError(problem, place=str(path), remedy="see that the name is right") from error
    return eurepoc_of(data, path.name, incidents)


def eurepoc_of(data: bytes, name: str, incidents: Collection[str] = ()) -> Document:
    """The same of a file's bytes."""
    plain = _unpacked(data, name)
    if len(incidents) == 0:
        return _checked(read_bytes(plain, _csv_name(name)), name)
    cut = _cut(decode(plain).text, frozenset(incidents), name)
    shown = ", ".join(sorted(incidents, key=lambda number: (len(number), number))[:_SHOWN])
    more = " and more" if len(incidents) > _SHOWN else ""
    return _checked(read_bytes(cut.encode(), f"{name.removesuffix('.xz')}, incident {shown}{more}.csv"), name)


def _csv_name(name: str) -> str:
    """A name that says CSV, which decides where the content fits several formats."""
    bare = name.removesuffix(".xz")
    return bare if bare.lower().endswith(".csv") else f"{bare}.csv"


def _unpacked(data: bytes, name: str) -> bytes:
    """The bytes of the table, within the limit of a document."""
    require_within(len(data), LIMITS.bytes, "bytes", place=name)
    if not data.startswith(_PACKED):
        return data
    archive = lzma.LZMADecompressor(memlimit=LIMITS.memory)
    try:
        plain = archive.decompress(data, LIMITS.bytes + 1)
    except lzma.LZMAError as error:
        raise ReadingError(f"the archive is damaged: {error}", place=name) from error
    if len(plain) > LIMITS.bytes:
        problem = f"it unpacks to more than {LIMITS.bytes:,} bytes, the most that one document may have"
        raise LimitError(problem, place=name, remedy="split it into parts")
    if not archive.eof or len(archive.unused_data) > 0:
        problem = "the archive is cut short" if not archive.eof else "something follows the archive's end"
        raise ReadingError(problem, place=name, remedy="unpack it with xz, and give the CSV")
    return plain


def _checked(document: Document, name: str) -> Document:
    """The document when it is such a table; `name` is that of the file as it was given."""
    if is_table(document):
        return document
    found = {field.kind for field in document.fields if field.pointer.startswith("/1/")}
    missing = [column for column in COLUMNS if column not in found]
    problem = "it is no table of attributions by EuRepoC"
    problem += (
        f": no column {', '.join(missing[:_SHOWN])}"
        if len(missing) > 0
        else ": its columns are in another order"
    )
    raise ReadingError(problem, place=f"{name}, row 1", remedy="give its attribution CSV, version 1.1")


def _cut(text: str, incidents: frozenset[str], name: str) -> str:
    """The header and the rows of some incidents, as CSV."""
    rows = _rows(text, name)
    header = next(rows, [])
    if tuple(header[: len(COLUMNS)]) != COLUMNS:
        return text  # what it is then, its reader says
    found = [row for row in rows if len(row) > 0 and row[0].strip() in incidents]
    absent = incidents - {row[0].strip() for row in found}
    if len(absent) > 0:
        problem = f"the table has no incident {', '.join(sorted(absent)[:_SHOWN])}"
        raise UsageError(problem, place=name, remedy=f"give a number from its column {_INCIDENT}")
    written = StringIO(newline="")
    csv.writer(written, lineterminator="\n").writerows([header, *found])
    return written.getvalue()


def _rows(text: str, name: str) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text.lstrip("\n"), newline="\n"))
    try:
        yield from reader
    except csv.Error as error:
        place, remedy = f"{name}, line {reader.line_num}", "mend the quotes of that line"
        raise ReadingError(f"not a table: {error}", place=place, remedy=remedy) from error
