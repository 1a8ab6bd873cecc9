"""Sentences survive wrapping, bullets, tables, defanged names and abbreviations."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.segmentation import LONGEST, sentences

WRAPPED = (
    "The actors moved from the first server to the second one by means of a\n"
    "service account. They left after two days and came back in the\n"
    "following week to take what they had not found the first time."
)
texty = st.text(alphabet=st.sampled_from("abT1.!?。 \n\t[]()\"'’•-–A:;,"), max_size=120)

CASES: dict[str, tuple[str, list[str]]] = {
    "two sentences": ("They came. They went.", ["They came.", "They went."]),
    "question and exclamation": ("Why? Nobody knows! So be it.", ["Why?", "Nobody knows!", "So be it."]),
    "quotation ends a sentence": (
        "He said \u201cno.\u201d Then he left.",
        ["He said \u201cno.\u201d", "Then he left."],
    ),
    "footnote after the stop": (
        "They exploited servers.[1][12] For details see below.",
        ["They exploited servers.[1][12]", "For details see below."],
    ),
    "abbreviations": (
        "Tools, e.g. Mimikatz, were used by Acme Inc. Berlin staff. See Fig. 3 and vol. 2 too.",
        ["Tools, e.g. Mimikatz, were used by Acme Inc. Berlin staff.", "See Fig. 3 and vol. 2 too."],
    ),
    "dotted country": ("U.S. Government networks were hit.", ["U.S. Government networks were hit."]),
    "initials": ("J. R. Smith wrote it. He did.", ["J. R. Smith wrote it.", "He did."]),
    "defanged host": (
        "It called evil[.]example[.]com and a . bc. Then it slept.",
        ["It called evil[.]example[.]com and a . bc.", "Then it slept."],
    ),
    "addresses and versions": (
        "It used 192.0.2.1 and version 7.0.1. Then it stopped.",
        ["It used 192.0.2.1 and version 7.0.1.", "Then it stopped."],
    ),
    "bullets": (
        "Tools:\n• Mimikatz\n• Cobalt Strike, which\n- PsExec",
        ["Tools:", "• Mimikatz", "• Cobalt Strike, which", "- PsExec"],
    ),
    "numbered items": (
        "1. Backups: do we have any?\n2. Staff.",
        ["1. Backups: do we have any?", "2. Staff."],
    ),
    "table rows": ("T1059.001\nPowerShell\nRan a script", ["T1059.001", "PowerShell", "Ran a script"]),
    "markdown table": ("| ID | Name |\n| T1 | x |", ["| ID | Name |", "| T1 | x |"]),
    "blank lines": ("no stop here\n\nnor here", ["no stop here", "nor here"]),
    "wrapped prose": (
        WRAPPED,
        [
            "The actors moved from the first server to the second one by means of a\nservice account.",
            "They left after two days and came back in the\n"
            "following week to take what they had not found the first time.",
        ],
    ),
    "word broken by a comma": ("APT28,\nAPT29 and others", ["APT28,\nAPT29 and others"]),
    "Chinese": ("中方坚决反对。美方应停止！", ["中方坚决反对。", "美方应停止！"]),
    "ideographic stop as a dot": ("访问evil。com下载", ["访问evil。com下载"]),
    "nothing": ("", []),
    "white space alone": (" \n\t\n ", []),
}


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str) -> None:
    text, expected = CASES[name]
    assert [span.of(text) for span in sentences(text)] == expected


@given(texty)
def test_sentences_hold_everything_that_is_not_white_space(text: str) -> None:
    spans = sentences(text)
    outside = [text[left.end : right.start] for left, right in itertools.pairwise(spans)]
    ends = [text[: spans[0].start], text[spans[-1].end :]] if len(spans) > 0 else [text]
    assert all(gap == "" or gap.isspace() for gap in [*outside, *ends])


@given(texty)
def test_sentences_are_in_order_apart_and_trimmed(text: str) -> None:
    spans = sentences(text)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


@given(texty, texty)
def test_a_paragraph_further_on_moves_no_sentence(text: str, more: str) -> None:
    before = sentences(text)
    after = sentences(f"{text}\n\n{more}")
    assert after[: len(before)] == before


def test_a_sentence_without_an_end_is_cut_at_white_space() -> None:
    text = "word " * 2000
    spans = sentences(text)
    assert len(spans) > 1
    assert all(span.end - span.start <= LONGEST for span in spans)
    assert all(span.of(text).endswith("word") for span in spans)


def test_a_word_without_an_end_is_cut_too() -> None:
    spans = sentences("a" * 5001)
    assert [span.end - span.start for span in spans] == [2000, 2000, 1001]
