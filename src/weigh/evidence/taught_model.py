"""The sentence model of the knowledge, corrected by sentences that people labelled themselves.

The correction is a linear model over the same features. What it says of a technique is added to the log
odds that the knowledge gives it: where the labels agree with the knowledge nothing is added, and of a word
that was never taught only the knowledge speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from weigh.evidence.text_model import Floats, Ints, TextModel

_SURE = 1e-6


@dataclass(frozen=True, slots=True)
class TaughtModel:
    """`correction` has the taught techniques for its own, and log odds for its scores."""

    knowledge: TextModel
    correction: TextModel

    def read(self, sentences: Sequence[str]) -> list[list[tuple[str, float]]]:
        """As `TextModel.read`: families are believed as corrected, shares within one are the knowledge's."""
        return self.knowledge.read(sentences, self._families_corrected)

    def beliefs(self, sentences: Sequence[str], groups: Ints, names: Sequence[str]) -> Floats:
        """As `TextModel.beliefs`, corrected; `names` are those of the groups: (n, G)."""
        return corrected(
            self.knowledge.beliefs(sentences, groups), log_odds(self.correction, sentences, names)
        )

    def _families_corrected(self, believed: Floats, sentences: Sequence[str]) -> Floats:
        return corrected(believed, log_odds(self.correction, sentences, self.knowledge.family_names))


def log_odds(correction: TextModel, sentences: Sequence[str], names: Sequence[str]) -> Floats:
    """What a correction adds to each of `names` (n, names); nothing to a name that it does not know."""
    place = {name: number for number, name in enumerate(names)}
    taught = [(number, place[name]) for number, name in enumerate(correction.ids) if name in place]
    found = np.zeros((len(sentences), len(names)), np.float32)
    source, target = [pair[0] for pair in taught], [pair[1] for pair in taught]
    found[:, target] = correction.scores(sentences)[:, source]
    return found


def corrected(believed: Floats, added: Floats) -> Floats:
    """Probabilities whose log odds are those of `believed` plus `added`; shapes are equal."""
    return np.asarray(1.0 / (1.0 + np.exp(-(odds(believed) + added))), np.float32)


def odds(believed: Floats) -> Floats:
    """Log odds of probabilities, those of 0 and 1 as of a millionth more and less."""
    sure = np.clip(believed, _SURE, 1 - _SURE)
    return np.asarray(np.log(sure / (1 - sure)), np.float32)
