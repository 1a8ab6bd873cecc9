"""How easily an observation could have been planted: a table that ships as data, with a reason per row."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from weigh.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Forgeability:
    """The ease with which the culprit could have planted such a thing, in [0, 1], and why we think so."""

    value: float
    rationale: str


@cache
def forgeabilities() -> dict[str, Forgeability]:
    """All rows by name: kinds of observation, types of software, sorts of indicator."""
    name = "forgeability.toml"
    table = tomllib.loads(files("weigh.evidence").joinpath(name).read_text(encoding="utf-8"))
    return {
        row: _checked(name, row, float(cells["value"]), str(cells["rationale"]))
        for row, cells in table.items()
    }


def forgeability(row: str) -> float:
    """The value of one row. Raises `KnowledgeError` for a row that the table does not have."""
    found = forgeabilities().get(row)
    if found is None:
        raise KnowledgeError(f"no forgeability is known for {row!r}", place="forgeability.toml")
    return found.value


def _checked(name: str, row: str, value: float, rationale: str) -> Forgeability:
    if not 0.0 <= value <= 1.0 or rationale == "":
        raise KnowledgeError(
            "a forgeability needs a value in [0, 1] and a rationale", place=f"{name}, row {row}"
        )
    return Forgeability(value, rationale)
