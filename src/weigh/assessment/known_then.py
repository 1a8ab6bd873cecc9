"""What was known at an earlier day: the reports that had appeared by then, and weights learned from them.

A report is dated as far as its citation tells. One that may be later is removed: a report of "March 2021" is
known from the end of that March, one of "2021" from the end of that year, and a year or a month that is
supposed, such as `--as-of 2021`, stands for the time before its first day.
"""

from __future__ import annotations

from dataclasses import dataclass

from weigh.errors import KnowledgeError, UsageError
from weigh.inference.engine import Engine
from weigh.inference.fit import fit, lessons, rolling_rows
from weigh.inference.model import Weights
from weigh.inference.prediction_set import LEAST_EARLIER, calibrated
from weigh.inference.profiles import profiles
from weigh.knowledge.days import UNDATED, days_of, is_day
from weigh.knowledge.relations import Relations
from weigh.knowledge.store import Knowledge

_PLACE = "--as-of"


@dataclass(frozen=True, slots=True)
class Known:
    """What a case is weighed with, and in words what was taken for granted for it; none where nothing was."""

    engine: Engine
    sentences: tuple[str, ...] = ()


def known_then(engine: Engine, knowledge: Knowledge, date: str) -> Known:
    """The engine on what was known at a date, a year, a month or a day.

    Raises `KnowledgeError` for undated knowledge, `UsageError` for no date and for one before which nothing
    was known.
    """
    day = _end(date)
    if not knowledge.stamp.dated:
        raise KnowledgeError(
            f"{knowledge.stamp.version} as installed dates only a part of its reports",
            place=_PLACE,
            remedy="use an official bundle: `weigh knowledge use FILE` or `weigh knowledge update`",
        )
    earlier = knowledge.relations.known_by(day)
    if len(earlier.actor) == 0:
        raise UsageError(
            f"nothing was known {_at(date)}", place=_PLACE, remedy="give a day after the first dated report"
        )
    weights, learned = _learned(earlier, engine.weights, knowledge, date)
    known = profiles(earlier)
    counted = _counted(knowledge.relations, day, date)
    left = f"{len(known.candidates)} of {len(engine.known.candidates)} actors are left"
    return Known(Engine(known, weights), (f"{counted}; {left}.", learned))


def _end(date: str) -> int:
    """The last day that is known of: a day itself, or the one before a year or a month."""
    try:
        first, _ = days_of(date)
        if first == UNDATED or "/" in date:
            raise ValueError(date)
    except ValueError as error:
        raise UsageError(
            f"{date!r} is no date such as 2021-07-19",
            place=_PLACE,
            remedy="give a day, a month or a year that the calendar has and that is past",
        ) from error
    return first if is_day(date) else first - 1


def _at(date: str) -> str:
    return f"on {date}" if is_day(date) else f"before {date} began"


def _counted(whole: Relations, day: int, date: str) -> str:
    """How many reports stay and go, and how many of these only because they are dated too roughly."""
    dated, later = whole.last_days > UNDATED, whole.last_days > day
    kept, gone = int((dated & ~later).sum()), int(later.sum())
    rough = int((dated & later & (whole.first_days <= day)).sum())
    unsure = f" ({rough:,} of them told by a month or year that was not over)" if rough > 0 else ""
    said = (
        f"Of {kept + gone:,} dated reports {kept:,} were known {_at(date)} and {gone:,} are removed{unsure}"
    )
    undated = int((~dated).sum())
    if undated > 0:
        count = "1 more is undated and counts" if undated == 1 else f"{undated:,} more are undated and count"
        said += f"; {count} where a report that was known describes the actor"
    return said


def _learned(earlier: Relations, own: Weights, knowledge: Knowledge, date: str) -> tuple[Weights, str]:
    """Weights fitted on what was known then, or the engine's own where that is too little; and in words."""
    rows = rolling_rows(earlier, lessons(earlier))
    cases = [row for year in rows.values() for row in year]
    version = knowledge.stamp.version
    now = f"Which report speaks of whom, names and sponsors are as {version} has them now."
    if len(cases) < LEAST_EARLIER:
        return own, (
            f"Only {len(cases)} cases were known {_at(date)}, {LEAST_EARLIER} are needed to fit on: the "
            f"weights, and the earlier cases that the set of answers goes by, are of later years. {now}"
        )
    provenance = (
        f"fitted on {len(cases)} rolling-origin cases of {min(rows)}-{max(rows)} known {_at(date)}, from "
        f"{version}, knowledge {knowledge.stamp.digest}"
    )
    said = f"The weights and the set of answers are fitted on the {len(cases)} cases known {_at(date)}. {now}"
    return calibrated(fit(cases, provenance), rows), said
