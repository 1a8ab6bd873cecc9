"""One file on trial in a process of its own, with bounds: what it ended in, and what it took."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from weigh.bench.tried import REFUSALS, Program, answered, examined, imported, is_document
from weigh.readers import Unread, read_path

_MEGABYTE = 1e6
_LAST = 300


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a trial may take: `seconds` on the wall, and `memory` in bytes of address space."""

    seconds: int = 300
    memory: int = 4_000_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a trial ended: `unhandled` is empty for a document or a located error, which `said` tells.

    `seconds` of reading it, its evidence and its claims, without the start of the process; `megabytes` at
    the peak, the knowledge included; None where the system does not tell.
    """

    unhandled: str
    said: str
    seconds: float
    megabytes: float | None


def attempt(path: Path, knowledge: Path, bounds: Bounds) -> Outcome:
    """Try a file with the knowledge in a folder."""
    words = [str(path), str(knowledge), str(bounds.memory)]
    start = time.perf_counter()
    code, said = bounded(__name__, words, bounds.seconds)
    if code == 0:
        return msgspec.json.decode(said.splitlines()[-1], type=Outcome)
    return Outcome(said[-_LAST:] or f"ended with code {code}", "", time.perf_counter() - start, None)


def bounded(module: str, words: Sequence[str], seconds: float) -> tuple[int, str]:
    """Run a module of Weigh in a process: its code and what it said, or why it had to be ended."""
    try:
        answer = subprocess.run(  # noqa: S603 (our own interpreter, module and arguments)
            [sys.executable, "-m", module, *words],
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        told = error.stdout or b""  # bytes, whatever was asked for
        return -1, told.decode() + f"no end within {seconds:g} s"
    ended = f"ended by signal {-answer.returncode}" if answer.returncode < 0 else answer.stderr[-_LAST:]
    return answer.returncode, answer.stdout + (ended if answer.returncode != 0 else "")


def peak() -> float | None:
    """The most memory that this process or one that it started and ended has had, in MB, as Linux tells it.

    None elsewhere: what `getrusage` tells of a process includes the one that started it.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    import resource

    own = float(status.read_text("ascii").partition("VmHWM:")[2].split()[0])
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * 1024 / _MEGABYTE


def outcome(path: Path, program: Program) -> Outcome:
    """Read a file here, its evidence and its claims. Whatever is raised but a located error is unhandled."""
    start = time.perf_counter()
    unhandled, said = "", []
    try:
        if not is_document(path.name):
            way = imported if path.suffix == ".eurepoc" else answered
            said.append(way(path.read_bytes(), path.name, program))
        for found in read_path(path) if is_document(path.name) else ():
            if isinstance(found, Unread):
                said.append(f"{found.place}: {found.problem}")
                unhandled = "an error without a place" if found.place == "" or found.problem == "" else ""
            else:
                said.append(examined(found, program))
    except REFUSALS as error:
        said.append(str(error))
        unhandled = "an error without a place" if error.place == "" or error.problem == "" else ""
    except Exception as error:  # noqa: BLE001 (what is measured)
        unhandled = described(error)
    seconds = time.perf_counter() - start
    return Outcome(unhandled, "; ".join(said), seconds, peak())


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


def described(error: Exception) -> str:
    """An error by its kind, what it says, and the last place of Weigh that it passed."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{Path(code.co_filename).name}:{trace.tb_lineno}" if "weigh" in code.co_filename else place
        trace = trace.tb_next
    return f"{type(error).__name__} in {place}: {error}"[:_LAST]


def main(path: str, knowledge: str, memory: str) -> None:
    """The trial itself, in its process."""
    bound_memory(int(memory))
    sys.stdout.write(msgspec.json.encode(outcome(Path(path), Program.on(Path(knowledge)))).decode() + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
