"""How likely a name is meant where its letters stand: by what else they may be, and by what is around them.

A name that is no word is found in any case. A name that is also a word, by the counts of ordinary text, by
the advisories that write it in small letters, by its shortness or because a country or a person bears it,
needs its own case and something that says it is meant: a word beside it, another name in the same list, or
another place of the document that does so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from weigh.evidence.countries import country_names
from weigh.evidence.definitions import naming_words
from weigh.evidence.folding import fold
from weigh.evidence.given_names import Reading, Thing, comparable
from weigh.evidence.layout import Layout
from weigh.evidence.ordinary import is_ordinary, ordinary_words
from weigh.evidence.surroundings import called, is_crowded, is_malicious_at, is_meant, is_spoken_to
from weigh.knowledge.catalogue import Listed, Listing
from weigh.records import Kind, Span

DISTINCT, GUARDED, CROWDED, SPOKEN_TO = 0.97, 0.8, 0.5, 0.2
"""Chance that a name was read rightly: a distinctive one; a short one in its own case; a single
word that may be something else's name or a part of it; a name that somebody is called by. Our own reading
of AnnoCTR's training half, where most names that no annotator marked were names none the less."""

MEANT, SUPPORTED = 0.95, 0.9
"""The same for a name that is also a word, where the words beside it say that it is meant, and where
another place of the document does. In our own reading of TRAM2's and AnnoCTR's training halves all of 100 and
all of 29 were meant, and of 86 such words that nothing supported some 20; newspapers will be less kind."""

