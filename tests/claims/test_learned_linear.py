"""Linear models: sums against numpy, choices against scipy, and the weights that ship."""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, softmax

from weigh.claims.learned.linear import IN_GROUP, Choice, Linear, Model, chances, logistic, model
from weigh.claims.learned.wording import BLAME, BLAMING, group_of
from weigh.records import Stance

NAMES = tuple("abcdefgh")
UNKNOWN = ("unknown", "never seen")
weights = st.floats(-9, 9, allow_nan=False)
held = st.lists(st.sampled_from(NAMES + UNKNOWN), max_size=12)


@st.composite
def linears(draw: st.DrawFn) -> Linear:
    """A linear model of one to four outcomes over some of the names."""
    size = draw(st.integers(1, 4))
    row = st.lists(weights, min_size=size, max_size=size).map(tuple)
    known = draw(st.dictionaries(st.sampled_from(NAMES), row))
    return Linear(tuple(f"outcome {place}" for place in range(size)), draw(row), known)


choices = st.dictionaries(st.sampled_from(NAMES), weights).map(Choice)
groups = st.lists(held, min_size=1, max_size=7)
GROUP = "deny"


def told(choice: Choice, candidates: list[list[str]], group: str = GROUP) -> list[float]:
    """The chance of every candidate in a group of stances."""
    return chances(choice.scores(candidates, group))


def in_numpy(linear: Linear, features: list[str]) -> np.ndarray:
    """The scores by a product of matrices: how often each name is held, times the weights."""
    counts = np.array([features.count(name) for name in NAMES], dtype=float)
    zero = (0.0,) * len(linear.outcomes)
    table = np.array([linear.weights.get(name, zero) for name in NAMES])
    return np.asarray(np.array(linear.bias) + counts @ table)


@given(linears(), held)
def test_scores_are_those_of_numpy(linear: Linear, features: list[str]) -> None:
    assert np.allclose(linear.scores(features), in_numpy(linear, features))


@given(linears())
def test_without_features_the_bias_is_left_and_stays_as_it_is(linear: Linear) -> None:
    before = linear.bias
    assert linear.scores([]) == list(before)
    linear.scores(NAMES)
    assert linear.bias == before


@given(linears(), held)
def test_unknown_features_weigh_nothing(linear: Linear, features: list[str]) -> None:
    assert linear.scores([*features, *UNKNOWN]) == linear.scores(features)


@given(linears(), held, held)
def test_scores_add_up(linear: Linear, left: list[str], right: list[str]) -> None:
    both = np.array(linear.scores([*left, *right])) + np.array(linear.bias)
    assert np.allclose(both, np.array(linear.scores(left)) + np.array(linear.scores(right)))


@given(linears(), held, st.integers(0, 4))
def test_the_strongest_speak_for_the_outcome_and_come_in_order(
    linear: Linear, features: list[str], most: int
) -> None:
    for place, outcome in enumerate(linear.outcomes):
        found = linear.strongest(features, outcome, most)
        told = [linear.weights[one][place] for one in found]
        rest = {one for one in features if one in linear.weights} - set(found)
        assert len(found) == len(set(found)) <= most
        assert set(found) <= set(features)
        assert all(weight > 0 for weight in told)
        assert told == sorted(told, reverse=True)
        if len(found) < most:
            assert all(linear.weights[one][place] <= 0 for one in rest)
        elif most > 0:
            assert all(linear.weights[one][place] <= told[-1] for one in rest)


STRONG = Linear(("no", "yes"), (0.0, 0.0), {"b": (1.0, 2.0), "a": (0.0, 2.0), "c": (3.0, -1.0)})


@pytest.mark.parametrize(
    ("features", "outcome", "most", "expected"),
    [
        (["c", "b", "a"], "yes", 3, ["a", "b"]),
        (["c", "b", "a"], "yes", 1, ["a"]),
        (["c", "b", "a"], "no", 3, ["c", "b"]),
        (["a"], "no", 3, []),
        (["b", "b"], "no", 3, ["b"]),
        (["zzz"], "yes", 3, []),
        ([], "yes", 3, []),
    ],
)
def test_the_strongest_of_a_small_model(
    features: list[str], outcome: str, most: int, expected: list[str]
) -> None:
    assert STRONG.strongest(features, outcome, most) == expected


def test_an_outcome_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        STRONG.strongest(["a"], "perhaps", 3)


@given(choices, groups)
def test_chances_are_the_softmax_of_scipy(choice: Choice, candidates: list[list[str]]) -> None:
    scores = [sum(choice.weights.get(one, 0.0) for one in features) for features in candidates]
    assert np.allclose(choice.scores(candidates, GROUP), scores)
    assert np.allclose(told(choice, candidates), softmax(scores))


