"""Software and actors by any of their names, and why a name is taken for one.

A name is somebody's claim: every finding says which name matched and who uses it, and one name of
several actors gives a finding for each. A name that is also an ordinary word, by measurement, by its
shortness or because a country bears it, counts only where nobody would write the word that way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from weigh.evidence.abbreviations import abbreviated, bare, is_short
from weigh.evidence.countries import country_names
from weigh.evidence.definitions import coinages, mentions, naming_words
from weigh.evidence.findings import Extract, Finding
from weigh.evidence.folding import fold
from weigh.evidence.given_names import Given, Reading, Thing, Use, comparable, given_names
from weigh.evidence.layout import Layout
from weigh.evidence.ordinary import is_ordinary
from weigh.evidence.phrases import Hit, Phrases, spellings
from weigh.evidence.written_ids import A_CLAIM
from weigh.knowledge import naming
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Kind, Span

DISTINCT, GUARDED, CROWDED, SPOKEN_TO = 0.97, 0.8, 0.5, 0.2
"""Chance that a name was read rightly: a distinctive one; an ordinary word in a name's place; a single
word that may be something else's name or a part of it; a name that somebody is called by. Our own reading
of AnnoCTR's training half, where most names that no annotator marked were names none the less."""

DEFINED, COINED = 0.9, 0.8
"""The same for a name that the document defines, and for one that it gives to software of its own finding."""

UNKNOWN_SOFTWARE = "software that the knowledge does not know: shown, not weighed"

_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2})")
_SHORT = 3
_LEAST_HEAD = 5
_MOST_ASKED = 50
_WITHIN_A_TOKEN = frozenset(".@#/\\$%")
_NEIGHBOUR = re.compile(r"[ -](?:[A-Z][a-z]+|[A-Z]{2,}|[A-Z]\.)(?!\w)")
_BEFORE = re.compile(r"(?:[A-Z][a-z]+|[A-Z]{2,}|[A-Z]\.)[ -]\Z")
_JOINED = re.compile(r"[A-Z]\w+\s(?:and|&|of|the)\s\Z")
_NUMBERED = re.compile(r" \d")
_ADDRESSED = re.compile(r"[,.?!]\s+(?:I|you|we|thank|thanks)\b", re.IGNORECASE)
_NEXT = re.compile(r"[ \n-](?P<word>[A-Za-z]{2,20})")


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of all names and aliases of the catalogue's software and actors."""
    uses = _by_spelling([use for use in _uses(catalogue) if not _is_never_a_name(use.name)])
    phrases = Phrases({spelling: spelling for spelling in uses})
    out = _written_out(catalogue)

    def extract(layout: Layout) -> Iterator[Finding]:
        readings: dict[Span, Reading] = {}
        for hit in phrases.find(layout.squeezed):
            reading = _reading(layout, hit, uses[hit.key])
            if len(reading.likely) > 0:
                readings[hit.span] = reading
        yield from sorted(
            _all(layout, _unabbreviated(layout, readings, out)), key=lambda finding: finding.span
        )

    return extract


