"""A document laid out once for all extractors: sentences, parts, comparable text, addresses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from weigh.evidence.folding import Squeezed, squeeze
from weigh.evidence.hosts import Sighting
from weigh.evidence.sections import Role, Zone, zones
from weigh.evidence.segmentation import sentences
from weigh.evidence.spotting import spot
from weigh.records import Document, Notice, Span

_COURSE_OF_ACTION = "course-of-action"
_SMALL_WORD = re.compile(r"(?<!\w)[a-z\u00df-\u00f6\u00f8-\u00ff][^\W\d_]{3}")
_TITLE = 150


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
    notices: tuple[Notice, ...]
    _sentence_starts: tuple[int, ...]
    _zone_starts: tuple[int, ...]
    _sighting_starts: tuple[int, ...]

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

    def fills_field(self, span: Span) -> bool:
        """Whether the span is the whole of a structured file's field, which then says just this."""
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
    spans = sentences(text)
    parts = tuple(_advising_fields(document)) if len(document.fields) > 0 else zones(text)
    spotted = spot(text)
    return Layout(
        document=document,
        squeezed=squeeze(text),
        sentences=spans,
        zones=parts,
        sightings=spotted.sightings,
        fields=frozenset(field.span for field in document.fields),
        notices=spotted.notices,
        _sentence_starts=tuple(span.start for span in spans),
        _zone_starts=tuple(zone.span.start for zone in parts),
        _sighting_starts=tuple(sighting.span.start for sighting in spotted.sightings),
    )


def _advising_fields(document: Document) -> Iterator[Zone]:
    """STIX says by its object types what is advice: a course of action is not an account."""
    for field in sorted(document.fields, key=lambda field: field.span):
        if field.kind.startswith(_COURSE_OF_ACTION):
            yield Zone(field.span, Role.MITIGATIONS, _COURSE_OF_ACTION)
