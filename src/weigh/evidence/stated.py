"""What a row of a table of observations states of its own observation: how credible, how easily planted.

The columns `credibility` and `forgeability` hold for what is read in the `value` of their row, and for
nothing that its other cells mention. The reader has checked them; where a table has no `value` column, a
column of that name is text like any other.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from weigh.records import Document, Field, Span
from weigh.scales import credibility_digit, forging_ease

_FORMAT, _VALUE, _CREDIBILITY, _FORGEABILITY = "csv", "value", "credibility", "forgeability"


@dataclass(frozen=True, slots=True)
class Stated:
    """The Admiralty credibility (1 to 6) and the ease of forging in [0, 1] of a row, None where not said."""

    credibility: int | None = None
    forgeability: float | None = None


NOTHING = Stated()
"""What a row without these columns states."""


class StatedRows:
    """The statements of one document, by the place of the value that they are about."""

    def __init__(self, document: Document) -> None:
        fields = document.fields if document.format == _FORMAT else ()
        rows: dict[str, dict[str, Field]] = {}
        for field in fields:
            kind = field.kind.strip().lower()
            if kind in (_VALUE, _CREDIBILITY, _FORGEABILITY):
                rows.setdefault(_row(field), {})[kind] = field
        told = [row for row in rows.values() if _VALUE in row and len(row) > 1]
        self._values = sorted(
            ((row[_VALUE].span, _stated(row, document.text)) for row in told), key=lambda pair: pair[0]
        )
        self._starts = [span.start for span, _ in self._values]

    def about(self, span: Span) -> Stated:
        """What is stated of an observation that stands here, wholly or in part in a row's value."""
        place = bisect_left(self._starts, span.end) - 1
        if place >= 0 and self._values[place][0].overlaps(span):
            return self._values[place][1]
        return NOTHING


def _row(field: Field) -> str:
    """The row of a pointer such as `/2/value`."""
    return field.pointer.split("/", 2)[1]


def _stated(row: dict[str, Field], text: str) -> Stated:
    digit, ease = (row[kind].span.of(text) if kind in row else "" for kind in (_CREDIBILITY, _FORGEABILITY))
    return Stated(
        credibility_digit(digit) if digit.strip() != "" else None,
        forging_ease(ease) if ease.strip() != "" else None,
    )
