"""One decision: bars, the best option, evidence, sensitivity, and the files that say what it is worth."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.errors import UsageError
from weigh.stakes import menu, payoffs, sensitivity, sides, signalling, states

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "stakes"
worths = st.floats(-100.0, 100.0)
menus = st.lists(st.tuples(worths, worths), min_size=2, max_size=6).map(np.array)
chances = st.floats(0.0, 1.0)


def test_the_bar_is_the_loss_over_gain_and_loss() -> None:
    assert menu.evidence_bar(1.0, 3.0) == 0.75
    with pytest.raises(UsageError):
        menu.evidence_bar(0.0, 1.0)


def test_the_bar_of_an_option_is_the_evidence_bar() -> None:
    table = menu.lines(payoffs.shipped(), 0.0)
    span = menu.better_than(table, 2)
    assert span is not None
    assert (span.low, span.high) == pytest.approx((menu.evidence_bar(15.0, 15.0), 1.0))


@given(menus, chances)
def test_the_envelope_holds_the_best_option_everywhere(table: menu.Floats, p: float) -> None:
    spans = menu.envelope(table)
    assert (spans[0][0].low, spans[-1][0].high) == (0.0, 1.0)
    option = next(option for span, option in spans if p <= span.high)
    worth = menu.expected(table, p)
    assert worth[option] == pytest.approx(worth.max(), abs=1e-6)


@given(menus, chances, chances, chances)
def test_evidence_is_worth_between_nothing_and_certainty(
    table: menu.Floats, p: float, hit: float, alarm: float
) -> None:
    worth = menu.value_of_evidence(table, p, hit, alarm)
    assert -1e-9 <= worth <= menu.value_of_perfect_information(table, p) + 1e-9


@given(menus, st.floats(0.01, 0.99))
def test_the_bits_of_a_turn_lead_to_it(table: menu.Floats, p: float) -> None:
    for turn in menu.turns(table, p):
        if 0.0 < turn.probability < 1.0:
            odds = p / (1 - p) * 2.0**turn.bits
            assert odds / (1 + odds) == pytest.approx(turn.probability, abs=1e-9)


def test_sobol_indices_are_those_of_ishigami() -> None:
    """Analytic indices of the Ishigami function (a 7, b .1): .3139, .4424, 0; total .5576, .4424, .2437."""

    def ishigami(unit: menu.Floats) -> menu.Floats:
        x = np.pi * (2.0 * unit - 1.0)
        return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))

    first, total = sensitivity.sobol(ishigami, 3, 13)
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_what_moves_nothing_has_no_index_and_what_is_fixed_is_stable() -> None:
    first, total = sensitivity.sobol(lambda unit: np.zeros(len(unit)), 2, 5)
    assert (first.tolist(), total.tolist()) == ([0.0, 0.0], [0.0, 0.0])
    told = payoffs.shipped()
    decision = sensitivity.Decision.of(told, 0.5, 0.2, 0.7)
    steady = sensitivity.stability(decision)
    assert sum(steady.shares) == pytest.approx(1.0)
    assert not steady.stable
    assert sensitivity.one_at_a_time(decision)[0].input.name == "the probability of guilt"
    table = menu.lines(told, menu.pose_share(told.pose.value, 0.5))
    assert decision.worth(decision.values[None])[0] == pytest.approx(menu.expected(table, 0.5))


GOOD = """schema = "weigh.payoffs/1"
title = "T"
unit = "points"
source = "invented"
[[option]]
id = "a"
name = "wait"
right = { value = 0 }
wrong = { value = 0 }
[[option]]
id = "b"
name = "speak"
right = { value = 1, low = 0, high = 2 }
wrong = { value = -3 }
"""


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("payoffs/1", "payoffs/9", "line 1", "schema"),
        ("value = 1,", 'value = "x",', "line 13", "Expected `float`"),
        ("value = 1,", "value = 5,", "line 13", "between low 0 and high 2"),
        ("value = -3", "value = -inf", "line 14", "no number"),
        ("value = -3", "valeu = -3", "line 14", "missing required field"),
        ("wrong = { value = -3 }", "wrong = { value = -3 }\nwrnog = 1", "line 15", "no entry 'wrnog'"),
        ('id = "b"', 'id = "a"', "line 11", "id of its own"),
        ('unit = "points"', 'unit = ""', "line 3", "unit is empty"),
        ('title = "T"', "title = ", "line 2", "is not TOML"),
        ('title = "T"', 'title = "T"\npose = { value = 2 }', "line 3", "from 0 to 1"),
    ],
)
def test_a_wrong_sheet_says_what_and_where(tmp_path: Path, old: str, new: str, place: str, said: str) -> None:
    path = tmp_path / "my.toml"
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(UsageError) as caught:
        payoffs.read(path)
    assert said in str(caught.value)
    assert f"my.toml, {place}" in caught.value.place


def test_a_good_sheet_is_read_and_a_missing_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text(GOOD)
    assert [option.name for option in payoffs.read(path).option] == ["wait", "speak"]
    with pytest.raises(UsageError, match=r"absent\.toml"):
        payoffs.read(tmp_path / "absent.toml")


def test_the_default_says_that_it_is_illustrative_and_has_every_option() -> None:
    told = payoffs.shipped()
    assert told.illustrative
    assert "not measured" in told.source
    assert len(told.option) == 7
    assert all(len(option.because) > 0 for option in told.option)


def test_the_examples_are_read_and_detection_without_identification_backfires() -> None:
    assert states.solved(states.read(EXAMPLES / "two-states.toml")).attack[0] == pytest.approx(
        0.54528, abs=5e-6
    )
    assert len(signalling.equilibria(signalling.read(EXAMPLES / "signalling.toml").setting)) == 4
    told = states.read(EXAMPLES / "backfire.toml")
    found = {change.name: change.attack for change in states.changes(told)}
    assert found["notices more, without telling whom"] > found["as it stands"]
    assert found["notices more, just as telling"] < found["as it stands"]


def test_maps_stand_where_the_sheet_stands() -> None:
    told = states.shipped()
    found = states.sweep(told, states.axis("detection=0:1:9", 2), states.axis("identification[2]=0:1:5", 2))
    assert found.attack.shape == (5, 9)
    assert found.settled
    rates = states.rates(told)
    assert found.today == (rates.detection, rates.identification)
    wary = sides.shipped()
    one = sides.sweep(wary, *sides.axes())
    other = sides.sweep(wary, *reversed(sides.axes()))
    assert one.lowest == pytest.approx(other.lowest.T.T, abs=1e-12)


@pytest.mark.parametrize("text", ["fog=0:1:5", "detection=0:1", "detection=1:0:5", "detection[3]=0:1:5"])
def test_a_wrong_sweep_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        states.axis(text, 2)


def test_measured_rates_keep_their_interval() -> None:
    told = states.shipped()
    worse, here, better = (states.rates(told, end=end) for end in (-1, 0, 1))
    between = states.attack_between(told)
    assert between is not None
    assert between[0] < float(states.solved(told).attack[0]) < between[1]
    detections = [item.detection for item in (worse, here, better) if isinstance(item.detection, float)]
    assert len(set(detections)) == 3
    assert detections == sorted(detections)
    assert worse.false_alarm > here.false_alarm > better.false_alarm
