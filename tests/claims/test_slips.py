"""Shared details: a slip of the pen betrays who copies, neighbouring numbers and common values do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.claims.slips import Mistake, mistakes, rare_pairs, slip

DESK, DEKS = "pilotage-desk.example", "pilotage-deks.example"


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (DESK, DEKS, True),
        ("harbour.example", "harbor.example", True),
        ("harbour.example", "habrour.example", True),
        ("harbour.example", "harbour.exemple", True),
        ("harbour.example", "harbour.example", False),
        ("harbour.example", "hrabuor.example", False),
        ("10.0.0.41", "10.0.0.42", False),
        ("host1.example", "host.example", False),
        ("host-a.example", "hosta.example", False),
        ("", "", False),
        ("", "a", True),
    ],
)
def test_a_slip_is_one_letter_and_never_a_digit(one: str, two: str, expected: bool) -> None:
    assert slip(one, two) == slip(two, one) == expected


@given(st.text("abc", min_size=1, max_size=8), st.text("abc", min_size=1, max_size=8))
def test_a_slip_is_one_edit_by_definition(one: str, two: str) -> None:
    changed = {one[:k] + letter + one[k + 1 :] for k in range(len(one)) for letter in "abc"}
    added = {one[:k] + letter + one[k:] for k in range(len(one) + 1) for letter in "abc"}
    dropped = {one[:k] + one[k + 1 :] for k in range(len(one))}
    swapped = {one[:k] + one[k + 1] + one[k] + one[k + 2 :] for k in range(len(one) - 1)}
    assert slip(one, two) == (two != one and two in changed | added | dropped | swapped)


def case(**values: str) -> dict[str, frozenset[str]]:
    """Documents with their details, written with blanks between."""
    return {name: frozenset(text.split()) for name, text in values.items()}


def test_who_copies_a_list_copies_its_mistake() -> None:
    seen = case(port=f"{DESK} tide.example", laboratory=f"{DESK} tide.example", group=DESK)
    seen |= case(ministry=f"{DEKS} tide.example", ally=f"{DEKS} tide.example")
    assert mistakes(seen) == (Mistake(DEKS, DESK, ("ally", "ministry")),)


@pytest.mark.parametrize(
    "seen",
    [
        case(a=f"{DESK} x", b=f"{DESK} x", c=f"{DEKS} x"),
        case(a=f"{DESK} x", b=f"{DESK} x", c=f"{DEKS} x", d=f"{DEKS} x"),
        case(a=f"{DESK} x", b=f"{DESK} x", e=f"{DESK} x", c=DEKS, d=DEKS),
        case(a=f"{DESK} x", b=f"{DESK} x", e=f"{DESK} x", c=f"{DEKS} {DESK} x", d=f"{DEKS} x"),
        case(a=f"{DESK} x", b=f"{DESK} x", e=f"{DESK} x", c=f"{DEKS} x p q r", d=f"{DEKS} x p q r"),
        case(a="T1059.001 x", b="T1059.001 x", e="T1059.001 x", c="T1059.002 x", d="T1059.002 x"),
        case(a="short x", b="short x", e="short x", c="shorn x", d="shorn x"),
    ],
    ids=[
        "only one errs",
        "as many",
        "nothing else shared",
        "both forms held",
        "little else shared",
        "a digit",
        "too short",
    ],
)
def test_what_need_not_be_a_mistake_is_none(seen: dict[str, frozenset[str]]) -> None:
    assert mistakes(seen) == ()


def test_details_that_only_two_report_are_rare_in_a_larger_case() -> None:
    seen = case(a="p q r common", b="p q r common s", c="common", d="common t", e="common")
    assert list(rare_pairs(seen)) == [("a", "b", ("p", "q", "r"))]
    assert list(rare_pairs({name: seen[name] for name in "abcd"})) == []


def test_few_or_scattered_details_are_not_rare() -> None:
    few = case(a="p q common", b="p q common", c="common", d="common", e="common")
    small = case(a="p q r 1 2 3 4", b="p q r 5 6 7 8", c="common", d="common", e="common")
    assert list(rare_pairs(few)) == list(rare_pairs(small)) == []


@given(
    st.dictionaries(
        st.sampled_from("abcdef"),
        st.frozensets(st.sampled_from((DESK, DEKS, "x", "y", "z", "w"))),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_documents_changes_nothing(seen: dict[str, frozenset[str]], chance: object) -> None:
    names = list(seen)
    chance.shuffle(names)  # type: ignore[attr-defined]
    other = {name: seen[name] for name in names}
    assert mistakes(other) == mistakes(seen)
    assert list(rare_pairs(other)) == list(rare_pairs(seen))
