"""The scales, against the published tables written out again as data."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh import scales
from weigh.errors import UsageError

PROBABILITIES = st.floats(0.0, 1.0)

ICD203_CASES = {
    "": [0.0, 0.0099, 0.9901, 1.0],
    "almost no chance": [0.01, 0.0499],
    "very unlikely": [0.05, 0.1999],
    "unlikely": [0.2, 0.4499],
    "roughly even chance": [0.45, 0.5, 0.5499],
    "likely": [0.55, 55 / 100, 0.7999],
    "very likely": [0.8, 0.9499],
    "almost certain": [0.95, 0.99],
}

PHIA_CASES = {
    "remote chance": [0.0, 0.05],
    "highly unlikely": [0.1, 0.2],
    "unlikely": [0.25, 0.35],
    "realistic possibility": [0.4, 0.4999],
    "likely or probable": [0.55, 0.75],
    "highly likely": [0.8, 0.9],
    "almost certain": [0.95, 1.0],
    "between bands": [0.0501, 0.0999, 0.2001, 0.2499, 0.3501, 0.3999, 0.5, 0.5499, 0.7501, 0.7999, 0.9001],
}


def _pairs(cases: dict[str, list[float]]) -> list[tuple[float, str]]:
    return [(p, word) for word, values in cases.items() for p in values]


@pytest.mark.parametrize(("p", "word"), _pairs(ICD203_CASES))
def test_icd203_table(p: float, word: str) -> None:
    assert scales.icd203(p) == word


@pytest.mark.parametrize(("p", "word"), _pairs(PHIA_CASES))
def test_phia_table(p: float, word: str) -> None:
    assert scales.phia(p) == word


@pytest.mark.parametrize("whole", range(101))
def test_edges_fall_where_whole_percents_fall(whole: int) -> None:
    """However a whole percentage was computed, it is read as that percentage."""
    ways = {whole / 100, whole * 0.01, sum([0.01] * whole), 1.0 - (100 - whole) / 100}
    ways = {min(max(p, 0.0), 1.0) for p in ways}
    assert {scales.hundredths(p) for p in ways} == {float(whole)}
    assert len({scales.icd203(p) for p in ways}) == 1
    assert len({scales.phia(p) for p in ways}) == 1
    assert {scales.stix_confidence(p) for p in ways} == {whole}


@given(PROBABILITIES)
def test_every_probability_has_an_answer_on_every_scale(p: float) -> None:
    words = [band.word for band in scales.ICD203]
    assert scales.icd203(p) in ["", *words]
    assert (scales.icd203(p) == "") == (scales.hundredths(p) < 1 or scales.hundredths(p) > 99)
    assert scales.phia(p) in [scales.BETWEEN_BANDS, *(band.word for band in scales.PHIA)]
    assert 0 <= scales.stix_confidence(p) <= 100
    assert scales.stix_confidence_word(scales.stix_confidence(p)) in ("None", "Low", "Med", "High")


@given(PROBABILITIES, PROBABILITIES)
def test_bands_rise_with_probability(one: float, two: float) -> None:
    low, high = sorted((one, two))
    for word, bands in ((scales.icd203, scales.ICD203), (scales.phia, scales.PHIA)):
        order = [band.word for band in bands]
        if word(low) in order and word(high) in order:
            assert order.index(word(low)) <= order.index(word(high))
    assert scales.stix_confidence(low) <= scales.stix_confidence(high)


@pytest.mark.parametrize("bands", [scales.ICD203, scales.PHIA])
def test_no_percentage_has_two_words(bands: tuple[scales.Band, ...]) -> None:
    for step in range(10_001):
        assert sum(band.holds(step / 100) for band in bands) <= 1


@given(st.sampled_from(scales.PHIA[:-1]), st.floats(0.001, 0.999))
def test_gaps_of_phia_have_no_word(band: scales.Band, part: float) -> None:
    following = scales.PHIA[scales.PHIA.index(band) + 1]
    inside = band.high + part * (following.low - band.high)
    assert scales.phia(inside / 100) == "between bands"


def test_icd203_has_no_gap_and_phia_has_one_between_any_two() -> None:
    for bands, touching in ((scales.ICD203, True), (scales.PHIA, False)):
        for one, two in pairwise(bands):
            assert (one.high == two.low) is touching
            assert one.high <= two.low


@pytest.mark.parametrize("value", [-0.001, 1.001, math.nan, math.inf, -math.inf])
def test_what_is_no_probability_is_refused(value: float) -> None:
    for scale in (scales.icd203, scales.phia, scales.stix_confidence):
        with pytest.raises(UsageError, match="not a probability"):
            scale(value)


@pytest.mark.parametrize(
    ("confidence", "word"),
    [(0, "None"), (1, "Low"), (29, "Low"), (30, "Med"), (69, "Med"), (70, "High"), (100, "High")],
)
def test_stix_words(confidence: int, word: str) -> None:
    assert scales.stix_confidence_word(confidence) == word


@pytest.mark.parametrize(("word", "value"), [("None", 0), ("Low", 15), ("Med", 50), ("High", 85)])
def test_stix_words_round_trip(word: str, value: int) -> None:
    assert scales.stix_confidence_value(word) == value
    assert scales.stix_confidence_word(value) == word


def test_stix_covers_each_whole_percent_once() -> None:
    covered = [value for _, low, high, _ in scales.STIX_CONFIDENCE for value in range(low, high + 1)]
    assert covered == list(range(101))


@pytest.mark.parametrize(("p", "confidence"), [(0.004, 0), (0.005, 1), (0.5, 50), (0.695, 70), (0.995, 100)])
def test_stix_confidence_rounds_halves_up(p: float, confidence: int) -> None:
    assert scales.stix_confidence(p) == confidence


@pytest.mark.parametrize("confidence", [-1, 101])
def test_stix_words_refuse_what_is_off_the_scale(confidence: int) -> None:
    with pytest.raises(UsageError):
        scales.stix_confidence_word(confidence)


@pytest.mark.parametrize("word", ["low", "Medium", ""])
def test_stix_values_refuse_other_words(word: str) -> None:
    with pytest.raises(UsageError):
        scales.stix_confidence_value(word)


def test_admiralty_numbers() -> None:
    assert [scales.admiralty_reliability(letter) for letter in "ABCDEF"] == [100, 75, 50, 25, 0, 50]
    assert [scales.admiralty_credibility(digit) for digit in range(1, 7)] == [100, 75, 50, 25, 0, 50]


@given(st.text().filter(lambda text: text not in list("ABCDEF")))
def test_admiralty_refuses_other_letters(text: str) -> None:
    with pytest.raises(UsageError):
        scales.admiralty_reliability(text)


@given(st.integers().filter(lambda number: not 1 <= number <= 6))
def test_admiralty_refuses_other_digits(number: int) -> None:
    with pytest.raises(UsageError):
        scales.admiralty_credibility(number)


def test_healey_has_ten_degrees_in_rising_order() -> None:
    assert len(scales.HEALEY) == len(set(scales.HEALEY)) == 10
    assert scales.HEALEY[0] == "state-prohibited"
    assert scales.HEALEY[-1] == "state-integrated"
    assert all(degree.startswith("state-") for degree in scales.HEALEY)


def test_odni_has_three_levels() -> None:
    assert list(scales.ODNI_CONFIDENCE) == ["low", "moderate", "high"]
    assert scales.ODNI_CONFIDENCE["high"] == "no reasonable alternative"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("", ""),
        ("green", "GREEN"),
        ("tlp:amber+strict", "AMBER+STRICT"),
        ("TLP: Red", "RED"),
        (" clear ", "CLEAR"),
    ],
)
def test_tlp_labels_as_people_write_them(text: str, label: str) -> None:
    assert scales.tlp_label(text) == label
    assert scales.tlp_label(label) == label


@pytest.mark.parametrize("text", ["white", "amber strict", "tlp", "greenish"])
def test_tlp_refuses_other_labels(text: str) -> None:
    with pytest.raises(UsageError, match=r"TLP 2\.0"):
        scales.tlp_label(text)


def test_every_word_of_a_chance_lies_in_its_own_band() -> None:
    for band in scales.ICD203:
        assert band.holds(100.0 * scales.probability_stated(band.word))
    for word, same in scales.ICD203_SECOND.items():
        assert scales.probability_stated(word.upper()) == scales.probability_stated(same)
    for word, digit in scales.ADMIRALTY_WORDS.items():
        assert scales.probability_stated(word) == scales.admiralty_credibility(digit) / 100.0


@pytest.mark.parametrize(
    ("probability", "decimals", "text"),
    [
        (0.5, 0, "50"),
        (0.504, 0, "50"),
        (0.5497, 0, "54.97"),
        (0.7996, 0, "79.96"),
        (0.0496, 1, "4.96"),
        (0.62, 0, "62"),
        (0.034, 1, "3.4"),
    ],
)
def test_figures_are_as_short_as_their_words_allow(probability: float, decimals: int, text: str) -> None:
    assert scales.figure(probability, decimals) == text


@given(PROBABILITIES, st.integers(0, 2))
def test_the_figure_shown_has_the_word_of_the_figure_meant(probability: float, decimals: int) -> None:
    shown = float(scales.figure(probability, decimals)) / 100.0
    assert shown == pytest.approx(probability, abs=0.005 + 1e-9)
    if min(abs(probability * 100 - edge) for edge in range(101)) > 1e-4:
        assert scales.icd203(min(shown, 1.0)) == scales.icd203(probability)


WRITTEN = {
    "<0.1": [0.0, 0.0009, -1e-9],
    "0.1": [0.001],
    "0.5": [0.0049, 0.005],
    "9.9": [0.0994],
    "9.96": [0.0996],
    "13": [0.125],
    "50": [0.5],
    "70": [0.696],
    "99.4": [0.994],
    "99.7": [0.997],
    "99.9": [0.999],
    ">99.9": [0.9991, 1.0, 1.0 + 1e-9],
}


@pytest.mark.parametrize(("p", "text"), _pairs(WRITTEN))
def test_a_probability_is_written_one_way(p: float, text: str) -> None:
    assert scales.percent(p) == f"{text} %"
    assert scales.percent(p, unit=False) == text
    assert scales.percent(p, gap="") == f"{text}%"


@given(PROBABILITIES)
def test_percent_is_short_and_never_claims_certainty(p: float) -> None:
    near = any(abs(100.0 * p - edge) < 0.5 for edge in range(5, 100, 5))
    assert len(scales.percent(p)) <= (11 if near else 7)
    assert scales.percent(p) not in {"0 %", "0.0 %", "100 %", "100.0 %"}


@given(PROBABILITIES)
def test_percent_is_within_half_a_percent(p: float) -> None:
    text = scales.percent(p, unit=False)
    if text[0] not in "<>":
        assert abs(float(text) / 100 - p) <= 0.005 + 1e-12


@pytest.mark.parametrize(
    ("p", "digits", "text"),
    [
        (0.0, 6, "0"),
        (1.0, 2, "1"),
        (0.03, 6, "0.03"),
        (0.5, 2, "0.5"),
        (0.9976, 2, "0.998"),
        (0.9976, 6, "0.9976"),
        (0.9999999, 6, "0.9999999"),
        (0.00003217, 2, "0.000032"),
        (1e-7, 6, "0.0000001"),
        (1.0 - 2.0**-53, 2, "0.9999999999999999"),
    ],
)
def test_a_chance_as_a_decimal_is_as_short_as_it_is_true(p: float, digits: int, text: str) -> None:
    assert scales.decimal(p, digits) == text


@given(PROBABILITIES, st.integers(1, 9))
def test_no_decimal_below_one_reads_as_one_and_none_above_none_as_none(p: float, digits: int) -> None:
    shown = scales.decimal(p, digits)
    assert (float(shown) == 1.0) == (p == 1.0)
    assert (float(shown) == 0.0) == (p == 0.0)
    assert "e" not in shown
    assert float(shown) == pytest.approx(p, rel=10.0 ** (1 - digits))


@pytest.mark.parametrize("p", [-0.1, 1.1, math.nan])
def test_what_is_no_chance_has_no_decimal(p: float) -> None:
    with pytest.raises(UsageError):
        scales.decimal(p)
