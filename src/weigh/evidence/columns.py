"""What the columns of a table of techniques hold, known by how they are headed.

A report's table sets what was done beside what to do about it. The headings are data (`tables.toml`);
a heading that no row of it fits says nothing about its column.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from weigh.evidence.folding import fold
from weigh.evidence.sections import Role, advises

LONGEST_HEADING = 70


class Column(StrEnum):
    """What a column of a table of techniques is for."""

    ID = "id"
    TECHNIQUE = "technique"
    TACTIC = "tactic"
    PROCEDURE = "procedure"
    MITIGATIONS = "mitigations"
    DETECTION = "detection"


ADVISING = {Column.MITIGATIONS: Role.MITIGATIONS, Column.DETECTION: Role.DETECTION}
"""Columns that are no accounts, and the part of a document that they are as."""
NAMING = frozenset({Column.ID, Column.TECHNIQUE})

_SPACE = re.compile(r"\s+")
_MARKS = "*_#: \t\xa0"


@lru_cache(maxsize=4096)
def column_of(heading: str) -> Column | None:
    """The column that a whole heading announces, None for one that is not known."""
    plain = fold(_plain(heading))
    if not 0 < len(plain) <= LONGEST_HEADING:
        return None
    match = _whole().fullmatch(plain)
    return None if match is None else Column(str(match.lastgroup))


@lru_cache(maxsize=4096)
def columns_of(headings: str) -> tuple[tuple[Column, str], ...]:
    """The columns that words announce one after the other, each with its heading; none where a word is left.

    This is how a table's first row looks when the cells have lost what stood between them.
    """
    plain = _plain(headings)
    folded = fold(plain)
    found: list[tuple[Column, str]] = []
    start = 0
    while start < len(folded):
        match = _next().match(folded, start)
        if match is None or match.end() == start:
            return ()
        found.append((Column(str(match.lastgroup)), plain[start : match.end()]))
        rest = folded[match.end() :]
        start = len(folded) - len(rest.lstrip(_MARKS))
    return tuple(found)


def begins_advice(entry: str) -> bool:
    """Whether an entry of a table with a column of advice belongs to that column, by its first words."""
    return _opening().match(entry) is not None or advises(entry)


def _plain(heading: str) -> str:
    return _SPACE.sub(" ", heading).strip(_MARKS)


@cache
def _table() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = tomllib.loads(
        files("weigh.evidence").joinpath("tables.toml").read_text(encoding="utf-8")
    )
    return table


def _alternatives() -> str:
    groups = (
        f"(?P<{column.value}>{'|'.join(map(_ungrouped, _table()['columns'][column.value]))})"
        for column in Column
    )
    return "|".join(groups)


def _ungrouped(pattern: str) -> str:
    """The pattern without groups that would count as the last one matched."""
    return re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(_alternatives())


@cache
def _next() -> re.Pattern[str]:
    return re.compile(f"(?:{_alternatives()})(?=\\s|$)")


@cache
def _opening() -> re.Pattern[str]:
    openings = "|".join(re.escape(word) for word in str(_table()["advice"]["openings"]).split())
    return re.compile(rf"\W*(?:{openings})\b(?! of\b)", re.IGNORECASE)
