"""Dates on the command line: which are taken, and which have not come yet."""

from __future__ import annotations

import datetime

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.assessment.dates import not_to_come
from weigh.cli.dates import checked_date
from weigh.errors import UsageError

TODAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize("date", ["", "2021", "2021-07", "2021-07-19", "2026", "2026-11", "2026-11-23"])
def test_a_date_that_has_come_is_taken_as_it_is(date: str) -> None:
    assert checked_date(date, TODAY) == date


def test_tomorrow_is_today_further_east() -> None:
    assert checked_date("2026-11-24", TODAY) == "2026-11-24"
    assert checked_date("2027-01-01", datetime.date(2026, 12, 31)) == "2027-01-01"


@pytest.mark.parametrize("date", ["2026-11-25", "2026-12", "2027", "2099-01-01"])
def test_a_date_to_come_is_refused_with_what_to_do(date: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked_date(date, TODAY)
    error = caught.value
    assert (error.place, error.problem) == ("--date", f"{date} is yet to come (today is 2026-11-23)")
    assert error.remedy == "give the day on which the documents were written"


@pytest.mark.parametrize(
    "date", ["yesterday", "20210719", "2021-13-01", "2021-02-30", "٢٠٢١", "2021-7", "0000"]
)
def test_a_date_that_no_calendar_has_is_refused(date: str) -> None:
    with pytest.raises(click.BadParameter, match="is no date"):
        checked_date(date, TODAY)


@given(st.dates(), st.dates(max_value=datetime.date(9990, 1, 1)))
def test_what_is_refused_begins_two_days_on_or_later(day: datetime.date, today: datetime.date) -> None:
    if (day - today).days <= 1:
        assert not_to_come(day.isoformat(), "--as-of", "", today) == day.isoformat()
        return
    with pytest.raises(UsageError, match="yet to come"):
        not_to_come(day.isoformat(), "--as-of", "", today)


@pytest.mark.parametrize("words", ["", "soon", "2021-13"])
def test_what_is_no_date_is_left_to_its_reader(words: str) -> None:
    assert not_to_come(words, "--as-of", "", TODAY) == words
