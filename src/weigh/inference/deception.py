"""Somebody posing as somebody else: what forgeable evidence is worth once it may have been planted.

Behaviour is weighed by the model. An artefact (a language string, a Rich header, the style of a mutex)
points at one actor, and comes with three chances: that this actor leaves it, that anybody leaves it, and
that somebody posing as this actor plants it. All artefacts that point at one actor stand or fall
together, for one pose explains them all:

    L(h) = prod t                              where h is the actor that they point at
    L(h) = d * prod f + (1 - d) * prod u       where h is anybody else

so their ratio saturates near prod t / (d * prod f) however rare they are. For one artefact this is the
design's t / (d * f + (1 - d) * u). An artefact that is proven forged has u in place of t: it is no trace
of the actor it points at. The whole prior d is given to each actor (the cautious case). Facts may be
staged as well (`staging.Staged`); that world is added with odds of its likelihood ratio times
d / (1 - d). With d = 0 all of this is plain Bayes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from weigh.errors import UsageError
from weigh.evidence.forgeability import forgeability
from weigh.inference.model import Scores
from weigh.inference.profiles import Floats
from weigh.inference.staging import Levels, Staged, shipped_levels

PRIOR = 0.03
"""Chance that a culprit poses as a given other actor, before the evidence: an assumption, shown with its
sweep, since nobody has counted false flags that were never found out."""
SWEEP = (0.0, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5)
_FLAG = 0.5
_RULED_OUT = -1e6
"""Bits of a hypothesis that is left out."""
_STEPS = 60
_NEAR_ONE = 0.999
_TINY = 1e-300
_FLOOR = -140.0
"""Least log of a likelihood over the largest of its group, in nats."""


@dataclass(frozen=True, slots=True)
class Artefact:
    """A trace that points at one candidate, a row of the scores.

    `hit` is the chance that this actor leaves it, `background` that anybody else does, `forging` that
    somebody posing as this actor plants it. `proven` says that it is known to have been forged.
    """

    label: str
    points_at: int
    hit: float
    background: float
    forging: float
    proven: bool = False

    def __post_init__(self) -> None:
        """Raises `UsageError` for chances that are none, or a trace that speaks for somebody else."""
        if not (0.0 < self.background <= self.hit <= 1.0 and 0.0 <= self.forging <= 1.0):
            raise UsageError(
                "an artefact needs 0 < background <= hit <= 1 and forging in [0, 1]", place=self.label
            )


@dataclass(frozen=True, slots=True)
class Posed:
    """Somebody posing as one actor: how probable, and who it would be, (H,), summing to that."""

    actor: int
    probability: float
    culprits: Floats


@dataclass(frozen=True, slots=True)
class Deception:
    """Who did it, (H,), sums to 1, whatever they pose as; who may be posed as, the likeliest first.

    `prior` is the chance of deception that this was computed with, `planted` the probability that anything
    at all was planted or staged. `weights` (G, H) are the bits that each
    group of artefacts adds to a hypothesis, in the order of `pointed_at`; `staging` (H,) the bits of
    staged facts. The model's totals and these sum to log2 of `probabilities`, but for one constant.
    """

    prior: float
    probabilities: Floats
    posing: tuple[Posed, ...]
    planted: float
    pointed_at: tuple[int, ...]
    weights: Floats
    staging: Floats

    @property
    def leader(self) -> int:
        """The hypothesis that is most probable."""
        return int(self.probabilities.argmax())

    @property
    def flagged(self) -> bool:
        """Whether it is more likely than not that something was planted: a warning, no accusation."""
        return self.planted > _FLAG

    @property
    def posed_as(self) -> Posed | None:
        """The likeliest pose, None where nothing points at anybody."""
        return self.posing[0] if len(self.posing) > 0 else None


class Finding(StrEnum):
    """What is said in the end."""

    NAMES = "names"
    DECEPTION = "deception"
    DECLINES = "declines"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What is said, of which actor (a row; -1 where none is named), and its probability.

    For `DECEPTION` the actor is the one posed as. For `DECLINES` the probability is that of `unlisted`.
    """

    finding: Finding
    actor: int
    probability: float
    named: Deception
    accused: Deception


