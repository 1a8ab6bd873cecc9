"""Software and actors by any of their names, and why a name is taken for one.

A name is somebody's claim: every finding says which name matched and who uses it, and one name of
several actors gives a finding for each. A name that is also an ordinary word, by measurement, by its
shortness or because a country bears it, counts only where nobody would write the word that way.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from weigh.evidence.abbreviations import abbreviated, bare, is_short
from weigh.evidence.aliases import unmarked
from weigh.evidence.chances import Vocabulary, chance_of, may_be_plural, supported, vocabulary_of
from weigh.evidence.definitions import coinages, definitions, mentions, naming_words
from weigh.evidence.findings import Extract, Finding
from weigh.evidence.folding import fold
from weigh.evidence.given_names import Given, Reading, Thing, Use, comparable, given_names, written_anyhow
from weigh.evidence.layout import Layout
from weigh.evidence.ordinary import is_ordinary
from weigh.evidence.phrases import Hit, Phrases, spellings
from weigh.evidence.surroundings import called
from weigh.evidence.written_ids import A_CLAIM
from weigh.knowledge import naming
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Kind, Span

DEFINED, COINED = 0.9, 0.8
"""Chance that a name is read rightly that the document defines, or gives to software of its own finding."""

UNKNOWN_SOFTWARE = "software that the knowledge does not know: shown, not weighed"

_CAMEL = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]{2}|[A-Z]{2,}$)")
_VERSIONED = re.compile(r"(?P<head>[^\W\d_]+) (?P<major>\d)\.0")
_LEAST_HEAD = 5
_NUMBERED = re.compile(r" v?\d")


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of all names and aliases of the catalogue's software and actors."""
    vocabulary = vocabulary_of(catalogue.listings)
    uses = _by_spelling([use for use in _uses(catalogue) if not _is_never_a_name(use.name)])
    several = (
        spelling
        for spelling, each in uses.items()
        if any(may_be_plural(use.name, vocabulary) for use in each)
    )
    phrases = Phrases({spelling: spelling for spelling in uses}, plurals=frozenset(several))
    out = _written_out(catalogue)

    def extract(layout: Layout) -> Iterator[Finding]:
        readings: dict[Span, Reading] = {}
        for hit in phrases.find(layout.squeezed):
            reading = _reading(layout, hit, uses[hit.key], vocabulary)
            if len(reading.likely) > 0:
                readings[hit.span] = reading
        readings = supported(layout, readings)
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
            for form in (name, *_versions(name)):
                yield Use(Kind.SOFTWARE, software.id, software.name, form, said_by, software.type, True)
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


def _versions(name: str) -> Iterator[str]:
    """A name without its version, and with the first number of it alone: "LockBit" and "LockBit 3"."""
    found = _VERSIONED.fullmatch(name)
    if found is not None and len(found["head"]) >= _LEAST_HEAD and not is_ordinary(found["head"]):
        yield found["head"]
        yield f"{found['head']} {found['major']}"


def _is_never_a_name(name: str) -> bool:
    """A single letter, a number, or a word that nobody could tell from the ordinary one ("at", "route")."""
    letters = sum(character.isalpha() for character in name)
    return letters < 2 or (is_ordinary(name) and name.islower() and name.isalpha())


def _reading(layout: Layout, hit: Hit, uses: Iterable[Use], vocabulary: Vocabulary) -> Reading:
    """What a name may mean where it stands; nothing where it is a part of something else."""
    likely: dict[Thing, float] = {}
    matching: dict[Thing, list[Use]] = defaultdict(list)
    sure: set[Thing] = set()
    sighting = layout.sighting_at(hit.span)
    if sighting is not None and sighting.span != hit.span:
        return Reading(likely, matching)
    for use in uses:
        chance = chance_of(layout, hit.span, use.name, use.kind, vocabulary)
        if chance.probability > 0.0 and not _is_another_version(layout, hit.span, use):
            likely[use.thing] = max(chance.probability, likely.get(use.thing, 0.0))
            matching[use.thing].append(use)
            sure |= set() if chance.is_doubted else {use.thing}
    kind = called(layout, hit.span)
    if kind is not None and any(each is kind for each, _ in likely):
        likely = {thing: probability for thing, probability in likely.items() if thing[0] is kind}
    return Reading(likely, matching, frozenset(likely) - sure)


def _is_another_version(layout: Layout, span: Span, use: Use) -> bool:
    """Whether a name without a version stands before one that is none of its own: "LockBit 5.0"."""
    is_head = use.canonical.startswith(f"{use.name} ") and use.canonical[-1].isdigit()
    return is_head and _NUMBERED.match(layout.text, span.end) is not None


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
    told = (*definitions(layout, sorted(readings)), *unmarked(layout, readings))
    given = given_names(layout, readings, told)
    taken = {span.start for span in readings}
    for span, reading in readings.items():
        name = given.get(comparable(span.of(layout.text))) if len(given) > 0 else None
        if name is not None and name.replaces:
            yield from _defined(span, name, reading)
        else:
            yield from _findings(span, reading, name)
    for name, span in written_anyhow(layout, [name for name in given.values() if not name.is_known]):
        if span.start not in taken and layout.sighting_at(span) is None:
            taken.add(span.start)
            yield from _defined(span, name, None)
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
