"""What an observation says beyond its finding: its pointer, its forgeability, why it is set aside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from weigh.evidence.advice import advice_reason, advises
from weigh.evidence.comparisons import remark
from weigh.evidence.findings import Finding
from weigh.evidence.forgeability import forgeability
from weigh.evidence.layout import Layout
from weigh.evidence.stated import StatedRows
from weigh.records import Field, Kind, Observation, Span

UNJUDGED = 6
"""Admiralty credibility of what nobody judged."""
_REMARKED = frozenset({Kind.SOFTWARE, Kind.TECHNIQUE, Kind.VULNERABILITY})


class Completion:
    """Makes observations of the findings in one document."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._fields = Innermost(layout.document.fields)
        self._stated = StatedRows(layout.document)
        self._advises = lru_cache(maxsize=1024)(lambda sentence: advises(sentence.of(layout.text)))

    def observation(self, extractor: str, finding: Finding) -> Observation:
        """The finding as an observation that carries the extractor's name, with what its row states of it."""
        span = finding.span
        field = self._fields.around(span)
        stated = self._stated.about(span)
        ease = forgeability(finding.forging)
        return Observation(
            document=self._layout.document.id,
            span=span,
            kind=finding.kind,
            value=finding.value,
            original=span.of(self._layout.text),
            extractor=extractor,
            probability=finding.probability if stated.probability is None else stated.probability,
            forgeability=ease if stated.forgeability is None else stated.forgeability,
            subtype=finding.subtype,
            pointer=field.pointer if field is not None else "",
            credibility=UNJUDGED if stated.credibility is None else stated.credibility,
            set_aside=self._set_aside(finding),
            why=finding.why
            + ("" if stated.said == "" else f"; its row says how likely: \u201c{stated.said}\u201d"),
            table_forgeability=None if stated.forgeability is None else ease,
        )

    def _set_aside(self, finding: Finding) -> str:
        if finding.set_aside != "":
            return finding.set_aside
        zone = self._layout.zone_at(finding.span)
        if zone is not None and zone.role in finding.outside:
            return zone.reason
        if finding.unless_advice and self._advises(self._layout.sentence_at(finding.span)):
            return advice_reason()
        return remark(self._layout, finding.span, finding.kind) if finding.kind in _REMARKED else ""


class Innermost:
    """Which field holds a span whole: of those that do, the one that begins last and ends first.

    Fields may be disjoint, nest or overlap, and be as many as a hostile file has: a question costs the
    logarithm of their number. Answered by a tree of maxima over the fields' ends in the order of their
    beginnings, in which node `k` is the greater of nodes `2k` and `2k + 1`.
    """

    def __init__(self, fields: Sequence[Field]) -> None:
        self._fields = sorted(fields, key=lambda field: (field.span.start, -field.span.end))
        self._starts = [field.span.start for field in self._fields]
        self._leaves = 1 << max(len(fields) - 1, 0).bit_length()
        self._ends = [-1] * self._leaves + [field.span.end for field in self._fields]
        self._ends += [-1] * (2 * self._leaves - len(self._ends))
        for node in range(self._leaves - 1, 0, -1):
            self._ends[node] = max(self._ends[2 * node], self._ends[2 * node + 1])

    def around(self, span: Span) -> Field | None:
        """The innermost field around the span, None where none holds all of it."""
        last = bisect_right(self._starts, span.start) - 1
        if last < 0:
            return None
        node = self._leaves + last
        if self._ends[node] >= span.end:
            return self._fields[last]
        while node > 1:
            if node % 2 == 1 and self._ends[node - 1] >= span.end:
                return self._fields[self._last_leaf(node - 1, span.end)]
            node //= 2
        return None

    def _last_leaf(self, node: int, end: int) -> int:
        """The last field under a node that reaches `end`; the node says that there is one."""
        while node < self._leaves:
            node = 2 * node + (self._ends[2 * node + 1] >= end)
        return node - self._leaves
