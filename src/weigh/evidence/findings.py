"""What an extractor hands over: an observation before it knows its document, section and forgeability."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from weigh.evidence.layout import Layout
from weigh.evidence.sections import Role
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Kind, Span

OUTSIDE = frozenset(role for role in Role if role is not Role.ACCOUNT)
"""All parts of a document that are not accounts of what was done."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found at one place.

    `forging` names its row of the forgeability table. `set_aside` is a reason of the extractor's own
    and goes before any other. In parts with a role in `outside`, and in sentences of advice where
    `unless_advice` is true, a finding is kept and not weighed.
    """

    span: Span
    kind: Kind
    value: str
    probability: float
    why: str
    forging: str
    subtype: str = ""
    set_aside: str = ""
    outside: frozenset[Role] = OUTSIDE
    unless_advice: bool = True


Extract = Callable[[Layout], Iterable[Finding]]
"""Finds things of one sort in a laid-out document, the mentions of each value in reading order."""

Prepare = Callable[[Catalogue], Extract]
"""Makes an extractor ready for a knowledge: automata, tables of names."""
