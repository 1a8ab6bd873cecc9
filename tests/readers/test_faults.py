"""Malformed items of structured files: none is skipped in silence, and none buries its reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import JSON, QUICK, problems, read_json
from weigh.errors import ReadingError
from weigh.readers.faults import NAMED, Faults
from weigh.readers.placed import Placed
from weigh.records import Document, Notice

Object = dict[str, Any]
VERSIONS = {"attack": "18", "navigator": "5.1.0", "layer": "4.5"}


def identity(kind: str, number: int = 1) -> str:
    return f"{kind}--00000000-0000-4000-8000-{number:012}"


def thing(kind: str, number: int = 1, **members: object) -> Object:
    return {"type": kind, "id": identity(kind, number), **members}


def bundle(*objects: object, **members: object) -> Object:
    return {"type": "bundle", "id": identity("bundle"), "objects": list(objects), **members}


def layer(*techniques: object, **members: object) -> Object:
    return {
        "name": "L",
        "domain": "enterprise-attack",
        "versions": VERSIONS,
        "techniques": list(techniques),
        **members,
    }


def event(**members: object) -> Object:
    return {"Event": {"info": "E", **members}}


def attribute(kind: object, value: object, **members: object) -> Object:
    return {"type": kind, "value": value, **members}


LOADER = thing("malware", 2, name="Loader")
NOTHING = thing("malware", 3)
RELATION = thing(
    "relationship",
    4,
    source_ref=LOADER["id"],
    target_ref=identity("tool", 9),
    relationship_type="uses",
)
TECHNIQUE = {"techniqueID": "T1001"}

NAVIGATOR: list[tuple[object, str, str]] = [
    (layer(5, TECHNIQUE), "/techniques/0", "an item of “techniques” is not an object"),
    (layer({"score": 1}), "/techniques/0", "a technique has no id"),
    (layer({"techniqueID": " "}), "/techniques/0", "a technique has no id"),
    (layer({"techniqueID": 1001}), "/techniques/0/techniqueID", "“techniqueID” is not a string"),
    (
        layer({"techniqueID": "phishing"}),
        "/techniques/0/techniqueID",
        "an id is none of a technique of ATT&CK: “phishing”",
    ),
    (layer({**TECHNIQUE, "score": "9"}), "/techniques/0/score", "“score” is not a number"),
    (layer({**TECHNIQUE, "score": True}), "/techniques/0/score", "“score” is not a number"),
    (layer({**TECHNIQUE, "enabled": "no"}), "/techniques/0/enabled", "“enabled” is not true or false"),
    (layer({**TECHNIQUE, "comment": ["a"]}), "/techniques/0/comment", "“comment” is not a string"),
    (layer({**TECHNIQUE, "metadata": "a"}), "/techniques/0/metadata", "“metadata” is not a list"),
    (
        layer({**TECHNIQUE, "metadata": ["a"]}),
        "/techniques/0/metadata/0",
        "an item of “metadata” is not an object",
    ),
    (
        layer({**TECHNIQUE, "metadata": [{"name": "n", "value": 5}]}),
        "/techniques/0/metadata/0/value",
        "“value” is not a string",
    ),
    (layer(TECHNIQUE, name=5), "/name", "“name” is not a string"),
    (layer(TECHNIQUE, versions=None), "", "the layer does not say of which version it is"),
    (
        layer(TECHNIQUE, versions={"layer": "5.0"}),
        "/versions/layer",
        "the layer's version is none of 4.0 to 4.5, as which it is read: “5.0”",
    ),
    (
        layer(TECHNIQUE, versions=None, version="2.2"),
        "/version",
        "the layer's version is none of 4.0 to 4.5, as which it is read: “2.2”",
    ),
]
STIX: list[tuple[object, str, str]] = [
    (bundle(LOADER, "words"), "/objects/1", "an item of “objects” is not an object"),
    (bundle({"id": identity("malware"), "name": "x"}), "/objects/0", "an object has no type"),
    (bundle({"type": "malware", "name": "x"}), "/objects/0", "an object has no id"),
    (
        bundle({**LOADER, "id": "malware--2"}),
        "/objects/0/id",
        "an id is not the object's type and a UUID: “malware--2”",
    ),
    (
        bundle({**LOADER, "id": identity("tool")}),
        "/objects/0/id",
        f"an id is not the object's type and a UUID: “{identity('tool')}”",
    ),
    (bundle({**LOADER, "name": 5, "description": "Told."}), "/objects/0/name", "“name” is not a string"),
    (bundle({**LOADER, "revoked": "yes"}), "/objects/0/revoked", "“revoked” is not true or false"),
    (bundle({**LOADER, "created": "May"}), "/objects/0/created", "a time stamp is none: “May”"),
    (bundle(NOTHING, LOADER), "/objects/0", "an object has nothing in it that is read"),
    (bundle(LOADER, thing("ipv4-addr", value=7)), "/objects/1", "an object has nothing in it that is read"),
    (bundle(LOADER, thing("domain-name")), "/objects/1", "“value” is missing"),
    (bundle(LOADER, thing("indicator", name="I")), "/objects/1", "“pattern” is missing"),
    (
        bundle(thing("indicator", pattern="[a:b = 'c' and]")),
        "/objects/0/pattern",
        "a pattern cannot be parsed to its end; the values that it seems to look for are read: “and]”",
    ),
    (
        bundle(LOADER, RELATION),
        "/objects/1/target_ref",
        f"a relation was not read, because its end is not in the file: “{identity('tool', 9)}”",
    ),
    (
        bundle(LOADER, {**RELATION, "target_ref": NOTHING["id"]}, NOTHING),
        "/objects/1/target_ref",
        f"a relation was not read, because its end has no name: “{NOTHING['id']}”",
    ),
    (bundle(LOADER, {**RELATION, "target_ref": None}), "/objects/1", "“target_ref” is missing"),
    (
        bundle(thing("report", name="R", object_refs=[LOADER["id"]])),
        "/objects/0/object_refs/0",
        f"what an object refers to is not in the file: “{LOADER['id']}”",
    ),
    (
        bundle({**LOADER, "object_marking_refs": LOADER["id"]}),
        "/objects/0/object_marking_refs",
        "a reference to another object is not a string",
    ),
    (
        bundle({**LOADER, "created_by_ref": 5}),
        "/objects/0/created_by_ref",
        "a reference to another object is not a string",
    ),
    (
        bundle(LOADER, spec_version="3.0"),
        "/spec_version",
        "the version of STIX is neither 2.0 nor 2.1, as which it is read: “3.0”",
    ),
    (
        bundle(thing("observed-data", objects={"0": {"type": "file", "name": "a"}, "1": "b"})),
        "/objects/0/objects/1",
        "an item of “objects” is not an object",
    ),
    (
        bundle(thing("observed-data", objects={"0": {"type": "file", "name": "a"}, "1": {"type": "file"}})),
        "/objects/0/objects/1",
        "an object has nothing in it that is read",
    ),
]
MISP: list[tuple[object, str, str]] = [
    ([event(), 5], "/1", "an item is no event"),
    ([event(), {"Event": {}}], "/1", "an item is no event"),
    (event(date="May"), "/Event/date", "the event's date is none: “May”"),
    (event(Orgc="CERT"), "/Event/Orgc", "“Orgc” is not an object"),
    (event(Attribute="a"), "/Event/Attribute", "“Attribute” is not a list or an object"),
    (event(Attribute=[5]), "/Event/Attribute/0", "an item of “Attribute” is not an object"),
    (event(Attribute=[attribute("port", 80)]), "/Event/Attribute/0/value", "“value” is not a string"),
    (event(Attribute=[attribute("domain", " ")]), "/Event/Attribute/0", "an attribute has no value"),
    (event(Attribute=[{"value": "a"}]), "/Event/Attribute/0", "an attribute has no type"),
    (
        event(Attribute=[attribute("md5", "words")]),
        "/Event/Attribute/0/value",
        "a value is none of its attribute's type: “words”",
    ),
    (
        event(Attribute=[attribute("domain", "a.example", deleted="maybe")]),
        "/Event/Attribute/0/deleted",
        "“deleted” is neither true nor false",
    ),
    (event(Tag=[{"colour": "#fff"}]), "/Event/Tag/0", "a tag has no name"),
    (event(Object=[{"Attribute": [5]}]), "/Event/Object/0", "an object has no name"),
    (event(EventReport=[{"name": "R"}]), "/Event/EventReport/0", "a report has no content"),
    (event(EventReport=[None]), "/Event/EventReport/0", "an item of “EventReport” is not an object"),
    (
        event(Galaxy=[{"GalaxyCluster": [{"type": "tool"}]}]),
        "/Event/Galaxy/0/GalaxyCluster/0",
        "a galaxy cluster has no value",
    ),
]


@pytest.mark.parametrize(("value", "place", "problem"), [*NAVIGATOR, *STIX, *MISP])
def test_each_fault_is_named_with_its_place_and_remedy(value: object, place: str, problem: str) -> None:
    found = [notice for notice in read_json(value).notices if notice.problem == problem]
    assert [notice.place for notice in found] == [place]
    assert found[0].remedy != ""


SOUND = [
    layer(TECHNIQUE, {"techniqueID": "T1566.001", "score": 2.5, "enabled": True, "comment": None}),
    layer(TECHNIQUE, versions=None, version="4.2"),
    bundle(LOADER, thing("marking-definition", definition_type="statement", definition={"statement": "(c)"})),
    bundle(
        LOADER,
        thing("language-content", object_ref=LOADER["id"], contents={}),
        thing("indicator", pattern="rule a { condition: true }", pattern_type="yara"),
        {**RELATION, "target_ref": LOADER["id"], "created_by_ref": identity("identity")},
        thing("identity", name="CERT"),
        spec_version="2.0",
    ),
    event(
        date="2021-07-19",
        Attribute=[attribute("md5", "0" * 32, deleted=False), attribute("comment", "any | text")],
        Object=[{"name": "file", "deleted": "0"}],
        Tag=[{"name": "tlp:green"}],
    ),
]  # fmt: skip


@pytest.mark.parametrize("value", SOUND)
def test_what_is_as_it_should_be_or_irrelevant_is_no_fault(value: object) -> None:
    assert read_json(value).notices == ()


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (layer(*(f"T{number}" for number in range(50))), "an item of “techniques” is not an object"),
        (bundle(*range(50), LOADER), "an item of “objects” is not an object"),
        (event(Attribute=[None] * 50), "an item of “Attribute” is not an object"),
    ],
)
def test_of_one_sort_the_first_are_named_and_the_rest_counted(value: object, problem: str) -> None:
    notices = read_json(value).notices
    assert [notice.problem for notice in notices] == [problem] * NAMED + [
        f"30 more with the same fault: {problem}"
    ]
    assert notices[-1].place.endswith("/20")
    assert len({notice.place for notice in notices}) == NAMED + 1


def test_a_file_of_nothing_but_faults_is_an_error_that_names_the_first() -> None:
    with pytest.raises(ReadingError, match="no text in it: “name” is not a string") as caught:
        read_json(bundle({**LOADER, "name": 5}), "a.json")
    assert caught.value.place == "a.json, /objects/0/name"


def test_what_is_shown_of_a_file_is_one_short_line() -> None:
    (notice,) = read_json(layer({"techniqueID": "a\n\x00b" + "c" * 1_000_000})).notices
    assert "\n" not in notice.problem
    assert len(notice.problem) < 150


@QUICK
@given(st.lists(st.tuples(st.sampled_from("abc"), st.text(max_size=3)), max_size=80))
def test_nothing_noted_is_lost_and_the_order_is_the_files(noted: list[tuple[str, str]]) -> None:
    faults = Faults()
    for place, (problem, detail) in enumerate(noted):
        faults.add(problem, f"/{place}", detail)
    assert faults.number == len(noted)
    assert sum(map(accounted, faults.notices())) == len(noted)
    for problem in "abc":
        own = [f"/{place}" for place, (sort, _) in enumerate(noted) if sort == problem]
        told = [notice.place for notice in faults.notices() if sort_of(notice) == problem]
        assert told == own[: NAMED + 1]


def sort_of(notice: Notice) -> str:
    """The sort in a notice of a fault of `a`, `b` or `c`."""
    return notice.problem[0] if " more with" not in notice.problem else notice.problem[-1]


def accounted(notice: Notice) -> int:
    """How many faults a notice stands for."""
    return int(notice.problem.split()[0].replace(",", "")) if " more with" in notice.problem else 1


@QUICK
@given(JSON)
def test_objects_in_a_member_are_given_or_noted(member: object) -> None:
    faults, each = Faults(), Placed("/p", {"m": member})
    given_back = list(faults.objects(each, "m"))
    assert given_back == list(each.objects("m"))
    items = len(member) if isinstance(member, list | dict) else int(member is not None)
    assert len(given_back) + faults.number == items


ODD = JSON | st.sampled_from([LOADER, NOTHING, RELATION, TECHNIQUE, attribute("md5", "x")])
MEMBERS = st.sampled_from(
    [
        *("type", "id", "name", "value", "pattern", "description", "revoked", "source_ref", "target_ref"),
        *("techniqueID", "score", "comment", "enabled", "color", "metadata", "deleted", "Tag", "content"),
    ]
)
ITEMS = st.lists(ODD | st.dictionaries(MEMBERS, JSON, max_size=5), min_size=1, max_size=6)


def read(value: object) -> Document | None:
    """The document; None when there is nothing in it to read, which is an error of the whole."""
    try:
        return read_json(value)
    except ReadingError:
        return None


def silent(document: Document, items: list[Object], root: str) -> list[str]:
    """Places of items that neither a line of the text nor a notice speaks of.

    Notices that count several name only the first, so that as many silent items are theirs.
    """
    told = [*(field.pointer for field in document.fields), *(notice.place for notice in document.notices)]
    places = [f"{root}/{index}" for index in range(len(items))]
    quiet = [place for place in places if not any(f"{spoken}/".startswith(f"{place}/") for spoken in told)]
    counted = sum(further(notice) for notice in document.notices)
    return quiet[counted:]


def further(notice: Notice) -> int:
    """How many places beyond the one that it names a notice counts."""
    words = notice.problem.removeprefix("of ").split()[0].replace(",", "")
    return int(words) - 1 if words.isdecimal() else 0


@QUICK
@given(ITEMS)
def test_every_technique_of_a_layer_is_in_the_text_or_in_a_notice(items: list[Object]) -> None:
    document = read(layer(*items))
    assert document is not None
    assert silent(document, items, "/techniques") == [], problems(document)


@QUICK
@given(ITEMS)
def test_every_object_of_a_bundle_is_in_the_text_or_in_a_notice(items: list[Object]) -> None:
    document = read(bundle(thing("note", 99, content="words"), *items))
    assert document is not None
    assert silent(document, [{}, *items], "/objects") == [], problems(document)


@QUICK
@given(ITEMS, st.sampled_from(["Attribute", "Object", "EventReport", "RelatedEvent", "Tag"]))
def test_every_item_of_an_event_is_in_the_text_or_in_a_notice(items: list[Object], key: str) -> None:
    document = read(event(**{key: items}))
    assert document is not None
    assert silent(document, items, f"/Event/{key}") == [], problems(document)


@QUICK
@given(ITEMS)
def test_faults_are_told_in_the_same_order_every_time(items: list[Mapping[str, object]]) -> None:
    for value in (layer(*items), bundle(LOADER, *items), event(Attribute=items)):
        assert read_json(value).notices == read_json(value).notices
