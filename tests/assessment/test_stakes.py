"""What looking for more is worth: kept on average, never below nothing, and told only where it is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests import sample, strategies
from weigh.assessment.document import UNLISTED, Assessment
from weigh.assessment.stakes import crowd_of, stakes_of

SAMPLE = sample.assessment()


def test_a_look_keeps_the_probability_on_average() -> None:
    found = stakes_of(SAMPLE, None)
    assert len(found.looks) > 0
    for look in found.looks:
        mean = look.chance * look.if_found + (1.0 - look.chance) * look.if_not
        assert mean == pytest.approx(found.guilty.value)
        assert 0.0 <= look.worth <= found.perfect_worth + 1e-9


def test_the_most_worth_comes_first() -> None:
    worths = [look.worth for look in stakes_of(SAMPLE, None).looks]
    assert worths == sorted(worths, reverse=True)


def test_evidence_about_others_is_not_given_a_worth() -> None:
    other = next(row for row in SAMPLE.hypotheses[1:] if row.id != UNLISTED)
    told = {look.feature for look in stakes_of(SAMPLE, None, accused=other.id).looks}
    assert told == {item.feature for item in SAMPLE.next_evidence if item.leader == other.id}


def test_from_certainty_there_is_nothing_to_look_for() -> None:
    first, *rest = SAMPLE.hypotheses
    sure = (replace(first, probability=1.0, high=1.0), *(replace(row, probability=0.0) for row in rest))
    assert stakes_of(replace(SAMPLE, hypotheses=sure), None).looks == ()


@settings(max_examples=25, deadline=None)
@given(strategies.assessments())
def test_in_any_assessment_a_look_is_worth_no_more_than_certainty(assessment: Assessment) -> None:
    if all(row.id == UNLISTED for row in assessment.hypotheses):
        return
    found = stakes_of(assessment, None)
    for look in found.looks:
        assert 0.0 <= look.if_not <= 1.0
        assert 0.0 <= look.worth <= found.perfect_worth + 1e-6


def test_a_crowd_is_of_the_documents_that_name_the_accused() -> None:
    leader = SAMPLE.hypotheses[0].id
    name = next(row for row in SAMPLE.observations if row.kind == "actor")
    naming = tuple(
        replace(name, id=f"obs-{row.id}", value=leader, document=row.id) for row in SAMPLE.documents
    )
    one = crowd_of(replace(SAMPLE, observations=naming[:1]), leader, None, None, None)
    assert (one.statements, one.origins) == (1, 1)
    everyone = crowd_of(replace(SAMPLE, observations=()), leader, None, None, None)
    assert everyone.statements == len(SAMPLE.documents)
    assert SAMPLE.origins is not None
    assert everyone.origins == SAMPLE.origins.origins
