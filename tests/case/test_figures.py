"""Corrections of figures: beside what was decided on the reading, each the latest, and taken back in turn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import sample, strategies
from weigh.case.judgements import FIGURES, checked_figure, figure_of, review
from weigh.errors import UsageError
from weigh.records import Judgement, Verdict

SEEN = sample.observations()[:1]
FIRST = SEEN[0]
A, R, C, W = Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT, Verdict.WITHDRAW

figures = st.one_of(
    st.integers(1, 6).map("credibility={}".format),
    st.floats(0.0, 1.0).map(lambda ease: f"forgeability={round(ease, 6):f}"),
)


def said(verdict: Verdict, value: str = "", author: str = "Mira Oskal") -> Judgement:
    return Judgement(FIRST.id, verdict, author, "2031-04-15T09:00:00Z", "annex 2", value)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("credibility=2", "credibility=2"),
        (" Credibility = 2 ", "credibility=2"),
        ("forgeability=0.050", "forgeability=0.05"),
        ("forgeability=1", "forgeability=1.0"),
    ],
)
def test_a_figure_is_kept_in_one_form(value: str, kept: str) -> None:
    assert figure_of(value) in FIGURES
    assert checked_figure(value) == kept
    assert checked_figure(kept) == kept


@pytest.mark.parametrize("value", ["T1566.001", "x.example/?a=1", "probability=0.2", "credibility", "=2", ""])
def test_what_is_no_figure_corrects_the_value(value: str) -> None:
    assert figure_of(value) == ""


@pytest.mark.parametrize("value", ["credibility=7", "credibility=", "forgeability=5 %", "forgeability=2"])
def test_a_figure_that_there_is_not_is_refused_with_a_remedy(value: str) -> None:
    with pytest.raises(UsageError, match="is no") as caught:
        checked_figure(value)
    assert "give a" in caught.value.remedy


def test_a_figure_says_nothing_of_the_reading() -> None:
    (found,) = review(SEEN, [said(C, "forgeability=0.05"), said(C, "credibility=2")])
    assert found.now == FIRST
    assert (found.now.probability, found.now.set_aside) == (FIRST.probability, FIRST.set_aside)
    assert (found.now.credibility, found.now.forgeability) == (2, 0.05)
    assert found.now.table_forgeability == FIRST.forgeability
    assert found.judgement is None
    assert [each.value for each in found.figures] == ["credibility=2", "forgeability=0.05"]


def test_it_lies_beside_the_decision_on_the_reading_whichever_came_first() -> None:
    figure, rejection = said(C, "forgeability=0.05"), said(R)
    one, two = (review(SEEN, made)[0] for made in ([figure, rejection], [rejection, figure]))
    assert one.now == two.now
    assert one.judgement == two.judgement == rejection
    assert one.now.set_aside == two.now.set_aside == "rejected by Mira Oskal: annex 2"
    assert one.now.forgeability == two.now.forgeability == 0.05


def test_undoing_goes_back_step_by_step() -> None:
    made = [said(C, "forgeability=0.05"), said(C, "forgeability=0.6"), said(A)]
    eases, certain = [], []
    for back in range(4):
        (found,) = review(SEEN, [*made, *[said(W)] * back])
        eases.append(found.now.forgeability)
        certain.append(found.judgement is not None)
    assert eases == [0.6, 0.6, 0.05, FIRST.forgeability]
    assert certain == [True, False, False, False]
    assert review(SEEN, [*made, *[said(W)] * 3])[0].now.table_forgeability is None


def test_the_tables_ease_is_remembered_through_several_corrections() -> None:
    read = (replace(FIRST, forgeability=0.3, table_forgeability=0.8),)
    (found,) = review(read, [said(C, "forgeability=0.1")])
    assert (found.now.forgeability, found.now.table_forgeability) == (0.1, 0.8)


@given(st.lists(strategies.judgements_on(SEEN), max_size=5), figures)
def test_a_figure_changes_nothing_else(made: list[Judgement], value: str) -> None:
    (before,) = review(SEEN, made)
    (after,) = review(SEEN, [*made, said(C, value)])
    assert after.judgement == before.judgement
    assert after.now == before.now
    assert (after.now.probability, after.now.set_aside) == (before.now.probability, before.now.set_aside)
    assert review(SEEN, [*made, said(C, value), said(W)]) == (before,)
