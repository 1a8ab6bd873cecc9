"""The process that opens PDF files: one for many, ended by its limits, and never twice the same answer."""

from __future__ import annotations

import io
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.readers.samples import pdf
from weigh.errors import LimitError, ReadingError
from weigh.readers import Limits, pdf_worker, read_bytes
from weigh.readers.pdf_pages import opened as opened_here

WHOLE = pdf([["First page."], ["Second page."]], title="A title", comment=True)


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[bytes]]:
    """The worker that is alive now."""
    pdf_worker.opened(WHOLE, Limits())
    yield pdf_worker._worker(os.getpid())
    pdf_worker.dismiss()


def test_another_process_finds_what_this_one_finds() -> None:
    assert pdf_worker.opened(WHOLE, Limits()) == opened_here(WHOLE, Limits())


@pytest.mark.parametrize(
    ("data", "limits", "kind"),
    [
        (b"%PDF-1.7 nonsense", Limits(), ReadingError),
        (WHOLE, Limits(pages=1), LimitError),
        (WHOLE, Limits(characters=3), LimitError),
    ],
)
def test_errors_are_those_of_this_process(data: bytes, limits: Limits, kind: type[ReadingError]) -> None:
    with pytest.raises(kind) as here:
        opened_here(data, limits)
    with pytest.raises(kind) as there:
        pdf_worker.opened(data, limits)
    assert str(there.value) == str(here.value)
    assert type(there.value) is type(here.value)


def test_one_process_serves_many_documents(worker: subprocess.Popen[bytes]) -> None:
    for number in range(3):
        assert read_bytes(pdf([[f"Document {number}."]]), "").text == f"Document {number}."
    assert pdf_worker._worker(os.getpid()) is worker


def test_a_process_that_has_died_is_replaced(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    worker.wait()
    assert pdf_worker.opened(WHOLE, Limits()).title == "A title"
    assert pdf_worker._worker(os.getpid()) is not worker


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no such signal here")
def test_a_process_that_does_not_answer_is_ended_and_replaced(worker: subprocess.Popen[bytes]) -> None:
    worker.send_signal(signal.SIGSTOP)
    with pytest.raises(LimitError, match="more than 0 seconds"):
        pdf_worker.opened(WHOLE, Limits(seconds=0))
    assert worker.poll() is not None
    assert pdf_worker.opened(WHOLE, Limits()).title == "A title"


def test_an_interrupt_leaves_no_answer_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(pdf_worker, "_receive", interrupt)
        with pytest.raises(KeyboardInterrupt):
            pdf_worker.opened(pdf([["Of the first."]]), Limits())
    assert pdf_worker.opened(pdf([["Of the second."]]), Limits()).pages == ("Of the second.",)


def interrupt(stream: object) -> bytes:
    """Ctrl-C, just when the answer is waited for."""
    raise KeyboardInterrupt


def test_an_interrupt_is_not_for_the_worker(worker: subprocess.Popen[bytes]) -> None:
    worker.send_signal(signal.SIGINT)
    assert pdf_worker.opened(WHOLE, Limits()).title == "A title"
    assert pdf_worker._worker(os.getpid()) is worker


def test_requests_are_answered_in_turn_until_there_are_no_more() -> None:
    bounds: list[int] = []
    answers = io.BytesIO()
    asked = b"".join(map(message, [settings(), WHOLE, settings(), b"%PDF-1.7"]))
    pdf_worker.serve(io.BytesIO(asked + b"\0\0"), answers, bounds.append)
    answers.seek(0)
    first, second = (msgspec.msgpack.decode(part, type=pdf_worker.Answer) for part in parts(answers))
    assert first.opened == opened_here(WHOLE, Limits())
    assert second.refused is not None
    assert second.refused.limit is False
    assert bounds == [Limits().memory] * 2


def settings() -> bytes:
    """Limits as they are sent."""
    return msgspec.msgpack.encode(Limits())


def message(data: bytes) -> bytes:
    """A message as it is sent."""
    return struct.pack("!Q", len(data)) + data


def parts(stream: io.BytesIO) -> Iterator[bytes]:
    """The messages that were sent."""
    while len(head := stream.read(8)) == 8:
        yield stream.read(struct.unpack("!Q", head)[0])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is bounded so on Linux")
def test_memory_is_bounded() -> None:
    program = (
        "from weigh.readers.pdf_worker import bound_memory; bound_memory(10**9)\n"
        "try:\n    bytearray(2 * 10**9)\nexcept MemoryError:\n    print('no more')"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "no more\n"


def test_nothing_of_it_is_left_when_the_program_ends() -> None:
    program = (
        "import os; from tests.readers.samples import pdf; from weigh.readers import pdf_worker, read_bytes\n"
        "read_bytes(pdf([['x']]), ''); print(pdf_worker._worker(os.getpid()).pid)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(run.stdout), 0)
