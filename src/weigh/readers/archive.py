"""ZIP archives: opened, recognised by what is in them, and bounded before anything is unpacked."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from weigh.errors import LimitError, ReadingError
from weigh.readers.limits import Limits, require_within

AGAIN = "open it in the program that made it and save it again as DOCX or PDF"
# What `zipfile` raises for archives that are damaged, encrypted or packed in an unknown way.
FAILURES = (
    *(BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError),
    *(zlib.error, struct.error, OverflowError),
)
SMALL = 5_000_000
MOST_MEMBERS = 10_000
# A member that tells what the archive is, and the format's name; the first that fits counts.
TELLING = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "an Excel workbook"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
    ("META-INF/container.xml", "an electronic book"),
    ("AndroidManifest.xml", "an Android program"),
    ("META-INF/MANIFEST.MF", "a Java program"),
)


def opened(data: bytes) -> ZipFile:
    """The archive; raises `ReadingError` when its directory cannot be read."""
    try:
        return ZipFile(BytesIO(data))
    except FAILURES as error:
        raise ReadingError("the archive is damaged or cut short", remedy=AGAIN) from error


def contents(archive: ZipFile) -> str:
    """`docx`, or what else the archive is, in words."""
    names = frozenset(archive.namelist())
    found = next((what for member, what in TELLING if member in names), "")
    if found == "" and "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    return found if len(found) > 0 else "a ZIP archive"


def require_sane(archive: ZipFile, limits: Limits) -> None:
    """Raise `LimitError` when unpacking would give too much, by the sizes that the directory states.

    `zipfile` reads no more of a member than its stated size, so that a false statement gains nothing.
    """
    members = archive.infolist()
    require_within(len(members), MOST_MEMBERS, "files in one archive")
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    require_within(unpacked, limits.expansion, "bytes when unpacked", remedy=AGAIN)
    if unpacked > SMALL and unpacked > limits.ratio * max(packed, 1):
        raise LimitError(f"unpacks to more than {limits.ratio} times its size", remedy=AGAIN)


def member(archive: ZipFile, name: str) -> bytes:
    """One member, unpacked; raises `ReadingError` naming it when it cannot be."""
    try:
        return archive.read(name)
    except FAILURES as error:
        raise ReadingError("a part of the file is damaged", place=name, remedy=AGAIN) from error
