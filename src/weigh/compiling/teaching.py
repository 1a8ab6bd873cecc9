"""Learning from sentences that people labelled, on top of the knowledge.

Annotators of one house, or of one collection, mark techniques in their own way. A correction learns what
their labels say beyond what the knowledge already says of a sentence: a logistic regression for each
technique whose offset is the knowledge's own log odds. It needs few examples, because it starts from the
knowledge and not from nothing.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from weigh.compiling.annotations import Annotated, closed, document_scores, folds_of
from weigh.compiling.descent import Pace, descended
from weigh.compiling.text_training import features, folded, quantised, vocabulary
from weigh.errors import KnowledgeError
from weigh.evidence.taught_model import corrected, log_odds, odds
from weigh.evidence.text_model import (
    LONGEST_TEXT,
    REPORTED_FROM,
    Bools,
    Floats,
    Ints,
    TextModel,
    masked,
    units_of,
)
from weigh.readers.wording import counted

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FOLDS = 5
LEAST_TEXTS = 2
MOST_FEATURES = 60_000
BATCH = 256
EPOCHS = 4
"""Chosen, with the rate, by the document-mean F1 of held-out documents (5 folds) on the training halves of
TRAM2 and AnnoCTR: 0.691 and 0.669, where the knowledge alone has 0.639 and 0.548. It is flat around them:
0.691 and 0.671 with batches of 128, 0.670 on AnnoCTR with 8 epochs."""

_RATE = 1.0
_FEWEST_DOCUMENTS = 10


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learnt from whom: counts, and the document-mean F1 at `REPORTED_FROM` of documents that were
    held out, with the knowledge alone and with what was taught."""

    sentences: int
    documents: int
    techniques: tuple[str, ...]
    unknown: tuple[str, ...]
    alone: float
    taught: float

    @property
    def is_better(self) -> bool:
        """Whether unseen documents are read better than without."""
        return self.taught > self.alone


class _Row(msgspec.Struct):
    sentence: str
    techniques: list[str]
    document: str


def read_labelled(path: Path, now: Mapping[str, str]) -> Annotated:
    """Labelled sentences, a JSON object a line: `sentence`, `techniques` (ATT&CK ids), `document`.

    `now` is the successor of each retired id. Raises `KnowledgeError`, with the line, when one is not so.
    """
    rows = list(_rows(path))
    return Annotated(
        tuple(row.sentence for row in rows),
        tuple(frozenset(now.get(label) or label for label in row.techniques) for row in rows),
        tuple(row.document for row in rows),
    )


def _rows(path: Path) -> Iterator[_Row]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise KnowledgeError(f"cannot be read: {error.strerror}", place=str(path)) from error
    for number, line in enumerate(lines, 1):
        if len(line.strip()) == 0:
            continue
        try:
            yield msgspec.json.decode(line, type=_Row)
        except (ValueError, RecursionError) as error:
            raise KnowledgeError(
                f"not a labelled sentence: {error}",
                place=f"{path}, line {number}",
                remedy='give a line such as {"sentence": "...", "techniques": ["T1566"], "document": "..."}',
            ) from error


def teach_on(model: TextModel, given: Annotated, path: Path) -> Taught:
    """Learn a correction of the families of `model` from labelled sentences and keep it in `path`.

    It is kept only where it reads held-out documents better than the knowledge alone. Raises
    `KnowledgeError` when there are too few documents, or no label that the knowledge knows.
    """
    names = model.family_names
    families = by_family(given)
    known = tuple(name for name in names if any(name in labels for labels in families.labels))
    if len(set(given.documents)) < _FEWEST_DOCUMENTS or len(known) == 0:
        raise KnowledgeError(
            f"{counted(len(set(given.documents)), 'document')} with "
            f"{counted(len(known), 'technique')} that the knowledge knows",
            remedy=f"label the sentences of at least {_FEWEST_DOCUMENTS} documents",
        )
    groups = closed(model.ids, names)
    alone = model.beliefs(given.sentences, groups)
    means = [
        float(np.mean(list(document_scores(beliefs, names, families, REPORTED_FROM).values())))
        for beliefs in (alone, held_out_beliefs(alone, families, names))
    ]
    unknown = sorted({label for labels in families.labels for label in labels} - set(names))
    taught = Taught(
        len(given.sentences), len(set(given.documents)), known, tuple(unknown), means[0], means[1]
    )
    if taught.is_better:
        save(path, correction(alone, families, names))
    return taught


