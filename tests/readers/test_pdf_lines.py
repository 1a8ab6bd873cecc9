"""Lines of pages become the paragraphs that they were set from."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK
from weigh.readers.pdf_lines import paragraphs, rejoined, usual_width, without_furniture

WIDE = 90
LONG = "The actors used a spearphishing message whose attachment installs a loader on the machine"
WORD = st.text("abcdefgXYZ", min_size=2, max_size=9)


@pytest.mark.parametrize(
    ("page", "known", "expected"),
    [
        ("infor\x02mation", set(), "information"),
        ("infor\ufffemation", set(), "information"),
        ("net\x02works", {"networks", "net"}, "networks"),
        ("internet\x02facing", {"internet"}, "internet-facing"),
        ("well\x02known", {"well-known"}, "well-known"),
        ("well\x02known", {"well-known", "wellknown"}, "wellknown"),
        ("(infor\x02mation),", set(), "(information),"),
        ("Medical\x02Device", set(), "Medical-Device"),
        ("https://us\x02cert.example/a", set(), "https://us-cert.example/a"),
        ("AA20\x02302A", set(), "AA20-302A"),
        ("CVE\x022021\x021234", set(), "CVE-2021-1234"),
        ("a\x02b\x02c\x02d\x02e", set(), "abcde"),
        ("T1566\x02based", set(), "T1566-based"),
        ("a \x02 b", set(), "a - b"),
        ("one two\x02three four", {"two"}, "one two-three four"),
    ],
)
def test_hyphens_at_line_ends(page: str, known: set[str], expected: str) -> None:
    assert rejoined(page, known, WIDE) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("T1566.\n001", "T1566.001"),
        ("T1566\n.001 Spear", "T1566.001 Spear"),
        ("T1566. \n 001", "T1566.001"),
        ("T1566\n001", "T1566\n001"),
        ("T1566.\n0012", "T1566.\n0012"),
        ("T1566.\nThen", "T1566.\nThen"),
    ],
)
def test_ids_cut_in_two(page: str, expected: str) -> None:
    assert rejoined(page, frozenset(), WIDE) == expected


@pytest.mark.parametrize("length", [32, 40, 64, 128])
@pytest.mark.parametrize("cut", [12, 20])
def test_hashes_cut_in_two(length: int, cut: int) -> None:
    whole = ("0123456789abcdef" * 8)[:length]
    assert rejoined(f"{whole[:cut]}\n{whole[cut:]}", frozenset(), WIDE) == whole


@pytest.mark.parametrize("first", [32, 64])
def test_two_whole_hashes_stay_two(first: int) -> None:
    page = f"{'a1' * (first // 2)}\n{'b2' * 16}"
    assert rejoined(page, frozenset(), WIDE) == page


@pytest.mark.parametrize(
    ("following", "joined"),
    [
        ("and then moves on.", True),
        ("Exchange servers.", True),
        ("(C2) servers", True),
        ("• kostunivo[.]com", False),
        ("- a list item", False),
        ("1. A numbered item", False),
        ("o dinj", False),
        ("", False),
    ],
)
def test_a_full_line_goes_on_unless_a_list_or_a_gap_follows(following: str, joined: bool) -> None:
    expected = f"{LONG} {following}" if joined else f"{LONG}\n{following}".strip("\n")
    assert rejoined(f"{LONG}\n{following}", frozenset(), len(LONG)) == expected


@pytest.mark.parametrize(
    ("line", "following", "joined"),
    [
        (f"{LONG}.", "Next, they left.", False),
        (f"{LONG}.”", "Next, they left.", False),
        (f"{LONG} in the U.S.", "hospitals", True),
        ("Key Findings", "The actors left.", False),
        ("192.0.2.1", "198.51.100.7", False),
    ],
)
def test_a_sentence_that_ends_or_a_short_line_does_not_go_on(line: str, following: str, joined: bool) -> None:
    page = f"{line}\n{following}"
    assert ("\n" not in rejoined(page, frozenset(), len(LONG))) == joined


def test_a_hyphen_that_was_kept_joins_without_a_blank() -> None:
    assert rejoined(f"{LONG} with a 12-\ncharacter name", frozenset(), len(LONG)).endswith(
        "12-character name"
    )


def test_symbols_of_private_fonts_at_a_line_begin_are_bullets() -> None:
    assert rejoined("\uf0a7 One\n\uf0b7 Two", frozenset(), WIDE) == "• One\n• Two"


@QUICK
@given(st.lists(st.lists(WORD, min_size=1, max_size=12), min_size=1, max_size=12), st.integers(0, 120))
def test_joining_lines_loses_and_glues_no_word(rows: list[list[str]], width: int) -> None:
    page = "\n".join(" ".join(row) for row in rows)
    assert rejoined(page, frozenset(), width).split() == page.split()


@QUICK
@given(st.text(max_size=200), st.integers(0, 120))
def test_any_page_stays_printable(page: str, width: int) -> None:
    assert re.search("[\x00-\x08\ufffe\uffff]", rejoined(page, frozenset(), width)) is None


def numbered(count: int) -> list[str]:
    return [f"TLP:CLEAR\nBody {chr(65 + index)} text\nPage {index + 1} of {count}" for index in range(count)]


def test_repeated_lines_stay_where_they_stand_first() -> None:
    kept, dropped = without_furniture(numbered(4))
    assert kept == [
        "TLP:CLEAR\nBody A text\nPage 1 of 4",
        "Body B text",
        "Body C text",
        "Body D text",
    ]
    assert dropped == 3 * (len("TLP:CLEAR") + len("Page 1 of 4"))


def test_page_numbers_may_begin_anywhere() -> None:
    pages = [f"{number}\nBody {chr(number)}" for number in range(70, 74)]
    assert without_furniture(pages)[0] == ["70\nBody F", "Body G", "Body H", "Body I"]


def test_headers_of_left_and_right_pages_are_both_found() -> None:
    pages = [f"{'Left' if index % 2 == 0 else 'Right'} header\n{chr(65 + index)}" for index in range(6)]
    assert without_furniture(pages)[0][2:] == ["C", "D", "E", "F"]


@pytest.mark.parametrize(
    "pages",
    [
        numbered(2),
        [f"198.51.100.{index * 7}\nword{'x' * index}" for index in range(6)],
        [f"45[.]148[.]10[.]{92 - index}\nword{'x' * index}" for index in range(6)],
        [f"T1{index * 37:03} Name\nword{'x' * index}" for index in range(6)],
        ["\n", "\n", "\n", "\n"],
    ],
)
def test_few_pages_and_lists_of_numbers_are_left_alone(pages: list[str]) -> None:
    assert without_furniture(pages) == (pages, 0)


@QUICK
@given(st.lists(st.lists(st.sampled_from(["a", "b", "Page 1", "x 2 y", ""]), max_size=14).map("\n".join)))
def test_characters_are_all_accounted_for_and_no_line_is_lost_altogether(pages: list[str]) -> None:
    kept, dropped = without_furniture(pages)
    before = [line for page in pages for line in page.split("\n")]
    after = [line for page in kept for line in page.split("\n")]
    assert sum(map(len, before)) == sum(map(len, after)) + dropped
    assert {line for line in before if not line[-1:].isdigit()} - {""} <= set(after)


def test_a_line_in_the_middle_of_a_page_is_never_dropped() -> None:
    body = [f"{word} line" for word in "abcdef"]
    pages = [
        "\n".join([*(f"{page}{line}" for line in body), "same", *body[::-1], str(page)]) for page in "uvwxyz"
    ]
    assert all("same" in page.split("\n") for page in without_furniture(pages)[0])


@pytest.mark.parametrize(
    ("pages", "width"), [([], 0), (["", "\n"], 0), (["abc"], 3), (["a" * 9, "b" * 3], 9)]
)
def test_the_usual_width(pages: list[str], width: int) -> None:
    assert usual_width(pages) == width


def test_the_whole_document_tells_which_hyphens_are_words() -> None:
    pages = ["An inter\x02nal and a long\x02term plan.", "Long-term internal plans."]
    assert paragraphs(pages)[0][0] == "An internal and a long-term plan."


def test_the_halves_of_a_divided_word_are_no_words_of_the_document() -> None:
    assert paragraphs(["The infor\x02mation"])[0] == ["The information"]
    assert paragraphs(["The internet\x02facing host", "On the internet"])[0][0] == "The internet-facing host"
