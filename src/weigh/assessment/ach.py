"""The weights of a case as a matrix of analysis of competing hypotheses (Heuer 1999), which analysts read.

A view, not an engine: two studies found no gain in accuracy from ACH's own scores (Karvetski & Mandel
2020; Mandel, Karvetski & Dhami 2018). A fact's weight for a hypothesis is log2 P(fact | h) up to a
constant of the row, so a row is read after its mean is taken away: from 2 bits CC, from .5 C, down to -.5
N, then I, from -2 bits II.

PARC's weighted score multiplies three judgements: credibility, relevance and inconsistency (I -1, II -2;
what does not contradict counts 0), with H sqrt(2), M 1, L 1 / sqrt(2). Here they come from the case:

credibility   the lowest of three, and of a fact's observations the best: the chance that it was read
              rightly (H from .9, M from .7), the Admiralty digit of the information (1-2 H, 3 M, 4-5 L) and
              the letter of the source (A-B H, C M, D-E L); where nobody judged (6, F) that one is left out
relevance     how hard it would have been to plant, for a thing that anybody could plant bears little on
              who did it: forgeability below .4 H (techniques), below .7 M (malware), else L (public tools)

Relevance is not taken from the weights: they are in the letters already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import fsum, sqrt

from weigh.assessment.document import (
    UNLISTED,
    AchFactRow,
    AchRow,
    DocumentRow,
    FeatureRow,
    HypothesisRow,
    ObservationRow,
)

COLUMNS = 5
"""So many hypotheses are compared, and `unlisted`."""
_FACTOR = {"H": sqrt(2.0), "M": 1.0, "L": 1.0 / sqrt(2.0)}
_CONTRADICTS = {"I": -1.0, "II": -2.0}
_STRONG, _WEAK = 2.0, 0.5
_DIGIT = {1: "H", 2: "H", 3: "M", 4: "L", 5: "L"}
_LETTER = {"A": "H", "B": "H", "C": "M", "D": "L", "E": "L"}
_READ = (0.9, 0.7)
_PLANTED = (0.4, 0.7)
_DIGITS = 12


def ach(
    features: Sequence[FeatureRow],
    hypotheses: Sequence[HypothesisRow],
    observations: Iterable[ObservationRow],
    documents: Iterable[DocumentRow],
) -> AchRow | None:
    """The matrix of the leading hypotheses, the facts that tell them apart most first; None where there
    is no fact or nothing to compare."""
    columns = [row for place, row in enumerate(hypotheses) if place < COLUMNS or row.id == UNLISTED]
    if len(features) == 0 or len(columns) < 2:
        return None
    seen = {row.id: row for row in observations}
    letters = {row.id: row.reliability for row in documents}
    facts = []
    for place, feature in enumerate(features):
        own = [seen[name] for name in feature.observations]
        bits = contrast([row.weights[place] for row in columns])
        facts.append(
            AchFactRow(
                feature=feature.id,
                credibility=credibility(own, letters),
                relevance=relevance(own),
                levels=tuple(level(value) for value in bits),
                bits=bits,
            )
        )
    facts.sort(key=lambda fact: (min(fact.bits) - max(fact.bits), fact.feature))
    return AchRow(tuple(row.id for row in columns), tuple(facts), scores(facts))


def contrast(weights: Sequence[float]) -> tuple[float, ...]:
    """Each weight less the mean of all, in bits; exactly 0 where all are equal."""
    if min(weights) == max(weights):
        return (0.0,) * len(weights)
    mean = fsum(weights) / len(weights)
    return tuple(round(value - mean, _DIGITS) for value in weights)


def level(bits: float) -> str:
    """How far a fact speaks for (CC, C) or against (I, II) a hypothesis, or does neither (N)."""
    letter = "C" if bits > 0 else "I"
    size = abs(bits)
    return 2 * letter if size >= _STRONG else letter if size >= _WEAK else "N"


def scores(facts: Sequence[AchFactRow]) -> tuple[float, ...]:
    """PARC's weighted inconsistency score of every hypothesis: the sum over the facts of credibility times
    relevance times inconsistency; 0 where nothing contradicts."""
    width = len(facts[0].levels) if len(facts) > 0 else 0
    return tuple(
        round(
            fsum(
                _FACTOR[fact.credibility]
                * _FACTOR[fact.relevance]
                * _CONTRADICTS.get(fact.levels[place], 0.0)
                for fact in facts
            ),
            _DIGITS,
        )
        for place in range(width)
    )


def credibility(observations: Iterable[ObservationRow], letters: Mapping[str, str]) -> str:
    """H, M or L of a fact by its best observation; `letters` are the reliabilities of the documents."""
    grades = [
        _lowest(
            _grade(row.probability, _READ),
            _DIGIT.get(row.credibility, "H"),
            _LETTER.get(letters.get(row.document, "F"), "H"),
        )
        for row in observations
    ]
    return min(grades, key="HML".index, default="L")


def relevance(observations: Iterable[ObservationRow]) -> str:
    """H, M or L of a fact by its observation that would have been hardest to plant."""
    ease = min((row.forgeability for row in observations), default=1.0)
    return "H" if ease < _PLANTED[0] else "M" if ease < _PLANTED[1] else "L"


def _grade(value: float, edges: tuple[float, float]) -> str:
    return "H" if value >= edges[0] else "M" if value >= edges[1] else "L"


def _lowest(*grades: str) -> str:
    return max(grades, key="HML".index)
