"""What cannot be ruled out, and what would tell more: the prediction set and the next evidence, as rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np

from weigh.assessment.document import (
    UNLISTED,
    HypothesisRow,
    NextEvidenceRow,
    PredictionSetRow,
)
from weigh.assessment.observations import full_name
from weigh.inference.engine import Engine
from weigh.inference.features import Facts
from weigh.inference.model import Weights
from weigh.inference.next_evidence import Suggestion, suggest
from weigh.inference.prediction_set import LEVEL, prediction_set
from weigh.knowledge.catalogue import Technique
from weigh.knowledge.store import Knowledge
from weigh.records import Kind

_UNLISTED_NAME = "an unlisted actor"
_FEW = 0.1


def set_of_answers(
    hypotheses: Sequence[HypothesisRow],
    weights: Weights,
    supposed: str = "",
    unmoved: Collection[str] | None = None,
) -> PredictionSetRow:
    """The prediction set at 90 %, in the order of the hypotheses.

    `supposed` names what no earlier case was weighed with (the promise of nine in ten does not hold then),
    `unmoved` the ids of the set under the model's own prior, where a person gave another one.
    """
    inside = prediction_set(np.array([row.probability for row in hypotheses]), weights.calibration)
    kept = tuple(row.id for row, held in zip(hypotheses, inside.tolist(), strict=True) if held)
    cases = len(weights.calibration)
    sentence = _set_sentence(len(kept), len(hypotheses), cases, UNLISTED in kept)
    if supposed != "" and cases > 0:
        sentence = _supposed_sentence(kept, len(hypotheses), cases, supposed)
        sentence += "" if unmoved is None else _by_the_prior(kept, unmoved)
    return PredictionSetRow(
        level=LEVEL,
        hypotheses=kept,
        of=len(hypotheses),
        cases=len(weights.calibration),
        provenance=weights.calibration_provenance,
        sentence=sentence,
    )


def in_set(case: Facts, engine: Engine) -> list[int] | None:
    """Rows of the prediction set under the model's own prior; None where a person gave no other one."""
    if engine.shift is None:
        return None
    own = replace(engine, shift=None).weigh(case).scores.probabilities
    return [int(row) for row in np.flatnonzero(prediction_set(own, engine.weights.calibration))]


def _set_sentence(kept: int, of: int, cases: int, unlisted: bool) -> str:
    if kept == of:
        return f"None of the {of} answers can be ruled out at 90 %" + (
            f", with {cases} earlier cases to go by." if cases > 0 else ": no earlier case to go by."
        )
    return (
        f"{_answers(kept)} of {of} cannot be ruled out at 90 %, {_among(unlisted)}. The bound is set so "
        f"that the truth of nine in ten of {cases} earlier cases lies within it."
    )


def _supposed_sentence(kept: Sequence[str], of: int, cases: int, supposed: str) -> str:
    """The set where nothing is known of how often it holds the truth."""
    lie = "lies" if len(kept) == 1 else "lie"
    return (
        f"{_answers(len(kept))} of {of} {lie} within the bound for 90 %, {_among(UNLISTED in kept)}. It was "
        f"set on {cases} earlier cases, none of them with {supposed}: nine in ten is not promised here."
    )


def _by_the_prior(kept: Collection[str], unmoved: Collection[str]) -> str:
    """What a prior that a person gave does to the set, for it is no evidence."""
    gone, come = set(unmoved) - set(kept), set(kept) - set(unmoved)
    said = []
    if len(gone) > 0:
        among = ", an unlisted actor among them" if UNLISTED in gone and len(gone) > 1 else ""
        said.append(f"rules out {'an unlisted actor' if gone == {UNLISTED} else _answers(len(gone))}{among}")
    if len(come) > 0:
        said.append(f"lets in {'an unlisted actor' if come == {UNLISTED} else _answers(len(come))}")
    return f" The prior given, not the evidence, {', and '.join(said)}." if len(said) > 0 else ""


def _answers(number: int) -> str:
    return "1 answer" if number == 1 else f"{number} answers"


def _among(unlisted: bool) -> str:
    return "an unlisted actor among them" if unlisted else "an unlisted actor not among them"


def next_evidence(facts: Facts, knowledge: Knowledge, engine: Engine) -> tuple[NextEvidenceRow, ...]:
    """The facts most worth looking for; none where nothing is known to start from.

    The parent of a sub-technique that was seen is no news, and is passed over.
    """
    if len(facts.index) == 0:
        return ()
    parents = {
        knowledge.feature_index[seen.parent]
        for seen in (knowledge.features[int(index)] for index in facts.index)
        if isinstance(seen, Technique) and seen.parent in knowledge.feature_index
    }
    return tuple(_next(item, knowledge, engine) for item in suggest(facts, engine, passed=parents))


def _next(item: Suggestion, knowledge: Knowledge, engine: Engine) -> NextEvidenceRow:
    feature = knowledge.features[item.feature]
    kind = Kind.TECHNIQUE if isinstance(feature, Technique) else Kind.SOFTWARE
    return NextEvidenceRow(
        feature=feature.id,
        kind=kind.value,
        name=full_name(feature.id, knowledge),
        bits=item.bits,
        chance=item.chance,
        leader=_named(item.leader, knowledge, engine)[0],
        probability=item.probability,
        sentence=_next_sentence(item, knowledge, engine),
    )


def _next_sentence(item: Suggestion, knowledge: Knowledge, engine: Engine) -> str:
    more, less = (_named(each, knowledge, engine)[1] for each in (item.more, item.less))
    if item.more == item.less:
        only = _seen(item.more, item.feature, engine, f"reports of {more}")
        return f"Would tell the leading answers from the rest: seen in {only}."
    first = _seen(item.more, item.feature, engine, f"reports of {more}")
    second = _seen(item.less, item.feature, engine, f"of {less}")
    return f"Would separate {more} from {less}: seen in {first}, {second}."


def _seen(hypothesis: int, feature: int, engine: Engine, whose: str) -> str:
    """ "7 of 9 reports of A", "0 of 4 of B"; for an unlisted actor the share of all reports."""
    known = engine.known
    if hypothesis == len(known.candidates):
        share = float(known.shows[:, feature].mean())
        return f"{share:.1%} of all reports" if share < _FEW else f"{share:.0%} of all reports"
    own = known.report_owner == hypothesis
    return f"{int(known.shows[own, feature].sum())} of {int(own.sum())} {whose}"


def _named(hypothesis: int, knowledge: Knowledge, engine: Engine) -> tuple[str, str]:
    if hypothesis == len(engine.known.candidates):
        return UNLISTED, _UNLISTED_NAME
    actor = knowledge.catalogue.actors[int(engine.known.candidates[hypothesis])]
    return actor.id, actor.name
