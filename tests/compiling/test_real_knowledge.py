"""Real knowledge: the counts that everything else rests on, from the package and from the official bundle."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from weigh.compiling.attack import AttackSource, read_bundle, read_embedded
from weigh.compiling.build import _notes
from weigh.compiling.galaxy import read_galaxy
from weigh.compiling.indexing import index
from weigh.compiling.linking import Linked, link
from weigh.inference.batch import weigh_many
from weigh.inference.engine import Engine, prepare
from weigh.inference.features import facts
from weigh.inference.fit import fit, lessons, rolling_rows
from weigh.inference.weights import shipped
from weigh.knowledge.catalogue import Actor
from weigh.knowledge.naming import resolve
from weigh.knowledge.relations import NO_REPORT


@pytest.fixture(scope="module")
def embedded() -> AttackSource:
    """ATT&CK as it is installed with Weigh."""
    return read_embedded()


@pytest.fixture(scope="module")
def installed(embedded: AttackSource) -> Linked:
    """What is installed with Weigh, linked."""
    return link(embedded, read_galaxy().actors)


@pytest.fixture(scope="module")
def official(shared: Path) -> AttackSource:
    """The official bundle of the same release."""
    return read_bundle(shared / "data/attack/enterprise-attack-18.1.json.xz")


@pytest.fixture(scope="module")
def dated(official: AttackSource, shared: Path) -> Linked:
    """The official bundle, linked with the current galaxy."""
    return link(official, read_galaxy(shared / "data/galaxy/threat-actor.json.xz").actors)


def groups(found: Linked) -> list[Actor]:
    """The actors that ATT&CK holds."""
    return [actor for actor in found.catalogue.actors if not actor.id.startswith("misp:")]


def counts(found: Linked) -> tuple[int, int, int, int]:
    """Groups, techniques, software, uses of groups by (actor, feature)."""
    pairs = {(use.actor, use.feature) for use in found.uses}
    return len(groups(found)), len(found.catalogue.techniques), len(found.catalogue.software), len(pairs)


def test_the_installed_package_loses_citations_and_says_how_many(
    embedded: AttackSource, installed: Linked
) -> None:
    uses = [
        item
        for item in embedded.objects
        if item.relationship_type == "uses" and item.live and item.source_ref.startswith("intrusion-set--")
    ]
    assert len(uses) == 5466
    assert sum(len(item.external_references) == 0 for item in uses) == embedded.uncited == 1410
    (_, note) = _notes(embedded, 0.8)
    assert note.startswith("relations of groups without a complete citation: 1,410 (the package cuts")
    assert counts(installed)[:3] == (172, 691, 784)


def test_every_installed_group_can_be_a_hypothesis(installed: Linked) -> None:
    assert all(actor.reports > 0 for actor in groups(installed))
    relations = index(installed)
    assert len(np.unique(relations.actor)) == 172
    assert int((relations.report == NO_REPORT).sum()) == 1764


def test_the_official_bundle_has_the_same_uses_with_their_reports(
    official: AttackSource, dated: Linked, installed: Linked
) -> None:
    assert counts(dated) == counts(installed)
    pairs = {(use.actor, use.feature) for use in dated.uses}
    assert pairs == {(use.actor, use.feature) for use in installed.uses}
    assert (official.version, official.uncited) == ("18.1", 5)
    year_of = {report.name: report.year for report in dated.catalogue.reports}
    cited = {use.report for use in dated.uses} - {""}
    assert len(cited) == 1002
    assert sum(year_of[name] == 0 for name in cited) == 25
    years = [year_of[name] for name in cited if year_of[name] > 0]
    assert (min(years), max(years)) == (2012, 2025)


def test_what_tools_can_do_is_known_with_its_reports(dated: Linked, installed: Linked) -> None:
    able = {(row.software, row.technique) for row in dated.abilities}
    assert able == {(row.software, row.technique) for row in installed.abilities}
    assert len(able) == 10_636
    assert {row.report for row in dated.abilities} - {""} <= {row.name for row in dated.catalogue.reports}


def test_three_of_the_787_pieces_of_software_are_no_longer_live(
    official: AttackSource, dated: Linked
) -> None:
    software = [item for item in official.objects if item.type in {"malware", "tool"}]
    assert len(software) == 787
    assert len(dated.catalogue.software) == sum(item.live for item in software) == 784


def test_the_citations_that_the_package_keeps_are_those_of_the_bundle(
    dated: Linked, installed: Linked
) -> None:
    kept = {use for use in installed.uses if use.report != ""}
    assert kept <= set(dated.uses)
    assert len(kept) > 4900


def test_campaigns_count_for_their_group(dated: Linked) -> None:
    assert dated.dropped == {
        "campaign attributed to nobody": 622,
        "campaign attributed to several groups": 4,
    }
    assert sum(len(use.campaign) > 0 for use in dated.uses) > 500


def test_a_retired_id_leads_to_its_successor(dated: Linked) -> None:
    now = {row.id: row.now for row in dated.catalogue.retired}
    assert now["T1086"] == "T1059.001"
    assert now["T1193"] == "T1566.001"
    assert len(now) == 162


@pytest.mark.parametrize("release", ["12.1", "15.1"])
def test_older_releases_are_read_and_linked(shared: Path, release: str) -> None:
    found = link(read_bundle(shared / f"data/attack/enterprise-attack-{release}.json.xz"), ())
    assert 130 <= len(groups(found)) <= 172
    assert len(index(found).actor) > 3000
    assert all(len(actor.id) == 5 for actor in groups(found))


def test_names_lead_to_all_who_bear_them_with_who_says_so(dated: Linked) -> None:
    (bear,) = resolve("fancy bear", dated.catalogue)
    assert bear.actor.id == "G0007"
    thrip = resolve("Thrip", dated.catalogue)
    assert {match.actor.id for match in thrip} == {"G0030", "G0076"}
    assert all(len(match.said_by) > 0 for match in thrip)


def test_sponsors_are_claims_beside_the_group(installed: Linked) -> None:
    claims = [claim for actor in groups(installed) for claim in actor.sponsors]
    assert len(claims) > 100
    assert all(len(claim.said_by) > 0 and len(claim.sponsor) > 0 for claim in claims)


def test_the_shipped_weights_are_those_that_the_official_bundle_gives(dated: Linked) -> None:
    relations = index(dated)
    rows = [row for year in rolling_rows(relations, lessons(relations)).values() for row in year]
    found = fit(rows, "")
    assert found.values == pytest.approx(shipped().values, rel=1e-3, abs=1e-3)
    assert found.errors == pytest.approx(shipped().errors, rel=1e-3)
    assert f"fitted on {len(rows)} rolling-origin cases" in shipped().provenance


@pytest.fixture(scope="module")
def engine(installed: Linked) -> Engine:
    """The model on what is installed."""
    return prepare(index(installed), shipped())


def test_no_tool_on_its_own_makes_an_actor_almost_certain(engine: Engine) -> None:
    """Of earlier cases of one exclusive tool, about one in ten was somebody else's."""
    tools = range(engine.known.software_from, len(engine.known.base))
    alone = [facts({tool: 1.0}, 2025) for tool in tools]
    leading = np.concatenate([part.max(axis=1) for part in weigh_many(alone, engine)])
    assert len(leading) == len(tools) > 500
    assert 0.5 < leading.max() < 0.97


