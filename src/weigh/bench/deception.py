"""Planted, authentic and mimicked evidence: who is framed, which frame-up is seen, and who is rightly named.

On the cases of the open world. Markers that anybody can forge are planted to point at another group, or
point at the true one; or the rarest habits of another group are copied. Every protocol is data: questions
with a known answer. A method learns from the questions of one half of the groups and answers the other's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from weigh.bench.open_world import World
from weigh.bench.scoring import Floats, Groups
from weigh.inference.deception import Artefact, Finding
from weigh.inference.engine import Engine
from weigh.inference.features import Facts
from weigh.inference.model import Weights
from weigh.inference.staging import imitation

MARKERS = (
    ("a string in a language that the group writes", 0.6, 0.02, 0.9),
    ("a Rich header of the group's tool chain", 0.5, 0.005, 0.8),
    ("a mutex in the group's style", 0.4, 0.01, 0.9),
)
"""Label, chance that the group leaves it, that anybody else does, that a forger plants it."""
CLOSED, OPEN, PLANTED, AUTHENTIC, MIMICRY = "closed", "open", "planted", "authentic", "mimicry"
WORLDS = (CLOSED, OPEN, PLANTED)
"""The worlds that the pooled Brier score is over, a third each."""
BINS = 10


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Question:
    """A case as a method sees it (`case`, `engine`, `artefacts`), and what is true of it.

    `truth` and `framed` are rows of the candidates, -1 where the actor is not among them or nobody is
    framed. `engine` holds what is known, and Weigh's weights fitted on actors of other folds.
    """

    case: Facts
    engine: Engine
    artefacts: tuple[Artefact, ...]
    protocol: str
    group: int
    half: int
    truth: int
    framed: int = -1


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: who did it, or who is posed as, a row (-1 for nobody), and how probable that is."""

    finding: Finding
    actor: int
    probability: float

    def right(self, question: Question) -> bool:
        """Whether the true actor is named, or the one posed as is found; in the open world, declining."""
        if question.protocol == OPEN:
            return self.finding is Finding.DECLINES
        named = self.finding is Finding.NAMES and self.actor == question.truth
        return named or (
            self.finding is Finding.DECEPTION and question.framed >= 0 and self.actor == question.framed
        )

    def framed(self, question: Question) -> bool:
        """Whether the innocent is named."""
        return self.finding is Finding.NAMES and self.actor == question.framed


Judge = Callable[[Question], Said]
Method = Callable[[Sequence[Question]], Judge]
"""Questions to learn from -> a way to answer."""


def markers(actor: int) -> tuple[Artefact, ...]:
    """The three markers, pointing at one candidate."""
    return tuple(Artefact(label, actor, hit, chance, ease) for label, hit, chance, ease in MARKERS)


def questions(found: Sequence[World], weights: Sequence[Weights], ids: Sequence[str]) -> Iterator[Question]:
    """All protocols on all cases: one closed, open and authentic question, and one planted and one of
    mimicry per framed actor. `weights` has the model's for every case, `ids` names all features."""
    for world, own in zip(found, weights, strict=True):
        closed, opened = Engine(world.closed, own), Engine(world.opened, own)
        facts, group, half, truth = world.case.facts, world.case.actor, world.half, world.truth
        own_ids = [ids[feature] for feature in world.columns]
        yield Question(facts, closed, (), CLOSED, group, half, truth)
        yield Question(facts, opened, (), OPEN, group, half, -1)
        yield Question(facts, closed, markers(truth), AUTHENTIC, group, half, truth)
        for actor in world.framed:
            copied = imitation(facts, world.closed, actor, own_ids)
            yield Question(facts, closed, markers(actor), PLANTED, group, half, truth, actor)
            yield Question(copied, closed, (), MIMICRY, group, half, truth, actor)


def said(asked: Sequence[Question], method: Method) -> list[Said]:
    """The answer to every question, learned from the groups of the other half."""
    judges = {
        half: method([item for item in asked if item.half != half])
        for half in sorted({item.half for item in asked})
    }
    return [judges[item.half](item) for item in asked]


@dataclass(frozen=True, slots=True)
class Share:
    """One statistic of answers: the questions it is over, and what counts."""

    metric: str
    protocol: str
    counts: Callable[[Said, Question], bool]


def rightly(said: Said, question: Question) -> bool:
    """The true actor is named, or the frame-up found with the one framed."""
    return said.right(question)


def framing(said: Said, question: Question) -> bool:
    """The innocent is named."""
    return said.framed(question)


def crying_wolf(said: Said, question: Question) -> bool:
    """A frame-up is called."""
    return said.finding is Finding.DECEPTION


def doubting(said: Said, question: Question) -> bool:
    """A frame-up is called, or another than the true actor is named, whom the markers then belie."""
    return crying_wolf(said, question) or (said.finding is Finding.NAMES and said.actor != question.truth)


