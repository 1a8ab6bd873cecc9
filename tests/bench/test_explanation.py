"""Rows on sets, next evidence and sponsors: what they count, on what, and that nothing later is used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.inference.generators import random_relations
from weigh.bench import explanation, protocols, scoring
from weigh.bench.explanation import (
    cumulated,
    halved,
    next_rows,
    parents,
    set_rows,
    sponsor_rows,
)
from weigh.bench.rows import Row
from weigh.bench.scoring import Forecast
from weigh.compiling.attack import read_bundle
from weigh.compiling.indexing import index
from weigh.compiling.linking import link
from weigh.inference.engine import prepare
from weigh.inference.fit import cases
from weigh.inference.weights import shipped
from weigh.knowledge.catalogue import Actor, Catalogue, SponsorClaim, Technique
from weigh.knowledge.relations import relations_from

ROLLED = (protocols.rolling, protocols.rolling_thin)


def forecasts(year: int, *truths: float) -> list[Forecast]:
    """Cases of two candidates whose truth, the first, has these probabilities; the rest is unlisted."""
    return [
        Forecast(number, 0, np.array([truth, 0.0]), 1.0 - truth, year) for number, truth in enumerate(truths)
    ]


def by_metric(rows: list[Row]) -> dict[str, Row]:
    return {row.metric.split(" (")[0].split(",")[0]: row for row in rows}


def test_sets_are_calibrated_on_earlier_years_alone() -> None:
    early = forecasts(2019, *[0.6] * 20)
    late = forecasts(2021, *[0.45] * 8, 0.7, 0.7)
    coverage, size = list(set_rows([*early, *late], [], "toy", 0.0))[:2]
    assert coverage.value == pytest.approx(0.2)
    assert coverage.n == 10
    assert coverage.bar == explanation.COVERAGE_BAR
    assert size.value == 1.0
    assert size.peers["all answers"] == 3.0


def test_a_year_without_earlier_cases_has_full_sets() -> None:
    coverage, size = list(set_rows(forecasts(2020, 0.9, 0.1), [], "toy", 0.0))[:2]
    assert (coverage.value, size.value) == (1.0, 3.0)
    assert coverage.peers == {"adaptive sets": 1.0}


def test_sets_of_thin_cases_are_calibrated_with_those_of_all_and_counted_apart_too() -> None:
    early, late = forecasts(2019, *[0.6] * 20), forecasts(2021, 0.7, 0.7)
    thin_early, thin_late = forecasts(2019, *[0.2] * 20), forecasts(2021, 0.5, 0.1)
    rows = list(set_rows([*early, *late], [*thin_early, *thin_late], "toy", 0.0))
    coverage, size, of_full, _, of_thin, _ = rows
    assert [row.n for row in rows] == [4, 4, 2, 2, 2, 2]
    assert (coverage.value, of_full.value, of_thin.value) == (0.75, 1.0, 0.5)
    assert size.value == pytest.approx((2 + 2 + 2 + 1) / 4), "the bound is a misfit of .8, of all cases"
    assert [row.bar for row in rows] == [explanation.COVERAGE_BAR, None, None, None, None, None]


def test_the_adaptive_score_of_the_leader_is_its_probability_and_of_the_last_is_one() -> None:
    found = cumulated(np.array([0.2, 0.5, 0.3]))
    assert found.tolist() == pytest.approx([1.0, 0.5, 0.8])


def test_half_of_a_case_and_its_hidden_rest_are_the_case() -> None:
    for item in cases(random_relations(2, actors=6, features=30, reports=60)):
        half, hidden = halved(item)
        assert hidden.isdisjoint(half.index.tolist())
        assert sorted([*half.index.tolist(), *hidden]) == item.facts.index.tolist()
        assert 0 <= len(half.index) - len(hidden) <= 1
        assert half.index.tolist() == halved(item)[0].index.tolist()


def test_the_leaders_commonest_techniques_are_what_it_does_most_and_the_case_lacks() -> None:
    rows = [(0, report, feature) for report in range(4) for feature in range(report + 1)]
    rows += [(1, 9, 0), (0, 3, 5)]
    known = relations_from(rows, [2020] * 10, actors=2, features=6, software_from=5)
    engine = prepare(known, shipped())
    half, _ = halved(next(item for item in cases(known) if item.actor == 0))
    found = explanation.commonest(half, engine, {1})
    assert 5 not in found
    assert found == [feature for feature in (0, 2, 3) if feature not in half.index.tolist()]


def test_next_evidence_is_asked_of_every_case_and_held_against_the_leader() -> None:
    relations = random_relations(5, actors=14, features=60, reports=260)
    found = list(next_rows(relations, {}, "toy"))
    asked = [item for item in cases(relations) if 2020 <= item.year <= 2025]
    share, more, bits = found
    assert {row.n for row in found} == {len(asked)}
    assert share.bar == pytest.approx(next(iter(share.peers.values())), abs=1e-4)
    assert more.value == pytest.approx(share.value - (share.bar or 0.0), abs=1e-4)
    assert more.bar == 0.0
    assert 0.0 < share.value <= 1.0
    assert np.isfinite(bits.value)


def _actors(count: int) -> list[Actor]:
    """Actors of two countries by turns; the last two have no sponsor and a disputed one."""
    states = ("Dorvany", "Quillane")
    found = [
        Actor(f"G{n}", f"Actor {n}", sponsors=(SponsorClaim(states[n % 2], "Oakline"),)) for n in range(count)
    ]
    found[-2] = replace(found[-2], sponsors=())
    found[-1] = replace(found[-1], sponsors=tuple(SponsorClaim(state, "Oakline") for state in states))
    return found


def test_sponsors_are_scored_where_one_is_claimed_and_disputed_ones_are_counted() -> None:
    relations = random_relations(5, actors=12, features=50, reports=260)
    actors = _actors(12)
    told = protocols.rolling(relations, protocols.logit, 2018, 2025)
    top1, error = sponsor_rows(told, relations, actors, "toy", 0.0)
    asked = [item for item in told if item.year >= 2020]
    disputed = sum(item.cluster == 11 for item in asked)
    assert f"({disputed} cases of disputed sponsors dropped)" in top1.metric
    assert error.n == len(asked) - disputed
    assert top1.n == error.n - sum(item.cluster == 10 for item in asked)
    assert top1.value > top1.peers["country with most reports"]
    assert 0.0 <= error.value <= 1.0


def test_the_lines_of_a_case_are_its_actors_sponsors() -> None:
    relations = random_relations(5, actors=12, features=50, reports=260)
    actors = _actors(12)
    item = next(one for one in protocols.rolling(relations, protocols.logit, 2021, 2021) if one.listed)
    found = explanation._lines(item, relations, actors, ("Dorvany", "Quillane"))
    assert found.candidates.sum() + found.unlisted == pytest.approx(1.0)
    known = np.unique(relations.known_before(2021).actor).tolist()
    expected = sum(
        p for actor, p in zip(known, item.candidates, strict=True) if actor % 2 == 0 and actor < 10
    )
    expected += 0.5 * sum(p for actor, p in zip(known, item.candidates, strict=True) if actor == 11)
    assert found.candidates[0] == pytest.approx(expected)
    assert found.unlisted == item.unlisted


def test_parents_are_those_of_the_catalogue() -> None:
    techniques = (Technique("T1", "One"), Technique("T1.001", "Part", parent="T1"), Technique("T2", "Two"))
    assert parents(Catalogue((), techniques, (), (), ())) == {1: 0}


def test_intervals_resample_anything_that_has_a_cluster() -> None:
    outcomes = [explanation.Outcome(number % 3, float(number % 3)) for number in range(30)]
    low, high = scoring.interval(outcomes, lambda items: float(np.mean([item.own for item in items])))
    assert 0.0 <= low <= 1.0 <= high <= 2.0


def test_the_real_rows_are_there(shared: Path) -> None:
    path = shared / "data/attack/enterprise-attack-18.1.json.xz"
    if not path.is_file():
        pytest.skip("no official bundle")
    relations = index(link(read_bundle(path), ()))
    told, thin = (ask(relations, protocols.logit, 2017, 2025) for ask in ROLLED)
    coverage, size = list(set_rows(told, thin, "real", 0.0))[:2]
    assert coverage.value > 0.85
    assert size.value < 0.5 * size.peers["all answers"]
    misfits = sorted(
        1.0 - float(np.append(each.candidates, each.unlisted)[each.truth]) for each in [*told, *thin]
    )
    assert misfits == pytest.approx(shipped().calibration, abs=2e-6), "those that the program's sets go by"
