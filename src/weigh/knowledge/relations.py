"""Who is reported to use what: parallel columns of indices, and what they point to.

One row says that one report says that one actor uses one feature (a technique or software), or that
one software can do one technique. Row order means nothing. The columns may be memory-mapped and are
never written to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from weigh.knowledge.days import UNDATED, days_of

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]

NO_REPORT = -1


def _no_rows() -> Ints:
    return np.empty(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Abilities:
    """Rows `(software, report, technique)`, each of shape (rows,), int32: feature indices, and a report
    or `NO_REPORT`. What a tool can do is known of an actor who uses it before anybody saw him do it."""

    software: Ints = field(default_factory=_no_rows)
    report: Ints = field(default_factory=_no_rows)
    technique: Ints = field(default_factory=_no_rows)

    def keep(self, rows: Mask) -> Abilities:
        """Only the rows where `rows` is true."""
        return Abilities(self.software[rows], self.report[rows], self.technique[rows])


@dataclass(frozen=True, slots=True)
class Relations:
    """Rows `(actor, report, feature)`, each of shape (rows,), int32.

    `report` is `NO_REPORT` for a relation whose citation is lost: it counts as a use, and all such
    uses of one actor count as one undated report. `years` has one entry per report, 0 for undated;
    `first_days` and `last_days`, as in `knowledge.days`, are those on which it can have appeared.
    Features are numbered techniques first, then software: `software_from` is the first software.
    `report_names` has one entry per report, or none where reports are known by their place alone: what is
    drawn of a report hangs on its name, so that no other report, and no actor, changes it.
    """

    actor: Ints
    report: Ints
    feature: Ints
    years: Ints
    first_days: Ints
    last_days: Ints
    actors: int
    features: int
    software_from: int
    abilities: Abilities = field(default_factory=Abilities)
    report_names: tuple[str, ...] = ()

    @property
    def row_years(self) -> Ints:
        """Year of each row's report, 0 where unknown; shape (rows,)."""
        return np.append(self.years, np.int32(0))[self.report].astype(np.int32)  # NO_REPORT is the last

    def keep(self, rows: Mask) -> Relations:
        """The same knowledge, with only those uses by actors where `rows` is true."""
        return replace(self, actor=self.actor[rows], report=self.report[rows], feature=self.feature[rows])

    def without(self, reports: Mask) -> Relations:
        """The same knowledge without anything that rests on one of `reports`, shape (reports,)."""
        gone = np.append(reports, False)  # NO_REPORT is the last
        kept = self.keep(~gone[self.report])
        return replace(kept, abilities=self.abilities.keep(~gone[self.abilities.report]))

    def known_before(self, year: int) -> Relations:
        """The relations as they stood before `year`.

        Undated reports stay in the profiles of actors that a dated report already describes; an actor
        without an earlier dated report was not known then, as far as anyone can tell, nor was an
        ability of a tool.
        """
        return self._known_from((self.years > 0) & (self.years < year))

    def known_by(self, day: int) -> Relations:
        """The relations as they stood at the end of a `day`: a report that may be of a later one is none of
        theirs. What is undated stays and goes as in `known_before`."""
        return self._known_from((self.last_days > UNDATED) & (self.last_days <= day))

    def _known_from(self, reports: Mask) -> Relations:
        """What rests on these dated reports, shape (reports,), and what is undated of the actors in them."""
        earlier = np.append(reports, False)  # NO_REPORT is the last
        described = np.zeros(self.actors, dtype=np.bool_)
        described[self.actor[earlier[self.report]]] = True
        undated = (self.row_years == 0) & described[self.actor]
        kept = self.keep(earlier[self.report] | undated)
        return replace(kept, abilities=self.abilities.keep(earlier[self.abilities.report]))


def relations_from(
    rows: Iterable[tuple[int, int, int]],
    years: Sequence[int],
    *,
    actors: int,
    features: int,
    software_from: int,
    abilities: Iterable[tuple[int, int, int]] = (),
    dates: Sequence[str] | None = None,
    report_names: Iterable[str] = (),
) -> Relations:
    """Relations from index triples; repeated triples count once.

    `dates` tells of each report as much as is known, as in `knowledge.days`; without it that is its year.
    """
    actor, report, feature = _columns(rows)
    told = [f"{year:04d}" if year > 0 else "" for year in years] if dates is None else dates
    days = np.array([days_of(date) for date in told], dtype=np.int32).reshape(-1, 2)
    return Relations(
        actor=actor,
        report=report,
        feature=feature,
        years=np.array(years, dtype=np.int32),
        first_days=np.ascontiguousarray(days[:, 0]),
        last_days=np.ascontiguousarray(days[:, 1]),
        actors=actors,
        features=features,
        software_from=software_from,
        abilities=Abilities(*_columns(abilities)),
        report_names=tuple(report_names),
    )


def _columns(rows: Iterable[tuple[int, int, int]]) -> tuple[Ints, Ints, Ints]:
    table = np.array(sorted(set(rows)), dtype=np.int32).reshape(-1, 3)
    first, second, third = (np.ascontiguousarray(table[:, column]) for column in range(3))
    return first, second, third
