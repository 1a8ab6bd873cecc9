"""Dates and ranges of dates as English prose writes them, each as precise as it is written and no more.

A period is ISO 8601: "2021-03-02", "2021-03", "2021", "2021-03/2021-06", "2017/.." (from then on),
"../2019" (up to then). "Mid-2020" is the middle third of the year, "late June 2022" the last of the month;
a season is its year, since its months depend on the hemisphere. A grammar of our own: `dateutil` reads one
date from a string, knows no ranges, and fills what was not said from today.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from weigh.records import Span

OPEN = ".."
YEAR = r"(?:19[89]\d|20[0-4]\d)"
HAS_YEAR = re.compile(r"[12][09][0-489]\d(?<!\d\d\d\d\d)(?!\d{1,3}(?!\d))")
"""Anything like a year, quickly: a text is searched with it first."""

_MOST = 24
_BEFORE, _AFTER = 90, 60
_LONGEST_JOINT = 48
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)(?![a-z])"
)
_NUMBER_OF_MONTH = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name)}
_GAP = r"\s{1,3}"
_DASH = r"\s?[-\u2010-\u2015]\s?"
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?(?![\d:.]\d|\w)"
_PART = (
    rf"(?:[Ee]arly|[Mm]id(?:dle{_GAP}of)?|[Ll]ate|(?:[Bb]eginning|[Ss]tart|[Ee]nd){_GAP}of)(?:{_DASH}|{_GAP})"
)
_ATOM = re.compile(
    rf"(?<![\w/.:-])(?:"
    rf"(?P<iso>{YEAR}-[01]\d(?:-[0-3]\d)?)(?![\d-])(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?"
    rf"|(?P<dotted>[0-3]?\d\.[01]?\d\.{YEAR})(?!\w|\.\w)"
    rf"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun){_GAP}(?P<clock_month>{_MONTH}){_GAP}(?P<clock_day>[0-3]?\d){_GAP}\d\d:\d\d:\d\d"
    rf"{_GAP}(?:[A-Z]{{3,4}}{_GAP})?(?P<clock_year>{YEAR})(?!\d)"
    rf"|(?<=etween )(?P<inner>{_DAY}){_GAP}and{_GAP}(?P<inner_to>{_DAY}){_GAP}(?P<inner_month>{_MONTH})"
    rf"(?:,?{_GAP}(?P<inner_year>{YEAR})(?!\d))?"
    rf"|(?P<stamp>{YEAR}[01]\d[0-3]\d)T\d{{4,6}}Z?(?!\w)"
    rf"|(?P<share>Q[1-4]|H[12]|(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast){_GAP}(?:quarter|half))"
    rf"(?:{_GAP}of{_GAP}|,?{_GAP}|[-/])(?P<share_year>{YEAR})(?![\w-])"
    rf"|(?P<day>{_DAY})(?:{_DASH}(?P<day_to>{_DAY}))?(?:{_GAP}of)?{_GAP}(?P<day_month>{_MONTH})"
    rf"(?:,?{_GAP}(?P<day_year>{YEAR})(?!\d))?"
    rf"|(?P<month_part>{_PART})?(?P<month>{_MONTH})(?:{_GAP}(?P<month_day>{_DAY})(?:{_DASH}(?P<month_day_to>{_DAY}))?)?"
    rf"(?:,?{_GAP}(?:of{_GAP})?(?P<month_year>{YEAR})(?!\d))?"
    rf"|(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter){_GAP}(?:of{_GAP})?(?P<season_year>{YEAR})(?![\w-])"
    rf"|(?P<year_part>{_PART}(?:in{_GAP})?)?(?P<year>{YEAR})(?:{_DASH}(?P<year_to>{YEAR})|(?P<year_share>{_GAP}Q[1-4]))?"
    rf"(?![\w/]|[-.]\w)"
    rf")"
)
_DAYS = {
    "day": ("day_month", "day", "day_to"),
    "inner": ("inner_month", "inner", "inner_to"),
    "clock": ("clock_month", "clock_day", ""),
    "month": ("month", "month_day", "month_day_to"),
}
"""By the way a date is written: the parts that are its month, first day and last day; its year goes by it."""
_MONTHS = 12
_HEDGE = r"(?:\s+(?:in|on|the|about|around|approximately|roughly|at|or|least|possibly|likely|including)){0,6}"
_LEAD = re.compile(
    rf"\b(?:(?P<status>as\s+of)|(?P<since>since|(?:starting|beginning|commencing|began|begun|started|dating\s+back|going\s+back)"
    rf"(?:\s+(?:to|from|since|around))?|(?:as\s+)?(?:early|far\s+back)\s+as|from\s+at\s+least|after|following)"
    rf"|(?P<until>until|till|through|up\s+to|as\s+late\s+as|before|prior\s+to|by|ending|ended)"
    rf"|(?P<between>between|from)|(?P<at>in|during|of|throughout|on|around|about|circa|recently\s+as|year"
    rf"|approximately|and|to|over|for))"
    rf"{_HEDGE}\s*",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"\s*,?\s*(?:(?:and\s+)?continu(?:ing|ed)\s+)?(?:to|until|till|through|thru|up\s+to(?:\s+and)?|[-\u2010-\u2015])"
    rf"{_HEDGE}\s*",
    re.IGNORECASE,
)
_AND = re.compile(rf"\s*,?\s*(?:and|or|,){_HEDGE}\s*", re.IGNORECASE)
_NAMED = re.compile(r" [A-Z][a-z.]")
_SHARES = {"q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12), "h1": (1, 6), "h2": (7, 12)}
_NTH = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_THIRDS_OF_YEAR = {"e": (1, 4), "m": (5, 8), "l": (9, 12)}
_THIRDS_OF_MONTH = {"e": (1, 10), "m": (11, 20), "l": (21, 31)}


@dataclass(frozen=True, slots=True)
class Period:
    """A time that a text names, where it does, and its ISO 8601 form as the module says.

    `is_led` says that a word such as "on" or "since" stands before it, as in a sentence and not in a byline.
    """

    span: Span
    value: str
    is_led: bool = True


@dataclass(frozen=True, slots=True)
class _Atom:
    """One date: what it runs from and to, as ISO; `month` and `day` where its year stands with another.

    `is_bare` marks a year alone, which is one only after words such as "in" or "since".
    """

    span: Span
    first: str
    last: str
    year: int
    month: int = 0
    days: tuple[int, int] = (0, 0)
    is_bare: bool = False


def periods(text: str, sentence: Span) -> Iterator[Period]:
    """The periods in a sentence, in reading order: of the first `_MOST` dates, a bound for hostile text."""
    near = list(_around_years(text, sentence))
    matches = chain.from_iterable(_ATOM.finditer(text, part.start, part.end) for part in near)
    atoms = [atom for match in islice(matches, _MOST) if (atom := _atom(match))]
    if len(atoms) == 0:
        return
    leads = {match.end(): match for part in near for match in _LEAD.finditer(text, part.start, part.end)}
    at = 0
    while at < len(atoms):
        lead = leads.get(atoms[at].span.start)
        ranged = at + 1 < len(atoms) and _makes_range(text, atoms[at], atoms[at + 1], lead)
        if ranged:
            found = _range(atoms[at], atoms[at + 1])
        else:
            following = atoms[at + 1 : at + 2] if at + 1 < len(atoms) else []
            found = _single(text, atoms[at], following, lead)
        if found is not None:
            yield found
        at += 2 if ranged else 1


def _around_years(text: str, sentence: Span) -> Iterator[Span]:
    """The stretches of a sentence that lie near a year, outside of which no date is looked for."""
    start = end = -1
    for match in islice(HAS_YEAR.finditer(text, sentence.start, sentence.end), _MOST):
        if end < 0 or match.start() - _BEFORE > end:
            if end >= 0:
                yield Span(start, end)
            start = max(sentence.start, match.start() - _BEFORE)
        end = min(sentence.end, match.end() + _AFTER)
    if end >= 0:
        yield Span(start, end)


def _makes_range(text: str, one: _Atom, other: _Atom, lead: re.Match[str] | None) -> bool:
    between = text[one.span.end : other.span.start]
    if len(between) > _LONGEST_JOINT:
        return False
    if one.is_bare and other.is_bare and lead is None:
        return False
    if _RANGE.fullmatch(between) is not None:
        return True
    opens = lead is not None and lead["between"] is not None and lead["between"].lower() == "between"
    return opens and _AND.fullmatch(between) is not None


def _range(one: _Atom, other: _Atom) -> Period | None:
    """From the beginning of one date to the end of another; either may lend the other its year."""
    if one.year == 0 and other.year == 0:
        return None
    if one.year == 0:
        one = _in_year(one, other.year - (one.month > other.month > 0))
    elif other.year == 0:
        other = _in_year(other, one.year + (0 < other.month < one.month))
    if len(one.first) == 0 or len(other.last) == 0 or one.first > f"{other.last}~":
        return None
    return Period(Span(one.span.start, other.span.end), f"{one.first}/{other.last}")


def _single(text: str, atom: _Atom, following: Sequence[_Atom], lead: re.Match[str] | None) -> Period | None:
    """A date by itself; one without a year has that of the next where "and" or a comma joins them."""
    for other in following:
        between = text[atom.span.end : other.span.start]
        if atom.year == 0 and other.year > 0 and len(between) <= _LONGEST_JOINT and _AND.fullmatch(between):
            atom = _in_year(atom, other.year)
    if len(atom.first) == 0 or (atom.is_bare and (lead is None or _is_in_a_name(text, atom.span))):
        return None
    value = atom.first if atom.first == atom.last else f"{atom.first}/{atom.last}"
    if lead is None:
        return Period(atom.span, value, is_led=False)
    if lead["status"] is not None:
        return None
    if lead["since"] is not None:
        return Period(Span(lead.start(), atom.span.end), f"{atom.first}/{OPEN}")
    if lead["until"] is not None:
        return Period(Span(lead.start(), atom.span.end), f"{OPEN}/{atom.last}")
    return Period(atom.span, value)


def _is_in_a_name(text: str, span: Span) -> bool:
    """Whether a year only tells which one is meant: "the 2018 election", "2018 Winter Games"."""
    return (
        text[max(span.start - 4, 0) : span.start].lower() == "the "
        or _NAMED.match(text, span.end) is not None
    )


def _in_year(atom: _Atom, year: int) -> _Atom:
    first, last = _month_days(year, atom.month, *atom.days)
    return replace(atom, first=first, last=last, year=year)


def _atom(match: re.Match[str]) -> _Atom | None:
    """The date that a match of the grammar writes; None for a day or month that no calendar has."""
    span, found = Span(*match.span()), match.groupdict()
    written = found["iso"] or found["stamp"]
    if written is not None:
        digits = written.replace("-", "")
        iso = "-".join(part for part in (digits[:4], digits[4:6], digits[6:8]) if len(part) > 0)
        return _Atom(span, iso, iso, int(digits[:4])) if _is_date(iso) else None
    if found["dotted"] is not None:
        day, number, dotted_year = (int(part) for part in found["dotted"].split("."))
        return _of_days(span, dotted_year, number, (day, day)) if 1 <= number <= _MONTHS else None
    if found["share"] is not None:
        return _of_months(span, int(found["share_year"]), _SHARES.get(_share(found["share"]), (1, 12)))
    if found["season_year"] is not None:
        return _Atom(span, found["season_year"], found["season_year"], int(found["season_year"]))
    if found["year"] is not None:
        return _year(span, int(found["year"]), found)
    sort = next(sort for sort in _DAYS if found[_DAYS[sort][0]] is not None)
    named, begin, end = (found.get(name) for name in _DAYS[sort])
    month = _NUMBER_OF_MONTH[str(named).lower()[:3]]
    days = (_number(begin), _number(end) or _number(begin))
    if found["month_part"] is not None and days == (0, 0):
        days = _third(found["month_part"], _THIRDS_OF_MONTH, days)
    year = _number(found[f"{sort}_year"])
    if sort == "month" and year == 0 and match["month"] in {"May", "March"} and days == (0, 0):
        return _Atom(span, "", "", 0, month)
    return _of_days(span, year, month, days)


def _of_days(span: Span, year: int, month: int, days: tuple[int, int]) -> _Atom | None:
    """Days of a month, whose year may be said elsewhere (0)."""
    first, last = _month_days(year, month, *days) if year > 0 else ("", "")
    return _Atom(span, first, last, year, month, days) if year == 0 or len(first) > 0 else None


def _year(span: Span, year: int, found: Mapping[str, str | None]) -> _Atom:
    if found["year_share"] is not None:
        return _of_months(span, year, _SHARES[found["year_share"].strip().lower()])
    if found["year_part"] is not None:
        return _of_months(span, year, _third(found["year_part"], _THIRDS_OF_YEAR, (1, 12)))
    return _Atom(span, str(year), found["year_to"] or str(year), year, is_bare=True)


def _third(part: str, thirds: dict[str, tuple[int, int]], whole: tuple[int, int]) -> tuple[int, int]:
    """The third that "early", "mid" or "late" means; "end of" is late, "start of" and "beginning of"
    early."""
    word = part.strip().lower()
    letter = "l" if word.startswith("end") else "e" if word[0] in "bs" else word[0]
    return thirds.get(letter, whole)


def _share(words: str) -> str:
    """ "q3" for "Q3" and "third quarter", "h2" for "second half" and "last half"."""
    folded = words.lower().split()
    if len(folded) == 1:
        return folded[0]
    letter = folded[1][0]
    return letter.replace("u", "q") + _NTH.get(folded[0], "4" if letter == "q" else "2")


def _of_months(span: Span, year: int, months: tuple[int, int]) -> _Atom:
    return _Atom(span, f"{year}-{months[0]:02}", f"{year}-{months[1]:02}", year)


def _month_days(year: int, month: int, begin: int, end: int) -> tuple[str, str]:
    """ISO forms of a month (days 0) or of days in it; the last day of the month for one beyond it by a
    third."""
    if begin == 0:
        return f"{year}-{month:02}", f"{year}-{month:02}"
    if (begin, end) == _THIRDS_OF_MONTH["l"]:
        end = calendar.monthrange(year, month)[1]
    first, last = f"{year}-{month:02}-{begin:02}", f"{year}-{month:02}-{end:02}"
    return (first, last) if begin <= end and _is_date(first) and _is_date(last) else ("", "")


def _is_date(iso: str) -> bool:
    try:
        datetime.date.fromisoformat(f"{iso}-01-01"[:10])
    except ValueError:
        return False
    return True


def _number(digits: str | None) -> int:
    return 0 if digits is None else int(re.sub(r"\D", "", digits))
