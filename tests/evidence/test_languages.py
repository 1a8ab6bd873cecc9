"""Traces of a language: every language alike, none from lures, victims or programming."""

from __future__ import annotations

import locale

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import layout
from weigh.evidence.languages import codes, language_name, locale_of, read


def seen(text: str) -> list[tuple[str, str]]:
    laid = layout(text)
    return [
        (found.span.of(text), found.value) for sentence in laid.sentences for found in read(laid, sentence)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The dropper holds strings in Korean.", [("Korean", "ko")]),
        ("Strings in Farsi were found.", [("Farsi", "fa")]),
        ("The keyboard layout was Russian.", [("Russian", "ru")]),
        ("The locale was set to Persian.", [("Persian", "fa")]),
        ("The ransom note was typed in Vietnamese.", [("Vietnamese", "vi")]),
        ("The resource (LCID 1042) was kept.", [("1042", "ko-KR")]),
        ("The sample has language ID: 2052.", [("2052", "zh-CN")]),
        ("The comments are written in Farsi.", [("Farsi", "fa")]),
        ("Debug strings in Simplified Chinese were left.", [("Simplified Chinese", "zh")]),
        ("The operators used an Estonian keyboard.", [("Estonian", "et")]),
        ("It stops where a Cyrillic keyboard layout is set.", [("Cyrillic", "Cyrl")]),
        ("Resources carry the language id 0x0419 and 0x0409.", [("0x0419", "ru-RU"), ("0x0409", "en-US")]),
        ("The locale of the file was ko-KR.", [("ko-KR", "ko-KR")]),
        ("They are likely Turkish-speaking.", [("Turkish", "tr")]),
        ("It was sold by a Portuguese-speaking actor.", [("Portuguese", "pt")]),
        ("The author is a native Dutch speaker.", [("Dutch", "nl")]),
    ],
)
def test_traces(text: str, found: list[tuple[str, str]]) -> None:
    assert seen(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Spanish-speaking countries were hit.",
        "The lure emails were written in Polish.",
        "The victims' names were in Dutch phishing documents.",
        "It targeted German speakers.",
        "The code is written in Go language.",
        "They polish strings in memory.",
        "A random English word follows.",
        "Number 0x0419 was written to the stack.",
        "The key en-US was renamed.",
        "The language id 0xFFFF is unknown.",
    ],
)
def test_other_mentions(text: str) -> None:
    assert seen(text) == []


@given(st.sampled_from(sorted(name for name in codes() if name.isalpha() and name.isascii())))
def test_every_language_is_read_alike(name: str) -> None:
    assert seen(f"The wiper holds strings in {name}.") == [(name, codes()[name])]


@given(st.sampled_from(sorted(locale.windows_locale)))
def test_every_resource_language_is_read_alike(number: int) -> None:
    assert seen(f"Its resource language is 0x{number:04x}.") == [(f"0x{number:04x}", locale_of(number))]


def test_codes_have_names() -> None:
    assert language_name("ko") == "Korean"
    assert language_name("ru-RU") == "Russian (Russian Federation)"
    assert language_name("Cyrl") == "Cyrillic script"
    assert language_name("zz") == "zz"
    assert language_name("az-Latn") == "Azerbaijani"
    assert all(language_name(code) != code for code in codes().values())