def _by_spelling(every: Sequence[Use]) -> dict[str, list[Use]]:
    """Who uses each spelling, folded; one name as two words ("Muddy Water") where nobody is called so."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for use in every:
        for spelling in spellings(use.name):
            uses[spelling].append(use)
    divided: dict[str, list[Use]] = defaultdict(list)
    for use in every:
        spelling = fold(_CAMEL.sub(" ", use.name))
        if spelling not in uses:
            divided[spelling].append(use)
    return uses | divided


def _uses(catalogue: Catalogue) -> Iterator[Use]:
    for software in catalogue.software:
        for name, said_by in (
            (software.name, "ATT&CK"),
            *((alias.name, alias.said_by) for alias in software.aliases),
        ):
            yield Use(Kind.SOFTWARE, software.id, software.name, name, said_by, software.type, True)
    for actor in catalogue.actors:
        for name, said_by in naming.names(actor):
            yield Use(Kind.ACTOR, actor.id, actor.name, name, said_by, "name", actor.reports > 0)
            head = _headed(name) if name == actor.name else ""
            if head != "":
                yield Use(Kind.ACTOR, actor.id, actor.name, head, said_by, "name", actor.reports > 0)


def _headed(name: str) -> str:
    """A headline without its word for a group: "Lazarus"; none where the rest is an ordinary word."""
    rest, _, last = name.rpartition(" ")
    is_plain = rest.isalpha() and len(rest) >= _LEAST_HEAD and not is_ordinary(rest)
    return rest if is_plain and last.lower() in naming_words("actor") else ""


def _is_never_a_name(name: str) -> bool:
    """A single letter, a number, or a word that nobody could tell from the ordinary one ("at", "route")."""
    letters = sum(character.isalpha() for character in name)
    return letters < 2 or (is_ordinary(name) and name.islower() and name.isalpha())


def _reading(layout: Layout, hit: Hit, uses: Iterable[Use]) -> Reading:
    """What a name may mean where it stands; nothing where it is a part of something else."""
    likely: dict[Thing, float] = {}
    matching: dict[Thing, list[Use]] = defaultdict(list)
    sighting = layout.sighting_at(hit.span)
    if sighting is not None and sighting.span != hit.span:
        return Reading(likely, matching)
    for use in uses:
        probability = _probability(layout, hit.span, use.name)
        if probability > 0.0:
            likely[use.thing] = max(probability, likely.get(use.thing, 0.0))
            matching[use.thing].append(use)
    called = _called(layout, hit.span)
    if called is not None and any(kind is called for kind, _ in likely):
        likely = {thing: probability for thing, probability in likely.items() if thing[0] is called}
    return Reading(likely, matching)


def _written_out(catalogue: Catalogue) -> dict[str, set[str]]:
    """Short name -> the names, bare, of everything that is called so."""
    names: dict[Thing, set[str]] = defaultdict(set)
    short: dict[str, set[Thing]] = defaultdict(set)
    for use in _uses(catalogue):
        names[use.thing].add(bare(use.name))
        if is_short(use.name.upper()):
            short[use.name.upper()].add(use.thing)
    return {name: set().union(*(names[thing] for thing in things)) for name, things in short.items()}


def _unabbreviated(
    layout: Layout, readings: dict[Span, Reading], out: Mapping[str, set[str]]
) -> dict[Span, Reading]:
    """The readings without aliases that the document uses as the abbreviation of something else."""
    written = {span.of(layout.text).removesuffix("s") for span in readings}
    short = {name: out[name] for name in written if is_short(name) and name in out}
    used = abbreviated(layout.text, short, sorted(readings)) if len(short) > 0 else frozenset()
    if len(used) == 0:
        return readings
    left: dict[Span, Reading] = {}
    for span, reading in readings.items():
        name = span.of(layout.text).removesuffix("s")
        aliases = {thing for thing, uses in reading.uses.items() if fold(uses[0].canonical) != fold(name)}
        likely = {thing: odds for thing, odds in reading.likely.items() if thing not in aliases}
        if name not in used:
            left[span] = reading
        elif len(likely) > 0:
            left[span] = Reading(likely, {thing: reading.uses[thing] for thing in likely})
    return left


def _all(layout: Layout, readings: dict[Span, Reading]) -> Iterator[Finding]:
    """Findings of the names that the knowledge knows, and of those that the document gives."""
    given = given_names(layout, readings)
    taken = {span.start for span in readings}
    for span, reading in readings.items():
        name = given.get(comparable(span.of(layout.text))) if len(given) > 0 else None
        if name is not None and name.replaces:
            yield from _defined(span, name, reading)
        else:
            yield from _findings(span, reading, name)
    written = {name.written: name for name in given.values() if not name.is_known}
    for spelling, span in mentions(layout.text, written):
        if span.start not in taken and layout.sighting_at(span) is None:
            taken.add(span.start)
            yield from _defined(span, written[spelling], None)
    coined = {coinage.name: coinage for coinage in coinages(layout)}
    for spelling, span in mentions(layout.text, coined):
        if taken.isdisjoint(range(span.start, span.end)):
            why = f"the document names it so: {coined[spelling].reason}"
            yield Finding(span, Kind.SOFTWARE, spelling, COINED, why, "malware", set_aside=UNKNOWN_SOFTWARE)


def _findings(span: Span, reading: Reading, given: Given | None) -> Iterator[Finding]:
    """One finding for each thing that a known name may mean; the kinds of software share their chance."""
    for (kind, identifier), probability in reading.likely.items():
        of_kind = [other for other, _ in reading.likely if other == kind]
        shared = len(reading.likely) if kind is Kind.SOFTWARE else len(of_kind)
        uses = reading.uses[kind, identifier]
        others = [reading.uses[thing][0] for thing in reading.likely if thing != (kind, identifier)]
        yield Finding(
            span,
            kind,
            identifier,
            probability / shared,
            _why(uses, others) + ("" if given is None else f"; {_said(given)}"),
            uses[0].sort,
            set_aside=A_CLAIM if kind is Kind.ACTOR else "",
        )


def _defined(span: Span, given: Given, known: Reading | None) -> Iterator[Finding]:
    """One finding for each thing that the document says a name of its own means."""
    elsewhere = [] if known is None else sorted({uses[0].canonical for uses in known.uses.values()})
    kept = "" if len(elsewhere) == 0 else f"; elsewhere it is a name of {', '.join(elsewhere)}"
    for use in given.things:
        yield Finding(
            span,
            use.kind,
            use.id,
            DEFINED / len(given.things),
            f"{_said(given)}{kept}",
            use.sort,
            set_aside=A_CLAIM if use.kind is Kind.ACTOR else "",
        )


def _said(given: Given) -> str:
    things = " or ".join(use.canonical for use in given.things)
    return f"the document calls \u201c{given.written}\u201d another name of {things}: {given.reason}"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a name's own letters say: how many words begin with a capital, how it may be misread."""

    capitals: int
    is_single: bool
    is_borne: bool
    is_ordinary: bool
    is_short: bool
    is_country: bool


