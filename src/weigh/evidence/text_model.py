"""Which technique a sentence describes: a linear model over the sentence's words, read with numpy alone.

A word stands for itself, for its first four and five letters, and for every run of four letters in it;
two neighbouring words stand for the pair of their beginnings. Each of these is a feature with a weight
for every technique. The score of a sentence is the sum over its features, divided by the sentence's
length in the space of features, and the softmax of the scores shares one unit of belief among all
techniques and "none of them". A short curve, fitted on annotated reports, turns that share into the
probability that a person would agree.

Everything here works on arrays of bytes: a feature is a 64-bit hash, the vocabulary a sorted array of
hashes, so that opening a model costs nothing and reading one costs no Python per word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Bools = NDArray[np.bool_]

Correct = Callable[[Floats, Sequence[str]], Floats]
"""From what is believed of each family, of each of some sentences (n, families), to what should be."""

LONGEST_WORD = 32
"""Words of more letters are keys, hashes and encoded data: their letters say nothing and are left out."""

LONGEST_TEXT = 10_000
"""Characters of a sentence that are read; more is no sentence, and would cost memory."""

REPORTED_FROM = 0.25
"""`TextModel.read` returns what it believes at least this much. Of the thresholds near the best document-mean
F1 on the training halves of TRAM2 and AnnoCTR, which is flat from 0.15 to 0.3, one of the stricter."""

LONG = 4.2
"""ln(1 + length) of a sentence of some 25 words."""

_BLOCK_SIZE, _BLOCK_SENTENCES = 1 << 16, 1 << 10
"""Characters and sentences that are scored at a time, at most: they bound memory to some 60 MB."""

_TINY = 1e-30
"""A share below which all of a family's techniques are alike: nothing is divided by less."""

_STAND_IN = "it"
_NAMED = re.compile(r"/(?:groups|software|campaigns)/")
_LINK = re.compile(r"\[([^\[\]]{0,200})\]\((https?://[^)\s]{0,2000})\)?")
_CITATION = re.compile(r"\(Citation:[^()]{0,300}(?:\([^()]{0,300}\)[^()]{0,300}){0,9}(?:\)|$)")
_CODE = re.compile(r"</?code>|`")


def masked(text: str) -> str:
    """`text` without Markdown links, citations and code marks; names of actors and software become "it".

    A name is known by where its link points, so the rule needs no list of names; a link to anything else
    leaves its words. A link or a citation that is cut short at the end of the text is masked too.
    """
    if "](" in text:
        text = _LINK.sub(_stand_in, text)
    if "(Citation:" in text:
        text = _CITATION.sub(" ", text)
    return _CODE.sub(" ", text)


def _stand_in(link: re.Match[str]) -> str:
    return _STAND_IN if _NAMED.search(link[2]) is not None else link[1]


@dataclass(frozen=True, slots=True)
class Units:
    """The distinct words and pairs of words of some sentences, and where they stand.

    Occurrence i stands in sentence `sentence[i]` (non-decreasing) and is of the unit `unit[i]`. Unit u is
    the feature `whole[u]`; the first `words` units are words, and the word `owner[j]` also has the
    feature `part[j]` (`owner` non-decreasing). `sentences` counts the sentences.
    """

    sentences: int
    words: int
    sentence: Ints
    unit: Ints
    whole: Hashes
    owner: Ints
    part: Hashes


@dataclass(frozen=True, slots=True)
class _Words:
    """Words by place: the sentence, first byte and length of each, and its first eight bytes."""

    sentence: Ints
    start: Ints
    length: Ints
    eight: Hashes


def _fold_table() -> NDArray[np.uint8]:
    table = np.zeros(256, np.uint8)
    for code in b"abcdefghijklmnopqrstuvwxyz0123456789":
        table[code] = code
    table[65:91] = table[97:123]
    return table


_FOLD = _fold_table()
_LOW = np.array([(1 << 8 * count) - 1 for count in range(9)], np.uint64)
_WORD, _FOUR, _FIVE, _RUN, _PAIR = (np.uint64(number << 56) for number in (11, 23, 37, 53, 71))


