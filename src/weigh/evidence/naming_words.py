"""Words beside names (`names.toml`): those that say what the name is for, and those that are no names."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def naming_words(row: str) -> frozenset[str]:
    """The words of one row of the table; KeyError for a row that it does not have."""
    table = tomllib.loads(files("weigh.evidence").joinpath("names.toml").read_text(encoding="utf-8"))
    return frozenset(str(table[row]).split())
