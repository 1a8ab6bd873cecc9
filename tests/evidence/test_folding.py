"""Folding keeps one character per character; squeezing knows the way back."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.folding import PARAGRAPH, clear, fold, squeeze
from weigh.records import Span

INVISIBLE = "\u00ad\u200b\u200e\u2060\ufeff"
spaced = st.text(alphabet=st.sampled_from("ab İς-’ \n\t\u00a0" + INVISIBLE), max_size=60)


def test_no_character_of_unicode_changes_the_length() -> None:
    # Characters fold alone (see below), so a block that keeps its length is made of characters that do.
    blocks = ["".join(map(chr, range(first, first + 64))) for first in range(0, sys.maxunicode + 1, 64)]
    assert [block for block in blocks if len(fold(block)) != len(block)] == []


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(), st.text())
def test_a_part_folds_as_it_does_in_the_whole(left: str, right: str) -> None:
    assert fold(left) + fold(right) == fold(left + right)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ΟΔΟΣ", "οδοσ"),
        ("İstanbul", "istanbul"),
        ("APT\u201128", "apt-28"),
        ("China\u2019s", "china's"),
        ("Straße", "straße"),
    ],
)
def test_folded_forms(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("Cobalt\nStrike", "cobalt strike"),
        ("Cobalt \n   Strike", "cobalt strike"),
        ("Cobalt\u00a0Strike", "cobalt strike"),
        ("Co\u00adbalt", "cobalt"),
        ("one\n\ntwo", f"one{PARAGRAPH}two"),
        ("one\n \ntwo", f"one{PARAGRAPH}two"),
    ],
)
def test_squeezed_forms(text: str, squeezed: str) -> None:
    assert squeeze(text).text == squeezed


@given(spaced)
def test_a_squeezed_character_leads_back_to_where_it_stood(text: str) -> None:
    squeezed = squeeze(text)
    for offset, character in enumerate(squeezed.text):
        if not character.isspace():
            assert fold(squeezed.span(offset, offset + 1).of(text)) == character


@given(spaced)
def test_squeezing_loses_nothing_that_can_be_seen(text: str) -> None:
    visible = [
        fold(character) for character in text if not character.isspace() and character not in INVISIBLE
    ]
    assert [character for character in squeeze(text).text if not character.isspace()] == visible


@given(spaced, st.data())
def test_a_squeezed_stretch_leads_back_to_a_stretch_with_the_same_words(
    text: str, data: st.DataObject
) -> None:
    squeezed = squeeze(text)
    if len(squeezed.text) == 0:
        return
    start = data.draw(st.integers(0, len(squeezed.text) - 1))
    end = data.draw(st.integers(start + 1, len(squeezed.text)))
    span = squeezed.span(start, end)
    assert 0 <= span.start < span.end <= len(text)
    assert squeeze(span.of(text)).text.split() == squeezed.text[start:end].split()


@given(st.text(alphabet="ab.\u00ad\u200b\ufeff\u202eａＢ１：．（", max_size=40))
def test_what_is_cleared_is_as_it_looks_and_knows_where_it_stood(text: str) -> None:
    seen = clear(text)
    looks = [(at, each) for at, each in enumerate(text) if each not in "\u00ad\u200b\ufeff\u202e"]
    wide = dict(zip("ａＢ１：", "aB1:", strict=True))
    assert seen.text == "".join(wide.get(each, each) for _, each in looks)
    assert [seen.span(at, at + 1) for at in range(len(seen.text))] == [Span(at, at + 1) for at, _ in looks]


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_text_is_clear(text: str) -> None:
    assert clear(text).text == text
