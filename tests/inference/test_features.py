"""Features of a case: as defined, and as sums of shares."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference import slow
from tests.inference.generators import QUICK, worlds
from weigh.inference.engine import prepare
from weigh.inference.features import (
    DEPTH,
    NAMES,
    SHARED,
    UNLISTED_SHARED,
    WHOLE,
    Facts,
    case_features,
    depth_scale,
    facts,
    likeness_scale,
    weight_beside_others,
)
from weigh.inference.model import Weights
from weigh.inference.profiles import foretold, profiles
from weigh.inference.weights import shipped
from weigh.knowledge.relations import Relations, relations_from

World = tuple[Relations, Facts]


@QUICK
@given(worlds())
def test_every_feature_is_what_its_definition_says(world: World) -> None:
    relations, case = world
    known, found = slow.Known(relations), case_features(case, profiles(relations))
    shown = dict(zip(case.index.tolist(), case.presence.tolist(), strict=True))
    for row, actor in enumerate(known.actors):
        expected = slow.candidate_features(known, shown, case.year, actor)
        assert found.candidate_values[row].tolist() == pytest.approx(expected, rel=1e-9, abs=1e-9)
    expected = slow.unlisted_features(known, shown, case.year)
    assert found.unlisted_values.tolist() == pytest.approx(expected, rel=1e-9, abs=1e-9)


@QUICK
@given(worlds())
def test_shares_sum_to_their_features_and_have_their_shapes(world: World) -> None:
    relations, case = world
    known = profiles(relations)
    found = case_features(case, known)
    candidates, count = len(known.candidates), len(case.index)
    assert found.shares.shape == (len(SHARED), candidates, count)
    assert found.whole.shape == (len(WHOLE), candidates)
    assert found.unlisted_shares.shape == (len(UNLISTED_SHARED), count)
    assert np.allclose(found.candidate_values[:, : len(SHARED)].T, found.shares.sum(axis=2), atol=1e-12)
    assert np.allclose(
        found.candidate_values[:, DEPTH],
        np.log(known.reports + 1)
        * depth_scale(case.presence.sum(), known.uses[:, case.index] @ case.presence),
        atol=1e-12,
    )
    assert np.allclose(found.unlisted_values[:-1], found.unlisted_shares.sum(axis=1), atol=1e-12)
    assert found.candidate_values.shape[1] + len(found.unlisted_values) == len(NAMES)


@QUICK
@given(worlds(least_facts=1))
def test_the_nearest_report_belongs_to_its_candidate_and_is_the_nearest(world: World) -> None:
    relations, case = world
    known = profiles(relations)
    found = case_features(case, known)
    assert known.report_owner[found.nearest_row].tolist() == list(range(len(known.candidates)))
    weighed = case.presence * known.idf[case.index]
    norm = max(float(np.linalg.norm(weighed)), 1e-300)
    cosines = known.nearest[:, case.index] @ weighed / norm
    assert found.likeness.tolist() == pytest.approx(cosines[found.nearest_row].tolist())
    for row, nearest in enumerate(found.nearest_row):
        assert cosines[nearest] >= cosines[known.report_owner == row].max() - 1e-12


def test_facts_of_probability_zero_are_never_mentioned() -> None:
    case = facts({3: 0.5, 1: 0.0, 2: 1.0, 0: -0.0}, 2020)
    assert (case.index.tolist(), case.presence.tolist(), case.year) == ([2, 3], [1.0, 0.5], 2020)


@QUICK
@given(st.dictionaries(st.integers(0, 9), st.floats(0, 1)), st.randoms(use_true_random=False))
def test_the_order_of_facts_is_lost(pairs: dict[int, float], random: object) -> None:
    items = list(pairs.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    first, second = facts(pairs), facts(dict(items))
    assert first.index.tolist() == second.index.tolist() == sorted(first.index.tolist())
    assert first.presence.tolist() == second.presence.tolist()


def test_exclusive_tools_are_capped_and_the_shares_with_them() -> None:
    drawn = relations_from([(0, f, f) for f in range(5)], [2020] * 5, actors=1, features=5, software_from=0)
    found = case_features(facts(dict.fromkeys(range(5), 1.0)), profiles(drawn))
    assert found.candidate_values[0, SHARED.index("exclusive tools")] == pytest.approx(2.0)
    assert found.shares[SHARED.index("exclusive tools"), 0].tolist() == pytest.approx([0.4] * 5)


def test_a_tie_between_candidates_gives_unlisted_the_mean_of_their_shares() -> None:
    rows = [(0, 0, 0), (1, 1, 1)]
    drawn = relations_from(rows, [2020, 2020], actors=2, features=3, software_from=3)
    found = case_features(facts({0: 1.0, 1: 1.0}), profiles(drawn))
    nearest = found.unlisted_shares[UNLISTED_SHARED.index("unlisted: largest nearest report")]
    assert nearest[0] == pytest.approx(nearest[1])
    assert nearest.sum() == pytest.approx(found.candidate_values[0, SHARED.index("nearest report")])


def test_facts_that_always_come_together_count_little_more_than_one() -> None:
    rows = [(0, r, f) for r in range(6) for f in (0, 1)] + [(1, 6 + r, 2 + r % 4) for r in range(30)]
    known = profiles(relations_from(rows, [2020] * 36, actors=2, features=6, software_from=6))
    one, both, apart = (
        case_features(facts(dict.fromkeys(shown, 1.0)), known).candidate_values[0, SHARED.index("presence")]
        for shown in ((0,), (0, 1), (0, 2))
    )
    assert one < both < 1.2 * one
    alone = case_features(facts({2: 1.0}), known).candidate_values[0, SHARED.index("presence")]
    assert apart == pytest.approx(one + alone)


@QUICK
@given(worlds(least_facts=1))
def test_a_fact_counts_the_less_the_more_the_others_foretell_it(world: World) -> None:
    relations, case = world
    foretells = foretold(profiles(relations), case.index)
    assert np.all((foretells >= 0.0) & (foretells <= 1.0))
    weight = weight_beside_others(case.presence, foretells)
    assert np.all((weight > 0.0) & (weight <= 1.0))
    assert np.all(weight_beside_others(case.presence * 0.5, foretells) >= weight)


@pytest.mark.parametrize("count", [1, 3, 10, 40])
def test_likeness_counts_more_and_depth_less_the_more_facts_there_are(count: int) -> None:
    assert likeness_scale(count) < likeness_scale(count + 1) < 1.0
    assert depth_scale(0) == 1.0
    assert depth_scale(count) > depth_scale(count + 1) > 0.0
    assert depth_scale(count) > depth_scale(count + 1, 1) > depth_scale(count + 1)


@QUICK
@given(worlds(least_facts=1))
def test_a_fact_takes_half_as_much_of_depth_from_an_actor_that_is_known_for_it(world: World) -> None:
    relations, case = world
    known = profiles(relations)
    taken = -case_features(case, known).fading / np.log(known.reports + 1)[:, None]
    each = taken / case.presence
    uses = known.uses[:, case.index] > 0
    for row in range(len(each)):
        new, old = each[row][~uses[row]], each[row][uses[row]]
        assert np.allclose(new, new[:1])
        assert np.allclose(old, old[:1])
        if len(new) > 0 and len(old) > 0:
            assert old[0] == pytest.approx(new[0] / 2)


@QUICK
@given(worlds(least_actors=2, least_facts=1))
def test_who_is_known_for_a_fact_gains_by_it_and_nobody_else_does(world: World) -> None:
    relations, case = world
    known = profiles(relations)
    shares = case_features(case, known).shares[SHARED.index("presence")]
    uses = known.uses[:, case.index] > 0
    assert np.all(shares[uses] > 0.0)
    assert np.all(shares[~uses] <= 0.0)


def test_a_common_fact_does_not_speak_against_the_one_of_whom_most_is_known() -> None:
    """One of fifty reports of the first actor shows what is common; no report of the second does."""
    rows = [(0, r, 0) for r in range(50)] + [(0, 50, 1), (1, 51, 2)] + [(2, 52 + r, 3) for r in range(9)]
    rows += [(3, 61 + r, 1) for r in range(60)]
    drawn = relations_from(rows, [2020] * 121, actors=4, features=4, software_from=4)
    engine = prepare(drawn, shipped())
    before, after = (engine.weigh(facts(dict.fromkeys(shown, 1.0))).scores.totals for shown in ((3,), (3, 1)))
    gained = after - before
    assert engine.known.log_ratio[0, 1] < engine.known.log_ratio[1, 1] < 0.0
    assert gained[0] > gained[1]


@QUICK
@given(worlds(), st.integers(1, 4000))
def test_recency_is_bounded_whatever_the_year(world: World, year: int) -> None:
    relations, case = world
    found = case_features(Facts(case.index, case.presence, year), profiles(relations))
    recency = found.whole[WHOLE.index("recency")]
    assert np.all((recency >= -3.0) & (recency <= 0.0))


def test_names_of_weights_are_unique_and_in_the_order_of_the_values() -> None:
    assert len(set(NAMES)) == len(NAMES) == 15
    assert NAMES[: len(SHARED)] == SHARED
    assert Weights((0.0,) * 15, (0.0,) * 15, "").names == NAMES
