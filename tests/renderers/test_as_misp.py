"""The MISP event: what a platform that imports it needs, and what an analyst expects to find."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings

from tests import sample, strategies
from weigh.assessment.document import Assessment
from weigh.renderers import as_markdown
from weigh.renderers.as_misp import KINDS, TEXT, TYPES, render

SAMPLE = sample.assessment()

# Categories of MISP 2.5 that allow each type used here (describeTypes.json of the MISP project).
ALLOWED = {
    "threat-actor": {"Attribution"},
    "text": {"Attribution", "External analysis"},
    "domain": {"Network activity", "Payload delivery", "External analysis"},
    "ip-dst": {"Network activity", "Payload delivery", "External analysis"},
    "url": {"Network activity", "Payload delivery", "External analysis"},
    "AS": {"Network activity", "Payload delivery", "External analysis"},
    "email": {"Network activity", "Payload delivery", "Social network"},
    "md5": {"Payload delivery", "Artifacts dropped", "External analysis"},
    "sha1": {"Payload delivery", "Artifacts dropped", "External analysis"},
    "sha256": {"Payload delivery", "Artifacts dropped", "External analysis"},
    "sha512": {"Payload delivery", "Artifacts dropped"},
    "filename": {"Payload delivery", "Artifacts dropped", "External analysis"},
    "regkey": {"Persistence mechanism", "Artifacts dropped", "External analysis"},
    "mutex": {"Artifacts dropped"},
    "btc": {"Financial fraud"},
    "xmr": {"Financial fraud"},
    "vulnerability": {"Payload delivery", "External analysis"},
    "target-location": {"Targeting data"},
}

Json = dict[str, Any]


def _event(assessment: Assessment, **options: Any) -> Json:
    event = json.loads(render(assessment, **options))["Event"]
    assert isinstance(event, dict)
    return event


def _attributes(assessment: Assessment, **options: Any) -> dict[str, Json]:
    return {one["value"]: one for one in _event(assessment, **options)["Attribute"]}


def _tags(one: Json) -> list[str]:
    return [tag["name"] for tag in one["Tag"]]


def test_the_event_names_the_case_and_its_marking() -> None:
    event = _event(SAMPLE, tlp="amber+strict")
    assert (event["info"], event["date"], event["published"]) == ("Vessmar harbour", "2031-04-12", False)
    assert _tags(event) == ["tlp:amber+strict"]
    assert event["distribution"] == "0"


def test_likelihoods_stand_on_actors_never_on_the_event() -> None:
    assert all("misp-galaxy" not in tag and "estimative" not in tag for tag in _tags(_event(SAMPLE)))
    heron = _attributes(SAMPLE)["Slate Heron"]
    assert _tags(heron) == [
        'misp-galaxy:threat-actor="Slate Heron"',
        'misp-galaxy:mitre-intrusion-set="Slate Heron - G9101"',
        'estimative-language:likelihood-probability="likely"',
    ]
    assert heron["comment"].startswith("Probability 0.696 (90 % interval 0.480 to 0.860)")


def test_unlisted_is_there_and_is_no_threat_actor() -> None:
    unlisted = _attributes(SAMPLE)["an actor nobody has listed"]
    assert (unlisted["type"], unlisted["category"]) == ("text", "Attribution")
    assert _tags(unlisted) == ['estimative-language:likelihood-probability="very-unlikely"']


def test_no_word_no_tag() -> None:
    certain = replace(SAMPLE.hypotheses[0], probability=1.0, icd203="")
    attributes = _attributes(replace(SAMPLE, hypotheses=(certain,)))
    assert not any("estimative" in tag for tag in _tags(attributes["Slate Heron"]))


def test_techniques_and_software_carry_their_cluster_their_words_and_the_sources_letter() -> None:
    attributes = _attributes(SAMPLE)
    spearphishing = attributes["T1566.001 Spearphishing Attachment"]
    assert (
        spearphishing["comment"].splitlines()[0].startswith("incident.md, characters 107 to 116: On 3 April")
    )
    assert _tags(spearphishing) == [
        'misp-galaxy:mitre-attack-pattern="Spearphishing Attachment - T1566.001"',
        'admiralty-scale:information-credibility="6"',
    ]
    assert _tags(attributes["S0002 Mimikatz"]) == [
        'misp-galaxy:mitre-tool="Mimikatz - S0002"',
        'admiralty-scale:source-reliability="b"',
        'admiralty-scale:information-credibility="6"',
    ]


def test_indicators_are_live_and_alarm_nobody_until_a_person_accepts_them() -> None:
    domain = _attributes(SAMPLE)["berth-updates.example"]
    assert (domain["type"], domain["category"], domain["to_ids"]) == ("domain", "Network activity", False)
    judgement = SAMPLE.observations[2].judgement
    accepted = tuple(
        replace(row, judgement=judgement) if row.kind == "indicator" else row for row in SAMPLE.observations
    )
    attributes = _attributes(replace(SAMPLE, observations=accepted))
    assert [value for value, one in attributes.items() if one["to_ids"]] == ["berth-updates.example"]


def test_what_misp_takes_for_a_duplicate_is_one_attribute() -> None:
    rows = tuple(
        replace(SAMPLE.observations[1], id=f"obs-{sort}", subtype=sort, value="berth.exe", start=start)
        for start, sort in enumerate(("file", "path"))
    )
    (found,) = [
        one for one in _event(replace(SAMPLE, observations=rows))["Attribute"] if one["type"] == "filename"
    ]
    assert found["value"] == "berth.exe"
    assert [line[:25] for line in found["comment"].splitlines()] == [
        "incident.md, characters 0",
        "incident.md, characters 1",
    ]


def test_judgements_are_opinions_from_0_to_100() -> None:
    attributes = _attributes(SAMPLE)
    (agree,) = attributes["T1059.001 PowerShell"]["Opinion"]
    (disagree,) = attributes["T1071.001 Web Protocols"]["Opinion"]
    assert (agree["opinion"], disagree["opinion"]) == (100, 0)
    assert agree["object_uuid"] == attributes["T1059.001 PowerShell"]["uuid"]
    assert (agree["authors"], agree["created"]) == ("Mira Oskal", "2031-04-15 09:30:00")
    assert disagree["comment"] == "the note gives no basis for it"
    assert attributes["T1071.001 Web Protocols"]["disable_correlation"] is True


def test_the_dossier_is_an_event_report() -> None:
    (report,) = _event(SAMPLE)["EventReport"]
    assert report["content"] == as_markdown.render(SAMPLE)


@pytest.mark.parametrize(("type_", "category"), [*TYPES.values(), *KINDS.values(), TEXT])
def test_every_type_is_allowed_in_its_category(type_: str, category: str) -> None:
    assert category in ALLOWED[type_]


@settings(max_examples=12)
@given(strategies.assessments())
def test_any_event_can_be_imported(assessment: Assessment) -> None:
    event = _event(assessment)
    uuids = [UUID(found) for found in re.findall(r'"uuid": "([^"]+)"', json.dumps(event))]
    assert len(uuids) == len(set(uuids))
    seen = [(one["category"], one["type"], one["value"]) for one in event["Attribute"]]
    findings = [key for key in seen if key[0] != "Attribution"]
    assert len(findings) == len(set(findings))
    for one in event["Attribute"]:
        assert one["category"] in ALLOWED[one["type"]]
        assert one["value"] != ""
        assert len(_tags(one)) == len(set(_tags(one)))
        for tag in _tags(one):
            assert re.fullmatch(r'[a-z0-9-]+:[a-z0-9-]+="[^"\n]*"', tag) is not None
        for scale in ("source-reliability", "information-credibility", "likelihood-probability"):
            assert sum(scale in tag for tag in _tags(one)) <= 1
