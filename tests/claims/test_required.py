"""The words that a pattern needs stand in whatever it matches, and rule out most sentences."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.claims.listed import Form
from weigh.claims.marked import CULPRIT, MARKS
from weigh.claims.required import Words, may_match, required

STATE = MARKS[Form.STATE]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("hacked the bank", [{"hacked the bank"}]),
        ("(?:hacked|robbed)", [{"hacked", "robbed"}]),
        ("(?:very )?hacked", [{"hacked"}]),
        ("(?:very )+hacked", [{"very "}, {"hacked"}]),
        ("hack(?:ed|ers)?", [{"hack"}]),
        (f"[{STATE}{CULPRIT}] hacked", [{STATE, CULPRIT}, {" hacked"}]),
        ("by", []),
        (" by ", [{" by "}]),
        ("攻击", [{"攻击"}]),
        ("(?:hacked|)", []),
        (r"\w+ed", []),
        ("ABC", [{"abc"}]),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(pattern: str, needed: list[set[str]]) -> None:
    assert [set(words) for words in required(re.compile(pattern))] == needed


def test_the_words_of_many_patterns_are_found_at_once() -> None:
    given_patterns = [re.compile("hacked|robbed"), re.compile("the bank")]
    words = Words.of(given_patterns)
    present = words.within("they robbed a bank")
    assert [may_match(words.needs(pattern), present) for pattern in given_patterns] == [True, False]
    assert may_match((), frozenset())


@given(st.text("hackedrob the", max_size=30))
def test_a_text_that_lacks_a_need_does_not_match(text: str) -> None:
    pattern = re.compile("(?:hacked|robbed) the")
    words = Words.of([pattern])
    if not may_match(words.needs(pattern), words.within(text)):
        assert pattern.search(text) is None
