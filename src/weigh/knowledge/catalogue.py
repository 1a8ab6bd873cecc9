"""What is known before a case, as records: actors, their names, techniques, software, reports.

A name is a claim by whoever uses it, and so is a sponsor. Nothing here merges two actors because
two lists share a word: one name may belong to several actors, and all of them are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Alias:
    """A name for an actor or a piece of software, and who uses it (`said_by`)."""

    name: str
    said_by: str


@dataclass(frozen=True, slots=True)
class SponsorClaim:
    """Somebody's statement that an actor acts for a sponsor.

    `confidence` is the source's own figure or word, empty where it gives none; `words` are the words
    it stands on, where the source is a text.
    """

    sponsor: str
    said_by: str
    confidence: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A named threat group.

    `id` is the ATT&CK id, or `misp:` and the UUID for an actor that only the galaxy knows. Only an
    actor with at least one report (`reports` > 0) can be a hypothesis. Years are 0 where unknown.
    """

    id: str
    name: str
    aliases: tuple[Alias, ...] = ()
    sponsors: tuple[SponsorClaim, ...] = ()
    reports: int = 0
    first_year: int = 0
    last_year: int = 0
    stix_id: str = ""


@dataclass(frozen=True, slots=True)
class Technique:
    """A live ATT&CK technique or sub-technique; `parent` is empty for a technique."""

    id: str
    name: str
    tactics: tuple[str, ...] = ()
    parent: str = ""
    stix_id: str = ""


@dataclass(frozen=True, slots=True)
class Software:
    """A live ATT&CK malware or tool; `type` is the STIX type."""

    id: str
    name: str
    type: str
    aliases: tuple[Alias, ...] = ()
    stix_id: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A published report that relations cite; `year` is 0 and `url` empty where the citation carries none.

    `date` tells as much as the citation does of when it appeared, as in `knowledge.days`.
    """

    name: str
    year: int = 0
    url: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class RetiredId:
    """An ATT&CK id that is no longer live: `now` is its successor, empty when it has none."""

    id: str
    name: str
    now: str = ""


class Listed(StrEnum):
    """What a list of hosts, addresses, hashes or words is of.

    Hosts that published reports; hosts that everybody uses; hosts where anybody may put content, so that
    a link to them says nothing either way; addresses of public services; hashes of harmless files. Words of
    names that people write every day, and those that are words of any language.
    """

    PUBLISHERS = "publishers"
    COMMON = "common"
    OPEN = "open"
    ADDRESSES = "addresses"
    HASHES = "hashes"
    EVERYDAY = "everyday"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a published list holds: a report mentions it without accusing it.

    `names` are separated by spaces and in small letters, so that a list of thousands is opened as one string.
    A host stands for all hosts under it.
    """

    kind: Listed
    said_by: str
    names: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which knowledge this is: what a result must carry so that it can be made again."""

    version: str
    digest: str
    inputs: tuple[str, ...]
    notes: tuple[str, ...] = ()
    dated: bool = True
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything by name, in id order. Arrays of relations live beside it, see `knowledge.store`."""

    actors: tuple[Actor, ...]
    techniques: tuple[Technique, ...]
    software: tuple[Software, ...]
    reports: tuple[Report, ...]
    retired: tuple[RetiredId, ...]
    tactics: tuple[tuple[str, str, str], ...] = ()
    listings: tuple[Listing, ...] = ()
