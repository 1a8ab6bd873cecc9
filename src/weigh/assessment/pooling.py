"""Observations of one value -> one fact. Repetition adds nothing until origins are known.

Several documents may repeat one finding. As long as nobody has traced who repeats whom, the cautious
reading is that they share an origin, so the presence of a fact is the largest single probability that
it was read rightly: a second reading, a copy or a reprint changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from weigh.case.judgements import Reviewed
from weigh.inference.features import Facts, facts
from weigh.knowledge.store import Knowledge
from weigh.records import Kind, Observation

LEAST_PROBABILITY = 0.5
"""A reading that is more likely wrong than right is shown and not weighed. The weights were fitted on
cases whose facts are certain, and many doubtful facts together look like an actor that nobody has listed;
on documents of the AnnoCTR training part this bound also ranked best, by one or two of 17 documents."""

WEIGHED = (Kind.TECHNIQUE, Kind.SOFTWARE)
"""Kinds that the actor model knows; the others are shown and exported."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """One weighed fact: its feature index, its presence, and the observations behind it."""

    feature: int
    presence: float
    observations: tuple[str, ...]


def pool(observations: Iterable[Reviewed], knowledge: Knowledge) -> tuple[Pooled, ...]:
    """Weighed facts in the order of their feature indices, each index once."""
    found: dict[int, list[Reviewed]] = {}
    for item in observations:
        if not_weighed(item.now, knowledge) == "":
            found.setdefault(knowledge.feature_index[item.now.value], []).append(item)
    return tuple(
        Pooled(
            index,
            max(item.now.probability for item in items),
            tuple(sorted({item.read.id for item in items})),
        )
        for index, items in sorted(found.items())
    )


def as_facts(pooled: Sequence[Pooled], year: int) -> Facts:
    """The facts of the inference room."""
    return facts({item.feature: item.presence for item in pooled}, year)


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
