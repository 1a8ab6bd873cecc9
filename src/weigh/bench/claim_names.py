"""Names of parties as annotators and readers write them, made the same: an alias is its actor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import msgspec

from weigh.bench.claim_pairs import Gold
from weigh.claims.listed import listed_names
from weigh.claims.reading import ClaimReader
from weigh.evidence.chinese import simplified
from weigh.knowledge import naming
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Claim, Party

_GENERIC = re.compile(r"(.{3,}?) (?:group|team|gang|hackers|actors|operators|ransomware)")


class Canonical:
    """Keys of parties as annotations and readings have them, made the same: an alias is its actor."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def roots(self, keys: Iterable[str]) -> frozenset[str]:
        """The states, or else the names, that keys stand for."""
        return frozenset(self._root(key) for key in keys)

    def _root(self, key: str) -> str:
        root = _folded(key.partition("/")[0])
        return self._names.get(root) or self._names.get(_plain(root), _plain(root))

    def of(self, parties: Iterable[Party]) -> frozenset[str]:
        """The same of parties."""
        return self.roots(party.key for party in parties)

    def gold(self, one: Gold) -> Gold:
        """An annotated claim with the keys of its parties made the same."""
        return msgspec.structs.replace(
            one,
            speakers=tuple(map(self._key, one.speakers)),
            accused=tuple(map(self._key, one.accused)),
            reported_by=tuple(map(self._key, one.reported_by)),
        )

    def claim(self, one: Claim) -> Claim:
        """A claim that was read, with the keys of its parties made the same."""
        return replace(
            one,
            speakers=self._parties(one.speakers),
            accused=self._parties(one.accused),
            reported_by=self._parties(one.reported_by),
        )

    def _parties(self, parties: Iterable[Party]) -> tuple[Party, ...]:
        return tuple(replace(party, key=self._key(party.key)) for party in parties)

    def _key(self, key: str) -> str:
        root, slash, body = key.partition("/")
        return f"{self._root(root)}{slash}{body}"


def canonical(catalogue: Catalogue, reader: ClaimReader) -> Canonical:
    """Every name that a table or the catalogue has for a party, as the first whose it is."""
    headlines = [(actor.name, actor.id) for actor in reversed(catalogue.actors)]
    others = [(name, actor.id) for actor in catalogue.actors for name, _ in naming.names(actor)]
    own = [(name, actor.id) for actor in catalogue.actors for name in naming.own_names(actor)]
    short = [(name, party.key) for name, party in reader.short.items()]
    chinese = [(name, party.root) for name, party, _ in reader.chinese.entries]
    english = [(name, party.root) for name, party, _, _ in listed_names()]
    told = [*english, *chinese, *short, *reversed(others), *reversed(own), *headlines]
    return Canonical({_folded(name): root.casefold() for name, root in told if root != ""})


def _plain(name: str) -> str:
    """A folded name without a last word that only says what bears it: "royal" for "royal ransomware"."""
    match = _GENERIC.fullmatch(name)
    return name if match is None else match[1]


def _folded(name: str) -> str:
    """A name without case, script or article."""
    return simplified(name).casefold().removeprefix("the ")
