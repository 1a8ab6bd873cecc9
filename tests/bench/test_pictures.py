"""Curves of the attribution bench: the right numbers, well-formed, written only where asked for."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weigh.bench import pictures
from weigh.bench.scoring import Forecast
from weigh.renderers.curves import Curve, CurveChart, svg

SURE = Forecast(0, 0, np.array([0.9, 0.05]), 0.05)
UNSURE = Forecast(1, 0, np.array([0.4, 0.5]), 0.1)
shares = st.floats(0, 1)
charts = st.builds(
    CurveChart,
    st.text(max_size=30),
    st.text(max_size=10),
    st.text(max_size=10),
    st.lists(
        st.builds(Curve, st.text(max_size=10), st.lists(st.tuples(shares, shares)).map(tuple), st.booleans()),
        max_size=4,
    ).map(tuple),
    st.booleans(),
)


def test_reliability_is_the_mean_of_each_bin() -> None:
    chart = pictures.reliability("R", [SURE] * 3 + [UNSURE] * 3, bins=2)
    (curve,) = chart.curves
    assert [x for x, _ in curve.points] == pytest.approx([0.5, 0.9])
    assert [y for _, y in curve.points] == [0.0, 1.0]
    assert chart.even


def test_risk_rises_where_the_unsure_are_wrong() -> None:
    (curve,) = pictures.risk("R", [UNSURE, SURE]).curves
    assert curve.points == ((0.5, 0.0), (1.0, 0.5))


def test_a_picture_is_written_only_into_a_folder(tmp_path: Path) -> None:
    chart = pictures.risk("R", [SURE, UNSURE])
    pictures.draw(None, "risk", chart)
    assert list(tmp_path.iterdir()) == []
    pictures.draw(tmp_path / "new", "risk", chart)
    assert (tmp_path / "new" / "risk.svg").read_text("utf-8") == svg(chart)


@settings(max_examples=40, deadline=None)
@given(charts)
def test_any_chart_is_well_formed_and_stays_on_its_page(chart: CurveChart) -> None:
    text = svg(chart)
    root = ElementTree.fromstring(text)
    assert root.tag.endswith("svg")
    assert text == svg(chart)
    for points in re.findall(r' points="([^"]+)"', text):
        for pair in points.split():
            x, y = map(float, pair.split(","))
            assert 0 <= x <= 560
            assert 0 <= y <= 640


def test_curves_are_told_apart_without_colour() -> None:
    curves = tuple(Curve(f"c{number}", ((0.0, 0.0), (1.0, 1.0))) for number in range(4))
    text = svg(CurveChart("T", "a", "b", curves))
    assert len(set(re.findall(r'<polyline[^>]*stroke-dasharray="([^"]*)"', text))) == 4
    assert all(f">{curve.name}<" in text for curve in curves)
