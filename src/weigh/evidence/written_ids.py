"""ATT&CK ids written out: techniques, software and groups, with retired ids led to their successors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from weigh.evidence.advice import advice_reason, advises_on
from weigh.evidence.findings import Extract, Finding
from weigh.evidence.layout import Layout
from weigh.knowledge.catalogue import Catalogue, RetiredId
from weigh.records import Kind, Span

PROBABILITY = 0.99
UNKNOWN = "no version of this knowledge knows this id"
NO_SUCCESSOR = "retired without a successor"
A_CLAIM = "a name in a report is a claim, not evidence"

# A sub-technique may be written with a slash, as in the framework's URLs, or be broken after its dot
# by a line end. The prefix is tried first, which lets the search skip to it.
_TECHNIQUE = re.compile(r"T(?<![A-Za-z0-9]T)(\d{4})(?:(?P<joint>\.|/|\.\s)(?P<sub>\d{3})(?!\d))?(?!\d)")
# More sub-techniques of the same technique by their numbers alone: "T1547.001, .009", "T1566 (.001, .002)",
# or the number in the next cell of a table.
_MORE = re.compile(r"(?:\s?(?:[,/;&|:(\t]|and\b|or\b)\s?){1,3}\.(?P<sub>\d{3})(?![\d%])")
_OTHER = re.compile(r"[SG](?<![A-Za-z0-9][SG])\d{4}(?!\w)")
_PLAUSIBLE = re.compile(r"T[01]\d{3}(?:\.\d{3})?")
_IN_FRAMEWORK = "/techniques/"


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids that a knowledge knows: names of techniques, (name, sort) of software, names of actors, and
    what has become of retired ids."""

    techniques: dict[str, str]
    software: dict[str, tuple[str, str]]
    actors: dict[str, str]
    retired: dict[str, RetiredId]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Self:
        """The ids of a catalogue."""
        return cls(
            techniques={technique.id: technique.name for technique in catalogue.techniques},
            software={software.id: (software.name, software.type) for software in catalogue.software},
            actors={actor.id: actor.name for actor in catalogue.actors},
            retired={retired.id: retired for retired in catalogue.retired},
        )

    def knows(self, identifier: str) -> bool:
        """Whether an id of a technique is known, live or retired."""
        return identifier in self.techniques or identifier in self.retired


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of ids that this knowledge knows or has known, and of technique ids that it does not."""
    ids = Ids.of(catalogue)

    def extract(layout: Layout) -> Iterator[Finding]:
        yield from _techniques(layout, ids)
        yield from _others(layout, ids)

    return extract


def identified(text: str, ids: Ids, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """The ids of techniques that are written in `text[start:end]`, as they are written, with their places."""
    for match in _TECHNIQUE.finditer(text, start, end):
        span, identifier = _identified(match, ids)
        more = tuple(_more(text, span.end, end, identifier.partition(".")[0], ids))
        if len(more) == 0 or "." in identifier:
            yield span, identifier
        else:
            more = ((Span(span.start, more[0][0].end), more[0][1]), *more[1:])
        yield from more


def _more(text: str, start: int, end: int, parent: str, ids: Ids) -> Iterator[tuple[Span, str]]:
    """The sub-techniques that follow a technique by their numbers alone, as far as the knowledge has them."""
    while (match := _MORE.match(text, start, end)) is not None and ids.knows(f"{parent}.{match['sub']}"):
        start = match.end()
        yield Span(start - 4, start), f"{parent}.{match['sub']}"


def _techniques(layout: Layout, ids: Ids) -> Iterator[Finding]:
    text = layout.text
    for span, identifier in identified(text, ids, 0, len(text)):
        if text[span.end : span.end + 1].isalnum() or not _is_mention(layout, span):
            continue
        if ids.knows(identifier):
            value, set_aside, why = resolved(identifier, ids)
            set_aside = set_aside or _advised(layout, span)
        elif _PLAUSIBLE.fullmatch(identifier):
            value, set_aside, why = identifier, UNKNOWN, f"the id {identifier} is written out"
        else:
            continue
        yield Finding(
            span,
            Kind.TECHNIQUE,
            value,
            PROBABILITY,
            why,
            "technique",
            set_aside=set_aside,
            unless_advice=False,
        )


def _identified(match: re.Match[str], ids: Ids) -> tuple[Span, str]:
    """The id that a match stands for; a broken one only where the knowledge has the sub-technique."""
    whole = f"T{match[1]}.{match['sub']}"
    if match["sub"] is None or (match["joint"] not in {".", "/"} and not ids.knows(whole)):
        return Span(match.start(), match.start() + 5), f"T{match[1]}"
    if match["joint"] == "/" and not ids.knows(whole):
        return Span(match.start(), match.start() + 5), f"T{match[1]}"
    return Span(*match.span()), whole


def _is_mention(layout: Layout, span: Span) -> bool:
    """Not a part of some other name, unless that is an address within the framework's own pages."""
    sighting = layout.sighting_at(span)
    if sighting is None:
        return True
    return sighting.subtype == "url" and layout.text.endswith(_IN_FRAMEWORK, 0, span.start)


def resolved(identifier: str, ids: Ids) -> tuple[str, str, str]:
    """Current value, reason to set aside, and why, for an id that the knowledge knows."""
    if identifier in ids.techniques:
        return identifier, "", f"the id {identifier} ({ids.techniques[identifier]}) is written out"
    retired = ids.retired[identifier]
    if retired.now == "":
        why = f"the id {identifier} ({retired.name}) is written out; it was retired without a successor"
        return identifier, NO_SUCCESSOR, why
    return retired.now, "", f"the id {identifier} is written out; {identifier} is now {retired.now}"


def _advised(layout: Layout, span: Span) -> str:
    """Why an id is not weighed that its sentence names in advice; empty elsewhere.

    A table says by its columns what is advice, and a part of the text by its heading.
    """
    if layout.is_told_of(span) or layout.zone_at(span) is not None:
        return ""
    sentence = layout.sentence_at(span)
    return advice_reason() if advises_on(sentence.of(layout.text), span.start - sentence.start) else ""


def _others(layout: Layout, ids: Ids) -> Iterator[Finding]:
    for match in _OTHER.finditer(layout.text):
        span, identifier = Span(*match.span()), match.group()
        if layout.sighting_at(span) is not None:
            continue
        retired = ids.retired.get(identifier)
        value = identifier if retired is None else retired.now
        now = "" if value == identifier else f"; {identifier} is now {value}"
        if value in ids.software:
            name, sort = ids.software[value]
            why = f"the id {identifier} ({name}) is written out{now}"
            aside = _advised(layout, span)
            yield Finding(
                span, Kind.SOFTWARE, value, PROBABILITY, why, sort, set_aside=aside, unless_advice=False
            )
        elif value in ids.actors:
            why = f"the id {identifier} ({ids.actors[value]}) is written out{now}"
            yield Finding(span, Kind.ACTOR, value, PROBABILITY, why, "name", set_aside=A_CLAIM)
