"""What a case says of credibility and forging: shown, used where it bears, and never against itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.harbour import ECHO, NEWS, REPORT, assessed, observed
from tests.assessment.test_artefacts import TRACES, trace
from weigh.assessment.document import ArtefactRow, Assessment
from weigh.records import Judgement, Observation, Verdict

HEADER = "rich header points to G0001"
CASE = (REPORT, ECHO, TRACES)
SEEN = (*observed(REPORT), *observed(ECHO))
TABLE = 0.8


def given_ease(ease: float, start: int = 0) -> Observation:
    return trace(HEADER, start=start, forgeability=ease, table_forgeability=TABLE)


def weighed(*traces: Observation, judgements: tuple[Judgement, ...] = ()) -> Assessment:
    return assessed(CASE, judgements, observations=[*SEEN, *traces])


def header(found: Assessment) -> ArtefactRow:
    assert found.posing is not None
    (row,) = found.posing.artefacts
    return row


def test_the_override_is_used_and_named() -> None:
    plain, hard = weighed(trace(HEADER)), weighed(given_ease(0.05))
    assert header(hard).forging < header(plain).forging
    assert header(hard).bits > header(plain).bits
    assert (header(hard).given_forging, header(hard).table_forging) == (0.05, TABLE)
    assert (header(plain).given_forging, header(plain).table_forging) == (None, None)
    assert hard.posing is not None
    assert plain.posing is not None
    words = "ease of forging 0.05 by this case, not the table's 0.8"
    assert any(words in sentence for sentence in hard.posing.sentences)
    assert not any("by this case" in sentence for sentence in plain.posing.sentences)
    assert hard.hypotheses == plain.hypotheses


def test_a_given_ease_goes_before_the_table_of_other_observations_and_the_highest_given_counts() -> None:
    beside = weighed(trace(HEADER), given_ease(0.05, 1))
    assert header(beside).given_forging == 0.05
    several = weighed(given_ease(0.05), given_ease(0.3, 1), trace(HEADER, start=2))
    assert header(several).given_forging == 0.3


def test_an_ease_that_is_the_tables_own_is_no_override_in_words() -> None:
    found = weighed(given_ease(TABLE))
    assert header(found).forging == header(weighed(trace(HEADER))).forging
    assert found.posing is not None
    assert not any("by this case" in sentence for sentence in found.posing.sentences)


def test_a_persons_figure_does_what_a_row_does() -> None:
    item = trace(HEADER)
    decision = Judgement(
        item.id, Verdict.CORRECT, "Mira", "2031-01-01T00:00:00Z", "signed", "forgeability=0.05"
    )
    judged, stated = weighed(item, judgements=(decision,)), weighed(given_ease(0.05))
    assert header(judged) == header(stated)
    assert judged.posing == stated.posing
    (row,) = [each for each in judged.observations if each.value == HEADER]
    assert (row.forgeability, row.table_forgeability, row.judgement) == (0.05, TABLE, None)
    assert [(each.author, each.value, each.because) for each in row.figures] == [
        ("Mira", "forgeability=0.05", "signed")
    ]


@settings(max_examples=25, deadline=None)
@given(st.floats(0.0, TABLE), st.floats(0.5, 1.0), st.booleans())
def test_an_ease_below_the_tables_never_weakens_an_artefact(ease: float, read: float, forged: bool) -> None:
    value = HEADER + (", forged" if forged else "")
    plain = trace(value, probability=read)
    hard = replace(plain, forgeability=ease, table_forgeability=TABLE)
    before, after = weighed(plain), weighed(hard)
    assert header(after).bits >= header(before).bits - 1e-12
    assert after.hypotheses == before.hypotheses
    assert before.posing is not None
    assert after.posing is not None
    if not forged and before.posing.leader == header(before).name:
        assert after.posing.leader == before.posing.leader
        assert after.posing.leads_with >= before.posing.leads_with - 1e-12


@settings(max_examples=15, deadline=None)
@given(st.floats(0.0, 1.0), st.integers(1, 6))
def test_figures_move_no_probability_of_an_actor(ease: float, credibility: int) -> None:
    graded = [
        replace(item, forgeability=ease, table_forgeability=item.forgeability, credibility=credibility)
        for item in SEEN
    ]
    assert assessed(CASE, observations=graded).hypotheses == assessed(CASE, observations=SEEN).hypotheses


@pytest.mark.parametrize(("digit", "letter"), [(1, "H"), (2, "H"), (3, "M"), (4, "L"), (5, "L"), (6, "H")])
def test_credibility_enters_the_matrix(digit: int, letter: str) -> None:
    found = assessed([REPORT], observations=[replace(item, credibility=digit) for item in observed(REPORT)])
    assert found.ach is not None
    assert {fact.credibility for fact in found.ach.facts} == {letter}


@pytest.mark.parametrize(("ease", "letter"), [(0.1, "H"), (0.5, "M"), (0.9, "L")])
def test_ease_of_forging_enters_the_matrix(ease: float, letter: str) -> None:
    items = [replace(item, forgeability=ease, table_forgeability=0.4) for item in observed(REPORT)]
    found = assessed([REPORT], observations=items)
    assert found.ach is not None
    assert {fact.relevance for fact in found.ach.facts} == {letter}


def test_what_a_person_rejected_confirms_nothing() -> None:
    items = [replace(item, credibility=1) for item in (*observed(REPORT), *observed(NEWS), *observed(ECHO))]
    both = {row.credibility for row in assessed([REPORT, ECHO, NEWS], observations=items).observations
            if row.value == "S0001"}  # fmt: skip
    assert both == {1}
    (echoed,) = [item for item in items if item.document == ECHO.id and item.value == "S0001"]
    reject = Judgement(echoed.id, Verdict.REJECT, "Mira", "2031-01-01T00:00:00Z")
    found = assessed([REPORT, ECHO, NEWS], [reject], observations=items)
    (left,) = [row for row in found.observations if row.value == "S0001" and row.document == REPORT.id]
    assert (left.credibility, "one document reports it" in left.demoted) == (2, True)
