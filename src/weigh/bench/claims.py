"""`weigh bench claims`: who says what, against six documents annotated whole and a list of known claims.

How claims are paired is said in `claim_pairs`. Fields are scored on the pairs. Intervals resample documents
with all their claims.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec
import numpy as np

from weigh import claims
from weigh.bench.claim_pairs import (
    COUNTED,
    SHARES,
    STATISTICS,
    Counted,
    Counts,
    Gold,
    Pairing,
    Statistic,
    interval,
    paired,
    recall,
    roots,
)
from weigh.bench.data import Context, lacking
from weigh.bench.rows import Missing, Row
from weigh.claims.parties import named
from weigh.compiling import cache as compiled
from weigh.evidence.layout import lay_out
from weigh.records import Document, Source

ANNOTATED = "claims_gold.json"
LISTED = "corpus/claims_gold.jsonl"
CORPUS = "corpus"
FROZEN = (
    "statements/us-doj-20181220-apt10.txt",
    "statements/us-doj-20240325-apt31.txt",
    "statements/us-wh-20220907-albania-iran.txt",
    "statements/us-wh-20241227-salt-typhoon.txt",
    "statements/cn-mfa-20220928-nwpu.txt",
    "statements/cn-mfa-20230712-storm0558.txt",
    "statements/ru-mfa-20200911-lavrov.txt",
    "statements/us-fbi-20141219-sony.txt",
)
"""Documents kept apart when the rules were last rewritten: scored by `weigh bench claims-test` alone."""

_LISTED_METRICS = (
    "stance equal: recall",
    "any stance: recall",
    "speaker: share of pairs that agree",
    "accused: share of pairs that agree",
)
_ENDORSE = {"support": "endorse"}
_REMEDY = "the shared documents and their list of claims"


class GoldDocument(msgspec.Struct, frozen=True):
    """A document of the corpus, known by its hash, with every claim in it."""

    document: str
    sha256: str
    claims: tuple[Gold, ...]


class _GoldFile(msgspec.Struct, frozen=True):
    note: str
    documents: tuple[GoldDocument, ...]


class Listed(msgspec.Struct, frozen=True):
    """A line of the list of known claims: the quotation and what an annotator wrote about it."""

    doc: str
    quote: str
    stance: str
    speaker: str | None = None
    accused: str | None = None


class _About(msgspec.Struct, frozen=True):
    publisher: str
    date: str


def run(context: Context) -> Iterator[Row | Missing]:
    """Precision and recall on the annotated documents, recall on the listed claims of those not frozen."""
    if context.path(LISTED) is None:
        yield lacking("claims", context, LISTED, _REMEDY)
        return
    start, reader = time.perf_counter(), _reader(context)
    context.tell("reading the annotated documents", 0.3)
    pairings, missing = _annotated(context, reader)
    yield from missing
    if len(pairings) > 0:
        yield from _rows(pairings, time.perf_counter() - start)
    context.tell("reading the listed claims", 0.7)
    yield from _listed_rows(context, reader, frozen=False)


def run_test(context: Context) -> Iterator[Row | Missing]:
    """Recall on the listed claims of the frozen documents."""
    if context.path(LISTED) is None:
        yield lacking("claims-test", context, LISTED, _REMEDY)
        return
    yield from _listed_rows(context, _reader(context), frozen=True)


def _reader(context: Context) -> claims.ClaimReader:
    knowledge = compiled.ready(compiled.cache_folder(), context.tell, lambda line: context.tell(line, 0.0))
    return claims.build(knowledge.catalogue)


def _annotated(context: Context, reader: claims.ClaimReader) -> tuple[list[Pairing], list[Missing]]:
    pairings, missing = [], []
    for item in gold_documents():
        path = context.path(f"{CORPUS}/{item.document}")
        if path is None:
            missing.append(lacking("claims", context, f"{CORPUS}/{item.document}", _REMEDY))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != item.sha256:
            missing.append(Missing("claims", f"{path} is not the text that was annotated", _REMEDY))
        else:
            read = reader.read(_document(path)).claims
            pairs, agnostic = paired(item.claims, read), paired(item.claims, read, any_stance=True)
            pairings.append(Pairing(item.claims, read, pairs, agnostic))
    return pairings, missing


@cache
def gold_documents() -> tuple[GoldDocument, ...]:
    """The documents that were annotated whole, with their claims."""
    raw = files("weigh.bench").joinpath(ANNOTATED).read_bytes()
    return msgspec.json.decode(raw, type=_GoldFile).documents


def _document(path: Path) -> Document:
    """A text of the corpus with the publisher and the date of the file beside it, as a user would say."""
    raw = path.read_bytes()
    about = msgspec.json.decode(path.with_suffix(".json").read_bytes(), type=_About)
    return Document(
        id=hashlib.sha256(raw).hexdigest(),
        text=raw.decode(),
        format="text",
        name=path.name,
        source=Source(about.publisher),
        date=about.date,
    )


def _rows(pairings: Sequence[Pairing], seconds: float) -> Iterator[Row]:
    data = f"{len(pairings)} documents annotated whole, on which the rules were written"
    for name, counts in COUNTED.items():
        table = _table(counts, pairings)
        for metric, statistic in STATISTICS.items():
            n = int(table[:, 1 if metric == "precision" else 2].sum())
            yield _row("claims", f"{name}: {metric}", table, statistic, n, seconds, data)
    for name, counts in SHARES.items():
        table = _table(counts, pairings)
        metric = f"{name}: share of pairs that agree"
        yield _row("claims", metric, table, recall, int(table[:, 2].sum()), seconds, data)


def _table(counts: Counts, pairings: Sequence[Pairing]) -> Counted:
    """(documents, 3): right, read and there, a row a document."""
    return np.array([counts(pairing) for pairing in pairings], dtype=float)


def _row(
    bench: str, metric: str, table: Counted, statistic: Statistic, n: int, seconds: float, data: str
) -> Row:
    low, high = interval(table, statistic)
    return Row(
        bench=bench,
        metric=metric,
        value=statistic(table.sum(axis=0)),
        low=low,
        high=high,
        n=n,
        bar=None,
        direction="max",
        peers={},
        seconds=seconds,
        command=f"weigh bench {bench}",
        data=data,
    )


def _listed_rows(context: Context, reader: claims.ClaimReader, *, frozen: bool) -> Iterator[Row]:
    """Recall on the list, which is not exhaustive: whether read, with which stance, by and about whom."""
    start = time.perf_counter()
    found = {
        name: _found(context.folder / CORPUS / name, rows, reader)
        for name, rows in _by_document(context).items()
        if (name in FROZEN) == frozen
    }
    bench = "claims-test" if frozen else "claims"
    data = f"{LISTED}: {len(found)} documents, not exhaustive" + ("" if frozen else ", read for the rules")
    for place, metric in enumerate(_LISTED_METRICS):
        table = np.array([counts[place] for counts in found.values()], dtype=float)
        n, seconds = int(table[:, 2].sum()), time.perf_counter() - start
        yield _row(bench, f"listed claims, {metric}", table, recall, n, seconds, data)


def _by_document(context: Context) -> dict[str, list[Listed]]:
    rows: dict[str, list[Listed]] = {}
    for line in (context.folder / LISTED).read_bytes().splitlines():
        row = msgspec.json.decode(line, type=Listed)
        rows.setdefault(row.doc, []).append(_in_our_words(row))
    return rows


def _in_our_words(row: Listed) -> Listed:
    """The row with its stance in our words."""
    return msgspec.structs.replace(row, stance=_ENDORSE.get(row.stance, row.stance))


def _found(path: Path, rows: Sequence[Listed], reader: claims.ClaimReader) -> list[tuple[int, int, int]]:
    """(right, read, there) of one document for: stance, any stance, speaker, accused."""
    document = _document(path)
    read = reader.read(document).claims
    gold = [_as_gold(row, document, reader) for row in rows]
    pairs, agnostic = paired(gold, read), paired(gold, read, any_stance=True)
    speaker = [(one, claim) for one, claim in pairs if len(one.speakers) > 0]
    accused = [(one, claim) for one, claim in pairs if len(one.accused) > 0]
    told = sum(roots(one.speakers) <= {party.root for party in claim.speakers} for one, claim in speaker)
    blamed = sum(roots(one.accused) <= {party.root for party in claim.accused} for one, claim in accused)
    return [
        (len(pairs), 0, len(gold)),
        (len(agnostic), 0, len(gold)),
        (told, 0, len(speaker)),
        (blamed, 0, len(accused)),
    ]


def _as_gold(row: Listed, document: Document, reader: claims.ClaimReader) -> Gold:
    """A row with the place of its quotation and the parties that its free words name, where they name one."""
    start = document.text.find(row.quote)
    return Gold(
        start=max(start, 0),
        end=max(start, 0) + (len(row.quote) if start >= 0 else 0),
        stance=row.stance,
        speakers=_party(row.speaker, document, reader),
        accused=_party(row.accused, document, reader),
    )


def _party(words: str | None, document: Document, reader: claims.ClaimReader) -> tuple[str, ...]:
    if words is None:
        return ()
    found = named(words, reader.gazetteer, lay_out(replace(document, text=words, fields=())))
    return () if found is None else (found[0].root,)
