"""Observations of one value -> one fact. Repetition adds nothing, another origin adds what it is worth.

Within a document the best reading counts, and so it does among copies: a second reading, a copy or a
reprint changes nothing. Between documents it depends on who repeats whom: each repetition is a copy with
the probability of its link, and one half where nothing links the two (see `claims.origins`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from weigh.case.judgements import Reviewed
from weigh.claims.origins import Origins, Step, pooled, unlinked
from weigh.inference.features import Facts, facts
from weigh.knowledge.store import Knowledge
from weigh.records import Kind, Observation, Span

LEAST_PROBABILITY = 0.5
"""A reading that is more likely wrong than right is shown and not weighed. The weights were fitted on
cases whose facts are certain, and many doubtful facts together look like an actor that nobody has listed;
on documents of the AnnoCTR training part this bound also ranked best, by one or two of 17 documents."""

WEIGHED = (Kind.TECHNIQUE, Kind.SOFTWARE)
"""Kinds that the actor model knows; the others are shown and exported."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """One weighed fact: its feature index, its presence, and the observations behind it.

    `low` and `high` bound the presence for want of knowing who repeats whom; `steps` say what is known.
    """

    feature: int
    presence: float
    observations: tuple[str, ...]
    low: float
    high: float
    steps: tuple[Step, ...]


def pool(
    observations: Iterable[Reviewed], knowledge: Knowledge, origins: Origins | None = None
) -> tuple[Pooled, ...]:
    """Weighed facts in the order of their feature indices, each index once.

    Without `origins` nothing links the documents.
    """
    found: dict[int, list[Reviewed]] = {}
    for item in observations:
        if not_weighed(item.now, knowledge) == "":
            found.setdefault(knowledge.feature_index[item.now.value], []).append(item)
    if origins is None:
        origins = unlinked(item.now.document for items in found.values() for item in items)
    return tuple(_pooled(index, items, origins) for index, items in sorted(found.items()))


def _pooled(index: int, items: Sequence[Reviewed], origins: Origins) -> Pooled:
    places: dict[str, list[Span]] = {}
    best: dict[str, float] = {}
    for item in items:
        document = item.now.document
        places.setdefault(document, []).append(item.now.span)
        best[document] = max(best.get(document, 0.0), item.now.probability)
    steps = origins.steps(places)
    found = pooled(steps, best)
    return Pooled(
        index, found.value, tuple(sorted({item.read.id for item in items})), found.low, found.high, steps
    )


def as_facts(found: Sequence[Pooled], year: int) -> Facts:
    """The facts of the inference room."""
    return facts({item.feature: item.presence for item in found}, year)


def not_weighed(item: Observation, knowledge: Knowledge) -> str:
    """Why an observation does not enter the model, empty when it does."""
    if len(item.set_aside) > 0:
        return item.set_aside
    if item.kind not in WEIGHED:
        return f"the model of actors does not weigh observations of kind {item.kind.value}"
    if item.value not in knowledge.feature_index:
        return f"{knowledge.stamp.version} does not know it"
    if item.probability < LEAST_PROBABILITY:
        return "more likely misread than read rightly; a person may accept it"
    return ""
