"""The protocols of attribution as functions: relations in, forecasts out, with any method inside.

A method is given what was known and the cases to learn from, and answers one case at a time. A
stranger's method runs under the same protocols by being such a function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from weigh.bench.scoring import Floats, Forecast
from weigh.inference.baselines import Baseline
from weigh.inference.features import Facts, case_features
from weigh.inference.fit import LEAST_FACTS, Case, Row, cases, featurise, fit, lessons, rolling_rows
from weigh.inference.model import Weights, raw_scores, softmax, values
from weigh.inference.profiles import Profiles, profiles
from weigh.knowledge.relations import Ints, Relations

Answer = Callable[[Facts, Profiles], tuple[Floats, float]]
"""A case and what is known -> scores of the candidates and of `unlisted`."""
Method = Callable[[Sequence[Row]], Answer]
"""Rows to learn from -> a way to answer."""

FOLDS = 10


def logit(rows: Sequence[Row]) -> Answer:
    """Weigh's own method: weights fitted on the rows."""
    return with_weights(fit(rows, "bench"))


def with_weights(weights: Weights) -> Answer:
    """Answer with weights that are already fitted."""

    def answer(case: Facts, known: Profiles) -> tuple[Floats, float]:
        candidate, unlisted = values(case_features(case, known))
        probabilities = softmax(raw_scores(candidate, unlisted, weights.values))
        return probabilities[:-1], float(probabilities[-1])

    return answer


def rule(baseline: Baseline) -> Method:
    """A rule that learns nothing and never says `unlisted`."""
    return lambda rows: lambda case, known: (baseline(case, known), 0.0)


def rolling(
    relations: Relations, method: Method, first: int, last: int, *, techniques_only: bool = False
) -> list[Forecast]:
    """Cases of each year against what was known before it; the method learns from earlier years only."""
    seen = techniques_alone(relations) if techniques_only else relations
    return _rolled(relations, method, lessons(seen), cases(seen), range(first, last + 1))


def rolling_thin(relations: Relations, method: Method, first: int, last: int) -> list[Forecast]:
    """The same for cases of so few facts that they are judged apart: how far a method can be trusted."""
    thin = [item for item in cases(relations, least=1) if len(item.facts.index) < LEAST_FACTS]
    return _rolled(relations, method, lessons(relations), thin, range(first, last + 1))


def rolling_daily(relations: Relations, method: Method, first: int, last: int) -> list[Forecast]:
    """The cases of `rolling`, in its order, against what was known on the day before each report.

    That is as far as the report is dated: of a year or a month the first day counts, and of what may be
    later nothing does. The method learns from earlier years only, whose cases were asked year by year.
    """
    rows = rolling_rows(relations, lessons(relations))
    asked = [item for item in cases(relations) if first <= item.year <= last]
    eve = relations.first_days - 1
    found: dict[int, Forecast] = {}
    for year in range(first, last + 1):
        answer = method([row for earlier in rows if earlier < year for row in rows[earlier]])
        own = [item for item in asked if item.year == year]
        for day in sorted({int(eve[item.report]) for item in own}):
            known = profiles(relations.known_by(day))
            found |= {item.report: forecast(answer, item, known) for item in own if eve[item.report] == day}
    return [found[item.report] for year in range(first, last + 1) for item in asked if item.year == year]


def _rolled(
    relations: Relations,
    method: Method,
    lessons: Sequence[Case],
    asked: Sequence[Case],
    years: Iterable[int],
) -> list[Forecast]:
    """Cases `asked` of each year, by a method that learned from `lessons` of the years before it."""
    rows = rolling_rows(relations, lessons)
    forecasts = []
    for year in years:
        answer = method([row for earlier in rows if earlier < year for row in rows[earlier]])
        known = profiles(relations.known_before(year))
        forecasts += [forecast(answer, item, known) for item in asked if item.year == year]
    return forecasts


View = Callable[[Relations, int], Relations]
"""What is left of the relations without a fold, and the fold -> what the profiles are made of."""


def leave_report_out(
    relations: Relations,
    method: Method,
    names: Sequence[str],
    view: View | None = None,
    *,
    leaky: bool = False,
    techniques: int = 0,
) -> list[Forecast]:
    """Ten folds by a hash of the report's name: the fold's citations are gone, its cases are asked.

    `leaky` leaves them in, as published systems do: what that measures is memory. Only cases that show at
    least so many `techniques` are asked; the method learns from all.
    """
    fold_of = np.array([fold(name) for name in names], dtype=np.int64)
    every = cases(relations, least=3)
    without = {}
    for number in range(FOLDS):
        kept = relations if leaky else relations.without(fold_of == number)
        without[number] = profiles(kept if view is None else view(kept, number))
    rows = {
        number: featurise([item for item in every if fold_of[item.report] == number], known)
        for number, known in without.items()
    }
    forecasts = []
    for number, known in without.items():
        answer = method([row for other in rows if other != number for row in rows[other]])
        forecasts += [
            forecast(answer, row.case, known)
            for row in rows[number]
            if int((row.case.facts.index < relations.software_from).sum()) >= techniques
        ]
    return forecasts


def seen_through(other: Relations, names: Sequence[str]) -> View:
    """Profiles from `other`, another edition of the same relations, whose reports are called `names`.

    A use that the full edition loses with a fold is gone from the other edition, too, also where the
    other edition had lost its citation before.
    """
    fold_of = np.array([fold(name) for name in names], dtype=np.int64)

    def view(kept: Relations, number: int) -> Relations:
        left = other.without(fold_of == number)
        uses = np.isin(_pairs(left.actor, left.feature, left), _pairs(kept.actor, kept.feature, kept))
        own, full = left.abilities, kept.abilities
        able = np.isin(_pairs(own.software, own.technique, left), _pairs(full.software, full.technique, kept))
        return replace(left.keep(uses), abilities=own.keep(able))

    return view


def _pairs(first: Ints, second: Ints, relations: Relations) -> NDArray[np.int64]:
    return first.astype(np.int64) * relations.features + second


def fixed(relations: Relations, method: Method, year: int = 2022) -> list[Forecast]:
    """Profiles without anything cited from `year` on; cases from then; learned from earlier years."""
    every = cases(relations)
    rows = rolling_rows(relations, [item for item in lessons(relations) if item.year < year])
    answer = method([row for part in rows.values() for row in part])
    known = profiles(relations.without(relations.years >= year))
    return [forecast(answer, item, known) for item in every if item.year >= year]


def fold(name: str) -> int:
    """Stable fold of a report's name: FNV-1a, modulo ten."""
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value % FOLDS


def forecast(answer: Answer, item: Case, known: Profiles) -> Forecast:
    """The answer to one case, with its truth's place among the candidates."""
    candidates, unlisted = answer(item.facts, known)
    place = np.flatnonzero(known.candidates == item.actor)
    truth = int(place[0]) if len(place) > 0 else -1
    return Forecast(item.actor, truth, candidates, unlisted, item.year)


def techniques_alone(relations: Relations) -> Relations:
    """The relations without software."""
    return relations.keep(relations.feature < relations.software_from)
