"""Hosts, addresses and hashes that reports mention without accusing them, from published lists.

A report links to other reports and names the sites that everybody uses. Who published something that
ATT&CK or the MISP galaxy cites is counted here; the rest are warning lists of the MISP project, which the
field uses for exactly this. Only the data files of their package are read.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from weigh.compiling.attack import StixObject
from weigh.compiling.galaxy import GalaxyActor
from weigh.compiling.installed import file_bytes, package_folder
from weigh.errors import KnowledgeError
from weigh.knowledge.catalogue import Listed, Listing

_PACKAGE = "pymispwarninglists"
_LISTS = {
    "tranco10k": Listed.COMMON,
    "security-provider-blogpost": Listed.COMMON,
    "automated-malware-analysis": Listed.COMMON,
    "whats-my-ip": Listed.COMMON,
    "findip-host": Listed.COMMON,
    "lots-project": Listed.OPEN,
    "url-shortener": Listed.OPEN,
    "public-dns-v4": Listed.ADDRESSES,
    "empty-hashes": Listed.HASHES,
    "eicar.com": Listed.HASHES,
    "common-ioc-false-positive": Listed.HASHES,
}
LEAST_LINKS = 2
LEAST_OPEN = 10
"""A host with one cited page may be anybody's; where anybody may put content, nine may be."""
_CITERS = "ATT&CK or the MISP galaxy"
_HOST = re.compile(r"https?://(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[:/?#]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListingSource:
    """All lists and what they came from."""

    label: str
    digest: str
    listings: tuple[Listing, ...]


class _WarningList(msgspec.Struct):
    name: str
    entries: list[str] = msgspec.field(name="list")
    version: int = 0


def read_listings(objects: Iterable[StixObject], galaxy: Iterable[GalaxyActor]) -> ListingSource:
    """Who published what ATT&CK and the galaxy cite, and the lists of the installed package.

    Raises `KnowledgeError` when the package is not there or not what it should be.
    """
    folder = package_folder(_PACKAGE, _PACKAGE) / "data" / "misp-warninglists" / "lists"
    digest = hashlib.sha256()
    found = []
    newest = 0
    for name, kind in _LISTS.items():
        raw = file_bytes(folder / name / "list.json")
        digest.update(raw)
        try:
            told = msgspec.json.decode(raw, type=_WarningList)
        except (ValueError, RecursionError) as error:
            raise KnowledgeError(f"not a MISP warning list: {error}", place=str(folder / name)) from error
        newest = max(newest, told.version)
        found.append(Listing(kind, told.name, _joined(told.entries)))
    open_to_all = {name for listing in found if listing.kind is Listed.OPEN for name in listing.names.split()}
    found.append(_publishers(objects, galaxy, open_to_all))
    label = f"MISP warning lists in the installed package {_PACKAGE}, version {newest}"
    return ListingSource(label, digest.hexdigest(), tuple(found))


def _publishers(
    objects: Iterable[StixObject], galaxy: Iterable[GalaxyActor], open_to_all: Container[str]
) -> Listing:
    """Hosts of the pages that are cited, those with enough of them."""
    pages: dict[str, set[str]] = defaultdict(set)
    cited = [reference.url for item in objects for reference in item.external_references]
    for link in (*cited, *(link for actor in galaxy for link in actor.links)):
        host = _HOST.match(link)
        if host is not None:
            pages[host[1].lower()].add(link)
    least = {host: LEAST_OPEN if host in open_to_all else LEAST_LINKS for host in pages}
    hosts = [host for host, links in pages.items() if len(links) >= least[host]]
    return Listing(Listed.PUBLISHERS, _CITERS, _joined(hosts))


def _joined(entries: Sequence[str]) -> str:
    """Entries in one form: small letters, no leading dot or "www.", no address range of one address."""
    small = (entry.strip().lower().removesuffix("/32") for entry in entries)
    bare = {entry.removeprefix(".").removeprefix("www.") for entry in small}
    return " ".join(sorted(name for name in bare if name != "" and " " not in name))
