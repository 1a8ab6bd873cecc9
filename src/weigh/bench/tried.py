"""What is done with a file on trial: read it, survey it, read its claims, and hold all of it to the text.

A file's ending says what it stands for: a document, EuRepoC's table as `weigh import` gets it (`.eurepoc`),
or what an endpoint answers when it is asked for the claims of a document (`.answer`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Self

from weigh import claims, evidence
from weigh.bench.hostile_claims import ANSWERED
from weigh.claims.coded_tables import eurepoc_of
from weigh.claims.endpoint import Answer, understood
from weigh.claims.language_model import LanguageModelReader
from weigh.errors import EndpointError, ReadingError
from weigh.evidence import ready
from weigh.knowledge.catalogue import Catalogue
from weigh.knowledge.store import open_knowledge
from weigh.records import Document

REFUSALS = (ReadingError, EndpointError)
"""How a file on trial may be refused: with its place."""


class WrongQuoteError(Exception):
    """Something was read that the text does not say where it is said to."""


@dataclass(frozen=True, slots=True)
class Program:
    """What reads evidence and what reads claims, ready on one knowledge."""

    observer: evidence.Observer
    claims: claims.ClaimReader

    @classmethod
    def on(cls, knowledge: Path) -> Self:
        """The program on the knowledge in a folder."""
        opened = open_knowledge(knowledge)
        return cls(ready.observer(opened), claims.build(opened.catalogue))

    @classmethod
    def of(cls, catalogue: Catalogue) -> Self:
        """The program on a catalogue, without a model of sentences."""
        return cls(evidence.build(catalogue), claims.build(catalogue))


@dataclass(frozen=True, slots=True)
class _Recorded:
    """A model that has said one thing."""

    answer: Answer
    model: str = "recorded"

    def ask(self, system: str, question: str, schema: Mapping[str, object]) -> Answer:
        return self.answer


def is_document(name: str) -> bool:
    """Whether a file stands for a document, and for nothing that comes in by another way."""
    return PurePath(name).suffix not in {".eurepoc", ".answer"}


def examined(document: Document, program: Program) -> str:
    """How much evidence and how many claims a document holds. Raises `WrongQuoteError`."""
    found = evidence.survey(document, program.observer).observations
    if any(each.span.of(document.text) != each.original for each in found):
        raise WrongQuoteError("an observation that is not its quote")
    number = _held(document, program.claims)
    size = f"{document.format}, {len(document.text):,} characters"
    return f"{size}, {len(found):,} observations, {number:,} claims"


def imported(data: bytes, name: str, program: Program) -> str:
    """How many claims a coded table holds. Raises `ReadingError` and `WrongQuoteError`."""
    return f"table, {_held(eurepoc_of(data, name), program.claims):,} claims"


def answered(data: bytes, name: str, program: Program) -> str:
    """How many claims of an answer hold. Raises `EndpointError` and `WrongQuoteError`."""
    reader = LanguageModelReader(_Recorded(understood(data, name)), program.claims)
    identity = hashlib.sha256(ANSWERED.encode()).hexdigest()
    document = Document(identity, ANSWERED, "text", name)
    return f"answer, {_held(document, reader, named=True):,} claims"


def _held(document: Document, reader: claims.Reader, *, named: bool = False) -> int:
    """The number of claims of a document, each of which quotes it, and names nobody else where `named`."""
    found = reader.read(document).claims
    for claim in found:
        if claim.span.of(document.text) != claim.original:
            raise WrongQuoteError(f"a claim that is not its quote: {claim.original[:60]}")
        parties = (*claim.speakers, *claim.accused, *claim.reported_by)
        if named and not all(party.words in document.text for party in parties):
            raise WrongQuoteError("a claim that names somebody else")
    return len(found)
