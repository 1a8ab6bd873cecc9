"""Names of countries, all alike: from ISO 3166-1, and what ordinary English calls them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

import pycountry

from weigh.evidence.folding import fold


@cache
def country_names() -> dict[str, tuple[str, str]]:
    """Folded name: the name as written and the country's two-letter code.

    "Moldova, Republic of" is "Moldova" too, and "Korea, Republic of" is not "Korea", which two countries are.
    """
    own = {
        fold(name): (name, country.alpha_2) for country in pycountry.countries for name in _own_names(country)
    }
    cut = [(name, country.alpha_2) for country in pycountry.countries for name in _cut_names(country)]
    bearers = Counter(fold(name) for name, _ in cut)
    names = {fold(name): (name, code) for name, code in cut if bearers[fold(name)] == 1} | own
    extra = tomllib.loads(files("weigh.evidence").joinpath("countries.toml").read_text(encoding="utf-8"))
    return names | {fold(name): (name, code) for code, others in extra.items() for name in others}


@cache
def parts_of_countries() -> tuple[tuple[str, str], ...]:
    """Name and country's two-letter code of each part of a country (ISO 3166-2) that has a country's name or
    adjective in its own: "New Norland" is no Norland. One that begins with a whole name is left to that."""
    adjectives = [fold(adjective) for row in states().values() for adjective in row.get("of", ())]
    either = "|".join(map(re.escape, sorted({*country_names(), *adjectives}, key=len, reverse=True)))
    named = re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")
    found = []
    for part in pycountry.subdivisions:
        match = named.search(fold(part.name))
        if match is None or match.group() == fold(part.name):
            continue
        if match.start() > 0 or match.group() not in country_names():
            found.append((str(part.name), str(part.country_code)))
    return tuple(found)


@cache
def states() -> dict[str, dict[str, list[str]]]:
    """The table of adjectives, seats and signs by two-letter code."""
    return tomllib.loads(files("weigh.evidence").joinpath("states.toml").read_text(encoding="utf-8"))


def country_name(code: str) -> str:
    """The short English name for a two-letter code, the code itself where ISO 3166-1 has none."""
    country = pycountry.countries.get(alpha_2=code)
    return code if country is None else str(getattr(country, "common_name", country.name))


def _all_names(country: object) -> list[str]:
    parts = ("name", "common_name", "official_name")
    return [str(getattr(country, part)) for part in parts if hasattr(country, part)]


def _own_names(country: object) -> list[str]:
    return [name for name in _all_names(country) if ", " not in name and "(" not in name]


def _cut_names(country: object) -> set[str]:
    """Names that ISO turns round, without what it puts after the comma."""
    return {name.partition(", ")[0] for name in _all_names(country) if ", " in name and "(" not in name}
