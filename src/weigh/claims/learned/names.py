"""Names that no table lists, as a text writes them, and who is meant by a part of a name.

They are candidates only: whether one speaks, or is accused, is told by the words around it.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from weigh.claims.listed import Form
from weigh.claims.parties import Mention
from weigh.evidence.countries import states
from weigh.evidence.ordinary import is_ordinary
from weigh.knowledge import naming
from weigh.knowledge.catalogue import Actor
from weigh.records import Party, Span

_LONGEST = 80
"""Characters of a name; longer runs of capitals are headlines."""
_LEAST = 2
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][\w&-]*[A-Za-z0-9]")
_WEAKNESS = re.compile(r"(?i)(?:CVE|CWE|CAPEC)-\d|T\d{4}\Z|TA\d{4}\Z")
_GENERIC = re.compile(r"(.{4,}?) (?:group|team|gang|hackers|apt|ransomware)")
"""An actor's name of which the last word only says what it is: texts leave it out."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """How names, and words for somebody named elsewhere, are written: `names.toml`, compiled."""

    never: frozenset[str]
    name: re.Pattern[str]
    titles: re.Pattern[str]
    organisation: re.Pattern[str]
    works_at: re.Pattern[str]
    one_of: re.Pattern[str]
    chinese: tuple[re.Pattern[str], ...]
    firm: re.Pattern[str]
    elsewhere: frozenset[str]
    persons: tuple[str, ...]
    sayings: tuple[str, ...]
    charging: re.Pattern[str]
    person: re.Pattern[str]


@cache
def shapes() -> Shapes:
    """The table of this folder, compiled."""
    table = tomllib.loads(files("weigh.claims.learned").joinpath("names.toml").read_text(encoding="utf-8"))
    english, chinese = table["english"], table["chinese"]
    return Shapes(
        never=frozenset(english["never"].split()),
        name=re.compile(english["name"]),
        titles=re.compile(english["titles"]),
        organisation=re.compile(english["organisation"]),
        works_at=re.compile(english["works_at"]),
        one_of=re.compile(english["one_of"]),
        chinese=tuple(
            re.compile(one.replace("~title~", chinese["title"]).replace("~says~", chinese["says"]))
            for one in chinese["names"]
        ),
        firm=re.compile(chinese["firm"]),
        elsewhere=frozenset(english["elsewhere"].split()),
        persons=tuple(chinese["elsewhere"]),
        sayings=tuple(chinese["sayings"]),
        charging=re.compile(f"(?i){english['charging']}|{chinese['charging']}"),
        person=re.compile(f"{english['person']}|{chinese['person']}"),
    )


def capitalised(text: str) -> frozenset[str]:
    """The words with a capital that do not begin a sentence, wherever they stand in a text."""
    return frozenset(_INSIDE.findall(text))


def unlisted(
    text: str, sentence: Span, taken: Sequence[Mention], inside: frozenset[str] | None
) -> list[Mention]:
    """The names in a sentence that are none of those taken already, in reading order.

    `inside` are the capitalised words of a text in English, None in Chinese.
    """
    spans = [item.span for item in taken]
    found: list[Mention] = []
    for name, span in _chinese(text, sentence) if inside is None else _english(text, sentence, inside):
        if len(name) < _LEAST or _is_thing(name):
            continue
        if not any(span.overlaps(other) for other in spans):
            spans.append(span)
            found.append(Mention(span, Party(name, name, name), Form.NAME))
    return sorted(found, key=lambda item: item.span.start)


def _is_thing(name: str) -> bool:
    """Whether a name is an ordinary word with a capital ("Service"), or that of a weakness."""
    return (" " not in name and name.isascii() and is_ordinary(name)) or _WEAKNESS.match(name) is not None


