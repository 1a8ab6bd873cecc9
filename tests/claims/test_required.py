"""The words that a pattern needs stand in whatever it matches, and rule out most sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, reader
from tests.claims.test_cases import CHINESE, ENGLISH, NEWSWIRE
from weigh.claims.listed import Form
from weigh.claims.marked import CULPRIT, MARKS, mark, with_culprits
from weigh.claims.parties import Mentions
from weigh.claims.patterns import patterns
from weigh.claims.required import Words, may_match, required
from weigh.evidence.layout import lay_out

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


def _marked(text: str, language: str) -> str:
    layout = lay_out(document(text))
    names = reader().gazetteer.mentions(layout) if language == "english" else reader().chinese.mentions(text)
    table = patterns(language)
    (span, *_) = layout.sentences
    return with_culprits(mark(text, span, Mentions.of(names).within(span)), table.culprits).small


@pytest.mark.parametrize("language", ["english", "chinese"])
def test_what_matches_has_what_it_needs(language: str) -> None:
    table = patterns(language)
    cues = table.composing.cues if table.composing is not None else ()
    rows = CHINESE if language == "chinese" else [*ENGLISH, *NEWSWIRE]
    tried = matched = 0
    for text, _, _ in rows:
        small = _marked(text, language)
        present = table.vocabulary.within(small)
        for one in (*table.claims, *(cue.claim for cue in cues)):
            tried += 1
            if one.pattern.search(small) is not None:
                matched += 1
                assert may_match(one.needs, present), (one.number, text)
    assert 0 < matched < tried / 10


def test_most_patterns_are_not_tried_on_most_sentences(shared: Path) -> None:
    text = (shared / "corpus" / "advisories" / "aa20-275a.txt").read_text("utf-8").lower()
    table = patterns("english")
    lines = [line for line in text.splitlines() if line.strip() != ""]
    tried = sum(len(list(table.possible(table.vocabulary.within(line)))) for line in lines)
    assert tried < 0.2 * len(lines) * len(table.claims)


@given(st.text("hackedrob the", max_size=30))
def test_a_text_that_lacks_a_need_does_not_match(text: str) -> None:
    pattern = re.compile("(?:hacked|robbed) the")
    words = Words.of([pattern])
    if not may_match(words.needs(pattern), words.within(text)):
        assert pattern.search(text) is None
