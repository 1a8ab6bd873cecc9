"""The knowledge as it might have been: every report weighed at random, and the tables that follow from it.

A Bayesian bootstrap (Rubin 1981) over all reports: each gets an exponential weight instead of 1, the same in
every profile that it enters, and base rates, counts, likeness and lasting are those of the weighed reports.
Draws are the last axis throughout (D). How far facts foretell one another stays as it is: drawing that too
changed no coverage on cases of 2018 and 2019.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from weigh.inference.profiles import (
    LEAST_GAIN,
    LEAST_LASTING,
    SHRINKAGE,
    Floats,
    Indices,
    Keys,
    Profiles,
    log_lasting,
)

_SEED = 20260101
_GOLDEN = 0x9E3779B97F4A7C15
_NODES = 12
"""Chebyshev nodes of a sum of logarithms: exact to 1e-9 for rates below .9."""
_LEAST = 1e-300


@dataclass(frozen=True, slots=True)
class Resampled:
    """What the profiles hold, for D draws of the reports' weights.

    Of the pairs (P) of a candidate and a feature that it shows, in the order of features: `owner` and
    `feature` (P,), `gain` and `silence` (P, D), what its reports add to the gain of presence and to the
    log-ratio of absence beside a candidate that never shows it, and `habits` (P, D), its unit vectors.
    `reports` (C, D) are the weights of its reports in all, `unseen` (C, D) the log-ratio of what it never
    shows, `absent_total` (C, D) as in `Profiles`. `odds`, `idf` and `lasting` are (F, D); `odds`, those of
    the base rate, are 0 where no report shows the feature. `nearest_length` (R, D) and `armed_length` (C, D)
    make unit vectors.
    """

    owner: Indices
    feature: Indices
    gain: Floats
    silence: Floats
    habits: Floats
    reports: Floats
    unseen: Floats
    absent_total: Floats
    odds: Floats
    idf: Floats
    lasting: Floats
    nearest_length: Floats
    armed_length: Floats


@lru_cache(maxsize=1)
def resampled(known: Profiles, draws: int) -> Resampled:
    """The tables of `known` for so many draws; those of the last knowledge are kept for its next case."""
    mass = report_mass(known.report_key, draws)
    shown = np.nonzero(known.shows)
    owner, feature, counts, squares = _counted(known, mass, *shown)
    candidates, features = known.uses.shape
    reports = by_place(mass, known.report_owner, candidates)
    total = mass.sum(axis=0)
    seen = by_place(counts, feature, features)
    base = (seen + 0.5) / (total + 1.0)
    idf = np.maximum(np.log((total + 1.0) / (seen + 1.0)), 0.0)  # rounding, where all reports show it
    repeated = by_place(counts * counts - squares, feature, features)
    expected = by_place(counts * reports[owner] - squares, feature, features) * base
    lasting = np.sqrt(idf * np.maximum(log_lasting(repeated, expected, known.software_from), LEAST_LASTING))
    habits = np.log1p(counts) * lasting[feature]
    lengths = np.sqrt(by_place(habits * habits, owner, candidates))
    silence = np.log1p(-counts / (reports[owner] + SHRINKAGE * (1.0 - base[feature])))
    unseen = np.log(SHRINKAGE / (reports + SHRINKAGE))
    odds = np.where(known.users[:, None] > 0, base / (1.0 - base), 0.0)
    return Resampled(
        owner=owner,
        feature=feature,
        gain=np.maximum(np.log1p(counts / (SHRINKAGE * base[feature])), LEAST_GAIN - unseen[owner]),
        silence=silence,
        habits=habits / np.maximum(lengths, _LEAST)[owner],
        reports=reports,
        unseen=unseen,
        absent_total=log_sums(odds[known.users > 0], reach(reports)) + by_place(silence, owner, candidates),
        odds=odds,
        idf=idf,
        lasting=lasting,
        nearest_length=np.sqrt(by_place((idf * idf)[shown[1]], shown[0], len(mass))),
        armed_length=np.sqrt(np.log1p(known.arms) ** 2 @ (idf * idf)),
    )


def report_mass(keys: Keys, draws: int) -> Floats:
    """A weight for every report (R, D), exponential; those of one draw sum to the number of reports.

    Up to that sum a weight hangs on the report's key and the draw alone.
    """
    mass = -np.log(uniforms(keys, draws))
    return np.asarray(mass * (len(mass) / np.maximum(mass.sum(axis=0), _LEAST)))


def uniforms(keys: Keys, draws: int) -> Floats:
    """Numbers in (0, 1), (K, D), each drawn by hashing its key and its draw.

    SplitMix64 (Steele, Lea & Flood 2014): no place in a table and no other key matters.
    """
    steps = np.arange(1, draws + 1, dtype=np.uint64) * np.uint64(_GOLDEN) + np.uint64(_SEED)
    mixed = keys[:, None] + steps
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return np.asarray(((mixed >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53)


def by_place(values: Floats, place: Indices, places: int) -> Floats:
    """Sums of the rows of `values` (K, D) that share a place, (places, D)."""
    result = np.zeros((places, values.shape[1]))
    if len(place) > 0:
        if np.any(place[1:] < place[:-1]):  # most are in order, and the copy costs as much as the sum
            order = np.argsort(place, kind="stable")
            values, place = values[order], place[order]
        found, starts = np.unique(place, return_index=True)
        result[found] = np.add.reduceat(values, starts, axis=0)
    return result


def reach(reports: Floats) -> Floats:
    """How far a candidate's own reports go against the base rate, in [0, 1)."""
    return reports / (reports + SHRINKAGE)


def log_sums(odds: Floats, reached: Floats) -> Floats:
    """Sums over K of log(1 + odds * reached), of `odds` (K, D) and `reached` (C, D): (C, D).

    It is log (1 - P(f | a)) / (1 - p(f)) where no report of a shows f. A smooth function of `reached`, taken
    at the Chebyshev nodes of its range and read off between them.
    """
    most = reached.max(axis=0, initial=_LEAST)
    angles = np.pi * (np.arange(_NODES) + 0.5) / _NODES
    at_nodes = np.stack([np.log1p(odds * (node * most)).sum(axis=0) for node in (np.cos(angles) + 1.0) / 2.0])
    series = np.cos(np.arange(_NODES)[:, None] * angles) @ at_nodes * (2.0 / _NODES)
    series[0] /= 2.0
    where = 2.0 * reached / most - 1.0
    return np.asarray(np.polynomial.chebyshev.chebval(where, series, tensor=False))


def _counted(
    known: Profiles, mass: Floats, report: Indices, feature: Indices
) -> tuple[Indices, Indices, Floats, Floats]:
    """The pairs in the order of features: owner and feature (P,), sums of weights and of squares (P, D)."""
    pair = feature * max(len(known.candidates), 1) + known.report_owner[report]
    order = np.argsort(pair, kind="stable")
    pairs, place = np.unique(pair[order], return_inverse=True)
    feature, owner = np.divmod(pairs, max(len(known.candidates), 1))
    weights = mass[report[order]]
    return (
        owner,
        feature,
        by_place(weights, place, len(pairs)),
        by_place(weights * weights, place, len(pairs)),
    )
