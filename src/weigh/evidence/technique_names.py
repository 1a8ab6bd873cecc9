"""Techniques by their names: "Pass the Hash", "Phishing: Spearphishing Link".

Two techniques may share a name ("Domain Account"); without the parent's name or an id beside it the
finding is divided between them. A name that is an ordinary word ("Software", "Tool") counts only
where the word would not stand in capitals.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from weigh.evidence.findings import Extract, Finding
from weigh.evidence.folding import fold
from weigh.evidence.layout import Layout
from weigh.evidence.ordinary import is_ordinary
from weigh.evidence.phrases import Phrases, spellings
from weigh.knowledge.catalogue import Catalogue, Technique
from weigh.records import Kind, Span


class Wording(Enum):
    """How a technique's name stands in a text, with the chance that the text reports the technique.

    The chances are shares of right findings on the training halves of TRAM2 and AnnoCTR together,
    where a finding is right when an annotator gave the sentence the technique, its parent or a
    sibling, and sentences that also print an id are left out: TITLE 65 of 99, PHRASE 161 of 292,
    WORD 51 of 60, ORDINARY 7 of 21. FULL hardly occurs outside tables of techniques (3 of 3 there).
    """

    FULL = 0.95
    TITLE = 0.65
    PHRASE = 0.55
    WORD = 0.8
    ORDINARY = 0.3


@dataclass(frozen=True, slots=True)
class Named:
    """A technique under one of its names.

    `full` is true where the name has its parent's before it, `of_thing` where it is the name of a thing
    that everybody writes about ("IP Addresses", "DNS") rather than of something done.
    """

    technique: str
    name: str
    note: str
    full: bool = False
    of_thing: bool = False


_ID = re.compile(r"T\d{4}(?:\.\d{3})?(?!\d)")
# An id right before a name says what the name is a part of: "T1486   Data Encrypted for", broken by the line.
_AFTER_ID = re.compile(r"T\d{4}(?:\.\d{3})?[ \t\u00a0|:)\]([\u2013\u2014-]{1,20}\Z")
_GLOSS = 30
_PREPARATION = frozenset({"reconnaissance", "resource-development"})
_ACRONYM = 5
_WORDLET = 2
_REACH = 60
"""Characters after a name, and half as many before it, in which an id tells which technique is meant."""


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of the names of live techniques and of retired ones that have a successor."""
    named: dict[str, dict[str, Named]] = defaultdict(dict)
    for entry in names_of(catalogue):
        for spelling in spellings(entry.name):
            named[spelling].setdefault(entry.technique, entry)
    phrases = Phrases(
        {name: name for name in named}, plurals=frozenset(name for name in named if " " in name)
    )

    def extract(layout: Layout) -> Iterator[Finding]:
        for hit in phrases.find(layout.squeezed):
            if layout.sighting_at(hit.span) is None:
                yield from _findings(layout, hit.span, named[hit.key])

    return extract


def names_of(catalogue: Catalogue) -> Iterator[Named]:
    """Every name of a live technique: its own, with its parent's before it, and those of what it replaced."""
    techniques = {technique.id: technique for technique in catalogue.techniques}
    for technique in catalogue.techniques:
        yield Named(technique.id, technique.name, "", of_thing=_is_of_thing(technique.name, technique))
        if technique.parent in techniques:
            yield Named(technique.id, f"{techniques[technique.parent].name}: {technique.name}", "", full=True)
    for retired in catalogue.retired:
        now = techniques.get(retired.now)
        if now is not None and retired.name != now.name:
            note = f", the former name of {now.name}"
            yield Named(now.id, retired.name, note, of_thing=_is_of_thing(retired.name, now))


def _is_of_thing(name: str, technique: Technique) -> bool:
    """Whether a technique is called after what is gathered, obtained or spoken, not after what is done.

    Sub-techniques of the preparatory tactics are, those whose name is a short abbreviation or a word of two
    letters ("At"), and those of the table `technique_names.toml`.
    """
    prepares = len(technique.tactics) > 0 and set(technique.tactics) <= _PREPARATION
    if (prepares and technique.parent != "") or fold(name) in _things():
        return True
    return (name.isupper() and len(name) <= _ACRONYM) or len(name) <= _WORDLET


@cache
def _things() -> frozenset[str]:
    table = files("weigh.evidence").joinpath("technique_names.toml").read_text(encoding="utf-8")
    return frozenset(fold(name) for names in tomllib.loads(table).values() for name in names)


def _findings(layout: Layout, span: Span, named: Mapping[str, Named]) -> Iterator[Finding]:
    written = _written_beside(layout.text, span)
    entries = list(named.values())
    meant = [entry for entry in entries if entry.technique in written]
    if len(meant) == 0 and _AFTER_ID.search(layout.text, max(0, span.start - _GLOSS), span.start) is not None:
        return
    if len(meant) == 0:
        meant = [entry for entry in entries if not entry.of_thing or entry.full or layout.fills_field(span)]
    wording = None if len(meant) == 0 else _wording(layout, span, meant[0])
    if wording is None:
        return
    for entry in meant:
        others = [other.technique for other in meant if other is not entry]
        shared = "" if len(others) == 0 else f"; {', '.join(others)} has the same name"
        why = f"the name \u201c{entry.name}\u201d{entry.note}{shared}"
        yield Finding(span, Kind.TECHNIQUE, entry.technique, wording.value / len(meant), why, "technique")


def _wording(layout: Layout, span: Span, entry: Named) -> Wording | None:
    """How the name stands there; none where the words are not meant as a name."""
    written = span.of(layout.text)
    if entry.full or layout.fills_field(span):
        return Wording.FULL
    words = re.findall(r"[^\W_]+", written)
    if len(words) > 1:
        return Wording.TITLE if words[0][0].isupper() and words[-1][0].isupper() else Wording.PHRASE
    if not is_ordinary(entry.name):
        return Wording.WORD if any(character.isupper() for character in written) else None
    if written != entry.name or layout.opens_sentence(span) or layout.in_title(span):
        return None
    return Wording.ORDINARY


def _written_beside(text: str, span: Span) -> frozenset[str]:
    beside = text[max(0, span.start - _REACH // 2) : span.end + _REACH]
    return frozenset(_ID.findall(beside))
