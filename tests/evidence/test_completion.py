"""Which field a span stands in, however the fields lie."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import spans
from weigh.evidence.completion import Innermost
from weigh.records import Field, Span


def walked(fields: Sequence[Field], span: Span) -> Field | None:
    """The plain way: back from the field that begins last, to the first that reaches the end of the span."""
    ordered = sorted(fields, key=lambda field: (field.span.start, -field.span.end))
    before = [field for field in ordered if field.span.start <= span.start]
    return next((field for field in reversed(before) if field.span.end >= span.end), None)


def fields_at(*places: tuple[int, int]) -> list[Field]:
    return [Field(f"/{number}", Span(*place), "") for number, place in enumerate(places)]


@pytest.mark.parametrize(
    ("places", "span", "pointer"),
    [
        ([], (0, 1), None),
        ([(0, 5)], (0, 5), "/0"),
        ([(0, 5)], (4, 6), None),
        ([(2, 5)], (1, 3), None),
        ([(0, 5), (6, 9)], (7, 8), "/1"),
        ([(0, 5), (6, 9)], (4, 7), None),
        ([(0, 20), (1, 4), (6, 9)], (2, 3), "/1"),
        ([(0, 20), (1, 4), (6, 9)], (4, 5), "/0"),
        ([(0, 20), (1, 4), (6, 9)], (7, 12), "/0"),
        ([(0, 9), (0, 5), (0, 3)], (0, 4), "/1"),
        ([(0, 6), (3, 9)], (4, 5), "/1"),
        ([(0, 6), (3, 5)], (4, 6), "/0"),
        ([(3, 3), (0, 9)], (3, 3), "/0"),
    ],
)
def test_fields(places: list[tuple[int, int]], span: tuple[int, int], pointer: str | None) -> None:
    found = Innermost(fields_at(*places)).around(Span(*span))
    assert (found.pointer if found is not None else None) == pointer


any_fields = st.lists(spans(40), max_size=40).map(
    lambda drawn: [Field(f"/{number}", span, "") for number, span in enumerate(drawn)]
)


@given(any_fields, st.lists(spans(40), min_size=1, max_size=10))
def test_two_ways_agree_however_fields_overlap(fields: list[Field], asked: list[Span]) -> None:
    innermost = Innermost(fields)
    for span in asked:
        assert innermost.around(span) == walked(fields, span)


@given(st.integers(1, 400), st.data())
def test_two_ways_agree_on_many_fields_side_by_side_within_one(number: int, data: st.DataObject) -> None:
    fields = fields_at((0, 4 * number), *((4 * index, 4 * index + 3) for index in range(number)))
    innermost = Innermost(fields)
    span = data.draw(spans(4 * number + 2))
    assert innermost.around(span) == walked(fields, span)


class Counted(list[int]):
    """Ends that count how often one is looked at."""

    looks = 0

    def __getitem__(self, place: int) -> int:  # type: ignore[override]
        self.looks += 1
        return super().__getitem__(place)


@pytest.mark.parametrize(
    "places",
    [
        [(0, 10**6), *((index, index + 1) for index in range(50_000))],
        [(index, 200_000 - index) for index in range(50_000)],
    ],
)
def test_a_question_about_fifty_thousand_fields_looks_at_few_of_them(
    places: list[tuple[int, int]],
) -> None:
    innermost = Innermost(fields_at(*places))
    innermost._ends = looked_at = Counted(innermost._ends)
    found = innermost.around(Span(49_999, 199_000))
    assert found is not None
    assert found.span.end >= 199_000
    assert looked_at.looks < 100
