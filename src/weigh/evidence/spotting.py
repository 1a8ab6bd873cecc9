"""All sorts of indicators in one text, without overlaps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from weigh.evidence import artefacts, file_paths, hosts
from weigh.evidence.folding import Squeezed, clear
from weigh.evidence.hosts import Sighting
from weigh.records import Notice

SORTS: dict[str, Callable[[str], Iterator[Sighting]]] = {
    "URLs": hosts.urls,
    "e-mail addresses": hosts.emails,
    "dotted runs": hosts.runs,
    "IPv6 addresses": hosts.ipv6,
    "hashes": artefacts.hashes,
    "registry keys": file_paths.registry_keys,
    "paths": file_paths.paths,
    "mutexes": artefacts.mutexes,
    "wallets": artefacts.wallets,
    "networks": artefacts.networks,
}

MOST = 50_000
"""Indicators of one sort that are read in one document, the first ones: more than any report lists, and
few enough that a text made of nothing else costs seconds."""


@dataclass(frozen=True, slots=True)
class Spotted:
    """Sightings in reading order without overlaps, and what was not read because there was too much."""

    sightings: tuple[Sighting, ...]
    notices: tuple[Notice, ...]


def spot(text: str) -> Spotted:
    """All indicators of a text in reading order; of two that overlap the first, and the longer.

    What nobody sees, and letters in full width, do not keep one from being read.
    """
    seen = clear(text)
    found: list[Sighting] = []
    notices: list[Notice] = []
    for name, sort in SORTS.items():
        rest = sort(seen.text)
        found.extend(islice(rest, MOST))
        following = next(rest, None)
        if following is not None:
            notices.append(_cut(name, _placed(following, seen)))
    apart = _apart(found)
    return Spotted(
        apart if seen.text == text else tuple(_placed(each, seen) for each in apart), tuple(notices)
    )


def _placed(sighting: Sighting, seen: Squeezed) -> Sighting:
    """The sighting where it stands in the text that was cleared."""
    host = sighting.host and seen.span(sighting.host.start, sighting.host.end)
    return replace(sighting, span=seen.span(sighting.span.start, sighting.span.end), host=host)


def _cut(sort: str, following: Sighting) -> Notice:
    return Notice(
        f"more than {MOST:,} {sort}: those from here on are not read",
        place=f"character {following.span.start:,}",
        remedy="split the document and read its parts",
    )


def _apart(found: list[Sighting]) -> tuple[Sighting, ...]:
    kept: list[Sighting] = []
    end = 0
    for sighting in sorted(found, key=lambda sighting: (sighting.span.start, -sighting.span.end)):
        if sighting.span.start >= end:
            kept.append(sighting)
            end = sighting.span.end
    return tuple(kept)
