"""Which payoff or probability the best option hangs on, one at a time and all at once.

All at once: Sobol' indices by the estimators of Saltelli et al. (Computer Physics Communications 181,
2010, table 2, first order b) and Jansen (total), on a scrambled Sobol' sequence. The number analysed is
the margin of the option that is best now over the best of the others: where it is negative, another
option is best. Ranges are the user's own, taken as independent and uniform: an assumption, and said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weigh.stakes.payoffs import Payoffs

Floats = NDArray[np.float64]

STABLE = 0.9
"""An option that is best in at least so many of the draws is called stable; our own line."""
DRAWS = 4096
_POWER = 11
_SEED = 20260101
_GUILT, _POSE = 0, 1


@dataclass(frozen=True, slots=True)
class Input:
    """A number with a range: what it is called, its value and its ends."""

    name: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Flip:
    """One input moved alone to one end of its range, and the option (its place) that is best there."""

    input: Input
    at: float
    option: int


@dataclass(frozen=True, slots=True)
class Index:
    """How much of the margin's variance an input carries alone (`first`) and with all others (`total`)."""

    input: Input
    first: float
    total: float


@dataclass(frozen=True, slots=True)
class Stability:
    """How often each option (O,) is best when everything moves at once within its range."""

    shares: tuple[float, ...]
    draws: int

    @property
    def stable(self) -> bool:
        """Whether any option is best in nearly all draws."""
        return max(self.shares) >= STABLE


@dataclass(frozen=True, slots=True)
class Decision:
    """What a choice hangs on, in one row: guilt, pose, then right, wrong and posed of each option."""

    payoffs: Payoffs
    inputs: tuple[Input, ...]

    @classmethod
    def of(cls, payoffs: Payoffs, guilty: float, low: float, high: float) -> Decision:
        """The inputs of a sheet and an assessment's probability with its interval."""
        found = [
            Input("the probability of guilt", guilty, low, high),
            Input("the chance of a pose", payoffs.pose.value, *payoffs.pose.ends),
        ]
        for option in payoffs.option:
            posed = option.wrong if option.posed is None else option.posed
            for word, worth in (("right", option.right), ("wrong", option.wrong), ("a pose", posed)):
                found.append(Input(f"{option.name}, if {word}", worth.value, *worth.ends))
        return cls(payoffs, tuple(found))

    @property
    def values(self) -> Floats:
        """The inputs as they stand, (D,)."""
        return np.array([item.value for item in self.inputs])

    @property
    def moving(self) -> list[int]:
        """The places of the inputs that have a range."""
        return [place for place, item in enumerate(self.inputs) if item.low < item.high]

    def worth(self, rows: Floats) -> Floats:
        """Expected value of every option (N, O) for rows of inputs (N, D).

        Where an option has no payoff of its own for a pose, it is worth there what it is worth if wrong.
        """
        guilty, pose = rows[:, _GUILT], rows[:, _POSE]
        pose = np.minimum(pose, 1.0 - guilty)
        table = rows[:, 2:].reshape(len(rows), len(self.payoffs.option), 3)
        posed = table[..., 2].copy()
        for place, option in enumerate(self.payoffs.option):
            if option.posed is None:
                posed[:, place] = table[:, place, 1]
        wrong = (1.0 - guilty - pose)[:, None] * table[..., 1] + pose[:, None] * posed
        return np.asarray(guilty[:, None] * table[..., 0] + wrong)

    def scaled(self, unit: Floats) -> Floats:
        """Rows of inputs (N, D) from points (N, M) of the unit cube over the moving inputs."""
        low = np.array([item.low for item in self.inputs])
        high = np.array([item.high for item in self.inputs])
        rows = np.tile(self.values, (len(unit), 1))
        rows[:, self.moving] = (low + np.zeros_like(rows))[:, self.moving] + unit * (high - low)[self.moving]
        return rows


def one_at_a_time(decision: Decision) -> tuple[Flip, ...]:
    """Every end of a range that, moved to alone, makes another option best."""
    now = int(np.argmax(decision.worth(decision.values[None])[0]))
    found = []
    for place in decision.moving:
        item = decision.inputs[place]
        for at in (item.low, item.high):
            row = decision.values
            row[place] = at
            option = int(np.argmax(decision.worth(row[None])[0]))
            if option != now:
                found.append(Flip(item, at, option))
    return tuple(found)


def stability(decision: Decision, draws: int = DRAWS) -> Stability:
    """Shares of draws in which each option is best, everything drawn anew from its range."""
    random = np.random.default_rng(_SEED)
    rows = decision.scaled(random.random((draws, len(decision.moving))))
    winners = np.argmax(decision.worth(rows), axis=1)
    counts = np.bincount(winners, minlength=len(decision.payoffs.option))
    return Stability(tuple(float(count) / draws for count in counts), draws)


def indices(decision: Decision, power: int = _POWER) -> tuple[Index, ...]:
    """Sobol' indices of the margin for every input with a range, the largest total first."""
    moving = decision.moving
    if len(moving) == 0:
        return ()
    now = int(np.argmax(decision.worth(decision.values[None])[0]))

    def margin(unit: Floats) -> Floats:
        worth = decision.worth(decision.scaled(unit))
        others = np.delete(worth, now, axis=1).max(axis=1)
        return np.asarray(worth[:, now] - others)

    first, total = sobol(margin, len(moving), power)
    found = [
        Index(decision.inputs[place], float(one), float(whole))
        for place, one, whole in zip(moving, first, total, strict=True)
    ]
    return tuple(sorted(found, key=lambda item: -item.total))


def sobol(of: Callable[[Floats], Floats], inputs: int, power: int = _POWER) -> tuple[Floats, Floats]:
    """First-order and total indices (M,) of a function of the unit cube, from 2 ** power points.

    0 where the function does not vary.
    """
    from scipy.stats import qmc  # slow to import, and only this table needs it

    points = qmc.Sobol(2 * inputs, scramble=True, seed=_SEED).random_base2(power)
    one, two = points[:, :inputs], points[:, inputs:]
    at_one, at_two = of(one), of(two)
    spread = float(np.concatenate([at_one, at_two]).var())
    first, total = np.zeros(inputs), np.zeros(inputs)
    if spread <= 0.0:
        return first, total
    for place in range(inputs):
        mixed = one.copy()
        mixed[:, place] = two[:, place]
        at_mixed = of(mixed)
        first[place] = float((at_two * (at_mixed - at_one)).mean()) / spread
        total[place] = float(((at_one - at_mixed) ** 2).mean()) / 2.0 / spread
    return first, total
