"""The table: every cell where it belongs, and none that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests import sample, strategies
from weigh.assessment.document import Assessment
from weigh.readers.csv import is_observations
from weigh.readers.csv import read as read_table
from weigh.readers.limits import Limits
from weigh.renderers.as_csv import COLUMNS, FORMULA_STARTS, render
from weigh.renderers.defang import defang

SAMPLE = sample.assessment()


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_per_observation_in_their_order() -> None:
    rows = _rows(render(SAMPLE))
    assert [row["id"] for row in rows] == [one.id for one in SAMPLE.observations]
    assert list(rows[0]) == list(COLUMNS)
    assert rows[1]["value"] == "berth-updates[.]example"
    assert rows[2]["verdict"] == "accept"
    assert rows[5]["pointer"] == "/objects/1/external_references/0/external_id"
    assert {row["tlp"] for row in rows} == {"GREEN"}


@settings(max_examples=25)
@given(strategies.assessments())
def test_any_cell_comes_back_and_none_is_a_formula(assessment: Assessment) -> None:
    rows = _rows(render(assessment))
    assert len(rows) == len(assessment.observations)
    for row, seen in zip(rows, assessment.observations, strict=True):
        assert list(row) == list(COLUMNS)
        assert (float(row["probability"]), int(row["start"]), int(row["end"])) == (
            seen.probability,
            seen.start,
            seen.end,
        )
        plain = defang(seen.value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd"))
        assert row["value"] in (plain, f"'{plain}")
        for cell in row.values():
            assert not cell.lstrip(" ").startswith(FORMULA_STARTS)


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", " =1+1", "＝1", "\r=1"])
def test_formulas_are_shown_and_not_run(start: str) -> None:
    odd = replace(SAMPLE, observations=(replace(SAMPLE.observations[0], value=start),))
    (row,) = _rows(render(odd))
    assert row["value"] == "'" + start.replace("\r", "\n")


def test_cautions_stand_on_every_row_and_are_no_row() -> None:
    minded = replace(SAMPLE, cautions=("Possible frame-up at evil.example.", "=cmd"))
    rows = _rows(render(minded))
    assert len(rows) == len(SAMPLE.observations)
    assert {row["cautions"] for row in rows} == {"Possible frame-up at evil[.]example.\n=cmd"}
    assert {row["cautions"] for row in _rows(render(replace(SAMPLE, cautions=("=cmd",))))} == {"'=cmd"}
    assert {row["cautions"] for row in _rows(render(replace(SAMPLE, cautions=())))} == {""}


def test_the_table_is_read_again_as_observations_whatever_it_warns_of() -> None:
    made = render(replace(SAMPLE, cautions=("Possible frame-up: T1499.", 'A "quoted", one.')))
    plain = render(replace(SAMPLE, cautions=()))
    limits = Limits()
    assert is_observations(made)
    again, bare = (read_table(text, "case.csv", limits) for text in (made, plain))
    assert "frame-up" not in again.text
    assert (again.text, again.fields) == (bare.text, bare.fields)


def test_an_observation_of_no_document_still_has_its_row() -> None:
    (row, *_) = _rows(render(replace(SAMPLE, documents=())))
    assert (row["document_name"], row["source"]) == ("", "")
    assert row["document"] == SAMPLE.observations[0].document
