"""Dates as far as they are told, and the days that they can mean.

A date is ISO 8601 as precise as its source gives it: "2021", "2021-03", "2021-03-02", an interval such as
"2021-03-02/2021-03-04", or "" where none is given. Days are counted as `datetime.date.toordinal` does.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange

UNDATED = 0
"""The day of what carries no date; every day of the calendar comes after it."""

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def days_of(date: str) -> tuple[int, int]:
    """The first and the last day that a date can mean, (`UNDATED`, `UNDATED`) for none.

    Raises `ValueError` for what is no date of the calendar, and for an interval that ends before it begins.
    """
    if date == "":
        return UNDATED, UNDATED
    begins, slash, ends = date.partition("/")
    first, last = _first_day(begins), _last_day(ends if slash != "" else begins)
    if last < first:
        raise ValueError(f"{date!r} ends before it begins")
    return first, last


def is_day(date: str) -> bool:
    """Whether a date tells one day, not only its year or month."""
    first, last = days_of(date)
    return first == last != UNDATED


def _first_day(date: str) -> int:
    year, month, day = _parts(date)
    return datetime.date(year, month or 1, day or 1).toordinal()


def _last_day(date: str) -> int:
    year, month, day = _parts(date)
    month = month or 12
    return datetime.date(year, month, day or monthrange(year, month)[1]).toordinal()


def _parts(date: str) -> tuple[int, int, int]:
    """Year, month and day; 0 for what is not told."""
    found = _FORM.fullmatch(date)
    if found is None or "00" in found.groups():
        raise ValueError(f"{date!r} is no date")
    year, month, day = (int(part or 0) for part in found.groups())
    return year, month, day
