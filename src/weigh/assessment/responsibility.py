"""From the group to a responsible state: who is claimed to sponsor it, and what bears on each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from weigh.assessment.document import (
    UNLISTED,
    DegreeRow,
    FeatureRow,
    HypothesisRow,
    ObservationRow,
    SponsorRow,
    StepRow,
)
from weigh.inference.sponsor import claim_shares, degrees_of_responsibility, sponsor_odds
from weigh.records import Kind

NOTHING_BEARS = "no evidence in this case bears on this step"
UNCLAIMED = "no sponsor claimed"
_UNLISTED_LINE = "an actor that the knowledge does not hold"
_ACTORS = 5
_DISSENT = 3
_DIGITS = 12


def sponsors(hypotheses: Sequence[HypothesisRow]) -> tuple[SponsorRow, ...]:
    """Sponsors by falling probability, then the actors without a claim, then `unlisted`; sums to 1."""
    listed = [row for row in hypotheses if row.id != UNLISTED]
    outside = sum(row.probability for row in hypotheses if row.id == UNLISTED)
    odds = sponsor_odds(
        np.array([*(row.probability for row in listed), outside]), [row.sponsors for row in listed]
    )
    shares = {row.id: claim_shares(row.sponsors) for row in listed}
    named = [
        _claimed(sponsor, round(probability, _DIGITS), listed, shares)
        for sponsor, probability in odds.named.items()
    ]
    named.sort(key=lambda row: (-row.probability, row.sponsor))
    return (
        *named,
        SponsorRow("none", UNCLAIMED, round(odds.unclaimed, _DIGITS)),
        SponsorRow(UNLISTED, _UNLISTED_LINE, round(odds.unlisted, _DIGITS)),
    )


def _claimed(
    sponsor: str,
    probability: float,
    listed: Sequence[HypothesisRow],
    shares: Mapping[str, Mapping[str, float]],
) -> SponsorRow:
    """A sponsor with the actors it is claimed for, who claims it, and who claims otherwise."""
    adds = {row.id: row.probability * shares[row.id].get(sponsor, 0.0) for row in listed}
    behind = sorted((row for row in listed if adds[row.id] > 0.0), key=lambda row: (-adds[row.id], row.id))
    claims = [claim for row in behind for claim in row.sponsors if claim.sponsor == sponsor]
    dissent = [
        f"{claim.said_by} names {claim.sponsor} for {row.name}"
        for row in behind
        for claim in row.sponsors
        if claim.sponsor not in ("", sponsor)
    ]
    return SponsorRow(
        kind="claimed",
        sponsor=sponsor,
        probability=probability,
        said_by=tuple(sorted({claim.said_by for claim in claims})),
        actors=tuple((row.id, round(adds[row.id], _DIGITS)) for row in behind[:_ACTORS]),
        dissent=tuple(dict.fromkeys(dissent))[:_DISSENT],
    )


def degrees() -> tuple[DegreeRow, ...]:
    """Healey's degrees as they stand before any evidence, which is where they stay."""
    return tuple(DegreeRow(degree, probability) for degree, probability in degrees_of_responsibility())


def steps(features: Sequence[FeatureRow], observations: Iterable[ObservationRow]) -> tuple[StepRow, ...]:
    """What bears on each step from the traces to a state. A step without an item says so."""
    traces = sum(row.kind == Kind.INDICATOR and len(row.ruled_out) == 0 for row in observations)
    machine = f"indicators on record: {traces}; none of them is weighed" if traces > 0 else NOTHING_BEARS
    group = f"weighed facts that bear on it: {len(features)}" if len(features) > 0 else NOTHING_BEARS
    claimed = f"{NOTHING_BEARS}; the figures follow from published claims about the actors alone"
    flat = f"{NOTHING_BEARS}; the degrees stay equally probable"
    return (
        StepRow("machine: which computers were used", traces, machine),
        StepRow("operator: who sat at them", 0, NOTHING_BEARS),
        StepRow("group: whose habits these are", len(features), group),
        StepRow("sponsor: for whom the group acts", 0, claimed),
        StepRow("degree: how far a state answers for it", 0, flat),
    )
