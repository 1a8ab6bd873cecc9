"""Ways to answer when evidence may be planted: Weigh's own, and the rules of others as their design is known.

The peers are written from one-line descriptions of their published rules, not from their code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from weigh.bench.deception import (
    AUTHENTIC,
    CLOSED,
    MIMICRY,
    OPEN,
    Judge,
    Question,
    Said,
)
from weigh.inference.baselines import cosine
from weigh.inference.deception import PRIOR, Artefact, Conclusion, Finding, conclude
from weigh.inference.model import Scores
from weigh.inference.prediction_set import bound
from weigh.inference.profiles import Indices
from weigh.inference.staging import Levels, SignWeights, Suspect, fit_signs, staged, suspects

FALSE_ALARMS = 0.05
NAMED = 0.5
"""An actor who is named must be more likely than not."""
GATE = 10


@dataclass(frozen=True, slots=True)
class Looked:
    """What a question looks like before anything is tuned."""

    scores: Scores
    suspects: tuple[Suspect, ...]


_LOOKED: WeakKeyDictionary[Question, Looked] = WeakKeyDictionary()
"""Every question is looked at by two halves and several methods; it is weighed once while it lives."""


def looked(question: Question) -> Looked:
    """What a question looks like. Artefacts say who may be posed as; where there are none the facts do."""
    if question not in _LOOKED:
        scores = question.engine.weigh(question.case).scores
        found = () if len(question.artefacts) > 0 else suspects(question.engine, question.case)
        _LOOKED[question] = Looked(scores, found)
    return _LOOKED[question]


def posture(questions: Sequence[Question], false_alarms: float = FALSE_ALARMS) -> Judge:
    """Weigh's own: signs and levels learned from the questions, and probabilities as the program states them.

    A pose is called one where at most this share of authentic markers, and of clean cases, would be.
    """
    signs = learned_signs(questions)
    levels = learned_levels(questions, signs, false_alarms)

    def judge(question: Question) -> Said:
        return _said(_concluded(question, signs, levels))

    return judge


def learned_signs(questions: Sequence[Question]) -> SignWeights:
    """The signs of staging, from imitated cases and from the same cases as they were."""
    pairs = [
        (suspect.signs, suspect.actor == item.framed)
        for item in questions
        if item.protocol in (CLOSED, OPEN, MIMICRY)
        for suspect in looked(item).suspects
    ]
    return fit_signs(np.array([signs for signs, _ in pairs]), np.array([found for _, found in pairs]))


def learned_levels(questions: Sequence[Question], signs: SignWeights, false_alarms: float) -> Levels:
    """The levels of a pose that at most so many clean cases, and cases with authentic markers, reach by
    chance: split conformal, so that the promise is kept for cases not yet seen."""
    never = Levels(NAMED, 1.0, 1.0)
    posed: dict[str, list[float]] = {CLOSED: [], OPEN: [], AUTHENTIC: []}
    for item in questions:
        if item.protocol in posed:
            found = _concluded(item, signs, never).accused.posed_as
            posed[item.protocol].append(found.probability if found is not None else 0.0)
    level = {name: min(bound(found, 1.0 - false_alarms), 1.0) for name, found in posed.items()}
    return Levels(NAMED, level[AUTHENTIC], max(level[CLOSED], level[OPEN]))


def ignoring_markers(questions: Sequence[Question]) -> Judge:
    """The same model, deaf to every artefact and blind to staging."""

    def judge(question: Question) -> Said:
        return _said(conclude(looked(question).scores, prior=0.0))

    return judge


def ach_count(questions: Sequence[Question]) -> Judge:
    """After OCCAM: the hypothesis with the fewest inconsistent items, where "posing as A" is one.

    An actor is inconsistent with each fact that it is not known for and each marker that points at
    another. A pose explains the markers, and its culprit is the best of the others; it costs one
    assumption. Without markers any actor that owns three facts that nobody else is known for may be posed
    as, and the pose explains those. Ties decline.
    """

    def judge(question: Question) -> Said:
        known = question.engine.known
        uses = known.uses[:, question.case.index]
        marked = _marked(question)
        against = (1.0 - uses).sum(axis=1) + np.array([(marked != actor).sum() for actor in range(len(uses))])
        alone = uses * (known.users[question.case.index] <= 1)
        options = {(Finding.NAMES, actor): float(count) for actor, count in enumerate(against)}
        framed = (
            set(marked.tolist()) if len(marked) > 0 else set(np.flatnonzero(alone.sum(axis=1) >= 3).tolist())
        )
        for actor in sorted(framed):
            rest = 1.0 - uses if len(marked) > 0 else (1.0 - uses) * (alone[actor] == 0)
            options[Finding.DECEPTION, actor] = 1.0 + float(np.delete(rest.sum(axis=1), actor).min())
        least = min(options.values())
        best = [option for option, count in options.items() if count == least]
        return Said(*best[0], 1.0) if len(best) == 1 else Said(Finding.DECLINES, -1, 1.0)

    return judge


def consistency_gate(questions: Sequence[Question]) -> Judge:
    """Markers are believed when their actor is among the ten most alike by cosine, and are called a frame-up
    else; without markers the most alike is named."""

    def judge(question: Question) -> Said:
        alike = cosine(question.case, question.engine.known)
        marked = _marked(question)
        if len(marked) == 0:
            return Said(Finding.NAMES, int(alike.argmax()), 1.0)
        believed = int((alike > alike[marked[0]]).sum()) < GATE
        return Said(Finding.NAMES if believed else Finding.DECEPTION, int(marked[0]), 1.0)

    return judge


def idf_coverage(questions: Sequence[Question]) -> Judge:
    """The actor that covers most of the case's rarity; a frame-up of it, when without the three rarest
    facts of the case another covers more. Markers are not looked at."""

    def judge(question: Question) -> Said:
        known = question.engine.known
        rarity = known.idf[question.case.index]
        covers = known.uses[:, question.case.index] * rarity
        first = int(covers.sum(axis=1).argmax())
        rest = np.sort(np.argsort(-rarity, kind="stable")[3:])
        left = covers[:, rest].sum(axis=1)
        holds = left[first] >= left.max()
        return Said(Finding.NAMES if holds else Finding.DECEPTION, first, 1.0)

    return judge


PEERS = {
    "ignoring markers": ignoring_markers,
    "ACH count after OCCAM": ach_count,
    "consistency gate": consistency_gate,
    "IDF coverage": idf_coverage,
}


def _marked(question: Question) -> Indices:
    return np.array([item.points_at for item in question.artefacts], dtype=np.intp)


def _concluded(question: Question, signs: SignWeights, levels: Levels) -> Conclusion:
    found = looked(question)
    artefacts: tuple[Artefact, ...] = question.artefacts
    return conclude(found.scores, artefacts, PRIOR, staged(found.suspects, signs), levels)


def _said(found: Conclusion) -> Said:
    return Said(found.finding, found.actor, found.probability)
