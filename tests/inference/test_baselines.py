"""The simple rules, against the same done naively."""

from __future__ import annotations

from math import fsum, log

import numpy as np
import pytest
from hypothesis import given

from tests.inference import slow
from tests.inference.generators import QUICK, worlds
from weigh.inference.baselines import BASELINES, jaccard, most_reported, naive_bayes
from weigh.inference.features import Facts, facts
from weigh.inference.profiles import profiles
from weigh.knowledge.relations import Relations, relations_from

World = tuple[Relations, Facts]


@QUICK
@given(worlds())
def test_cosines_and_exclusive_software_are_the_plain_ones(world: World) -> None:
    plain, known = slow.Known(world[0]), profiles(world[0])
    shown = dict(zip(world[1].index.tolist(), world[1].presence.tolist(), strict=True))
    weighed = {f: q * plain.idf(f) for f, q in shown.items()}
    for row, actor in enumerate(plain.actors):
        reports = [features for (who, _), features in plain.shown.items() if who == actor]
        pooled = {f: log(1 + plain.count(actor, f)) * plain.idf(f) for f in range(world[0].features)}
        tools = [f for f in shown if f >= world[0].software_from and plain.count(actor, f) > 0]
        expected = {
            "nearest report": max(slow.cosine(weighed, {f: plain.idf(f) for f in own}) for own in reports),
            "cosine": slow.cosine(weighed, pooled),
            "exclusive software": min(fsum(shown[f] / plain.users(f) for f in tools), 2.0),
        }
        for name, value in expected.items():
            assert BASELINES[name][1](world[1], known)[row] == pytest.approx(value, rel=1e-9, abs=1e-9)


@QUICK
@given(worlds())
def test_jaccard_is_intersection_over_union_of_sets(world: World) -> None:
    certain = Facts(world[1].index, np.ones(len(world[1].index)), world[1].year)
    plain = slow.Known(world[0])
    case = set(certain.index.tolist())
    expected = []
    for actor in plain.actors:
        own = {f for (who, _), features in plain.shown.items() if who == actor for f in features}
        expected.append(len(own & case) / len(own | case))
    assert jaccard(certain, profiles(world[0])).tolist() == pytest.approx(expected)


@QUICK
@given(worlds())
def test_naive_bayes_sums_the_log_ratios_of_all_features(world: World) -> None:
    plain = slow.Known(world[0])
    shown = dict(zip(world[1].index.tolist(), world[1].presence.tolist(), strict=True))
    expected = []
    for actor in plain.actors:
        terms = []
        for f in range(world[0].features):
            rate, base, q = plain.rate(actor, f), plain.base(f), shown.get(f, 0.0)
            silent = log((1 - rate) / (1 - base)) if plain.seen(f) > 0 else 0.0
            terms.append(q * log(rate / base) + (1 - q) * silent)
        expected.append(fsum(terms))
    assert naive_bayes(world[1], profiles(world[0])).tolist() == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_most_reported_actor_leads_whatever_the_case_says() -> None:
    known = profiles(
        relations_from([(0, 0, 0), (1, 1, 1), (1, 2, 1)], [2020] * 3, actors=2, features=2, software_from=2)
    )
    assert most_reported(facts({0: 1.0}), known).tolist() == [1.0, 2.0]


@pytest.mark.parametrize("name", list(BASELINES))
def test_every_rule_ranks_the_only_actor_that_fits_first_and_says_what_it_does(name: str) -> None:
    rows = [(0, 0, 0), (0, 1, 3), (0, 4, 0), (1, 2, 1), (1, 3, 2)]
    known = profiles(relations_from(rows, [2020] * 5, actors=2, features=4, software_from=3))
    sentence, rule = BASELINES[name]
    found = rule(facts({0: 1.0, 3: 0.9}, 2021), known)
    assert found.shape == (2,)
    assert found[0] > found[1]
    assert len(sentence) > 20


@QUICK
@given(worlds())
def test_rules_bear_any_case(world: World) -> None:
    known = profiles(world[0])
    for case in (world[1], facts({})):
        for _, rule in BASELINES.values():
            assert np.all(np.isfinite(rule(case, known)))
