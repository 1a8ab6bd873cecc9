"""Repetition: the tables of the design as printed, echoes that add nothing, origins that never take away."""

from __future__ import annotations

from itertools import product
from math import log, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.errors import UsageError
from weigh.inference.repetition import (
    Forest,
    effective_number,
    equicorrelated,
    posterior,
    presence,
    repeated_weight,
    repetition_weight,
)

probabilities = st.floats(0.0, 1.0)
CHAIN = Forest((-1, 0, 1), (0.0, 1.0, 1.0))


@pytest.mark.parametrize(
    ("copying", "weight"), [(0.0, "59049"), (0.5, "61.98"), (0.9, "4.818"), (1.0, "3.000")]
)
def test_ten_statements_weigh_what_the_design_prints(copying: float, weight: str) -> None:
    decimals = len(weight.partition(".")[2])
    assert f"{repeated_weight(10, copying):.{decimals}f}" == weight


@pytest.mark.parametrize(("copying", "number"), [(0.0, "10"), (0.5, "3.7564"), (0.9, "1.4313"), (1.0, "1")])
def test_ten_statements_count_as_many_as_the_design_prints(copying: float, number: str) -> None:
    decimals = len(number.partition(".")[2])
    assert f"{effective_number([copying] * 9):.{decimals}f}" == number


@pytest.mark.parametrize(("rho", "number"), [(0.2, "3.571"), (0.5, "1.818"), (0.8, "1.220")])
def test_ten_correlated_readings_count_as_many_as_the_design_prints(rho: float, number: str) -> None:
    assert f"{equicorrelated(10, rho):.3f}" == number


def test_ten_echoes_persuade_as_much_as_one_source() -> None:
    one, ten = posterior(0.2, repeated_weight(1, 1.0)), posterior(0.2, repeated_weight(10, 1.0))
    assert f"{one:.4f}" == "0.4286"
    assert ten == pytest.approx(one, abs=1e-9)
    assert f"{posterior(0.2, repeated_weight(10, 0.9)):.4f}" == "0.5464"


@given(st.integers(1, 50), probabilities)
def test_the_effective_number_is_the_weight_in_units_of_one_source(statements: int, copying: float) -> None:
    number = effective_number([copying] * (statements - 1))
    assert number == pytest.approx(log(repeated_weight(statements, copying)) / log(3.0), abs=1e-9)
    assert 1.0 - 1e-12 <= number <= statements + 1e-9


@given(st.lists(probabilities, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_repetitions_changes_no_number(copying: list[float], random: object) -> None:
    shuffled = list(copying)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert effective_number(shuffled) == pytest.approx(effective_number(copying), abs=1e-12)


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(value: float) -> None:
    with pytest.raises(UsageError, match="not a probability"):
        repetition_weight(value)


def test_nothing_said_and_a_source_without_error_are_refused() -> None:
    with pytest.raises(UsageError, match="weigh nothing"):
        repeated_weight(0, 0.5)
    with pytest.raises(UsageError, match="never wrong"):
        repetition_weight(0.0, false_alarm=0.0)


@given(st.lists(probabilities, min_size=1, max_size=8))
def test_independent_origins_fail_only_together(readings: list[float]) -> None:
    forest = Forest((-1,) * len(readings), (0.0,) * len(readings))
    expected = 1.0 - prod(1.0 - reading for reading in readings)
    assert presence(readings, forest) == pytest.approx(expected, abs=1e-12)


@given(st.lists(probabilities, min_size=3, max_size=3))
def test_copies_are_one_reading_the_best(readings: list[float]) -> None:
    assert presence(readings, CHAIN) == pytest.approx(max(readings), abs=1e-12)


def test_nothing_read_is_not_there_and_a_circle_is_refused() -> None:
    assert presence([], Forest((), ())) == 0.0
    with pytest.raises(UsageError, match="circle"):
        presence([0.5, 0.5], Forest((1, 0), (0.9, 0.9)))


@st.composite
def forests(draw: st.DrawFn, most: int = 6) -> tuple[list[float], Forest]:
    """Readings and who repeats whom; each repeats an earlier one or none."""
    size = draw(st.integers(1, most))
    parent = tuple(draw(st.integers(-1, place - 1)) for place in range(size))
    copying = tuple(draw(st.lists(probabilities, min_size=size, max_size=size)))
    return draw(st.lists(probabilities, min_size=size, max_size=size)), Forest(parent, copying)


def by_enumeration(readings: list[float], forest: Forest) -> float:
    """The same number the slow way: every pattern of copies, each group as good as its best reading."""
    failing = 0.0
    links = [place for place, parent in enumerate(forest.parent) if parent >= 0]
    for pattern in product((True, False), repeat=len(links)):
        copied = dict(zip(links, pattern, strict=True))
        chance = prod(
            forest.copying[k] if is_copy else 1 - forest.copying[k] for k, is_copy in copied.items()
        )
        root = list(range(len(readings)))
        for place, parent in enumerate(forest.parent):
            root[place] = root[parent] if copied.get(place, False) else place
        groups = {r: max(readings[k] for k in range(len(readings)) if root[k] == r) for r in root}
        failing += chance * prod(1.0 - best for best in groups.values())
    return 1.0 - failing


@given(forests())
def test_the_fast_sum_and_every_pattern_of_copies_agree(case: tuple[list[float], Forest]) -> None:
    readings, forest = case
    assert presence(readings, forest) == pytest.approx(by_enumeration(readings, forest), abs=1e-9)


@given(forests(), probabilities, probabilities, st.integers(-1, 20))
def test_one_more_document_never_lowers_a_presence(
    case: tuple[list[float], Forest], reading: float, copying: float, parent: int
) -> None:
    readings, forest = case
    repeats = min(parent, len(readings) - 1)
    more = Forest((*forest.parent, repeats), (*forest.copying, copying))
    assert presence([*readings, reading], more) >= presence(readings, forest) - 1e-12


@given(forests(), st.integers(0, 20))
def test_a_copy_of_any_document_changes_nothing(case: tuple[list[float], Forest], which: int) -> None:
    readings, forest = case
    copied = which % len(readings)
    more = Forest((*forest.parent, copied), (*forest.copying, 1.0))
    same = presence([*readings, readings[copied]], more)
    assert same == pytest.approx(presence(readings, forest), abs=1e-12)


@given(forests(), st.integers(0, 20), probabilities)
def test_more_copying_never_raises_a_presence(
    case: tuple[list[float], Forest], which: int, less: float
) -> None:
    readings, forest = case
    place = which % len(readings)
    freer = list(forest.copying)
    freer[place] = min(less, freer[place])
    assert presence(readings, Forest(forest.parent, tuple(freer))) >= presence(readings, forest) - 1e-12
