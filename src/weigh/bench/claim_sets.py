"""The annotated texts of the bench of claims, and each read and paired with its annotation.

Texts of others are known by their hash and stand in the shared corpus; texts that we invented stand beside
their annotation.
"""

from __future__ import annotations

import csv
import hashlib
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from weigh import claims
from weigh.bench.annotated import annotated
from weigh.bench.claim_names import Canonical
from weigh.bench.claim_pairs import Gold, Pairing, paired
from weigh.bench.data import Context, lacking, read_json
from weigh.bench.rows import Missing
from weigh.claims.language import language
from weigh.records import Document, Source

CORPUS = "corpus"
REMEDY = "the shared documents and their list of claims"


class GoldDocument(msgspec.Struct, frozen=True):
    """A text with every claim in it: a file of the corpus (`sha256`), `rows` of a table, or our own (`text`).

    Claims are annotated up to the character `annotated_to`, everywhere where that is 0.
    """

    document: str
    claims: tuple[Gold, ...]
    sha256: str = ""
    rows: tuple[str, ...] = ()
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
    name: str, bench: str, context: Context, reader: claims.Reader, same: Canonical
) -> Iterator[tuple[GoldDocument, Pairing] | Missing]:
    """Each text of an annotation file with its claims paired, or what is missing of it."""
    for item in gold_documents(name):
        found = _text(item, bench, context)
        yield found if isinstance(found, Missing) else (item, pairing(item, found, reader, same))


def annotated_part(item: GoldDocument, bench: str, context: Context) -> Document | Missing:
    """The text of an annotation file as far as it is annotated, or what is missing of it."""
    found = _text(item, bench, context)
    if isinstance(found, Missing) or item.annotated_to == 0:
        return found
    return replace(found, text=found.text[: item.annotated_to])


def _text(item: GoldDocument, bench: str, context: Context) -> Document | Missing:
    about = _About(item.publisher, item.date)
    if item.text != "":
        return _made(item.text.encode(), f"{item.document}.txt", about)
    if len(item.rows) > 0:
        path = context.path(item.document)
        if path is None:
            return lacking(bench, context, item.document, REMEDY)
        return _made(_in_table(path, item.rows).encode(), f"{item.rows[0]}.txt", about)
    path = context.path(f"{CORPUS}/{item.document}")
    if path is None:
        return lacking(bench, context, f"{CORPUS}/{item.document}", REMEDY)
    if hashlib.sha256(path.read_bytes()).hexdigest() != item.sha256:
        return Missing(bench, f"{path} is not the text that was annotated", REMEDY)
    return read_document(path)


def _in_table(path: Path, rows: Sequence[str]) -> str:
    """The sentences of a labelled document, one a line, or descriptions of incidents, one a paragraph."""
    if ".csv" not in path.suffixes:
        table = annotated(read_json(path), {})
        return "\n".join(
            text for text, title in zip(table.sentences, table.documents, strict=True) if title in rows
        )
    with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
        told = {row["ID"]: row["description"] for row in reversed(list(csv.DictReader(file)))}
    return "\n\n".join(" ".join(told[row].split()) for row in rows)


def pairing(item: GoldDocument, document: Document, reader: claims.Reader, same: Canonical) -> Pairing:
    """A text's annotated claims and those that were read, paired; one name for each party."""
    end = item.annotated_to or len(document.text)
    told = [claim for claim in reader.read(document).claims if claim.span.start < end]
    gold, read = tuple(map(same.gold, item.claims)), tuple(map(same.claim, told))
    return Pairing(gold, read, paired(gold, read), language(document.text))


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
