"""Marked text: every character knows where it stands, and no name shows."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, reader
from weigh.claims.listed import Form
from weigh.claims.marked import CULPRIT, MARKS, Marked, mark, with_culprits
from weigh.claims.parties import Mentions
from weigh.claims.patterns import patterns
from weigh.evidence.layout import lay_out
from weigh.records import Degree, Span

WORDS = (
    "Iran",
    "Iranian",
    "the GRU",
    "NATO",
    "APT28",
    "Reuters",
    "hackers",
    "backed",
    "-",
    "'s",
    "“",
    "\n",
    " ",
    "by",
)


def marked(text: str) -> Marked:
    """A text in English with its parties as marks."""
    mentions = reader().gazetteer.mentions(lay_out(document(text)))
    return mark(text, Span(0, len(text)), Mentions.of(mentions).within(Span(0, len(text))))


def culprits(text: str) -> list[tuple[str, str, Degree]]:
    """(words, first party, degree) of every phrase for a culprit in a text."""
    found = with_culprits(marked(text), patterns("english").culprits)
    return [
        (token.span.of(text), token.parties[0].key if len(token.parties) > 0 else "", token.degree)
        for place, token in sorted(found.tokens.items())
        if found.text[place] == CULPRIT
    ]


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=25).map(" ".join))
def test_places_rise_and_marks_stand_for_their_parties(text: str) -> None:
    found = marked(text)
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert list(found.starts) == sorted(found.starts)
    assert all(start < end for start, end in zip(found.starts, found.ends, strict=True))
    for place, token in found.tokens.items():
        assert found.text[place] in MARKS.values()
        assert found.span(place, place + 1) == token.span
        assert token.parties[0].words == token.span.of(text)


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_phrases_for_culprits_keep_every_party_and_every_place(text: str) -> None:
    before = marked(text)
    after = with_culprits(before, patterns("english").culprits)
    assert list(after.starts) == sorted(after.starts)
    parties = {party.key for token in before.tokens.values() for party in token.parties}
    assert {party.key for token in after.tokens.values() for party in token.parties} <= parties
    assert len(after.text) <= len(before.text)


def test_a_mark_hides_the_name_and_keeps_the_possessive() -> None:
    text = "Iran's hackers and the Republic of Chile’s (ROC) hackers"
    found = marked(text)
    state = MARKS[Form.STATE]
    assert "Iran" not in found.text
    assert found.text.count(state) == 2
    assert re.search(rf"{state}'s hackers and the .*{state}'s hackers", found.text) is not None


def test_quotation_marks_and_line_ends_are_one_kind_each() -> None:
    assert marked("“a” ‘b’\nc  d").text == "\"a\" 'b' c d"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iranian state-sponsored cyber actors", ("IR", Degree.BACKED)),
        ("Iran-backed hackers", ("IR", Degree.BACKED)),
        ("hackers backed by the Iranian government", ("IR", Degree.BACKED)),
        ("GRU-affiliated operators", ("RU/GRU", Degree.LINKED)),
        ("hackers with links to Iran", ("IR", Degree.LINKED)),
        ("a threat group associated with the SVR", ("RU/SVR", Degree.LINKED)),
        ("hackers working on behalf of Iran", ("IR", Degree.WORKING_FOR)),
        ("contractors hired by the FSB", ("RU/FSB", Degree.WORKING_FOR)),
        ("Iran's use of contract hackers", ("IR", Degree.WORKING_FOR)),
        ("Iran's refusal to stop", ("IR", Degree.TOLERATED)),
        ("Iran-based cyber actors", ("IR", Degree.FROM)),
        ("several cyber groups from Iran", ("IR", Degree.FROM)),
        ("Iranian hackers", ("IR", Degree.BY)),
        ("GRU officers", ("RU/GRU", Degree.BY)),
        ("officers of the GRU", ("RU/GRU", Degree.BY)),
        ("APT28 actors", ("G0007", Degree.BY)),
        ("the attackers", ("", Degree.UNSAID)),
        ("state actors", ("", Degree.UNSAID)),
    ],
)
def test_hands_belong_to_a_state_in_different_ways(text: str, expected: tuple[str, Degree]) -> None:
    found = culprits(f"Yesterday {text} struck.")
    assert len(found) == 1
    words, key, degree = found[0]
    assert (key, degree) == expected
    assert words.strip() in text


@pytest.mark.parametrize(
    "text", ["Kaspersky linked the malware to nobody", "Iran directed its ministry to act"]
)
def test_a_verb_makes_no_culprit(text: str) -> None:
    assert culprits(text) == []


def test_a_name_that_ends_like_a_possessive_owns_nothing() -> None:
    assert marked("Saint John's denied it.").text == f"{MARKS[Form.STATE]} denied it."
    assert marked("Iran's fleet denied it.").text == f"{MARKS[Form.STATE]}'s fleet denied it."
