"""Ids written out: current, retired, unknown, broken, in tables and in advice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, document, layout
from weigh.evidence import build, observe
from weigh.evidence.findings import Finding
from weigh.evidence.written_ids import NO_SUCCESSOR, UNKNOWN, prepare
from weigh.records import Kind

EXTRACT = prepare(CATALOGUE)
OBSERVER = build(CATALOGUE)


def findings(text: str) -> list[Finding]:
    return list(EXTRACT(layout(text)))


def seen(text: str) -> list[tuple[str, str]]:
    return [(finding.value, finding.span.of(text)) for finding in findings(text)]


@pytest.mark.parametrize(
    ("text", "value", "original"),
    [
        ("used T1566 then", "T1566", "T1566"),
        ("[T1566.001]", "T1566.001", "T1566.001"),
        ("(T1566.001).", "T1566.001", "T1566.001"),
        ("T1566/001", "T1566.001", "T1566/001"),
        ("T1566. 001", "T1566.001", "T1566. 001"),
        ("T1566.\n001", "T1566.001", "T1566.\n001"),
        ("T1566. 002", "T1566", "T1566"),
        ("T1566.", "T1566", "T1566"),
        ("T1566, T", "T1566", "T1566"),
        ("|T1566|", "T1566", "T1566"),
        ("T1566_Phishing", "T1566", "T1566"),
        ("https://attack.mitre.org/techniques/T1566/001/", "T1566.001", "T1566/001"),
        ("https://attack.mitre.org/techniques/T1566", "T1566", "T1566"),
        ("S0154", "S0154", "S0154"),
        ("[G0007]", "G0007", "G0007"),
    ],
)
def test_seen(text: str, value: str, original: str) -> None:
    assert seen(text) == [(value, original)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("T1566.001, T1059, .001", ["T1566.001", "T1059.001"]),
        ("T1003 (.001)", ["T1003.001"]),
        ("T1003 | .001 |", ["T1003.001"]),
        ("T1003.001/.001", ["T1003.001", "T1003.001"]),
        ("T1566 and .001", ["T1566.001"]),
        ("T1566.001, .002", ["T1566.001"]),
        ("T1566, .0015 of them", ["T1566"]),
        ("T1566, .001% of them", ["T1566"]),
        ("T1566. Then .001", ["T1566"]),
    ],
)
def test_sub_techniques_by_their_numbers_alone(text: str, values: list[str]) -> None:
    assert [value for value, _ in seen(text)] == values


def test_a_number_alone_stands_with_the_id_it_completes() -> None:
    assert seen("T1003 | .001 |") == [("T1003.001", "T1003 | .001")]
    assert seen("T1566.001, .001")[1] == ("T1566.001", ".001")


@pytest.mark.parametrize(
    "text",
    [
        "XT1566",
        "T15661",
        "T1566a",
        "TA0001",
        "T156",
        "t1566",
        "T2000 is a tank",
        "S9999",
        "AS0154",
        "https://evil.com/T1566",
        "T1566.exe",
    ],
)
def test_not_seen(text: str) -> None:
    assert seen(text) == []


def test_a_retired_id_leads_to_its_successor_and_says_so() -> None:
    (finding,) = findings("They ran T1086 twice.")
    assert finding.value == "T1059.001"
    assert finding.set_aside == ""
    assert "T1086 is now T1059.001" in finding.why


def test_a_revoked_sub_technique_is_mapped_too() -> None:
    assert seen("T1574.002") == [("T1574.001", "T1574.002")]


def test_an_id_without_successor_is_kept_and_set_aside() -> None:
    (finding,) = findings("T1064")
    assert (finding.value, finding.set_aside) == ("T1064", NO_SUCCESSOR)


@pytest.mark.parametrize("identifier", ["T1352", "T1566.099", "T0801"])
def test_an_id_that_no_version_knows_is_kept_and_set_aside(identifier: str) -> None:
    (finding,) = findings(f"They used {identifier}.")
    assert (finding.value, finding.set_aside) == (identifier, UNKNOWN)


def test_software_and_actors_by_id() -> None:
    software, actor = findings("S0068 of G0007")
    assert (software.kind, software.value, software.forging) == (Kind.SOFTWARE, "S0002", "tool")
    assert "S0068 is now S0002" in software.why
    assert actor.kind is Kind.ACTOR
    assert actor.set_aside == "a name in a report is a claim, not evidence"


def test_an_id_in_a_table_among_recommendations_is_evidence() -> None:
    text = (
        "Mitigations\nKeep all systems up to date, as the appendix of this document says in detail.\n\n"
        "APPENDIX A: Observed Procedures\n\nTechnique\n\nProcedure(s)\n\n"
        "Detection and Mitigation Recommendations\n\nDefensive Tactics\n\n\n"
        "Phishing [T1566]\n\nThe actors sent messages.\n\nMonitor the mail of all users.\n"
    )
    (observation,) = [each for each in observe(document(text), OBSERVER) if each.extractor == "written id"]
    assert observation.set_aside == ""
    assert observation.original == "T1566" == observation.span.of(text)


def test_an_id_in_mitigations_is_set_aside_with_the_reason() -> None:
    text = "Mitigations\nTo counter T1566.001 keep your mail filters up to date, and train your users.\n"
    (observation,) = observe(document(text), OBSERVER)
    assert "advises defenders" in observation.set_aside
    assert "Mitigations" in observation.set_aside


def test_an_imperative_in_the_name_of_a_technique_is_no_advice() -> None:
    text = "Use Alternate Authentication Material: Pass the Hash [T1550.002]"
    written = [each for each in observe(document(text), OBSERVER) if each.extractor == "written id"]
    assert [each.set_aside for each in written] == [""]


@given(
    st.lists(st.sampled_from([technique.id for technique in CATALOGUE.techniques]), min_size=1, max_size=8),
    st.sampled_from([" ", ", ", "; ", "\n", "] [", " and ", " / "]),
)
def test_all_ids_of_a_list_are_seen(identifiers: list[str], joint: str) -> None:
    assert [value for value, _ in seen(f"[{joint.join(identifiers)}]")] == identifiers
