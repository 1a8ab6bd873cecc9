"""Deterring several possible attackers when it is uncertain who attacked.

Source: S. Baliga, E. Bueno de Mesquita & A. Wolitzky, American Political Science Review 114 (2020). One of n
attackers gets the chance to attack, each with probability gamma / n. Attacker i, of type x_i ~ F_i, attacks
when x_i >= x_i*, and loses 1 when it is answered. The defender sees a signal s, drawn from pi_i after an
attack by i and from pi_0 after none, and answers i when its own type y ~ G is at least 1 - beta_i^s:

    beta_i^s = gamma (1 - F_i(x_i*)) pi_i^s / [n pi_0^s + gamma sum_j (1 - F_j(x_j*)) (pi_j^s - pi_0^s)]
    x_i*     = sum over s != 0 of (pi_i^s - pi_0^s) (1 - G(1 - beta_i^s))

These equations are a re-derivation that was checked numerically, not a quotation. Signal 0 is "nothing
was seen" and is never answered, by assumption: the rule itself would answer it for y >= 1 - beta_i^0,
which `null_answered` does. Where the denominator is 0 the signal never comes, and beta is 0.

How it is solved: with the others fixed, the right side falls in x_i* as long as no signal is rarer after
an attack by i than after none (`Signals.ordered`), so that one root is found between brackets; it rises in
the others' thresholds, so that sweeping over the attackers from all-attack and from none-attack ends at the
lowest and the highest equilibrium. Where the two agree, there is one only. Where y has no spread the
root may stand at a jump, which is the defender answering with some chance.

Limits: one round, types that nobody knows, costs of being hit alike for all, a defender who always
keeps to the rule, and attackers who know how good attribution is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weigh.errors import UsageError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

_SWEEPS = 400
_STEPS = 90
_EXACT = 1e-14
SAME = 1e-9
"""Equilibria that lie nearer to each other than this are one."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What the defender sees: `none` (..., S) after no attack, `attack` (..., n, S) after one by i.

    Signal 0 is "nothing was seen". Leading axes are cells of a grid.
    """

    none: Floats
    attack: Floats

    @property
    def attackers(self) -> int:
        """How many possible attackers there are."""
        return int(self.attack.shape[-2])

    @property
    def ordered(self) -> Flags:
        """Whether no signal but the first is rarer after an attack than after none; (...)."""
        gap = self.attack[..., 1:] - self.none[..., None, 1:]
        return np.asarray((gap >= -1e-12).all(axis=(-2, -1)))


@dataclass(frozen=True, slots=True)
class Types:
    """How eager the attackers are, x_i ~ U[low_i, high_i], and how ready the defender is, y ~ U[ready].

    `low`, `high` (n,); `ready` is (least, most), the two equal for a defender whose type is known.
    `chance` is gamma, the probability that anybody gets the chance to attack; a number or (...).
    """

    low: tuple[float, ...]
    high: tuple[float, ...]
    ready: tuple[float, float]
    chance: float | Floats


@dataclass(frozen=True, slots=True)
class Equilibria:
    """What the starts led to. Leading axis: the starts, lowest first; then the cells of the grid.

    `thresholds` (K, ..., n) are the x_i*, `attack` (K, ...) the probability that somebody attacks,
    `misdirected` (K, ...) the expected number of answers that hit one who did not attack, `answered`
    (K, ...) of all answers; where y has no spread and a threshold stands at a jump, the two count all
    answers to that signal or none, not the chance with which it is answered. `unique` (...) holds where
    all starts agree, `settled` where the last sweep moved nothing.
    """

    thresholds: Floats
    attack: Floats
    misdirected: Floats
    answered: Floats
    unique: Flags
    settled: Flags


def solve(
    signals: Signals,
    types: Types,
    *,
    starts: Sequence[float | Sequence[float]] = (0.0, 1.0),
    null_answered: bool = False,
) -> Equilibria:
    """Equilibria from several starts of the thresholds, in every cell of the grid at once.

    With starts 0 and 1 and ordered signals, the two are the lowest and the highest equilibrium. Raises
    `UsageError` where the numbers are no probabilities or do not fit each other.
    """
    _require(signals, types)
    model = _Model(signals, types, 0 if null_answered else 1)
    cells = np.broadcast_shapes(signals.none.shape[:-1], np.shape(types.chance))
    begin = np.stack(
        [np.broadcast_to(np.asarray(start, dtype=float), (signals.attackers,)) for start in starts]
    )
    x = np.broadcast_to(
        begin.reshape(len(starts), *(1,) * len(cells), signals.attackers),
        (len(starts), *cells, signals.attackers),
    ).copy()
    settled = np.zeros(cells, dtype=bool)
    for _ in range(_SWEEPS):
        before = x.copy()
        for i in range(signals.attackers):
            x[..., i] = model.response(x, i)
        settled = (np.abs(x - before) <= 1e-13).all(axis=(0, -1))
        if settled.all():
            break
    x = x[np.argsort(x.reshape(len(starts), -1).sum(axis=1), kind="stable")]
    unique = (x.max(axis=0) - x.min(axis=0) <= SAME).all(axis=-1)
    answered, misdirected = model.answers(x)
    return Equilibria(x, model.total(x), misdirected, answered, np.asarray(unique), np.asarray(settled))


def threshold_against(signals: Signals, types: Types, i: int, others: Sequence[float]) -> float:
    """x_i* when the others' thresholds are fixed (`others[i]` is passed over): the pull between attackers."""
    x = np.array([others], dtype=float)
    return float(_Model(signals, types, 1).response(x, i)[0])


