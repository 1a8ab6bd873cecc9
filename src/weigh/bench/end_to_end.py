"""From raw text to the ranking, names masked: the protocol that looks like a user's own day.

Documents whose author is known have every name of every actor masked, are read by the extractors,
pooled and weighed. Beside it the same with the techniques and software that people marked in the
same document, so that the loss of reading is told apart from the limits of weighing.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from ahocorasick_rs import AhoCorasick, MatchKind

from weigh import evidence
from weigh.assessment.pooling import as_facts, pool
from weigh.bench import scoring
from weigh.bench.data import OFFICIAL, Context, lacking, read_json, without_attack
from weigh.bench.rows import Missing, Row
from weigh.bench.scoring import Forecast
from weigh.case.judgements import review
from weigh.compiling import cache
from weigh.compiling.build import Inputs
from weigh.evidence import ready
from weigh.inference.engine import Engine, prepare
from weigh.inference.features import Facts, facts
from weigh.inference.weights import shipped
from weigh.knowledge.catalogue import Catalogue
from weigh.knowledge.naming import names
from weigh.knowledge.relations import Relations
from weigh.knowledge.store import Knowledge
from weigh.records import Document, Kind

ANNOCTR = ("data/techniques/annoctr_train.json.xz", "data/techniques/annoctr_test.json.xz")
ADVISORIES = "corpus/advisories"
GOLD = "ttp_gold.jsonl"
_MASK = "the actor"
_PUBLISHER_LETTERS = 3
_SHORTEST_NAME = 3
_POINTS = 0.10
_COMMAND = "weigh bench attribution"


class _Id(msgspec.Struct):
    id: str


class _Printed(msgspec.Struct):
    doc: str
    ids: list[_Id]
    date: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document, the ATT&CK id of its one actor, and what people marked in it."""

    name: str
    text: str
    actor: str
    gold: frozenset[str]
    year: int


def end_to_end(context: Context) -> Iterator[Row | Missing]:
    """Top-1 and top-5 from raw text, and the same from people's marks."""
    paths = [context.path(name) for name in ANNOCTR]
    found = [path for path in paths if path is not None]
    if len(found) < len(ANNOCTR):
        yield lacking("attribution, end to end", context, ANNOCTR[0], "AnnoCTR in the SoK form (Bosch)")
        return
    official = context.path(OFFICIAL)
    if official is None:
        yield without_attack("attribution, end to end", context)
        return
    knowledge = cache.compiled(cache.cache_folder(), Inputs(attack=official), context.tell)
    observer = ready.observer(knowledge)
    documents = [item for path in found for item in labelled(read_json(path))]
    data = "the AnnoCTR documents with one group label, own reports left out of the knowledge"
    yield from _rows(documents, knowledge, observer, "all documents", data)
    folder = context.path(ADVISORIES)
    if folder is None:
        yield lacking("attribution, end to end", context, ADVISORIES, "texts of US advisories")
        return
    named = advisories(folder, knowledge, observer)
    data = f"the {len(named)} advisories that name one listed group, own reports left out of the knowledge"
    yield from _rows(named, knowledge, observer, "advisories", data)


def advisories(folder: Path, knowledge: Knowledge, observer: evidence.Observer) -> list[Labelled]:
    """Advisories whose text names exactly one listed group; their gold is the ids that they print."""
    gold = msgspec.json.decode(
        b"[" + b",".join((folder.parent / GOLD).read_bytes().splitlines()) + b"]", type=list[_Printed]
    )
    found = []
    for item in gold:
        text = (folder.parent / item.doc).read_text(encoding="utf-8")
        seen = evidence.observe(Document(item.doc, text, "text", item.doc), observer)
        groups = {each.value for each in seen if each.kind is Kind.ACTOR}
        listed = [name for name in groups if name in knowledge.actors and knowledge.actors[name].reports > 0]
        if len(listed) == 1:
            ids = frozenset(each.id for each in item.ids)
            year = int(item.date[:4]) if item.date[:4].isdigit() else 0
            found.append(Labelled(Path(item.doc).stem, text, listed[0], ids, year))
    return found


def labelled(table: object) -> list[Labelled]:
    """Documents of AnnoCTR's SoK form that carry exactly one group's label.

    `table` has the columns `sentence`, `labels` and `document`, each a mapping from row number.
    """
    if not isinstance(table, dict):
        return []
    rows: dict[str, list[str]] = {}
    for key, sentence in table["sentence"].items():
        rows.setdefault(table["document"][key], []).append(sentence)
    marks: dict[str, set[str]] = {name: set() for name in rows}
    for key, labels in table["labels"].items():
        marks[table["document"][key]].update(labels)
    documents = []
    for name, sentences in rows.items():
        groups = {label for label in marks[name] if label.startswith("G")}
        gold = frozenset(label for label in marks[name] if label[0] in "TS" and label[1:2].isdigit())
        if len(groups) == 1:
            year = int(name.split("_")[1][:4])
            documents.append(Labelled(name, "\n".join(sentences), groups.pop(), gold, year))
    return documents


