"""Sentences that people labelled with techniques, and how findings in their documents are scored."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from weigh.evidence.text_model import Bools, Floats, Ints

_GRID = np.arange(0.05, 0.65, 0.025)
_AROUND = 3


@dataclass(frozen=True, slots=True)
class Annotated:
    """Sentences, the techniques that people saw in each, and the document each is from."""

    sentences: tuple[str, ...]
    labels: tuple[frozenset[str], ...]
    documents: tuple[str, ...]

    def only(self, wanted: Callable[[str], bool]) -> Annotated:
        """The sentences of some documents."""
        return self.at([number for number, name in enumerate(self.documents) if wanted(name)])

    def at(self, places: Sequence[int] | Ints) -> Annotated:
        """The sentences in some places, in that order."""
        return Annotated(
            tuple(self.sentences[place] for place in places),
            tuple(self.labels[place] for place in places),
            tuple(self.documents[place] for place in places),
        )

    def marked(self, names: Sequence[str]) -> Bools:
        """Whether each sentence is labelled with each of `names`: (n, names)."""
        return np.array([[name in labels for name in names] for labels in self.labels])


def closed(techniques: Sequence[str], candidates: Sequence[str]) -> Ints:
    """The candidate that each technique counts for: itself, else its parent, else none (-1)."""
    number = {candidate: position for position, candidate in enumerate(candidates)}
    return np.array([number.get(item, number.get(item.partition(".")[0], -1)) for item in techniques])


def document_scores(
    beliefs: Floats, names: Sequence[str], given: Annotated, threshold: float
) -> dict[str, float]:
    """F1 of each document: the names believed of any of its sentences against its labels.

    A document where both are empty scores 1, as in the published evaluations.
    """
    found: dict[str, set[str]] = {name: set() for name in given.documents}
    gold: dict[str, set[str]] = {name: set() for name in given.documents}
    for row, column in np.argwhere(beliefs >= threshold).tolist():
        found[given.documents[row]].add(names[column])
    for name, labels in zip(given.documents, given.labels, strict=True):
        gold[name] |= labels
    return {name: f1(found[name], gold[name]) for name in found}


def f1(found: set[str], gold: set[str]) -> float:
    """2 x common / (found + gold); 1 when both are empty."""
    total = len(found) + len(gold)
    return 1.0 if total == 0 else 2 * len(found & gold) / total


def best_threshold(beliefs: Floats, names: Sequence[str], given: Annotated) -> float:
    """The threshold of the grid around which the document-mean F1 is best; the lowest of equals.

    Around a threshold is the mean of it and of its `_AROUND` neighbours on each side: few documents make the
    single best one a matter of luck. Over held-out folds of the training halves this has 0.677 on AnnoCTR and
    0.689 on TRAM2, the single best 0.663 and 0.683.
    """
    means = np.array(
        [np.mean(list(document_scores(beliefs, names, given, level).values())) for level in _GRID]
    )
    around = [means[max(0, place - _AROUND) : place + _AROUND + 1].mean() for place in range(len(_GRID))]
    return float(_GRID[int(np.argmax(np.round(around, 9)))])


def folds_of(documents: Sequence[str], count: int) -> Ints:
    """The fold of each document's sentences (n,), from 0: by a checksum of its name, the same everywhere.

    Documents are dealt out in turn in the order of their checksums, so that folds have the same number
    of them, one more or less.
    """
    names = sorted(set(documents), key=lambda name: (zlib.crc32(name.encode()), name))
    number = {name: place % count for place, name in enumerate(names)}
    return np.array([number[name] for name in documents], np.int64)
