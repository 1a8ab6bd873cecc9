"""Bytes of any encoding become text without control characters, and what was lost is said."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK
from weigh.errors import ReadingError
from weigh.readers.encoding import UNPRINTABLE, decode, tidy

PRINTABLE = st.text(st.characters(codec="utf-8", exclude_characters="\ufeff"), min_size=1).map(tidy)
RUSSIAN = "Группа использует целевой фишинг против министерств и ведомств. " * 4
GERMAN = "Die Täter löschten ihre Spuren über Nacht und schickten gefälschte Nachrichten. " * 4
CHINESE = "外交部发言人就网络攻击问题表示强烈谴责，并敦促有关方面停止攻击。" * 4
JAPANESE = "日本の組織を狙う標的型攻撃に関する報告書です。カタカナもあります。" * 4


@QUICK
@given(PRINTABLE)
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode("utf-8")).text == text


@QUICK
@given(
    PRINTABLE,
    st.sampled_from(
        [
            (codecs.BOM_UTF8, "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
            (codecs.BOM_UTF32_BE, "utf-32-be"),
        ]
    ),
)
def test_a_byte_order_mark_decides(text: str, marked: tuple[bytes, str]) -> None:
    mark, encoding = marked
    decoded = decode(mark + text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_seen_by_its_zeros(encoding: str) -> None:
    text = "APT40 used T1566.001 against a harbour. Café."
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GERMAN, "cp1252"),
        (CHINESE, "gb18030"),
        (JAPANESE, "shift-jis"),
        (JAPANESE, "euc-jp"),
    ],
)
def test_other_encodings_are_guessed_and_said(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert "is not UTF-8; it was read as" in decoded.notices[0].problem
    assert decoded.notices[0].place == "line 1"


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (JAPANESE, "shift-jis")])
def test_the_guess_looks_where_the_telling_bytes_are(text: str, encoding: str) -> None:
    long = "plain words of English\n" * 5_000 + f"{text}\n" * 500
    assert decode(long.encode(encoding)).text == long


def test_a_few_wrong_bytes_do_not_change_the_encoding() -> None:
    decoded = decode(RUSSIAN.encode("utf-8") + b"\ncaf\xe9 \xff\n")
    assert decoded.text == RUSSIAN + "\ncaf\ufffd \ufffd\n"
    assert decoded.notices[0].problem == "2 places could not be read as UTF-8 and were marked with \ufffd"
    assert decoded.notices[0].place == "line 2"


@QUICK
@given(st.integers(1, 3))
def test_a_last_character_cut_in_two_is_said_and_costs_itself_only(cut: int) -> None:
    decoded = decode("Bericht über den Angriff 🚢".encode()[:-cut])
    assert decoded.text == "Bericht über den Angriff \ufffd"
    assert "1 place could not be read" in decoded.notices[0].problem


@QUICK
@given(st.text(st.characters(codec="utf-8")))
def test_no_control_character_survives_and_each_becomes_one_space(text: str) -> None:
    tidied = tidy(text)
    assert UNPRINTABLE.search(tidied) is None
    assert "\r" not in tidied
    assert len(tidied) == len(text.replace("\r\n", "\n"))
    assert tidy(tidied) == tidied


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("a\x00b", "a b"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\tb\fc", "a\tb\fc"),
        ("a\x1b[31mb", "a [31mb"),
        ("a\x85b\x9fc", "a b c"),
        ("a\ufffeb\uffffc", "a b c"),
    ],
)
def test_what_becomes_of_each_kind_of_control(given_text: str, expected: str) -> None:
    assert tidy(given_text) == expected
    assert decode(given_text.encode("utf-8")).text == expected


def test_control_characters_are_counted_with_the_first_line() -> None:
    notices = decode(b"one\ntwo\x00\nthree\x07\n").notices
    assert notices[0].problem == "2 control characters were read as spaces"
    assert notices[0].place == "line 2"


def test_marks_that_turn_the_direction_stay_and_are_said() -> None:
    decoded = decode("invoice\u202egpj.exe\n\u200fname".encode())
    assert "\u202e" in decoded.text
    assert decoded.notices[0].problem.startswith("the text holds 2 characters that cannot be seen")


def test_ordinary_text_has_nothing_to_say() -> None:
    assert decode("Ein Bericht über 港口 — “Harbour”.\n".encode()).notices == ()


@pytest.mark.parametrize(
    "data", [bytes(range(128, 256)) * 8 + bytes(range(32)) * 8, b"\x80\x00\x00\x01\x02" * 99]
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(ReadingError, match="neither text nor a format that is known"):
        decode(data)


@QUICK
@given(st.binary(max_size=400))
def test_any_bytes_are_text_that_can_be_stored_or_an_error(data: bytes) -> None:
    try:
        decoded = decode(data)
    except ReadingError:
        return
    assert decoded.text.encode("utf-8").decode("utf-8") == decoded.text
    assert decode(data) == decoded
