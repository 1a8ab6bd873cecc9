"""Named holidays: every one is read alike, with every country that keeps it, and none without rest."""

from __future__ import annotations

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, layout
from weigh.evidence.circumstances import prepare
from weigh.evidence.clocks import DAYS
from weigh.evidence.countries import country_name
from weigh.evidence.findings import Finding
from weigh.evidence.holidays import calendars, holidays

EXTRACT = prepare(CATALOGUE)


def found(text: str) -> list[Finding]:
    return [each for each in EXTRACT(layout(text)) if each.subtype == DAYS]


@given(st.sampled_from(sorted(holidays())))
def test_every_holiday_is_read_alike(name: str) -> None:
    (finding,) = found(f"The operators ceased their activity on {name}.")
    assert finding.value == f"idle: {name}".replace("olidays", "oliday")
    assert finding.forging == "timestamp"
    assert "is kept in" in finding.why
    assert found(f"The harbour was closed on {name}.") == []


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Golden Week", "Golden Week is kept in China and Japan"),
        ("Navruz holiday", "Navruz is kept in Albania, Azerbaijan, Iran, Kazakhstan, Kyrgyzstan, Tajikistan"),
        ("Obon", "Obon is kept in Japan"),
        ("International Women\u2019s Day", "International Women's Day is kept in Armenia"),
        ("Eid al-Fitr", "Bangladesh and"),
        ("Harvest Moon holiday", ""),
        ("Golden Weeks", ""),
    ],
)
def test_who_keeps_a_holiday(words: str, kept: str) -> None:
    assert kept in calendars(words)
    assert (calendars(words) == "") == (kept == "")


def test_of_many_countries_the_rest_are_counted() -> None:
    for name, countries in holidays().items():
        told = calendars(name)
        assert told.startswith(f"{name} is kept in ")
        many = len(countries) > 7
        assert told.endswith(f" and {len(countries) - 6} more countries") == many
        assert many or all(country_name(code) in told for code in countries)


def test_the_table_names_countries_that_are_and_each_once() -> None:
    known = {country.alpha_2 for country in pycountry.countries}
    for countries in holidays().values():
        assert set(countries) <= known
        assert list(countries) == sorted(set(countries))
