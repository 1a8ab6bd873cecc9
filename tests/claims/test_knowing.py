"""Whom a name means: the same parties that are known in texts."""

from __future__ import annotations

import pytest

from tests.claims.reader import reader
from weigh.claims.knowing import party


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("NATO", "NATO"),
        ("North Atlantic Treaty Organization", "NATO"),
        ("China", "CN"),
        ("CN", "CN"),
        ("Beijing", "CN"),
        ("MSS", "CN/MSS"),
        ("Ministry of State Security", "CN/MSS"),
        ("Reuters", "Reuters"),
        ("中国", "CN"),
        ("北约", "NATO"),
        ("QQ", None),
        ("Nobody Known", None),
        ("", None),
    ],
)
def test_a_name_is_known_as_it_is_in_texts(name: str, key: str | None) -> None:
    found = party(name, reader())
    assert (None if found is None else found.key) == key
