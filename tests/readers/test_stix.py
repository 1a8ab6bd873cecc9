"""STIX: lines that name what is reported, each leading back to its field."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import (
    JSON,
    QUICK,
    assert_fields_lead_back,
    lines,
    problems,
    read_json,
)
from weigh.errors import ReadingError
from weigh.readers.stix_objects import TLP_IDS
from weigh.records import Source

Object = dict[str, Any]
AMBER = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"
RED_2 = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"
AUTHOR = "identity--11111111-1111-4111-8111-111111111111"


def thing(kind: str, number: int = 1, **members: object) -> Object:
    stamp = "2021-07-19T10:00:00.000Z"
    identity = f"{kind}--00000000-0000-4000-8000-{number:012}"
    return {
        "type": kind,
        "id": identity,
        "spec_version": "2.1",
        "created": stamp,
        "modified": stamp,
        **members,
    }


def catalogued(kind: str, external_id: str, name: str, number: int = 1, **members: object) -> Object:
    reference = {"source_name": "mitre-attack", "external_id": external_id, "url": "https://attack.example/x"}
    return thing(kind, number, name=name, external_references=[reference], **members)


def relation(number: int, source: Object, verb: str, target: Object, **members: object) -> Object:
    ends = {"source_ref": source["id"], "target_ref": target["id"], "relationship_type": verb}
    return thing("relationship", number, **ends, **members)


def bundle(*objects: Object) -> Object:
    return {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000000", "objects": list(objects)}


PHISHING = catalogued("attack-pattern", "T1566.001", "Spearphishing Attachment", description="In general ...")
LOADER = thing("malware", 2, name="Harbour Loader", description="Drops a file.", is_family=False)
GROUP = thing("intrusion-set", 3, name="APT40", aliases=["APT40", "Leviathan", "TEMP.Periscope"])
CASES: list[tuple[Object, list[str]]] = [
    (PHISHING, ["attack-pattern: T1566.001 Spearphishing Attachment"]),
    (LOADER, ["malware: Harbour Loader", "description: Drops a file."]),
    (GROUP, ["intrusion-set: APT40 (aliases: Leviathan, TEMP.Periscope)"]),
    (thing("ipv4-addr", value="198.51.100.7"), ["ipv4-addr: 198.51.100.7"]),
    (thing("domain-name", value="x.example", resolves_to_refs=["a"]), ["domain-name: x.example"]),
    (thing("mutex", name="Global\\abc"), ["mutex: Global\\abc"]),
    (thing("windows-registry-key", key="HKLM\\Run"), ["windows-registry-key: HKLM\\Run"]),
    (thing("process", command_line="net use"), ["process: net use"]),
    ({**thing("autonomous-system"), "number": 64512}, ["autonomous-system: AS64512"]),
    ({**thing("autonomous-system", name="Elm"), "number": 64512}, ["autonomous-system: AS64512 Elm"]),
    (thing("autonomous-system", name="Elm"), ["autonomous-system: Elm"]),
    (
        thing("file", name="a.exe", hashes={"MD5": "0" * 32, "SHA-256": "1" * 64}),
        ["file: a.exe", f"MD5: {'0' * 32}", f"SHA-256: {'1' * 64}"],
    ),
    (
        thing("indicator", name="C2", pattern="[domain-name:value = 'x.example']", pattern_type="stix"),
        ["indicator: C2", "domain-name: x.example"],
    ),
    (
        thing("indicator", pattern="rule a { condition: true }", pattern_type="yara"),
        ["pattern: rule a { condition: true }"],
    ),
    (thing("indicator", pattern="[domain-name:value != 'x']"), ["pattern: [domain-name:value != 'x']"]),
    (
        thing("report", name="On the harbour", description="Seen in May.", object_refs=["a", "b"]),
        ["report: On the harbour", "description: Seen in May."],
    ),
    (
        thing("report", name="R", external_references=[{"source_name": "blog", "url": "https://b.example"}]),
        ["report: R", "reference: blog https://b.example"],
    ),
    (
        thing(
            "campaign",
            name="C",
            external_references=[{"source_name": "x", "external_id": "C0001"}],
            description="Told.",
        ),
        ["campaign: C0001 C", "description: Told.", "reference: x"],
    ),
    (thing("note", abstract="In short", content="At length"), ["note: In short", "content: At length"]),
    (
        thing("identity", name="Port of Elm", sectors=["transport"]),
        ["identity: Port of Elm", "sectors: transport"],
    ),
    (
        thing(
            "observed-data",
            objects={"0": {"type": "ipv4-addr", "value": "198.51.100.7"}, "1": {"type": "file", "name": "b"}},
        ),
        ["ipv4-addr: 198.51.100.7", "file: b"],
    ),
    (
        thing(
            "vulnerability",
            name="CVE-2021-26855",
            external_references=[{"source_name": "cve", "external_id": "CVE-2021-26855"}],
        ),
        ["vulnerability: CVE-2021-26855 CVE-2021-26855"],
    ),
    (thing("x-acme-thing", name="Own", x_acme={"deep": ["words"]}), ["x-acme-thing: Own", "deep: words"]),
]


@pytest.mark.parametrize(("given_object", "expected"), CASES)
def test_each_kind_of_object(given_object: Object, expected: list[str]) -> None:
    value = bundle(given_object)
    document = read_json(value)
    assert document.format == "stix"
    assert lines(document) == expected


@pytest.mark.parametrize("value", [bundle(LOADER), [LOADER], LOADER, {"more": False, "objects": [LOADER]}])
def test_the_ways_that_objects_come_in(value: object) -> None:
    document = read_json(value)
    assert document.format == "stix"
    assert lines(document) == ["malware: Harbour Loader", "description: Drops a file."]
    assert_fields_lead_back(document, value)


@pytest.mark.parametrize(
    "value",
    [
        [LOADER, {"no": "object"}],
        {"objects": ["a"]},
        {"type": "malware", "name": "x"},
        {"type": "a", "id": "b--c"},
    ],
)
def test_what_only_looks_like_stix_is_other_json(value: object) -> None:
    assert read_json(value).format == "json"


def test_fields_lead_back_to_every_value_but_those_inside_patterns() -> None:
    told = [case for case, _ in CASES if case["type"] != "indicator"]
    value = bundle(*told, relation(9, GROUP, "uses", LOADER, description="They do."), GROUP, LOADER)
    assert_fields_lead_back(read_json(value), value)


def test_a_value_in_a_pattern_leads_back_to_the_pattern() -> None:
    document = read_json(bundle(thing("indicator", pattern="[file:name = 'it\\'s.exe']")))
    (field,) = document.fields
    assert (field.pointer, field.kind) == ("/objects/0/pattern", "indicator.pattern")
    assert field.span.of(document.text) == "it's.exe"


def test_relations_are_written_with_the_names_of_both_ends() -> None:
    described = relation(9, GROUP, "uses", LOADER, description="Since 2019.")
    document = read_json(bundle(GROUP, LOADER, described))
    assert lines(document)[-2:] == ["relationship: APT40 uses Harbour Loader", "description: Since 2019."]
    assert {field.kind for field in document.fields} >= {
        *("intrusion-set.name", "relationship.relationship_type", "malware.name"),
    }


def test_a_relation_without_both_ends_keeps_its_description_and_is_counted() -> None:
    document = read_json(bundle(GROUP, relation(9, GROUP, "uses", LOADER, description="They use it.")))
    assert lines(document)[1:] == ["description: They use it."]
    assert "/objects/1/target_ref: a relation was not read, because its end is not in" in problems(document)


@pytest.mark.parametrize("stale", [{"revoked": True}, {"x_mitre_deprecated": True}])
def test_revoked_and_deprecated_objects_are_counted_with_their_relations(stale: Mapping[str, object]) -> None:
    old = {**LOADER, **stale}
    document = read_json(bundle(GROUP, old, relation(9, GROUP, "uses", old, description="Wrong.")))
    assert lines(document) == ["intrusion-set: APT40 (aliases: Leviathan, TEMP.Periscope)"]
    assert "/objects/1: 1 revoked or deprecated object was not read" in problems(document)
    assert "/objects/2: 1 relation was not read, because an end is revoked or" in problems(document)


def test_the_general_text_of_a_catalogue_is_counted_not_read() -> None:
    document = read_json(bundle(PHISHING))
    assert "In general" not in document.text
    assert "of 1 catalogue entry only names and ids were read; 14 characters" in problems(document)


def test_sightings_are_written_with_what_was_seen() -> None:
    sighting = thing("sighting", 8, sighting_of_ref=LOADER["id"], description="On two hosts.")
    assert lines(read_json(bundle(LOADER, sighting)))[-2:] == [
        "sighting: Harbour Loader",
        "description: On two hosts.",
    ]
    assert "a relation was not read" in problems(read_json(bundle(GROUP, sighting)))


def test_objects_that_point_at_each_other_end() -> None:
    one, two = thing("malware", 1, name="One"), thing("malware", 2, name="Two")
    one["created_by_ref"], two["created_by_ref"] = two["id"], one["id"]
    circle = relation(3, one, "uses", two)
    circle["source_ref"] = circle["id"]
    one["object_marking_refs"] = [one["id"]]
    document = read_json(bundle(one, two, circle, relation(4, one, "uses", one)))
    assert lines(document) == ["malware: One", "malware: Two", "relationship: One uses One"]


@pytest.mark.parametrize(
    ("objects", "date"),
    [
        ([thing("report", name="R", published="2021-07-19T00:00:00Z")], "2021-07-19"),
        ([thing("report", name="R", published="2020-02-03T00:00:00Z"), LOADER], "2020-02-03"),
        ([thing("report", name="R")], "2021-07-19"),
        (
            [thing("report", n, name="R", published=f"2021-0{n}-01T00:00:00Z") for n in (3, 4)],
            "2021",
        ),
        ([LOADER, {**GROUP, "created": "2021-07-02T00:00:00Z"}], "2021-07"),
        ([LOADER, {**GROUP, "created": "2019-07-02T00:00:00Z"}], ""),
        ([{**PHISHING, "created": "2018-01-01T00:00:00Z"}, LOADER], "2021-07-19"),
        ([{"type": "url", "id": "url--1", "value": "https://x.example"}], ""),
    ],
)
def test_the_date_is_the_reports_or_what_the_objects_share(objects: list[Object], date: str) -> None:
    assert read_json(bundle(*objects)).date == date


def test_the_author_is_the_source_and_no_subject() -> None:
    author = {**thing("identity", name="Harbour CERT"), "id": AUTHOR}
    document = read_json(bundle(author, {**LOADER, "created_by_ref": AUTHOR}))
    assert document.source == Source("Harbour CERT", "F")
    assert "Harbour CERT" not in document.text


def test_the_author_of_the_report_counts_before_those_of_its_objects() -> None:
    author = {**thing("identity", name="Harbour CERT"), "id": AUTHOR}
    other = thing("identity", 5, name="Coast CERT")
    report = thing("report", name="R", created_by_ref=AUTHOR)
    objects = [author, other, report, {**LOADER, "created_by_ref": other["id"]}]
    assert read_json(bundle(*objects)).source == Source("Harbour CERT", "F")
    assert read_json(bundle(*objects[:2], objects[3])).source == Source("Coast CERT", "F")


def marking(number: int, **members: object) -> Object:
    return thing("marking-definition", number, **members)


@pytest.mark.parametrize(
    ("definition", "label"),
    [
        ({"definition_type": "tlp", "definition": {"tlp": "amber"}}, "AMBER"),
        ({"name": "TLP:GREEN", "definition_type": "tlp", "definition": {"tlp": "green"}}, "GREEN"),
        (
            {
                "extensions": {
                    "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d": {"tlp_2_0": "amber+strict"}
                }
            },
            "AMBER+STRICT",
        ),
        ({"definition_type": "statement", "definition": {"statement": "(c)"}}, ""),
        ({"definition": "nonsense", "extensions": []}, ""),
    ],
)
def test_markings_that_the_file_defines(definition: Mapping[str, object], label: str) -> None:
    mark = marking(7, **definition)
    marked = {**LOADER, "object_marking_refs": [mark["id"]]}
    assert read_json(bundle(mark, marked)).tlp == label
    assert read_json(bundle(mark, LOADER)).tlp == ""


@pytest.mark.parametrize(("reference", "label"), TLP_IDS.items())
def test_markings_that_are_known_by_id(reference: str, label: str) -> None:
    assert read_json(bundle({**LOADER, "object_marking_refs": [reference]})).tlp == label


def test_the_strictest_marking_of_any_part_holds() -> None:
    marked = {**LOADER, "object_marking_refs": [AMBER]}
    partly = {**GROUP, "granular_markings": [{"marking_ref": RED_2, "selectors": ["name"]}]}
    assert read_json(bundle(marked, GROUP)).tlp == "AMBER"
    assert read_json(bundle(marked, partly)).tlp == "RED"


def test_the_title_is_that_of_the_only_report() -> None:
    report = thing("report", name="On the harbour")
    assert read_json(bundle(report, LOADER)).title == "On the harbour"
    assert read_json(bundle(report, thing("report", 2, name="Another"))).title == ""


def test_an_empty_bundle_has_nothing_to_read() -> None:
    with pytest.raises(ReadingError, match="no text in it"):
        read_json(bundle())


def test_stix_2_0_reads_like_2_1() -> None:
    old = copy.deepcopy(bundle(GROUP, LOADER, relation(9, GROUP, "uses", LOADER)))
    for each in old["objects"]:
        del each["spec_version"]
    old["spec_version"] = "2.0"
    new = bundle(GROUP, LOADER, relation(9, GROUP, "uses", LOADER))
    assert read_json(old).text == read_json(new).text


MEMBERS = st.sampled_from(
    [
        *("name", "value", "pattern", "description", "aliases", "external_references", "objects", "revoked"),
        *("created", "published", "created_by_ref", "object_marking_refs", "granular_markings", "definition"),
        *(
            "extensions",
            "source_ref",
            "target_ref",
            "relationship_type",
            "sighting_of_ref",
            "number",
            "hashes",
        ),
    ]
)
TYPES = st.sampled_from(
    [
        *("malware", "relationship", "sighting", "indicator", "report", "identity", "observed-data"),
        *("marking-definition", "autonomous-system", "x-own"),
    ]
)


@QUICK
@given(st.lists(st.tuples(TYPES, st.dictionaries(MEMBERS, JSON, max_size=6)), min_size=1, max_size=5))
def test_members_of_any_shape_are_harmless(objects: list[tuple[str, Object]]) -> None:
    value = bundle(*(thing(kind, number % 3) | members for number, (kind, members) in enumerate(objects)))
    try:
        document = read_json(value)
    except ReadingError:
        return
    assert document == read_json(value)
    for field in document.fields:
        if field.kind != "indicator.pattern":
            assert field.span.of(document.text).strip() != "" or field.kind.count(".") == 1
