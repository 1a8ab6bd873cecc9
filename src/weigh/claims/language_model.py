"""Claims as a language model reads them, held to the document: what it does not say exactly is dropped.

A document is hostile, and so may a model be. Whatever either says, a claim is kept only when its quote stands
in the document character by character, its stance and degree are words of ours, and every party is named
there or wrote it; what is dropped is counted. At worst, then, a document makes a model claim something with
words of that document. How likely and how sure a claim is, when and against whom, the rules read.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Protocol

import msgspec

from weigh.claims.drafts import Draft
from weigh.claims.endpoint import Answer, Endpoint
from weigh.claims.eurepoc import is_table
from weigh.claims.language import language
from weigh.claims.parties import Mentions
from weigh.claims.reading import MOST, ClaimReader, Reading, completed
from weigh.claims.voices import Voice
from weigh.evidence.layout import Layout, lay_out
from weigh.readers.wording import counted
from weigh.records import Claim, Degree, Document, Notice, Party, Span, Stance

LONGEST = 200_000
"""Characters of a document that a model is asked about, the first ones: a bound on what it costs."""
PART = 12_000
"""Characters that are asked about at once."""
PROBABILITY = 0.5
"""Chance that a claim of a model was read rightly: nobody has measured the model that you name."""

_MOST_OF_A_PART = 200
_MOST_NAMES = 20
_LONGEST_NAME = 200
_FENCE = "```"
_QUOTES, _STANCES, _DEGREES = "quotes not in the text", "unknown stances", "unknown degrees"
_NAMES, _MALFORMED, _TOO_MANY = (
    "names not in the text",
    "malformed claims",
    f"claims past {_MOST_OF_A_PART} a part",
)

SCHEMA: dict[str, object] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["claims"],
    "properties": {
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["quote", "stance", "speakers", "reported_by", "accused", "degree"],
                "properties": {
                    "quote": {"type": "string"},
                    "stance": {"type": "string", "enum": [stance.value for stance in Stance]},
                    "speakers": {"type": "array", "items": {"type": "string"}},
                    "reported_by": {"type": "array", "items": {"type": "string"}},
                    "accused": {"type": "array", "items": {"type": "string"}},
                    "degree": {"type": "string", "enum": [degree.value for degree in Degree]},
                },
            },
        }
    },
}
"""The JSON schema of an answer."""


class _Said(msgspec.Struct):
    """One claim as a model says it, before anything of it is believed."""

    quote: str
    stance: str
    speakers: list[str] = msgspec.field(default_factory=list)
    reported_by: list[str] = msgspec.field(default_factory=list)
    accused: list[str] = msgspec.field(default_factory=list)
    degree: str = ""


class Model(Protocol):
    """Something that answers questions: an endpoint, or a record of one."""

    @property
    def model(self) -> str:
        """What the model is called."""
        ...

    def ask(self, system: str, question: str, schema: Mapping[str, object]) -> Answer:
        """The answer to one question, held to a JSON schema where that can be done."""
        ...


class _Claims(msgspec.Struct):
    claims: list[msgspec.Raw]


def _silent(step: str, share: float) -> None:
    """No progress wanted."""


@dataclass(frozen=True, slots=True)
class LanguageModelReader:
    """A model behind an endpoint; the rules name parties and read the details of what it quotes."""

    endpoint: Model
    rules: ClaimReader
    tell: Callable[[str, float], None] = _silent

    @property
    def name(self) -> str:
        """The name under which its claims go."""
        return f"language model {self.endpoint.model}"

    def read(self, document: Document) -> Reading:
        """The claims that the model quotes from a document, and how much of what it said was dropped.

        Raises `EndpointError` when the endpoint gives no answer. A coded table is read by the rules.
        """
        if is_table(document):
            return self.rules.read(document)
        held = _Held.of(document, self.rules)
        claims: list[Claim] = []
        parts = list(divided(held.text))
        for number, part in enumerate(parts):
            self.tell(f"asking about {document.name}", number / len(parts))
            answer = self.endpoint.ask(instructions(), question(document, part.of(held.text)), SCHEMA)
            for said in held.understood(answer.content):
                claims += held.claim(said, part, self.name)
            held.dropped["answers cut short"] += answer.cut
        unique = {claim.id: claim for claim in sorted(claims, key=lambda claim: claim.span)}
        return Reading(tuple(unique.values())[:MOST], tuple(held.notices()), language(document.text))


def instructions() -> str:
    """What the model is told, from the table that a person can read."""
    return _table()["system"].strip()


@cache
def _table() -> dict[str, str]:
    return tomllib.loads(files("weigh.claims").joinpath("language_model.toml").read_text(encoding="utf-8"))


def question(document: Document, text: str) -> str:
    """A part of a document as data."""
    source = "" if document.source is None else document.source.name
    return msgspec.json.encode({"written_by": source, "date": document.date, "text": text}).decode()


def divided(text: str) -> Iterator[Span]:
    """A text in parts of at most `PART` characters, divided after a paragraph, line or word if possible."""
    start = 0
    while start < len(text):
        end = min(start + PART, len(text))
        if end < len(text):
            ends = (text.rfind(mark, start + PART // 2, end) for mark in ("\n\n", "\n", " "))
            end = next((place + 1 for place in ends if place >= 0), end)
        if text[start:end].strip() != "":
            yield Span(start, end)
        start = end


@dataclass(slots=True)
class _Held:
    """A document that answers are held to, and a count of what did not hold."""

    document: Document
    layout: Layout
    mentions: Mentions
    rules: ClaimReader
    dropped: Counter[str] = field(default_factory=Counter)
    _parties: dict[str, Party] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, rules: ClaimReader) -> _Held:
        layout = lay_out(replace(document, text=document.text[:LONGEST], fields=()))
        return cls(document, layout, rules.names(layout), rules)

    @property
    def text(self) -> str:
        return self.layout.text

    def understood(self, content: str) -> Iterator[_Said]:
        """The claims of an answer that are made as they were asked for."""
        try:
            raw = msgspec.json.decode(_bare(content), type=_Claims).claims
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self.dropped["answers that are no JSON of claims"] += 1
            return
        self.dropped[_TOO_MANY] += max(len(raw) - _MOST_OF_A_PART, 0)
        for one in raw[:_MOST_OF_A_PART]:
            try:
                yield msgspec.json.decode(one, type=_Said)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                self.dropped[_MALFORMED] += 1

    def claim(self, said: _Said, part: Span, reader: str) -> list[Claim]:
        """The claim, or nothing where it does not hold."""
        quote = said.quote.strip()
        start = self.text.find(quote, part.start, part.end) if quote != "" else -1
        for problem, fails in (
            (_QUOTES, start < 0),
            (_STANCES, said.stance not in set(Stance)),
            (_DEGREES, said.degree not in set(Degree)),
        ):
            if fails:
                self.dropped[problem] += 1
                return []
        span = Span(start, start + len(quote))
        own = self.rules.writer(self.document)
        speakers = self._named(said.speakers)
        if len(said.speakers) == 0 and own is not None:
            speakers = (own,)
        draft = Draft(
            clause=span,
            sentence=span,
            stance=Stance(said.stance),
            voice=Voice(speakers, self._named(said.reported_by)),
            accused=self._named(said.accused),
            degree=Degree(said.degree),
            act=None,
            disputes=(),
            unresolved=(),
            why=f"{reader} quotes it",
        )
        return [completed(draft, self.layout, self.mentions, reader, PROBABILITY)]

    def _named(self, names: Sequence[str]) -> tuple[Party, ...]:
        """The parties of names that the document holds, or that wrote it."""
        self.dropped[_NAMES] += max(len(names) - _MOST_NAMES, 0)
        found = []
        for name in (name.strip() for name in names[:_MOST_NAMES]):
            is_own = self.document.source is not None and name == self.document.source.name
            if not (is_own or self._holds(name)):
                self.dropped[_NAMES] += 1
            else:
                found.append(self._party(name))
        return tuple(dict.fromkeys(found))

    def _holds(self, name: str) -> bool:
        """Whether the document names somebody so, in whole words where words have ends."""
        if not 0 < len(name) <= _LONGEST_NAME or name not in self.text:
            return False
        return not name.isascii() or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self.text) is not None

    def _party(self, name: str) -> Party:
        if name not in self._parties:
            self._parties[name] = replace(self.rules.party(name, self.document), words=name)
        return self._parties[name]

    def notices(self) -> Iterator[Notice]:
        """What was dropped, and what was not asked about."""
        numbers = [f"{problem}: {count:,}" for problem, count in sorted(self.dropped.items()) if count > 0]
        if len(numbers) > 0:
            problem = f"dropped of what the model said: {', '.join(numbers)}"
            yield Notice(problem, self.document.name, "nothing is kept that the document does not say")
        if len(self.document.text) > LONGEST:
            problem = f"the model was asked about the first {LONGEST:,} characters only"
            yield Notice(problem, self.document.name, "cut it into parts")


def _bare(content: str) -> str:
    """An answer without the fence that some models put around JSON."""
    words = content.strip()
    if words.startswith(_FENCE) and words.endswith(_FENCE) and "\n" in words:
        return words.partition("\n")[2].removesuffix(_FENCE)
    return words


def sent_where(endpoint: Endpoint, documents: Iterable[Document]) -> str:
    """What a person has to know before documents are sent: how many, where to, and their marking."""
    several = list(documents)
    marked = sorted({f"TLP:{document.tlp}" for document in several if document.tlp != ""})
    under = f", marked {', '.join(marked)}," if len(marked) > 0 else ""
    number = counted(len(several), "document")
    way = "stays on this machine and goes to" if endpoint.is_here else "leaves this machine for"
    return f"the text of {number}{under} {way} {endpoint.name}"
