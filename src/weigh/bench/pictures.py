"""The curves of the attribution bench: reliability, risk and coverage, what declining costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from weigh.bench.open_world import Pair, trade_off
from weigh.bench.scoring import Forecast, decisions, risk_coverage
from weigh.renderers.curves import Curve, CurveChart, svg

_TARGETS = tuple(float(share) for share in np.linspace(0.1, 0.6, 21))


def draw(folder: Path | None, name: str, chart: CurveChart) -> None:
    """Write a picture into the folder where one was asked for. Raises OSError where it cannot be written."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.svg").write_text(svg(chart), encoding="utf-8", newline="\n")


def reliability(title: str, forecasts: Sequence[Forecast], bins: int = 10) -> CurveChart:
    """How often decisions were right, by how probable they were said to be: equal-mass bins."""
    confidence, right = decisions(forecasts)
    parts = [part for part in np.array_split(np.argsort(confidence, kind="stable"), bins) if len(part) > 0]
    points = tuple((float(confidence[part].mean()), float(right[part].mean())) for part in parts)
    return CurveChart(
        title, "stated probability", "share that was right", (Curve("Weigh", points, True),), True
    )


def risk(title: str, forecasts: Sequence[Forecast]) -> CurveChart:
    """The share of errors among the surest cases, by how many of the cases they are."""
    coverage, wrong = risk_coverage(*decisions(forecasts))
    points = tuple(zip(coverage.tolist(), wrong.tolist(), strict=True))
    return CurveChart(
        title, "share of cases answered, the surest first", "share wrong", (Curve("Weigh", points),)
    )


def declining(title: str, methods: Mapping[str, Sequence[Pair]]) -> CurveChart:
    """Right to decline in the open world by right names in the closed one, for every method."""
    curves = tuple(
        Curve(
            name,
            tuple(sorted((point.top1, point.right_to_decline) for point in trade_off(pairs, _TARGETS))),
        )
        for name, pairs in methods.items()
    )
    return CurveChart(title, "closed world: named rightly", "open world: right to decline", curves)
