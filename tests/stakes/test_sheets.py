"""The files that users write: what ships is read, and every mistake is named with its file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.errors import UsageError
from weigh.stakes import confusion, payoffs, sheets, sides, signalling, states

_STAKES = Path(sheets.__file__).parent
_EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "stakes"
_MEASURED = "[measured]\nnoticed = 1.0\noutsider = 0.1\nsure = 0.0"
_READERS: dict[str, Callable[[Path], object]] = {
    "payoffs": payoffs.read,
    "deterrence": states.read,
    "suspicion": sides.read,
}


def _wrong(tmp_path: Path, kind: str, old: str, new: str) -> UsageError:
    """What is said of a shipped sheet in which one thing is changed."""
    text = (_STAKES / f"{kind}.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "my.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(UsageError) as caught:
        _READERS[kind](path)
    assert caught.value.place.startswith(str(path))
    return caught.value


@pytest.mark.parametrize("kind", _READERS)
def test_what_ships_is_read_alike_from_a_copy(kind: str) -> None:
    shipped = {"payoffs": payoffs, "deterrence": states, "suspicion": sides}[kind].shipped()
    assert _READERS[kind](_STAKES / f"{kind}.toml") == shipped
    assert "our own, illustrative" in shipped.source


def test_the_examples_are_read_and_detection_without_identification_backfires() -> None:
    assert states.solved(states.read(_EXAMPLES / "two-states.toml")).attack[0] == pytest.approx(
        0.54528, abs=5e-6
    )
    assert len(signalling.equilibria(signalling.read(_EXAMPLES / "signalling.toml").setting)) == 4
    told = states.read(_EXAMPLES / "backfire.toml")
    found = {change.name: change.attack for change in states.changes(told)}
    assert found["notices more, without telling whom"] > found["as it stands"]
    assert found["notices more, just as telling"] < found["as it stands"]


@pytest.mark.parametrize(
    ("kind", "old", "new", "said", "line"),
    [
        ("payoffs", 'schema = "weigh.payoffs/1"', 'schema = "x/1"', "the schema is 'x/1'", True),
        ("payoffs", "value = 0.03", "value = 1.3", "does not lie between", True),
        ("payoffs", "high = 0.2", "high = 1.2", "is not from 0 to 1", True),
        ("payoffs", "low = -30", "low = 30", "does not lie between low 30", True),
        ("payoffs", "value = -10", 'value = "much"', "Expected `float`", True),
        ("payoffs", "value = -10", "value = nan", "no number to reckon with", True),
        ("payoffs", "value = -10", "value = inf", "no number to reckon with", True),
        ("payoffs", 'id = "private"', 'id = "silence"', "an id of its own", True),
        ("payoffs", 'id = "private"', 'idea = "private"', "missing required field", True),
        ("payoffs", "because =", "becuase =", "no entry 'becuase'", True),
        ("payoffs", 'title = "Illustrative payoffs"', 'title = " "', "title is empty", True),
        ("payoffs", "[[option]]", "[[option", "is not TOML", True),
        ("deterrence", "chance = 0.8", "chance = 1.8", "not a probability", False),
        ("deterrence", "low = 0.0", "low = 2.0", "not below its highest", False),
        ("deterrence", "sure = 0.0", "sure = 0.3", "nothing was measured at sure = 0.3", False),
        ("deterrence", "noticed = 1.0", "noticed = 1.2", "1.2 is not a probability", True),
        ("deterrence", "[measured]\n",
         "[rates]\nfalse_alarm = 0\ndetection = 1\nidentification = 1\n[measured]\n",
         "rates and measured", False),
        ("deterrence", _MEASURED, "", "none of them", False),
        ("deterrence", _MEASURED,
         "[rates]\nfalse_alarm = 0.1\ndetection = 2\nidentification = 1", "2 is not a probability", True),
        ("deterrence", _MEASURED, "[rates]\nfalse_alarm = 0.1\ndetection = [1]\nidentification = 1",
         "1 numbers for 2 attackers", True),
        ("deterrence", _MEASURED,
         "[signals]\nnone = [1, 0]\nattack = [[0.5, 0.5], [0.5, 0.5]]", "2 signals", True),
        ("suspicion", "loss = 0.8", "loss = -0.8", "below the gain", False),
        ("suspicion", "alarms = [0.05, 0.05]", "alarms = [0.05]", "Expected `array` of length 2", True),
        ("suspicion", "alarms = [0.05, 0.05]", "alarms = [0.05, 1.5]", "not a probability", False),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, kind: str, old: str, new: str, said: str, line: bool
) -> None:
    error = _wrong(tmp_path, kind, old, new)
    assert said in error.problem
    assert (", line " in error.place) == line
    assert error.exit_code == 2


def test_the_line_is_the_line(tmp_path: Path) -> None:
    text = (_STAKES / "payoffs.toml").read_text("utf-8")
    error = _wrong(tmp_path, "payoffs", "value = -4, low = -15", "value = -40, low = -15")
    number = next(n for n, row in enumerate(text.splitlines(), start=1) if "value = -4, low" in row)
    assert f", line {number} (option[1].right)" in error.place


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"a = 1\nb = \n", "not TOML"),
        (b"a = " + b"[" * 100_000, "nested too deeply|not TOML"),
        (b"#" * (sheets.LARGEST + 1), "larger than"),
        (b"", "the schema is None"),
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, raw: bytes, said: str) -> None:
    path = tmp_path / "sheet.toml"
    path.write_bytes(raw)
    with pytest.raises(UsageError, match=said):
        payoffs.read(path)


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        payoffs.read(tmp_path / "none.toml")


@given(st.text(max_size=60))
def test_no_text_ends_in_anything_but_a_sentence(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("sheet") / "sheet.toml"
    path.write_text(text, "utf-8", errors="replace")
    with pytest.raises(UsageError):
        payoffs.read(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("speed=0:1:10", "cannot be swept"),
        ("detection[3]=0:1:10", "cannot be swept"),
        ("detection[0]=0:1:10", "cannot be swept"),
        ("detection", "is no sweep"),
        ("detection=0:1", "is no sweep"),
        ("detection=0:1:ten", "is no sweep"),
        ("detection=0:1:10:2", "no sweep of a probability"),
        ("detection=1:0:10", "no sweep of a probability"),
        ("detection=0:2:10", "no sweep of a probability"),
        ("detection=0:nan:10", "no sweep of a probability"),
        ("detection=0:1:1", "no sweep of a probability"),
        ("detection=0:1:1000000", "no sweep of a probability"),
    ],
)
def test_what_is_no_axis_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        states.axis(text, 2)


def test_an_axis_is_its_values() -> None:
    found = states.axis("detection[2]=0.2:0.8:4", 2)
    assert (found.name, found.values.tolist()) == ("detection[2]", pytest.approx([0.2, 0.4, 0.6, 0.8]))
    with pytest.raises(UsageError, match="swept twice"):
        states.sweep(states.shipped(), found, found)


def test_the_measured_confusion_is_whole() -> None:
    shipped = confusion.shipped()
    assert [row.sure for row in shipped.rows] == [0.0, 0.5, 0.8, 0.9]
    for row in shipped.rows:
        for share in (row.any, row.right, row.stranger):
            assert 0.0 <= share.low <= share.value <= share.high <= 1.0
            assert share.cases > 0
    rising = [row.right.value for row in shipped.rows]
    assert rising == sorted(rising)
    with pytest.raises(UsageError, match=r"nothing was measured at sure = 0\.7"):
        shipped.at(0.7)


def test_measured_rates_become_the_rates_of_the_model() -> None:
    row = confusion.shipped().at(0.0)
    told = states.rates(states.shipped())
    assert told.detection == pytest.approx(row.any.value)
    assert told.identification == pytest.approx(row.right.value)
    assert told.false_alarm == pytest.approx(0.1 * row.stranger.value)


def test_the_default_says_that_it_is_illustrative_and_has_every_option() -> None:
    told = payoffs.shipped()
    assert told.illustrative
    assert "not measured" in told.source
    assert len(told.option) == 7
    assert all(len(option.because) > 0 for option in told.option)


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
