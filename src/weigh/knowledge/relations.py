"""Who is reported to use what: three parallel columns of indices, and what they point to.

One row says that one report says that one actor uses one feature (a technique or software). Row
order means nothing. The columns may be memory-mapped and are never written to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]

NO_REPORT = -1


@dataclass(frozen=True, slots=True)
class Relations:
    """Rows `(actor, report, feature)`, each of shape (rows,), int32.

    `report` is `NO_REPORT` for a relation whose citation is lost: it counts as a use, and all such
    uses of one actor count as one undated report. `years` has one entry per report, 0 for undated.
    Features are numbered techniques first, then software: `software_from` is the first software.
    """

    actor: Ints
    report: Ints
    feature: Ints
    years: Ints
    actors: int
    features: int
    software_from: int

    @property
    def row_years(self) -> Ints:
        """Year of each row's report, 0 where unknown; shape (rows,)."""
        return np.append(self.years, np.int32(0))[self.report].astype(np.int32)  # NO_REPORT is the last

    def keep(self, rows: Mask) -> Relations:
        """The same actors, features and reports, with only the rows where `rows` is true."""
        return Relations(
            self.actor[rows],
            self.report[rows],
            self.feature[rows],
            self.years,
            self.actors,
            self.features,
            self.software_from,
        )

    def known_before(self, year: int) -> Relations:
        """The relations as they stood before `year`.

        Undated reports stay in the profiles of actors that a dated report already describes; an actor
        without an earlier dated report was not known then, as far as anyone can tell.
        """
        years = self.row_years
        earlier = (years > 0) & (years < year)
        described = np.zeros(self.actors, dtype=np.bool_)
        described[self.actor[earlier]] = True
        return self.keep(earlier | ((years == 0) & described[self.actor]))


def relations_from(
    rows: Iterable[tuple[int, int, int]],
    years: Sequence[int],
    *,
    actors: int,
    features: int,
    software_from: int,
) -> Relations:
    """Relations from index triples; repeated triples count once."""
    table = np.array(sorted(set(rows)), dtype=np.int32).reshape(-1, 3)
    return Relations(
        actor=np.ascontiguousarray(table[:, 0]),
        report=np.ascontiguousarray(table[:, 1]),
        feature=np.ascontiguousarray(table[:, 2]),
        years=np.array(years, dtype=np.int32),
        actors=actors,
        features=features,
        software_from=software_from,
    )
