"""Why one document may repeat another: every link with its reason and its words, from what there is to read.

Links are of the kinds of `links.toml`, each with the probability that what both report was copied. They
lead from the document that repeats to the one that it repeats; where nothing says which is which, from
the later to the earlier. Nothing here knows of any publisher, state or language of its own.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import islice

import numpy as np

from weigh.claims.citing import Mention, cues, mentions, names_of, numbers, place_of
from weigh.claims.same_text import (
    LEAST,
    LONG,
    PART,
    Fingerprints,
    Words,
    copies,
    fingerprints,
    held_by,
    resembling,
    shared_runs,
    sharing,
    words,
)
from weigh.claims.slips import Details, mistakes, rare_pairs
from weigh.errors import KnowledgeError
from weigh.evidence.advice import advises
from weigh.evidence.ordinary import ordinary_words
from weigh.evidence.sections import Zone, zones
from weigh.records import Document, Span

JOINS = 0.7
"""Copy probability from which a link makes two documents one origin."""
CITING = ("builds-on", "attributes", "cites")
"""Kinds of links in which a document names another; only these can go round in a circle."""
_TELLING = 2
_RUNS = 10
_LOOKED = 5
_DAY = 10
_OPENING = 3000
_STATED = 8
"""Documents that may name one outside report before it is what everybody refers to."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of link: what it is called, how likely it means copying, and why we think so."""

    name: str
    copying: float
    rationale: str


@dataclass(frozen=True, slots=True)
class Link:
    """`document` repeats `repeats` (ids): the kind, why, and the words in `document` that say so.

    `span` is None where no single place says it. `sentences` are all for which an attribution holds. `names`
    is set where the document names the other, whatever stronger link there is between the two.
    """

    document: str
    repeats: str
    kind: str
    why: str
    span: Span | None = None
    sentences: tuple[Span, ...] = ()
    names: bool = False

    def copying(self, places: Sequence[Span] = ()) -> float:
        """The copy probability of its kind, for what the document reports at `places`.

        An attribution holds for its own sentences; for anything else the other document is merely cited, and
        of two who give the words of a third nothing is known.
        """
        limited = len(self.sentences) > 0 and not all(
            any(place.overlaps(sentence) for sentence in self.sentences) for place in places or (Span(0, 0),)
        )
        elsewhere = "cites" if self.kind in CITING else "unknown"
        return kinds()[elsewhere if limited else self.kind].copying


@cache
def kinds() -> dict[str, Kind]:
    """The kinds of links by the name of their row; `KnowledgeError` for a row without number or reason."""
    place = "links.toml"
    table = tomllib.loads(files("weigh.claims").joinpath(place).read_text(encoding="utf-8"))
    return {row: _kind(f"{place}, row {row}", cells) for row, cells in table.items() if row != "cues"}


def _kind(place: str, cells: Mapping[str, object]) -> Kind:
    found = Kind(str(cells["name"]), float(str(cells["copying"])), str(cells["rationale"]))
    if not 0.0 <= found.copying <= 1.0 or found.rationale == "":
        raise KnowledgeError("a link needs a copy probability in [0, 1] and a rationale", place=place)
    return found


def precedence(document: Document) -> tuple[str, str]:
    """Earlier documents first, undated ones last, ties by id: never by the order they were given in."""
    return document.date if len(document.date) > 0 else "~", document.id


@dataclass(frozen=True, slots=True)
class _Reading:
    """Documents in order of precedence, each text once, with what the finders need of them."""

    documents: Sequence[Document]
    texts: Sequence[Words]
    prints: Sequence[Fingerprints]
    details: Details


def links(documents: Sequence[Document], details: Details) -> tuple[Link, ...]:
    """The strongest link of each pair of documents, whatever order they came in.

    `details` are the values that each document (by id) reports about the operation. Copies are linked to
    the first of them, and only that one is linked to others, so that a copy more changes no other link.
    """
    ordered = sorted(documents, key=precedence)
    texts = [words(document.text) for document in ordered]
    prints = [fingerprints(text) for text in texts]
    first = copies(prints)
    found = [
        Link(ordered[place].id, ordered[of].id, "same-text", "the words are the same from first to last")
        for place, of in enumerate(first)
        if place != of
    ]
    kept = [place for place, of in enumerate(first) if place == of]
    reading = _Reading(
        [ordered[place] for place in kept],
        [texts[place] for place in kept],
        [prints[place] for place in kept],
        {ordered[place].id: details.get(ordered[place].id, frozenset()) for place in kept},
    )
    for finder in (_versions, _mistakes, _citations, _stated, _sources, _passages, _rare, _days):
        found.extend(finder(reading))
    return strongest(found)


