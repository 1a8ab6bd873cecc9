"""Compiled knowledge on disk: a folder of arrays and one catalogue, opened by mapping, never parsed.

    manifest.json       format, stamp, and the size and CRC-32 of every other file; sealed by its own
    catalogue.msgpack   `Catalogue`
    relation_*.npy      the columns of `Relations`
    ability_*.npy       those of its `Abilities`
    text_*.npy          the model that reads technique sentences

A folder is written elsewhere and renamed into place, so it is whole or it is not there. The catalogue
and the relations are checked whenever the folder is opened; the text model, which is most of the
bytes, whenever it is asked for.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from weigh.errors import KnowledgeError
from weigh.knowledge.catalogue import Actor, Catalogue, Software, Stamp, Technique
from weigh.knowledge.relations import Abilities, Ints, Relations

FORMAT = 4
"""Raised whenever the layout or the way it is computed changes: older folders are compiled again."""

MANIFEST = "manifest.json"
CATALOGUE = "catalogue.msgpack"
_RELATION = "relation_"
_ABILITY = "ability_"
_TEXT = "text_"
_COLUMNS = ("actor", "report", "feature", "years", "first_days", "last_days")
_ABILITY_COLUMNS = ("software", "report", "technique")


class DamagedKnowledgeError(KnowledgeError):
    """A compiled folder whose bytes are not those that were written."""


@dataclass(frozen=True, slots=True)
class FileCheck:
    """Size in bytes and CRC-32 of a file of the folder."""

    size: int
    crc32: int


@dataclass(frozen=True, slots=True)
class Shape:
    """How many actors and features the relations number, and the first software among the features."""

    actors: int
    features: int
    software_from: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder holds; `counts` are shown by `weigh knowledge`."""

    format: int
    stamp: Stamp
    shape: Shape
    counts: dict[str, int]
    files: dict[str, FileCheck]


@dataclass(frozen=True, slots=True)
class _Format:
    """As much of a manifest as every format has."""

    format: int


@dataclass(frozen=True, slots=True)
class _Sealed:
    """The file of a manifest: its JSON, and the CRC-32 of exactly those bytes."""

    crc32: int
    manifest: msgspec.Raw


@dataclass(frozen=True)
class Knowledge:
    """Compiled knowledge, opened. Arrays are memory-mapped and read-only."""

    folder: Path
    manifest: Manifest
    catalogue: Catalogue
    relations: Relations

    @property
    def stamp(self) -> Stamp:
        """Which knowledge this is."""
        return self.manifest.stamp

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """Actors by id."""
        return {actor.id: actor for actor in self.catalogue.actors}

    @cached_property
    def features(self) -> tuple[Technique | Software, ...]:
        """What the feature indices of `relations` point to."""
        return (*self.catalogue.techniques, *self.catalogue.software)

    @cached_property
    def feature_index(self) -> Mapping[str, int]:
        """ATT&CK id -> feature index."""
        return {feature.id: number for number, feature in enumerate(self.features)}

    def text_arrays(self) -> Mapping[str, NDArray[np.generic]]:
        """Arrays of the text model by name, checked, mapped. Raises `DamagedKnowledgeError`."""
        names = [name for name in self.manifest.files if name.startswith(_TEXT)]
        for name in names:
            _check(self.folder / name, self.manifest.files[name])
        return {name.removeprefix(_TEXT).removesuffix(".npy"): _mapped(self.folder / name) for name in names}


