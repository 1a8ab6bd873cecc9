"""Which sources copy from which, and what is true if they do: AccuCopy on sources' answers.

Dong, Berti-Equille & Srivastava, "Integrating Conflicting Data: The Role of Source Dependence" (VLDB 2009).
Sharing a rare false value is strong evidence of copying, sharing a true one is weak. The answer depends on
what is assumed of copying at large, so whoever shows it shows it for more than one assumption.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, fsum, log

Answers = Mapping[str, Mapping[str, str]]
"""Source -> question -> its answer; a source may leave questions out."""

TOLERANCE = 1e-9
ROUNDS = 200
_CLIP = 1e-6


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is assumed before the answers are seen.

    `alpha` is the chance that one of two sources copies from the other, `c` the share of its answers that
    a copier takes over, `n` the number of false answers to a question, `error` the chance of a false one.
    """

    alpha: float = 0.2
    c: float = 0.8
    n: int = 100
    error: float = 0.2


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What comes out: P(true) of every answer given, accuracy of every source, P(dependent) of every pair.

    A pair is in the order of names. `rounds` is 0 when nothing was asked; `settled` is false where the
    accuracies still moved after `ROUNDS`.
    """

    probabilities: Mapping[str, Mapping[str, float]]
    accuracies: Mapping[str, float]
    dependence: Mapping[tuple[str, str], float]
    rounds: int
    settled: bool

    @property
    def answers(self) -> dict[str, str]:
        """The likeliest answer to every question; of two alike the first by name."""
        return {question: _top(chances) for question, chances in self.probabilities.items()}


def vote(answers: Answers) -> dict[str, str]:
    """The answer that most sources give to each question; of two alike the first by name."""
    given = _questions(answers)
    counts = {
        question: {value: float(len(by)) for value, by in found.items()} for question, found in given.items()
    }
    return {question: _top(found) for question, found in counts.items()}


def weigh_copying(answers: Answers, assumed: Assumptions | None = None) -> Verdicts:
    """Truth, accuracy and dependence together, each from the others, until none moves.

    The definitions are those of the paper's section 4 in the form that the regression of our tests fixes:
    five sources on five researchers, accuracies 1, .6, .4, .4, .2.
    """
    given, settings = _questions(answers), assumed or Assumptions()
    accuracies = dict.fromkeys(sorted(answers), 1.0 - settings.error)
    dependence = _first_dependence(answers, settings)
    probabilities: dict[str, dict[str, float]] = {}
    for number in range(1, ROUNDS + 1):
        if number > 1:
            truth = {question: _top(chances) for question, chances in probabilities.items()}
            dependence = _dependence(answers, truth, accuracies, settings)
        probabilities = {
            question: _chances(values, accuracies, dependence, settings) for question, values in given.items()
        }
        moved, accuracies = accuracies, _accuracies(answers, probabilities)
        if all(abs(accuracies[source] - moved[source]) < TOLERANCE for source in accuracies):
            return Verdicts(probabilities, accuracies, dependence, number, settled=True)
    return Verdicts(probabilities, accuracies, dependence, ROUNDS, settled=False)


def _questions(answers: Answers) -> dict[str, dict[str, tuple[str, ...]]]:
    """Question -> answer -> the sources that give it, all in order of names."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for source in sorted(answers):
        for question, value in sorted(answers[source].items()):
            by = found.setdefault(question, {})
            by[value] = (*by.get(value, ()), source)
    return {question: dict(sorted(by.items())) for question, by in sorted(found.items())}


def _top(chances: Mapping[str, float]) -> str:
    return min(chances, key=lambda value: (-chances[value], value))


def _first_dependence(answers: Answers, assumed: Assumptions) -> dict[tuple[str, str], float]:
    """Dependence before any truth is known: same and different answers only."""
    same = (1.0 - assumed.error) ** 3 + assumed.error**3 / assumed.n
    prior = assumed.alpha / (1.0 - assumed.alpha)
    found = {}
    for one, other in combinations(sorted(answers), 2):
        shared = _shared(answers, one, other)
        alike = sum(answers[one][question] == answers[other][question] for question in shared)
        odds = (
            prior * (assumed.c / same + 1.0 - assumed.c) ** alike * (1.0 - assumed.c) ** (len(shared) - alike)
        )
        found[one, other] = odds / (1.0 + odds)
    return found


