"""The observations as a table for spreadsheets: one row each, in the order of the assessment.

What a reader must mind of the case stands in a column, on every row: a line of comment before the header is
no row that a spreadsheet, pandas or a database would take, and one row alone is lost by the first filter.
"""

from __future__ import annotations

import csv
import io

from weigh.assessment.document import Assessment, DocumentRow, ObservationRow
from weigh.renderers.defang import defang
from weigh.renderers.release import released

COLUMNS = (
    "id",
    "kind",
    "subtype",
    "value",
    "name",
    "probability",
    "forgeability",
    "credibility",
    "set_aside",
    "verdict",
    "author",
    "because",
    "quote",
    "sentence",
    "document",
    "document_name",
    "source",
    "reliability",
    "date",
    "start",
    "end",
    "pointer",
    "extractor",
    "why",
    "tlp",
    "cautions",
)

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a cell instead of showing it, full-width too (OWASP, "CSV Injection")."""


def render(assessment: Assessment, *, tlp: str = "", redact: bool = False) -> str:
    """A header and one line per observation, RFC 4180 with line feeds; addresses defanged.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    shown = released(assessment, tlp=tlp, redact=redact)
    documents = {row.id: row for row in shown.documents}
    minded = "\n".join(shown.cautions)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in shown.observations:
        values = (*_values(row, documents.get(row.document), shown.tlp), minded)
        writer.writerow([_cell(value) for value in values])
    return out.getvalue()


def _cell(value: str | float) -> str:
    """A value as a cell; our own numbers are never negative and need no guard."""
    if not isinstance(value, str):
        return repr(value)
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    text = defang(lines.replace("\0", "\N{REPLACEMENT CHARACTER}"))
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text


def _values(row: ObservationRow, document: DocumentRow | None, tlp: str) -> tuple[str | float, ...]:
    """The values of `COLUMNS` but for the last, in that order."""
    judgement = row.judgement
    return (
        row.id,
        row.kind,
        row.subtype,
        row.value,
        row.name,
        row.probability,
        row.forgeability,
        row.credibility,
        row.set_aside,
        "" if judgement is None else judgement.verdict,
        "" if judgement is None else judgement.author,
        "" if judgement is None else judgement.because,
        row.quote,
        row.sentence,
        row.document,
        "" if document is None else document.name,
        "" if document is None else document.source,
        "" if document is None else document.reliability,
        "" if document is None else document.date,
        row.start,
        row.end,
        row.pointer,
        row.extractor,
        row.why,
        tlp,
    )
