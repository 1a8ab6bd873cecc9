"""Fitting the model's weights on compiled knowledge, and keeping them beside it."""

from __future__ import annotations

from pathlib import Path

from weigh.errors import KnowledgeError
from weigh.inference.fit import fit, lessons, rolling_rows
from weigh.inference.model import Weights
from weigh.inference.prediction_set import calibrated
from weigh.inference.weights import write
from weigh.knowledge.store import Knowledge

_FEWEST_CASES = 100


def fit_on(knowledge: Knowledge, path: Path) -> Weights:
    """Weights fitted on all rolling-origin cases of `knowledge`, with the misfits that calibrate their
    prediction sets, saved in `path`.

    Raises `KnowledgeError` when the knowledge is undated, or holds too few cases to fit on.
    """
    if not knowledge.stamp.dated:
        raise KnowledgeError(
            "this knowledge does not date its reports, so nothing can be rolled forward in time",
            place=knowledge.stamp.version,
            remedy="use an official bundle: `weigh knowledge use FILE` or `weigh knowledge update`",
        )
    rows = rolling_rows(knowledge.relations, lessons(knowledge.relations))
    flat = [row for year in rows.values() for row in year]
    if len(flat) < _FEWEST_CASES:
        raise KnowledgeError(
            f"only {len(flat)} dated cases, {_FEWEST_CASES} are needed", place=knowledge.stamp.version
        )
    weights = calibrated(fit(flat, provenance(knowledge, len(flat), min(rows), max(rows))), rows)
    write(path, weights)
    return weights


def provenance(knowledge: Knowledge, count: int, first: int, last: int) -> str:
    """What the weights were fitted on, in words."""
    return (
        f"fitted on {count} rolling-origin cases of {first}-{last} from {knowledge.stamp.version}, "
        f"knowledge {knowledge.stamp.digest}"
    )
