"""The stretches of a document that an assessment quotes: each observation within its sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from weigh.assessment.document import PassageRow
from weigh.evidence.segmentation import sentences
from weigh.records import Document, Span, content_id

_CONTEXT = 1
_LONGEST_SIDE = 600


def sentence_spans(document: Document) -> list[Span]:
    """Sentences of the document in order."""
    return list(sentences(document.text))


def passages(document: Document, quotes: Sequence[Span], spans: Sequence[Span]) -> tuple[PassageRow, ...]:
    """Non-overlapping passages that together hold every quote, with a sentence on either side."""
    wanted = sorted(_window(quote, spans) for quote in quotes)
    merged: list[Span] = []
    for window in wanted:
        if len(merged) > 0 and window.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, window.end))
        else:
            merged.append(window)
    return tuple(
        PassageRow(
            id=content_id("pas", document.id, span.start, span.end),
            document=document.id,
            start=span.start,
            end=span.end,
            text=span.of(document.text),
        )
        for span in merged
    )


def sentence_around(document: Document, span: Span, spans: Sequence[Span]) -> str:
    """The sentence or sentences that an observation stands in, as one line."""
    first, last = _covering(span, spans)
    if first > last:
        return " ".join(span.of(document.text).split())
    start = max(spans[first].start, span.start - _LONGEST_SIDE)
    end = min(spans[last].end, span.end + _LONGEST_SIDE)
    return " ".join(document.text[min(start, span.start) : max(end, span.end)].split())


def passage_of(span: Span, rows: Sequence[PassageRow]) -> str:
    """Id of the passage that holds the span; rows are in order and do not overlap."""
    position = bisect_right([row.start for row in rows], span.start) - 1
    return rows[position].id if position >= 0 and span.end <= rows[position].end else ""


def _covering(span: Span, spans: Sequence[Span]) -> tuple[int, int]:
    """First and last sentence that the span touches; first > last when it touches none."""
    first = bisect_right(spans, span.start, key=lambda item: item.end)
    last = bisect_right(spans, max(span.end - 1, span.start), key=lambda item: item.start) - 1
    return first, last


def _window(span: Span, spans: Sequence[Span]) -> Span:
    first, last = _covering(span, spans)
    if first > last:
        return span
    start = spans[max(first - _CONTEXT, 0)].start
    end = spans[min(last + _CONTEXT, len(spans) - 1)].end
    return Span(
        min(max(start, span.start - _LONGEST_SIDE), span.start),
        max(min(end, span.end + _LONGEST_SIDE), span.end),
    )
