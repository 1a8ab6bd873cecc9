"""Tables of techniques: the row tells what was done, the advice beside it is no evidence."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, document, layout
from weigh.evidence import build, observe
from weigh.evidence.advice import names_countermeasure
from weigh.evidence.flat_tables import flattened
from weigh.evidence.tables import Column, begins_advice, column_of, columns_of, divided, lines_of
from weigh.readers import read_bytes
from weigh.records import Document, Field, Kind, Observation, Span

USE = "The crew ran scripts with PowerShell on two hosts."
ADVICE = "Disable PowerShell where nobody needs it and log what it runs."
WATCH = "Script block logging shows Mimikatz."
CELLS = {
    "Tactic": "Execution",
    "ID": "T1059.001",
    "Technique": "PowerShell",
    "Procedure": USE,
    "Mitigation": ADVICE,
    "Detection": WATCH,
}


class Reader:
    """A sentence reader that finds a technique in every sentence, so that what is read can be seen."""

    def read(self, sentences: Sequence[str]) -> Sequence[Sequence[tuple[str, float]]]:
        return [[("T1071", 0.5)] for _ in sentences]


OBSERVER = build(CATALOGUE, Reader())


def observed(text: str | Document) -> tuple[Observation, ...]:
    return observe(text if isinstance(text, Document) else document(text), OBSERVER)


def weighed(text: str | Document) -> set[tuple[str, str]]:
    """(value, what it stands on) of what counts as evidence of use."""
    return {
        (each.value, " ".join(each.original.split()))
        for each in observed(text)
        if each.set_aside == "" and each.kind in {Kind.TECHNIQUE, Kind.SOFTWARE}
    }


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Technique Title", Column.TECHNIQUE),
        ("ATT&CK Technique", Column.TECHNIQUE),
        ("Threat Actor Technique / Sub-Techniques", Column.TECHNIQUE),
        ("Tactic", Column.TACTIC),
        ("ID", Column.ID),
        ("Technique ID", Column.ID),
        ("**MITRE ID**", Column.ID),
        ("Use", Column.PROCEDURE),
        ("Threat Actor Procedure(s)", Column.PROCEDURE),
        ("Observed activity", Column.PROCEDURE),
        ("Recommendations", Column.MITIGATIONS),
        ("Detection and Mitigation Recommendations", Column.MITIGATIONS),
        ("Defensive Tactics and Techniques", Column.MITIGATIONS),
        ("D3FEND", Column.MITIGATIONS),
        ("Data Sources", Column.DETECTION),
        ("Detection opportunities", Column.DETECTION),
        ("Vulnerability", None),
        ("The technique that they used", None),
        ("", None),
        ("Use" * 40, None),
    ],
)
def test_headings_of_columns(heading: str, column: Column | None) -> None:
    assert column_of(heading) is column


def test_headings_that_ran_together_are_told_apart_or_not_at_all() -> None:
    found = columns_of("Technique Title ID Use\nRecommendations")
    assert [heading for _, heading in found] == ["Technique Title", "ID", "Use", "Recommendations"]
    assert columns_of("Technique details of this") == ()


@pytest.mark.parametrize(
    ("entry", "advice"),
    [
        ("Monitor command lines.", True),
        ("• Use a firewall.", True),
        ("User Behavior Analysis [D3-UBA]", True),
        ("Organizations should look for it.", True),
        ("The crew used a firewall.", False),
        ("Use of a firewall was seen.", False),
        ("Using a stolen key", False),
    ],
)
def test_advice_in_a_table_is_known_by_how_it_begins(entry: str, advice: bool) -> None:
    assert begins_advice(entry) is advice
    assert not names_countermeasure(USE)


ORDERS = [
    order
    for order in itertools.permutations(CELLS, 4)
    if {"Procedure", "ID"} <= set(order) and not {"Mitigation", "Detection"}.isdisjoint(order)
]


@pytest.mark.parametrize("joint", [" | ", "\t"])
@pytest.mark.parametrize("order", ORDERS)
def test_columns_in_any_order(order: tuple[str, ...], joint: str) -> None:
    rows = [joint.join(order), joint.join(CELLS[column] for column in order)]
    text = "What happened\nIt began in May.\n\n" + "\n".join(rows) + "\n"
    found = weighed(text)
    assert ("T1059.001", USE) in found
    assert not any(value == "S0002" for value, _ in found)
    assert all(place not in ADVICE for value, place in found if value != "T1059.001")


def test_a_markdown_table() -> None:
    text = (
        "| Technique | ID | Use | Mitigation |\n|---|:--|---|---|\n"
        f"| PowerShell | T1059.001 | {USE} | {ADVICE} |\n"
        "| Pass the Hash | T1550.002 | They passed hashes to servers. | |\n\n"
        "Then they left with the files.\n"
    )
    found = weighed(text)
    assert {("T1059.001", USE), ("T1550.002", "They passed hashes to servers.")} <= found
    assert ("T1071", "Then they left with the files.") in found
    assert {value for value, place in found if place in ADVICE} <= {"T1059.001"}


def test_a_web_page_and_its_empty_and_missing_cells() -> None:
    page = (
        "<html><body><table><tr><th>Tactic</th><th>Technique</th><th>Procedure</th><th>Mitigations</th></tr>"
        f"<tr><td rowspan=2>Execution</td><td>PowerShell [T1059.001]</td><td>{USE}</td><td>{ADVICE}</td></tr>"
        "<tr><td>Pass the Hash [T1550.002]</td><td></td><td>Block Mimikatz by its name everywhere.</td></tr>"
        "<tr><td>x</td><td>Phishing [T1566]</td><td>They sent letters.</td></tr></table></body></html>"
    )
    found = weighed(read_bytes(page.encode(), "a.html"))
    assert {("T1059.001", USE), ("T1566", "They sent letters.")} <= found
    assert not any("Mimikatz" in place for _, place in found)


def test_columns_that_only_make_room_move_nothing() -> None:
    rows = (
        ("Tactic", "ID", "Technique", "Use", "Mitigations"),
        ("Execution", "T1059.001", "PowerShell", USE, ADVICE),
        ("Lateral Movement", "T1550.002", "", "They passed hashes to servers.", ""),
        ("", "T1566", "Phishing", "They sent letters.", "Block Mimikatz by its name everywhere."),
    )
    plain, spaced = (
        "<table>" + "".join(f"<tr>{room}{room.join(f'<td>{cell}' for cell in row)}" for row in rows)
        for room in ("", "<td>&nbsp;")
    )
    found = [
        weighed(read_bytes(f"<html><body>{page}</table>".encode(), "a.html")) for page in (plain, spaced)
    ]
    assert found[0] == found[1]
    assert {("T1059.001", USE), ("T1550.002", "They passed hashes to servers.")} <= found[0]
    assert not any("Mimikatz" in place for _, place in found[0])


def test_a_technique_that_spans_rows_goes_on() -> None:
    text = f"Technique | Procedure\nPhishing [T1566] | They sent letters.\n| {USE}\n"
    assert {("T1566", "They sent letters."), ("T1566", USE)} <= weighed(text)


def test_a_cell_that_is_only_a_techniques_name() -> None:
    text = (
        f"Technique | Use | Mitigation\nPhishing: Spearphishing Attachment | They sent letters. | {ADVICE}\n"
    )
    assert ("T1566.001", "They sent letters.") in weighed(text)


def test_a_table_of_advice_alone_says_nothing_of_use() -> None:
    text = f"Weakness | Recommendation\nOpen shares | Look for Mimikatz and {ADVICE}\n"
    assert {value for value, _ in weighed(text)}.isdisjoint({"S0002", "T1059.001"})


FLAT = f"""Table 1: What was seen, with recommendations

