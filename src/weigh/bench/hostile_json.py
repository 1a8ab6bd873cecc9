"""Hostile and odd files that are JSON: plain, STIX, MISP and Navigator, each of about the bytes asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping

from weigh.bench.hostile_texts import Make, repeated

_LAYER = {"name": "Odd", "domain": "enterprise-attack", "versions": {"layer": "4.5"}}
_DEPTH = 50
"""Nesting that the readers' limits let pass."""


def _within(before: str, piece: str, after: str) -> Make:
    return lambda size: before.encode() + repeated(piece, size) + after.encode()


def _encoded(value: object) -> bytes:
    return json.dumps(value).encode()


def _identity(kind: str, number: int) -> str:
    return f"{kind}--00000000-0000-4000-8000-{number % 10**12:012}"


def _bundle(objects: list[object]) -> bytes:
    return _encoded({"type": "bundle", "id": _identity("bundle", 0), "objects": objects})


def _circles(size: int) -> bytes:
    """Relations that relate each other, and objects that made each other."""
    number = max(size // 500, 2)
    objects: list[object] = []
    for index in range(number):
        following, before = (index + 1) % number, (index - 1) % number
        relation = {"type": "relationship", "id": _identity("relationship", index)}
        ends = {
            "source_ref": _identity("relationship", following),
            "target_ref": _identity("malware", before),
        }
        objects.append({**relation, **ends, "relationship_type": "uses", "description": "T1059"})
        made = {
            "created_by_ref": _identity("malware", following),
            "object_refs": [_identity("malware", index)],
        }
        objects.append({"type": "malware", "id": _identity("malware", index), "name": f"Odd {index}", **made})
    return _bundle(objects)


def _references(size: int) -> bytes:
    refs = [_identity("tool", number) for number in range(max(size // 50, 1))]
    return _bundle([{"type": "report", "id": _identity("report", 1), "name": "R", "object_refs": refs}])


def _wrong_objects(size: int) -> bytes:
    wrong: list[object] = [
        *(5, None, "words", [], {}),
        {"type": 5, "id": []},
        {"type": "malware", "id": "malware--1", "name": ["x"], "created": 9, "revoked": "no"},
        {"type": "indicator", "id": _identity("indicator", 1), "pattern": {"a": 1}, "created_by_ref": 5},
        {"type": "relationship", "id": None, "source_ref": {}, "target_ref": []},
        {"type": "observed-data", "id": "x", "objects": ["a", 5]},
        {"type": "note", "id": _identity("note", 1), "content": "T1059", "external_references": "x"},
    ]
    return _bundle(wrong * max(size // 500, 1))


def _nested_observations(size: int) -> bytes:
    inner: object = {"type": "file", "name": "T1059" * max(size // 5, 1)}
    for _ in range(_DEPTH // 2):
        inner = {"type": "observed-data", "objects": {"0": inner}}
    return _bundle([{"id": _identity("observed-data", 1), **inner}])  # type: ignore[dict-item]


def _pattern(before: str, piece: str) -> Make:
    """An indicator whose pattern is a piece over and over."""

    def make(size: int) -> bytes:
        pattern = before + repeated(piece, size).decode()
        return _bundle([{"type": "indicator", "id": _identity("indicator", 1), "pattern": pattern}])

    return make


def _wrong_techniques(size: int) -> bytes:
    wrong: list[object] = [
        *(5, None, "T1059", []),
        {"techniqueID": 1059, "score": "high", "enabled": "no", "metadata": "x", "comment": {}},
        {"techniqueID": "T1059", "metadata": [5, {"name": [], "value": {}}], "links": 5, "tactic": 7},
        {"techniqueID": "../../etc/passwd", "color": 5},
        {"score": 1e308},
    ]
    return _encoded({**_LAYER, "techniques": wrong * max(size // 350, 1)})


def _wrong_attributes(size: int) -> bytes:
    wrong: list[object] = [
        *(5, None, "x", []),
        {"type": "ip-dst", "value": "words"},
        {"type": 5, "value": {}, "Tag": "x", "deleted": {}},
        {"type": "sha256", "value": "0" * 64, "Tag": [{"name": 5}, None], "Galaxy": [{"GalaxyCluster": 5}]},
    ]
    return _encoded(
        {"Event": {"info": "Odd", "date": 5, "Orgc": [], "Attribute": wrong * max(size // 300, 1)}}
    )


def _nested_events(size: int) -> bytes:
    event: object = {"Event": {"info": "T1059 " * max(size // 6, 1)}}
    for _ in range(_DEPTH):
        event = {"response": event}
    return _encoded(event)


JSON: Mapping[str, Make] = {
    "nested lists.json": _within("", "[", ""),
    "nested objects.json": _within("", '{"a":', ""),
    "values.json": _within('["T1059"', ",1", "]"),
    "empty lists.json": _within('["T1059"', ",[]", "]"),
    "members.json": _within('{"a":"T1059"', ',"a":{}', "}"),
    "string.json": _within('["', "T1059 ", '"]'),
    "escapes.json": _within('["T1059', "\\u0000\\u202e\\n", '"]'),
    "half of a character.json": _within('["T1059', "\\ud800", '"]'),
    "number.json": _within('["T1059",', "9", "]"),
    "cut short.json": _within('{"type":"bundle","objects":[', '{"type":"malware"},', ""),
    "line ends after a value.json": _within("{}", "\n", "x"),
    "lines.jsonl": _within('{"a":"T1059"}\n', '{"a":"b"}\n', "{"),
    "circles.stix.json": _circles,
    "references in vain.stix.json": _references,
    "wrong types.stix.json": _wrong_objects,
    "nested observations.stix.json": _nested_observations,
    "long pattern.stix.json": _pattern("[a:b = 'T1059'", " OR a:b = 'c'"),
    "path without end.stix.json": _pattern("[a:b", " .x"),
    "pattern of quotes.stix.json": _pattern("[a:b = ", "'\\"),
    "pattern of brackets.stix.json": _pattern("", "(["),
    "wrong types.layer.json": _wrong_techniques,
    "wrong types.misp.json": _wrong_attributes,
    "nested events.misp.json": _nested_events,
}
