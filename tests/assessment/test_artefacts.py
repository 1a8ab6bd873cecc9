"""Artefacts in an assessment: weighed under posing alone, once per origin, as the sentence has it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assessment.harbour import ECHO, NEWS, REPORT, assessed, document, observed, world
from weigh.assessment.document import Assessment, PosingRow
from weigh.assessment.pointing import pointed_at
from weigh.assessment.pooling import NO_ROWS, not_weighed
from weigh.evidence.traces import NO_ACTOR, Trace, chances
from weigh.inference.deception import PRIOR
from weigh.records import Document, Judgement, Kind, Observation, Source, Span, Verdict

TRACES = document("A header was seen. It was looked at.", "traces.txt", source=Source("Oakline"))
KNOWLEDGE, _ = world()


def trace(value: str, source: Document = TRACES, start: int = 0, **rest: object) -> Observation:
    made = Observation(
        source.id,
        Span(start, start + 8),
        Kind.ARTEFACT,
        value,
        source.text[start : start + 8],
        "trace",
        0.85,
        0.8,
    )
    return replace(made, subtype=value.partition(" points")[0], **rest)  # type: ignore[arg-type]


def weighed(*values: str, documents: tuple[Document, ...] = (REPORT, ECHO, TRACES)) -> Assessment:
    items = [trace(value, start=place) for place, value in enumerate(values)]
    return assessed(documents, observations=[*observed(REPORT), *observed(ECHO), *items])


def posed(*values: str) -> PosingRow:
    row = weighed(*values).posing
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("value", "actor", "reason"),
    [
        ("rich header points to G0001", "G0001", ""),
        ("rich header points to G0001, forged", "G0001", ""),
        ("rich header points to Copper Lantern", "G0001", ""),
        ("code points to S0001", "G0000", ""),
        ("code points to S0002", "", "2 actors"),
        ("code points to S0003", "G0002", ""),
        ("code points to Keelhaul", "G0002", ""),
        ("code points to T1486", "", "does not know T1486"),
        ("code points to G0005", "", "no hypothesis"),
        ("code", "", NO_ACTOR),
        ("false flag", "", NO_ACTOR),
        ("horoscope points to G0001", "", "no known sort"),
    ],
)
def test_whom_a_value_points_at(value: str, actor: str, reason: str) -> None:
    found = pointed_at(value, KNOWLEDGE)
    assert found[0] == actor
    assert reason in found[1]


def test_the_probabilities_of_the_actors_do_not_move() -> None:
    without = weighed()
    with_traces = weighed("rich header points to G0001", "code points to G0004")
    assert [(row.id, row.probability) for row in with_traces.hypotheses] == [
        (row.id, row.probability) for row in without.hypotheses
    ]
    assert without.posing is not None
    assert without.posing.artefacts == ()
    assert with_traces.posing is not None
    assert [row.actor for row in with_traces.posing.artefacts] == ["G0004", "G0001"]


def test_a_trace_speaks_for_its_actor_and_a_forged_one_against_it() -> None:
    (genuine,) = posed("rich header points to G0001").artefacts
    (forged,) = posed("rich header points to G0001, forged").artefacts
    assert genuine.bits > 0.0 > forged.bits
    assert (genuine.forged, forged.forged) == (False, True)
    assert posed("rich header points to G0001, forged").leader != "G0001"


def test_one_document_that_says_forged_makes_it_so() -> None:
    (row,) = posed("rich header points to G0001", "rich header points to G0001, forged").artefacts
    assert row.forged
    assert len(row.observations) == 2


def test_traces_of_several_actors_are_a_warning() -> None:
    quiet, loud = (
        posed("rich header points to G0001"),
        posed("rich header points to G0001", "code points to G0004", "key generation points to G0003"),
    )
    assert loud.planted > quiet.planted
    assert loud.flagged
    assert any("Warning" in sentence and "3 actors" in sentence for sentence in loud.sentences)
    assert any("assumption of ours" in sentence for sentence in loud.sentences)


def test_a_trace_alone_is_weighed_though_there_is_no_fact() -> None:
    found = assessed((TRACES,), observations=[trace("rich header points to G0001")])
    assert found.features == ()
    assert found.posing is not None
    assert found.posing.sentences[0].startswith("The facts are too few")
    assert assessed((TRACES,), observations=[]).posing is None


def test_doubtful_unknown_and_set_aside_traces_say_why_and_weigh_nothing() -> None:
    for item, reason in (
        (trace("rich header points to G0001", probability=0.4), "misread"),
        (trace("rich header", set_aside=NO_ACTOR), NO_ACTOR),
        (trace("rich header points to G0001", set_aside="denied"), "denied"),
    ):
        assert reason in not_weighed(item, KNOWLEDGE)
        assert assessed((TRACES,), observations=[item]).posing is None
    circumstance = replace(trace("ko"), kind=Kind.CIRCUMSTANCE, subtype="language")
    assert not_weighed(circumstance, KNOWLEDGE) == NO_ROWS


def test_rows_name_what_is_pointed_at_and_languages() -> None:
    items = [
        trace("rich header points to G0001"),
        trace("code points to S0003", start=2),
        trace("code", start=4, set_aside=NO_ACTOR),
        replace(trace("ko", start=6), kind=Kind.CIRCUMSTANCE, subtype="language"),
    ]
    names = {row.value: row.name for row in assessed((TRACES,), observations=items).observations}
    assert names == {
        "rich header points to G0001": "Copper Lantern",
        "code points to S0003": "Keelhaul",
        "code": "",
        "ko": "Korean (language)",
    }


def test_a_person_may_tie_a_trace_to_somebody_else_or_take_it_away() -> None:
    item = trace("rich header points to G0001")
    corrected = Judgement(
        item.id, Verdict.CORRECT, "eva", "2031-01-01", value="rich header points to Paper Otter, forged"
    )
    found = assessed((TRACES,), [corrected], observations=[item]).posing
    assert found is not None
    (row,) = found.artefacts
    assert (row.name, row.forged, row.presence) == ("Paper Otter", True, 1.0)
    rejected = Judgement(item.id, Verdict.REJECT, "eva", "2031-01-01")
    assert assessed((TRACES,), [rejected], observations=[item]).posing is None


def test_a_copy_of_a_document_adds_nothing_and_another_origin_does() -> None:
    again = replace(TRACES, id="c" * 64, name="copy.txt")
    other = document("The headers fit, says the coast guard.", "other.txt", source=Source("Coast guard"))
    value = "rich header points to G0001"
    alone, copied, confirmed = (
        assessed((TRACES, *more), observations=[trace(value), *(trace(value, each) for each in more)]).posing
        for more in ((), (again,), (other,))
    )
    assert alone is not None
    assert copied is not None
    assert confirmed is not None
    assert copied.artefacts[0].presence == pytest.approx(alone.artefacts[0].presence)
    assert confirmed.artefacts[0].presence > alone.artefacts[0].presence


@given(st.floats(0.5, 1.0), st.booleans())
def test_doubt_moves_every_chance_towards_coincidence(probability: float, forged: bool) -> None:
    value = Trace("rich header", "G0001", forged).value
    found = assessed((TRACES,), observations=[trace(value, probability=probability)]).posing
    stated = chances("rich header")
    assert found is not None
    assert stated is not None
    (row,) = found.artefacts
    assert row.background == stated.background
    assert stated.background < row.hit <= stated.hit
    assert row.hit == pytest.approx(probability * stated.hit + (1 - probability) * stated.background)
    assert found.prior == PRIOR


def test_the_order_of_documents_and_traces_changes_nothing() -> None:
    items = [trace("rich header points to G0001"), trace("code points to G0004", start=3), *observed(NEWS)]
    one = assessed((TRACES, NEWS), observations=items)
    other = assessed((NEWS, TRACES), observations=items[::-1])
    assert one == other
