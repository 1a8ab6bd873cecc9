"""Real and realistic documents: who repeats whom in the example, and in what governments said."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.assessment import harbour
from weigh import evidence, readers
from weigh.claims.origins import Origins, origin_of, trace
from weigh.records import Document, Kind, Source

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "harbour" / "documents"


def read(folder: Path, pattern: str = "*") -> list[Document]:
    """The documents of a folder, described as the file beside each says where there is one."""
    found = []
    for path in sorted(folder.glob(pattern)):
        told = path.with_suffix(".json")
        about = json.loads(told.read_text("utf-8")) if told.is_file() and told != path else {}
        for document in readers.read_path(path):
            assert isinstance(document, Document)
            source = Source(about["publisher"]) if "publisher" in about else document.source
            title = about.get("title", document.title)
            found.append(replace(document, title=title, date=about.get("date", document.date), source=source))
    return found


@cache
def example() -> tuple[dict[str, Document], Origins]:
    """The example's documents by name, and their graph with the indicators that they report."""
    documents = read(EXAMPLE)
    observer = evidence.build(harbour.knowledge().catalogue)
    details = {
        document.id: frozenset(
            item.value for item in evidence.observe(document, observer) if item.kind is Kind.INDICATOR
        )
        for document in documents
    }
    return {document.name: document for document in documents}, trace(documents, details)


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("statement-brenholt.txt", "statement-corvane.html", "shared-mistake"),
        ("statement-corvane.html", "incident-report.html", "builds-on"),
        ("statement-corvane.html", "vendor-report.pdf", "builds-on"),
        ("sharing-group.stix.json", "incident-report.html", "builds-on"),
        ("sharing-group.stix.json", "vendor-report.pdf", "builds-on"),
        ("news-strait-ledger.md", "statement-corvane.html", "shared-passage"),
        ("news-strait-ledger.md", "vendor-report.pdf", "attributes"),
        ("incident-report.html", "vendor-report.pdf", "attributes"),
    ],
)
def test_the_example_shows_who_repeats_whom(one: str, two: str, kind: str) -> None:
    files, origins = example()
    found = {(link.document, link.repeats): link.kind for link in origins.links}
    assert found[files[one].id, files[two].id] == kind
    assert len(found) == 8


def test_the_example_has_fewer_origins_than_documents() -> None:
    files, origins = example()
    origin = origin_of(origins.everything())
    assert len(files) == 8
    assert len(set(origin.values())) == 4
    echo = [files[name].id for name in ("statement-corvane.html", "statement-brenholt.txt")]
    assert len({origin[name] for name in echo}) == 1
    assert len({origin[files[name].id] for name in ("incident-report.html", "vendor-report.pdf")}) == 2


def test_three_governments_that_speak_as_one_are_one_origin(shared: Path) -> None:
    documents = read(shared / "corpus" / "statements", "*.txt")
    files = {document.name: document.id for document in documents}
    origin = origin_of(trace(documents, {}).everything())
    joined = (
        "us-wh-20210719-prc-exchange.txt",
        "uk-fcdo-20210719-exchange.txt",
        "ca-gac-20210719-exchange.txt",
    )
    assert len({origin[files[name]] for name in joined}) == 1
    assert origin[files["cn-mfa-20210720.txt"]] != origin[files[joined[0]]]


def test_a_publishers_boilerplate_links_none_of_its_advisories(shared: Path) -> None:
    documents = read(shared / "corpus" / "advisories", "*.txt")
    nameless = [replace(document, source=None, date="", title="") for document in documents]
    links = trace(nameless, {}).links
    kinds = Counter(link.kind for link in links)
    assert kinds["near-text"] == 2
    assert kinds["shared-passage"] <= 1
    assert len(links) <= 7
