"""What to look for next: the facts not yet reported that would tell most between the answers.

A fact f is worth its mutual information with the answer h, in bits (Lindley 1956):

    I(f; h) = H(f) - sum over h of P(h | case) H(f | h)

with P(h | case) from the model and P(f | h, case) the share of h's reports that show f, reports like the
case counting for more. It is never negative, and 0 for a fact that every answer shows alike. The answers
are updated here by Bayes' rule with those shares, for finding and for not finding alike, which is a first
order of what the model does: there a fact moves every feature. For the few facts that are suggested the
model itself is asked what it would answer if each were found.

On rolling cases of 2017-2019 the model's own expected change was tried as the order of the list: it
puts rare tools first, which are decisive and seldom there (one of ten suggestions was really there in 42 to
45 % of cases, against 70 to 76 % so; the ten commonest techniques of the leader: 54 %).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from weigh.inference.engine import Engine
from weigh.inference.features import Facts
from weigh.inference.profiles import Floats, Profiles

MOST = 10
"""So many suggestions are made."""
LIKENESS = 8.0
"""A report whose cosine with the case is higher by 1 counts e**8 times as much."""
_PSEUDO_REPORTS = 1.0
"""Reports at the base rate added to every actor's: fewer than in the model, for here a share foretells."""
_LEADING = 6
_NOTHING = 1e-6
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A fact worth looking for.

    `feature` is its index, `bits` what it is expected to tell, `chance` the probability of finding it.
    `more` and `less` are the hypotheses (rows; the last is `unlisted`) among the leading ones that it would
    tell apart, those to which finding it gives and takes most. `leader` and its `probability` are the
    model's answer if it were found.
    """

    feature: int
    bits: float
    chance: float
    more: int
    less: int
    leader: int
    probability: float


def suggest(
    case: Facts, engine: Engine, *, most: int = MOST, passed: Collection[int] = ()
) -> tuple[Suggestion, ...]:
    """Facts not in the case, the most telling first; none of `passed`, and none that no report shows."""
    answers = engine.weigh(case).scores.probabilities
    shares = expected_shares(case, engine.known)
    bits = expected_bits(answers, shares)
    bits[~engine.known.shows.any(axis=0)] = 0.0
    bits[[*case.index.tolist(), *passed]] = 0.0
    chosen = np.argsort(-np.round(bits, _DIGITS), kind="stable")[:most]
    chosen = chosen[bits[chosen] > _NOTHING]
    return tuple(_suggestion(int(feature), case, engine, answers, shares, bits) for feature in chosen)


def expected_shares(case: Facts, known: Profiles) -> Floats:
    """P(f | h, case) for every hypothesis and feature, (H, F), in (0, 1); `unlisted` is the last row.

    An actor's reports have weights that sum to their number. `unlisted` counts as an actor of one report,
    the mean of all, reports like the case weighing more.
    """
    likeness = np.exp(LIKENESS * _cosines(case, known))
    starts = np.searchsorted(known.report_owner, np.arange(len(known.candidates)))
    own = likeness * (known.reports / np.add.reduceat(likeness, starts))[known.report_owner]
    counts = np.add.reduceat(known.shows * own[:, None], starts, axis=0)
    pooled = likeness @ known.shows / max(float(likeness.sum()), 1.0)
    reports = np.append(known.reports, 1.0)[:, None]
    shown = np.concatenate([counts, pooled[None, :]])
    return np.asarray((shown + _PSEUDO_REPORTS * known.base) / (reports + _PSEUDO_REPORTS))


def expected_bits(answers: Floats, shares: Floats) -> Floats:
    """Mutual information of every feature with the answer, in bits, (F,); never below 0.

    `answers` (H,) sums to 1; `shares` (H, F) lies in [0, 1].
    """
    gained = _entropy(answers @ shares) - answers @ _entropy(shares)
    return np.asarray(np.maximum(gained, 0.0))


def _suggestion(
    feature: int, case: Facts, engine: Engine, answers: Floats, shares: Floats, bits: Floats
) -> Suggestion:
    chance = float(answers @ shares[:, feature])
    leading = np.argsort(-np.round(answers, _DIGITS), kind="stable")[:_LEADING]
    moved = np.round(answers[leading] * (shares[leading, feature] - chance), _DIGITS)
    found = engine.weigh(with_fact(case, feature)).scores.probabilities
    leader = int(np.argmax(np.round(found, _DIGITS)))
    return Suggestion(
        feature=feature,
        bits=round(float(bits[feature]), _DIGITS),
        chance=round(chance, _DIGITS),
        more=int(leading[np.argmax(moved)]),
        less=int(leading[np.argmin(moved)]),
        leader=leader,
        probability=float(found[leader]),
    )


def with_fact(case: Facts, feature: int) -> Facts:
    """The case with one more fact, surely read."""
    place = int(np.searchsorted(case.index, feature))
    index, presence = np.insert(case.index, place, feature), np.insert(case.presence, place, 1.0)
    return Facts(index, presence, case.year)


def _cosines(case: Facts, known: Profiles) -> Floats:
    """Cosine of the case with every report, (R,), over inverse document frequencies."""
    weighed = case.presence * known.idf[case.index]
    norm = float(np.linalg.norm(weighed))
    return np.asarray(known.nearest[:, case.index] @ (weighed / norm if norm > 0 else weighed))


def _entropy(chance: Floats) -> Floats:
    """Entropy of a coin, in bits; 0 at 0 and at 1."""
    inside = np.clip(chance, 1e-300, 1.0)
    outside = np.clip(1.0 - chance, 1e-300, 1.0)
    return np.asarray(-(chance * np.log2(inside) + (1.0 - chance) * np.log2(outside)))
