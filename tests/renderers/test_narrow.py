"""Narrow terminals: what a table holds is all there, whatever the width, and nothing is cut off."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from tests import sample, strategies
from weigh.assessment.document import Assessment
from weigh.renderers import terminal, terminal_ach
from weigh.renderers.narrow import Fitting
from weigh.scales import percent


def printed(renderable: RenderableType, width: int) -> str:
    """What a terminal of so many columns shows."""
    file = io.StringIO()
    Console(width=width, file=file, highlight=False, markup=False, emoji=False).print(renderable)
    return file.getvalue()


def table(*rows: tuple[str, ...]) -> Table:
    """A table with a rank, a name, a bar and a figure."""
    made = Table(box=None)
    for heading in ("", "who", "", "chance"):
        made.add_column(heading, no_wrap=True, overflow="ellipsis")
    for row in rows:
        made.add_row(row[0], Text(row[1], "bold"), *row[2:])
    return made


def test_a_wide_terminal_has_the_table() -> None:
    made = table(("1", "Slate Heron", "██▍", "24 %"))
    assert printed(Fitting(made, 40), 40) == printed(made, 40)


def test_a_narrow_one_has_rows_with_their_headings_and_no_bars() -> None:
    rows = (("1", "Slate Heron", "██▍", "24 %"), ("2", "unlisted", "", "[b]3 %"))
    assert printed(Fitting(table(*rows), 41), 40).splitlines() == [
        "1 Slate Heron".ljust(40).rstrip(),
        "    chance 24 %".ljust(40),
        "2 unlisted",
        "    chance [b]3 %".ljust(40),
    ]


@given(st.lists(st.tuples(*[st.text(alphabet="abc 1%", min_size=1, max_size=60)] * 4), max_size=4))
def test_no_word_is_lost(rows: list[tuple[str, ...]]) -> None:
    shown = "".join(printed(Fitting(table(*rows), 60), 40).split())
    for cell in (cell for row in rows for cell in row):
        assert "".join(cell.split()) in shown


@pytest.mark.parametrize("width", [30, 40, 60, 78])
def test_the_answer_s_figures_are_there_at_any_width(width: int) -> None:
    assessment = sample.assessment()
    shown = " ".join(printed(terminal.ranking(assessment), width).split())
    for row in assessment.hypotheses[:3]:
        assert percent(row.probability) in shown
        assert percent(row.high, unit=False) in shown
    bits = re.findall(r"[+-]\d\.\d\d", printed(terminal.screen(assessment), width))
    assert bits == re.findall(r"[+-]\d\.\d\d", printed(terminal.screen(assessment), 80))


def test_every_letter_of_the_matrix_is_there() -> None:
    wide, narrow = (printed(terminal_ach.matrix(sample.assessment()), width) for width in (120, 40))
    letters = re.compile(r"(?<![\w(])(?:CC|II|C|I|N)(?![\w(])")
    assert sorted(letters.findall(narrow)) == sorted(letters.findall(wide))


@given(strategies.assessments(), st.integers(30, 79))
def test_any_assessment_fits_a_narrow_terminal(assessment: Assessment, width: int) -> None:
    shown = printed(terminal.screen(assessment), width)
    assert all(cell_len(line) <= width for line in shown.splitlines())
