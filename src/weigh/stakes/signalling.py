"""Threatening before one can tell who attacked: signalling with imperfect attribution.

Source: J. Welburn, J. Grana & K. Schwindt, European Journal of Operational Research 306 (2023). A defender
is of type H (with probability `gamma`) or L, says so or not by cheap talk, an attacker attacks or not, and
the defender sees o1 (with probability pi1 after an attack, pi2 after none) or o2. An attack is worth 1 to the
attacker; answered, it costs c_k; an answer without an attack costs it v. The defender loses 1 when
attacked, gains r_k by a right answer and loses w by a wrong one.

The closed forms of the attribution game and of the semi-separating equilibrium are the paper's. Re-derived
here, not quoted: utilities, the condition that H gains nothing by the signal of L, and the search for all
pooled equilibria. The attack chances that the paper prints follow from its parameters, and so do the
utilities of its table A5; those of table A4 do not, and ours stand in the tests.

Limits: one attacker, one round, two types, two observations, payoffs known to both. The lesson that
carries over: an equilibrium can have more attacks and a better-off defender, so that attacks counted
are no measure of a policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from weigh.errors import UsageError
from weigh.stakes import sheets
from weigh.stakes.sheets import Sheet

SCHEMA = "weigh.signalling/1"
H, L = 0, 1


@dataclass(frozen=True, slots=True)
class Setting:
    """The parameters, in the paper's letters; pairs are (H, L)."""

    pi1: float
    pi2: float
    c: tuple[float, float]
    v: float
    gamma: float
    r: tuple[float, float]
    w: float

    def __post_init__(self) -> None:
        """Raise `UsageError` where a number has no meaning in the model."""
        if not 0.0 <= self.pi2 < self.pi1 <= 1.0:
            raise UsageError(f"0 <= pi2 < pi1 <= 1 does not hold for pi1 {self.pi1:g}, pi2 {self.pi2:g}")
        if not 0.0 <= self.gamma <= 1.0:
            raise UsageError(f"gamma {self.gamma:g} is not a probability")
        if min(*self.c, self.v, *self.r, self.w) <= 0.0:
            raise UsageError("c, v, r and w must be above 0")

    @property
    def shares(self) -> tuple[float, float]:
        """How likely each type is, (H, L)."""
        return self.gamma, 1.0 - self.gamma


