"""What the README shows is what the program does, on the knowledge that is installed with it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import weigh
from weigh.api import Workbench
from weigh.cli.main import run

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_POINTS = 0.05


@pytest.fixture(scope="module")
def bench() -> Workbench:
    """The installed knowledge, compiled once for this machine."""
    return Workbench()


def _shown() -> list[tuple[str, float]]:
    """(name, probability) of the rows of the ranking that the README prints."""
    rows = re.findall(r"^ \d (\w[\w ]*?)(?: G\d+| \().*?([\d.]+) %", README, flags=re.MULTILINE)
    return [(name, float(figure) / 100) for name, figure in rows]


def test_the_worked_example_gives_what_is_printed(bench: Workbench, tmp_path: Path) -> None:
    with weigh.Case.open(tmp_path / "harbour.weigh", bench=bench) as case:
        case.read(ROOT / "examples" / "harbour" / "documents")
        found = {row.name: row.probability for row in case.assess().hypotheses}
        found["unlisted"] = next(row.probability for row in case.assess().hypotheses if row.id == "unlisted")
    shown = _shown()
    assert len(shown) >= 5
    assert shown[0][0] == "Tropic Trooper"
    for name, probability in shown:
        assert found[name] == pytest.approx(probability, abs=_POINTS)


def _unfigured(text: str) -> list[str]:
    """Lines whose figures, and the bars and blanks that follow from them, are evened out."""
    bare = re.sub(r"[▏▎▍▌▋▊▉█]", " ", re.sub(r"[<>]?\d+(\.\d+)?", "0", text))
    return [re.sub(r" +", " ", line).rstrip() for line in bare.splitlines()]


def test_the_worked_example_is_printed_as_the_program_prints_it(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (block,) = re.findall(r"```\n(\$ weigh read .*?)^\.\.\.\n```", README, flags=re.DOTALL | re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    assert bench.knowledge.stamp.embedded
    for part in re.split(r"^\$ weigh ", block, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        assert run(shlex.split(line)) == 0
        printed = _unfigured(capsys.readouterr().out)
        expected = _unfigured(shown)
        assert printed[: len(expected)] == expected


def test_the_python_of_the_readme_runs(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    assert bench.knowledge.stamp.embedded
    exec(compile(code, "README.md", "exec"), {})
    assert "Tropic Trooper: " in capsys.readouterr().out


@pytest.mark.parametrize("line", list(re.findall(r"^\$ weigh (.*)$", README, flags=re.MULTILINE)))
def test_the_commands_of_the_readme_are_right(line: str, tmp_path: Path) -> None:
    command = line.split()[0]
    options = set(re.findall(r"--[a-z]+", line))
    assert run([command, "--help"]) == 0
    module = __import__(f"weigh.cli.{command}", fromlist=["command"])
    known = {name for parameter in module.command.params for name in parameter.opts}
    assert options <= known
