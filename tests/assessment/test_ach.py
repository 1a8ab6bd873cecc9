"""The ACH matrix: PARC's oracle, exact zeros, letters at their edges, and where the judgements come from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import sample
from tests.assessment import harbour
from tests.inference.generators import QUICK
from weigh.assessment.ach import ach, contrast, credibility, level, relevance, scores
from weigh.assessment.document import UNLISTED, AchFactRow, ObservationRow
from weigh.inference.engine import prepare
from weigh.inference.weights import shipped

ROW = sample.assessment().observations[0]
weights = st.floats(-40, 40)


def _fact(credibility: str, relevance: str, *levels: str) -> AchFactRow:
    return AchFactRow("", credibility, relevance, levels, ())


def test_the_weighted_score_is_parcs() -> None:
    found = scores(
        [
            _fact("H", "H", "C", "I", "II"),
            _fact("M", "L", "I", "N", "C"),
            _fact("L", "M", "NA", "II", "I"),
            _fact("H", "M", "C", "C", "C"),
        ]
    )
    assert [round(score, 4) for score in found] == [-0.7071, -3.4142, -4.7071]


@pytest.mark.parametrize(
    ("bits", "letters"),
    [(2.0, "CC"), (1.99, "C"), (0.5, "C"), (0.49, "N"), (0.0, "N"), (-0.49, "N"), (-0.5, "I"),
     (-1.99, "I"), (-2.0, "II"), (-9.0, "II")],
)  # fmt: skip
def test_letters_at_their_edges(bits: float, letters: str) -> None:
    assert level(bits) == letters


@QUICK
@given(weights, st.integers(1, 9))
def test_a_row_of_equal_likelihoods_is_exactly_nothing(weight: float, width: int) -> None:
    assert contrast([weight] * width) == (0.0,) * width
    assert scores([_fact("H", "H", *(level(bits) for bits in contrast([weight] * width)))]) == (0.0,) * width


@QUICK
@given(st.lists(weights, min_size=1, max_size=8), weights)
def test_a_constant_of_the_row_changes_nothing_and_a_row_sums_to_nothing(
    row: list[float], constant: float
) -> None:
    found = contrast(row)
    assert sum(found) == pytest.approx(0.0, abs=1e-9)
    assert contrast([value + constant for value in row]) == pytest.approx(found, abs=1e-9)


def test_the_matrix_holds_the_leading_answers_and_the_unlisted_one() -> None:
    found = harbour.assessed([harbour.REPORT, harbour.NEWS])
    assert found.ach is not None
    assert found.ach.hypotheses[0] == found.hypotheses[0].id
    assert UNLISTED in found.ach.hypotheses
    assert sorted(row.feature for row in found.ach.facts) == sorted(row.id for row in found.features)
    apart = [max(fact.bits) - min(fact.bits) for fact in found.ach.facts]
    assert apart == sorted(apart, reverse=True)
    columns = [row for row in found.hypotheses if row.id in found.ach.hypotheses]
    places = {row.id: place for place, row in enumerate(found.features)}
    for fact in found.ach.facts:
        place = places[fact.feature]
        mean = sum(row.weights[place] for row in columns) / len(columns)
        assert list(fact.bits) == pytest.approx([row.weights[place] - mean for row in columns], abs=1e-9)
        assert list(fact.levels) == [level(bits) for bits in fact.bits]
    assert all(score <= 0.0 for score in found.ach.scores)


def test_renamed_actors_change_columns_and_nothing_else() -> None:
    order = (1, 0, 2, 3, 4, 5)
    plain = harbour.assessed([harbour.REPORT]).ach
    swapped = harbour.assessed(
        [harbour.REPORT],
        knowing=(harbour.knowledge(order), prepare(harbour.relations(order), shipped())),
    ).ach
    assert plain is not None
    assert swapped is not None
    names = {"G0000": "G0001", "G0001": "G0000"}
    assert dict(zip((names.get(name, name) for name in plain.hypotheses), plain.scores, strict=True)) == dict(
        zip(swapped.hypotheses, swapped.scores, strict=True)
    )


def test_nothing_weighed_or_nothing_to_compare_is_no_matrix() -> None:
    found = sample.assessment()
    assert ach((), found.hypotheses, found.observations, found.documents) is None
    assert ach(found.features, found.hypotheses[:1], found.observations, found.documents) is None


@pytest.mark.parametrize(
    ("probability", "digit", "letter", "expected"),
    [(0.95, 6, "F", "H"), (0.9, 6, "F", "H"), (0.89, 6, "F", "M"), (0.69, 6, "F", "L"), (0.95, 2, "B", "H"),
     (0.95, 3, "A", "M"), (0.95, 1, "C", "M"), (0.95, 4, "A", "L"), (1.0, 1, "E", "L"), (0.75, 1, "A", "M")],
)  # fmt: skip
def test_credibility_is_the_lowest_of_reading_digit_and_letter(
    probability: float, digit: int, letter: str, expected: str
) -> None:
    row = replace(ROW, probability=probability, credibility=digit)
    assert credibility([row], {row.document: letter}) == expected


@pytest.mark.parametrize(
    ("ease", "expected"), [(0.1, "H"), (0.35, "H"), (0.4, "M"), (0.5, "M"), (0.7, "L"), (0.9, "L")]
)
def test_relevance_is_how_hard_a_thing_is_to_plant(ease: float, expected: str) -> None:
    assert relevance([replace(ROW, forgeability=ease)]) == expected


rows = st.lists(
    st.builds(
        lambda p, ease, digit: replace(ROW, probability=p, forgeability=ease, credibility=digit),
        st.floats(0, 1), st.floats(0, 1), st.integers(1, 6),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@QUICK
@given(rows, st.randoms(use_true_random=False))
def test_a_fact_is_judged_by_its_best_observation(seen: list[ObservationRow], random: object) -> None:
    again = [*seen, *seen]
    random.shuffle(again)  # type: ignore[attr-defined]
    assert (
        credibility(again, {})
        == credibility(seen, {})
        == min((credibility([row], {}) for row in seen), key="HML".index)
    )
    assert relevance(again) == relevance(seen) == min((relevance([row]) for row in seen), key="HML".index)
