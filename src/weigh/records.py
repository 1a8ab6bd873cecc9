"""The records that everything else is made of: frozen, typed, and named by what they say.

An id is a hash of what identifies the record, so that the same observation in the same document is
the same record on every machine. Offsets are Python string offsets into `Document.text`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec


def content_id(prefix: str, *parts: str | int) -> str:
    """`prefix-` and 20 hex digits of the SHA-256 of the parts, written as canonical JSON."""
    digest = hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
    return f"{prefix}-{digest[:20]}"


class Kind(StrEnum):
    """What an observation is about. `actor` is a name in a text: a claim, kept but never weighed.

    `circumstance` is when, by which clock, in which language and with what lures somebody worked; `artefact`
    a trace of which a text says whose it looks like.
    """

    TECHNIQUE = "technique"
    SOFTWARE = "software"
    INDICATOR = "indicator"
    VULNERABILITY = "vulnerability"
    SECTOR = "sector"
    COUNTRY = "country"
    CIRCUMSTANCE = "circumstance"
    ARTEFACT = "artefact"
    ACTOR = "actor"


class Stance(StrEnum):
    """What a speaker does about responsibility for an operation. `attribute` names a culprit as a finding,
    `accuse` blames; `acknowledge` takes note without adopting; `counter-accuse` is the accused's own."""

    ACCUSE = "accuse"
    ATTRIBUTE = "attribute"
    ENDORSE = "endorse"
    ACKNOWLEDGE = "acknowledge"
    DOUBT = "doubt"
    DENY = "deny"
    COUNTER_ACCUSE = "counter-accuse"
    SELF_ATTRIBUTE = "self-attribute"
    URGE = "urge"
    THREATEN = "threaten"


class Degree(StrEnum):
    """How a text ties the accused to the deed: six different things, and never one for another.

    Carried out by it; by people working for it; by people it backs; by people linked to it; from its
    territory; let happen by it. UNSAID where the text does not say.
    """

    BY = "by"
    WORKING_FOR = "working-for"
    BACKED = "backed"
    LINKED = "linked"
    FROM = "from"
    TOLERATED = "tolerated"
    UNSAID = ""


class Basis(StrEnum):
    """What a claim says it rests on: evidence shown or withheld by the speaker, another's, or nothing."""

    SHOWN = "shown"
    WITHHELD = "withheld"
    ANOTHER = "another"
    NONE = "none"


class Verdict(StrEnum):
    """What a person decided about an observation; `withdraw` takes the latest decision back."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """Half-open range of characters `[start, end)` in a document's text.

    The smallest and by far the most frequent record: as a struct it is made and compared in a fifth of
    the time that a dataclass takes.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Field:
    """Where a stretch of a structured file's text came from.

    `pointer` is an RFC 6901 JSON pointer (for CSV `/row/column`), `span` the stretch of
    `Document.text` that the reader wrote for it, `kind` what the field is in the file's own terms.
    """

    pointer: str
    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader or an extractor wants said: what was not read, where, and the remedy."""

    problem: str
    place: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes or speaks. `reliability` is the Admiralty letter, F when nobody judged it."""

    name: str
    reliability: str = "F"