def _mixed(values: Hashes) -> Hashes:
    """The finalizer of SplitMix64 (Steele, Lea and Flood 2014): spreads any change over all 64 bits."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def units_of(sentences: Sequence[str]) -> Units:
    """The features of `sentences`, by unit. A word is a run of ASCII letters and digits, in lower case."""
    encoded = [sentence.encode("utf-8", "replace") for sentence in sentences]
    lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
    letters = _FOLD[np.frombuffer(b" ".join([*encoded, bytes(LONGEST_WORD + 8)]), np.uint8)]
    eights = np.ndarray((len(letters) - 7,), "<u8", letters, 0, (1,))
    words = _words(letters, eights, np.cumsum(lengths + 1))
    word_hashes, first, word = np.unique(_word_hashes(words, eights), return_index=True, return_inverse=True)
    pair_hashes, pair_sentence, pair = _pairs(words)
    sentence = np.concatenate([words.sentence, pair_sentence])
    order = np.argsort(sentence, kind="stable")
    owner, part = _parts(words, eights, first)
    return Units(
        sentences=len(sentences),
        words=len(word_hashes),
        sentence=sentence[order],
        unit=np.concatenate([word, len(word_hashes) + pair])[order],
        whole=np.concatenate([word_hashes, pair_hashes]),
        owner=owner,
        part=part,
    )


def _words(letters: NDArray[np.uint8], eights: Hashes, sentence_ends: Ints) -> _Words:
    edges = np.flatnonzero(np.diff(letters != 0, prepend=False, append=False))
    start, end = edges[0::2], edges[1::2]
    short = end - start <= LONGEST_WORD
    start, length = start[short], (end - start)[short]
    sentence = np.searchsorted(sentence_ends, start, side="right")
    return _Words(sentence, start, length, eights[start] & _LOW[np.minimum(length, 8)])


def _word_hashes(words: _Words, eights: Hashes) -> Hashes:
    hashes = _mixed(words.eight + _WORD)
    for done in range(8, LONGEST_WORD, 8):
        longer = np.flatnonzero(words.length > done)
        rest = eights[words.start[longer] + done] & _LOW[np.minimum(words.length[longer] - done, 8)]
        hashes[longer] = _mixed(hashes[longer] + rest)
    return hashes


def _parts(words: _Words, eights: Hashes, first: Ints) -> tuple[Ints, Hashes]:
    """(owner, part) of distinct words, given where each stands `first`: its runs of four letters, its first
    four and its first five letters.

    The end of a word counts as a letter of a run, so that a run also tells an ending of three letters.
    """
    number = np.arange(len(first))
    runs = np.maximum(words.length[first] - 2, 0)
    parts = runs + 2
    owner = np.repeat(number, parts)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(parts) - parts, parts)
    letters = eights[words.start[first][owner] + offset]
    part = _mixed((letters & _LOW[4]) + _RUN)
    last = np.cumsum(parts) - 1
    part[last - 1] = _mixed((words.eight[first] & _LOW[4]) + _FOUR)
    part[last] = _mixed((words.eight[first] & _LOW[5]) + _FIVE)
    return owner, part


def _pairs(words: _Words) -> tuple[Hashes, Ints, Ints]:
    """Distinct pairs of neighbours as hashes; of each occurrence, its sentence and which pair it is."""
    beginnings = _mixed((words.eight & _LOW[5]) + _PAIR)
    neighbours = np.flatnonzero(words.sentence[1:] == words.sentence[:-1])
    hashes = _mixed(beginnings[neighbours] * np.uint64(3) + beginnings[neighbours + 1])
    distinct, pair = np.unique(hashes, return_inverse=True)
    return distinct, words.sentence[neighbours], pair


@dataclass(frozen=True, slots=True)
class TextModel:
    """A compiled model. T techniques in id order, V features; class T is "none of them".

    `keys` (V,) sorted hashes; `weights` (V, T + 1), in units of `scales` (V,), holds each feature's weight
    times its inverse document frequency, whose square is `squares` (V,); `bias` (T + 1,); `techniques`
    (T,) ids as bytes; `curve` (5,) as in `agreement`.
    """

    techniques: NDArray[np.bytes_]
    keys: Hashes
    weights: NDArray[Any]
    scales: Floats
    squares: Floats
    bias: Floats
    curve: NDArray[np.float64]

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """The model whose fields are `arrays` by name. Nothing is copied; KeyError when one is missing."""
        return cls(**{field.name: np.asarray(arrays[field.name]) for field in fields(cls)})

    @property
    def ids(self) -> list[str]:
        """The ids of the techniques, in order."""
        return [technique.decode() for technique in self.techniques]

    @property
    def family_names(self) -> list[str]:
        """The ids of the families, in order: those of their parents."""
        return [self.ids[start].partition(".")[0] for start in families(self.techniques).tolist()]

    def read(self, sentences: Sequence[str], correct: Correct | None = None) -> list[list[tuple[str, float]]]:
        """For each sentence the techniques it describes, as (id, probability), the likeliest first.

        At most one finding a family: a sub-technique where it holds more than half of its family's share
        and is still worth reporting, else the parent. What is below `REPORTED_FROM` is left out. `correct`
        may change what is believed of the families.
        """
        found: list[list[tuple[str, float]]] = [[] for _ in sentences]
        starts = families(self.techniques)
        for first, scores, lengths in self._blocks(sentences):
            shares = softmax(scores)[:, :-1]
            family_shares = np.add.reduceat(shares, starts, axis=1)
            believed = agreement(family_shares, scores[:, :-1].max(axis=1), lengths, self.curve)
            if correct is not None:
                believed = correct(believed, sentences[first : first + len(scores)])
            for row, family in np.argwhere(believed >= REPORTED_FROM).tolist():
                end = starts[family + 1] if family + 1 < len(starts) else len(self.techniques)
                best = int(starts[family] + shares[row, starts[family] : end].argmax())
                whole = max(float(family_shares[row, family]), _TINY)
                part = float(believed[row, family] * shares[row, best]) / whole
                backs_off = part < REPORTED_FROM or 2 * part <= believed[row, family]
                chosen = (starts[family], float(believed[row, family])) if backs_off else (best, part)
                found[first + row].append((self.techniques[chosen[0]].decode(), chosen[1]))
        return [sorted(findings, key=lambda finding: -finding[1]) for findings in found]

    def scores(self, sentences: Sequence[str]) -> Floats:
        """Scores before the softmax (n, T + 1), the last of "none of them"."""
        empty = np.zeros((0, len(self.bias)), np.float32)
        return np.concatenate([empty, *(scores for _, scores, _ in self._blocks(sentences))])

    def beliefs(self, sentences: Sequence[str], groups: Ints) -> Floats:
        """Probability that each sentence describes a technique of each group: (n, G).

        `groups` (T,) numbers the group of each technique from 0, or is -1 for one that is in none.
        """
        return agreement(*self.evidence(sentences, groups), self.curve)

    def evidence(self, sentences: Sequence[str], groups: Ints) -> tuple[Floats, Floats, Floats]:
        """What `agreement` goes by: shares of the groups (n, G), best scores (n,) and lengths (n,)."""
        member = np.zeros((len(groups), int(groups.max(initial=-1)) + 1), np.float32)
        inside = np.flatnonzero(groups >= 0)
        member[inside, groups[inside]] = 1.0
        shares, none = [np.zeros((0, member.shape[1]), np.float32)], np.zeros(0, np.float32)
        best, lengths = [none], [none]
        for _, scores, block_lengths in self._blocks(sentences):
            shares.append(softmax(scores)[:, :-1] @ member)
            best.append(scores[:, :-1].max(axis=1))
            lengths.append(block_lengths)
        return np.concatenate(shares), np.concatenate(best), np.concatenate(lengths)

    def _blocks(self, sentences: Sequence[str]) -> Iterator[tuple[int, Floats, Floats]]:
        """(position of the first sentence, scores, lengths) for runs of sentences."""
        first, size = 0, 0
        for number, sentence in enumerate(sentences):
            size += len(sentence)
            full = size >= _BLOCK_SIZE or number + 1 - first >= _BLOCK_SENTENCES
            if full or number + 1 == len(sentences):
                texts = sentences[first : number + 1]
                yield first, *self._score([masked(text[:LONGEST_TEXT]) for text in texts])
                first, size = number + 1, 0

    def _score(self, sentences: Sequence[str]) -> tuple[Floats, Floats]:
        """Scores (n, T + 1) and lengths (n,): a unit's rows are summed once, then a sentence's units."""
        units = units_of(sentences)
        owner, row = self._rows(units)
        told = np.flatnonzero(np.isin(units.unit, owner))
        owners, owner = np.unique(owner, return_inverse=True)
        unit, sentence = np.searchsorted(owners, units.unit[told]), units.sentence[told]
        squares = np.bincount(owner, self.squares[row], len(owners))
        lengths = np.sqrt(np.bincount(sentence, squares[unit], units.sentences))
        of_units = _sums(self.weights, self.scales, row, owner, len(owners))
        totals = _sums(of_units, None, unit, sentence, units.sentences)
        totals /= np.maximum(lengths, 1e-6)[:, None].astype(np.float32)
        return totals + self.bias, lengths.astype(np.float32)

    def _rows(self, units: Units) -> tuple[Ints, Ints]:
        """(unit, row) of every row of weights that a unit stands for, by unit; unknown ones have none.

        A known word has a row of its own, in which its parts are counted; an unknown one is its parts.
        """
        row, known = lookup(self.keys, units.whole)
        unknown = np.flatnonzero(~known[units.owner])
        part_row, part_known = lookup(self.keys, units.part[unknown])
        unit = np.concatenate([np.flatnonzero(known), units.owner[unknown[part_known]]])
        order = np.argsort(unit, kind="stable")
        return unit[order], np.concatenate([row[known], part_row[part_known]])[order]


def lookup(keys: Hashes, wanted: Hashes) -> tuple[Ints, Bools]:
    """Positions of `wanted` among sorted `keys`, and whether each is there at all."""
    if len(keys) == 0:
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
    position = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return position, keys[position] == wanted


def softmax(scores: Floats) -> Floats:
    """Shares of one unit of belief, along the last axis."""
    shares: Floats = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares


def families(techniques: NDArray[np.bytes_]) -> Ints:
    """Where each family begins among ids in order: a parent and its sub-techniques stand together."""
    parents = np.char.partition(techniques, b".")[:, 0]
    return np.flatnonzero(np.append(True, parents[1:] != parents[:-1]))


def agreement(shares: Floats, best: Floats, lengths: Floats, curve: NDArray[np.float64]) -> Floats:
    """Probability that a person would agree, from a group's share (n, G).

    A logistic curve in ln(share), the sentence's best score (n,), l = ln(1 + length) and what l exceeds
    `LONG` by, with the coefficients `curve` (constant first). More words are more evidence, up to the length
    of a long sentence; beyond, it is a list or a dump. Our own; fitted on annotated reports.
    """
    terms = curve_terms(np.log(np.maximum(shares, 1e-9)), best[:, None], lengths[:, None])
    logit = curve[0] + sum(weight * term for weight, term in zip(curve[1:], terms, strict=True))
    return np.asarray(1.0 / (1.0 + np.exp(-logit)), np.float32)


def curve_terms(log_shares: Floats, best: Floats, lengths: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """What the coefficients of a curve multiply, after its constant; the shapes are the arguments'."""
    length = np.log1p(lengths)
    return log_shares, best, length, np.maximum(length - LONG, 0)


def _sums(table: NDArray[Any], scales: Floats | None, rows: Ints, group: Ints, groups: int) -> Floats:
    """Sums of rows of `table`, each times its scale, by group (non-decreasing): (groups, columns).

    It adds the first row of every group, then the second, and so on: numpy's own grouped sum
    (`add.reduceat` along rows) is five times slower.
    """
    size = np.bincount(group, minlength=groups)
    start = np.cumsum(size) - size
    order = np.argsort(-size, kind="stable")
    counts = np.searchsorted(-size[order], -np.arange(size.max(initial=0)), side="left")
    total = np.zeros((groups, table.shape[1]), np.float32)
    for rank, more in enumerate(counts.tolist()):
        chosen = rows[start[order[:more]] + rank]
        part = table[chosen]
        total[:more] += part if scales is None else part * scales[chosen][:, None]
    back = np.empty_like(total)
    back[order] = total
    return back