def masked(text: str, catalogue: Catalogue) -> str:
    """The text with every name and alias of every actor replaced by "the actor", whatever its case."""
    known = sorted(
        {
            name.lower()
            for actor in catalogue.actors
            for name, _ in names(actor)
            if len(name) >= _SHORTEST_NAME
        }
    )
    machine = AhoCorasick(known, matchkind=MatchKind.LeftmostLongest)
    lowered = text.lower() if len(text.lower()) == len(text) else text
    parts, end = [], 0
    for _, start, stop in machine.find_matches_as_indexes(lowered):
        whole = not (text[start - 1 : start].isalnum() or text[stop : stop + 1].isalnum())
        if whole and start >= end:
            parts += [text[end:start], _MASK]
            end = stop
    return "".join([*parts, text[end:]])


def without_own_reports(relations: Relations, reports: Sequence[str], document: Labelled) -> Relations:
    """The relations less every report that may be this document: same year and same first letters, or
    the document's own name in the report's."""
    letters = document.name[:_PUBLISHER_LETTERS].casefold()
    same = np.array([name[:_PUBLISHER_LETTERS].casefold() == letters for name in reports])
    same &= (relations.years == document.year) | (relations.years == 0)
    same |= np.array([document.name.casefold() in name.casefold() for name in reports])
    return relations.without(same)


def _rows(
    documents: Sequence[Labelled], knowledge: Knowledge, observer: evidence.Observer, what: str, data: str
) -> Iterator[Row]:
    reports = [report.name for report in knowledge.catalogue.reports]
    start = time.perf_counter()
    read, gold, leaky = [], [], []
    for document in documents:
        engine = prepare(without_own_reports(knowledge.relations, reports, document), shipped())
        seen = _read_facts(document, knowledge, observer)
        read.append(_forecast(document, seen, engine, knowledge))
        gold.append(_forecast(document, _gold_facts(document, knowledge), engine, knowledge))
        leaky.append(_forecast(document, seen, prepare(knowledge.relations, shipped()), knowledge))
    seconds = time.perf_counter() - start
    peers = {"gold": gold, "own report in the knowledge": leaky}
    for k in (1, 5):
        yield _row(k, read, peers, (what, data), seconds)


def _row(
    k: int,
    own: Sequence[Forecast],
    peers: Mapping[str, Sequence[Forecast]],
    words: tuple[str, str],
    seconds: float,
) -> Row:
    statistic = scoring.mean_of(lambda item: scoring.top_k(item, k))
    low, high = scoring.interval(own, statistic)
    beside = {name: statistic(found) for name, found in peers.items()}
    return Row(
        bench="attribution, end to end, names masked",
        metric=f"top-{k} of {words[0]}",
        value=statistic(own),
        low=low,
        high=high,
        n=len(own),
        bar=beside["gold"] - _POINTS if k == 5 else None,
        peers=beside,
        seconds=seconds,
        command=_COMMAND,
        data=words[1],
    )


def _read_facts(document: Labelled, knowledge: Knowledge, observer: evidence.Observer) -> Facts:
    text = masked(document.text, knowledge.catalogue)
    digest = hashlib.sha256(text.encode()).hexdigest()
    found = evidence.observe(Document(digest, text, "text", document.name), observer)
    return as_facts(pool(review(found, ()), knowledge), document.year)


def _gold_facts(document: Labelled, knowledge: Knowledge) -> Facts:
    return facts(_known(document.gold, knowledge), document.year)


def _known(ids: Iterable[str], knowledge: Knowledge) -> dict[int, float]:
    return {knowledge.feature_index[name]: 1.0 for name in ids if name in knowledge.feature_index}


def _forecast(document: Labelled, case: Facts, engine: Engine, knowledge: Knowledge) -> Forecast:
    probabilities = engine.weigh(case).scores.probabilities
    ids = [knowledge.catalogue.actors[int(row)].id for row in engine.known.candidates]
    truth = ids.index(document.actor) if document.actor in ids else -1
    cluster = int(document.actor[1:])
    return Forecast(cluster, truth, probabilities[:-1], float(probabilities[-1]), document.year)
