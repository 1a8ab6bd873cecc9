"""Training of the model that reads technique sentences, from the knowledge's own text alone.

The text is that of the knowledge: how its actors and software used each technique, what a technique is
called and how it is described, and, so that the model learns what is *not* a technique, how actors and
software are described in general and what is advised against them. Names are masked, so that a sentence
counts for what it says was done and not for who did it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from weigh.compiling.descent import Pace, descended
from weigh.evidence.segmentation import sentences
from weigh.evidence.text_model import (
    Bools,
    Floats,
    Hashes,
    Ints,
    Units,
    curve_terms,
    lookup,
    masked,
    softmax,
    units_of,
)
from weigh.knowledge.catalogue import Technique

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Progress = Callable[[str, float], None]

LEAST_TEXTS = 3
"""A feature is kept when at least this many texts have it."""

MOST_FEATURES = 45_000
"""The commonest features that are kept: 45,000 rows of one byte a technique are 31 MB."""

EPOCHS = 4
BATCH = 512
_RATE = 2.0
_KINSHIP = 0.5
_TYPICAL = 4.0
_BACKGROUND = 4000.0
_COMMON = 0.6
_NAME_COPIES = 2
_WORTH_ASKING = 0.03
_FEWEST_WORDS = 3
_CURVE = Path(__file__).with_name("sentence_calibration.json")


@dataclass(frozen=True, slots=True)
class Example:
    """A text that describes a technique, by its ATT&CK id, and the names of the reports it cites.

    An empty `technique` says that the text describes none.
    """

    text: str
    technique: str
    citations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lessons:
    """Sentences to learn from, and the class of each: a position in `techniques`, their number for none."""

    techniques: tuple[str, ...]
    sentences: tuple[str, ...]
    classes: Ints


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Features by their hash, sorted, and the inverse document frequency of each; both (V,)."""

    keys: Hashes
    idf: Floats


def train(
    examples: Sequence[Example], techniques: Sequence[Technique], *, progress: Progress | None = None
) -> dict[str, NDArray[Any]]:
    """The arrays of a `TextModel` of `techniques`, trained on `examples`; `progress` is told shares of 1.

    Examples of other techniques are left out. The same input gives the same arrays.
    """
    return quantised(learned(examples, techniques, progress=progress))


def learned(
    examples: Sequence[Example], techniques: Sequence[Technique], *, progress: Progress | None = None
) -> dict[str, NDArray[Any]]:
    """As `train`, with weights in full (V, T + 1), as float32."""
    tell = progress if progress is not None else _untold
    tell("preparing sentences", 0.0)
    lessons = lessons_of(examples, techniques)
    units = units_of(lessons.sentences)
    words = vocabulary(units)
    matrix = features(units, words)
    families = family_of(lessons.techniques)
    weights, bias = fitted(
        matrix, lessons.classes, families, lambda share: tell("fitting", 0.1 + 0.9 * share)
    )
    weights += _TYPICAL * typical(matrix, lessons.classes, len(bias))
    weights += likelier(units, words, lessons.classes, len(bias))
    bias += commoner(lessons.classes, len(bias))
    rows, squares = folded(units, words, weights * words.idf[:, None])
    return {
        "techniques": np.array([technique.encode() for technique in lessons.techniques], "S9"),
        "keys": words.keys,
        "weights": rows,
        "scales": np.ones(len(words.keys), np.float32),
        "squares": squares,
        "bias": bias,
        "curve": np.array(msgspec.json.decode(_CURVE.read_bytes())["curve"], np.float64),
    }


