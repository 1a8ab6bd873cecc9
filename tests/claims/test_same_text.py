"""Shared words: runs that are long enough are always found, boilerplate never, and order plays no part."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.claims.texts import prose
from weigh.claims.same_text import (
    ALIKE,
    COMMONEST,
    COMPARED,
    LONG,
    SHINGLE,
    WINDOW,
    Fingerprints,
    copies,
    fingerprints,
    held_by,
    resembling,
    shared_runs,
    sharing,
    shingles,
    words,
)
from weigh.records import Span


def prints(*texts: str) -> list[Fingerprints]:
    """Fingerprints of texts."""
    return [fingerprints(words(text)) for text in texts]


def split(text: str) -> list[str]:
    """The words as the module cuts them."""
    found = words(text)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dredger’s pocket", ["The", "dredger", "s", "pocket"]),
        ("T1566.001 hxxp://a[.]example", ["T1566", "001", "hxxp", "a", "example"]),
        ("under_score", ["under", "score"]),
        ("网络攻击 in 2021", ["网", "络", "攻", "击", "in", "2021"]),
        ("Größe naïve", ["Größe", "naïve"]),
        (" \n.,", []),
    ],
)
def test_words_are_runs_of_letters_and_digits_and_single_ideographs(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@given(st.text(max_size=60))
def test_words_stand_where_they_are_said_to_and_case_does_not_count(text: str) -> None:
    found = words(text)
    assert (np.diff(found.starts) > 0).all()
    assert all(
        Span(int(a), int(b)).of(text).strip() != "" for a, b in zip(found.starts, found.ends, strict=True)
    )
    ascii_text = text.encode("ascii", "ignore").decode()
    assert words(ascii_text.upper()).hashes.tolist() == words(ascii_text.lower()).hashes.tolist()


@given(st.lists(st.sampled_from("abcdef"), max_size=30), st.integers(1, 6))
def test_shingles_are_equal_where_their_words_are(letters: list[str], length: int) -> None:
    rolled = shingles(words(" ".join(letters)).hashes, length).tolist()
    runs = [tuple(letters[place : place + length]) for place in range(len(letters) - length + 1)]
    assert len(rolled) == len(runs)
    assert len(set(rolled)) == len(set(runs))
    assert len(set(zip(rolled, runs, strict=True))) == len(set(runs))


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(SHINGLE + WINDOW - 1, 60), st.integers(0, 100), st.integers(0, 100))
def test_a_shared_run_of_so_many_words_always_leaves_a_fingerprint(
    seed: int, length: int, before: int, after: int
) -> None:
    shared = " ".join(split(prose(seed, 80))[:length])
    one = f"{prose(seed + 1, before + 20)} {shared} {prose(seed + 2, 40)}"
    two = f"{prose(seed + 3, after + 20)} {shared} {prose(seed + 4, 40)}"
    first, second = prints(one, two)
    assert len(np.intersect1d(first.hashes, second.hashes)) > 0
    assert sharing([first, second]) == [(0, 1)]


def test_runs_come_longest_first_and_quote_the_same_words() -> None:
    long, short = prose(1, 60), prose(2, 20)
    one, two = f"{prose(3)} {long} {prose(4)} {short}", f"{short} {prose(5)} {long.upper()} {prose(6)}"
    found = list(shared_runs(words(one), words(two)))
    assert [run.words for run in found] == [60, 20]
    for run in found:
        assert [word.lower() for word in split(run.first.of(one))] == [
            word.lower() for word in split(run.second.of(two))
        ]
    assert list(shared_runs(words(prose(7)), words(prose(8)))) == []
    assert list(shared_runs(words(""), words(one))) == list(shared_runs(words(one), words(""))) == []


def test_a_run_shorter_than_a_quotation_is_none() -> None:
    shared = " ".join(split(prose(1))[: LONG - 1])
    assert list(shared_runs(words(f"{prose(2)} {shared}"), words(f"{shared} {prose(3)}"))) == []


def test_copies_have_the_same_words_whatever_stands_between_them() -> None:
    text = prose(1)
    texts = (prose(2), text, text.upper(), text.replace(" ", "\n  "), f"{text} More.", "", "")
    assert copies(prints(*texts)) == [0, 1, 1, 1, 4, 5, 6]


def test_versions_of_a_text_resemble_and_others_do_not() -> None:
    text = prose(1, 600)
    edited = text.replace(split(text)[300], "otherwise", 1)
    found = resembling(prints(text, prose(2, 600), edited, f"{text} {prose(3, 30)}"))
    assert [(one, two) for one, two, _ in found] == [(0, 2), (0, 3)]
    assert all(alike >= ALIKE for _, _, alike in found)


def test_many_versions_of_a_text_are_each_linked_once() -> None:
    text = prose(1, 400)
    versions = [f"{prose(seed, 24)} {text}" for seed in range(10, 40)]
    found = resembling(prints(*versions))
    assert [later for _, later, _ in found] == list(range(1, 30))
    assert all(earlier < later and alike >= ALIKE for earlier, later, alike in found)


def test_an_extract_is_held_by_the_whole() -> None:
    text = prose(1, 600)
    whole, part, other = prints(text, text[: len(text) // 4], prose(2, 600))
    assert held_by(whole, part) == held_by(part, whole) > 0.9
    assert held_by(part, other) == 0.0
    assert held_by(prints("")[0], whole) == 0.0


@pytest.mark.parametrize("number", [3, 10, 40])
def test_a_footer_that_documents_share_links_none_of_them(number: int) -> None:
    footer = prose(0, 40)
    texts = [f"{prose(seed, 400)} {footer}" for seed in range(1, number + 1)]
    assert sharing(prints(*texts)) == []


def test_a_heading_that_many_share_links_none_and_what_most_hold_anywhere_neither() -> None:
    heading = prose(0, 40)
    assert sharing(prints(*(f"{heading} {prose(seed, 400)}" for seed in range(1, 7)))) == []
    body = [f"{prose(seed, 100 + seed)} {heading} {prose(-seed, 300)}" for seed in range(1, COMMONEST + 2)]
    assert sharing(prints(*body)) == []
    assert sharing(prints(*body[:-1])) != []


@pytest.mark.parametrize("number", [2, 4, 9])
def test_a_quotation_in_the_middle_links_all_who_quote_it(number: int) -> None:
    quoted = prose(0, 40)
    texts = [f"{prose(seed, 200)} {quoted} {prose(-seed, 200)}" for seed in range(1, number + 1)]
    found = set(sharing(prints(*texts)))
    expected = combinations(range(number), 2) if number <= 4 else ((0, later) for later in range(1, number))
    assert found >= set(expected)


def test_a_text_is_compared_with_no_more_than_its_nearest() -> None:
    parts = [prose(seed, 60) for seed in range(100, 130)]
    others = [f"{prose(seed, 200)} {part} {prose(-seed, 200)}" for seed, part in enumerate(parts, start=1)]
    found = sharing(prints(*others, " ".join(parts)))
    assert len(found) == COMPARED
    assert {later for _, later in found} == {30}


def test_one_text_or_none_shares_nothing() -> None:
    assert sharing([]) == sharing(prints(prose(1))) == []
    assert resembling([]) == []
    assert copies([]) == []
    assert sharing(prints("", "", "a")) == []
