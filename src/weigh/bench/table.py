"""Measurements for people: what was measured, how much, within what, beside what."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from weigh.bench.rows import Missing, Row


def bench_table(row: Row) -> RenderableType:
    """One measurement: what, how much, within what, against what."""
    interval = f" [{row.low:.3f}, {row.high:.3f}]" if row.low is not None and row.high is not None else ""
    bar = (
        ""
        if row.bar is None
        else f"; bar {'>=' if row.direction == 'max' else '<='} {row.bar:g}: {row.verdict}"
    )
    lines: list[RenderableType] = [
        Text(f"{row.bench}: {row.metric}", style="bold"),
        Text(f"  {row.value:.3f}{interval}, n={row.n}{bar}"),
    ]
    if len(row.peers) > 0:
        beside = ", ".join(f"{name} {value:.3f}" for name, value in row.peers.items())
        lines.append(Padding(Text(f"beside: {beside}", style="dim"), (0, 0, 0, 2)))
    if row.note != "":
        lines.append(Padding(Text(f"mind: {row.note}", style="dim"), (0, 0, 0, 2)))
    return Group(*lines)


def missing_line(row: Missing) -> RenderableType:
    """A measurement that could not be made."""
    return Text(f"{row.bench}: not measured: {row.lacks} ({row.remedy})")
