"""The command line as a whole: help, errors, exit codes, and what it costs to start."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from weigh.cli.main import COMMANDS, run


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    for name in COMMANDS:
        assert f"  {name} " in shown
    assert "Exit codes" in shown


@pytest.mark.parametrize("name", [*COMMANDS, "look"])
def test_every_command_has_help_with_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert "Examples:" in shown
    assert f"weigh {name}" in shown or name == "look"
    assert all(len(line) <= 80 for line in shown.splitlines())


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "completion"])
def test_every_command_speaks_json(name: str) -> None:
    command = importlib.import_module(f"weigh.cli.{name}").command
    assert any("--json" in parameter.opts for parameter in command.params)


def test_the_list_of_commands_is_the_commands_there_are() -> None:
    folder = Path(importlib.import_module("weigh.cli").__path__[0])
    shared = {"__init__", "main", "console", "dates", "loading", "judging", "look"}
    assert {path.stem for path in folder.glob("*.py")} - shared == set(COMMANDS)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from weigh.cli.main import run; run(['--help']); "
        "heavy = {'numpy', 'scipy', 'sklearn', 'rich', 'msgspec', 'pypdfium2'} & set(sys.modules); "
        "sys.exit(len(heavy))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False).returncode == 0
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nonsense"], 2, "No such command"),
        (["asess"], 2, "Did you mean assess?"),
        (["qqqq"], 2, "No file is called so"),
        (["post.html", "--bogus"], 2, "see `weigh FILE --help`"),
        (["export", "a.weigh"], 2, "Choose from: stix, misp, navigator"),
        (["assess"], 2, "Missing argument"),
        (["assess", "absent.weigh"], 3, "absent.weigh: there is no such case"),
        (["export", "absent.weigh", "--to", "stix", "--tlp", "purple"], 2, "TLP"),
        (["export", "absent.weigh", "--to", "parchment"], 2, "parchment"),
        (["diff", "a.json", "b.json"], 3, "a.json"),
        (["read", "x", "--case", "y.weigh", "--date", "2021-13-01"], 2, "no date"),
        (["read", "x", "--case", "y.weigh", "--date", "20210719"], 2, "no date"),
        (["read", "x", "--case", "y.weigh", "--date", "9998-01-01"], 2, "--date: 9998-01-01 is yet to come"),
        (["claims", "x.txt", "--date", "9998"], 2, "--date: 9998 is yet to come"),
        (["assess", "absent.weigh", "--as-of", "9998-01"], 2, "--as-of: 9998-01 is yet to come"),
        (["claims", "absent.weigh", "--as-of", "9998-01-01"], 2, "--as-of: 9998-01-01 is yet to come"),
        (["assess", "a.weigh", "--prior", "APT41=0.2", "--prior", "APT41=0.3"], 2, "'APT41' is given twice"),
        (["knowledge", "use"], 2, "FILE"),
        (["bench", "nothing"], 2, "nothing"),
    ],
)
def test_wrong_use_is_one_clear_sentence(
    words: list[str],
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(words) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert "\ufffd" not in shown.err
    assert "Traceback" not in shown.err
    assert list(tmp_path.iterdir()) == []


def test_no_words_at_all_print_the_help_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    code = run([])
    bare = capsys.readouterr()
    assert (run(["--help"]), code) == (0, 2)
    assert bare.err == ""
    assert bare.out == capsys.readouterr().out


def test_an_unknown_command_is_said_as_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["asess", "--json"]) == 2
    assert "assess" in json.loads(capsys.readouterr().err)["error"]


def test_an_error_is_json_when_json_was_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["assess", str(tmp_path / "absent.weigh"), "--json"]) == 3
    record = json.loads(capsys.readouterr().err)
    assert record["exit_code"] == 3
    assert record["place"].endswith("absent.weigh")
    assert "weigh read" in record["remedy"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_names_the_program(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    assert "_WEIGH_COMPLETE" in capsys.readouterr().out
