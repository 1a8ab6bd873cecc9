"""A wiper with the traces of other groups, from text to assessment: Olympic Destroyer in words of our own."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.compiling.bundles import Stix, cluster, galaxy_file, group, malware, technique, tool, uses, written
from weigh.cli.main import run
from weigh.compiling import cache
from weigh.compiling.build import Inputs

TEXT = """A wiper at the opening of the winter games

On 9 February 2018, during the opening ceremony, a destructive worm switched off the network of the
organisers of the winter games (T1490). It spread to other machines with PsExec (T1047) and cleared
their event logs (T1070).

Several analysts asked whose work it was, and came to different answers. The file names of the dropped
components match those used by Lazarus Group. The Rich header of the wiper is identical to that of samples of
Lazarus Group. A code fragment of the credential stealer is shared with tools of APT3. The AES key generation
is similar to that used by menuPass. The spreading code resembles NotPetya.
"""
FORGED = "Further work on the sample showed that the Rich header was later found to be forged.\n"
LAZARUS, MODERATE, REALISTIC_POSSIBILITY = "G0032", 0.55, 0.5
Ask = Callable[..., str]


def _objects() -> list[Stix]:
    """The five groups of the story and fifteen others, whom the techniques of the text do not tell apart."""
    named = {22: "APT3", 32: "Lazarus Group", 34: "Sandworm Team", 45: "menuPass"}
    groups = [group(number, name) for number, name in named.items()]
    groups += [group(number) for number in range(100, 115)]
    techniques = [
        {**technique(number), "name": name, "description": f"Adversaries may use {name}."}
        for number, name in (
            (47, "Management Instrumentation"),
            (70, "Indicator Removal"),
            (490, "Inhibit Recovery"),
        )
    ]
    wiper, executor = {**malware(368), "name": "NotPetya"}, {**tool(29), "name": "PsExec"}
    relations = [uses(groups[2], wiper, ("Quay 2017", "Writer. (2017, May 1). Quay."))]
    for place, source in enumerate(groups):
        for number, target in enumerate(techniques):
            if (number + place) % 3 > 0:
                report = (
                    f"Harbour {place} 201{4 + place % 4}",
                    f"Writer. (201{4 + place % 4}, May 1). Harbour.",
                )
                relations.append(uses(source, target, report, description=f"They used {target['name']}."))
    return [*groups, *techniques, wiper, executor, *relations]


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small knowledge, compiled."""
    folder = tmp_path_factory.mktemp("games")
    inputs = Inputs(written(folder, _objects()), galaxy_file(folder, [cluster(1, "Paper Lantern")]))
    cache.use(folder, inputs, lambda step, share: None)
    return folder