def strongest(found: Iterable[Link]) -> tuple[Link, ...]:
    """The link likeliest to be a copy between each two documents, either way; of equals the first.

    It keeps whether any of them names the other: a near copy may name what it copies, too. Who names the
    other is the one that repeats: what else the two share is turned round where only the other is named.
    """
    every = sorted(found, key=lambda link: -kinds()[link.kind].copying)
    naming = {(link.document, link.repeats) for link in every if link.names or link.kind in CITING}
    kept: dict[tuple[str, str], Link] = {}
    for link in every:
        pair = link.document, link.repeats
        if pair not in naming and pair[::-1] in naming:
            kept.setdefault(pair[::-1], Link(*pair[::-1], link.kind, link.why, names=True))
        else:
            kept.setdefault(pair, replace(link, names=pair in naming))
    return tuple(kept.values())


def _versions(reading: _Reading) -> Iterator[Link]:
    for earlier, later, alike in resembling(reading.prints):
        one, two = reading.documents[later], reading.documents[earlier]
        yield Link(one.id, two.id, "near-text", f"{alike:.0%} of their passages are the same")


def _mistakes(reading: _Reading) -> Iterator[Link]:
    place = {document.id: number for number, document in enumerate(reading.documents)}
    for mistake in mistakes(reading.details):
        first, *others = sorted(mistake.holders, key=place.__getitem__)
        for other in others:
            why = f"both write {mistake.written} where others write {mistake.usual}"
            yield Link(other, first, "shared-mistake", why)


def _citations(reading: _Reading) -> Iterator[Link]:
    documents = reading.documents
    named = [names_of(document, reading.details[document.id]) for document in documents]
    found: dict[tuple[int, int], list[Mention]] = defaultdict(list)
    for mention in mentions(documents, reading.texts, named):
        found[mention.document, mention.named].append(mention)
    for (place, other), rows in found.items():
        if not _is_before(documents[place], documents[other]):
            yield _citation(documents[place], documents[other], rows)


def _citation(one: Document, two: Document, rows: Sequence[Mention]) -> Link:
    """One link for all that a document says of another, of the strongest kind."""
    for mention in rows:
        listed = any(each.kind == "reference" and each.span.overlaps(mention.span) for each in one.fields)
        if mention.how == "rests" or listed:
            return Link(one.id, two.id, "builds-on", _NAMED[mention.sort], mention.sentence)
    said = tuple(mention.sentence for mention in rows if mention.how == "says")
    if len(said) > 0:
        return Link(one.id, two.id, "attributes", "names its author as the one who found them", said[0], said)
    return Link(one.id, two.id, "cites", _NAMED[rows[0].sort], rows[0].sentence)


_NAMED = {
    "title": "names its title",
    "number": "names its number",
    "file": "names its file",
    "address": "names its address",
    "author": "names its author",
}


def _is_before(one: Document, two: Document) -> bool:
    """Whether one is dated before the other, so that it cannot have repeated it."""
    return one.date[:_DAY] < two.date[: len(one.date)] if 0 < len(one.date) <= len(two.date) else False


