"""Very many cases at once: the same probabilities as case by case, by products of matrices.

Nothing is explained here: who wants to know why asks the engine for that case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from weigh.inference.engine import Engine
from weigh.inference.features import (
    ABSENCE_SCALE,
    EXCLUSIVE_CAP,
    SOFTWARE_PER_UNIT,
    Facts,
    recency,
)
from weigh.inference.model import softmax
from weigh.inference.profiles import Floats, unit_rows

CHUNK = 1_000
"""Cases that are weighed together: some 60 MB of tables at a time on ATT&CK."""


def weigh_many(cases: Sequence[Facts], engine: Engine, chunk: int = CHUNK) -> Iterator[Floats]:
    """Probabilities of each chunk of cases in turn, (at most `chunk`, H); `unlisted` is the last column."""
    for start in range(0, len(cases), chunk):
        yield _weighed(cases[start : start + chunk], engine)


def _weighed(cases: Sequence[Facts], engine: Engine) -> Floats:
    known, weights = engine.known, engine.weights
    shown = np.zeros((len(cases), len(known.base)))
    for row, case in enumerate(cases):
        shown[row, case.index] = case.presence
    total = shown.sum(axis=1, keepdims=True)
    root = np.sqrt(np.maximum(total, 1.0))
    unit = unit_rows(shown * known.idf)
    tools = shown[:, known.software_from :]
    rarity = tools / np.maximum(known.users[known.software_from :], 1.0)
    exclusive = np.minimum(rarity @ known.uses[:, known.software_from :].T, EXCLUSIVE_CAP)
    nearest, profile = _nearest(unit, engine), unit @ known.profile.T
    values = [
        (shown / root) @ known.log_ratio.T,
        nearest,
        profile,
        exclusive,
        unit @ known.armed.T,
        (known.absent_total - shown @ known.log_absent.T) * np.sqrt(total) * ABSENCE_SCALE,
        np.broadcast_to(np.log(known.reports + 1.0), profile.shape),
        np.stack([recency(case, known) for case in cases]),
    ]
    scores = sum(beta * value for beta, value in zip(weights.candidate, values, strict=True))
    software = tools.sum(axis=1)
    unlisted = np.stack(
        [
            *(value.max(axis=1, initial=0.0) for value in (nearest, profile, exclusive)),
            (total / root)[:, 0],
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
