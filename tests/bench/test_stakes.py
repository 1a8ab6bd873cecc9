"""The bench of stakes: shares of what is named, with honest intervals, and rows without data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from weigh.bench import stakes
from weigh.bench.data import Context
from weigh.bench.rows import Missing, Row
from weigh.bench.scoring import Forecast
from weigh.stakes import confusion


def _forecasts() -> list[Forecast]:
    """Ten right and sure, five wrong and unsure, five by strangers who get nobody's name."""
    right = [Forecast(n, 0, np.array([0.9, 0.05]), 0.05, 2021) for n in range(10)]
    wrong = [Forecast(20 + n, 1, np.array([0.4, 0.3]), 0.3, 2021) for n in range(5)]
    return right + wrong + [Forecast(40 + n, -1, np.array([0.2, 0.1]), 0.7, 2021) for n in range(5)]


def test_what_is_named_is_counted() -> None:
    whoever, sure = stakes.named(_forecasts(), 0.0), stakes.named(_forecasts(), 0.8)
    assert (whoever.any.value, sure.any.value) == pytest.approx((1.0, 2 / 3), abs=1e-6)
    assert (whoever.right.value, sure.right.value) == pytest.approx((2 / 3, 1.0), abs=1e-6)
    assert whoever.stranger.value == 0.0


def test_what_never_happened_still_has_an_interval() -> None:
    share = stakes.named(_forecasts(), 0.0).stranger
    assert share.low == 0.0
    assert share.high == pytest.approx(1 - 0.025 ** (1 / 5), abs=1e-6)


def test_the_shipped_measurement_is_whole() -> None:
    found = confusion.shipped()
    assert tuple(row.sure for row in found.rows) == stakes.SURE
    for row in found.rows:
        for share in (row.any, row.right, row.stranger):
            assert 0.0 <= share.low <= share.value <= share.high <= 1.0
            assert share.cases > 0


def test_rows_without_the_bundle(tmp_path: Path) -> None:
    found = list(stakes.run(Context(tmp_path, lambda step, share: None)))
    rows = [row for row in found if isinstance(row, Row)]
    assert isinstance(found[-1], Missing)
    assert len(rows) == 9
    assert all(row.value <= 0.5 for row in rows[:4])
