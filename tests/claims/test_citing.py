"""Citations: what names a document, where another names it, and what only looks as if it did."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.claims.texts import document, prose
from weigh.claims.citing import Mention, mentions, names_of, numbers, sentence_around
from weigh.claims.same_text import words
from weigh.records import Document, Field, Span

REPORT = document(
    f"WRACKLINE RESEARCH · May 2024\nA drive in the dredger’s pocket: how it came aboard\n{prose(1)}",
    "wrackline-24-05.pdf",
    title="A drive in the dredger's pocket: how it came aboard",
)
INCIDENT = document(
    prose(2), "incident.html", title="Incident report HSR-2024-07", source="Eddermouth Harbour Authority"
)


def between(*documents: Document) -> list[Mention]:
    """Every mention among documents."""
    texts = [words(each.text) for each in documents]
    return list(mentions(documents, texts, [names_of(each) for each in documents]))


def found(text: str, *others: Document) -> list[tuple[int, str, str]]:
    """Which of the others a text names, how, and by what."""
    return [(each.named, each.sort, each.how) for each in between(*others, document(text, "z.txt"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See HSR-2024-07, AA21-200A and JAR-16-20296A.", ["HSR-2024-07", "AA21-200A", "JAR-16-20296A"]),
        ("ir-alert-h-16-056-01", ["ir-alert-h-16-056-01"]),
        ("WRK-31, APT40, UNC-2452, T1566.001, 24-05, 2024-05-14 and ISO 27001", []),
    ],
)
def test_a_number_of_a_report_has_letters_and_two_groups_of_digits(text: str, expected: list[str]) -> None:
    assert [each.group() for each in numbers(text)] == expected


def test_a_document_is_called_by_title_number_file_author_and_source() -> None:
    assert {(name.sort, name.text, name.cued) for name in names_of(REPORT)} >= {
        ("title", "A drive in the dredger's pocket: how it came aboard", False),
        ("title", "A drive in the dredger's pocket", False),
        ("file", "wrackline-24-05.pdf", False),
        ("author", "WRACKLINE RESEARCH", True),
    }
    assert {(name.sort, name.cued) for name in names_of(INCIDENT)} == {
        ("title", False),
        ("number", False),
        ("file", False),
        ("author", True),
    }


def test_an_address_names_what_was_read_from_it() -> None:
    page = replace(INCIDENT, name="https://harbour.example/reports/2024/intrusion/")
    assert found("Read harbour.example/reports/2024/intrusion today.", page) == [(0, "address", "")]


def test_what_a_document_reports_is_no_name_of_it() -> None:
    letter = document("Slate Herrun · Grey Wadder\nSomething else.")
    assert {name.text for name in names_of(letter)} >= {"Slate Herrun", "Grey Wadder"}
    assert "Slate Herrun" not in {name.text for name in names_of(letter, {"SLATE HERRUN"})}


@pytest.mark.parametrize(
    "text",
    [
        "# Executive Summary\n\nThe Report",
        "THE QUESTION: Why was that?\n\nTHE ANSWER: Because.",
        "14 May 2024\n\nOn that day",
        "It was a long line that begins with a capital and ends with a stop.\nAnd another.",
    ],
)
def test_ordinary_headings_dates_and_prose_name_nobody(text: str) -> None:
    assert [name for name in names_of(document(text)) if name.sort == "author"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Details are in the report HSR-2024-07.", [(0, "number", "rests")]),
        ("Compare hsr-2024-07 as well.", [(0, "number", "")]),
        ("According to “A Drive in the Dredger's Pocket”, it came by drive.", [(1, "title", "rests")]),
        ("The file wrackline-24-05.pdf was passed round.", [(1, "file", "")]),
        ("The findings of Wrackline Research were clear.", [(1, "author", "rests")]),
        ("Wrackline Research, which saw the disks, found a backdoor.", [(1, "author", "says")]),
        ("We met Wrackline Research at the quay.", []),
        ("Mail wrackline.research@harbour.example said nobody.", []),
        ("According to the Eddermouth Harbour Authority, nothing was lost.", [(0, "author", "rests")]),
        ("According to the Harbour Authority, nothing was lost.", []),
    ],
)
def test_mentions_are_read_with_the_use_that_the_sentence_makes_of_them(
    text: str, expected: list[tuple[int, str, str]]
) -> None:
    assert found(text, INCIDENT, REPORT) == expected


WIRE = document(prose(6), "wire.txt", source="Corvane")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It came by drive, Corvane reported.", [(0, "author", "says")]),
        ("According to the Corvane it came by drive.", [(0, "author", "rests")]),
        ("According to Corvane, it came by drive.", [(0, "author", "rests")]),
        ("They hacked Corvane, officials said.", []),
        ("According to officials of Corvane, nothing was lost.", []),
        ("It was a corvane said to be lost.", []),
        ("Corvane's servers were lost, she said.", []),
    ],
)
def test_a_name_of_one_word_counts_only_beside_what_makes_a_source_of_it(
    text: str, expected: list[tuple[int, str, str]]
) -> None:
    assert found(text, WIRE) == expected


@pytest.mark.parametrize("source", ["Agency", "corvane", "Report"])
def test_an_ordinary_word_names_nobody(source: str) -> None:
    assert [name for name in names_of(document(prose(6), "", source=source)) if name.sort == "author"] == []


def test_a_mention_quotes_its_sentence() -> None:
    citing = document("First words. The findings of Wrackline Research were clear. Last words.", "z.txt")
    (mention,) = between(REPORT, citing)
    assert mention.sentence.of(citing.text) == "The findings of Wrackline Research were clear."
    assert mention.span.of(citing.text) == "Wrackline Research"


def test_a_structured_file_quotes_its_line() -> None:
    text = "report: NSM\nreference: Incident report HSR-2024-07\ndomain-name: a.example\n"
    bundle = replace(document(text, "z.json"), fields=(Field("/0", Span(12, 50), "reference"),))
    assert {each.sentence.of(text) for each in between(INCIDENT, bundle)} == {
        "reference: Incident report HSR-2024-07"
    }


def test_a_name_of_two_documents_names_neither() -> None:
    twin = document(prose(3), "twin.html", title=INCIDENT.title)
    assert found("Details are in the report HSR-2024-07.", INCIDENT, twin) == []


def test_a_name_within_a_longer_name_is_not_named() -> None:
    office, herald = (
        document(prose(4), "a", source="Harbour Office"),
        document(prose(5), "b", source="Harbour Office Herald"),
    )
    assert found("According to the Harbour Office Herald, it was so.", office, herald) == [
        (1, "author", "rests")
    ]
    assert found("According to the Harbour Office, it was so.", office, herald) == [(0, "author", "rests")]


def test_every_sentence_that_gives_anothers_words_is_found() -> None:
    text = "Wrackline Research found a backdoor. We saw it. Wrackline Research said more."
    assert found(text, REPORT) == [(0, "author", "says")] * 2


def test_a_document_never_names_itself() -> None:
    own = replace(REPORT, text=f"{REPORT.text} According to Wrackline Research, HSR-2024-07.")
    assert [each.named for each in between(own, INCIDENT)] == [1]


@pytest.mark.parametrize("text", ["", "one", "One. Two. Three.", "x" * 5000])
def test_the_sentence_around_a_span_holds_it(text: str) -> None:
    span = Span(len(text) // 2, len(text) // 2)
    around = sentence_around(text, span)
    assert around.start <= span.start <= span.end <= around.end
