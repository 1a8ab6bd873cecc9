"""MISP events: attributes, objects, tags and clusters as lines that lead back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import JSON, QUICK, assert_fields_lead_back, lines, problems, read_json
from weigh.errors import ReadingError
from weigh.records import Source

Members = dict[str, Any]


def event(**members: object) -> Members:
    return {"Event": {"info": "Harbour", "date": "2021-07-19", "Orgc": {"name": "Harbour CERT"}, **members}}


def attribute(kind: str, value: str, **members: object) -> Members:
    return {"type": kind, "value": value, **members}


def cluster(kind: str, value: str) -> Members:
    name = f'misp-galaxy:{kind}="{value}"'
    return {
        "type": kind,
        "value": value,
        "tag_name": name,
        "description": "In general ...",
        "meta": {"synonyms": ["x"]},
    }


PHISHING = cluster("mitre-attack-pattern", "Spearphishing Attachment - T1566.001")
FULL = event(
    Tag=[
        {"name": "tlp:green"},
        {"name": PHISHING["tag_name"]},
        {"name": 'admiralty-scale:source-reliability="b"'},
    ],
    Galaxy=[{"type": "mitre-attack-pattern", "GalaxyCluster": [PHISHING]}],
    Attribute=[
        attribute("ip-dst", "198.51.100.7", comment="seen in May"),
        attribute("filename|md5", "a.exe|" + "0" * 32, Tag=[{"name": "tlp:amber"}]),
        attribute("domain", "gone.example", deleted=True),
    ],
    Object=[
        {
            "name": "file",
            "description": "File object describing a file",
            "comment": "dropped",
            "Attribute": [attribute("sha256", "1" * 64, object_relation="sha256"), attribute("text", "big")],
        },
        {"name": "domain-ip", "deleted": True, "Attribute": [attribute("domain", "also-gone.example")]},
    ],
    EventReport=[{"name": "Summary", "content": "They used T1003.\n\nThen left."}],
    RelatedEvent=[{"Event": {"info": "Other"}}],
)


def test_an_event_is_written_line_by_line() -> None:
    document = read_json(FULL)
    assert document.format == "misp"
    assert lines(document) == [
        "event: Harbour",
        'tag: admiralty-scale:source-reliability="b"',
        "mitre-attack-pattern: Spearphishing Attachment - T1566.001",
        "ip-dst: 198.51.100.7",
        "comment: seen in May",
        f"filename|md5: a.exe|{'0' * 32}",
        "object: file",
        "comment: dropped",
        f"sha256: {'1' * 64}",
        "text: big",
        "report: Summary",
        "content: They used T1003.",
        "Then left.",
    ]
    assert_fields_lead_back(document, FULL)


def test_what_the_event_says_of_itself() -> None:
    document = read_json(FULL)
    assert (document.date, document.tlp, document.title) == ("2021-07-19", "AMBER", "Harbour")
    assert document.source == Source("Harbour CERT", "F")


def test_what_is_not_read_is_counted_with_its_first_place() -> None:
    said = problems(read_json(FULL))
    assert "/Event/Attribute/2: 2 deleted attributes and objects were not read" in said
    assert "/Event/Galaxy/0/GalaxyCluster/0: 1 description of a galaxy cluster was not read" in said
    assert "/Event/RelatedEvent/0: 1 related event or proposal was not read" in said


@pytest.mark.parametrize(
    "value",
    [
        FULL,
        [FULL],
        {"response": [FULL]},
        {"response": FULL},
        {"response": {"response": [FULL]}},
    ],
)
def test_the_ways_that_events_come_in(value: object) -> None:
    document = read_json(value)
    assert lines(document) == lines(read_json(FULL))
    assert_fields_lead_back(document, value)


def test_the_answer_to_a_search_for_attributes_is_an_event() -> None:
    value = {"response": {"Attribute": [attribute("domain", "x.example")]}}
    document = read_json(value)
    assert (document.format, lines(document)) == ("misp", ["domain: x.example"])
    assert_fields_lead_back(document, value)


@pytest.mark.parametrize(
    "value", [{"Event": "words"}, {"Event": {}, "a": "b"}, {"response": ["a"]}, {"response": "b"}, [["a"]]]
)
def test_what_only_looks_like_misp_is_other_json(value: object) -> None:
    assert read_json(value).format == "json"


def test_several_events_say_of_themselves_what_they_share() -> None:
    other = event(date="2021-07-02", info="Coast", Orgc={"name": "Coast CERT"})
    document = read_json([event(), other])
    assert (document.date, document.title, document.source) == ("2021-07", "", None)
    assert lines(document) == ["event: Harbour", "event: Coast"]


@pytest.mark.parametrize("deleted", [True, 1, "1"])
def test_the_ways_to_say_deleted(deleted: object) -> None:
    gone = attribute("domain", "gone.example", deleted=deleted)
    assert "gone.example" not in read_json(event(Attribute=[gone])).text


@pytest.mark.parametrize("kept", [False, 0, "0", None])
def test_the_ways_to_say_not_deleted(kept: object) -> None:
    there = attribute("domain", "x.example", deleted=kept)
    assert lines(read_json(event(Attribute=[there])))[1:] == ["domain: x.example"]


@QUICK
@given(st.lists(st.tuples(st.sampled_from(["domain", "md5", "text"]), st.text(min_size=1)), max_size=6))
def test_every_value_that_is_not_blank_has_its_field(pairs: list[tuple[str, str]]) -> None:
    value = event(Attribute=[attribute(kind, text) for kind, text in pairs])
    document = read_json(value)
    assert_fields_lead_back(document, value)
    filled = [kind for kind, text in pairs if text.replace("\x00", " ").strip() != ""]
    assert len([field for field in document.fields if field.kind in {"domain", "md5", "text"}]) <= len(pairs)
    assert len(filled) >= len(document.fields) - 1


KEYS = st.sampled_from(
    [
        "info",
        "date",
        "Orgc",
        "Tag",
        "Galaxy",
        "GalaxyCluster",
        "Attribute",
        "Object",
        "EventReport",
        "deleted",
    ]
)


@QUICK
@given(st.dictionaries(KEYS, JSON | st.lists(st.dictionaries(KEYS, JSON, max_size=4), max_size=3)))
def test_members_of_any_shape_are_harmless(members: Mapping[str, object]) -> None:
    value = {"Event": {"info": "words", **members}}
    try:
        document = read_json(value)
    except ReadingError:
        return
    assert document == read_json(value)
    assert_fields_lead_back(document, value)
