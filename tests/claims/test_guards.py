"""What takes a claim back, who turns the tables, and what a text beside a claim may not change."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, read, reader, short
from weigh.records import Stance

BLAME = (
    "Iran hacked the ministry",
    "Iranian hackers compromised the bank's network",
    "APT28 breached the parliament's servers",
    "hackers linked to Iran launched a cyber attack on the port",
    "contractors working for the GRU exploited the vulnerability",
    "the ransomware attack was carried out by North Korea",
)
TAKEN_BACK = (
    "It is not known whether {claim}.",
    "Nobody has shown that {claim}.",
    "It is unclear if {claim}.",
    "If {claim}, the consequences are unclear to everyone.",
    "Would it matter whether {claim}?",
    "Did anyone ask whether {claim}?",
    "It could be that {claim}.",
    "It might be that {claim}.",
)
ASSERTING = {Stance.ACCUSE, Stance.ATTRIBUTE, Stance.COUNTER_ACCUSE}
DENIALS = (
    "We reject the accusation that {claim}.",
    "We deny the allegation that {claim}.",
    "The claim that {claim} is a lie.",
    "The groundless allegation that {claim} helps nobody.",
    "There is no evidence that {claim}.",
)
ASIDE = (
    "The weather in the capital was fine.",
    "Trade in fruit rose by two per cent last year.",
    "The museum opens at nine.",
)


@pytest.mark.parametrize("claim", BLAME)
def test_the_bare_sentence_is_a_claim(claim: str) -> None:
    found = read(f"{claim[0].upper()}{claim[1:]}.", "Canada")
    assert [one.stance for one in found][:1] != []
    assert {one.stance for one in found} <= ASSERTING


@pytest.mark.parametrize("frame", TAKEN_BACK)
@pytest.mark.parametrize("claim", BLAME)
def test_negation_condition_and_question_take_it_back(claim: str, frame: str) -> None:
    assert [one for one in read(frame.format(claim=claim), "Canada") if one.stance in ASSERTING] == []


@pytest.mark.parametrize("frame", DENIALS)
@pytest.mark.parametrize("claim", [claim for claim in BLAME if "Iran" in claim])
def test_a_denial_that_repeats_the_claim_is_no_claim_by_the_denier(claim: str, frame: str) -> None:
    found = read(frame.format(claim=claim), "Ministry of Foreign Affairs of Iran")
    assert Stance.DENY in {one.stance for one in found}
    by_iran = [one for one in found if any(party.root == "IR" for party in one.speakers)]
    assert [one for one in by_iran if one.stance in ASSERTING] == []


@given(st.sampled_from(BLAME), st.lists(st.sampled_from(ASIDE), max_size=3), st.booleans())
def test_what_stands_beside_a_claim_changes_nothing_of_it(claim: str, aside: list[str], first: bool) -> None:
    sentence = f"Today {claim}."
    alone = [short(one) for one in read(sentence, "Canada")]
    together = [sentence, *aside] if first else [*aside, sentence]
    assert [short(one) for one in read("\n\n".join(together), "Canada")] == alone


@given(st.sampled_from(BLAME), st.integers(2, 5))
def test_a_claim_that_is_repeated_is_read_as_often(claim: str, times: int) -> None:
    sentence = f"Today {claim}."
    once = [short(one) for one in read(sentence, "Canada")]
    text = "\n\n".join([sentence] * times)
    found = read(text, "Canada")
    assert [short(one) for one in found] == once * times
    assert len({one.id for one in found}) == len(found)


@pytest.mark.parametrize("outlet", ["Reuters", "BBC", "Le Monde"])
@pytest.mark.parametrize("claim", BLAME)
def test_an_outlet_passes_on_what_a_state_says(claim: str, outlet: str) -> None:
    own = read(f"Today {claim}.", "Canada")
    told = read(f"Canada said that {claim}.", outlet)
    assert [[party.root for party in one.speakers] for one in told] == [["CA"]] * len(own)
    assert [[party.key for party in one.reported_by] for one in told] == [[outlet]] * len(own)
    assert [one.accused for one in told] == [one.accused for one in own]


def test_blame_before_any_denial_is_no_counter_accusation() -> None:
    blame, denial = (
        "The United States launched cyber attacks. ",
        "We reject the groundless accusations of hacking. ",
    )
    assert [one.stance for one in read(blame + denial, "Iran")] == [Stance.ATTRIBUTE, Stance.DENY]
    assert [one.stance for one in read(denial + blame, "Iran")] == [Stance.DENY, Stance.COUNTER_ACCUSE]


def test_whoever_is_blamed_first_and_blames_back_counter_accuses() -> None:
    text = "The United States accused Iran of hacking. Iran accused the United States of cyber attacks."
    assert [short(one) for one in read(text, "Reuters")] == [
        "US<Reuters accuse IR by",
        "IR<Reuters counter-accuse US by",
    ]


def test_those_who_only_join_in_are_not_turned_by_the_answer() -> None:
    text = (
        "The United States accused Iran of hacking. Iran accused NATO of cyber attacks. "
        "NATO accused Iran of hacking its servers."
    )
    assert [one.stance for one in read(text, "Reuters")] == [
        Stance.ACCUSE,
        Stance.COUNTER_ACCUSE,
        Stance.ACCUSE,
    ]


CANADA = [
    "CA/GAC attribute CN backed",
    "CA/GAC attribute ?",
    "CA/GAC attribute CN/MSS by",
    "CA/GAC attribute ?",
    "CA/GAC attribute CN,G0065 from",
    "CA/GAC accuse CN,G0065 by",
    "CA/GAC attribute G0065,CN/MSS by",
    "CA/GAC attribute G0065 by",
    "CA/GAC threaten G0065",
    "CA/GAC urge CN",
]


def test_a_real_statement_is_read_claim_by_claim(shared: Path) -> None:
    text = (shared / "corpus" / "statements" / "ca-gac-20210719-exchange.txt").read_text("utf-8")
    found = reader().read(document(text, "Global Affairs Canada")).claims
    assert [short(one) for one in found] == CANADA


def test_hedges_of_a_real_statement_are_quoted_with_their_scale(shared: Path) -> None:
    text = (shared / "corpus" / "statements" / "ca-gac-20210719-exchange.txt").read_text("utf-8")
    found = reader().read(document(text, "Global Affairs Canada")).claims
    hedged = [(one.likelihood.words, one.icd203, one.phia) for one in found if one.likelihood is not None]
    assert hedged == [
        ("highly likely", "", "highly likely"),
        ("are believed to", "", ""),
        ("almost certainly", "almost certain", "almost certain"),
    ]
    assert [one.confidence.words for one in found if one.confidence is not None] == ["is confident"]


@pytest.mark.parametrize("name", ["statements", "news", "editorials", "advisories"])
def test_every_real_document_is_read_with_spans_that_hold(shared: Path, name: str) -> None:
    for path in sorted((shared / "corpus" / name).glob("*.txt")):
        text = path.read_text("utf-8")
        found = reader().read(document(text, "Reuters")).claims
        assert all(one.span.of(text) == one.original for one in found)
        assert len({one.id for one in found}) == len(found)