def conclude(
    scores: Scores,
    artefacts: Sequence[Artefact] = (),
    prior: float = PRIOR,
    staged: Sequence[Staged] = (),
    levels: Levels | None = None,
) -> Conclusion:
    """Name an actor, say that somebody poses as one, or decline; at the levels that come with Weigh.

    Either claim must hold under the prior that is hardest on it. An actor is named as if the whole prior
    lay on a pose as this very actor (`named`). A pose is called one as if the prior were shared evenly
    among all whom a culprit could pose as, and the culprit one of them (`accused`): a case that is like
    nobody's is no evidence against the actor pointed at. Robust Bayes over the two ends; our own rule.
    """
    levels = shipped_levels() if levels is None else levels
    named = posture(scores, artefacts, prior, staged)
    candidates = len(scores.prior) - 1
    accused = posture(_among_listed(scores), artefacts, prior, staged, candidates)
    posed = next((item for item in accused.posing if item.probability >= _level(item, accused, levels)), None)
    if posed is not None:
        return Conclusion(Finding.DECEPTION, posed.actor, posed.probability, named, accused)
    listed = named.probabilities[:-1]
    best = int(listed.argmax()) if candidates > 0 else -1
    if best >= 0 and listed[best] >= levels.name:
        return Conclusion(Finding.NAMES, best, float(listed[best]), named, accused)
    return Conclusion(Finding.DECLINES, -1, float(named.probabilities[-1]), named, accused)


def _among_listed(scores: Scores) -> Scores:
    return replace(scores, prior=np.append(scores.prior[:-1], _RULED_OUT))


def _level(posed: Posed, found: Deception, levels: Levels) -> float:
    return levels.planted if posed.actor in found.pointed_at else levels.staged


def artefact(
    kind: str, points_at: int, hit: float, background: float, forging: float | None = None
) -> Artefact:
    """An artefact whose ease of forging is the table's for its kind, unless the case says otherwise.

    Raises `KnowledgeError` for a kind without a row and `UsageError` for chances that are none.
    """
    ease = forgeability(kind) if forging is None else forging
    return Artefact(kind, points_at, hit, background, ease)


def saturating_ratio(hit: float, background: float, forging: float, prior: float) -> float:
    """Likelihood ratio of one artefact for the actor it points at: t / (d f + (1 - d) u)."""
    return hit / (prior * forging + (1.0 - prior) * background)


def posture(
    scores: Scores,
    artefacts: Sequence[Artefact] = (),
    prior: float = PRIOR,
    staged: Sequence[Staged] = (),
    shared: int = 1,
) -> Deception:
    """What follows for every hypothesis when the evidence may have been planted.

    `scores` are of the facts alone. `shared` is the number of actors that the prior of planted artefacts is
    shared among: with 1 all of it lies on the actor in question. Raises `UsageError` for a prior outside
    [0, 1) or an artefact that points at no candidate.
    """
    behaviour = scores.probabilities
    if not 0.0 <= prior < 1.0:
        raise UsageError(f"a prior of deception must be at least 0 and below 1, not {prior}")
    if any(not 0 <= item.points_at < len(behaviour) - 1 for item in artefacts):
        raise UsageError("an artefact points at no candidate")
    pointed_at = tuple(sorted({item.points_at for item in artefacts}))
    groups = [[item for item in artefacts if item.points_at == actor] for actor in pointed_at]
    own_prior = prior / max(shared, 1)
    likelihoods = [_likelihood(group, own_prior, len(behaviour)) for group in groups]
    weights = np.log2(np.maximum(np.stack(likelihoods), _TINY)) if groups else np.zeros((0, len(behaviour)))
    honest = behaviour * 2.0 ** weights.sum(axis=0)
    worlds = [_staged_world(item, groups, likelihoods, prior) for item in staged]
    mass = honest + sum(worlds, np.zeros_like(honest))
    total = float(mass.sum())
    return Deception(
        prior=prior,
        probabilities=mass / total,
        planted=1.0 - _unplanted(groups, honest, likelihoods, own_prior) / total,
        posing=_posing(groups, likelihoods, own_prior, staged, worlds, mass),
        pointed_at=pointed_at,
        weights=weights,
        staging=np.log2(np.maximum(mass, _TINY) / np.maximum(honest, _TINY)),
    )


def sweep(
    scores: Scores,
    artefacts: Sequence[Artefact],
    staged: Sequence[Staged] = (),
    priors: Sequence[float] = SWEEP,
) -> tuple[Deception, ...]:
    """The same case under several priors of deception."""
    return tuple(posture(scores, artefacts, prior, staged) for prior in priors)


