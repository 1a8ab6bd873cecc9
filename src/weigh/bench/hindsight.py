"""The most that levels could do against planted markers: the same odds, with the level set on the answers.

Markers can be forged, so only the facts tell a frame-up from a trace: by how probable they make the actor
pointed at. Whatever level is chosen, it finds no larger share of frame-ups at a given share of false calls
than this, which is not a rule that anybody could have followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from weigh.bench.deception import AUTHENTIC, PLANTED, Question
from weigh.bench.postures import FALSE_ALARMS, looked
from weigh.bench.scoring import Floats, Groups
from weigh.inference.deception import PRIOR, conclude


@dataclass(frozen=True, slots=True)
class Hindsight:
    """Of every planted question (N,): whether the frame-up is found; whether it is, or the true actor is
    the likeliest other; and the share of authentic markers that look less like a frame-up."""

    found: Floats
    found_or_named: Floats
    ordered: Floats
    group: Groups


def hindsight(asked: Sequence[Question], false_alarms: float = FALSE_ALARMS) -> Hindsight:
    """With the lowest level at which no more than this share of authentic markers is called a frame-up."""
    planted = [item for item in asked if item.protocol == PLANTED]
    authentic = np.sort([_pose(item) for item in asked if item.protocol == AUTHENTIC])
    allowed = int(false_alarms * len(authentic))
    poses = np.array([_pose(item) for item in planted])
    found = poses > authentic[-1 - allowed]
    others = np.array([_likeliest_other(item) == item.truth for item in planted])
    below = np.searchsorted(authentic, poses, side="left") + np.searchsorted(authentic, poses, side="right")
    return Hindsight(
        found.astype(np.float64),
        (found | others).astype(np.float64),
        below / (2.0 * len(authentic)),
        np.array([item.group for item in planted], dtype=np.int64),
    )


def _pose(question: Question) -> float:
    """The chance that somebody poses as the actor pointed at, as `conclude` accuses of it."""
    posed = conclude(looked(question).scores, question.artefacts, PRIOR).accused.posed_as
    return 0.0 if posed is None else posed.probability


def _likeliest_other(question: Question) -> int:
    chances = looked(question).scores.probabilities[:-1].copy()
    chances[[item.points_at for item in question.artefacts]] = 0.0
    return int(chances.argmax())
