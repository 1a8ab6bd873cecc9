"""From raw text to the ranking, names masked: the protocol that looks like a user's own day.

Documents whose author is known have every name of every actor masked, are read by the extractors,
pooled and weighed. Beside it the same with the techniques and software that people marked in the
same document, so that the loss of reading is told apart from the limits of weighing.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from weigh.bench.techniques import trained
from weigh.case.judgements import review
from weigh.compiling import cache
from weigh.compiling.attack import AttackSource, read_bundle
from weigh.compiling.build import Inputs
from weigh.evidence import build, ready
from weigh.evidence.text_model import Bools
from weigh.inference.engine import Engine, prepare
from weigh.inference.features import Facts, facts
from weigh.inference.fit import fit, lessons, rolling_rows
from weigh.inference.model import Weights
from weigh.inference.weights import shipped
from weigh.knowledge.catalogue import Catalogue
from weigh.knowledge.naming import names
from weigh.knowledge.relations import Relations
from weigh.knowledge.store import Knowledge
from weigh.records import Document

ANNOCTR = ("data/techniques/annoctr_train.json.xz", "data/techniques/annoctr_test.json.xz")
ADVISORIES = "corpus/advisories"
GOLD = "ttp_gold.jsonl"
LABELS = Path(__file__).with_name("advisory_labels.json")
ANNOCTR_NOTE = (
    "; people marked no sub-techniques; the curve from the sentence model's shares to chances was fitted on "
    "AnnoCTR's training half, which {} of these documents are of"
)
"""What is not as it should be."""

_FEWEST = 10
"""Documents with marked facts from which on a comparison with these says anything."""
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


class Label(msgspec.Struct, frozen=True):
    """An advisory, the ATT&CK id of the group that it attributes itself to, and the characters of its text
    that say so, with the reason in words."""

    document: str
    actor: str
    start: int
    end: int
    why: str


class Labels(msgspec.Struct, frozen=True):
    """Advisories with a label, and the others with the reason why they have none."""

    labels: tuple[Label, ...]
    left_out: dict[str, str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document, the ATT&CK id of its one actor, and what people marked in it."""

    name: str
    text: str
    actor: str
    gold: frozenset[str]
    year: int


@dataclass(frozen=True, slots=True)
class _Answers:
    """To one document: from its text; from its marks, None without any; from its text, nothing left out."""

    read: Forecast
    gold: Forecast | None
    leaky: Forecast


@dataclass(frozen=True, slots=True)
class Apart:
    """What was learned without the documents' own reports, and how many these are."""

    observer: evidence.Observer
    weights: Weights
    reports: int


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
    train, test = (labelled(read_json(path)) for path in found)
    annotated = [*train, *test]
    folder = context.path(ADVISORIES)
    named = () if folder is None else advisories(folder)
    context.tell("learning without the documents' own reports", 0.02)
    apart = learned_apart(knowledge, read_bundle(official), [*annotated, *named])
    note = ANNOCTR_NOTE.format(len(train))
    yield from _rows(annotated, knowledge, apart, "AnnoCTR documents of one group", note)
    if folder is None:
        yield lacking("attribution, end to end", context, ADVISORIES, "texts of US advisories")
        return
    yield from _rows(named, knowledge, apart, "advisories that attribute themselves to one group", "")


def advisories(folder: Path) -> list[Labelled]:
    """The advisories that attribute themselves to one listed group, by the table that a person made reading
    them, where they are there; their gold is the ids that they print."""
    gold = msgspec.json.decode(
        b"[" + b",".join((folder.parent / GOLD).read_bytes().splitlines()) + b"]", type=list[_Printed]
    )
    printed = {Path(item.doc).stem: item for item in gold}
    found = []
    for label in read_labels().labels:
        path, item = folder / f"{label.document}.txt", printed.get(label.document)
        if path.exists() and item is not None:
            ids = frozenset(each.id for each in item.ids)
            year = int(item.date[:4]) if item.date[:4].isdigit() else 0
            found.append(Labelled(label.document, path.read_text("utf-8"), label.actor, ids, year))
    return found


