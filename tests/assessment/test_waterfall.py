"""The waterfall: bars in bits that sum to the log-odds of any two hypotheses."""

from __future__ import annotations

from math import fsum, log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment import harbour
from tests.assessment.harbour import ECHO, NEWS, REPORT, assessed, document
from weigh.assessment.document import UNLISTED
from weigh.assessment.waterfall import ABSENCE, PRIOR, find, runner_up, waterfall
from weigh.errors import UsageError

IDS = [item.id for item in (*harbour.TECHNIQUES, *harbour.SOFTWARE)]
HYPOTHESES = ["G0000", "G0001", "G0002", "G0003", "G0004", UNLISTED]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(IDS)), st.sampled_from(HYPOTHESES), st.sampled_from(HYPOTHESES))
def test_bars_sum_to_the_total_and_the_total_to_the_log_odds(ids: list[str], first: str, second: str) -> None:
    found = assessed([document(" ".join(ids))])
    steps = waterfall(found, first, second)
    odds = find(found, first).probability / find(found, second).probability
    assert fsum(bar.bits for bar in steps.bars) == pytest.approx(steps.total, abs=1e-12)
    assert steps.total == pytest.approx(log2(odds), abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(HYPOTHESES), st.sampled_from(HYPOTHESES))
def test_the_other_way_round_every_bar_points_the_other_way(first: str, second: str) -> None:
    found = assessed([REPORT, ECHO, NEWS])
    there, back = waterfall(found, first, second), waterfall(found, second, first)
    bits = {bar.feature: bar.bits for bar in there.bars}
    assert bits.keys() == {bar.feature for bar in back.bars}
    assert all(bar.bits == -bits[bar.feature] for bar in back.bars)
    assert back.total == pytest.approx(-there.total, abs=1e-12)


def test_prior_comes_first_absence_last_and_the_heaviest_fact_next() -> None:
    found = assessed([REPORT, ECHO, NEWS])
    bars = waterfall(found, "G0000", "G0001").bars
    assert (bars[0].feature, bars[-1].feature) == (PRIOR, ABSENCE)
    sizes = [abs(bar.bits) for bar in bars[1:-1]]
    assert sizes == sorted(sizes, reverse=True)
    assert {bar.feature for bar in bars[1:-1]} == {row.id for row in found.features}


def test_every_bar_says_itself_and_names_its_observations() -> None:
    found = assessed([REPORT, ECHO, NEWS])
    for bar in waterfall(found, "G0000", UNLISTED).bars:
        assert len(bar.sentence) > 20
        assert (len(bar.observations) > 0) == (bar.feature not in {PRIOR, ABSENCE})
    (prior, *_) = waterfall(found, "G0002", "G0000").bars
    assert (
        "Paper Otter has 2 reports, the last of 2018; Slate Heron has 3 reports, the last of 2021"
        in prior.sentence
    )


def test_against_itself_nothing_weighs() -> None:
    steps = waterfall(assessed([REPORT]), "G0000", "G0000")
    assert steps.total == 0.0
    assert all(bar.bits == 0.0 for bar in steps.bars)


@pytest.mark.parametrize("hypothesis", ["G0005", "G9999", "", "Slate Heron"])
def test_who_is_not_weighed_cannot_be_explained(hypothesis: str) -> None:
    found = assessed([REPORT])
    with pytest.raises(UsageError, match="not among the hypotheses"):
        waterfall(found, hypothesis, UNLISTED)
    with pytest.raises(UsageError):
        waterfall(found, UNLISTED, hypothesis)


def test_the_runner_up_is_the_most_probable_other() -> None:
    found = assessed([REPORT])
    leader, second = found.hypotheses[0].id, found.hypotheses[1].id
    assert runner_up(found, leader) == second
    assert runner_up(found, second) == leader
    assert runner_up(found, "nobody") == leader
