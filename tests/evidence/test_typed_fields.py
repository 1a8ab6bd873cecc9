"""Fields that say what they hold are taken whole; what prose would make of them gives way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE
from weigh.evidence.indicators import prepare
from weigh.evidence.layout import lay_out
from weigh.evidence.typed_fields import labelled, sorts
from weigh.evidence.victims import prepare as victims
from weigh.readers.reading import read_bytes
from weigh.records import Document

INDICATORS, VICTIMS = prepare(CATALOGUE), victims(CATALOGUE)


def table(*rows: tuple[str, str]) -> Document:
    text = "type,value\n" + "".join(f"{kind},{value}\n" for kind, value in rows)
    return read_bytes(text.encode(), "a.csv")


def seen(document: Document) -> list[tuple[str, str]]:
    return [(each.subtype, each.value) for each in INDICATORS(lay_out(document))]


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("mutex", "Zx9Lock", [("mutex", "Zx9Lock")]),
        ("ASN", "9009", [("asn", "AS9009")]),
        ("as", "AS9009", [("asn", "AS9009")]),
        ("asn", "soon", []),
        ("regkey", "HKLM\\Software\\My Key", [("registry", "HKLM\\Software\\My Key")]),
        ("filename", "my tool.exe", [("file", "my tool.exe")]),
        ("filename", "C:\\Users\\my tool.exe", [("path", "C:\\Users\\my tool.exe")]),
        ("filename", "tool", []),
        ("note", "my tool.exe", [("file", "tool.exe")]),
    ],
)
def test_a_field_is_taken_whole(kind: str, value: str, found: list[tuple[str, str]]) -> None:
    document = table((kind, value))
    assert seen(document) == found
    for each in INDICATORS(lay_out(document)):
        assert kind == "note" or each.span.of(document.text) == value


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("country", "Chile", ["CL"]),
        ("sector", "energy", ["energy"]),
        ("sector", "Chile", []),
        ("country", "energy", []),
        ("note", "Chile", []),
        ("country", "not Chile", []),
    ],
)
def test_countries_and_sectors_in_fields_of_their_own(kind: str, value: str, found: list[str]) -> None:
    assert [each.value for each in VICTIMS(lay_out(table((kind, value))))] == found


def test_prose_has_no_fields() -> None:
    document = read_bytes(b"mutex: Zx9Lock\ncountry: Chile\n", "a.txt")
    assert list(labelled(document)) == []
    assert list(VICTIMS(lay_out(document))) == []


ROWS = st.tuples(st.sampled_from([*sorted(sorts()), "note"]), st.text("aA1.\\ :", min_size=1))


@given(st.lists(ROWS, max_size=8))
def test_sightings_stay_in_order_and_apart(rows: list[tuple[str, str]]) -> None:
    found = lay_out(table(("note", "port"), *rows)).sightings
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
