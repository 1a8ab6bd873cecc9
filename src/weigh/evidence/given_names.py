"""Which things a document's own names mean, by its definitions and by the names that the knowledge knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from weigh.evidence.definitions import Definition, is_nameable, is_whole
from weigh.evidence.folding import squeeze
from weigh.evidence.layout import Layout
from weigh.evidence.ordinary import is_ordinary
from weigh.evidence.phrases import Phrases, spellings
from weigh.records import Kind, Span

_LEAST_TOLD = 5

Thing = tuple[Kind, str]
"""Software or an actor: its kind and its id in the knowledge."""


@dataclass(frozen=True, slots=True)
class Use:
    """Somebody's use of a name for software or an actor. `sort` is a row of the forgeability table.

    `stands_alone` is true of what the knowledge tells more of than names: software, an actor with reports.
    """

    kind: Kind
    id: str
    canonical: str
    name: str
    said_by: str
    sort: str
    stands_alone: bool

    @property
    def thing(self) -> Thing:
        """What the name is used for."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Reading:
    """The chance of each thing that a name at one place may mean, and whose uses of the name match.

    What is `doubted` is meant only if the rest of the document says so: its name is a word, too.
    """

    likely: dict[Thing, float]
    uses: dict[Thing, list[Use]]
    doubted: frozenset[Thing] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """A name `written` in a definition as another one of some things, one use for each, and why.

    `is_known` says whether the knowledge has the name too; `replaces` whether the definition goes before
    what it means there. It does not where the knowledge tells more of that than its names: then both stay.
    """

    written: str
    things: tuple[Use, ...]
    reason: str
    is_known: bool
    replaces: bool


@lru_cache(maxsize=4096)
def comparable(name: str) -> str:
    """A name as names are compared: folded, with single spaces."""
    return squeeze(name.strip()).text


def given_names(
    layout: Layout, readings: Mapping[Span, Reading], given_here: Sequence[Definition]
) -> dict[str, Given]:
    """The names that a document's definitions give, comparable; of two of one name the first counts."""
    if len(given_here) == 0:
        return {}
    known = {comparable(span.of(layout.text)): reading for span, reading in readings.items()}
    given: dict[str, Given] = {}
    for definition in given_here:
        names = [span.of(layout.text) for span in (definition.head, *definition.others)]
        subject = _subject([known.get(comparable(name)) for name in names])
        for name in names:
            found = _given(name, known.get(comparable(name)), subject, definition)
            if found is not None:
                given.setdefault(comparable(name), found)
    return given


def written_anyhow(layout: Layout, given: Iterable[Given]) -> Iterator[tuple[Given, Span]]:
    """Where a document writes the names that it gives, whatever the case and the joints, longest first.

    Small letters alone are a name only where they cannot be ordinary words.
    """
    spelled: dict[str, Given] = {}
    for name in given:
        for spelling in spellings(name.written):
            spelled.setdefault(spelling, name)
    if len(spelled) == 0:
        return
    for hit in Phrases({spelling: spelling for spelling in spelled}).find(layout.squeezed):
        name, written = spelled[hit.key], hit.span.of(layout.text)
        is_small = written.islower() and not name.written.islower()
        if is_whole(layout.text, hit.span) and not (is_small and _is_speakable(name.written)):
            yield name, hit.span


def _is_speakable(name: str) -> bool:
    """Whether some word of a name is too short or too ordinary to be told from one in small letters."""
    return any(len(word) < _LEAST_TOLD or is_ordinary(word) for word in name.split())


def _subject(readings: list[Reading | None]) -> dict[Thing, Use]:
    """What the names of a definition mean, the first being the one that the others explain.

    The first decides where it means one thing; an unknown one is what most of all the names mean.
    """
    votes = Counter(thing for reading in readings if reading is not None for thing in reading.likely)
    uses = {
        thing: each[0] for reading in readings if reading is not None for thing, each in reading.uses.items()
    }
    head = readings[0]
    meant: Iterable[Thing] = votes if head is None else head.likely
    most = max((votes[thing] for thing in meant), default=0)
    best = [thing for thing in meant if votes[thing] == most]
    if head is None and (len(best) != 1 or 2 * most < len(readings)):
        return {}
    return {thing: uses[thing] for thing in best}


def _given(
    name: str, known: Reading | None, subject: Mapping[Thing, Use], definition: Definition
) -> Given | None:
    """What a definition says of one of its names, None where that is nothing new."""
    if len(subject) == 0 or (known is not None and not subject.keys().isdisjoint(known.likely)):
        return None
    if known is None:
        return (
            Given(name, tuple(subject.values()), definition.reason, False, True)
            if is_nameable(name)
            else None
        )
    kinds = {kind for kind, _ in subject}
    alone = any(use.stands_alone for uses in known.uses.values() for use in uses)
    replaces = not alone and kinds == {kind for kind, _ in known.likely} and kinds == {Kind.ACTOR}
    return Given(name, tuple(subject.values()), definition.reason, True, replaces)
