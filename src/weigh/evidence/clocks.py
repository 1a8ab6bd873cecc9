"""The clock that operators keep: working hours, days off, and the time zone they speak for.

Zones are those of the IANA database (package tzdata): offsets from UTC, identifiers, and the places that name
zones ("Riga time"), or countries with one zone. An abbreviation that several zones use (CST) is kept as
written with every reading, as is a holiday that several countries keep; nothing is chosen for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from weigh.evidence.findings import Finding
from weigh.evidence.folding import fold
from weigh.evidence.holidays import calendars, holidays, named
from weigh.evidence.layout import Layout
from weigh.evidence.zones import ZONE, Zone, zone_named
from weigh.records import Kind, Span

HOURS, DAYS, ZONE_OF = "working hours", "working days", "time zone"
CUES = (
    *("working hours", "office hours", "business hours", "work hours", "working day", "work day", "workday"),
    *(
        "working week",
        "work week",
        "workweek",
        "time zone",
        "timezone",
        "utc+",
        "utc +",
        "utc-",
        "utc -",
        "gmt+",
    ),
    *(
        "gmt +",
        "gmt-",
        "gmt -",
        "weekend",
        "weekday",
        "saturday",
        "sunday",
        "monday",
        "holiday",
        "hours of",
        "o'clock",
    ),
    *("hours in", "between the hours", "local time", "standard time", " time)", " am ", " pm ", ":00", ":30"),
    *("a.m.", "p.m.", "commits", *(f"{hour}{half}" for hour in range(1, 13) for half in ("am", "pm"))),
    *map(fold, holidays()),
)
"""Words without which no sentence is looked at, folded."""

_NEAR, _BESIDE, _DAY = 40, 90, 24 * 60

HOURS_READ, DAYS_READ, ZONE_READ = 0.85, 0.8, 0.8

_CLOCK = r"(?:[012]\d[0-5]\d(?!\d)(?:\s?(?:h|hrs|hours)\b)?|\d{1,2}(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]\b\.?)?)"
_MILITARY = re.compile(r"(?P<hour>[012]\d)(?P<minute>[0-5]\d)(?:\s?(?:h|hrs|hours))?")
_FROM_TO = re.compile(
    rf"(?<![\d:.,/$])(?P<start>{_CLOCK})\s?(?:[-\u2013\u2014]|to|and|until|till|through)\s?(?P<end>{_CLOCK})(?![\d:%])"
)
_HOURS_OF = re.compile(
    r"\b(?:normal |regular |usual |typical |standard )?(?:working|office|business|work) (?:hours|days?)\b",
    re.I,
)
_AT_WORK = re.compile(
    r"\b(?:activ\w+|operat\w+|work(?:ed|ing|s)?|compil\w+|log(?:ged|[ -]?ons?|[ -]?ins?)|commands?|hands-on"
    r"|keyboard|paus\w+|ceas\w+|uploads?|clustered|cluster|timestamps?|tim(?:e|ing)s|sent|sessions?|hours)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:operators?|actors?|attackers?|adversar\w+|intruders?|group|hackers?|authors?|developers?|compil\w+|activity"
    r"|activities|operations?|campaign|samples?|malware|they|timestamps?|hands-on|tasking|commits?)\b",
    re.IGNORECASE,
)
_ADVISED = re.compile(
    r"\b(?:monitor|outside (?:of )?(?:normal |regular )?(?:business|office|working)|call|contact|phone"
    r"|available|audit|unusual|odd)\b",
    re.IGNORECASE,
)
_DAY_NAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
_DAYS = re.compile(
    rf"(?P<named>{named()}(?: (?:[Hh]olidays?|[Bb]reak|[Ff]estival|[Cc]elebrations?))?)"
    rf"|\b(?:{_DAY_NAME}(?:\s?(?:[-\u2013]|to|through|and|or|,)\s?(?:on )?{_DAY_NAME}){{0,6}}|weekends?"
    r"|weekdays|(?:(?:[A-Z]\w+ ){1,4}(?:national |public |religious )?|national |public |religious )"
    r"[Hh]olidays?)\b"
)
_IDLE = re.compile(
    r"\b(?:no|not|never|without|little|ceas\w+|paus\w+|stop\w+|absent|inactive|idle|rested|except|dropp\w+|lack|rare\w*|fewer|less|off)\b|n't\b",
    re.IGNORECASE,
)
_KEPT = re.compile(r"\b(?:observ\w+|celebrat\w+|kept|took|takes?|taking)\b", re.IGNORECASE)
_RESTED = re.compile(
    r"\b(?<!not )(?<!never )(?:idle|inactive|rest(?:ed|ing)|ceased|paused|stopped|dropped|absent|silent)\b"
    r"|\bno (?:\w+ )?(?:activity|commands?|commits?|compil\w+|operations?)\b",
    re.IGNORECASE,
)
"""What tells of rest around a holiday: before it that it was kept, after it that nothing was done."""
_RUN_OF_DAYS = re.compile(r"days?\s?(?:[-\u2013]|\bto\b|\bthrough\b)\s?|\bweekdays\b")
_ACTING = re.compile(
    r"\b(?:operators?|actors?|attackers?|adversar\w+|intruders?|hackers?|activity|operations?|compil\w+|commits?|tasking)\b",
    re.IGNORECASE,
)
_ZONE_WORDS = re.compile(
    r"\btime ?zones?\b|\bstandard time\b|\blocal time\b|\bcommits\b|\b(?:UTC|GMT) ?[+\u2212-]", re.I
)


def read(layout: Layout, sentence: Span) -> Iterator[Finding]:
    """Hours, days and zones of the operators in one sentence that speaks of them, or of hours in a zone."""
    words = sentence.of(layout.text)
    if _ADVISED.search(words) is not None:
        return
    zones = [
        zone
        for match in ZONE.finditer(layout.text, sentence.start, sentence.end)
        if (zone := zone_named(match))
    ]
    if _OWN.search(words) is None and (
        _FROM_TO.search(words) is None or not any(zone.says_so for zone in zones)
    ):
        return
    taken: list[Span] = []
    if _AT_WORK.search(words) is not None:
        for finding, zone in _hours(layout.text, sentence, zones):
            taken += [finding.span] if zone is None else [finding.span, zone.span]
            yield finding
        yield from _days(layout.text, sentence)
    if _AT_WORK.search(words) is not None or _ZONE_WORDS.search(words) is not None:
        for zone in zones:
            if zone.says_so or len(taken) > 0:
                yield Finding(
                    zone.span, Kind.CIRCUMSTANCE, zone.value, ZONE_READ, zone.why, "timestamp", ZONE_OF
                )


def _hours(text: str, sentence: Span, zones: list[Zone]) -> Iterator[tuple[Finding, Zone | None]]:
    """Hours from and to, or else "office hours" of a zone; each with the zone that is nearest."""
    matches = _FROM_TO.finditer(text, sentence.start, sentence.end)
    clear = [
        (span, hours)
        for found in matches
        for span in (Span(*found.span()),)
        if (hours := _both(found["start"], found["end"], _near(span, zones)))
    ]
    yield from (_worked(text, span, hours, zones) for span, hours in clear)
    if len(clear) > 0:
        return
    for match in _HOURS_OF.finditer(text, sentence.start, sentence.end):
        span = Span(*match.span())
        if any(0 <= zone.span.start - span.end <= _NEAR for zone in zones):
            yield _worked(text, span, "office hours", zones)


def _worked(text: str, span: Span, hours: str, zones: list[Zone]) -> tuple[Finding, Zone | None]:
    near = _near(span, zones)
    zone = min(near, key=lambda item: abs(item.span.start - span.end), default=None)
    value = hours if zone is None else f"{hours} {zone.value}"
    why = f"\u201c{' '.join(span.of(text).split())}\u201d" + ("" if zone is None else f"; {zone.why}")
    return Finding(span, Kind.CIRCUMSTANCE, value, HOURS_READ, why, "timestamp", HOURS), zone


def _near(span: Span, zones: list[Zone]) -> list[Zone]:
    return [
        zone
        for zone in zones
        if -_NEAR <= span.start - zone.span.end <= _NEAR or 0 <= zone.span.start - span.end <= _NEAR
    ]


def _both(start: str, end: str, zones: list[Zone]) -> str | None:
    """ "08:00-17:00"; None where nothing says that the numbers are hours, as it does of four digits where
    a zone stands near ("0900 to 1800 local time in Riga")."""
    first_four, last_four = _MILITARY.fullmatch(start), _MILITARY.fullmatch(end)
    if first_four is not None and last_four is not None and any(zone.says_so for zone in zones):
        start, end = (f"{four['hour']}:{four['minute']}" for four in (first_four, last_four))
    if ":" not in start + end and re.search("[AaPp]", start + end) is None:
        return None
    half = re.search(r"[AaPp]", end)
    if half is not None and re.search(r"[AaPp]", start) is None and ":" not in start:
        start = f"{start}{half.group()}" if _minutes(f"{start}{half.group()}") < _minutes(end) else start
    first, last = _minutes(start), _minutes(end)
    if not (0 <= first <= _DAY and 0 <= last <= _DAY and first != last):
        return None
    return f"{first // 60:02}:{first % 60:02}-{last // 60:02}:{last % 60:02}"


def _minutes(clock: str) -> int:
    """Minutes after midnight, beyond a day for what is no time."""
    hour, _, minute = re.sub(r"[^\d:.]", "", clock).strip(".").replace(".", ":").partition(":")
    half = re.search(r"[AaPp]", clock)
    hours = (
        int(hour) % 12 + 12 * (half.group() in "Pp") if half is not None and int(hour) <= 12 else int(hour)
    )
    return hours * 60 + int(minute or 0) if int(minute or 0) < 60 else 10 * _DAY


def _days(text: str, sentence: Span) -> Iterator[Finding]:
    """Days on which nothing was done, or on which work was done, where operators stand near."""
    for match in _DAYS.finditer(text, sentence.start, sentence.end):
        named = " ".join(match.group().split())
        start, end = max(sentence.start, match.start() - _BESIDE), min(sentence.end, match.end() + _BESIDE)
        if _ACTING.search(text, start, end) is None:
            continue
        is_span = _RUN_OF_DAYS.search(named) is not None
        is_idle = not is_span and _is_idle(text, match, start, end)
        if is_span or is_idle:
            value = f"{'idle' if is_idle else 'active'}: {_plain_days(named)}"
            why = f"\u201c{named}\u201d in a sentence of {'rest' if is_idle else 'work'}"
            kept = calendars(named)
            why += f"; {kept}" if kept != "" else ""
            yield Finding(Span(*match.span()), Kind.CIRCUMSTANCE, value, DAYS_READ, why, "timestamp", DAYS)


def _is_idle(text: str, days: re.Match[str], start: int, end: int) -> bool:
    """Whether nothing was done on the days; of a holiday that is said after it, or by its being kept."""
    before = max(start, days.start() - _NEAR)
    if _IDLE.search(text, before, days.start()) is not None:
        return True
    is_holiday = days["named"] is not None or "holiday" in days.group().lower()
    if not is_holiday:
        return False
    kept = _KEPT.search(text, before, days.start())
    return kept is not None or _RESTED.search(text, days.end(), end) is not None


def _plain_days(words: str) -> str:
    """The days without plurals, a run of them with a hyphen."""
    words = re.sub(r"(day)s\b", r"\1", words)
    return (
        words if words == "weekdays" else re.sub(r"day\s?(?:[-\u2013]|\bto\b|\bthrough\b)\s?", "day-", words)
    )
