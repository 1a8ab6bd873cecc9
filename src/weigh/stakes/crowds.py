"""Many voices and one origin: cascades, shared evidence, and what repeated statements are worth.

Three small results, each with its source:

- S. Bikhchandani, D. Hirshleifer & I. Welch (Journal of Political Economy 100, 1992): people who speak in
  turn, each seeing a private signal that is right with chance p and everything said before, ties by a coin.
  P(a right cascade has begun by speaker n), n even, is the paper's closed form.
- F. Dietrich & C. List (Mind & Language 19, 2004): however many read one shared body of evidence, a
  majority of them is right no more often than the evidence is not misleading.
- Likelihood ratios of repeated statements: with first hit rate p, false rate q, and each later statement
  copying an earlier one with chance c, the k-th adds (c + (1 - c) p) / (c + (1 - c) q). Our own, as are the
  effective numbers that follow from it; equicorrelated log-odds give n / (1 + (n - 1) rho).

Limits: statements are alike, copies carry no news, and nobody lies on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from weigh.errors import UsageError

HIT, FALSE = 0.75, 0.25
"""How often a statement is made when it is true and when it is not: illustrative."""
UNKNOWN_COPYING = 0.5
"""Chance that a statement of unknown provenance copies another."""
MOST = 100_000


@dataclass(frozen=True, slots=True)
class Crowd:
    """What a listener ends up believing who takes `statements` for so many independent ones.

    `start` is the belief before them. `independent` counts each as one of its own, `unknown` lets each
    beyond the origins copy with chance `UNKNOWN_COPYING`, `origins_only` counts each origin once.
    `nothing_new` is the start again: what is due where the origins are already weighed. `effective` is
    the number of independent statements that `unknown` amounts to.
    """

    statements: int
    origins: int
    start: float
    independent: float
    unknown: float
    origins_only: float
    nothing_new: float
    effective: float


def right_cascade(p: float, n: int) -> float:
    """P(a right cascade has begun by speaker n), n even. Raises `UsageError` for an odd n."""
    _require_probability(p)
    if n < 0 or n % 2 == 1:
        raise UsageError(f"{n} is not an even number of speakers")
    return right_cascade_limit(p) * float(1.0 - (p - p * p) ** (n // 2))


def right_cascade_limit(p: float) -> float:
    """The same for ever more speakers: below 1 however many they are."""
    _require_probability(p)
    return p * (p + 1.0) / 2.0 / (1.0 - p + p * p)


def right_speaker(p: float, n: int) -> float:
    """P(speaker n is right), n even: a right cascade, or none yet and the coin."""
    return right_cascade(p, n) + float((p - p * p) ** (n // 2)) / 2.0


def shared_evidence(n: int, competence: float, misleading: float) -> float:
    """P(a majority of n readers of one body of evidence is right), n odd.

    Each reads it rightly with chance `competence`; it misleads with chance `misleading`. The limit for
    many readers with a competence above one half is 1 - misleading.
    """
    _require_probability(competence)
    _require_probability(misleading)
    if n < 1 or n % 2 == 0 or n > MOST:
        raise UsageError(f"{n} is not an odd number of readers")
    most = _majority(n, competence)
    return (1.0 - misleading) * most + misleading * (1.0 - most)


def ratio(statements: int, copying: float, hit: float = HIT, false: float = FALSE) -> float:
    """The natural logarithm of LR_k for k statements, each after the first copying with chance `copying`."""
    if not 0 <= statements <= MOST:
        raise UsageError(f"{statements} statements", remedy=f"give 0 to {MOST:,}")
    _require_probability(copying)
    if not (0.0 < false < 1.0 and 0.0 < hit < 1.0):
        raise UsageError("hit and false rate lie between 0 and 1")
    if statements == 0:
        return 0.0
    later = log((copying + (1.0 - copying) * hit) / (copying + (1.0 - copying) * false))
    return log(hit / false) + (statements - 1) * later


def effective_number(statements: int, copying: float, hit: float = HIT, false: float = FALSE) -> float:
    """ln LR_k / ln(p / q): how many independent statements so many amount to."""
    if hit == false:
        raise UsageError("statements as often made when false say nothing", remedy="give another hit rate")
    return ratio(statements, copying, hit, false) / log(hit / false)


def equicorrelated(statements: int, rho: float) -> float:
    """n / (1 + (n - 1) rho): effective number when all log-odds correlate alike."""
    _require_probability(rho)
    return statements / (1.0 + (statements - 1) * rho)


def moved(start: float, log_ratio: float) -> float:
    """A probability after evidence whose likelihood ratio has this natural logarithm."""
    _require_probability(start)
    if start in (0.0, 1.0):
        return start
    shift = log(start / (1.0 - start)) + log_ratio
    return 1.0 / (1.0 + exp(-shift)) if shift > -700.0 else 0.0


def crowd(statements: int, origins: int, start: float, copying: float = UNKNOWN_COPYING) -> Crowd:
    """The beliefs of a listener who starts at `start` and hears statements of so many origins.

    Raises `UsageError` when there are more origins than statements.
    """
    if not 0 <= origins <= statements:
        raise UsageError(
            f"{origins} origins of {statements} statements",
            remedy="give at most as many origins as statements",
        )
    repeated = (
        ratio(statements - origins + 1, copying) - ratio(1, copying)
        if origins > 0
        else ratio(statements, copying)
    )
    unknown = ratio(origins, 0.0) + repeated
    return Crowd(
        statements=statements,
        origins=origins,
        start=start,
        independent=moved(start, ratio(statements, 0.0)),
        unknown=moved(start, unknown),
        origins_only=moved(start, ratio(origins, 0.0)),
        nothing_new=start,
        effective=unknown / log(HIT / FALSE),
    )


def _majority(n: int, competence: float) -> float:
    """P(more than half of n are right), by a recurrence over odd n that never leaves the range of floats."""
    chance, odds = competence, competence * (1.0 - competence)
    term = odds
    for size in range(1, n, 2):
        half = (size + 1) // 2
        chance += (2.0 * competence - 1.0) * term
        term *= odds * (2.0 * (2 * half + 1)) / (half + 1.0)
    return chance


def _require_probability(p: float) -> None:
    if not 0.0 <= p <= 1.0:
        raise UsageError(f"{p:g} is not a probability", remedy="give a number from 0 to 1")
