"""Indicators of compromise as findings, and which of them belong to the report rather than the operation."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping

from weigh.evidence.defanging import refang
from weigh.evidence.findings import OUTSIDE, Extract, Finding
from weigh.evidence.hosts import Sighting, registrable
from weigh.evidence.known_hosts import Known
from weigh.evidence.layout import Layout
from weigh.evidence.sections import Role
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Document, Kind

PROBABILITIES: Mapping[str, float] = {
    "ipv4": 0.95,
    "ipv6": 0.95,
    "domain": 0.85,
    "url": 0.9,
    "email": 0.95,
    "md5": 0.98,
    "sha1": 0.98,
    "sha256": 0.99,
    "sha512": 0.99,
    "file": 0.85,
    "path": 0.9,
    "registry": 0.95,
    "mutex": 0.9,
    "bitcoin": 0.99,
    "ethereum": 0.95,
    "asn": 0.9,
}
"""Chance that an indicator of each sort is what it looks like. Our own reading; checksums make certain."""
DEFANGED = 0.98

_HABIT = 3
"""With so many links that do not work, those that do were left so on purpose."""
_HASHES = frozenset({"md5", "sha1", "sha256", "sha512"})
_LINKS = frozenset({"url", "domain", "email"})
_LINKS_OUTSIDE = OUTSIDE - {Role.DETECTION}
_OTHERS_OUTSIDE = frozenset({Role.REFERENCES, Role.CONTACT, Role.NOTICE, Role.ADVERTISING})
_HEADER = 2000
_OWN_LINK = re.compile(r"^\s*(?:url|source|link|permalink|canonical|original|website)\s*:", re.IGNORECASE)


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of indicators that knows what reports mention without accusing it."""
    known = Known(catalogue.listings)

    def extract(layout: Layout) -> Iterator[Finding]:
        own = own_hosts(layout)
        defanged = sum(each.defanged and each.subtype in _LINKS for each in layout.sightings)
        for sighting in layout.sightings:
            reason = sighting.reason or _harmless(sighting, known) or _context(sighting, own, known, defanged)
            yield _finding(sighting, reason)
            if sighting.host is not None and reason == "":
                host = _host(sighting, layout.text)
                yield _finding(host, _harmless(host, known) or _context(host, own, known, defanged))

    return extract


def _host(sighting: Sighting, text: str) -> Sighting:
    """The host of a URL as an indicator of its own: who looks for it looks for the host too."""
    span = sighting.host or sighting.span
    value = refang(span.of(text)).lower().strip("[]")
    try:
        subtype = f"ipv{ipaddress.ip_address(value).version}"
    except ValueError:
        subtype = "domain"
    return Sighting(span, subtype, value, sighting.defanged)


def own_hosts(layout: Layout) -> frozenset[str]:
    """Registered domains of a document's own publisher: of the link in its header, of its source's name."""
    text, document = layout.text, layout.document
    hosts = {_source_host(document)}
    for sighting in layout.sightings:
        if sighting.span.start > _HEADER:
            break
        line = text.rfind("\n", 0, sighting.span.start) + 1
        if _OWN_LINK.match(text[line : sighting.span.start]) is not None and not sighting.defanged:
            hosts.add(_registered(sighting.value))
    return frozenset(hosts - {""})


def _finding(sighting: Sighting, reason: str) -> Finding:
    links = sighting.subtype in _LINKS
    outside = _LINKS_OUTSIDE if links else _OTHERS_OUTSIDE
    why = "written so that it does not work" if sighting.defanged else "written out"
    return Finding(
        sighting.span,
        Kind.INDICATOR,
        sighting.value,
        DEFANGED if sighting.defanged else PROBABILITIES[sighting.subtype],
        f"{sighting.subtype}, {why}",
        sighting.subtype,
        subtype=sighting.subtype,
        set_aside=reason,
        outside=frozenset() if sighting.defanged else outside,
        unless_advice=False,
    )


def _harmless(sighting: Sighting, known: Known) -> str:
    """Why an address or a hash is of nobody's own, however it is written."""
    if sighting.subtype == "ipv4":
        return known.service(sighting.value)
    return known.harmless(sighting.value) if sighting.subtype in _HASHES else ""


def _context(sighting: Sighting, own: frozenset[str], known: Known, defanged: int) -> str:
    """Why a live link belongs to the report, empty when nothing says that it does."""
    if sighting.defanged or sighting.subtype not in _LINKS:
        return ""
    if _registered(sighting.value) in own:
        return "context: an address of the document's own publisher"
    host, path = _parts(sighting.value)
    reason = known.publisher(host)
    if reason == "" and sighting.subtype != "email":
        reason = known.common(host, path)
    if reason == "" and sighting.subtype == "url" and defanged >= _HABIT and registrable(host) != "":
        reason = f"context: a working link, and {defanged} of the document are made harmless"
    return reason


def _parts(address: str) -> tuple[str, bool]:
    """The host of a URL, an e-mail address or a host name, and whether a page of it is meant."""
    rest = address.partition("://")[2] or address
    name, *page = re.split(r"[/?#:\\]", rest, maxsplit=1)
    host = name.rpartition("@")[2].lower().removeprefix("www.")
    return host, len(page) > 0 and page[0].strip("/") != ""


def _registered(address: str) -> str:
    """The registered domain of a URL, an e-mail address or a host name."""
    host, _ = _parts(address)
    return registrable(host) if "." in host else ""


def _source_host(document: Document) -> str:
    name = "" if document.source is None else document.source.name.strip().lower()
    return _registered(name)
