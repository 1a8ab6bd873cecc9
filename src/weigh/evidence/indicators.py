"""Indicators of compromise as findings, and which of them belong to the report rather than the operation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from weigh.evidence.findings import OUTSIDE, Extract, Finding
from weigh.evidence.hosts import Sighting, registrable
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

_LINKS = frozenset({"url", "domain", "email"})
_LINKS_OUTSIDE = OUTSIDE - {Role.DETECTION}
_OTHERS_OUTSIDE = frozenset({Role.REFERENCES, Role.CONTACT, Role.NOTICE, Role.ADVERTISING})
_HEADER = 2000
_OWN_LINK = re.compile(r"^\s*(?:url|source|link|permalink|canonical|original|website)\s*:", re.IGNORECASE)


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of indicators that knows the hosts on which reports are published."""
    publishers = Counter(_host(report.url) for report in catalogue.reports)
    del publishers[""]

    def extract(layout: Layout) -> Iterator[Finding]:
        own = own_hosts(layout)
        for sighting in layout.sightings:
            yield _finding(sighting, _context(sighting, own, publishers))

    return extract


def own_hosts(layout: Layout) -> frozenset[str]:
    """Registered domains of a document's own publisher: of the link in its header, of its source's name."""
    text, document = layout.text, layout.document
    hosts = {_source_host(document)}
    for sighting in layout.sightings:
        if sighting.span.start > _HEADER:
            break
        line = text.rfind("\n", 0, sighting.span.start) + 1
        if _OWN_LINK.match(text[line : sighting.span.start]) is not None and not sighting.defanged:
            hosts.add(_host(sighting.value))
    return frozenset(hosts - {""})


def _finding(sighting: Sighting, context: str) -> Finding:
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
        set_aside=sighting.reason or context,
        outside=frozenset() if sighting.defanged else outside,
        unless_advice=False,
    )


def _context(sighting: Sighting, own: frozenset[str], publishers: Mapping[str, int]) -> str:
    """Why a live link belongs to the report, empty when nothing says that it does."""
    if sighting.defanged or sighting.subtype not in _LINKS:
        return ""
    host = _host(sighting.value)
    if host in own:
        return "context: an address of the document's own publisher"
    count = publishers.get(host, 0)
    return "" if count == 0 else f"context: a host that published {count} of the reports in the knowledge"


def _host(address: str) -> str:
    """The registered domain of a URL, an e-mail address or a host name."""
    rest = address.partition("://")[2] or address
    name = re.split(r"[/?#:\\]", rest, maxsplit=1)[0].rpartition("@")[2].lower()
    return registrable(name) if "." in name else ""


def _source_host(document: Document) -> str:
    name = "" if document.source is None else document.source.name.strip().lower()
    return _host(name)
