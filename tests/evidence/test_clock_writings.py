"""One clock and one date in many writings: however they are written, they are read as the same."""

from __future__ import annotations

import calendar
import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.evidence.known import layout
from weigh.evidence import clocks, dates, languages
from weigh.evidence.zones import ZONE, abbreviations, identifiers, offset_name, places, zone_named
from weigh.records import Span

MONTHS = [calendar.month_name[number] for number in range(1, 13)]
STATES = ("China", "Russia", "Iran", "Israel", "France", "Chile")


def hours(text: str) -> list[str]:
    """The working hours that a text tells."""
    laid = layout(text)
    found = [item for sentence in laid.sentences for item in clocks.read(laid, sentence)]
    return [item.value for item in found if item.subtype == clocks.HOURS]


def periods(text: str) -> list[str]:
    """The periods that a text tells."""
    return [period.value for period in dates.periods(text, Span(0, len(text)))]


def in_halves(hour: int) -> str:
    """An hour on a clock of twelve: "12 am" for 0, "5 pm" for 17."""
    return f"{(hour - 1) % 12 + 1} {'am' if hour < 12 else 'pm'}"


@given(start=st.integers(0, 23), end=st.integers(0, 23))
def test_a_clock_of_twelve_and_one_of_twenty_four_say_the_same(start: int, end: int) -> None:
    assume(start != end)
    expected = [f"{start:02}:00-{end:02}:00"]
    assert hours(f"The operators worked from {start:02}:00 to {end:02}:00.") == expected
    assert hours(f"The operators worked from {in_halves(start)} to {in_halves(end)}.") == expected
    dotted = in_halves(end).replace("am", "a.m.").replace("pm", "p.m.")
    assert hours(f"The operators worked from {in_halves(start)} until {dotted} there.") == expected


@given(
    start=st.tuples(st.integers(0, 23), st.integers(0, 59)),
    end=st.tuples(st.integers(0, 23), st.integers(0, 59)),
)
def test_every_joining_word_makes_the_same_hours(start: tuple[int, int], end: tuple[int, int]) -> None:
    assume(start != end)
    first, last = (f"{hour:02}:{minute:02}" for hour, minute in (start, end))
    for joint in ("-", "\u2013", " - ", " to ", " and ", " until ", " through "):
        assert hours(f"The operators worked {first}{joint}{last} each day.") == [f"{first}-{last}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The operators were active from 0900 to 1800 local time in Pyongyang.",
            "09:00-18:00 Asia/Pyongyang",
        ),
        ("The operators were active 8am to 5pm Moscow time.", "08:00-17:00 Europe/Moscow"),
        ("Commands came from 0900 hrs to 1730 hrs Riga time.", "09:00-17:30 Europe/Riga"),
        ("The operators were active from 2015 to 2018.", ""),
        ("The operators were active from 2015 to 2018, from Riga.", ""),
    ],
)
def test_four_digits_are_hours_where_a_zone_stands_near(text: str, expected: str) -> None:
    assert hours(text) == ([] if expected == "" else [expected])


@given(first=st.integers(24, 99), second=st.integers(60, 99))
def test_what_no_clock_shows_is_no_hour(first: int, second: int) -> None:
    assert hours(f"The operators worked from {first}:{second} to {first}:{second - 1}.") == []


@pytest.mark.parametrize("who", ["The minister", "Our staff", "Call us: we"])
def test_the_hours_of_others_are_not_the_operators(who: str) -> None:
    assert hours(f"{who} worked from 09:00 to 17:00.") == []


@given(minutes=st.integers(-14 * 60, 14 * 60))
def test_every_writing_of_an_offset_is_the_same_zone(minutes: int) -> None:
    sign = "-" if minutes < 0 else "+"
    hour, minute = divmod(abs(minutes), 60)
    for written in (
        f"UTC{sign}{hour}:{minute:02}",
        f"UTC {sign} {hour:02}:{minute:02}",
        f"GMT{sign}{hour:02}{minute:02}",
    ):
        match = ZONE.search(f"in {written} there")
        assert match is not None
        found = zone_named(match)
        assert found is not None
        assert (found.value, found.says_so) == (offset_name(minutes), True)


@given(hour=st.integers(15, 99), sign=st.sampled_from("+-"))
def test_an_offset_that_no_place_keeps_is_no_zone(hour: int, sign: str) -> None:
    match = ZONE.search(f"UTC{sign}{hour}")
    assert match is not None
    assert zone_named(match) is None


