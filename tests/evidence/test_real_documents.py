"""Real advisories: every id that they print, exactly, and nothing else."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from weigh.evidence import Observer, build, observe
from weigh.evidence.written_ids import UNKNOWN
from weigh.knowledge.catalogue import Catalogue, RetiredId, Technique
from weigh.records import Document, Kind, Observation


def _identifier(item: dict[str, Any]) -> str:
    for reference in item.get("external_references", ()):
        if reference["source_name"] == "mitre-attack":
            return str(reference.get("external_id", ""))
    return ""


@pytest.fixture(scope="module")
def techniques(shared: Path) -> Catalogue:
    """Techniques of ATT&CK v18.1, read plainly: not by the code that the program itself uses."""
    with lzma.open(shared / "data/attack/enterprise-attack-18.1.json.xz") as file:
        objects = json.load(file)["objects"]
    patterns = {item["id"]: item for item in objects if item["type"] == "attack-pattern"}
    followed = {
        item["source_ref"]: item["target_ref"]
        for item in objects
        if item["type"] == "relationship" and item["relationship_type"] == "revoked-by"
    }
    live: list[Technique] = []
    retired: list[RetiredId] = []
    for stix, item in sorted(patterns.items(), key=lambda pair: _identifier(pair[1])):
        if not item.get("revoked") and not item.get("x_mitre_deprecated"):
            identifier = _identifier(item)
            parent = identifier.partition(".")[0] if "." in identifier else ""
            live.append(Technique(identifier, item["name"], (), parent))
            continue
        now = stix
        while now in followed:
            now = followed[now]
        successor = patterns[now]
        gone = successor.get("revoked") or successor.get("x_mitre_deprecated")
        retired.append(RetiredId(_identifier(item), item["name"], "" if gone else _identifier(successor)))
    return Catalogue((), tuple(live), (), (), tuple(retired))


@pytest.fixture(scope="module")
def observer(techniques: Catalogue) -> Observer:
    return build(techniques)


def _written(path: Path, observer: Observer) -> list[Observation]:
    text = path.read_text(encoding="utf-8")
    document = Document(id=path.stem, text=text, format="text", name=path.name)
    found = [each for each in observe(document, observer) if each.extractor == "written id"]
    assert all(each.original == each.span.of(text) for each in found)
    return [each for each in found if each.kind is Kind.TECHNIQUE]


def test_every_advisory_gives_exactly_the_ids_that_it_prints(
    shared: Path, techniques: Catalogue, observer: Observer
) -> None:
    now = {retired.id: retired.now for retired in techniques.retired}
    wrong: dict[str, object] = {}
    with (shared / "corpus/ttp_gold.jsonl").open(encoding="utf-8") as file:
        advisories = [json.loads(line) for line in file]
    for advisory in advisories:
        expected = {now.get(row["id"]) or row["id"] for row in advisory["ids"]}
        found = {each.value for each in _written(shared / "corpus" / advisory["doc"], observer)}
        if found != expected:
            wrong[advisory["doc"]] = found ^ expected
    assert wrong == {}
    assert len(advisories) == 23


def test_all_ids_of_a_table_with_recommendations_are_weighed(shared: Path, observer: Observer) -> None:
    found = _written(shared / "corpus/advisories/aa21-200b.txt", observer)
    weighed = {each.value for each in found if each.set_aside == ""}
    assert len(weighed) == 68
    assert len({value.partition(".")[0] for value in weighed}) == 41


def test_a_revoked_id_is_mapped(shared: Path, observer: Observer) -> None:
    found = _written(shared / "corpus/advisories/aa20-336a.txt", observer)
    (revoked,) = [each for each in found if each.original == "T1574.002"]
    assert revoked.value == "T1574.001"
    assert "T1574.002 is now T1574.001" in revoked.why


def test_ids_that_no_version_knows_are_reported(shared: Path, observer: Observer) -> None:
    found = _written(shared / "corpus/advisories/aa20-258a.txt", observer)
    unknown = {each.value for each in found if each.set_aside == UNKNOWN}
    assert len(unknown) == 10
    assert all(value.startswith("T1") for value in unknown)
    assert {each.set_aside for each in found} == {"", UNKNOWN}


def test_all_texts_of_the_corpus_are_read(shared: Path, observer: Observer) -> None:
    for path in sorted((shared / "corpus").glob("*/*.txt")):
        text = path.read_text(encoding="utf-8")
        found = observe(Document(id=path.stem, text=text, format="text", name=path.name), observer)
        assert all(each.original == each.span.of(text) for each in found), path.name
