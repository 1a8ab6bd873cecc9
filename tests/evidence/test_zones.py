"""Names of zones: what the database says of each, and nothing for what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.countries import states
from weigh.evidence.folding import fold
from weigh.evidence.zones import (
    ZONE,
    Zone,
    abbreviations,
    identifiers,
    offset_name,
    places,
    zone_named,
    zones_of,
)


def named(text: str) -> Zone | None:
    match = ZONE.search(text)
    return None if match is None else zone_named(match)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("UTC+3", "UTC+03:00"),
        ("UTC +03:30", "UTC+03:30"),
        ("GMT-5", "UTC-05:00"),
        ("UTC minus 5", "UTC-05:00"),
        ("UTC plus 0545", "UTC+05:45"),
        ("UTC", "UTC"),
        ("Riga time", "Europe/Riga"),
        ("Port Moresby standard time", "Pacific/Port_Moresby"),
        ("Nepal time", "Asia/Kathmandu"),
        ("Asia/Tashkent", "Asia/Tashkent"),
        ("America/Argentina/Salta", "America/Argentina/Salta"),
        ("local time in Pyongyang", "Asia/Pyongyang"),
        ("Beijing time", "Asia/Shanghai"),
        ("Ankara time", "Europe/Istanbul"),
        ("China Standard Time", "Asia/Shanghai"),
    ],
)
def test_zones(text: str, value: str) -> None:
    found = named(text)
    assert found is not None
    assert found.value == value
    assert found.span.of(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("UTC+19", "Some time", "Happy Hour time", "Made/Up", "QQQ", "The time", "noon"),
        *("a call to +0300", "local time in Nowhere", "Brazil Standard Time"),
    ],
)
def test_no_zones(text: str) -> None:
    assert named(text) is None


def test_a_country_of_several_zones_is_none() -> None:
    assert named("Brazil time") is None
    assert named("Latvia time") is not None


def test_only_offsets_names_and_places_speak_for_themselves() -> None:
    assert [
        bool(found and found.says_so) for found in map(named, ("UTC+1", "Riga time", "Asia/Tashkent"))
    ] == [True] * 3
    assert [bool(found and found.says_so) for found in map(named, ("UTC", "CST"))] == [False] * 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Commits carry +0300.", "UTC+03:00"),
        ("the timestamps had \u221205:30 on them", "UTC-05:30"),
        ("timestamps: -04:30", "UTC-04:30"),
    ],
)
def test_an_offset_alone_is_one_beside_what_carries_it(text: str, value: str) -> None:
    found = named(text)
    assert found is not None
    assert found.value == value


def test_every_city_of_the_table_keeps_a_zone_that_there_is() -> None:
    assert set(places().values()) - identifiers() == set()


def test_the_seat_of_every_state_of_one_zone_keeps_it() -> None:
    single = {code: names[0] for code, names in zones_of().items() if len(names) == 1}
    seats = {fold(seat) for code, row in states().items() if code in single for seat in row.get("seats", ())}
    assert {"islamabad", "hanoi", "abuja", "bern"} <= seats
    assert seats <= places().keys()


@given(st.integers(-14 * 60, 14 * 60))
def test_an_offset_is_written_and_read_back(minutes: int) -> None:
    found = named(offset_name(minutes))
    assert found is not None
    assert found.value == offset_name(minutes)


def test_abbreviations_name_zones_that_exist_and_offsets_of_this_world() -> None:
    for short, readings in abbreviations().items():
        assert short.isalpha()
        for offset, zones in readings.items():
            assert -14 * 60 <= offset <= 14 * 60
            assert len(zones) > 0
            assert set(zones) <= identifiers()


def test_places_are_folded_and_lead_to_the_canonical_zone() -> None:
    assert places()["riga"] == "Europe/Riga"
    assert all(place == place.lower() for place in places() if place.isascii())
