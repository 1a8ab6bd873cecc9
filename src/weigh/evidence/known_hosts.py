"""Which hosts, addresses and hashes a report mentions without accusing them, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from weigh.evidence.hosts import open_hosts
from weigh.evidence.suffixes import held
from weigh.knowledge.catalogue import Listed, Listing

_LONGEST = 20
"""A host of more labels is looked up by its last ones."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the lists of a catalogue hold; each kind is laid out when it is first asked for."""

    listings: tuple[Listing, ...]

    def publisher(self, host: str) -> str:
        """Why a link to a host is a reference, empty when nothing that is cited stood there."""
        found = self._under(_parents(host), Listed.PUBLISHERS)
        return "" if found == "" else f"context: a host whose reports are cited in {found}"

    def common(self, host: str, path: bool, cited: bool = False) -> str:
        """Why a host says nothing about the culprit; a page (`path`) where anybody may put one, may.

        What is `cited` is a page like others below a name on a list, whoever was given the name.
        """
        parents = _all_parents if cited else _parents
        if path and (self._under(_all_parents(host), Listed.OPEN) != "" or _is_open(host)):
            return ""
        found = self._under(parents(host), Listed.COMMON)
        return "" if found == "" else f"context: on the list “{found}”"

    def service(self, address: str) -> str:
        """Why an address is nobody's own: a public service answers there."""
        return self._listed(address, Listed.ADDRESSES)

    def harmless(self, digest: str) -> str:
        """Why a hash tells nothing: it is of an empty, a test or a system's file."""
        return self._listed(digest, Listed.HASHES)

    def _listed(self, name: str, kind: Listed) -> str:
        found = _names(self.listings, kind).get(name, "")
        return "" if found == "" else f"on the list “{found}”"

    def _under(self, hosts: Iterator[str], kind: Listed) -> str:
        names = _names(self.listings, kind)
        return next((names[name] for name in hosts if name in names), "")


def _is_open(host: str) -> bool:
    return not open_hosts().isdisjoint(_parents(host))


@lru_cache(maxsize=32)
def _names(listings: tuple[Listing, ...], kind: Listed) -> Mapping[str, str]:
    """Name -> who lists it; of two lists the first is named."""
    told = (listing for listing in reversed(listings) if listing.kind is kind)
    return {name: listing.said_by for listing in told for name in listing.names.split()}


def _all_parents(host: str) -> Iterator[str]:
    """A host and the hosts above it, down to two labels."""
    return _down_to(2, host.split(".")[-_LONGEST:])


def _parents(host: str) -> Iterator[str]:
    """A host and the hosts above it, down to the name that its owner holds: a hoster gives the names below
    its own to others."""
    labels = host.split(".")[-_LONGEST:]
    owner = held(".".join(labels))
    return _down_to(2 if owner == "" else owner.count(".") + 1, labels)


def _down_to(least: int, labels: Sequence[str]) -> Iterator[str]:
    return (".".join(labels[start:]) for start in range(len(labels) - least + 1))
