"""What changed between two assessments, and which evidence did it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from weigh.assessment.document import Assessment, FeatureRow, HypothesisRow
from weigh.errors import UsageError


@dataclass(frozen=True, slots=True)
class ProbabilityChange:
    """A hypothesis's probability before and after; 0 where it was not weighed."""

    id: str
    name: str
    old: float
    new: float


@dataclass(frozen=True, slots=True)
class EvidenceChange:
    """A fact whose weight changed: how much it moved the new leader against the old one, in bits."""

    feature: str
    name: str
    change: str
    old_presence: float
    new_presence: float
    bits: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs. `pivot` are the two hypotheses, weighed by both, whose log-odds `evidence` explains.

    The bits of `evidence` and `rest` (prior and absence) sum to the change of those log-odds.
    """

    same: bool
    pivot: tuple[str, str]
    log_odds_change: float
    probabilities: tuple[ProbabilityChange, ...]
    evidence: tuple[EvidenceChange, ...]
    rest: float
    documents_added: tuple[str, ...]
    documents_removed: tuple[str, ...]
    knowledge_changed: bool
    weights_changed: bool


@dataclass(frozen=True, slots=True)
class StillSaid:
    """A fact that observations which were decided on bore, and the others that bear it yet."""

    feature: str
    name: str
    observations: tuple[str, ...]


_NEGLIGIBLE = 1e-12


def compare(old: Assessment, new: Assessment) -> Comparison:
    """Changes from `old` to `new`; facts are ordered by how much they moved the pivot.

    Raises `UsageError` when they weigh no hypothesis in common.
    """
    pivot = _pivot(old, new)
    evidence = _evidence(old, new, pivot)
    change = _odds(new, pivot) - _odds(old, pivot)
    before = {row.id: row.name for row in old.documents}
    after = {row.id: row.name for row in new.documents}
    return Comparison(
        same=old.id == new.id,
        pivot=pivot,
        log_odds_change=change,
        probabilities=_probabilities(old, new),
        evidence=evidence,
        rest=change - sum(item.bits for item in evidence),
        documents_added=tuple(after[key] for key in sorted(after.keys() - before.keys())),
        documents_removed=tuple(before[key] for key in sorted(before.keys() - after.keys())),
        knowledge_changed=old.knowledge.digest != new.knowledge.digest,
        weights_changed=old.model != new.model,
    )


def still_said(old: Assessment, new: Assessment, decided: Collection[str]) -> tuple[StillSaid, ...]:
    """The facts of `old` on observations that were `decided` on (their ids) and that `new` weighs on others.

    Who sets one passage aside means the fact, as a rule, and has to know that it stands on further ones.
    """
    judged = frozenset(decided)
    meant = {row.id for row in old.features if not judged.isdisjoint(row.observations)}
    left = (
        StillSaid(row.id, row.name, tuple(name for name in row.observations if name not in judged))
        for row in new.features
        if row.id in meant
    )
    return tuple(row for row in left if len(row.observations) > 0)


def _pivot(old: Assessment, new: Assessment) -> tuple[str, str]:
    """The new leader against the old one, or against its runner-up where the leader stayed.

    Only hypotheses that both assessments weigh are compared; `unlisted` is always one of them.
    """
    shared = {row.id for row in old.hypotheses} & {row.id for row in new.hypotheses}
    if len(shared) == 0:
        raise UsageError("the two assessments have no hypothesis in common")
    before = [row.id for row in old.hypotheses if row.id in shared]
    after = [row.id for row in new.hypotheses if row.id in shared]
    leader, former = after[0], before[0]
    return leader, former if former != leader else after[min(1, len(after) - 1)]


def _row(assessment: Assessment, hypothesis: str) -> HypothesisRow:
    return next(row for row in assessment.hypotheses if row.id == hypothesis)


def _score(row: HypothesisRow) -> float:
    return row.prior + row.absence + sum(row.weights)


def _odds(assessment: Assessment, pivot: tuple[str, str]) -> float:
    return _score(_row(assessment, pivot[0])) - _score(_row(assessment, pivot[1]))


def _weights(assessment: Assessment, pivot: tuple[str, str]) -> dict[str, float]:
    first, second = (_row(assessment, name) for name in pivot)
    return {
        feature.id: first.weights[place] - second.weights[place]
        for place, feature in enumerate(assessment.features)
    }


def _evidence(old: Assessment, new: Assessment, pivot: tuple[str, str]) -> tuple[EvidenceChange, ...]:
    before, after = _weights(old, pivot), _weights(new, pivot)
    features: dict[str, FeatureRow] = {row.id: row for row in (*old.features, *new.features)}
    presence_before = {row.id: row.presence for row in old.features}
    presence_after = {row.id: row.presence for row in new.features}
    rows = []
    for key, feature in features.items():
        bits = after.get(key, 0.0) - before.get(key, 0.0)
        was, now = presence_before.get(key, 0.0), presence_after.get(key, 0.0)
        if abs(bits) > _NEGLIGIBLE or was != now:
            rows.append(EvidenceChange(key, feature.name, _change(was, now), was, now, bits))
    return tuple(sorted(rows, key=lambda row: (-abs(row.bits), row.feature)))


def _change(was: float, now: float) -> str:
    if was == now:
        return "reweighed"
    if was == 0.0:
        return "added"
    return "removed" if now == 0.0 else "read with another probability"


def _probabilities(old: Assessment, new: Assessment) -> tuple[ProbabilityChange, ...]:
    before = {row.id: row for row in old.hypotheses}
    after = {row.id: row for row in new.hypotheses}
    changes = []
    for key in before.keys() | after.keys():
        was = before[key].probability if key in before else 0.0
        now = after[key].probability if key in after else 0.0
        if was != now:
            changes.append(ProbabilityChange(key, (after.get(key) or before[key]).name, was, now))
    return tuple(sorted(changes, key=lambda row: (-abs(row.new - row.old), row.id)))
