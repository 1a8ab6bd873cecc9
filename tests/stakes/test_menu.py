"""The menu: bars where the lines cross, a convex envelope, evidence never worth less than nothing."""

from __future__ import annotations

from itertools import pairwise
from math import log2

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from weigh.errors import UsageError
from weigh.stakes import menu, payoffs

Floats = NDArray[np.float64]

worth = st.floats(-100.0, 100.0).map(lambda value: round(value, 3))
menus = st.lists(st.tuples(worth, worth), min_size=2, max_size=7).map(np.array)
inner = st.floats(0.01, 0.99)


def test_the_evidence_bar() -> None:
    assert menu.evidence_bar(1.0, 3.0) == 0.75
    assert menu.evidence_bar(2.0, 2.0) == 0.5
    for gain, loss in ((0.0, 1.0), (1.0, -1.0)):
        with pytest.raises(UsageError, match="a gain and a loss"):
            menu.evidence_bar(gain, loss)


@given(st.floats(0.1, 50.0), st.floats(0.1, 50.0))
def test_the_bar_of_two_options_is_the_formula(gain: float, loss: float) -> None:
    span = menu.better_than(np.array([(0.0, 0.0), (gain, -loss)]), 1)
    assert span is not None
    assert span.high == 1.0
    assert span.low == pytest.approx(menu.evidence_bar(gain, loss))


@given(menus, inner)
def test_the_envelope_names_the_option_of_highest_value(table: Floats, guilty: float) -> None:
    spans = menu.envelope(table)
    assert spans[0][0].low == 0.0
    assert spans[-1][0].high == 1.0
    assert all(one.high == two.low for (one, _), (two, _) in pairwise(spans))
    option = next(option for span, option in spans if guilty <= span.high)
    values = menu.expected(table, guilty)
    assert values[option] == pytest.approx(values.max(), abs=1e-6)


@given(menus, inner)
def test_an_option_is_better_exactly_in_its_span(table: Floats, guilty: float) -> None:
    span = menu.better_than(table, 1)
    first, second = menu.expected(table, guilty)[:2]
    assume(abs(first - second) > 1e-6)
    inside = span is not None and span.low <= guilty <= span.high
    assert inside == (second > first)


@given(menus, inner, inner, inner)
def test_evidence_is_worth_between_nothing_and_certainty(
    table: Floats, guilty: float, hit: float, alarm: float
) -> None:
    known = menu.value_of_perfect_information(table, guilty)
    assert -1e-9 <= menu.value_of_evidence(table, guilty, hit, alarm) <= known + 1e-9
    assert menu.value_of_evidence(table, guilty, hit, hit) == pytest.approx(0.0, abs=1e-9)
    assert menu.value_of_evidence(table, guilty, 1.0, 0.0) == pytest.approx(known, abs=1e-9)


@given(menus, inner, st.floats(0.0, 8.0), st.floats(0.0, 8.0))
def test_more_bits_are_never_worth_less(table: Floats, guilty: float, one: float, two: float) -> None:
    fewer, more = sorted((one, two))
    assert menu.value_of_bits(table, guilty, fewer) <= menu.value_of_bits(table, guilty, more) + 1e-9


@given(menus, inner)
def test_the_bits_of_a_turn_lead_there(table: Floats, guilty: float) -> None:
    for turn in menu.turns(table, guilty):
        assume(0.0 < turn.probability < 1.0)
        moved = log2(guilty / (1.0 - guilty)) + turn.bits
        assert 1.0 / (1.0 + 2.0**-moved) == pytest.approx(turn.probability)


def test_from_certainty_no_evidence_leads_anywhere() -> None:
    table = np.array([(0.0, 0.0), (1.0, -1.0)])
    assert menu.turns(table, 0.0) == menu.turns(table, 1.0) == ()


def test_a_pose_is_a_share_of_innocence() -> None:
    assert menu.pose_share(0.03, 0.4) == pytest.approx(0.05)
    assert menu.pose_share(0.5, 0.9) == 1.0
    assert menu.pose_share(0.5, 1.0) == 0.0


def test_a_pose_moves_what_an_option_is_worth_against_the_innocent() -> None:
    sheet = payoffs.shipped()
    plain, posed = menu.lines(sheet, 0.0), menu.lines(sheet, 1.0)
    public = [option.id for option in sheet.option].index("public")
    assert (plain[public].tolist(), posed[public].tolist()) == ([5.0, -15.0], [5.0, -20.0])
    assert posed[0].tolist() == plain[0].tolist()


def test_by_the_default_an_answer_in_kind_is_worth_most_nowhere() -> None:
    sheet = payoffs.shipped()
    for pose in (0.0, 0.03, 1.0):
        best = {sheet.option[place].id for _, place in menu.envelope(menu.lines(sheet, pose))}
        assert "kind" not in best


def test_the_default_by_hand() -> None:
    table = menu.lines(payoffs.shipped(), 0.0)
    for option, bar in ((1, 1 / 7), (2, 0.5), (6, 5 / 6)):
        span = menu.better_than(table, option)
        assert span is not None
        assert (span.low, span.high) == pytest.approx((bar, 1.0))