def _dependence(
    answers: Answers, truth: Mapping[str, str], accuracies: Mapping[str, float], assumed: Assumptions
) -> dict[tuple[str, str], float]:
    found = {}
    for one, other in combinations(sorted(answers), 2):
        shared = _shared(answers, one, other)
        alike = [question for question in shared if answers[one][question] == answers[other][question]]
        right = sum(answers[one][question] == truth[question] for question in alike)
        counts = right, len(alike) - right, len(shared) - len(alike)
        odds = _odds(counts, accuracies[one], accuracies[other], assumed)
        found[one, other] = odds / (1.0 + odds)
    return found


def _odds(counts: tuple[int, int, int], one: float, other: float, assumed: Assumptions) -> float:
    """Odds that one of two sources copies, from shared true, shared false and different answers."""
    right, wrong, different = counts
    by_chance = one * other
    by_mistake = (1.0 - one) * (1.0 - other) / assumed.n
    prior = assumed.alpha / 2.0 / (1.0 - assumed.alpha)
    return sum(
        prior
        * ((assumed.c * copied + (1.0 - assumed.c) * by_chance) / by_chance) ** right
        * ((assumed.c * (1.0 - copied) + (1.0 - assumed.c) * by_mistake) / by_mistake) ** wrong
        * (1.0 - assumed.c) ** different
        for copied in (one, other)
    )


def _shared(answers: Answers, one: str, other: str) -> list[str]:
    return [question for question in answers[one] if question in answers[other]]


def _chances(
    values: Mapping[str, Sequence[str]],
    accuracies: Mapping[str, float],
    dependence: Mapping[tuple[str, str], float],
    assumed: Assumptions,
) -> dict[str, float]:
    """P(true) of each answer: e^C over the sum of all and of the answers that nobody gave."""
    votes = {
        value: sum(
            log(assumed.n * accuracies[source] / (1.0 - accuracies[source])) * share
            for source, share in _independent(sources, dependence, assumed.c)
        )
        for value, sources in values.items()
    }
    largest = max(votes.values())
    unnamed = (assumed.n + 1 - len(values)) * exp(-largest)
    total = sum(exp(vote - largest) for vote in votes.values()) + unnamed
    return {value: exp(vote - largest) / total for value, vote in votes.items()}


def _independent(
    sources: Sequence[str], dependence: Mapping[tuple[str, str], float], c: float
) -> list[tuple[str, float]]:
    """Each source with the share of its vote that is its own.

    The most dependent pair goes first, then always the source most dependent on one already placed.
    """

    def between(one: str, other: str) -> float:
        return dependence[(one, other) if one < other else (other, one)]

    left = sorted(sources)
    placed: list[tuple[str, float]] = []
    if len(left) > 1:
        first, _ = min(combinations(left, 2), key=lambda pair: (-between(*pair), pair))
        placed.append((first, 1.0))
        left.remove(first)
    while len(left) > 0:
        on = {one: max((between(one, other) for other, _ in placed), default=0.0) for one in left}
        following = min(left, key=lambda one: (-on[one], one))
        share = 1.0
        for other, _ in placed:
            share *= 1.0 - c * between(following, other)
        placed.append((following, share))
        left.remove(following)
    return placed


def _accuracies(answers: Answers, probabilities: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """The mean probability of what a source says, kept away from 0 and 1, where odds end."""
    found = {}
    for source in sorted(answers):
        chances = [probabilities[question][value] for question, value in sorted(answers[source].items())]
        mean = fsum(chances) / len(chances) if len(chances) > 0 else 0.5
        found[source] = min(max(mean, _CLIP), 1.0 - _CLIP)
    return found
