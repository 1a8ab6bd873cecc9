"""The knowledge drawn again: weights that hang on a report's name alone, and tables as if written so."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK, random_relations, relations, triples, worlds
from tests.inference.slow import cosine
from weigh.inference import resampling
from weigh.inference.features import SHARED, UNLISTED_SHARED, Facts, case_features, facts
from weigh.inference.intervals import drawn_values
from weigh.inference.profiles import Floats, Keys, Profiles, foretold, profiles
from weigh.inference.resampling import by_place, log_sums, report_mass, resampled, uniforms
from weigh.knowledge.relations import NO_REPORT, Relations, relations_from

DRAWS = 3


HABITS = SHARED.index("habits")
LARGEST_HABITS = UNLISTED_SHARED.index("unlisted: largest habits")


def plain_lasting(known: Profiles, mass: Floats) -> list[float]:
    """How much rarer and likelier to come again a feature is than others, from the definition: pairs of two
    different reports of an actor."""
    features = known.shows.shape[1]
    repeated, expected = [0.0] * features, [0.0] * features
    seen = mass @ known.shows
    base = (seen + 0.5) / (mass.sum() + 1.0)
    for one, other in product(range(len(mass)), repeat=2):
        if one != other and known.report_owner[one] == known.report_owner[other]:
            for f in np.flatnonzero(known.shows[one]).tolist():
                expected[f] += mass[one] * mass[other] * base[f]
                repeated[f] += mass[one] * mass[other] * float(known.shows[other, f])
    found = []
    for f in range(features):
        first = known.software_from
        kind = range(first) if f < first else range(first, features)
        usual = sum(repeated[g] for g in kind) / max(sum(expected[g] for g in kind), 1e-9)
        again = (repeated[f] + 3 * usual) / (expected[f] + 3)
        rare = log((mass.sum() + 1) / (seen[f] + 1))
        found.append(sqrt(rare * max(log(max(again, 1.0)), 0.05)))
    return found


def copied(known: Relations, prepared: Profiles, times: Floats) -> Profiles:
    """Profiles of the knowledge in which every report of an actor was written `times` (R,) over."""
    row = {
        (int(prepared.candidates[owner]), int(report)): place
        for place, (owner, report) in enumerate(
            zip(prepared.report_owner, prepared.report_index, strict=True)
        )
    }
    years: list[int] = []
    number: dict[tuple[int, int], int] = {}
    rows = []
    for actor, report, feature in triples(known):
        place = row[actor, report]
        for copy in range(int(times[place])):
            if (place, copy) not in number:
                number[place, copy] = len(years)
                years.append(0 if report == NO_REPORT else int(known.years[report]))
            rows.append((actor, number[place, copy], feature))
    again = relations_from(
        rows, years, actors=known.actors, features=known.features, software_from=known.software_from
    )
    every = np.arange(known.features)
    return replace(profiles(replace(again, abilities=known.abilities)), foretells=foretold(prepared, every))


@QUICK
@given(worlds(), st.integers(0, 2**32 - 1))
def test_a_report_of_weight_two_is_a_report_written_twice(world: tuple[Relations, Facts], seed: int) -> None:
    known = profiles(world[0])
    random = np.random.default_rng(seed)
    times = random.integers(1, 4, size=(len(known.report_owner), DRAWS)).astype(np.float64)
    present = (random.random((len(world[1].index), DRAWS)) < 0.7).astype(np.float64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resampling, "report_mass", lambda keys, draws: times)
        drawn = resampled.__wrapped__(known, DRAWS)
    candidate, unlisted = drawn_values(world[1], known, drawn, present)
    for draw in range(DRAWS):
        shown = {int(i): 1.0 for i, there in zip(world[1].index, present[:, draw], strict=True) if there}
        expected = case_features(facts(shown, world[1].year), copied(world[0], known, times[:, draw]))
        plain = np.delete(expected.candidate_values, HABITS, axis=1)
        assert np.allclose(np.delete(candidate[:, :, draw].T, HABITS, axis=1), plain, atol=1e-7)
        plain = np.delete(expected.unlisted_values, LARGEST_HABITS)
        assert np.allclose(np.delete(unlisted[:, draw], LARGEST_HABITS), plain, atol=1e-7)


@QUICK
@given(worlds(), st.integers(0, 2**32 - 1))
def test_habits_are_those_of_the_weighed_reports_and_no_report_repeats_itself(
    world: tuple[Relations, Facts], seed: int
) -> None:
    known, case = profiles(world[0]), world[1]
    mass = np.random.default_rng(seed).exponential(size=(len(known.report_owner), DRAWS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resampling, "report_mass", lambda keys, draws: mass)
        drawn = resampled.__wrapped__(known, DRAWS)
    found, _ = drawn_values(case, known, drawn, np.ones((len(case.index), DRAWS)))
    total = len(case.index)
    for draw in range(DRAWS):
        lasting = plain_lasting(known, mass[:, draw])
        own = {f: lasting[f] for f in case.index.tolist()}
        for row in range(len(known.candidates)):
            weights = mass[known.report_owner == row, draw] @ known.shows[known.report_owner == row]
            habits = {f: log(1 + weights[f]) * lasting[f] for f in range(len(lasting))}
            plain = cosine(own, habits) * sqrt(total / (total + 10))
            assert found[HABITS, row, draw] == pytest.approx(plain, abs=1e-9)


@QUICK
@given(relations(), st.integers(0, 2**32 - 1))
def test_what_is_drawn_of_a_report_hangs_on_its_name_alone(known: Relations, seed: int) -> None:
    names = [f"report {number}" for number in range(len(known.years))]
    order = np.random.default_rng(seed).permutation(len(names))
    named = replace(known, report_names=tuple(names))
    moved = replace(
        known,
        report=np.append(order, NO_REPORT).astype(np.int32)[known.report],
        years=known.years[np.argsort(order)],
        report_names=tuple(names[place] for place in np.argsort(order)),
    )
    first, second = (
        {
            (owner, names[report] if report != NO_REPORT else ""): key
            for owner, report, key in zip(
                found.report_owner.tolist(),
                where[found.report_index].tolist(),
                found.report_key.tolist(),
                strict=True,
            )
        }
        for found, where in (
            (profiles(named), np.append(np.arange(len(names)), NO_REPORT)),
            (profiles(moved), np.append(np.argsort(order), NO_REPORT)),
        )
    )
    assert first == second


def test_another_report_changes_no_draw_of_those_before() -> None:
    rows = [(0, 0, 0), (1, 1, 1)]
    names = ("Alpha 2020", "Beta 2021", "Gamma 2019")
    few, more = (
        profiles(
            relations_from(
                own, [2020] * count, actors=2, features=2, software_from=1, report_names=names[:count]
            )
        )
        for own, count in ((rows, 2), ([*rows, (0, 2, 1)], 3))
    )
    assert set(few.report_key.tolist()) < set(more.report_key.tolist())


def test_a_report_on_two_actors_weighs_the_same_for_both() -> None:
    known = profiles(
        relations_from([(0, 0, 0), (1, 0, 0), (1, 1, 1)], [2020, 2020], actors=2, features=2, software_from=2)
    )
    mass = report_mass(known.report_key, 5)
    same = known.report_index == 0
    assert np.ptp(mass[same], axis=0).tolist() == [0.0] * 5
    assert not np.allclose(mass[same][0], mass[~same][0])


def test_uses_without_a_citation_are_drawn_by_what_they_are() -> None:
    rows = [(0, NO_REPORT, 0), (0, NO_REPORT, 2), (1, NO_REPORT, 1)]
    swapped = [(1 - actor, report, feature) for actor, report, feature in rows]
    first, second = (
        profiles(relations_from(own, [], actors=2, features=3, software_from=3)) for own in (rows, swapped)
    )
    assert first.report_key.tolist() == second.report_key.tolist()[::-1]


@QUICK
@given(st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=20, unique=True))
def test_drawn_numbers_hang_on_no_other_key(keys: list[int]) -> None:
    every = uniforms(np.array(keys, dtype=np.uint64), 6)
    assert np.all((every > 0.0) & (every < 1.0))
    for place, key in enumerate(keys):
        alone: Keys = np.array([key], dtype=np.uint64)
        assert np.array_equal(uniforms(alone, 6)[0], every[place])
    assert np.array_equal(uniforms(np.array(keys, dtype=np.uint64), 3), every[:, :3])


def test_drawn_numbers_are_spread_evenly_and_independent() -> None:
    found = uniforms(np.arange(2_000, dtype=np.uint64), 50)
    shares, _ = np.histogram(found, bins=10, range=(0.0, 1.0))
    assert np.allclose(shares / found.size, 0.1, atol=0.005)
    between = np.corrcoef(found[:50])
    assert np.abs(between - np.eye(50)).max() < 0.65
    assert np.abs(np.corrcoef(found.T) - np.eye(50)).max() < 0.12


def test_weights_are_exponential_and_sum_to_the_number_of_reports() -> None:
    mass = report_mass(np.arange(3_000, dtype=np.uint64), 40)
    assert mass.sum(axis=0).tolist() == pytest.approx([3_000.0] * 40)
    assert mass.std() == pytest.approx(1.0, abs=0.02)
    assert np.mean(mass > 1.0) == pytest.approx(np.exp(-1.0), abs=0.01)


@QUICK
@given(st.integers(0, 2**32 - 1))
def test_sums_of_logarithms_are_those_taken_one_by_one(seed: int) -> None:
    random = np.random.default_rng(seed)
    odds, reached = random.uniform(0, 3, (40, DRAWS)), random.uniform(0, 0.5, (6, DRAWS))
    plain = np.log1p(odds[:, None, :] * reached).sum(axis=0)
    assert np.allclose(log_sums(odds, reached), plain, atol=1e-8)


def test_sums_by_place_are_those_added_one_by_one() -> None:
    random = np.random.default_rng(3)
    values, place = random.random((30, 4)), random.integers(0, 7, 30)
    expected = np.zeros((9, 4))
    np.add.at(expected, place, values)
    assert np.allclose(by_place(values, place, 9), expected)
    assert by_place(np.empty((0, 4)), np.empty(0, dtype=np.intp), 2).tolist() == [[0.0] * 4] * 2


def test_nothing_known_is_drawn_as_nothing() -> None:
    known = profiles(relations_from([], [], actors=2, features=3, software_from=2))
    drawn = resampled(known, 4)
    assert drawn.reports.shape == (0, 4)
    assert drawn.idf.shape == (3, 4)


def test_the_tables_of_the_last_knowledge_are_kept() -> None:
    known = profiles(random_relations(4, actors=3, features=9, reports=8))
    assert resampled(known, 5) is resampled(known, 5)
    assert resampled(known, 6).reports.shape == (3, 6)
