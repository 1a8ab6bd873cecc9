"""One release of the knowledge asked about what only a later release tells."""

from __future__ import annotations

import numpy as np

from weigh.bench.protocols import Method
from weigh.bench.scoring import Forecast
from weigh.compiling.indexing import index
from weigh.compiling.linking import Linked
from weigh.inference.features import facts
from weigh.inference.fit import LEAST_FACTS, cases, lessons, rolling_rows
from weigh.inference.profiles import profiles
from weigh.knowledge.catalogue import Catalogue


def release_forecasts(older: Linked, newer: Linked, method: Method) -> list[Forecast]:
    """Cases of reports that only the newer release cites, against the older release as it is.

    A fact that the older release has no id for is left out; cases keep at least `LEAST_FACTS`. A group
    without a report in the older release is unlisted. The method learns from the older release alone.
    """
    before, after = index(older), index(newer)
    rows = rolling_rows(before, lessons(before))
    answer = method([row for year in rows.values() for row in year])
    known = profiles(before)
    held = {report.name for report in older.catalogue.reports}
    features = {name: row for row, name in enumerate(_features(older.catalogue))}
    new_names = _features(newer.catalogue)
    actors = {actor.id: row for row, actor in enumerate(older.catalogue.actors)}
    forecasts = []
    for item in cases(after):
        shown = [features[name] for name in (new_names[i] for i in item.facts.index) if name in features]
        if newer.catalogue.reports[item.report].name in held or len(shown) < LEAST_FACTS:
            continue
        odds, unlisted = answer(facts(dict.fromkeys(shown, 1.0), item.year), known)
        actor = actors.get(newer.catalogue.actors[item.actor].id, -1)
        place = np.flatnonzero(known.candidates == actor)
        truth = int(place[0]) if len(place) > 0 else -1
        forecasts.append(Forecast(item.actor, truth, odds, unlisted, item.year))
    return forecasts


def _features(catalogue: Catalogue) -> list[str]:
    return [item.id for item in catalogue.techniques] + [item.id for item in catalogue.software]
