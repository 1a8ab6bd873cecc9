"""Staged facts: what is copied, what is left without it, and what the signs make of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK, random_relations, relations, with_actors, worlds
from weigh.errors import KnowledgeError
from weigh.inference.engine import prepare
from weigh.inference.features import Facts, facts
from weigh.inference.profiles import profiles
from weigh.inference.staging import (
    COPIED,
    SIGNS,
    SUSPECTS,
    Levels,
    SignWeights,
    fit_signs,
    imitation,
    logistic,
    read_signs,
    shipped_levels,
    shipped_signs,
    staged,
    suspects,
    write_signs,
)
from weigh.inference.weights import shipped
from weigh.knowledge.relations import Relations, relations_from

World = tuple[Relations, Facts]
KNOWN = random_relations(5, actors=9, features=40, reports=80)
IDS = [f"T{number:04}" for number in range(KNOWN.features)]


@QUICK
@given(worlds())
def test_every_suspect_is_looked_at_without_what_says_most_for_it(world: World) -> None:
    engine = prepare(world[0], shipped())
    found = suspects(engine, world[1])
    assert len(found) == min(SUSPECTS, len(engine.known.candidates))
    whole = engine.weigh(world[1]).scores
    for item in found:
        assert len(item.copied) <= COPIED
        assert item.signs.shape == (len(SIGNS),)
        assert np.all(np.isfinite(item.signs))
        shown = world[1].index[item.copied]
        assert np.all(engine.known.uses[item.actor][shown] > 0)
        left = np.setdiff1d(np.arange(len(world[1].index)), item.copied)
        rest = Facts(world[1].index[left], world[1].presence[left], world[1].year)
        expected = engine.weigh(rest).scores.probabilities
        assert item.culprits.tolist() == pytest.approx(expected.tolist(), abs=1e-12)
        kept = whole.weights[item.actor] - whole.weights[:-1].mean(axis=0)
        own = (engine.known.uses[item.actor][world[1].index] > 0) & (kept > 1e-9)
        if len(item.copied) > 0 and own[left].any():
            assert kept[item.copied].min() >= kept[left][own[left]].max() - 1e-9


@QUICK
@given(worlds())
def test_the_signs_are_what_their_names_say(world: World) -> None:
    engine, case = prepare(world[0], shipped()), world[1]
    says = engine.weigh(case).scores.weights
    for item in suspects(engine, case):
        without, with_them, rare, ahead, carried, many = item.signs.tolist()
        assert without == pytest.approx(log_odds(item.culprits[item.actor]))
        assert with_them == pytest.approx(log_odds(engine.weigh(case).scores.probabilities[item.actor]))
        assert rare == (engine.known.users[case.index[item.copied]] <= 2).sum() <= COPIED
        assert ahead == np.log1p((item.culprits[:-1] > item.culprits[item.actor]).sum())
        own = says[item.actor] - says[:-1].mean(axis=0)
        copied = own[item.copied].sum()
        assert carried == pytest.approx(copied / (copied + abs(own.sum() - copied) + 1.0), abs=1e-9)
        assert 0.0 <= carried < 1.0
        assert many == pytest.approx(np.log(max(len(case.index), 1)))


def log_odds(probability: float) -> float:
    """Natural log-odds, bounded like the signs."""
    bounded = min(max(float(probability), 1e-9), 1 - 1e-9)
    return float(np.log(bounded / (1 - bounded)))


def test_beyond_forty_facts_the_number_says_no_more() -> None:
    known = random_relations(8, actors=5, features=90, reports=40)
    engine = prepare(known, shipped())
    sizes = [suspects(engine, facts(dict.fromkeys(range(many), 1.0)))[0].signs[-1] for many in (20, 40, 80)]
    assert sizes == pytest.approx([np.log(20.0), np.log(40.0), np.log(40.0)])


@QUICK
@given(worlds(least_actors=2), st.data())
def test_renumbering_actors_moves_the_suspicion_with_them(world: World, data: st.DataObject) -> None:
    known, case = world
    order = list(data.draw(st.permutations(range(known.actors))))
    first, second = prepare(known, shipped()), prepare(with_actors(known, order), shipped())
    names = [order[int(actor)] for actor in first.known.candidates]
    own = {names[item.actor]: item.signs for item in suspects(first, case, most=99)}
    moved = {int(second.known.candidates[item.actor]): item.signs for item in suspects(second, case, most=99)}
    assert own.keys() == moved.keys()
    probability = first.weigh(case).scores.probabilities
    if len({round(float(value), 9) for value in probability}) == len(probability):
        assert all(np.allclose(own[actor][:2], moved[actor][:2], atol=1e-6) for actor in own)


@QUICK
@given(relations(), st.data())
def test_imitation_copies_the_rarest_habits_and_nothing_else(known: Relations, data: st.DataObject) -> None:
    found = profiles(known)
    actor = data.draw(st.integers(0, len(found.candidates) - 1))
    case = facts(dict.fromkeys(data.draw(st.sets(st.integers(0, known.features - 1))), 0.5))
    ids = [f"{number:03}" for number in range(known.features)]
    copy = imitation(case, found, actor, ids)
    added = np.setdiff1d(copy.index, case.index)
    assert set(case.index) <= set(copy.index)
    assert np.all(found.uses[actor][added] > 0)
    missed = np.setdiff1d(np.flatnonzero(found.uses[actor]), copy.index)
    assert len(added) == COPIED or len(missed) == 0
    if len(added) > 0 and len(missed) > 0:
        assert found.users[added].max() <= found.users[missed].min()
    assert copy.presence[np.isin(copy.index, added)].tolist() == [1.0] * len(added)
    assert copy.presence[np.isin(copy.index, case.index)].tolist() == case.presence.tolist()


def test_equally_rare_habits_are_copied_in_the_order_of_their_ids() -> None:
    known = profiles(
        relations_from(
            [(0, 0, feature) for feature in range(5)] + [(1, 1, 0)],
            [2020, 2020],
            actors=2,
            features=5,
            software_from=5,
        )
    )
    copy = imitation(facts({}), known, 0, ["a", "z", "c", "b", "d"])
    assert copy.index.tolist() == [2, 3, 4]


def test_the_signs_of_simulated_poses_are_learned() -> None:
    engine = prepare(KNOWN, shipped())
    random = np.random.default_rng(3)
    signs, copied = [], []
    for _ in range(60):
        report = int(random.integers(len(engine.known.report_index)))
        owner = int(engine.known.report_owner[report])
        case = facts(dict.fromkeys(np.flatnonzero(engine.known.shows[report]).tolist(), 1.0), 2024)
        other = (owner + 1 + int(random.integers(8))) % 9
        for item in suspects(engine, case):
            signs.append(item.signs)
            copied.append(False)
        for item in suspects(engine, imitation(case, engine.known, other, IDS)):
            signs.append(item.signs)
            copied.append(item.actor == other)
    weights = fit_signs(np.array(signs), np.array(copied))
    bits = np.array([weights.bits(row) for row in signs])
    assert bits[np.array(copied)].mean() > bits[~np.array(copied)].mean() + 1.0


def test_a_known_logistic_is_recovered() -> None:
    random = np.random.default_rng(4)
    design = random.normal(size=(6000, 2)) * [1.0, 10.0]
    stated = 1 / (1 + np.exp(-(design @ [1.5, -0.2] + 0.5)))
    found = logistic(design, random.random(6000) < stated, np.ones(6000))
    assert found.tolist() == pytest.approx([1.5, -0.2, 0.5], abs=0.15)


def test_a_row_that_counts_twice_is_two_rows() -> None:
    random = np.random.default_rng(5)
    design, outcome = random.normal(size=(80, 2)), random.random(80) < 0.4
    twice = logistic(np.concatenate([design, design[:1]]), np.append(outcome, outcome[0]), np.ones(81))
    counts = np.ones(80)
    counts[0] = 2.0
    assert logistic(design, outcome, counts).tolist() == pytest.approx(twice.tolist(), abs=0.01)


def test_the_weights_of_signs_are_a_ratio_and_not_the_odds_of_the_simulation() -> None:
    random = np.random.default_rng(6)
    few = random.normal(size=(400, len(SIGNS)))
    outcome = random.random(400) < 0.1
    bits = [fit_signs(few, outcome).bits(row) for row in few]
    assert abs(float(np.mean(bits))) < 0.5


@pytest.mark.parametrize("outcome", [True, False])
def test_signs_need_cases_of_both_kinds(outcome: bool) -> None:
    with pytest.raises(KnowledgeError, match="with and without"):
        fit_signs(np.zeros((3, len(SIGNS))), np.full(3, outcome))


def test_the_shipped_signs_say_that_standing_alone_is_suspicious() -> None:
    weights = shipped_signs()
    assert len(weights.values) == len(SIGNS) + 1
    lonely = weights.bits(np.array([-7.0, 3.0, 3.0, np.log(60.0), 0.9, np.log(20.0)]))
    at_home = weights.bits(np.array([0.0, 3.0, 1.0, 0.0, 0.4, np.log(20.0)]))
    assert lonely > 3.0 > -3.0 > at_home


def test_the_shipped_levels_came_with_the_signs() -> None:
    levels = shipped_levels()
    assert levels.name == 0.5
    assert 0.0 < levels.planted < 1.0
    assert 0.0 < levels.staged < 1.0


def test_suspects_carry_their_bits_and_their_culprits() -> None:
    engine = prepare(KNOWN, shipped())
    case = facts(dict.fromkeys(np.flatnonzero(engine.known.shows[0]).tolist(), 1.0))
    found = suspects(engine, case)
    weights = SignWeights((0.0,) * len(SIGNS) + (np.log(8.0),))
    for item, own in zip(found, staged(found, weights), strict=True):
        assert own.actor == item.actor
        assert own.bits == pytest.approx(3.0)
        assert own.culprits is item.culprits


def test_signs_are_read_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "signs.json"
    weights = SignWeights(tuple(number / 7 for number in range(len(SIGNS) + 1)))
    levels = Levels(0.5, 0.3, 1 / 3)
    write_signs(path, weights, levels, "drawn")
    assert read_signs(path.read_bytes(), "here") == (weights, levels)


_OTHER = b'{"provenance": "x", "levels": {"name": 0.5, "planted": 0.3, "staged": 0.3}, "weights": []}'


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"provenance": "x", "weights": []}', _OTHER, b"[" * 100_000])
def test_what_is_no_table_of_signs_is_an_error(raw: bytes) -> None:
    with pytest.raises(KnowledgeError, match="weights"):
        read_signs(raw, "here")
