"""Characters that nobody sees are shown by signs, in pages and on terminals alike."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.renderers.signs import one_line, visible


@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_what_is_shown_can_be_encoded_and_holds_no_control(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown) is None
    assert visible(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\x00b", "a\N{SYMBOL FOR NULL}b"),
        ("invoice\u202efdp.exe", "invoice[U+202E]fdp.exe"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\ud800", "\N{REPLACEMENT CHARACTER}"),
        ("invoice\u2066fdp\u2069.exe", "invoice[U+2066]fdp[U+2069].exe"),
        ("report\u200f.pdf", "report[U+200F].pdf"),
        ("APT\u200b28", "APT[U+200B]28"),
        ("\ufeffFancy\u2060 Bear", "[U+FEFF]Fancy[U+2060] Bear"),
        ("see\U000e0041\U000e0042", "see[U+E0041][U+E0042]"),
        ("שלום\u200f", "שלום\u200f"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("ភាសា\u200bខ្មែរ", "ភាសា\u200bខ្មែរ"),
        ("שלום\u202e", "שלום[U+202E]"),
        ("co\u00adop \U0001f469\u200d\U0001f4bb", "co\u00adop \U0001f469\u200d\U0001f4bb"),
    ],
)
def test_signs_that_deceive_are_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, in one line", "plain, in one line"),
        ("invoice\u202efdp.exe", "invoice[U+202E]fdp.exe"),
        ("report\u200f.pdf", "report[U+200F].pdf"),
        (
            "a\x1b[2Jb\nc\td",
            "a\N{SYMBOL FOR ESCAPE}[2Jb\N{SYMBOL FOR LINE FEED}c\N{SYMBOL FOR HORIZONTAL TABULATION}d",
        ),
        ("99\u00a0%\u2028end", "99 % end"),
        ("отчёт 报告 تقرير.pdf", "отчёт 报告 تقرير.pdf"),
    ],
)
def test_a_line_of_a_terminal_has_the_same_signs(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_one_line_is_one_line(text: str) -> None:
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    assert one_line(shown) == shown
    assert re.search(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", shown) is None
