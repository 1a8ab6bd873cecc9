"""`weigh stakes` on the bundled example and on the example sheets."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import sample
from weigh.cli.main import run
from weigh.renderers.as_json import render

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "stakes"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def weigh(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `weigh stakes`: its exit code, standard output and standard error."""

    def call(*words: str | Path) -> tuple[int, str, str]:
        code = run(["stakes", *(str(word) for word in words)])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return call


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The small case, saved."""
    path = tmp_path / "small.json"
    path.write_text(render(sample.assessment()), "utf-8")
    return path


def _fits(text: str) -> bool:
    return all(len(line) <= 80 for line in text.splitlines())


def test_a_case_on_one_screen(weigh: Run, case: Path) -> None:
    code, out, _ = weigh(case, "--crowd", "--sensitivity")
    assert code == 0
    for part in ("The chance of being wrong", "What each option is worth", "Sobol'", "What a crowd would"):
        assert part in out
    assert "illustrative" in out
    assert _fits(out)


def test_a_case_as_json(weigh: Run, case: Path) -> None:
    code, out, _ = weigh(case, "--json", "--pose", "0.1")
    found = json.loads(out)
    assert code == 0
    assert found["crowd"] is None
    assert found["stakes"]["posed"] == {"value": 0.1, "low": 0.1, "high": 0.1}
    assert found["assessment"] == sample.assessment().id


def test_payoffs_of_ones_own(weigh: Run, case: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "my.toml"
    sheet.write_text(
        'schema = "weigh.payoffs/1"\ntitle = "Mine"\nunit = "points"\nsource = "me"\n'
        '[[option]]\nid = "a"\nname = "wait"\nright = {value = 0}\nwrong = {value = 0}\n'
        '[[option]]\nid = "b"\nname = "ask"\nright = {value = 1}\nwrong = {value = -3}\n',
        "utf-8",
    )
    found = json.loads(weigh(case, "--payoffs", sheet, "--json")[1])["stakes"]
    assert found["options"][1]["bar"] == pytest.approx(0.75)
    assert not found["illustrative"]
    code, out, _ = weigh(case, "--payoffs", sheet)
    assert (code, "nobody measured them" in out, _fits(out)) == (0, False, True)
    sheet.write_text(sheet.read_text("utf-8").replace("value = 1", "value = one"), "utf-8")
    code, _, err = weigh(case, "--payoffs", sheet)
    assert code == 2
    assert "my.toml, line 13" in err


def test_deterrence_and_its_map(weigh: Run, tmp_path: Path) -> None:
    target = tmp_path / "map.svg"
    words = (
        "--deterrence",
        EXAMPLES / "two-states.toml",
        "--sweep",
        "detection=0:1:6",
        "identification=0:1:5",
    )
    code, out, _ = weigh(*words, "-o", target)
    assert code == 0
    assert "54.5 %" in out
    assert _fits(out)
    assert target.read_text("utf-8").startswith("<svg xmlns=")
    found = json.loads(weigh(*words, "--json")[1])
    assert found["equilibria"]["attack"][0] == pytest.approx(0.54528, abs=5e-6)
    assert (len(found["map"]["attack"]), len(found["map"]["attack"][0])) == (5, 6)


def test_more_detection_without_identification_backfires(weigh: Run) -> None:
    words = ("--deterrence", EXAMPLES / "backfire.toml", "--sweep", "detection[2]=0.05:0.65:3",
             "identification[2]=0:1:2", "--json")  # fmt: skip
    attack = json.loads(weigh(*words)[1])["map"]["attack"]
    assert attack[0][-1] > attack[0][0]
    assert attack[1][-1] == pytest.approx(attack[1][0], abs=0.02)


@pytest.mark.parametrize("words", [("--suspicion", "shipped"), ("--deterrence", "shipped")])
def test_what_ships_is_shown(weigh: Run, words: tuple[str, str]) -> None:
    code, out, _ = weigh(*words)
    assert code == 0
    assert "This is a model" in out
    assert _fits(out)


def test_suspicion_with_two_equilibria(weigh: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "sides.toml"
    text = 'schema = "weigh.suspicion/1"\ntitle = "Wary"\nsource = "invented"\nloss = 0.8\ngain = 0.01\n'
    sheet.write_text(text + "phi = 0.0\nhit = 0.9\ncost = [0.3, 0.6]\nalarms = [0.0, 0.0]\n", "utf-8")
    code, out, _ = weigh("--suspicion", sheet, "--sweep", "first=0:0.2:3", "second=0:0.2:3")
    assert code == 0
    assert "both hold themselves up" in " ".join(out.split())
    assert "a second, worse equilibrium" in out


def test_threats(weigh: Run) -> None:
    code, out, _ = weigh("--signalling", EXAMPLES / "signalling.toml")
    assert code == 0
    assert _fits(out)
    for number in ("0.729", "-0.249", "0.260", "-0.260", "-0.236"):
        assert number in out
    kinds = [
        row["kind"]
        for row in json.loads(weigh("--signalling", EXAMPLES / "signalling.toml", "--json")[1])["equilibria"]
    ]
    assert kinds == ["separating", "pooled", "pooled", "always"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "exactly one of"),
        (("x.weigh", "--suspicion", "shipped"), "exactly one of"),
        (("--suspicion", "shipped", "--crowd"), "about a CASE"),
        (("--signalling", "shipped", "--sweep", "a=0:1:3", "b=0:1:3"), "--sweep goes with"),
        (("--signalling", "shipped", "-o", "x.svg"), "no chart"),
        (("--suspicion", "shipped", "--sweep", "loss=0:1:3", "first=0:1:3"), "cannot be swept"),
        (("--deterrence", "nowhere.toml"), "No such file"),
    ],
)
def test_wrong_use_is_said(weigh: Run, words: tuple[str, ...], said: str) -> None:
    code, _, err = weigh(*words)
    assert code == 2
    assert said in err


def test_a_case_that_is_not_there(weigh: Run, tmp_path: Path) -> None:
    code, _, err = weigh(tmp_path / "none.weigh")
    assert code == 3
    assert "no such case" in err


def test_the_chart_of_a_case_never_replaces_the_case(weigh: Run, case: Path, tmp_path: Path) -> None:
    before = case.read_bytes()
    assert weigh(case, "-o", case)[0] == 2
    assert case.read_bytes() == before
    assert weigh(case, "-o", tmp_path / "lines.svg")[0] == 0
    assert "<svg" in (tmp_path / "lines.svg").read_text("utf-8")


def test_every_example_of_the_docs_runs(
    weigh: Run, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (EXAMPLES.parents[1] / "docs" / "stakes.md").read_text("utf-8")
    sheets = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    examples = re.findall(r"^weigh stakes (.*)$", text, re.MULTILINE)
    assert (len(sheets), len(examples)) == (1, 11)
    (tmp_path / "my.toml").write_text(sheets[0], "utf-8")
    (tmp_path / "examples").symlink_to(EXAMPLES.parent)
    monkeypatch.chdir(tmp_path)
    other = sample.assessment().hypotheses[2].id
    for example in examples:
        words = [
            word.replace("harbour.weigh", str(case)).replace("APT40", other) for word in shlex.split(example)
        ]
        code, out, err = weigh(*words)
        assert (code, err) == (0, ""), example
        assert len(out) > 0
    assert (tmp_path / "map.svg").exists()
    assert (tmp_path / "lines.svg").exists()
