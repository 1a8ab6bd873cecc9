"""When a cited report appeared, as far as its citation tells.

ATT&CK cites as "Writer, A. (2021, March 2). Title. Retrieved March 3, 2021.": the year, often the month and
mostly the day, in the first bracket that begins with a year; "(n.d.)" where the report is undated. What such
a bracket holds is read whole or for its years alone: a date told too precisely would let a report be known
before it appeared. The day of retrieval is none on which a report appeared.
"""

from __future__ import annotations

import re

from weigh.knowledge.days import days_of

_BRACKET = re.compile(r"\((\d{4})([^)]*)")
_YEAR_IN_NAME = re.compile(r"(?:19|20)\d\d")
_TO = re.compile(r"\s*(?:[-\u2013\u2014]|\bto\b)\s*")
_POINT = re.compile(r"(?:(?P<year>\d{4}),?\s*)?(?:(?P<month>[A-Za-z]{3,})\.?\s*)?(?P<day>\d{1,2})?")
_YEAR = re.compile(r"\d{4}")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


def citation_date(name: str, description: str) -> str:
    """The date of a citation as in `knowledge.days`: the bracket's, else the last year in the
    name, else ""."""
    found = _BRACKET.search(description)
    if found is None:
        return next(reversed(_YEAR_IN_NAME.findall(name)), "")
    year = f"{int(found[1]):04d}"
    return "" if year == "0000" else _exact(year, found[2]) or _vague(year, found[2])


def citation_year(name: str, description: str) -> int:
    """Year of a citation, 0 where none is told: the one in "(YYYY", else the last in its name."""
    return int(citation_date(name, description)[:4] or 0)


def earliest(one: str, other: str) -> str:
    """Of two dates of one report the one of the earlier year, then the more precise, then the earlier."""
    return min(filter(None, (one, other)), key=_order, default="")


def _order(date: str) -> tuple[int, int, int]:
    first, last = days_of(date)
    return int(date[:4]), last - first, first


def _exact(year: str, rest: str) -> str:
    """The date that a bracket tells after its year, "" where it is not read whole."""
    begins, *ends = _TO.split(year + rest, maxsplit=1)
    date = _point(begins)
    if len(ends) > 0 and date != "":
        end = _point(ends[0], date)
        date = f"{date}/{end}" if end != "" else ""
    try:
        days_of(date)
    except ValueError:
        return ""
    return date


def _vague(year: str, rest: str) -> str:
    """The year alone, or from it to a later one where the rest of the bracket has one."""
    latest = max(year, *(f"{int(other):04d}" for other in _YEAR.findall(rest)), "")
    return year if latest == year else f"{year}/{latest}"


def _point(words: str, before: str = "") -> str:
    """One date in words as ISO; what it does not tell of year and month is that of the date `before` it."""
    found = _POINT.fullmatch(words.strip())
    if found is None or words.strip() == "":
        return ""
    month = _month(found["month"] or "") if found["month"] or found["year"] else before[5:7]
    if (found["month"] and month == "") or (found["day"] and month == ""):
        return ""
    parts = (found["year"] or before[:4], month, f"{int(found['day']):02d}" if found["day"] else "")
    return "-".join(part for part in parts if part != "")


def _month(word: str) -> str:
    """The number of a month by its English name or the beginning of it, "" for any other word."""
    places = [place for place, name in enumerate(_MONTHS, start=1) if name.startswith(word.lower())]
    return f"{places[0]:02d}" if len(places) == 1 else ""
