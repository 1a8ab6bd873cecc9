"""Which group a cluster of the galaxy speaks of: the one with which it shares most, not any with its name."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compiling import bundles as b
from weigh.compiling.galaxy import GALAXY, GalaxyActor, read_galaxy
from weigh.compiling.linking import Linked, link
from weigh.compiling.ties import ties
from weigh.knowledge.catalogue import Actor, Alias, SponsorClaim
from weigh.knowledge.naming import resolve

HERON = Actor("G0001", "Heron", (Alias("TIDE-9", "ATT&CK"), Alias("Grey Wader", "ATT&CK")))
LANTERN = Actor("G0002", "Lantern", (Alias("TIDE-9", "ATT&CK"),))
CLAIM = (SponsorClaim("Dorvany", GALAXY, "10"),)


def cluster(*names: str, ids: tuple[str, ...] = (), claims: bool = True) -> GalaxyActor:
    """A cluster whose first name is its headline."""
    aliases = tuple(Alias(name, GALAXY) for name in names)
    return GalaxyActor("-".join((*names, *ids)), names[0], aliases, CLAIM if claims else (), ids)


BEST = cluster("Wader", "Heron", "Grey Wader", "TIDE-9", ids=("G0001",))


def tied(subject: GalaxyActor, *others: GalaxyActor, groups: tuple[Actor, ...] = (HERON,)) -> tuple[str, ...]:
    return ties(groups, (subject, *others))[subject.uuid]


def test_one_name_ties_where_nobody_else_is_meant_by_it() -> None:
    assert tied(cluster("TIDE-9")) == ("G0001",)
    assert tied(cluster("TIDE-9"), cluster("Wader", "Heron", "Grey Wader", ids=("G0001",))) == ("G0001",)


def test_one_name_does_not_tie_where_another_cluster_means_the_group_by_it() -> None:
    assert tied(cluster("TIDE-9"), BEST) == ()
    assert tied(cluster("TIDE-9", "Nobody else"), BEST) == ()
    assert tied(BEST, cluster("TIDE-9")) == ("G0001",)


@pytest.mark.parametrize(
    "subject",
    [
        cluster("TIDE-9", claims=False),
        cluster("TIDE-9", "Grey Wader"),
        cluster("TIDE-9", ids=("G0001",)),
        cluster("Heron"),
    ],
)
def test_it_ties_with_an_id_a_headline_a_second_name_or_nothing_to_claim(subject: GalaxyActor) -> None:
    assert tied(subject, BEST) == ("G0001",)


def test_a_lesser_cluster_takes_nothing_from_a_greater() -> None:
    weak = cluster("Elsewhere", "TIDE-9", ids=("G0001",))
    assert tied(cluster("TIDE-9"), weak) == ("G0001",)


def test_of_several_groups_with_its_name_those_with_which_it_shares_most() -> None:
    both = (HERON, LANTERN)
    assert tied(cluster("TIDE-9"), groups=both) == ("G0001", "G0002")
    assert tied(cluster("TIDE-9", "grey wader"), groups=both) == ("G0001",)
    assert tied(cluster("TIDE-9", "Lantern"), groups=both) == ("G0002",)


def _linked(folder: Path) -> Linked:
    heron = b.group(1, "Heron", aliases=["Heron", "TIDE-9", "Grey Wader"])
    return link(
        b.source(folder, [heron]),
        b.galaxy(
            folder,
            b.cluster(1, "TIDE-9", country="TD", **{"attribution-confidence": "10"}),
            b.cluster(2, "Wader", synonyms=["G0001", "Heron", "TIDE-9"], country="ML"),
        ),
    )


def test_what_a_namesake_claims_stays_with_the_namesake(tmp_path: Path) -> None:
    group, alone = _linked(tmp_path).catalogue.actors
    assert [claim.sponsor for claim in group.sponsors] == ["Mali"]
    assert (alone.name, [claim.sponsor for claim in alone.sponsors]) == ("TIDE-9", ["Chad"])
    bearers = {match.actor.id for match in resolve("TIDE-9", _linked(tmp_path).catalogue)}
    assert bearers == {group.id, alone.id}


@given(
    st.lists(
        st.builds(
            cluster,
            st.sampled_from(["TIDE-9", "Heron", "Elm"]),
            st.sampled_from(["Grey Wader", "TIDE-9", "Oak"]),
            ids=st.sampled_from([(), ("G0001",), ("G0002",), ("G0999",)]),
            claims=st.booleans(),
        ),
        unique_by=lambda item: item.uuid,
    ),
    st.integers(0, 999),
)
def test_order_changes_nothing_and_no_claim_decides(clusters: list[GalaxyActor], seed: int) -> None:
    groups = (HERON, LANTERN)
    found = ties(groups, clusters)
    shuffled = list(clusters)
    Random(seed).shuffle(shuffled)
    assert ties(groups, shuffled) == found
    for item in clusters:
        if "G0001" in item.group_ids:
            assert found[item.uuid] == ("G0001",)
        assert set(found[item.uuid]) <= {"G0001", "G0002"}


def test_the_name_of_another_states_cluster_brings_no_claim_to_a_real_group(shared: Path) -> None:
    for source in (None, shared / "data/galaxy/threat-actor.json.xz"):
        clusters = read_galaxy(source).actors
        group = Actor("G0034", "Sandworm Team", (Alias("IRIDIUM", "ATT&CK"), Alias("Telebots", "ATT&CK")))
        by_name = {item.name: found for item in clusters if (found := ties((group,), clusters)[item.uuid])}
        assert set(by_name) == {"Sandworm"}
