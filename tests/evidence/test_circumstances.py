"""All circumstances together: found wherever their words stand, in order, bounded, and never weighed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, document, layout
from weigh.evidence import build, observe
from weigh.evidence.circumstances import SUBTYPES, prepare
from weigh.evidence.dates import periods
from weigh.evidence.forgeability import forgeability
from weigh.records import Kind, Span

EXTRACT = prepare(CATALOGUE)
OBSERVER = build(CATALOGUE)
SENTENCES = {
    "activity": "The intruders targeted two harbours in May 2021.",
    "compile time": "PE Compile Time: 2014-11-22 00:06:54.",
    "working hours": "The operators were active from 08:00 to 17:00.",
    "working days": "The operators were active Monday to Friday.",
    "time zone": "The operators' time zone was UTC+3.",
    "language": "The wiper holds strings in Korean.",
    "lure": "Lure documents about ferry fares were sent.",
}


def seen(text: str) -> list[tuple[str, str]]:
    return [(finding.subtype, finding.value) for finding in EXTRACT(layout(text))]


@pytest.mark.parametrize("subtype", SUBTYPES)
def test_each_sort_is_found_by_the_extractor(subtype: str) -> None:
    assert [found for found, _ in seen(SENTENCES[subtype])] == [subtype]


def test_every_sort_has_a_sentence_here() -> None:
    assert set(SENTENCES) == set(SUBTYPES)


@given(st.permutations(sorted(SENTENCES)))
def test_the_order_of_sentences_changes_only_places(order: list[str]) -> None:
    text = "\n\n".join(SENTENCES[subtype] for subtype in order)
    found = list(EXTRACT(layout(text)))
    assert sorted(finding.subtype for finding in found) == sorted(SUBTYPES)
    assert [finding.span for finding in found] == sorted(finding.span for finding in found)


@pytest.mark.parametrize(
    "opening",
    [
        "On the other hand, ",
        "According to the coast guard, ",
        "It is not clear why. ",
        "\u201cSo it was,\u201d she wrote. ",
    ],
)
@pytest.mark.parametrize("subtype", ["working hours", "language", "lure"])
def test_what_stands_before_changes_nothing(opening: str, subtype: str) -> None:
    assert seen(opening + SENTENCES[subtype]) == seen(SENTENCES[subtype])


def test_observations_quote_the_text_and_carry_the_rows_of_the_table() -> None:
    text = "\n\n".join(SENTENCES.values())
    found = [item for item in observe(document(text), OBSERVER) if item.kind is Kind.CIRCUMSTANCE]
    ease = {item.subtype: item.forgeability for item in found}
    assert all(item.original == item.span.of(text) for item in found)
    assert all(item.extractor == "circumstance" for item in found)
    assert ease["activity"] == forgeability("activity")
    assert ease["language"] == forgeability("language")
    assert ease["lure"] == forgeability("lure")
    for subtype in ("compile time", "working hours", "working days", "time zone"):
        assert ease[subtype] == forgeability("timestamp")


def test_references_and_advice_are_kept_with_the_reason() -> None:
    text = "Summary\n\nA tool was used.\n\nMitigations\n\nTrain staff: lure documents about fares are sent.\n"
    found = [item for item in observe(document(text), OBSERVER) if item.kind is Kind.CIRCUMSTANCE]
    assert all(item.set_aside != "" for item in found)


@pytest.mark.parametrize(
    "unit", ["2021 ", "attacked in May 2021 to June 2021 ", "March 2, ", "09:00-17:00 UTC+3 "]
)
def test_a_flood_of_dates_in_one_sentence_is_bounded(unit: str) -> None:
    text = unit * 2000
    assert len(list(periods(text, Span(0, len(text))))) <= 24
    for finding in EXTRACT(layout(text)):
        assert finding.span.of(text) != ""


@given(
    st.text(
        st.sampled_from("aA 0:-+.,/\n\u2013\u201cUTC+3language strings in Korean lure themed x Monday 2021"),
        max_size=300,
    )
)
def test_any_text_gives_findings_that_stand_in_it(text: str) -> None:
    for finding in EXTRACT(layout(text)):
        assert 0 <= finding.span.start < finding.span.end <= len(text)
        assert finding.value.strip() == finding.value != ""
        assert 0.0 < finding.probability < 1.0


def test_a_row_of_a_table_is_read_as_prose_and_not_for_techniques() -> None:
    from weigh.readers import csv
    from weigh.readers.limits import Limits

    content = csv.read(
        "kind,value\nlanguage,strings in Korean\nactivity,active since 2017\n", "a.csv", Limits()
    )
    found = [(finding.subtype, finding.value) for finding in EXTRACT(layout(content.text))]
    assert found == [("language", "ko"), ("activity", "2017/..")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("aa22-321a.txt", "2021-06/2022-11"),
        ("aa23-061a.txt", "2022-09/.."),
        ("aa22-320a.txt", "2022-02"),
        ("ir-alert-h-16-056-01.txt", "2015-12-23"),
        ("ta18-275a.txt", "2016-09/.."),
        ("aa21-200a.txt", "2009/.."),
    ],
)
def test_real_advisories_tell_when(shared: Path, name: str, value: str) -> None:
    text = (shared / "corpus/advisories" / name).read_text(encoding="utf-8")
    found = [finding for finding in EXTRACT(layout(text)) if finding.subtype == "activity"]
    assert value in {finding.value for finding in found}
    assert all(finding.span.of(text) != "" for finding in found)


def test_compile_times_of_a_real_advisory(shared: Path) -> None:
    text = (shared / "corpus/advisories/ta14-353a.txt").read_text(encoding="utf-8")
    found = [item for item in observe(document(text), OBSERVER) if item.subtype == "compile time"]
    assert len(found) == text.lower().count("compile time")
    assert all(item.set_aside == "" for item in found)


@pytest.mark.parametrize(
    "name", ["us-wh-20210719-psaki.txt", "us-wh-20220218-neuberger.txt", "cn-mfa-20210720.txt"]
)
def test_talk_of_officials_holds_no_clocks_or_languages(shared: Path, name: str) -> None:
    path = shared / "corpus/statements" / name
    if not path.is_file():
        pytest.skip(f"{name} is not there")
    found = {finding.subtype for finding in EXTRACT(layout(path.read_text(encoding="utf-8")))}
    assert found <= {"activity"}
