"""The STIX export against the standard's own validator and library, and against what users expect of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
import stix2
import stix2validator
from hypothesis import given, settings

from tests import sample, strategies
from weigh.assessment.document import UNLISTED, Assessment
from weigh.renderers.as_stix import render
from weigh.renderers.stix_objects import TLP_EXTENSION, TLP_IDS, marking, moment
from weigh.renderers.stix_patterns import PATTERNS, pattern

SAMPLE = sample.assessment()
STRICT = stix2validator.ValidationOptions(version="2.1", strict=True, enforce_refs=True, disabled="103")
"""Check 103 recommends random ids (UUIDv4); ours are UUIDv5, so that a repeated export is the same bytes."""

Stix = dict[str, Any]


def _objects(text: str) -> list[Stix]:
    objects = json.loads(text)["objects"]
    assert isinstance(objects, list)
    return objects


def _of(text: str, type_: str) -> list[Stix]:
    return [one for one in _objects(text) if one["type"] == type_]


def _links(text: str, kind: str) -> list[Stix]:
    return [one for one in _of(text, "relationship") if one["relationship_type"] == kind]


def _problems(text: str) -> list[str]:
    found = stix2validator.validate_string(text, STRICT)
    return [str(one) for one in (*found.errors, *found.warnings)]


@pytest.mark.parametrize("label", ["", *TLP_IDS])
@pytest.mark.parametrize("redact", [False, True])
def test_the_sample_is_clean_and_parses(label: str, redact: bool) -> None:
    text = render(replace(SAMPLE, tlp=label), redact=redact)
    assert _problems(text) == []
    parsed = stix2.parse(text)
    assert [one["id"] for one in parsed.objects] == [one["id"] for one in _objects(text)]


@settings(max_examples=8)
@given(strategies.assessments())
def test_any_assessment_is_clean_and_parses(assessment: Assessment) -> None:
    text = render(assessment)
    assert _problems(text) == []
    stix2.parse(text)


@settings(max_examples=10)
@given(strategies.assessments())
def test_references_lead_somewhere_and_ids_are_unique(assessment: Assessment) -> None:
    objects = _objects(render(assessment))
    ids = [one["id"] for one in objects]
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'"([a-z-]+--[0-9a-f-]{36})"', json.dumps(objects))) - {TLP_EXTENSION} == set(ids)
    assert objects[-1]["type"] == "report"
    assert {*objects[-1]["object_refs"], objects[-1]["id"]} == {i for i in ids if "marking" not in i}


def test_each_actor_is_one_relationship_with_its_confidence() -> None:
    links = _links(render(SAMPLE), "attributed-to")
    campaign = _of(render(SAMPLE), "campaign")[0]
    names = {one["id"]: one["name"] for one in _of(render(SAMPLE), "intrusion-set")}
    assert {names[one["target_ref"]]: one["confidence"] for one in links} == {
        "Slate Heron": 70,
        "Copper Lantern": 9,
        "Paper Otter": 4,
    }
    assert {one["source_ref"] for one in links} == {campaign["id"]}
    assert links[0]["description"] == (
        "Probability 0.696 (90 % interval 0.480 to 0.860); ICD 203: likely; PHIA: likely or probable."
    )


def test_unlisted_stands_in_the_note_and_is_no_intrusion_set() -> None:
    text = render(SAMPLE)
    unlisted = next(row for row in SAMPLE.hypotheses if row.id == UNLISTED)
    assert all(one["name"] != unlisted.name for one in _of(text, "intrusion-set"))
    (note,) = [one for one in _of(text, "note") if one["abstract"] == "What the evidence supports"]
    assert "An actor that nobody has listed: Probability 0.174" in note["content"]
    assert len(note["object_refs"]) == 4


def test_cautions_are_a_note_on_the_report_that_holds_it() -> None:
    text = render(replace(SAMPLE, cautions=("Possible frame-up.", "Look twice.")))
    assert _problems(text) == []
    stix2.parse(text)
    (report,) = _of(text, "report")
    (note,) = [one for one in _of(text, "note") if one["abstract"] == "Cautions"]
    assert note["content"] == "Possible frame-up.\nLook twice."
    assert note["object_refs"] == [report["id"]]
    assert note["id"] in report["object_refs"]
    assert note["object_marking_refs"] == report["object_marking_refs"]
    calm = render(replace(SAMPLE, cautions=()))
    assert [one["abstract"] for one in _of(calm, "note")] == ["What the evidence supports"]
    assert _problems(calm) == []


def test_small_and_late_hypotheses_are_left_to_the_note() -> None:
    rows = [
        replace(SAMPLE.hypotheses[0], id=f"G{number}", stix_id="", probability=share)
        for number, share in enumerate([0.03] * 25 + [0.009] * 5, start=9000)
    ]
    text = render(replace(SAMPLE, hypotheses=(*rows, SAMPLE.hypotheses[1])))
    assert len(_links(text, "attributed-to")) == 20


def test_attack_keeps_its_ids() -> None:
    ids = {one["id"] for one in _objects(render(SAMPLE))}
    assert {feature.stix_id for feature in SAMPLE.features} <= ids
    assert {row.stix_id for row in SAMPLE.hypotheses if row.stix_id != ""} <= ids


@pytest.mark.parametrize(
    "stix_id", ["", "intrusion-set--1", "malware--5a9f3a3e-8d1c-4f6e-9b38-1f0f6a0c9101", "x\n--"]
)
def test_what_is_no_id_of_an_actor_is_not_used(stix_id: str) -> None:
    odd = replace(SAMPLE.hypotheses[0], stix_id=stix_id)
    (actor,) = _of(render(replace(SAMPLE, hypotheses=(odd,))), "intrusion-set")
    assert actor["id"].startswith("intrusion-set--")
    assert UUID(actor["id"].partition("--")[2]).version == 5


def test_ids_of_ours_are_version_5_and_tell_exports_apart() -> None:
    ours = [one["id"] for one in _objects(render(SAMPLE)) if one.get("created_by_ref") is not None]
    assert {UUID(one.partition("--")[2]).version for one in ours} == {5}
    for other in (
        render(SAMPLE, tlp="red"),
        render(SAMPLE, redact=True),
        render(replace(SAMPLE, id="asm-other")),
    ):
        assert not {one["id"] for one in _objects(other)} & set(ours)


def test_the_same_id_and_version_is_the_same_object_in_every_export() -> None:
    """The standard's rule of versions, over exports of all kinds."""
    seen: dict[tuple[str, str], Stix] = {}
    for label in ("", *TLP_IDS):
        for redact in (False, True):
            for one in _objects(render(SAMPLE, tlp=label, redact=redact)):
                key = one["id"], one.get("modified", "")
                assert seen.setdefault(key, one) == one


