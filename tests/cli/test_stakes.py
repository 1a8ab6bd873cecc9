"""`weigh stakes` as it is typed: a case, a sheet, a map; and what it never says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import sample
from weigh.cli.main import run
from weigh.renderers import as_json

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "stakes"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """The small case as a saved assessment."""
    path = tmp_path / "case.json"
    path.write_text(as_json.render(sample.assessment()), encoding="utf-8")
    return path


def test_a_case_fits_the_terminal_and_gives_no_advice(
    saved: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["stakes", str(saved)]) == 0
    out = capsys.readouterr().out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert "Nothing here is advice" in out
    assert "illustrative" in out
    assert not any(word in out.lower() for word in ("should", "we recommend", "must"))


def test_the_chances_are_the_assessments(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stakes", str(saved), "--json", "--pose", "0.1"]) == 0
    found = json.loads(capsys.readouterr().out)
    leader = sample.assessment().hypotheses[0]
    assert found["missed"]["value"] == pytest.approx(leader.probability)
    assert found["wrong_party"]["value"] == pytest.approx(1 - leader.probability)
    assert found["wrong_party"]["low"] == pytest.approx(1 - leader.high)
    assert found["pose"]["value"] == pytest.approx(0.1)
    assert sum(row["share"] for row in found["shares"]) == pytest.approx(1.0)
    assert len(found["indices"]) == found["ranges"]


def test_voices_of_one_origin_are_one(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--crowd", "--statements", "10", "--origins", "1", "--start", "0.2", "--json"]
    assert run(["stakes", str(saved), *words]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["origins_only"] == pytest.approx(0.4286, abs=5e-5)
    assert found["unknown"] < found["independent"]


def test_maps_are_drawn_and_the_same_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "map.svg"
    words = ["stakes", "--deterrence", str(EXAMPLES / "two-states.toml")]
    sweep = ["--sweep", "detection=0:1:20", "identification=0:1:20"]
    assert run([*words, *sweep, "-o", str(target)]) == 0
    first = target.read_bytes()
    assert run([*words, *sweep, "-o", str(target)]) == 0
    assert target.read_bytes() == first
    assert first.startswith(b"<?xml")
    assert b"<title" in first
    capsys.readouterr()
    assert run([*words, *sweep, "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["values"]) == 20
    assert run([*words, *sweep]) == 0
    assert all(len(line) <= 80 for line in capsys.readouterr().out.splitlines())
    assert run(["stakes", "--suspicion", "-", "-o", str(target), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"map": str(target)}


@pytest.mark.parametrize(
    "words",
    [["--deterrence", "-"], ["--suspicion", "-"], ["--signalling", "-"]],
)
def test_every_model_answers_in_text_and_json(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stakes", *words]) == 0
    assert all(len(line) <= 80 for line in capsys.readouterr().out.splitlines())
    assert run(["stakes", *words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "words",
    [[], ["a.json", "--deterrence", "-"], ["a.json", "-o", "x.svg"], ["--deterrence", "-", "-o", "x.svg"]],
)
def test_wrong_use_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stakes", *words]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_unlisted_cannot_be_accused(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stakes", str(saved), "--accused", "unlisted"]) == 2
    assert "cannot be named" in capsys.readouterr().err
