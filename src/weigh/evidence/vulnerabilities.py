"""CVE identifiers, with the dashes and spaces that typesetting puts into them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from weigh.evidence.findings import Extract, Finding
from weigh.evidence.layout import Layout
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Kind, Span

PROBABILITY = 0.99

_DASH = r"[-\u2010-\u2015\u2212]"
_CVE = re.compile(rf"CVE(?<!\w\wVE)(?:\s?{_DASH}\s?|[ _:])((?:19|20)\d\d)\s?{_DASH}\s?(\d{{4,7}})(?!\d)")
_FIRST_YEAR = 1999
"""The first year of the list; earlier ones were never assigned."""


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of CVE identifiers; the knowledge has no part in it."""
    del catalogue
    return extract


def extract(layout: Layout) -> Iterator[Finding]:
    """Every CVE identifier in canonical capitals and hyphens."""
    for match in _CVE.finditer(layout.text):
        span = Span(*match.span())
        sighting = layout.sighting_at(span)
        if int(match[1]) < _FIRST_YEAR or (sighting is not None and sighting.subtype not in {"url", "file"}):
            continue
        value = f"CVE-{match[1]}-{match[2]}"
        why = "the identifier is written out"
        yield Finding(span, Kind.VULNERABILITY, value, PROBABILITY, why, "vulnerability")
