"""All sorts of indicators in one text, without overlaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from weigh.evidence import artefacts, hosts
from weigh.evidence.hosts import Sighting

SORTS: dict[str, Callable[[str], Iterator[Sighting]]] = {
    "URLs": hosts.urls,
    "e-mail addresses": hosts.emails,
    "dotted runs": hosts.runs,
    "IPv6 addresses": hosts.ipv6,
    "hashes": artefacts.hashes,
    "registry keys": artefacts.registry_keys,
    "paths": artefacts.paths,
    "mutexes": artefacts.mutexes,
    "wallets": artefacts.wallets,
    "networks": artefacts.networks,
}

MOST = 50_000
"""Indicators of one sort that are read in one document, the first ones: more than any report lists, and
few enough that a text made of nothing else costs seconds."""


def spot(text: str) -> tuple[Sighting, ...]:
    """All indicators of a text in reading order; of two that overlap the first, and the longer."""
    found = sorted(
        (sighting for sort in SORTS.values() for sighting in islice(sort(text), MOST)),
        key=lambda sighting: (sighting.span.start, -sighting.span.end),
    )
    kept: list[Sighting] = []
    end = 0
    for sighting in found:
        if sighting.span.start >= end:
            kept.append(sighting)
            end = sighting.span.end
    return tuple(kept)
