"""Prediction sets: nested, full where too little is known, and right as often as they promise."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK, random_relations, rebuilt, triples, weights, with_actors, worlds
from weigh.errors import UsageError
from weigh.inference.engine import prepare
from weigh.inference.features import Facts
from weigh.inference.fit import cases, fit, rolling_rows
from weigh.inference.model import Weights, softmax
from weigh.inference.prediction_set import LEAST_EARLIER, bound, misfit, prediction_set, rolled_misfits
from weigh.inference.weights import read, shipped, write
from weigh.knowledge.relations import Relations

World = tuple[Relations, Facts]
misfits = st.lists(st.floats(0, 1), max_size=60)
levels = st.floats(0.01, 1.0)
odds = st.lists(st.floats(-8, 8), min_size=1, max_size=12).map(lambda values: softmax(np.array(values)))


@pytest.mark.parametrize(
    ("count", "level", "full"), [(8, 0.9, True), (9, 0.9, False), (18, 0.95, True), (19, 0.95, False)]
)
def test_too_few_earlier_cases_give_the_full_set(count: int, level: float, full: bool) -> None:
    probabilities = np.array([0.7, 0.2, 0.06, 0.04])
    found = prediction_set(probabilities, [0.1] * count, level)
    assert found.all() == full
    assert not full or bound([0.1] * count, level) == np.inf


def test_without_any_calibration_nothing_is_ruled_out() -> None:
    assert prediction_set(np.array([0.999, 0.001]), ()).tolist() == [True, True]


def test_the_bound_is_the_misfit_at_the_corrected_rank() -> None:
    earlier = [number / 100 for number in range(99, 0, -1)]
    assert bound(earlier, 0.9) == 0.90
    assert bound(earlier, 0.95) == 0.95
    assert bound(earlier, 0.5) == 0.50
    assert prediction_set(np.array([0.5, 0.3, 0.11, 0.09]), earlier).tolist() == [True, True, True, False]


@pytest.mark.parametrize("level", [0.0, -0.1, 1.01, float("nan")])
def test_a_level_that_is_none_is_refused(level: float) -> None:
    with pytest.raises(UsageError, match="no level"):
        bound([0.5], level)


@QUICK
@given(odds, misfits, levels, levels)
def test_sets_are_nested_by_level_and_hold_the_leader(
    probabilities: np.ndarray[tuple[int], np.dtype[np.float64]], earlier: list[float], one: float, two: float
) -> None:
    narrow = prediction_set(probabilities, earlier, min(one, two))
    wide = prediction_set(probabilities, earlier, max(one, two))
    assert np.all(wide | ~narrow)
    assert narrow[int(probabilities.argmax())]


@QUICK
@given(odds, misfits, st.randoms(use_true_random=False))
def test_the_order_of_cases_and_of_hypotheses_changes_nothing(
    probabilities: np.ndarray[tuple[int], np.dtype[np.float64]], earlier: list[float], random: object
) -> None:
    shuffled, order = list(earlier), list(range(len(probabilities)))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(order)  # type: ignore[attr-defined]
    expected = prediction_set(probabilities, earlier)
    assert prediction_set(probabilities[order], shuffled).tolist() == expected[order].tolist()


@QUICK
@given(worlds(least_actors=2), weights, misfits, st.randoms(use_true_random=False))
def test_renamed_actors_change_places_in_the_set(
    world: World, model: Weights, earlier: list[float], random: object
) -> None:
    known, case = world
    order = list(range(known.actors))
    random.shuffle(order)  # type: ignore[attr-defined]
    sets = []
    for relations in (known, with_actors(known, order)):
        engine = prepare(relations, model)
        probabilities = np.round(engine.weigh(case).scores.probabilities, 9)
        inside = prediction_set(probabilities, earlier)
        sets.append(({int(a) for a in engine.known.candidates[inside[:-1]]}, bool(inside[-1])))
    assert sets[1] == ({order[actor] for actor in sets[0][0]}, sets[0][1])


@QUICK
@given(worlds(), weights, misfits)
def test_rows_told_twice_change_nothing(world: World, model: Weights, earlier: list[float]) -> None:
    known, case = world
    doubled = rebuilt(known, [*triples(known), *triples(known)][::-1])
    sets = [
        prediction_set(prepare(relations, model).weigh(case).scores.probabilities, earlier).tolist()
        for relations in (known, doubled)
    ]
    assert sets[0] == sets[1]


def test_exchangeable_cases_are_covered_as_often_as_promised() -> None:
    random = np.random.default_rng(5)
    covered = []
    for _ in range(400):
        probabilities = softmax(random.normal(0, 2, (60, 8)))
        truth = np.array([random.choice(8, p=row) for row in probabilities])
        scores = misfit(probabilities)[np.arange(60), truth]
        covered.append(prediction_set(probabilities[-1], scores[:-1].tolist())[truth[-1]])
    assert 0.87 <= np.mean(covered) <= 0.95


def test_misfits_are_those_of_weights_that_knew_earlier_years_only() -> None:
    relations = random_relations(3, actors=12, features=40, reports=220)
    rows = rolling_rows(relations, cases(relations))
    found = rolled_misfits(rows)
    by_year = sorted(rows)
    counts = np.cumsum([len(rows[year]) for year in by_year])
    asked = [year for year, before in zip(by_year[1:], counts, strict=False) if before >= LEAST_EARLIER]
    assert len(found) == sum(len(rows[year]) for year in asked) > 0
    assert list(found) == sorted(found)
    last = by_year[-1]
    learned = fit([row for year in by_year[:-1] for row in rows[year]], "")
    row = rows[last][0]
    engine = prepare(relations.known_before(last), learned)
    exact = float(misfit(engine.weigh(row.case.facts).scores.probabilities)[row.truth])
    assert min(abs(value - exact) for value in found) <= 1.01e-6
    assert min(value - exact for value in found if value >= exact - 1e-9) <= 1.01e-6


def test_too_few_cases_calibrate_nothing() -> None:
    relations = random_relations(4, actors=6, features=20, reports=40)
    assert rolled_misfits(rolling_rows(relations, cases(relations))) == ()


def test_the_shipped_table_is_calibrated_and_says_on_what() -> None:
    found = shipped()
    assert len(found.calibration) > 400
    assert list(found.calibration) == sorted(found.calibration)
    assert "earlier years only" in found.calibration_provenance
    assert 0.0 < bound(found.calibration, 0.9) < 1.0


@QUICK
@given(misfits.map(tuple), st.text())
def test_calibration_is_read_back_exactly(scores: tuple[float, ...], provenance: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights.json"
        table = replace(shipped(), calibration=scores, calibration_provenance=provenance)
        write(path, table)
        assert read(path) == table
