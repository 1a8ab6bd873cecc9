"""Persons who are charged are found by row, age, alias and script, and nobody else is."""

from __future__ import annotations

import pytest

from weigh.claims.defendants import charged
from weigh.claims.patterns import patterns
from weigh.records import Span


def found(text: str, *seeds: Span) -> list[str]:
    """Who is charged in a text."""
    table = patterns("english").introductions
    assert table is not None
    return [one.span.of(text) for one in charged(text, seeds, table.rows)]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("The charges name Omar Balin, 34, and Rita Sool, 29.", ["Omar Balin", "Rita Sool"]),
        ("Charged were Omar Balin, 34; Rita Sool and Ivo Denn.", ["Omar Balin", "Rita Sool", "Ivo Denn"]),
        ("An indictment names OMAR BALIN and RITA SOOL, aka Grey, of theft.", ["OMAR BALIN", "RITA SOOL"]),
        ("Charged are: Omar Balin, a/k/a Orlo Brandt, 38; and Wu Xi, 30.", ["Omar Balin", "Wu Xi"]),
        ("They are charged: Wu Zhi (\u5434\u5fd7) and Xu Ke\n(\u8bb8\u53ef).", ["Wu Zhi", "Xu Ke"]),
        (
            "Charged are: Yuri Denn [\u042e\u0440\u0438\u0439], a colonel; two lieutenants: Ivo Bor "
            "[\u0418\u0432\u043e] and Petr Kor [\u041f\u0451\u0442\u0440].",
            ["Yuri Denn", "Ivo Bor", "Petr Kor"],
        ),
        ("Defendants Omar Balin (45) and Abu al-Sool, of Harbour City, fled.", ["Omar Balin", "Abu al-Sool"]),
        (
            "Omar Balin, 34, together with defendant Rita Sool, conspired to hack.",
            ["Omar Balin", "Rita Sool"],
        ),
    ],
)
def test_persons_in_a_row_with_one_that_is_marked_are_charged(text: str, persons: list[str]) -> None:
    assert found(text) == persons


@pytest.mark.parametrize(
    "text",
    [
        "Omar Balin, 34, a nurse, spoke of the outage.",
        "The charges were announced by Attorney General Jane Roe in San Diego.",
        "The charges are from the Southern District of California.",
        "A grand jury in Kansas City, Kansas, returned an indictment.",
        "They are charged with attacks on the Winter Olympics (as \u201cGames\u201d) and Onion Routers.",
        "",
    ],
)
def test_nobody_else_is(text: str) -> None:
    assert found(text) == []


def test_a_row_with_one_that_a_pattern_found_is_charged() -> None:
    text = "Prosecutors accused Omar Balin, Rita Sool and Ivo Denn of it. Jane Roe announced it."
    seed = text.index("Rita")
    assert found(text, Span(seed, seed + 9)) == ["Omar Balin", "Rita Sool", "Ivo Denn"]
    assert found(text) == []


def test_a_charge_far_away_charges_nobody() -> None:
    assert found("Ten were charged. " + "It rained. " * 80 + "Omar Balin, 34, was glad.") == []