_SHORT, _REACH = 3, 80
_LEAST_TELLING = 5
_LEAST_NUMBERED = 4
_WITHIN_A_TOKEN = frozenset(".@#/\\$%")
_JOINED = re.compile(r"[A-Z]\w+\s(?:and|&|of|the)\s\Z")
_NUMBERED = re.compile(r" \d")
_TOKEN = re.compile(r"[^\W_]+")
_BESIDE = re.compile(
    r"[\"'\u2019\u201d*_\])]{0,3}(?:\s?\([^()\n]{0,60}\))?"
    r"(?:\s?[,/&|+;]\s?|,?\s(?:and|or|as well as)\s)(?:the )?"
    r"[\"'\u2018\u201c*_\[(]{0,3}"
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of a catalogue's names: those that people write `everyday`, and `known` ones of any language."""

    everyday: frozenset[str]
    known: frozenset[str]

    def is_spoken(self, phrase: str) -> bool:
        """Whether every word of a phrase is an everyday or an ordinary word."""
        words = _TOKEN.findall(fold(phrase))
        return len(words) > 0 and all(word in self.everyday or word in ordinary_words() for word in words)

    def tells(self, written: str) -> bool:
        """Whether some word as it is written is none, and long enough to be nothing else than a name."""
        return any(map(self._is_telling, _TOKEN.findall(fold(written))))

    def _is_telling(self, token: str) -> bool:
        if any(map(str.isdigit, token)):
            return len(token) >= _LEAST_NUMBERED and any(map(str.isalpha, token))
        return len(token) >= _LEAST_TELLING and token not in self.known and token not in ordinary_words()


def vocabulary_of(listings: Iterable[Listing]) -> Vocabulary:
    """The words that the listings of a catalogue hold."""
    held: dict[Listed, set[str]] = {Listed.EVERYDAY: set(), Listed.WORDS: set()}
    for listing in listings:
        if listing.kind in held:
            held[listing.kind].update(listing.names.split())
    return Vocabulary(frozenset(held[Listed.EVERYDAY]), frozenset(held[Listed.WORDS]))


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a name is meant; where `is_doubted`, if the rest of the document says so."""

    probability: float
    is_doubted: bool = False


_NEVER = Chance(0.0)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a name's own letters say: how many words begin with a capital, how it may be misread."""

    capitals: int
    is_single: bool
    is_borne: bool
    is_ordinary: bool
    is_spoken: bool
    is_short: bool
    is_country: bool
    is_cased: bool
    last: str

    @property
    def is_word(self) -> bool:
        """Whether the name is one word that is something else too."""
        risky = self.is_borne or self.is_spoken or self.is_short or self.is_country
        return self.is_single and risky


@lru_cache(maxsize=16384)
def _shape(name: str, vocabulary: Vocabulary) -> _Shape:
    words = _TOKEN.findall(name)
    return _Shape(
        capitals=sum(word[0].isupper() for word in words),
        is_single=len(words) == 1,
        is_borne=fold(name) in naming_words("borne"),
        is_ordinary=is_ordinary(name),
        is_spoken=vocabulary.is_spoken(name),
        is_short=len(name) <= _SHORT,
        is_country=fold(name) in country_names(),
        is_cased=not (name.istitle() or name.islower()),
        last=words[-1].lower() if len(words) > 1 else "",
    )


def may_be_plural(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name with an "s" after it can be nothing else than several of it."""
    shape = _shape(name, vocabulary)
    return len(name) >= _LEAST_TELLING and name[-1] not in "sS" and not shape.is_word


def chance_of(layout: Layout, span: Span, name: str, kind: Kind, vocabulary: Vocabulary) -> Chance:
    """Chance that the characters at `span` are meant as `name`, of a thing of this kind."""
    if layout.fills_field(span):
        return Chance(DISTINCT)
    shape, written = _shape(name, vocabulary), span.of(layout.text)
    capitals = sum(character.isupper() for character in written)
    if _is_divided(written, name) and not all(word[:1].isupper() for word in written.split()):
        return _NEVER
    if shape.capitals > 0 and capitals == 0 and name.isascii():
        return _in_small_letters(layout, span, kind, shape, vocabulary)
    if shape.is_word:
        return _of_word(layout, span, name, kind, shape)
    if shape.is_spoken and capitals < shape.capitals and not _says_what(shape):
        return _NEVER if shape.is_ordinary else _doubted(is_meant(layout, span, kind))
    if shape.is_single and name.istitle() and is_spoken_to(layout, span):
        return Chance(SPOKEN_TO)
    if shape.is_single and name.isalpha() and _may_be_another(layout, span, written, name):
        return Chance(CROWDED)
    return Chance(DISTINCT)


def _in_small_letters(
    layout: Layout, span: Span, kind: Kind, shape: _Shape, vocabulary: Vocabulary
) -> Chance:
    """The same where no letter is a capital: somebody's typing, or an ordinary word."""
    if layout.text[max(0, span.start - 1) : span.start] in _WITHIN_A_TOKEN:
        return _NEVER
    if vocabulary.tells(span.of(layout.text)):
        return Chance(DISTINCT)
    if shape.is_single:
        is_plain = kind is Kind.SOFTWARE and not (shape.is_ordinary or shape.is_cased)
        return Chance(CROWDED) if is_plain and is_malicious_at(layout.text, span.end) else _NEVER
    return _doubted(shape.last in naming_words("coined") or is_meant(layout, span, kind))


def _of_word(layout: Layout, span: Span, name: str, kind: Kind, shape: _Shape) -> Chance:
    """The same for a name that is also a word: in its own case, where the word would not stand so."""
    written = span.of(layout.text)
    is_within = layout.text[max(0, span.start - 1) : span.start] in _WITHIN_A_TOKEN
    if is_within or (written != name and (shape.is_ordinary or not written[0].isupper())):
        return _NEVER
    meant = is_meant(layout, span, kind)
    if called(layout, span) is not None or (meant and written != name):
        return Chance(MEANT)
    if shape.is_country:
        return _NEVER
    if shape.is_short and shape.is_cased and not shape.is_spoken and written == name:
        return Chance(GUARDED)
    if is_crowded(layout, span) or (shape.is_ordinary and not meant and _is_placed(layout, span)):
        return _NEVER
    if shape.is_cased and not shape.is_ordinary and written == name and not layout.in_title(span):
        return Chance(DISTINCT)
    return _doubted(meant)


def _doubted(is_meant_here: bool) -> Chance:
    return Chance(MEANT) if is_meant_here else Chance(SUPPORTED, True)


def _says_what(shape: _Shape) -> bool:
    """Whether a name's own last word says what it is for: "Medusa Ransomware"."""
    return shape.last in naming_words("software") | naming_words("actor") | naming_words("coined")


def _is_placed(layout: Layout, span: Span) -> bool:
    """Whether an ordinary word would have its capital here, or belongs to a number or to another name."""
    if layout.in_title(span) or layout.opens_sentence(span) or layout.opens_line(span):
        return True
    if _NUMBERED.match(layout.text, span.end) is not None:
        return True
    return _JOINED.search(layout.text, max(0, span.start - 24), span.start) is not None


def _is_divided(written: str, name: str) -> bool:
    """Whether one word is written as several: "Muddy Water"."""
    return re.search(r"\s", written) is not None and re.search(r"[\s\d_-]", name) is None


def _may_be_another(layout: Layout, span: Span, written: str, name: str) -> bool:
    """Whether a word may name something else: "Carbon" in "Carbon Black", "CHROMIUM" as "Chromium"."""
    if name.isupper():
        return written.istitle()
    return name.istitle() and is_crowded(layout, span)


def supported(layout: Layout, readings: Mapping[Span, Reading]) -> dict[Span, Reading]:
    """The readings without what is doubted and nothing else in the document supports.

    A doubted actor with a capital stays, as less likely, unless people bear its name: it is a claim, and
    weighs nothing.
    """
    if all(len(reading.doubted) == 0 for reading in readings.values()):
        return dict(readings)
    sure = _introduced(layout, readings) | _listed(layout, readings)
    left: dict[Span, Reading] = {}
    for span, reading in readings.items():
        written = span.of(layout.text)
        stays = not written.islower() and fold(written) not in naming_words("borne")
        likely: dict[Thing, float] = {}
        for thing, chance in reading.likely.items():
            if thing not in reading.doubted or (span, thing) in sure:
                likely[thing] = chance
            elif stays and thing[0] is Kind.ACTOR:
                likely[thing] = min(chance, CROWDED)
        if len(likely) > 0:
            left[span] = replace(reading, likely=likely)
    return left


def _introduced(layout: Layout, readings: Mapping[Span, Reading]) -> set[tuple[Span, Thing]]:
    """What is doubted in one place and sure in another one, under the same name."""
    told = {
        (comparable(span.of(layout.text)), thing)
        for span, reading in readings.items()
        for thing in reading.likely.keys() - reading.doubted
    }
    return {
        (span, thing)
        for span, reading in readings.items()
        for thing in reading.doubted
        if (comparable(span.of(layout.text)), thing) in told
    }


def _listed(layout: Layout, readings: Mapping[Span, Reading]) -> set[tuple[Span, Thing]]:
    """What is doubted and stands in a list beside a thing of its kind that is not."""
    ordered = sorted(readings)
    found: set[tuple[Span, Thing]] = set()
    for places in (ordered, ordered[::-1]):
        kinds: set[Kind] = set()
        last = None
        for span in places:
            reading = readings[span]
            if last is not None and not _is_beside(layout.text, *sorted((last, span))):
                kinds = set()
            here = {(span, thing) for thing in reading.doubted if thing[0] in kinds}
            found |= here
            kinds = {thing[0] for thing in reading.likely.keys() - reading.doubted}
            kinds |= {thing[0] for _, thing in here}
            last = span
    return found


def _is_beside(text: str, first: Span, second: Span) -> bool:
    return second.start - first.end <= _REACH and _BESIDE.fullmatch(text, first.end, second.start) is not None