@dataclass(frozen=True, slots=True)
class Document:
    """One text by one source at one time, identified by the SHA-256 of its bytes (hex).

    `bytes_read` counts the input's bytes; `pages` is 0 for formats without pages; `date` is ISO 8601
    (year, month or day) or empty; `tlp` is a TLP 2.0 label in capitals or empty. What a person said
    about a document (source, date, TLP) is not part of its identity.
    """

    id: str
    text: str
    format: str
    name: str = field(compare=False)
    bytes_read: int = field(compare=False, default=0)
    source: Source | None = field(compare=False, default=None)
    date: str = field(compare=False, default="")
    tlp: str = field(compare=False, default="")
    title: str = field(compare=False, default="")
    pages: int = field(compare=False, default=0)
    pages_without_text: tuple[int, ...] = field(compare=False, default=())
    fields: tuple[Field, ...] = field(compare=False, default=())
    notices: tuple[Notice, ...] = field(compare=False, default=())


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing that a document reports about the operation, and the characters it stands on.

    `value` is the canonical form (a current ATT&CK id, a refanged domain), `original` the exact
    characters at `span`. `subtype` names the sort of indicator ("domain", "sha256"). `probability`
    is the chance that it was read rightly, `forgeability` the ease with which the culprit could have
    planted it, both in [0, 1]. `set_aside` is empty when the observation is weighed, else the reason
    why it is not. `why` says what made the extractor fire, for a person. `table_forgeability` is what the
    table has where the case gives another `forgeability`, None where it gives none.
    """

    document: str
    span: Span
    kind: Kind
    value: str
    original: str
    extractor: str = field(compare=False)
    probability: float = field(compare=False)
    forgeability: float = field(compare=False)
    subtype: str = field(compare=False, default="")
    pointer: str = field(compare=False, default="")
    credibility: int = field(compare=False, default=6)
    set_aside: str = field(compare=False, default="")
    why: str = field(compare=False, default="")
    table_forgeability: float | None = field(compare=False, default=None)

    @property
    def id(self) -> str:
        """Content hash over document, place, kind and value."""
        return content_id("obs", self.document, self.span.start, self.span.end, self.kind, self.value)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document and where they stand, so that nothing is said of it that it does not say."""

    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Party:
    """Who speaks or is accused: a state, a body of one, an alliance, an actor, a company, or a name.

    `key` tells parties apart: a state's two-letter code ("CN"), a code and a body ("CN/MSS"), an actor's
    id ("G0007"), else the name. `words` is what the text calls it, empty where only the context says so.
    """

    key: str
    name: str
    words: str = field(compare=False, default="")

    @property
    def root(self) -> str:
        """The state that a body belongs to, else the key."""
        return self.key.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a speaker asserts about responsibility, and the exact characters it stands on.

    `speakers` are several for a joint statement and none where nobody is named; `reported_by` runs from
    the outermost reporter to the one nearest the speaker. `happened` is what is said of the time of the
    deed, `said` the date of the document. `icd203` and `phia` are the words of those scales that
    `likelihood` uses, empty where it uses none of theirs; "alleged" is on no scale, and a confidence is no
    likelihood. `disputes` are those whose claims are disputed, `unresolved` the words for a party that
    could not be told. `probability` is the chance that the claim was read rightly, `why` what made the
    reader see one.
    """

    document: str
    span: Span
    stance: Stance
    original: str
    speakers: tuple[Party, ...]
    accused: tuple[Party, ...]
    reader: str = field(compare=False)
    probability: float = field(compare=False)
    reported_by: tuple[Party, ...] = field(compare=False, default=())
    degree: Degree = field(compare=False, default=Degree.UNSAID)
    act: Quote | None = field(compare=False, default=None)
    target: Quote | None = field(compare=False, default=None)
    happened: Quote | None = field(compare=False, default=None)
    said: str = field(compare=False, default="")
    likelihood: Quote | None = field(compare=False, default=None)
    icd203: str = field(compare=False, default="")
    phia: str = field(compare=False, default="")
    confidence: Quote | None = field(compare=False, default=None)
    confidence_level: str = field(compare=False, default="")
    basis: Basis = field(compare=False, default=Basis.NONE)
    basis_words: Quote | None = field(compare=False, default=None)
    basis_of: Party | None = field(compare=False, default=None)
    disputes: tuple[Party, ...] = field(compare=False, default=())
    unresolved: tuple[str, ...] = field(compare=False, default=())
    why: str = field(compare=False, default="")

    @property
    def id(self) -> str:
        """Content hash over document, place, stance, speakers and accused."""
        speakers = " ".join(party.key for party in self.speakers)
        accused = " ".join(party.key for party in self.accused)
        return content_id(
            "clm", self.document, self.span.start, self.span.end, self.stance, speakers, accused
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's decision on one observation: appended, superseded by a later one, never erased.

    `value` is the corrected canonical value where `verdict` is `correct`, or `FIELD=VALUE` where a figure of
    the observation is corrected; `made` is ISO 8601 UTC.
    """

    observation: str
    verdict: Verdict
    author: str
    made: str
    because: str = ""
    value: str = ""

    @property
    def id(self) -> str:
        """Content hash over everything that was decided."""
        return content_id(
            "jud", self.observation, self.verdict, self.author, self.made, self.because, self.value
        )
