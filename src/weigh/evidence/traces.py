"""Artefacts: traces in files and code of which a text says whose they look like, and whether they are forged.

"The Rich header points to Slate Heron" is two things. That the header fits the group's is an observation,
easily forged; that the group did it is a claim (`claims`), and never follows from this file. A trace is tied
to an actor, or to software of one, only where the same sentence ties it. Elsewhere it is a circumstance.

The value says what the sentence says: "rich header points to G0032", "code points to S0365", with ", forged"
after it where the text says so; "rich header" alone where it is tied to nobody that the knowledge holds.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

POINTS_TO, FORGED = " points to ", ", forged"
TIED, HEDGED, UNTIED = 0.85, 0.55, 0.7
"""Chance that a trace and whom it points at were read rightly and are so: plainly said, said with "may", tied
to nobody. Our own reading of reports; a hedged tie is worth little more than nothing."""
NO_ACTOR = "the sentence ties it to no actor that the knowledge holds: a circumstance, shown and not weighed"
SUSPECTED = "a suspicion of false evidence that no artefact is named for: shown, not weighed"
COMPARED = "is named as what a trace looks like, not as something used here"
DENIED = "the sentence says that it does not point there"
FALSE_FLAG = "false flag"


@dataclass(frozen=True, slots=True)
class Chances:
    """The chance that the actor pointed at leaves such a trace, and that anybody else does, each in (0,
    1)."""

    hit: float
    background: float


@dataclass(frozen=True, slots=True)
class Trace:
    """What an artefact's value says: its sort, the id that it points to (empty for nobody), whether it was
    forged."""

    sort: str
    target: str = ""
    forged: bool = False

    @property
    def value(self) -> str:
        """The value of the observation."""
        return (
            self.sort
            + (POINTS_TO + self.target if self.target != "" else "")
            + (FORGED if self.forged else "")
        )


def parsed(value: str) -> Trace | None:
    """The trace that a value says, None for what is none. A target is taken as it is written."""
    rest = value.strip()
    forged = rest.endswith(FORGED)
    rest = rest.removesuffix(FORGED)
    sort, _, target = rest.partition(POINTS_TO)
    sort = sort.strip().lower()
    return Trace(sort, target.strip(), forged) if sort in sorts() or sort == FALSE_FLAG else None


def chances(sort: str) -> Chances | None:
    """The chances of one sort of trace, None for a sort that the table does not have."""
    row = _table().get(sort)
    return None if row is None else Chances(float(row["hit"]), float(row["background"]))


def sorts() -> tuple[str, ...]:
    """Every sort of trace that can point at somebody."""
    return tuple(_table())


def forging(sort: str) -> str:
    """The row of the forgeability table for a sort of trace."""
    return str(_table()[sort].get("forging", sort))


def cues() -> dict[str, str]:
    """Words without which no sentence is looked at, folded, each with the sort that it may tell of."""
    return {cue: sort for sort, row in _table().items() for cue in (sort, *str(row["cues"]).split(", "))}


@cache
def words(sort: str) -> re.Pattern[str]:
    """What names a trace of a sort; the sort's own name does where "points to" follows, as in a value."""
    return re.compile(rf"{_table()[sort]['words']}|\b{sort}(?= points to\b)", re.IGNORECASE)


@cache
def _table() -> dict[str, dict[str, str | float]]:
    table: dict[str, dict[str, str | float]] = tomllib.loads(
        files("weigh.evidence").joinpath("traces.toml").read_text(encoding="utf-8")
    )
    return table