@dataclass(frozen=True, slots=True)
class Equilibrium:
    """One equilibrium: chance of attack, expected utility of the defender, and how it is played.

    `kind` is "separating", "pooled" or "always". `mixing` names the (type, observation) that answers only
    with chance `rho`; `strategy` holds the further chances by the paper's letters. `faults` says
    which conditions of the equilibrium fail; it is one only when there are none.
    """

    kind: str
    attack: float
    utility: float
    mixing: str = ""
    rho: float = 1.0
    strategy: tuple[tuple[str, float], ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """The attribution game, one type of defender: chances of attack and of an answer after o1 and o2."""

    attack: float
    after_o1: float
    after_o2: float


@dataclass(frozen=True, slots=True)
class Threat:
    """A sheet of the game, in the paper's letters; the pairs c and r are [H, L]."""

    schema: str
    title: str
    source: str
    pi1: float
    pi2: float
    c: tuple[float, float]
    v: float
    gamma: float
    r: tuple[float, float]
    w: float

    @property
    def setting(self) -> Setting:
        """The parameters of the game."""
        return Setting(self.pi1, self.pi2, self.c, self.v, self.gamma, self.r, self.w)


def shipped() -> Threat:
    """The illustrative default: the setting of table A5."""
    return _checked(sheets.shipped("signalling.toml"))


def read(path: Path) -> Threat:
    """A user's sheet. Raises `UsageError` with the file, the line and the entry that is wrong."""
    return _checked(sheets.read(path))


def _checked(sheet: Sheet) -> Threat:
    threat = sheets.filled(sheet, Threat, SCHEMA)
    try:
        equilibria(threat.setting)
    except UsageError as error:
        raise UsageError(error.problem, place=sheet.name, remedy=error.remedy) from error
    return threat


def attribution_game(pi1: float, pi2: float, c: float, v: float, r: float, w: float) -> Attribution:
    """The one equilibrium with one type of defender, for 1 - c < -v.

    Raises `UsageError` where that does not hold: then attacking pays even when it is always answered.
    """
    if not 1.0 - c < -v:
        raise UsageError(f"1 - c < -v does not hold for c {c:g}, v {v:g}", remedy="give a larger c")
    if 1.0 - pi1 * c + pi2 * v < 0.0:
        return Attribution(pi2 * w / (pi1 * r + pi2 * w), 1.0 / (pi1 * c - pi2 * v), 0.0)
    rho = (1.0 - pi1 * c + pi2 * v) / ((1.0 - pi1) * c - (1.0 - pi2) * v)
    return Attribution((1.0 - pi2) * w / ((1.0 - pi1) * r + (1.0 - pi2) * w), 1.0, rho)


def separating(setting: Setting) -> Equilibrium:
    """The semi-separating equilibrium: H always threatens, L threatens with chance alpha_L.

    Its `faults` say where it does not exist.
    """
    pi1, pi2, w = setting.pi1, setting.pi2, setting.w
    (c_h, c_l), (r_h, r_l), (high, low) = setting.c, setting.r, setting.shares
    spread = c_l - setting.v - 1.0
    beta_l = pi2 * w / (pi1 * r_l + pi2 * w)
    slope = (r_l + w - 1.0) * (pi1 * r_l + pi2 * w)
    cost = pi1 * c_l - pi2 * setting.v
    if 0.0 in (spread, slope, cost, low):
        return Equilibrium("separating", 0.0, 0.0, faults=("its closed form divides by 0",))
    alpha = high / low * (1.0 - c_h + setting.v) / spread
    beta_h = w * (pi1 * r_l + pi2 * w - pi2) / slope
    utility_h = beta_h * (r_h + w - 1.0) - w
    utility = high * utility_h + low * (beta_h * (r_l + w - 1.0) - w)
    attack = (high + low * alpha) * beta_h + low * (1.0 - alpha) * beta_l
    conditions = {
        "0 < alpha_L <= 1": 0.0 < alpha <= 1.0,
        "0 <= beta_H <= 1": 0.0 <= beta_h <= 1.0,
        "pi1 c_L - pi2 v >= 1": cost >= 1.0,
        "1 - c_H < -v < 1 - c_L": 1.0 - c_h < -setting.v < 1.0 - c_l,
        "H gains nothing by the signal of L": utility_h >= _alone(setting, H, beta_l) - 1e-12,
    }
    return Equilibrium(
        "separating",
        attack,
        utility,
        mixing="L after o1, having not threatened",
        rho=1.0 / cost,
        strategy=(("alpha_L", alpha), ("beta_L", beta_l), ("beta_H", beta_h)),
        faults=tuple(name for name, holds in conditions.items() if not holds),
    )


def pooled(setting: Setting) -> tuple[Equilibrium, ...]:
    """Every equilibrium in which the signal says nothing, best for the defender first.

    With the chance of attack, one more (type, observation) answers at each threshold; an interior
    equilibrium is a threshold at which the attacker's net gain changes sign, that pair mixing. Always
    attacking and always answering is listed last, where it is one, and is never chosen silently.
    """
    steps = sorted(_steps(setting), key=lambda step: step[0])
    gains = [1.0]
    for _, drop, _ in steps:
        gains.append(gains[-1] - drop)
    found = [
        Equilibrium("pooled", threshold, _pooled_utility(setting, threshold), name, before / drop)
        for (threshold, drop, name), (before, after) in zip(steps, pairwise(gains), strict=True)
        if before * after < 0.0 and 0.0 <= threshold <= 1.0
    ]
    found.sort(key=lambda item: -item.utility)
    if gains[-1] >= 0.0:
        found.append(Equilibrium("always", 1.0, _pooled_utility(setting, 1.0)))
    return tuple(found)


def equilibria(setting: Setting) -> tuple[Equilibrium, ...]:
    """All of them: the semi-separating one where it exists, then the pooled ones."""
    first = separating(setting)
    return (first, *pooled(setting)) if len(first.faults) == 0 else pooled(setting)


def _steps(setting: Setting) -> list[tuple[float, float, str]]:
    """Of each pair that may answer: threshold of the attack chance, drop of the attacker's gain, name."""
    found = []
    for kind, name in ((H, "H"), (L, "L")):
        r, w = setting.r[kind], setting.w
        for seen, hit, noise in _observations(setting):
            drop = setting.shares[kind] * (hit * setting.c[kind] - noise * setting.v)
            weight = hit * r + noise * w
            found.append((noise * w / weight if weight > 0.0 else 1.0, drop, f"{name} after {seen}"))
    return found


def _observations(setting: Setting) -> tuple[tuple[str, float, float], ...]:
    """Each observation with its chance after an attack and after none."""
    return (("o1", setting.pi1, setting.pi2), ("o2", 1.0 - setting.pi1, 1.0 - setting.pi2))


def _pooled_utility(setting: Setting, beta: float) -> float:
    return sum(share * _alone(setting, kind, beta) for kind, share in enumerate(setting.shares))


def _alone(setting: Setting, kind: int, beta: float) -> float:
    """The best that a defender of this type can get when it is attacked with chance beta."""
    answers = (
        max(0.0, beta * hit * setting.r[kind] - (1.0 - beta) * noise * setting.w)
        for _, hit, noise in _observations(setting)
    )
    return -beta + sum(answers)
