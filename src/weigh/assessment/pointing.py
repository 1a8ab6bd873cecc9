"""Whom an artefact points at, as the knowledge has it: an actor that can be a hypothesis, or why it is
nobody."""

from __future__ import annotations

import numpy as np

from weigh.evidence.traces import NO_ACTOR, chances, parsed
from weigh.knowledge.naming import bearers
from weigh.knowledge.store import Knowledge

POINTS_NOWHERE = NO_ACTOR


def pointed_at(value: str, knowledge: Knowledge) -> tuple[str, str]:
    """The id of the actor that an artefact's value points at, and an empty reason; else "" and the reason.

    Software stands for its user where the knowledge knows one alone. A person's correction may name an actor
    or software instead of giving its id.
    """
    trace = parsed(value)
    if trace is None:
        return "", f"{value!r} says of no known sort of artefact whom it points to"
    if trace.target == "" or chances(trace.sort) is None:
        return "", POINTS_NOWHERE
    actor = _actor(trace.target, knowledge)
    if actor == "":
        return _user(trace.target, knowledge)
    if knowledge.actors[actor].reports == 0:
        return (
            "",
            f"{knowledge.stamp.version} holds no report on {knowledge.actors[actor].name}: no hypothesis",
        )
    return actor, ""


def _actor(target: str, knowledge: Knowledge) -> str:
    if target in knowledge.actors:
        return target
    found = bearers(knowledge.catalogue.actors, target)
    return found[0].id if len(found) == 1 else ""


def _user(target: str, knowledge: Knowledge) -> tuple[str, str]:
    """The one actor that uses a piece of software."""
    found = [item.id for item in knowledge.catalogue.software if item.id == target]
    found = found or [item.id for item in bearers(knowledge.catalogue.software, target)]
    if len(found) != 1:
        return "", f"{knowledge.stamp.version} does not know {target}, to which it points"
    users = _users(knowledge, found[0])
    if len(users) == 1:
        return users[0], ""
    many = "nobody" if len(users) == 0 else f"{len(users)} actors"
    return "", f"it points to software that {many} of {knowledge.stamp.version} use: no one actor's artefact"


def _users(knowledge: Knowledge, software: str) -> list[str]:
    known = knowledge.relations
    rows = np.unique(known.actor[known.feature == knowledge.feature_index[software]])
    return [knowledge.catalogue.actors[int(row)].id for row in rows]
