"""Observations of one value -> one fact. Repetition adds nothing until origins are known.

Several documents may repeat one finding. As long as nobody has traced who repeats whom, the cautious
reading is that they share an origin, so the presence of a fact is the largest single probability that
it was read rightly: a second reading, a copy or a reprint changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from weigh.case.judgements import Reviewed
from weigh.inference.features import Facts, facts
from weigh.knowledge.store import Knowledge
from weigh.records import Kind, Observation

WEIGHED = (Kind.TECHNIQUE, Kind.SOFTWARE)
"""Kinds that the actor model knows; the others are shown and exported."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """One weighed fact: its feature index, its presence, and the observations behind it."""

    feature: int
    presence: float
    observations: tuple[str, ...]


def pool(observations: Iterable[Reviewed], feature_index: Mapping[str, int]) -> tuple[Pooled, ...]:
    """Weighed facts in the order of their feature indices, each index once."""
    found: dict[int, list[Reviewed]] = {}
    for item in observations:
        now = item.now
        if now.kind in WEIGHED and len(now.set_aside) == 0 and now.value in feature_index:
            found.setdefault(feature_index[now.value], []).append(item)
    pooled = (
        Pooled(
            index,
            max(item.now.probability for item in items),
            tuple(sorted({item.read.id for item in items})),
        )
        for index, items in sorted(found.items())
    )
    return tuple(item for item in pooled if item.presence > 0.0)


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
    if item.probability <= 0.0:
        return "it was read with probability 0"
    return ""
