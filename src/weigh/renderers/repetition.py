"""Who repeats whom, ready to be written: sentences that the terminal, the report and the page share.

Works on the rows of an assessment alone; documents are named by whoever writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from weigh.assessment.claim_rows import ChainLinkRow
from weigh.assessment.document import Assessment, OriginLinkRow, OriginsRow
from weigh.assessment.repeating import OriginStepRow
from weigh.claims.links import kinds
from weigh.readers.wording import counted

_SHARING = {
    kinds()[row].name for row in ("same-stated-source", "joint-statement", "rare-details", "same-day")
}


def summary(row: OriginsRow) -> str:
    """Documents, origins, and what they are worth: "8 documents, 4 origins, worth 2.1 independent ones"."""
    ones = "one" if f"{row.effective:.1f}" == "1.0" else "ones"
    return (
        f"{counted(row.documents, 'document')}, {counted(row.origins, 'origin')}, "
        f"worth {row.effective:.1f} independent {ones}."
    )


def taken(row: OriginsRow) -> tuple[tuple[OriginStepRow, OriginLinkRow | None], ...]:
    """Documents that are taken to repeat another, the surest first, each with the link that says so."""
    links = {(link.document, link.repeats): link for link in row.links}
    steps = sorted((step for step in row.steps if step.repeats != ""), key=lambda step: -step.copying)
    return tuple((step, links.get((step.document, step.repeats))) for step in steps)


def names(assessment: Assessment) -> Callable[[str], str]:
    """What each document is called, by its id; one that the assessment does not hold is unknown."""
    known = {row.id: row.name for row in assessment.documents}
    return lambda identifier: known.get(identifier, "an unknown document")


def verb(step: OriginStepRow, link: OriginLinkRow | ChainLinkRow | None) -> str:
    """ "repeats" where the two are one origin, "may repeat" where the link is weaker; of links that do not
    tell which came first, that they share a source."""
    shares = link is None or link.kind in _SHARING
    if step.origin != step.document:
        return "shares a source with" if shares else "repeats"
    return "may share a source with" if shares else "may repeat"


def others(row: OriginsRow) -> tuple[OriginLinkRow, ...]:
    """Links beside those that are taken: a document repeats at most one other, but may name more."""
    used = {(step.document, step.repeats) for step in row.steps}
    return tuple(link for link in row.links if (link.document, link.repeats) not in used)


def reason(link: OriginLinkRow | ChainLinkRow | None) -> str:
    """Why: the kind of the link and what shows it."""
    if link is None:
        return "both repeat a third document"
    return link.kind if link.why == "" else f"{link.kind}: {link.why}"


def circle(names: Sequence[str], called: Callable[[str], str]) -> str:
    """Documents that name one another in turn, as a sentence that follows the chain round."""
    told = ", which names ".join(called(name) for name in (*names[1:], names[0]))
    return f"{called(names[0])} names {told} again; one of them is taken for the origin."