def by_family(given: Annotated) -> Annotated:
    """The same sentences with every sub-technique as its parent."""
    labels = tuple(frozenset(label.partition(".")[0] for label in labels) for labels in given.labels)
    return Annotated(given.sentences, labels, given.documents)


def held_out_beliefs(
    alone: Floats, given: Annotated, names: Sequence[str], told: Callable[[float], None] | None = None
) -> Floats:
    """What is believed of each sentence (n, names) by a correction taught on other folds of documents.

    `alone` (n, names) is what the knowledge believes. `told` hears the share that is done.
    """
    fold = folds_of(given.documents, FOLDS)
    found = alone.copy()
    for number in range(FOLDS):
        aside, kept = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
        learnt = TextModel.from_arrays(correction(alone[kept], given.at(kept), names))
        texts = [given.sentences[place] for place in aside]
        found[aside] = corrected(alone[aside], log_odds(learnt, texts, names))
        if told is not None:
            told((number + 1) / FOLDS)
    return found


def correction(alone: Floats, given: Annotated, names: Sequence[str]) -> dict[str, NDArray[Any]]:
    """The arrays of a `TextModel` whose scores are what to add to the log odds of `alone` (n, names).

    A name that labels no sentence is learnt from too: what annotators never mark is to be believed less
    (on AnnoCTR's training half, 0.684 instead of 0.650). The same input gives the same arrays.
    """
    units = units_of([masked(text[:LONGEST_TEXT]) for text in given.sentences])
    words = vocabulary(units, least=LEAST_TEXTS, most=MOST_FEATURES)
    weights, bias = fitted_beyond(features(units, words), given.marked(names), odds(alone))
    rows, squares = folded(units, words, np.pad(weights, ((0, 0), (0, 1))) * words.idf[:, None])
    return quantised(
        {
            "techniques": np.array([name.encode() for name in names], "S9"),
            "keys": words.keys,
            "weights": rows,
            "scales": np.ones(len(words.keys), np.float32),
            "squares": squares,
            "bias": np.append(bias, np.float32(0.0)),
            "curve": np.zeros(5),
        }
    )


def fitted_beyond(matrix: csr_matrix, marked: Bools, offset: Floats) -> tuple[Floats, Floats]:
    """Weights (V, G) and bias (G,) of logistic regressions of `marked` (n, G) beyond log odds `offset`."""

    def slope(scores: Floats, chosen: Ints) -> Floats:
        return np.asarray(1.0 / (1.0 + np.exp(-(scores + offset[chosen]))) - marked[chosen])

    return descended(matrix, marked.shape[1], slope, Pace(EPOCHS, BATCH, _RATE))


def save(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write a correction, whole or not at all. Raises `KnowledgeError` when it cannot be written."""
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    scratch = path.with_name(f".{path.name}.new")
    try:
        scratch.write_bytes(buffer.getvalue())
        scratch.replace(path)
    except OSError as error:
        raise KnowledgeError(f"cannot write here: {error.strerror}", place=str(path)) from error


def saved(path: Path) -> TextModel | None:
    """The correction that is kept in `path`, None when there is none. Raises `KnowledgeError`."""
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return TextModel.from_arrays(arrays)
    except (OSError, ValueError, KeyError) as error:
        raise KnowledgeError(
            f"what was taught cannot be read: {error}",
            place=str(path),
            remedy="teach again with `weigh knowledge teach FILE`, or delete the file",
        ) from error
