"""The accused's side: what its answers rest on, what in the case speaks for it, and which find would.

Nobody is asked to prove a negative. What is asked for is a positive: the unobserved fact f that is rarest
with the accused beside everybody else, ranked by what it is expected to do,

    P(f | case) * (P(accused | case) - P(accused | case, f))

with the shares of `inference.next_evidence`: how many of an actor's reports show f, reports like the case
counting for more. The figure after the find is Bayes' rule with those shares, a first order of the model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from weigh.assessment.claim_rows import DefenceRow, PositiveRow
from weigh.assessment.document import UNLISTED, Assessment, FeatureRow
from weigh.assessment.ladder import Stage
from weigh.assessment.observations import full_name
from weigh.assessment.propositions import Proposition
from weigh.inference.deception import Finding
from weigh.inference.next_evidence import expected_shares
from weigh.inference.profiles import Floats
from weigh.knowledge.catalogue import Technique
from weigh.knowledge.store import Knowledge
from weigh.records import Basis
from weigh.scales import decimal

MOST = 3
"""So many finds, and so many facts, are named."""
_LEAST = 0.05
"""Below this ("almost no chance") there is nothing left to lower that would tell."""
_TELLING = 0.05
_DIGITS = 12
_NOT_READ = (
    "That somebody was elsewhere, lacked the means, or was imitated by a forged artefact is not read from "
    "documents; a person can reject an observation and say why."
)


def defence(stage: Stage, everything: Sequence[Proposition], knowledge: Knowledge) -> DefenceRow:
    """Everything that is said for the accused; `everything` holds what it says of others in turn."""
    counts = Counter(str(claim.basis) for claim in stage.proposition.answers)
    bases = tuple((str(basis), counts[str(basis)]) for basis in Basis if counts[str(basis)] > 0)
    found = positives(stage, knowledge)
    turned = [
        (claim, one.name)
        for one in everything
        if one.root != stage.proposition.root
        for claim in one.blames
        if any(party.root == stage.proposition.root for party in claim.speakers)
    ]
    rests_on = {claim.basis_of.name for claim, _ in turned if claim.basis_of is not None}
    against = Counter(name for _, name in turned if name != "")
    return DefenceRow(
        bases=bases,
        counters=tuple(sorted(against.items(), key=lambda item: (-item[1], item[0]))),
        counters_rest_on=tuple(sorted(rests_on)),
        items=tuple(_speaking_for(stage)),
        positives=found,
        sentence=_sentence(stage),
    )


def positives(stage: Stage, knowledge: Knowledge) -> tuple[PositiveRow, ...]:
    """The finds that would lower the probability of the accused most, by their expected effect."""
    members = _members(stage)
    given, known = stage.given, stage.evidence.engine.known
    before = float(given.probabilities @ members)
    if len(given.positions) == 0 or before < _LEAST:
        return ()
    shares = expected_shares(given.facts, known)
    chance = given.probabilities @ shares
    with_accused = (given.probabilities * members) @ shares
    after = with_accused / chance
    effect = chance * (before - after)
    effect[~known.shows.any(axis=0)] = 0.0
    effect[[*stage.evidence.facts.index.tolist(), *_parents(stage, knowledge)]] = 0.0
    order = np.argsort(-np.round(effect, _DIGITS), kind="stable")[:MOST]
    theirs = with_accused / before
    others = (chance - with_accused) / max(1.0 - before, 1e-12)
    return tuple(
        _positive(int(place), stage, knowledge, (theirs, others, chance, after), before)
        for place in order
        if effect[place] > 0.0 and theirs[place] < others[place]
    )


def _positive(
    place: int,
    stage: Stage,
    knowledge: Knowledge,
    figures: tuple[Floats, Floats, Floats, Floats],
    before: float,
) -> PositiveRow:
    theirs, others, chance, after = (float(each[place]) for each in figures)
    feature = knowledge.features[place]
    name = full_name(feature.id, knowledge)
    what = "shows" if isinstance(feature, Technique) else "holds"
    return PositiveRow(
        feature=feature.id,
        name=name,
        ratio=round(theirs / others, _DIGITS),
        chance=round(chance, _DIGITS),
        before=round(before, _DIGITS),
        after=round(after, _DIGITS),
        sentence=(
            f"A log, image or sample that {what} {name} ({feature.id}) in this operation: "
            f"{others / theirs:.1f} times as common with others."
        ),
    )


def _members(stage: Stage) -> Floats:
    """Whom the proposition accuses, among the hypotheses: the groups named, else those of the sponsor."""
    return stage.evidence.membership(stage.proposition.root, [key for key, _ in stage.actors])


def _parents(stage: Stage, knowledge: Knowledge) -> list[int]:
    """Parents of sub-techniques that were seen: finding them is no news."""
    seen = (knowledge.features[int(index)] for index in stage.evidence.facts.index)
    return [
        knowledge.feature_index[each.parent]
        for each in seen
        if isinstance(each, Technique) and each.parent in knowledge.feature_index
    ]


def _speaking_for(stage: Stage) -> Sequence[str]:
    """Items of the case that speak for the accused: facts that lower it, what is missing, signs of a pose."""
    assessment, members = stage.evidence.assessment, _members(stage)
    own = {name for name, member in zip(stage.evidence.ids, members, strict=True) if member > 0.0}
    ranked = [row for row in assessment.hypotheses if row.id in own]
    rivals = [row for row in assessment.hypotheses if row.id not in own]
    if len(ranked) == 0 or len(rivals) == 0 or len(stage.given.positions) == 0:
        return ()
    accused, rival = ranked[0], rivals[0]
    other = UNLISTED if rival.id == UNLISTED else rival.name
    said = [
        f"{_fact(assessment.features[place])} speaks for {other} rather than {accused.name}, "
        f"{rival.weights[place] - accused.weights[place]:.2f} bits"
        for place in sorted(
            stage.given.positions, key=lambda each: accused.weights[each] - rival.weights[each]
        )[:MOST]
        if rival.weights[place] - accused.weights[place] >= _TELLING
    ]
    lacking = rival.absence - accused.absence
    if lacking >= _TELLING:
        said.append(f"what {accused.name} often shows and the case does not, {lacking:.2f} bits")
    return [*said, *_posed(assessment, own)]


def _posed(assessment: Assessment, own: Collection[str]) -> Iterator[str]:
    """That somebody poses as one of the accused, where a pose is called one."""
    row = assessment.posing
    if row is None or row.finding != Finding.DECEPTION.value or row.posed_as not in own:
        return
    name = next(each.name for each in assessment.hypotheses if each.id == row.posed_as)
    betrayed = any(each.actor == row.posed_as for each in row.artefacts)
    what, how = ("artefacts", "planted") if betrayed else ("facts", "staged")
    yield f"with a prior of deception of {decimal(row.prior)}, the {what} that point at {name} count as {how}"


def _fact(row: FeatureRow) -> str:
    return f"{row.name} ({row.id})"


def _sentence(stage: Stage) -> str:
    answers = len(stage.proposition.answers)
    if answers == 0:
        return f"No document of the case answers for it. {_NOT_READ}"
    return _NOT_READ
