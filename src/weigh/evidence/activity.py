"""When the operators were at work: dates in sentences that tell of deeds, and their files' compile times.

A text dates other things as well: itself, patches, verdicts, what it cites. A date is one of activity where
the word nearest to it is of a deed and not of writing, mending or ruling; where no word says so it is
neither.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from weigh.evidence.dates import HAS_YEAR, Period, periods
from weigh.evidence.findings import Finding
from weigh.evidence.layout import Layout
from weigh.evidence.sections import Role
from weigh.records import Kind, Span

ACTIVITY, COMPILED = "activity", "compile time"
LIKELY, LABELLED = 0.8, 0.9
"""Chance that a date was read rightly: in prose, and after a label that says what it is."""

_LABELS_OUTSIDE = frozenset({Role.REFERENCES, Role.CONTACT, Role.NOTICE, Role.ADVERTISING})
"""A compile time is one in advice as well, where a list of indicators stands."""
_REACH = 110
_ACROSS = {",": 14, ";": 60, ":": 10, "(": 8, ")": 8, ".": 25}
_AFTER = 6
_WHOLE_DAY = len("2021-03-02")
"""A whole day that no word such as "on" leads in is a byline's or a citation's."""
_COMPILED = re.compile(
    r"\b(?:compile[dr]?|compilation|build|linker)(?:[ -](?:on|time|date|(?:time)?stamp|at|in))?s?\b",
    re.IGNORECASE,
)


def read(layout: Layout) -> Iterator[Finding]:
    """Dates of activity and compile times, in reading order."""
    done = -1
    for match in HAS_YEAR.finditer(layout.text):
        sentence = layout.sentence_at(Span(*match.span()))
        if sentence.start > done and sentence.end >= match.end():
            done = sentence.start
            yield from _of_sentence(layout, sentence)


def _of_sentence(layout: Layout, sentence: Span) -> Iterator[Finding]:
    found = list(periods(layout.text, sentence))
    if len(found) == 0:
        return
    start, end = max(sentence.start, found[0].span.start - _REACH), found[-1].span.end + _REACH
    cues = list(_words().finditer(layout.text, start, min(end, sentence.end)))
    for period in found:
        if layout.sighting_at(period.span) is None:
            finding = _finding(layout.text, period, cues)
            if finding is not None:
                yield finding


def _finding(text: str, period: Period, cues: Sequence[re.Match[str]]) -> Finding | None:
    cue = _nearest(text, period.span, cues)
    if cue is None:
        return None
    sort, word = cue
    if sort == "others" or (sort == "deeds" and len(period.value) == _WHOLE_DAY and not period.is_led):
        return None
    why = f"\u201c{' '.join(period.span.of(text).split())}\u201d beside \u201c{word}\u201d"
    if sort == "compiled":
        return Finding(
            period.span,
            Kind.CIRCUMSTANCE,
            period.value,
            LABELLED,
            why,
            "timestamp",
            COMPILED,
            outside=_LABELS_OUTSIDE,
            unless_advice=False,
        )
    return Finding(period.span, Kind.CIRCUMSTANCE, period.value, LIKELY, why, ACTIVITY, ACTIVITY)


def _nearest(text: str, span: Span, cues: Sequence[re.Match[str]]) -> tuple[str, str] | None:
    """The word that says what happened at a time: its sort and itself; punctuation between counts as
    distance, and a word after the time a little more than one before it."""
    first = bisect_left(cues, span.start - _REACH, key=_start)
    best: tuple[int, str, str] | None = None
    for match in cues[first : bisect_right(cues, span.end + _REACH, key=_start)]:
        before = match.end() <= span.start
        if not before and match.start() < span.end:
            continue
        between = text[match.end() : span.start] if before else text[span.end : match.start()]
        crossed = sum(cost * between.count(sign) for sign, cost in _ACROSS.items())
        distance = len(between) + crossed + (0 if before else _AFTER)
        if best is None or distance < best[0]:
            best = (distance, str(match.lastgroup), match.group())
    return None if best is None else best[1:]


def _start(match: re.Match[str]) -> int:
    return match.start()


@cache
def _words() -> re.Pattern[str]:
    table: dict[str, Any] = tomllib.loads(
        files("weigh.evidence").joinpath("circumstances.toml").read_text(encoding="utf-8")
    )["activity"]
    compiled = _COMPILED.pattern
    sorts = "|".join(f"(?P<{sort}>{'|'.join(str(words).split())})" for sort, words in table.items())
    return re.compile(rf"(?P<compiled>{compiled})|(?<![\w-])(?:{sorts})(?![\w-])", re.IGNORECASE)
