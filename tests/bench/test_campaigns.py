"""Campaigns and releases as protocols: what is taken away, what is asked, and who counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compiling import bundles as b
from weigh.bench.campaigns import Campaign, campaign_forecasts, read_campaigns
from weigh.bench.protocols import rule
from weigh.bench.releases import release_forecasts
from weigh.compiling.attack import AttackSource
from weigh.compiling.indexing import index
from weigh.compiling.linking import Linked, link
from weigh.inference.baselines import BASELINES

COSINE = rule(BASELINES["cosine"][1])
GROUPS = [b.group(number) for number in range(1, 4)]
DEEDS = [b.technique(number) for number in range(1, 10)]


def told(group: int, report: str, year: int, deeds: range) -> list[b.Stix]:
    """One report that says a group does some of the deeds."""
    cited = (report, f"Writer. ({year}, May 1). {report}.")
    return [b.uses(GROUPS[group], DEEDS[deed], cited) for deed in deeds]


def linked(folder: Path, relations: list[b.Stix]) -> tuple[AttackSource, Linked]:
    """The groups and deeds with these relations, compiled."""
    source = b.source(folder, [*GROUPS, *DEEDS, *relations])
    return source, link(source, ())


OLD = [*told(0, "First", 2019, range(5)), *told(1, "Second", 2019, range(5, 9))]
NEW = [
    *told(0, "Third", 2023, range(4)),
    *told(2, "Fourth", 2023, range(5, 9)),
    *told(1, "Thin", 2023, range(5, 6)),
]


def test_only_reports_that_are_new_to_the_later_release_are_asked(tmp_path: Path) -> None:
    _, older = linked(tmp_path, OLD)
    _, newer = linked(tmp_path, [*OLD, *NEW])
    found = release_forecasts(older, newer, COSINE)
    assert [(item.cluster, item.truth, item.year) for item in found] == [(0, 0, 2023), (2, -1, 2023)]
    assert [int(item.candidates.argmax()) for item in found] == [0, 1]
    assert release_forecasts(newer, newer, COSINE) == []


def operation(number: int, *groups: int, deeds: range, report: str, **rest: object) -> list[b.Stix]:
    """A campaign with deeds of its own, attributed to groups, all told by one report."""
    own = b.campaign(number, **rest)
    cited = (report, f"Writer. (2022, May 1). {report}.")
    uses = [b.uses(own, DEEDS[deed], cited) for deed in deeds]
    return [own, *uses, *(b.relation("attributed-to", own, GROUPS[group], report) for group in groups)]


def test_campaigns_are_read_with_their_groups_deeds_and_reports(tmp_path: Path) -> None:
    source, _ = linked(
        tmp_path,
        [
            *OLD,
            *operation(2, 1, 0, deeds=range(2), report="Both"),
            *operation(1, 0, deeds=range(1, 3), report="One"),
            *operation(3, 0, deeds=range(3), report="Gone", revoked=True),
            *operation(4, deeds=range(3), report="Nobody"),
        ],
    )
    first, second = read_campaigns(source.objects)
    assert (first.id, first.groups, first.features) == ("C0001", ("G0001",), ("T1002", "T1003"))
    assert "One" in first.reports
    assert (second.id, second.groups) == ("C0002", ("G0001", "G0002"))


@pytest.mark.parametrize(("report", "left"), [("Fourth", False), ("Another", True)])
def test_what_the_campaigns_own_reports_say_is_taken_away(tmp_path: Path, report: str, left: bool) -> None:
    """The third group is known by the fourth report alone: without it, nobody can name the group."""
    mission = operation(1, 2, deeds=range(5, 9), report=report)
    source, known = linked(tmp_path, [*OLD, *told(2, "Fourth", 2021, range(5, 9)), *mission])
    (found,) = campaign_forecasts(read_campaigns(source.objects), known, index(known), COSINE)
    assert found.listed is left
    assert found.cluster == 2


def test_the_better_placed_of_two_groups_counts(tmp_path: Path) -> None:
    _, known = linked(tmp_path, OLD)
    both = Campaign("C0001", ("G0001", "G0002"), ("T1006", "T1007"), frozenset())
    (found,) = campaign_forecasts([both], known, index(known), COSINE)
    assert found.truth == 1
    assert found.candidates.argmax() == 1
