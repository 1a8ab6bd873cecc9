"""Two sides who each escalate because the other might: mutual suspicion with imperfect attribution.

The form without signals is that of S. Baliga & T. Sjöström (Review of Economic Studies 71, 2004): each side
escalates when its own cost c ~ F is at most c*, where d is the loss when only the other escalates and mu
the gain when only oneself does, and

    c* = F(c*) d + (1 - F(c*)) mu

How attribution enters is OURS, not theirs. Each side believes with prior phi that the other has attacked
(one who has attacked always escalates), and gets a signal: hit rate h, false-alarm rate e_i. With the
posterior b_i(s) after signal s, and E_j the chance that the other escalates though it did not attack,

    q_i(s) = b_i(s) + (1 - b_i(s)) E_j      x_i(s) = q_i(s) d + (1 - q_i(s)) mu
    E_i    = e_i F(x_i(1)) + (1 - e_i) F(x_i(0))

P(both escalate though neither attacked) is E_1 E_2. For d >= mu the right sides rise in the other's
chance, so that repeating them from 0 and from 1 ends at the lowest and the highest equilibrium; both are
given, and they differ where fear alone can carry either peace or escalation.

Limits: one round, no talks, costs uniform and independent, the same d, mu, phi and h for both sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weigh.errors import UsageError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_ROUNDS = 20_000
_STILL = 1e-14
SAME = 1e-9
"""Equilibria that lie nearer to each other than this are one."""


@dataclass(frozen=True, slots=True)
class Fear:
    """`loss` (d), `gain` (mu), prior `phi`, hit rate `hit`, and costs c ~ U[cost], alike for both sides."""

    loss: float
    gain: float
    phi: float = 0.0
    hit: float = 1.0
    cost: tuple[float, float] = (0.0, 1.0)

    def __post_init__(self) -> None:
        """Raise `UsageError` where a number has no meaning in the model."""
        if not (0.0 <= self.phi <= 1.0 and 0.0 <= self.hit <= 1.0):
            raise UsageError("phi and hit are probabilities", remedy="give numbers from 0 to 1")
        if not self.loss >= self.gain >= 0.0:
            raise UsageError(
                f"the loss {self.loss:g} is below the gain {self.gain:g}, or the gain below 0",
                remedy="the model is of sides that would rather not",
            )
        if not self.cost[0] < self.cost[1]:
            raise UsageError("the lowest cost is not below the highest")

    def chance(self, threshold: Floats) -> Floats:
        """F: how likely a side's cost is at most the threshold."""
        low, high = self.cost
        return np.asarray(np.clip((threshold - low) / (high - low), 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Escalation:
    """The lowest and the highest equilibrium, `first` and `second` (2, ...) being E_1 and E_2.

    `both` (2, ...) is P(both escalate though neither attacked). `unique` (...) holds where the two agree,
    `settled` (...) where the last round moved nothing.
    """

    first: Floats
    second: Floats
    both: Floats
    unique: Flags
    settled: Flags


def without_signals(loss: float, gain: float) -> tuple[float, float]:
    """P(escalate) in the lowest and the highest equilibrium of the form without signals, costs U[0, 1]."""
    fear = Fear(loss, gain)
    found = escalation(fear, np.zeros(1), np.zeros(1))
    return float(found.first[0, 0]), float(found.first[1, 0])


def posterior(fear: Fear, false_alarms: Floats) -> tuple[Floats, Floats]:
    """b(0) and b(1): the belief that the other attacked after no alarm and after one; 0 where none comes."""
    found = []
    for hit, noise in ((1.0 - fear.hit, 1.0 - false_alarms), (fear.hit, false_alarms)):
        weight = fear.phi * hit + (1.0 - fear.phi) * noise
        found.append(np.divide(fear.phi * hit, weight, out=np.zeros_like(weight), where=weight > 0.0))
    return found[0], found[1]


def escalation(fear: Fear, first: Floats, second: Floats) -> Escalation:
    """Both extreme equilibria for false-alarm rates (...) of the two sides, every cell at once.

    Raises `UsageError` for rates that are no probabilities.
    """
    alarms = np.stack(np.broadcast_arrays(np.asarray(first, dtype=float), np.asarray(second, dtype=float)))
    if not ((alarms >= 0.0) & (alarms <= 1.0)).all():
        raise UsageError("a false-alarm rate is not a probability", remedy="give rates from 0 to 1")
    shape = alarms.shape[1:]
    flat = alarms.reshape(2, -1)
    ends = [_climb(fear, flat, start) for start in (0.0, 1.0)]
    chances = np.stack([chance for chance, _ in ends]).reshape(2, 2, *shape)
    settled = (ends[0][1] & ends[1][1]).reshape(shape)
    return Escalation(
        first=chances[:, 0],
        second=chances[:, 1],
        both=chances[:, 0] * chances[:, 1],
        unique=np.asarray((np.abs(chances[1] - chances[0]) <= SAME).all(axis=0)),
        settled=settled,
    )


def _climb(fear: Fear, alarms: Floats, start: float) -> tuple[Floats, Flags]:
    """Repeat the right sides from one start: E (2, N) and whether each cell came to rest."""
    before, after = posterior(fear, alarms)
    chances = np.full(alarms.shape, start)
    cells = np.arange(alarms.shape[1])
    for _ in range(_ROUNDS):
        now = chances[:, cells]
        other = now[::-1]
        escalates = [
            fear.chance(fear.gain + (belief + (1.0 - belief) * other) * (fear.loss - fear.gain))
            for belief in (before[:, cells], after[:, cells])
        ]
        rate = alarms[:, cells]
        new = (1.0 - rate) * escalates[0] + rate * escalates[1]
        chances[:, cells] = new
        cells = cells[(np.abs(new - now) > _STILL).any(axis=0)]
        if len(cells) == 0:
            break
    settled = np.ones(alarms.shape[1], dtype=bool)
    settled[cells] = False
    return chances, settled
