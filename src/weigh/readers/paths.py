"""Files, folders and standard input -> documents, with a record for each thing that was not read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from weigh.errors import ReadingError
from weigh.readers.limits import LIMITS, Limits
from weigh.readers.reading import read_bytes
from weigh.records import Document

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was not read: its name, what is the matter, where, and what to do about it.

    `passed_over` says that it was left out on purpose (hidden, a link), not that reading failed.
    """

    name: str
    problem: str
    place: str
    remedy: str = ""
    passed_over: bool = False


def read_path(
    path: str | Path, *, limits: Limits = LIMITS, standard_input: BinaryIO | None = None
) -> Iterator[Document | Unread]:
    """Read a file, every file of a folder in the order of names, or standard input for `-`.

    What cannot be read comes as one `Unread` in its place, and the rest goes on. A document of
    a folder is named by its path inside of it, any other by its file name. In a folder, hidden files
    and links that lead out of it are not read, and said; a file that is named itself always is.
    """
    if str(path) == STANDARD_INPUT:
        stream = sys.stdin.buffer if standard_input is None else standard_input
        yield _read_stream(stream, "standard input", limits)
        return
    start = Path(path)
    try:
        is_folder = start.is_dir()
    except (OSError, ValueError) as error:
        yield Unread(printable(str(path)), f"cannot be opened: {error}", printable(str(path)))
        return
    if is_folder:
        yield from _read_folder(start, limits)
    else:
        yield _read_file(start, printable(start.name), limits)


def printable(name: str) -> str:
    """A file name that any text may hold: bytes that are no UTF-8 are shown as a sign."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _read_stream(stream: BinaryIO, name: str, limits: Limits) -> Document | Unread:
    try:
        return read_bytes(stream.read(limits.bytes + 1), name, limits=limits)
    except ReadingError as error:
        return Unread(name, error.problem, error.place, error.remedy)
    except OSError as error:
        return _unopened(name, name, error)


def _read_file(path: Path, name: str, limits: Limits) -> Document | Unread:
    """One regular file; a device or a pipe could be read for ever."""
    try:
        if path.exists() and not path.is_file():
            return Unread(name, "this is not a regular file", printable(str(path)), "give its content with -")
        with path.open("rb") as stream:
            data = stream.read(limits.bytes + 1)
        return read_bytes(data, name, limits=limits)
    except ReadingError as error:
        inside = error.place.removeprefix(name)
        return Unread(name, error.problem, printable(f"{path}{inside}"), error.remedy)
    except (OSError, ValueError) as error:
        return _unopened(name, printable(str(path)), error)


def _unopened(name: str, place: str, error: OSError | ValueError) -> Unread:
    if isinstance(error, FileNotFoundError):
        return Unread(name, "there is no such file", place, "look at the spelling of its name")
    if isinstance(error, PermissionError):
        return Unread(name, "you may not read this file", place, "ask its owner for permission")
    reason = error.strerror if isinstance(error, OSError) and error.strerror is not None else str(error)
    return Unread(name, f"cannot be read: {reason}", place)


def _read_folder(folder: Path, limits: Limits) -> Iterator[Document | Unread]:
    read = 0
    for found in _files(folder, folder.resolve(), limits.depth):
        if isinstance(found, Unread):
            yield found
            continue
        if read == limits.files:
            problem = f"it holds more than {limits.files:,} files; the rest is not read"
            yield Unread(
                printable(folder.name), problem, printable(str(folder)), "give its folders one by one"
            )
            return
        read += 1
        yield _read_file(found, printable(found.relative_to(folder).as_posix()), limits)


def _files(folder: Path, root: Path, depth: int) -> Iterator[Path | Unread]:
    """The files of a folder and of the folders in it, in the order of names; for others, why not."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield _unopened(printable(folder.name), printable(str(folder)), error)
        return
    for entry in entries:
        reason, remedy = _passed_over(entry, root)
        if len(reason) > 0:
            yield Unread(printable(entry.name), reason, printable(str(entry)), remedy, passed_over=True)
        elif not entry.is_dir():
            yield entry
        elif depth == 0:
            yield Unread(
                printable(entry.name),
                "folders are nested too deeply here",
                printable(str(entry)),
                "give it by itself",
            )
        else:
            yield from _files(entry, root, depth - 1)


def _passed_over(entry: Path, root: Path) -> tuple[str, str]:
    """Why an entry of a folder is not read, and the remedy; both empty when it is."""
    if entry.name.startswith("."):
        return "hidden, so not read", "name it itself to read it"
    if not entry.is_symlink():
        return "", ""
    if not _stays_inside(entry, root):
        return "a link that leads out of the folder, so not read", "name its target itself to read it"
    return ("a link to a folder that is read in its own place", "") if entry.is_dir() else ("", "")


def _stays_inside(link: Path, root: Path) -> bool:
    """Whether a link leads to something that exists inside of the folder."""
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False
