"""Fine grids from a PDF become the tables they were; other tables stay as they are, and no word is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh import readers
from weigh.readers.docx_grids import put_together
from weigh.records import Document

WIDTH = 12


def row(*cells: str | tuple[str, int, int]) -> str:
    """A row of cells: words, or words with the columns and rows that they span, filled up to the width."""
    written, used = [], 0
    for cell in cells:
        words, wide, deep = (cell, 1, 1) if isinstance(cell, str) else cell
        written.append(f'<td colspan="{wide}" rowspan="{deep}"><p>{words}</p></td>')
        used += wide
    return f"<tr>{''.join(written)}{'<td></td>' * (WIDTH - used)}</tr>"


BLANK = row()
HEAD = row(("Technique", 5, 1), "", ("Use", 6, 1))


def grid(*rows: str) -> str:
    return f"<table>{''.join((HEAD, *(part for one in rows for part in (BLANK, one))))}</table>"


def cells(page: str) -> list[list[str]]:
    return [re.findall(r"<td>(.*?)</td>", one) for one in re.findall(r"<tr>(.*?)</tr>", page)]


def test_lines_of_print_without_an_empty_row_between_them_are_one_row() -> None:
    two = row(("Native", 5, 1), "", ("They used", 6, 1)) + row(
        ("API [T1106]", 5, 1), "", ("many calls.", 6, 1)
    )
    assert cells(put_together(grid(two, row(("Stop [T1489]", 5, 1), "", ("They stopped it.", 6, 1))))) == [
        ["Technique", "Use"],
        ["Native API [T1106]", "They used many calls."],
        ["Stop [T1489]", "They stopped it."],
    ]


def test_a_cell_that_spans_rows_makes_them_one_line_of_print() -> None:
    line = row("", "", "", "", "", "", ("They called ", 2, 2), "", ("to list drives.", 2, 2))
    code = "<tr>" + "<td></td>" * 6 + "<td>GetDrives</td>" + "<td></td>" * 2 + "</tr>"
    found = cells(put_together(grid(row(("Discovery [T1083]", 5, 1)) + line + code)))
    assert found[-1] == ["Discovery [T1083]", "They called GetDrives to list drives."]


def test_an_identifier_in_two_cells_is_one_word() -> None:
    halves = row(("Shell [T10", 3, 1), ("59.001]", 2, 1), "", ("They ran T", 3, 1), ("1486 and others", 3, 1))
    found = cells(put_together(grid(halves, *[row(("x", 5, 1)), row(("y", 5, 1))])))
    assert found[1] == ["Shell [T1059.001]", "They ran T1486 and others"]


def test_words_that_go_on_under_an_empty_cell_belong_to_the_row_above() -> None:
    found = cells(
        put_together(
            grid(
                row(("Stop", 5, 1), "", ("They stopped", 6, 1)),
                row("", "", "", "", "", "", ("and left.", 6, 1)),
            )
        )
    )
    assert found[-1] == ["Stop", "They stopped and left."]


@pytest.mark.parametrize(
    "page",
    [
        "<p>No table.</p>",
        "<table><tr><td>T1566</td><td>Phishing</td></tr></table>",
        f"<table>{row(*map(str, range(WIDTH)))}</table>",
        f"<table>{BLANK}{BLANK}</table>",
        f"<table>{BLANK}{row('alone')}</table>",
        "<table><tr><td colspan='x'>T1566</td></tr></table>",
        "<table><tr><td>open",
    ],
)
def test_other_tables_stay_as_they_are(page: str) -> None:
    assert put_together(page) == page


def test_a_table_around_a_grid_stays_and_the_grid_does_not() -> None:
    page = f"<table><tr><td>a</td><td>{grid(row(('b', 5, 1), '', ('c', 6, 1)))}</td></tr></table>"
    assert put_together(page).startswith("<table><tr><td>a</td><td><table><tr><td>Technique</td>")


words = st.text(st.sampled_from("abc <&>T10.59"), max_size=6)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=6), st.booleans())
def test_no_character_is_lost_or_added(rows: list[tuple[str, str]], parted: bool) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    lines = [row((escaped(one), 5, 1), "", (escaped(other), 6, 1)) for one, other in rows]
    page = put_together(grid(*lines) if parted else grid("".join(lines)))
    kept = re.sub(r"<[^>]*>", "", page).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    written = "TechniqueUse" + "".join(one + other for one, other in rows)
    assert sorted(kept.replace(" ", "")) == sorted(written.replace(" ", ""))


def test_a_real_document_reads_like_its_page(shared: Path) -> None:
    (found,) = readers.read_path(shared / "corpus/formats/aa20-302a.docx")
    assert isinstance(found, Document)
    assert (
        "Shell [T1059.003] | Ryuk has used cmd.exe to create a Registry entry to establish persistence."
        in found.text
    )
    assert "| |" not in found.text[found.text.index("Table 1") : found.text.index("MITIGATIONS")]
