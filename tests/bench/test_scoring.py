"""Scores of forecasts: ties in expectation, oracles by brute force, intervals over actors."""

from __future__ import annotations

from itertools import pairwise, permutations
from math import isnan, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weigh.bench import scoring
from weigh.bench.scoring import Forecast, Murphy

QUICK = settings(max_examples=40, deadline=None)
levels = st.sampled_from((0.0, 0.1, 0.2, 0.3))


@st.composite
def forecasts(draw: st.DrawFn) -> Forecast:
    """Probabilities of a few candidates with ties among them, and a truth that may be unlisted."""
    parts = [draw(levels) + 0.01 for _ in range(draw(st.integers(1, 4)))]
    unlisted = draw(levels)
    total = sum(parts) + unlisted
    truth = draw(st.integers(-1, len(parts) - 1))
    return Forecast(draw(st.integers(0, 3)), truth, np.array(parts) / total, unlisted / total, 2020)


def orders(forecast: Forecast) -> list[int]:
    """The rank of the truth (0 first) in every order of the candidates that their scores allow."""
    allowed = [
        order
        for order in permutations(range(len(forecast.candidates)))
        if all(forecast.candidates[a] >= forecast.candidates[b] for a, b in pairwise(order))
    ]
    return [order.index(forecast.truth) for order in allowed]


@QUICK
@given(forecasts(), st.integers(1, 5))
def test_ties_are_scored_as_the_mean_over_all_their_orders(forecast: Forecast, k: int) -> None:
    if not forecast.listed:
        assert scoring.top_k(forecast, k) == scoring.reciprocal_rank(forecast) == 0.0
        return
    ranks = orders(forecast)
    assert scoring.top_k(forecast, k) == pytest.approx(np.mean([rank < k for rank in ranks]))
    assert scoring.reciprocal_rank(forecast) == pytest.approx(np.mean([1 / (rank + 1) for rank in ranks]))


@pytest.mark.parametrize(
    ("candidates", "truth", "k", "expected"),
    [
        ([0.5, 0.3, 0.2], 0, 1, 1.0),
        ([0.5, 0.3, 0.2], 1, 1, 0.0),
        ([0.4, 0.4, 0.2], 0, 1, 0.5),
        ([0.4, 0.4, 0.2], 2, 2, 0.0),
        ([0.25] * 4, 3, 3, 0.75),
        ([0.1, 0.3, 0.3, 0.3], 1, 2, 2 / 3),
        ([0.1, 0.3, 0.3, 0.3], 0, 9, 1.0),
    ],
)
def test_top_k_by_hand(candidates: list[float], truth: int, k: int, expected: float) -> None:
    assert scoring.top_k(Forecast(0, truth, np.array(candidates)), k) == pytest.approx(expected)


@QUICK
@given(forecasts())
def test_log_loss_and_brier_are_of_the_stated_probability_of_what_is_true(forecast: Forecast) -> None:
    stated = [*forecast.candidates, forecast.unlisted]
    true = stated[forecast.truth]
    assert scoring.log_loss(forecast) == pytest.approx(-log(true) if true > 0 else -log(1e-300))
    others = sum(p * p for p in stated) - true * true
    assert scoring.brier(forecast) == pytest.approx((1 - true) ** 2 + others)
    assert 0.0 <= scoring.brier(forecast) <= 2.0


@QUICK
@given(forecasts())
def test_the_decision_is_the_most_probable_hypothesis_unlisted_included(forecast: Forecast) -> None:
    confidence, right = scoring.decision(forecast)
    stated = [*forecast.candidates, forecast.unlisted]
    assert confidence == max(stated)
    assert right == (stated.index(max(stated)) == (forecast.truth if forecast.listed else len(stated) - 1))


@pytest.mark.parametrize(("listed", "right"), [(True, False), (False, True)])
def test_saying_unlisted_is_right_only_of_an_unlisted_actor(listed: bool, right: bool) -> None:
    forecast = Forecast(0, 0 if listed else -1, np.array([0.3]), 0.7)
    assert scoring.decision(forecast) == (0.7, right)


@QUICK
@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=12))
def test_the_area_under_the_curve_is_the_share_of_pairs_in_order(rows: list[tuple[int, bool]]) -> None:
    score = np.array([float(value) for value, _ in rows])
    positive = np.array([flag for _, flag in rows], dtype=bool)
    pairs = [(a > b) + 0.5 * (a == b) for a in score[positive] for b in score[~positive]]
    found = scoring.area_under_roc(score, positive)
    assert isnan(found) if len(pairs) == 0 else found == pytest.approx(np.mean(pairs))


