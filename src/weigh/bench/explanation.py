"""What is said beside the ranking, measured: prediction sets, what to look for next, and sponsors.

All on rolling origin, 2020 to 2025: nothing that answers a year has seen that year or a later one, but for
the claims about sponsors, which carry no date.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from weigh.bench import protocols, scoring
from weigh.bench.rows import Row
from weigh.bench.scoring import Floats, Forecast
from weigh.compiling.attack import AttackSource
from weigh.compiling.galaxy import read_galaxy
from weigh.compiling.indexing import index
from weigh.compiling.linking import link
from weigh.inference.engine import Engine
from weigh.inference.features import Facts
from weigh.inference.fit import LEAST_FACTS, Case, cases, fit, lessons, rolling_rows
from weigh.inference.next_evidence import MOST, suggest, with_fact
from weigh.inference.prediction_set import LEVEL, bound, misfit, prediction_set
from weigh.inference.profiles import profiles
from weigh.inference.sponsor import claim_shares, sponsor_odds
from weigh.knowledge.catalogue import Actor, Catalogue
from weigh.knowledge.relations import Relations

COVERAGE_BAR = 0.88
_COMMAND = "weigh bench attribution"
_FIRST_CALIBRATED, _FIRST, _LAST = 2017, 2020, 2025
"""The first year before which as many cases are known as the sets ask for, and the years asked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case's figures under one actor: `own` of the method and `other` of what it is held against."""

    cluster: int
    own: float
    other: float = 0.0


def run(source: AttackSource, data: str) -> Iterator[Row]:
    """All rows, from the official bundle and the installed claims about sponsors."""
    linked = link(source, read_galaxy().actors)
    relations = index(linked)
    start = time.perf_counter()
    forecasts = protocols.rolling(relations, protocols.logit, _FIRST_CALIBRATED, _LAST)
    thin = protocols.rolling_thin(relations, protocols.logit, _FIRST_CALIBRATED, _LAST)
    seconds = time.perf_counter() - start
    yield from set_rows(forecasts, thin, data, seconds)
    yield from next_rows(relations, parents(linked.catalogue), data)
    yield from sponsor_rows(forecasts, relations, linked.catalogue.actors, data, seconds)


def set_rows(
    forecasts: Sequence[Forecast], thin: Sequence[Forecast], data: str, seconds: float
) -> Iterator[Row]:
    """Coverage and size of the sets of each year, calibrated on all cases of earlier years as those are that
    the program gives; beside them adaptive sets, which gather answers by falling probability until their sum
    reaches what it reached before. The promise is for all cases together; `thin` have rows of their own."""
    every = [*forecasts, *thin]
    plain, adaptive = list(_sets(every, misfit)), list(_sets(every, cumulated))
    answers = [Outcome(item.cluster, len(item.candidates) + 1) for item in every if item.year >= _FIRST]
    full = sum(item.year >= _FIRST for item in forecasts)
    name = f"attribution, prediction set, {_FIRST}-{_LAST}"
    for kind, kept in (
        ("", slice(None)),
        (f", cases of at least {LEAST_FACTS} facts", slice(None, full)),
        (f", cases of fewer than {LEAST_FACTS} facts", slice(full, None)),
    ):
        metric = f"coverage at {LEVEL:.0%}, promised {LEVEL}{kind}"
        peers = {"adaptive sets": _mean_own(adaptive[kept])}
        bar = COVERAGE_BAR if kind == "" else None
        yield _row(name, metric, plain[kept], _mean_own, data, seconds, bar=bar, peers=peers)
        peers = {"adaptive sets": _mean_other(adaptive[kept]), "all answers": _mean_own(answers[kept])}
        metric = f"mean size{kind}"
        yield _row(name, metric, plain[kept], _mean_other, data, seconds, direction="min", peers=peers)


def _sets(forecasts: Sequence[Forecast], score: Callable[[Floats], Floats]) -> Iterator[Outcome]:
    """Whether the set holds the truth, and its size, for every case from the first test year on."""
    stated = [np.append(item.candidates, item.unlisted) for item in forecasts]
    of_truth = [float(score(odds)[item.truth]) for item, odds in zip(forecasts, stated, strict=True)]
    for item, odds in zip(forecasts, stated, strict=True):
        if item.year >= _FIRST:
            earlier = [
                value for other, value in zip(forecasts, of_truth, strict=True) if other.year < item.year
            ]
            plain = score is misfit
            inside = prediction_set(odds, earlier) if plain else score(odds) <= bound(earlier, LEVEL)
            yield Outcome(item.cluster, float(inside[item.truth]), float(inside.sum()))


