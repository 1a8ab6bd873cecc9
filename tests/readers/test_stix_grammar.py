"""What is a STIX pattern and what is not, as the OASIS validator has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK
from weigh.readers.stix_grammar import stops

oasis = pytest.importorskip("stix2patterns.validator")

PATTERNS = [
    "[a:b = 'c']",
    "[a:b NOT = 'c' AND EXISTS a:c]",
    "[a:b = h'aa' OR a:b = true OR a:b == b'aGk=']",
    "[a:b IN ()]",
    "[a:b IN ('x', 1, 2.5, -3, +4, false)]",
    "[a:b[*].c[0].'d-e' MATCHES '^x$']",
    "[a-b:c != 'it\\'s \\\\']",
    "[(a:b = 'c' OR (a:b LIKE 'd%')) AND a:e >= 1]",
    "(([a:b = 'c']) AND [d:e <> .5]) FOLLOWEDBY [f:g ISSUBSET '198.51.100.0/24']",
    "[a:b = 'c'] WITHIN 5 SECONDS REPEATS 2 TIMES",
    "[a:b < t'2020-01-01T00:00:00.5Z'] START t'2020-01-01T00:00:00Z' STOP t'2021-01-01T00:00:00Z'",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns(pattern: str) -> None:
    assert stops(pattern) is None
    assert stops(f"  {pattern}\n") is None
    assert oasis.validate(pattern)


@pytest.mark.parametrize(
    ("pattern", "rest"),
    [
        ("", ""),
        ("alert tcp any any", "alert tcp any any"),
        ("[a:b = 'c'", ""),
        ("[a:b = 'c]", "a:b = 'c]"),
        ("[a:b = 'c'] AND", ""),
        ("[a:b = 'c']]", "]"),
        ("([a:b = 'c']", ""),
        ("[(a:b = 'c'])", "])"),
        ("[a:b = 'c'] and [a:b = 'd']", " and [a:b = 'd']"),
        ("[a:b = 'c' FOLLOWEDBY a:b = 'd']", " FOLLOWEDBY a:b = 'd']"),
        ("[file:hashes.SHA-256 = 'aa']", "file:hashes.SHA-256 = 'aa']"),
        ("[a:b = 'C:\\Windows']", "a:b = 'C:\\Windows']"),
        ("[a:b > true]", "a:b > true]"),
        ("[a:b LIKE 5]", "a:b LIKE 5]"),
        ("[a:b = 007]", "a:b = 007]"),
        ("[NOT a:b = 'c']", "NOT a:b = 'c']"),
        ("[a:b = 'c'] WITHIN SECONDS", " WITHIN SECONDS"),
        ("[]", "]"),
    ],
)
def test_what_is_no_pattern_stops_somewhere(pattern: str, rest: str) -> None:
    at = stops(pattern)
    assert at is not None
    assert pattern[at:] == rest
    assert pattern == "" or not oasis.validate(pattern)


PIECES = st.sampled_from(
    [
        *("[", "]", "(", ")", "[a:b = 'c']", "a:b = 'c'", "a:b IN (1, 'd')", "EXISTS a:b", "AND", "OR"),
        *("FOLLOWEDBY", "NOT", "WITHIN 5 SECONDS", "REPEATS 2 TIMES", "'x", "a:b > 1.5", "=", "a:b.c[*]"),
    ]
)


@QUICK
@given(st.lists(PIECES, min_size=1, max_size=7))
def test_two_parsers_agree(pieces: list[str]) -> None:
    pattern = " ".join(pieces)
    assert (stops(pattern) is None) == oasis.validate(pattern)


@st.composite
def comparisons(draw: st.DrawFn, depth: int) -> str:
    """A comparison expression."""
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from(["a:b = 'c'", "a:b IN (1, 'd')", "EXISTS a:b", "a:b NOT LIKE 'x'"]))
    one, other = draw(comparisons(depth - 1)), draw(comparisons(depth - 1))
    joined = f"{one} {draw(st.sampled_from(['AND', 'OR']))} {other}"
    return draw(st.sampled_from([joined, f"({joined})"]))


@st.composite
def patterns(draw: st.DrawFn, depth: int = 2) -> str:
    """A whole pattern."""
    if depth == 0 or draw(st.booleans()):
        pattern = f"[{draw(comparisons(2))}]"
    else:
        verb = draw(st.sampled_from(["AND", "OR", "FOLLOWEDBY"]))
        pattern = f"({draw(patterns(depth - 1))} {verb} {draw(patterns(depth - 1))})"
    return pattern + draw(st.sampled_from(["", " WITHIN 5 SECONDS", " REPEATS 2 TIMES"]))


@QUICK
@given(patterns(), st.data())
def test_whatever_the_grammar_makes_is_a_pattern_until_it_is_cut(pattern: str, data: st.DataObject) -> None:
    assert stops(pattern) is None
    assert oasis.validate(pattern)
    cut = pattern[: data.draw(st.integers(1, len(pattern)))]
    assert (stops(cut) is None) == oasis.validate(cut)


@pytest.mark.parametrize(
    "pattern",
    [
        "[" * 50_000,
        "(" * 50_000 + "[",
        "[a:b IN (" + "1," * 50_000,
        "[a:b = '" + "\\'" * 50_000,
        " " * 50_000,
    ],
)
def test_a_long_pattern_that_is_none_is_passed_once(pattern: str) -> None:
    at = stops(pattern)
    assert at is not None
    assert 0 <= at <= len(pattern)
