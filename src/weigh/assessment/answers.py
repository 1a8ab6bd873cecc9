"""Which hypothesis a person means."""

from __future__ import annotations

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
            remedy=f"`weigh knowledge search {name}` looks for it; an actor without reports is not weighed",
        )
    several = ", ".join(f"{row.name} ({row.id})" for row in found)
    raise UsageError(f"{name!r} is a name of several actors: {several}", remedy="give the id")
