"""Names as whole words, the longest first; the automaton agrees with a plain search."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.folding import squeeze
from weigh.evidence.phrases import Phrases, spellings

NAMES = ("ab", "ab cd", "cd", "b", "abc", "ab-cd e")


def found(phrases: Phrases, text: str) -> list[tuple[str, str]]:
    return [(hit.span.of(text), hit.key) for hit in phrases.find(squeeze(text))]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Cobalt Strike and cobalt", ["Cobalt Strike", "cobalt"]),
        ("cobalt strikeforce", ["cobalt"]),
        ("subcobalt cobalts", []),
        ("Cobalt\n Strike", ["Cobalt\n Strike"]),
        ("cobalt\n\nstrike", ["cobalt"]),
        ("(cobalt)", ["cobalt"]),
        ("cobalt's, cobalt.", ["cobalt", "cobalt"]),
        ("cobalt_strike", []),
        ("", []),
    ],
)
def test_whole_words_and_the_longest_name(text: str, hits: list[str]) -> None:
    phrases = Phrases({"cobalt": "one", "cobalt strike": "two"})
    assert [words for words, _ in found(phrases, text)] == hits


def test_plurals_are_allowed_where_asked_for() -> None:
    phrases = Phrases(
        {"web shell": "shell", "box": "box", "turla": "turla"}, plurals=frozenset({"shell", "box"})
    )
    assert found(phrases, "web shells, boxes, Turlas") == [("web shell", "shell"), ("box", "box")]


def _plainly(text: str) -> list[str]:
    """The same by one regular expression: at each place the longest name between word boundaries."""
    longest_first = sorted(NAMES, key=len, reverse=True)
    pattern = "|".join(re.escape(name) for name in longest_first)
    return re.findall(rf"(?<![\w])(?:{pattern})(?![\w])", text)


@given(st.text(alphabet=st.sampled_from("abcde -,"), max_size=40).filter(lambda text: "  " not in text))
def test_the_automaton_agrees_with_a_plain_search(text: str) -> None:
    phrases = Phrases({name: name for name in NAMES})
    assert [key for _, key in found(phrases, text)] == _plainly(text)


@given(st.text(max_size=80), st.text(max_size=30))
def test_hits_are_exact_in_order_and_apart(text: str, more: str) -> None:
    text = f"{text} APT28 {more}\u00ad Fancy\nBear"
    hits = Phrases({"apt28": "a", "fancy bear": "b"}).find(squeeze(text))
    assert all(left.span.end <= right.span.start for left, right in itertools.pairwise(hits))
    assert hits[-1].span.of(text) == "Fancy\nBear"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("APT28", {"apt28", "apt-28", "apt 28"}),
        ("Fancy Bear", {"fancy bear", "fancybear", "fancy-bear"}),
        ("APT-C-36", {"apt-c-36", "aptc36", "apt c 36"}),
        ("T9000", {"t9000"}),
        ("Turla", {"turla"}),
        ("admin@338", {"admin@338"}),
        (" ", set()),
    ],
)
def test_spellings(name: str, expected: set[str]) -> None:
    assert set(spellings(name)) == expected


@given(st.text(max_size=20))
def test_every_spelling_is_folded_and_squeezed(name: str) -> None:
    assert all(squeeze(spelling).text == spelling for spelling in spellings(name))
