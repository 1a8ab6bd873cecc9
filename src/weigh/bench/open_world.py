"""The open world: the same cases with the true actor among the candidates, and without.

A system that always names somebody is right to do so only while it knows everybody. Here every case is
asked twice, and a method is judged by how often it declines to name anybody when nobody it knows did
it, at the price of a given share of right names when somebody did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from weigh.bench.accounting import counts, thin
from weigh.bench.protocols import Answer, forecast
from weigh.bench.scoring import Floats, Forecast
from weigh.inference.features import Facts
from weigh.inference.fit import PENALTY, Case, Row, cases, featurise, fit
from weigh.inference.model import Weights, raw_scores, softmax
from weigh.inference.profiles import Indices, Profiles, narrowed, profiles
from weigh.inference.staging import imitation
from weigh.knowledge.relations import Relations

MOST_PER_ACTOR = 3
LEAST_LEFT = 8
FOLDS = 5
_INNER_FOLDS = 4
PENALTIES = (0.1, 0.3, 1.0, 3.0, PENALTY)
"""Ridge penalties to choose from, by likelihood, within the cases to learn from."""
SEEDS = 5
TARGETS = (0.30, 0.40, 0.45, 0.50)

Mask = NDArray[np.bool_]
Learned = TypeVar("Learned")


@dataclass(frozen=True, slots=True)
class World:
    """A case with what is known without its report (`closed`), and without its actor, too (`opened`).

    Both are narrowed to the features `columns` and the case is renumbered to them; everything scores as
    with the whole knowledge. The columns are the facts of the case, and the rarest habits of the actors
    `framed`, rows of the closed world, one drawn per seed. `fold` is one of 5 by actor, `half` one of 2.
    """

    case: Case
    closed: Profiles
    opened: Profiles
    columns: Indices
    truth: int
    framed: tuple[int, ...]
    fold: int
    half: int


@dataclass(frozen=True, slots=True)
class Pair:
    """The answers of one method to a case with its actor among the candidates, and without."""

    closed: Forecast
    opened: Forecast
    half: int


@dataclass(frozen=True, slots=True)
class Point:
    """Of every case: named rightly while the world is closed, and declined while it is open."""

    target: float
    named_rightly: Mask
    declined: Mask

    @property
    def top1(self) -> float:
        """Share of closed cases named rightly; a decline is wrong."""
        return float(self.named_rightly.mean())

    @property
    def right_to_decline(self) -> float:
        """Share of open cases in which nobody is named."""
        return float(self.declined.mean())


def chosen(relations: Relations, names: Sequence[str]) -> tuple[tuple[Case, ...], Mapping[str, int]]:
    """The cases, and how many (group, report) pairs were dropped for which reason.

    The first reports of an actor by name are taken, and then those whose actor is known from others, too.
    """
    by_actor: dict[int, list[Case]] = {}
    for item in sorted(cases(relations), key=lambda item: (item.actor, names[item.report])):
        by_actor.setdefault(item.actor, []).append(item)
    first = [item for items in by_actor.values() for item in items[:MOST_PER_ACTOR]]
    found = tuple(item for item in first if _left(relations, item) >= LEAST_LEFT)
    early, kept = {item.report for item in first}, {item.report for item in found}
    counted = counts(
        relations,
        thin(),
        lambda item: "" if item.report in early else f"beyond the first {MOST_PER_ACTOR} of one actor",
        lambda item: "" if item.report in kept else f"fewer than {LEAST_LEFT} items left in the profile",
    )
    return found, counted.dropped


def _left(relations: Relations, item: Case) -> int:
    """Items in the actor's profile without the case's report."""
    own = (relations.actor == item.actor) & (relations.report != item.report)
    return len(np.unique(relations.feature[own]))


def worlds(
    relations: Relations, items: Sequence[Case], ids: Sequence[str], seeds: int = SEEDS
) -> Iterator[World]:
    """Every case with its two worlds. `ids` names the features, which decides between habits that are
    equally rare; the framed actor is drawn evenly from all others."""
    order = {actor: place for place, actor in enumerate(sorted({item.actor for item in items}))}
    for number, item in enumerate(items):
        left = relations.without(np.arange(len(relations.years)) == item.report)
        closed, opened = profiles(left), profiles(left.keep(left.actor != item.actor))
        truth = int(np.flatnonzero(closed.candidates == item.actor)[0])
        framed = tuple(drawn(len(closed.candidates), truth, seed, number) for seed in range(seeds))
        copied = [imitation(item.facts, closed, actor, ids).index for actor in framed]
        columns = np.unique(np.concatenate([item.facts.index, *copied]))
        near = Facts(np.searchsorted(columns, item.facts.index), item.facts.presence, item.facts.year)
        yield World(
            case=replace(item, facts=near),
            closed=narrowed(closed, columns),
            opened=narrowed(opened, columns),
            columns=columns,
            truth=truth,
            framed=framed,
            fold=order[item.actor] % FOLDS,
            half=order[item.actor] % 2,
        )


def drawn(candidates: int, truth: int, seed: int, number: int) -> int:
    """A candidate other than the truth, each as likely, for one seed and the number of a case."""
    other = int(np.random.default_rng([seed, number]).integers(candidates - 1))
    return other + int(other >= truth)


def learned(found: Sequence[World], learn: Callable[[Sequence[Row]], Learned]) -> list[Learned]:
    """For every case, what is learned from the closed and open cases of the other folds."""
    rows = [
        (world.fold, [featurise([world.case], known)[0] for known in (world.closed, world.opened)])
        for world in found
    ]
    by_fold = {
        fold: learn([row for other, pair in rows if other != fold for row in pair])
        for fold in sorted({world.fold for world in found})
    }
    return [by_fold[world.fold] for world in found]


def fitted(rows: Sequence[Row]) -> Weights:
    """Weigh's weights, with the penalty under which the cases of held-out actors are likeliest.

    Open and closed cases of one kind vary less than cases over the years, which the model's own penalty
    is for.
    """
    if len({row.case.actor for row in rows}) < _INNER_FOLDS:
        return fit(rows, "bench")
    return fit(rows, "bench", min(PENALTIES, key=lambda penalty: _held_out_loss(rows, penalty)))


def _held_out_loss(rows: Sequence[Row], penalty: float) -> float:
    """-ln of the probability of what is true, summed over rows, each fitted without its actor's fold."""
    actors = {actor: place for place, actor in enumerate(sorted({row.case.actor for row in rows}))}
    fold = [actors[row.case.actor] % _INNER_FOLDS for row in rows]
    loss = 0.0
    for own in range(_INNER_FOLDS):
        learned_from = [row for row, other in zip(rows, fold, strict=True) if other != own]
        values = fit(learned_from, "bench", penalty).values
        for row, place in zip(rows, fold, strict=True):
            if place == own:
                loss -= float(np.log(softmax(raw_scores(row.candidate, row.unlisted, values))[row.truth]))
    return loss