def test_tlp_ids_are_those_of_the_standard() -> None:
    assert TLP_EXTENSION == "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
    assert TLP_IDS == {
        "CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
        "GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        "AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        "AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
        "RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    }
    assert marking("AMBER+STRICT")["extensions"] == {
        TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": "amber+strict"}
    }


def test_every_object_of_ours_is_marked() -> None:
    for one in _objects(render(SAMPLE, tlp="amber")):
        if "created_by_ref" in one:
            assert one["object_marking_refs"] == [TLP_IDS["AMBER"]]
    assert "object_marking_refs" not in render(replace(SAMPLE, tlp=""))


def test_judgements_are_opinions_and_a_rejected_fact_is_revoked() -> None:
    text = render(SAMPLE)
    links = {one["id"]: one for one in _of(text, "relationship")}
    agree, disagree = _of(text, "opinion")
    assert (agree["opinion"], agree["authors"], agree["explanation"]) == (
        "strongly-agree",
        ["Mira Oskal"],
        "the command is quoted in annex 2",
    )
    assert disagree["opinion"] == "strongly-disagree"
    assert disagree["created"] == "2031-04-15T09:41:00.000Z"
    assert "revoked" not in links[agree["object_refs"][0]]
    rejected = links[disagree["object_refs"][0]]
    assert (rejected["revoked"], rejected["confidence"]) == (True, 0)
    assert "authors" not in render(SAMPLE, redact=True)


def test_a_correction_says_to_what() -> None:
    judged = SAMPLE.observations[2]
    assert judged.judgement is not None
    corrected = replace(judged, judgement=replace(judged.judgement, verdict="correct", value="T1059.001"))
    rows = (*SAMPLE.observations[:2], corrected, *SAMPLE.observations[3:])
    opinion = _of(render(replace(SAMPLE, observations=rows)), "opinion")[0]
    assert opinion["explanation"] == "Corrected to T1059.001. the command is quoted in annex 2"


def test_addresses_are_live() -> None:
    (indicator,) = _of(render(SAMPLE), "indicator")
    assert indicator["pattern"] == "[domain-name:value = 'berth-updates.example']"


def test_kinds_without_an_object_are_counted_in_the_note() -> None:
    odd = tuple(
        replace(SAMPLE.observations[1], id=f"obs-{sort}", kind=kind, subtype=sort, value=value, name=name)
        for kind, sort, value, name in (
            ("indicator", "bitcoin", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", ""),
            ("country", "", "Vessmar", ""),
            ("country", "", "NO", "Norway"),
            ("vulnerability", "", "CVE-2031-1234", ""),
            ("sector", "", "ports", "Ports"),
        )
    )
    text = render(replace(SAMPLE, observations=(*SAMPLE.observations, *odd)))
    assert "STIX has no object for 2 findings: bitcoin, country." in _of(text, "note")[0]["content"]
    targets = {one["target_ref"].partition("--")[0] for one in _links(text, "targets")}
    assert targets == {"location", "vulnerability", "identity"}
    assert _problems(text) == []


@pytest.mark.parametrize(
    ("subtype", "value", "expected"),
    [
        ("ipv4", "10.1.2.3", "[ipv4-addr:value = '10.1.2.3']"),
        ("url", "http://a.example/'x\\", "[url:value = 'http://a.example/\\'x\\\\']"),
        ("sha256", "ab" * 32, f"[file:hashes.'SHA-256' = '{'ab' * 32}']"),
        ("file", "a.exe", "[file:name = 'a.exe']"),
        (
            "path",
            "C:\\Temp\\a.exe",
            "[file:name = 'a.exe' AND file:parent_directory_ref.path = 'C:\\\\Temp']",
        ),
        ("path", "/tmp/", "[directory:path = '/tmp/']"),
        ("path", "a.exe", "[file:name = 'a.exe']"),
        ("asn", "AS64500", "[autonomous-system:number = 64500]"),
        ("asn", "64 500", ""),
        ("md5", "ab" * 31, ""),
        ("bitcoin", "1Boat", ""),
        ("", "anything", ""),
    ],
)
def test_patterns(subtype: str, value: str, expected: str) -> None:
    assert pattern(subtype, value) == expected


@settings(max_examples=20)
@given(strategies.texts)
def test_patterns_of_any_text_can_be_parsed(value: str) -> None:
    for subtype in PATTERNS:
        written = pattern(subtype, value)
        if written != "":
            stix2.Indicator(pattern=written, pattern_type="stix", valid_from="2031-01-01T00:00:00Z")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("2031-04-15T09:30:00Z", "2031-04-15T09:30:00.000Z"),
        ("2031-04-15T09:30:00.123456+02:00", "2031-04-15T07:30:00.123Z"),
        ("2031-04-15", "2031-04-15T00:00:00.000Z"),
        ("0001-01-01T00:00:00+14:00", "otherwise"),
        ("yesterday", "otherwise"),
        ("", "otherwise"),
    ],
)
def test_moments(made: str, expected: str) -> None:
    assert moment(made, "otherwise") == expected
