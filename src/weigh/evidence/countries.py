"""Names of countries, all alike: from ISO 3166-1, and what ordinary English calls them."""

from __future__ import annotations

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
