"""Sentences of advice, and what an id in one is named for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.advice import advises, advises_on, asks

ORDERS = ["Apply the patch now.", "Ensure that logs are kept.", "Update: apply the patch to all servers."]
ACCOUNTS = [
    "Report: the actors used a stolen key.",
    "Update: the actors came back in June.",
    "Limit order fraud was done with a stolen key.",
    "Review boards of four clinics were sent letters.",
    "Follow-on activity of theirs was seen in June.",
    "As we can see, the actors used a stolen key.",
]


@pytest.mark.parametrize("sentence", ORDERS)
def test_orders_are_advice(sentence: str) -> None:
    assert advises(sentence)


@pytest.mark.parametrize("sentence", ACCOUNTS)
def test_a_label_or_a_noun_that_begins_like_an_order_is_none(sentence: str) -> None:
    assert not advises(sentence)


@pytest.mark.parametrize(
    ("sentence", "advice"),
    [
        ("Organizations should look for T1055.", True),
        ("T1055 should be looked for, and organizations should log it.", True),
        ("The crew used T1055, so organizations should look for it.", False),
        ("Disable macros to stop T1055.", True),
        ("Disable security tools [T1055]", False),
        ("Disable or Modify Tools T1055", False),
        ("Restrict remote tools (T1055) to one host.", True),
        ("What came next: disable macros because of T1055.", True),
        ("Disable macros: the crew used T1055.", False),
        ("Use a second factor [M1032] against T1055.", True),
        ("Users should be aware that the crew used T1055.", False),
    ],
)
def test_an_id_is_judged_in_its_own_clause(sentence: str, advice: bool) -> None:
    assert advises_on(sentence, sentence.index("T1055")) is advice


def test_asking_takes_an_order_that_no_list_of_a_programs_work_has() -> None:
    assert asks("Require a second factor for all users.")
    assert asks("Organizations should keep copies.")
    assert not asks("Monitor the clipboard for the addresses of wallets.")
    assert not asks("The actors used a stolen key.")


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_sentence_is_judged(before: str, after: str) -> None:
    sentence = f"{before}T1055{after}"
    assert advises_on(sentence, len(before)) in {True, False}
    assert not asks(sentence) or advises(sentence)