def _stated(reading: _Reading) -> Iterator[Link]:
    """Documents that say that they rest on one report which the case does not hold."""
    own = {" ".join(name.text.upper().split()) for each in reading.documents for name in names_of(each)}
    holders: dict[str, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for place, document in enumerate(reading.documents):
        told = {value.upper() for value in reading.details[document.id]}
        for number in numbers(document.text):
            report = number.group().upper()
            if report not in own and report not in told:
                holders[report][place].append(Span(*number.span()))
    for report, places in sorted(holders.items()):
        if 2 <= len(places) <= _STATED:
            yield from _drawing(report, places, reading)


def _drawing(report: str, places: Mapping[int, Sequence[Span]], reading: _Reading) -> Iterator[Link]:
    """Those of the documents that name a report who also rest on it, linked to the first of them."""
    sentences: dict[int, Span] = {}
    for place, spans in places.items():
        document = reading.documents[place]
        quotes = (place_of(document, span) for span in spans[:_LOOKED])
        resting = (quote for quote in quotes if cues("rests").search(quote.of(document.text)) is not None)
        found = next(resting, None)
        if found is not None:
            sentences[place] = found
    resting_on = [reading.documents[place].id for place in sentences]
    for other, sentence in islice(zip(resting_on, sentences.values(), strict=True), 1, None):
        yield Link(other, resting_on[0], "same-stated-source", f"both draw on {report}", sentence)


def _sources(reading: _Reading) -> Iterator[Link]:
    first: dict[str, Document] = {}
    for document in reading.documents:
        name = "" if document.source is None else document.source.name
        key = "".join(character for character in name.casefold() if character.isalnum())
        if len(key) > 0 and first.setdefault(key, document) is not document:
            yield Link(document.id, first[key].id, "same-source", f"both are by {name}")


def _passages(reading: _Reading) -> Iterator[Link]:
    """Texts that hold half of one another, and long runs of the same words that tell something.

    Runs within advice, contacts and notices tell nothing. Documents of one source are linked already, and
    share its turns of phrase; they are not compared.
    """
    common = _common(reading)
    aside: dict[int, tuple[Zone, ...]] = {}
    for earlier, later in sharing(reading.prints):
        one, two = reading.documents[later], reading.documents[earlier]
        if one.source is not None and two.source is not None and one.source.name == two.source.name:
            continue
        shorter = min(len(reading.prints[place].hashes) for place in (earlier, later))
        held = held_by(reading.prints[earlier], reading.prints[later])
        if held >= PART and shorter >= LEAST:
            yield Link(one.id, two.id, "near-text", f"{held:.0%} of the passages of one stand in the other")
            continue
        if later not in aside:
            aside[later] = zones(one.text)
        for passage in islice(shared_runs(reading.texts[later], reading.texts[earlier]), _RUNS):
            outside = not any(zone.span.overlaps(passage.first) for zone in aside[later])
            quote = passage.first.of(one.text)
            if outside and not advises(quote) and _tells(quote, common):
                why = f"{passage.words} words in a row"
                yield Link(one.id, two.id, "shared-passage", why, passage.first)
                break


def _tells(quote: str, common: frozenset[int]) -> bool:
    """Whether a passage says something of its own: names that not every document holds."""
    found = words(quote)
    kept = {
        quote[start:end].lower()
        for value, start, end in zip(
            found.hashes.tolist(), found.starts.tolist(), found.ends.tolist(), strict=True
        )
        if value not in common and quote[start:end].isalpha()
    }
    scripts = sum(word.isascii() for word in kept)
    long_enough = len(found.hashes) >= (LONG if scripts > 0 else 2 * LONG)
    return long_enough and len(kept - ordinary_words()) >= _TELLING


def _common(reading: _Reading) -> frozenset[int]:
    """Words that more than a quarter of the documents hold, in a case where that says something."""
    held = [np.unique(text.hashes) for text in reading.texts]
    if len(held) == 0:
        return frozenset()
    values, counts = np.unique(np.concatenate(held), return_counts=True)
    return frozenset(values[counts > max(_TELLING + 1, len(held) // 4)].tolist())


def _rare(reading: _Reading) -> Iterator[Link]:
    for one, two, shared in rare_pairs(reading.details):
        shown = ", ".join(shared[:3])
        yield Link(two, one, "rare-details", f"only these two report {shown}, {len(shared)} in all")


def _days(reading: _Reading) -> Iterator[Link]:
    """Documents of one day; a joint statement where both speak in the name of others, too."""
    joint: dict[str, Document] = {}
    first: dict[str, Document] = {}
    for document in reading.documents:
        if len(document.date) < _DAY:
            continue
        said = cues("joint").search(document.text, 0, _OPENING)
        if said is not None and joint.setdefault(document.date, document) is not document:
            sentence = place_of(document, Span(*said.span()))
            why = f"both of {document.date}, each in the name of others too"
            yield Link(document.id, joint[document.date].id, "joint-statement", why, sentence)
        if first.setdefault(document.date, document) is not document:
            why = f"both of {document.date}"
            yield Link(document.id, first[document.date].id, "same-day", why)
