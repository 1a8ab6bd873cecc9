"""Names -> everything that bears them, with who says so. A name never merges what it fits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from weigh.knowledge.catalogue import Actor, Alias, Catalogue

_SEPARATORS = re.compile(r"[\s\-_.]+")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """An actor that bears a name, in which form, and who uses that form."""

    actor: Actor
    name: str
    said_by: str


def name_key(name: str) -> str:
    """A name without case, letters' width, spaces, hyphens, dots and underscores: "APT-28" and "apt 28"
    are one. Empty for a name of nothing else."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name)).casefold()


def names(actor: Actor) -> tuple[tuple[str, str], ...]:
    """Every (name, who uses it) of an actor, its headline name first."""
    return ((actor.name, _keeper(actor)), *((alias.name, alias.said_by) for alias in actor.aliases))


def own_names(actor: Actor) -> tuple[str, ...]:
    """The names by which the list that an actor's id is of calls it, its headline name first."""
    return tuple(name for name, said_by in names(actor) if said_by == _keeper(actor))


def name_table(catalogue: Catalogue) -> Mapping[str, tuple[NameMatch, ...]]:
    """Folded name -> its own, in catalogue order; an actor stands once for a name."""
    table: dict[str, dict[str, NameMatch]] = {}
    for actor in catalogue.actors:
        for name, said_by in (*names(actor), (actor.id, _keeper(actor))):
            own = table.setdefault(name_key(name), {})
            known = own.get(actor.id)
            if known is None:
                own[actor.id] = NameMatch(actor, name, said_by)
            elif said_by not in known.said_by.split(", "):
                own[actor.id] = NameMatch(actor, known.name, f"{known.said_by}, {said_by}")
    return {key: tuple(own.values()) for key, own in table.items() if len(key) > 0}


def _keeper(actor: Actor) -> str:
    """Whose list an actor's headline name and id come from."""
    return "MISP galaxy" if actor.id.startswith("misp:") else "ATT&CK"


def resolve(name: str, catalogue: Catalogue) -> tuple[NameMatch, ...]:
    """Every actor that bears `name`, by id or by any alias; empty when nobody does."""
    return name_table(catalogue).get(name_key(name), ())


def search(words: str, catalogue: Catalogue) -> tuple[NameMatch, ...]:
    """Every actor with a name that contains `words`, each once, by its first such name."""
    key = name_key(words)
    if len(key) == 0:
        return ()
    found: dict[str, NameMatch] = {}
    for bearers in (matches for name, matches in name_table(catalogue).items() if key in name):
        for match in bearers:
            found.setdefault(match.actor.id, match)
    return tuple(found[key] for key in sorted(found))


class Bearer(Protocol):
    """Whoever has an id, a headline and other names."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def name(self) -> str:
        """Its headline."""

    @property
    def aliases(self) -> tuple[Alias, ...]:
        """Its other names."""


Named = TypeVar("Named", bound=Bearer)


def bearers(among: Iterable[Named], name: str) -> list[Named]:
    """Whom a person means by a name: those with it as id or headline, else those with it as another name."""
    key = name_key(name)
    everyone = list(among)
    first = [item for item in everyone if key in {name_key(item.id), name_key(item.name)}]
    return first or [item for item in everyone if key in {name_key(alias.name) for alias in item.aliases}]
