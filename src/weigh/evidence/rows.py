"""Rows of tables of techniques: what such a row tells was done was done by the technique that it names.

The report's own author said so, which no reading of the sentence alone can match.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from weigh.evidence.findings import Extract, Finding
from weigh.evidence.folding import squeeze
from weigh.evidence.layout import Layout
from weigh.evidence.technique_names import Wording, names_of
from weigh.evidence.written_ids import PROBABILITY, Ids, identified, resolved
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Kind, Span

_MARKS = " :*.\u00a0"


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of the techniques of rows that tell how they were used, at the cell that tells it."""
    ids = Ids.of(catalogue)
    named: dict[str, set[str]] = defaultdict(set)
    for entry in names_of(catalogue):
        named[squeeze(entry.name).text].add(entry.technique)

    def extract(layout: Layout) -> Iterator[Finding]:
        for row in layout.rows:
            if row.procedure is not None:
                yield from _findings(layout, row.techniques, row.procedure, ids, named)

    return extract


def _findings(
    layout: Layout, cell: Span, procedure: Span, ids: Ids, named: Mapping[str, set[str]]
) -> Iterator[Finding]:
    """One finding for each technique of the cell, by its ids; by its name where it has none."""
    written = dict.fromkeys(
        identifier for _, identifier in identified(layout.text, ids, cell.start, cell.end)
    )
    known = [identifier for identifier in written if ids.knows(identifier)]
    for identifier in known:
        value, set_aside, _ = resolved(identifier, ids)
        now = "" if value == identifier else f", now {value}"
        why = f"the row of {identifier}{now} in a table of techniques tells how it was used"
        yield _finding(procedure, value, PROBABILITY, why, set_aside)
    words = squeeze(cell.of(layout.text)).text.strip(_MARKS)
    meant = named.get(words, set()) if len(written) == 0 else set()
    if len(meant) == 1:
        why = f"the row of \u201c{cell.of(layout.text)}\u201d in a table of techniques tells how it was used"
        yield _finding(procedure, min(meant), Wording.FULL.value, why, "")


def _finding(span: Span, technique: str, probability: float, why: str, set_aside: str) -> Finding:
    return Finding(
        span,
        Kind.TECHNIQUE,
        technique,
        probability,
        why,
        "technique",
        set_aside=set_aside,
        unless_advice=False,
    )
