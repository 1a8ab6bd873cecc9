"""`weigh claims` used by a stranger: nothing is ignored in silence, and a refusal can be followed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

STATEMENT = "Estonia accused Russia of hacking Harbour Gate.\n\nRussia denied hacking Harbour Gate.\n"
HOSTILE = (
    '<script>alert("one")</script>\n\n'
    "The <img src=x onerror=alert(2)> Agency accused Russia of hacking <b>Harbour Gate</b>.\n\n"
    "Russia <svg/onload=alert(3)> denied hacking Harbour Gate.\n"
)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """One file that accuses and answers."""
    path = tmp_path / "note.txt"
    path.write_text(STATEMENT, "utf-8")
    return path


@pytest.fixture
def case(weigh: Run, note: Path, tmp_path: Path) -> Path:
    """The case of that one file."""
    path = tmp_path / "one.weigh"
    assert weigh("read", note, "--case", path)[0] == 0
    return path


@pytest.fixture
def silent(weigh: Run, tmp_path: Path) -> Path:
    """A case in which nobody claims anything."""
    (tmp_path / "weather.txt").write_text("The weather is fine, and the harbour is calm today.", "utf-8")
    path = tmp_path / "silent.weigh"
    assert weigh("read", tmp_path / "weather.txt", "--case", path)[0] == 0
    return path


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (("--written-by", "Estonia"), "weigh read FILE --case CASE --source NAME"),
        (("--date", "2021-07-19"), "weigh read FILE --case CASE --source NAME"),
    ],
)
def test_what_is_said_of_files_is_refused_of_a_case(
    weigh: Run, case: Path, words: tuple[str, ...], remedy: str
) -> None:
    code, out, err = weigh("claims", case, *words)
    assert (code, out) == (2, "")
    assert remedy in err


def test_a_past_day_is_of_a_case_and_refused_of_files(weigh: Run, note: Path) -> None:
    code, out, err = weigh("claims", note, "--as-of", "2021-07-19")
    assert (code, out) == (2, "")
    assert "--as-of is of a case" in err


@pytest.mark.parametrize("way", [(), ("--timeline",), ("--against",), ("--origins", "--all"), ("--json",)])
def test_a_saved_assessment_shows_the_claims_that_it_was_saved_with(
    weigh: Run, case: Path, tmp_path: Path, way: tuple[str, ...]
) -> None:
    saved = tmp_path / "monday.json"
    assert weigh("assess", case, "-o", saved)[0] == 0
    code, out, err = weigh("claims", saved, *way)
    assert (code, out) == weigh("claims", case, *way)[:2]
    assert "Russia" in out
    assert "weigh read note.txt --case CASE --source NAME" in err or way == ("--json",)


@pytest.mark.parametrize(
    "words", [("--written-by", "Estonia"), ("--date", "2021"), ("--reader", "rules"), ("note.txt",)]
)
def test_a_saved_assessment_is_read_no_other_way(
    weigh: Run, case: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    saved = tmp_path / "monday.json"
    assert weigh("assess", case, "-o", saved)[0] == 0
    code, out, err = weigh("claims", saved, *words)
    assert (code, out) == (2, "")
    assert "a saved assessment stands alone" in err
    assert weigh("claims", saved, "--as-of", "2020")[0] == 2


def test_an_assessment_without_claims_says_how_it_gets_some(weigh: Run, case: Path, tmp_path: Path) -> None:
    record = json.loads(weigh("assess", case, "--json")[1])
    saved = tmp_path / "bare.json"
    saved.write_text(json.dumps(record | {"statements": None}), "utf-8")
    code, out, err = weigh("claims", saved)
    assert (code, out) == (3, "")
    assert "saved without claims" in err
    assert "weigh assess CASE -o FILE" in err
    saved.write_text(json.dumps(record | {"schema": "weigh.assessment/0"}), "utf-8")
    assert "follows schema 'weigh.assessment/0'" in weigh("claims", saved)[2]


def test_other_json_is_a_document_to_read(weigh: Run, tmp_path: Path) -> None:
    other = tmp_path / "post.json"
    other.write_text(json.dumps({"schema": "post/1", "text": STATEMENT.replace("\n", " ")}), "utf-8")
    code, out, _ = weigh("claims", other)
    assert code == 0
    assert "deny" in out


def test_how_to_name_the_author_of_a_file_can_be_typed_as_it_stands(weigh: Run, note: Path) -> None:
    voice = "We accuse Russia of hacking Harbour Gate.\n"
    note.write_text(voice, "utf-8")
    _, out, err = weigh("claims", note)
    assert "give `--written-by NAME`" in err
    assert "weigh read" not in err
    assert "in note" in out
    assert weigh("claims", note, "--written-by", "Estonia")[2] == ""


def test_the_advice_that_a_refusal_gives_can_be_followed(weigh: Run, case: Path, note: Path) -> None:
    assert weigh("read", note, "--case", case, "--source", "Estonia", "--date", "2021-07-19")[0] == 0
    _, out, err = weigh("claims", case, "--json")
    assert {claim["said"] for claim in json.loads(out)["claims"]} == {"2021-07-19"}
    assert "Nobody has said who wrote" not in err


@pytest.mark.parametrize(
    "way", [(), ("--against",), ("--origins",), ("--timeline",), ("--quotes",), ("--all",)]
)
def test_a_case_without_claims_says_so_once_and_asks_for_nothing(
    weigh: Run, silent: Path, way: tuple[str, ...]
) -> None:
    code, out, err = weigh("claims", silent, *way)
    assert (code, out) == (0, "No claims about responsibility were read.\n")
    assert weigh("claims", silent, "--source", "Estonia", *way)[:2] == (code, out)
    assert "Nobody has said who wrote" not in err


def test_a_case_without_claims_is_empty_lists_as_json(weigh: Run, silent: Path) -> None:
    code, out, _ = weigh("claims", silent, "--against", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["claims"], found["propositions"], found["credits"]) == ([], [], {})


@pytest.mark.parametrize("way", [(), ("--timeline",), ("--against",)])
def test_a_source_that_says_nothing_is_told_from_a_case_without_claims(
    weigh: Run, case: Path, way: tuple[str, ...]
) -> None:
    code, out, _ = weigh("claims", case, "--source", "Chile", *way)
    assert (code, out) == (3, "No claim is made by or through Chile.\n")
    code, out, _ = weigh("claims", case, "--source", "Chile", "--json")
    assert (code, json.loads(out)["claims"]) == (3, [])
    assert weigh("claims", case, "--source", "Estonia", *way)[0] == 0


def test_when_all_claims_are_rejected_that_is_said(weigh: Run, case: Path) -> None:
    ids = [claim["id"] for claim in json.loads(weigh("claims", case, "--json")[1])["claims"]]
    for name in ids:
        assert weigh("reject", case, name, "--because", "a rumour")[0] == 0
    assert weigh("claims", case)[1].startswith("No claim is counted. --all shows those that were read.\n")
    assert "rumour; not counted" in weigh("claims", case, "--all")[1]
    for name in ids:
        assert weigh("undo", case, name)[0] == 0
    again = json.loads(weigh("claims", case, "--json")[1])["claims"]
    assert [claim["id"] for claim in again] == ids


def test_credit_for_a_source_that_says_nothing_is_said_to_change_nothing(weigh: Run, case: Path) -> None:
    plain = weigh("claims", case, "--against")[1]
    code, out, err = weigh("claims", case, "--credit", "Nobody At All=0.9,0.1")
    assert (code, out) == (0, plain)
    assert "no claim is made by or through 'Nobody At All'; it changes nothing" in err
    assert "it changes nothing" not in weigh("claims", case, "--credit", "Russia=0.9,0.1")[2]


@pytest.mark.parametrize("command", [("claims",), ("read", "--case", "new.weigh")])
def test_an_empty_folder_is_said_to_be_empty(
    weigh: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nothing").mkdir()
    code, _, err = weigh(*command, "nothing")
    assert code == 3
    assert "nothing: there is no file to read" in err
    assert not (tmp_path / "new.weigh").exists()


@pytest.mark.parametrize(
    "value", ["said=2021-13-01", "said=2021-02-30", "said=0000", "said=2021-00", "said=٢٠٢١"]
)
def test_a_date_that_no_calendar_has_is_refused(weigh: Run, case: Path, value: str) -> None:
    name = json.loads(weigh("claims", case, "--json")[1])["claims"][0]["id"]
    code, _, err = weigh("correct", case, name, value)
    assert code == 2
    assert "is no date" in err


@pytest.mark.parametrize("decision", ["accept", "reject", "undo", "correct"])
@pytest.mark.parametrize("name", ["clm-", "clm-ffffffff", "clm-../../etc/passwd", "clm-<script>"])
def test_an_id_that_names_no_one_claim_changes_nothing(
    weigh: Run, case: Path, decision: str, name: str
) -> None:
    before = weigh("claims", case, "--json")[1]
    code, _, err = weigh(decision, case, name, *(("degree=by",) if decision == "correct" else ()))
    assert code == 3
    assert "claim" in err
    assert weigh("claims", case, "--json")[1] == before


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "США обвинили Китай в кибератаке на серверы. Москва отрицает причастность к взлому. " * 4,
            "Russian",
        ),
        ("اتهمت الولايات المتحدة الصين بالوقوف وراء الهجوم الإلكتروني على خوادم الشركة. " * 4, "Arabic"),
    ],
)
def test_a_language_that_is_not_read_is_named(weigh: Run, tmp_path: Path, text: str, language: str) -> None:
    (tmp_path / "note.txt").write_text(text, "utf-8")
    code, out, err = weigh("claims", tmp_path / "note.txt")
    assert (code, out) == (0, "No claims about responsibility were read.\n")
    assert f"claims are not read in {language}; they are read in English and Chinese" in err


def test_nothing_of_a_hostile_document_runs_in_the_page(weigh: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "<script>alert(4)<script>.txt").write_text(HOSTILE, "utf-8")
    case, page = tmp_path / "h.weigh", tmp_path / "h.html"
    source, title = "<script>alert(5)</script>", "</title><script>alert(6)</script>"
    assert weigh("read", folder, "--case", case, "--source", source, "--title", title)[0] == 0
    for claim in json.loads(weigh("claims", case, "--json")[1])["claims"]:
        assert (
            weigh("correct", case, claim["id"], "speaker=<b onclick=alert(7)>[x]", "--because", "<i>")[0] == 0
        )
    assert weigh("dossier", case, "-o", page)[0] == 0
    html = page.read_text("utf-8")
    for number in range(1, 8):
        assert f"<script>alert({number})" not in html
    for tag in ("<img", "<svg/", "<b onclick", "</title><script", "<i>"):
        assert tag not in html
    assert html.count("&lt;script&gt;alert(") > 0


def test_what_turns_the_direction_of_a_text_is_shown_and_never_obeyed(weigh: Run, tmp_path: Path) -> None:
    text = "Estonia \u202eaccused\u202c Russia\x00 of hacking Harbour Gate.\x1b[2J\n"
    (tmp_path / "note.txt").write_text(text, "utf-8")
    code, out, err = weigh("claims", tmp_path / "note.txt", "--quotes")
    assert code == 0
    for character in "\u202e\u202c\x00\x1b":
        assert character not in out + err


def test_a_very_long_text_is_one_proposition_with_all_its_claims(weigh: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(STATEMENT * 400, "utf-8")
    code, out, _ = weigh("claims", tmp_path / "long.txt", "--json")
    found = json.loads(out)
    assert code == 0
    assert len(found["claims"]) == 800
    (one,) = found["propositions"]
    assert (len(one["blames"]), len(one["answers"]), one["chains"]["origins"]) == (400, 400, 1)
