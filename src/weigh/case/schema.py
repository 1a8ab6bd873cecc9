"""The tables of a case file, and how an empty one comes to be.

SQLite keeps two numbers in the header that name the application and the version of the format;
both are there from a file's first moment and never change within a format.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from pathlib import Path

APPLICATION_ID = 0x57454947
"""The letters WEIG, as SQLite's `application_id` (header bytes 68 to 71)."""

FORMAT = 1
"""SQLite's `user_version` (header bytes 60 to 63); raised when the tables change."""

PERMANENT = ("judgements", "assumptions", "descriptions", "reads")

TABLES = """
CREATE TABLE properties (name TEXT PRIMARY KEY, record BLOB NOT NULL, crc INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, about BLOB NOT NULL,
  text BLOB NOT NULL, text_bytes INTEGER NOT NULL, crc INTEGER NOT NULL);
CREATE TABLE observations (
  number INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (number),
  id TEXT NOT NULL, record BLOB NOT NULL, crc INTEGER NOT NULL);
CREATE INDEX observations_by_id ON observations (id);
CREATE TABLE claims (
  number INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (number),
  id TEXT NOT NULL, record BLOB NOT NULL, crc INTEGER NOT NULL);
CREATE TABLE judgements (number INTEGER PRIMARY KEY, record BLOB NOT NULL, link TEXT NOT NULL);
CREATE TABLE assumptions (number INTEGER PRIMARY KEY, record BLOB NOT NULL, link TEXT NOT NULL);
CREATE TABLE descriptions (
  number INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (number),
  record BLOB NOT NULL, crc INTEGER NOT NULL);
CREATE TABLE reads (
  number INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (number),
  record BLOB NOT NULL, crc INTEGER NOT NULL);
"""


def _append_only(table: str) -> str:
    """Two triggers that refuse to change or to delete a row."""
    return "".join(
        f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table}\n"
        f"BEGIN SELECT RAISE(ABORT, '{table} are appended, never changed or deleted'); END;\n"
        for event in ("UPDATE", "DELETE")
    )


def script() -> str:
    """The SQL that makes an empty case, in one transaction."""
    triggers = "".join(_append_only(table) for table in PERMANENT)
    header = f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {FORMAT};\n"
    return f"BEGIN;\n{header}{TABLES}{triggers}COMMIT;\n"


def listing(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """The name and the SQL of every table, index and trigger that a connection sees."""
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    return frozenset((str(name), str(sql)) for name, sql in connection.execute(query))


def expected() -> frozenset[tuple[str, str]]:
    """What `listing` gives for a case that nobody altered."""
    with_tables = sqlite3.connect(":memory:")
    try:
        with_tables.executescript(script())
        return listing(with_tables)
    finally:
        with_tables.close()


def create(path: Path) -> None:
    """Put an empty case at `path`, whole or not at all; a file that is already there stays.

    It is made under another name in the same folder and linked into place, so that no process ever
    sees a case without its tables, whatever moment the machine stops at.
    """
    made = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        connection = sqlite3.connect(made, isolation_level=None)
        try:
            connection.executescript(script())
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        finally:
            connection.close()
        _put(made, path)
    finally:
        made.unlink(missing_ok=True)


def _put(made: Path, path: Path) -> None:
    try:
        os.link(made, path)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links: the rename is as whole, but would win a race
        if not path.exists():
            made.rename(path)
