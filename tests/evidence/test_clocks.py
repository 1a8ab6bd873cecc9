"""Working hours, days off and zones: all zones alike, ambiguity kept, other people's clocks left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import layout
from weigh.evidence.clocks import DAYS, HOURS, ZONE_OF, read
from weigh.evidence.zones import abbreviations, identifiers, offset_name, places


def seen(text: str) -> list[tuple[str, str]]:
    laid = layout(text)
    found = [finding for sentence in laid.sentences for finding in read(laid, sentence)]
    assert all(finding.span.of(text) != "" for finding in found)
    return [(finding.subtype, finding.value) for finding in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The operators' activity fell between 08:00 and 17:00 UTC+3.",
            [(HOURS, "08:00-17:00 UTC+03:00"), (ZONE_OF, "UTC+03:00")],
        ),
        (
            "The operators worked from 09:00 to 18:00 Riga time.",
            [(HOURS, "09:00-18:00 Europe/Riga"), (ZONE_OF, "Europe/Riga")],
        ),
        (
            "Compile times cluster in office hours of UTC+8.",
            [(HOURS, "office hours UTC+08:00"), (ZONE_OF, "UTC+08:00")],
        ),
        ("The attackers logged on from 9am to 5 pm.", [(HOURS, "09:00-17:00")]),
        ("Commands of the operators came 06:30-15:30 UTC.", [(HOURS, "06:30-15:30 UTC"), (ZONE_OF, "UTC")]),
        ("Samples were compiled in the time zone UTC\u22125:30.", [(ZONE_OF, "UTC-05:30")]),
        ("The malware was compiled in time zone +0330.", [(ZONE_OF, "UTC+03:30")]),
        ("The actors' timestamps fit America/Lima.", [(ZONE_OF, "America/Lima")]),
        ("The group showed no activity on Saturday and Sunday.", [(DAYS, "idle: Saturday and Sunday")]),
        ("The operators were active Monday to Friday.", [(DAYS, "active: Monday-Friday")]),
        ("The attackers paused over the Harvest Moon holiday.", [(DAYS, "idle: Harvest Moon holiday")]),
        ("Activity of the operators ceased on weekends.", [(DAYS, "idle: weekends")]),
        ("The operators observed Russian public holidays.", [(DAYS, "idle: Russian public holiday")]),
        ("The operators took Peruvian national holidays off.", [(DAYS, "idle: Peruvian national holiday")]),
        ("The actors' activity ceased over the Nowruz holiday.", [(DAYS, "idle: Nowruz holiday")]),
        ("During Golden Week, the operators were inactive.", [(DAYS, "idle: Golden Week")]),
    ],
)
def test_clocks(text: str, found: list[tuple[str, str]]) -> None:
    assert seen(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The minister spoke on Friday at 13:00 UTC.",
        "Monitor for logons outside of business hours, 08:00 to 17:00 UTC+3.",
        "The malware collects the time zone.",
        "Call us from 09:00 to 17:00 UTC+3.",
        "Activity was seen on 10 to 20 hosts.",
        "The senator did not work at the weekend.",
        "The operators were active during Golden Week and did not stop.",
        "The minister visited during Golden Week, and hackers worked.",
        "The actors used ratios between 3:1 and 99:88 in their operations.",
        "They wrote at UTC+19.",
    ],
)
def test_other_clocks(text: str) -> None:
    assert seen(text) == []


def test_an_ambiguous_abbreviation_keeps_every_reading() -> None:
    laid = layout("The operators were active 09:00-17:00 CST.")
    (hours, zone) = (finding for sentence in laid.sentences for finding in read(laid, sentence))
    assert (hours.value, zone.value) == ("09:00-17:00 CST", "CST")
    for offset in abbreviations()["CST"]:
        assert offset_name(offset) in zone.why
    assert len(abbreviations()["CST"]) > 1
    assert "all readings are kept" in zone.why


def test_an_abbreviation_of_one_offset_is_that_offset() -> None:
    single = {short: min(found) for short, found in abbreviations().items() if len(found) == 1}
    for short in [short for short in single if len(short) in (3, 4)][:10]:
        found = seen(f"The operators were active 09:00-17:00 {short}.")
        assert found[-1] == (ZONE_OF, offset_name(single[short]))


@given(st.sampled_from(sorted(name for name in identifiers() if name.count("/") == 1)))
def test_every_zone_of_the_database_is_read_alike(name: str) -> None:
    assert seen(f"The operators' timestamps fit {name}.") == [(ZONE_OF, name)] or "-" in name


@given(st.sampled_from(sorted(places())))
def test_every_place_names_a_zone_that_exists(place: str) -> None:
    assert places()[place] in identifiers()


@given(st.integers(-12, 14), st.integers(0, 23), st.integers(0, 23))
def test_every_offset_and_hour_is_read_alike(offset: int, start: int, end: int) -> None:
    sign = "-" if offset < 0 else "+"
    found = seen(f"The operators' activity ran from {start:02}:00 to {end:02}:00 UTC{sign}{abs(offset)}.")
    expected = [] if start == end else [(HOURS, f"{start:02}:00-{end:02}:00 {offset_name(60 * offset)}")]
    assert found == [*expected, (ZONE_OF, offset_name(60 * offset))]