def test_a_tool_of_one_actor_alone_speaks_for_it_the_more_the_surer_it_was_seen(engine: Engine) -> None:
    """On real knowledge this holds against every other candidate and against `unlisted`.

    It is no law of the model: a fact shrinks the weight of the others, so where those point to the
    actor still more strongly, a surer sighting can cost it a little. Such a case needs tiny knowledge.
    """
    known, random = engine.known, np.random.default_rng(7)
    alone = np.flatnonzero((known.users == 1) & (np.arange(len(known.users)) >= known.software_from))
    seen = np.flatnonzero(known.users > 1)
    for tool in random.choice(alone, size=40, replace=False):
        others = {
            int(f): float(random.uniform(0.3, 1))
            for f in random.choice(seen, size=int(random.integers(1, 30)))
        }
        low, high = (engine.weigh(facts(others | {int(tool): q}, 2022)).scores.totals for q in (0.2, 0.95))
        (actor,) = np.flatnonzero(known.uses[:, tool])
        gained = (high[actor] - np.delete(high, actor)) - (low[actor] - np.delete(low, actor))
        assert gained.min() > 0.0


def test_a_report_of_an_actor_points_to_it(engine: Engine, installed: Linked) -> None:
    known = engine.known
    full = np.flatnonzero(known.shows.sum(axis=1) >= 12)
    right = 0
    for row in full[::10]:
        case = facts(dict.fromkeys(np.flatnonzero(known.shows[row]).tolist(), 1.0))
        right += int(engine.weigh(case).scores.totals.argmax() == known.report_owner[row])
    assert right / len(full[::10]) > 0.9
