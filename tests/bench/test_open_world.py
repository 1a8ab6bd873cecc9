"""The open world: which cases there are, what each world holds, and what a threshold may learn from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK, random_relations, triples
from weigh.bench import open_world, protocols
from weigh.bench.open_world import LEAST_LEFT, MOST_PER_ACTOR, Pair
from weigh.bench.scoring import Forecast
from weigh.inference.baselines import cosine
from weigh.inference.features import facts
from weigh.inference.fit import Row, fit
from weigh.inference.profiles import profiles
from weigh.knowledge.relations import NO_REPORT, relations_from

KNOWN = random_relations(21, actors=10, features=60, reports=70)
NAMES = [f"report {number * 7919 % 70:02}" for number in range(70)]
IDS = [f"F{number:03}" for number in range(60)]
ITEMS, DROPPED = open_world.chosen(KNOWN, NAMES)
WORLDS = tuple(open_world.worlds(KNOWN, ITEMS, IDS, seeds=2))


def test_every_case_is_as_defined() -> None:
    rows = triples(KNOWN)
    assert len(ITEMS) > 15
    for item in ITEMS:
        owners = {actor for actor, report, _ in rows if report == item.report}
        left = {
            feature for actor, report, feature in rows if (actor, report != item.report) == (item.actor, True)
        }
        assert owners == {item.actor}
        assert len(item.facts.index) >= 4
        assert len(left) >= LEAST_LEFT
    counts = np.bincount([item.actor for item in ITEMS])
    assert counts.max() == MOST_PER_ACTOR


def test_the_first_of_an_actor_by_name_are_asked() -> None:
    more, _ = open_world.chosen(KNOWN, NAMES[::-1])
    assert {item.report for item in more} != {item.report for item in ITEMS}
    for actor in {item.actor for item in ITEMS}:
        own = [NAMES[item.report] for item in ITEMS if item.actor == actor]
        assert own == sorted(own)


def test_every_pair_is_asked_or_counted_as_left_out() -> None:
    pairs = {(actor, report) for actor, report, _ in triples(KNOWN) if report != NO_REPORT}
    assert len(ITEMS) + sum(DROPPED.values()) == len(pairs)
    assert min(DROPPED.values()) >= 0
    assert DROPPED[f"beyond the first {MOST_PER_ACTOR} of one actor"] > 0


def test_a_world_holds_nothing_of_its_report_and_the_open_one_nothing_of_its_actor() -> None:
    for world, item in zip(WORLDS, ITEMS, strict=True):
        assert item.report not in world.closed.report_index
        assert item.actor == world.closed.candidates[world.truth]
        assert item.actor not in world.opened.candidates
        assert len(world.opened.candidates) == len(world.closed.candidates) - 1
        assert world.truth not in world.framed


def test_narrowed_worlds_score_as_the_whole_knowledge_does() -> None:
    for world, item in list(zip(WORLDS, ITEMS, strict=True))[:6]:
        left = KNOWN.keep(KNOWN.report != item.report)
        assert world.columns[world.case.facts.index].tolist() == item.facts.index.tolist()
        near = cosine(world.case.facts, world.closed)
        assert near.tolist() == pytest.approx(cosine(item.facts, profiles(left)).tolist(), abs=1e-12)


def test_an_actor_is_in_one_fold_and_one_half() -> None:
    for actor in {item.actor for item in ITEMS}:
        places = {(world.fold, world.half) for world in WORLDS if world.case.actor == actor}
        assert len(places) == 1
    assert {world.fold for world in WORLDS} == set(range(5))
    assert {world.half for world in WORLDS} == {0, 1}


def test_nothing_is_learned_from_actors_of_the_same_fold() -> None:
    lessons: list[set[int]] = []

    def learn(rows: Sequence[Row]) -> int:
        lessons.append({row.case.actor for row in rows})
        return len(lessons) - 1

    for world, lesson in zip(WORLDS, open_world.learned(WORLDS, learn), strict=True):
        assert world.case.actor not in lessons[lesson]
    assert len(lessons) == 5


def test_open_and_closed_cases_are_learned_from_alike() -> None:
    def learn(rows: Sequence[Row]) -> tuple[int, int]:
        unlisted = sum(row.truth == len(row.candidates) for row in rows)
        return unlisted, len(rows) - unlisted

    assert all(first == second > 0 for first, second in open_world.learned(WORLDS, learn))


def test_the_framed_are_drawn_evenly_and_never_the_truth() -> None:
    found = np.bincount([open_world.drawn(5, 2, seed, number) for seed in range(20) for number in range(100)])
    assert found[2] == 0
    assert all(420 < count < 580 for count in np.delete(found, 2))
    assert open_world.drawn(5, 2, 1, 7) == open_world.drawn(5, 2, 1, 7)


@QUICK
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30), st.floats(0.05, 0.95))
def test_a_threshold_is_the_highest_that_reaches_its_target(
    found: list[tuple[float, bool]], target: float
) -> None:
    score, right = np.array([value for value, _ in found]), np.array([hit for _, hit in found])
    level = open_world.threshold(score, right, target)
    reached = float((right & (score >= level)).mean())
    if right.mean() >= target:
        assert reached >= target
        assert float((right & (score > level)).mean()) < target
    elif right.any():
        assert reached == right.mean()
    else:
        assert level == float("inf")


def pair(score: float, right: bool, opened: float, half: int, group: int) -> Pair:
    """Answers whose leader scores so much while the world is closed, and so much while it is open."""
    truth = 0 if right else 1
    closed = Forecast(group, truth, np.array([score, 0.0]))
    return Pair(closed, Forecast(group, -1, np.array([opened])), half)


def test_the_curve_of_a_method_that_knows_and_of_one_that_guesses() -> None:
    knows = [pair(0.9, True, 0.1, number % 2, number) for number in range(40)]
    (point,) = open_world.trade_off(knows, (0.45,))
    assert (point.top1, point.right_to_decline) == (1.0, 1.0)
    random = np.random.default_rng(1)
    guesses = [pair(random.random(), True, random.random(), n % 2, n) for n in range(2000)]
    for point in open_world.trade_off(guesses):
        assert point.top1 == pytest.approx(point.target, abs=0.05)
        assert point.right_to_decline == pytest.approx(1 - point.target, abs=0.05)


def test_a_threshold_learns_from_the_other_half_only() -> None:
    first = [pair(0.5 + number / 100, True, 0.0, 0, number) for number in range(20)]
    second = [pair(0.1 + number / 100, True, 0.3, 1, 50 + number) for number in range(20)]
    (point,) = open_world.trade_off([*first, *second], (0.5,))
    assert point.named_rightly[:20].all()
    assert not point.named_rightly[20:].any()
    assert point.declined[20:].all()


def test_any_method_can_be_asked() -> None:
    found = open_world.asked(WORLDS, open_world.learned(WORLDS, protocols.rule(cosine)))
    assert [item.closed.listed for item in found] == [True] * len(WORLDS)
    assert not any(item.opened.listed for item in found)
    assert np.mean([item.closed.candidates.argmax() == item.closed.truth for item in found]) > 0.3


def test_a_thin_actor_makes_no_case() -> None:
    thin = KNOWN.keep((KNOWN.actor != 0) | (KNOWN.feature < 6))
    found, _ = open_world.chosen(thin, NAMES)
    assert 0 not in {item.actor for item in found}
    assert facts({}).index.shape == (0,)


def test_reports_are_left_out_for_the_reason_that_holds() -> None:
    rows = [(0, 0, feature) for feature in range(4)] + [(0, 1, feature) for feature in range(4, 14)]
    rows += [(1, 2, feature) for feature in range(4)] + [(0, 3, 0), (1, 3, 0), (1, 4, 9)]
    known = relations_from(rows, [2020] * 5, actors=2, features=14, software_from=14)
    found, dropped = open_world.chosen(known, list("abcde"))
    assert [(item.actor, item.report) for item in found] == [(0, 0)]
    assert dropped == {
        "report speaks of several groups": 2,
        "fewer than 4 facts": 1,
        "report carries no year": 0,
        "fewer than 8 items left in the profile": 2,
    }


def test_the_first_are_taken_before_it_is_asked_what_is_left_without_them() -> None:
    """Four reports of which the first is most of the profile: the fourth does not take its place."""
    deeds = [range(10), range(4), range(1, 5), range(2, 6)]
    rows = [(0, report, feature) for report, shown in enumerate(deeds) for feature in shown]
    known = relations_from(rows, [2020] * 4, actors=1, features=10, software_from=10)
    found, dropped = open_world.chosen(known, list("abcd"))
    assert [item.report for item in found] == [1, 2]
    assert (
        dropped["beyond the first 3 of one actor"] == dropped["fewer than 8 items left in the profile"] == 1
    )


def test_an_undated_report_makes_no_case_and_stays_in_the_profile() -> None:
    rows = [(0, report, feature) for report in range(2) for feature in range(9)]
    known = relations_from(rows, [0, 2020], actors=1, features=9, software_from=9)
    found, dropped = open_world.chosen(known, ["a", "b"])
    assert [item.report for item in found] == [1]
    assert dropped["report carries no year"] == 1


def test_the_penalty_is_the_one_that_foretells_other_actors_best() -> None:
    rows = open_world.learned(WORLDS, list)[0]
    losses = {penalty: open_world._held_out_loss(rows, penalty) for penalty in open_world.PENALTIES}
    best = min(losses, key=lambda penalty: losses[penalty])
    assert open_world.fitted(rows) == fit(rows, "bench", best)
    assert open_world._held_out_loss(rows, 1e6) > losses[best]


def test_too_few_actors_are_fitted_with_the_penalty_of_the_model() -> None:
    rows = open_world.learned(WORLDS, list)[0]
    few = [row for row in rows if row.case.actor == rows[0].case.actor]
    assert open_world.fitted(few) == fit(few, "bench")
