"""Campaigns that ATT&CK attributes to a group: is the group found without the campaign's own sources?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from weigh.bench.accounting import Counts
from weigh.bench.protocols import Method
from weigh.bench.scoring import Forecast
from weigh.compiling.attack import StixObject
from weigh.compiling.linking import Linked
from weigh.inference.features import facts
from weigh.inference.fit import Row, lessons, rolling_rows
from weigh.inference.profiles import profiles
from weigh.knowledge.relations import Relations

_RELATED = ("uses", "attributed-to")


@dataclass(frozen=True, slots=True)
class Campaign:
    """What is said of one campaign: groups and features by ATT&CK id, and every report that it rests on."""

    id: str
    groups: tuple[str, ...]
    features: tuple[str, ...]
    reports: frozenset[str]


def read_campaigns(objects: Sequence[StixObject]) -> list[Campaign]:
    """Live campaigns that are attributed to at least one live group, by id."""
    by_id = {item.id: item for item in objects}
    found = []
    for item in objects:
        if item.type != "campaign" or not item.live:
            continue
        related = [
            other
            for other in objects
            if other.source_ref == item.id and other.live and other.relationship_type in _RELATED
        ]
        groups = _targets(related, by_id, "attributed-to")
        if len(groups) > 0:
            reports = {ref.report for each in (item, *related) for ref in each.external_references}
            found.append(
                Campaign(item.attack_id, groups, _targets(related, by_id, "uses"), frozenset(reports))
            )
    return sorted(found, key=lambda row: row.id)


def campaign_counts(objects: Sequence[StixObject]) -> Counts:
    """Which of all campaigns are asked, and why the others are not."""
    every = [item for item in objects if item.type == "campaign"]
    live, asked = sum(item.live for item in every), len(read_campaigns(objects))
    dropped = {"revoked or deprecated": len(every) - live, "attributed to no live group": live - asked}
    return Counts(asked, dropped)


def campaign_forecasts(
    campaigns: Sequence[Campaign], linked: Linked, relations: Relations, method: Method
) -> list[Forecast]:
    """Each campaign's features against the knowledge without anything that its own reports say.

    The method learns from rolling-origin cases of no campaign's reports. Where a campaign has two groups
    the better placed one counts.
    """
    catalogue = linked.catalogue
    names = [report.name for report in catalogue.reports]
    ids = [item.id for item in catalogue.techniques] + [item.id for item in catalogue.software]
    features = {name: row for row, name in enumerate(ids)}
    actors = {actor.id: row for row, actor in enumerate(catalogue.actors)}
    own = frozenset().union(*(campaign.reports for campaign in campaigns))
    answer = method(list(_rows_without(relations, names, own)))
    forecasts = []
    for campaign in campaigns:
        known = profiles(relations.without(np.array([name in campaign.reports for name in names])))
        case = facts({features[name]: 1.0 for name in campaign.features if name in features})
        odds, unlisted = answer(case, known)
        groups = [actors[group] for group in campaign.groups if group in actors]
        places = np.flatnonzero(np.isin(known.candidates, groups))
        truth = int(places[np.argmax(odds[places])]) if len(places) > 0 else -1
        forecasts.append(Forecast(groups[0], truth, odds, unlisted))
    return forecasts


def _rows_without(relations: Relations, names: Sequence[str], reports: frozenset[str]) -> Iterator[Row]:
    kept = [item for item in lessons(relations) if names[item.report] not in reports]
    for rows in rolling_rows(relations, kept).values():
        yield from rows


def _targets(
    related: Sequence[StixObject], by_id: dict[str, StixObject], relationship: str
) -> tuple[str, ...]:
    ends = [by_id.get(item.target_ref) for item in related if item.relationship_type == relationship]
    return tuple(sorted({end.attack_id for end in ends if end is not None and end.live and end.attack_id}))
