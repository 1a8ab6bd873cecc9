"""Artefacts that documents tie to an actor, as evidence that can be planted.

They are weighed under posing alone (`inference.deception`): the probabilities of the actors come from facts.
What is read of an artefact with a probability q counts as there with q, and else as a coincidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log2

from weigh.assessment.document import ArtefactRow
from weigh.assessment.pointing import pointed_at
from weigh.assessment.pooling import not_weighed, pooled
from weigh.case.judgements import Reviewed
from weigh.claims.origins import Origins
from weigh.evidence.traces import chances, parsed
from weigh.inference.deception import PRIOR, Artefact, saturating_ratio
from weigh.inference.engine import Engine
from weigh.knowledge.store import Knowledge
from weigh.records import Kind, Observation, Span


@dataclass(frozen=True, slots=True)
class Pointing:
    """One artefact after pooling: its sort, the actor it points at, its presence, and the observations
    behind it. `table_forging` is what the table has where the case gives the ease of `forging`, else None."""

    sort: str
    actor: str
    presence: float
    forging: float
    forged: bool
    observations: tuple[str, ...]
    table_forging: float | None = None


def pointing(
    observations: Iterable[Reviewed], knowledge: Knowledge, origins: Origins
) -> tuple[Pointing, ...]:
    """Artefacts of one sort that point at one actor are one, by sort and actor; documents of one origin say
    it once.

    It is forged where any of them says so.
    """
    found: dict[tuple[str, str], list[Reviewed]] = {}
    for item in observations:
        if item.now.kind is Kind.ARTEFACT and not_weighed(item.now, knowledge) == "":
            trace = parsed(item.now.value)
            actor, _ = pointed_at(item.now.value, knowledge)
            if trace is not None:
                found.setdefault((trace.sort, actor), []).append(item)
    return tuple(_pooled(sort, actor, items, origins) for (sort, actor), items in sorted(found.items()))


def _pooled(sort: str, actor: str, items: Sequence[Reviewed], origins: Origins) -> Pointing:
    places: dict[str, list[Span]] = {}
    best: dict[str, float] = {}
    for item in items:
        places.setdefault(item.now.document, []).append(item.now.span)
        best[item.now.document] = max(best.get(item.now.document, 0.0), item.now.probability)
    traces = [parsed(item.now.value) for item in items]
    deciding = _deciding([item.now for item in items])
    return Pointing(
        sort,
        actor,
        pooled(origins.steps(places), best).value,
        deciding.forgeability,
        any(trace.forged for trace in traces if trace is not None),
        tuple(sorted({item.read.id for item in items})),
        deciding.table_forgeability,
    )


def _deciding(items: Sequence[Observation]) -> Observation:
    """The one whose ease of forging counts: the case's own figures go before the table's, of several the
    highest."""
    given = [item for item in items if item.table_forgeability is not None]
    return max(given if len(given) > 0 else items, key=lambda item: item.forgeability)


def weighable(
    found: Iterable[Pointing], engine: Engine, knowledge: Knowledge
) -> tuple[tuple[Artefact, ...], tuple[ArtefactRow, ...]]:
    """The artefacts of the inference room, and a row for each; those of no candidate are left out."""
    place = {knowledge.catalogue.actors[int(row)].id: at for at, row in enumerate(engine.known.candidates)}
    artefacts: list[Artefact] = []
    rows: list[ArtefactRow] = []
    for item in found:
        stated = chances(item.sort)
        if stated is None or item.actor not in place:
            continue
        hit, forging = (
            item.presence * chance + (1.0 - item.presence) * stated.background
            for chance in (stated.hit, item.forging)
        )
        artefact = Artefact(item.sort, place[item.actor], hit, stated.background, forging, item.forged)
        artefacts.append(artefact)
        rows.append(_row(item, artefact, knowledge))
    return tuple(artefacts), tuple(rows)


def _row(item: Pointing, artefact: Artefact, knowledge: Knowledge) -> ArtefactRow:
    own = artefact.background if item.forged else artefact.hit
    return ArtefactRow(
        sort=item.sort,
        actor=item.actor,
        name=knowledge.actors[item.actor].name,
        forged=item.forged,
        presence=item.presence,
        hit=artefact.hit,
        background=artefact.background,
        forging=artefact.forging,
        bits=log2(saturating_ratio(own, artefact.background, artefact.forging, PRIOR)),
        observations=item.observations,
        given_forging=None if item.table_forging is None else item.forging,
        table_forging=item.table_forging,
    )
