"""The report for people, read as a Markdown reader reads it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests import sample, strategies
from weigh.assessment.document import UNLISTED, Assessment
from weigh.renderers.as_markdown import bits, listed, render, text
from weigh.renderers.defang import defang

SAMPLE = sample.assessment()
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HARMLESS = {"text", "softbreak", "strong_open", "strong_close", "code_inline"}
SECTIONS = [
    *("Who", "Why", "How robust", "What follows", "Evidence", "Documents", "Who repeats whom", "Background")
]


def _inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in (token.children or [])]


@settings(max_examples=200)
@given(strategies.texts)
def test_any_text_shows_itself_and_does_nothing(value: str) -> None:
    for before, after in (("", ""), ("- ", ""), ("| ", " |\n|---|")):
        tokens = READER.parse(f"{before}{text(value)}{after}")
        assert {token.type for token in _inline(tokens)} <= {"text"}
        shown = "".join(token.content for token in _inline(tokens))
        printable = "".join(char if char.isprintable() else " " for char in defang(value))
        assert shown == " ".join(printable.split())


@settings(max_examples=12)
@given(strategies.assessments())
def test_any_report_has_its_sections_and_nothing_to_click(assessment: Assessment) -> None:
    tokens = READER.parse(render(assessment))
    assert {token.type for token in _inline(tokens)} <= HARMLESS
    assert "html_block" not in {token.type for token in tokens}
    headings = [
        tokens[place + 1].content
        for place, token in enumerate(tokens)
        if token.tag == "h2" and token.nesting == 1
    ]
    assert headings == SECTIONS


def test_the_word_and_the_confidence_never_stand_in_one_sentence() -> None:
    for sentence in re.split(r"(?<=[.:])\s", render(SAMPLE)):
        assert not ("confidence" in sentence and ("likely" in sentence or "chance" in sentence))


def test_the_answer_comes_first() -> None:
    lines = render(SAMPLE).splitlines()
    assert lines[0] == "# Vessmar harbour"
    assert lines[2] == "**TLP:GREEN**"
    leads = next(place for place, line in enumerate(lines) if "leads with 70 %" in line)
    assert leads < 10


def test_a_case_without_anything_says_so() -> None:
    empty = replace(
        SAMPLE, title="", tlp="", observations=(), features=(), documents=(), linchpins=(), baselines=(),
        left_out=(), named=(), unanswered=(), assumptions=(),
        hypotheses=tuple(replace(row, weights=(), sentences=()) for row in SAMPLE.hypotheses),
    )  # fmt: skip
    report = render(empty)
    assert report.startswith("# Assessment\n\nAssessment `")
    for sentence in (
        "The documents report nothing.",
        "No single fact changes the leader or its word.",
        "Everything that was found was weighed.",
        "No question is left open.",
    ):
        assert sentence in report


def test_unlisted_is_always_listed_and_small_ones_are_counted() -> None:
    small = tuple(replace(SAMPLE.hypotheses[0], id=f"G{place}", probability=0.002) for place in range(30))
    unlisted = replace(SAMPLE.hypotheses[1], probability=0.001)
    rows = listed(replace(SAMPLE, hypotheses=(*SAMPLE.hypotheses[:1], *small, unlisted)))
    assert [row.id for row in rows] == ["G9101", UNLISTED]
    report = render(replace(SAMPLE, hypotheses=(*SAMPLE.hypotheses[:1], *small, unlisted)))
    assert "30 more hypotheses" in report


@pytest.mark.parametrize(
    ("weight", "words"), [(1.5, "+1.50"), (-0.125, "−0.12"), (-0.001, "+0.00"), (0.0, "+0.00")]
)
def test_bits_have_a_sign(weight: float, words: str) -> None:
    assert bits(weight) == words
