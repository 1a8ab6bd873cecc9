"""A document laid out once for all extractors: sentences, parts, comparable text, addresses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from weigh.evidence.aligned_tables import aligned
from weigh.evidence.flat_tables import flattened
from weigh.evidence.folding import Squeezed, squeeze
from weigh.evidence.hosts import Sighting
from weigh.evidence.listed import listed
from weigh.evidence.sections import Role, Zone, zones
from weigh.evidence.segmentation import sentences
from weigh.evidence.spotting import spot
from weigh.evidence.tables import ADVISING, TECHNIQUE_ID, Row, Table, column_of, divided, lines_of
from weigh.evidence.typed_fields import with_typed
from weigh.evidence.unused_rows import unused
from weigh.records import Document, Notice, Span

_COURSE_OF_ACTION = "course-of-action"
_SMALL_WORD = re.compile(r"(?<!\w)[a-z\u00df-\u00f6\u00f8-\u00ff][^\W\d_]{3}")
_TITLE = 150
_BETWEEN_CELLS = " \t\n\r\f\v\u00a0|"


@dataclass(frozen=True, slots=True)
class Layout:
    """Sentences, zones and sightings are in reading order and do not overlap among themselves.

    `notices` says what of the text is in none of them.
    """

    document: Document
    squeezed: Squeezed
    sentences: tuple[Span, ...]
    zones: tuple[Zone, ...]
    sightings: tuple[Sighting, ...]
    fields: frozenset[Span]
    rows: tuple[Row, ...]
    notices: tuple[Notice, ...]
    _sentence_starts: tuple[int, ...]
    _zone_starts: tuple[int, ...]
    _sighting_starts: tuple[int, ...]
    _told: tuple[Span, ...]
    _told_starts: tuple[int, ...]

    @property
    def text(self) -> str:
        """The document's text, which all spans are into."""
        return self.document.text

    def sentence_at(self, span: Span) -> Span:
        """The sentence in which a span begins; the span itself where it begins between two."""
        at = bisect_right(self._sentence_starts, span.start) - 1
        return self.sentences[at] if at >= 0 and self.sentences[at].end > span.start else span

    def zone_at(self, span: Span) -> Zone | None:
        """The part outside an account in which a span begins, if it does in one."""
        at = bisect_right(self._zone_starts, span.start) - 1
        return self.zones[at] if at >= 0 and self.zones[at].span.end > span.start else None

    def sighting_at(self, span: Span) -> Sighting | None:
        """The address, path or digest that a span is a part of."""
        at = bisect_right(self._sighting_starts, span.start) - 1
        for sighting in self.sightings[max(at, 0) : at + 2]:
            if sighting.span.overlaps(span):
                return sighting
        return None

    def is_told_of(self, span: Span) -> bool:
        """Whether a span begins in a table's cell that names techniques, or tells how those of its row were
        used."""
        at = bisect_right(self._told_starts, span.start) - 1
        return at >= 0 and self._told[at].end > span.start

    def fills_field(self, span: Span) -> bool:
        """Whether the span is the whole of a structured file's field, or of a table's cell of techniques,
        which then says just this."""
        return span in self.fields

    def opens_sentence(self, span: Span) -> bool:
        """Whether no letter or digit stands before the span in its sentence."""
        sentence = self.sentence_at(span)
        return not any(character.isalnum() for character in self.text[sentence.start : span.start][:40])

    def opens_line(self, span: Span) -> bool:
        """Whether nothing but space stands before the span on its line."""
        start = self.text.rfind("\n", 0, span.start) + 1
        return self.text[start : span.start].strip() == ""

    def in_title(self, span: Span) -> bool:
        """Whether no long word of the sentence begins small, so that a capital says nothing."""
        sentence = self.sentence_at(span)
        return (
            _SMALL_WORD.search(self.text, sentence.start, min(sentence.end, sentence.start + _TITLE)) is None
        )