def asked(found: Sequence[World], answers: Sequence[Answer]) -> list[Pair]:
    """The answers to every case in both worlds, by one way to answer per case: `learned(found, method)`."""
    return [
        Pair(
            forecast(answer, world.case, world.closed),
            forecast(answer, world.case, world.opened),
            world.half,
        )
        for world, answer in zip(found, answers, strict=True)
    ]


def threshold(score: Floats, right: Mask, target: float) -> float:
    """The highest score above which the share of cases named rightly reaches the target; where it
    never does, the lowest score of a right name."""
    hits = np.sort(score[right])[::-1]
    wanted = int(np.ceil(target * len(score)))
    return float(hits[min(max(wanted, 1), len(hits)) - 1]) if len(hits) > 0 else float("inf")


def trade_off(pairs: Sequence[Pair], targets: Sequence[float] = TARGETS) -> list[Point]:
    """What declining costs: the leader's score decides, by a threshold from the other half of the groups."""
    closed = np.array([pair.closed.candidates.max() for pair in pairs])
    opened = np.array([pair.opened.candidates.max() for pair in pairs])
    right = np.array([int(pair.closed.candidates.argmax()) == pair.closed.truth for pair in pairs])
    half = np.array([pair.half for pair in pairs])
    points = []
    for target in targets:
        least = np.array([threshold(closed[half != own], right[half != own], target) for own in (0, 1)])[half]
        points.append(Point(target, right & (closed >= least), opened < least))
    return points
