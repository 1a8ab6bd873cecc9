"""Intervals: they hold the point, stay in bounds, repeat, and are the plain bootstrap done faster."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from tests.inference.generators import QUICK, random_relations, weights, worlds
from weigh.inference import intervals
from weigh.inference.engine import prepare
from weigh.inference.features import Facts, facts
from weigh.inference.intervals import _drawn_mass, _drawn_ratios, interval
from weigh.inference.model import Weights
from weigh.inference.profiles import SHRINKAGE, profiles
from weigh.inference.weights import shipped
from weigh.knowledge.relations import Relations, relations_from

World = tuple[Relations, Facts]


@QUICK
@given(worlds(), weights)
def test_bounds_hold_the_probability_and_stay_within_zero_and_one(world: World, model: Weights) -> None:
    engine = prepare(world[0], model)
    point = engine.weigh(world[1]).scores.probabilities
    found = interval(world[1], engine.known, model, draws=30)
    assert np.all((found.low >= 0.0) & (found.low <= point))
    assert np.all((found.high <= 1.0) & (found.high >= point))


@QUICK
@given(worlds())
def test_the_same_case_has_the_same_interval(world: World) -> None:
    known = profiles(world[0])
    first, second = (interval(world[1], known, shipped(), draws=20) for _ in range(2))
    assert np.array_equal(first.low, second.low)
    assert np.array_equal(first.high, second.high)


def test_a_case_without_facts_has_no_spread() -> None:
    known = profiles(random_relations(1, actors=4, features=10, reports=12))
    found = interval(facts({}), known, shipped())
    assert np.array_equal(found.low, found.high)


@QUICK
@given(worlds())
def test_the_weights_of_one_actors_reports_sum_to_their_number(world: World) -> None:
    known = profiles(world[0])
    mass = _drawn_mass(known, 3, np.random.default_rng(1))
    for row, reports in enumerate(known.reports):
        assert mass[:, known.report_owner == row].sum(axis=1).tolist() == pytest.approx([reports] * 3)
    assert np.all(mass >= 0.0)


@QUICK
@given(worlds())
def test_drawn_rates_are_those_of_the_weighted_reports(world: World) -> None:
    known, case = profiles(world[0]), world[1]
    random = np.random.default_rng(2)
    counted = random.random((4, len(case.index)))
    mass = _drawn_mass(known, 4, random)
    found = _drawn_ratios(case, known, counted, mass)
    for draw in range(4):
        for row, reports in enumerate(known.reports):
            own = known.report_owner == row
            expected = 0.0
            for place, feature in enumerate(case.index):
                count = float(mass[draw, own] @ known.shows[own, feature])
                rate = (count + SHRINKAGE * known.base[feature]) / (reports + SHRINKAGE)
                expected += float(np.log(rate / known.base[feature])) * counted[draw, place]
            assert found[draw, row] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_equal_weights_and_certain_facts_draw_the_point_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    known = profiles(random_relations(2, actors=6, features=20, reports=40))
    exact = Weights(shipped().values, (0.0,) * len(shipped().values), "without errors")
    case = facts({1: 1.0, 4: 1.0, 17: 1.0}, 2024)
    one_each = lambda known, draws, random: np.ones((draws, len(known.report_owner)))  # noqa: E731
    monkeypatch.setattr(intervals, "_drawn_mass", one_each)
    found = interval(case, known, exact, draws=10)
    assert np.allclose(found.low, found.high, atol=1e-12)


def test_doubt_about_a_deciding_fact_widens_the_interval() -> None:
    rows = [(0, 0, 0), (0, 1, 0), (1, 2, 1), (1, 3, 1), (0, 4, 2), (1, 5, 2)]
    known = profiles(relations_from(rows, [2020] * 6, actors=2, features=3, software_from=0))
    widths = []
    for presence in (1.0, 0.6):
        found = interval(facts({0: presence, 2: 1.0}), known, shipped())
        widths.append(float(found.high[0] - found.low[0]))
    assert widths[1] > widths[0]
