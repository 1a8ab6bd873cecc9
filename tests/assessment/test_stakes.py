"""An assessment and a sheet of payoffs, joined: the right numbers reach the right words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests import sample, strategies
from weigh.assessment.document import UNLISTED, Assessment, OriginsRow, OriginStepRow
from weigh.assessment.stakes import accused, attribution, crowd, somebody_to_accuse, stakes
from weigh.errors import UsageError
from weigh.stakes import menu, payoffs
from weigh.stakes.payoffs import Range

SAMPLE = sample.assessment()
ROW = stakes(SAMPLE)


def _origins(*steps: tuple[str, str, float, str]) -> OriginsRow:
    rows = tuple(OriginStepRow(*step) for step in steps)
    return OriginsRow(len(rows), len({row.origin for row in rows}), 1.0, rows, (), (), ())


def test_the_accused_is_the_likeliest_actor_that_has_a_name() -> None:
    leader = SAMPLE.hypotheses[0]
    assert (ROW.accused, ROW.guilty.value) == (leader.id, leader.probability)
    turned = replace(SAMPLE, hypotheses=tuple(sorted(SAMPLE.hypotheses, key=lambda row: row.id != UNLISTED)))
    assert turned.hypotheses[0].id == UNLISTED
    assert accused(turned).id == leader.id


def test_nobody_is_accused_without_evidence_or_without_a_name() -> None:
    with pytest.raises(UsageError, match="unlisted actor cannot be accused"):
        accused(SAMPLE, "unlisted")
    bare = replace(SAMPLE, features=())
    assert not somebody_to_accuse(bare)
    with pytest.raises(UsageError, match="nothing was weighed"):
        stakes(bare)


def test_the_chances_of_being_wrong_mirror_the_interval() -> None:
    assert ROW.wrong_party.value == pytest.approx(1.0 - ROW.silent.value)
    assert ROW.wrong_party.low == pytest.approx(1.0 - ROW.guilty.high)
    assert ROW.wrong_party.high == pytest.approx(1.0 - ROW.guilty.low)
    assert ROW.posed.value == pytest.approx(0.03)


def test_a_pose_is_never_likelier_than_innocence() -> None:
    found = stakes(SAMPLE, replace(payoffs.shipped(), pose=Range(0.99)))
    assert found.posed.value == pytest.approx(found.wrong_party.value)


def test_best_is_best_and_over_the_interval_comes_in_order() -> None:
    values = {option.id: option.expected for option in ROW.options}
    assert values[ROW.best] == max(values.values())
    assert ROW.best in ROW.over
    spans = {option.id: (option.best_from, option.best_until) for option in ROW.options}
    for option in ROW.over:
        low, high = spans[option]
        assert low is not None
        assert high is not None
        assert low <= ROW.guilty.high
        assert high >= ROW.guilty.low


def test_shares_of_draws_sum_to_one() -> None:
    assert sum(option.share for option in ROW.options) == pytest.approx(1.0)


def test_looking_for_evidence_keeps_the_probability_on_average() -> None:
    told = [look for look in ROW.next if look.if_found is not None and look.if_not is not None]
    assert len(told) > 0
    for look in told:
        assert look.if_found is not None
        assert look.if_not is not None
        mean = look.chance * look.if_found + (1.0 - look.chance) * look.if_not
        assert mean == pytest.approx(ROW.guilty.value)
        assert look.worth is not None
        assert 0.0 <= look.worth <= ROW.certainty


def test_evidence_about_others_is_not_given_a_worth() -> None:
    second = next(row for row in SAMPLE.hypotheses[1:] if row.id != UNLISTED)
    found = stakes(SAMPLE, name=second.id)
    for look, item in zip(found.next, SAMPLE.next_evidence, strict=True):
        assert (look.worth is None) == (item.leader != second.id)


def test_indices_only_when_they_are_asked_for() -> None:
    assert ROW.weights == ()
    found = stakes(SAMPLE, weigh_inputs=True)
    assert len(found.weights) > 0
    assert replace(found, weights=()) == ROW


@settings(max_examples=25, deadline=None)
@given(strategies.assessments())
def test_every_assessment_has_its_stakes(assessment: Assessment) -> None:
    if not somebody_to_accuse(assessment):
        return
    row = stakes(assessment)
    table = menu.lines(payoffs.shipped(), menu.pose_share(0.03, row.guilty.value))
    expected = menu.expected(table, row.guilty.value).tolist()
    assert [option.expected for option in row.options] == pytest.approx(expected)
    assert row.certainty >= -1e-9
    if assessment.origins is not None:
        crowds = crowd(assessment)
        assert crowds.statements == 0 or 1.0 - 1e-9 <= crowds.effective <= crowds.statements + 1e-9


def test_copies_of_one_statement_are_worth_little_more_than_one() -> None:
    names = [row.id for row in SAMPLE.documents]
    steps = ((names[0], "", 0.0, names[0]), *((f"copy {n}", names[0], 1.0, names[0]) for n in range(9)))
    unnamed = replace(SAMPLE, observations=(), origins=_origins(*steps))
    found = crowd(unnamed)
    assert not found.named
    assert (found.statements, found.origins) == (10, 1)
    assert found.effective == pytest.approx(1.0)
    assert found.by_origins == pytest.approx(found.origins_only)
    assert found.start < found.by_origins < found.independent


def test_a_chain_over_a_silent_document_keeps_its_link() -> None:
    """Of a, b repeating a, and c repeating b, only a and c name the accused: c still repeats a."""
    leader = SAMPLE.hypotheses[0].id
    named = [row for row in SAMPLE.observations if row.kind == "actor"][:1]
    assert len(named) == 1
    observations = tuple(replace(named[0], id=f"obs-{name}", value=leader, document=name) for name in "ac")
    chain = _origins(("a", "", 0.0, "a"), ("b", "a", 0.5, "a"), ("c", "b", 0.5, "a"))
    found = crowd(replace(SAMPLE, observations=observations, origins=chain))
    assert found.named
    assert (found.statements, found.origins) == (2, 1)
    assert found.effective == pytest.approx(1.0 + _worth_of_one_more(0.25))


def _worth_of_one_more(copying: float) -> float:
    """What a second statement adds that copies the first with this chance."""
    pair = _origins(("a", "", 0.0, "a"), ("b", "a", copying, "a"))
    return crowd(replace(SAMPLE, observations=(), origins=pair)).effective - 1.0


def test_documents_that_name_one_another_in_turn_end() -> None:
    ring = _origins(("a", "b", 0.5, "a"), ("b", "a", 0.5, "a"))
    assert crowd(replace(SAMPLE, observations=(), origins=ring)).statements == 2


def test_an_older_assessment_has_no_crowd() -> None:
    with pytest.raises(UsageError, match="who repeats whom"):
        crowd(replace(SAMPLE, origins=None))


def test_better_names_deter_in_the_shipped_model() -> None:
    found = attribution()
    now, better, *_ = found.changes
    assert better.attack < now.attack
    assert found.map.settled
    assert found.map.today[1] == pytest.approx(found.sheet.measured is not None and now.rates.identification)
