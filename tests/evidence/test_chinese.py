"""Chinese in two scripts made one, place by place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from weigh.evidence.chinese import simplified

IDEOGRAPHS = [chr(code) for code in range(0x4E00, 0xA000)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("美國與臺灣", "美国与台湾"),
        ("網絡攻擊、駭客組織", "网络攻击、骇客组织"),
        ("記者問：「誰幹的？」", "记者问：「谁干的？」"),
        ("APT41 入侵了伺服器。\n", "APT41 入侵了伺服器。\n"),
        ("网络攻击", "网络攻击"),
        ("著名", "著名"),
        ("おはよう、한국", "おはよう、한국"),
        ("", ""),
    ],
)
def test_traditional_characters_become_simplified_ones(text: str, expected: str) -> None:
    assert simplified(text) == expected


@given(st.text() | st.text(st.sampled_from(IDEOGRAPHS)))
def test_any_text_keeps_its_length_and_is_simplified_once(text: str) -> None:
    once = simplified(text)
    assert len(once) == len(text)
    assert simplified(once) == once


@given(st.text(), st.text())
def test_every_character_is_simplified_by_itself(left: str, right: str) -> None:
    assert simplified(left + right) == simplified(left) + simplified(right)


@given(st.text(st.characters(max_codepoint=0x4DFF) | st.characters(min_codepoint=0xA000)))
def test_what_is_no_ideograph_is_left_alone(text: str) -> None:
    assert simplified(text) == text


def test_single_characters_become_what_open_chinese_convert_makes_of_them() -> None:
    converter = OpenCC("t2s")
    assert simplified("".join(IDEOGRAPHS)) == "".join(converter.convert(one) for one in IDEOGRAPHS)
