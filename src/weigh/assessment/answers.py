"""Which hypothesis, and which proposition, a person means."""

from __future__ import annotations

from shlex import quote

from weigh.assessment.claim_rows import PropositionRow
from weigh.assessment.document import UNLISTED, Assessment
from weigh.errors import UsageError
from weigh.knowledge.naming import bearers, name_key


def hypothesis(assessment: Assessment, name: str) -> str:
    """The id of the hypothesis that a person means by an id, a name or an alias, or by `unlisted`.

    Raises `UsageError` when nobody or several bear the name, and says who.
    """
    if name_key(name) == UNLISTED:
        return UNLISTED
    found = bearers(assessment.hypotheses, name)
    if len(found) == 1:
        return found[0].id
    if len(found) == 0:
        raise UsageError(
            f"no hypothesis bears the name {name!r}",
            remedy=f"`weigh knowledge search {quote(name)}` looks for it; "
            "an actor without reports is not weighed",
        )
    several = ", ".join(f"{row.name} ({row.id})" for row in found)
    raise UsageError(f"{name!r} is a name of several actors: {several}", remedy="give the id")


def proposition(assessment: Assessment, name: str, deed: str = "") -> PropositionRow:
    """The proposition about a party that a person means by a name, an id or a code, and of a deed.

    Raises `UsageError` when nobody of that name is accused.
    """
    wanted, about = name_key(name), name_key(deed)
    rows = () if assessment.statements is None else assessment.statements.propositions
    found = [
        row
        for row in rows
        if len(row.blames) > 0
        and about in name_key(row.deed)
        and wanted
        in {name_key(word) for key, label, _ in row.named for word in (key, label, row.name, row.root)}
    ]
    if len(found) > 0:
        return min(found, key=lambda row: wanted not in (name_key(row.name), name_key(row.root)))
    told = "; ".join(dict.fromkeys(row.name for row in rows if len(row.blames) > 0))
    raise UsageError(
        f"no claim accuses {name!r}", remedy=f"accused are: {told}" if told != "" else "no claims were read"
    )
