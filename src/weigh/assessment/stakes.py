"""What an assessment and a sheet of payoffs imply together: the chances of being wrong, and their cost.

`weigh.stakes` knows numbers only; here they are joined with a case. Nothing is recommended: every row says
what follows from the payoffs that were given, how far it holds, and which evidence would change it. What is
asked about is one actor, never a state; the probability is the assessment's own, with its interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log

import numpy as np

from weigh.assessment.answers import hypothesis
from weigh.assessment.document import (
    UNLISTED,
    Assessment,
    HypothesisRow,
    NextEvidenceRow,
    OriginStepRow,
)
from weigh.assessment.pooling import effective
from weigh.assessment.waterfall import find
from weigh.claims.origins import Step
from weigh.errors import UsageError
from weigh.records import Kind, Verdict
from weigh.stakes import crowds, menu, sensitivity, states
from weigh.stakes.payoffs import Payoffs
from weigh.stakes.payoffs import shipped as default_payoffs
from weigh.stakes.states import Change, Map, States

LOOKS = (1.0, 2.0, 4.0)
"""Bits of one more look, for which its worth is told."""
_MOST_FLIPS = 12
_CELLS = 21


@dataclass(frozen=True, slots=True)
class ChanceRow:
    """A probability and the ends of its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OptionRow:
    """What one option is worth, in the sheet's unit.

    `right` and `wrong` are its worth if the accused did it and if not, a pose counted in; `expected` at the
    assessment's probability. From `bar` to `until` it is worth at least as much as the first option, from
    `best_from` to `best_until` more than all others; None where no probability makes it so. `share` is how
    often it is best when every number moves within its range.
    """

    id: str
    name: str
    names: bool
    right: float
    wrong: float
    expected: float
    bar: float | None
    until: float | None
    best_from: float | None
    best_until: float | None
    share: float


@dataclass(frozen=True, slots=True)
class TurnRow:
    """Where the best option changes: at which probability, to which option, after how many bits."""

    probability: float
    option: str
    bits: float


@dataclass(frozen=True, slots=True)
class FlipRow:
    """A number that, moved alone from `value` to the end `at` of its range, makes another option best."""

    input: str
    value: float
    at: float
    option: str


@dataclass(frozen=True, slots=True)
class WeightRow:
    """How much of the margin's variance a number carries alone and with the others (Sobol' indices)."""

    input: str
    first: float
    total: float


@dataclass(frozen=True, slots=True)
class LookRow:
    """What looking for a fact is worth before choosing; None where its effect on the accused is unknown.

    `if_found` and `if_not` are the probabilities of the accused then.
    """

    feature: str
    name: str
    chance: float
    if_found: float | None
    if_not: float | None
    worth: float | None


