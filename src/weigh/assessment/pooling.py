"""Observations of one value -> one fact. Repetition adds nothing, another origin adds what it is worth.

Within a document the best reading counts, and so it does among copies: a second reading, a copy or a
reprint changes nothing. Between documents it depends on who repeats whom: each repetition is a copy with
the probability of its link, and one half where nothing links the two (see `claims.origins`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from weigh.assessment.pointing import pointed_at
from weigh.case.judgements import Reviewed
from weigh.claims.links import JOINS, kinds
from weigh.claims.origins import Origins, Step, unlinked
from weigh.inference.features import Facts, facts
from weigh.inference.repetition import Forest, effective_number, presence
from weigh.knowledge.store import Knowledge
from weigh.records import Kind, Observation, Span

LEAST_PROBABILITY = 0.5
"""A reading that is more likely wrong than right is shown and not weighed. The weights were fitted on
cases whose facts are certain, and many doubtful facts together look like an actor that nobody has listed;
on documents of the AnnoCTR training part this bound also ranked best, by one or two of 17 documents."""

DOUBTFUL = "more likely misread than read rightly; a person may accept it"
NO_ROWS = "the knowledge holds nothing of this kind per actor to weigh a circumstance by"

WEIGHED = (Kind.TECHNIQUE, Kind.SOFTWARE)
"""Kinds that the actor model knows; artefacts are weighed under posing, the others are shown and exported."""


@dataclass(frozen=True, slots=True)
class Presence:
    """Probability that a fact is so; `low` if all unlinked documents are copies, `high` if none is."""

    value: float
    low: float
    high: float


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
        if item.now.kind in WEIGHED and not_weighed(item.now, knowledge) == "":
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
    if item.kind is Kind.ARTEFACT:
        nowhere = pointed_at(item.value, knowledge)[1]
        return nowhere or (DOUBTFUL if item.probability < LEAST_PROBABILITY else "")
    if item.kind is Kind.CIRCUMSTANCE:
        return NO_ROWS
    if item.kind not in WEIGHED:
        return f"the model of actors does not weigh observations of kind {item.kind.value}"
    if item.value not in knowledge.feature_index:
        return f"{knowledge.stamp.version} does not know it"
    if item.probability < LEAST_PROBABILITY:
        return DOUBTFUL
    return ""


def forest(steps: Sequence[Step], readings: Sequence[float], unlinked: float | None = None) -> Forest:
    """The forest of `inference.repetition`: linked documents under what they repeat, roots under the best.

    Roots that nothing links repeat the root of the group with the best reading, with the copy probability
    of "unknown" or with `unlinked`.
    """
    place = {step.document: number for number, step in enumerate(steps)}
    parent = [place[step.repeats] if step.repeats != "" else -1 for step in steps]
    copying = [step.copying for step in steps]
    root = list(range(len(steps)))
    for number in range(len(steps)):
        while parent[root[number]] >= 0:
            root[number] = parent[root[number]]
    best = max(range(len(steps)), key=lambda number: (readings[number], -number), default=0)
    for number in range(len(steps)):
        if parent[number] < 0 and number != root[best]:
            parent[number] = root[best]
            copying[number] = kinds()["unknown"].copying if unlinked is None else unlinked
    return Forest(tuple(parent), tuple(copying))


def pooled(steps: Sequence[Step], readings: Mapping[str, float]) -> Presence:
    """Presence of one fact, from the best reading of each document that reports it."""
    values = [readings[step.document] for step in steps]
    if len(values) == 1:
        return Presence(values[0], values[0], values[0])
    middle, low, high = (presence(values, forest(steps, values, unlinked)) for unlinked in (None, 1.0, 0.0))
    return Presence(middle, min(low, middle), max(high, middle))


def effective(steps: Sequence[Step]) -> float:
    """How many independent origins these are worth (n_eff): 1 for one origin, at most their number.

    An origin counts once, however many documents it has, so that only links too weak to make one origin of
    two weigh here, and `unknown` where there is none.
    """
    if len(steps) == 0:
        return 0.0
    tree = forest(steps, [1.0] * len(steps))
    links = zip(tree.copying, tree.parent, strict=True)
    return effective_number(copying for copying, parent in links if parent >= 0 and copying < JOINS)
