"""Document-mean F1 on annotated reports: with the knowledge alone, and taught by the sets' training halves.

Thresholds are chosen on the training half: for the knowledge alone by what it believes of it, for what was
taught by what corrections taught on other documents of it believe. The test half is only scored.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from weigh.bench.annotated import ANNOCTR, TRAM, Sets, interval, repeated
from weigh.bench.rows import Row
from weigh.bench.written_techniques import heed, written
from weigh.compiling.annotations import Annotated, best_threshold, closed, document_scores
from weigh.compiling.teaching import correction, held_out_beliefs
from weigh.evidence.taught_model import corrected, log_odds
from weigh.evidence.text_model import Floats, Ints, TextModel
from weigh.knowledge.catalogue import Catalogue

Halves = tuple[Annotated, Annotated]
_TRAM_BAR, _ANNOCTR_BAR, _OPEN_BAR = 0.75, 0.64, 0.45
_TRAM_PEERS = {
    "RoBERTa-large with ATT&CK's procedures, published": 0.7141,
    "RoBERTa-large, published": 0.7055,
    "TRAM's SciBERT, published": 0.6664,
}
_ANNOCTR_PEERS = {"CySecBERT, published": 0.6275}
_OPEN_PEERS = {"AttacKG, published": 0.2375, "best embedder, published": 0.134}


@dataclass(frozen=True, slots=True)
class Believed:
    """What is believed of each sentence (n, names) of the halves, the first by who has not learnt from it."""

    names: tuple[str, ...]
    first: Floats
    second: Floats


def alone(model: TextModel, halves: Halves, names: Sequence[str]) -> Believed:
    """By the knowledge alone."""
    groups = closed(model.ids, names)
    return Believed(tuple(names), *(model.beliefs(half.sentences, groups) for half in halves))


def taught(model: TextModel, catalogue: Catalogue, halves: Halves, names: Sequence[str]) -> Believed:
    """By the knowledge, what is written and the labels of the first half: of the second half by all of them,
    of each document of the first by those of other documents.

    What is written is heeded as all of the first half asks: two numbers, the same for every document.
    """
    known = alone(model, halves, names)
    there = [written(half.sentences, names, catalogue) for half in halves]
    heeded = heed(known.first, there[0], halves[0].marked(names))
    first = heeded.applied(known.first, there[0])
    second = heeded.applied(known.second, there[1])
    learnt = TextModel.from_arrays(correction(first, halves[0], names))
    return Believed(
        known.names,
        held_out_beliefs(first, halves[0], names),
        corrected(second, log_odds(learnt, halves[1].sentences, names)),
    )


def families_of(model: TextModel) -> tuple[Ints, tuple[str, ...]]:
    """The family of each technique, by number, and the names of the families."""
    names = tuple(model.family_names)
    return closed(model.ids, names), names


def alone_rows(model: TextModel, sets: Sets, note: str) -> Iterator[Row]:
    """The knowledge alone: AnnoCTR among all families, TRAM2 among its labels; the bar is for it in full."""
    bar = _OPEN_BAR if len(note) == 0 else None
    believed = alone(model, sets.annoctr, families_of(model)[1])
    yield documents_row(
        f"AnnoCTR, open set{note}", believed, sets.annoctr, bar=bar, peers=_OPEN_PEERS, data=ANNOCTR[1]
    )
    yield from _tram_rows("", alone(model, sets.tram, sets.candidates), sets, note, None)


def taught_rows(model: TextModel, catalogue: Catalogue, sets: Sets, note: str) -> Iterator[Row]:
    """The knowledge with the labels of the training half; the bars are for it in full.

    AnnoCTR's labels that are no Enterprise techniques are never found.
    """
    bars = (_ANNOCTR_BAR, _TRAM_BAR) if len(note) == 0 else (None, None)
    start = time.perf_counter()
    believed = taught(model, catalogue, sets.annoctr, families_of(model)[1])
    yield documents_row(
        f"AnnoCTR, taught by its training half{note}",
        believed,
        sets.annoctr,
        bar=bars[0],
        peers=_ANNOCTR_PEERS,
        data=ANNOCTR[1],
        start=start,
    )
    yield from _tram_rows(
        ", taught by its training half",
        taught(model, catalogue, sets.tram, sets.candidates),
        sets,
        note,
        bars[1],
    )


def _tram_rows(how: str, believed: Believed, sets: Sets, note: str, bar: float | None) -> Iterator[Row]:
    """All test documents, and those that do not stand in the training half too."""
    metric = f"TRAM2, 50 labels{how}"
    yield documents_row(f"{metric}{note}", believed, sets.tram, bar=bar, peers=_TRAM_PEERS, data=TRAM[1])
    again = repeated(*sets.tram)
    kept = [number for number, name in enumerate(sets.tram[1].documents) if name not in again]
    apart = (sets.tram[0], sets.tram[1].at(kept))
    metric = f"{metric}, without {len(again)} that stands in both halves"
    rest = Believed(believed.names, believed.first, believed.second[kept])
    yield documents_row(f"{metric}{note}", rest, apart, bar=None, peers={}, data=TRAM[1])


def documents_row(
    metric: str,
    believed: Believed,
    halves: Halves,
    *,
    bar: float | None,
    peers: dict[str, float],
    data: str,
    start: float | None = None,
) -> Row:
    """Document-mean F1 on the second half, the threshold chosen on the first."""
    begun = time.perf_counter() if start is None else start
    threshold = best_threshold(believed.first, believed.names, halves[0])
    scores = document_scores(believed.second, believed.names, halves[1], threshold)
    low, high = interval(list(scores.values()), list(scores))
    return Row(
        bench="techniques",
        metric=f"document-mean F1, {metric} (threshold {threshold:.3f})",
        value=float(np.mean(list(scores.values()))),
        low=low,
        high=high,
        n=len(scores),
        bar=bar,
        peers=peers,
        seconds=time.perf_counter() - begun,
        command="weigh bench techniques",
        data=data,
    )
