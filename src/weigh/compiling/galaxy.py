"""The MISP galaxy's threat actors: names and suspected sponsors, as claims with their source.

A cluster is tied to an ATT&CK group only where it says so itself (a group id or link) or where its
headline name is one of the group's own names (`ties`). A name that merely stands in both lists ties nothing.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from weigh.compiling.installed import file_bytes, package_folder
from weigh.errors import KnowledgeError
from weigh.knowledge.catalogue import Alias, SponsorClaim

_GROUP_LINK = re.compile(r"attack\.mitre\.org/groups?/(G\d{4})(?!\d)", re.IGNORECASE)
_GROUP_ID = re.compile(r"G\d{4}")
_ORIGIN = "origin:"
_CLUSTERS = "data/misp-galaxy/clusters"
GALAXY = "MISP galaxy"
"""Who says a name where the galaxy does not say who coined it."""


_CFR = "CFR, by way of the MISP galaxy"
_NOBODY = "unknown"
_SHORTEST_BEGINNING = 4
"""Fewer letters are no beginning of a country's name that anybody means."""


class _Cluster(msgspec.Struct):
    value: str
    uuid: str
    meta: dict[str, object] = {}


class _Galaxy(msgspec.Struct):
    values: list[_Cluster]
    version: int = 0


@dataclass(frozen=True, slots=True)
class GalaxyActor:
    """A cluster of the galaxy: its names and who coined them, its sponsors, its ATT&CK ids and links."""

    uuid: str
    name: str
    aliases: tuple[Alias, ...]
    sponsors: tuple[SponsorClaim, ...]
    group_ids: tuple[str, ...]
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GalaxySource:
    """All clusters and what they came from."""

    label: str
    digest: str
    actors: tuple[GalaxyActor, ...]


def read_galaxy(path: Path | None = None) -> GalaxySource:
    """The clusters in `path` (`.json` or `.json.xz`), or in the installed package `pymispgalaxies`.

    Raises `KnowledgeError` when the file is not a galaxy of threat actors.
    """
    label, raw = _raw(path)
    try:
        galaxy = msgspec.json.decode(raw, type=_Galaxy)
    except (ValueError, RecursionError) as error:
        raise KnowledgeError(
            f"not a MISP galaxy cluster file: {error}",
            place=label,
            remedy="give the galaxy's threat-actor.json",
        ) from error
    producers = _producers()
    return GalaxySource(
        label=f"{label}, version {galaxy.version}",
        digest=hashlib.sha256(raw).hexdigest(),
        actors=tuple(_actor(cluster, producers) for cluster in galaxy.values),
    )


def _raw(path: Path | None) -> tuple[str, bytes]:
    if path is None:
        return "MISP galaxy in the installed package pymispgalaxies", _packaged("threat-actor.json")
    return f"MISP galaxy {path.name}", file_bytes(path)


def _packaged(name: str) -> bytes:
    return file_bytes(package_folder("pymispgalaxies", "pymispgalaxies") / _CLUSTERS / name)


def _producers() -> dict[str, str]:
    clusters = msgspec.json.decode(_packaged("producer.json"), type=_Galaxy).values
    return {cluster.uuid: cluster.value for cluster in clusters}


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _coined(meta: dict[str, object], producers: dict[str, str]) -> dict[str, str]:
    """Folded name -> who coined it, from the two forms in which clusters say so."""
    coined = {
        key.removeprefix(_ORIGIN).casefold(): " and ".join(_strings(value))
        for key, value in meta.items()
        if key.startswith(_ORIGIN)
    }
    for entry in _strings(meta.get("name-attribution")):
        name, _, uuid = entry.rpartition(":")
        if uuid in producers:
            coined.setdefault(name.casefold(), producers[uuid])
    return coined


def _actor(cluster: _Cluster, producers: dict[str, str]) -> GalaxyActor:
    names = dict.fromkeys((cluster.value, *_strings(cluster.meta.get("synonyms"))))
    coined = _coined(cluster.meta, producers)
    links = _strings(cluster.meta.get("refs"))
    ids = dict.fromkeys(
        [name for name in names if _GROUP_ID.fullmatch(name)]
        + [found.upper() for found in _GROUP_LINK.findall(" ".join(links))]
    )
    aliases = tuple(
        Alias(name, coined.get(name.casefold(), GALAXY)) for name in names if not _GROUP_ID.fullmatch(name)
    )
    return GalaxyActor(cluster.uuid, cluster.value, aliases, _sponsors(cluster.meta), tuple(ids), links)


def _sponsors(meta: dict[str, object]) -> tuple[SponsorClaim, ...]:
    confidence = " ".join(_strings(meta.get("attribution-confidence")))
    fields = (("cfr-suspected-state-sponsor", _CFR), ("country", GALAXY))
    return tuple(
        SponsorClaim(country_of(name), said_by, confidence)
        for field, said_by in fields
        for name in _strings(meta.get(field))
        if name.casefold() != _NOBODY
    )


def country_of(name: str) -> str:
    """The country's usual English name for a code or any of its names, so that two spellings of one
    country do not look like two claims; what ISO 3166-1 does not know stays as it is written."""
    found = iso_country(name)
    return name if found is None else found


def iso_country(name: str) -> str | None:
    """The same, None for what ISO 3166-1 does not know.

    The beginning of a name is enough where one country alone begins so: "Palestine" ("Palestine, State
    of"), "Russia" ("Russian Federation"), but neither "Korea" nor "United".
    """
    import pycountry  # a table of some size, and needed when compiling only

    for form in (name, name.replace(" (", ", ").removesuffix(")")):
        try:
            country = pycountry.countries.lookup(form)
        except LookupError:
            continue
        return str(getattr(country, "common_name", country.name))
    if len(name) < _SHORTEST_BEGINNING:
        return None
    begun = [c for c in pycountry.countries if c.name.casefold().startswith(name.casefold())]
    return str(getattr(begun[0], "common_name", begun[0].name)) if len(begun) == 1 else None
