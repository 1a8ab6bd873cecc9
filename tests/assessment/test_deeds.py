"""What was hit has a name when several documents give it one; everything else is a deed without a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document
from tests.claims.test_passing_on import ESTONIA, claim
from weigh.assessment.deeds import UNNAMED, deeds
from weigh.records import Claim, Party


def said(*texts: str) -> list[Claim]:
    """A claim for each text, each in a document of its own."""
    return [
        claim(document(text, "Estonia", name=f"{place}.txt"), [ESTONIA]) for place, text in enumerate(texts)
    ]


def told(*texts: str) -> list[str]:
    """The deed of each text."""
    claims = said(*texts)
    found = deeds(claims)
    return [found[each.id] for each in claims]


GATE = "Russia is behind the exploitation of Harbour Gate servers."
GATE_AGAIN = "The attack via Harbour Gate was carried out by Russia."
CRANES = "Russian hackers broke into Crane Control."


@pytest.mark.parametrize(
    ("texts", "deed"),
    [
        ((GATE, GATE_AGAIN), ["Harbour Gate", "Harbour Gate"]),
        ((GATE, "Russia attacked via harbour gate servers."), ["Harbour Gate", "Harbour Gate"]),
        ((GATE, CRANES), ["", ""]),
        ((GATE, GATE_AGAIN, CRANES), ["Harbour Gate", "Harbour Gate", ""]),
        ((GATE,), [""]),
        (("Russia hacked into the Ministry of Russia.", "An attack on the Ministry of Russia."), ["", ""]),
        (("An attack on Estonia by Russia.", "Russia attacked on Estonia again."), ["", ""]),
        (("An attack on Monday by Russia.", "Hackers struck on Monday."), ["", ""]),
        (("Damage of State-Sponsored Activity by Russia.", "Part of State-Sponsored Activity."), ["", ""]),
    ],
)
def test_a_deed_is_named_by_what_several_documents_say_was_hit(texts: Sequence[str], deed: list[str]) -> None:
    assert told(*texts) == deed


def test_the_longer_name_of_one_thing_is_the_deed_and_a_part_of_it_may_be_another() -> None:
    found = told(
        "The attack on Northgate Mail was Russian.",
        "Russia broke into Northgate Mail servers.",
        "The breach of Northgate was Russian.",
    )
    assert found == ["Northgate Mail", "Northgate Mail", UNNAMED]


def test_in_a_large_case_two_documents_are_too_few() -> None:
    others = [f"Russia attacked port number {number}." for number in range(10)]
    assert told(GATE, GATE_AGAIN, *others)[0] == UNNAMED
    assert told(GATE, GATE_AGAIN, "A breach of Harbour Gate by Russia.", *others[:8])[0] == "Harbour Gate"


def test_two_claims_of_one_document_are_one_voice() -> None:
    first = document(f"{GATE} {GATE_AGAIN}", "Estonia")
    claims = [replace(claim(first, [ESTONIA]), original=text) for text in (GATE, GATE_AGAIN)]
    assert set(deeds(claims).values()) == {UNNAMED}


def test_the_accused_is_no_deed_under_any_of_its_names() -> None:
    claims = said("The malware of Slate Heron was found.", "The tools of Slate Heron were used.")
    heron = Party("G0001", "Slate Heron", "Slate Heron")
    assert set(deeds([replace(each, accused=(heron,)) for each in claims]).values()) == {UNNAMED}


@given(st.permutations([GATE, GATE_AGAIN, CRANES, "Russia attacked."]))
def test_the_order_of_the_claims_changes_nothing(texts: list[str]) -> None:
    claims = said(GATE, GATE_AGAIN, CRANES, "Russia attacked.")
    straight = deeds(claims)
    order = {each.original: each for each in claims}
    assert deeds([order[text] for text in texts]) == straight


@given(st.lists(st.text(max_size=60), max_size=6))
def test_every_claim_has_a_deed_whatever_it_says(texts: list[str]) -> None:
    claims = said(*texts)
    assert set(deeds(claims)) == {each.id for each in claims}


@pytest.mark.parametrize("tie", ["a member of", "members of", "part of", "on behalf of"])
def test_whom_somebody_belongs_to_is_not_what_was_hit(tie: str) -> None:
    first = f"Russia accused him, {tie} the Slate Heron crew, of the attack."
    second = f"He, {tie} the Slate Heron crew, struck, Estonia said."
    assert told(first, second) == ["", ""]
    assert told(first.replace(tie, "an attack of"), second.replace(tie, "the attack of")) == [
        "Slate Heron",
        "Slate Heron",
    ]
