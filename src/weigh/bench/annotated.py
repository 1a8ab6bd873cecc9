"""Reports whose sentences people annotated with techniques, and how a model's findings are scored on them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from weigh.bench.data import read_json
from weigh.bench.scoring import mean_interval
from weigh.compiling.annotations import Annotated, closed
from weigh.evidence.text_model import Bools, TextModel, families, softmax

SPANS = "data/techniques/tram_single_label.json.xz"
TRAM = ("data/techniques/tram_train.json.xz", "data/techniques/tram_test.json.xz")
ANNOCTR = ("data/techniques/annoctr_train.json.xz", "data/techniques/annoctr_test.json.xz")

_DRAWS = 1000
_LONG_SENTENCE = 40
_ID = re.compile(r"T\d{4}(\.\d{3})?")


@dataclass(frozen=True, slots=True)
class Sets:
    """The annotated sets, their retired ids brought up to date."""

    spans: Annotated
    tram: tuple[Annotated, Annotated]
    annoctr: tuple[Annotated, Annotated]

    @property
    def candidates(self) -> tuple[str, ...]:
        """The techniques that TRAM2 knows."""
        return tuple(sorted({label for labels in self.tram[0].labels for label in labels}))


def read_sets(folder: Path, now: Mapping[str, str]) -> Sets:
    """The sets in a folder of data; `now` is the successor of each retired technique id."""
    tram, annoctr = (
        [annotated(read_json(folder / name), now) for name in names] for names in (TRAM, ANNOCTR)
    )
    return Sets(annotated(read_json(folder / SPANS), now), (tram[0], tram[1]), (annoctr[0], annoctr[1]))


def annotated(table: object, now: Mapping[str, str]) -> Annotated:
    """A set in either of its two shapes: rows of single labels, or columns with lists of them.

    Labels that are no techniques (tactics, groups, software) are left out. Raises `ValueError` on any other.
    """
    if isinstance(table, list):
        rows = [(row["text"], [row["label"]], row["doc_title"]) for row in table]
    elif isinstance(table, dict):
        names = table["doc_title"] if "doc_title" in table else table["document"]
        rows = [(text, table["labels"][key], names[key]) for key, text in table["sentence"].items()]
    else:
        raise ValueError("not a set of annotated sentences")
    return Annotated(
        tuple(text for text, _, _ in rows),
        tuple(
            frozenset(now.get(label) or label for label in labels if _ID.fullmatch(label))
            for _, labels, _ in rows
        ),
        tuple(name for _, _, name in rows),
    )


def choices(model: TextModel, spans: Annotated, candidates: Sequence[str]) -> Bools:
    """Whether the likeliest of the candidates is the label of each span (n,)."""
    beliefs = model.beliefs(spans.sentences, closed(model.ids, candidates))
    return np.array(
        [
            candidates[best] in labels
            for best, labels in zip(beliefs.argmax(axis=1), spans.labels, strict=True)
        ]
    )


def first_said(model: TextModel, texts: Sequence[str]) -> list[str]:
    """What the model would say first of each text among all techniques, however little it believes it."""
    shares = softmax(model.scores(texts))[:, :-1]
    starts = families(model.techniques)
    chosen = np.add.reduceat(shares, starts, axis=1).argmax(axis=1)
    ends = np.append(starts[1:], len(model.techniques))
    said, ids = [], model.ids
    for row, family in enumerate(chosen.tolist()):
        inside = shares[row, starts[family] : ends[family]]
        best = int(inside.argmax())
        said.append(ids[starts[family] + (best if 2 * inside[best] > inside.sum() else 0)])
    return said


def matches(said: Sequence[str], spans: Annotated, *, refined: bool) -> Bools:
    """Whether what was said of each span is its label, or, when `refined`, a sub-technique of its label."""
    return np.array(
        [
            name in labels or (refined and name.partition(".")[0] in labels)
            for name, labels in zip(said, spans.labels, strict=True)
        ]
    )


def repeated(first: Annotated, second: Annotated) -> frozenset[str]:
    """Documents of `second` of whose long sentences more than half stand in `first` word for word."""
    known = set(first.sentences)
    shared: dict[str, list[bool]] = {}
    for text, name in zip(second.sentences, second.documents, strict=True):
        if len(text) > _LONG_SENTENCE:
            shared.setdefault(name, []).append(text in known)
    return frozenset(name for name, seen in shared.items() if 2 * sum(seen) > len(seen))


def interval(values: Sequence[float], documents: Sequence[str]) -> tuple[float, float]:
    """95 % interval of the mean of `values`, by resampling documents with all their values."""
    number = np.unique(list(documents), return_inverse=True)[1]
    return mean_interval(np.asarray(values, float), number, draws=_DRAWS)