def _english(text: str, sentence: Span, inside: frozenset[str]) -> Iterator[tuple[str, Span]]:
    """Runs of words with capitals; the first word of a sentence only where it has one elsewhere too."""
    table = shapes()
    for match in table.name.finditer(text, sentence.start, sentence.end):
        start, words = match.start(), match.group()[:_LONGEST].split(" ")
        while len(words) > 0 and words[0].lower() in table.never:
            start += len(words[0]) + 1
            words = words[1:]
        if len(words) == 0 or words[0].isdigit():
            continue
        name = " ".join(words)
        opens = start - sentence.start <= _LEAST and len(words) == 1
        name = re.sub(r"['’]s?\Z", "", name)
        if opens and name not in inside:
            continue
        yield name, Span(start, start + len(name))


def _chinese(text: str, sentence: Span) -> Iterator[tuple[str, Span]]:
    table = shapes()
    words = sentence.of(text)
    for pattern in table.chinese:
        for match in pattern.finditer(words):
            start, end = match.span("who")
            name = match["who"].strip()
            yield table.firm.sub("", name) or name, Span(sentence.start + start, sentence.start + end)


def is_person(party: Party) -> bool:
    """Whether a name reads as a person's: no office before it, and not mostly ordinary words."""
    table, name = shapes(), party.key
    if (
        party.words not in ("", name)
        or table.person.fullmatch(name) is None
        or table.organisation.search(name)
    ):
        return False
    words = name.split(" ")
    return name[0] > "\u4e00" or 2 * sum(map(is_ordinary, words)) <= len(words)


def short_names(actors: Iterable[Actor]) -> dict[str, Actor]:
    """Actors by their names without a last word such as "Group", in small letters.

    What is left of a headline belongs to its actor, of another name to one actor only.
    """
    headlines: dict[str, list[Actor]] = defaultdict(list)
    others: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        for name in {name.casefold() for name, _ in naming.names(actor)}:
            match = _GENERIC.fullmatch(name)
            if match is not None:
                (headlines if name == actor.name.casefold() else others)[match[1]].append(actor)
    alone = {name: bearers[0] for name, bearers in others.items() if len(bearers) == 1}
    return alone | {name: bearers[0] for name, bearers in headlines.items() if len(bearers) == 1}


@dataclass(slots=True)
class Acquaintance:
    """Who was named in full in a text, by the parts of the name, and for whom a person speaks."""

    short: dict[str, Party]
    full: dict[str, Party]
    speaks_for: dict[str, Party]

    def meet(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """The mentions of one sentence, names among them told by what was named before."""
        met = [self._known(item) for item in mentions]
        for item in met:
            if item.form is Form.NAME and " " in item.party.key:
                self._introduce(text, item, met)
        return met

    def _known(self, item: Mention) -> Mention:
        if item.form is not Form.NAME:
            self._remember(item.party.name, item.party)
            return item
        name = shapes().titles.sub("", item.party.key).removeprefix("The ") or item.party.key
        party = (
            self.short.get(name.casefold())
            or self.full.get(name)
            or (self.full.get(name.capitalize()) if name.isupper() else None)
            or Party(name, name, item.party.words)
        )
        self._remember(name, party)
        return Mention(item.span, party, Form.ACTOR if name.casefold() in self.short else Form.NAME)

    def _remember(self, name: str, party: Party) -> None:
        if party.root in states():
            return
        self.full.setdefault(name, party)
        if " " in name:
            self.full.setdefault(name.rsplit(" ", 1)[1], party)

    def _introduce(self, text: str, person: Mention, around: Sequence[Mention]) -> None:
        """For whom a person speaks: an organisation or state right before the name, or after "of", "at"."""
        if person.party.key in self.speaks_for:
            return
        table = shapes()
        for other in around:
            known = other.form is not Form.NAME or table.organisation.search(other.party.key) is not None
            if other is person or not known or other.form is Form.ACTOR:
                continue
            before = other.span.end <= person.span.start
            gap = (
                text[other.span.end : person.span.start]
                if before
                else text[person.span.end : other.span.start]
            )
            if (table.one_of if before else table.works_at).fullmatch(gap) is not None:
                self.speaks_for[person.party.key] = other.party
                return
