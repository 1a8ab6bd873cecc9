"""Intervals: they hold the point, repeat, hang on no place or name, and all that is uncertain moves them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK, random_relations, weights, with_actors, worlds
from weigh.inference import resampling
from weigh.inference.engine import prepare
from weigh.inference.features import NAMES, Facts, case_features, facts
from weigh.inference.intervals import Interval, drawn_values, drawn_weights, interval
from weigh.inference.model import Weights
from weigh.inference.profiles import profiles
from weigh.inference.resampling import resampled
from weigh.inference.weights import shipped
from weigh.knowledge.relations import Abilities, Relations, relations_from

World = tuple[Relations, Facts]
CERTAIN = Weights(shipped().values, (0.0,) * len(NAMES), "without errors")


def width(found: Interval) -> float:
    """The mean width over all hypotheses."""
    return float((found.high - found.low).mean())


def weighed_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every report counts once in every draw."""
    monkeypatch.setattr(resampling, "report_mass", lambda keys, draws: np.ones((len(keys), draws)))
    resampled.cache_clear()


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
    first, second = (interval(world[1], profiles(world[0]), shipped(), draws=20) for _ in range(2))
    assert np.array_equal(first.low, second.low)
    assert np.array_equal(first.high, second.high)


@QUICK
@given(worlds(least_actors=2), st.data())
def test_renaming_two_actors_swaps_their_intervals_and_changes_nothing_else(
    world: World, data: st.DataObject
) -> None:
    order = list(range(world[0].actors))
    one, other = data.draw(st.lists(st.sampled_from(order), min_size=2, max_size=2, unique=True))
    order[one], order[other] = order[other], order[one]
    bounds = []
    for relations, names in ((world[0], order), (with_actors(world[0], order), range(world[0].actors))):
        known = profiles(relations)
        found = interval(world[1], known, shipped(), draws=25)
        who = [*(names[actor] for actor in known.candidates.tolist()), -1]
        bounds.append(dict(zip(who, zip(found.low, found.high, strict=True), strict=True)))
    assert bounds[0].keys() == bounds[1].keys()
    for actor, pair in bounds[0].items():
        assert pair == pytest.approx(bounds[1][actor], abs=1e-9)


@QUICK
@given(worlds(least_facts=2))
def test_the_order_of_observations_changes_nothing(world: World) -> None:
    pairs = list(zip(world[1].index.tolist(), world[1].presence.tolist(), strict=True))
    known = profiles(world[0])
    first, second = (
        interval(facts(dict(order), world[1].year), known, shipped(), draws=20)
        for order in (pairs, pairs[::-1])
    )
    assert np.array_equal(first.low, second.low)
    assert np.array_equal(first.high, second.high)


@QUICK
@given(worlds())
def test_a_fact_that_is_almost_surely_not_there_changes_next_to_nothing(world: World) -> None:
    known = profiles(world[0])
    shown = dict(zip(world[1].index.tolist(), world[1].presence.tolist(), strict=True))
    absent = next((f for f in range(world[0].features) if f not in shown), None)
    if absent is not None:
        before = interval(facts(shown, world[1].year), known, shipped(), draws=20)
        after = interval(facts(shown | {absent: 1e-12}, world[1].year), known, shipped(), draws=20)
        assert np.allclose(before.low, after.low, atol=1e-8)
        assert np.allclose(before.high, after.high, atol=1e-8)


def test_a_case_without_facts_is_as_unsure_as_the_weights_and_the_number_of_reports() -> None:
    known = profiles(random_relations(1, actors=4, features=10, reports=12))
    assert width(interval(facts({}), known, shipped())) > 0.02
    assert width(interval(facts({}), known, CERTAIN)) > 0.001


def test_equal_reports_certain_weights_and_facts_draw_the_point_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = profiles(random_relations(2, actors=6, features=20, reports=40))
    weighed_alike(monkeypatch)
    found = interval(facts({1: 1.0, 4: 1.0, 17: 1.0}, 2024), known, CERTAIN, draws=10)
    assert np.allclose(found.low, found.high, atol=1e-9)