@lru_cache(maxsize=16384)
def _shape(name: str) -> _Shape:
    words = re.findall(r"[^\W_]+", name)
    return _Shape(
        capitals=sum(word[0].isupper() for word in words),
        is_single=len(words) == 1,
        is_borne=fold(name) in naming_words("borne"),
        is_ordinary=is_ordinary(name),
        is_short=len(name) <= _SHORT,
        is_country=fold(name) in country_names(),
    )


def _probability(layout: Layout, span: Span, name: str) -> float:
    """Chance that the characters at `span` are meant as `name`; 0 where they cannot be."""
    if layout.fills_field(span):
        return DISTINCT
    shape, written = _shape(name), span.of(layout.text)
    capitals = sum(character.isupper() for character in written)
    if shape.capitals > 0 and capitals == 0 and name.isascii():
        return 0.0
    if _is_divided(written, name) and not all(word[:1].isupper() for word in written.split()):
        return 0.0
    if shape.is_borne and not _is_called_somewhere(layout.text, written):
        return 0.0
    if shape.is_single and (shape.is_short or shape.is_ordinary or shape.is_country):
        return _guarded(layout, span, written, name)
    if shape.is_ordinary and capitals < shape.capitals:
        return 0.0
    if shape.is_single and name.istitle() and _is_spoken_to(layout, span):
        return SPOKEN_TO
    if shape.is_single and name.isalpha() and _may_be_another(layout, span, written, name):
        return CROWDED
    return DISTINCT


def _is_divided(written: str, name: str) -> bool:
    """Whether one word is written as several: "Muddy Water"."""
    return re.search(r"\s", written) is not None and re.search(r"[\s\d_-]", name) is None


def _may_be_another(layout: Layout, span: Span, written: str, name: str) -> bool:
    """Whether a word may name something else: "Carbon" in "Carbon Black", "CHROMIUM" as "Chromium"."""
    if name.isupper():
        return written.istitle()
    return name.istitle() and _is_crowded(layout, span)


def _is_spoken_to(layout: Layout, span: Span) -> bool:
    """Whether somebody speaks to the bearer of the name: "So, first, Kevin, I appreciated"."""
    before = layout.text[max(0, span.start - 2) : span.start].rstrip()
    follows = before == "" or not before[-1].isalnum()
    return follows and _ADDRESSED.match(layout.text, span.end) is not None


def _guarded(layout: Layout, span: Span, written: str, name: str) -> float:
    """The same for a name that is also a word: in its own case, where the word would not stand so."""
    shape = _shape(name)
    if written != name or layout.text[max(0, span.start - 1) : span.start] in _WITHIN_A_TOKEN:
        return 0.0
    if _called(layout, span) is not None:
        return GUARDED
    if shape.is_country:
        return 0.0
    if shape.is_short and not shape.is_ordinary and not name.istitle():
        return GUARDED
    if layout.opens_sentence(span) or layout.in_title(span) or _is_crowded(layout, span):
        return 0.0
    if layout.opens_line(span) or _NUMBERED.match(layout.text, span.end) is not None:
        return 0.0
    joined = _JOINED.search(layout.text, max(0, span.start - 24), span.start)
    return 0.0 if joined is not None else GUARDED


def _called(layout: Layout, span: Span) -> Kind | None:
    """What the word after the name calls it: software, an actor, or nothing known."""
    return _called_at(layout.text, span.end)


def _called_at(text: str, end: int) -> Kind | None:
    following = _NEXT.match(text, end)
    word = "" if following is None else following["word"].lower()
    if word in naming_words("software"):
        return Kind.SOFTWARE
    return Kind.ACTOR if word in naming_words("actor") else None


@lru_cache(maxsize=64)
def _is_called_somewhere(text: str, written: str) -> bool:
    """Whether a text says anywhere what a name is for: "Royal ransomware"."""
    found = islice(mentions(text, [written]), _MOST_ASKED)
    return any(_called_at(text, span.end) is not None for _, span in found)


def _is_crowded(layout: Layout, span: Span) -> bool:
    """Whether another capitalised word stands right beside it, as in a person's or a company's name."""
    after = _NEIGHBOUR.match(layout.text, span.end)
    if after is not None and _called(layout, span) is None:
        return True
    before = _BEFORE.search(layout.text, max(0, span.start - 24), span.start)
    if before is None:
        return False
    return not layout.opens_sentence(Span(span.start - len(before.group()), span.start))


def _why(uses: list[Use], others: list[Use]) -> str:
    canonical = uses[0].canonical
    names = dict.fromkeys(use.name for use in uses)
    parts = []
    for name in names:
        said_by = sorted({use.said_by for use in uses if use.name == name and use.said_by != ""})
        source = f" (said by {', '.join(said_by)})" if len(said_by) > 0 else ""
        parts.append(
            f"the name \u201c{name}\u201d{source}"
            if name == canonical
            else f"alias \u201c{name}\u201d{source}"
        )
    text = f"{' and '.join(parts)} of {canonical}" if canonical not in names else " and ".join(parts)
    if len(others) > 0:
        rivals = ", ".join(sorted(f"{use.canonical} ({use.kind})" for use in others))
        text += f"; the same name is used for {rivals}"
    return text
