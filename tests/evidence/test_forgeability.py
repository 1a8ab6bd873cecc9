"""The table of forgeability: complete, bounded, with a reason in every row."""

from __future__ import annotations

import pytest

from tests.evidence.known import CATALOGUE, document
from weigh.errors import KnowledgeError
from weigh.evidence import build, observe
from weigh.evidence.forgeability import _checked, forgeabilities, forgeability
from weigh.records import Kind


def test_every_row_is_bounded_and_has_a_reason() -> None:
    assert all(0.0 <= row.value <= 1.0 for row in forgeabilities().values())
    assert all(len(row.rationale) > 20 for row in forgeabilities().values())


def test_the_order_of_the_rows_is_that_of_the_field() -> None:
    ease = {name: row.value for name, row in forgeabilities().items()}
    assert ease["victim"] < ease["technique"] < ease["malware"] < ease["tool"]
    assert ease["domain"] < ease["file"]
    assert (ease["technique"], ease["tool"], ease["malware"], ease["victim"]) == (0.35, 0.9, 0.5, 0.1)


def test_a_row_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KnowledgeError, match="'horoscope'"):
        forgeability("horoscope")


@pytest.mark.parametrize(("value", "rationale"), [(1.1, "x"), (-0.1, "x"), (0.5, "")])
def test_a_row_without_value_or_reason_is_an_error(value: float, rationale: str) -> None:
    with pytest.raises(KnowledgeError, match="row x"):
        _checked("table.toml", "x", value, rationale)


def test_observations_carry_it() -> None:
    text = (
        "They used Mimikatz and Cobalt Strike against banks in Chile, T1566, CVE-2021-26855 and evil.net. "
        "They were active in May 2021. The Rich header matches that of APT28."
    )
    carried = {each.value: each.forgeability for each in observe(document(text), build(CATALOGUE))}
    assert carried["S0002"] == 0.9
    assert carried["S0154"] == 0.5
    assert carried["CL"] == 0.1
    assert carried["T1566"] == 0.35
    assert carried["2021-05"] == 0.3
    assert carried["rich header points to G0007"] == 0.8
    assert {each.kind for each in observe(document(text), build(CATALOGUE))} == set(Kind)