@dataclass(frozen=True, slots=True)
class _Model:
    signals: Signals
    types: Types
    first: int

    def attacking(self, x: Floats) -> Floats:
        """1 - F_j(x_j): how likely each attacks once it has the chance; (..., n)."""
        low, high = np.array(self.types.low), np.array(self.types.high)
        return np.asarray(1.0 - np.clip((x - low) / (high - low), 0.0, 1.0))

    def total(self, x: Floats) -> Floats:
        """Probability that somebody attacks; (...)."""
        return np.asarray(
            np.asarray(self.types.chance) / self.signals.attackers * self.attacking(x).sum(axis=-1)
        )

    def rest(self, x: Floats, i: int) -> Floats:
        """gamma sum over j != i of (1 - F_j) (pi_j^s - pi_0^s); (..., S)."""
        gap = self.signals.attack - self.signals.none[..., None, :]
        share = self.attacking(x)
        share[..., i] = 0.0
        return np.asarray(np.asarray(self.types.chance)[..., None] * (share[..., None] * gap).sum(axis=-2))

    def answering(self, beta: Floats) -> Floats:
        """P(y >= 1 - beta)."""
        least, most = self.types.ready
        if most > least:
            return np.asarray(1.0 - np.clip((1.0 - beta - least) / (most - least), 0.0, 1.0))
        return (least >= 1.0 - beta - 1e-15).astype(np.float64)

    def response(self, x: Floats, i: int) -> Floats:
        """The threshold of i against the others', (...), by false position kept between brackets."""
        shape, seen = x.shape[:-1], self.signals.none.shape[-1]

        def flat(rows: Floats) -> Floats:
            return np.broadcast_to(rows, (*shape, seen)).reshape(-1, seen)

        none, attack, rest = (
            flat(rows) for rows in (self.signals.none, self.signals.attack[..., i, :], self.rest(x, i))
        )
        chance = np.broadcast_to(np.asarray(self.types.chance), shape).reshape(-1)
        gap = (attack - none)[:, self.first :]
        lowest, width = self.types.low[i], self.types.high[i] - self.types.low[i]

        def excess(y: Floats, cells: Places) -> Floats:
            own = chance[cells] * (1.0 - np.clip((y - lowest) / width, 0.0, 1.0))
            beta = _blame(self.signals.attackers, own, none[cells], attack[cells], rest[cells])
            return np.asarray((gap[cells] * self.answering(beta[:, self.first :])).sum(axis=-1) - y)

        return root(excess, np.full(len(none), -1.0), np.ones(len(none))).reshape(shape)

    def answers(self, x: Floats) -> tuple[Floats, Floats]:
        """Expected number of answers, and of those that hit one who did not attack; (...) each."""
        share = self.attacking(x)
        chance = np.asarray(self.types.chance)[..., None]
        gap = self.signals.attack - self.signals.none[..., None, :]
        seen = self.signals.none + chance / self.signals.attackers * (share[..., None] * gap).sum(axis=-2)
        answered, wrong = np.zeros(seen.shape[:-1]), np.zeros(seen.shape[:-1])
        for i in range(self.signals.attackers):
            own, attack = chance[..., 0] * share[..., i], self.signals.attack[..., i, :]
            beta = _blame(self.signals.attackers, own, self.signals.none, attack, self.rest(x, i))
            chances = (seen * self.answering(beta))[..., self.first :]
            answered = answered + chances.sum(axis=-1)
            wrong = wrong + (chances * (1.0 - beta[..., self.first :])).sum(axis=-1)
        return answered, wrong


