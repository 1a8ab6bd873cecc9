"""Pooling: one fact per value, its best reading, and a reason for all that is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment import harbour
from weigh.assessment.pooling import LEAST_PROBABILITY, as_facts, not_weighed, pool
from weigh.case.judgements import review
from weigh.records import Kind, Observation, Span

KNOWN = harbour.knowledge()
INDEX = KNOWN.feature_index


@st.composite
def sightings(draw: st.DrawFn) -> Observation:
    """An observation of one of a few values, known and unknown."""
    return Observation(
        document=draw(st.sampled_from(("a", "b"))),
        span=Span(draw(st.integers(0, 3)), 4),
        kind=draw(st.sampled_from((Kind.TECHNIQUE, Kind.SOFTWARE, Kind.ACTOR, Kind.INDICATOR))),
        value=draw(st.sampled_from(("T1486", "T1059", "S0001", "T9999"))),
        original="",
        extractor="x",
        probability=draw(st.floats(0, 1) | st.sampled_from((0.0, 0.5, 1.0))),
        forgeability=0.5,
        set_aside=draw(st.sampled_from(("", "", "because"))),
    )


def _counts(item: Observation) -> bool:
    """Whether an observation of a known value is weighed."""
    weighed = item.kind in (Kind.TECHNIQUE, Kind.SOFTWARE)
    return weighed and item.set_aside == "" and item.probability >= LEAST_PROBABILITY


@settings(max_examples=40, deadline=None)
@given(st.lists(sightings(), max_size=8), st.randoms(use_true_random=False))
def test_facts_are_the_best_readings_of_known_values_in_any_order(
    items: list[Observation], random: object
) -> None:
    pooled = pool(review(items, ()), KNOWN)
    expected: dict[int, float] = {}
    for item in items:
        if _counts(item) and item.value in INDEX:
            place = INDEX[item.value]
            expected[place] = max(expected.get(place, 0.0), item.probability)
    assert {item.feature: item.presence for item in pooled} == expected
    assert [item.feature for item in pooled] == sorted({item.feature for item in pooled})
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert pool(review(shuffled, ()), KNOWN) == pooled


@settings(max_examples=40, deadline=None)
@given(st.lists(sightings(), max_size=8))
def test_every_fact_names_all_readings_of_its_value_once(items: list[Observation]) -> None:
    values = {place: value for value, place in INDEX.items()}
    for fact in pool(review(items, ()), KNOWN):
        own = {item.id for item in items if item.value == values[fact.feature] and _counts(item)}
        assert fact.observations == tuple(sorted(own))


@settings(max_examples=40, deadline=None)
@given(sightings())
def test_an_observation_is_weighed_or_has_a_reason(item: Observation) -> None:
    reason = not_weighed(item, KNOWN)
    assert (reason == "") == (len(pool(review([item], ()), KNOWN)) == 1)


@pytest.mark.parametrize("year", [0, 2021])
def test_facts_go_to_the_model_with_their_presence_and_the_year(year: int) -> None:
    seen = Observation("a", Span(0, 1), Kind.TECHNIQUE, "T1059", "", "x", 0.5, 0.5)
    found = as_facts(pool(review([seen], ()), KNOWN), year)
    assert (found.index.tolist(), found.presence.tolist(), found.year) == (
        [INDEX["T1059"]],
        [0.5],
        year,
    )