def open_knowledge(folder: Path) -> Knowledge:
    """The knowledge compiled in `folder`.

    Raises `KnowledgeError` when there is none or it is of another format, `DamagedKnowledgeError` when its
    bytes are not those that were written.
    """
    manifest = _manifest(folder)
    for name, check in manifest.files.items():
        if not name.startswith(_TEXT):
            _check(folder / name, check)
    try:
        catalogue = msgspec.msgpack.decode((folder / CATALOGUE).read_bytes(), type=Catalogue)
        columns = [_column(folder, _RELATION, name) for name in _COLUMNS]
        abilities = Abilities(*(_column(folder, _ABILITY, name) for name in _ABILITY_COLUMNS))
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise DamagedKnowledgeError(f"cannot be opened: {error}", place=str(folder)) from error
    actor, report, feature, years, first_days, last_days = columns
    relations = Relations(
        actor,
        report,
        feature,
        years,
        first_days,
        last_days,
        actors=manifest.shape.actors,
        features=manifest.shape.features,
        software_from=manifest.shape.software_from,
        abilities=abilities,
        report_names=tuple(item.name for item in catalogue.reports),
    )
    return Knowledge(folder, manifest, catalogue, relations)


def write_knowledge(
    folder: Path,
    stamp: Stamp,
    catalogue: Catalogue,
    relations: Relations,
    text: Mapping[str, NDArray[np.generic]],
    counts: dict[str, int],
) -> None:
    """Write everything into `folder`, an empty folder of the caller's, and flush it to disk."""
    _write(folder / CATALOGUE, msgspec.msgpack.encode(catalogue))
    for name in _COLUMNS:
        _save(folder / f"{_RELATION}{name}.npy", getattr(relations, name))
    for name in _ABILITY_COLUMNS:
        _save(folder / f"{_ABILITY}{name}.npy", getattr(relations.abilities, name))
    for name, array in text.items():
        _save(folder / f"{_TEXT}{name}.npy", array)
    files = {path.name: FileCheck(path.stat().st_size, _crc32(path)) for path in sorted(folder.iterdir())}
    shape = Shape(relations.actors, relations.features, relations.software_from)
    manifest = Manifest(FORMAT, stamp, shape, counts, files)
    _write(folder / MANIFEST, _sealed(msgspec.json.format(msgspec.json.encode(manifest))))


def size_on_disk(folder: Path) -> int:
    """Bytes of all files of a compiled folder."""
    return sum(path.stat().st_size for path in folder.iterdir())


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KnowledgeError(
            "there is no compiled knowledge here", place=str(folder), remedy="run `weigh knowledge`"
        ) from error
    try:
        body = bytes(msgspec.json.decode(raw, type=_Sealed).manifest)
        if _sealed(body) != raw:
            raise DamagedKnowledgeError("the bytes are not those that were written", place=str(path))
        found = msgspec.json.decode(body, type=_Format).format
        if found != FORMAT:
            raise KnowledgeError(
                f"compiled in format {found}, this program reads format {FORMAT}",
                place=str(folder),
                remedy="run `weigh knowledge update` or `weigh knowledge use`",
            )
        return msgspec.json.decode(body, type=Manifest)
    except (ValueError, RecursionError) as error:
        raise DamagedKnowledgeError(f"the manifest cannot be read: {error}", place=str(path)) from error


def _sealed(body: bytes) -> bytes:
    return b'{"crc32": %d, "manifest": %s}\n' % (zlib.crc32(body), body)


def _check(path: Path, check: FileCheck) -> None:
    try:
        intact = path.stat().st_size == check.size and _crc32(path) == check.crc32
    except OSError as error:
        raise DamagedKnowledgeError(f"a file is missing: {error.strerror}", place=str(path)) from error
    if not intact:
        raise DamagedKnowledgeError("the bytes are not those that were written", place=str(path))


def _crc32(path: Path) -> int:
    return zlib.crc32(path.read_bytes())


def _column(folder: Path, kind: str, name: str) -> Ints:
    return _mapped(folder / f"{kind}{name}.npy").astype(np.int32, copy=False)


def _mapped(path: Path) -> NDArray[np.generic]:
    array: NDArray[np.generic] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array


def _save(path: Path, array: NDArray[np.generic]) -> None:
    with path.open("wb") as file:
        np.save(file, np.ascontiguousarray(array), allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
