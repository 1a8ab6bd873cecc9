"""An assessment and what a user says the outcomes are worth, joined: the chance and the cost of being wrong.

The room `stakes` takes plain numbers; this is where they get the names of a case. Nothing here weighs
evidence again, and nothing recommends: every figure follows from the assessment and the payoffs given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isclose

from weigh.assessment.document import UNLISTED, Assessment, HypothesisRow
from weigh.assessment.waterfall import find, runner_up, waterfall
from weigh.errors import CaseError, UsageError
from weigh.records import Kind, Verdict
from weigh.stakes import crowds, menu, sensitivity, sides
from weigh.stakes.crowds import Crowd
from weigh.stakes.menu import Floats, Span
from weigh.stakes.payoffs import Payoffs
from weigh.stakes.payoffs import shipped as default_payoffs
from weigh.stakes.sensitivity import Decision
from weigh.stakes.sides import SuspicionMap

ONE_BIT = 1.0
"""The strength of the next piece of evidence where the case holds none to take a measure from."""


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability with the bounds of its 90 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option: what it is worth if the accused did it and if not, and at this probability.

    `bar` is where it is worth at least as much as the first option, `best` where it beats all others;
    None where no probability does that. `names` says whether it holds the accused responsible.
    """

    id: str
    name: str
    names: bool
    if_right: float
    if_wrong: float
    expected: float
    bar: Span | None
    best: Span | None


@dataclass(frozen=True, slots=True)
class TurnRow:
    """Where another option becomes the best, and the bits of evidence (against guilt: negative) to there."""

    option: str
    probability: float
    bits: float


@dataclass(frozen=True, slots=True)
class FlipRow:
    """A number that, moved alone to `at` within its range, makes another option best."""

    what: str
    value: float
    at: float
    option: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    """How often an option is best when everything moves at once within its range."""

    option: str
    share: float


@dataclass(frozen=True, slots=True)
class IndexRow:
    """How much of the lead's variance a number carries alone (`first`) and with all others (`total`)."""

    what: str
    first: float
    total: float


@dataclass(frozen=True, slots=True)
class LookRow:
    """What looking for a fact not reported yet is worth before choosing.

    `chance` of finding it; `if_found` and `if_not` are the probabilities of the accused then.
    """

    feature: str
    name: str
    chance: float
    if_found: float
    if_not: float
    worth: float


@dataclass(frozen=True, slots=True)
class Stakes:
    """What follows from an assessment and a sheet of payoffs, in the sheet's unit.

    `accused` is whom the options would be aimed at, `leads` whether that is also the leading answer.
    `wrong_party` is the chance that naming the accused names the wrong one, `missed` that naming nobody
    leaves out the one who did it; `pose` is part of `wrong_party`. `best` is the option of highest expected
    value, `over_interval` the options that are best somewhere in the interval. `next_worth` is the value of
    one more look of `next_bits` bits, before what waiting costs; `looks` are the facts worth looking for
    of which the assessment tells what they would do to the accused, the most worth first.
    """

    assessment: str
    accused: str
    name: str
    leads: bool
    guilty: Chance
    wrong_party: Chance
    missed: Chance
    pose: Chance
    payoffs: str
    unit: str
    source: str
    illustrative: bool
    options: tuple[OptionRow, ...]
    best: str
    over_interval: tuple[str, ...]
    turns: tuple[TurnRow, ...]
    perfect_worth: float
    next_bits: float
    next_worth: float
    waiting: float
    flips: tuple[FlipRow, ...]
    shares: tuple[ShareRow, ...]
    draws: int
    stable: bool
    ranges: int
    indices: tuple[IndexRow, ...] = ()
    looks: tuple[LookRow, ...] = ()

    def option(self, identifier: str) -> OptionRow:
        """The row of an option that the record names."""
        return next(row for row in self.options if row.id == identifier)


