"""Which hypothesis a person means."""

from __future__ import annotations

from weigh.assessment.document import UNLISTED, Assessment
from weigh.errors import UsageError
from weigh.knowledge.naming import name_key


def hypothesis(assessment: Assessment, name: str) -> str:
    """The id of the hypothesis that a person means by an id, a name or an alias, or by `unlisted`.

    Raises `UsageError` when nobody or several bear the name, and says who.
    """
    key = name_key(name)
    if key == UNLISTED:
        return UNLISTED
    found = [
        row
        for row in assessment.hypotheses
        if key in {name_key(row.id), name_key(row.name), *(name_key(alias.name) for alias in row.aliases)}
    ]
    if len(found) == 1:
        return found[0].id
    if len(found) == 0:
        raise UsageError(
            f"no hypothesis bears the name {name!r}",
            remedy=f"`weigh knowledge search {name}` looks for it; an actor without reports is not weighed",
        )
    bearers = ", ".join(f"{row.name} ({row.id})" for row in found)
    raise UsageError(f"{name!r} is a name of several actors: {bearers}", remedy="give the id")
