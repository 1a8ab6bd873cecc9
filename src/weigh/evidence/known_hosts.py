"""Which hosts, addresses and hashes a report mentions without accusing them, and who says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from weigh.knowledge.catalogue import Listed, Listing

_LONGEST = 20
"""A host of more labels is looked up by its last ones."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the lists of a catalogue hold; each kind is laid out when it is first asked for."""

    listings: tuple[Listing, ...]

    def publisher(self, host: str) -> str:
        """Why a link to a host is a reference, empty when nothing that is cited stood there."""
        found = self._under(host, Listed.PUBLISHERS)
        return "" if found == "" else f"context: a host whose reports are cited in {found}"

    def common(self, host: str, path: bool) -> str:
        """Why a host says nothing about the culprit; a page (`path`) where anybody may put one, may."""
        if path and self._under(host, Listed.OPEN) != "":
            return ""
        found = self._under(host, Listed.COMMON)
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

    def _under(self, host: str, kind: Listed) -> str:
        names = _names(self.listings, kind)
        return next((names[name] for name in _parents(host) if name in names), "")


@lru_cache(maxsize=32)
def _names(listings: tuple[Listing, ...], kind: Listed) -> Mapping[str, str]:
    """Name -> who lists it; of two lists the first is named."""
    told = (listing for listing in reversed(listings) if listing.kind is kind)
    return {name: listing.said_by for listing in told for name in listing.names.split()}


def _parents(host: str) -> Iterator[str]:
    """A host and the hosts above it, down to two labels."""
    labels = host.split(".")[-_LONGEST:]
    for start in range(len(labels) - 1):
        yield ".".join(labels[start:])
