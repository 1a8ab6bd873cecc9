"""What people decided, over what was read: cases as data, and laws that hold for any sequence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import sample, strategies
from weigh.case.judgements import apply, in_force, judged, review
from weigh.records import Judgement, Kind, Observation, Verdict

SEEN = sample.observations()
A, R, C, W = Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT, Verdict.WITHDRAW

decisions = st.lists(strategies.judgements_on(SEEN), max_size=8)


def _said(verdict: Verdict, place: int = 0, minute: int = 0) -> Judgement:
    value = "T1059.003" if verdict is Verdict.CORRECT else ""
    return Judgement(
        SEEN[place].id, verdict, "Mira Oskal", f"2031-04-15T09:{minute:02}:00Z", "annex 2", value
    )


@pytest.mark.parametrize(
    ("verdicts", "holds"),
    [
        ((), None),
        ((A,), A),
        ((A, R), R),
        ((A, R, W), A),
        ((A, R, W, W), None),
        ((A, W), None),
        ((W, A), A),
        ((A, W, W, R), R),
        ((R, C, W, A, W), R),
        ((C, C, W), C),
    ],
)
def test_the_latest_holds_and_withdrawing_returns_to_the_one_before(
    verdicts: tuple[Verdict, ...], holds: Verdict | None
) -> None:
    made = [_said(verdict, minute=minute) for minute, verdict in enumerate(verdicts)]
    force = in_force(made)
    assert [judgement.verdict for judgement in force.values()] == ([] if holds is None else [holds])


@given(decisions, strategies.judgements_on(SEEN))
def test_a_decision_and_its_withdrawal_change_nothing(made: list[Judgement], new: Judgement) -> None:
    if new.verdict is Verdict.WITHDRAW:
        new = replace(new, verdict=Verdict.REJECT)
    back = replace(new, verdict=Verdict.WITHDRAW)
    assert in_force([*made, new, back]) == in_force(made)
    assert in_force([*made, new])[new.observation] == new


@given(decisions)
def test_observations_do_not_disturb_each_other(made: list[Judgement]) -> None:
    alone: dict[str, Judgement] = {}
    for seen in SEEN:
        alone |= in_force([judgement for judgement in made if judgement.observation == seen.id])
    assert in_force(made) == alone


@given(decisions)
def test_only_what_was_judged_changes(made: list[Judgement]) -> None:
    force = in_force(made)
    for before, now in zip(SEEN, apply(SEEN, made), strict=True):
        if before.id not in force:
            assert now is before
        assert (now.document, now.span, now.kind, now.original) == (
            before.document,
            before.span,
            before.kind,
            before.original,
        )


@given(decisions)
def test_review_says_who_made_it_so(made: list[Judgement]) -> None:
    force = in_force(made)
    reviewed = review(SEEN, made)
    assert tuple(one.read for one in reviewed) == SEEN
    assert tuple(one.now for one in reviewed) == apply(SEEN, made)
    assert [one.judgement for one in reviewed] == [force.get(seen.id) for seen in SEEN]


def _only(place: int, verdict: Verdict) -> Observation:
    return apply(SEEN, [_said(verdict, place)])[place]


def test_accepting_makes_it_certain_and_weighed() -> None:
    domain = SEEN[1]
    assert domain.set_aside != ""
    assert _only(1, A) == replace(domain, probability=1.0, set_aside="")
    assert (_only(1, A).probability, _only(1, A).set_aside) == (1.0, "")


def test_an_actors_name_weighs_nothing_even_when_accepted() -> None:
    assert SEEN[4].kind is Kind.ACTOR
    assert _only(4, A).probability == 1.0
    assert _only(4, A).set_aside == SEEN[4].set_aside
    assert _only(4, C).set_aside == SEEN[4].set_aside


def test_rejecting_names_who_and_why() -> None:
    assert _only(0, R).set_aside == "rejected by Mira Oskal: annex 2"
    assert _only(0, R).probability == SEEN[0].probability
    silent = replace(_said(R), because="")
    assert apply(SEEN, [silent])[0].set_aside == "rejected by Mira Oskal"


def test_correcting_replaces_the_value_alone() -> None:
    now = _only(2, C)
    assert (now.value, now.probability, now.set_aside) == ("T1059.003", 1.0, "")
    assert now.original == SEEN[2].original


def test_a_withdrawal_by_itself_makes_nothing_of_an_observation() -> None:
    assert judged(SEEN[0], _said(W)) is SEEN[0]


def test_a_judgement_on_an_unknown_observation_is_no_trouble() -> None:
    stray = replace(_said(A), observation="obs-ffff")
    assert apply(SEEN, [stray]) == SEEN
