"""Rows: whether a bar is reached, and whether the interval leaves that open."""

from __future__ import annotations

import msgspec
import pytest

from weigh.bench.rows import Row


def row(
    value: float,
    bar: float | None,
    direction: str = "max",
    low: float | None = None,
    high: float | None = None,
) -> Row:
    """A measurement."""
    return Row(
        "attribution",
        "top-1",
        value,
        low,
        high,
        100,
        bar,
        direction,
        {"cosine": 0.3},
        1.0,
        "weigh bench",
        "x",
    )


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (row(0.5, None), ""),
        (row(0.5, 0.4), "reached"),
        (row(0.4, 0.4), "reached"),
        (row(0.3, 0.4), "short"),
        (row(0.3, 0.4, "min"), "reached"),
        (row(0.5, 0.4, "min"), "short"),
        (row(0.5, 0.4, low=0.35, high=0.6), "reached (within its interval)"),
        (row(0.3, 0.4, low=0.25, high=0.4), "short (within its interval)"),
        (row(0.5, 0.4, low=0.45, high=0.6), "reached"),
        (row(0.3, 0.4, low=0.2, high=0.35), "short"),
    ],
)
def test_the_verdict(found: Row, verdict: str) -> None:
    assert found.verdict == verdict


def test_a_row_is_read_back_by_programs() -> None:
    found = row(0.5, 0.4, low=0.35, high=0.6)
    assert msgspec.json.decode(msgspec.json.encode(found), type=Row) == found


def test_what_is_reported_alone_has_no_bar_and_no_peers_of_another_row() -> None:
    first, second = (Row("toy", "share", 0.5, None, None, 4) for _ in range(2))
    assert (first.bar, first.verdict, first.direction) == (None, "", "max")
    first.peers["rule"] = 0.1
    assert second.peers == {}
