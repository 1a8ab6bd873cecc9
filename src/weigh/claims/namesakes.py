"""Names in which a country's name stands and that are not the country's: "Air India", "China Telecom".

They are told by kinds of words before and after a country's name (`namesakes.toml`), not by lists of names.
Whoever is called by a nationality ("a Norlandian student") is not the state either.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from weigh.claims.listed import Form
from weigh.records import Span

_RUN = re.compile(r"(?: (?:of (?:the )?|& )?[A-Z][\w’&-]*(?:'[A-Za-z]{2,})?){1,5}")
_WORD = re.compile(r"[A-Z][\w’&-]*")
_LONG = re.compile(r"[^\W\d_][\w'’-]{3,}")
_HEADLINE = 0.7
"""Share of the longer words of a line without a full stop with a capital from which on it is a headline."""
_BEFORE, _LONGEST_LINE, _LEAST = 60, 200, 2
_WIDEST = 1000
"""Characters on either side of a name in which its line is looked for: a longer one is no headline."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """Words that make another name of a country's, compiled from the table."""

    firms: frozenset[str]
    offices: frozenset[str]
    apart: frozenset[str]
    before: re.Pattern[str]
    regions: re.Pattern[str]
    persons: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ChineseKinds:
    """The same for Chinese, and what may stand between a state and a body of it."""

    firms: re.Pattern[str]
    persons: re.Pattern[str]
    between: re.Pattern[str]
    names: tuple[str, ...]
    parts: dict[str, list[str]]
    """Names of parts of states by the state's code."""


@cache
def kinds() -> Kinds:
    """The words for English."""
    table = _table()["english"]
    return Kinds(
        firms=frozenset(table["firms"].split()),
        offices=frozenset(table["offices"].split()),
        apart=frozenset(table["apart"].split()),
        before=re.compile(table["before"]),
        regions=re.compile(table["regions"]),
        persons=re.compile(table["persons"]),
    )


@cache
def chinese_kinds() -> ChineseKinds:
    """The words for Chinese."""
    table = _table()["chinese"]
    patterns = {name: re.compile(table[name]) for name in ("firms", "persons", "between")}
    return ChineseKinds(**patterns, names=tuple(table["names"]), parts=table["parts"])


def namesakes(text: str, named: Iterable[tuple[Span, Form]]) -> Iterator[tuple[Span, Span | None]]:
    """Of names in a text, in reading order, those of states that mean no state, each with the whole name in
    which it stands; None where it is somebody's nationality, or a part of the world's."""
    items = list(named)
    begins = frozenset(span.start for span, _ in items)
    for span, form in items:
        if form not in (Form.STATE, Form.ADJECTIVE):
            continue
        if form is Form.ADJECTIVE and _is_nationality(text, span):
            yield span, None
            continue
        whole = Span(_start(text, span), _end(text, span, form, begins))
        if whole != span:
            yield span, whole


def _is_nationality(text: str, span: Span) -> bool:
    table = kinds()
    if table.regions.search(text, max(0, span.start - _BEFORE), span.start) is not None:
        return True
    return table.persons.match(text, span.end) is not None


def _start(text: str, span: Span) -> int:
    """Where a name begins that a word before a country's makes another's: "Air", "Bank of"."""
    line = max(0, span.start - _BEFORE)
    line = text.rfind("\n", line, span.start) + 1 or line
    match = kinds().before.search(text[line : span.start])
    offices = match is not None and _has(_run(text, span.end), kinds().offices)
    return span.start if match is None or offices else line + match.start()


def _end(text: str, span: Span, form: Form, begins: frozenset[int]) -> int:
    """Where a name ends that goes on in capitals after a country's: with a firm's kind of word after an
    adjective or an abbreviation, with any words but those of offices after a country's whole name."""
    run = _run(text, span.end)
    if run == "" or span.end + 1 in begins or _has(run, kinds().offices) or _is_headline(text, span):
        return span.end
    words = _WORD.findall(run)
    plain = [word for word in words if not word.isupper()]
    free = form is Form.STATE and not span.of(text).isupper() and len(plain) == len(words)
    if _has(run, kinds().firms) or (free and words[0] not in kinds().apart and len(words[0]) > _LEAST):
        return span.end + len(run)
    return span.end


def _run(text: str, start: int) -> str:
    match = _RUN.match(text, start)
    return "" if match is None else match.group()


def _has(run: str, words: frozenset[str]) -> bool:
    return any(word in words for word in _WORD.findall(run))


def _is_headline(text: str, span: Span) -> bool:
    """Whether a line without a full stop is in capitals throughout, where they tell nothing."""
    begins = text[max(0, span.start - _WIDEST) : span.start].rpartition("\n")[2]
    ends = text[span.start : span.end + _WIDEST].partition("\n")[0]
    line = (begins + ends).strip()
    if len(line) > _LONGEST_LINE or line.endswith((".", "!", "?")):
        return False
    long = _LONG.findall(line)
    return len(long) > 0 and sum(word[0].isupper() for word in long) >= _HEADLINE * len(long)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("weigh.claims").joinpath("namesakes.toml").read_text(encoding="utf-8"))
