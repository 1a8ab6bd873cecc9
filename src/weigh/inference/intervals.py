"""How far the probabilities move when the knowledge, the reading and the weights are drawn again.

Every draw weighs the knowledge's reports anew (`inference.resampling`), takes each fact as read or not
with the probability that it was read rightly, and draws all weights of the model together from their normal
approximation. Refitting everything on reweighed reports (`bench.refits`, on cases of 2018 and 2019) gives
answers of which the bounds hold nine in ten. What such draws leave out (a report that nobody wrote, an
error of the model's form) is not in the interval.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from weigh.inference.features import (
    ABSENCE_SCALE,
    EXCLUSIVE_CAP,
    SOFTWARE_PER_UNIT,
    Facts,
    case_features,
    counted_total,
    depth_scale,
    likeness_scale,
    recency,
    weight_beside_others,
)
from weigh.inference.model import NATS_PER_BIT, Weights, scores, softmax
from weigh.inference.profiles import Floats, Keys, Profiles, foretold, unit_rows
from weigh.inference.resampling import Resampled, by_place, log_sums, reach, resampled, uniforms

DRAWS = 200
COVERAGE = 0.90
_SEED = 20260101
_LEAST = 1e-300


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
    centre = scores(case_features(case, known), weights)
    moved = np.zeros(len(centre.prior)) if shift is None else shift
    point = replace(centre, prior=centre.prior + moved).probabilities
    candidate, unlisted = drawn_values(case, known, resampled(known, draws), _presence(case, draws))
    theta = drawn_weights(weights, draws)
    own = sum(beta * value for beta, value in zip(theta, candidate, strict=False))
    totals = np.vstack([own, (theta[len(candidate) :] * unlisted).sum(axis=0)])
    tail = (1.0 - COVERAGE) / 2.0
    low, high = np.quantile(softmax(totals.T + moved * NATS_PER_BIT), [tail, 1.0 - tail], axis=0)
    return Interval(np.minimum(low, point), np.maximum(high, point))


def drawn_weights(weights: Weights, draws: int) -> Floats:
    """All weights of the model, (k, D), from the normal distribution with their covariance.

    Its symmetric root is taken: there is one, so that every machine draws the same.
    """
    covariance = np.diag(np.square(weights.errors))
    for place, row in enumerate(weights.covariance):
        covariance[place, : place + 1] = covariance[: place + 1, place] = row
    scale, axes = np.linalg.eigh(covariance)
    normal = np.random.default_rng(_SEED).standard_normal((draws, len(scale))).T
    moved = (axes * np.sqrt(np.maximum(scale, 0.0))) @ axes.T @ normal
    return np.asarray(np.array(weights.values)[:, None] + moved)


def _presence(case: Facts, draws: int) -> Floats:
    """Whether each fact is there in each draw, (J, D), 0 or 1: what is drawn of a fact hangs on it alone."""
    keys: Keys = case.index.astype(np.uint64) * np.uint64(0xD1B54A32D192ED03)
    return (uniforms(keys, draws) < case.presence[:, None]).astype(np.float64)


def drawn_values(case: Facts, known: Profiles, drawn: Resampled, present: Floats) -> tuple[Floats, Floats]:
    """The features of the candidates (len, C, D) and of `unlisted` (len, D), in the order of `NAMES`.

    They are those of `features.case_features` for profiles made of the weighed reports, where facts are
    `present` (J, D), but for how facts foretell one another.
    """
    counted = present * weight_beside_others(present.T, foretold(known, case.index)).T
    total, fullness = present.sum(axis=0), likeness_scale(present.sum(axis=0))
    idf = drawn.idf[case.index]
    vector = unit_rows((present * idf).T).T * idf
    presence, habits, silence = _of_pairs(case, drawn, present, counted)
    armed = np.log1p(known.arms[:, case.index]) @ vector / np.maximum(drawn.armed_length, _LEAST)
    usual = drawn.absent_total - silence - log_sums(drawn.odds[case.index] * present, reach(drawn.reports))
    candidate = np.stack(
        [
            presence,
            _nearest(case, known, drawn, vector) * fullness,
            habits * fullness,
            _exclusive(case, known, counted),
            armed * fullness,
            usual * np.sqrt(counted_total(total)) * ABSENCE_SCALE,
            np.log(drawn.reports + 1.0) * depth_scale(total, known.uses[:, case.index] @ present),
            np.broadcast_to(recency(case, known)[:, None], presence.shape),
        ]
    )
    software = present[case.index >= known.software_from].sum(axis=0)
    unlisted = [
        *candidate[1:4].max(axis=1, initial=0.0),
        total * np.sqrt(counted_total(total) / np.maximum(total, 1.0) / np.maximum(total, 1.0)),
        software / np.maximum(software, 1.0),
        software / SOFTWARE_PER_UNIT,
        np.ones(len(total)),
    ]
    return candidate, np.stack(unlisted)


def _of_pairs(
    case: Facts, drawn: Resampled, present: Floats, counted: Floats
) -> tuple[Floats, Floats, Floats]:
    """Presence, the cosine of habits, and what reports take from absence, each (C, D).

    Only what some report of a candidate shows hangs on the weights of single reports.
    """
    rows = np.flatnonzero(np.isin(drawn.feature, case.index))
    place, owner = np.searchsorted(case.index, drawn.feature[rows]), drawn.owner[rows]
    lasting = unit_rows((present * drawn.lasting[case.index]).T).T
    gain, habits, silence = (
        by_place(values[rows] * beside[place], owner, len(drawn.reports))
        for values, beside in ((drawn.gain, counted), (drawn.habits, lasting), (drawn.silence, present))
    )
    return gain + drawn.unseen * counted.sum(axis=0), habits, silence


def _nearest(case: Facts, known: Profiles, drawn: Resampled, vector: Floats) -> Floats:
    """Cosine with the most similar single report of each candidate, (C, D)."""
    cosine = known.shows[:, case.index].astype(np.float64) @ vector / np.maximum(drawn.nearest_length, _LEAST)
    starts = np.searchsorted(known.report_owner, np.arange(len(known.candidates)))
    return np.asarray(np.maximum.reduceat(cosine, starts, axis=0))


def _exclusive(case: Facts, known: Profiles, counted: Floats) -> Floats:
    """For each software seen, one over the number of actors that are known to use it, (C, D)."""
    tools = case.index >= known.software_from
    index = case.index[tools]
    rarity = counted[tools] / np.maximum(known.users[index], 1.0)[:, None]
    return np.minimum(known.uses[:, index] @ rarity, EXCLUSIVE_CAP)
