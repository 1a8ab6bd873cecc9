"""What must follow one after another stands in whatever a pattern matches, and rules out most of the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, reader
from tests.claims.test_cases import CHINESE, ENGLISH, NEWSWIRE
from weigh.claims.listed import Form
from weigh.claims.marked import CULPRIT, MARKS, Marked
from weigh.claims.parties import Mentions
from weigh.claims.patterns import Patterns, patterns
from weigh.evidence.layout import lay_out
from weigh.evidence.sequences import Choice, Needed, Sequences, may_follow, sequence

STATE = MARKS[Form.STATE]


def spelled(needed: Needed) -> list[object]:
    """Steps as lists of words, "|" beside a character that must begin or end a word."""
    return [
        [spelled(way) for way in step]
        if isinstance(step, Choice)
        else sorted(f"{'|' * word.opens}{word.text}{'|' * word.closes}" for word in step)
        for step in needed
    ]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("hacked the bank", [["hacked the bank"]]),
        ("hacked .{0,9}the bank", [["hacked "], ["the bank"]]),
        ("(?:hacked|robbed)", [["hacked", "robbed"]]),
        ("(?:very )?hacked", [["hacked"]]),
        ("(?:very )+hacked", [["very "], ["hacked"]]),
        (r"\bhack\b", [["|hack|"]]),
        (r"\b(?:hacked|robbed)\b the", [["|hacked|", "|robbed|"], ["| the"]]),
        (r"\b(?:very )?hacked", [["hacked"]]),
        (r"\b(?=h)hacked", [["|hacked"]]),
        (r"hacked(?! by)\b", [["hacked"]]),
        ("(?:hacked .*bank|robbed)", [[[["hacked "], ["bank"]], [["robbed"]]]]),
        ("(?:hacked .*bank|of)", []),
        ("(?:hacked|(?!))", [["hacked"]]),
        ("(?:(?!)|(?!)x) the", []),
        (f"[{STATE}{CULPRIT}] hacked", [[STATE, CULPRIT], [" hacked"]]),
        ('"[a-z]+"', [['"'], ['"']]),
        ("by", []),
        ("攻击.*网络", [["攻击"], ["网络"]]),
        (r"\w+ed", []),
        ("ABC", [["abc"]]),
    ],
)
def test_what_a_pattern_needs_in_order_is_read_off_it(pattern: str, needed: list[object]) -> None:
    assert spelled(sequence(re.compile(pattern))) == needed


@pytest.mark.parametrize(
    ("pattern", "text", "may"),
    [
        ("hacked .*the bank", "he hacked all the banks", True),
        ("hacked .*the bank", "the bank was hacked ", False),
        (r"\bsay\b.*that", "they say that", True),
        (r"\bsay\b.*that", "an essay on that", False),
        ("(?:hacked .*bank|robbed)", "robbed", True),
        ("(?:hacked .*bank|robbed)", "the bank hacked ", False),
        ("the.*the", "the", False),
        ("the.*the", "the the", True),
        (r"\w", "", True),
    ],
)
def test_words_must_stand_in_the_order_of_the_pattern(pattern: str, text: str, may: bool) -> None:
    searched = re.compile(pattern)
    sequences = Sequences.of([searched])
    assert may_follow(sequences.steps(searched), sequences.within(text), 0, len(text)) is may


def test_only_what_stands_in_the_range_counts() -> None:
    pattern = re.compile("bank.*robbed")
    sequences = Sequences.of([pattern])
    text = "the bank was robbed "
    steps, places = sequences.steps(pattern), sequences.within(text)
    assert may_follow(steps, places, 0, len(text))
    assert may_follow(steps, places, 4, 19)
    assert not may_follow(steps, places, 5, len(text))
    assert not may_follow(steps, places, 0, 12)


def test_a_range_that_ends_inside_a_word_is_searched() -> None:
    pattern = re.compile(r"\bsay\b")
    sequences = Sequences.of([pattern])
    places = sequences.within("they saying")
    assert pattern.search("they saying", 0, 8) is not None
    assert may_follow(sequences.steps(pattern), places, 0, 8)
    assert not may_follow(sequences.steps(pattern), places, 0, 11)


def test_the_words_of_a_text_are_remembered_and_the_same_when_found_again() -> None:
    sequences = Sequences.of([re.compile("bank")])
    first = sequences.within("the bank")
    assert sequences.within("the bank") is first
    for number in range(9):
        sequences.within(f"{number} banks")
    assert sequences.within("the bank").spans == first.spans


WORDS = ("say", "says", "the", "bank", "robbed", "by", "essay", '"', STATE, "İ")
TRIED = [
    re.compile(pattern)
    for pattern in (
        r"\bsay\b",
        r"says? .{0,4}the",
        rf"(?:\b(?:the|by) )?{STATE} (?:robbed|say)\b",
        '"[^"]*say[^"]*"',
        "(?:bank|robbed .*the)(?: by)?",
        r"(?:\bessay|the\b.*bank) says",
        "(?<=the )bank(?!s)",
    )
]
ALL = Sequences.of(TRIED)


@given(st.lists(st.sampled_from(WORDS), max_size=9), st.booleans(), st.data())
def test_what_may_not_follow_does_not_match(words: list[str], spaced: bool, data: st.DataObject) -> None:
    text = (" " if spaced else "").join(words)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    places = ALL.within(text)
    for pattern in TRIED:
        if pattern.search(text, start, end) is not None:
            assert may_follow(ALL.steps(pattern), places, start, end), (pattern.pattern, text, start, end)


def _marked(text: str, language: str) -> Marked:
    layout = lay_out(document(text))
    names = reader().gazetteer.mentions(layout) if language == "english" else reader().chinese.mentions(text)
    (span, *_) = layout.sentences
    return patterns(language).marked(text, span, Mentions.of(names).within(span))


def _all(table: Patterns) -> list[tuple[re.Pattern[str], bool]]:
    """Every pattern of a table, and whether it is for texts in small letters."""
    cues = table.composing.cues if table.composing is not None else ()
    small = [one.pattern for one in (*table.claims, *(cue.claim for cue in cues))]
    small += [table.deed, *(pattern for pattern, _ in table.culprits)]
    return [*((one, True) for one in small), *((frame.pattern, False) for frame in table.frames)]


@pytest.mark.parametrize("language", ["english", "chinese"])
def test_what_matches_has_what_it_needs(language: str) -> None:
    table = patterns(language)
    rows = CHINESE if language == "chinese" else [*ENGLISH, *NEWSWIRE]
    tried = passed = matched = 0
    for text, _, _ in rows:
        marked = _marked(text, language)
        places = table.sequences.within(marked.small)
        for pattern, is_small in _all(table):
            said = marked.small if is_small else marked.text
            may = may_follow(table.sequences.steps(pattern), places, 0, len(said))
            matches = pattern.search(said) is not None
            assert may or not matches, (pattern.pattern[:80], text)
            tried, passed, matched = tried + 1, passed + may, matched + matches
    assert 0 < matched < passed < tried / 4


def test_most_patterns_are_not_tried_on_most_sentences(shared: Path) -> None:
    text = (shared / "corpus" / "advisories" / "aa20-275a.txt").read_text("utf-8").lower()
    table = patterns("english")
    lines = [line for line in text.splitlines() if line.strip() != ""]
    tried = sum(len(list(table.possible(table.sequences.within(line), 0, len(line)))) for line in lines)
    assert tried < 0.1 * len(lines) * len(table.claims)
