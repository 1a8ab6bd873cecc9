"""From a path to a connection that is safe to use, or a `CaseError` and not one byte touched.

A file is looked at before SQLite may write: first its header, then its pages, through a connection
that can change nothing. Only then is it opened for work.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from weigh.case import schema
from weigh.case.rows import DAMAGED
from weigh.errors import CaseError

MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100
BUSY_SECONDS = 10.0
"""How long a writer waits for another one to finish."""

ATTEMPTS = 5


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite raises about a case file into a `CaseError` that names it."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            remedy = "wait until the other program has finished, and try again"
            raise CaseError(
                "another program is writing to this case", place=str(path), remedy=remedy
            ) from error
        remedy = "see that the disk has room and the folder can be written"
        raise CaseError(f"the case cannot be used: {error}", place=str(path), remedy=remedy) from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise CaseError(f"the case is damaged: {error}", place=str(path), remedy=DAMAGED) from error


def open_case(path: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """A connection to the case at `path`, made first when it is missing and `create` says so.

    Raises `CaseError` for a missing, damaged, foreign, altered or newer file and for a folder that
    does not allow what is asked; the file is then as it was before.
    """
    if not path.exists():
        if not create or read_only:
            raise CaseError("there is no such case", place=str(path), remedy="see that the name is right")
        _create(path)
    _check_header(path)
    _check_pages(path)
    with translated(path):
        return _connect(path, read_only=read_only)


def _create(path: Path) -> None:
    if not path.parent.is_dir():
        raise CaseError("its folder does not exist", place=str(path), remedy=f"make {path.parent} first")
    if not os.access(path.parent, os.W_OK):
        raise CaseError("its folder cannot be written", place=str(path), remedy="choose another folder")
    with translated(path):
        schema.create(path)


def _check_header(path: Path) -> None:
    """Refuse what is no case of this format, from the first hundred bytes alone."""
    if not path.is_file():
        raise CaseError("this is not a file", place=str(path), remedy="name a case file")
    try:
        with path.open("rb") as stream:
            header = stream.read(HEADER_BYTES)
    except OSError as error:
        remedy = "see that you may read it"
        raise CaseError(
            f"the case cannot be read: {error.strerror}", place=str(path), remedy=remedy
        ) from error
    if len(header) < HEADER_BYTES or not header.startswith(MAGIC):
        raise CaseError("this is not a case file, or a damaged one", place=str(path), remedy=DAMAGED)
    if int.from_bytes(header[68:72], "big") != schema.APPLICATION_ID:
        remedy = "name a file that `weigh read --case` made"
        raise CaseError("this is another program's database", place=str(path), remedy=remedy)
    version = int.from_bytes(header[60:64], "big")
    if version != schema.FORMAT:
        newer = version > schema.FORMAT
        remedy = "use a newer Weigh" if newer else DAMAGED
        problem = f"the case has format {version}, and this Weigh knows format {schema.FORMAT}"
        raise CaseError(problem, place=str(path), remedy=remedy)


def _check_pages(path: Path) -> None:
    """Refuse a file whose pages or tables are not what a case has.

    Without a write-ahead log nobody is at work, and the file is read as it lies. A program that starts
    and ends its work in that very moment could make a sound file look torn: then it is looked at again.
    """
    for _ in range(ATTEMPTS):
        before = path.stat().st_mtime_ns
        problem = _problem(path)
        if problem == "":
            return
        if path.stat().st_mtime_ns == before and not _has_log(path):
            break
    raise CaseError(problem, place=str(path), remedy=DAMAGED)


def _problem(path: Path) -> str:
    """What is wrong with the file's pages or tables; empty when nothing is."""
    logged = _has_log(path)
    if not logged and path.stat().st_size % _page_bytes(path) != 0:
        return "the case is damaged: it was cut short"
    way = "mode=ro" if logged else "mode=ro&immutable=1"
    try:
        with closing(_plain(path, way)) as connection:
            if schema.listing(connection) != schema.expected():
                return "the tables of this case were altered"
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # SQLite quotes damaged bytes in its message
        return f"the case is damaged: {error}"
    return "" if found == "ok" else f"the case is damaged: {found}"


def _page_bytes(path: Path) -> int:
    """The size of a page, from bytes 16 and 17 of the header, where 1 stands for 65536."""
    with path.open("rb") as stream:
        stated = int.from_bytes(stream.read(18)[16:], "big")
    return 65536 if stated <= 1 else stated


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _plain(path: Path, way: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{way}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    connection.text_factory = _text
    return connection


def _text(data: bytes) -> str:
    """Text that a damaged file may hold: what is not UTF-8 shows as such, and fails the checks."""
    return data.decode(errors="replace")


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """The working connection: full durability, foreign keys, no trust in what the file brings along.

    A reader, too, opens the file for writing where it may, because only then does SQLite tidy up its
    log afterwards; `query_only` keeps it from writing. Where the folder may not be written nobody
    else writes either, and the file is read as it lies.
    """
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if not read_only and not writable:
        remedy = "open it for reading, or copy it to a folder of yours"
        raise CaseError("the case cannot be written here", place=str(path), remedy=remedy)
    connection = _plain(path, "mode=rw" if writable else _way_without_writing(path))
    try:
        connection.executescript(
            "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON;"
            + ("PRAGMA query_only = ON;" if read_only else "PRAGMA synchronous = FULL;")
        )
        connection.execute("SELECT count(*) FROM properties").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _way_without_writing(path: Path) -> str:
    """How to open a file in a folder that may not be written: with its log where it has one."""
    return "mode=ro" if _has_log(path) else "mode=ro&immutable=1"
