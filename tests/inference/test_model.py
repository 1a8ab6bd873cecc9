"""What the probabilities and the bits must obey, whatever the knowledge, the case and the weights."""

from __future__ import annotations

from dataclasses import replace
from math import fsum, log2

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.inference import slow
from tests.inference.generators import (
    QUICK,
    rebuilt,
    relations,
    triples,
    weights,
    with_actors,
    with_presence,
    worlds,
)
from weigh.inference.engine import prepare
from weigh.inference.features import SHARED, Facts, case_features, facts
from weigh.inference.model import Scores, Weights, raw_scores, softmax, values
from weigh.inference.profiles import profiles
from weigh.inference.weights import shipped
from weigh.knowledge.relations import Relations, relations_from

World = tuple[Relations, Facts]


def by_actor(known: Relations, case: Facts, model: Weights) -> dict[int, float]:
    """Probability by actor index, `unlisted` as -1."""
    engine = prepare(known, model)
    found = engine.weigh(case).scores.probabilities
    return {
        **dict(zip(engine.known.candidates.tolist(), found[:-1].tolist(), strict=True)),
        -1: float(found[-1]),
    }


def close(first: dict[int, float], second: dict[int, float]) -> bool:
    """Equal keys, and probabilities equal to 1e-12."""
    return first.keys() == second.keys() and all(abs(first[key] - second[key]) <= 1e-12 for key in first)


@QUICK
@given(worlds(), weights)
def test_probabilities_sum_to_one_and_agree_with_the_plain_model(world: World, model: Weights) -> None:
    found = prepare(world[0], model).weigh(world[1]).scores.probabilities
    assert abs(fsum(found) - 1.0) <= 1e-12
    assert np.all((found >= 0.0) & (found <= 1.0))
    assert found.tolist() == pytest.approx(slow.probabilities(*world, model), rel=1e-6, abs=1e-9)


@QUICK
@given(worlds(), weights)
def test_prior_absence_and_weights_sum_to_the_score_that_the_features_give(
    world: World, model: Weights
) -> None:
    engine = prepare(world[0], model)
    scores = engine.weigh(world[1]).scores
    total = scores.prior + scores.absence + scores.weights.sum(axis=1)
    raw = raw_scores(*values(case_features(world[1], engine.known)), model.values)
    assert np.allclose(total * np.log(2), raw, atol=1e-9)
    assert np.array_equal(total, scores.totals)


@QUICK
@given(worlds(), weights)
def test_bits_between_any_two_are_the_log_of_the_ratio_of_their_probabilities(
    world: World, model: Weights
) -> None:
    scores = prepare(world[0], model).weigh(world[1]).scores
    found = scores.probabilities
    assume(found.min() > 1e-280)
    for first in range(len(found)):
        for second in range(len(found)):
            bits = (
                (scores.prior[first] - scores.prior[second])
                + (scores.absence[first] - scores.absence[second])
                + fsum(scores.weights[first] - scores.weights[second])
            )
            assert bits == pytest.approx(log2(found[first] / found[second]), abs=1e-9)


@QUICK
@given(worlds(), st.sets(st.integers(0, 7)))
def test_facts_of_probability_zero_change_nothing(world: World, others: set[int]) -> None:
    relations, case = world
    shown = dict(zip(case.index.tolist(), case.presence.tolist(), strict=True))
    padded = {f: 0.0 for f in others if f < relations.features} | shown
    assert by_actor(relations, facts(padded, case.year), shipped()) == by_actor(relations, case, shipped())


@QUICK
@given(worlds(), st.integers(1, 3))
def test_features_that_nobody_is_known_to_show_change_nothing_until_a_case_does(
    world: World, more: int
) -> None:
    known, case = world
    grown = replace(known, features=known.features + more)
    assert close(by_actor(grown, case, shipped()), by_actor(known, case, shipped()))


@QUICK
@given(worlds(), weights, st.data())
def test_renumbering_actors_moves_their_probabilities_with_them(
    world: World, model: Weights, data: st.DataObject
) -> None:
    known, case = world
    order = data.draw(st.permutations(range(known.actors)))
    moved = by_actor(with_actors(known, list(order)), case, model)
    assert close({order[a] if a >= 0 else -1: p for a, p in by_actor(known, case, model).items()}, moved)


@QUICK
@given(worlds(least_actors=2), weights, st.data())
def test_renumbering_actors_moves_every_bit_of_their_explanations(
    world: World, model: Weights, data: st.DataObject
) -> None:
    known, case = world
    order = list(data.draw(st.permutations(range(known.actors))))
    engine, other = prepare(known, model), prepare(with_actors(known, order), model)
    first, second = engine.weigh(case).scores, other.weigh(case).scores
    place = {int(actor): row for row, actor in enumerate(other.known.candidates)}
    rows = [place[order[int(actor)]] for actor in engine.known.candidates] + [len(place)]
    assert np.allclose(first.weights, second.weights[rows], atol=1e-9)
    assert np.allclose(first.prior, second.prior[rows], atol=1e-9)
    assert np.allclose(first.absence, second.absence[rows], atol=1e-9)


