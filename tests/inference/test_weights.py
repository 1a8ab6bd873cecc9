"""The table of weights: kept exactly, read back, and refused where it is of another model."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from weigh.errors import KnowledgeError
from weigh.inference.features import NAMES
from weigh.inference.model import Weights
from weigh.inference.weights import read, shipped, write

numbers = st.lists(
    st.floats(allow_nan=False, allow_infinity=False), min_size=len(NAMES), max_size=len(NAMES)
).map(tuple)


def test_the_shipped_weights_are_of_this_model_and_say_where_they_come_from() -> None:
    found = shipped()
    assert found.names == NAMES
    assert all(error > 0 for error in found.errors)
    assert "rolling-origin cases" in found.provenance


def test_likeness_and_exclusive_tools_speak_for_an_actor() -> None:
    weight = dict(zip(NAMES, shipped().values, strict=True))
    for name in ("presence", "nearest report", "habits", "exclusive tools"):
        assert weight[name] > 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers, numbers, st.text())
def test_any_weights_are_read_back_exactly(
    tmp_path: Path, values: tuple[float, ...], errors: tuple[float, ...], provenance: str
) -> None:
    path = tmp_path / "weights.json"
    write(path, Weights(values, errors, provenance))
    assert read(path) == Weights(values, errors, provenance)


def test_covariances_are_kept_exactly_and_come_with_the_shipped_weights(tmp_path: Path) -> None:
    model = shipped()
    write(tmp_path / "w.json", model)
    assert read(tmp_path / "w.json") == model
    assert [row[-1] for row in model.covariance] == pytest.approx(np.square(model.errors).tolist())


@pytest.mark.parametrize("rows", [[[1.0]], [[1.0]] * len(NAMES), [[]] * len(NAMES)])
def test_covariances_of_another_shape_are_refused(tmp_path: Path, rows: list[list[float]]) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(msgspec.json.encode(msgspec.json.decode(_table(list(NAMES))) | {"covariance": rows}))
    with pytest.raises(KnowledgeError, match="not one row per weight"):
        read(path)


def test_a_table_of_before_covariances_were_kept_is_read(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(_table(list(NAMES)))
    assert read(path).covariance == ()


def test_the_file_is_a_table_that_a_person_can_read(tmp_path: Path) -> None:
    write(tmp_path / "w.json", shipped())
    rows = msgspec.json.decode((tmp_path / "w.json").read_bytes())["weights"]
    assert [row["feature"] for row in rows] == list(NAMES)
    assert np.allclose([row["weight"] for row in rows], shipped().values, atol=0)


def _table(names: list[str]) -> bytes:
    return msgspec.json.encode(
        {"provenance": "", "weights": [{"feature": name, "weight": 1.0, "error": 1.0} for name in names]}
    )


@pytest.mark.parametrize(
    "names", [[], list(NAMES[:-1]), [*NAMES, "more"], [*NAMES[::-1]]], ids=["none", "short", "long", "order"]
)
def test_weights_of_another_model_are_refused(tmp_path: Path, names: list[str]) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(_table(names))
    with pytest.raises(KnowledgeError, match="another model") as caught:
        read(path)
    assert "weigh knowledge fit" in caught.value.remedy


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"{}", b'{"x": ' + b"[" * 100_000])
def test_what_is_no_table_is_a_clear_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "w.json"
    path.write_bytes(data)
    with pytest.raises(KnowledgeError, match="not a table of weights"):
        read(path)


def test_a_place_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(KnowledgeError, match="cannot be written"):
        write(tmp_path / "file" / "w.json", shipped())


def test_saving_leaves_nothing_but_the_table(tmp_path: Path) -> None:
    write(tmp_path / "w.json", shipped())
    write(tmp_path / "w.json", shipped())
    assert [path.name for path in tmp_path.iterdir()] == ["w.json"]


def test_a_missing_table_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="cannot be read"):
        read(tmp_path / "absent.json")
