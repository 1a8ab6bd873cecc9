"""`weigh bench techniques`: how well sentences are read for techniques, on reports that people annotated.

The model is trained on the knowledge's own text alone; rows that say so add the training half of a set.
Thresholds are chosen on the training halves of the annotated sets; their test halves are only scored. The
spans are of the same documents as both halves of TRAM2. Intervals resample documents.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from weigh.bench.annotated import (
    ANNOCTR,
    SPANS,
    TRAM,
    Sets,
    choices,
    first_said,
    interval,
    matches,
    read_sets,
)
from weigh.bench.data import OFFICIAL, Context, lacking, without_attack
from weigh.bench.labelled_documents import alone_rows, families_of, taught_rows
from weigh.bench.rows import Missing, Row
from weigh.bench.scoring import calibration_error
from weigh.compiling.annotations import Annotated, closed
from weigh.compiling.attack import AttackSource, read_bundle, read_embedded
from weigh.compiling.build import examples
from weigh.compiling.everyday import everyday
from weigh.compiling.linking import link
from weigh.compiling.text_training import curve_of, train
from weigh.evidence.segmentation import sentences
from weigh.evidence.text_model import REPORTED_FROM, Bools, Ints, TextModel

ADVISORIES = "corpus/advisories"
_REMEDY = "the annotated sets TRAM2 and AnnoCTR (Buechel et al. 2025) under data/techniques"
_COMMAND = "weigh bench techniques"
_SHORTEST_TITLE = 15
_RUNS = 5
_FOLDS = 5


def run(context: Context) -> Iterator[Row | Missing]:
    """All sets, with the official bundle, without its relations on their documents, and embedded."""
    path = context.path(OFFICIAL)
    if path is None:
        yield without_attack("techniques", context)
        return
    missing = [name for name in (SPANS, *TRAM, *ANNOCTR) if context.path(name) is None]
    if len(missing) > 0:
        yield lacking("techniques", context, missing[0], _REMEDY)
        return
    context.tell("reading ATT&CK", 0.0)
    source = read_bundle(path)
    catalogue = link(source, ()).catalogue
    sets = read_sets(context.folder, {item.id: item.now for item in catalogue.retired})
    context.tell("learning", 0.05)
    model = trained(source)
    yield from _sets_rows(model, sets, "")
    context.tell("learning from the training halves", 0.15)
    yield from taught_rows(model, catalogue, sets, "")
    yield from _calibration_rows(model, sets)
    yield from _speed_rows(model, context)
    context.tell("learning without the reports of one fold", 0.3)
    yield from _procedure_rows(source)
    context.tell("learning without the sets' own documents", 0.5)
    titles = {*sets.spans.documents, *sets.tram[1].documents}
    apart = trained(source, citing(source, titles))
    yield from _sets_rows(apart, sets, ", without reports on its documents")
    yield from taught_rows(apart, catalogue, sets, ", without reports on its documents")
    context.tell("learning from the embedded knowledge", 0.75)
    yield from _sets_rows(trained(read_embedded()), sets, ", embedded knowledge")


def trained(source: AttackSource, without: frozenset[str] = frozenset()) -> TextModel:
    """The model of a source, as it is compiled; relations that cite any report in `without` are left out."""
    lessons = [item for item in examples(source.objects) if without.isdisjoint(item.citations)]
    lessons += everyday()
    return TextModel.from_arrays(train(lessons, link(source, ()).catalogue.techniques))


def held_out(source: AttackSource, fold: int) -> tuple[TextModel, Annotated]:
    """A model without the procedures of one report in `_FOLDS`, and those procedures. Tuning went by these.

    A procedure belongs to the first report it cites. What cites any report of the held-out procedures is
    left out of training too.
    """
    every = examples(source.objects)
    aside = [item for item in every if len(item.technique) > 0 and _fold(item.citations) == fold]
    reports = frozenset(name for item in aside for name in item.citations)
    return trained(source, reports), Annotated(
        tuple(item.text for item in aside),
        tuple(frozenset({item.technique}) for item in aside),
        tuple(item.citations[0] for item in aside),
    )


def _fold(citations: Sequence[str]) -> int:
    """The fold of a report by its name; -1 for what cites none, which is never held out."""
    return zlib.crc32(citations[0].encode()) % _FOLDS if len(citations) > 0 else -1


def citing(source: AttackSource, titles: Iterable[str]) -> frozenset[str]:
    """Names of the cited reports whose citation holds one of `titles`, by letters and digits alone."""
    plain = {_plain(title) for title in titles}
    wanted = [title for title in plain if len(title) >= _SHORTEST_TITLE]
    references = {reference for item in source.objects for reference in item.external_references}
    return frozenset(
        reference.report
        for reference in references
        if any(title in _plain(reference.description) for title in wanted)
    )


def spans_of(spans: Annotated, documents: Iterable[str]) -> Annotated:
    """The spans of some documents, whose titles the two files write differently."""
    wanted = {_plain(title) for title in documents}
    return spans.only(lambda name: _plain(name) in wanted)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _sets_rows(model: TextModel, sets: Sets, note: str) -> Iterator[Row]:
    """Every figure of accuracy with one model; bars are for the official knowledge in full."""
    bars = (0.80, 0.68) if len(note) == 0 else (None, None)
    spans = sets.spans
    start = time.perf_counter()
    right = choices(model, spans, sets.candidates)
    yield _choice_row(f"spans, 50 candidates{note}", spans, right, bars[0], time.perf_counter() - start)
    start = time.perf_counter()
    said = first_said(model, spans.sentences)
    seconds = time.perf_counter() - start
    for kind, refined, bar in (("", False, bars[1]), (", a sub-technique of the label counts", True, None)):
        right = matches(said, spans, refined=refined)
        yield _choice_row(f"spans, all candidates{kind}{note}", spans, right, bar, seconds)
    tested = spans_of(sets.spans, sets.tram[1].documents)
    right = matches(first_said(model, tested.sentences), tested, refined=False)
    yield _choice_row(f"spans of TRAM2's test half, all candidates{note}", tested, right, None, seconds)
    yield from alone_rows(model, sets, note)


def _choice_row(
    metric: str, spans: Annotated, right: Bools, bar: float | None, seconds: float, data: str = SPANS
) -> Row:
    values = right.astype(float).tolist()
    low, high = interval(values, spans.documents)
    return Row(
        bench="techniques",
        metric=f"micro-F1, {metric}",
        value=float(np.mean(values)),
        low=low,
        high=high,
        n=len(values),
        bar=bar,
        seconds=seconds,
        command=_COMMAND,
        data=data,
    )


def curve(model: TextModel, sets: Sets) -> list[float]:
    """The curve that ships (`sentence_calibration.json`), from the training halves."""
    halves = _labelled(model, sets, 0)
    evidence = [model.evidence(half.sentences, groups) for half, groups, _, _ in halves]
    return curve_of(evidence, [half.marked(names) for half, _, names, _ in halves])


def _labelled(model: TextModel, sets: Sets, half: int) -> list[tuple[Annotated, Ints, Sequence[str], str]]:
    """AnnoCTR with the families, TRAM2 with its labels: sentences, groups, their names, where from."""
    parents, names = families_of(model)
    labels = closed(model.ids, sets.candidates)
    return [
        (sets.annoctr[half], parents, names, ANNOCTR[half]),
        (sets.tram[half], labels, sets.candidates, TRAM[half]),
    ]


def _procedure_rows(source: AttackSource) -> Iterator[Row]:
    """ATT&CK's own procedures, of reports that the model has not seen, among all techniques."""
    start = time.perf_counter()
    model, procedures = held_out(source, fold=0)
    right = matches(first_said(model, procedures.sentences), procedures, refined=False)
    seconds = time.perf_counter() - start
    yield _choice_row(
        "procedures of unseen reports, all candidates", procedures, right, None, seconds, OFFICIAL
    )