@QUICK
@given(worlds(), st.randoms(use_true_random=False))
def test_repeated_and_reordered_rows_change_nothing(world: World, random: object) -> None:
    rows = triples(world[0]) * 2
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert by_actor(rebuilt(world[0], rows), world[1], shipped()) == by_actor(*world, shipped())


@QUICK
@given(worlds(least_facts=1), st.data())
def test_the_case_without_a_fact_is_the_case_that_never_had_it(world: World, data: st.DataObject) -> None:
    known, case = world
    engine = prepare(known, shipped())
    position = data.draw(st.integers(0, len(case.index) - 1))
    never = {
        int(f): float(q)
        for n, (f, q) in enumerate(zip(case.index, case.presence, strict=True))
        if n != position
    }
    expected = engine.weigh(facts(never, case.year)).scores.probabilities
    found = list(engine.without_each(case))
    assert len(found) == len(case.index)
    assert np.allclose(found[position].probabilities, expected, atol=1e-12)


@QUICK
@given(worlds(least_facts=1), st.data())
def test_a_sighting_counts_the_reports_of_the_relations(world: World, data: st.DataObject) -> None:
    known, case = world
    engine, plain = prepare(known, shipped()), slow.Known(known)
    row = data.draw(st.integers(0, len(engine.known.candidates) - 1))
    feature = data.draw(st.integers(0, known.features - 1))
    nearest = int(engine.weigh(case).nearest[row])
    found = engine.sighting(row, feature, nearest)
    actor = plain.actors[row]
    assert (found.reports, found.reports_with) == (plain.reports(actor), plain.count(actor, feature))
    assert found.in_nearest == (feature in plain.shown[actor, int(engine.known.report_index[nearest])])


@st.composite
def duels(draw: st.DrawFn) -> tuple[Relations, Facts, int]:
    """Actors 0 and 1 of equal standing: the first alone uses software `f`, and neither shows another fact.

    Equal standing: the same number of reports, of the same years, that say the same but for `f`.
    """
    features, reports = draw(st.integers(2, 6)), draw(st.integers(1, 4))
    own = draw(st.integers(0, features - 1))
    shown = draw(st.lists(st.sets(st.integers(0, features - 1)), min_size=reports, max_size=reports))
    rows = [
        (actor, 2 * r + actor, f) for r, seen in enumerate(shown) for f in seen - {own} for actor in (0, 1)
    ]
    rows += [(0, 0, own), (2, 2 * reports, (own + 1) % features), (1, 1, features)]
    known = relations_from(
        rows, [2020] * (2 * reports + 1), actors=3, features=features + 1, software_from=own
    )
    others = [f for f in range(features) if f != own and not any(f in seen for seen in shown)]
    case = {f: draw(st.floats(0.01, 1.0)) for f in others if draw(st.booleans())}
    return known, facts(case | {own: 0.5}), own


@QUICK
@given(duels(), st.floats(0.01, 1.0), st.floats(0.01, 1.0))
def test_a_tool_that_one_of_two_equals_uses_speaks_for_it_the_more_the_surer_it_was_seen(
    duel: tuple[Relations, Facts, int], first: float, second: float
) -> None:
    known, case, own = duel
    position = case.index.tolist().index(own)
    engine = prepare(known, shipped())
    low, high = sorted((first, second))

    def carried(presence: float) -> float:
        scores = engine.weigh(with_presence(case, position, presence)).scores
        return float((scores.weights[0] - scores.weights[1]).sum())

    assert carried(high) >= carried(low) - 1e-9
    assert carried(low) >= 0.0


@QUICK
@given(relations(least_actors=2))
def test_without_facts_only_the_prior_speaks(known: Relations) -> None:
    scores = prepare(known, shipped()).weigh(facts({})).scores
    assert scores.weights.shape == (len(scores.prior), 0)
    assert np.abs(scores.absence).max() == 0.0
    assert np.allclose(scores.probabilities, softmax(scores.prior * np.log(2)), atol=1e-15)


@QUICK
@given(worlds(), weights)
def test_what_stands_before_any_fact_is_the_same_for_every_case(world: World, model: Weights) -> None:
    known, case = world
    engine = prepare(known, model)
    before = engine.weigh(facts({}, case.year)).scores.prior
    assert np.array_equal(engine.weigh(case).scores.prior, before)


@pytest.mark.parametrize("size", [1e3, 1e6])
def test_softmax_bears_scores_of_any_size(size: float) -> None:
    found = softmax(np.array([[size, 0.0, -size], [-size, -size, -size]]))
    assert found[0].tolist() == [1.0, 0.0, 0.0]
    assert found[1].tolist() == pytest.approx([1 / 3] * 3)


def test_scores_of_knowledge_without_actors_leave_only_the_unlisted() -> None:
    known = relations_from([], [], actors=2, features=3, software_from=2)
    for case in (facts({}), facts({0: 1.0, 2: 0.5}, 2020)):
        scores: Scores = prepare(known, shipped()).weigh(case).scores
        assert scores.probabilities.tolist() == [1.0]


def test_the_weights_split_into_those_of_candidates_and_of_unlisted() -> None:
    model = shipped()
    assert [*model.candidate, *model.unlisted] == list(model.values)
    assert len(model.candidate) == len(SHARED) + 3
    assert profiles(relations_from([], [], actors=1, features=1, software_from=1)).reports.shape == (0,)
