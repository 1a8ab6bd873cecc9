"""What to look for next: information as defined, never negative, and in the direction the model moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp, fsum, log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference import slow
from tests.inference.generators import (
    QUICK,
    cases,
    random_relations,
    rebuilt,
    relations,
    triples,
    weights,
    with_actors,
    worlds,
)
from weigh.inference import fit
from weigh.inference.engine import prepare
from weigh.inference.features import Facts, facts
from weigh.inference.model import Weights
from weigh.inference.next_evidence import (
    LIKENESS,
    MOST,
    Suggestion,
    expected_bits,
    expected_shares,
    suggest,
    with_fact,
)
from weigh.inference.weights import shipped
from weigh.knowledge.relations import Relations, relations_from

World = tuple[Relations, Facts]


def brute_shares(known: slow.Known, case: slow.Case, feature: int) -> list[float]:
    """P(feature | h, case) of every hypothesis by loops over reports."""
    weighed = {f: q * known.idf(f) for f, q in case.items()}
    likeness = {
        key: exp(LIKENESS * slow.cosine(weighed, {f: known.idf(f) for f in shown}))
        for key, shown in known.shown.items()
    }
    base = known.base(feature)
    found = []
    for actor in known.actors:
        own = {key: value for key, value in likeness.items() if key[0] == actor}
        mean = fsum(v for key, v in own.items() if feature in known.shown[key]) / fsum(own.values())
        found.append((mean * len(own) + base) / (len(own) + 1))
    pooled = fsum(v for key, v in likeness.items() if feature in known.shown[key])
    return [*found, (pooled / fsum(likeness.values()) + base) / 2]


def brute_bits(answers: Sequence[float], shares: Sequence[float]) -> float:
    """Entropy of the answers less what is expected to be left of it, found or not found."""
    left = 0.0
    for outcome in (shares, [1.0 - share for share in shares]):
        chance = fsum(p * s for p, s in zip(answers, outcome, strict=True))
        after = [p * s / chance for p, s in zip(answers, outcome, strict=True)]
        left -= chance * fsum(p * log2(p) for p in after if p > 0)
    return -fsum(p * log2(p) for p in answers if p > 0) - left


@QUICK
@given(worlds(), weights)
def test_bits_are_what_brute_force_over_both_outcomes_gives(world: World, model: Weights) -> None:
    known, case = world
    engine, plain = prepare(known, model), slow.Known(known)
    answers = engine.weigh(case).scores.probabilities
    shares = expected_shares(case, engine.known)
    found = expected_bits(answers, shares)
    shown = dict(zip(case.index.tolist(), case.presence.tolist(), strict=True))
    for feature in range(known.features):
        expected = brute_shares(plain, shown, feature)
        assert shares[:, feature].tolist() == pytest.approx(expected, rel=1e-9)
        assert found[feature] == pytest.approx(brute_bits(answers.tolist(), expected), abs=1e-9)


@QUICK
@given(
    st.lists(st.floats(0.01, 1.0), min_size=2, max_size=6),
    st.data(),
)
def test_information_is_never_negative_and_never_more_than_one_bit(
    masses: list[float], data: st.DataObject
) -> None:
    answers = np.array(masses) / np.sum(masses)
    row = st.lists(st.floats(0.0, 1.0), min_size=len(masses), max_size=len(masses))
    shares = np.array(data.draw(st.lists(row, min_size=1, max_size=5))).T
    found = expected_bits(answers, shares)
    assert np.all((found >= 0.0) & (found <= 1.0 + 1e-12))


def test_a_fact_that_all_show_alike_tells_nothing_and_one_that_splits_them_tells_a_bit() -> None:
    found = expected_bits(np.array([0.5, 0.5]), np.array([[0.3, 1.0], [0.3, 0.0]]))
    assert found.tolist() == pytest.approx([0.0, 1.0], abs=1e-12)


@QUICK
@given(worlds(), weights)
def test_nothing_is_suggested_that_is_known_or_that_no_report_shows(world: World, model: Weights) -> None:
    known, case = world
    found = suggest(case, prepare(known, model))
    shown = set(known.feature.tolist())
    features = [item.feature for item in found]
    assert len(features) == len(set(features)) <= MOST
    assert set(features) <= shown - set(case.index.tolist())
    assert [item.bits for item in found] == sorted((item.bits for item in found), reverse=True)
    assert all(item.bits > 0.0 and 0.0 < item.chance < 1.0 for item in found)


@QUICK
@given(worlds(), weights)
def test_what_is_passed_over_is_not_suggested(world: World, model: Weights) -> None:
    engine = prepare(world[0], model)
    every = [item.feature for item in suggest(world[1], engine, most=99)]
    assert [item.feature for item in suggest(world[1], engine, most=99, passed=every[:1])] == every[1:]


@QUICK
@given(worlds(), weights, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(world: World, model: Weights, random: object) -> None:
    known, case = world
    rows = [*triples(known), *triples(known)]
    random.shuffle(rows)  # type: ignore[attr-defined]
    first, second = (suggest(case, prepare(each, model)) for each in (known, rebuilt(known, rows)))
    assert first == second


@QUICK
@given(worlds(), weights)
def test_a_longer_catalogue_changes_nothing(world: World, model: Weights) -> None:
    known, case = world
    longer = relations_from(
        triples(known),
        known.years.tolist(),
        actors=known.actors,
        features=known.features + 3,
        software_from=known.software_from,
    )
    longer = replace(longer, abilities=known.abilities)
    first, second = (suggest(case, prepare(each, model)) for each in (known, longer))
    assert _rounded(first) == _rounded(second)


@QUICK
@given(worlds(least_actors=2), weights, st.randoms(use_true_random=False))
def test_renamed_actors_change_places_and_nothing_else(world: World, model: Weights, random: object) -> None:
    known, case = world
    order = list(range(known.actors))
    random.shuffle(order)  # type: ignore[attr-defined]
    found = {item.feature: item for item in suggest(case, prepare(known, model), most=99) if item.bits > 1e-5}
    moved = {item.feature: item for item in suggest(case, prepare(with_actors(known, order), model), most=99)}
    for feature, item in found.items():
        assert moved[feature].bits == pytest.approx(item.bits, abs=1e-9)
        assert moved[feature].chance == pytest.approx(item.chance, abs=1e-9)
        assert moved[feature].probability == pytest.approx(item.probability, abs=1e-9)


def _rounded(found: Sequence[Suggestion]) -> list[tuple[int, float, float]]:
    return [(item.feature, round(item.bits, 9), round(item.chance, 9)) for item in found]


@QUICK
@given(relations(), st.data())
def test_a_fact_is_added_where_it_belongs(known: Relations, data: st.DataObject) -> None:
    case = data.draw(cases(known))
    missing = sorted(set(range(known.features)) - set(case.index.tolist()))
    for feature in missing:
        pairs = dict(zip(case.index.tolist(), case.presence.tolist(), strict=True))
        expected = facts(pairs | {feature: 1.0}, case.year)
        found = with_fact(case, feature)
        assert found.index.tolist() == expected.index.tolist()
        assert found.presence.tolist() == expected.presence.tolist()
        assert found.year == expected.year


def test_the_habit_of_one_of_two_rivals_is_the_first_thing_to_look_for() -> None:
    rows = [(actor, 10 * actor + n, 0) for actor in (0, 1) for n in range(5)]
    rows += [(0, n, 1) for n in range(5)] + [(1, 10 + n, 2) for n in range(1)]
    known = relations_from(rows, [2020] * 15, actors=2, features=3, software_from=3)
    first = suggest(facts({0: 1.0}, 2021), prepare(known, shipped()))[0]
    assert (first.feature, first.more, first.less) == (1, 0, 1)
    assert first.leader == 0
    assert first.probability > 0.5


def test_the_first_order_points_where_the_model_goes_when_the_fact_is_found() -> None:
    agreed = []
    for seed in range(4):
        known = random_relations(seed, actors=10, features=40, reports=160)
        model = fit.fit([row for year in _rows(known).values() for row in year], "drawn")
        engine = prepare(known, model)
        for item in fit.cases(known)[::8]:
            half = Facts(item.facts.index[::2], item.facts.presence[::2], item.year)
            before = engine.weigh(half).scores.totals
            for found in suggest(half, engine, most=5):
                after = engine.weigh(with_fact(half, found.feature)).scores.totals
                moved = (after - before)[[found.more, found.less]]
                agreed.append(moved[0] > moved[1])
    assert len(agreed) > 200
    assert np.mean(agreed) > 0.85


def _rows(known: Relations) -> dict[int, list[fit.Row]]:
    return fit.rolling_rows(known, fit.cases(known))


def test_a_case_without_facts_is_told_what_splits_the_field() -> None:
    known = random_relations(1, actors=5, features=20, reports=60)
    found = suggest(facts({}), prepare(known, shipped()))
    assert len(found) == MOST
    assert all(0 <= item.leader <= 5 for item in found)
