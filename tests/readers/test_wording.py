"""Counts and pages in words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK
from weigh.readers.wording import counted, numbered_pages, was


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 entries were"), (1, "1 entry was"), (2, "2 entries were"), (1204, "1,204 entries were")],
)
def test_counts_agree_with_their_nouns_and_verbs(number: int, words: str) -> None:
    assert f"{counted(number, 'entry', 'entries')} {was(number)}" == words


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([3], "page 3"),
        ([3, 4], "pages 3 to 4"),
        ([1, 4, 5, 6, 9], "pages 1, 4 to 6 and 9"),
        ([2, 4, 6], "pages 2, 4 and 6"),
    ],
)
def test_pages_are_told_as_a_person_would(pages: list[int], words: str) -> None:
    assert numbered_pages(pages) == words


@QUICK
@given(st.sets(st.integers(1, 60), min_size=1))
def test_the_words_name_exactly_the_pages(pages: set[int]) -> None:
    named: set[int] = set()
    for first, last in re.findall(r"(\d+)(?: to (\d+))?", numbered_pages(sorted(pages))):
        named |= set(range(int(first), int(last or first) + 1))
    assert named == pages
