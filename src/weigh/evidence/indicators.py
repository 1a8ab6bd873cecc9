"""Indicators of compromise as findings, and which of them belong to the report rather than the operation."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping

from weigh.evidence.completion import Innermost
from weigh.evidence.defanging import refang
from weigh.evidence.findings import OUTSIDE, Extract, Finding
from weigh.evidence.folding import clear
from weigh.evidence.hosts import Sighting
from weigh.evidence.known_hosts import Known
from weigh.evidence.layout import Layout
from weigh.evidence.sections import Role
from weigh.evidence.suffixes import held, registrable
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
    "litecoin": 0.99,
    "dogecoin": 0.99,
    "tron": 0.99,
    "monero": 0.99,
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
_LABEL = re.compile(r"^[ \t\"']*([A-Za-z][A-Za-z _-]{1,30}?)[ \t\"']*:(?!//)", re.MULTILINE)
_OWN_LINKS = frozenset({"url", "source", "link", "permalink", "canonical", "original", "website"})
_OF_A_PUBLICATION = frozenset(
    {
        *("title", "headline", "subtitle", "author", "authors", "byline", "publisher", "publication"),
        *("outlet", "site", "published", "accessed", "retrieved", "archived", "language", "lang"),
    }
)
"""Labels that a header of something published has: a list of addresses to block has none of them."""
_GAP = re.compile(r"\n[ \t]*\n")
_CITING = frozenset({"source", "sources", "reference", "references", "link", "permalink"})
"""Fields of structured files whose addresses say where something is told."""


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of indicators that knows what reports mention without accusing it."""
    known = Known(catalogue.listings)

    def extract(layout: Layout) -> Iterator[Finding]:
        judge = _Judge(layout, known)
        for sighting in layout.sightings:
            reason = judge.reason(sighting)
            yield _finding(sighting, reason)
            if sighting.host is not None and reason == "":
                host = _host(sighting, layout.text)
                yield _finding(host, judge.reason(host))

    return extract


class _Judge:
    """Tells what belongs to a document from what it reports."""

    def __init__(self, layout: Layout, known: Known) -> None:
        self._layout, self._known = layout, known
        self._own = own_hosts(layout)
        self._defanged = sum(each.defanged and each.subtype in _LINKS for each in layout.sightings)
        citing = [field for field in layout.document.fields if _cites(field.kind)]
        self._citing = Innermost(citing) if len(citing) > 0 else None

    def reason(self, sighting: Sighting) -> str:
        """Why an indicator is of nobody's own or belongs to the report, empty when nothing says so."""
        return sighting.reason or self._harmless(sighting) or self._context(sighting)

    def _harmless(self, sighting: Sighting) -> str:
        """Why an address or a hash is of nobody's own, however it is written."""
        if sighting.subtype == "ipv4":
            return self._known.service(sighting.value)
        return self._known.harmless(sighting.value) if sighting.subtype in _HASHES else ""

    def _context(self, sighting: Sighting) -> str:
        """Why a link belongs to the report: one that works, or one among its references."""
        if sighting.subtype not in _LINKS:
            return ""
        host, path = _parts(sighting.value)
        if sighting.defanged:
            zone = self._layout.zone_at(sighting.span)
            return self._known.publisher(host) if zone is not None and zone.role is Role.REFERENCES else ""
        if _owner(sighting.value) in self._own:
            return "context: an address of the document's own publisher"
        if self._citing is not None and self._citing.around(sighting.span) is not None:
            return "context: a field that says where something is told"
        return self._known.publisher(host) or self._living(sighting, host, path)

    def _living(self, sighting: Sighting, host: str, path: bool) -> str:
        """Why a link that works is no indicator. A page in a field of its own is there to be looked for."""
        is_page = sighting.subtype == "url"
        if is_page and path and self._layout.fills_field(sighting.span):
            return ""
        before = self._layout.text[max(0, sighting.span.start - 2) : sighting.span.start]
        cited = is_page and before.rstrip().endswith("(")
        reason = self._known.common(host, path, cited) if sighting.subtype != "email" else ""
        if reason == "" and is_page and self._defanged >= _HABIT and registrable(host) != "":
            reason = f"context: a working link, and {self._defanged} of the document are made harmless"
        return reason


def _cites(kind: str) -> bool:
    """Whether a field of this kind says where something is told ("Reference URL")."""
    return not _CITING.isdisjoint(re.split(r"[\W_]+", kind.lower()))


def _host(sighting: Sighting, text: str) -> Sighting:
    """The host of a URL as an indicator of its own: who looks for it looks for the host too."""
    span = sighting.host or sighting.span
    value = refang(clear(span.of(text)).text).lower().strip("[]")
    try:
        subtype = f"ipv{ipaddress.ip_address(value).version}"
    except ValueError:
        subtype = "domain"
    return Sighting(span, subtype, value, sighting.defanged)


def own_hosts(layout: Layout) -> frozenset[str]:
    """Names that a document's own publisher holds: of the link in its header, of its source's name.

    A header is the first lines without a gap, where they say more of a publication than an address, and no
    label has two addresses: those of a list of indicators do. A structured file has no such lines.
    """
    hosts = {_source_host(layout.document)}
    if len(layout.document.fields) == 0:
        hosts |= {_owner(link.value) for link in _header_links(layout)}
    return frozenset(hosts - {""})


def _header_links(layout: Layout) -> list[Sighting]:
    text = layout.text
    start = len(text) - len(text.lstrip())
    gap = _GAP.search(text, start, start + _HEADER)
    end = min(len(text), start + _HEADER) if gap is None else gap.start()
    labels = {match.start(): match[1].strip().lower() for match in _LABEL.finditer(text, start, end)}
    if _OF_A_PUBLICATION.isdisjoint(labels.values()):
        return []
    links: dict[str, list[Sighting]] = {}
    for sighting in layout.sightings:
        if sighting.span.start >= end:
            break
        label = labels.get(text.rfind("\n", 0, sighting.span.start) + 1, "")
        if label in _OWN_LINKS and sighting.subtype in _LINKS and not sighting.defanged:
            links.setdefault(label, []).append(sighting)
    return [found[0] for found in links.values() if len(found) == 1]


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


def _parts(address: str) -> tuple[str, bool]:
    """The host of a URL, an e-mail address or a host name, and whether a page of it is meant."""
    rest = address.partition("://")[2] or address
    name, *page = re.split(r"[/?#:\\]", rest, maxsplit=1)
    host = name.rpartition("@")[2].lower().removeprefix("www.")
    return host, len(page) > 0 and page[0].strip("/") != ""


def _owner(address: str) -> str:
    """The name that the owner of a URL's, an e-mail address's or a host name's host holds, or empty."""
    host, _ = _parts(address)
    return (held(host) or registrable(host)) if "." in host else ""


def _source_host(document: Document) -> str:
    name = "" if document.source is None else document.source.name.strip().lower()
    return _owner(name)