@given(
    st.dictionaries(st.sampled_from([*NAMES, *(f"{GROUP}{IN_GROUP}{name}" for name in NAMES)]), weights),
    groups,
    st.sampled_from((GROUP, "urge")),
)
def test_a_weight_of_a_group_counts_as_the_feature_written_with_the_group_does(
    weighed: dict[str, float], candidates: list[list[str]], group: str
) -> None:
    choice = Choice(weighed)
    both = [[*features, *(f"{group}{IN_GROUP}{one}" for one in features)] for features in candidates]
    plain = [sum(weighed.get(one, 0.0) for one in features) for features in both]
    assert np.allclose(choice.scores(candidates, group), plain)
    assert choice.given(group) is choice.given(group)
    assert choice.weights == weighed


@given(choices, groups)
def test_chances_sum_to_one(choice: Choice, candidates: list[list[str]]) -> None:
    found = told(choice, candidates)
    assert len(found) == len(candidates)
    assert math.isclose(math.fsum(found), 1.0)
    assert all(0.0 <= chance <= 1.0 for chance in found)


@given(choices, groups, st.data())
def test_candidates_in_another_order_have_their_chances_in_that_order(
    choice: Choice, candidates: list[list[str]], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(candidates))))
    found = told(choice, candidates)
    assert np.allclose(
        told(choice, [candidates[place] for place in order]), [found[place] for place in order]
    )


@given(choices, groups, st.sampled_from(NAMES))
def test_what_all_candidates_have_tells_nothing(
    choice: Choice, candidates: list[list[str]], shared: str
) -> None:
    assert np.allclose(told(choice, [[*one, shared] for one in candidates]), told(choice, candidates))


@given(groups, st.floats(0.01, 9))
def test_a_candidate_with_more_for_it_is_likelier(candidates: list[list[str]], weight: float) -> None:
    plain = [*candidates, []]
    better = [*candidates, ["for it"]]
    choice = Choice({"for it": weight})
    assert told(choice, better)[-1] > told(choice, plain)[-1] or len(plain) == 1


@pytest.mark.parametrize("score", [1e4, -1e4])
def test_chances_of_huge_scores_are_finite(score: float) -> None:
    assert told(Choice({"a": score}), [["a"], ["a"]]) == [0.5, 0.5]
    assert sorted(told(Choice({"a": score}), [["a"], []])) == [0.0, 1.0]


def test_one_candidate_is_certain() -> None:
    assert told(Choice({"a": -7.0}), [["a"]]) == [1.0]


@given(st.floats(-700, 700))
def test_the_logistic_is_that_of_scipy(score: float) -> None:
    assert math.isclose(logistic(score), float(expit(score)), rel_tol=1e-9)


@given(st.floats(-30, 30))
def test_the_logistic_of_both_sides_is_one_together(score: float) -> None:
    assert math.isclose(logistic(score) + logistic(-score), 1.0)


@pytest.mark.parametrize(("score", "chance"), [(0.0, 0.5), (math.log(3), 0.75), (-1e5, 0.0), (1e5, 1.0)])
def test_the_logistic_at_known_places(score: float, chance: float) -> None:
    assert math.isclose(logistic(score), chance, abs_tol=1e-12)


@given(linears(), choices)
def test_a_model_survives_being_written_down(linear: Linear, choice: Choice) -> None:
    made = Model("invented", 0.5, 0.8, 0.6, 0.3, 0.9, linear, linear, linear, choice, choice)
    assert msgspec.json.decode(msgspec.json.encode(made), type=Model) == made


def test_a_file_without_a_part_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"provenance": "half a file"}', type=Model)


def test_the_shipped_model_has_every_stance_and_chances_that_are_some() -> None:
    shipped = model()
    assert {group_of(stance) for stance in Stance} >= set(shipped.stance.outcomes) >= {BLAME, Stance.DENY}
    assert {Stance(outcome) for outcome in shipped.blame.outcomes} == BLAMING
    assert len(shipped.claim.outcomes) == 1
    for chance in (shipped.least, shipped.second, shipped.ruled, shipped.kept):
        assert 0.0 < chance <= 1.0
    assert shipped.provenance != ""


def test_the_shipped_weights_are_numbers_for_every_outcome() -> None:
    shipped = model()
    for linear in (shipped.claim, shipped.stance, shipped.blame):
        assert len(linear.bias) == len(linear.outcomes)
        assert {len(row) for row in linear.weights.values()} == {len(linear.outcomes)}
        assert all(math.isfinite(weight) for row in linear.weights.values() for weight in row)
    for choice in (shipped.speaker, shipped.accused):
        assert len(choice.weights) > 0
        assert all(math.isfinite(weight) for weight in choice.weights.values())


def test_the_shipped_model_is_read_once() -> None:
    assert model() is model()
