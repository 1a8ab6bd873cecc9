"""Judgements on claims: kept in the journal, laid over what is read, taken back, never erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, reader
from tests.strategies import claims_of, documents
from weigh.case.claim_judgements import (
    COUNTED,
    FIELDS,
    Correction,
    checked,
    claim_of,
    corrected,
    is_claim,
    review_claims,
)
from weigh.case.store import CaseStore
from weigh.claims import party
from weigh.errors import CaseError, UsageError
from weigh.records import Basis, Claim, Degree, Judgement, Party, Stance, Verdict

NOTE = document("Iran hacked the ministry of Chile.", "Chile")
(CLAIM,) = reader().read(NOTE).claims


def known(name: str) -> Party:
    """Whom a name means, the name itself where nobody."""
    return party(name, reader()) or Party(name, name)


def judged(verdict: Verdict, value: str = "", *, author: str = "R. Vance", on: str = CLAIM.id) -> Judgement:
    """A decision on the claim."""
    return Judgement(on, verdict, author, "2021-07-21T00:00:00Z", "read by hand", value)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("degree=linked", "degree=linked"),
        (" Stance = deny ", "stance=deny"),
        ("basis=shown", "basis=shown"),
        ("said=2021-07", "said=2021-07"),
        ("speaker=NATO", "speaker=NATO [NATO]"),
        ("accused=MSS; Iran", "accused=Ministry of State Security [CN/MSS]; Iran [IR]"),
        ("accused=Nobody Known", "accused=Nobody Known [Nobody Known]"),
        ("accused=", "accused="),
    ],
)
def test_a_correction_is_kept_in_the_program_s_own_words(value: str, kept: str) -> None:
    assert checked(value, known) == kept
    assert isinstance(corrected(CLAIM, kept), Claim)


@pytest.mark.parametrize(
    "value", ["", "linked", "colour=red", "degree=very", "stance=maybe", "basis=god", "said=yesterday"]
)
def test_what_no_claim_has_is_refused(value: str) -> None:
    with pytest.raises(UsageError) as error:
        checked(value, known)
    assert error.value.remedy != ""


@pytest.mark.parametrize(
    ("value", "changed"),
    [
        ("stance=deny", {"stance": Stance.DENY}),
        ("degree=from", {"degree": Degree.FROM}),
        ("basis=another", {"basis": Basis.ANOTHER}),
        ("said=2020", {"said": "2020"}),
        ("speaker=NATO [NATO]", {"speakers": (Party("NATO", "NATO"),)}),
        ("accused=A [X/Y]; B", {"accused": (Party("X/Y", "A"), Party("B", "B"))}),
        ("accused=", {"accused": ()}),
    ],
)
def test_one_field_changes_and_no_other(value: str, changed: dict[str, object]) -> None:
    assert corrected(CLAIM, value) == replace(CLAIM, **changed)  # type: ignore[arg-type]


def test_every_field_can_be_corrected() -> None:
    assert {row.partition("=")[0] for row in ("stance=deny", "degree=by", "basis=none")} <= set(FIELDS)


@pytest.mark.parametrize(("prefix", "mine"), [("clm-1", True), ("obs-1", False), ("1f", False), ("", False)])
def test_claims_are_told_from_observations(prefix: str, mine: bool) -> None:
    assert is_claim(prefix) == mine


def test_corrections_of_several_fields_hold_together_and_the_latest_of_one_wins() -> None:
    decisions = [
        judged(Verdict.CORRECT, "degree=linked", author="A"),
        judged(Verdict.CORRECT, "stance=accuse", author="B"),
        judged(Verdict.CORRECT, "degree=from", author="C"),
    ]
    (found,) = review_claims([CLAIM], decisions, [CLAIM])
    assert (found.now.degree, found.now.stance, found.now.probability) == (Degree.FROM, Stance.ACCUSE, 1.0)
    assert [(each.field, each.value, each.author) for each in found.corrections] == [
        ("degree", "from", "C"),
        ("stance", "accuse", "B"),
    ]
    assert isinstance(found.corrections[0], Correction)
    assert found.read is CLAIM


def test_a_rejection_is_undone_and_what_was_before_holds_again() -> None:
    decisions = [judged(Verdict.CORRECT, "degree=linked"), judged(Verdict.REJECT)]
    (rejected,) = review_claims([CLAIM], decisions, [CLAIM])
    assert not rejected.counted
    (back,) = review_claims([CLAIM], [*decisions, judged(Verdict.WITHDRAW)], [CLAIM])
    assert (back.counted, back.now.degree) == (True, Degree.LINKED)
    taken = [*decisions, judged(Verdict.WITHDRAW), judged(Verdict.WITHDRAW)]
    assert review_claims([CLAIM], taken, [CLAIM])[0].now is CLAIM


def test_a_decision_follows_a_claim_whose_speaker_became_known() -> None:
    unsigned = replace(NOTE, source=None)
    (before,) = reader().read(unsigned).claims
    assert before.id != CLAIM.id
    (found,) = review_claims([CLAIM], [judged(Verdict.REJECT, on=before.id)], [before])
    assert not found.counted
    assert claim_of(before.id, [CLAIM], [before], "x.weigh") == before
    assert claim_of(CLAIM.id[:9], [CLAIM], [before], "x.weigh") == before


@pytest.mark.parametrize(("prefix", "problem"), [("clm-zz", "has no claim"), ("clm-", "2 claims begin with")])
def test_ids_that_name_none_or_several_are_refused(prefix: str, problem: str) -> None:
    other = replace(CLAIM, stance=Stance.DENY)
    with pytest.raises(CaseError, match=problem) as error:
        claim_of(prefix, [CLAIM, other], [], "x.weigh")
    assert error.value.place == "x.weigh"


@st.composite
def decided(draw: st.DrawFn) -> tuple[list[Claim], list[Judgement]]:
    """Claims of a document and decisions on some of them."""
    file = draw(documents())
    claims = list({each.id: each for each in draw(st.lists(claims_of(file), max_size=4))}.values())
    verdicts = st.sampled_from((Verdict.ACCEPT, Verdict.REJECT, Verdict.CORRECT, Verdict.WITHDRAW))
    made: list[Judgement] = []
    for _ in range(draw(st.integers(0, 5)) if claims else 0):
        verdict = draw(verdicts)
        value = draw(st.sampled_from(("degree=by", "said=2020", "accused=A [A]")))
        made.append(
            judged(
                verdict,
                value if verdict is Verdict.CORRECT else "",
                on=draw(st.sampled_from(claims)).id,
            )
        )
    return claims, made


@given(decided())
def test_nothing_is_lost_and_withdrawing_everything_leaves_what_was_read(
    case: tuple[list[Claim], list[Judgement]],
) -> None:
    claims, made = case
    found = review_claims(claims, made, claims)
    assert [one.read for one in found] == claims
    taken = [judged(Verdict.WITHDRAW, on=each.observation) for each in made]
    for one in review_claims(claims, [*made, *taken], claims):
        assert one.now is one.read
        assert one.counted == (one.read.probability >= COUNTED)


def stored(path: Path) -> CaseStore:
    """A case that holds the note."""
    store = CaseStore.open(path)
    store.add(NOTE, (), "test")
    return store


def test_the_case_keeps_a_judged_claim_once_and_the_journal_every_decision(tmp_path: Path) -> None:
    path = tmp_path / "harbour.weigh"
    with stored(path) as store:
        store.judge(judged(Verdict.REJECT), CLAIM)
        store.judge(judged(Verdict.CORRECT, "degree=linked"), CLAIM)
        store.judge(judged(Verdict.WITHDRAW), CLAIM)
    with CaseStore.open(path, read_only=True) as store:
        assert store.judged_claims() == (CLAIM,)
        assert [each.verdict for each in store.judgements()] == [
            Verdict.REJECT,
            Verdict.CORRECT,
            Verdict.WITHDRAW,
        ]


def _refusals() -> Sequence[tuple[Judgement, Claim | None, type[Exception]]]:
    elsewhere = replace(CLAIM, document="0" * 64)
    return (
        (judged(Verdict.CORRECT), CLAIM, UsageError),
        (judged(Verdict.WITHDRAW), CLAIM, CaseError),
        (judged(Verdict.REJECT), None, CaseError),
        (judged(Verdict.REJECT, on=elsewhere.id), elsewhere, CaseError),
        (judged(Verdict.REJECT, on="clm-other"), CLAIM, CaseError),
    )


@pytest.mark.parametrize(("judgement", "claim", "error"), _refusals())
def test_what_cannot_be_decided_changes_nothing(
    judgement: Judgement, claim: Claim | None, error: type[Exception], tmp_path: Path
) -> None:
    with stored(tmp_path / "harbour.weigh") as store:
        with pytest.raises(error):
            store.judge(judgement, claim)
        assert (store.judgements(), store.judged_claims()) == ((), ())