@pytest.fixture
def ask(knowledge: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command that must succeed, and gives what it printed."""
    monkeypatch.setenv("WEIGH_CACHE", str(knowledge))

    def call(*words: str | Path) -> str:
        code = run([str(word) for word in words])
        shown = capsys.readouterr()
        assert code == 0, shown.err
        return shown.out

    return call


def _assessed(ask: Ask, folder: Path, text: str) -> dict[str, Any]:
    (folder / "games.txt").write_text(text, encoding="utf-8")
    ask("read", folder / "games.txt", "--case", folder / "games.weigh")
    found: dict[str, Any] = json.loads(ask("assess", folder / "games.weigh", "--json"))
    return found


@pytest.mark.parametrize("text", [TEXT, TEXT + FORGED])
def test_deception_is_flagged_and_nobody_is_named(ask: Ask, tmp_path: Path, text: str) -> None:
    found = _assessed(ask, tmp_path, text)
    posing = found["posing"]
    assert posing["flagged"]
    assert posing["planted"] > 0.9
    assert posing["finding"] != "names"
    assert {row["actor"] for row in posing["artefacts"]} == {"G0022", LAZARUS, "G0034", "G0045"}
    assert posing["leads_with"] < MODERATE
    assert all(row["probability"] < MODERATE for row in found["hypotheses"] if row["id"] != "unlisted")
    assert found["confidence"]["level"] != "high"


def test_once_the_header_is_forged_its_bearer_is_at_most_a_realistic_possibility(
    ask: Ask, tmp_path: Path
) -> None:
    found = _assessed(ask, tmp_path, TEXT + FORGED)
    posing = found["posing"]
    (header,) = [row for row in posing["artefacts"] if row["sort"] == "rich header"]
    assert header["forged"]
    assert header["bits"] < 0
    assert (posing["finding"], posing["posed_as"]) == ("deception", LAZARUS)
    assert posing["sentences"][0].startswith(
        f"With a prior of deception of {posing['prior']:g}, the artefacts that point at Lazarus Group "
    )
    assert posing["leader"] != LAZARUS
    (lazarus,) = [row for row in found["hypotheses"] if row["id"] == LAZARUS]
    assert lazarus["probability"] < REALISTIC_POSSIBILITY


def test_it_is_shown_in_every_place(ask: Ask, tmp_path: Path) -> None:
    _assessed(ask, tmp_path, TEXT + FORGED)
    case = tmp_path / "games.weigh"
    listed = ask("observations", case, "--kind", "artefact")
    assert "rich header points to G0032, forged" in listed.replace("\n", " ") or "forged" in listed
    circumstances = ask("observations", case, "--kind", "circumstance", "--all")
    assert "2018-02-09" in circumstances
    assert "not weighed" in circumstances
    assert all(len(line) <= 80 for line in listed.splitlines())
    assert "Warning: something here was more likely planted" in " ".join(ask("assess", case).split())
    for form in ("markdown", "csv", "stix", "misp"):
        shown = ask("export", case, "--to", form)
        assert "rich header points to G0032, forged" in shown
        assert "2018-02-09" in shown
    ask("dossier", case, "-o", tmp_path / "games.html")
    page = (tmp_path / "games.html").read_text(encoding="utf-8")
    assert "Said to be forged" in page
    assert "Planted in a pose" in page


FRAMED = """kind,value,note
artefact,rich header points to Lazarus Group,seen by us
artefact,code points to APT3,
artefact,key generation points to menuPass,
technique,T1490,
technique,T1047,
technique,T1070,
"""


@pytest.fixture
def framed(ask: Ask, tmp_path: Path) -> Path:
    """A case whose artefacts, entered by hand, point at three actors."""
    (tmp_path / "traces.csv").write_text(FRAMED, encoding="utf-8")
    ask("read", tmp_path / "traces.csv", "--case", tmp_path / "framed.weigh")
    return tmp_path / "framed.weigh"


def test_a_frame_up_is_in_the_first_lines_of_everything(ask: Ask, framed: Path, tmp_path: Path) -> None:
    found = json.loads(ask("assess", framed, "--json"))
    assert found["posing"]["flagged"]
    (caution,) = [words for words in found["cautions"] if words.startswith("Possible frame-up.")]
    screen = " ".join(ask("assess", framed).split())
    assert f"Mind: {caution}" in screen
    assert screen.index(caution) < screen.index("word (ICD 203)")
    report = ask("export", framed, "--to", "markdown").replace("\\", "").replace("&gt;", ">")
    assert f"**Mind:** {caution}" in report
    assert report.index(caution) < report.index("## Why")
    assert "none was planted" not in report
    ask("dossier", framed, "-o", tmp_path / "framed.html")
    page = (tmp_path / "framed.html").read_text(encoding="utf-8")
    assert caution in " ".join(html.unescape(page).split())
    assert page.index("Possible frame-up") < page.index("What cannot be ruled out")


@pytest.mark.parametrize("command", [["assess"], []])
def test_a_threshold_that_a_frame_up_meets_says_so(
    command: list[str], ask: Ask, framed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = str(framed if command else framed.parent / "traces.csv")
    assert run([*command, source, "--json", "--fail-on", "0.01"]) == 1
    shown = capsys.readouterr()
    caution = next(words for words in json.loads(shown.out)["cautions"] if "frame-up" in words)
    assert f"weigh: --fail-on 0.01 is met, but mind: {caution}" in shown.err
    assert run([*command, source, "--fail-on", "1.0"]) == 0
    assert "--fail-on" not in capsys.readouterr().err


def test_the_cost_of_being_wrong_is_not_told_without_it(
    ask: Ask, framed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["stakes", str(framed), "--json"]) == 0
    shown = capsys.readouterr()
    assert "weigh: mind: Possible frame-up. With a prior of deception of 0.03" in shown.err
    assert json.loads(shown.out)["guilty"]


def test_a_threshold_that_is_met_in_a_calm_case_is_met_in_silence(
    ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "calm.csv").write_text("kind,value\ntechnique,T1490\ntechnique,T1047\n", encoding="utf-8")
    ask("read", tmp_path / "calm.csv", "--case", tmp_path / "calm.weigh")
    assert run(["assess", str(tmp_path / "calm.weigh"), "--fail-on", "0.01"]) == 1
    assert "frame-up" not in "".join(capsys.readouterr())


def test_an_item_is_left_out_by_its_name(ask: Ask, framed: Path) -> None:
    by_id = json.loads(ask("assess", framed, "--without", "T1490", "--json"))
    by_name = json.loads(ask("assess", framed, "--without", "inhibit recovery", "--json"))
    assert by_name["hypotheses"] == by_id["hypotheses"]
    assert [row["id"] for row in by_name["features"]] == [row["id"] for row in by_id["features"]]


def test_an_analyst_enters_and_corrects_artefacts(ask: Ask, tmp_path: Path) -> None:
    table = tmp_path / "traces.csv"
    table.write_text(
        "kind,value,note\nartefact,rich header points to Lazarus Group,seen by us\n"
        "artefact,code points to S0368,\nlanguage,strings in Korean,\ntechnique,T1490,\n",
        encoding="utf-8",
    )
    case = tmp_path / "traces.weigh"
    ask("read", table, "--case", case)
    rows = json.loads(ask("observations", case, "--all", "--json"))
    found = {row["value"]: row for row in rows if row["kind"] in ("artefact", "circumstance", "technique")}
    assert set(found) == {"rich header points to G0032", "code points to S0368", "ko", "T1490"}
    assert found["rich header points to G0032"]["pointer"] == "/2/value"
    ask("correct", case, found["rich header points to G0032"]["id"], "rich header points to APT3, forged")
    posing = json.loads(ask("assess", case, "--json"))["posing"]
    assert {(row["actor"], row["forged"]) for row in posing["artefacts"]} == {
        ("G0022", True),
        ("G0034", False),
    }


def test_an_analyst_says_how_easily_a_trace_is_forged_and_takes_it_back(
    ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "traces.csv"
    table.write_text(
        "kind,value,credibility,forgeability\nartefact,rich header points to G0032,1,0.05\n"
        "technique,T1490,,\n",
        encoding="utf-8",
    )
    case = tmp_path / "traces.weigh"
    ask("read", table, "--case", case)

    def header() -> tuple[float, float | None, int]:
        (row,) = json.loads(ask("observations", case, "--kind", "artefact", "--json"))
        return row["forgeability"], row["table_forgeability"], row["credibility"]

    assert header() == (0.05, 0.8, 2)
    (row,) = json.loads(ask("observations", case, "--kind", "artefact", "--json"))
    told = ask("correct", case, row["id"], "forgeability=0.6", "--because", "a copied header")
    assert "It counts under posing" in told
    ask("correct", case, row["id"], "credibility=3")
    assert header() == (0.6, 0.8, 3)
    assert "a copied header" in " ".join(ask("observations", case, "--kind", "artefact").split())
    ask("undo", case, row["id"])
    ask("undo", case, row["id"])
    assert header() == (0.05, 0.8, 2)
    assert run(["correct", str(case), row["id"], "forgeability=6"]) == 2
    assert "0 (hard) to 1 (easy)" in " ".join(capsys.readouterr().err.split())


def test_a_correction_that_points_nowhere_is_refused(
    ask: Ask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _assessed(ask, tmp_path, TEXT)
    case = tmp_path / "games.weigh"
    rows = json.loads(ask("observations", case, "--kind", "artefact", "--json"))
    assert run(["correct", str(case), rows[0]["id"], "rich header points to Nobody"]) == 2
    assert "points to G0007" in " ".join(capsys.readouterr().err.split())
