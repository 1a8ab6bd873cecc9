"""Code pages as traces of a language setting: by number, or by the name of the character set.

A page of one language stands for it; one that several languages share is kept as written with every reading,
and nothing is chosen for the reader.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from weigh.records import Span

CUES = ("code page", "codepage", "code-page", "chcp", "character set", "charset", "encoding", "encoded")
"""Words without which no sentence is looked at, folded; the names of pages themselves are `names`."""

_LED = r"(?:code[ -]?pages?(?:\s(?:number|id|identifier|of|is|was|set to))?\s?[:=(]?\s?|chcp\s)"
_SHORT = r"(?:cp|windows|ibm|dos)[-_ ]?"
_BESIDE = 80
_SETTING = re.compile(
    r"\b(?:code[ -]?page|char(?:acter )?[ -]?sets?|encod\w+|decod\w+|strings?|locales?|language|console"
    r"|output|text)\b",
    re.IGNORECASE,
)


def pages(text: str, sentence: Span) -> Iterator[tuple[Span, int]]:
    """The code pages named in a sentence, each with its number; numbers of no page are passed over.

    "Code page 866" says what it is; "CP866" or "KOI8-R" needs a word such as encoding beside it.
    """
    for match in _pattern().finditer(text, sentence.start, sentence.end):
        number = int(match["led"] or match["short"] or _keyed()[_key(match["name"])])
        if number not in languages():
            continue
        start, end = max(match.start() - _BESIDE, sentence.start), min(match.end() + _BESIDE, sentence.end)
        beside = _SETTING.search(text, start, match.start()) or _SETTING.search(text, match.end(), end)
        if match["led"] is not None or beside is not None:
            yield Span(*match.span()), number


@cache
def languages() -> dict[int, tuple[str, ...]]:
    """Number of a code page -> the languages written in it, by two-letter code."""
    return {number: tuple(row["languages"]) for number, row in _table().items()}


@cache
def names() -> tuple[str, ...]:
    """Every name of a character set that is a code page, and "cp" and "windows-" with every number."""
    return (*_named(), *(f"{lead}{number}" for number in languages() for lead in ("cp", "windows-", "ibm")))


@cache
def _table() -> dict[int, dict[str, list[str]]]:
    table = tomllib.loads(files("weigh.evidence").joinpath("code_pages.toml").read_text(encoding="utf-8"))
    return {int(number): row for number, row in table.items()}


@cache
def _named() -> dict[str, int]:
    return {name: number for number, row in _table().items() for name in row.get("names", [])}


@cache
def _keyed() -> dict[str, int]:
    return {_key(name): number for name, number in _named().items()}


def _key(name: str) -> str:
    return re.sub(r"[-_ ]", "", name).casefold()


@cache
def _pattern() -> re.Pattern[str]:
    spelled = "|".join(re.escape(name) for name in sorted(_named(), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w-])(?:{_LED}(?:cp)?(?P<led>\d{{3,5}})|{_SHORT}(?P<short>\d{{3,5}})|(?P<name>{spelled}))(?![\w-])",
        re.IGNORECASE,
    )
