"""ATT&CK's own words about whose a group is: what ties it to a state, and what only looks as if it did."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compiling import bundles as b
from weigh.claims.listed import state_name
from weigh.compiling.attack import AttackSource, read_bundle, read_embedded
from weigh.compiling.attribution import SAID_BY, own_claims
from weigh.compiling.galaxy import country_of
from weigh.compiling.linking import link
from weigh.evidence.countries import states
from weigh.knowledge.catalogue import SponsorClaim

READ = {
    "AE": "G0038",
    "BR": "G1026",
    "BY": "G1035",
    "CN": "G0001 G0002 G0004 G0005 G0006 G0009 G0011 G0013 G0018 G0019 G0022 G0023 G0024 G0025 G0027 "
    "G0039 G0044 G0045 G0060 G0062 G0065 G0066 G0073 G0093 G0096 G0098 G0103 G0114 G0125 G0128 "
    "G0129 G0131 G0136 G0143 G1006 G1007 G1017 G1021 G1023 G1034 G1042 G1045 G1048",
    "IN": "G0040 G0121",
    "IR": "G0003 G0043 G0049 G0052 G0059 G0064 G0069 G0077 G0087 G0117 G0122 G0130 G1009 G1012 G1030 G1044",
    "KP": "G0032 G0067 G0082 G0094 G0138 G1036 G1049 G1052",
    "KR": "G0012 G0126",
    "LB": "G0070 G0123 G1005",
    "NG": "G0083",
    "PK": "G0078 G0134 G1008",
    "RU": "G0007 G0010 G0016 G0034 G0035 G0047 G0088 G0102 G0119 G1003 G1031 G1033 G1035",
    "TR": "G1041",
    "VN": "G0050",
}
"""Read by hand in the descriptions of ATT&CK 18.1: the state to which each ties its group, by its code,
whatever the degree and however surely; the other groups are tied to none. A language, victims, a part of the
world and what is said of others tie nobody."""
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.95

ADJECTIVES = sorted(code for code, row in states().items() if "of" in row and "," not in state_name(code))


def said(text: str, name: str = "Heron", *others: str) -> dict[str, str]:
    """Sponsor -> words."""
    return {claim.sponsor: claim.words for claim in own_claims(text, name, others)}


@pytest.mark.parametrize(
    ("text", "country", "words"),
    [
        ("Heron is a suspected Malian espionage group.", "ML", "a suspected Malian espionage group"),
        ("Heron is a Mali-based group that steals.", "ML", "a Mali-based group that steals"),
        ("Heron is a Mali\u2013aligned group.", "ML", "a Mali-aligned group"),
        ("Heron is a group attributed to Mali\u2019s army.", "ML",
         "Heron is a group attributed to Mali's army"),
        ("Heron is a group believed to operate out of the Elm Province of Mali.", "ML",
         "Heron is a group believed to operate out of the Elm Province of Mali"),
        ("Heron is a group with likely Malian origins.", "ML", "a group with likely Malian origins"),
        ("Heron has been active since 2010 and is thought to be Malian.", "ML",
         "been active since 2010 and is thought to be Malian"),
        ("Heron steals. The group works on behalf of the Malian government.", "ML",
         "Heron works on behalf of the Malian government"),
        ("Heron steals. In 2021 a ministry publicly attributed Heron to Mali.", "ML",
         "In 2021 a ministry publicly attributed Heron to Mali"),
        ("Heron steals. There may be a link between this group and the U.S. government.", "US",
         "There may be a link between Heron and the U.S. government"),
        ("Heron steals. Circumstantial evidence suggests the group may be a Malian entity.", "ML",
         "Circumstantial evidence suggests Heron may be a Malian entity"),
        ("[Heron](https://x.example/G1) is a Malian group.(Citation: Quay 2021)", "ML", "a Malian group"),
        ("TIDE-9 is a group. Members of TIDE-9 are affiliated with the Mali-based Elm Institute.", "ML",
         "Members of Heron are affiliated with the Mali-based Elm Institute"),
    ],
)  # fmt: skip
def test_what_ties_a_group(text: str, country: str, words: str) -> None:
    assert said(text, "Heron", "TIDE-9") == {country_of(country): words}


def test_two_states_are_two_claims_and_one_named_twice_is_one() -> None:
    found = own_claims("Heron is a group linked to Malian and Chadian interests. Heron is Malian.", "Heron")
    assert [claim.sponsor for claim in found] == ["Mali", "Chad"]
    assert {claim.said_by for claim in found} == {SAID_BY}
    assert all(claim.confidence == "" for claim in found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Heron.",
        "Heron is a group that has targeted Mali.",
        "Heron is a group targeting Malian banks.",
        "Heron is a Malian-speaking group.",
        "Heron is a group whose members likely speak Malian.",
        "Heron is a group active against Mali since 2014.",
        "Heron is a group with a focus on Malian ministries.",
        "Heron is a group. It targeted persons affiliated with the Malian government.",
        "Heron is a group. It works with actors affiliated with Mali's army.",
        "Heron is a group. It resembles Lantern, a suspected Malian group.",
        "Heron is a group. Heron has been linked to an attack against Mali's port.",
        "Heron is a group. Heron has not been directly linked to Mali.",
        "Heron is a group. A theft has been attributed to Mali.",
        "Heron is a group whose affiliates are recruited on Malian forums.",
        "Heron is a suspected South American group.",
        "Heron is a group that impersonated officials based in Mali.",
        "Heron is a group attributed to Nigeri",
        "Heron is a group attributed to Niger",
        "Heron is a group that posed as a firm located in Mali.",
        "Heron is an anti-Malian group.",
    ],
)
def test_what_ties_nobody(text: str) -> None:
    assert said(text) == {}


@pytest.mark.parametrize("code", ADJECTIVES)
def test_every_state_is_read_alike(code: str) -> None:
    adjective, name = states()[code]["of"][0], state_name(code)
    known = country_of(code) if country_of(code) != code else name
    for text in (f"Heron is a suspected {adjective} group.", f"Heron steals. Heron is attributed to {name}."):
        assert list(said(text)) == [known], text
    for text in (f"Heron is a {adjective}-speaking group.", f"Heron is a group that targets {name}."):
        assert said(text) == {}, text


@given(st.sampled_from(ADJECTIVES), st.sampled_from(ADJECTIVES), st.sampled_from(
    ["{} is a suspected {a} group that targets {b}.", "{} steals from {b}. {} operates from {a}.",
     "{} is a group. The group is linked to the government of {a}, and not to {b}."]
))  # fmt: skip
def test_swapping_two_states_swaps_the_claim(one: str, two: str, text: str) -> None:
    a, other = state_name(one), state_name(two)
    assert list(said(text.replace("{}", "Heron").format(a=a, b=other))) == [country_of(a)]
    assert list(said(text.replace("{}", "Heron").format(a=other, b=a))) == [country_of(other)]


@given(st.text(st.sampled_from("Heron is a Malian group, linked to Mali. [](:)\x01U"), max_size=80))
def test_any_text_ends_well(text: str) -> None:
    for claim in own_claims(text, "Heron"):
        assert claim.sponsor == "Mali" or claim.sponsor != ""
        assert "\x01" not in claim.words or "\x01" in text


def test_it_stands_beside_what_the_galaxy_claims(tmp_path: Path) -> None:
    heron = b.group(1, "Heron", description="Heron is a Malian group.")
    galaxy = b.galaxy(tmp_path, b.cluster(1, "Heron", country="TD", **{"attribution-confidence": "50"}))
    (actor,) = link(b.source(tmp_path, [heron]), galaxy).catalogue.actors
    assert actor.sponsors == (
        SponsorClaim("Mali", SAID_BY, words="a Malian group"),
        SponsorClaim("Chad", "MISP galaxy", "50"),
    )


def _measured(source: AttackSource) -> tuple[float, float, int]:
    """Precision, recall and the number of groups against what a person read."""
    read = {(group, country_of(code)) for code, groups in READ.items() for group in groups.split()}
    live = [item for item in source.objects if item.type == "intrusion-set" and item.live and item.attack_id]
    found = {
        (item.attack_id, claim.sponsor)
        for item in live
        for claim in own_claims(item.description, item.name, item.aliases)
    }
    return len(found & read) / len(found), len(found & read) / len(read), len(live)


def test_on_the_installed_descriptions_which_are_cut() -> None:
    precision, recall, groups = _measured(read_embedded())
    assert (precision >= LEAST_PRECISION, recall >= LEAST_RECALL, groups) == (True, True, 172)


def test_on_the_official_descriptions(shared: Path) -> None:
    precision, recall, groups = _measured(read_bundle(shared / "data/attack/enterprise-attack-18.1.json.xz"))
    assert (precision >= LEAST_PRECISION, recall >= LEAST_RECALL, groups) == (True, True, 172)


def test_descriptions_of_another_publisher_agree_with_the_countries_it_gives(shared: Path) -> None:
    """None of these descriptions was looked at when the words were written."""
    raw = lzma.decompress((shared / "data/galaxy/threat-actor.json.xz").read_bytes())
    agree = found = 0
    for cluster in json.loads(raw)["values"]:
        code = cluster["meta"].get("country")
        if isinstance(code, str):
            claims = own_claims(cluster.get("description", ""), cluster["value"])
            found += len(claims)
            agree += sum(claim.sponsor == country_of(code) for claim in claims)
    assert found > 100
    assert agree / found >= LEAST_PRECISION
