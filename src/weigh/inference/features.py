"""The features of a case against every candidate, each as a sum of shares, one share per observed fact.

Because every feature is kept as shares that sum to it, the score of a hypothesis is a sum over the
facts of the case, and the weight of each fact can be shown. Definitions: the design of the model
(conditional logit with an unlisted alternative); the shares are our own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from weigh.inference.profiles import Floats, Indices, Profiles, foretold

SHARED = ("presence", "nearest report", "habits", "exclusive tools", "own tools' techniques")
"""Features that are sums over the observed facts, in the order of `CaseFeatures.shares`."""
WHOLE = ("absence", "depth where new facts are few", "recency")
"""Features of a candidate that no single observed fact carries; of depth every fact takes a part back."""
DEPTH = len(SHARED) + WHOLE.index("depth where new facts are few")
"""The place of depth among the features of a candidate."""
UNLISTED_SHARED = (
    "unlisted: largest nearest report",
    "unlisted: largest habits",
    "unlisted: largest exclusive tools",
    "unlisted: number of facts",
    "unlisted: any software",
    "unlisted: number of software",
)
UNLISTED_WHOLE = ("unlisted: constant",)
NAMES = (*SHARED, *WHOLE, *UNLISTED_SHARED, *UNLISTED_WHOLE)
"""All features, in the order of the weights of a model."""

FEW_FOR_LIKENESS = 10.0
"""A likeness is taken as if the case had as many facts more, which nobody shares: likeness in few facts is
mostly chance."""
FEW_FOR_DEPTH = 3.0
"""Facts among which what has been published on an actor counts half: what has least to go by goes by that."""
KNOWN_FOR_DEPTH = 0.5
"""What a fact that the actor is known for counts among these: in full it would speak against those of whom
most is known, and not at all it would count twice for them."""
MOST_LEARNED = 50.0
"""More facts than this count as so many, each less. Of the cases that the weights are learned from one in a
hundred has more, and what was not learned must not make surer."""
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

    `shares` (len(SHARED), C, J), `whole` (len(WHOLE), C), `unlisted_shares` (len(UNLISTED_SHARED), J);
    `fading` (C, J): what each fact takes from depth, which `whole` holds as it is before any fact;
    `nearest_row` (C,): the row of `Profiles.nearest` that is nearest to the case for each candidate, and
    `likeness` (C,) its cosine with the case.
    """

    shares: Floats
    whole: Floats
    fading: Floats
    unlisted_shares: Floats
    nearest_row: Indices
    likeness: Floats

    @property
    def candidate_values(self) -> Floats:
        """Features of the candidates, (C, len(SHARED) + len(WHOLE)), in the order of `NAMES`."""
        found = np.concatenate([self.shares.sum(axis=2), self.whole])
        found[DEPTH] += self.fading.sum(axis=1)
        return found.T

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
    counted = case.presence * weight_beside_others(case.presence, foretold(known, case.index))
    fullness = float(likeness_scale(case.presence.sum()))
    vector = unit(case.presence * known.idf[case.index])
    nearest, row = _nearest(case, known, vector)
    shares = np.stack(
        [
            known.gain[:, case.index] * counted,
            nearest * fullness,
            known.habits[:, case.index] * unit(case.presence * known.lasting[case.index]) * fullness,
            _exclusive(case, known, counted),
            known.armed[:, case.index] * vector * fullness,
        ]
    )
    depth = np.log(known.reports + 1.0)
    whole = np.stack([_absence(case, known), depth, recency(case, known)])
    new = case.presence * (1.0 - (1.0 - KNOWN_FOR_DEPTH) * known.uses[:, case.index])
    fading = -depth[:, None] * new / (FEW_FOR_DEPTH + new.sum(axis=1, keepdims=True))
    unlisted = _unlisted(case, known, shares)
    return CaseFeatures(shares, whole, fading, unlisted, row, nearest.sum(axis=1))


def weight_beside_others(presence: Floats, foretells: Floats) -> Floats:
    """What each fact counts among those it comes with, in (0, 1]; `presence` (..., J), `foretells` (J, J).

    Facts of one case are far from independent. One that no other foretells counts in full, one that another
    makes certain counts half: our own, better than a division by the root of the number of facts.
    """
    total = presence.sum(axis=-1, keepdims=True)
    return np.asarray(counted_total(total) / np.maximum(total, 1e-300) / (1.0 + presence @ foretells.T))


def counted_total(total: float | Floats) -> Floats:
    """As how many facts `total` facts count: all of them, up to `MOST_LEARNED`."""
    return np.minimum(total, MOST_LEARNED)


def likeness_scale(total: float | Floats) -> Floats:
    """What a cosine with a case of `total` facts counts, in [0, 1)."""
    return np.asarray(np.sqrt(total / (total + FEW_FOR_LIKENESS)))


def unit(weights: Floats) -> Floats:
    """A vector divided by its length; nothing stays nothing."""
    norm = float(np.linalg.norm(weights))
    return np.asarray(weights / norm if norm > 0 else weights)


def _nearest(case: Facts, known: Profiles, vector: Floats) -> tuple[Floats, Indices]:
    """Cosine with the most similar single report of each candidate, as shares, and that report's row."""
    terms = known.nearest[:, case.index] * vector
    cosine = terms.sum(axis=1)
    order = np.lexsort((-np.arange(len(cosine)), cosine))
    row = np.zeros(len(known.candidates), dtype=np.intp)
    row[known.report_owner[order]] = order
    return terms[row], row


def _exclusive(case: Facts, known: Profiles, counted: Floats) -> Floats:
    """For each software seen, one over the number of actors that are known to use it."""
    rarity = np.where(
        case.index >= known.software_from, counted / np.maximum(known.users[case.index], 1.0), 0.0
    )
    shares = known.uses[:, case.index] * rarity
    total = shares.sum(axis=1, keepdims=True)
    return shares * np.where(total > EXCLUSIVE_CAP, EXCLUSIVE_CAP / np.maximum(total, EXCLUSIVE_CAP), 1.0)


def depth_scale(total: float | Floats, known: float | Floats = 0.0) -> Floats:
    """What depth counts beside `total` facts, `known` of them of the actor, in (0, 1]: all but what the facts
    take from it."""
    return np.asarray(FEW_FOR_DEPTH / (FEW_FOR_DEPTH + total - (1.0 - KNOWN_FOR_DEPTH) * known))


def _absence(case: Facts, known: Profiles) -> Floats:
    """What the candidate usually shows and the case does not; a thin case says little by silence."""
    seen = (known.log_absent[:, case.index] * case.presence).sum(axis=1)
    scale = np.sqrt(counted_total(float(case.presence.sum()))) * ABSENCE_SCALE
    return np.asarray((known.absent_total - seen) * scale)


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
            case.presence * np.sqrt(counted_total(total)) / total,
            software / max(float(software.sum()), 1.0),
            software / SOFTWARE_PER_UNIT,
        ]
    )
