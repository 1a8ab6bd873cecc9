"""Firms that no table lists speak and are blamed; surnames, places and ordinary words are no firms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import read, short
from weigh.claims.patterns import patterns
from weigh.claims.speaking import speaking

_FIRMS = ("Norvik", "Halbro", "Telmark", "ZKB", "Ostrava-Net", "Quarrex")
_SAID = ("said", "has said", "also told investors", "publicly confirmed", "says", "later wrote")


def names(text: str, language: str = "english") -> list[str]:
    """Names of firms that a text tells, once each for every place where they speak."""
    table = patterns(language).introductions
    assert table is not None
    found = list(speaking(text, len(text), table.speaking))
    assert all(span.of(text) == name for name, span in found)
    return [name for name, _ in found]


@given(st.sampled_from(_FIRMS), st.sampled_from(_SAID))
def test_a_name_that_speaks_is_found_wherever_it_stands(firm: str, said: str) -> None:
    assert names(f"{firm} {said} that it was robbed.") == [firm]
    assert names(f"On Monday {firm} {said} that it was robbed.") == [firm]
    assert names(f"It was robbed, but carmaker {firm} {said} so.") == [firm]
    assert names(f"It was robbed. {firm}'s spokeswoman {said} so.") == [firm]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Norvik blamed others.", ["Norvik"]),
        ("Norvik was blamed by others.", []),
        ("Norvik accused of theft", []),
        ("They accused Norvik of theft.", ["Norvik"]),
        ("They blame thieves, according to Norvik.", ["Norvik"]),
        ("Officials in Norvik said so.", []),
        ("The mayor of Norvik said so.", []),
        ("Ann Norvik spoke. Norvik said so.", []),
        ("Carmaker Norvik said so.", []),
        ("Airline Norvik said so.", ["Norvik"]),
        ("Officials said so. Hackers blamed them. Yesterday they denied it.", []),
        ("She said so on Friday. Friday said nothing.", []),
    ],
)
def test_what_else_has_a_capital_is_no_firm(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("诺维汽车表示，图纸被盗。", ["诺维汽车"]),
        ("图纸被盗，诺维集团指责黑客。", ["诺维集团"]),
        ("诺维汽车被盗。", []),
    ],
)
def test_firms_in_chinese_are_told_by_their_kind(text: str, found: list[str]) -> None:
    assert names(text, "chinese") == found


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Norvik accused Peru of hacking its servers.", ["Norvik<Reuters accuse PE by"]),
        ("Norvik said Peruvian hackers attacked its servers.", ["Norvik<Reuters attribute PE by"]),
        ("Norvik accused Halbro of hacking its servers.", ["Norvik<Reuters accuse Halbro by"]),
        (
            "Norvik said Peruvian hackers attacked its servers, Le Monde reported.",
            ["Norvik<Reuters<Le Monde attribute PE by"],
        ),
        ("Interpol accused Peru of hacking its servers.", ["Interpol<Reuters accuse PE by"]),
        ("Peru accused Interpol of hacking its servers.", ["PE<Reuters accuse Interpol by"]),
    ],
)
def test_the_firm_speaks_and_the_outlet_passes_it_on(text: str, lines: list[str]) -> None:
    assert [short(claim) for claim in read(text, "Reuters")] == lines


@given(st.sampled_from(_FIRMS), st.sampled_from(_FIRMS))
def test_exchanging_two_firms_exchanges_them_and_nothing_else(one: str, other: str) -> None:
    template = "{a} accused Peru of hacking its servers. {b} said Chilean hackers attacked its servers."
    lines = [
        short(claim).replace(one, "<a>") for claim in read(template.format(a=one, b="Tarnow"), "Reuters")
    ]
    assert lines == [
        short(claim).replace(other, "<a>") for claim in read(template.format(a=other, b="Tarnow"), "Reuters")
    ]
