"""The features of a case against every candidate, each as a sum of shares, one share per observed fact.

Because every feature is kept as shares that sum to it, the score of a hypothesis is a sum over the
facts of the case, and the weight of each fact can be shown. Definitions: the design of the model
(conditional logit with an unlisted alternative); the shares are our own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from weigh.inference.profiles import Floats, Indices, Profiles

SHARED = ("presence", "nearest report", "profile", "exclusive tools", "own tools' techniques")
"""Features that are sums over the observed facts, in the order of `CaseFeatures.shares`."""
WHOLE = ("absence", "depth", "recency")
"""Features of a candidate that no single observed fact carries."""
UNLISTED_SHARED = (
    "unlisted: largest nearest report",
    "unlisted: largest profile",
    "unlisted: largest exclusive tools",
    "unlisted: number of facts",
    "unlisted: any software",
    "unlisted: number of software",
)
UNLISTED_WHOLE = ("unlisted: constant",)
NAMES = (*SHARED, *WHOLE, *UNLISTED_SHARED, *UNLISTED_WHOLE)
"""All features, in the order of the weights of a model."""

EXCLUSIVE_CAP = 2.0
ABSENCE_SCALE = 0.1
_YEARS_PER_UNIT = 5.0
_MOST_YEARS = 15.0
_YEARS_WHEN_UNKNOWN = 8.0
SOFTWARE_PER_UNIT = 5.0
_TIE = 1e-12


@dataclass(frozen=True, slots=True)
class Facts:
    """What a case shows: feature indices in rising order and the probability of each, in (0, 1].

    `year` is the year of the case, 0 where unknown.
    """

    index: Indices
    presence: Floats
    year: int = 0


@dataclass(frozen=True, slots=True)
class CaseFeatures:
    """Shares of a case with J facts against C candidates.

    `shares` (len(SHARED), C, J), `whole` (len(WHOLE), C), `unlisted_shares` (len(UNLISTED_SHARED), J),
    `nearest_row` (C,): the row of `Profiles.nearest` that is nearest to the case for each candidate.
    """

    shares: Floats
    whole: Floats
    unlisted_shares: Floats
    nearest_row: Indices

    @property
    def candidate_values(self) -> Floats:
        """Features of the candidates, (C, len(SHARED) + len(WHOLE)), in the order of `NAMES`."""
        return np.concatenate([self.shares.sum(axis=2), self.whole]).T

    @property
    def unlisted_values(self) -> Floats:
        """Features of `unlisted`, (len(UNLISTED_SHARED) + len(UNLISTED_WHOLE),)."""
        return np.append(self.unlisted_shares.sum(axis=1), 1.0)


def facts(pairs: dict[int, float], year: int = 0) -> Facts:
    """Facts from feature index -> probability; those of probability 0 are as if never mentioned."""
    kept = sorted((index, value) for index, value in pairs.items() if value > 0.0)
    return Facts(
        np.array([index for index, _ in kept], dtype=np.intp),
        np.array([value for _, value in kept], dtype=np.float64),
        year,
    )


def case_features(case: Facts, known: Profiles) -> CaseFeatures:
    """All features of the case, as shares."""
    nearest, row = _nearest(case, known)
    vector = _case_vector(case, known)
    shares = np.stack(
        [
            _presence(case, known),
            nearest,
            known.profile[:, case.index] * vector,
            _exclusive(case, known),
            known.armed[:, case.index] * vector,
        ]
    )
    whole = np.stack([_absence(case, known), np.log(known.reports + 1.0), recency(case, known)])
    return CaseFeatures(shares, whole, _unlisted(case, known, shares), row)


def _presence(case: Facts, known: Profiles) -> Floats:
    """log-likelihood ratios of the facts against the base rate, damped by the root of their number:
    facts of one case are far from independent."""
    damped = case.presence / np.sqrt(max(float(case.presence.sum()), 1.0))
    return np.asarray(known.log_ratio[:, case.index] * damped)


def _case_vector(case: Facts, known: Profiles) -> Floats:
    weights = case.presence * known.idf[case.index]
    norm = float(np.linalg.norm(weights))
    return np.asarray(weights / norm if norm > 0 else weights)


def _nearest(case: Facts, known: Profiles) -> tuple[Floats, Indices]:
    """Cosine with the most similar single report of each candidate."""
    terms = known.nearest[:, case.index] * _case_vector(case, known)
    cosine = terms.sum(axis=1)
    order = np.lexsort((-np.arange(len(cosine)), cosine))
    row = np.zeros(len(known.candidates), dtype=np.intp)
    row[known.report_owner[order]] = order
    return terms[row], row


def _exclusive(case: Facts, known: Profiles) -> Floats:
    """For each software seen, one over the number of actors that are known to use it."""
    rarity = np.where(
        case.index >= known.software_from, case.presence / np.maximum(known.users[case.index], 1.0), 0.0
    )
    shares = known.uses[:, case.index] * rarity
    total = shares.sum(axis=1, keepdims=True)
    return shares * np.where(total > EXCLUSIVE_CAP, EXCLUSIVE_CAP / np.maximum(total, EXCLUSIVE_CAP), 1.0)


def _absence(case: Facts, known: Profiles) -> Floats:
    """What the candidate usually shows and the case does not; a thin case says little by silence."""
    seen = (known.log_absent[:, case.index] * case.presence).sum(axis=1)
    return np.asarray((known.absent_total - seen) * np.sqrt(case.presence.sum()) * ABSENCE_SCALE)


def recency(case: Facts, known: Profiles) -> Floats:
    """Years since each candidate's last report, negative, (C,): in units of five, bounded."""
    year = case.year if case.year > 0 else float(known.last_year.max(initial=0.0))
    since = np.where(known.last_year > 0, year - known.last_year, _YEARS_WHEN_UNKNOWN)
    return np.asarray(-np.clip(since, 0.0, _MOST_YEARS) / _YEARS_PER_UNIT)


def _largest(shares: Floats) -> Floats:
    """Shares (J,) of the candidate with the largest sum; of all of them, averaged, where several tie, so
    that no candidate's place in the list matters."""
    totals = shares.sum(axis=1)
    tied = totals >= totals.max(initial=-np.inf) - _TIE
    return np.asarray(shares[tied].sum(axis=0) / max(int(tied.sum()), 1))


def _unlisted(case: Facts, known: Profiles, shares: Floats) -> Floats:
    """How near the case comes to anybody known, and how much of it there is."""
    best = [_largest(shares[kind]) for kind in (1, 2, 3)]
    total = max(float(case.presence.sum()), 1.0)
    software = np.where(case.index >= known.software_from, case.presence, 0.0)
    return np.stack(
        [
            *best,
            case.presence / np.sqrt(total),
            software / max(float(software.sum()), 1.0),
            software / SOFTWARE_PER_UNIT,
        ]
    )