def root(excess: Callable[[Floats, Places], Floats], low: Floats, high: Floats) -> Floats:
    """Where a falling function of each cell crosses 0 between its brackets; (N,).

    `excess(at, cells)` gives the values of some cells (their places) at points. False position with the
    Illinois weights (Dowell & Jarratt 1971), halving every fourth step, which is what a jump asks for: at
    a jump the brackets close on it. Cells that are done are not asked again.
    """
    found, cells = (low + high) / 2.0, np.arange(len(low))
    at_low, at_high, side = excess(low, cells), excess(high, cells), np.zeros(len(low))
    for step in range(_STEPS):
        middle = (low + high) / 2.0
        if step % 4 != 3:
            slope = at_low - at_high
            guess = np.divide(high * at_low - low * at_high, slope, out=middle.copy(), where=slope > 0.0)
            middle = np.where((guess > low) & (guess < high), guess, middle)
        value = excess(middle, cells)
        found[cells] = middle
        above = value > 0.0
        at_high = np.where(above & (side > 0.0), at_high / 2.0, np.where(above, at_high, value))
        at_low = np.where(~above & (side < 0.0), at_low / 2.0, np.where(above, value, at_low))
        low, high = np.where(above, middle, low), np.where(above, high, middle)
        side = np.where(above, 1.0, -1.0)
        open_ = (np.abs(value) > _EXACT) & (high - low > _EXACT)
        if not open_.any():
            break
        cells, low, high = cells[open_], low[open_], high[open_]
        at_low, at_high, side = at_low[open_], at_high[open_], side[open_]
    return found


def _blame(attackers: int, own: Floats, none: Floats, attack: Floats, rest: Floats) -> Floats:
    """beta_i^s (..., S): `own` (...) is gamma (1 - F_i), `rest` (..., S) what the others add below it."""
    share = own[..., None]
    weight = attackers * none + rest + share * (attack - none)
    return np.asarray(np.divide(share * attack, weight, out=np.zeros_like(weight), where=weight > 0.0))


def _require(signals: Signals, types: Types) -> None:
    for rows, name in ((signals.none, "without an attack"), (signals.attack, "after an attack")):
        if not (
            np.isfinite(rows).all() and (rows >= -1e-12).all() and (np.abs(rows.sum(-1) - 1.0) < 1e-9).all()
        ):
            raise UsageError(f"the chances of the signals {name} do not sum to 1, or one is negative")
    if signals.none.shape[-1] != signals.attack.shape[-1] or signals.none.shape[-1] < 2:
        raise UsageError("the signals after an attack and after none are not the same ones, or too few")
    if not len(types.low) == len(types.high) == signals.attackers:
        raise UsageError(f"{len(types.low)} types for {signals.attackers} attackers")
    if any(low >= high for low, high in zip(types.low, types.high, strict=True)):
        raise UsageError("an attacker's lowest type is not below its highest")
    if types.ready[0] > types.ready[1]:
        raise UsageError("the defender's least readiness is above its most")
    if not ((np.asarray(types.chance) >= 0.0) & (np.asarray(types.chance) <= 1.0)).all():
        raise UsageError("the chance of an attack is not a probability")
