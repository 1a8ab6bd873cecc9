"""Reading ATT&CK: official bundles, the embedded package, and input that is neither."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compiling import bundles as b
from weigh.compiling import installed
from weigh.compiling.attack import _from_lookup, _LookupObject, citations, read_bundle, read_embedded
from weigh.errors import KnowledgeError


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("No mark.", ()),
        ("Does it. (Citation: Harbour 2020)", ("Harbour 2020",)),
        ("One.(Citation: A)(Citation: B) Two. (Citation: A)", ("A", "B")),
        ("Nested. (Citation: Wolf (Part 2) 2021) (Citation: B)", ("Wolf (Part 2) 2021", "B")),
        ("Two inside. (Citation: A (b) c (d))", ("A (b) c (d)",)),
        ("Cut in the middle. (Citation: Harb", ()),
        ("Cut inside brackets. (Citation: A) and (Citation: Wolf (Part 2", ("A",)),
        ("Spaces. (Citation:  A  )", ("A",)),
    ],
)
def test_citations_are_the_complete_marks_in_order(text: str, names: tuple[str, ...]) -> None:
    assert citations(text) == names


@given(st.lists(st.from_regex(r"[A-Za-z0-9 ]{1,9}[A-Za-z0-9]", fullmatch=True), unique=True, max_size=5))
def test_marks_that_are_written_are_found_again(names: list[str]) -> None:
    text = " words ".join(f"(Citation: {name})" for name in names)
    assert citations(text) == tuple(dict.fromkeys(name.strip() for name in names))


@given(st.integers(1, 3000))
def test_a_cut_anywhere_never_invents_a_citation(length: int) -> None:
    text = "It does so. (Citation: Wolf (Part 2) 2021) Then. (Citation: B)" * 50
    assert set(citations(text[:length])) <= {"Wolf (Part 2) 2021", "B"}


@pytest.mark.parametrize("hostile", ["(Citation: " * 40_000, "(Citation: " + "()" * 60_000])
def test_marks_that_never_end_are_read_in_one_pass(hostile: str) -> None:
    assert citations(hostile) == ()


@pytest.mark.parametrize("packed", [False, True])
def test_a_bundle_is_read_plain_and_packed_alike(tmp_path: Path, packed: bool) -> None:
    path = b.written(tmp_path, b.small_bundle())
    if packed:
        path = tmp_path / "packed-99.1.json.xz"
        path.write_bytes(lzma.compress((tmp_path / "tiny-attack-99.1.json").read_bytes()))
    found = read_bundle(path)
    plain = read_bundle(tmp_path / "tiny-attack-99.1.json")
    assert (found.objects, found.digest) == (plain.objects, plain.digest)
    assert (found.version, found.dated, found.embedded, found.uncited) == ("99.1", True, False, 1)


def test_the_version_is_that_of_the_collection_where_there_is_one(tmp_path: Path) -> None:
    collection: b.Stix = {
        "type": "x-mitre-collection",
        "id": "x-mitre-collection--1",
        "x_mitre_version": "20.3",
    }
    assert b.source(tmp_path, [collection, b.group(1)]).version == "20.3"


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        ([{"source_name": "mitre-attack", "external_id": "T1001"}], "T1001"),
        ([{"source_name": "mitre-ics-attack", "external_id": "T0801"}], "T0801"),
        ([{"source_name": "capec", "external_id": "CAPEC-1"}], ""),
        (
            [{"source_name": "capec", "external_id": "X"}, {"source_name": "mitre-x", "external_id": "T1"}],
            "T1",
        ),
        ([{"source_name": "mitre-attack"}], ""),
    ],
)
def test_the_attack_id_is_the_one_that_mitre_gives(
    tmp_path: Path, references: list[dict[str, str]], expected: str
) -> None:
    pattern: b.Stix = {"type": "attack-pattern", "id": "attack-pattern--1", "external_references": references}
    assert b.source(tmp_path, [b.group(1), pattern]).objects[1].attack_id == expected


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"[]",
        b'{"objects": 3}',
        b'{"objects": []}',
        b'{"objects": [{"type": "malware", "id": "malware--1"}]}',
        b'{"objects": [{"id": "intrusion-set--1"}]}',
        b'{"objects": [{"type": "intrusion-set", "id": "\xff"}]}',
        b'{"objects": ' + b"[" * 200_000,
        b'{"deep": ' + b"[" * 200_000,
        lzma.compress(b"{}")[:-9],
        b"\xfd7zXZ\x00 this is not one",
    ],
    ids=[
        *("empty", "text", "list", "number", "no objects", "no groups", "no type", "not utf-8"),
        *("nested objects", "nested elsewhere", "cut xz", "false xz"),
    ],
)
def test_what_is_not_a_bundle_is_a_clear_error_with_its_place(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "hostile.json"
    path.write_bytes(data)
    with pytest.raises(KnowledgeError) as caught:
        read_bundle(path)
    assert caught.value.place == str(path)
    assert len(caught.value.problem) > 0


def test_a_missing_bundle_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="cannot be read"):
        read_bundle(tmp_path / "absent.json")


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_is_or_unpacks_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(installed, "MOST_BYTES", 10_000)
    path = tmp_path / "bomb.json"
    path.write_bytes(lzma.compress(b"\0" * 1_000_000) if packed else b"\0" * 10_001)
    with pytest.raises(KnowledgeError, match="10,000 bytes"):
        read_bundle(path)


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = b.written(tmp_path, [b.group(1)])
    monkeypatch.setattr(installed, "MOST_BYTES", path.stat().st_size)
    assert len(read_bundle(path).objects) == 1


def test_a_package_that_is_not_installed_is_named() -> None:
    with pytest.raises(KnowledgeError, match="no-such-thing is not installed"):
        installed.package_folder("no_such_thing", "no-such-thing")


def _lookup(**fields: object) -> _LookupObject:
    return _LookupObject(stix_id="relationship--1", relationship_type="uses", **fields)  # type: ignore[arg-type]


def test_an_embedded_relation_keeps_its_complete_citations_and_loses_the_cut_one() -> None:
    found = _from_lookup(_lookup(description="Ran it.(Citation: A (b) 2019)(Citation: Long na..."))
    assert [item.source_name for item in found.external_references] == ["A (b) 2019"]
    assert found.description == "Ran it.(Citation: A (b) 2019)(Citation: Long na"


def test_an_embedded_relation_cut_before_its_citation_has_none() -> None:
    assert _from_lookup(_lookup(description="A very long description...")).external_references == ()


def test_an_embedded_object_keeps_what_a_bundle_would_say() -> None:
    row = _LookupObject(
        stix_id="attack-pattern--9",
        external_id="T1001.002",
        name="Hiding",
        tactics=("stealth",),
        revoked=True,
    )
    found = _from_lookup(row)
    assert (found.type, found.attack_id, found.name, found.live) == (
        "attack-pattern",
        "T1001.002",
        "Hiding",
        False,
    )
    assert [phase.phase_name for phase in found.kill_chain_phases] == ["stealth"]


def test_null_lists_of_the_embedded_package_are_empty() -> None:
    found = _from_lookup(_LookupObject(stix_id="tool--1", aliases=None, tactics=None, tactic_refs=None))
    assert (found.aliases, found.kill_chain_phases, found.tactic_refs) == ((), (), ())


def test_the_embedded_release_is_one_whole_version() -> None:
    found = read_embedded()
    assert (found.version, found.embedded, found.dated) == ("18.1", True, False)
    kinds = {item.type for item in found.objects}
    assert {"intrusion-set", "campaign", "attack-pattern", "malware", "tool", "relationship"} <= kinds
    assert json.dumps(found.label).isascii()
