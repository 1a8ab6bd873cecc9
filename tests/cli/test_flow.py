"""The main job on the bundled example, command by command, as a user goes through it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

DOCUMENTS = Path(__file__).resolve().parents[2] / "examples" / "harbour" / "documents"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def case(weigh: Run, tmp_path: Path) -> Path:
    """A case with the example read into it."""
    path = tmp_path / "harbour.weigh"
    assert weigh("read", DOCUMENTS, "--case", path)[0] == 0
    return path


def _json(text: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(text)
    return found


def test_files_are_weighed_at_once_and_nothing_is_saved(
    weigh: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, _ = weigh(DOCUMENTS / "incident-report.html")
    assert code == 0
    assert "unlisted" in out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert "\x1b" not in out
    assert list(tmp_path.iterdir()) == []


def test_what_the_extractors_left_out_is_told_and_kept(weigh: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("They used T1566. " * 600, encoding="utf-8")
    target = tmp_path / "long.weigh"
    code, out, _ = weigh("read", tmp_path / "long.txt", "--case", target)
    assert code == 0
    assert "T1566 is mentioned at least 600 times" in out
    (document,) = json.loads(weigh("assess", target, "--json")[1])["documents"]
    assert any("the first 500 mentions are kept" in notice for notice in document["notices"])
    at_once = json.loads(weigh(tmp_path / "long.txt", "--json")[1])
    assert at_once["documents"][0]["notices"] == document["notices"]


def test_reading_twice_changes_nothing(weigh: Run, case: Path) -> None:
    before = weigh("assess", case, "--json")[1]
    code, out, _ = weigh("read", DOCUMENTS, "--case", case, "--json")
    assert code == 0
    rows = json.loads(out)["documents"]
    assert {row["status"] for row in rows} == {"already there"}
    assert weigh("assess", case, "--json")[1] == before


def test_what_cannot_be_read_is_said_and_the_rest_is_read(weigh: Run, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (tmp_path / "note.txt").write_text("They used Mimikatz.", encoding="utf-8")
    target = tmp_path / "new.weigh"
    code, out, _ = weigh("read", tmp_path / "picture.png", tmp_path / "note.txt", "--case", target)
    assert code == 0
    assert "not read" in out
    assert "note.txt" in out
    assert weigh("read", tmp_path / "picture.png", "--case", target)[0] == 3
    assert target.exists()
    assert weigh("read", tmp_path / "picture.png", "--case", tmp_path / "never.weigh")[0] == 3
    assert not (tmp_path / "never.weigh").exists()
    assert weigh(tmp_path / "picture.png")[0] == 3


def test_who_wrote_it_is_kept(weigh: Run, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("They used Mimikatz.", encoding="utf-8")
    target = tmp_path / "new.weigh"
    words = ["--source", "Port CERT", "--reliability", "b", "--date", "2021-07-19", "--tlp", "green"]
    assert weigh("read", note, "--case", target, "--title", "A port", *words)[0] == 0
    found = json.loads(weigh("assess", target, "--json")[1])
    row = found["documents"][0]
    assert (row["source"], row["reliability"], row["date"], row["tlp"]) == (
        "Port CERT",
        "B",
        "2021-07-19",
        "GREEN",
    )
    assert found["title"] == "A port"
    assert found["tlp"] == "GREEN"


def test_a_saved_assessment_stands_in_for_the_case(weigh: Run, case: Path, tmp_path: Path) -> None:
    saved = tmp_path / "monday.json"
    assert weigh("assess", case, "-o", saved)[0] == 0
    assert saved.read_text(encoding="utf-8") == weigh("assess", case, "--json")[1]
    assert weigh("dossier", saved)[1] == weigh("dossier", case)[1]
    for target in ("stix", "misp", "navigator", "markdown", "csv", "json"):
        from_case = weigh("export", case, "--to", target)
        assert from_case[0] == 0
        assert from_case[1] == weigh("export", saved, "--to", target)[1]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("dossier",), "html"),
        (("export", "--to", "markdown"), "markdown"),
        (("export", "--to", "csv"), "csv"),
    ],
)
def test_what_is_no_json_by_itself_is_a_string_of_one_that_was_asked_for(
    weigh: Run, case: Path, tmp_path: Path, words: tuple[str, ...], key: str
) -> None:
    text = weigh(*words, case)[1]
    assert _json(weigh(*words, case, "--json")[1]) == {key: text}
    told = _json(weigh(*words, case, "--json", "-o", tmp_path / 'a "page".txt')[1])
    assert 'a "page".txt' in str(told)


def test_what_is_json_already_stays_as_it_is(weigh: Run, case: Path) -> None:
    for target in ("stix", "misp", "navigator", "json"):
        assert weigh("export", case, "--to", target, "--json") == weigh("export", case, "--to", target)


@pytest.mark.parametrize(
    "words", [("assess",), ("why", "unlisted"), ("ach",), ("observations",), ("claims",)]
)
def test_what_is_piped_has_no_blanks_at_the_end_of_a_line(
    weigh: Run, case: Path, words: tuple[str, ...]
) -> None:
    code, out, _ = weigh(words[0], case, *words[1:])
    assert code == 0
    assert [line for line in out.splitlines() if line != line.rstrip()] == []


def test_why_sums_to_the_odds(weigh: Run, case: Path) -> None:
    found = json.loads(weigh("assess", case, "--json")[1])
    first, second = found["hypotheses"][:2]
    fall = json.loads(weigh("why", case, first["id"], "--against", second["id"], "--json")[1])
    assert sum(bar["bits"] for bar in fall["bars"]) == pytest.approx(fall["total"], abs=1e-9)
    odds = first["probability"] / second["probability"]
    assert 2.0 ** fall["total"] == pytest.approx(odds, rel=1e-9)
    code, out, _ = weigh("why", case, first["name"] if first["id"] != "unlisted" else "unlisted")
    assert code == 0
    assert "total" in out


def test_the_matrix_is_that_of_the_assessment(weigh: Run, case: Path, tmp_path: Path) -> None:
    found = json.loads(weigh("assess", case, "--json")[1])
    assert json.loads(weigh("ach", case, "--json")[1]) == found["ach"]
    code, out, _ = weigh("ach", case)
    assert code == 0
    assert "credibility" in out
    names = {row["id"]: row["name"] for row in found["hypotheses"]}
    assert all(name == "unlisted" or names[name] in out for name in found["ach"]["hypotheses"])
    (tmp_path / "bare.txt").write_text("Nothing was seen.", encoding="utf-8")
    assert weigh("read", tmp_path / "bare.txt", "--case", tmp_path / "bare.weigh")[0] == 0
    assert "There is no matrix" in weigh("ach", tmp_path / "bare.weigh")[1]
    assert json.loads(weigh("ach", tmp_path / "bare.weigh", "--json")[1]) is None


def test_why_says_when_nobody_is_meant(weigh: Run, case: Path) -> None:
    code, _, err = weigh("why", case, "Nobody Known")
    assert code == 2
    assert "`weigh knowledge search 'Nobody Known'`" in err
    assert weigh("knowledge", "search", "Nobody Known")[0] == 0
    assert "search 'Nobody Known'`" in weigh("knowledge", "show", "Nobody Known")[2]


def test_a_decision_is_shown_kept_and_undone(weigh: Run, case: Path) -> None:
    before = weigh("assess", case, "--json")[1]
    row = next(
        row for row in json.loads(weigh("observations", case, "--json")[1]) if row["kind"] == "software"
    )
    words = ["--because", "a test file", "--author", "R. Vance"]
    code, out, _ = weigh("reject", case, row["id"][:14], *words)
    assert code == 0
    assert "reject" in out
    rejected = json.loads(weigh("assess", case, "--json")[1])
    kept = next(item for item in rejected["observations"] if item["id"] == row["id"])
    assert kept["judgement"]["author"] == "R. Vance"
    assert "a test file" in kept["set_aside"]
    assert weigh("undo", case, row["id"], "--author", "R. Vance")[0] == 0
    assert weigh("assess", case, "--json")[1] == before


def test_a_rejection_says_which_passages_still_bear_the_fact(weigh: Run, case: Path) -> None:
    facts = json.loads(weigh("assess", case, "--json")[1])["features"]
    fact = next(row for row in facts if len(row["observations"]) > 1)
    first, *rest = fact["observations"]
    (left,) = json.loads(weigh("reject", case, first, "--author", "me", "--json")[1])["still_said"]
    assert (left["feature"], left["observations"]) == (fact["id"], rest)
    assert json.loads(weigh("undo", case, first, "--author", "me", "--json")[1])["still_said"] == []
    out = " ".join(weigh("reject", case, first, "--author", "me")[1].split())
    assert f"({fact['id']}), so that it stays: {rest[0][:12]}" in out
    assert "so that it stays" not in weigh("reject", case, *rest, "--author", "me")[1]


def test_a_correction_weighs_what_a_person_said(weigh: Run, case: Path) -> None:
    row = next(
        row for row in json.loads(weigh("observations", case, "--json")[1]) if row["kind"] == "technique"
    )
    change = json.loads(
        weigh("correct", case, row["id"], "T1490", "--because", "misread", "--author", "me", "--json")[1]
    )
    assert change["judgements"][0]["value"] == "T1490"
    found = json.loads(weigh("assess", case, "--json")[1])
    corrected = next(item for item in found["observations"] if item["id"] == row["id"])
    assert (corrected["value"], corrected["probability"]) == ("T1490", 1.0)


@pytest.mark.parametrize("verdict", ["accept", "reject", "undo"])
def test_an_unknown_observation_is_an_error_that_changes_nothing(
    weigh: Run, case: Path, verdict: str
) -> None:
    before = case.read_bytes()
    code, out, err = weigh(verdict, case, "obs-nothing", "--author", "me")
    assert code in {2, 3}
    assert out == ""
    assert "obs-nothing" in err
    assert case.read_bytes() == before


def test_diff_names_the_evidence(weigh: Run, case: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    weigh("assess", case, "-o", old)
    note = tmp_path / "more.txt"
    note.write_text("Afterwards they ran Mimikatz and T1490 was observed.", encoding="utf-8")
    weigh("read", note, "--case", case)
    weigh("assess", case, "-o", new)
    change = _json(weigh("diff", old, new, "--json")[1])
    assert change["documents_added"] == ["more.txt"]
    assert weigh("diff", old, old)[1].strip() == "Nothing changed."
    assert weigh("diff", old, new, "--fail-on-change")[0] == 1
    assert weigh("diff", old, old, "--fail-on-change")[0] == 0


def test_fail_on_is_an_exit_code(weigh: Run, case: Path) -> None:
    assert weigh("assess", case, "--fail-on", "0.0")[0] == 1
    assert weigh("assess", case, "--fail-on", "1.0")[0] == 0


def test_the_dossier_is_written_whole_or_not_at_all(weigh: Run, case: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert weigh("dossier", case, "-o", page)[0] == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    code, _, err = weigh("dossier", case, "-o", tmp_path / "absent" / "page.html")
    assert code == 3
    assert "absent" in err


def test_knowledge_is_shown_and_searched(weigh: Run) -> None:
    code, out, _ = weigh("knowledge")
    assert code == 0
    assert "Weights of the model" in out
    assert "Sets of answers are calibrated on" in out
    assert json.loads(weigh("knowledge", "--json")[1])["counts"]["groups"] > 0
    assert weigh("knowledge", "show", "no such actor")[0] == 2
    assert weigh("knowledge", "search", "no such actor")[0] == 0


def test_knowledge_that_is_undated_cannot_be_fitted(weigh: Run) -> None:
    code, _, err = weigh("knowledge", "fit")
    assert code == 4
    assert "weigh: " in err


def test_a_wider_marking_than_the_documents_is_said(weigh: Run, case: Path) -> None:
    _, _, err = weigh("export", case, "--to", "csv", "--tlp", "clear")
    assert "TLP:CLEAR is wider than TLP:GREEN" in err
    assert weigh("export", case, "--to", "csv", "--tlp", "red")[2] == ""


def test_layers_for_actors_are_navigators_alone(weigh: Run, case: Path) -> None:
    assert isinstance(json.loads(weigh("export", case, "--to", "navigator", "--actors", "2")[1]), list)
    code, _, err = weigh("export", case, "--to", "csv", "--actors", "2")
    assert code == 2
    assert "--actors" in err


def test_a_correction_to_nonsense_is_refused(weigh: Run, case: Path) -> None:
    row = next(
        row for row in json.loads(weigh("observations", case, "--json")[1]) if row["kind"] == "technique"
    )
    code, out, err = weigh("correct", case, row["id"], "Kevin", "--author", "me")
    assert (code, out) == (2, "")
    assert "Kevin" in err


def test_several_observations_are_decided_at_once_or_none_is(weigh: Run, case: Path) -> None:
    rows = json.loads(weigh("observations", case, "--kind", "technique", "--json")[1])[:2]
    ids = [row["id"] for row in rows]
    before = weigh("assess", case, "--json")[1]
    assert weigh("reject", case, *ids, "obs-nothing", "--author", "me")[0] in {2, 3}
    assert weigh("assess", case, "--json")[1] == before
    change = json.loads(weigh("reject", case, *ids, "--author", "me", "--json")[1])
    assert [made["observation"] for made in change["judgements"]] == ids


def test_what_is_ruled_out_is_not_handed_on(weigh: Run, case: Path) -> None:
    rows = json.loads(weigh("observations", case, "--all", "--kind", "indicator", "--json")[1])
    ruled_out = {row["value"] for row in rows if row["ruled_out"]}
    assert len(ruled_out) > 0
    bundle = json.loads(weigh("export", case, "--to", "stix")[1])
    named = {item["name"] for item in bundle["objects"] if item["type"] == "indicator"}
    assert named & ruled_out == set()


def test_what_is_said_about_a_document_can_be_said_anew(weigh: Run, tmp_path: Path) -> None:
    note, target = tmp_path / "note.txt", tmp_path / "new.weigh"
    note.write_text("They used Mimikatz.", encoding="utf-8")
    weigh("read", note, "--case", target, "--source", "Port", "--date", "2020")
    code, out, _ = weigh("read", note, "--case", target, "--date", "2021-07-19")
    assert code == 0
    assert "already there" in out
    (row,) = json.loads(weigh("assess", target, "--json")[1])["documents"]
    assert (row["source"], row["date"]) == ("Port", "2021-07-19")


def test_no_result_takes_the_place_of_an_input(weigh: Run, case: Path, tmp_path: Path) -> None:
    before = case.read_bytes()
    code, _, err = weigh("dossier", case, "-o", case)
    assert code == 2
    assert "not overwritten" in err
    assert case.read_bytes() == before
    note = tmp_path / "note.txt"
    note.write_text("They used Mimikatz.", encoding="utf-8")
    assert weigh(note, "--dossier", note)[0] == 2
    assert note.read_text(encoding="utf-8") == "They used Mimikatz."


def test_a_link_is_followed_and_stays_a_link(weigh: Run, case: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "target.html", tmp_path / "link.html"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    assert weigh("dossier", case, "-o", link)[0] == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_names_of_files_are_shown_and_never_obeyed(weigh: Run, tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    names = [b"a\x1b[2J.txt", b"b\nLeads: APT28.txt", b"\xff\xfe.txt"]
    for name in names:
        path = os.fsencode(folder) + b"/" + name
        with open(path, "wb") as file:
            file.write(b"They used Mimikatz in case " + str(len(name)).encode())
    code, out, err = weigh("read", folder, "--case", tmp_path / "h.weigh")
    assert code == 0
    assert "\x1b" not in out + err
    assert len(out.splitlines()) == len(names)
    assert weigh("assess", tmp_path / "h.weigh", "--json")[0] == 0


def test_no_facts_hand_on_no_actor(weigh: Run, tmp_path: Path) -> None:
    note, target = tmp_path / "note.txt", tmp_path / "thin.weigh"
    note.write_text("The ministry regrets what was said.", encoding="utf-8")
    weigh("read", note, "--case", target)
    assert "No answer" in weigh("assess", target)[1]
    bundle = json.loads(weigh("export", target, "--to", "stix")[1])
    assert [item for item in bundle["objects"] if item["type"] == "intrusion-set"] == []
    assert "there is no answer" in weigh("export", target, "--to", "markdown")[1]


def test_why_needs_two_hypotheses(weigh: Run, case: Path) -> None:
    assert weigh("why", case, "unlisted", "--against", "unlisted")[0] == 2
