"""Names of techniques: whole words, former names, shared names, names that are words."""

from __future__ import annotations

import pytest

from tests.evidence.known import CATALOGUE, document, layout
from weigh.evidence.findings import Finding
from weigh.evidence.layout import lay_out
from weigh.evidence.technique_names import Wording, prepare
from weigh.records import Document, Field, Span

EXTRACT = prepare(CATALOGUE)


def findings(text: str) -> list[Finding]:
    return list(EXTRACT(layout(text)))


def seen(text: str) -> list[tuple[str, str]]:
    return [(finding.value, finding.span.of(text)) for finding in findings(text)]


@pytest.mark.parametrize(
    ("text", "value", "original"),
    [
        ("They used pass the hash to move.", "T1550.002", "pass the hash"),
        ("They used Pass-the-Hash to move.", "T1550.002", "Pass-the-Hash"),
        ("with spearphishing attachments they", "T1566.001", "spearphishing attachment"),
        ("by Spearphishing\nAttachment they", "T1566.001", "Spearphishing\nAttachment"),
        ("Phishing: Spearphishing Attachment", "T1566.001", "Phishing: Spearphishing Attachment"),
        ("They ran PowerShell scripts.", "T1059.001", "PowerShell"),
        ("by DLL Side-Loading they", "T1574.001", "DLL Side-Loading"),
        ("It dumped LSASS memory.", "T1003.001", "LSASS memory"),
        ("Active Scanning was seen.", "T1595", "Active Scanning"),
    ],
)
def test_seen(text: str, value: str, original: str) -> None:
    assert seen(text) == [(value, original)]


@pytest.mark.parametrize(
    "text",
    [
        "a tool and a phishing mail",
        "Tool use was seen.",
        "Phishing was seen.",
        "THE PHISHING TOOL",
        "the IP addresses and DNS names of a DLL",
        "they passed the hashes",
        "powershell.exe /c and C:\\PowerShell\\x.ps1",
        "https://a.com/phishing/PowerShell/x",
        "surpass the hash",
    ],
)
def test_not_seen(text: str) -> None:
    assert seen(text) == []


def test_a_shared_name_is_divided() -> None:
    found = findings("They made a domain account there.")
    assert sorted(finding.value for finding in found) == ["T1087.002", "T1136.002"]
    assert [finding.probability for finding in found] == [Wording.PHRASE.value / 2] * 2
    assert all("has the same name" in finding.why for finding in found)


def test_the_parents_name_decides_between_them() -> None:
    assert seen("Create Account: Domain Account") == [("T1136.002", "Create Account: Domain Account")]


@pytest.mark.parametrize(
    "text", ["Domain Account [T1136.002]", "Domain Account\n\n\nT1136.002", "T1136.002 Domain Account"]
)
def test_an_id_beside_it_decides_between_them(text: str) -> None:
    (finding,) = findings(text)
    assert (finding.value, finding.probability) == ("T1136.002", Wording.TITLE.value)


def test_a_name_of_a_thing_counts_with_its_parent_or_its_id() -> None:
    assert seen("Gather Victim Network Information: IP Addresses")[0][0] == "T1590.005"
    assert seen("They gathered IP addresses [T1590.005].")[0][0] == "T1590.005"
    assert seen("They gathered IP addresses.") == []


def test_a_former_name_says_whose_it_was() -> None:
    (finding,) = findings("by DLL Side-Loading they")
    assert "the former name of DLL" in finding.why


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("Phishing: Spearphishing Attachment", Wording.FULL),
        ("a Spearphishing Attachment came", Wording.TITLE),
        ("a spearphishing attachment came", Wording.PHRASE),
        ("they ran PowerShell there", Wording.WORD),
        ("they did much Phishing that year", Wording.ORDINARY),
    ],
)
def test_the_wording_decides_the_probability(text: str, wording: Wording) -> None:
    (finding,) = findings(text)
    assert finding.probability == wording.value


def test_wordings_have_chances_of_their_own() -> None:
    assert len({wording.value for wording in Wording}) == len(Wording.__members__)


def test_a_whole_field_of_a_structured_file_is_a_name_for_certain() -> None:
    text = "attack-pattern: Phishing\n"
    fields = (Field("/objects/0/name", Span(16, 24), "attack-pattern.name"),)
    plain = document(text)
    structured = Document(id=plain.id, text=text, format="stix", name="a.json", fields=fields)
    (finding,) = EXTRACT(lay_out(structured))
    assert (finding.value, finding.probability) == ("T1566", Wording.FULL.value)
