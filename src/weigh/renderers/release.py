"""What leaves the house: the marking that an export carries, and what a redacted one leaves out."""

from __future__ import annotations

import re
from dataclasses import replace

from weigh import scales
from weigh.assessment.document import (
    Assessment,
    DocumentRow,
    JudgementRow,
    LeftOutRow,
    LinchpinRow,
    ObservationRow,
    OriginsRow,
)

WITHHELD = "withheld"
REDACTED_TITLE = "Title withheld"
REJECTED = "rejected by a person"


def released(assessment: Assessment, *, tlp: str, redact: bool) -> Assessment:
    """The assessment as it may be handed on: under another TLP label, and redacted when asked.

    An empty `tlp` keeps the assessment's own label. The id stays: it names what was weighed.
    Raises `UsageError` for a label that TLP 2.0 does not have.
    """
    label = scales.tlp_label(tlp)
    marked = replace(assessment, tlp=label if len(label) > 0 else assessment.tlp)
    return _redacted(marked) if redact else marked


def _redacted(assessment: Assessment) -> Assessment:
    """Without the documents' words and names and without persons' names; values and numbers stay.

    Claims are words and names throughout, and are left out whole.
    """
    secrets = _secrets(assessment)
    return replace(
        assessment,
        title=REDACTED_TITLE,
        documents=tuple(_document(row, number) for number, row in enumerate(assessment.documents, start=1)),
        observations=tuple(_observation(row) for row in assessment.observations),
        passages=(),
        confidence=replace(
            assessment.confidence, reasons=_each_without(assessment.confidence.reasons, secrets)
        ),
        linchpins=tuple(_linchpin(row, secrets) for row in assessment.linchpins),
        left_out=_left_out(assessment.left_out, secrets),
        assumptions=_each_without(assessment.assumptions, secrets),
        unanswered=_each_without(assessment.unanswered, secrets),
        cautions=_each_without(assessment.cautions, secrets),
        origins=None if assessment.origins is None else _origins(assessment.origins),
        statements=None,
    )


def _document(row: DocumentRow, number: int) -> DocumentRow:
    source = f"source of document {number}" if row.source else ""
    return replace(row, name=f"document {number}", title="", source=source, notices=())


def _observation(row: ObservationRow) -> ObservationRow:
    rejected = row.judgement is not None and row.judgement.verdict == "reject"
    return replace(
        row,
        quote="",
        sentence="",
        passage="",
        why="",
        set_aside=REJECTED if rejected else row.set_aside,
        ruled_out=REJECTED if rejected else row.ruled_out,
        judgement=None if row.judgement is None else _judgement(row.judgement),
        figures=tuple(_judgement(figure) for figure in row.figures),
    )


def _origins(row: OriginsRow) -> OriginsRow:
    """Who repeats whom stays; the words that show it, and what they name, do not."""
    return replace(row, links=tuple(replace(link, why="", quote="") for link in row.links))


def _judgement(row: JudgementRow) -> JudgementRow:
    return replace(row, author="", because="")


def _linchpin(row: LinchpinRow, secrets: re.Pattern[str] | None) -> LinchpinRow:
    return replace(row, change=_without(row.change, secrets))


def _left_out(rows: tuple[LeftOutRow, ...], secrets: re.Pattern[str] | None) -> tuple[LeftOutRow, ...]:
    """Rejections by whomever are one row: their reasons name people and quote them."""
    kept: dict[str, int] = {}
    for row in rows:
        reason = REJECTED if row.reason.startswith("rejected by ") else _without(row.reason, secrets)
        kept[reason] = kept.get(reason, 0) + row.count
    return tuple(LeftOutRow(reason, count) for reason, count in kept.items())


def _secrets(assessment: Assessment) -> re.Pattern[str] | None:
    """A pattern of the names that must not show, longest first; None without any."""
    judgements = (each for row in assessment.observations for each in (row.judgement, *row.figures))
    names = {judgement.author for judgement in judgements if judgement is not None}
    names |= {name for row in assessment.documents for name in (row.name, row.title)}
    ordered = sorted((name for name in names if len(name.strip()) > 0), key=lambda name: (-len(name), name))
    if len(ordered) == 0:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in ordered)})(?!\w)")


def _without(text: str, secrets: re.Pattern[str] | None) -> str:
    return text if secrets is None else secrets.sub(WITHHELD, text)


def _each_without(texts: tuple[str, ...], secrets: re.Pattern[str] | None) -> tuple[str, ...]:
    return tuple(_without(text, secrets) for text in texts)