def tipping_point(
    scores: Scores, artefacts: Sequence[Artefact], prior: float = PRIOR, staged: Sequence[Staged] = ()
) -> float | None:
    """How large the prior of deception must grow before the leader at `prior` loses the lead.

    To within 1e-6; None where it keeps the lead up to .999, as one does to whom nothing forgeable points.
    """
    leader = posture(scores, artefacts, prior, staged).leader
    grid = np.append(prior + (_NEAR_ONE - prior) * (np.arange(_STEPS) / _STEPS) ** 2, _NEAR_ONE)
    lost = [value for value in grid.tolist() if posture(scores, artefacts, value, staged).leader != leader]
    if len(lost) == 0:
        return None
    high = lost[0]
    low = max((value for value in grid.tolist() if value < high), default=prior)
    while high - low > 1e-6:
        middle = (low + high) / 2.0
        keeps = posture(scores, artefacts, middle, staged).leader == leader
        low, high = (middle, high) if keeps else (low, middle)
    return float(high)


def _posing(
    groups: Sequence[Sequence[Artefact]],
    likelihoods: Sequence[Floats],
    prior: float,
    staged: Sequence[Staged],
    worlds: Sequence[Floats],
    mass: Floats,
) -> tuple[Posed, ...]:
    """Every actor who may be posed as, with the part of the mass in which somebody does."""
    found = {item.actor: np.zeros_like(mass) for item in staged}
    for item, world in zip(staged, worlds, strict=True):
        found[item.actor] = found[item.actor] + world
    for group, likelihood in zip(groups, likelihoods, strict=True):
        own = found.get(group[0].points_at, np.zeros_like(mass))
        found[group[0].points_at] = own + _planted(group, mass - own, likelihood, prior)
    total = float(mass.sum())
    posed = [Posed(actor, float(part.sum() / total), part / total) for actor, part in found.items()]
    return tuple(sorted(posed, key=lambda item: (-item.probability, item.actor)))


def _chances(group: Sequence[Artefact]) -> tuple[float, float, float]:
    """Chance of all artefacts of one group: left by the actor, planted in a pose, by coincidence; each over
    the largest of the three, so that many artefacts stay within what a number can hold."""
    logs = np.array(
        [
            [item.background if item.proven else item.hit, max(item.forging, _TINY), item.background]
            for item in group
        ]
    )
    sums = np.log(logs).sum(axis=0)
    own, planted, chance = np.exp(np.maximum(sums - sums.max(), _FLOOR)).tolist()
    return own, planted, chance


def _likelihood(group: Sequence[Artefact], prior: float, hypotheses: int) -> Floats:
    own, planted, chance = _chances(group)
    likelihood = np.full(hypotheses, prior * planted + (1.0 - prior) * chance)
    likelihood[group[0].points_at] = own
    return likelihood


def _unplanted(
    groups: Sequence[Sequence[Artefact]], honest: Floats, likelihoods: Sequence[Floats], prior: float
) -> float:
    """The mass in which every artefact is where it is by itself."""
    mass = honest
    for group, likelihood in zip(groups, likelihoods, strict=True):
        _, _, chance = _chances(group)
        share = np.full(len(honest), (1.0 - prior) * chance) / np.maximum(likelihood, _TINY)
        share[group[0].points_at] = 1.0
        mass = mass * share
    return float(mass.sum())


def _planted(group: Sequence[Artefact], honest: Floats, likelihood: Floats, prior: float) -> Floats:
    """The part of the mass in which these artefacts were planted by each hypothesis, (H,)."""
    _, planted, _ = _chances(group)
    share = np.full(len(honest), prior * planted) / np.maximum(likelihood, _TINY)
    share[group[0].points_at] = 0.0
    return np.asarray(honest * share)


def _staged_world(
    item: Staged, groups: Sequence[Sequence[Artefact]], likelihoods: Sequence[Floats], prior: float
) -> Floats:
    """The mass of "the facts that speak for this actor were staged", by culprit, (H,)."""
    culprits = item.culprits.copy()
    culprits[item.actor] = 0.0
    mass = culprits / max(float(culprits.sum()), _TINY) * 2.0**item.bits * prior / (1.0 - prior)
    for group, likelihood in zip(groups, likelihoods, strict=True):
        mass = mass * (_chances(group)[1] if group[0].points_at == item.actor else likelihood)
    return np.asarray(mass)
