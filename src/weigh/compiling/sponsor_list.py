"""A list of actors' names with the state that each is said to act from, in the form Microsoft publishes.

A row gives one headline name, other names, and an origin, which may be a country, a motive, or both. Only a
country is a claim about a sponsor. A row is tied to the one ATT&CK group that has its headline among its own
names, else to the one that has one of the other names as its headline; a row that fits none, or
several, ties nothing and is counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from weigh.compiling.attack import StixObject
from weigh.compiling.galaxy import GalaxyActor, iso_country
from weigh.compiling.installed import file_bytes
from weigh.errors import KnowledgeError
from weigh.knowledge.catalogue import Alias, SponsorClaim

PUBLISHER = "Microsoft"
_BY_WAY = "others, by way of Microsoft"


class _Row(msgspec.Struct):
    name: str = msgspec.field(name="Threat actor name")
    origin: str = msgspec.field(name="Origin/Threat", default="")
    others: str = msgspec.field(name="Other names", default="")


@dataclass(frozen=True, slots=True)
class SponsorList:
    """The rows as actors whose names and sponsors are claims, and what they came from."""

    label: str
    digest: str
    actors: tuple[GalaxyActor, ...]


def read_sponsor_list(path: Path) -> SponsorList:
    """The rows of `path` (`.json` or `.json.xz`). Raises `KnowledgeError` for a file of another form."""
    raw = file_bytes(path)
    try:
        rows = msgspec.json.decode(raw, type=list[_Row])
    except (ValueError, RecursionError) as error:
        raise KnowledgeError(
            f"not a list of actors with their origins: {error}",
            place=path.name,
            remedy='give a JSON list of objects with "Threat actor name", "Origin/Threat", "Other names"',
        ) from error
    return SponsorList(
        f"names and origins by {PUBLISHER}, {path.name}",
        hashlib.sha256(raw).hexdigest(),
        tuple(_actor(row) for row in rows if len(row.name.strip()) > 0),
    )


def tied(actors: Iterable[GalaxyActor], objects: Iterable[StixObject]) -> tuple[GalaxyActor, ...]:
    """The actors that speak of one live group, each with that group's id and the publisher's own name
    for it: the other names were there to find it, and are said elsewhere by those who use them."""
    groups = [item for item in objects if item.type == "intrusion-set" and item.live and item.attack_id]
    headlines = _ids(((item.name,), item.attack_id) for item in groups)
    names = _ids(((item.name, *item.aliases), item.attack_id) for item in groups)
    found = []
    for actor in actors:
        others = {ids for alias in actor.aliases for ids in headlines.get(alias.name.casefold(), ())}
        ids = names.get(actor.name.casefold(), set()) or others
        if len(ids) == 1:
            found.append(replace(actor, group_ids=tuple(ids), aliases=actor.aliases[:1]))
    return tuple(found)


def _ids(pairs: Iterable[tuple[Sequence[str], str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for names, identifier in pairs:
        for name in names:
            found.setdefault(name.casefold(), set()).add(identifier)
    return found


def _actor(row: _Row) -> GalaxyActor:
    others = [name.strip() for name in row.others.split(",")]
    aliases = {row.name.strip(): PUBLISHER} | {
        name: _BY_WAY for name in others if len(name) > 0 and name != row.name.strip()
    }
    countries = [iso_country(part.strip()) for part in row.origin.split(",")]
    return GalaxyActor(
        uuid=f"{PUBLISHER}:{row.name.strip()}",
        name=row.name.strip(),
        aliases=tuple(Alias(name, said_by) for name, said_by in aliases.items()),
        sponsors=tuple(
            SponsorClaim(country, PUBLISHER, words=row.origin)
            for country in dict.fromkeys(countries)
            if country is not None
        ),
        group_ids=(),
    )
