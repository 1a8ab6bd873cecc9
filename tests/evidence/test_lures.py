"""Lures' topics: what the bait was about, without what the sentence goes on to say."""

from __future__ import annotations

import pytest

from tests.evidence.known import layout
from weigh.evidence.lures import LURE, read


def seen(text: str) -> list[str]:
    laid = layout(text)
    found = [finding for sentence in laid.sentences for finding in read(laid, sentence)]
    assert all(finding.subtype == LURE and finding.span.of(text) != "" for finding in found)
    return [finding.value for finding in found]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Lure documents about vaccine trials were sent.", ["vaccine trials"]),
        ("They sent spearphishing emails themed as wage slips.", ["wage slips"]),
        ("They used the harbour blast as a lure.", ["harbour blast"]),
        ("It came with fake job offers as the lure.", ["fake job offers"]),
        ("Tax-themed phishing emails were seen.", ["tax"]),
        ("A COVID-19 themed lure was opened.", ["covid-19"]),
        ("The malicious emails purported to be invoices and contained links.", ["invoices"]),
        ("The decoy referenced the Port Authority of Dorvany.", ["port authority of dorvany"]),
        ("Phishing emails pretending to be from a bank to trick staff were sent.", ["bank"]),
        ("Lures such as shipping notes, receipts and fines were used.", ["shipping notes"]),
    ],
)
def test_topics(text: str, topics: list[str]) -> None:
    assert seen(text) == topics


@pytest.mark.parametrize(
    "text",
    [
        "The phishing emails carried links.",
        "They used this legitimate document as a decoy.",
        "Similarly themed campaigns were seen.",
        "Train users to spot phishing emails.",
        "Malicious attachments such as RTF documents were sent.",
        "The lure was related to it.",
    ],
)
def test_no_topics(text: str) -> None:
    assert seen(text) == []


def test_a_long_topic_is_cut_at_a_word() -> None:
    (topic,) = seen(f"Lures about {'ferry timetable ' * 6}were sent.")
    assert len(topic) <= 60
    assert topic.endswith(("ferry", "timetable"))
