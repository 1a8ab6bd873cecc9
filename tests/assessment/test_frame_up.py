"""A frame-up that was found reaches the first screen: whose, how likely, and what becomes of the leader."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assessment.harbour import ECHO, NEWS, REPORT, assessed, document, observed
from weigh.assessment.document import Assessment, ConfidenceRow
from weigh.assessment.posing import doubted, frame_up, prior_given
from weigh.assessment.suppositions import Suppositions
from weigh.records import Kind, Observation, Source, Span
from weigh.scales import percent

TRACES = document("Headers, code and keys were looked at.", "traces.txt", source=Source("Oakline"))
FRAMED = ("rich header points to G0001", "code points to G0004", "key generation points to G0003")


def weighed(*values: str, suppose: Suppositions | None = None, facts: bool = True) -> Assessment:
    """The harbour with artefacts entered by hand."""
    traces = [
        Observation(
            TRACES.id, Span(at, at + 4), Kind.ARTEFACT, value, TRACES.text[at : at + 4], "trace", 0.85, 0.8
        )
        for at, value in enumerate(values)
    ]  # fmt: skip
    seen = [*observed(REPORT), *observed(ECHO)] if facts else []
    return assessed((REPORT, ECHO, TRACES), observations=[*seen, *traces], suppose=suppose)


def test_a_case_that_is_calm_has_no_such_caution() -> None:
    calm = weighed()
    assert frame_up(calm) == ""
    assert not any("frame-up" in words for words in calm.cautions)
    assert frame_up(replace(calm, posing=None)) == ""


def test_artefacts_of_several_actors_are_the_first_caution_and_say_what_becomes_of_the_leader() -> None:
    found = weighed(*FRAMED)
    row, leader = found.posing, found.hypotheses[0]
    assert row is not None
    assert row.flagged
    words = found.cautions[0]
    assert words == frame_up(found)
    assert words.startswith(
        "Possible frame-up. With a prior of deception of 0.03, an assumption, the chance "
    )
    assert f"that something was planted, copied or staged is {percent(row.planted)}" in words
    assert f"The {percent(leader.probability)} for {leader.name} is what techniques and software say" in words
    assert words.endswith(f"{percent(row.leads_with)}.")


@pytest.mark.parametrize("prior", [0.3, 0.9, 0.99])
def test_a_pose_that_is_called_one_is_named_with_its_chance(prior: float) -> None:
    found = weighed(suppose=Suppositions(deception=prior))
    row = found.posing
    assert row is not None
    names = {each.id: each.name for each in found.hypotheses}
    chance = f"that somebody poses as {names[row.posed_as]} is {percent(row.probability)}"
    assert (chance in frame_up(found)) == (row.finding == "deception")
    assert found.cautions[0].startswith("This is a what-if")
    assert any(words == frame_up(found) for words in found.cautions[1:]) == (frame_up(found) != "")


def test_a_pose_that_is_called_one_says_how_often_it_is_by_chance() -> None:
    found = weighed(*FRAMED)
    assert found.posing is not None
    called = replace(found.posing, finding="deception", posed_as="G0001", probability=0.41)
    often = "is 41 %; of cases with nothing planted, about one in twenty looks like this. The "
    assert often in frame_up(replace(found, posing=called))
    assert "one in twenty" not in frame_up(replace(found, posing=replace(called, prior=0.5)))
    assert "one in twenty" not in frame_up(replace(found, posing=replace(called, finding="names")))


def test_another_leader_once_planting_is_allowed_for_is_named() -> None:
    found = weighed(*FRAMED)
    assert found.posing is not None
    other = found.hypotheses[-1]
    moved = replace(found, posing=replace(found.posing, leader=other.id, leads_with=0.44))
    assert frame_up(moved).endswith(f"{other.name} leads, with 44 %.")
    kept = replace(found, posing=replace(found.posing, leader=found.hypotheses[0].id, leads_with=0.44))
    assert frame_up(kept).endswith("once planting and artefacts are allowed for, it is 44 %.")


def test_without_facts_no_figure_is_spoken_of() -> None:
    found = weighed(*FRAMED, facts=False)
    assert found.features == ()
    assert found.posing is not None
    flagged = replace(found.posing, flagged=True, finding="declines")
    assert frame_up(replace(found, posing=flagged)).endswith(
        f"copied or staged is {percent(flagged.planted)}."
    )
    assert prior_given(replace(found, posing=replace(found.posing, flagged=False, finding="declines"))) == ""


DOUBT = "a frame-up is possible, as the caution says, which keeps confidence low"


def test_a_frame_up_that_is_flagged_makes_confidence_low_and_is_its_first_reason() -> None:
    found = weighed(*FRAMED)
    assert found.confidence.level == "low"
    assert found.confidence.reasons[0] == DOUBT
    assert DOUBT not in weighed().confidence.reasons


@pytest.mark.parametrize(
    ("flagged", "finding", "level"),
    [
        (False, "names", "moderate"),
        (False, "declines", "moderate"),
        (True, "names", "low"),
        (False, "deception", "low"),
        (True, "deception", "low"),
    ],
)
def test_whatever_else_speaks_for_it_no_confidence_stands_beside_a_frame_up(
    flagged: bool, finding: str, level: str
) -> None:
    found = weighed(*FRAMED)
    assert found.posing is not None
    posing = replace(found.posing, flagged=flagged, finding=finding, posed_as="G0001")
    firm = replace(found, posing=posing, confidence=ConfidenceRow("moderate", ("many facts",)))
    given = doubted(firm)
    assert given.level == level
    assert given.reasons == (("many facts",) if level == "moderate" else (DOUBT, "many facts"))
    assert doubted(replace(firm, posing=None)) == firm.confidence


@given(st.sampled_from([0.0, 0.001, 0.03, 0.2, 0.7, 0.998]))
def test_a_prior_of_deception_never_passes_without_a_word_on_the_leading_figure(prior: float) -> None:
    found = weighed(suppose=Suppositions(deception=prior))
    assert [row.probability for row in found.hypotheses] == [row.probability for row in weighed().hypotheses]
    figure = f"The {percent(found.hypotheses[0].probability)} for {found.hypotheses[0].name} is what"
    assert sum(figure in words for words in found.cautions) == 1


def test_a_prior_of_deception_that_can_move_nothing_is_said_to() -> None:
    (said, *_) = assessed((NEWS,), suppose=Suppositions(deception=0.9)).cautions[1:]
    assert said == "The prior of deception given moves nothing: the facts are too few to look behind them."


def test_what_is_taken_for_granted_does_not_deny_what_is_warned_of() -> None:
    found = weighed(*FRAMED)
    taken = " ".join(found.assumptions)
    assert "none was planted" not in taken
    assert "The ranking takes the reported techniques and software as written and as not planted" in taken
    (open_question,) = [words for words in found.unanswered if "single artefacts" in words]
    assert "but for those that a sentence ties to a named actor" in open_question


@pytest.mark.parametrize("prior", [0.9976, 0.99996, 0.999999])
def test_no_prior_below_one_is_printed_as_one(prior: float) -> None:
    found = weighed(suppose=Suppositions(deception=prior, priors={"G0002": 1e-7}))
    assert found.posing is not None
    said = " ".join((*found.cautions, *found.posing.sentences))
    assert f"prior of deception of {prior} " in said.replace(",", " ")
    assert "deception set to 1)" not in said
    assert "prior of G0002 set to 0.0000001" in said
