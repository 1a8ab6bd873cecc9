"""Dates as a person gives them: a year, a month or a day that the calendar has, and that has come."""

from __future__ import annotations

import datetime
import re

import click

from weigh.assessment.dates import first_day, not_to_come

_FORM = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def checked_date(date: str, today: datetime.date | None = None) -> str:
    """`--date` when it is a year, a month or a day that exists and has come; "" for "".

    Raises a usage error for anything else.
    """
    if date == "":
        return date
    if _FORM.fullmatch(date) is None or first_day(date) is None:
        raise click.BadParameter(f"{date!r} is no date such as 2021-07-19", param_hint="--date")
    return not_to_come(date, "--date", "give the day on which the documents were written", today)
