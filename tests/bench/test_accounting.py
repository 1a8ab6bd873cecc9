"""Every pair of group and report is asked or dropped for one reason, under every protocol."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from tests.bench.test_campaigns import GROUPS, NEW, OLD, linked, operation, told
from tests.inference.generators import QUICK, random_relations, rebuilt, relations, triples
from weigh.bench import open_world, protocols
from weigh.bench.accounting import (
    SHARED,
    SOFTWARE,
    UNDATED,
    Counts,
    counts,
    counts_of_techniques,
    full,
    outside,
    thin,
    without_techniques,
)
from weigh.bench.attribution import dropped
from weigh.bench.campaigns import campaign_counts, read_campaigns
from weigh.bench.releases import release_counts, release_forecasts
from weigh.bench.scoring import Forecast
from weigh.compiling.attack import read_bundle
from weigh.compiling.indexing import index
from weigh.compiling.linking import link
from weigh.inference.baselines import cosine, most_reported
from weigh.knowledge.relations import NO_REPORT, Relations, relations_from

RULE = protocols.rule(cosine)


def real_like() -> Relations:
    """Knowledge with all that makes no case: undated, shared, thin and uncited reports, tools alone."""
    drawn = random_relations(5, actors=7, features=40, reports=120)
    rows = triples(drawn)
    shared = [((actor + 1) % 7, report, feature) for actor, report, feature in rows if report % 11 == 0]
    few = [row for row in rows if row[1] % 7 != 0] + [row for row in rows if row[1] % 7 == 0][::5]
    uncited = [(actor, NO_REPORT, feature) for actor, _, feature in rows[:20]]
    tools = [row for row in few if row[1] % 13 != 0 or row[2] >= drawn.software_from]
    years = [0 if report % 9 == 0 else int(year) for report, year in enumerate(drawn.years)]
    return relations_from(
        [*tools, *shared, *uncited], years, actors=7, features=40, software_from=drawn.software_from
    )


KNOWN = real_like()
NAMES = [f"report {number}" for number in range(120)]
PAIRS = {(actor, report) for actor, report, _ in triples(KNOWN) if report != NO_REPORT}
YEARS = outside(2018, 2022)


def _thin_ones() -> list[Forecast]:
    return protocols.rolling_thin(KNOWN, RULE, 2018, 2022)


PROTOCOLS: dict[str, tuple[Callable[[], list[Forecast]], Callable[[], Counts]]] = {
    "leave report out": (
        lambda: protocols.leave_report_out(KNOWN, RULE, NAMES),
        lambda: counts(KNOWN, thin(3)),
    ),
    "leave report out, three techniques": (
        lambda: protocols.leave_report_out(KNOWN, RULE, NAMES, techniques=3),
        lambda: counts(KNOWN, thin(3), without_techniques(KNOWN, 3)),
    ),
    "fixed": (lambda: protocols.fixed(KNOWN, RULE, 2021), lambda: counts(KNOWN, thin(), outside(2021))),
    "rolling": (lambda: protocols.rolling(KNOWN, RULE, 2018, 2022), lambda: counts(KNOWN, thin(), YEARS)),
    "thin": (_thin_ones, lambda: counts(KNOWN, full(), YEARS)),
    "techniques only": (
        lambda: protocols.rolling(KNOWN, RULE, 2018, 2022, techniques_only=True),
        lambda: counts_of_techniques(KNOWN, protocols.techniques_alone(KNOWN), thin(), YEARS),
    ),
}


@pytest.mark.parametrize("name", PROTOCOLS)
def test_what_is_asked_and_what_is_dropped_are_all_pairs(name: str) -> None:
    ask, count = PROTOCOLS[name]
    found, counted = ask(), count()
    assert counted.asked == len(found) > 0
    assert counted.pairs == counted.asked + sum(counted.dropped.values()) == len(PAIRS)
    assert counted.dropped[SHARED] > 0
    assert counted.dropped[UNDATED] > 0
    assert all(number >= 0 for number in counted.dropped.values())
    assert all(item.year > 0 for item in found)


def test_cases_of_few_techniques_are_dropped_for_that_and_change_no_other() -> None:
    name = "leave report out, three techniques"
    assert PROTOCOLS[name][1]().dropped["fewer than 3 techniques"] > 0
    every = {(item.cluster, item.candidates.tobytes()) for item in PROTOCOLS["leave report out"][0]()}
    assert {(item.cluster, item.candidates.tobytes()) for item in PROTOCOLS[name][0]()} < every


def test_reports_of_tools_alone_have_a_reason_where_techniques_alone_are_asked() -> None:
    assert PROTOCOLS["techniques only"][1]().dropped[SOFTWARE] > 0


@QUICK
@given(relations())
def test_each_pair_has_the_first_reason_that_holds(known: Relations) -> None:
    rows = triples(known)
    pairs = {(actor, report) for actor, report, _ in rows if report != NO_REPORT}
    shared = {pair for pair in pairs if sum(other[1] == pair[1] for other in pairs) > 1}
    undated = {pair for pair in pairs - shared if known.years[pair[1]] == 0}
    few = {pair for pair in pairs - shared - undated if sum((a, r) == pair for a, r, _ in rows) < 2}
    found = counts(known, thin(2), outside(2018, 2020))
    years = [int(known.years[report]) for _, report in pairs - shared - undated - few]
    expected = {
        SHARED: len(shared),
        UNDATED: len(undated),
        "fewer than 2 facts": len(few),
        "report is from before 2018": sum(year < 2018 for year in years),
        "report is from after 2020": sum(year > 2020 for year in years),
    }
    assert {reason: number for reason, number in expected.items() if number > 0} == {
        reason: number for reason, number in found.dropped.items() if number > 0
    }
    assert found.asked == sum(2018 <= year <= 2020 for year in years)
    assert found.pairs == len(pairs)


def test_an_undated_report_is_no_case_and_stays_in_the_profiles() -> None:
    later = rebuilt(KNOWN, [row for row in triples(KNOWN) if row[1] == NO_REPORT or KNOWN.years[row[1]] > 0])
    own = protocols.leave_report_out(KNOWN, RULE, NAMES)
    less = protocols.leave_report_out(later, RULE, NAMES)
    assert len(own) == len(less)
    assert any(not np.array_equal(a.candidates, b.candidates) for a, b in zip(own, less, strict=True))


def test_rows_of_what_is_asked_sum_to_all() -> None:
    counted = counts(KNOWN, thin(3))
    told_rows = list(dropped("toy", counted, "toy data"))
    assert {row.n for row in told_rows} == {len(PAIRS)}
    assert sum(row.value for row in told_rows) == len(PAIRS)
    assert told_rows[0].value == counted.asked
    assert [row.direction for row in told_rows] == ["max", *["min"] * (len(told_rows) - 1)]


def test_releases_count_all_pairs_of_the_newer_one(tmp_path: Path) -> None:
    _, older = linked(tmp_path, OLD)
    _, newer = linked(tmp_path, [*OLD, *NEW, *told(0, "Undated", 0, range(4))])
    counted = release_counts(older, newer)
    assert counted.asked == len(release_forecasts(older, newer, protocols.rule(most_reported))) == 2
    assert counted.dropped["report is cited by the older release"] == 2
    assert counted.dropped["fewer than 4 facts"] == 1
    assert counted.pairs == 6


def test_campaigns_count_all_campaigns(tmp_path: Path) -> None:
    source, _ = linked(
        tmp_path,
        [
            *OLD,
            *operation(1, 0, deeds=range(1, 3), report="One"),
            *operation(3, 0, deeds=range(3), report="Gone", revoked=True),
            *operation(4, deeds=range(3), report="Nobody"),
        ],
    )
    counted = campaign_counts(source.objects)
    assert counted.asked == len(read_campaigns(source.objects)) == 1
    assert counted.dropped == {"revoked or deprecated": 1, "attributed to no live group": 1}
    assert len(GROUPS) == counted.pairs


def test_the_official_bundle_is_counted_whole(shared: Path) -> None:
    compiled = link(read_bundle(shared / "data/attack/enterprise-attack-18.1.json.xz"), ())
    known = index(compiled)
    cited = known.report != NO_REPORT
    pairs = set(zip(known.actor[cited].tolist(), known.report[cited].tolist(), strict=True))
    names = [report.name for report in compiled.catalogue.reports]
    found, left = open_world.chosen(known, names)
    assert len(found) + sum(left.values()) == len(pairs)
    for reasons in ((thin(3),), (thin(), outside(2022)), (thin(), outside(2020, 2025)), (full(), YEARS)):
        assert counts(known, *reasons).pairs == len(pairs)
