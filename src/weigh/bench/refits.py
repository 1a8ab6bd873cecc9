"""Whether the intervals of an answer hold what refitting everything on reweighed reports answers.

The slow way to an interval: weigh every report at random, make the profiles of every year anew, fit the
weights on the cases of earlier years, each counted by the weight of its own report, and answer again.
Measured on years before 2020, on which the way of the intervals was chosen.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from weigh.bench.rows import Row
from weigh.bench.scoring import Floats, Groups, mean_interval
from weigh.inference import fit
from weigh.inference.fit import Case, featurise, lessons
from weigh.inference.intervals import COVERAGE, Interval, drawn_values, interval
from weigh.inference.model import Weights, raw_scores, softmax
from weigh.inference.profiles import Profiles, profiles
from weigh.inference.resampling import resampled, uniforms
from weigh.knowledge.relations import Relations

YEARS = (2018, 2019)
REFITS = 50
_OTHER = np.uint64(0x5851F42D4C957F2D)
"""Changes every report's key, so that the refits draw other weights than the intervals do."""
_COMMAND = "weigh bench attribution"


@dataclass(frozen=True, slots=True)
class Held:
    """Of one case's leader: the share of refits that the interval holds, both widths; the true actor, and
    the number of facts."""

    share: float
    width: float
    width_of_refits: float
    cluster: int
    facts: int


@dataclass(frozen=True, slots=True)
class _Year:
    """The cases of a year with their features in each refit, and how often their reports count (N, D)."""

    cases: Sequence[Case]
    known: Profiles
    rows: Sequence[Sequence[fit.Row]]
    counted: Floats


def rows(
    relations: Relations, data: str, years: Sequence[int] = YEARS, refits: int = REFITS
) -> Iterator[Row]:
    """The share of refits within the interval of the leader, beside what was promised and the widths; of
    all cases, and of those of few facts."""
    start = time.perf_counter()
    found = [item for year in years for item in held(relations, year, refits)]
    few = [item for item in found if item.facts < fit.LEAST_FACTS]
    for items, what in ((found, ""), (few, f", cases of fewer than {fit.LEAST_FACTS} facts")):
        if len(items) > 0:
            yield replace(
                _row(
                    items, f"share of {refits} refits on reweighed reports within the leader's interval{what}"
                ),
                bench=f"attribution, intervals, {years[0]}-{years[-1]}",
                seconds=time.perf_counter() - start,
                data=data,
            )


def _row(found: Sequence[Held], metric: str) -> Row:
    shares = np.array([item.share for item in found])
    groups: Groups = np.array([item.cluster for item in found], dtype=np.int64)
    beside = {
        "promised": COVERAGE,
        "mean width of the interval": float(np.mean([item.width for item in found])),
        "mean width of the refits": float(np.mean([item.width_of_refits for item in found])),
    }
    bounds = mean_interval(shares, groups)
    return Row("", metric, float(shares.mean()), *bounds, len(found), peers=beside, command=_COMMAND)


def held(relations: Relations, target: int, refits: int) -> Iterator[Held]:
    """Every case of the year `target`, answered with weights and profiles of earlier years."""
    items = [case for case in lessons(relations) if 0 < case.year <= target]
    found = (_year(relations, items, year, refits) for year in sorted({case.year for case in items}))
    years = [year for year in found if len(year.known.report_owner) >= fit.LEAST_KNOWN]
    if len(years) < 2 or years[-1].cases[0].year != target:
        return
    *earlier, last = years
    counted = np.concatenate([year.counted for year in earlier])
    learned = [row for year in earlier for row in featurise(year.cases, year.known)]
    weights = fit.fit(learned, "earlier years")
    again = [
        fit.fit([row for year in earlier for row in year.rows[draw]], "refit", counted=counted[:, draw])
        for draw in range(refits)
    ]
    for place, row in enumerate(featurise(last.cases, last.known)):
        leader = int(np.argmax(_answer(row, weights)))
        drawn = np.array([_answer(last.rows[d][place], own)[leader] for d, own in enumerate(again)])
        yield _held(drawn, interval(row.case.facts, last.known, weights), leader, row.case)


def _held(drawn: Floats, found: Interval, leader: int, case: Case) -> Held:
    low, high = float(found.low[leader]), float(found.high[leader])
    tail = (1.0 - COVERAGE) / 2.0
    first, last = np.quantile(drawn, [tail, 1.0 - tail])
    share = float(np.mean((drawn >= low) & (drawn <= high)))
    return Held(share, high - low, float(last - first), case.actor, len(case.facts.index))


def _answer(row: fit.Row, weights: Weights) -> Floats:
    return softmax(raw_scores(row.candidate, row.unlisted, weights.values))


def _year(relations: Relations, items: Sequence[Case], year: int, refits: int) -> _Year:
    """The cases of `items` in `year` against what was known before it, reweighed."""
    own = [case for case in items if case.year == year]
    known = profiles(relations.known_before(year))
    other = replace(known, report_key=known.report_key ^ _OTHER)
    drawn = resampled(other, refits)
    found: list[list[fit.Row]] = [[] for _ in range(refits)]
    for row in featurise(own, known):
        sure = np.ones((len(row.case.facts.index), refits))
        candidate, unlisted = drawn_values(row.case.facts, other, drawn, sure)
        for draw in range(refits):
            found[draw].append(
                replace(row, candidate=candidate[:, :, draw].T.copy(), unlisted=unlisted[:, draw].copy())
            )
    return _Year(own, known, found, _counted(relations, own, refits))


def _counted(relations: Relations, own: Sequence[Case], refits: int) -> Floats:
    """How often each case counts in each refit, (N, D): as much as its report does in later profiles."""
    everything = profiles(relations)
    keys = dict(zip(everything.report_index.tolist(), everything.report_key.tolist(), strict=True))
    return -np.log(uniforms(np.array([keys[case.report] for case in own], dtype=np.uint64) ^ _OTHER, refits))
