"""Linear models over features that have names, and the file that holds those of the reader.

A score is a bias and the weights of the features that hold, so that every choice can be explained by words.
Sums are exact, so that the order of features changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files

import msgspec

MODEL = "weights.json"
IN_GROUP = "~"
"""Between a group of stances and the feature that weighs more, or less, in it."""


class Linear(msgspec.Struct, frozen=True):
    """Scores of one outcome or more: the bias of each, and the weights of every feature for them."""

    outcomes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> list[float]:
        """One sum for each outcome, in nats; features that the model does not know weigh nothing."""
        rows = [row for row in map(self.weights.get, features) if row is not None]
        return [math.fsum(column) for column in zip(self.bias, *rows, strict=True)]

    def strongest(self, features: Iterable[str], outcome: str, most: int) -> list[str]:
        """The features that speak most for an outcome, the strongest first."""
        place = self.outcomes.index(outcome)
        get = self.weights.get
        held = {one: row[place] for one in features if (row := get(one)) is not None and row[place] > 0}
        return sorted(held, key=lambda one: (-held[one], one))[:most]


class Choice(msgspec.Struct, frozen=True, dict=True):
    """Weights by which one of several candidates is chosen: a conditional logit.

    A weight of a feature in one group of stances only is that of `GROUP~feature`.
    """

    weights: dict[str, float]

    @cached_property
    def _given(self) -> dict[str, dict[str, float]]:
        return {}

    def given(self, group: str) -> Mapping[str, float]:
        """What every feature weighs in a group of stances, in nats."""
        found = self._given.get(group)
        if found is None:
            begins = f"{group}{IN_GROUP}"
            found = dict(self.weights)
            for name, weight in self.weights.items():
                if name.startswith(begins):
                    feature = name.removeprefix(begins)
                    found[feature] = found.get(feature, 0.0) + weight
            self._given[group] = found
        return found

    def scores(self, candidates: Sequence[Iterable[str]], group: str) -> list[float]:
        """The sum of each candidate's features in a group of stances, in nats."""
        get = self.given(group).get
        return [math.fsum(get(feature, 0.0) for feature in features) for features in candidates]


def chances(scores: Sequence[float]) -> list[float]:
    """The probability of every candidate from its score in nats; they sum to 1."""
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


class Model(msgspec.Struct, frozen=True, dict=True):
    """Everything that was learned; `least` and `second` are the chances from which on a claim is read.

    `unnamed` is `least` in a technical sentence that names nobody, `ruled` is `second` where rules read it
    too, `kept` the share of a claim's chance that held across folds. `claim` tells whether a sentence makes
    one, `stance` has one outcome for each group of stances, each on its own scale, and `blame` tells the
    three that blame apart.
    """

    provenance: str
    least: float
    unnamed: float
    second: float
    ruled: float
    kept: float
    claim: Linear
    stance: Linear
    blame: Linear
    speaker: Choice
    accused: Choice

    @cached_property
    def numbers(self) -> dict[str, int]:
        """A number for every feature that weighs anything in the choice of speakers or of the accused."""
        both = (*self.speaker.weights, *self.accused.weights)
        begins = tuple(f"{group}{IN_GROUP}" for group in self.stance.outcomes)
        plain = (name.partition(IN_GROUP)[2] if name.startswith(begins) else name for name in both)
        return {name: number for number, name in enumerate(dict.fromkeys(plain))}

    @cached_property
    def _columns(self) -> dict[tuple[str, bool], list[float]]:
        return {}

    def numbered(self, features: Iterable[str]) -> list[int]:
        """The numbers of those features that weigh anything: candidates are weighed in several groups."""
        return [number for number in map(self.numbers.get, features) if number is not None]

    def speaking(self, candidates: Iterable[Sequence[int]], group: str) -> list[float]:
        """The scores of `Choice.scores` for speakers whose features have these numbers."""
        return self._sums(self.speaker, candidates, group)

    def blamed(self, candidates: Iterable[Sequence[int]], group: str) -> list[float]:
        """The scores of `Choice.scores` for the accused whose features have these numbers."""
        return self._sums(self.accused, candidates, group)

    def _sums(self, choice: Choice, candidates: Iterable[Sequence[int]], group: str) -> list[float]:
        key = group, choice is self.speaker
        column = self._columns.get(key)
        if column is None:
            given = choice.given(group)
            column = self._columns[key] = [given.get(name, 0.0) for name in self.numbers]
        weight = column.__getitem__
        return [math.fsum(map(weight, numbers)) for numbers in candidates]


def logistic(score: float) -> float:
    """The probability of log odds in nats."""
    return 1 / (1 + math.exp(-score)) if score > -30 else math.exp(score)


@cache
def model() -> Model:
    """The model that ships with the program."""
    raw = files("weigh.claims.learned").joinpath(MODEL).read_bytes()
    return msgspec.json.decode(raw, type=Model)
