"""How far the probabilities move when the knowledge and the reading are drawn again.

A Bayesian bootstrap (Rubin 1981): every report of an actor gets an exponential weight instead of 1,
every fact is present or not with the probability that it was read rightly, and the weight of presence
is drawn from its normal approximation. What such draws leave out (a report that nobody wrote, an
error of the model's form) is not in the interval.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from weigh.inference.features import Facts, case_features, weight_beside_others
from weigh.inference.model import NATS_PER_BIT, Scores, Weights, scores, softmax
from weigh.inference.profiles import SHRINKAGE, Floats, Profiles, foretold

Draws = NDArray[np.bool_]
"""Whether each fact is present in each draw, (D, J)."""

DRAWS = 200
COVERAGE = 0.90
_SEED = 20260101


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of the central 90 % of the drawn probabilities; each (H,)."""

    low: Floats
    high: Floats


def interval(
    case: Facts, known: Profiles, weights: Weights, draws: int = DRAWS, shift: Floats | None = None
) -> Interval:
    """Bounds for every hypothesis, widened where needed to hold the probability itself.

    `shift` (H,) is added to the prior, in bits.
    """
    features = case_features(case, known)
    centre = scores(features, weights)
    if shift is not None:
        centre = replace(centre, prior=centre.prior + shift)
    if len(case.index) == 0:
        return Interval(centre.probabilities, centre.probabilities)
    random = np.random.default_rng(_SEED)
    present = random.random((draws, len(case.index))) < case.presence
    moved = _drawn_evidence(case, known, weights, present, random)
    totals = _without_rates(centre, known, case, weights, present) + moved
    probabilities = softmax(totals * NATS_PER_BIT)
    tail = (1.0 - COVERAGE) / 2.0
    low, high = np.quantile(probabilities, [tail, 1.0 - tail], axis=0)
    point = centre.probabilities
    return Interval(np.minimum(low, point), np.maximum(high, point))


def _without_rates(centre: Scores, known: Profiles, case: Facts, weights: Weights, present: Draws) -> Floats:
    """Totals (D, H) in bits with each fact in or out as drawn, less the part that rates carry."""
    rates = np.zeros_like(centre.weights)
    counted = case.presence * weight_beside_others(case.presence, foretold(known, case.index))
    rates[:-1] = weights.candidate[0] * known.log_ratio[:, case.index] * counted / NATS_PER_BIT
    kept = (present / case.presence) @ (centre.weights - rates).T
    return np.asarray(centre.prior + centre.absence + kept)


def _drawn_evidence(
    case: Facts, known: Profiles, weights: Weights, present: Draws, random: np.random.Generator
) -> Floats:
    """The part that rates carry (D, H), in bits, with every report's weight drawn."""
    gamma = random.standard_normal(len(present))
    beta = weights.candidate[0] + weights.errors[0] * gamma
    counted = present * weight_beside_others(present.astype(np.float64), foretold(known, case.index))
    ratios = _drawn_ratios(case, known, counted, _drawn_mass(known, len(present), random))
    return np.pad(ratios * (beta / NATS_PER_BIT)[:, None], ((0, 0), (0, 1)))


def _drawn_mass(known: Profiles, draws: int, random: np.random.Generator) -> Floats:
    """A weight for every report (D, R); those of one candidate sum to the number of its reports."""
    mass = random.standard_exponential((draws, len(known.report_owner)))
    starts = np.searchsorted(known.report_owner, np.arange(len(known.candidates)))
    totals = np.add.reduceat(mass, starts, axis=1) if len(starts) > 0 else mass
    return np.asarray(mass * (known.reports / totals)[:, known.report_owner])


def _drawn_ratios(case: Facts, known: Profiles, counted: Floats, mass: Floats) -> Floats:
    """Sum over the facts, as far as `counted` (D, J), of log P(f | a) / p(f), (D, C), in nats.

    Only the (candidate, fact) pairs that some report shows depend on the draw: one column each.
    """
    report, fact = np.nonzero(known.shows[:, case.index])
    pair = known.report_owner[report] * len(case.index) + fact
    order = np.argsort(pair, kind="stable")
    pairs, first = np.unique(pair[order], return_index=True)
    unseen = np.log(SHRINKAGE / (known.reports + SHRINKAGE))
    result = counted.sum(axis=1)[:, None] * unseen
    if len(pairs) == 0:
        return np.asarray(result)
    candidate, fact = np.divmod(pairs, len(case.index))
    counts = np.add.reduceat(mass[:, report[order]], first, axis=1)
    base = known.base[case.index][fact]
    ratio = np.log((counts + SHRINKAGE * base) / (known.reports[candidate] + SHRINKAGE) / base)
    owners, starts = np.unique(candidate, return_index=True)
    result[:, owners] += np.add.reduceat((ratio - unseen[candidate]) * counted[:, fact], starts, axis=1)
    return np.asarray(result)
