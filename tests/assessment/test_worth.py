"""What a number of documents is worth, and what their number does to the presence of a fact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.graphs import NAMES, among, graph, graphs
from weigh.assessment.pooling import effective, forest, pooled
from weigh.claims.links import JOINS, Link, kinds
from weigh.claims.origins import Origins, origin_of, unlinked
from weigh.inference.repetition import effective_number


@pytest.mark.parametrize("number", [1, 2, 5])
def test_unlinked_documents_are_worth_what_the_design_says(number: int) -> None:
    steps = unlinked(NAMES[:number]).everything()
    assert effective(steps) == pytest.approx(effective_number([0.5] * (number - 1)), abs=1e-12)
    assert len(set(origin_of(steps).values())) == number
    assert effective(()) == 0.0


def test_ten_copies_are_worth_one() -> None:
    copies = [f"{name}>a same-text" for name in NAMES[1:]]
    assert effective(among(graph(*copies), NAMES)) == pytest.approx(1.0, abs=1e-12)


@pytest.mark.parametrize("kind", sorted(kinds()))
@pytest.mark.parametrize("number", [2, 5, 8])
def test_documents_of_one_origin_are_worth_one_however_many(kind: str, number: int) -> None:
    steps = among(graph(*(f"{name}>a {kind}" for name in NAMES[1:number])), NAMES[:number])
    origins = len(set(origin_of(steps).values()))
    weak = kinds()[kind].copying < JOINS
    assert origins == (number if weak else 1)
    expected = effective_number([kinds()[kind].copying] * (number - 1)) if weak else 1.0
    assert effective(steps) == pytest.approx(expected, abs=1e-12)


def test_an_origin_of_many_documents_and_another_are_worth_as_much_as_two_documents() -> None:
    many = among(graph(*(f"{name}>a same-source" for name in "bcdefg")), NAMES)
    assert effective(many) == pytest.approx(effective(unlinked("ab").everything()), abs=1e-12)


@given(graphs(), st.dictionaries(st.sampled_from(NAMES), st.floats(0.0, 1.0), min_size=1))
def test_a_presence_lies_between_the_best_reading_and_independence(
    origins: Origins, readings: dict[str, float]
) -> None:
    found = pooled(among(origins, "".join(readings)), readings)
    failing = 1.0
    for reading in readings.values():
        failing *= 1.0 - reading
    assert max(readings.values()) - 1e-12 <= found.low <= found.value <= found.high <= 1.0 - failing + 1e-9


@given(
    graphs(), st.dictionaries(st.sampled_from(NAMES[:-1]), st.floats(0.0, 1.0), min_size=1), st.floats(0, 1)
)
def test_an_origin_more_never_lowers_a_presence(
    origins: Origins, readings: dict[str, float], reading: float
) -> None:
    free = {name: tuple(link for link in found if "h" not in (link.document, link.repeats))
            for name, found in origins.links_from.items()}  # fmt: skip
    apart = Origins(origins.order, free, ())
    before = pooled(among(apart, "".join(readings)), readings)
    after = pooled(among(apart, "".join(readings) + "h"), readings | {"h": reading})
    assert after.value >= before.value - 1e-12


@given(graphs(), st.dictionaries(st.sampled_from(NAMES), st.floats(0.0, 1.0), min_size=1))
def test_a_copy_more_changes_no_presence(origins: Origins, readings: dict[str, float]) -> None:
    first = min(readings)
    order = {**origins.order, "z": len(NAMES)}
    copied = Origins(order, {**origins.links_from, "z": (Link("z", first, "same-text", ""),)}, ())
    before = pooled(among(origins, "".join(readings)), readings)
    after = pooled(among(copied, "".join(readings) + "z"), readings | {"z": readings[first]})
    assert after.value == pytest.approx(before.value, abs=1e-12)


def test_roots_hang_under_the_best_reading() -> None:
    steps = unlinked("abc").everything()
    tree = forest(steps, [0.2, 0.9, 0.9])
    assert tree.parent == (1, -1, 1)
    assert forest(steps, [0.2, 0.9, 0.9], 0.25).copying == (0.25, 0.0, 0.25)
