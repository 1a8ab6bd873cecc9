"""Sentences that tell their reader what to do rather than what was done.

The words are data (`advice.toml`). A whole sentence is judged by how it begins and by whom it asks for
something; an id that is written out is judged in its own clause, for one sentence may tell of a use and go
on with what to do about it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from weigh.evidence.folding import fold

_COUNTERMEASURE = re.compile(r"\bD3-[A-Z]{2,8}\b|\[(?:M1\d{3}|DS\d{4})\]")
_COUNTERMEASURES = ("D3-", "[M1", "[DS")
_JOINTS = re.compile(r"[:;\u2013\u2014](?=\s)|\s-(?=\s)")
_DONE = re.compile(r"\b(?:was|were|has|have|had|did|\w{2,}ed|ran|sent|stole|wrote|built|began)\b")
_BRACKETED = re.compile(r"[\[(][^\[\]()]{0,80}\Z")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_LABEL = re.compile(r"\W*\w+:\s+")
# A noun with such an opening as its first part ("Limit order fraud was done") has a verb of its own after it.
_COMPOUND = (
    r"(?: (?!(?:that|which|who|whose|if|when|where|whether|what|how|to|and|or|the|all|any|your|an?|for|by"
    r"|with|from|as|on)\b)[\w-]+){1,5} (?:was|were|had|did"
    r"|(?:found|used|saw|ran|showed)(?! (?:by|in|to|for|as|on|at)\b))\b"
)


def advises(sentence: str) -> bool:
    """Whether a sentence tells its reader what to do rather than what was done."""
    if _orders(sentence, "openings") or names_countermeasure(sentence):
        return True
    return _asked_at(sentence) is not None


def asks(sentence: str) -> bool:
    """Whether a sentence asks defenders for something, in words that no list of what a culprit does has."""
    return _orders(sentence, "firm") or names_countermeasure(sentence) or _asked_at(sentence) is not None


def advises_on(sentence: str, start: int) -> bool:
    """Whether what stands at `start` in a sentence is named in advice.

    It is where its own clause is an order, or somebody is asked for something before it or, where nothing
    was done before it, after it. An order before an id in brackets may be what a list tells of the culprit
    ("Disable security tools [T1562.001]") and must be one that is given to defenders alone; one with
    capitals throughout is the technique's name.
    """
    if names_countermeasure(sentence):
        return True
    clause = max((match.end() for match in _JOINTS.finditer(sentence, 0, start)), default=0)
    before = sentence[clause:start]
    long: list[str] = _LONG_WORD.findall(before)
    is_name = len(long) > 1 and not any(word[0].islower() for word in long)
    openings = "firm" if _BRACKETED.search(before) is not None else "openings_on"
    if not is_name and _orders(sentence[clause:], openings):
        return True
    asked = _asked_at(sentence)
    return asked is not None and (asked < start or _DONE.search(sentence, 0, start) is None)


def names_countermeasure(words: str) -> bool:
    """Whether an id of D3FEND, or of ATT&CK's mitigations or data sources, is written in some words."""
    if not any(map(words.__contains__, _COUNTERMEASURES)):
        return False
    return _COUNTERMEASURE.search(words) is not None


def advice_reason() -> str:
    """Why a finding in such a sentence is not weighed, for a person."""
    return str(_table()["reason"])


def _orders(sentence: str, openings: str) -> bool:
    """Whether a sentence, or what a label before it leaves ("Update: apply ..."), begins with an order."""
    label = _LABEL.match(sentence)
    starts = (0,) if label is None else (0, label.end())
    return any(_imperative(openings).match(sentence, start) is not None for start in starts)


def _asked_at(sentence: str) -> int | None:
    """Where somebody who defends is asked for something, None where nobody is."""
    folded = fold(sentence)
    near = [wording for letters, wording in _wordings() if letters in folded]
    places = [match.start() for wording in near if (match := wording.search(folded)) is not None]
    return min(places, default=None)


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads(
        files("weigh.evidence").joinpath("advice.toml").read_text(encoding="utf-8")
    )
    return table


@cache
def _imperative(openings: str) -> re.Pattern[str]:
    """How an order begins, by the name of its openings in the table: with three more words at least."""
    table = _table()
    words = f"{table['openings']} {table[openings]}" if openings == "openings_on" else table[openings]
    clausal = "|".join(str(table["clausal"]).split())
    compound = rf"(?!(?!(?:{clausal})\b)\w+{_COMPOUND})"
    more = 2 if openings == "openings_on" else 3
    opening = rf"(?:{'|'.join(str(words).split())})\b(?! of\b|:|[-\u2010\u2011]\w)(?:\W+\w+){{{more}}}"
    return re.compile(rf"\W*(?={opening}){compound}", re.IGNORECASE)


@cache
def _wordings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each under letters that it cannot do without."""
    readers = f"(?:{_table()['readers']})"
    wordings: dict[str, str] = dict(_table()["wordings"])
    return tuple(
        (letters, re.compile(rf"\b(?:{wording.replace('READERS', readers)})\b"))
        for letters, wording in wordings.items()
    )
