"""Rows of the attribution bench: values, intervals, bars and peers; what lacks its data says so."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.compiling.bundles import small_bundle, source, written
from weigh.bench import attribution, machine
from weigh.bench.data import OFFICIAL, Context
from weigh.bench.rows import Missing, Row
from weigh.bench.scoring import Forecast
from weigh.bench.table import bench_table, missing_line
from weigh.cli.main import run
from weigh.compiling.attack import AttackSource


def forecasts(right: int, wrong: int) -> list[Forecast]:
    """So many cases whose truth is ranked first, and so many whose truth is ranked second."""
    good = [Forecast(number, 0, np.array([0.6, 0.3]), 0.1, 2021) for number in range(right)]
    return good + [Forecast(100 + number, 1, np.array([0.6, 0.3]), 0.1, 2021) for number in range(wrong)]


def test_rows_hold_the_statistic_its_interval_and_the_peers() -> None:
    bars = attribution.LEAVE_OUT
    found = list(attribution.rows("toy", forecasts(3, 1), {"rule": forecasts(1, 3)}, bars, "toy data", 0.5))
    assert [row.direction for row in found] == [bar.direction for bar in bars]
    first = found[0]
    assert first.value == 0.75
    assert first.peers == {"rule": 0.25}
    assert first.low is not None
    assert first.high is not None
    assert first.low <= first.value <= first.high
    assert "4 of 4 listed" in first.metric
    loss = next(row for row in found if row.metric.startswith("NLL"))
    assert loss.value == pytest.approx(-(3 * np.log(0.6) + np.log(0.3)) / 4)
    assert loss.peers == {}


def test_a_bench_without_its_data_says_what_it_lacks(tmp_path: Path) -> None:
    context = Context(tmp_path, lambda step, share: None)
    found = list(attribution.run(context))
    assert all(isinstance(row, Missing) for row in found)
    assert {row.bench for row in found} == {"attribution, end to end", "attribution"}
    assert all(str(tmp_path) in row.lacks for row in found if isinstance(row, Missing))


def test_the_official_bundle_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    official = tmp_path / OFFICIAL
    official.parent.mkdir(parents=True)
    written(tmp_path, small_bundle()).rename(official)
    read: list[AttackSource] = []

    def reading(path: Path) -> AttackSource:
        read.append(source(tmp_path, small_bundle()))
        return read[-1]

    def explaining(bundle: AttackSource, data: str) -> tuple[Row, ...]:
        given.append(bundle)
        return ()

    given: list[AttackSource] = []
    monkeypatch.setattr("weigh.bench.attribution.read_bundle", reading)
    monkeypatch.setattr("weigh.bench.explanation.run", explaining)
    for name in ("end_to_end", "_rolling", "_campaigns", "_embedded", "false_flags.rows", "stronger.rows"):
        monkeypatch.setattr(f"weigh.bench.attribution.{name}", lambda *about: ())
    monkeypatch.setattr("weigh.bench.attribution.measured", lambda *about, **more: ())
    found = list(attribution.run(Context(tmp_path, lambda step, share: None)))
    assert [row.bench for row in found] == ["attribution, release split"] * 2
    assert given == read
    assert len(read) == 1


def test_the_command_lists_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["bench", "attribution", "--data", str(tmp_path), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert all("lacks" in row for row in rows)
    assert run(["bench", "attribution", "--data", str(tmp_path)]) == 0
    assert "not measured" in capsys.readouterr().out


def test_median_is_between_the_least_and_the_most() -> None:
    calls: list[int] = []
    middle, least, most = machine.median(lambda: calls.append(1), runs=5)
    assert len(calls) == 5
    assert 0.0 <= least <= middle <= most


@pytest.mark.parametrize("bar", [None, 0.5])
def test_a_measurement_is_shown_with_all_that_makes_it(bar: float | None) -> None:
    row = Row("toy", "top-1", 0.6, 0.55, 0.7, 9, bar, "max", {"rule": 0.4}, 1.0, "weigh bench", "toy")
    assert bench_table(row) is not None
    assert "toy" in str(missing_line(Missing("toy", "a file", "get it")))