def quantised(arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The same model with its weights as one signed byte each, in units of each row's largest / 127."""
    weights = arrays["weights"]
    scales = np.maximum(np.abs(weights).max(axis=1), 1e-9) / 127
    small = np.rint(weights / scales[:, None]).astype(np.int8)
    return {**arrays, "weights": small, "scales": (scales * arrays["scales"]).astype(np.float32)}


def lessons_of(examples: Sequence[Example], techniques: Sequence[Technique]) -> Lessons:
    """The sentences of the examples, names masked, and the techniques' own names."""
    ids = tuple(sorted(technique.id for technique in techniques))
    number = {technique: position for position, technique in enumerate(ids)} | {"": len(ids)}
    learnt = [
        (text, number[item.technique])
        for item in examples
        if item.technique in number
        for text in _pieces(item.text)
    ]
    learnt += [(item.name, number[item.id]) for item in techniques for _ in range(_NAME_COPIES)]
    return Lessons(ids, tuple(text for text, _ in learnt), np.array([label for _, label in learnt], np.int64))


def _pieces(text: str) -> list[str]:
    """The sentences of a text, without those too short to say anything; the whole text when all are."""
    whole = masked(text)
    pieces = [span.of(whole) for span in sentences(whole)]
    return [piece for piece in pieces if len(piece.split()) >= _FEWEST_WORDS] or [whole]


def family_of(techniques: Sequence[str]) -> Ints:
    """A number for each technique's family, the same for a parent and its sub-techniques."""
    parents = [technique.partition(".")[0] for technique in techniques]
    return np.asarray(np.unique(parents, return_inverse=True)[1], np.int64)


def vocabulary(units: Units, *, least: int = LEAST_TEXTS, most: int = MOST_FEATURES) -> Vocabulary:
    """The features of at least `least` texts, the `most` commonest, with scikit-learn's smooth inverse
    document frequency."""
    distinct, number = np.unique(np.concatenate([units.whole, units.part]), return_inverse=True)
    present = _in_texts(units) @ _of_units(units, number, len(distinct))
    frequency = np.bincount(present.indices, minlength=len(distinct))
    often = np.flatnonzero(frequency >= least)
    if len(often) > most:
        often = np.sort(often[np.argsort(-frequency[often], kind="stable")[:most]])
    idf = np.log((1.0 + units.sentences) / (1.0 + frequency[often])) + 1.0
    return Vocabulary(distinct[often], idf.astype(np.float32))


def features(units: Units, words: Vocabulary) -> csr_matrix:
    """Texts by features (n, V): count times inverse document frequency, each row divided by its length.

    The length takes every occurrence of a feature for a dimension of its own, so that its square is a sum
    over words, in which a word's part is the same in every text.
    """
    from scipy.sparse import csr_matrix, diags_array

    counts = _in_texts(units) @ _known_of_units(units, words)
    rows = csr_matrix(counts @ diags_array(words.idf))
    lengths = np.maximum(np.sqrt(rows @ words.idf), 1e-6)
    return csr_matrix(diags_array(1.0 / lengths) @ rows, dtype=np.float32)


def folded(units: Units, words: Vocabulary, rows: Floats) -> tuple[Floats, Floats]:
    """(rows, squares) with the parts of each known word added to its own row, as `TextModel` reads them."""
    position, known = lookup(words.keys, units.whole[: units.words])
    own = _known_of_units(units, words)[: units.words][known]
    folded_rows, squares = rows.copy(), words.idf**2
    folded_rows[position[known]] = own @ rows
    squares[position[known]] = own @ words.idf**2
    return folded_rows, squares


def _known_of_units(units: Units, words: Vocabulary) -> csr_matrix:
    """How often each unit has each known feature (units, V)."""
    position, known = lookup(words.keys, np.concatenate([units.whole, units.part]))
    return _of_units(units, np.where(known, position, len(words.keys)), len(words.keys) + 1)[:, :-1]


def _of_units(units: Units, number: Ints, count: int) -> csr_matrix:
    """How often each unit has each feature (units, count), whose numbers are those of wholes, then parts."""
    from scipy.sparse import csr_matrix

    owner = np.concatenate([np.arange(len(units.whole)), units.owner])
    return csr_matrix((np.ones(len(number), np.float32), (owner, number)), (len(units.whole), count))


def _in_texts(units: Units) -> csr_matrix:
    """How often each unit stands in each text (texts, units)."""
    from scipy.sparse import csr_matrix

    places = (units.sentence, units.unit)
    return csr_matrix((np.ones(len(units.unit), np.float32), places), (units.sentences, len(units.whole)))


def fitted(
    matrix: csr_matrix, classes: Ints, families: Ints, told: Callable[[float], None]
) -> tuple[Floats, Floats]:
    """Weights (V, T + 1) and bias (T + 1,) of a multinomial logistic regression of `classes` (n,).

    A part of each gradient (`_KINSHIP`) is shared inside a family, so that rare sub-techniques learn
    from their kin. When to stop was chosen by cross-validation over held-out reports.
    """
    kin = _kinship(families)

    def slope(scores: Floats, chosen: Ints) -> Floats:
        error = softmax(scores)
        error[np.arange(len(chosen)), classes[chosen]] -= 1
        return error @ kin

    return descended(matrix, len(families) + 1, slope, Pace(EPOCHS, BATCH, _RATE), told)


def typical(matrix: csr_matrix, classes: Ints, count: int) -> Floats:
    """How a class's mean text differs from the mean of all classes' (V, `count`), shrunk for rare classes.

    A share of it (`_TYPICAL`) is added to the fitted weights: it changes nothing on held-out procedures, and
    carries over to sentences of other writers, where a close fit to the knowledge's style does not.
    """
    sizes = np.bincount(classes, minlength=count).astype(np.float32)
    means = (_members(classes, count) @ matrix).toarray().T / (sizes + 1.0)
    return np.asarray(means - means.mean(axis=1, keepdims=True), np.float32)


def likelier(units: Units, words: Vocabulary, classes: Ints, count: int) -> Floats:
    """How much likelier each feature is in a class than in all texts (V, `count`): the logarithm of the
    ratio, over the inverse document frequency that features are multiplied by.

    Frequencies of a class are smoothed by `_BACKGROUND` occurrences of all texts' (Zhai and Lafferty 2004,
    Dirichlet prior). As a naive Bayes classifier that is summed with the fitted one, it says what the fit,
    which stops as soon as its own lessons are told apart, leaves unsaid of other writers' sentences.
    """
    counts = _members(classes, count) @ (_in_texts(units) @ _known_of_units(units, words))
    often = counts.toarray().T.astype(np.float32)
    share = often.sum(axis=1, keepdims=True) / max(float(often.sum()), 1.0)
    smooth = (often + _BACKGROUND * share) / (often.sum(axis=0, keepdims=True) + _BACKGROUND)
    return np.asarray(np.log(smooth / share) / words.idf[:, None], np.float32)


def commoner(classes: Ints, count: int) -> Floats:
    """What is added to each class's bias (`count`,): `_COMMON` times how much commoner than the mean, in
    logarithms, it is among the lessons; nothing for "none".

    A fit on the knowledge's own style is surer of its words than other writers' sentences warrant, so that
    there the commonness of a technique has to count for more.
    """
    common = np.log1p(np.bincount(classes, minlength=count)[:-1])
    return np.append(_COMMON * (common - common.mean()), 0.0).astype(np.float32)


def _members(classes: Ints, count: int) -> csr_matrix:
    """Which text is of which class (`count`, n)."""
    from scipy.sparse import csr_matrix

    places = (classes, np.arange(len(classes)))
    return csr_matrix((np.ones(len(classes), np.float32), places), (count, len(classes)))


def _kinship(families: Ints) -> Floats:
    """(T + 1, T + 1): how much of a class's gradient each class takes; "none" has no kin."""
    family = np.append(families, -1)
    kin = np.eye(len(family)) + _KINSHIP * (family[:, None] == family[None, :])
    return np.asarray(kin / (1 + _KINSHIP), np.float32)


def curve_of(evidence: Sequence[tuple[Floats, Floats, Floats]], marked: Sequence[Bools]) -> list[float]:
    """The curve of `TextModel.agreement` that annotated sets ask for; each set weighs the same.

    For each set what `TextModel.evidence` gave and what people marked (n, G). Only shares above
    `_WORTH_ASKING` count: the rest are nearly all wrong and would bend the curve where it matters. Raises
    `ValueError` when all that count are right, or all wrong.
    """
    from sklearn.linear_model import LogisticRegression

    terms, right, weights = [], [], []
    for (shares, best, lengths), truth in zip(evidence, marked, strict=True):
        row, column = np.nonzero(shares > _WORTH_ASKING)
        terms.append(np.stack(curve_terms(np.log(shares[row, column]), best[row], lengths[row]), axis=1))
        right.append(truth[row, column])
        weights.append(np.full(len(row), 1.0 / len(shares)))
    weight = np.concatenate(weights)
    model = LogisticRegression(C=1e3, max_iter=1000)
    model.fit(np.concatenate(terms), np.concatenate(right), weight / weight.mean())
    return [float(model.intercept_[0]), *map(float, model.coef_[0])]


def _untold(step: str, share: float) -> None:
    """Progress that nobody asked for."""
