"""Items of lists that name a technique and tell what was done."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, document
from weigh.evidence import build, observe
from weigh.evidence.listed import listed
from weigh.evidence.tables import lines_of

OBSERVER = build(CATALOGUE)


def items(text: str) -> list[tuple[str, str]]:
    """(cell, what was done) of every item."""
    rows = [row for table in listed(lines_of(text)) for row in table.rows]
    return [
        (row.techniques.of(text), " ".join(row.procedure.of(text).split()))
        for row in rows
        if row.procedure is not None
    ]


@pytest.mark.parametrize(
    ("text", "cell", "told"),
    [
        ("- T1566 (Phishing): sent forty letters", "T1566 (Phishing)", "sent forty letters"),
        ("* T1566: The crew sent letters.", "T1566", "The crew sent letters."),
        ("Phishing (T1566): letters were sent", "Phishing (T1566)", "letters were sent"),
        ("1. T1059.001 – ran a script", "T1059.001", "ran a script"),
        ("T1566 - Spearphishing Attachment: sent letters", "T1566", "sent letters"),
        ("• [T1566]", "", ""),
        ("T1566: Spearphishing Attachment", "", ""),
        ("T1566.001: Phishing", "", ""),
        ("The crew sent letters (T1566): forty of them went out", "", ""),
        ("T1566: as well as T1059 was seen", "", ""),
        ("Techniques: T1566, T1059", "", ""),
    ],
)
def test_an_item_is_a_row(text: str, cell: str, told: str) -> None:
    assert items(text) == ([] if told == "" else [(cell, told)])


def test_an_item_goes_on_below_where_a_line_begins_small() -> None:
    text = "- T1566: sent forty letters\nto the harbour office\n- T1059: ran two scripts\n\nand more\n"
    assert items(text) == [
        ("T1566", "sent forty letters to the harbour office"),
        ("T1059", "ran two scripts"),
    ]


def test_a_row_of_a_list_counts_by_the_part_it_stands_in() -> None:
    item = "- T1566 (Phishing): sent forty letters\n"
    advice = "Mitigations\n\nAll that follows is for the owners of networks.\n\n- T1059: signed scripts\n"
    text = f"Summary\n{item}\n{advice}"
    aside = {each.value: each.set_aside != "" for each in observe(document(text), OBSERVER)}
    assert aside == {"T1566": False, "T1059": True}


LINES = ["T1566: sent letters", "and more", "", "T1059", "- T1566 (Phishing): letters were sent", "x" * 200]


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=30), max_size=12))
def test_items_are_in_order_and_apart(lines: list[str]) -> None:
    tables = list(listed(lines_of("\n".join(lines))))
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(tables))


@pytest.mark.parametrize("unit", ["T1566: ", "T1566 (", "- T1566: a b\n", "A "])
def test_hostile_repetition_is_read_to_the_end(unit: str) -> None:
    text = unit * (30_000 // len(unit)) + "\n- T1059: ran a script\n"
    assert items(text)[-1:] == [("T1059", "ran a script")]
