"""Code pages: every page is read alike, one of several languages keeps them all."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, layout
from weigh.evidence.circumstances import prepare
from weigh.evidence.code_pages import languages, names
from weigh.evidence.findings import Finding
from weigh.evidence.languages import language_name
from weigh.records import Kind

EXTRACT = prepare(CATALOGUE)


def found(text: str) -> list[Finding]:
    return list(EXTRACT(layout(text)))


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The strings are in code page 936.", "code page 936", "zh"),
        ("The console was set to codepage 1251.", "codepage 1251", "code page 1251"),
        ("Its output is decoded as CP866.", "CP866", "code page 866"),
        ("The ANSI code page: 949 was set.", "code page: 949", "ko"),
        ("The operators ran chcp 1255 first.", "chcp 1255", "he"),
        ("The notes were encoded in KOI8-R.", "KOI8-R", "ru"),
        ("The text uses the windows-1258 character set.", "windows-1258", "vi"),
        ("The strings are encoded in Shift JIS.", "Shift JIS", "ja"),
        ("The code page is cp874.", "code page is cp874", "th"),
    ],
)
def test_pages(text: str, words: str, value: str) -> None:
    ((span, read),) = [(each.span.of(text), each.value) for each in found(text)]
    assert (span, read) == (words, value)


@pytest.mark.parametrize(
    "text",
    [
        "The operators ran chcp 65001.",
        "The CP1251 was a ship.",
        "Code page 12345 is unknown.",
        "Windows 10 and IBM 360 were named.",
        "See page 936 of the code.",
        "The encoding was UTF-8.",
        "The key was encoded with cp866x.",
    ],
)
def test_other_numbers(text: str) -> None:
    assert found(text) == []


@given(st.sampled_from(sorted(languages())))
def test_every_page_is_read_alike(number: int) -> None:
    (finding,) = found(f"The implant runs in code page {number}.")
    assert (finding.kind, finding.subtype, finding.forging) == (Kind.CIRCUMSTANCE, "language", "language")
    spoken = languages()[number]
    assert finding.value == (spoken[0] if len(spoken) == 1 else f"code page {number}")
    assert all(language_name(code) in finding.why for code in spoken)
    assert ("all readings are kept" in finding.why) == (len(spoken) > 1)


@given(st.sampled_from(names()))
def test_every_name_is_read_alike(name: str) -> None:
    assert [each.subtype for each in found(f"The strings were encoded in {name}.")] == ["language"]


def test_the_table_names_languages_that_are_each_once() -> None:
    for number, spoken in languages().items():
        assert list(spoken) == sorted(set(spoken)), number
        assert all(language_name(code) != code for code in spoken)


@pytest.mark.parametrize(
    ("code", "letters"),
    [("ru", "я"), ("be", "э"), ("bg", "щ"), ("el", "ω"), ("he", "א"), ("ar", "\u0640"), ("th", "ก"),
     ("ja", "か"), ("ko", "한"), ("zh", "中"), ("vi", "ă"), ("pl", "ł"), ("cs", "ř"), ("hu", "ő"),
     ("tr", "ğ"), ("de", "ß"), ("lv", "ģ"), ("is", "þ"), ("pt", "ã")],
)  # fmt: skip
def test_pages_hold_the_letters_of_their_languages(code: str, letters: str) -> None:
    """Python's codecs are the other implementation, for the pages that it has."""
    checked = 0
    for number in (number for number, spoken in languages().items() if code in spoken):
        try:
            codec = codecs.lookup(f"cp{number}")
        except LookupError:
            continue
        checked += 1
        assert codec.decode(codec.encode(letters)[0])[0] == letters, number
    assert checked > 0
