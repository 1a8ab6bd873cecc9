"""Tables whose columns spaces keep apart."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, document
from weigh.evidence import build, observe
from weigh.evidence.aligned_tables import aligned
from weigh.evidence.tables import Table, lines_of
from weigh.records import Kind

OBSERVER = build(CATALOGUE)

WRAPPED = """What was seen

Tactic     ID          Technique              Use
---------  ----------  ---------------------  --------------------------
Execution  T1059.001   Command and Scripting  The crew ran scripts.
                       Interpreter
Access     T1566       Phishing               The crew sent forty
                                              letters to the port.

Then they left with the files of the harbour.
"""

ADVISED = """Technique        Use                    Mitigation
T1566            Letters were sent.     Look for Mimikatz in
                                        letters.
T1059.001        Scripts were run.      Disable PowerShell.
"""


def tables(text: str) -> list[Table]:
    return list(aligned(text, lines_of(text)))


def rows(text: str) -> list[tuple[str, str]]:
    return [
        (" ".join(row.techniques.of(text).split()), " ".join(row.procedure.of(text).split()))
        for table in tables(text)
        for row in table.rows
        if row.procedure is not None
    ]


def test_a_name_that_wraps_stays_out_of_what_was_done() -> None:
    assert rows(WRAPPED) == [
        ("T1059.001 Command and Scripting", "The crew ran scripts."),
        ("T1566 Phishing", "The crew sent forty letters to the port."),
    ]


def test_prose_ends_the_table() -> None:
    (table,) = tables(WRAPPED)
    assert WRAPPED[: table.span.end].rstrip().endswith("letters to the port.")


def test_a_column_of_advice_is_advice() -> None:
    found = observe(document(ADVISED), OBSERVER)
    assert {each.value for each in found if each.set_aside == "" and each.kind is Kind.TECHNIQUE} == {
        "T1566",
        "T1059.001",
    }
    assert [each.set_aside != "" for each in found if each.value == "S0002"] == [True]
    assert [zone.span.of(ADVISED) for zone in tables(ADVISED)[0].advice] == [
        "Look for Mimikatz in",
        "letters.",
        "Disable PowerShell.",
    ]


def test_a_broken_name_after_an_id_is_no_name_of_another_technique() -> None:
    text = "Access   T1566   Domain Account   They sent letters.\n"
    assert {each.value for each in observe(document(text), OBSERVER)} == {"T1566"}


@pytest.mark.parametrize(
    "text",
    [
        "He came.  She left with T1566.  Then nothing.\n",
        "Name  Place\nT1566  here\n",
        "Technique | Use\nT1566  x | y\n",
        "Technique  Use\n\n\n\nT1566  They sent letters.\n",
        "",
    ],
)
def test_what_is_no_such_table(text: str) -> None:
    assert tables(text) == []


LINES = st.sampled_from([*WRAPPED.splitlines(), *ADVISED.splitlines(), "", "T1566", "a  b", " " * 30 + "c"])


@given(st.lists(LINES, max_size=20))
def test_tables_are_in_order_apart_and_hold_their_rows(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = tables(text)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))
    for table in found:
        inside = [span for row in table.rows for span in (row.techniques, row.procedure) if span is not None]
        assert all(table.span.start <= span.start < span.end <= table.span.end for span in inside)


@pytest.mark.parametrize("unit", ["Technique  Use\n", "T1566  x\n", "a  ", " \n"])
def test_hostile_repetition_is_read_to_the_end(unit: str) -> None:
    text = unit * (30_000 // len(unit)) + "\n\nTechnique  Use\nT1566      They sent letters.\n"
    assert rows(text)[-1:] == [("T1566", "They sent letters.")]