def test_the_calibration_error_by_hand() -> None:
    confidence = np.array([0.1, 0.1, 0.9, 0.9])
    right = np.array([0.0, 1.0, 1.0, 1.0])
    assert scoring.calibration_error(confidence, right, bins=2) == pytest.approx((2 * 0.4 + 2 * 0.1) / 4)
    assert scoring.calibration_error(np.array([]), np.array([])) == 0.0


@QUICK
@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.integers(1, 12), st.data())
def test_the_calibration_error_is_between_the_overall_gap_and_one(
    stated: list[float], bins: int, data: st.DataObject
) -> None:
    right = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(stated), max_size=len(stated))), dtype=float
    )
    error = scoring.calibration_error(np.array(stated), right, bins)
    assert abs(float(np.mean(stated) - right.mean())) - 1e-9 <= error <= 1.0 + 1e-9


def test_a_perfect_forecaster_stays_below_the_ceiling_nineteen_times_in_twenty() -> None:
    random = np.random.default_rng(4)
    confidence = random.uniform(0.1, 0.9, 200)
    ceiling = scoring.calibration_ceiling(confidence, draws=400)
    below = [
        scoring.calibration_error(confidence, (random.random(200) < confidence).astype(float)) <= ceiling
        for _ in range(200)
    ]
    assert 0.90 <= np.mean(below) <= 0.99


def test_an_overconfident_forecaster_is_above_the_ceiling() -> None:
    confidence = np.full(200, 0.9)
    right = (np.arange(200) % 2).astype(float)
    assert scoring.calibration_error(confidence, right) > scoring.calibration_ceiling(confidence, draws=200)


def test_the_ceiling_is_the_same_in_every_run() -> None:
    confidence = np.linspace(0.1, 0.9, 50)
    assert scoring.calibration_ceiling(confidence, draws=50) == scoring.calibration_ceiling(
        confidence, draws=50
    )


def _hits(cluster: int, hits: list[int]) -> list[Forecast]:
    return [Forecast(cluster, 0, np.array([float(hit), 0.5])) for hit in hits]


def test_the_interval_resamples_actors_with_all_their_cases() -> None:
    statistic = scoring.mean_of(lambda item: scoring.top_k(item, 1))
    many = [case for cluster in range(20) for case in _hits(cluster, [cluster % 2])]
    clustered = [case for cluster in range(4) for case in _hits(cluster, [cluster % 2] * 5)]
    assert statistic(many) == statistic(clustered) == 0.5
    low, high = scoring.interval(many, statistic)
    wide_low, wide_high = scoring.interval(clustered, statistic)
    assert 0.0 < low < 0.5 < high < 1.0
    assert (wide_low, wide_high) == (0.0, 1.0)


def test_the_interval_of_one_actor_is_its_own_value() -> None:
    statistic = scoring.mean_of(lambda item: scoring.top_k(item, 1))
    assert scoring.interval(_hits(7, [1, 0, 0, 1]), statistic) == (0.5, 0.5)


@settings(max_examples=10, deadline=None)
@given(st.lists(forecasts(), min_size=1, max_size=8))
def test_the_interval_repeats_and_does_not_depend_on_the_order(items: list[Forecast]) -> None:
    statistic = scoring.mean_of(scoring.brier)
    first = scoring.interval(items, statistic, draws=40)
    assert first == scoring.interval(items, statistic, draws=40)
    assert scoring.interval(items[::-1], statistic, draws=40) == pytest.approx(first, rel=1e-9)
    assert first[0] <= first[1]


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0.0, 1.0)), min_size=1, max_size=12))
@settings(max_examples=25)
def test_the_interval_of_a_mean_is_that_of_any_statistic(cases: list[tuple[int, float]]) -> None:
    items = [Forecast(cluster, 0, np.array([value]), 1.0 - value) for cluster, value in cases]
    values = np.array([value for _, value in cases])
    slow = scoring.interval(items, scoring.mean_of(lambda item: float(item.candidates[0])), 50, 3)
    fast = scoring.mean_interval(values, np.array([cluster for cluster, _ in cases]), None, 50, 3)
    assert fast == pytest.approx(slow)


