"""The compiler as a whole: its progress, its stamp, what it tells, and what it trains on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.compiling import bundles as b
from weigh.compiling import build
from weigh.compiling.attack import read_bundle
from weigh.compiling.build import Inputs, compile_into, examples
from weigh.compiling.text_training import Example
from weigh.errors import KnowledgeError
from weigh.knowledge.catalogue import Technique
from weigh.knowledge.naming import resolve
from weigh.knowledge.store import Knowledge, open_knowledge

Examples = Sequence[Example]


@pytest.fixture(autouse=True)
def lessons(monkeypatch: pytest.MonkeyPatch) -> list[Examples]:
    """What the text model is trained on, which takes no time here."""
    kept: list[Examples] = []

    def train(
        items: Examples, techniques: Sequence[Technique], progress: Callable[[str, float], None]
    ) -> dict[str, NDArray[np.generic]]:
        kept.append(items)
        progress("first half", 0.5)
        progress("second half", 1.0)
        return {"count": np.array([len(items), len(techniques)])}

    monkeypatch.setattr(build, "train", train)
    return kept


def compiled(
    tmp_path: Path, objects: Sequence[b.Stix], *clusters: dict[str, object]
) -> tuple[Knowledge, list[float]]:
    """The compiled bundle and the shares of progress that were told."""
    folder = tmp_path / "compiled"
    folder.mkdir()
    shares: list[float] = []
    inputs = Inputs(b.written(tmp_path, objects), b.galaxy_file(tmp_path, clusters))
    compile_into(folder, inputs, lambda step, share: shares.append(share))
    return open_knowledge(folder), shares


def test_a_bundle_is_compiled_whole(tmp_path: Path, lessons: list[Examples]) -> None:
    known, _ = compiled(
        tmp_path, b.small_bundle(), b.cluster(1, "Slate Heron", country="DV"), b.cluster(2, "Gull")
    )
    assert [actor.id for actor in known.catalogue.actors][:3] == ["G0001", "G0002", "G0003"]
    counts = dict(known.manifest.counts)
    assert counts.pop("hosts, addresses and hashes that are mentioned without blame") > 10_000
    assert counts == {
        "groups": 3,
        "groups with reports": 3,
        "other actors, by name only": 1,
        "names of actors": 5,
        "techniques and sub-techniques": 3,
        "software": 1,
        "reports cited": 3,
        "uses by actors": 5,
        "techniques of software": 1,
        "uses without a citation": 1,
        "retired ids": 0,
    }
    assert known.text_arrays()["count"].tolist() == [len(lessons[0]), 3]
    assert [match.actor.id for match in resolve("slate heron", known.catalogue)] == ["G0001"]


def test_progress_rises_from_nothing_to_all(tmp_path: Path) -> None:
    _, shares = compiled(tmp_path, b.small_bundle())
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert shares == sorted(shares)
    assert len(shares) > 5


def test_the_stamp_names_version_inputs_and_gaps(tmp_path: Path) -> None:
    known, _ = compiled(tmp_path, b.small_bundle())
    stamp = known.stamp
    assert stamp.version == "ATT&CK 99.1"
    assert stamp.inputs[:2] == (
        "ATT&CK bundle tiny-attack-99.1.json",
        "MISP galaxy tiny-threat-actor.json, version 7",
    )
    assert stamp.inputs[2].startswith(
        "MISP warning lists in the installed package pymispwarninglists, version "
    )
    assert stamp.notes == (
        "100% of the cited reports carry a year, 67% the day",
        "relations of groups without a complete citation: 1; those of one actor count as one undated report",
    )
    assert (stamp.dated, stamp.embedded) == (True, False)


def test_the_digest_changes_with_any_input(tmp_path: Path) -> None:
    digests = set()
    for name, objects, clusters in (
        ("one", b.small_bundle(), []),
        ("two", [*b.small_bundle(), b.group(9)], []),
        ("three", b.small_bundle(), [b.cluster(1, "Heron")]),
    ):
        place = tmp_path / name
        place.mkdir()
        digests.add(compiled(place, objects, *clusters)[0].stamp.digest)
    assert len(digests) == 3


@pytest.mark.parametrize(("undated", "dated"), [(0, True), (1, True), (2, False)])
def test_knowledge_is_dated_when_nine_reports_in_ten_are(tmp_path: Path, undated: int, dated: bool) -> None:
    who, means = b.group(1), b.technique(1)
    reports = [f"Report {number}" + (" 2020" if number >= undated else "") for number in range(10)]
    known, _ = compiled(tmp_path, [who, means, b.uses(who, means, *reports)])
    assert known.stamp.dated == dated


def test_a_bundle_in_which_nobody_uses_anything_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no group in it is said to use anything"):
        compiled(tmp_path, [b.group(1), b.technique(1)])


def test_examples_are_live_descriptions_of_techniques_and_texts_that_describe_none(tmp_path: Path) -> None:
    who, ware = b.group(1, description="A group of somewhere."), b.malware(1, description="A worm.")
    means, old = b.technique(1, description="Hides things."), b.technique(2, description="Was used.")
    advice: b.Stix = {"type": "course-of-action", "id": "course-of-action--1", "description": "Keep calm."}
    said = b.uses(who, means, "Wolf (Part 2) 2021", description="It hid.(Citation: Wolf (Part 2) 2021)")
    objects = [
        who,
        ware,
        means,
        old | {"revoked": True},
        advice,
        said,
        b.uses(ware, means, description="The barge hides."),
        b.uses(who, old, description="Uses a revoked technique."),
        b.uses(who, ware, description="Uses software."),
        b.uses(who, b.technique(7), description="Uses what is not there."),
        b.uses(ware, means, "x") | {"revoked": True, "description": "Was withdrawn."},
        b.uses(ware, means, "y"),
        b.relation("mitigates", advice, means, description="Look closely."),
    ]
    found = examples(read_bundle(b.written(tmp_path, objects)).objects)
    assert [(item.text, item.technique, item.citations) for item in found if item.technique != ""] == [
        ("Hides things.", "T1001", ()),
        ("It hid.(Citation: Wolf (Part 2) 2021)", "T1001", ("Wolf (Part 2) 2021",)),
        ("The barge hides.", "T1001", ()),
    ]
    nothing = [item.text for item in found if item.technique == ""]
    assert {"A group of somewhere.", "A worm.", "Look closely."} <= set(nothing)
    assert set(nothing).isdisjoint(
        {"Uses software.", "Uses a revoked technique.", "Was withdrawn.", "Was used."}
    )


def test_an_object_that_stands_twice_teaches_once(tmp_path: Path) -> None:
    objects = read_bundle(b.written(tmp_path, b.small_bundle())).objects
    assert len(examples([*objects, *objects])) == len(examples(objects)) > 0
