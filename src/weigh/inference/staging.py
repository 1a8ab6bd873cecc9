"""Signs that the facts which speak for an actor were staged: they stand alone in the case.

Who poses as an actor shows a few things that only this actor is known for, and does the rest in his own
way. So the facts that say most for a suspect are taken away, and the rest is weighed again: a genuine
actor is still there, an imitated one is gone. The signs are turned into a likelihood ratio by a small
logistic regression on cases into which the rarest habits of another actor were copied. The signs, and
the way to make such cases, are our own.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from weigh.errors import KnowledgeError
from weigh.inference.engine import Engine
from weigh.inference.features import Facts, facts
from weigh.inference.model import NATS_PER_BIT, Scores
from weigh.inference.profiles import Floats, Indices, Profiles, narrowed

COPIED = 3
"""Facts that a pose is thought to copy, and that are taken away to look behind it."""
SUSPECTS = 4
SIGNS = (
    "log-odds of the suspect without the facts that say most for it",
    "log-odds of the suspect with them",
    "how many of them at most two actors are known for",
    "log of one plus the number of actors whom the other facts make likelier",
    "share that they carry of all that the facts say of the suspect",
    "log of the number of facts in the case, at most forty",
)
CONSTANT = "constant"
_PENALTY = 1.0
_STEPS = 100
_LONGEST_STEP = 5.0
_LEAST = 1e-9
_MANY = 40
"""Facts beyond which a case has only more of the same: few cases to learn from have more."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """An actor who may be imitated: its row, the signs (len(SIGNS),), who else it would be (H,), and the
    places of the facts that would have been copied."""

    actor: int
    signs: Floats
    culprits: Floats
    copied: Indices


@dataclass(frozen=True, slots=True)
class Staged:
    """What speaks for staged facts: log2 of the ratio P(signs | copied) / P(signs | not), in bits."""

    actor: int
    bits: float
    culprits: Floats


@dataclass(frozen=True, slots=True)
class SignWeights:
    """What each sign says, in nats, a constant last; the log-odds of the cases it was fitted on are taken
    off, so that the sum is a log-likelihood ratio."""

    values: tuple[float, ...]

    def bits(self, signs: Floats) -> float:
        """log2 of the likelihood ratio."""
        return float(np.append(signs, 1.0) @ np.array(self.values)) / NATS_PER_BIT


@dataclass(frozen=True, slots=True)
class Levels:
    """How probable an actor must be to be named, and a pose to be called one: a pose that artefacts
    betray, and one that only the facts do."""

    name: float
    planted: float
    staged: float


@dataclass(frozen=True, slots=True)
class _Sign:
    sign: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Table:
    provenance: str
    levels: Levels
    weights: tuple[_Sign, ...]


def shipped_signs() -> SignWeights:
    """The weights that come with Weigh."""
    return _shipped()[0]


def shipped_levels() -> Levels:
    """The levels that were learned with those weights."""
    return _shipped()[1]


def write_signs(path: Path, weights: SignWeights, levels: Levels, provenance: str) -> None:
    """Save weights and levels as the readable table that comes with Weigh."""
    rows = tuple(_Sign(sign, weight) for sign, weight in zip((*SIGNS, CONSTANT), weights.values, strict=True))
    path.write_bytes(msgspec.json.format(msgspec.json.encode(_Table(provenance, levels, rows))) + b"\n")


def read_signs(raw: bytes, place: str) -> tuple[SignWeights, Levels]:
    """What was saved by `write_signs`. Raises `KnowledgeError` when it was not, or is of other signs."""
    try:
        table = msgspec.json.decode(raw, type=_Table)
    except (ValueError, RecursionError) as error:
        raise KnowledgeError(f"not a table of weights: {error}", place=place) from error
    if tuple(row.sign for row in table.weights) != (*SIGNS, CONSTANT):
        raise KnowledgeError("the weights are of other signs", place=place)
    return SignWeights(tuple(row.weight for row in table.weights)), table.levels


def suspects(engine: Engine, case: Facts, most: int = SUSPECTS) -> tuple[Suspect, ...]:
    """The actors for whom the facts say most, each looked at without the facts that say most for it."""
    near = replace(engine, known=narrowed(engine.known, case.index))
    own = Facts(np.arange(len(case.index)), case.presence, case.year)
    found = near.weigh(own).scores
    order = np.argsort(-found.probabilities[:-1], kind="stable")[:most]
    return tuple(_suspect(near, own, found, int(actor)) for actor in order)


def staged(items: Sequence[Suspect], weights: SignWeights) -> tuple[Staged, ...]:
    """The likelihood ratio of every suspect."""
    return tuple(Staged(item.actor, weights.bits(item.signs), item.culprits) for item in items)


def imitation(case: Facts, known: Profiles, actor: int, order: Sequence[str], copied: int = COPIED) -> Facts:
    """The case with the rarest habits of one actor added as certain: fewest known users first, then by id.

    `order` holds the id of every feature.
    """
    own = np.setdiff1d(np.flatnonzero(known.uses[actor]), case.index)
    rarest = sorted(own.tolist(), key=lambda feature: (known.users[feature], order[feature]))[:copied]
    shown = dict(zip(case.index.tolist(), case.presence.tolist(), strict=True))
    return facts({**shown, **dict.fromkeys(rarest, 1.0)}, case.year)


def fit_signs(signs: Floats, imitated: NDArray[np.bool_]) -> SignWeights:
    """The weights of the signs (N, len(SIGNS)), learned from cases with and without imitation.

    Raises `KnowledgeError` unless there are cases of both kinds.
    """
    if imitated.all() or not imitated.any():
        raise KnowledgeError("signs of staging need cases with and without it")
    theta = logistic(signs, imitated, np.ones(len(signs)))
    share = float(imitated.mean())
    return SignWeights((*theta[:-1].tolist(), float(theta[-1]) - log(share / (1.0 - share))))


def logistic(design: Floats, outcome: NDArray[np.bool_], counts: Floats) -> Floats:
    """Ridge-penalised logistic regression by Newton's method: a weight per column, a constant last.

    `counts` (N,) says how often each row counts. The penalty is on weights times the column's spread.
    """
    spread = np.maximum(design.std(axis=0), _LEAST)
    scaled = np.column_stack([design / spread, np.ones(len(design))])
    ridge = np.diag([2.0 * _PENALTY] * design.shape[1] + [_LEAST])
    theta = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        stated = 1.0 / (1.0 + np.exp(-np.clip(scaled @ theta, -30.0, 30.0)))
        slope = scaled.T @ (counts * (outcome - stated)) - ridge @ theta
        curve = (scaled * (counts * stated * (1.0 - stated))[:, None]).T @ scaled + ridge
        step = np.linalg.solve(curve, slope)
        theta = theta + np.clip(step, -_LONGEST_STEP, _LONGEST_STEP)
        if float(np.abs(step).max()) < _LEAST:
            break
    return np.asarray(theta / np.append(spread, 1.0))


@cache
def _shipped() -> tuple[SignWeights, Levels]:
    raw = importlib.resources.files("weigh.inference").joinpath("signs.json").read_bytes()
    return read_signs(raw, "weigh/inference/signs.json")


def _suspect(near: Engine, case: Facts, found: Scores, actor: int) -> Suspect:
    known = near.known
    says = found.weights[actor] - found.weights[:-1].mean(axis=0)
    own = (known.uses[actor] > 0) & (says > 0)
    copied = np.array([place for place in np.argsort(-says, kind="stable") if own[place]][:COPIED], np.intp)
    left = np.setdiff1d(case.index, copied)
    rest = near.weigh(Facts(left, case.presence[left], case.year)).scores.probabilities
    signs = np.array(
        [
            _log_odds(float(rest[actor])),
            _log_odds(float(found.probabilities[actor])),
            float((known.users[copied] <= 2).sum()),
            log(1.0 + float((rest[:-1] > rest[actor]).sum())),
            _carried(says, copied),
            log(min(max(len(case.index), 1), _MANY)),
        ]
    )
    return Suspect(actor, signs, rest, copied)


def _carried(says: Floats, copied: Indices) -> float:
    """How much of what the facts say of an actor, (J,) in bits above the mean, the copied ones say; the
    others count by what they say together, and one bit is added so that little is nearly nothing."""
    own = float(says[copied].sum())
    return own / (own + abs(float(np.delete(says, copied).sum())) + 1.0)


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, _LEAST), 1.0 - _LEAST)
    return log(bounded / (1.0 - bounded))
