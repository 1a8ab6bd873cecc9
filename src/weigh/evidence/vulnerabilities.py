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
_NUMBER = r"(?!(?:19|20)\d\d(?!\d))(\d{4,7})(?![\d%\w-])"
_FURTHER = re.compile(
    rf"(?:\s?[,;&]\s?(?:(?:and|or|&)\s)?|\s(?:and|or|&)\s)((?:19|20)\d\d)?{_DASH}{_NUMBER}"
    rf"|\s?/\s?(?:((?:19|20)\d\d){_DASH})?{_DASH}?{_NUMBER}"
)
"""A further number of a list: after a comma with its hyphen, after a slash without; a year is none."""
_FIRST_YEAR = 1999
"""The first year of the list; earlier ones were never assigned."""


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of CVE identifiers; the knowledge has no part in it."""
    del catalogue
    return extract


def extract(layout: Layout) -> Iterator[Finding]:
    """Every CVE identifier in canonical capitals and hyphens, and those of which a list has only the end."""
    for match in _CVE.finditer(layout.text):
        sighting = layout.sighting_at(Span(*match.span()))
        if int(match[1]) < _FIRST_YEAR or (sighting is not None and sighting.subtype not in {"url", "file"}):
            continue
        yield _finding(Span(*match.span()), match[1], match[2], "the identifier is written out")
        if sighting is None:
            yield from _rest(layout.text, match.end(), match[1])


def _rest(text: str, end: int, year: str) -> Iterator[Finding]:
    """The further numbers of a list ("CVE-2021-26855, -26857 and -27065"), each of the last year named."""
    following = _FURTHER.match(text, end)
    while following is not None:
        number, own_year = (2, 1) if following[2] is not None else (4, 3)
        start = following.start(number if following[own_year] is None else own_year)
        year = following[own_year] or year
        span = Span(start, following.end())
        yield _finding(span, year, following[number], f"a list of identifiers goes on from one of {year}")
        following = _FURTHER.match(text, following.end())


def _finding(span: Span, year: str, number: str, why: str) -> Finding:
    value = f"CVE-{year}-{number}"
    return Finding(span, Kind.VULNERABILITY, value, PROBABILITY, why, "vulnerability")
