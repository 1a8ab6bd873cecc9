"""The commands of docs/stakes.md run as they stand there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests import sample
from weigh.cli.main import run
from weigh.renderers import as_json
from weigh.stakes import payoffs

ROOT = Path(__file__).resolve().parents[2]
LINES = re.findall(r"^\$ weigh (stakes .*)$", (ROOT / "docs" / "stakes.md").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("line", LINES)
def test_the_command_runs(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "harbour.json").write_text(as_json.render(sample.assessment()), encoding="utf-8")
    (tmp_path / "my.toml").write_bytes((ROOT / "src" / "weigh" / "stakes" / "payoffs.toml").read_bytes())
    assert run(shlex.split(line.replace("harbour.weigh", "harbour.json"))) == 0
    assert len(capsys.readouterr().out) > 0


def test_there_are_commands_and_every_entry_of_the_file_is_described() -> None:
    text = (ROOT / "docs" / "stakes.md").read_text("utf-8")
    assert len(LINES) >= 8
    names = [*payoffs.Payoffs.__dataclass_fields__, *payoffs.Option.__dataclass_fields__]
    assert [name for name in names if f"`{name}" not in text and f"[{name}]" not in text] == ["illustrative"]