@given(short=st.sampled_from(sorted(abbreviations())))
def test_an_abbreviation_says_what_clocks_of_its_zones_have_shown(short: str) -> None:
    for offset, zones in abbreviations()[short].items():
        for name in zones:
            shown = {
                moment.utcoffset()
                for year in (2000, 2010, 2024)
                for month in (1, 7)
                if (moment := datetime.datetime(year, month, 1, tzinfo=ZoneInfo(name))).tzname() == short
            }
            assert datetime.timedelta(minutes=offset) in shown


@given(place=st.sampled_from(sorted(places())))
def test_every_place_leads_to_a_zone_of_the_database(place: str) -> None:
    assert places()[place] in identifiers()
    assert ZoneInfo(places()[place]).key == places()[place]


@given(year=st.integers(1990, 2039), part=st.integers(1, 4))
def test_a_quarter_is_its_three_months_in_every_writing(year: int, part: int) -> None:
    months = [month for month in range(1, 13) if (month + 2) // 3 == part]
    expected = [f"{year}-{months[0]:02}/{year}-{months[-1]:02}"]
    word = ("first", "second", "third", "fourth")[part - 1]
    for written in (f"in Q{part} {year}", f"in the {word} quarter of {year}", f"during Q{part} of {year}"):
        assert periods(f"They struck {written}.") == expected
    if part == 4:
        assert periods(f"They struck in the last quarter of {year}.") == expected


@given(year=st.integers(1990, 2039), part=st.integers(1, 2))
def test_a_half_is_its_six_months_in_every_writing(year: int, part: int) -> None:
    expected = [f"{year}-{6 * part - 5:02}/{year}-{6 * part:02}"]
    word = ("first", "second")[part - 1]
    for written in (f"in H{part} {year}", f"in the {word} half of {year}"):
        assert periods(f"They struck {written}.") == expected


@given(year=st.integers(1990, 2039), month=st.integers(1, 12))
def test_thirds_of_a_month_cover_it_without_a_gap(year: int, month: int) -> None:
    days: list[int] = []
    for word in ("early", "mid", "late"):
        (value,) = periods(f"They struck in {word} {MONTHS[month - 1]} {year}.")
        first, _, last = value.partition("/")
        days += range(int(first[8:]), int(last[8:]) + 1)
    assert days == list(range(1, calendar.monthrange(year, month)[1] + 1))


@given(year=st.integers(1990, 2039))
def test_thirds_of_a_year_cover_it_without_a_gap(year: int) -> None:
    months: list[int] = []
    for word in ("early", "mid-", "late"):
        (value,) = periods(f"They struck in {word}{'' if word.endswith('-') else ' '}{year}.")
        first, _, last = value.partition("/")
        months += range(int(first[5:]), int(last[5:]) + 1)
    assert months == list(range(1, 13))


@given(day=st.dates(datetime.date(1990, 1, 1), datetime.date(2039, 12, 31)), days=st.integers(1, 20))
def test_since_and_until_open_the_side_that_they_say(day: datetime.date, days: int) -> None:
    written = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    assert periods(f"The group struck since {written}.") == [f"{day.isoformat()}/.."]
    assert periods(f"The group struck until {written}.") == [f"../{day.isoformat()}"]
    later = day + datetime.timedelta(days)
    assume(later.year <= 2039)
    range_ = f"from {written} to {later.day} {MONTHS[later.month - 1]} {later.year}"
    assert periods(f"The group struck {range_}.") == [f"{day.isoformat()}/{later.isoformat()}"]
    backwards = f"from {later.day} {MONTHS[later.month - 1]} {later.year} to {written}"
    assert f"{later.isoformat()}/{day.isoformat()}" not in periods(f"The group struck {backwards}.")


@pytest.mark.parametrize("written", ["31 February 2021", "2021-13-01", "30 February", "February 30, 2021"])
def test_a_day_that_no_calendar_has_is_no_day(written: str) -> None:
    assert not any(len(value) == 10 for value in periods(f"They struck on {written}."))


@given(pair=st.lists(st.sampled_from(STATES), min_size=2, max_size=2, unique=True), start=st.integers(0, 22))
def test_which_state_a_text_names_changes_no_clock_and_no_date(pair: list[str], start: int) -> None:
    text = "Hackers of {} were active from {:02}:00 to 23:00 since March 2021, said {}."
    one, other = (text.format(a, start, b) for a, b in (pair, reversed(pair)))
    assert hours(one) == hours(other) == [f"{start:02}:00-23:00"]
    assert periods(one) == periods(other) == ["2021-03/.."]


@given(number=st.integers(-(2**20), 2**20))
def test_a_resource_language_is_known_or_empty_and_never_an_error(number: int) -> None:
    code = languages.locale_of(number)
    assert code == "" or languages.language_name(code) != ""


@given(code=st.text(max_size=8))
def test_any_code_has_a_name_or_is_its_own(code: str) -> None:
    name = languages.language_name(code)
    assert name == code or len(name) > 0
