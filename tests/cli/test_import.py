"""`weigh import eurepoc`: counted, kept in a case beside other documents, and weighed by nobody."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.claims.test_coded_tables import written

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of two incidents."""
    path = tmp_path / "attribution.csv"
    path.write_bytes(written())
    return path


def test_without_a_case_it_only_counts(weigh: Run, table: Path) -> None:
    code, out, err = weigh("import", "eurepoc", table)
    assert code == 0
    assert "counted        attribution.csv" in out
    assert "5 rows, 1 of them blank (dropped)" in out
    assert "-> 3 statements on 2 incidents" in out
    assert "-> 3 origins (incident, date and type), 3 dates" in out
    assert "--into CASE keeps it" in err


def test_a_case_shows_the_statements_and_weighs_nothing(weigh: Run, table: Path, tmp_path: Path) -> None:
    case = tmp_path / "harbour.weigh"
    code, out, _ = weigh("import", "eurepoc", table, "--incident", "7", "--into", case, "--tlp", "green")
    assert code == 0
    assert "-> 2 statements on 1 incident" in out
    _, out, err = weigh("claims", case)
    assert "NCSC" in out
    assert "3 rows are 2 statements of 2 origins" in err
    assert json.loads(weigh("observations", case, "--all", "--json")[1]) == []


def test_an_accusation_by_a_tool_s_name_is_no_evidence_of_the_tool(weigh: Run, tmp_path: Path) -> None:
    path, case = tmp_path / "a.csv", tmp_path / "a.weigh"
    path.write_bytes(written((("7", "1.0", "", "", "", "NCSC", "", "", "ShadowPad", "", ""),)))
    assert weigh("read", path, "--case", case)[0] == 0
    assert json.loads(weigh("observations", case, "--json")[1]) == []


def test_the_same_table_twice_changes_nothing(weigh: Run, table: Path, tmp_path: Path) -> None:
    case = tmp_path / "harbour.weigh"
    first = weigh("import", "eurepoc", table, "--into", case, "--json")[1]
    again = json.loads(weigh("import", "eurepoc", table, "--into", case, "--json")[1])
    assert json.loads(first)["status"] == "read"
    assert again["status"] == "already there"
    assert {key: again[key] for key in ("rows", "blank", "statements", "origins", "incidents")} == {
        "rows": 5,
        "blank": 1,
        "statements": 3,
        "origins": 3,
        "incidents": 2,
    }


def test_a_case_that_was_judged_goes_on_after_an_import(weigh: Run, table: Path, tmp_path: Path) -> None:
    case, report = tmp_path / "harbour.weigh", tmp_path / "report.txt"
    report.write_text("They ran Mimikatz and ShadowPad on two servers.", "utf-8")
    weigh("read", report, "--case", case)
    before = weigh("assess", case, "--json")[1]
    weigh("import", "eurepoc", table, "--into", case)
    rows = json.loads(weigh("observations", case, "--json")[1])
    assert len(rows) == 2
    assert weigh("reject", case, rows[0]["id"], "--author", "Mira")[0] == 0
    assert len(json.loads(weigh("observations", case, "--json")[1])) == 1
    assert weigh("undo", case, rows[0]["id"], "--author", "Mira")[0] == 0
    assert json.loads(weigh("observations", case, "--json")[1]) == rows
    after = json.loads(weigh("assess", case, "--json")[1])
    assert after["hypotheses"] == json.loads(before)["hypotheses"]


def test_what_cannot_be_imported_leaves_no_case(weigh: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.csv").write_text("a,b\n1,2\n", "utf-8")
    case = tmp_path / "new.weigh"
    code, _, err = weigh("import", "eurepoc", tmp_path / "notes.csv", "--into", case)
    assert code == 3
    assert "notes.csv, row 1: it is no table of attributions" in err
    assert not case.exists()
    assert weigh("import", "misp", tmp_path / "notes.csv")[0] == 2
