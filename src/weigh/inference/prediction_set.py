"""The answers that are left in: a set that held the truth in nine of ten earlier cases.

Split conformal prediction (Vovk, Gammerman & Shafer 2005; Lei et al. 2018). A hypothesis's misfit is one
less its probability. The misfits of what proved true in earlier cases say how large a misfit the truth
may have; every hypothesis within that bound is in the set. Of the scores compared on rolling cases before
2020 (this one, adaptive sets by cumulated probability, and ranks), this one gave the smallest sets that
kept their coverage. The promise holds as far as the case is like the earlier ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, inf

import numpy as np
from numpy.typing import NDArray

from weigh.errors import UsageError
from weigh.inference.fit import Row, fit
from weigh.inference.model import Weights, raw_scores, softmax
from weigh.inference.profiles import Floats

LEVEL = 0.90
LEAST_EARLIER = 100
"""Weights fitted on fewer cases are not those that any later case is weighed with."""
_DIGITS = 6
_EXACT = 10**9


def misfit(probabilities: Floats) -> Floats:
    """How ill each hypothesis fits the case, (H,): 0 for a certain one, 1 for an impossible one."""
    return np.asarray(1.0 - probabilities)


def bound(calibration: Sequence[float], level: float) -> float:
    """The largest misfit that a set of this level lets in: the ceil((n + 1) level)-th smallest of the n
    misfits in `calibration`, infinite where n is too small for the level (18 at 95 %, 8 at 90 %).

    Raises `UsageError` for a level outside (0, 1].
    """
    if not 0.0 < level <= 1.0:
        raise UsageError(f"{level!r} is no level of a prediction set", remedy="give a number such as 0.9")
    place = ceil((len(calibration) + 1) * Fraction(round(level * _EXACT), _EXACT))
    return sorted(calibration)[place - 1] if 1 <= place <= len(calibration) else inf


def prediction_set(
    probabilities: Floats, calibration: Sequence[float], level: float = LEVEL
) -> NDArray[np.bool_]:
    """Which hypotheses are in the set, (H,); the most probable always is, for an empty set says nothing.

    The sets of one case are nested by level.
    """
    found = misfit(probabilities) <= bound(calibration, level)
    return np.asarray(found | (probabilities == probabilities.max()))


def rolled_misfits(rows: Mapping[int, Sequence[Row]]) -> tuple[float, ...]:
    """Misfits of the truth in rolling-origin cases, rising, each case answered by weights fitted on
    earlier years alone; years before which fewer than `LEAST_EARLIER` cases are known are left out.

    Rounded up to six digits: a table that people read, whose sets are never too small.
    """
    found: list[float] = []
    for year in sorted(rows):
        earlier = [row for before in sorted(rows) if before < year for row in rows[before]]
        if len(earlier) >= LEAST_EARLIER:
            weights = fit(earlier, "earlier years").values
            found += [
                float(misfit(softmax(raw_scores(row.candidate, row.unlisted, weights)))[row.truth])
                for row in rows[year]
            ]
    return tuple(min(ceil(value * 10**_DIGITS) / 10**_DIGITS, 1.0) for value in sorted(found))


def calibrated(weights: Weights, rows: Mapping[int, Sequence[Row]]) -> Weights:
    """The weights with the misfits of the rolling-origin cases they were fitted on, and whose they are."""
    misfits = rolled_misfits(rows)
    provenance = (
        f"{len(misfits)} rolling-origin cases of the same knowledge, each answered with profiles and "
        "weights of earlier years only"
    )
    return replace(
        weights, calibration=misfits, calibration_provenance=provenance if len(misfits) > 0 else ""
    )
