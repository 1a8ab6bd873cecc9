"""What a row of a table states of its own observation: taken up where it stands, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE
from tests.evidence.known import document as plain
from tests.readers.samples import read_text
from weigh.evidence import build, observe
from weigh.evidence.forgeability import forgeability
from weigh.evidence.stated import NOTHING, Stated, StatedRows
from weigh.records import Observation, Span

OBSERVER = build(CATALOGUE)
HEADER = "kind,value,credibility,forgeability,note"


def seen(*rows: str, header: str = HEADER) -> dict[str, Observation]:
    """The observations of a table by their values."""
    document = read_text("\n".join((header, *rows)) + "\n", "t.csv")
    return {each.value: each for each in observe(document, OBSERVER)}


@pytest.mark.parametrize(
    ("row", "value", "credibility", "ease", "table"),
    [
        ("artefact,rich header points to G0007,1,0.05,", "rich header points to G0007", 1, 0.05, 0.8),
        ("artefact,rich header points to G0007,,0.05,", "rich header points to G0007", 6, 0.05, 0.8),
        ("artefact,rich header points to G0007,3,,", "rich header points to G0007", 3, 0.8, None),
        ("technique,T1059.001,2,0.9,", "T1059.001", 2, 0.9, 0.35),
        ("technique,T1059.001,,,", "T1059.001", 6, 0.35, None),
        ("software,S0002,5,0,", "S0002", 5, 0.0, 0.9),
        ("software,Mimikatz,5,1,", "S0002", 5, 1.0, 0.9),
        ("software,S0002,6,0.9,", "S0002", 6, 0.9, 0.9),
    ],
)
def test_the_case_goes_before_the_table(
    row: str, value: str, credibility: int, ease: float, table: float | None
) -> None:
    found = seen(row)[value]
    assert (found.credibility, found.forgeability, found.table_forgeability) == (credibility, ease, table)


def test_each_row_speaks_for_itself_and_not_for_its_note() -> None:
    found = seen(
        "technique,T1003,1,0.1,beside Mimikatz",
        "technique,T1087,,,",
        "technique,T1136,4,0.7,",
    )
    told = {value: (each.credibility, each.forgeability) for value, each in found.items()}
    assert told["T1003"] == (1, 0.1)
    assert told["T1087"] == (6, forgeability("technique"))
    assert told["T1136"] == (4, 0.7)
    assert told["S0002"] == (6, forgeability("tool"))


@pytest.mark.parametrize(
    ("column", "cell", "chance"),
    [
        ("probability", "0.6", 0.6),
        ("probability", "1", 1.0),
        ("probability", "85 %", 0.85),
        ("probability", "85%", 0.85),
        ("probability", "Very  likely", 0.875),
        ("probability", "improbable", 0.325),
        ("probability", "probably true", 0.75),
        ("confidence", "60", 0.6),
        ("confidence", "0.6", 0.6),
        ("confidence", "High", 0.85),
        ("confidence", "moderate", 0.5),
        ("confidence", "almost certain", 0.97),
    ],
)
def test_the_chance_of_a_row_goes_before_ours(column: str, cell: str, chance: float) -> None:
    header = f"kind,value,{column},note"
    found = seen(f"software,Mimikatz,{cell},", "technique,T1003,,beside Mimikatz", header=header)
    assert found["T1003"].probability > 0.9
    (row,) = seen(f"software,S0002,{cell},", header=header).values()
    assert row.probability == pytest.approx(chance)
    assert row.why.endswith(f"; its row says how likely: \u201c{cell}\u201d")
    assert found["T1003"].probability > 0.9
    assert "how likely" not in found["T1003"].why


def test_columns_are_known_however_they_are_written() -> None:
    found = seen("2;T1003;0.25", header="CREDIBILITY; Value ;Forgeability")["T1003"]
    assert (found.credibility, found.forgeability) == (2, 0.25)


def test_prose_and_other_tables_state_nothing() -> None:
    text = "They used Mimikatz.\ncredibility: 1\nforgeability: 0.05\n"
    (tool,) = [each for each in observe(plain(text), OBSERVER) if each.value == "S0002"]
    assert (tool.credibility, tool.forgeability, tool.table_forgeability) == (6, 0.9, None)
    other = read_text("name,credibility\nT1003,high\n", "t.csv")
    assert StatedRows(other).about(Span(0, len(other.text))) == NOTHING


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.none() | st.integers(1, 6), st.none() | st.floats(0.0, 1.0)), min_size=1, max_size=8
    )
)
def test_every_value_finds_its_own_row(rows: list[tuple[int | None, float | None]]) -> None:
    cells = [
        f"thing,value{number},{'' if digit is None else digit},{'' if ease is None else f'{ease:.6f}'},x"
        for number, (digit, ease) in enumerate(rows)
    ]
    document = read_text("\n".join((HEADER, *cells)) + "\n", "t.csv")
    stated = StatedRows(document)
    values = [field for field in document.fields if field.kind == "value"]
    for field, (digit, ease) in zip(values, rows, strict=True):
        own = Stated(digit, None if ease is None else float(f"{ease:.6f}"))
        assert stated.about(field.span) == own
        assert stated.about(Span(field.span.start - 3, field.span.end)) == own
        assert stated.about(Span(max(0, field.span.start - 5), field.span.start)) == NOTHING


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["T1003", "T1087", "S0002", "rich header points to G0007"]), min_size=1))
def test_without_the_columns_nothing_is_another(values: list[str]) -> None:
    bare = read_text("kind,value\n" + "".join(f"thing,{value}\n" for value in values), "t.csv")
    empty = read_text(
        "kind,value,credibility,forgeability\n" + "".join(f"thing,{value},,\n" for value in values), "t.csv"
    )
    assert bare.text == empty.text
    figures = [
        [(each.value, each.credibility, each.forgeability, each.table_forgeability) for each in found]
        for found in (observe(bare, OBSERVER), observe(empty, OBSERVER))
    ]
    assert figures[0] == figures[1]
    assert all(credibility == 6 and table is None for _, credibility, _, table in figures[0])
