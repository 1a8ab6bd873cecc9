"""The compiled folder: what is written is what is opened, and a damaged byte never passes for knowledge."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.inference.generators import relations, triples
from weigh.errors import KnowledgeError
from weigh.knowledge import store
from weigh.knowledge.catalogue import (
    Actor,
    Alias,
    Catalogue,
    Report,
    RetiredId,
    Software,
    SponsorClaim,
    Stamp,
    Technique,
)
from weigh.knowledge.relations import Relations, relations_from
from weigh.knowledge.store import DamagedKnowledgeError, Knowledge, open_knowledge, write_knowledge

CATALOGUE = Catalogue(
    actors=(
        Actor(
            "G0001",
            "Heron",
            (Alias("TIDE-9", "Oakline"),),
            (SponsorClaim("DV", "Oakline", "50"),),
            2,
            2019,
            2021,
        ),
        Actor("misp:1", "Lantern"),
    ),
    techniques=(
        Technique("T1001", "Hiding", ("stealth",)),
        Technique("T1001.001", "Hiding: Well", (), "T1001"),
    ),
    software=(Software("S0001", "Barge", "malware", (Alias("brg", "ATT&CK"),)),),
    reports=(Report("Harbour", 2019), Report("Quay", 2021)),
    retired=(RetiredId("T1002", "Old", "T1001"),),
    tactics=(("stealth", "TA0001", "Stealth"),),
)
ROWS = relations_from([(0, 0, 0), (0, 1, 2), (0, -1, 1)], [2019, 2021], actors=2, features=3, software_from=2)
STAMP = Stamp("ATT&CK 99.1", "5f" * 10, ("one file",), ("a note",), True, False)
TEXT: dict[str, NDArray[np.generic]] = {
    "words": np.arange(6, dtype=np.int8).reshape(2, 3),
    "bias": np.linspace(0, 1, 5),
}


def write(folder: Path, known: Relations = ROWS) -> Path:
    """A compiled folder."""
    folder.mkdir()
    write_knowledge(folder, STAMP, CATALOGUE, known, TEXT, {"groups": 1})
    return folder


@cache
def _written() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        return {path.name: path.read_bytes() for path in sorted(write(Path(folder) / "k").iterdir())}


def open_all(folder: Path) -> Knowledge:
    """Open the folder, text model included."""
    found = open_knowledge(folder)
    found.text_arrays()
    return found


def test_what_is_opened_is_what_was_written(tmp_path: Path) -> None:
    found = open_knowledge(write(tmp_path / "k"))
    assert found.catalogue == CATALOGUE
    assert found.stamp == STAMP
    assert found.manifest.counts == {"groups": 1}
    assert triples(found.relations) == triples(ROWS)
    assert found.relations.years.tolist() == [2019, 2021]
    assert (found.relations.actors, found.relations.features, found.relations.software_from) == (2, 3, 2)
    text = found.text_arrays()
    assert {name: array.tolist() for name, array in text.items()} == {k: v.tolist() for k, v in TEXT.items()}
    assert {name: array.dtype for name, array in text.items()} == {k: v.dtype for k, v in TEXT.items()}


def test_ids_lead_to_actors_and_features(tmp_path: Path) -> None:
    found = open_knowledge(write(tmp_path / "k"))
    assert found.actors["misp:1"].name == "Lantern"
    assert found.feature_index == {"T1001": 0, "T1001.001": 1, "S0001": 2}
    assert [found.features[index].id for index in found.relations.feature] == ["T1001.001", "T1001", "S0001"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8, deadline=None)
@given(relations())
def test_any_relations_come_back(tmp_path: Path, known: Relations) -> None:
    folder = tmp_path / "k"
    shutil.rmtree(folder, ignore_errors=True)
    found = open_knowledge(write(folder, known)).relations
    assert triples(found) == triples(known)
    for name in ("years", "first_days", "last_days"):
        assert getattr(found, name).tolist() == getattr(known, name).tolist()
    for name in ("software", "report", "technique"):
        assert getattr(found.abilities, name).tolist() == getattr(known.abilities, name).tolist()


def test_arrays_are_mapped_and_cannot_be_written(tmp_path: Path) -> None:
    found = open_knowledge(write(tmp_path / "k"))
    arrays = [found.relations.actor, found.relations.report, found.relations.feature, found.relations.years]
    for array in (*arrays, *found.text_arrays().values()):
        assert isinstance(array, np.memmap)
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for path in write(tmp_path / "again").iterdir():
        assert path.read_bytes() == _written()[path.name]


def test_the_size_is_that_of_all_files(tmp_path: Path) -> None:
    assert store.size_on_disk(write(tmp_path / "k")) == sum(len(data) for data in _written().values())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One compiled folder for many tests, each of which leaves it as it was."""
    return write(tmp_path_factory.mktemp("store") / "k")


