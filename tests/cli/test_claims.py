"""`weigh claims` on a case and on files: tables of 80 columns, JSON that can be checked, what fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.claims.service import said, serving
from weigh.api import Workbench, read_documents

Run = Callable[..., tuple[int, str, str]]

STATEMENT = (
    "Estonia attributes the intrusion into its ministry to Russia with high confidence.\n\n"
    "Estonia calls on Russia to stop its malicious cyber activities.\n"
)
ANSWER = (
    "We reject the groundless accusations of hacking. The notorious United States itself launched "
    "cyber attacks against Russia.\n"
)


@pytest.fixture
def case(weigh: Run, tmp_path: Path) -> Path:
    """A case with an accusation and an answer to it, each with its source and date."""
    path = tmp_path / "harbour.weigh"
    for name, text, source, date in (
        ("statement.txt", STATEMENT, "Estonia", "2021-07-19"),
        ("answer.txt", ANSWER, "Russian Ministry of Foreign Affairs", "2021-07-20"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
        assert weigh("read", tmp_path / name, "--case", path, "--source", source, "--date", date)[0] == 0
    return path


def test_a_case_s_claims_stand_by_whom_they_are_about(weigh: Run, case: Path) -> None:
    code, out, _ = weigh("claims", case)
    assert code == 0
    assert all(len(line) <= 80 for line in out.splitlines())
    assert out.startswith("Russian Federation")
    assert "United States\n" in out
    assert "counter-accuse" in out
    for words in ("Estonia", "attribute", "urge", "deny", "2021-07-19", "2021-07-20", "confidence"):
        assert words in out
    assert "“notorious”" in out


def test_a_timeline_is_in_the_order_of_dates(weigh: Run, case: Path) -> None:
    code, out, _ = weigh("claims", case, "--timeline")
    assert code == 0
    assert out.index("2021-07-19") < out.index("2021-07-20")
    assert "█" in out


def test_quotes_give_the_words_and_their_place(weigh: Run, case: Path) -> None:
    _, out, _ = weigh("claims", case, "--quotes")
    assert "“Estonia attributes the intrusion" in out
    assert "statement.txt:0, clm-" in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_only_the_claims_of_one_source(weigh: Run, case: Path) -> None:
    _, out, _ = weigh("claims", case, "--source", "estonia", "--json")
    assert {claim["stance"] for claim in json.loads(out)["claims"]} == {"attribute", "urge"}
    assert weigh("claims", case, "--source", "RU", "--json")[1] != out
    assert weigh("claims", case, "--source", "Chile")[1] == "No claim is made by or through Chile.\n"


def test_json_can_be_checked_against_the_text(weigh: Run, case: Path) -> None:
    code, out, _ = weigh("claims", case, "--json")
    found = json.loads(out)
    assert code == 0
    texts = {"statement.txt": STATEMENT, "answer.txt": ANSWER}
    assert len(found["claims"]) == 4
    for claim in found["claims"]:
        span = claim["span"]
        assert texts[claim["document_name"]][span["start"] : span["end"]] == claim["original"]
        assert claim["id"].startswith("clm-")
    assert sorted(word["words"] for word in found["loaded_words"]) == ["malicious", "notorious"]
    assert found["notices"] == []


def test_a_source_that_is_named_later_speaks_from_then_on(weigh: Run, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Iran hacked the ministry.", "utf-8")
    path = tmp_path / "late.weigh"
    weigh("read", tmp_path / "note.txt", "--case", path)
    _, out, err = weigh("claims", path, "--json")
    assert json.loads(out)["claims"][0]["speakers"] == []
    assert "nobody says who wrote it" in json.loads(out)["notices"][0]["problem"] + err
    weigh("read", tmp_path / "note.txt", "--case", path, "--source", "Chile")
    speakers = json.loads(weigh("claims", path, "--json")[1])["claims"][0]["speakers"]
    assert [party["key"] for party in speakers] == ["CL"]


def test_files_are_read_without_a_case(weigh: Run, tmp_path: Path) -> None:
    (tmp_path / "statement.txt").write_text(STATEMENT, "utf-8")
    code, out, _ = weigh(
        "claims", tmp_path / "statement.txt", "--written-by", "Estonia", "--date", "2021-07-19"
    )
    assert code == 0
    assert "Estonia" in out
    assert "2021-07-19" in out


def test_a_language_that_is_not_read_is_said_by_name(weigh: Run, tmp_path: Path) -> None:
    text = (
        "Das Ministerium sagte, dass es von dem Angriff nichts wisse und die Sache nicht untersuchen werde."
    )
    (tmp_path / "meldung.txt").write_text(text, "utf-8")
    code, out, err = weigh("claims", tmp_path / "meldung.txt")
    assert code == 0
    assert "No claims" in out
    assert "not read in German" in err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["claims"], 2),
        (["claims", "missing.weigh"], 3),
        (["claims", "missing.txt"], 3),
        (["claims", "x.txt", "--date", "yesterday"], 2),
    ],
)
def test_what_cannot_be_done_is_said(weigh: Run, words: list[str], code: int) -> None:
    found, _, err = weigh(*words)
    assert found == code
    assert err.startswith("weigh: ")


def test_a_language_model_reads_where_an_endpoint_is_named(weigh: Run, case: Path) -> None:
    quote = "Estonia attributes the intrusion into its ministry to Russia"
    claim = {"quote": quote, "stance": "attribute", "speakers": ["Estonia"], "accused": ["Russia"]}
    with serving(said(claim, {**claim, "quote": "Russia did it"})) as service:
        code, out, err = weigh("claims", case, "--reader", "llm", "--endpoint", service.url, "--json")
        assert len(service.asked) == 2
    assert code == 0
    found = json.loads(out)
    assert [(one["original"], one["reader"]) for one in found["claims"]] == [
        (quote, "language model default")
    ]
    assert sorted(notice["problem"].partition(": ")[2] for notice in found["notices"]) == [
        "quotes not in the text: 1",
        "quotes not in the text: 2",
    ]
    assert f"weigh: the text of 2 documents stays on this machine and goes to {service.url}" in err


@pytest.mark.parametrize(
    "words",
    [
        ("--reader", "llm"),
        ("--endpoint", "http://localhost:1/v1"),
        ("--reader", "llm", "--endpoint", "http://models.example/v1"),
        ("--reader", "horoscope"),
    ],
)
def test_a_reader_that_cannot_be_asked_is_wrong_use(weigh: Run, case: Path, words: tuple[str, ...]) -> None:
    code, out, err = weigh("claims", case, *words)
    assert (code, out) == (2, "")
    assert err != ""


def test_a_service_that_refuses_is_one_sentence(weigh: Run, case: Path) -> None:
    with serving((404, b"no such model \x1b[31m")) as service:
        code, _, err = weigh("claims", case, "--reader", "llm", "--endpoint", service.url)
    assert code == 3
    assert "it answers 404" in err
    assert "\x1b" not in err


def test_every_document_is_told_once_while_claims_are_read(weigh: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{name}: Estonia accused Russia of hacking Harbour Gate.\n", "utf-8")
    told: list[tuple[str, float]] = []
    bench = Workbench(lambda step, share: told.append((step, share)))
    documents, _ = read_documents([str(tmp_path)])
    for _ in range(2):  # what was read is not read again
        assert len(bench.claims([*documents, documents[0]])) == 2
        assert told == [("reading who says what in a.txt", 0.0), ("reading who says what in b.txt", 0.5)]
