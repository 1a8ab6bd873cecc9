"""CSV: observations as labelled lines, other tables as rows of text."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK, assert_ends_well, lines, problems, read_text
from weigh.errors import LimitError, ReadingError
from weigh.readers import Limits, read_bytes
from weigh.readers.csv import is_observations, is_table

CELL = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=10
).filter(lambda cell: cell.strip() != "")


def written(rows: list[list[str]], delimiter: str = ",") -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return target.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_observations_are_labelled_lines(delimiter: str) -> None:
    rows = [
        ["Kind", "Value", "Quote", "Probability"],
        ["technique", "T1566.001", "They sent mail, and more.", "0.8"],
        ["", "x.example", "", ""],
    ]
    document = read_text(written(rows, delimiter))
    assert document.format == "csv"
    assert lines(document) == [
        "technique: T1566.001",
        "quote: They sent mail, and more.",
        "probability: 0.8",
        "value: x.example",
    ]
    places = [(field.pointer, field.span.of(document.text)) for field in document.fields]
    assert places == [
        ("/2/Value", "T1566.001"),
        ("/2/Quote", "They sent mail, and more."),
        ("/2/Probability", "0.8"),
        ("/3/Value", "x.example"),
    ]


def test_any_other_table_is_rows_of_text() -> None:
    document = read_text('Name,Place,\n"Elm, the port",T1003,x\n"two\nlines",,y,z\n', "ports.csv")
    assert lines(document) == ["Name | Place", "Elm, the port | T1003 | x", "two lines | y | z"]
    assert [field.pointer for field in document.fields][2:] == [
        "/2/Name",
        "/2/Place",
        "/2/3",
        "/3/Name",
        "/3/3",
        "/3/4",
    ]
    assert "row 3: 1 row has more or fewer cells than the header" in problems(document)


def test_columns_of_one_name_are_told_by_number() -> None:
    document = read_text("a,a,b\nx,y,z\n", "t.csv")
    assert [field.pointer for field in document.fields] == ["/1/1", "/1/2", "/1/b", "/2/1", "/2/2", "/2/b"]


def test_a_slash_in_a_column_is_escaped_in_the_pointer() -> None:
    assert read_text("in/out~,b\nx,y\n", "t.csv").fields[2].pointer == "/2/in~1out~0"


@pytest.mark.parametrize(
    ("text", "observations", "table"),
    [
        ("value,kind\n", True, True),
        ("VALUE ; Note\n", True, True),
        ("value\tconfidence", True, True),
        ("\n\nvalue,type\nx,y", True, True),
        ("value,colour\n", False, True),
        ("value\nx\n", False, False),
        ("kind,note\n", False, True),
        ("words only\n", False, False),
        ("", False, False),
    ],
)
def test_headers(text: str, observations: bool, table: bool) -> None:
    assert (is_observations(text), is_table(text)) == (observations, table)


@QUICK
@given(
    st.integers(2, 4).flatmap(
        lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=6)
    )
)
def test_every_cell_is_a_field_with_its_place(rows: list[list[str]]) -> None:
    header = [f"c{index}" for index in range(len(rows[0]))]
    document = read_text(written([header, *rows]), "t.csv")
    expected = {
        f"/{number}/{column}": cell
        for number, row in enumerate([header, *rows], start=1)
        for column, cell in zip(header, row, strict=True)
    }
    assert {field.pointer: field.span.of(document.text) for field in document.fields} == expected
    assert document.notices == ()


@QUICK
@given(st.text(st.sampled_from('ab",;|\t\n'), max_size=120))
def test_any_table_ends_well(text: str) -> None:
    assert_ends_well(f"value,kind\n{text}".encode(), "t.csv")


def test_a_quote_that_never_closes_is_an_error_with_its_line() -> None:
    with pytest.raises(ReadingError, match="not a table") as caught:
        read_text('a,b\n"never closed, ' + "words\n" * 40_000, "t.csv")
    assert caught.value.place.startswith("t.csv, line ")
    assert "quotes" in caught.value.remedy


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(LimitError, match="more than 10 table cells"):
        read_bytes(b"a,b\n" * 6, "t.csv", limits=Limits(objects=10))


@pytest.mark.parametrize("cell", ["1", " 6 ", ""])
@pytest.mark.parametrize("ease", ["0", "1", "0.05", ".5", "1.0", "5e-2", "1.", ""])
def test_figures_of_a_row_are_lines_like_any_other(cell: str, ease: str) -> None:
    document = read_text(f"kind,value,Credibility,forgeability\ntechnique,T1003,{cell},{ease}\n", "t.csv")
    told = {"credibility": cell, "forgeability": ease}
    figures = [f"{column}: {said}" for column, said in told.items() if said != ""]
    assert lines(document) == ["technique: T1003", *figures]


@pytest.mark.parametrize(
    ("credibility", "forgeability", "column", "remedy"),
    [
        ("7", "0.5", "credibility", "from 1 to 6"),
        ("0", "", "credibility", "from 1 to 6"),
        ("B2", "", "credibility", "leave the cell empty"),
        ("1.0", "", "credibility", "from 1 to 6"),
        ("\u00b2", "", "credibility", "from 1 to 6"),
        ("", "1.01", "forgeability", "0 (hard) to 1 (easy)"),
        ("", "-0.1", "forgeability", "0 (hard) to 1 (easy)"),
        ("", '"0,05"', "forgeability", "with a point"),
        ("", "5 %", "forgeability", "0 (hard) to 1 (easy)"),
        ("", "nan", "forgeability", "0 (hard) to 1 (easy)"),
        ("", "1e-", "forgeability", "0 (hard) to 1 (easy)"),
    ],
)
def test_a_figure_that_there_is_not_is_an_error_with_its_cell(
    credibility: str, forgeability: str, column: str, remedy: str
) -> None:
    header = "kind,value,credibility,forgeability"
    text = f"{header}\ntechnique,T1003,,\ntechnique,T1004,{credibility},{forgeability}\n"
    with pytest.raises(ReadingError, match="is no") as caught:
        read_text(text, "t.csv")
    assert caught.value.place == f"t.csv, row 3, column {column}"
    assert remedy in caught.value.remedy


@pytest.mark.parametrize(
    ("column", "cell", "remedy"),
    [
        *(
            ("probability", cell, "from 0 to 1")
            for cell in ("1.5", "85", "101 %", "-0.2", "certainly", "0,5%")
        ),
        *(("confidence", cell, "2 to 100") for cell in ("101", "1.5", "-3", "fair", "B2")),
    ],
)
def test_a_chance_that_is_none_is_an_error_with_its_cell(column: str, cell: str, remedy: str) -> None:
    text = f"kind;value;{column}\ntechnique;T1003;\ntechnique;T1004;{cell}\n"
    with pytest.raises(ReadingError, match=f"is no {column}") as caught:
        read_text(text, "t.csv")
    assert caught.value.place == f"t.csv, row 3, column {column}"
    assert remedy in caught.value.remedy


def test_a_row_has_one_chance() -> None:
    assert lines(read_text("value,probability,confidence\nT1003,0.5,\nT1004,,high\n", "t.csv")) != []
    with pytest.raises(ReadingError, match="probability and Confidence both state a chance") as caught:
        read_text("value,probability,Confidence\nT1003,0.5,80\n", "t.csv")
    assert caught.value.place == "t.csv, row 2, column Confidence"


def test_two_columns_of_one_figure_are_refused() -> None:
    with pytest.raises(ReadingError, match="2 columns are called credibility") as caught:
        read_text("value,credibility,Credibility\nx,1,2\n", "t.csv")
    assert caught.value.remedy == "keep one of them"


def test_figures_mean_nothing_in_a_table_of_something_else() -> None:
    document = read_text("name,credibility\nElm,high\n", "t.csv")
    assert lines(document) == ["name | credibility", "Elm | high"]
