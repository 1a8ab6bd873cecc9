"""Very many cases at once: the same probabilities as case by case, but for rounding, by products of matrices.

Nothing is explained here: who wants to know why asks the engine for that case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from weigh.inference.engine import Engine
from weigh.inference.features import (
    ABSENCE_SCALE,
    EXCLUSIVE_CAP,
    SOFTWARE_PER_UNIT,
    Facts,
    counted_total,
    depth_scale,
    likeness_scale,
    recency,
    weight_beside_others,
)
from weigh.inference.model import softmax
from weigh.inference.profiles import Floats, foretold, narrowed, unit_rows

CHUNK = 1_000
"""Cases that are weighed together: some 60 MB of tables at a time on ATT&CK."""


def weigh_many(cases: Sequence[Facts], engine: Engine, chunk: int = CHUNK) -> Iterator[Floats]:
    """Probabilities of each chunk of cases in turn, (at most `chunk`, H); `unlisted` is the last column."""
    foretells = foretold(engine.known, np.arange(len(engine.known.base)))
    for start in range(0, len(cases), chunk):
        yield _weighed(cases[start : start + chunk], engine, foretells)


def without_each(case: Facts, engine: Engine) -> Floats:
    """For each fact in turn, the probabilities when it had not been observed, (J, H).

    For a case of very many facts, for which `Engine.without_each` takes their number squared by far more.
    """
    near = replace(engine, known=narrowed(engine.known, case.index))
    places = np.arange(len(case.index))
    left = [Facts(kept := places[places != place], case.presence[kept], case.year) for place in places]
    chunks = list(weigh_many(left, near))
    return np.concatenate(chunks) if len(chunks) > 0 else np.zeros((0, len(engine.known.candidates) + 1))


def _weighed(cases: Sequence[Facts], engine: Engine, foretells: Floats) -> Floats:
    known, weights = engine.known, engine.weights
    shown = np.zeros((len(cases), len(known.base)))
    for row, case in enumerate(cases):
        shown[row, case.index] = case.presence
    total = shown.sum(axis=1, keepdims=True)
    some = np.maximum(total, 1.0)
    unit = unit_rows(shown * known.idf)
    counted = shown * weight_beside_others(shown, foretells)
    fullness, tools = likeness_scale(total), shown[:, known.software_from :]
    rarity = counted[:, known.software_from :] / np.maximum(known.users[known.software_from :], 1.0)
    exclusive = np.minimum(rarity @ known.uses[:, known.software_from :].T, EXCLUSIVE_CAP)
    nearest = _nearest(unit, engine) * fullness
    habits = unit_rows(shown * known.lasting) @ known.habits.T * fullness
    values = [
        counted @ known.gain.T,
        nearest,
        habits,
        exclusive,
        unit @ known.armed.T * fullness,
        (known.absent_total - shown @ known.log_absent.T) * np.sqrt(counted_total(total)) * ABSENCE_SCALE,
        np.log(known.reports + 1.0) * depth_scale(total, shown @ known.uses.T),
        np.stack([recency(case, known) for case in cases]),
    ]
    scores = sum(beta * value for beta, value in zip(weights.candidate, values, strict=True))
    software = tools.sum(axis=1)
    unlisted = np.stack(
        [
            *(value.max(axis=1, initial=0.0) for value in (nearest, habits, exclusive)),
            (total * np.sqrt(counted_total(some)) / some)[:, 0],
            software / np.maximum(software, 1.0),
            software / SOFTWARE_PER_UNIT,
            np.ones(len(cases)),
        ],
        axis=1,
    )
    everything = np.column_stack([scores, unlisted @ weights.unlisted])
    return softmax(everything if engine.shift is None else everything + engine.shift * np.log(2.0))


def _nearest(unit: Floats, engine: Engine) -> Floats:
    """Cosine with the most similar report of every candidate, (N, C)."""
    known = engine.known
    starts = np.searchsorted(known.report_owner, np.arange(len(known.candidates)))
    if len(starts) == 0:
        return np.zeros((len(unit), 0))
    return np.asarray(np.maximum.reduceat(unit @ known.nearest.T, starts, axis=1))
