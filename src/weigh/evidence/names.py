"""Software and actors by any of their names, and why a name is taken for one.

A name is somebody's claim: every finding says which name matched and who uses it, and one name of
several actors gives a finding for each. A name that is also an ordinary word, by measurement, by its
shortness or because a country bears it, counts only where nobody would write the word that way.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from weigh.evidence.countries import country_names
from weigh.evidence.findings import Extract, Finding
from weigh.evidence.folding import fold
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

_SHORT = 3
_WITHIN_A_TOKEN = frozenset(".@#/\\$%")
_NEIGHBOUR = re.compile(r"[ -](?:[A-Z][a-z]+|[A-Z]{2,}|[A-Z]\.)(?!\w)")
_BEFORE = re.compile(r"(?:[A-Z][a-z]+|[A-Z]{2,}|[A-Z]\.)[ -]\Z")
_JOINED = re.compile(r"[A-Z]\w+\s(?:and|&|of|the)\s\Z")
_NUMBERED = re.compile(r" \d")
_ADDRESSED = re.compile(r"[,.?!]\s+(?:I|you|we|thank|thanks)\b", re.IGNORECASE)
_NEXT = re.compile(r"[ \n-](?P<word>[A-Za-z]{2,20})")


@dataclass(frozen=True, slots=True)
class Use:
    """Somebody's use of a name for software or an actor. `sort` is a row of the forgeability table."""

    kind: Kind
    id: str
    canonical: str
    name: str
    said_by: str
    sort: str


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of all names and aliases of the catalogue's software and actors."""
    uses: dict[str, list[Use]] = defaultdict(list)
    for use in _uses(catalogue):
        if not _is_never_a_name(use.name):
            for spelling in spellings(use.name):
                uses[spelling].append(use)
    phrases = Phrases({spelling: spelling for spelling in uses})

    def extract(layout: Layout) -> Iterator[Finding]:
        for hit in phrases.find(layout.squeezed):
            yield from _findings(layout, hit, uses[hit.key])

    return extract


def _uses(catalogue: Catalogue) -> Iterator[Use]:
    for software in catalogue.software:
        for name, said_by in (
            (software.name, "ATT&CK"),
            *((alias.name, alias.said_by) for alias in software.aliases),
        ):
            yield Use(Kind.SOFTWARE, software.id, software.name, name, said_by, software.type)
    for actor in catalogue.actors:
        for name, said_by in naming.names(actor):
            yield Use(Kind.ACTOR, actor.id, actor.name, name, said_by, "name")


def _is_never_a_name(name: str) -> bool:
    """A single letter, a number, or a word that nobody could tell from the ordinary one ("at", "route")."""
    letters = sum(character.isalpha() for character in name)
    return letters < 2 or (is_ordinary(name) and name.islower() and name.isalpha())


def _findings(layout: Layout, hit: Hit, uses: Iterable[Use]) -> Iterator[Finding]:
    sighting = layout.sighting_at(hit.span)
    if sighting is not None and sighting.span != hit.span:
        return
    likely: dict[tuple[Kind, str], float] = {}
    reasons: dict[tuple[Kind, str], list[Use]] = defaultdict(list)
    for use in uses:
        probability = _probability(layout, hit.span, use.name)
        if probability > 0.0:
            key = use.kind, use.id
            likely[key] = max(probability, likely.get(key, 0.0))
            reasons[key].append(use)
    called = _called(layout, hit.span)
    if called is not None and any(kind is called for kind, _ in likely):
        likely = {key: probability for key, probability in likely.items() if key[0] is called}
    for (kind, identifier), probability in likely.items():
        of_kind = [other for other, _ in likely if other == kind]
        shared = len(likely) if kind is Kind.SOFTWARE else len(of_kind)
        yield Finding(
            hit.span,
            kind,
            identifier,
            probability / shared,
            _why(reasons[kind, identifier], [reasons[key][0] for key in likely if key != (kind, identifier)]),
            reasons[kind, identifier][0].sort,
            set_aside=A_CLAIM if kind is Kind.ACTOR else "",
        )


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a name's own letters say: how many words begin with a capital, how it may be misread."""

    capitals: int
    is_single: bool
    is_ordinary: bool
    is_short: bool
    is_country: bool


@lru_cache(maxsize=16384)
def _shape(name: str) -> _Shape:
    words = re.findall(r"[^\W_]+", name)
    return _Shape(
        capitals=sum(word[0].isupper() for word in words),
        is_single=len(words) == 1,
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
    if shape.is_single and (shape.is_short or shape.is_ordinary or shape.is_country):
        return _guarded(layout, span, written, name)
    if shape.is_ordinary and capitals < shape.capitals:
        return 0.0
    if shape.is_single and name.istitle() and _is_spoken_to(layout, span):
        return SPOKEN_TO
    if shape.is_single and name.isalpha() and _may_be_another(layout, span, written, name):
        return CROWDED
    return DISTINCT


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
    following = _NEXT.match(layout.text, span.end)
    word = "" if following is None else following["word"].lower()
    if word in _cues()["software"]:
        return Kind.SOFTWARE
    return Kind.ACTOR if word in _cues()["actor"] else None


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


@cache
def _cues() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("weigh.evidence").joinpath("names.toml").read_text(encoding="utf-8"))
    return {kind: frozenset(words.split()) for kind, words in table.items()}