Technique Title
ID
Use
Recommendations

Command and Scripting Interpreter: PowerShell
T1059.001
{USE}
Mitigation: {ADVICE}
Detection: {WATCH}

Pass the Hash
T1550.002
They were seen passing hashes.
Monitor for Mimikatz.
Executable Allowlisting [D3-EAL]

Conclusion
The crew came back in June with Cobalt Strike on every host.
"""


def test_a_table_whose_cells_became_lines() -> None:
    found = weighed(FLAT)
    assert {("T1059.001", USE), ("T1550.002", "They were seen passing hashes.")} <= found
    assert "S0002" not in {value for value, _ in found}
    assert "S0154" in {value for value, _ in found}
    reasons = {each.set_aside for each in observed(FLAT) if each.value == "S0002"}
    assert all("Recommendations" in reason or "Detection" in reason for reason in reasons)


def test_what_a_row_says_is_not_read_again() -> None:
    read = {each.original for each in observed(FLAT) if each.value == "T1071"}
    assert USE not in read
    assert read - {"Table 1: What was seen, with recommendations"} == {
        "The crew came back in June with Cobalt Strike on every host."
    }


def test_a_row_says_why() -> None:
    found = [each for each in observed(FLAT) if each.extractor == "table row"]
    assert [each.value for each in found] == ["T1059.001", "T1550.002"]
    assert found[0].why == "the row of T1059.001 in a table of techniques tells how it was used"


WRAPPED = """Table 2: Techniques
Technique Use
Command and Scripting
Interpreter [T1059]
The crew ran scripts that
it wrote itself.
Pass the Hash [T1550.002] The crew passed hashes.
Phishing [T1566]
The crew sent letters.
RECOMMENDATIONS
Block what nobody needs.
"""


def test_a_table_set_from_a_pdf() -> None:
    found = {(each.value, each.original) for each in observed(WRAPPED) if each.extractor == "table row"}
    assert found == {
        ("T1059", "The crew ran scripts that\nit wrote itself."),
        ("T1550.002", "The crew passed hashes."),
        ("T1566", "The crew sent letters."),
    }


WRAPPED_ADVICE = """Technique Title ID Use Mitigation
Command and Scripting
Interpreter: PowerShell
T1059.001
The crew ran scripts on
hosts of the bank with
Cobalt Strike.
Disable scripts that nobody
signs, and look for Mimikatz.
Phishing T1566 The crew sent letters to people
who worked at the port.
Train users to look for Mimikatz
in letters.
Conclusion
Nothing more was seen.
"""


def test_advice_set_from_a_pdf() -> None:
    found = {each.value: each for each in observed(WRAPPED_ADVICE) if each.extractor == "table row"}
    assert found["T1059.001"].original == "The crew ran scripts on\nhosts of the bank with\nCobalt Strike."
    assert found["T1566"].original == "The crew sent letters to people\nwho worked at the port."
    software = {each.value: each.set_aside for each in observed(WRAPPED_ADVICE) if each.kind is Kind.SOFTWARE}
    assert software["S0154"] == ""
    assert "(\u201cMitigation\u201d)" in software["S0002"]


def test_an_id_before_its_name_and_kin_in_one_cell() -> None:
    text = (
        "MITRE ID\nName\nObservation\nT1566\nPhishing\nThey sent letters.\n\n\n"
        "T1003\nOS Credential Dumping\nThey read memory.\n\nAfterwards nothing happened there for weeks.\n"
    )
    rows = {(each.value, each.original) for each in observed(text) if each.extractor == "table row"}
    assert rows == {("T1566", "They sent letters."), ("T1003", "They read memory.")}
    text = (
        "Technique\nProcedure\nDetection\n\nOS Credential Dumping [T1003]:\n\nLSASS Memory [T1003.001]\n\n"
        "They read memory.\n\nWatch for Mimikatz in memory.\n"
    )
    rows = {(each.value, each.original) for each in observed(text) if each.extractor == "table row"}
    assert rows == {("T1003", "They read memory."), ("T1003.001", "They read memory.")}


@pytest.mark.parametrize(
    "text",
    [
        "Use\nThe crew sent letters (T1566) to forty people.\n",
        "The techniques in use are many, T1566 among them.\n",
        "Technique details\nThe crew sent letters [T1566] to forty people.\n",
        "a | b\nT1566 | letters\n",
        "",
    ],
)
def test_what_is_no_table_of_techniques(text: str) -> None:
    assert layout(text).rows == ()


def test_a_column_of_a_csv_is_advice_by_its_name() -> None:
    data = f"technique,use,mitigation\nT1059.001,{USE},Block Mimikatz\n".encode()
    found = weighed(read_bytes(data, "a.csv"))
    assert ("T1059.001", USE) in found
    assert "S0002" not in {value for value, _ in found}


def test_a_field_called_detection_is_on_detection() -> None:
    text = "x: Watch for Mimikatz\n"
    fields = (Field("/x", Span(3, 21), "detection"),)
    structured = Document(id="d" * 64, text=text, format="stix", name="a.json", fields=fields)
    (found,) = [each for each in observed(structured) if each.value == "S0002"]
    assert "part on detection" in found.set_aside


LINES = st.sampled_from(
    [
        *FLAT.splitlines(),
        *WRAPPED.splitlines(),
        "a | b",
        "Technique | Use",
        "| T1566 | x |",
        "\t",
        "",
        "T1566",
    ]
)


@given(st.lists(LINES, max_size=30))
def test_tables_are_in_order_apart_and_hold_their_rows(lines: list[str]) -> None:
    text = "\n".join(lines)
    pieces = lines_of(text)
    for tables in (list(divided(text, pieces)), list(flattened(pieces))):
        for table, after in itertools.pairwise(tables):
            assert table.span.end <= after.span.start
        for table in tables:
            inside = [row.techniques for row in table.rows] + [zone.span for zone in table.advice]
            inside += [row.procedure for row in table.rows if row.procedure is not None]
            assert all(table.span.start <= span.start < span.end <= table.span.end for span in inside)


@given(st.lists(LINES, max_size=30))
def test_zones_stay_in_order_and_apart(lines: list[str]) -> None:
    zones = layout("\n".join(lines)).zones
    assert all(zone.span.end <= after.span.start for zone, after in itertools.pairwise(zones))


@pytest.mark.parametrize(
    "unit", ["Technique | Use\n", "| T1566 ", "T1566\n", "Technique\nUse\n", "Use\nT1566\n"]
)
def test_hostile_repetition_is_read_to_the_end(unit: str) -> None:
    text = unit * (30_000 // len(unit)) + "\n\nThey ran Cobalt Strike there with T1566.001 too.\n"
    assert "T1566.001" in {each.value for each in observed(text)}
