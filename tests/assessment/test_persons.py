"""No figure is ever given about a person: a name that only a text knows is quoted, and never weighed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment import quay
from tests.renderers.test_terminal_claims import printed
from weigh.assessment.claim_rows import PropositionRow, StatementsRow
from weigh.assessment.crediting import Credit, credited
from weigh.assessment.document import Assessment
from weigh.assessment.evidence_alone import is_listed
from weigh.assessment.statements import NO_FIGURE
from weigh.case.claim_judgements import checked
from weigh.evidence.countries import states
from weigh.records import Judgement, Party, Verdict
from weigh.renderers import terminal_ladder

CHARGED = (
    "A federal grand jury charged Petr Vasko and Ana Lume, members of Slate Heron, with hacking "
    "Harbour Gate.\n\n"
    "The Justice Department accused Petr Vasko of hacking Harbour Gate.\n\n"
    "Petr Vasko worked for Russia.\n"
)
AGAIN = (
    "Prosecutors say that Petr Vasko carried out the cyber attack on Harbour Gate.\n\n"
    "Petr Vasko denied hacking Harbour Gate.\n"
)
PEOPLE = frozenset({"Petr Vasko", "Ana Lume"})


@cache
def assessed() -> Assessment:
    """Two documents that charge people by name, an accusation of a state, and traces that fit a group."""
    return quay.weighed(
        (
            quay.document(CHARGED, "", name="indictment.txt"),
            quay.document(AGAIN, "", name="court.txt"),
            *quay.side(),
        )
    )


def rows() -> StatementsRow:
    """The claims of all that."""
    return quay.stated(assessed())


def about_people() -> Sequence[PropositionRow]:
    """The propositions about people."""
    return [row for row in rows().propositions if row.root in PEOPLE]


def test_the_accusation_of_a_person_is_kept_as_a_claim() -> None:
    accused = {party.name for claim in rows().claims for party in claim.claim.accused}
    assert accused >= PEOPLE
    assert {row.root for row in about_people()} == PEOPLE


def test_no_ladder_and_no_figure_is_given_about_a_person() -> None:
    for row in about_people():
        assert row.rungs == ()
        assert row.actors == ()
        assert row.reach == NO_FIGURE
        assert row.defence is not None
        assert row.defence.positives == ()
        assert row.defence.items == ()


def test_the_answer_of_a_person_is_still_counted() -> None:
    answered = [row for row in about_people() if len(row.answers) > 0]
    assert [row.root for row in answered] == ["Petr Vasko"]
    defence = answered[0].defence
    assert defence is not None
    assert sum(number for _, number in defence.bases) == len(answered[0].answers)


def test_a_person_is_no_hypothesis_and_bears_no_verdict() -> None:
    names = {row.name for row in assessed().hypotheses} | {row.id for row in assessed().hypotheses}
    assert names.isdisjoint(PEOPLE)
    own = {row.id for row in about_people()}
    alone = [
        claim for claim in rows().claims if len(claim.propositions) > 0 and own >= set(claim.propositions)
    ]
    assert len(alone) > 0
    assert {claim.verdict for claim in alone} == {""}


def test_no_rung_of_anybody_names_a_person() -> None:
    for row in rows().propositions:
        for rung in row.rungs:
            assert not any(name in rung.asserted or name in rung.sentence for name in PEOPLE)


def test_states_and_groups_beside_people_keep_their_ladder() -> None:
    weighed = {row.root for row in rows().propositions if len(row.rungs) > 0}
    assert "RU" in weighed
    assert weighed.isdisjoint(PEOPLE)


@pytest.mark.parametrize("rates", [(0.99, 0.01), (0.01, 0.99), (0.5, 0.5)])
def test_crediting_a_source_gives_no_figure_about_a_person(rates: tuple[float, float]) -> None:
    changed = credited(rows(), [Credit("anybody", *rates)], lambda claim, name: True)
    assert "RU" in {row.root for row in rows().propositions if row.id in changed}
    assert set(changed).isdisjoint(row.id for row in about_people())


def test_the_terminal_says_why_there_is_no_ladder() -> None:
    one = rows()
    shown = " ".join(printed(terminal_ladder.against(one, lambda name: name, {}, everything=True)).split())
    for row in about_people():
        at = shown.index(row.name)
        assert NO_FIGURE in shown[at:]
    block = shown[shown.index("Petr Vasko") :].partition(NO_FIGURE)[0]
    assert "%" not in block


def test_a_person_whom_a_user_accuses_gets_no_figure_either() -> None:
    target = quay.claims_of(quay.told(quay.side()), "attribute")[0]
    value = checked("accused=Petr Vasko", lambda name: Party(name, name))
    made = Judgement(target.id, Verdict.CORRECT, "A", "2026-11-23T00:00:00Z", value=value)
    found = quay.stated(quay.weighed(quay.side(), judgements=[made]))
    (row,) = [each for each in found.propositions if each.root == "Petr Vasko"]
    assert (row.rungs, row.reach) == ((), NO_FIGURE)


@given(
    first=st.sampled_from(["Ivan", "Wei", "John", "Amina", "Olu"]),
    last=st.sampled_from(["Petrov", "Lume", "Okafor", "Sandoval", "Kim"]),
    verb=st.sampled_from(["charged", "accused"]),
)
@settings(max_examples=25, deadline=None)
def test_whatever_the_person_is_called_no_figure_is_given(first: str, last: str, verb: str) -> None:
    name = f"{first} {last}"
    tail = "with hacking" if verb == "charged" else "of hacking"
    texts = [f"The Justice Department {verb} {name} {tail} Harbour Gate ({number})." for number in range(2)]
    files = [quay.document(text, "Estonia", name=f"{place}.txt") for place, text in enumerate(texts)]
    found = quay.stated(quay.weighed([*files, quay.document(quay.TRACES, "Oakline")]))
    for row in found.propositions:
        if row.root not in states():
            assert row.rungs == ()
    assert not any(name in rung.asserted for row in found.propositions for rung in row.rungs)


@pytest.mark.parametrize("root", ["RU", "CN", "US", "IR", "KP", "EE", "LV", "NATO"])
def test_states_and_alliances_are_listed(root: str) -> None:
    assert is_listed(root)


@pytest.mark.parametrize("root", ["Petr Vasko", "", "XX", "G0032", "ru", "Slate Heron"])
def test_anything_else_is_known_from_texts_alone(root: str) -> None:
    assert not is_listed(root)


@given(root=st.text(max_size=12), others=st.sets(st.text(max_size=12), max_size=3))
def test_an_actor_of_the_knowledge_is_listed_and_nothing_is_unlisted_by_more_actors(
    root: str, others: set[str]
) -> None:
    assert is_listed(root, {root})
    if is_listed(root):
        assert is_listed(root, others)
    elif root not in others:
        assert not is_listed(root, others)
