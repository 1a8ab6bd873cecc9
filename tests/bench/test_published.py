"""Peers' own figures: beside the rows of their protocols, never without the release they are from."""

from __future__ import annotations

import numpy as np
import pytest

from weigh.bench import attribution, deception
from weigh.bench.false_flags import _row
from weigh.bench.published import PUBLISHED, published
from weigh.bench.scoring import Forecast

CASES = [Forecast(number, 0, np.array([0.6, 0.3]), 0.1, 2021) for number in range(4)]


@pytest.mark.parametrize(("protocol", "start"), PUBLISHED)
def test_every_figure_says_whose_it_is_and_on_what(protocol: str, start: str) -> None:
    found = published(protocol, f"{start} and more")
    assert list(found.values()) == list(PUBLISHED[protocol, start].values())
    assert all("its own figure on another release (ATT&CK v19.2)" in name for name in found)
    assert all(0.0 <= value <= 1.0 for value in found.values())


@pytest.mark.parametrize(
    ("protocol", "metric"),
    [
        ("leave-report-out", "NLL, nats"),
        ("rolling origin", "top-1 of all"),
        ("clean, open", "wrongly called"),
    ],
)
def test_what_no_peer_publishes_stands_alone(protocol: str, metric: str) -> None:
    assert published(protocol, metric) == {}


def test_every_planted_figure_stands_beside_a_row() -> None:
    for name, (share, _, _) in deception.SHARES.items():
        row = _row(name, share.metric, 0.5, (0.4, 0.6), 9, None, "max", {"rule": 0.1})
        assert row.peers == {"rule": 0.1} | published(name, share.metric)
    told = {name for name, (share, _, _) in deception.SHARES.items() if published(name, share.metric)}
    assert told == {"planted, framed", "planted, right", "authentic", "mimicry, framed", "mimicry, right"}


def test_the_rows_of_reports_left_out_and_of_2022_have_their_peer() -> None:
    for name, bars in (("leave-report-out", attribution.LEAVE_OUT), ("fixed 2022", attribution.FIXED)):
        first, *others = attribution.rows(name, CASES, {"rule": CASES}, bars, "toy", 0.0)
        assert first.peers == {"rule": 1.0} | published(name, "top-1 of all")
        assert len(first.peers) == 2
        assert not any("DRAGNET" in peer for row in others for peer in row.peers)
