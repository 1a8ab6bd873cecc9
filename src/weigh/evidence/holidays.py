"""Holidays that have names of their own, and the countries whose calendars keep them, all alike."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from weigh.evidence.countries import country_name

_SHOWN = 6


@cache
def holidays() -> dict[str, tuple[str, ...]]:
    """Name of a holiday as written -> the countries that keep it, by two-letter code."""
    table = tomllib.loads(files("weigh.evidence").joinpath("holidays.toml").read_text(encoding="utf-8"))
    return {name: tuple(row["countries"]) for row in table["holiday"] for name in row["names"]}


def calendars(words: str) -> str:
    """Who keeps the holiday that stands in some words: "Golden Week is kept in China and Japan"; "" for
    none that has a name of its own. The first six of many, in the order of their names."""
    match = re.search(named(), words.replace("\u2019", "'"))
    if match is None:
        return ""
    countries = sorted(country_name(code) for code in holidays()[match.group()])
    more = len(countries) - _SHOWN
    listed = countries if more <= 1 else [*countries[:_SHOWN], f"{more} more countries"]
    before = f"{', '.join(listed[:-1])} and " if len(listed) > 1 else ""
    return f"{match.group()} is kept in {before}{listed[-1]}"


@cache
def named() -> str:
    """The pattern of every name, the longest first."""
    spelled = sorted(holidays(), key=len, reverse=True)
    return rf"\b(?:{'|'.join(map(re.escape, spelled))})(?!\w)".replace("'", "['\u2019]")
