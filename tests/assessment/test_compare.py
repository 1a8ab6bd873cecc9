"""What changed between two assessments: bits that account for all of it."""

from __future__ import annotations

from dataclasses import replace
from math import fsum, log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment import harbour
from tests.assessment.harbour import ECHO, NEWS, REPORT, assessed, document, observed
from weigh.assessment.compare import compare, still_said
from weigh.assessment.document import UNLISTED, Assessment
from weigh.errors import UsageError
from weigh.inference.engine import prepare
from weigh.inference.model import Weights
from weigh.inference.weights import shipped
from weigh.records import Judgement, Verdict

IDS = [item.id for item in (*harbour.TECHNIQUES, *harbour.SOFTWARE)]
texts = st.lists(st.sampled_from(IDS)).map(" ".join)


def odds(found: Assessment, pivot: tuple[str, str]) -> float:
    """log2 of the odds of the pivot's hypotheses."""
    rows = {row.id: row.probability for row in found.hypotheses}
    return log2(rows[pivot[0]] / rows[pivot[1]])


@settings(max_examples=25, deadline=None)
@given(texts, texts, st.sampled_from(("", "2017", "2021")))
def test_bits_and_the_rest_sum_to_the_change_of_the_log_odds(before: str, after: str, date: str) -> None:
    old, new = assessed([document(before, date="2019")]), assessed([document(after, date=date)])
    found = compare(old, new)
    change = odds(new, found.pivot) - odds(old, found.pivot)
    assert found.log_odds_change == pytest.approx(change, abs=1e-9)
    assert fsum([*(row.bits for row in found.evidence), found.rest]) == pytest.approx(change, abs=1e-9)
    assert found.pivot[0] == new.hypotheses[0].id
    assert found.pivot[0] != found.pivot[1]
    sizes = [abs(row.bits) for row in found.evidence]
    assert sizes == sorted(sizes, reverse=True)


@settings(max_examples=20, deadline=None)
@given(texts)
def test_an_assessment_does_not_differ_from_itself(text: str) -> None:
    found = compare(assessed([document(text)]), assessed([document(text)]))
    assert found.same
    assert (found.log_odds_change, found.rest) == (0.0, 0.0)
    assert len(found.probabilities) == len(found.evidence) == 0
    assert (found.documents_added, found.documents_removed) == ((), ())
    assert not (found.knowledge_changed)
    assert not (found.weights_changed)


def test_documents_and_facts_that_came_and_went_are_named() -> None:
    found = compare(assessed([REPORT, NEWS]), assessed([REPORT, ECHO]))
    assert (found.documents_added, found.documents_removed) == (("echo.txt",), ("news.txt",))
    assert {(row.feature, row.change) for row in found.evidence if row.change != "reweighed"} == {
        ("S0002", "removed"),
        ("T1105", "removed"),
        ("S0001", "read with another probability"),
        ("T1566.001", "read with another probability"),
    }
    assert not found.same


def test_a_rejection_shows_what_it_did() -> None:
    (target,) = (item for item in observed(REPORT) if item.value == "S0001")
    rejected = Judgement(target.id, Verdict.REJECT, "Mira Oskal", "2031-04-15T09:30:00Z", "a homonym")
    old, new = assessed([REPORT]), assessed([REPORT], [rejected])
    found = compare(old, new)
    (barge,) = (row for row in found.evidence if row.change == "removed")
    assert (barge.feature, barge.name, barge.old_presence, barge.new_presence) == ("S0001", "Barge", 0.9, 0.0)
    heron = {row.id: row for row in found.probabilities}["G0000"]
    assert heron.new < heron.old


def test_a_fact_that_other_passages_bear_is_told_with_them() -> None:
    first, second = (item for each in (REPORT, ECHO) for item in observed(each) if item.value == "S0001")
    old = assessed([REPORT, ECHO])

    def left(*names: str) -> dict[str, tuple[str, ...]]:
        rejected = [
            Judgement(name, Verdict.REJECT, "Mira Oskal", "2031-04-15T09:30:00Z", "a homonym")
            for name in names
        ]
        new = assessed([REPORT, ECHO], rejected)
        return {row.feature: row.observations for row in still_said(old, new, names)}

    assert left(first.id) == {"S0001": (second.id,)}
    assert left(second.id) == {"S0001": (first.id,)}
    assert left(first.id, second.id) == {}
    assert still_said(old, old, ()) == ()


def test_a_surer_reading_is_told_as_such() -> None:
    old = assessed([NEWS], observations=observed(NEWS, probability=0.6))
    new = assessed([NEWS], observations=observed(NEWS, probability=0.9))
    changes = {row.feature: row.change for row in compare(old, new).evidence}
    assert changes == {"S0002": "read with another probability", "T1105": "read with another probability"}


def test_every_changed_probability_is_listed_the_largest_first() -> None:
    old, new = assessed([REPORT]), assessed([NEWS])
    rows = compare(old, new).probabilities
    before, after = ({row.id: row.probability for row in found.hypotheses} for found in (old, new))
    assert {row.id: (row.old, row.new) for row in rows} == {
        key: (before[key], after[key]) for key in before if before[key] != after[key]
    }
    sizes = [abs(row.new - row.old) for row in rows]
    assert sizes == sorted(sizes, reverse=True)


def test_where_the_leader_stays_the_pivot_is_its_runner_up() -> None:
    old, new = assessed([REPORT]), assessed([REPORT, ECHO])
    assert compare(old, new).pivot == (new.hypotheses[0].id, new.hypotheses[1].id)


def _without(found: Assessment, *gone: str) -> Assessment:
    return replace(found, hypotheses=tuple(row for row in found.hypotheses if row.id not in gone))


def test_a_hypothesis_that_only_one_side_weighs_is_no_pivot_and_is_listed() -> None:
    new = assessed([REPORT])
    old = _without(assessed([NEWS]), new.hypotheses[0].id)
    found = compare(old, new)
    assert new.hypotheses[0].id not in found.pivot
    (row,) = (row for row in found.probabilities if row.id == new.hypotheses[0].id)
    assert (row.old, row.new) == (0.0, new.hypotheses[0].probability)
    assert fsum([*(row.bits for row in found.evidence), found.rest]) == pytest.approx(found.log_odds_change)


def test_with_one_hypothesis_in_common_nothing_moved() -> None:
    found = compare(_without(assessed([NEWS]), *(f"G{n:04d}" for n in range(5))), assessed([REPORT]))
    assert found.pivot == (UNLISTED, UNLISTED)
    assert found.log_odds_change == 0.0


def test_with_nothing_in_common_there_is_no_comparison() -> None:
    found = assessed([NEWS])
    with pytest.raises(UsageError, match="no hypothesis in common"):
        compare(replace(found, hypotheses=()), found)


def test_other_knowledge_and_other_weights_are_told() -> None:
    known, engine = harbour.world()
    other = replace(known, manifest=replace(known.manifest, stamp=replace(known.stamp, digest="00")))
    halved = Weights(tuple(value / 2 for value in shipped().values), shipped().errors, "halved")
    base = assessed([NEWS])
    found = compare(base, assessed([NEWS], knowing=(other, engine)))
    assert (found.knowledge_changed, found.weights_changed) == (True, False)
    found = compare(base, assessed([NEWS], knowing=(known, prepare(harbour.relations(), halved))))
    assert (found.knowledge_changed, found.weights_changed) == (False, True)
    assert {row.change for row in found.evidence} == {"reweighed"}
