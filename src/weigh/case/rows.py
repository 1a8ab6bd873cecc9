"""Records to bytes and back, with every guard that a file from a stranger or a failing disk needs."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import TypeVar

import msgspec

from weigh.errors import CaseError, UsageError
from weigh.records import Document, Source

TEXT_BYTES = 1 << 28
"""The longest text, in bytes of UTF-8, that a case gives back: 256 MiB, far beyond any report."""

DAMAGED = "restore the file from a copy, or make a new case and read the documents again"

Row = tuple[object, ...]
Record = TypeVar("Record")


class Description(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a person said about a document; what is None was not said."""

    source: Source | None = None
    date: str | None = None
    tlp: str | None = None
    made: str = ""


def damaged(problem: str, place: str) -> CaseError:
    """The error for a part of a case file that is not what was written."""
    return CaseError(f"the case is damaged: {problem}", place=place, remedy=DAMAGED)


def number(value: object, place: str) -> int:
    """An integer column."""
    if not isinstance(value, int):
        raise damaged(f"{value!r} is no number", place)
    return value


def raw(value: object, place: str) -> bytes:
    """A column of bytes."""
    if not isinstance(value, bytes):
        raise damaged("a record is not bytes", place)
    return value


def encoded(record: object) -> tuple[bytes, int]:
    """A record as JSON, and the checksum to keep beside it."""
    data = msgspec.json.encode(record)
    return data, zlib.crc32(data)


def decoded(data: object, type_: type[Record], place: str) -> Record:
    """A record from its JSON."""
    try:
        return msgspec.json.decode(raw(data, place), type=type_)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise damaged(f"a record cannot be read: {error}", place) from error


def checked(data: object, crc: object, type_: type[Record], place: str) -> Record:
    """A record from its JSON, if that still has the checksum it was kept with."""
    if zlib.crc32(raw(data, place)) != crc:
        raise damaged("a record does not have its checksum", place)
    return decoded(data, type_, place)


def from_document(document: Document) -> tuple[str, bytes, bytes, int, int]:
    """The row of a document: id, the rest as JSON, compressed text, bytes of text, checksum.

    `UsageError` for half a surrogate pair, which is no character and which UTF-8 cannot write.
    """
    about = msgspec.json.encode(replace(document, text=""))
    try:
        plain = document.text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(f"the text has no character at {error.start}", place=document.name) from error
    text = zlib.compress(plain, 6)
    return document.id, about, text, len(plain), zlib.crc32(text, zlib.crc32(about))


def to_document(row: Row, place: str) -> Document:
    """The document of a row (about, text, bytes of text, checksum), as it was read."""
    about, text, length, crc = raw(row[0], place), raw(row[1], place), row[2], row[3]
    if zlib.crc32(text, zlib.crc32(about)) != crc:
        raise damaged("a document does not have its checksum", place)
    return replace(decoded(about, Document, place), text=unpacked(text, number(length, place), place))


def unpacked(data: bytes, length: int, place: str) -> str:
    """A text of `length` bytes from its compressed form; never more memory than that."""
    if not 0 <= length <= TEXT_BYTES:
        raise damaged(f"a text of {length} bytes is longer than a case allows", place)
    try:
        reader = zlib.decompressobj()
        plain = reader.decompress(data, length + 1)
        if len(plain) != length or not reader.eof:
            raise damaged("a text does not have its stated length", place)
        return plain.decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise damaged(f"a text cannot be read: {error}", place) from error


def described(document: Document, description: Description) -> Document:
    """The document with what the description says put over what the reader found."""
    return replace(
        document,
        source=document.source if description.source is None else description.source,
        date=document.date if description.date is None else description.date,
        tlp=document.tlp if description.tlp is None else description.tlp,
    )
