"""Who is accused of what: a state and its bodies are one, deeds are apart, answers find what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assessment import quay
from tests.claims.reader import document
from tests.claims.test_passing_on import ESTONIA, claim
from tests.strategies import claims_of, documents
from weigh.assessment.propositions import ANSWERING, BLAMING, degrees_told, propositions
from weigh.records import Claim, Stance


def outline(texts: Sequence[str], sources: Sequence[str] = ()) -> list[tuple[str, str, int, int, int]]:
    """Party, deed, and how many blame, answer and only address."""
    found = quay.grouped(*texts, sources=sources)
    return [(one.root, one.deed, len(one.blames), len(one.answers), len(one.others)) for one in found]


def test_a_state_and_its_bodies_are_one_proposition() -> None:
    found = quay.grouped(
        "The GRU hacked the port.", "Russian state-sponsored actors compromised the mail servers."
    )
    (one,) = found
    assert (one.root, one.name) == ("RU", "Russian Federation")
    assert [party.key for party in one.named] == ["RU", "RU/GRU"]


def test_a_group_and_a_state_accused_together_stand_in_two() -> None:
    found = quay.grouped("APT28 hacked the port.", "Russia hacked the port.")
    assert {one.root for one in found} == {"G0007", "RU"}


def test_deeds_are_apart_and_named_ones_come_first() -> None:
    found = outline(
        (
            "Russia is behind the exploitation of Harbour Gate servers.",
            "Russia compromised servers of Harbour Gate.",
            "Russian hackers attacked the ministry.",
        )
    )
    assert found == [("RU", "Harbour Gate", 2, 0, 0), ("RU", "", 1, 0, 0)]


def test_an_answer_without_a_deed_answers_all_and_is_listed_once() -> None:
    found = quay.grouped(
        "Russia is behind the exploitation of Harbour Gate servers.",
        "Russia compromised servers of Harbour Gate.",
        "Russian hackers attacked the ministry.",
        "Russia was not involved in the hack.",
        sources=("Estonia", "Estonia", "Estonia", "Russia"),
    )
    gate, rest = found
    assert [len(gate.answers), len(rest.answers)] == [1, 1]
    denied = gate.answers[0].id
    assert [denied in {each.id for each in one.listed} for one in found] == [False, True]


def test_an_answer_that_names_a_deed_answers_that_alone() -> None:
    gate, rest = quay.grouped(
        "Russia is behind the exploitation of Harbour Gate servers.",
        "Russia compromised servers of Harbour Gate.",
        "Russian hackers attacked the ministry.",
        "Russia was not involved in the hack of Harbour Gate.",
        sources=("Estonia", "Estonia", "Estonia", "Russia"),
    )
    assert [len(gate.answers), len(rest.answers)] == [1, 0]


def test_demands_alone_make_a_proposition_that_nobody_asserts() -> None:
    assert outline(("Estonia calls on Russia to stop its malicious cyber activities.",)) == [
        ("RU", "", 0, 0, 1)
    ]


def test_the_party_that_most_documents_blame_comes_first_nobody_last() -> None:
    texts = ("Iran hacked the port.", "Russia hacked the port.", "Russia hacked the quay.")
    assert [row[0] for row in outline(texts)] == ["RU", "IR"]
    files = [document(text, "Estonia", name=text) for text in ("one", "two")]
    unknown = [claim(file, [ESTONIA]) for file in files]
    nobody = [replace(each, accused=()) for each in unknown]
    known = claim(document("three", "Estonia"), [ESTONIA])
    assert [one.root for one in propositions([*nobody, known])] == ["RU", ""]


def test_ids_hang_on_party_and_deed_alone() -> None:
    one, two = (quay.grouped(text)[0] for text in ("Russia hacked the port.", "The GRU hacked a ship."))
    assert one.id == two.id
    assert one.id != quay.grouped("Iran hacked the port.")[0].id


def test_degrees_are_counted_the_commonest_first() -> None:
    (one,) = quay.grouped(
        "Russian state-sponsored actors compromised the mail servers.",
        "Russian state-sponsored actors compromised the computer networks.",
        "The cyber attacks were launched from the territory of Russia.",
    )
    assert degrees_told(one.blames) == {"backed": 2, "from": 1}


@pytest.mark.parametrize("stance", list(Stance))
def test_every_stance_has_one_place(stance: Stance) -> None:
    assert (stance in BLAMING) + (stance in ANSWERING) <= 1


@st.composite
def any_claims(draw: st.DrawFn) -> list[Claim]:
    """Claims of two documents, every field free."""
    found = [draw(documents()), draw(documents())]
    return [draw(claims_of(draw(st.sampled_from(found)))) for _ in range(draw(st.integers(0, 6)))]


@given(any_claims())
def test_every_claim_stands_with_each_party_it_is_about(claims: list[Claim]) -> None:
    found = propositions(claims)
    for each in claims:
        roots = {party.root for party in each.accused} or {""}
        listed = [one.root for one in found if each.id in {other.id for other in one.listed}]
        assert sorted(listed) == sorted(roots)


@given(any_claims(), st.randoms())
def test_the_order_of_claims_changes_no_proposition(claims: list[Claim], chance: object) -> None:
    shuffled = list(claims)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (
        {one.id: {each.id for each in one.listed} for one in propositions(rows)}
        for rows in (claims, shuffled)
    )
    assert first == second
