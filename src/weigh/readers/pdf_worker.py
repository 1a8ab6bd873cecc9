"""pdfium in a process of its own, with bounds on time and memory, kept for the next document.

What goes wrong inside of it (no end, no memory, a crash) ends that process alone, as one error that
is told like any other; the next document gets a new one. Starting it takes about 0.15 s, once.
"""

from __future__ import annotations

import atexit
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from threading import Lock, Timer
from typing import IO

import msgspec

from weigh.errors import LimitError, ReadingError
from weigh.readers.limits import Limits
from weigh.readers.pdf_pages import Opened
from weigh.readers.pdf_pages import opened as opened_here

_LENGTH = struct.Struct("!Q")
_REMEDY = "print it to a new PDF, or give its text"
_ASKING = Lock()


class Refused(msgspec.Struct, frozen=True):
    """A `ReadingError` on its way between processes; `limit` makes it a `LimitError`."""

    problem: str
    remedy: str
    limit: bool


class Answer(msgspec.Struct, frozen=True):
    """What the other process found: one of the two."""

    opened: Opened | None = None
    refused: Refused | None = None


def opened(data: bytes, limits: Limits) -> Opened:
    """`pdf_pages.opened` within `limits.seconds` and `limits.memory`; raises `LimitError` beyond them."""
    answer = None
    with _ASKING:
        worker = _living_worker()
        watch = Timer(limits.seconds, worker.kill)
        start = time.monotonic()
        watch.start()
        try:
            answer = _asked(worker, data, limits)
        finally:
            watch.cancel()
            # Whoever is interrupted here must not leave his answer to the next one.
            if answer is None or time.monotonic() - start >= limits.seconds:
                dismiss()
    return _told(answer, limits)


def _told(answer: Answer | None, limits: Limits) -> Opened:
    if answer is None:
        most = f"{limits.seconds} seconds or {limits.memory // 10**6:,} MB"
        raise LimitError(f"the PDF takes more than {most} to open, or breaks its reader", remedy=_REMEDY)
    if answer.refused is not None:
        error = LimitError if answer.refused.limit else ReadingError
        raise error(answer.refused.problem, remedy=answer.refused.remedy)
    if answer.opened is None:
        raise ReadingError("the PDF could not be opened", remedy=_REMEDY)
    return answer.opened


def _living_worker() -> subprocess.Popen[bytes]:
    if _worker(os.getpid()).poll() is not None:
        dismiss()
    return _worker(os.getpid())


@cache
def _worker(process: int) -> subprocess.Popen[bytes]:
    """The worker of this process, by its number: one that was forked gets its own."""
    atexit.register(dismiss)
    return subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        [sys.executable, "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONSAFEPATH": "1"},
    )


def dismiss() -> None:
    """End the worker, if there is one; the next document gets a new one."""
    if _worker.cache_info().currsize == 0:
        return
    worker = _worker(os.getpid())
    _worker.cache_clear()
    worker.kill()
    # What it never took is still in the pipe, which breaks when it is closed.
    with suppress(BrokenPipeError), worker:
        worker.wait()


def _asked(worker: subprocess.Popen[bytes], data: bytes, limits: Limits) -> Answer | None:
    """The worker's answer; None when it ended instead."""
    if worker.stdin is None or worker.stdout is None:
        return None
    try:
        _send(worker.stdin, msgspec.msgpack.encode(limits))
        _send(worker.stdin, data)
    except OSError:
        return None
    reply = _receive(worker.stdout)
    return None if reply is None else msgspec.msgpack.decode(reply, type=Answer)


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None when the other side has ended."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    length: int = _LENGTH.unpack(head)[0]
    message = stream.read(length)
    return message if len(message) == length else None


def bound_memory(most: int) -> None:
    """Let this process have at most so many bytes of address space, and leave no core, where that can be.

    Windows and macOS do not bound it.
    """
    try:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return


def _answer(data: bytes, limits: Limits) -> Answer:
    try:
        return Answer(opened=opened_here(data, limits))
    except ReadingError as error:
        return Answer(refused=Refused(error.problem, error.remedy, isinstance(error, LimitError)))


def serve(requests: IO[bytes], answers: IO[bytes], bound: Callable[[int], None] = bound_memory) -> None:
    """Answer one request after the other until there are no more."""
    while (asked := _receive(requests)) is not None and (data := _receive(requests)) is not None:
        limits = msgspec.msgpack.decode(asked, type=Limits)
        bound(limits.memory)
        _send(answers, msgspec.msgpack.encode(_answer(data, limits)))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the program that asks
    serve(sys.stdin.buffer, sys.stdout.buffer)
