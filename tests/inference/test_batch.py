"""Very many cases at once are each what they are alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK, cases, relations, weights, worlds
from weigh.inference import features
from weigh.inference.batch import weigh_many, without_each
from weigh.inference.engine import prepare
from weigh.inference.features import Facts, facts
from weigh.inference.model import Weights
from weigh.inference.weights import shipped
from weigh.knowledge.relations import Relations, relations_from


@QUICK
@given(st.data(), st.integers(1, 4))
def test_a_batch_gives_what_each_case_gives_alone(data: st.DataObject, chunk: int) -> None:
    known = data.draw(relations())
    engine = prepare(known, data.draw(weights))
    asked = data.draw(st.lists(cases(known), max_size=6))
    together = [row for part in weigh_many(asked, engine, chunk) for row in part]
    assert len(together) == len(asked)
    for case, row in zip(asked, together, strict=True):
        assert row.tolist() == pytest.approx(engine.weigh(case).scores.probabilities.tolist(), abs=1e-9)


@QUICK
@given(worlds(), weights)
def test_without_each_fact_at_once_is_without_each_in_turn(
    world: tuple[Relations, Facts], model: Weights
) -> None:
    engine = prepare(world[0], model)
    slow = [scores.probabilities.tolist() for scores in engine.without_each(world[1])]
    found = without_each(world[1], engine)
    assert found.shape == (len(world[1].index), len(engine.known.candidates) + 1)
    for row, expected in zip(found, slow, strict=True):
        assert row.tolist() == pytest.approx(expected, abs=1e-10)
    chosen = [
        scores.probabilities.tolist() for scores in engine.without_each(world[1], range(len(slow))[::2])
    ]
    assert chosen == slow[::2]


@QUICK
@given(st.data())
def test_cases_of_more_facts_than_were_learned_from_are_alike_too(data: st.DataObject) -> None:
    known = data.draw(relations())
    engine = prepare(known, data.draw(weights))
    asked = data.draw(st.lists(cases(known), max_size=6))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(features, "MOST_LEARNED", 1.5)
        together = [row for part in weigh_many(asked, engine) for row in part]
        for case, row in zip(asked, together, strict=True):
            assert row.tolist() == pytest.approx(engine.weigh(case).scores.probabilities.tolist(), abs=1e-9)


@pytest.mark.parametrize("number", [50, 60, 150])
def test_facts_beyond_those_learned_from_make_no_surer(number: int) -> None:
    """Facts that only one actor shows: from fifty on, more of them say no more by their rates."""
    rows = [(0, 0, index) for index in range(number)] + [(1, 1, number)]
    known = relations_from(rows, [2020, 2021], actors=2, features=number + 1, software_from=number + 1)
    found = features.case_features(
        facts(dict.fromkeys(range(number), 1.0), 2022), prepare(known, shipped()).known
    )
    counted = features.weight_beside_others(np.ones(number), np.zeros((number, number)))
    assert counted.sum() == pytest.approx(features.MOST_LEARNED)
    assert found.unlisted_shares[3].sum() == pytest.approx(np.sqrt(features.MOST_LEARNED))


def test_a_prior_that_was_set_counts_in_a_batch_too() -> None:
    known = relations_from([(0, 0, 0), (1, 1, 1)], [2020, 2021], actors=2, features=3, software_from=3)
    engine = replace(prepare(known, shipped()), shift=np.array([3.0, 0.0, -1.0]))
    case = facts({0: 1.0, 1: 0.5}, 2022)
    (part,) = weigh_many([case], engine)
    assert part[0].tolist() == pytest.approx(engine.weigh(case).scores.probabilities.tolist())


def test_no_cases_are_no_work() -> None:
    known = relations_from([(0, 0, 0)], [2020], actors=1, features=1, software_from=1)
    assert list(weigh_many([], prepare(known, shipped()))) == []