def read_labels() -> Labels:
    """The table of advisories."""
    return msgspec.json.decode(LABELS.read_bytes(), type=Labels)


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


def own_reports(relations: Relations, reports: Sequence[str], document: Labelled) -> Bools:
    """Which reports may be this document: same year and same first letters, or the document's own name in
    the report's; (reports,)."""
    letters = document.name[:_PUBLISHER_LETTERS].casefold()
    same = np.array([name[:_PUBLISHER_LETTERS].casefold() == letters for name in reports])
    same &= (relations.years == document.year) | (relations.years == 0)
    same |= np.array([document.name.casefold() in name.casefold() for name in reports])
    return same


def learned_apart(knowledge: Knowledge, source: AttackSource, documents: Sequence[Labelled]) -> Apart:
    """The sentence model and the weights learned again without any report that may be one of the documents.

    As in leave-report-out, reports of later years stay.
    """
    relations = knowledge.relations
    reports = [report.name for report in knowledge.catalogue.reports]
    own = np.any([own_reports(relations, reports, document) for document in documents], axis=0)
    model = trained(source, frozenset(name for name, is_own in zip(reports, own, strict=True) if is_own))
    left = relations.without(own)
    rows = [row for year in rolling_rows(left, lessons(left)).values() for row in year]
    return Apart(build(knowledge.catalogue, model), fit(rows, "bench"), int(own.sum()))


def _rows(
    documents: Sequence[Labelled], knowledge: Knowledge, apart: Apart, what: str, note: str
) -> Iterator[Row]:
    """All documents, with the same where nothing is left out beside them; then those with marked facts."""
    start = time.perf_counter()
    answers = _answers(documents, knowledge, apart)
    seconds = time.perf_counter() - start
    own = [answer.read for answer in answers]
    pairs = [(answer.read, answer.gold) for answer in answers if answer.gold is not None]
    same, gold = [mine for mine, _ in pairs], [marked for _, marked in pairs]
    told = (
        f"{len(same)} of {len(own)} documents have marked facts that the knowledge has; sentence model and "
        f"weights were learned without the {apart.reports} reports that may be any of the documents; reports "
        f"of later years stay{note}"
    )
    leaky = {"own reports in knowledge, model and weights": [answer.leaky for answer in answers]}
    found = [_row(f"top-{k} of {len(own)} {what}", k, own, leaky) for k in (1, 5)]
    if len(same) >= _FEWEST:
        found += [
            _row(f"top-{k} of the {len(same)} with marked facts", k, same, {"gold": gold}) for k in (1, 5)
        ]
        found[-1] = replace(found[-1], bar=found[-1].peers["gold"] - _POINTS)
    for row in found:
        yield replace(row, seconds=seconds, data=what, note=told)


def _answers(documents: Sequence[Labelled], knowledge: Knowledge, apart: Apart) -> list[_Answers]:
    reports = [report.name for report in knowledge.catalogue.reports]
    everything, whole = ready.observer(knowledge), prepare(knowledge.relations, shipped())
    found = []
    for document in documents:
        own = own_reports(knowledge.relations, reports, document)
        engine = prepare(knowledge.relations.without(own), apart.weights)
        seen, marked = _read_facts(document, knowledge, apart.observer), _gold_facts(document, knowledge)
        leaky = _forecast(document, _read_facts(document, knowledge, everything), whole, knowledge)
        gold = _forecast(document, marked, engine, knowledge) if len(marked.index) > 0 else None
        found.append(_Answers(_forecast(document, seen, engine, knowledge), gold, leaky))
    return found


def _row(metric: str, k: int, own: Sequence[Forecast], peers: Mapping[str, Sequence[Forecast]]) -> Row:
    statistic = scoring.mean_of(lambda item: scoring.top_k(item, k))
    low, high = scoring.interval(own, statistic)
    return Row(
        bench="attribution, end to end, names masked",
        metric=metric,
        value=statistic(own),
        low=low,
        high=high,
        n=len(own),
        peers={name: statistic(found) for name, found in peers.items()},
        command=_COMMAND,
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