@contextmanager
def holding(path: Path, data: bytes | bytearray) -> Iterator[None]:
    """The file with other bytes, for a while."""
    whole = path.read_bytes()
    path.write_bytes(data)
    yield
    path.write_bytes(whole)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_any_changed_byte_of_any_file_is_damage(folder: Path, data: st.DataObject) -> None:
    path = folder / data.draw(st.sampled_from(sorted(_written())))
    whole = bytearray(path.read_bytes())
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    with holding(path, whole), pytest.raises(DamagedKnowledgeError) as caught:
        open_all(folder)
    assert caught.value.place.startswith(str(folder))
    open_all(folder)


def test_no_part_of_the_manifest_is_unguarded(folder: Path) -> None:
    manifest = (folder / store.MANIFEST).read_bytes()
    for place in range(0, len(manifest), 9):
        changed = bytearray(manifest)
        changed[place] ^= 1 << (place % 8)
        with holding(folder / store.MANIFEST, changed), pytest.raises(DamagedKnowledgeError):
            open_knowledge(folder)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_cut_or_lengthened_file_is_damage(folder: Path, data: st.DataObject) -> None:
    path = folder / data.draw(st.sampled_from(sorted(_written())))
    whole = path.read_bytes()
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    changed = data.draw(st.sampled_from((cut, whole + b"\0", whole + b"\n")))
    with holding(path, changed), pytest.raises(DamagedKnowledgeError):
        open_all(folder)


@pytest.mark.parametrize("name", sorted(set(_written()) - {store.MANIFEST}))
def test_a_missing_file_is_damage_and_is_named(tmp_path: Path, name: str) -> None:
    folder = write(tmp_path / "k")
    (folder / name).unlink()
    with pytest.raises(DamagedKnowledgeError, match="a file is missing") as caught:
        open_all(folder)
    assert caught.value.place == str(folder / name)


def test_a_damaged_text_model_leaves_the_rest_usable(tmp_path: Path) -> None:
    folder = write(tmp_path / "k")
    (folder / "text_bias.npy").write_bytes(b"x")
    found = open_knowledge(folder)
    with pytest.raises(DamagedKnowledgeError):
        found.text_arrays()


@pytest.mark.parametrize("made", [False, True])
def test_no_manifest_is_no_knowledge_rather_than_damage(tmp_path: Path, made: bool) -> None:
    folder = write(tmp_path / "k") if made else tmp_path / "k"
    (folder / store.MANIFEST).unlink(missing_ok=True)
    with pytest.raises(KnowledgeError, match="no compiled knowledge") as caught:
        open_knowledge(folder)
    assert not isinstance(caught.value, DamagedKnowledgeError)


def test_another_format_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "FORMAT", store.FORMAT + 1)
    folder = write(tmp_path / "k")
    monkeypatch.undo()
    with pytest.raises(KnowledgeError, match=f"compiled in format {store.FORMAT + 1}") as caught:
        open_knowledge(folder)
    assert not isinstance(caught.value, DamagedKnowledgeError)
    assert "weigh knowledge" in caught.value.remedy


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[" * 100_000, b"[]", b'{"format": 1}'])
def test_a_manifest_of_another_make_is_damage(tmp_path: Path, data: bytes) -> None:
    folder = write(tmp_path / "k")
    (folder / store.MANIFEST).write_bytes(data)
    with pytest.raises(DamagedKnowledgeError):
        open_knowledge(folder)