@dataclass(frozen=True, slots=True)
class StakesRow:
    """Everything that is said about the stakes of one case, for one accused and one sheet of payoffs.

    `wrong_party` is the chance of naming an innocent one by naming the accused now, `silent` of saying
    nothing though the accused did it, `posed` of acting on a pose. `over` are the best options from the low
    to the high end of the interval. `looks` pairs bits with the worth of so telling a look, equally telling
    both ways. `stable` holds where one option is best in nearly all draws; `weights` only when asked for.
    """

    accused: str
    name: str
    guilty: ChanceRow
    title: str
    unit: str
    source: str
    illustrative: bool
    wrong_party: ChanceRow
    silent: ChanceRow
    posed: ChanceRow
    options: tuple[OptionRow, ...]
    best: str
    over: tuple[str, ...]
    turns: tuple[TurnRow, ...]
    certainty: float
    waiting: float
    looks: tuple[tuple[float, float], ...]
    next: tuple[LookRow, ...]
    draws: int
    stable: bool
    flips: tuple[FlipRow, ...]
    weights: tuple[WeightRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CrowdRow:
    """What a listener comes to believe who counts the documents that name the accused, one way and another.

    `named` tells whether they name the accused; if none does, all documents of the case stand in for
    allies who would. `start` is the assessment, in which a name weighs nothing: it is also what is due where
    the statements only repeat the evidence. `independent` takes every statement for news, `by_origins`
    counts what the links between them allow (`effective` of them), `origins_only` each origin once.
    """

    accused: str
    name: str
    named: bool
    statements: int
    origins: int
    effective: float
    start: float
    independent: float
    by_origins: float
    origins_only: float
    hit: float = crowds.HIT
    false: float = crowds.FALSE


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """What better attribution would do to deterrence, in the shipped model with the measured confusion.

    It is about methods, not about a case: `changes` are better methods, `map` the whole field.
    """

    sheet: States
    changes: tuple[Change, ...]
    map: Map


@cache
def attribution() -> AttributionRow:
    """The shipped deterrence model, its changes and its map."""
    sheet = states.shipped()
    across, down = (states.axis(f"{text.rpartition(':')[0]}:{_CELLS}", 2) for text in states.SWEPT)
    return AttributionRow(sheet, states.changes(sheet), states.sweep(sheet, across, down))


def somebody_to_accuse(assessment: Assessment) -> bool:
    """Whether anything was weighed and any actor of the knowledge is an answer."""
    return len(assessment.features) > 0 and any(row.id != UNLISTED for row in assessment.hypotheses)


def accused(assessment: Assessment, name: str = "") -> HypothesisRow:
    """Whom the stakes are about: the actor of that name, else the likeliest one that the knowledge holds.

    Raises `UsageError` for `unlisted`, whom nobody can accuse, and where nothing was weighed.
    """
    if len(assessment.features) == 0:
        raise UsageError("nothing was weighed, so that nobody is accused", remedy="read more documents")
    if name:
        row = find(assessment, hypothesis(assessment, name))
    else:
        row = next((row for row in assessment.hypotheses if row.id != UNLISTED), assessment.hypotheses[0])
    if row.id == UNLISTED:
        raise UsageError("an unlisted actor cannot be accused", remedy="name an actor with --accused")
    return row


def stakes(
    assessment: Assessment,
    payoffs: Payoffs | None = None,
    name: str = "",
    *,
    weigh_inputs: bool = False,
) -> StakesRow:
    """What the payoffs imply for this case; the illustrative ones without any. Raises as `accused` does.

    `weigh_inputs` adds the Sobol' indices, which take a moment.
    """
    payoffs = default_payoffs() if payoffs is None else payoffs
    row = accused(assessment, name)
    p, ends = row.probability, (min(row.low, row.probability), max(row.high, row.probability))
    table = menu.lines(payoffs, menu.pose_share(payoffs.pose.value, p))
    decision = sensitivity.Decision.of(payoffs, p, *ends)
    draws = sensitivity.stability(decision)
    ids = [option.id for option in payoffs.option]
    low, high = payoffs.pose.ends
    return StakesRow(
        accused=row.id,
        name=row.name,
        guilty=ChanceRow(p, *ends),
        title=payoffs.title,
        unit=payoffs.unit,
        source=payoffs.source,
        illustrative=payoffs.illustrative,
        wrong_party=ChanceRow(1.0 - p, 1.0 - ends[1], 1.0 - ends[0]),
        silent=ChanceRow(p, *ends),
        posed=ChanceRow(*(min(share, 1.0 - p) for share in (payoffs.pose.value, low, high))),
        options=_options(payoffs, table, p, draws.shares),
        best=ids[menu.best(table, p)],
        over=tuple(ids[place] for place in sensitivity.options_between(payoffs, p, ends)),
        turns=tuple(TurnRow(turn.probability, ids[turn.option], turn.bits) for turn in menu.turns(table, p)),
        certainty=menu.value_of_perfect_information(table, p),
        waiting=payoffs.waiting.value,
        looks=tuple((bits, menu.value_of_bits(table, p, bits)) for bits in LOOKS),
        next=tuple(_look(item, row, table) for item in assessment.next_evidence),
        draws=draws.draws,
        stable=draws.stable,
        flips=_flips(decision, ids),
        weights=_weights(decision) if weigh_inputs else (),
    )


def crowd(assessment: Assessment, name: str = "") -> CrowdRow:
    """Confidence if the statements were independent, beside what their origins allow.

    Raises `UsageError` as `accused` does, and for an assessment saved before origins were traced.
    """
    row = accused(assessment, name)
    if assessment.origins is None:
        raise UsageError("this assessment does not say who repeats whom", remedy="weigh the case again")
    naming = {
        item.document
        for item in assessment.observations
        if item.kind == Kind.ACTOR.value
        and item.value == row.id
        and (item.judgement is None or item.judgement.verdict != Verdict.REJECT.value)
    }
    among = naming if len(naming) > 0 else {step.document for step in assessment.origins.steps}
    steps = _among(assessment.origins.steps, among)
    origins = {step.origin for step in assessment.origins.steps if step.document in among}
    worth = effective(steps)
    found = crowds.crowd(len(steps), min(len(origins), len(steps)), row.probability)
    return CrowdRow(
        accused=row.id,
        name=row.name,
        named=len(naming) > 0,
        statements=len(steps),
        origins=len(origins),
        effective=worth,
        start=row.probability,
        independent=found.independent,
        by_origins=crowds.moved(row.probability, worth * log(crowds.HIT / crowds.FALSE)),
        origins_only=found.origins_only,
    )


def _among(steps: Sequence[OriginStepRow], among: set[str]) -> list[Step]:
    """The links among some documents: one that repeats a document outside goes on to what that repeats.

    The chance of copying along the way is the product; a chain that leaves them for good ends in an origin,
    which the first of them to reach it stands for.
    """
    above = {step.document: step for step in steps}
    heads: dict[str, str] = {}
    found = []
    for step in steps:
        if step.document not in among:
            continue
        copying = 1.0
        chain = _chain(step, above)
        for here, then in pairwise(chain):
            copying *= here.copying
            if then.document in among:
                found.append(Step(step.document, then.document, copying))
                break
        else:
            head = heads.setdefault(chain[-1].document, step.document)
            found.append(Step(step.document, "" if head == step.document else head, copying))
    return found


def _chain(step: OriginStepRow, above: Mapping[str, OriginStepRow]) -> list[OriginStepRow]:
    """A document and all that it repeats in turn; alone where a damaged file leads in a circle."""
    chain = [step]
    while chain[-1].repeats in above:
        then = above[chain[-1].repeats]
        if then in chain:
            return [step]
        chain.append(then)
    return chain


def _options(
    payoffs: Payoffs, table: menu.Floats, guilty: float, shares: Sequence[float]
) -> tuple[OptionRow, ...]:
    expected = menu.expected(table, guilty)
    spans = {option: span for span, option in menu.envelope(table)}
    rows = []
    for place, option in enumerate(payoffs.option):
        better, best = menu.better_than(table, place), spans.get(place)
        rows.append(
            OptionRow(
                id=option.id,
                name=option.name,
                names=option.names,
                right=float(table[place, 0]),
                wrong=float(table[place, 1]),
                expected=float(expected[place]),
                bar=None if better is None else better.low,
                until=None if better is None else better.high,
                best_from=None if best is None else best.low,
                best_until=None if best is None else best.high,
                share=shares[place],
            )
        )
    return tuple(rows)


def _look(item: NextEvidenceRow, row: HypothesisRow, table: menu.Floats) -> LookRow:
    """Worth of looking for one fact, where the row tells what finding it does to the accused.

    If it is not found the accused's probability is what is left: chances of both outcomes add up to p.
    """
    if item.leader != row.id or not 0.0 < row.probability < 1.0:
        return LookRow(item.feature, item.name, item.chance, None, None, None)
    both = min(item.chance * item.probability, row.probability)
    hit = both / row.probability
    alarm = min((item.chance - both) / (1.0 - row.probability), 1.0)
    left = min((row.probability - both) / (1.0 - item.chance), 1.0) if item.chance < 1.0 else None
    worth = menu.value_of_evidence(table, row.probability, hit, alarm)
    return LookRow(item.feature, item.name, item.chance, item.probability, left, max(worth, 0.0))


def _flips(decision: sensitivity.Decision, ids: Sequence[str]) -> tuple[FlipRow, ...]:
    rows = [
        FlipRow(flip.input.name, flip.input.value, flip.at, ids[flip.option])
        for flip in sensitivity.one_at_a_time(decision)
    ]
    return tuple(rows[:_MOST_FLIPS])


def _weights(decision: sensitivity.Decision) -> tuple[WeightRow, ...]:
    return tuple(
        WeightRow(item.input.name, float(np.clip(item.first, 0.0, 1.0)), item.total)
        for item in sensitivity.indices(decision)
    )