@QUICK
@given(worlds())
def test_equal_reports_give_the_features_of_the_case(world: World) -> None:
    known = profiles(world[0])
    sure = facts(dict.fromkeys(world[1].index.tolist(), 1.0), world[1].year)
    with pytest.MonkeyPatch.context() as patch:
        weighed_alike(patch)
        candidate, unlisted = drawn_values(sure, known, resampled(known, 2), np.ones((len(sure.index), 2)))
    resampled.cache_clear()
    expected = case_features(sure, known)
    assert np.allclose(candidate[:, :, 0].T, expected.candidate_values, atol=1e-7)
    assert np.allclose(unlisted[:, 1], expected.unlisted_values, atol=1e-7)


def test_doubt_about_a_deciding_fact_widens_the_interval() -> None:
    rows = [(0, 0, 0), (0, 1, 0), (1, 2, 1), (1, 3, 1), (0, 4, 2), (1, 5, 2)]
    known = profiles(relations_from(rows, [2020] * 6, actors=2, features=3, software_from=0))
    sure, doubted = (interval(facts({0: q, 2: 1.0}), known, shipped()) for q in (1.0, 0.6))
    assert doubted.high[0] - doubted.low[0] > sure.high[0] - sure.low[0]


def test_every_weight_that_is_unsure_widens_the_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    tools = Abilities(*(np.array(column, dtype=np.int32) for column in ([18, 16], [0, 1], [2, 5])))
    known = profiles(replace(random_relations(5, actors=6, features=20, reports=40), abilities=tools))
    weighed_alike(monkeypatch)
    case = facts({2: 1.0, 5: 1.0, 16: 1.0, 18: 1.0}, 2024)
    for place in range(len(NAMES)):
        errors = tuple(1.0 if place == own else 0.0 for own in range(len(NAMES)))
        assert width(interval(case, known, replace(CERTAIN, errors=errors), draws=40)) > 1e-4
    resampled.cache_clear()


def test_reports_alone_widen_the_interval_and_more_of_them_less() -> None:
    widths = []
    for copies in (1, 8):
        rows = [
            (actor, actor * 100 + number * 4 + kind, feature)
            for actor in (0, 1)
            for number in range(copies)
            for kind, feature in enumerate((actor, 2, 2, 3))
        ]
        known = profiles(relations_from(rows, [2020] * 200, actors=2, features=4, software_from=4))
        widths.append(width(interval(facts({0: 1.0, 2: 1.0}), known, CERTAIN)))
    assert widths[0] > widths[1] > 0.0


def test_drawn_weights_have_the_mean_and_the_covariance_they_were_fitted_with() -> None:
    model = shipped()
    found = drawn_weights(model, 40_000)
    errors = np.array(model.errors)
    assert np.allclose(found.mean(axis=1), model.values, atol=0.03 * errors.max())
    assert found.std(axis=1) == pytest.approx(errors, rel=0.03)
    drawn = np.asarray(np.corrcoef(found)).reshape(len(NAMES), -1)
    for place, row in enumerate(model.covariance):
        expected = np.array(row) / (errors[place] * errors[: place + 1])
        assert np.allclose(drawn[place, : place + 1], expected, atol=0.03)


def test_weights_without_covariance_are_drawn_one_by_one() -> None:
    alone = replace(shipped(), covariance=())
    between = np.corrcoef(drawn_weights(alone, 20_000))
    assert np.abs(between - np.eye(len(NAMES))).max() < 0.04


def test_a_prior_that_a_person_set_moves_the_bounds_with_the_point() -> None:
    engine = prepare(random_relations(6, actors=4, features=12, reports=20), shipped())
    case = facts({1: 1.0, 3: 0.9}, 2024)
    shift = np.array([40.0, 0.0, 0.0, 0.0, 0.0])
    found = interval(case, engine.known, shipped(), shift=shift)
    assert found.low[0] > 0.999
    assert found.high[1:].max() < 0.001


def test_knowledge_without_actors_leaves_unlisted_alone() -> None:
    known = profiles(relations_from([], [], actors=0, features=2, software_from=1))
    found = interval(facts({0: 1.0}), known, shipped(), draws=5)
    assert found.low.tolist() == found.high.tolist() == [1.0]