def stakes_of(
    assessment: Assessment,
    payoffs: Payoffs | None,
    *,
    accused: str = "",
    pose: float | None = None,
    deep: bool = False,
) -> Stakes:
    """The stakes of holding `accused` (a hypothesis's id; else the likeliest actor with a name) responsible.

    `pose` is the chance that the culprit posed as the accused, in place of the sheet's. `deep` adds Sobol'
    indices, which need scipy. Raises `UsageError` for `unlisted`, whom nobody can answer, and for a
    chance of a pose that is no probability; `CaseError` where no actor with a name is weighed.
    """
    row = _accused(assessment, accused)
    given = default_payoffs() if payoffs is None else payoffs
    sheet = given if pose is None else _with_pose(given, pose)
    table = menu.lines(sheet, menu.pose_share(sheet.pose.value, row.probability))
    decision = Decision.of(sheet, row.probability, row.low, row.high)
    best = menu.best(table, row.probability)
    steadiness = sensitivity.stability(decision)
    bits = _next_bits(assessment, row.id)
    names = [option.name for option in sheet.option]
    ends = sheet.pose.ends
    return Stakes(
        assessment=assessment.id,
        accused=row.id,
        name=row.name,
        leads=row.id == assessment.hypotheses[0].id,
        guilty=Chance(row.probability, row.low, row.high),
        wrong_party=Chance(1.0 - row.probability, 1.0 - row.high, 1.0 - row.low),
        missed=Chance(row.probability, row.low, row.high),
        pose=Chance(*(min(value, 1.0 - row.probability) for value in (sheet.pose.value, *ends))),
        payoffs=sheet.title,
        unit=sheet.unit,
        source=sheet.source,
        illustrative=sheet.illustrative,
        options=_options(sheet, table, row.probability),
        best=sheet.option[best].id,
        over_interval=_over_interval(sheet, table, row),
        turns=tuple(
            TurnRow(sheet.option[turn.option].id, turn.probability, turn.bits)
            for turn in menu.turns(table, row.probability)
        ),
        perfect_worth=menu.value_of_perfect_information(table, row.probability),
        next_bits=bits,
        next_worth=max(menu.value_of_bits(table, row.probability, bits), 0.0),
        waiting=sheet.waiting.value,
        flips=tuple(
            FlipRow(flip.input.name, flip.input.value, flip.at, sheet.option[flip.option].id)
            for flip in sensitivity.one_at_a_time(decision)
        ),
        shares=_shares(sheet, steadiness.shares),
        draws=steadiness.draws,
        stable=steadiness.shares[best] >= sensitivity.STABLE,
        ranges=len(decision.moving),
        indices=_indices(decision) if deep and len(names) > 1 else (),
        looks=_looks(assessment, row, table),
    )


def suspicion_map() -> SuspicionMap:
    """The illustrative map of mutual suspicion that stands beside every case."""
    return sides.sweep(sides.shipped(), *sides.axes())


def crowd_of(
    assessment: Assessment, accused: str, statements: int | None, origins: int | None, start: float | None
) -> Crowd:
    """What counting voices would make of the accused's probability, beside what their origins allow.

    Where nothing is told: the statements are the documents that name the accused (all of the case, as
    voices that might, where none does), the origins those that the assessment traces for them, and the
    start is the assessment's own probability. Raises `UsageError` for more origins than statements.
    """
    row = _accused(assessment, accused)
    naming = _naming(assessment, row.id)
    voices = len(naming) if statements is None else statements
    steps = () if assessment.origins is None else assessment.origins.steps
    traced = len({step.origin for step in steps if step.document in naming}) or voices
    known = min(traced, voices) if origins is None else origins
    return crowds.crowd(voices, known, row.probability if start is None else start)


