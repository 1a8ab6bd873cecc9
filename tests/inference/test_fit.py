"""Fitting: known weights are found again, derivatives agree with differences, cases are what they say."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given

from tests.inference.generators import QUICK, random_relations, relations, triples
from weigh.errors import KnowledgeError
from weigh.inference.features import NAMES, case_features, facts
from weigh.inference.fit import (
    PENALTY,
    Case,
    Row,
    _hessian,
    _objective,
    _spread,
    _stack,
    cases,
    featurise,
    fit,
    lessons,
    rolling_rows,
)
from weigh.inference.model import raw_scores, softmax, values
from weigh.inference.profiles import Floats, profiles
from weigh.knowledge.relations import NO_REPORT, Relations, relations_from

TRUE = np.array([0.8, 2.0, 3.0, 1.2, 1.5, 0.5, 0.4, 1.0, 2.5, 2.0, -0.3, 0.3, 0.5, -0.6, 0.7])


def simulated(number: int) -> list[Row]:
    """Cases whose authors are drawn from the model itself, with the weights `TRUE`."""
    return list(_simulated()[:number])


@cache
def _simulated(number: int = 1200, seed: int = 3) -> tuple[Row, ...]:
    random = np.random.default_rng(seed)
    known = profiles(random_relations(seed, actors=20, features=60, reports=150))
    position = tuple(int(actor) for actor in known.candidates)
    rows = []
    for _ in range(number):
        seen = random.choice(60, size=int(random.integers(2, 14)), replace=False)
        case = facts(
            {int(f): float(random.uniform(0.3, 1.0)) for f in seen}, int(random.integers(2016, 2030))
        )
        candidate, unlisted = values(case_features(case, known))
        chances = softmax(raw_scores(candidate, unlisted, TRUE))
        truth = int(random.choice(len(chances), p=chances))
        rows.append(Row(Case(truth, 0, case.year, case), candidate, unlisted, truth, position))
    return tuple(rows)


def test_known_weights_are_found_again_within_their_errors() -> None:
    found = fit(simulated(1200), "simulated", penalty=1e-6)
    deviations = (np.array(found.values) - TRUE) / np.array(found.errors)
    assert np.abs(deviations).max() < 3.5
    assert 0.4 < float(np.sqrt((deviations**2).mean())) < 1.6


def test_covariances_are_those_of_the_errors_and_say_which_weights_stand_in_for_one_another() -> None:
    found = fit(simulated(300), "simulated")
    assert [len(row) for row in found.covariance] == list(range(1, len(NAMES) + 1))
    assert [row[-1] for row in found.covariance] == pytest.approx(np.square(found.errors).tolist())
    whole = np.zeros((len(NAMES), len(NAMES)))
    for place, row in enumerate(found.covariance):
        whole[place, : place + 1] = whole[: place + 1, place] = row
    assert np.linalg.eigvalsh(whole).min() > 0.0


def test_weights_fitted_again_and_again_scatter_as_their_covariance_says() -> None:
    rows = simulated(1200)
    found = fit(rows, "simulated")
    random = np.random.default_rng(8)
    again = [fit([rows[n] for n in random.integers(len(rows), size=1200)], "").values for _ in range(40)]
    scatter = np.cov(np.array(again).T)
    ends = ("presence", "habits", "recency", "unlisted: constant")
    for place in (NAMES.index(name) for name in ends):
        assert scatter[place, place] == pytest.approx(found.covariance[place][-1], rel=0.6)
    last = NAMES.index("unlisted: constant")
    strongest = int(np.argmax(np.abs(np.array(found.covariance[last][:last])) / found.errors[:last]))
    assert scatter[last, strongest] * found.covariance[last][strongest] > 0.0


def test_a_case_that_counts_twice_is_a_case_that_is_there_twice() -> None:
    rows = simulated(200)
    times = np.random.default_rng(9).integers(0, 3, size=len(rows))
    written = [row for row, often in zip(rows, times, strict=True) for _ in range(int(often))]
    # the spread of a feature, by which the ridge is scaled, is that of the rows as they are written
    counted, repeated = fit(rows, "", 1e-6, times.astype(np.float64)), fit(written, "", 1e-6)
    assert counted.values == pytest.approx(repeated.values, rel=1e-3, abs=1e-3)
    assert counted.errors == pytest.approx(repeated.errors, rel=1e-3)


def test_more_cases_make_smaller_errors_by_the_root_of_their_number() -> None:
    few, many = fit(simulated(300), "few", penalty=1e-6), fit(simulated(1200), "many", penalty=1e-6)
    ratio = np.array(few.errors) / np.array(many.errors)
    assert 1.5 < float(np.median(ratio)) < 2.7


def test_a_penalty_draws_weights_towards_nothing() -> None:
    rows = simulated(100)
    sizes = [float(np.abs(fit(rows, "", penalty=penalty).values).sum()) for penalty in (0.1, 10.0, 1000.0)]
    assert sizes[0] > sizes[1] > sizes[2]


def test_the_constant_of_unlisted_is_not_drawn_along() -> None:
    """However strong the penalty, the share of new actors is what it is among the cases."""
    rows = simulated(400)
    found = fit(rows, "", penalty=1e6)
    new = np.mean([row.truth == len(row.candidates) for row in rows])
    chances = [softmax(raw_scores(row.candidate, row.unlisted, found.values))[-1] for row in rows]
    assert np.mean(chances) == pytest.approx(new, abs=0.01)
    assert np.abs(found.values[:-1]).max() < 0.01


def test_the_unit_of_a_feature_does_not_matter() -> None:
    rows = simulated(200)
    scaled = [
        Row(
            row.case,
            row.candidate * np.array([1, 1, 1000.0, 1, 1, 1, 1, 1]),
            row.unlisted,
            row.truth,
            row.candidates,
        )
        for row in rows
    ]
    first, second = fit(rows, ""), fit(scaled, "")
    assert second.values[2] * 1000 == pytest.approx(first.values[2], rel=1e-4)
    assert second.values[0] == pytest.approx(first.values[0], rel=1e-4)


@pytest.mark.parametrize("point", [np.zeros(len(NAMES)), TRUE, -TRUE], ids=["zero", "true", "against"])
def test_the_gradient_is_that_of_the_objective(point: Floats) -> None:
    stack = _stack(simulated(40))
    objective = _objective(stack, PENALTY)
    step = 1e-5
    for k in range(len(NAMES)):
        move = np.zeros(len(NAMES))
        move[k] = step
        slope = (objective(point + move)[0] - objective(point - move)[0]) / (2 * step)
        assert objective(point)[1][k] == pytest.approx(slope, rel=1e-4, abs=1e-3)


@pytest.mark.parametrize("point", [np.zeros(len(NAMES)), TRUE], ids=["zero", "true"])
def test_the_hessian_is_that_of_the_gradient(point: Floats) -> None:
    stack = _stack(simulated(40))
    objective, step = _objective(stack, PENALTY), 1e-5
    exact = _hessian(stack, point, PENALTY)
    assert np.allclose(exact, exact.T, atol=1e-9)
    assert np.linalg.eigvalsh(exact).min() > 0
    for k in range(len(NAMES)):
        move = np.zeros(len(NAMES))
        move[k] = step
        slope = (objective(point + move)[1] - objective(point - move)[1]) / (2 * step)
        assert exact[k] == pytest.approx(slope, rel=1e-4, abs=1e-3)


def test_the_fitted_weights_are_where_the_gradient_vanishes() -> None:
    rows = simulated(150)
    stack = _stack(rows)
    spread = _spread(stack)
    objective = _objective(replace(stack, design=stack.design / spread), PENALTY)
    assert np.abs(objective(np.array(fit(rows, "").values) * spread)[1]).max() < 1e-4


def test_rows_with_fewer_candidates_are_padded_without_effect() -> None:
    rows = simulated(3)
    short = Row(rows[0].case, rows[0].candidate[:2], rows[0].unlisted, 1, rows[0].candidates[:2])
    stack = _stack([*rows, short])
    found = stack.probabilities(TRUE)
    expected = softmax(raw_scores(short.candidate, short.unlisted, TRUE))
    assert found[3, [0, 1, -1]].tolist() == pytest.approx(expected.tolist())
    assert found[3, 2:-1].sum() == 0.0
    assert found.sum(axis=1).tolist() == pytest.approx([1.0] * 4)


def test_a_truth_that_is_no_candidate_is_unlisted() -> None:
    row = simulated(1)[0]
    count = len(row.candidates)
    stack = _stack([Row(row.case, row.candidate, row.unlisted, count, row.candidates)])
    assert stack.truth.tolist() == [count]


def test_nothing_to_learn_from_is_a_clear_error() -> None:
    with pytest.raises(KnowledgeError, match="no dated reports"):
        fit([], "")


@QUICK
@given(relations())
def test_cases_are_the_dated_reports_on_one_actor_with_enough_facts(known: Relations) -> None:
    rows = triples(known)
    found = cases(known, least=2)
    for item in found:
        assert {actor for actor, report, _ in rows if report == item.report} == {item.actor}
        assert set(item.facts.index.tolist()) == {
            f for a, r, f in rows if (a, r) == (item.actor, item.report)
        }
        assert item.facts.presence.tolist() == [1.0] * len(item.facts.index)
        assert item.year == item.facts.year == known.years[item.report]
        assert len(item.facts.index) >= 2
    pairs = {(actor, report) for actor, report, _ in rows if report != NO_REPORT}
    dated = [pair for pair in pairs if known.years[pair[1]] > 0]
    alone = [pair for pair in dated if sum(other[1] == pair[1] for other in pairs) == 1]
    enough = [pair for pair in alone if sum((a, r) == pair for a, r, _ in rows) >= 2]
    assert sorted((item.actor, item.report) for item in found) == sorted(enough)


@QUICK
@given(relations())
def test_lessons_leave_no_case_out_for_being_thin(known: Relations) -> None:
    found = {(item.actor, item.report): len(item.facts.index) for item in lessons(known)}
    assert {(item.actor, item.report) for item in cases(known, least=4)} == {
        pair for pair, facts in found.items() if facts >= 4
    }
    assert all(facts >= 1 for facts in found.values())


def _growing() -> Relations:
    rows = [
        (actor, report, f)
        for report in range(24)
        for actor in (report % 5,)
        for f in (report % 7, 7 + report % 4)
    ]
    return relations_from(
        rows, [2000 + report for report in range(24)], actors=6, features=12, software_from=9
    )


def test_rolling_rows_know_only_what_was_before_and_wait_until_enough_is_known() -> None:
    known = _growing()
    found = rolling_rows(known, cases(known, least=2), least_known=20)
    assert sorted(found) == [2020, 2021, 2022, 2023]
    for year, rows in found.items():
        earlier = {actor for actor, report, _ in triples(known) if known.years[report] < year}
        assert all(set(row.candidates) == earlier for row in rows)
        assert all(row.case.year == year for row in rows)


def test_a_new_actor_is_labelled_unlisted() -> None:
    known = _growing()
    (item,) = [case for case in cases(known, least=2) if case.year == 2023]
    without = profiles(known.keep(known.actor != item.actor))
    (row,) = featurise([item], without)
    assert row.truth == len(row.candidates) == len(without.candidates)