def lay_out(document: Document) -> Layout:
    """Read the text once for everything that does not depend on the knowledge.

    A structured file has fields instead of sections: its parts say themselves what they are.
    """
    text = document.text
    tables = _tables(text)
    spans = tuple(_cut(text, sentences(text), tables))
    rows = tuple(row for table in tables for row in table.rows)
    told = {row.techniques for row in rows}
    told |= {row.procedure or row.techniques for row in rows if _has_id(row.techniques.of(text))}
    ordered = tuple(sorted(told))
    parts = _parts(document, tables)
    spotted = spot(text)
    sightings = with_typed(document, spotted.sightings)
    return Layout(
        document=document,
        squeezed=squeeze(text),
        sentences=spans,
        zones=parts,
        sightings=sightings,
        fields=frozenset([*(field.span for field in document.fields), *(row.techniques for row in rows)]),
        rows=rows,
        notices=spotted.notices,
        _sentence_starts=tuple(span.start for span in spans),
        _zone_starts=tuple(zone.span.start for zone in parts),
        _sighting_starts=tuple(sighting.span.start for sighting in sightings),
        _told=ordered,
        _told_starts=tuple(span.start for span in ordered),
    )


def _tables(text: str) -> list[Table]:
    """The tables of techniques in order: those with their cells still apart, the others, and lists."""
    lines = lines_of(text)
    apart = list(divided(text, lines))
    apart = sorted([*apart, *_between(aligned(text, lines), apart)], key=lambda table: table.span)
    bounds = [table.span.start for table in apart]
    others = []
    for line in lines:
        at = bisect_right(bounds, line.span.start) - 1
        if at < 0 or apart[at].span.end <= line.span.start:
            others.append(line)
    found = sorted([*apart, *_between(flattened(others), apart)], key=lambda table: table.span)
    return sorted([*found, *_between(listed(lines), found)], key=lambda table: table.span)


def _between(tables: Iterable[Table], others: Sequence[Table]) -> Iterator[Table]:
    """The tables that overlap none of the others; both are in order."""
    starts = [table.span.start for table in others]
    for table in tables:
        at = bisect_right(starts, table.span.start)
        is_after = at == 0 or others[at - 1].span.end <= table.span.start
        if is_after and at == bisect_right(starts, table.span.end):
            yield table


def _has_id(cell: str) -> bool:
    return TECHNIQUE_ID.search(cell) is not None


def _cut(text: str, spans: Iterable[Span], tables: Iterable[Table]) -> Iterator[Span]:
    """The sentences, none of which goes on from one cell of a table into the next."""
    cells = {
        span for table in tables for row in table.rows for span in (row.techniques, row.procedure) if span
    }
    cells |= {zone.span for table in tables for zone in table.advice}
    edges = sorted({edge for cell in cells for edge in (cell.start, cell.end)})
    place = 0
    for span in spans:
        start = span.start
        while place < len(edges) and edges[place] < span.end:
            yield from _trimmed(text, start, edges[place])
            start = max(start, edges[place])
            place += 1
        yield from _trimmed(text, start, span.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """What stands between two places, without white space and bars around it, if that leaves anything."""
    words = text[start:end].rstrip(_BETWEEN_CELLS)
    inner = words.lstrip(_BETWEEN_CELLS)
    if len(inner) > 0:
        yield Span(start + len(words) - len(inner), start + len(words))


def _parts(document: Document, tables: Sequence[Table]) -> tuple[Zone, ...]:
    """What is no account: by the headings of the text, by the columns of its tables, or by the fields."""
    if len(document.fields) > 0:
        return tuple(_advising_fields(document))
    told = sorted(
        {
            span
            for table in tables
            if table.is_account
            for row in table.rows
            for span in (row.techniques, row.procedure)
            if span is not None
        }
    )
    advice = sorted(
        {
            zone.span: zone for table in tables for zone in (*unused(document.text, table), *table.advice)
        }.values(),
        key=lambda zone: zone.span,
    )
    return zones(document.text, [table.span for table in tables], told, advice)


def _advising_fields(document: Document) -> Iterator[Zone]:
    """STIX says by its object types what is advice, a table by its columns: neither is an account."""
    for field in sorted(document.fields, key=lambda field: field.span):
        if field.kind.startswith(_COURSE_OF_ACTION):
            yield Zone(field.span, Role.MITIGATIONS, _COURSE_OF_ACTION)
            continue
        column = column_of(field.kind)
        if column in ADVISING:
            yield Zone(field.span, ADVISING[column], field.kind)