def _naming(assessment: Assessment, accused: str) -> frozenset[str]:
    """The documents that name the accused where no person said no; all of the case where none does."""
    found = frozenset(
        item.document
        for item in assessment.observations
        if item.kind == Kind.ACTOR.value
        and item.value == accused
        and (item.judgement is None or item.judgement.verdict != Verdict.REJECT.value)
    )
    return found if len(found) > 0 else frozenset(row.id for row in assessment.documents)


def _accused(assessment: Assessment, accused: str) -> HypothesisRow:
    if accused == UNLISTED:
        raise UsageError(
            "an actor that the knowledge does not hold cannot be named", remedy="name an actor with --accused"
        )
    if accused:
        return find(assessment, accused)
    named = [row for row in assessment.hypotheses if row.id != UNLISTED]
    if len(named) == 0:
        raise CaseError("no actor with a name is weighed in this case", place=assessment.id)
    return named[0]


def _with_pose(payoffs: Payoffs, pose: float) -> Payoffs:

    if not 0.0 <= pose <= 1.0:
        raise UsageError(f"{pose:g} is not a probability", remedy="give a chance of a pose from 0 to 1")
    low, high = payoffs.pose.ends
    return replace(payoffs, pose=replace(payoffs.pose, value=pose, low=min(low, pose), high=max(high, pose)))


def _options(payoffs: Payoffs, table: Floats, guilty: float) -> tuple[OptionRow, ...]:
    worth = menu.expected(table, guilty)
    best = {option: span for span, option in menu.envelope(table)}
    return tuple(
        OptionRow(
            id=option.id,
            name=option.name,
            names=option.names,
            if_right=float(table[place, 0]),
            if_wrong=float(table[place, 1]),
            expected=float(worth[place]),
            bar=menu.better_than(table, place),
            best=best.get(place),
        )
        for place, option in enumerate(payoffs.option)
    )


def _over_interval(payoffs: Payoffs, table: Floats, row: HypothesisRow) -> tuple[str, ...]:
    return tuple(
        payoffs.option[option].id
        for span, option in menu.envelope(table)
        if span.low <= row.high and span.high >= row.low
    )


def _shares(payoffs: Payoffs, shares: tuple[float, ...]) -> tuple[ShareRow, ...]:
    rows = [ShareRow(option.id, share) for option, share in zip(payoffs.option, shares, strict=True)]
    return tuple(sorted(rows, key=lambda row: -row.share))


def _indices(decision: Decision) -> tuple[IndexRow, ...]:
    found = sensitivity.indices(decision)
    return tuple(IndexRow(item.input.name, item.first, item.total) for item in found)


def _looks(assessment: Assessment, row: HypothesisRow, table: Floats) -> tuple[LookRow, ...]:
    """Worth of looking for each fact that, found, leaves or makes the accused the leading answer.

    Of other facts the assessment does not say what they do to the accused. If one is not found, the
    accused's probability is what is left, for on average no look moves it.
    """
    p, found = row.probability, []
    for item in assessment.next_evidence:
        if item.leader != row.id or not (0.0 < p < 1.0 and 0.0 < item.chance < 1.0):
            continue
        both = min(item.chance * item.probability, p)
        alarm = min((item.chance - both) / (1.0 - p), 1.0)
        worth = max(menu.value_of_evidence(table, p, both / p, alarm), 0.0)
        left = min((p - both) / (1.0 - item.chance), 1.0)
        found.append(LookRow(item.feature, item.name, item.chance, item.probability, left, worth))
    return tuple(sorted(found, key=lambda look: (-look.worth, look.feature)))


def _next_bits(assessment: Assessment, accused: str) -> float:
    """The strongest single fact of the case between the accused and the strongest rival, in bits."""
    if len(assessment.features) == 0 or len(assessment.hypotheses) < 2:
        return ONE_BIT
    fall = waterfall(assessment, accused, runner_up(assessment, accused))
    strongest = max((abs(bar.bits) for bar in fall.bars[1:-1]), default=ONE_BIT)
    return ONE_BIT if isclose(strongest, 0.0, abs_tol=1e-9) else strongest
