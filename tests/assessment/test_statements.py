"""Claims beside an assessment: they change nothing in it, and every row leads to words and to origins."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment import harbour, quay
from tests.strategies import claims_of, documents
from weigh.assessment.claim_rows import RUNGS, VERDICTS, StatementsRow
from weigh.assessment.statements import NOT_NAMED, Said, statements
from weigh.case.claim_judgements import ReviewedClaim, review_claims
from weigh.records import Document, Judgement, Verdict


def test_claims_change_nothing_else_in_an_assessment() -> None:
    plain, told = quay.weighed(quay.side(), claims=False), quay.weighed(quay.side())
    assert plain.statements is None
    assert len(quay.stated(told).claims) == 7
    assert msgspec.json.encode(replace(told, statements=None)) == msgspec.json.encode(plain)


@st.composite
def accusations(draw: st.DrawFn) -> list[Document]:
    """Documents that accuse and deny, whom and whoever they like; none reports a trace."""
    who = st.sampled_from(("Estonia", "Latvia", "Russia", "Iran", "United States", "APT28"))
    form = st.sampled_from(
        ("{} hacked the port of {}.", "{} denies that it hacked {}.", "{} attributes the cyber attack to {}.")
    )
    texts = [draw(form).format(draw(who), draw(who)) for _ in range(draw(st.integers(1, 4)))]
    return [quay.document(text, draw(who), name=f"{place}.txt") for place, text in enumerate(texts)]


@settings(max_examples=30)
@given(accusations())
def test_no_accusation_raises_or_lowers_a_probability(more: list[Document]) -> None:
    traces = quay.document(quay.TRACES, "Oakline")
    before, after = quay.weighed([traces]), quay.weighed([traces, *more])
    for old, new in zip(before.hypotheses, after.hypotheses, strict=True):
        assert old.id == new.id
        assert abs(old.probability - new.probability) <= 1e-12
    for had, has in zip(before.sponsors, after.sponsors, strict=True):
        assert abs(had.probability - has.probability) <= 1e-12


@settings(max_examples=30)
@given(accusations(), st.integers(2, 4))
def test_saying_it_more_often_moves_no_rung(more: list[Document], times: int) -> None:
    traces = quay.document(quay.TRACES, "Oakline")
    base = quay.document("Estonia attributes the cyber attack on the port to Russia.", "Estonia")
    again = [
        quay.document(f"{base.text} Statement {place}.", "Estonia", name=f"again-{place}.txt")
        for place in range(times)
    ]
    one, many = (quay.stated(quay.weighed([traces, base, *each])) for each in ([], again))
    for first, second in zip(
        quay.proposition(one, "RU").rungs, quay.proposition(many, "RU").rungs, strict=True
    ):
        assert (first.verdict, first.probability) == (second.verdict, second.probability)


def test_the_order_of_documents_changes_nothing() -> None:
    assert quay.stated(quay.weighed(quay.side())) == quay.stated(quay.weighed(reversed(quay.side())))


def test_a_document_twice_changes_nothing() -> None:
    first = quay.told(quay.side())
    assert quay.told([*quay.side(), quay.side()[0]]).propositions == first.propositions


def test_who_speaks_when_and_where_is_said_of_every_claim() -> None:
    found = quay.told(quay.side())
    assert {claim.speaker for claim in found.claims} == {"Estonia", "Latvia", "Russian Federation"}
    assert {claim.said for claim in found.claims} == {"2021-07-19", "2021-07-20"}
    assert {claim.dated for claim in found.claims} == {"stated"}
    assert found.unsourced == ()


def test_where_nobody_is_named_the_document_is() -> None:
    unsigned = quay.document("Iran hacked the ministry.", "", date="", name="note-20210719.txt")
    (claim,) = quay.told([unsigned]).claims
    assert claim.speaker == "in note-20210719.txt"
    assert (claim.said, claim.dated) == ("2021-07-19", "name")
    assert quay.told([unsigned]).unsourced == ("note-20210719.txt",)


def test_unnamed_speakers_of_a_reporter_are_said_to_be_so() -> None:
    found = quay.told([quay.document("Officials said that Iran hacked the ministry.", "Reuters")])
    assert {claim.speaker for claim in found.claims} <= {NOT_NAMED, "Reuters"}


def test_joint_and_reported_statements_are_few_origins() -> None:
    row = quay.proposition(quay.told(quay.side()), "RU")
    assert (row.chains.statements, row.chains.documents, row.chains.origins) == (2, 2, 2)
    joint = [
        quay.document(f"{name} joins its allies in attributing the cyber attack on the port to Russia.", name)
        for name in ("Estonia", "Latvia", "Poland")
    ]
    chains = quay.proposition(quay.told(joint), "RU").chains
    assert (chains.documents, chains.origins) == (3, 1)
    assert 1.0 <= chains.effective < 2.0
    assert len(chains.links) >= 2


def test_a_named_source_without_a_document_is_missing() -> None:
    text = "NATO joined Estonia in attributing the cyber attack on the port to Russia, Estonia said."
    report = quay.document("NATO attributes the cyber attack on the port to Russia.", "Reuters")
    row = quay.proposition(quay.told([report]), "RU")
    assert [each.name for each in row.chains.missing] == ["NATO"]
    assert text.startswith("NATO")
    own = quay.document("NATO attributes the cyber attack on the port to Russia. We are NATO.", "NATO")
    assert quay.proposition(quay.told([report, own]), "RU").chains.missing == ()


def test_documents_that_rest_on_one_another_are_a_circle() -> None:
    one = quay.document(
        "# Harbour attack report by Northwatch\nAccording to Oakline Security Group, Russia hacked the port.",
        "Northwatch Institute",
        name="north.txt",
    )
    two = quay.document(
        "# Harbour attack report by Oakline\nAccording to Northwatch Institute, Russia hacked the port.",
        "Oakline Security Group",
        name="oak.txt",
    )
    chains = quay.proposition(quay.told([one, two]), "RU").chains
    assert [set(circle) for circle in chains.circles] == [{one.id, two.id}]
    assert chains.origins == 1


def test_a_wire_of_one_day_repeats_the_government_that_it_quotes() -> None:
    own = quay.document("Estonia attributes the attack on Harbour Gate to Russia.", "Estonia", name="gov.txt")
    for place in range(4):  # whichever of the two has the smaller id
        words = f"Estonia said on Monday that Russia hacked Harbour Gate {place} times."
        wire = quay.document(words, "Reuters", name=f"wire{place}.txt")
        steps = quay.proposition(quay.told([own, wire]), "RU").chains.steps
        assert {step.document: step.repeats for step in steps} == {own.id: "", wire.id: own.id}


def test_three_wires_that_quote_one_government_are_one_origin() -> None:
    told = (
        ("Reuters", "Estonia said Russia carried out the attack on the Tallinn Rail Authority."),
        ("AFP", "Estonia's foreign ministry said that Russia attacked the Tallinn Rail Authority."),
        ("BBC", "Russia hacked the Tallinn Rail Authority, Estonia said."),
    )
    chains = quay.proposition(quay.told([quay.document(words, name) for name, words in told]), "RU").chains
    assert (chains.statements, chains.documents, chains.origins) == (3, 3, 1)
    assert {each.key.partition("/")[0] for each in chains.missing} == {"EE"}


SIGNED = (
    "The United States, the United Kingdom and Canada today condemn the attack on the Harwell Exchange by "
    "China. Published by {}."
)


def test_a_joint_statement_that_each_publishes_is_one_origin_and_no_circle() -> None:
    names = ("US Department of State", "UK Foreign Office", "Global Affairs Canada")
    chains = quay.proposition(
        quay.told([quay.document(SIGNED.format(name), name) for name in names]), "CN"
    ).chains
    assert (chains.documents, chains.origins, chains.circles, chains.missing) == (3, 1, (), ())


THREE = (("Reuters", "the Guardian"), ("The Guardian", "the BBC"), ("BBC", "Reuters"))


def test_three_who_name_one_another_in_turn_are_one_origin_and_none_is_missing() -> None:
    files = [
        quay.document(f"Iran hacked the Orrin Port Authority, {other} reported.", source, name=f"{place}.txt")
        for place, (source, other) in enumerate(THREE)
    ]
    chains = quay.proposition(quay.told(files), "IR").chains
    assert (chains.documents, chains.origins) == (3, 1)
    assert chains.effective == pytest.approx(1.0, abs=0.3)
    assert chains.missing == ()
    (circle,) = chains.circles
    names = [file.id for file in files]
    start = names.index(circle[0])
    assert circle == (*names[start:], *names[:start])


def judged(identifier: str, verdict: Verdict, value: str = "") -> Judgement:
    """A decision by somebody."""
    return Judgement(identifier, verdict, "R. Vance", "2021-07-21T00:00:00Z", "read by hand", value)


def test_a_rejected_claim_is_shown_and_not_counted() -> None:
    found = quay.told(quay.side())
    (endorsed,) = quay.claims_of(found, "endorse")
    after = quay.told(quay.side(), [judged(endorsed.id, Verdict.REJECT)])
    row = next(claim for claim in after.claims if claim.id == endorsed.id)
    assert (row.counted, row.propositions, row.judged) == (
        False,
        (),
        "rejected by R. Vance: read by hand",
    )
    assert endorsed.id not in quay.proposition(after, "RU").blames
    assert quay.proposition(after, "RU").chains.documents == 1


def test_a_corrected_field_is_kept_with_who_did_it_under_the_same_id() -> None:
    found = quay.told(quay.side())
    target = quay.proposition(found, "RU").blames[0]
    decisions = [
        judged(target, Verdict.CORRECT, "accused=Iran [IR]"),
        judged(target, Verdict.CORRECT, "degree=linked"),
    ]
    after = quay.told(quay.side(), decisions)
    row = next(claim for claim in after.claims if claim.id == target)
    assert [(each.field, each.value, each.author) for each in row.corrections] == [
        ("accused", "Iran [IR]", "R. Vance"),
        ("degree", "linked", "R. Vance"),
    ]
    iran = quay.proposition(after, "IR")
    assert iran.blames == (target,)
    assert target not in quay.proposition(after, "RU").blames


def test_every_rung_has_one_word_and_both_sides_something_to_show() -> None:
    for row in quay.stated(quay.weighed(quay.side())).propositions:
        assert tuple(rung.rung for rung in row.rungs) == RUNGS
        for rung in row.rungs:
            assert rung.verdict in VERDICTS
            assert rung.accuser != rung.accused != ""


def test_claims_know_the_word_for_what_they_assert() -> None:
    rows = quay.stated(quay.weighed(quay.side()))
    verdicts = {claim.id: claim.verdict for claim in rows.claims}
    for row in rows.propositions:
        sponsor = quay.rung(row, "sponsor").verdict
        assert {verdicts[name] for name in row.blames} <= {sponsor, quay.rung(row, "group").verdict}


@st.composite
def anything(draw: st.DrawFn) -> Said:
    """Any documents with any claims, some of them rejected."""
    files = tuple({each.id: each for each in draw(st.lists(documents(), max_size=3))}.values())
    claims = [draw(claims_of(file)) for file in files for _ in range(draw(st.integers(0, 3)))]
    unique = {claim.id: claim for claim in claims}
    rows = [ReviewedClaim(claim, claim, counted=draw(st.booleans())) for claim in unique.values()]
    return Said(files, tuple(rows))


@settings(max_examples=60)
@given(anything())
def test_any_claims_make_rows_that_lead_somewhere(said: Said) -> None:
    found = statements(said, {})
    assert {claim.id for claim in found.claims} == {one.read.id for one in said.claims}
    ids = {claim.id for claim in found.claims}
    files = {file.id for file in said.documents}
    for row in found.propositions:
        assert {*row.blames, *row.answers, *row.others} <= ids
        assert {step.document for step in row.chains.steps} <= files
        assert row.chains.origins <= row.chains.documents <= max(row.chains.statements, 0)
        assert row.chains.effective <= row.chains.documents + 1e-9
    assert msgspec.json.decode(msgspec.json.encode(found), type=StatementsRow) == found


def test_claims_of_an_assessment_without_evidence_have_no_verdict() -> None:
    alone = quay.stated(quay.weighed([quay.side()[0]]))
    group = quay.rung(quay.proposition(alone, "RU"), "group")
    assert (group.verdict, group.items, group.probability) == ("not addressed", 0, None)


@pytest.mark.parametrize("number", [0, 1])
def test_review_keeps_what_nobody_judged(number: int) -> None:
    claims = [claim.claim for claim in quay.told(quay.side()).claims]
    rows = review_claims(claims, [], claims[:number])
    assert all(one.now is one.read and one.counted and one.judgement is None for one in rows)


def test_observations_do_not_depend_on_claims() -> None:
    files = [quay.document(quay.TRACES, "Oakline"), quay.side()[0]]
    seen = [o for file in files for o in harbour.observed(file)]
    assert quay.weighed(files, observations=seen).features == quay.weighed(files[:1]).features


def test_groups_named_within_the_words_of_a_claim_are_what_it_asserts() -> None:
    accusing = quay.document("Russia is behind the cyber attack by G0000 and G0002.", "Estonia")
    row = quay.proposition(quay.stated(quay.weighed([accusing])), "RU")
    assert [key for key, _ in row.actors] == ["G0000", "G0002"]
