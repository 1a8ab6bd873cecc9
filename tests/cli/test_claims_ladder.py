"""`weigh claims` against the evidence, by origins, with credit, and what people decide about claims."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]

TEXTS = {
    "statement.txt": (
        "Estonia attributes the intrusion into Harbour Gate to Russia with high confidence.",
        "Estonia",
        "2021-07-19",
    ),
    "ally.txt": (
        "Latvia stands with Estonia in its attribution of the cyber attack on Harbour Gate to Russia.",
        "Latvia",
        "2021-07-19",
    ),
    "answer.txt": (
        "We reject the groundless accusations of hacking. The United States launched cyber attacks.",
        "Russian Ministry of Foreign Affairs",
        "2021-07-20",
    ),
    "traces.txt": (
        "The intruders used a spearphishing attachment (T1566.001), USB drives (T1091) and Mimikatz (S0002).",
        "Oakline",
        "2021-07-18",
    ),
}


@pytest.fixture
def case(weigh: Run, tmp_path: Path) -> Path:
    """Two accusers, an answer, and traces."""
    path = tmp_path / "harbour.weigh"
    for name, (text, source, date) in TEXTS.items():
        (tmp_path / name).write_text(text, "utf-8")
        assert weigh("read", tmp_path / name, "--case", path, "--source", source, "--date", date)[0] == 0
    return path


def found(weigh: Run, *words: str | Path) -> dict[str, Any]:
    """The claims as JSON."""
    code, out, _ = weigh("claims", *words, "--json")
    assert code == 0
    read: dict[str, Any] = json.loads(out)
    return read


def russia(read: dict[str, Any]) -> dict[str, Any]:
    """The first proposition about Russia."""
    one: dict[str, Any] = next(row for row in read["propositions"] if row["root"] == "RU")
    return one


@pytest.mark.parametrize("flag", ["--origins", "--against"])
def test_every_view_fits_a_terminal(weigh: Run, case: Path, flag: str) -> None:
    code, out, _ = weigh("claims", case, flag)
    assert code == 0
    assert all(len(line) <= 80 for line in out.splitlines())
    assert "Russian Federation" in out
    assert "statements in 2 documents" in " ".join(out.split())


def test_the_ladder_has_one_word_a_rung(weigh: Run, case: Path) -> None:
    row = russia(found(weigh, case, "--against"))
    assert [rung["rung"] for rung in row["rungs"]] == [
        *("machine", "operator", "group", "sponsor", "degree", "motive"),
    ]
    words = {rung["verdict"] for rung in row["rungs"]}
    assert words <= {"supported", "consistent", "not addressed", "against"}
    assert row["defence"]["bases"] == [["none", 1]]


def test_claims_change_no_probability(weigh: Run, case: Path, tmp_path: Path) -> None:
    _, before, _ = weigh("assess", case, "--json")
    (tmp_path / "more.txt").write_text("Poland attributes the cyber attack to Russia. Iran did not.", "utf-8")
    weigh("read", tmp_path / "more.txt", "--case", case, "--source", "Poland", "--date", "2021-07-19")
    _, after, _ = weigh("assess", case, "--json")
    one, two = json.loads(before), json.loads(after)
    assert len(two["statements"]["claims"]) > len(one["statements"]["claims"])
    odds = [{row["id"]: row["probability"] for row in each["hypotheses"]} for each in (one, two)]
    assert odds[0].keys() == odds[1].keys()
    assert all(abs(odds[0][key] - odds[1][key]) <= 1e-12 for key in odds[0])


def test_credit_shows_both_results(weigh: Run, case: Path) -> None:
    read = found(weigh, case, "--credit", "Estonia=0.8,0.2")
    (row,) = read["credits"].get(russia(read)["id"], [None])
    sponsor = next(rung for rung in russia(read)["rungs"] if rung["rung"] == "sponsor")
    if sponsor["probability"] is None:
        assert row is None
        return
    assert row["before"] == sponsor["probability"]
    assert row["after"] > row["before"]


def test_a_ladder_can_be_drawn_from_what_was_known_before(weigh: Run, case: Path) -> None:
    read = found(weigh, case, "--against", "--as-of", "2022-01-01")
    assert len(russia(read)["rungs"]) == 6
    assert weigh("claims", case, "--against", "--as-of", "soon")[0] == 2
    assert weigh("claims", case, "--against", "--as-of", "1990-01-01")[0] == 2


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2021-04-30", "nothing was known on 2021-04-30"),
        ("2021-05", "nothing was known before 2021-05 began"),
        ("2021-13-45", "'2021-13-45' is no date such as 2021-07-19"),
        ("2021-02-30", "'2021-02-30' is no date such as 2021-07-19"),
    ],
)
def test_a_day_without_knowledge_and_one_that_no_calendar_has_are_wrong_use(
    weigh: Run, case: Path, date: str, told: str
) -> None:
    code, _, err = weigh("assess", case, "--as-of", date)
    assert (code, told in err) == (2, True)


def test_what_was_known_on_the_day_of_a_report_holds_that_report(weigh: Run, case: Path) -> None:
    for date, known in (("2021-05-01", "3 were known"), ("2022-05-01", "6 were known")):
        code, out, _ = weigh("assess", case, "--as-of", date, "--json")
        assert code == 0
        assert known in json.loads(out)["assumptions"][0]


@pytest.mark.parametrize("credit", ["Estonia", "Estonia=2,0.1", "=.5,.5"])
def test_a_credit_that_is_none_is_wrong_use(weigh: Run, case: Path, credit: str) -> None:
    code, _, err = weigh("claims", case, "--credit", credit)
    assert code == 2
    assert "credits nobody" in err


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("Estonia=0.8,0.2", "Estonia=0.9,0.1", "--credit: 'Estonia' is credited twice"),
        ("Estonia=0.8,0.2", "estonia=0.8,0.2", "'Estonia' and 'estonia' are one source, credited twice"),
        ("Latvia=0.8,0.2", "LV=0.9,0.1", "'Latvia' and 'LV' are one source, credited twice"),
        ("Port Watch=0.8,0.2", "port watch=0.9,0.1", "are one source, credited twice"),
    ],
)
def test_a_source_is_credited_once(weigh: Run, case: Path, first: str, second: str, said: str) -> None:
    code, out, err = weigh("claims", case, "--credit", first, "--credit", second)
    assert (code, out) == (2, "")
    assert said in err
    assert "give each source its two rates once" in err


@pytest.mark.parametrize(
    ("name", "stances"), [("Latvia", {"endorse"}), ("LV", {"endorse"}), ("Riga", {"endorse"})]
)
def test_a_source_is_known_by_all_its_names(weigh: Run, case: Path, name: str, stances: set[str]) -> None:
    assert {claim["stance"] for claim in found(weigh, case, "--source", name)["claims"]} == stances


def test_a_timeline_is_in_order_as_json_too(weigh: Run, case: Path) -> None:
    said = [claim["said"] for claim in found(weigh, case, "--timeline")["claims"]]
    assert said == sorted(said)
    assert len(set(said)) > 1


def test_files_are_set_against_their_own_evidence(weigh: Run, case: Path, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("statement.txt", "traces.txt")]
    assert case.exists()
    plain = found(weigh, *files, "--written-by", "Estonia")
    assert russia(plain)["rungs"] == []
    laid = found(weigh, *files, "--written-by", "Estonia", "--against")
    assert len(russia(laid)["rungs"]) == 6


def test_a_claim_is_rejected_shown_on_demand_and_taken_back(weigh: Run, case: Path) -> None:
    before = found(weigh, case)
    target = next(claim["id"] for claim in before["claims"] if claim["stance"] == "endorse")
    code, out, _ = weigh("reject", case, target[:12], "--because", "a rumour", "--author", "R. Vance")
    assert code == 0
    assert "No probability changed: a claim weighs nothing." in out
    after = found(weigh, case)
    assert target not in {claim["id"] for claim in after["claims"]}
    assert russia(after)["chains"]["documents"] == russia(before)["chains"]["documents"] - 1
    shown = " ".join(weigh("claims", case, "--all")[1].split())
    assert "Rejected, not counted" in shown
    assert "rejected by R. Vance: a rumour" in shown
    assert weigh("undo", case, target)[0] == 0
    assert found(weigh, case) == before


def test_a_field_is_corrected_and_keeps_its_author(weigh: Run, case: Path) -> None:
    target = next(claim["id"] for claim in found(weigh, case)["claims"] if claim["stance"] == "endorse")
    assert weigh("correct", case, target, "degree=linked", "--author", "A")[0] == 0
    code, out, _ = weigh("correct", case, target, "speaker=Riga", "--author", "B", "--json")
    assert code == 0
    assert json.loads(out)["judgements"][0]["value"] == "speaker=Latvia [LV]"
    claim = next(each for each in found(weigh, case)["claims"] if each["id"] == target)
    assert claim["degree"] == "linked"
    assert [(row["field"], row["author"]) for row in claim["corrections"]] == [
        ("degree", "A"),
        ("speaker", "B"),
    ]


def test_a_judged_claim_is_found_again_when_its_source_is_named(weigh: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Iran hacked the ministry.", "utf-8")
    path = tmp_path / "late.weigh"
    weigh("read", tmp_path / "note.txt", "--case", path)
    target = found(weigh, path)["claims"][0]["id"]
    assert weigh("reject", path, target)[0] == 0
    weigh("read", tmp_path / "note.txt", "--case", path, "--source", "Chile")
    assert found(weigh, path)["claims"] == []
    assert weigh("undo", path, target)[0] == 0
    assert [claim["speaker"] for claim in found(weigh, path)["claims"]] == ["Chile"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("reject", "{case}", "clm-zzzz"), 3),
        (("correct", "{case}", "clm-", "degree=linked"), 3),
        (("undo", "{case}", "{claim}"), 3),
        (("correct", "{case}", "{claim}", "degree=very"), 2),
        (("correct", "{case}", "{claim}", "T1566"), 2),
    ],
)
def test_what_cannot_be_decided_is_said(weigh: Run, case: Path, words: tuple[str, ...], code: int) -> None:
    claim = found(weigh, case)["claims"][0]["id"]
    result, _, err = weigh(*(word.format(case=case, claim=claim) for word in words))
    assert result == code
    assert "weigh: " in err


def test_unsigned_documents_stand_under_their_names_with_one_hint(weigh: Run, tmp_path: Path) -> None:
    path = tmp_path / "late.weigh"
    for name in ("note-20210719.txt", "memo-20210720.txt"):
        (tmp_path / name).write_text(f"Iran hacked the ministry. {name[:4]}", "utf-8")
        weigh("read", tmp_path / name, "--case", path)
    _, out, err = weigh("claims", path)
    assert "in note-20210719.txt" in out
    assert "2021-07-19~" in out
    assert "somebody unnamed" not in out
    assert err.count("--source NAME") == 1


def test_the_dossier_and_the_saved_assessment_hold_the_claims(weigh: Run, case: Path, tmp_path: Path) -> None:
    page = tmp_path / "harbour.html"
    assert weigh("dossier", case, "-o", page)[0] == 0
    html = page.read_text("utf-8")
    assert 'id="claims"' in html
    assert "Latvia stands with Estonia" in html
    assert "Who says what" in html
