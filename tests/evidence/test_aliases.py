"""Other names in brackets and in tables, which no word introduces, and how they are written later."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, document
from weigh.evidence import build, observe
from weigh.records import Kind

OBSERVER = build(CATALOGUE)


def named(text: str, value: str = "G0007") -> list[str]:
    """What a text writes that means one actor and is none of the names that the knowledge has."""
    known = {"APT28", "Sofacy", "Fancy Bear"}
    found = [each for each in observe(document(text), OBSERVER) if each.kind is Kind.ACTOR]
    return [each.original for each in found if each.value == value and each.original not in known]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("APT28 (Amber Loris) struck. Amber Loris left.", ["Amber Loris", "Amber Loris"]),
        ("APT28 (Amber Loris, Quay Otter) struck.", ["Amber Loris", "Quay Otter"]),
        ("APT28 (Sofacy, Amber Loris) struck.", ["Amber Loris"]),
        ("The APT28 group (\u201cAmber Loris\u201d) struck.", ["Amber Loris"]),
        ("APT28 (XY-1140) struck. Then XY-1140 left.", ["XY-1140", "XY-1140"]),
        ("Amber Loris (APT28) struck. Amber Loris left.", ["Amber Loris", "Amber Loris"]),
        ("It was done by Amber Loris (APT28) in May.", ["Amber Loris"]),
        ("Amber Loris (APT28) has also been seen using mail.", []),
        ("Amber Loris (APT28) has also targeted ports.", ["Amber Loris"]),
        ("Amber Loris, an alias of APT28, struck.", ["Amber Loris"]),
        ("Amber Loris, another name for APT28, struck.", ["Amber Loris"]),
        ("Name | Aliases\nAPT28 | Amber Loris, Quay Otter\n", ["Amber Loris", "Quay Otter"]),
        ("| Actor | Country | Also known as |\n| APT28 | Chile | Amber Loris; |\n", ["Amber Loris"]),
        ("Group\tAKA\nAPT28\tAmber Loris\n\nAmber Loris struck.", ["Amber Loris", "Amber Loris"]),
        (
            "APT28, also tracked as Amber Loris and PC-114, struck. PC-114 left.",
            ["Amber Loris", "PC-114", "PC-114"],
        ),
    ],
)
def test_a_name_beside_an_actors_is_another_one(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "APT28 (Chile) struck. Chile replied.",
        "APT28 (FSB) struck. FSB denied it.",
        "APT28 (Reconnaissance General Bureau) struck. The Reconnaissance General Bureau denied it.",
        "APT28 (May 2020) struck.",
        "APT28 (see Amber Loris) struck.",
        "APT28 (Amber Loris is near) struck.",
        "APT28 (Turla, Amber Loris) struck.",
        "APT28 (Mimikatz, Amber Loris) struck.",
        "APT28 (Loris) struck. Loris left.",
        "Heron Labs (APT28) said so. Heron Labs wrote more.",
        "John Quill (APT28) was charged. John Quill denied it.",
        "Name | Country\nAPT28 | Amber Loris\n",
        "Name | Aliases\n\nOne | two\n\nAPT28 | Amber Loris\n",
        "Name | Aliases\nAPT28 | \n",
    ],
)
def test_what_is_no_other_name(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "written", ["AMBER LORIS", "Amber-Loris", "amber loris", "AmberLoris", "Amber\nLoris"]
)
def test_a_name_that_was_given_is_known_in_other_writings(written: str) -> None:
    assert named(f"APT28 (aka Amber Loris) struck. Then {written} left.") == ["Amber Loris", written]


@pytest.mark.parametrize("written", ["the cold front", "a.Cold.Front", "/Cold Front", "Cold Fronts"])
def test_ordinary_words_in_small_letters_and_parts_of_others_are_not_it(written: str) -> None:
    assert named(f"APT28 (aka Cold Frontx, Cold Front) struck. Then {written} left.") in (
        ["Cold Frontx", "Cold Front"],
        ["Cold Frontx"],
    )


PIECES = ("APT28", " (", ")", "Amber Loris", ", ", " struck. ", " | ", "\n", "Name | Aliases", "Turla", "\t")


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_every_other_name_is_quoted_where_it_stands(text: str) -> None:
    for each in observe(document(text), OBSERVER):
        assert each.span.of(text) == each.original
        if each.original == "Amber Loris":
            assert each.kind is Kind.ACTOR
            assert "another name of" in each.why


@pytest.mark.parametrize(
    "unit", ["APT28 (", "Name | Aliases\n", "APT28 (Amber Loris, ", "|", "Amber (APT28) "]
)
def test_hostile_repetition_is_read_to_the_end(unit: str) -> None:
    text = unit * (20_000 // len(unit)) + "\n\nAPT28 struck."
    assert observe(document(text), OBSERVER)[-1].original == "APT28"
