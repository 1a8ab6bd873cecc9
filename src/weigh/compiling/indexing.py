"""Linked uses -> the index columns of `Relations`, in the catalogue's own order."""

from __future__ import annotations

from weigh.compiling.linking import Linked
from weigh.knowledge.relations import NO_REPORT, Relations, relations_from


def index(linked: Linked) -> Relations:
    """Actors, reports and features become their positions in the catalogue."""
    catalogue = linked.catalogue
    actors = {actor.id: row for row, actor in enumerate(catalogue.actors)}
    reports = {report.name: row for row, report in enumerate(catalogue.reports)}
    names = [item.id for item in catalogue.techniques] + [item.id for item in catalogue.software]
    features = {name: row for row, name in enumerate(names)}
    return relations_from(
        (
            (actors[use.actor], reports.get(use.report, NO_REPORT), features[use.feature])
            for use in linked.uses
        ),
        [report.year for report in catalogue.reports],
        actors=len(actors),
        features=len(features),
        software_from=len(catalogue.techniques),
        abilities=(
            (features[row.software], reports.get(row.report, NO_REPORT), features[row.technique])
            for row in linked.abilities
        ),
        dates=[report.date for report in catalogue.reports],
        report_names=reports,
    )
