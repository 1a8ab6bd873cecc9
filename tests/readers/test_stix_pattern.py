"""STIX patterns give up the values that they look for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK
from weigh.errors import LimitError
from weigh.readers.stix_pattern import LONGEST_PATH, MOST_VALUES, Comparison, comparisons

DIGEST = "d41d8cd98f00b204e9800998ecf8427e"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[domain-name:value = 'x.example']", [("domain-name", "x.example")]),
        ("[ipv4-addr:value='198.51.100.7']", [("ipv4-addr", "198.51.100.7")]),
        (f"[file:hashes.MD5 = '{DIGEST}']", [("file MD5", DIGEST)]),
        (f"[file:hashes.'SHA-256' = '{DIGEST * 2}']", [("file SHA-256", DIGEST * 2)]),
        ("[file:name = 'a.exe' AND file:size = 99]", [("file", "a.exe"), ("file size", "99")]),
        ("[url:value LIKE 'http://x.example/%']", [("url", "http://x.example/%")]),
        (
            "[domain-name:value IN ('a.example', 'b.example')]",
            [("domain-name", "a.example"), ("domain-name", "b.example")],
        ),
        (
            "[network-traffic:dst_port IN (80, 443)]",
            [("network-traffic dst_port", "80"), ("network-traffic dst_port", "443")],
        ),
        ("[ipv4-addr:value ISSUBSET '198.51.100.0/24']", [("ipv4-addr", "198.51.100.0/24")]),
        ("[network-traffic:dst_ref.value = '198.51.100.7']", [("network-traffic", "198.51.100.7")]),
        ("[windows-registry-key:key = 'HKLM\\\\Run']", [("windows-registry-key", "HKLM\\Run")]),
        ("[process:command_line = 'echo \\'hi\\'']", [("process command_line", "echo 'hi'")]),
        ("[email-message:from_ref.value = 'a@x.example']", [("email-message", "a@x.example")]),
        ("[x509-certificate:extensions.'a-b'.c[0] = 'v']", [("x509-certificate c", "v")]),
        ("[domain-name:value != 'x.example']", []),
        ("[domain-name:value NOT = 'x.example']", []),
        ("[domain-name:value NOT IN ('a', 'b')]", []),
        ("[file:size > 9 OR file:size <= 4]", []),
        (
            "[a:value = '1'] FOLLOWEDBY [b:value = '2'] WITHIN 300 SECONDS START t'2020-01-01T00:00:00Z'",
            [("a", "1"), ("b", "2")],
        ),
        ("([a:value = '1'] AND [b:value NOT LIKE '2']) OR [c:value = '3']", [("a", "1"), ("c", "3")]),
        ("[a:value = 'never closed", [("a", "never closed")]),
        ("alert tcp any any", []),
        ("", []),
    ],
)
def test_patterns(pattern: str, expected: list[tuple[str, str]]) -> None:
    assert list(comparisons(pattern)) == [Comparison(label, value) for label, value in expected]


@QUICK
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_any_quoted_value_comes_back_as_it_was(values: list[str]) -> None:
    quoted = [value.replace("\\", "\\\\").replace("'", "\\'") for value in values]
    pattern = " OR ".join(f"[domain-name:value = '{value}']" for value in quoted)
    assert [comparison.value for comparison in comparisons(pattern)] == values


@QUICK
@given(st.text(st.sampled_from("[]()='\\:.,-a1 NOTIN"), max_size=200))
def test_any_text_ends(pattern: str) -> None:
    assert all(comparison.label != "" for comparison in comparisons(pattern))


@pytest.mark.parametrize("piece", ["a:b='", "a", "'", "\\'", "a:b IN (", "a:", "[["])
def test_long_nonsense_ends(piece: str) -> None:
    assert len(list(comparisons(piece * 200_000))) <= 200_000


def test_a_path_without_end_is_cut_and_its_values_are_found() -> None:
    steps = " .x" * 200_000
    values = ", ".join(["'a'"] * 20_000)
    found = list(comparisons(f"[file:name{steps} IN ({values})]"))
    assert len(found) == 20_000
    assert {each.value for each in found} == {"a"}
    assert all(each.label.startswith("file ") and len(each.label) <= LONGEST_PATH for each in found)


@given(st.integers(0, 3 * LONGEST_PATH), st.sampled_from(["x", ".x", ":", "["]))
def test_a_path_of_one_word_without_end_is_cut(number: int, piece: str) -> None:
    (found,) = comparisons(f"file:a{piece * number} = 'a'")
    assert found.value == "a"
    assert len(found.label) <= LONGEST_PATH


def test_a_pattern_of_too_many_values_is_refused() -> None:
    pattern = "[a:b IN (" + "'c'," * MOST_VALUES + "'c')]"
    with pytest.raises(LimitError, match="more than 100,000 values in one pattern"):
        list(comparisons(pattern))
    assert len(list(comparisons(pattern.replace("'c',", "", 1)))) == MOST_VALUES
