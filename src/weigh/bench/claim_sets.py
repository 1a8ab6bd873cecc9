"""The annotated texts of the bench of claims, and each read and paired with its annotation.

Texts of others are known by their hash and stand in the shared corpus; texts that we invented stand beside
their annotation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from weigh import claims
from weigh.bench.claim_pairs import Gold, Pairing, paired
from weigh.bench.data import Context, lacking
from weigh.bench.rows import Missing
from weigh.claims.language import language
from weigh.records import Claim, Document, Source

CORPUS = "corpus"
REMEDY = "the shared documents and their list of claims"


class GoldDocument(msgspec.Struct, frozen=True):
    """A text with every claim in it: a file of the corpus (`sha256`), or a text of our own (`text`).

    Claims are annotated up to the character `annotated_to`, everywhere where that is 0.
    """

    document: str
    claims: tuple[Gold, ...]
    sha256: str = ""
    text: str = ""
    kind: str = ""
    publisher: str = ""
    date: str = ""
    annotated_to: int = 0


class _GoldFile(msgspec.Struct, frozen=True):
    note: str
    documents: tuple[GoldDocument, ...]


class _About(msgspec.Struct, frozen=True):
    publisher: str
    date: str


@cache
def gold_documents(name: str) -> tuple[GoldDocument, ...]:
    """The documents of one of our annotation files, with their claims."""
    raw = files("weigh.bench").joinpath(name).read_bytes()
    return msgspec.json.decode(raw, type=_GoldFile).documents


def pairings(
    name: str, bench: str, context: Context, reader: claims.Reader
) -> Iterator[tuple[GoldDocument, Pairing] | Missing]:
    """Each text of an annotation file with its claims paired, or what is missing of it."""
    for item in gold_documents(name):
        found = _text(item, bench, context)
        yield found if isinstance(found, Missing) else (item, _paired(item, found, reader))


def _text(item: GoldDocument, bench: str, context: Context) -> Document | Missing:
    if item.text != "":
        return _made(item.text.encode(), f"{item.document}.txt", _About(item.publisher, item.date))
    path = context.path(f"{CORPUS}/{item.document}")
    if path is None:
        return lacking(bench, context, f"{CORPUS}/{item.document}", REMEDY)
    if hashlib.sha256(path.read_bytes()).hexdigest() != item.sha256:
        return Missing(bench, f"{path} is not the text that was annotated", REMEDY)
    return read_document(path)


def _paired(item: GoldDocument, document: Document, reader: claims.Reader) -> Pairing:
    end = item.annotated_to or len(document.text)
    read: tuple[Claim, ...] = tuple(claim for claim in reader.read(document).claims if claim.span.start < end)
    return Pairing(item.claims, read, paired(item.claims, read), language(document.text))


def read_document(path: Path) -> Document:
    """A text of the corpus with the publisher and the date of the file beside it, as a user would say."""
    about = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=_About)
    return _made(path.read_bytes(), path.name, about)


def _made(raw: bytes, name: str, about: _About) -> Document:
    return Document(
        id=hashlib.sha256(raw).hexdigest(),
        text=raw.decode(),
        format="text",
        name=name,
        source=None if about.publisher == "" else Source(about.publisher),
        date=about.date,
    )
