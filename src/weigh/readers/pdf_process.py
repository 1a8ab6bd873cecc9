"""Runs `pdfium.py` as a process, and tells what it gave before it ended, was ended, or broke down."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import msgspec

from weigh.readers import pdfium
from weigh.readers.limits import Limits
from weigh.readers.wording import counted

PROGRAM = Path(pdfium.__file__)
LIBRARIES = ("pypdfium2", "pypdfium2_raw")
# A character takes at most six bytes in a record (one that cannot be printed, written as its number).
BYTES_A_CHARACTER = 6
OTHER_BYTES = 1_000_000


class Opened(msgspec.Struct, frozen=True, tag="opened"):
    """The file was opened and says that it has so many pages."""

    pages: int


class Page(msgspec.Struct, frozen=True, tag="page"):
    """The next page: its text, None when it could not be loaded, and the number of written annotations."""

    text: str | None
    annotations: int


class Rest(msgspec.Struct, frozen=True, tag="rest"):
    """What belongs to no page; the last record of a file that was read whole."""

    title: str
    attachments: int


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The file was not read for a `reason`: password, security, damaged; or characters, with too many."""

    reason: str


class Broken(msgspec.Struct, frozen=True):
    """The process ended too early: what happened, and whether for asking more than a document may."""

    problem: str
    beyond_limits: bool


Record = Opened | Page | Rest | Refused
_DECODER: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


def records(data: bytes, limits: Limits) -> Generator[Record | Broken]:
    """What the process tells of a PDF, as it comes; `Broken` last when it did not come to its end.

    The process gets `limits.memory` and `limits.seconds`, and is killed when they are over or when this
    generator is closed. It inherits neither this process's memory nor its terminal.
    """
    late = threading.Event()
    try:
        process = _started(limits)
    except OSError as error:
        yield Broken(f"the process that reads PDFs cannot be started: {error.strerror}", beyond_limits=False)
        return
    with process:
        timer = threading.Timer(limits.seconds, _end, (process, late))
        timer.daemon = True
        last: Record | None = None
        try:
            timer.start()
            for last in _told(process, data, limits):
                yield last
            if not isinstance(last, Rest | Refused):
                yield _broken(process.wait(), late.is_set(), limits)
        finally:
            timer.cancel()
            process.kill()


def _started(limits: Limits) -> subprocess.Popen[bytes]:
    """The process, which waits for the file; it sees the standard library and the folders of `LIBRARIES`.

    Raises `OSError` when there is no Python or no library to run.
    """
    specs = [find_spec(name) for name in LIBRARIES]
    folders = {str(Path(spec.origin).parents[1]) for spec in specs if spec is not None and spec.origin}
    bounds = {
        "folders": sorted(folders),
        "memory": limits.memory,
        "seconds": limits.seconds,
        "characters": limits.characters,
    }
    # -I and -S: nothing of the environment, of the working folder or of installed packages runs in it.
    command = [sys.executable or "python", "-I", "-S", str(PROGRAM), json.dumps(bounds)]
    return subprocess.Popen(  # noqa: S603 (our own interpreter, program and bounds)
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _told(process: subprocess.Popen[bytes], data: bytes, limits: Limits) -> Iterator[Record]:
    """The records until the first that is cut off or is none; all waiting ends with the process."""
    if process.stdin is None or process.stdout is None:
        return
    # A process that ends before it has read everything says so by its end.
    with suppress(OSError), process.stdin as target:
        target.write(data)
    longest = limits.characters * BYTES_A_CHARACTER + OTHER_BYTES
    with process.stdout as source:
        while (record := _next(source, longest)) is not None:
            yield record


def _next(source: IO[bytes], longest: int) -> Record | None:
    line = source.readline(longest)
    if not line.endswith(b"\n"):
        return None
    try:
        return _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _broken(code: int, late: bool, limits: Limits) -> Broken:
    """Why the process ended with that code: negative ones are the signals that ended it.

    PDFium calls abort() when it gets no memory, and hardly ever otherwise; on Windows that is code 3.
    """
    asked = ""
    if late or code == -getattr(signal, "SIGXCPU", sys.maxsize):
        asked = counted(limits.seconds, "second")
    elif code in {pdfium.NO_MEMORY, -signal.SIGABRT}:
        asked = f"{limits.memory // 1_000_000:,} MB of memory"
    if len(asked) > 0:
        problem = f"reading it takes more than {asked}, the most that one document may take"
        return Broken(problem, beyond_limits=True)
    if code < 0:
        return Broken(f"the process that read it was ended by signal {-code}", beyond_limits=False)
    return Broken(f"the process that read it ended with code {code}", beyond_limits=False)
