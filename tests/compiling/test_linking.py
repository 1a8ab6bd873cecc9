"""ATT&CK and the galaxy become one catalogue: what is kept, what is dropped and why, who is tied to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.compiling import bundles as b
from weigh.compiling.galaxy import GalaxyActor
from weigh.compiling.indexing import index
from weigh.compiling.linking import Linked, Use, link
from weigh.knowledge.catalogue import Alias, RetiredId, SponsorClaim
from weigh.knowledge.days import days_of
from weigh.knowledge.naming import resolve
from weigh.knowledge.relations import NO_REPORT


def revoked(item: b.Stix) -> b.Stix:
    """The object as it stands after a revocation."""
    return item | {"revoked": True}


def deprecated(item: b.Stix) -> b.Stix:
    """The object as it stands after a deprecation."""
    return item | {"x_mitre_deprecated": True}


def linked(folder: Path, objects: Iterable[b.Stix], *clusters: dict[str, object]) -> Linked:
    """The objects, and any clusters, linked."""
    galaxy = b.galaxy(folder, *clusters) if len(clusters) > 0 else ()
    return link(b.source(folder, objects), galaxy)


def test_live_objects_make_entries_and_retired_ones_only_an_id(tmp_path: Path) -> None:
    found = linked(
        tmp_path,
        [
            b.group(1),
            revoked(b.group(2)),
            deprecated(b.group(3)),
            b.technique(1),
            revoked(b.technique(2)),
            b.technique(3, sub=1),
            b.malware(1),
            b.tool(2),
            deprecated(b.malware(3)),
        ],
    ).catalogue
    assert [actor.id for actor in found.actors] == ["G0001"]
    assert [(item.id, item.parent) for item in found.techniques] == [("T1001", ""), ("T1003.001", "T1003")]
    assert [(item.id, item.type) for item in found.software] == [("S0001", "malware"), ("S0002", "tool")]
    assert [(item.id, item.now) for item in found.retired] == [
        ("G0002", ""),
        ("G0003", ""),
        ("S0003", ""),
        ("T1002", ""),
    ]


def test_a_chain_of_successors_ends_at_the_live_one(tmp_path: Path) -> None:
    one, two, three = revoked(b.technique(1)), revoked(b.technique(2)), b.technique(3)
    found = linked(
        tmp_path,
        [
            b.group(1),
            one,
            two,
            three,
            b.relation("revoked-by", one, two),
            b.relation("revoked-by", two, three),
        ],
    )
    assert found.catalogue.retired == (
        RetiredId("T1001", "Technique 1 0", "T1003"),
        RetiredId("T1002", "Technique 2 0", "T1003"),
    )


def test_a_cycle_of_successors_ends_nowhere(tmp_path: Path) -> None:
    one, two, self_made = revoked(b.technique(1)), revoked(b.technique(2)), revoked(b.technique(3))
    circle = [
        b.relation("revoked-by", one, two),
        b.relation("revoked-by", two, one),
        b.relation("revoked-by", self_made, self_made),
    ]
    found = linked(tmp_path, [b.group(1), one, two, self_made, *circle])
    assert [item.now for item in found.catalogue.retired] == ["", "", ""]


def test_a_successor_that_is_deprecated_or_absent_is_none(tmp_path: Path) -> None:
    one, two = revoked(b.technique(1)), revoked(b.technique(2))
    dead, absent = deprecated(b.technique(3)), b.technique(4)
    chains = [b.relation("revoked-by", one, dead), b.relation("revoked-by", two, absent)]
    found = linked(tmp_path, [b.group(1), one, two, dead, *chains])
    assert [item.now for item in found.catalogue.retired] == ["", "", ""]


def test_an_id_that_lives_on_in_another_object_is_not_retired(tmp_path: Path) -> None:
    old = revoked(b.technique(1)) | {"id": "attack-pattern--old"}
    assert linked(tmp_path, [b.group(1), old, b.technique(1)]).catalogue.retired == ()


@pytest.mark.parametrize(
    ("owners", "kept", "dropped"),
    [
        ([], (), {"campaign attributed to nobody": 1}),
        ([1], (Use("G0001", "T1001", "Harbour 2020", "C0001"),), {}),
        ([1, 1], (Use("G0001", "T1001", "Harbour 2020", "C0001"),), {}),
        ([1, 2], (), {"campaign attributed to several groups": 1}),
        ([3], (), {"campaign attributed to nobody": 1}),
        ([1, 3], (Use("G0001", "T1001", "Harbour 2020", "C0001"),), {}),
    ],
    ids=["nobody", "one", "one, said twice", "two", "a revoked group", "one and a revoked group"],
)
def test_a_campaign_counts_for_the_one_group_that_it_is_attributed_to(
    tmp_path: Path, owners: list[int], kept: tuple[Use, ...], dropped: dict[str, int]
) -> None:
    groups = {1: b.group(1), 2: b.group(2), 3: revoked(b.group(3))}
    operation, means = b.campaign(1), b.technique(1)
    attributions = [
        b.relation("attributed-to", operation, groups[owner], *("x",) * copy)
        for copy, owner in enumerate(owners)
    ]
    found = linked(
        tmp_path,
        [*groups.values(), operation, means, *attributions, b.uses(operation, means, "Harbour 2020")],
    )
    assert found.uses == kept
    assert found.dropped == dropped


def test_a_withdrawn_attribution_attributes_nothing(tmp_path: Path) -> None:
    who, operation, means = b.group(1), b.campaign(1), b.technique(1)
    withdrawn = revoked(b.relation("attributed-to", operation, who))
    found = linked(tmp_path, [who, operation, means, withdrawn, b.uses(operation, means, "A")])
    assert found.dropped == {"campaign attributed to nobody": 1}


def test_every_relation_is_kept_or_counted_with_its_reason(tmp_path: Path) -> None:
    who, gone, means, old = b.group(1), revoked(b.group(2)), b.technique(1), deprecated(b.technique(2))
    mitigation: b.Stix = {"type": "course-of-action", "id": "course-of-action--1"}
    nameless = {**b.group(9), "external_references": []}
    relations = [
        b.uses(who, means, "A"),
        revoked(b.uses(who, means, "B")),
        b.uses(gone, means, "C"),
        b.uses(who, old),
        b.uses(who, b.technique(7)),
        b.uses(b.group(7), means),
        b.uses(who, mitigation),
        b.uses(nameless, means),
        b.uses(b.malware(1), means, "D"),
    ]
    found = linked(tmp_path, [who, gone, means, old, mitigation, nameless, b.malware(1), *relations])
    assert found.uses == (Use("G0001", "T1001", "A"),)
    assert found.dropped == {
        "revoked or deprecated": 3,
        "one end is not in the bundle": 2,
        "uses something that is neither a technique nor software of ATT&CK": 1,
        "group without an ATT&CK id": 1,
    }
    assert index(found).actor.tolist() == [0]


def test_a_relation_counts_once_for_every_report_that_it_cites(tmp_path: Path) -> None:
    who, means = b.group(1), b.technique(1)
    found = linked(
        tmp_path, [who, means, b.uses(who, means, "A 2019", "B 2020"), b.uses(who, means, "B 2020", "x")]
    )
    assert {use.report for use in found.uses} == {"A 2019", "B 2020", "x"}
    assert [(report.name, report.year) for report in found.catalogue.reports] == [
        ("A 2019", 2019),
        ("B 2020", 2020),
        ("x", 0),
    ]
    (actor,) = found.catalogue.actors
    assert (actor.reports, actor.first_year, actor.last_year) == (3, 2019, 2020)


def test_a_report_is_one_report_with_and_without_a_space_after_its_name(tmp_path: Path) -> None:
    who, one, two = b.group(1), b.technique(1), b.technique(2)
    found = linked(tmp_path, [who, one, two, b.uses(who, one, "Quay 2020 "), b.uses(who, two, "Quay 2020")])
    assert [report.name for report in found.catalogue.reports] == ["Quay 2020"]
    assert found.catalogue.actors[0].reports == 1


def test_all_uses_without_a_citation_are_one_undated_report(tmp_path: Path) -> None:
    who, one, two = b.group(1), b.technique(1), b.malware(1)
    found = linked(tmp_path, [who, one, two, b.uses(who, one), b.uses(who, two)])
    assert found.catalogue.actors[0].reports == 1
    assert found.catalogue.reports == ()
    relations = index(found)
    assert relations.report.tolist() == [NO_REPORT, NO_REPORT]
    assert relations.row_years.tolist() == [0, 0]


def test_a_report_that_citations_date_differently_has_its_earliest_year(tmp_path: Path) -> None:
    who, one, two, three = b.group(1), b.technique(1), b.technique(2), b.technique(3)
    dates = [("A", "W. (2021)."), ("A", "W. (2019)."), ("A", "")]
    objects = [b.uses(who, means, cited) for means, cited in zip((one, two, three), dates, strict=True)]
    for order in (objects, objects[::-1]):
        found = linked(tmp_path, [who, one, two, three, *order])
        assert found.catalogue.reports[0].year == 2019


def test_reports_are_dated_as_far_as_they_are_told(tmp_path: Path) -> None:
    who, means = b.group(1), b.technique(1)
    cited = [("A", "W. (2021, March 2). A."), ("B", "W. (2020, May)."), ("C 2019", "W. (n.d.)."), ("D", "")]
    for order in (cited, cited[::-1], [*cited, ("A", "W. (2021).")]):
        found = linked(tmp_path, [who, means, b.uses(who, means, *order)])
        dates = [report.date for report in found.catalogue.reports]
        assert dates == ["2021-03-02", "2020-05", "2019", ""]
        relations = index(found)
        days = zip(relations.first_days.tolist(), relations.last_days.tolist(), strict=True)
        assert list(days) == [days_of(date) for date in dates]
        assert relations.years.tolist() == [2021, 2020, 2019, 0]


def test_a_report_stands_where_its_citations_say_whatever_their_order(tmp_path: Path) -> None:
    one, two = "https://berth.example/a", "https://berth.example/b"
    group, first, second = b.group(1), b.technique(1), b.technique(2)
    for links in ((one, two), (two, one)):
        relations = [
            b.uses(group, target, external_references=[{"source_name": "Berth", "url": url}])
            for target, url in zip((first, second), links, strict=True)
        ]
        (report,) = link(b.source(tmp_path, [group, first, second, *relations]), ()).catalogue.reports
        assert (report.name, report.url) == ("Berth", one)


def test_techniques_keep_their_tactics_once_and_tactics_the_order_of_the_matrix(tmp_path: Path) -> None:
    phases = [{"phase_name": name, "kill_chain_name": "mitre-attack"} for name in ("exit", "entry", "exit")]
    means = b.technique(1, kill_chain_phases=phases)
    tactics: list[b.Stix] = [
        {
            "type": "x-mitre-tactic",
            "id": f"x-mitre-tactic--{name}",
            "name": name.title(),
            "x_mitre_shortname": name,
            "external_references": [{"source_name": "mitre-attack", "external_id": number}],
        }
        for name, number in (("exit", "TA0001"), ("entry", "TA0002"), ("loose", "TA0000"))
    ]
    matrix: b.Stix = {
        "type": "x-mitre-matrix",
        "id": "x-mitre-matrix--1",
        "tactic_refs": ["x-mitre-tactic--entry", "x-mitre-tactic--exit"],
    }
    found = linked(tmp_path, [b.group(1), means, *tactics, matrix]).catalogue
    assert found.techniques[0].tactics == ("exit", "entry")
    assert found.tactics == (
        ("entry", "TA0002", "Entry"),
        ("exit", "TA0001", "Exit"),
        ("loose", "TA0000", "Loose"),
    )


def test_the_headline_is_no_alias_of_itself(tmp_path: Path) -> None:
    found = linked(
        tmp_path, [b.group(1, aliases=["Group 1", "Heron"]), b.tool(1, x_mitre_aliases=["Tool 1", "tl"])]
    )
    assert found.catalogue.actors[0].aliases == (Alias("Heron", "ATT&CK"),)
    assert found.catalogue.software[0].aliases == (Alias("tl", "ATT&CK"),)


def ids_and_names(found: Linked) -> list[tuple[str, list[tuple[str, str]]]]:
    """Actor ids with their aliases and who says them."""
    return [
        (actor.id, [(alias.name, alias.said_by) for alias in actor.aliases])
        for actor in found.catalogue.actors
    ]


def test_a_cluster_is_tied_by_the_group_id_that_it_gives(tmp_path: Path) -> None:
    found = linked(tmp_path, [b.group(1)], b.cluster(1, "Other Name", synonyms=["G0001", "Third"]))
    assert ids_and_names(found) == [("G0001", [("Other Name", "MISP galaxy"), ("Third", "MISP galaxy")])]


def test_a_cluster_is_tied_by_its_headline_name(tmp_path: Path) -> None:
    heron = b.group(1, "Heron", aliases=["Heron", "TIDE-9"])
    found = linked(tmp_path, [heron], b.cluster(1, "tide-9", synonyms=["Heron", "Grey Wader"], country="DV"))
    assert ids_and_names(found) == [("G0001", [("TIDE-9", "ATT&CK"), ("Grey Wader", "MISP galaxy")])]
    assert found.catalogue.actors[0].sponsors == (SponsorClaim("DV", "MISP galaxy"),)


def test_a_shared_other_name_ties_nothing(tmp_path: Path) -> None:
    heron = b.group(1, "Heron", aliases=["Heron", "TIDE-9"])
    found = linked(tmp_path, [heron], b.cluster(1, "Lantern", synonyms=["TIDE-9"]))
    (group, alone) = found.catalogue.actors
    assert group.aliases == (Alias("TIDE-9", "ATT&CK"),)
    assert (alone.id, alone.name) == ("misp:00000001-0000-4000-8000-000000000000", "Lantern")
    assert alone.aliases == (Alias("TIDE-9", "MISP galaxy"),)
    assert {match.actor.id for match in resolve("tide 9", found.catalogue)} == {group.id, alone.id}


def test_a_group_id_that_attack_does_not_hold_leaves_the_headline_to_decide(tmp_path: Path) -> None:
    found = linked(tmp_path, [b.group(1, "Heron")], b.cluster(1, "Heron", synonyms=["G0999"]))
    assert [actor.id for actor in found.catalogue.actors] == ["G0001"]


def test_a_headline_that_two_groups_bear_is_the_headline_of_the_one_that_leads_with_it(
    tmp_path: Path,
) -> None:
    groups = [
        b.group(1, "Lotus", aliases=["Thrip"]),
        b.group(2, "Thrip"),
        b.group(3, "Else", aliases=["thrip"]),
    ]
    found = linked(tmp_path, groups, b.cluster(1, "Thrip", synonyms=["Newname"]))
    named = {actor.id for actor in found.catalogue.actors if any(a.name == "Newname" for a in actor.aliases)}
    assert named == {"G0002"}


def test_a_headline_that_two_groups_bear_beside_their_own_is_said_of_both(tmp_path: Path) -> None:
    groups = [b.group(1, "Lotus", aliases=["Thrip"]), b.group(2, "Else", aliases=["thrip", "Thrip"])]
    found = linked(tmp_path, groups, b.cluster(1, "Thrip", synonyms=["Newname"]))
    assert {match.actor.id for match in resolve("newname", found.catalogue)} == {"G0001", "G0002"}


def test_an_alias_that_a_vendor_coined_is_kept_beside_the_same_name_of_attack(tmp_path: Path) -> None:
    heron = b.group(1, "Heron", aliases=["Heron", "TIDE-9"])
    found = linked(
        tmp_path, [heron], b.cluster(1, "Heron", synonyms=["TIDE-9"], **{"origin:TIDE-9": "Brightwater"})
    )
    assert ids_and_names(found) == [("G0001", [("TIDE-9", "ATT&CK"), ("TIDE-9", "Brightwater")])]
    (match,) = resolve("tide9", found.catalogue)
    assert match.said_by == "ATT&CK, Brightwater"


def test_two_clusters_of_one_group_both_speak(tmp_path: Path) -> None:
    found = linked(
        tmp_path,
        [b.group(1, "Heron")],
        b.cluster(2, "Heron", country="DV"),
        b.cluster(1, "Other", synonyms=["G0001"], country="QL"),
    )
    (actor,) = found.catalogue.actors
    assert [claim.sponsor for claim in actor.sponsors] == ["QL", "DV"]


def test_an_actor_of_the_galaxy_alone_keeps_who_coined_its_headline(tmp_path: Path) -> None:
    found = linked(tmp_path, [b.group(1)], b.cluster(1, "Lantern", **{"origin:Lantern": "Oakline"}))
    assert found.catalogue.actors[1].aliases == (Alias("Lantern", "Oakline"),)


def test_a_galaxy_headline_that_looks_like_a_group_id_loses_no_other_name(tmp_path: Path) -> None:
    found = linked(tmp_path, [b.group(1)], b.cluster(1, "G0999", synonyms=["Real Name"]))
    assert found.catalogue.actors[1].aliases == (Alias("Real Name", "MISP galaxy"),)


def _everything(linked_once: Linked) -> tuple[object, ...]:
    relations = index(linked_once)
    return (
        linked_once.catalogue,
        dict(linked_once.dropped),
        frozenset(linked_once.uses),
        *(column.tolist() for column in (relations.actor, relations.report, relations.feature)),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_objects_and_clusters_changes_nothing(tmp_path: Path, seed: int) -> None:
    clusters = [
        b.cluster(1, "Heron", synonyms=["G0001", "x"], country="DV"),
        b.cluster(2, "Group 2", synonyms=["y"]),
        b.cluster(3, "Alone", synonyms=["x"]),
        b.cluster(4, "Also", synonyms=["G0001", "z"], country="QL"),
    ]
    attack = b.source(tmp_path, b.small_bundle())
    galaxy = b.galaxy(tmp_path, *clusters)
    objects, others = list(attack.objects), list[GalaxyActor](galaxy)
    Random(seed).shuffle(objects)
    Random(seed).shuffle(others)
    assert _everything(link(replace(attack, objects=tuple(objects)), others)) == _everything(
        link(attack, galaxy)
    )


def test_the_columns_point_into_the_catalogue(tmp_path: Path) -> None:
    found = linked(tmp_path, b.small_bundle(), b.cluster(1, "Alone"))
    relations, catalogue = index(found), found.catalogue
    features = [item.id for item in catalogue.techniques] + [item.id for item in catalogue.software]
    names = [
        (
            catalogue.actors[actor].id,
            features[feature],
            "" if report == NO_REPORT else catalogue.reports[report].name,
        )
        for actor, report, feature in zip(relations.actor, relations.report, relations.feature, strict=True)
    ]
    assert sorted(names) == sorted((use.actor, use.feature, use.report) for use in found.uses)
    assert features[relations.software_from] == "S0001"
    assert relations.years.tolist() == [2020, 2022, 2021]
    assert (relations.actors, relations.features) == (4, 4)