def cumulated(probabilities: Floats) -> Floats:
    """The nonconformity of adaptive sets (Romano, Sesia & Candes 2020) without its random part: the
    probability of each hypothesis and of all that are more probable."""
    order = np.argsort(-probabilities, kind="stable")
    found = np.empty_like(probabilities)
    found[order] = np.cumsum(probabilities[order])
    return found


def parents(catalogue: Catalogue) -> dict[int, int]:
    """Index of a sub-technique -> index of its technique."""
    place = {item.id: number for number, item in enumerate(catalogue.techniques)}
    return {place[item.id]: place[item.parent] for item in catalogue.techniques if item.parent in place}


def next_rows(relations: Relations, parent_of: dict[int, int], data: str) -> Iterator[Row]:
    """How often something that was really there is among ten suggestions, and what finding it tells."""
    start = time.perf_counter()
    asked = list(_asked(relations, parent_of))
    seconds = time.perf_counter() - start
    found = [Outcome(item.cluster, item.own > 0, item.other > 0) for item, _ in asked]
    gains = [gain for _, gain in asked]
    name = f"attribution, next evidence, half of each report's facts, {_FIRST}-{_LAST}"
    other = "the leader's ten commonest techniques"
    yield _row(
        name,
        "cases with a fact that is there among ten",
        found,
        _mean_own,
        data,
        seconds,
        bar=round(_mean_other(found), 4),
        peers={other: _mean_other(found)},
    )
    yield _row(name, "the same, more than " + other, found, _difference, data, seconds, bar=0.0)
    metric = "bits for the truth when what is there is found"
    yield _row(name, metric, gains, _mean_own, data, seconds, peers={other: _mean_other(gains)})


def _asked(relations: Relations, parent_of: dict[int, int]) -> Iterator[tuple[Outcome, Outcome]]:
    """For each case how many of ten facts are there, and the bits they give the truth; ours and theirs."""
    every = cases(relations)
    rows = rolling_rows(relations, lessons(relations))
    for year in range(_FIRST, _LAST + 1):
        weights = fit([row for before in rows if before < year for row in rows[before]], "bench")
        engine = Engine(profiles(relations.known_before(year)), weights)
        for item in (each for each in every if each.year == year):
            half, hidden = halved(item)
            passed = {parent_of[index] for index in half.index.tolist() if index in parent_of}
            ours = {found.feature for found in suggest(half, engine, passed=passed)} & hidden
            theirs = set(commonest(half, engine, passed)) & hidden
            truth = np.flatnonzero(engine.known.candidates == item.actor)
            place = int(truth[0]) if len(truth) > 0 else -1
            yield (
                Outcome(item.actor, len(ours), len(theirs)),
                Outcome(item.actor, *(_gain(half, found, place, engine) for found in (ours, theirs))),
            )


