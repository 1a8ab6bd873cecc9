"""When a document was written, where nobody has said so: from its own first lines, else from its name.

Only what looks like a date line counts: a date at the head or the end of a short line, or one behind a word
such as "released". A date in the middle of a sentence is the date of something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from weigh.records import Document

STATED, FROM_TEXT, FROM_NAME, UNDATED = "stated", "text", "name", ""
"""How a date is known: somebody or the file's metadata says so, its first lines, its name, not at all."""
LINES = 12
"""Lines at the head of a text that are looked at."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = (
    re.compile(rf"\b{_MONTH}\s{_DAY},?\s{_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(rf"\b{_DAY}\s{_MONTH},?\s{_YEAR}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d){_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}年(?P<number>\d{{1,2}})月(?P<day>\d{{1,2}})日"),
)
_CUE = re.compile(
    r"\b(?:published|released?|release date|issued|dated?|posted|updated)\b"
    r"[^\w\n]{0,4}(?:on\s|date\W{1,3})?\Z",
    re.IGNORECASE,
)
_SHORT = 60
_IN_NAME = re.compile(rf"(?<!\d){_YEAR}[-_.]?(?P<number>\d\d)[-_.]?(?P<day>\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as ISO 8601 writes it, empty where there is none, and how it is known."""

    date: str
    how: str


def dated(document: Document) -> Dated:
    """The date of a document. What somebody said goes first; a date that does not exist is none."""
    if document.date != "":
        return Dated(document.date, STATED)
    for line in document.text[:4000].splitlines()[:LINES]:
        found = _in_line(line.strip())
        if found != "":
            return Dated(found, FROM_TEXT)
    for match in _IN_NAME.finditer(document.name):
        found = _written(match)
        if found != "":
            return Dated(found, FROM_NAME)
    return Dated("", UNDATED)


def _in_line(line: str) -> str:
    for form in _FORMS:
        for match in form.finditer(line):
            before, after = line[: match.start()], line[match.end() :]
            alone = before.strip() == "" or (after.strip(" .") == "" and len(line) <= _SHORT)
            if alone or _CUE.search(before) is not None:
                found = _written(match)
                if found != "":
                    return found
    return ""


def _written(match: re.Match[str]) -> str:
    """The date of a match as ISO 8601, empty where no calendar has it."""
    parts = match.groupdict()
    month = parts.get("month")
    number = int(parts["number"]) if month is None else 1 + _MONTHS.index(month[:3].lower())
    try:
        return date(int(parts["year"]), number, int(parts["day"])).isoformat()
    except ValueError:
        return ""