SHARES: Mapping[str, tuple[Share, float | None, str]] = {
    "planted, framed": (Share("the innocent is named", PLANTED, framing), 0.01, "min"),
    "planted, right": (
        Share("the true actor named, or the frame-up of the one framed found", PLANTED, rightly),
        0.93,
        "max",
    ),
    "authentic": (Share("wrongly called a frame-up", AUTHENTIC, crying_wolf), 0.05, "min"),
    "authentic, strict": (Share("called a frame-up, or another named", AUTHENTIC, doubting), None, "min"),
    "authentic, right": (Share("the true actor is named", AUTHENTIC, rightly), None, "max"),
    "mimicry, framed": (Share("the innocent is named", MIMICRY, framing), 0.15, "min"),
    "mimicry, right": (
        Share("the true actor named, or the frame-up of the one framed found", MIMICRY, rightly),
        0.45,
        "max",
    ),
    "clean, closed": (Share("wrongly called a frame-up", CLOSED, crying_wolf), None, "min"),
    "clean, open": (Share("wrongly called a frame-up", OPEN, crying_wolf), None, "min"),
}
"""Name -> what is counted, the bar, and whether more or less is better."""


@dataclass(frozen=True, slots=True)
class Losses:
    """Squared errors of stated probabilities (N,), with weights by which the three worlds count alike."""

    error: Floats
    weight: Floats
    group: Groups
    protocol: NDArray[np.str_]

    @property
    def mean(self) -> float:
        """The pooled Brier score."""
        return float((self.error * self.weight).sum() / self.weight.sum())

    def of(self, protocol: str) -> Losses:
        """Those of one world."""
        own = self.protocol == protocol
        return Losses(self.error[own], self.weight[own], self.group[own], self.protocol[own])


def counted(share: Share, asked: Sequence[Question], answers: Sequence[Said]) -> tuple[Floats, Groups]:
    """1 for every question of the protocol where it holds, else 0, and the group of each."""
    pairs = [(q, a) for q, a in zip(asked, answers, strict=True) if q.protocol == share.protocol]
    return (
        np.array([float(share.counts(answer, question)) for question, answer in pairs]),
        np.array([question.group for question, _ in pairs], dtype=np.int64),
    )


Map = Callable[[Floats, Floats, Floats, Floats], Floats]
"""Stated probabilities (N,), whether right (N,), weights (N,), others stated (M,) -> what these mean (M,)."""


def pooled_brier(asked: Sequence[Question], answers: Sequence[Said], mapped: Map | None = None) -> Losses:
    """(stated probability of the stated conclusion - correct) squared, over closed, open and planted in equal
    thirds, after one map learned from the groups of the other half: `binned` unless another is given."""
    learned = binned if mapped is None else mapped
    pairs = [(q, a) for q, a in zip(asked, answers, strict=True) if q.protocol in WORLDS]
    stated = np.array([answer.probability for _, answer in pairs])
    right = np.array([float(answer.right(question)) for question, answer in pairs])
    protocol = np.array([question.protocol for question, _ in pairs])
    weight = np.array([1.0 / (3.0 * float((protocol == own).sum())) for own in protocol])
    half = np.array([question.half for question, _ in pairs])
    means = np.zeros(len(pairs))
    for own in np.unique(half):
        other = half != own
        means[~other] = learned(stated[other], right[other], weight[other], stated[~other])
    group = np.array([question.group for question, _ in pairs], dtype=np.int64)
    return Losses((means - right) ** 2, weight, group, protocol)


def as_stated(stated: Floats, right: Floats, weight: Floats, asked: Floats) -> Floats:
    """No map at all."""
    return asked


def binned(stated: Floats, right: Floats, weight: Floats, asked: Floats, bins: int = BINS) -> Floats:
    """The share that was right in each probability's bin; bins of equal weight, (len(asked),)."""
    order = np.argsort(stated, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
    edges = stated[order][np.searchsorted(reached, np.arange(1, bins) / bins)]
    return _shares(stated, right, weight, asked, edges)


def evenly_binned(stated: Floats, right: Floats, weight: Floats, asked: Floats, bins: int = BINS) -> Floats:
    """The same in bins of equal width."""
    return _shares(stated, right, weight, asked, np.arange(1, bins) / bins)


def _shares(stated: Floats, right: Floats, weight: Floats, asked: Floats, edges: Floats) -> Floats:
    bins = len(edges) + 1
    place = np.searchsorted(edges, stated, side="right")
    total = np.bincount(place, weight, bins)
    share = np.bincount(place, weight * right, bins) / np.maximum(total, 1e-300)
    share = np.where(total > 0, share, float((weight * right).sum() / weight.sum()))
    return np.asarray(share[np.searchsorted(edges, asked, side="right")])
