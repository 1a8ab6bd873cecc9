"""The measured confusion: who counts as named, and intervals where nothing was ever wrong."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest

from weigh.bench import stakes
from weigh.bench.data import Context
from weigh.bench.rows import Missing, Row
from weigh.bench.scoring import Forecast
from weigh.stakes.confusion import shipped


def _case(cluster: int, truth: int, *candidates: float) -> Forecast:
    return Forecast(cluster, truth, np.array(candidates), unlisted=1.0 - sum(candidates))


CASES = [
    _case(0, 0, 0.9, 0.05),  # named, rightly
    _case(1, 0, 0.2, 0.6),  # named, wrongly
    _case(2, 1, 0.2, 0.2),  # nobody named: unlisted leads
    _case(3, -1, 0.7, 0.1),  # an unlisted actor did it, and somebody is named
    _case(4, -1, 0.1, 0.1),  # an unlisted actor did it, and nobody is named
]


def test_named_rightly_and_named_at_all() -> None:
    found = stakes.named(CASES, 0.0)
    assert found.any.value == pytest.approx(2 / 3, abs=1e-6)
    assert found.any.cases == 3
    assert (found.right.value, found.right.cases) == (0.5, 2)
    assert (found.stranger.value, found.stranger.cases) == (0.5, 2)


def test_being_surer_names_fewer_and_better() -> None:
    found = stakes.named(CASES, 0.8)
    assert found.any.value == pytest.approx(1 / 3, abs=1e-6)
    assert (found.right.value, found.right.high) == (1.0, 1.0)
    assert found.right.low == pytest.approx(0.025)
    assert found.stranger.value == 0.0
    assert found.stranger.high == pytest.approx(1.0 - 0.025**0.5, abs=1e-6)


def test_no_case_at_all_says_nothing() -> None:
    found = stakes.named([], 0.5).any
    assert (found.low, found.high, found.cases) == (0.0, 1.0, 0)


def test_the_shipped_rows_are_what_write_writes() -> None:
    held = shipped()
    text = msgspec.json.format(msgspec.json.encode(held), indent=1) + b"\n"
    path = Path(stakes.__file__).parents[1] / "stakes" / "confusion.json"
    assert path.read_bytes() == text
    assert tuple(row.sure for row in held.rows) == stakes.SURE


def test_without_data_the_numbers_and_the_clock_are_still_told(tmp_path: Path) -> None:
    rows = list(stakes.run(Context(tmp_path, lambda step, share: None)))
    printed = [row for row in rows if isinstance(row, Row) and row.bench == "stakes, printed numbers"]
    assert len(printed) == 4
    assert all(row.value <= 0.5 for row in printed)
    assert isinstance(rows[-1], Missing)
