"""Dates as a person gives them: a year, a month or a day that the calendar has, and that has come."""

from __future__ import annotations

import datetime
import re

import click

from weigh.errors import UsageError

_FORM = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def checked_date(date: str, today: datetime.date | None = None) -> str:
    """`--date` when it is a year, a month or a day that exists and has come; "" for "".

    Raises a usage error for anything else.
    """
    if date == "":
        return date
    if _FORM.fullmatch(date) is None or _first_day(date) is None:
        raise click.BadParameter(f"{date!r} is no date such as 2021-07-19", param_hint="--date")
    return not_to_come(date, "--date", "give the day on which the documents were written", today)


def not_to_come(date: str, option: str, remedy: str, today: datetime.date | None = None) -> str:
    """The date, unless it begins after tomorrow: where it is still today, it may be tomorrow elsewhere.

    `today` is the day in UTC, by default that of the clock. What is no date at all is left to whoever
    reads it. Raises `UsageError` that names the `option`.
    """
    day = _first_day(date)
    now = today or datetime.datetime.now(datetime.UTC).date()
    if day is not None and day > now + datetime.timedelta(days=1):
        raise UsageError(f"{date} is yet to come (today is {now})", place=option, remedy=remedy)
    return date


def _first_day(date: str) -> datetime.date | None:
    """The first day of a year, a month or a day; None for what no calendar has."""
    try:
        return datetime.date.fromisoformat(date + "-01" * (2 - date.count("-")))
    except ValueError:
        return None
