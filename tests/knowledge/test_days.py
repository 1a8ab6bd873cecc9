"""Dates as far as they are told: the days that they can mean, and what is no date."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK
from weigh.knowledge.days import UNDATED, days_of, is_day

CALENDAR = st.dates(datetime.date(1, 1, 1), datetime.date(9998, 12, 31))


def day(text: str) -> int:
    """The day of an ISO date."""
    return datetime.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2021-03-02", "2021-03-02", "2021-03-02"),
        ("2021-03", "2021-03-01", "2021-03-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2100-02", "2100-02-01", "2100-02-28"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2010/2013", "2010-01-01", "2013-12-31"),
        ("2021-03-02/2021-04", "2021-03-02", "2021-04-30"),
    ],
)
def test_the_days_that_a_date_can_mean(date: str, first: str, last: str) -> None:
    assert days_of(date) == (day(first), day(last))
    assert is_day(date) == (first == last)


def test_no_date_comes_before_every_day() -> None:
    assert days_of("") == (UNDATED, UNDATED)
    assert not is_day("")
    assert days_of("0001")[0] > UNDATED


@pytest.mark.parametrize(
    "date",
    [
        "2021-13",
        "2021-13-45",
        "2021-02-30",
        "2021-00",
        "2021-03-00",
        "0000",
        "21",
        "2021-3",
        "2021-03-02T00:00",
        "２０２１",
        "soon",
        "2021/",
        "/2021",
        "2021/2020",
        "2021/2022/2023",
    ],
)
def test_what_no_calendar_has_is_no_date(date: str) -> None:
    with pytest.raises(ValueError, match=r"is no date|ends before|out of range|must be in|month"):
        days_of(date)


@QUICK
@given(CALENDAR)
def test_a_day_lies_in_its_month_and_the_month_in_its_year(when: datetime.date) -> None:
    iso = when.isoformat()
    exact, month, year = days_of(iso), days_of(iso[:7]), days_of(iso[:4])
    assert exact == (when.toordinal(), when.toordinal())
    assert year[0] <= month[0] <= exact[0] <= month[1] <= year[1]
    assert 28 <= month[1] - month[0] + 1 <= 31
    assert year[1] - year[0] + 1 in (365, 366)


@QUICK
@given(CALENDAR, CALENDAR)
def test_an_interval_reaches_from_its_beginning_to_its_end(one: datetime.date, other: datetime.date) -> None:
    first, last = sorted((one, other))
    assert days_of(f"{first.isoformat()}/{last.isoformat()}") == (first.toordinal(), last.toordinal())