def halved(item: Case) -> tuple[Facts, set[int]]:
    """Half of a case's facts, drawn by a seed of its own, and the indices of the others."""
    order = np.random.default_rng([item.actor, item.report]).permutation(len(item.facts.index))
    kept = np.sort(order[: (len(order) + 1) // 2])
    half = Facts(item.facts.index[kept], item.facts.presence[kept], item.year)
    return half, set(item.facts.index.tolist()) - set(half.index.tolist())


def commonest(half: Facts, engine: Engine, passed: Collection[int]) -> list[int]:
    """What the leading actor is reported to do most often and the case does not show: ten techniques."""
    known = engine.known
    leader = int(np.argmax(engine.weigh(half).scores.probabilities[:-1]))
    shown = known.shows[known.report_owner == leader].sum(axis=0)
    free = [
        index
        for index in np.argsort(-shown, kind="stable").tolist()
        if shown[index] > 0 and index < known.software_from and index not in passed
    ]
    return [index for index in free if index not in set(half.index.tolist())][:MOST]


def _gain(half: Facts, found: Collection[int], truth: int, engine: Engine) -> float:
    whole = half
    for feature in sorted(found):
        whole = with_fact(whole, feature)
    before, after = (engine.weigh(each).scores.probabilities[truth] for each in (half, whole))
    return float(np.log2(after / before))


def sponsor_rows(
    forecasts: Sequence[Forecast], relations: Relations, actors: Sequence[Actor], data: str, seconds: float
) -> Iterator[Row]:
    """The right country first, against the country with most reports; and how honest the lines are.

    Actors for whom sources name several sponsors have no one truth; their cases are dropped and counted.
    """
    every = tuple(sorted({claim.sponsor for actor in actors for claim in actor.sponsors} - {""}))
    asked = [item for item in forecasts if item.year >= _FIRST]
    kept = [item for item in asked if len(claim_shares(actors[item.cluster].sponsors)) <= 1]
    lines = [_lines(item, relations, actors, every) for item in kept]
    named = [_named(item, actors, every) for item in lines if len(actors[item.cluster].sponsors) > 0]
    baseline = [
        Forecast(item.cluster, item.truth, _reports(item.year, relations, actors, every), 0.0, item.year)
        for item in named
    ]
    name = f"attribution, sponsor as claimed, {_FIRST}-{_LAST}"
    top1 = scoring.mean_of(lambda item: scoring.top_k(item, 1))
    metric = f"top-1 of countries ({len(asked) - len(kept)} cases of disputed sponsors dropped)"
    peers = {"country with most reports": top1(baseline)}
    yield _row(name, metric, named, top1, data, seconds, peers=peers)
    ceiling = scoring.calibration_ceiling(np.array([scoring.decision(item)[0] for item in lines]))
    peers = {"95 % of perfect forecasters, at most": ceiling}
    metric = "top-label ECE over countries, none claimed, unlisted"
    yield _row(name, metric, lines, scoring.top_label_error, data, seconds, direction="min", peers=peers)


def _lines(item: Forecast, relations: Relations, actors: Sequence[Actor], every: Sequence[str]) -> Forecast:
    """The forecast of actors as one of sponsors in the order of `every`, then of none, then `unlisted`."""
    candidates = np.unique(relations.known_before(item.year).actor).tolist()
    stated = np.append(item.candidates, item.unlisted)
    odds = sponsor_odds(stated, [actors[actor].sponsors for actor in candidates])
    values = np.array([*(odds.named.get(sponsor, 0.0) for sponsor in every), odds.unclaimed])
    own = next(iter(claim_shares(actors[item.cluster].sponsors)), None)
    truth = len(every) if own is None else every.index(own)
    return Forecast(item.cluster, truth if item.listed else -1, values, odds.unlisted, item.year)


def _named(item: Forecast, actors: Sequence[Actor], every: Sequence[str]) -> Forecast:
    """The same over countries alone, with the country of the true actor also where it is not listed."""
    own = next(iter(claim_shares(actors[item.cluster].sponsors)))
    return Forecast(item.cluster, every.index(own), item.candidates[:-1], 0.0, item.year)


def _reports(year: int, relations: Relations, actors: Sequence[Actor], every: Sequence[str]) -> Floats:
    """Reports before `year` on actors of each country."""
    before = relations.known_before(year)
    pairs = np.unique(np.stack([before.actor, before.report]), axis=1)[0].tolist()
    counts = np.zeros(len(every))
    for actor in pairs:
        for sponsor, share in claim_shares(actors[actor].sponsors).items():
            counts[every.index(sponsor)] += share
    return counts


def _mean_own(outcomes: Sequence[Outcome]) -> float:
    return float(np.mean([item.own for item in outcomes])) if len(outcomes) > 0 else float("nan")


def _mean_other(outcomes: Sequence[Outcome]) -> float:
    return float(np.mean([item.other for item in outcomes])) if len(outcomes) > 0 else float("nan")


def _difference(outcomes: Sequence[Outcome]) -> float:
    return _mean_own(outcomes) - _mean_other(outcomes)


def _row(
    name: str,
    metric: str,
    items: Sequence[scoring.Item],
    statistic: Callable[[Sequence[scoring.Item]], float],
    data: str,
    seconds: float,
    *,
    bar: float | None = None,
    direction: str = "max",
    peers: dict[str, float] | None = None,
) -> Row:
    low, high = scoring.interval(items, statistic)
    return Row(
        bench=name,
        metric=metric,
        value=statistic(items),
        low=low,
        high=high,
        n=len(items),
        bar=bar,
        direction=direction,
        peers={peer: round(value, 4) for peer, value in (peers or {}).items()},
        seconds=seconds,
        command=_COMMAND,
        data=data,
    )
