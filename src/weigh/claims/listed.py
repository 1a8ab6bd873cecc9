"""The tables of names that every text is read with: states, their bodies, alliances, and who reports.

Every state is treated alike: its ISO names, a line of adjectives and seats of government.
"""

from __future__ import annotations

import gettext
import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import pycountry

from weigh.evidence.chinese import simplified
from weigh.evidence.countries import country_name, country_names, parts_of_countries, states
from weigh.evidence.folding import fold
from weigh.records import Party

_PEOPLES = ("n", "i", "k")
"""Ends of adjectives to which an s makes a people: "the Norlandians"."""

_CHINESE_LOCALES = ("zh_CN", "zh_TW", "zh_HK")
_INVESTIGATING = re.compile(
    r"(?i)\b(?:cyber|security|intelligence|computer|cert|technical|incident|research|labs?)|安全|情报|应急|中心"
)
_SERVICE = re.compile(
    r"(?i)\b(?:intelligence|(?:state|public|information) security|communications|cyber|police)\b|安全部|公安"
)
_POLITICAL = re.compile(
    r"(?i)\b(?:ministry|minister|department|council|secretary|embassy|ambassador|president|parliament|office|head"
    r"|delegation|house|mission|government|affairs|spokes\w+)\b|部$|部长|发言人|大使|总统|总理|首相"
)


class Form(StrEnum):
    """How a party is named, which tells what a word beside it may mean."""

    STATE = "state"
    ADJECTIVE = "adjective"
    BODY = "body"
    ALLIANCE = "alliance"
    REPORTER = "reporter"
    ACTOR = "actor"
    NAME = "name"
    """By a name that no table lists: it may be a person's, a firm's or a place's."""


def listed_names() -> Iterator[tuple[str, Party, Form, bool]]:
    """Every (name, party, form, whether it counts only as written)."""
    for name, code in country_names().values():
        capitals = name.isupper() or "." in name
        yield name, Party(code, country_name(code)), Form.STATE, capitals
    for code, row in states().items():
        state = Party(code, state_name(code))
        for seat in (*row.get("seats", ()), *([row["name"]] if "name" in row else [])):
            yield str(seat), state, Form.STATE, False
        for adjective in row.get("of", ()):
            yield adjective, state, Form.ADJECTIVE, False
            if adjective.endswith(_PEOPLES):
                yield f"the {adjective}s", state, Form.STATE, False
    for name, code in parts_of_countries():
        yield name, Party(f"{code}/{fold(name)}", name), Form.BODY, False
    for party, form, row in _listed_bodies():
        for name in (*row.get("names", ()), *row.get("seats", ())):
            yield name, party, form, form is Form.REPORTER and " " in name
        for name in row.get("short", ()):
            yield name, party, form, True


@cache
def bodies_table() -> dict[str, Any]:
    """The table of bodies, alliances, reporters and of actors' names in Chinese, as it is written."""
    return tomllib.loads(files("weigh.claims").joinpath("bodies.toml").read_text(encoding="utf-8"))


def _listed_bodies() -> Iterator[tuple[Party, Form, dict[str, list[str]]]]:
    table = bodies_table()
    for code, bodies in table["states"].items():
        for key, row in bodies.items():
            yield Party(f"{code}/{key}", next(iter(row["names"]), state_name(code))), Form.BODY, row
    for sort, form in (
        ("alliances", Form.ALLIANCE),
        ("organisations", Form.ALLIANCE),
        ("reporters", Form.REPORTER),
        ("vendors", Form.REPORTER),
    ):
        for key, row in table[sort].items():
            yield Party(str(key), str(key)), form, row


def names_in_chinese() -> Iterator[tuple[str, Party, Form]]:
    """Every name in simplified Chinese: states from ISO 3166-1 as `pycountry` has it translated, and the
    tables."""
    for locale in _CHINESE_LOCALES:
        translation = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[locale])
        for country in pycountry.countries:
            state = Party(country.alpha_2, country_name(country.alpha_2))
            yield simplified(translation.gettext(country.name)), state, Form.STATE
    for code, row in states().items():
        state = Party(code, state_name(code))
        for name in (*row.get("zh", ()), *row.get("zh_seats", ())):
            yield name, state, Form.STATE
        if "sign" in row:
            for ending in ("方", "政府", "当局"):
                yield f"{row['sign']}{ending}", state, Form.STATE
    for party, form, row in _listed_bodies():
        sign = states().get(party.root, {}).get("sign", "")
        for name in (*row.get("zh", ()), *row.get("short", ())):
            yield name, party, form
            if sign != "":
                yield f"{sign}{name}", party, form
    yield from _bodies_of_every_state()


def _bodies_of_every_state() -> Iterator[tuple[str, Party, Form]]:
    """Bodies in Chinese that every state has: alone of nobody yet, after a state's sign of that state."""
    signs = {code: str(row["sign"]) for code, row in states().items() if "sign" in row}
    for name, words in bodies_table()["every-state"].items():
        for word in words:
            yield word, Party(f"/{name}", name), Form.BODY
            for code, sign in signs.items():
                yield f"{sign}{word}", Party(f"{code}/{name}", name), Form.BODY


@cache
def outlets() -> frozenset[str]:
    """The names of all who report."""
    return frozenset(name for name, _, form, _ in listed_names() if form is Form.REPORTER)


def home_of(source: Party) -> str:
    """The state whose bodies a source names without saying whose: its own, or that of an outlet's row."""
    if source.root in states():
        return source.root
    table = bodies_table()
    row = table["reporters"].get(source.key) or table["vendors"].get(source.key, {})
    return str(row.get("home", ""))


def finds(party: Party) -> bool:
    """Whether a party is one whose trade it is to find culprits: a company that investigates, or a service of
    a state, which any body of one is that does not govern."""
    if "/" in party.key:
        return _SERVICE.search(party.name) is not None or _POLITICAL.search(party.name) is None
    return party.key in bodies_table()["vendors"] or _INVESTIGATING.search(party.name) is not None


def is_forum(party: Party) -> bool:
    """Whether a party is a place where states meet, which does nothing of its own on computers."""
    return "forum" in bodies_table()["alliances"].get(party.key, {})


def state_name(code: str) -> str:
    """The short English name of a state: ISO's, or the table's own where ISO has none."""
    row = states().get(code, {})
    return str(row["name"]) if "name" in row else country_name(code)


@cache
def names_in_s() -> frozenset[str]:
    """The listed names that themselves end like a possessive, with either apostrophe."""
    plain = {name for name, *_ in listed_names() if name.endswith("'s")}
    return frozenset(plain | {name.replace("'", "’") for name in plain})