@given(st.lists(st.floats(-9.0, 9.0), min_size=1, max_size=30), st.integers(0, 99))
@settings(max_examples=25)
def test_resampling_is_the_bootstrap_written_out(values: list[float], seed: int) -> None:
    held, random = np.array(values), np.random.default_rng(seed)
    means = [held[random.integers(0, len(held), len(held))].mean() for _ in range(40)]
    found = scoring.resampled(len(held), lambda units: float(held[units].mean()), 40, seed)
    assert found == pytest.approx(tuple(np.quantile(means, [0.025, 0.975])))


def test_draws_without_the_statistic_are_left_out_and_nothing_has_no_interval() -> None:
    low, high = scoring.resampled(2, lambda units: float("nan") if units[0] == units[1] else 5.0)
    assert (low, high) == (5.0, 5.0)
    assert all(isnan(end) for end in scoring.resampled(0, lambda units: 1.0))
    assert all(isnan(end) for end in scoring.resampled(3, lambda units: float("nan")))


def test_means_over_the_listed_leave_the_others_out() -> None:
    items = [*_hits(0, [1, 0]), Forecast(1, -1, np.array([0.5]), 0.5)]
    score = scoring.mean_of_listed(lambda item: scoring.top_k(item, 1))
    assert score(items) == 0.5
    assert isnan(score(items[2:]))
    assert isnan(scoring.mean_of(scoring.brier)([]))


def test_the_probability_of_unlisted_tells_new_actors_from_known_ones() -> None:
    items = [Forecast(0, 0, np.array([0.9]), 0.1), Forecast(1, -1, np.array([0.4]), 0.6)]
    assert scoring.unlisted_auroc(items) == 1.0
    assert scoring.top_label_error(items) == pytest.approx((0.1 + 0.4) / 2)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_murphys_parts_make_the_brier_score_of_binned_odds(cases: list[tuple[float, bool]]) -> None:
    confidence = np.array([odds for odds, _ in cases])
    right = np.array([float(came) for _, came in cases])
    parts = scoring.murphy(confidence, right, bins=5)
    binned = np.empty(len(cases))
    for part in np.array_split(np.argsort(confidence, kind="stable"), 5):
        if len(part) > 0:
            binned[part] = confidence[part].mean()
    brier = float(((binned - right) ** 2).mean())
    whole = parts.reliability - parts.resolution + parts.uncertainty
    within = sum(
        float(((right[part] - right[part].mean()) ** 2).sum())
        for part in np.array_split(np.argsort(confidence, kind="stable"), 5)
        if len(part) > 0
    ) / len(cases)
    assert brier == pytest.approx(parts.reliability + within)
    assert whole == pytest.approx(brier)
    assert whole + parts.within == pytest.approx(float(((confidence - right) ** 2).mean()))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_the_parts_of_the_brier_score_are_the_score(cases: list[tuple[float, bool]]) -> None:
    items = [
        Forecast(number, int(not came), np.array([odds, 0.0]), 0.0)
        for number, (odds, came) in enumerate(cases)
    ]
    part = {name: scoring.part_of_brier(name)(items) for name in Murphy.__dataclass_fields__}
    whole = part["reliability"] - part["resolution"] + part["uncertainty"] + part["within"]
    assert whole == pytest.approx(scoring.brier_of_decisions(items))


def test_odds_that_vary_in_a_bin_without_reason_cost_and_those_with_one_pay() -> None:
    odds, right = np.array([0.2, 0.4]), np.array([0.0, 1.0])
    assert scoring.murphy(odds, right, bins=1).within < 0 < scoring.murphy(odds, 1 - right, bins=1).within
    assert isnan(scoring.brier_of_decisions([]))


def test_the_surest_cases_come_first_on_the_risk_coverage_curve() -> None:
    coverage, risk = scoring.risk_coverage(np.array([0.2, 0.9, 0.6, 0.8]), np.array([0.0, 1.0, 0.0, 1.0]))
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk.tolist() == pytest.approx([0.0, 0.0, 1 / 3, 0.5])


def test_better_ordered_decisions_have_less_risk() -> None:
    sure = [Forecast(0, 0, np.array([0.9, 0.05]), 0.05), Forecast(1, 1, np.array([0.5, 0.4]), 0.1)]
    unsure = [Forecast(0, 0, np.array([0.5, 0.4]), 0.1), Forecast(1, 1, np.array([0.9, 0.05]), 0.05)]
    assert scoring.mean_risk(sure) < scoring.mean_risk(unsure)
    assert scoring.surest_half_right(sure) == 1.0 > scoring.surest_half_right(unsure)
    assert scoring.part_of_brier("uncertainty")(sure) == pytest.approx(0.25)
