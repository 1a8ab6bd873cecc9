"""The conditional logit with an unlisted alternative: weights, probabilities, and bits that sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from weigh.inference.features import DEPTH, NAMES, SHARED, UNLISTED_SHARED, WHOLE, CaseFeatures
from weigh.inference.profiles import Floats

_CANDIDATE = len(SHARED) + len(WHOLE)
NATS_PER_BIT = float(np.log(2.0))


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight per name of `features.NAMES`, with standard errors, and how they were fitted.

    `covariance` holds a row per weight, with itself and those before it: weights that can stand in for one
    another are known together better than each alone. Without it they are taken as independent.
    `calibration` holds, rising, the misfits of what proved true in cases that such weights answered before
    they knew (`inference.prediction_set`), `calibration_provenance` whose; without them no hypothesis can
    be ruled out.
    """

    values: tuple[float, ...]
    errors: tuple[float, ...]
    provenance: str
    names: tuple[str, ...] = NAMES
    calibration: tuple[float, ...] = ()
    calibration_provenance: str = ""
    covariance: tuple[tuple[float, ...], ...] = ()

    @property
    def candidate(self) -> Floats:
        """Weights of the candidates' features."""
        return np.array(self.values[:_CANDIDATE])

    @property
    def unlisted(self) -> Floats:
        """Weights of `unlisted`."""
        return np.array(self.values[_CANDIDATE:])


@dataclass(frozen=True, slots=True)
class Scores:
    """Every hypothesis's score in bits, by part; candidates first, `unlisted` last (H = C + 1).

    `prior` (H,) is what stands before any fact, `absence` (H,) what is usual and was not seen,
    `weights` (H, J) the weight of each fact. A score is the sum of the three.
    """

    prior: Floats
    absence: Floats
    weights: Floats

    @property
    def totals(self) -> Floats:
        """Scores in bits, (H,)."""
        return np.asarray(self.prior + self.absence + self.weights.sum(axis=1))

    @property
    def probabilities(self) -> Floats:
        """Softmax of the totals, (H,), sums to 1."""
        return softmax(self.totals * NATS_PER_BIT)


def softmax(scores: Floats) -> Floats:
    """Probabilities from scores in nats, over the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    probabilities: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return probabilities


def scores(features: CaseFeatures, weights: Weights) -> Scores:
    """The parts of every hypothesis's score."""
    beta, gamma = weights.candidate, weights.unlisted
    by_fact = np.tensordot(beta[: len(SHARED)], features.shares, axes=1) + beta[DEPTH] * features.fading
    unlisted = gamma[: len(UNLISTED_SHARED)] @ features.unlisted_shares
    absence = beta[len(SHARED)] * features.whole[0]
    prior = beta[len(SHARED) + 1 :] @ features.whole[1:]
    return Scores(
        prior=np.append(prior, gamma[-1]) / NATS_PER_BIT,
        absence=np.append(absence, 0.0) / NATS_PER_BIT,
        weights=np.concatenate([by_fact, unlisted[None, :]]) / NATS_PER_BIT,
    )


def values(features: CaseFeatures) -> tuple[Floats, Floats]:
    """Features without their shares: of the candidates (C, k) and of `unlisted` (m,)."""
    return features.candidate_values, features.unlisted_values


def raw_scores(candidate: Floats, unlisted: Floats, vector: Sequence[float] | Floats) -> Floats:
    """Scores in nats from features without shares; (C + 1,)."""
    theta = np.asarray(vector)
    return np.append(candidate @ theta[:_CANDIDATE], unlisted @ theta[_CANDIDATE:])
