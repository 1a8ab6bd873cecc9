"""The rows of the open world and of planted evidence: Weigh's answers beside the peers' on the same cases."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from weigh.bench import deception, open_world, pictures, postures, protocols
from weigh.bench.deception import Losses, Question, Said
from weigh.bench.hindsight import hindsight
from weigh.bench.open_world import Point, World
from weigh.bench.postures import FALSE_ALARMS
from weigh.bench.published import published
from weigh.bench.rows import Row
from weigh.bench.scoring import Groups, mean_interval
from weigh.inference.baselines import cosine
from weigh.inference.model import Weights
from weigh.knowledge.relations import Relations

DECLINE_TARGET, DECLINE_BAR = 0.45, 0.94
BRIER_BAR = 0.13


def rows(
    relations: Relations,
    names: Sequence[str],
    ids: Sequence[str],
    data: str,
    command: str,
    folder: Path | None = None,
) -> Iterator[Row]:
    """All rows. `names` are those of the reports, `ids` those of the features; a picture goes to `folder`."""
    start = time.perf_counter()
    items, dropped = open_world.chosen(relations, names)
    found = list(open_world.worlds(relations, items, ids))
    groups = len({item.actor for item in items})
    left_out = "; ".join(f"{count} {reason}" for reason, count in dropped.items())
    about = f"{data}; {len(items)} cases of {groups} groups, left out: {left_out}"
    weights = open_world.learned(found, open_world.fitted)
    questions = list(deception.questions(found, weights, ids))
    for row in (*trade_off_rows(found, weights, folder), *posing_rows(questions)):
        yield replace(row, seconds=time.perf_counter() - start, command=command, data=about)


def trade_off_rows(
    found: Sequence[World], weights: Sequence[Weights], folder: Path | None = None
) -> Iterator[Row]:
    """The whole curve: right to decline in the open world at a share of right names in the closed one."""
    answers = [protocols.with_weights(own) for own in weights]
    alike = open_world.learned(found, protocols.rule(cosine))
    own_pairs, peer_pairs = open_world.asked(found, answers), open_world.asked(found, alike)
    methods = {"Weigh": own_pairs, "cosine threshold": peer_pairs}
    pictures.draw(folder, "open-world", pictures.declining(f"Open world, {len(found)} cases", methods))
    own, peer = open_world.trade_off(own_pairs), open_world.trade_off(peer_pairs)
    groups = np.array([world.case.actor for world in found])
    for point, beside in zip(own, peer, strict=True):
        yield _decline_row(point, beside, groups)


def posing_rows(asked: Sequence[Question]) -> Iterator[Row]:
    """Planted, authentic, mimicked and clean cases, and the pooled Brier score."""
    own = deception.said(asked, postures.posture)
    peers = {name: deception.said(asked, peer) for name, peer in postures.PEERS.items()}
    for name, (share, bar, direction) in deception.SHARES.items():
        values, groups = deception.counted(share, asked, own)
        beside = {
            peer: float(deception.counted(share, asked, answers)[0].mean()) for peer, answers in peers.items()
        }
        interval = mean_interval(values, groups)
        yield _row(name, share.metric, float(values.mean()), interval, len(values), bar, direction, beside)
    yield from _brier_rows(asked, own, peers)
    yield from _ceiling_rows(asked)


def _decline_row(point: Point, peer: Point, groups: Groups) -> Row:
    low, high = mean_interval(point.declined.astype(np.float64), groups)
    metric = f"right to decline, level set for closed top-1 {point.target:.2f} (reached {point.top1:.3f})"
    beside = {f"cosine (closed top-1 {peer.top1:.3f})": round(peer.right_to_decline, 4)}
    bar = DECLINE_BAR if point.target == DECLINE_TARGET else None
    return _row("open world", metric, point.right_to_decline, (low, high), len(groups), bar, "max", beside)


def _brier_rows(
    asked: Sequence[Question], own: Sequence[Said], peers: Mapping[str, Sequence[Said]]
) -> Iterator[Row]:
    """The score with its bar; the part of each world; and what the map costs, for it is learned from few."""
    everyone = {"": own, **peers}
    pooled = {name: deception.pooled_brier(asked, answers) for name, answers in everyone.items()}
    even = {
        name: deception.pooled_brier(asked, answers, deception.evenly_binned)
        for name, answers in everyone.items()
    }
    plain = {
        name: deception.pooled_brier(asked, answers, deception.as_stated)
        for name, answers in everyone.items()
    }
    yield _losses_row("closed, open and planted in equal thirds", pooled, BRIER_BAR)
    for world in deception.WORLDS:
        yield _losses_row(f"{world} alone", {name: losses.of(world) for name, losses in pooled.items()})
    yield _losses_row("in equal thirds, mapped by bins of equal width", even)
    yield _losses_row("in equal thirds, as stated, not mapped", plain)


def _losses_row(metric: str, found: Mapping[str, Losses], bar: float | None = None) -> Row:
    losses = found[""]
    interval = mean_interval(losses.error, losses.group, losses.weight)
    beside = {name: own.mean for name, own in found.items() if name != ""}
    return _row("pooled Brier", metric, losses.mean, interval, len(losses.error), bar, "min", beside)


def _ceiling_rows(asked: Sequence[Question]) -> Iterator[Row]:
    """What no level could better: how far the facts tell the actor pointed at from the others at all."""
    most = hindsight(asked)
    at = f"level set in hindsight at {FALSE_ALARMS:.0%} of authentic called"
    for metric, values in (
        (f"frame-ups found, {at}", most.found),
        (f"found, {at}, or the true actor likeliest besides", most.found_or_named),
        ("area under the curve, planted against authentic", most.ordered),
    ):
        interval = mean_interval(values, most.group)
        yield _row("planted, ceiling", metric, float(values.mean()), interval, len(values), None, "max", {})


def _row(
    name: str,
    metric: str,
    value: float,
    interval: tuple[float, float],
    count: int,
    bar: float | None,
    direction: str,
    beside: Mapping[str, float],
) -> Row:
    peers = {peer: round(found, 4) for peer, found in beside.items()} | published(name, metric)
    return Row(f"attribution, {name}", metric, value, *interval, count, bar, direction, peers)
