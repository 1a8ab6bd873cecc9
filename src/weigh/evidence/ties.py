"""How a sentence says whose a trace looks like, and that it was planted: the wordings, from `ties.toml`.

A trace may be called forged in its own sentence, or in the next one by a word that stands for it: "The Rich
header matches Slate Heron's. It was later proved to be forged."
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files


class Meant(Enum):
    """Which of the traces of the sentence before a word stands for."""

    LAST = "last"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Ties:
    """Patterns on the text of one sentence.

    `likeness` finds a word of likeness; `leading` ends right before the name that it is likeness to;
    `taking` ends right before the owner of a trace that was taken over; `having` leads from somebody
    to a trace that they are said to have, too; `forged` finds that something was planted; `forged_back`
    that what a pronoun stands for was, which is in one of its groups "back", "object" and "shown"; `many`
    tells a pronoun that stands for several.
    """

    likeness: re.Pattern[str]
    leading: re.Pattern[str]
    taking: re.Pattern[str]
    having: re.Pattern[str]
    forged: re.Pattern[str]
    forged_back: re.Pattern[str]
    many: re.Pattern[str]


@cache
def ties() -> Ties:
    """The patterns, read once."""
    table: dict[str, list[str]] = tomllib.loads(
        files("weigh.evidence").joinpath("ties.toml").read_text(encoding="utf-8")
    )
    any_of = {name: f"(?:{'|'.join(wordings)})" for name, wordings in table.items()}
    return Ties(
        likeness=_pattern(rf"\b{any_of['likeness']}\b"),
        leading=_pattern(rf"\b{any_of['leading']}(?:\s{any_of['between']}){{0,7}}\s[\"\u201c'\u2018]?\Z"),
        taking=_pattern(rf"\b{any_of['taking']}\b.{{0,30}}\Z"),
        having=_pattern(
            rf"(?:'s|\u2019s)?\s{any_of['having']}\s(?:the|an?|this|that)\s{any_of['same']}\s(?:\w+\s)?"
        ),
        forged=_pattern(rf"\b(?:{any_of['forged']}|{any_of['forgery']})\b"),
        forged_back=_pattern(rf"\b(?:{_passive(any_of)}|{_active(any_of)})"),
        many=_pattern(rf"\b{any_of['many']}\b"),
    )


def _passive(any_of: Mapping[str, str]) -> str:
    """ "It was later shown to have been forged", "this is a false flag"."""
    return (
        rf"(?P<back>{any_of['back']})(?:,[^,.;]{{1,40}},)?(?:(?:\s[\w-]+){{1,9}}\sand)?"
        rf"(?:\s{any_of['being']}){{1,8}}\s(?:{any_of['forged']}(?={any_of['ending']})"
        rf"|(?:(?:a|an|another|part of a)\s)?(?:{any_of['forgery']}|{any_of['pose']})\b)"
    )


def _active(any_of: Mapping[str, str]) -> str:
    """ "Somebody had forged it", "an analysis proved it a forgery"."""
    return (
        rf"(?:{any_of['done']}\s(?P<object>{any_of['it']})(?={any_of['ending']})"
        rf"|{any_of['shown']}\s(?P<shown>{any_of['it']})\s"
        r"(?:(?:to be|to have been|as|was|were|had been)\s)?(?:an?\s)?"
        rf"(?:{any_of['forged']}(?={any_of['ending']})|(?:{any_of['forgery']}|{any_of['pose']})\b))"
    )


def meant_as_forged(sentence: str) -> Meant | None:
    """Which traces of the sentence before this one says were planted, None where it says so of none."""
    found = ties().forged_back.search(sentence)
    if found is None:
        return None
    word = found["back"] or found["object"] or found["shown"]
    return Meant.LAST if ties().many.search(word) is None else Meant.ALL


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)
