"""Linchpins: those that taking every fact away one by one finds, to the last bit, whatever the case."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assessment.harbour import ECHO, NEWS, REPORT, assessed
from tests.inference.generators import QUICK, random_relations, worlds
from weigh import scales
from weigh.assessment.document import UNLISTED, FeatureRow, HypothesisRow, LinchpinRow
from weigh.assessment.linchpins import ROUNDING, linchpins, may_tip
from weigh.inference.engine import Engine, prepare
from weigh.inference.features import Facts, facts
from weigh.inference.weights import shipped
from weigh.knowledge.relations import Relations


@dataclass(frozen=True)
class Case:
    """A case with its rows, as far as linchpins look at them."""

    engine: Engine
    facts: Facts

    @property
    def features(self) -> list[FeatureRow]:
        return [FeatureRow(f"F{index}", "technique", "", (), 1.0, 1, 0.1, ()) for index in self.facts.index]

    @property
    def leader(self) -> tuple[int, HypothesisRow]:
        odds = self.engine.weigh(self.facts).scores.probabilities
        first = int(odds.argmax())
        word = scales.icd203(float(odds[first]))
        identifier, name = self.named(first)
        row = HypothesisRow(
            identifier, name, (), (), 1, 2020, float(odds[first]), 0.0, 1.0, word, "", 0.0, 0.0, (), ()
        )
        return first, row

    def named(self, place: int) -> tuple[str, str]:
        known = len(self.engine.known.candidates)
        return (UNLISTED, "nobody known") if place == known else (f"G{place}", f"Actor {place}")

    def slowly(self) -> list[LinchpinRow]:
        """By the definition, one fact after the other."""
        (first, row), found = self.leader, []
        for feature, scores in zip(self.features, self.engine.without_each(self.facts), strict=True):
            odds = scores.probabilities
            best, word = int(odds.argmax()), scales.icd203(float(odds[first]))
            if best != first:
                change = "another hypothesis leads"
            elif word != row.icd203:
                change = (
                    f"the leader would be {word}" if word else "no word of the scale would fit the leader"
                )
            else:
                continue
            name = UNLISTED if self.named(best)[0] == UNLISTED else self.named(best)[1]
            found.append(
                (float(odds[first]), feature.id, LinchpinRow(feature.id, name, float(odds[best]), change))
            )
        return [each for _, _, each in sorted(found, key=lambda item: item[:2])]

    def quickly(self) -> list[LinchpinRow]:
        return list(linchpins(self.features, self.leader, self.facts, self.engine, self.named))


@QUICK
@given(worlds(least_actors=2, least_facts=1))
def test_they_are_those_that_are_found_one_by_one(world: tuple[Relations, Facts]) -> None:
    case = Case(prepare(world[0], shipped()), world[1])
    assert case.quickly() == case.slowly()


@pytest.mark.parametrize("seed", range(6))
def test_so_they_are_in_larger_knowledge(seed: int) -> None:
    engine = prepare(random_relations(seed, actors=15, features=60, reports=120), shipped())
    random = np.random.default_rng(seed)
    told = 0
    for count in (1, 3, 6, 12, 25):
        drawn = random.choice(60, size=count, replace=False)
        case = Case(engine, facts(dict.fromkeys(drawn.tolist(), 1.0)))
        assert case.quickly() == case.slowly()
        told += len(case.quickly())
    assert told > 0


def test_in_an_assessment_they_name_facts_of_the_case() -> None:
    for documents in ([REPORT], [REPORT, ECHO], [NEWS]):
        found = assessed(documents)
        ids = [row.id for row in found.features]
        assert {row.feature for row in found.linchpins} <= set(ids)
        assert len({row.feature for row in found.linchpins}) == len(found.linchpins)


@pytest.mark.parametrize(
    ("odds", "word", "expected"),
    [
        ((0.7, 0.2, 0.1), "likely", False),
        ((0.2, 0.7, 0.1), "likely", True),
        ((0.4, 0.4, 0.2), "unlikely", True),
        ((0.8, 0.1, 0.1), "likely", True),
        ((0.8 - ROUNDING / 2, 0.1, 0.1), "likely", True),
        ((0.8 - ROUNDING * 3, 0.1, 0.1), "likely", False),
        ((0.8 - ROUNDING * 3, 0.1, 0.1), "very likely", True),
        ((1.0, 0.0), "", False),
        ((1.0,), "", False),
    ],
)
def test_what_rounding_could_decide_is_looked_at_closely(
    odds: tuple[float, ...], word: str, expected: bool
) -> None:
    assert may_tip(np.array(odds), 0, word) is expected


@given(st.integers(2, 5), st.data())
def test_no_change_of_the_leader_is_passed_over(number: int, data: st.DataObject) -> None:
    weight = np.array(data.draw(st.lists(st.floats(0.01, 1.0), min_size=number, max_size=number)))
    odds = weight / weight.sum()
    leader = data.draw(st.integers(0, number - 1))
    if odds.argmax() != leader:
        assert may_tip(odds, leader, scales.icd203(float(odds[leader])))
