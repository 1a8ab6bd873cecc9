"""Copying sources: the published example to its figures, and what must hold for any answers."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.claims.copying import Assumptions, vote, weigh_copying

RESEARCHERS = ("Stonebraker", "Dewitt", "Bernstein", "Carey", "Halevy")
TABLE = {
    "S1": ("MIT", "MSR", "MSR", "UCI", "Google"),
    "S2": ("Berkeley", "MSR", "MSR", "AT&T", "Google"),
    "S3": ("MIT", "UWisc", "MSR", "BEA", "UW"),
    "S4": ("MIT", "UWisc", "MSR", "BEA", "UW"),
    "S5": ("MS", "UWisc", "MSR", "BEA", "UW"),
}
ANSWERS = {source: dict(zip(RESEARCHERS, values, strict=True)) for source, values in TABLE.items()}
TRUTH = ANSWERS["S1"]

any_answers = st.dictionaries(
    st.sampled_from(("A", "B", "C", "D")),
    st.dictionaries(st.sampled_from(("p", "q", "r")), st.sampled_from(("x", "y", "z")), min_size=1),
    min_size=1,
)


def wrong(found: dict[str, str]) -> int:
    """How many of the five researchers are placed where they are not."""
    return sum(found[name] != TRUTH[name] for name in RESEARCHERS)


def test_voting_makes_three_errors_and_weighing_copies_makes_none() -> None:
    assert wrong(vote(ANSWERS)) == 3
    assert wrong(weigh_copying(ANSWERS).answers) == 0


def test_accuracies_are_those_of_the_published_example() -> None:
    found = weigh_copying(ANSWERS)
    assert found.settled
    assert [round(found.accuracies[source], 3) for source in sorted(ANSWERS)] == [1.0, 0.6, 0.4, 0.4, 0.2]


@pytest.mark.parametrize(
    ("pair", "dependence"), [(("S3", "S4"), 0.8095), (("S3", "S5"), 0.3253), (("S1", "S2"), 0.0519)]
)
def test_dependence_in_the_first_round(
    pair: tuple[str, str], dependence: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weigh.claims.copying.ROUNDS", 1)
    found = weigh_copying(ANSWERS)
    assert not found.settled
    assert round(found.dependence[pair], 4) == dependence


@pytest.mark.parametrize("assumed", [Assumptions(alpha=0.1), Assumptions(c=0.5)])
def test_other_assumptions_give_three_errors_again(assumed: Assumptions) -> None:
    assert wrong(weigh_copying(ANSWERS, assumed).answers) == 3


@pytest.mark.parametrize(
    ("below", "above"),
    [
        (Assumptions(alpha=0.1743), Assumptions(alpha=0.1745)),
        (Assumptions(c=0.7549), Assumptions(c=0.7551)),
    ],
)
def test_the_answer_flips_where_it_is_said_to(below: Assumptions, above: Assumptions) -> None:
    assert wrong(weigh_copying(ANSWERS, below).answers) > 0
    assert wrong(weigh_copying(ANSWERS, above).answers) == 0


@given(any_answers)
def test_probabilities_and_accuracies_are_chances(answers: dict[str, dict[str, str]]) -> None:
    found = weigh_copying(answers)
    for chances in found.probabilities.values():
        assert 0.0 <= sum(chances.values()) <= 1.0 + 1e-9
    assert all(0.0 < value < 1.0 for value in found.accuracies.values())
    assert all(0.0 <= value <= 1.0 for value in found.dependence.values())


@given(any_answers, st.randoms(use_true_random=False))
def test_the_order_of_sources_and_questions_changes_nothing(
    answers: dict[str, dict[str, str]], order: random.Random
) -> None:
    sources = list(answers)
    order.shuffle(sources)
    shuffled = {}
    for source in sources:
        questions = list(answers[source])
        order.shuffle(questions)
        shuffled[source] = {question: answers[source][question] for question in questions}
    one, other = weigh_copying(answers), weigh_copying(shuffled)
    assert one.answers == other.answers
    assert one.accuracies == pytest.approx(other.accuracies)


def test_a_shared_mistake_tells_more_of_copying_than_a_shared_truth() -> None:
    others = {
        "T1": {"q": "true", "r": "true"},
        "T2": {"q": "true", "r": "true"},
        "T3": {"q": "true", "r": "true"},
    }
    answers = {**others, "A": {"q": "odd", "r": "true"}, "B": {"q": "odd", "r": "true"}}
    found = weigh_copying(answers, Assumptions(c=0.5))
    assert found.answers["q"] == "true"
    assert found.dependence["A", "B"] > found.dependence["T1", "T2"]


def test_one_source_and_none_are_answered_too() -> None:
    assert weigh_copying({"A": {"q": "x"}}).answers == {"q": "x"}
    assert weigh_copying({}).answers == {}
