"""Why one hypothesis and not another: bars in bits that sum to the difference of their log-odds."""

from __future__ import annotations

from dataclasses import dataclass

from weigh.assessment.document import UNLISTED, Assessment, HypothesisRow
from weigh.errors import UsageError

PRIOR = "prior"
ABSENCE = "absence"


@dataclass(frozen=True, slots=True)
class Bar:
    """One step of the waterfall: `feature` is an id, or `PRIOR` or `ABSENCE`; `bits` may be negative."""

    feature: str
    label: str
    bits: float
    sentence: str
    observations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Prior, one bar per fact by falling size, absence; `total` is the sum, log2 P(for) / P(against)."""

    hypothesis: str
    against: str
    bars: tuple[Bar, ...]
    total: float


def waterfall(assessment: Assessment, hypothesis: str, against: str) -> Waterfall:
    """The bars for two hypotheses by their ids. Raises `UsageError` for an id that is not weighed."""
    first, second = find(assessment, hypothesis), find(assessment, against)
    facts = [
        Bar(
            feature=feature.id,
            label=feature.name,
            bits=first.weights[position] - second.weights[position],
            sentence=_sentence(first, position),
            observations=feature.observations,
        )
        for position, feature in enumerate(assessment.features)
    ]
    facts.sort(key=lambda bar: (-abs(bar.bits), bar.feature))
    prior = Bar(PRIOR, "before any evidence", first.prior - second.prior, _prior_sentence(first, second), ())
    absence = Bar(
        ABSENCE, "not seen here", first.absence - second.absence, _absence_sentence(first, second), ()
    )
    bars = (prior, *facts, absence)
    return Waterfall(hypothesis, against, bars, sum(bar.bits for bar in bars))


def find(assessment: Assessment, hypothesis: str) -> HypothesisRow:
    """The row of a hypothesis by its id. Raises `UsageError` when it is not among those weighed."""
    for row in assessment.hypotheses:
        if row.id == hypothesis:
            return row
    raise UsageError(
        f"{hypothesis} is not among the hypotheses",
        remedy="an actor needs at least one report in the knowledge; `weigh knowledge show NAME` tells",
    )


def runner_up(assessment: Assessment, hypothesis: str) -> str:
    """The most probable hypothesis other than this one."""
    return next(row.id for row in assessment.hypotheses if row.id != hypothesis)


def rest_name(number: int, bits: float, largest: float) -> str:
    """What `number` items are called that are left to one sum of `bits`: none that is small where together
    they outweigh the `largest` of those that are shown."""
    return f"{number} {'smaller items' if abs(bits) <= abs(largest) else 'others, each of them smaller'}"


def _sentence(row: HypothesisRow, position: int) -> str:
    return row.sentences[position] if len(row.sentences) > position else ""


def _name(row: HypothesisRow) -> str:
    return "an unlisted actor" if row.id == UNLISTED else row.name


def _prior_sentence(first: HypothesisRow, second: HypothesisRow) -> str:
    parts = [
        f"{_name(row)} has {_reports(row)}, the last of {row.last_year or 'no known year'}"
        for row in (first, second)
        if row.id != UNLISTED
    ]
    return f"How much is known of an actor, and how recently: {'; '.join(parts)}."


def _reports(row: HypothesisRow) -> str:
    return "1 report" if row.reports == 1 else f"{row.reports} reports"


def _absence_sentence(first: HypothesisRow, second: HypothesisRow) -> str:
    return f"What {_name(first)} usually shows and is not reported here, beside the same for {_name(second)}."
