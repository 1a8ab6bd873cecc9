"""One release of the knowledge asked about what only a later release tells."""

from __future__ import annotations

import numpy as np

from weigh.bench.accounting import Counts, counts, thin
from weigh.bench.protocols import Method
from weigh.bench.scoring import Forecast
from weigh.compiling.indexing import index
from weigh.compiling.linking import Linked
from weigh.inference.features import facts
from weigh.inference.fit import LEAST_FACTS, Case, cases, lessons, rolling_rows
from weigh.inference.profiles import profiles
from weigh.knowledge.catalogue import Catalogue


def release_forecasts(older: Linked, newer: Linked, method: Method) -> list[Forecast]:
    """Cases of reports that only the newer release cites, against the older release as it is.

    A fact that the older release has no id for is left out; cases keep at least `LEAST_FACTS`. A group
    without a report in the older release is unlisted. The method learns from the older release alone.
    """
    before = index(older)
    rows = rolling_rows(before, lessons(before))
    answer = method([row for year in rows.values() for row in year])
    known = profiles(before)
    places = _Places(older, newer)
    actors = {actor.id: row for row, actor in enumerate(older.catalogue.actors)}
    forecasts = []
    for item in cases(index(newer)):
        if places.held_before(item) != "" or places.unknown_before(item) != "":
            continue
        odds, unlisted = answer(facts(dict.fromkeys(places.shown(item), 1.0), item.year), known)
        actor = actors.get(newer.catalogue.actors[item.actor].id, -1)
        place = np.flatnonzero(known.candidates == actor)
        truth = int(place[0]) if len(place) > 0 else -1
        forecasts.append(Forecast(item.actor, truth, odds, unlisted, item.year))
    return forecasts


def release_counts(older: Linked, newer: Linked) -> Counts:
    """Which pairs of the newer release are asked of the older one."""
    places = _Places(older, newer)
    return counts(index(newer), thin(), places.held_before, places.unknown_before)


class _Places:
    """Where the older release keeps what the newer one tells."""

    def __init__(self, older: Linked, newer: Linked) -> None:
        self._held = {report.name for report in older.catalogue.reports}
        self._reports = [report.name for report in newer.catalogue.reports]
        self._rows = {name: row for row, name in enumerate(_features(older.catalogue))}
        self._names = _features(newer.catalogue)

    def shown(self, item: Case) -> list[int]:
        """The facts of a case as the older release numbers them, without those that it has no id for."""
        names = (self._names[row] for row in item.facts.index)
        return [self._rows[name] for name in names if name in self._rows]

    def held_before(self, item: Case) -> str:
        """Not asked where the older release cites the report."""
        return "report is cited by the older release" if self._reports[item.report] in self._held else ""

    def unknown_before(self, item: Case) -> str:
        """Not asked where the older release has ids for too few of the facts."""
        few = len(self.shown(item)) < LEAST_FACTS
        return f"fewer than {LEAST_FACTS} facts that the older release has an id for" if few else ""


def _features(catalogue: Catalogue) -> list[str]:
    return [item.id for item in catalogue.techniques] + [item.id for item in catalogue.software]
