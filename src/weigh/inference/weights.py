"""The fitted weights as a readable table of numbers, with where they come from."""

from __future__ import annotations

import importlib.resources
from dataclasses import dataclass
from pathlib import Path

import msgspec

from weigh.errors import KnowledgeError
from weigh.inference.features import NAMES
from weigh.inference.model import Weights


@dataclass(frozen=True, slots=True)
class _Entry:
    feature: str
    weight: float
    error: float


@dataclass(frozen=True, slots=True)
class _Calibration:
    provenance: str = ""
    misfits: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    provenance: str
    weights: tuple[_Entry, ...]
    calibration: _Calibration = _Calibration()
    covariance: tuple[tuple[float, ...], ...] = ()


def shipped() -> Weights:
    """The weights that come with Weigh, fitted on dated knowledge."""
    raw = importlib.resources.files("weigh.inference").joinpath("weights.json").read_bytes()
    return _decoded(raw, "weigh/inference/weights.json")


def read(path: Path) -> Weights:
    """Weights saved by `write`. Raises `KnowledgeError` when the file does not hold this model's."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise KnowledgeError(f"cannot be read: {error.strerror}", place=str(path)) from error
    return _decoded(raw, str(path))


def write(path: Path, weights: Weights) -> None:
    """Save weights so that a person can read them and `read` gives them back exactly.

    The file is whole or as it was before. Raises `KnowledgeError` when it cannot be written.
    """
    rows = zip(weights.names, weights.values, weights.errors, strict=True)
    calibration = _Calibration(weights.calibration_provenance, weights.calibration)
    entries = tuple(_Entry(*row) for row in rows)
    table = _Table(weights.provenance, entries, calibration, weights.covariance)
    scratch = path.with_suffix(".part")
    try:
        scratch.write_bytes(msgspec.json.format(msgspec.json.encode(table)) + b"\n")
        scratch.replace(path)
    except OSError as error:
        raise KnowledgeError(f"cannot be written: {error.strerror}", place=str(path)) from error


def _decoded(raw: bytes, place: str) -> Weights:
    try:
        table = msgspec.json.decode(raw, type=_Table)
    except (ValueError, RecursionError) as error:
        raise KnowledgeError(f"not a table of weights: {error}", place=place) from error
    names = tuple(entry.feature for entry in table.weights)
    if names != NAMES:
        raise KnowledgeError(
            "the weights are of another model",
            place=place,
            remedy="fit them again with `weigh knowledge fit`",
        )
    if [len(row) for row in table.covariance] not in ([], list(range(1, len(NAMES) + 1))):
        raise KnowledgeError(
            "not a table of weights: the covariances are not one row per weight", place=place
        )
    return Weights(
        tuple(entry.weight for entry in table.weights),
        tuple(entry.error for entry in table.weights),
        table.provenance,
        calibration=table.calibration.misfits,
        calibration_provenance=table.calibration.provenance,
        covariance=table.covariance,
    )