def _calibration_rows(model: TextModel, sets: Sets) -> Iterator[Row]:
    """How far the probabilities of reported findings are from the share that people marked."""
    for half, groups, names, data in _labelled(model, sets, 1):
        start = time.perf_counter()
        beliefs = model.beliefs(half.sentences, groups)
        reported = beliefs >= REPORTED_FROM
        stated, right = beliefs[reported].astype(float), half.marked(names)[reported].astype(float)
        yield Row(
            bench="techniques",
            metric=f"calibration error of findings of at least {REPORTED_FROM}, {Path(data).name}",
            value=calibration_error(stated, right),
            low=None,
            high=None,
            n=len(stated),
            direction="min",
            peers={"mean stated": float(stated.mean()), "share marked": float(right.mean())},
            seconds=time.perf_counter() - start,
            command=_COMMAND,
            data=data,
        )


def _speed_rows(model: TextModel, context: Context) -> Iterator[Row | Missing]:
    folder = context.path(ADVISORIES)
    if folder is None:
        yield lacking("techniques, speed", context, ADVISORIES, "a folder of advisories as text")
        return
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    documents = [[span.of(text) for span in sentences(text)] for text in texts]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    runs = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        for document in documents:
            model.read(document)
        runs.append(time.perf_counter() - start)
    yield Row(
        bench="techniques",
        metric="sentences read for techniques, MB of text a second",
        value=megabytes / float(np.median(runs)),
        low=megabytes / max(runs),
        high=megabytes / min(runs),
        n=len(runs),
        seconds=sum(runs),
        command=_COMMAND,
        data=ADVISORIES,
    )
