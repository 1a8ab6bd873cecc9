"""Crediting a source: stated rates, one origin once, both results side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assessment import quay
from weigh.assessment.claim_rows import ChainsRow, ClaimRow, PropositionRow, StatementsRow
from weigh.assessment.crediting import Credit, CreditRow, credited, is_by, parsed
from weigh.assessment.repeating import OriginStepRow
from weigh.errors import UsageError
from weigh.inference.repetition import posterior, repeated_weight, repetition_weight
from weigh.knowledge.naming import name_key
from weigh.records import Party


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("NATO=0.8,0.2", Credit("NATO", 0.8, 0.2)),
        (" Port CERT =.75,.25", Credit("Port CERT", 0.75, 0.25)),
        ("A=B=0.5,0.5", Credit("A=B", 0.5, 0.5)),
    ],
)
def test_a_credit_is_a_source_and_two_rates(text: str, credit: Credit) -> None:
    assert parsed(text) == credit


@pytest.mark.parametrize(
    "text", ["NATO", "NATO=", "NATO=0.8", "NATO=a,b", "=0.8,0.2", "NATO=1,0.2", "NATO=0.8,0", "N=.1,.2,.3"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="credits nobody") as error:
        parsed(text)
    assert "NATO=0.8,0.2" in error.value.remedy
    assert error.value.place == "--credit"


BASE = quay.stated(quay.weighed(quay.side()))
RUSSIA = quay.proposition(BASE, "RU")


def chain(*copying: float, linked: bool = True) -> StatementsRow:
    """One proposition that as many documents state, each after the first a copy of it; prior .2."""
    claim = next(row for row in BASE.claims if row.id == RUSSIA.blames[0])
    names = [f"doc{place}" for place in range(len(copying) + 1)]
    steps = tuple(
        OriginStepRow(
            name,
            names[0] if place > 0 and linked else "",
            copying[place - 1] if place > 0 and linked else 0.0,
            names[0],
        )
        for place, name in enumerate(names)
    )
    claims = tuple(
        replace(claim, id=f"clm-{name}", claim=replace(claim.claim, document=name)) for name in names
    )
    rungs = tuple(replace(row, probability=0.2) if row.rung == "sponsor" else row for row in RUSSIA.rungs)
    chains = ChainsRow(len(names), len(names), 1, 1.0, steps, (), (), ())
    row = replace(RUSSIA, blames=tuple(one.id for one in claims), answers=(), chains=chains, rungs=rungs)
    return replace(BASE, claims=claims, propositions=(row,))


def everybody(claim: ClaimRow, name: str) -> bool:
    """Every claim is of whoever is credited."""
    return True


def credit_of(rows: StatementsRow, *given: Credit) -> CreditRow:
    """What a credit changes in the first proposition."""
    return credited(rows, given or (Credit("X", 0.75, 0.25),), everybody)[rows.propositions[0].id][0]


@pytest.mark.parametrize(("copying", "ratio"), [(0.0, 59049.0), (0.5, 61.98), (0.9, 4.818), (1.0, 3.0)])
def test_ten_statements_weigh_what_the_design_says(copying: float, ratio: float) -> None:
    found = credit_of(chain(*[copying] * 9))
    assert found.ratio == pytest.approx(ratio, rel=1e-3)
    assert found.ratio == pytest.approx(repeated_weight(10, copying), rel=1e-9)
    assert found.documents == 10


def test_one_source_and_ten_echoes_are_the_same_to_nine_digits() -> None:
    one, ten = credit_of(chain()), credit_of(chain(*[1.0] * 9))
    assert one.after == pytest.approx(0.4286, abs=1e-4)
    assert ten.after == pytest.approx(one.after, abs=1e-9)
    assert credit_of(chain(*[0.9] * 9)).after == pytest.approx(0.5464, abs=1e-4)


def test_documents_that_nothing_links_copy_with_even_chance() -> None:
    found = credit_of(chain(0.0, linked=False))
    assert found.ratio == pytest.approx(3.0 * repetition_weight(0.5), rel=1e-9)


def test_both_results_stand_side_by_side() -> None:
    found = credit_of(chain())
    assert (found.before, found.rung) == (0.2, "sponsor")
    assert found.after == pytest.approx(posterior(0.2, 3.0))
    assert "20 % without, 43 % with" in found.sentence


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.lists(st.floats(0, 1), max_size=5))
def test_a_source_that_errs_as_often_as_not_changes_nothing(
    hit: float, other: float, copying: list[float]
) -> None:
    same = credit_of(chain(*copying), Credit("X", hit, hit))
    assert same.after == pytest.approx(0.2, abs=1e-9)
    better = credit_of(chain(*copying), Credit("X", max(hit, other), min(hit, other)))
    assert better.after >= 0.2 - 1e-9


@given(st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_who_copies_adds_less_than_who_does_not(copying: list[float]) -> None:
    assert credit_of(chain(*copying)).ratio <= credit_of(chain(*[0.0] * len(copying))).ratio + 1e-6
    assert credit_of(chain(*copying)).ratio >= 3.0 - 1e-9


def test_a_denial_that_is_credited_counts_once_and_lowers() -> None:
    rows = BASE
    credit = Credit("Russia", 0.8, 0.2)

    def by(claim: ClaimRow, name: str) -> bool:
        return is_by(claim, Party("RU", "Russian Federation"), name_key)

    found = credited(rows, [credit], by)[RUSSIA.id][0]
    assert (found.documents, found.denials) == (0, 1)
    assert found.ratio == pytest.approx(0.2 / 0.8)
    assert found.after < found.before


def test_nobody_is_credited_where_nothing_is_stated_or_no_figure_is() -> None:
    assert credited(BASE, [Credit("X", 0.8, 0.2)], lambda claim, name: False) == {}
    bare = replace(BASE, propositions=tuple(replace(row, rungs=()) for row in BASE.propositions))
    assert credited(bare, [Credit("X", 0.8, 0.2)], everybody) == {}


def test_the_assessment_stays_as_it_is() -> None:
    before = repr(BASE)
    credited(BASE, [Credit("Estonia", 0.9, 0.1)], everybody)
    assert repr(BASE) == before


@pytest.mark.parametrize(
    ("party", "mine"),
    [
        (Party("EE", "Estonia"), True),
        (Party("Estonian", "estonia"), True),
        (Party("LV", "Latvia"), False),
        (Party("RU", "Russian Federation"), False),
    ],
)
def test_a_claim_is_by_whoever_speaks_or_reports_it(party: Party, mine: bool) -> None:
    claim = next(row for row in BASE.claims if row.speaker == "Estonia")
    assert is_by(claim, party, name_key) == mine


def test_an_unsigned_document_goes_by_its_own_name() -> None:
    text = quay.document("Iran hacked the ministry.", "", name="port-note.txt")
    (claim,) = quay.told([text]).claims
    assert is_by(claim, Party("port-note", "port-note"), name_key)
    assert not is_by(claim, Party("other", "other"), name_key)


def test_rows_of_the_small_world_have_a_figure_to_start_from() -> None:
    rows: PropositionRow = RUSSIA
    assert quay.rung(rows, "sponsor").probability is not None


def test_without_evidence_credit_starts_from_what_stood_before() -> None:
    rows = quay.stated(quay.weighed([quay.side()[0]]))
    sponsor = quay.rung(quay.proposition(rows, "RU"), "sponsor")
    (found,) = credited(rows, [Credit("Estonia", 0.75, 0.25)], everybody)[quay.proposition(rows, "RU").id]
    assert found.before == sponsor.prior
    assert found.after > found.before
