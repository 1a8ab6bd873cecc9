"""Dates that a person gives: whether a day of the calendar has come yet."""

from __future__ import annotations

import datetime

from weigh.errors import UsageError


def not_to_come(date: str, option: str, remedy: str, today: datetime.date | None = None) -> str:
    """The date, unless it begins after tomorrow: where it is still today, it may be tomorrow elsewhere.

    `today` is the day in UTC, by default that of the clock. What is no date at all is left to whoever
    reads it. Raises `UsageError` that names the `option`.
    """
    day = first_day(date)
    now = today or datetime.datetime.now(datetime.UTC).date()
    if day is not None and day > now + datetime.timedelta(days=1):
        raise UsageError(f"{date} is yet to come (today is {now})", place=option, remedy=remedy)
    return date


def first_day(date: str) -> datetime.date | None:
    """The first day of a year, a month or a day; None for what no calendar has."""
    try:
        return datetime.date.fromisoformat(date + "-01" * (2 - date.count("-")))
    except ValueError:
        return None
