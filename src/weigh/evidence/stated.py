"""What a row of a table of observations states of it: how credible, how easily planted, how likely.

The columns `credibility`, `forgeability`, and `probability` or `confidence`, hold for what is read in the
`value` of their row, and for nothing that its other cells mention. The reader has checked them; where a table
has no `value` column, a column of such a name is text like any other.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from weigh.records import Document, Field, Span
from weigh.scales import confidence_stated, credibility_digit, forging_ease, probability_stated

_FORMAT, _VALUE, _CREDIBILITY, _FORGEABILITY = "csv", "value", "credibility", "forgeability"
_PROBABILITY, _CONFIDENCE = "probability", "confidence"
_COLUMNS = frozenset({_VALUE, _CREDIBILITY, _FORGEABILITY, _PROBABILITY, _CONFIDENCE})


@dataclass(frozen=True, slots=True)
class Stated:
    """The Admiralty credibility (1 to 6) of a row, and its ease of forging and its chance, both in [0, 1];
    None where not said. The chance is its author's, in the words of `said`."""

    credibility: int | None = None
    forgeability: float | None = None
    probability: float | None = None
    said: str = ""


NOTHING = Stated()
"""What a row without these columns states."""


class StatedRows:
    """The statements of one document, by the place of the value that they are about."""

    def __init__(self, document: Document) -> None:
        fields = document.fields if document.format == _FORMAT else ()
        rows: dict[str, dict[str, Field]] = {}
        for field in fields:
            kind = field.kind.strip().lower()
            if kind in _COLUMNS:
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
    said = {kind: field.span.of(text).strip() for kind, field in row.items()}
    digit, ease = said.get(_CREDIBILITY, ""), said.get(_FORGEABILITY, "")
    chance, confidence = said.get(_PROBABILITY, ""), said.get(_CONFIDENCE, "")
    likely = probability_stated(chance) if chance != "" else None
    return Stated(
        credibility_digit(digit) if digit != "" else None,
        forging_ease(ease) if ease != "" else None,
        confidence_stated(confidence) if likely is None and confidence != "" else likely,
        chance or confidence,
    )
