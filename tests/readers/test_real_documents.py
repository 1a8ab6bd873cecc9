"""Published documents, where the folder of them is there: one advisory in four formats, and all texts."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from tests.readers.samples import assert_fields_lead_back, lines, read_json
from weigh.readers import Unread, read_bytes, read_path
from weigh.records import Document

ID = re.compile(r"(?<!\w)T\d{4}(?:\.\d{3})?(?!\w)")
WORD = re.compile(r"\w+")
# The text and the page were saved in November 2020; PDF and DOCX are of October and print another id
# in one row of the table. All other ids are the same.
REVISED = {"T1047.001", "T1547.001"}


def read_file(path: Path) -> Document:
    return read_bytes(path.read_bytes(), path.name)


def written_ids(text: str) -> set[str]:
    return set(ID.findall(text))


def recall(read: str, expected: str) -> float:
    """The share of the expected words, each as often as it stands there, that were read."""
    wanted = Counter(WORD.findall(expected.lower()))
    return (wanted & Counter(WORD.findall(read.lower()))).total() / wanted.total()


@pytest.mark.parametrize(
    ("form", "least", "revised"),
    [("html", 0.999, set()), ("pdf", 0.985, REVISED), ("docx", 0.985, REVISED)],
)
def test_one_advisory_in_three_formats(shared: Path, form: str, least: float, revised: set[str]) -> None:
    document = read_file(shared / f"corpus/formats/aa20-302a.{form}")
    expected = (shared / "corpus/advisories/aa20-302a.txt").read_text(encoding="utf-8")
    assert document.format == form
    assert recall(document.text, expected) >= least
    assert written_ids(document.text) ^ written_ids(expected) == revised
    assert len(written_ids(document.text)) == 13


def test_rows_of_the_advisorys_table_stay_whole(shared: Path) -> None:
    document = read_file(shared / "corpus/formats/aa20-302a.html")
    rows = [line for line in lines(document) if re.search(r"\[T\d{4}(\.\d{3})?\] \| Ryuk has ", line)]
    assert len(rows) == 13
    assert document.title.startswith("Ransomware Activity Targeting the Healthcare and Public Health Sector")


def test_sentences_of_the_pdf_are_whole_and_its_addresses_keep_their_hyphens(shared: Path) -> None:
    document = read_file(shared / "corpus/formats/aa20-302a.pdf")
    assert (document.pages, document.pages_without_text) == (22, ())
    assert "kegtap-and-singlemalt-with-a-ransomware-chaser.html." in document.text
    assert "infection vectors including internet-facing vulnerabilities" in document.text
    assert "uses a single-byte XOR cipher to encrypt its communications, which have been" in document.text
    assert document.text.count("CISA | FBI | HHS") <= 2


def test_another_report_as_pdf(shared: Path) -> None:
    document = read_file(shared / "corpus/formats/jar-16-20296a.pdf")
    expected = (shared / "corpus/advisories/jar-16-20296a.txt").read_text(encoding="utf-8")
    assert recall(document.text, expected) >= 0.95
    assert {"APT28", "APT29", "COZYDUKE", "Sandworm"} <= set(lines(document))
    assert document.title.startswith("JAR-16-20296A")


def test_every_text_is_read_as_it_stands(shared: Path) -> None:
    texts = sorted(shared.glob("corpus/*/*.txt"))
    assert len(texts) >= 50
    for path in texts:
        document = read_file(path)
        expected = path.read_bytes().decode("utf-8")
        assert document.text == expected.replace("\r\n", "\n")
        assert (document.format, document.notices) == ("text", ())


def test_a_whole_folder_is_read_without_an_error(shared: Path) -> None:
    results = list(read_path(shared / "corpus/statements"))
    assert [each for each in results if isinstance(each, Unread)] == []
    assert len({each.id for each in results if isinstance(each, Document)}) >= len(results) - 1


def test_objects_of_the_official_knowledge_lead_back(shared: Path) -> None:
    packed = shared / "data/attack/enterprise-attack-18.1.json.xz"
    bundle = msgspec.json.decode(lzma.decompress(packed.read_bytes()))
    some = {"type": "bundle", "id": bundle["id"], "objects": bundle["objects"][::12]}
    document = read_json(some)
    assert document.format == "stix"
    assert_fields_lead_back(document, some)
    told = re.findall(r"^attack-pattern: (\S+)", document.text, re.MULTILINE)
    assert len(told) > 20
    assert all(ID.fullmatch(identifier) for identifier in told)
