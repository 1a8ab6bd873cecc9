"""Pooling: one fact per value, what another origin adds to it, and a reason for all that is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment import harbour
from weigh.assessment.pooling import LEAST_PROBABILITY, as_facts, not_weighed, pool
from weigh.case.judgements import review
from weigh.claims.links import Link, kinds
from weigh.claims.origins import Origins
from weigh.records import Kind, Observation, Span

KNOWN = harbour.knowledge()
INDEX = KNOWN.feature_index
COPY = Link("b", "a", "same-text", "the same words")
ONE_ORIGIN = Origins({"a": 0, "b": 1}, {"b": (COPY,)}, ())


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
def test_facts_of_one_origin_are_the_best_readings_in_any_order(
    items: list[Observation], random: object
) -> None:
    pooled = pool(review(items, ()), KNOWN, ONE_ORIGIN)
    expected: dict[int, float] = {}
    for item in items:
        if _counts(item) and item.value in INDEX:
            place = INDEX[item.value]
            expected[place] = max(expected.get(place, 0.0), item.probability)
    assert {item.feature: item.presence for item in pooled} == pytest.approx(expected, abs=1e-12)
    assert [item.feature for item in pooled] == sorted({item.feature for item in pooled})
    shuffled = list(items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert pool(review(shuffled, ()), KNOWN, ONE_ORIGIN) == pooled


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


def reading(document: str, probability: float, value: str = "T1059") -> Observation:
    """A technique, read in a document."""
    return Observation(document, Span(0, 4), Kind.TECHNIQUE, value, value, "x", probability, 0.5)


def test_documents_that_nothing_links_count_by_half() -> None:
    (fact,) = pool(review([reading("a", 0.8), reading("b", 0.6)], ()), KNOWN)
    half = kinds()["unknown"].copying
    assert fact.presence == pytest.approx(1 - 0.2 * (half + (1 - half) * 0.4), abs=1e-12)
    assert (fact.low, fact.high) == pytest.approx((0.8, 1 - 0.2 * 0.4), abs=1e-12)


@given(
    st.lists(st.tuples(st.sampled_from("abcde"), st.floats(LEAST_PROBABILITY, 1)), min_size=1, max_size=8),
    st.floats(LEAST_PROBABILITY, 1),
)
def test_another_origin_never_lowers_a_presence_and_the_band_holds_it(
    readings: list[tuple[str, float]], more: float
) -> None:
    items = [reading(document, probability) for document, probability in readings]
    (before,) = pool(review(items, ()), KNOWN)
    (after,) = pool(review([*items, reading("z", more)], ()), KNOWN)
    assert after.presence >= before.presence - 1e-12
    assert before.low <= before.presence <= before.high
    assert before.low == pytest.approx(max(probability for _, probability in readings), abs=1e-12)


def test_a_single_document_keeps_its_best_reading_to_the_last_bit() -> None:
    (fact,) = pool(review([reading("a", 0.1 + 0.6), reading("a", 0.3)], ()), KNOWN)
    assert (fact.presence, fact.low, fact.high) == (0.1 + 0.6, 0.1 + 0.6, 0.1 + 0.6)
