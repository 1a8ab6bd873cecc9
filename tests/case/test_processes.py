"""Sudden death, and several programs at one case: with real processes and real signals."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.case import processes
from weigh.case.store import CaseStore

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 120


def _start(call: str, *values: Path | int) -> subprocess.Popen[str]:
    arguments = ", ".join(
        f"Path({str(value)!r})" if isinstance(value, Path) else str(value) for value in values
    )
    code = f"from pathlib import Path; from tests.case import processes; processes.{call}({arguments})"
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def _end(process: subprocess.Popen[str]) -> str:
    out, problem = process.communicate(timeout=SECONDS)
    assert (process.returncode, problem) == (0, "")
    return out


def test_a_writer_killed_at_any_moment_leaves_whole_documents(tmp_path: Path) -> None:
    path = tmp_path / "harbour.weigh"
    assert int(_end(_start("kill_writers", path, 24, 20310403))) > 0
    processes.whole(path)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_case_whose_maker_is_killed_is_whole_or_not_there(tmp_path: Path) -> None:
    assert int(_end(_start("kill_makers", tmp_path, 20, 20310404))) <= len(list(tmp_path.glob("*.weigh")))


def test_two_read_while_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "harbour.weigh"
    CaseStore.open(path).close()
    readers = [_start("watch", path, 50) for _ in range(2)]
    writer = _start("write", path, 50)
    for process in (writer, *readers):
        _end(process)
    assert processes.whole(path) == 50


def test_two_may_write(tmp_path: Path) -> None:
    """Both add the same documents: each is kept once."""
    path = tmp_path / "harbour.weigh"
    writers = [_start("write", path, 30) for _ in range(2)]
    for process in writers:
        _end(process)
    assert processes.whole(path) == 30
