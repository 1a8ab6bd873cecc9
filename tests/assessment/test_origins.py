"""Origins in an assessment: rows that agree with one another, an echo seen, credibility taken back."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.harbour import ECHO, NEWS, REPORT, assessed, document, observed
from weigh.assessment.document import Assessment, OriginsRow
from weigh.assessment.origins import QUOTE
from weigh.claims.links import JOINS
from weigh.records import Document, Kind, Observation, Source, Span
from weigh.renderers import as_json

CITING = document(
    "We rest on the findings of the Harbour Office Herald. The intruders used S0001 and T1486.",
    "statement.txt",
    date="2021-07-20",
    source=Source("Ministry"),
)
HERALD = document(
    "Scripts (T1059) were run and Barge (S0001) was found.",
    "herald.txt",
    source=Source("Harbour Office Herald"),
)
CASE = (REPORT, ECHO, NEWS, CITING, HERALD)


def origins(*documents: Document, observations: list[Observation] | None = None) -> OriginsRow:
    """The rows on origins."""
    found = assessed(documents, observations=observations).origins
    assert found is not None
    return found


def test_an_echo_that_names_its_source_shares_its_origin() -> None:
    row = origins(*CASE)
    origin = {step.document: step.origin for step in row.steps}
    assert origin[CITING.id] == HERALD.id
    assert (row.documents, row.origins) == (5, 4)
    (link,) = (link for link in row.links if link.document == CITING.id)
    assert (link.repeats, link.kind, link.why) == (HERALD.id, "builds on", "names its author")
    assert link.quote == "We rest on the findings of the Harbour Office Herald."
    assert CITING.text[link.start : link.end] == link.quote


def test_facts_of_one_origin_gain_next_to_nothing_and_of_two_more() -> None:
    facts = {fact.feature: fact for fact in origins(*CASE).facts}
    assert (facts["T1105"].documents, facts["T1105"].effective) == (1, 1.0)
    assert (facts["S0001"].documents, facts["S0001"].origins) == (4, 3)
    linked = {fact.feature: fact for fact in origins(CITING, HERALD).facts}["S0001"]
    apart = {fact.feature: fact for fact in origins(ECHO, HERALD).facts}["S0001"]
    assert 0.9 < linked.presence < apart.presence < 0.99
    assert linked.effective < 1.06 < apart.effective


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(CASE), unique=True, min_size=1))
def test_the_rows_agree_with_the_features_and_with_one_another(documents: list[Document]) -> None:
    found = assessed(documents)
    row = found.origins
    assert row is not None
    assert [(fact.feature, fact.presence) for fact in row.facts] == [
        (feature.id, feature.presence) for feature in found.features
    ]
    assert {step.document for step in row.steps} == {document.id for document in documents}
    assert row.origins == len({step.origin for step in row.steps}) <= row.documents == len(documents)
    assert all(step.copying >= JOINS for step in row.steps if step.origin != step.document)
    for fact in row.facts:
        assert fact.low - 1e-12 <= fact.presence <= fact.high + 1e-12
        assert 1.0 <= fact.effective <= fact.documents
        assert fact.origins <= fact.documents <= row.documents


def test_ten_copies_of_a_statement_move_nothing() -> None:
    copies = [replace(CITING, id=f"{place:064}", text=f"{CITING.text}{' ' * place}") for place in range(10)]
    found, before = assessed([*CASE, *copies]), assessed(CASE)
    for one, two in zip(found.hypotheses, before.hypotheses, strict=True):
        assert one.id == two.id
        assert one.probability == pytest.approx(two.probability, abs=1e-12)
    assert found.origins is not None
    assert before.origins is not None
    assert found.origins.origins == before.origins.origins
    assert found.origins.effective == pytest.approx(before.origins.effective, abs=1e-9)


def _confirmed(*documents: Document, value: str = "S0001") -> list[Observation]:
    return [
        replace(item, credibility=1 if item.value == value else 3)
        for document in documents
        for item in observed(document)
    ]


@pytest.mark.parametrize(
    ("documents", "credibility", "words"),
    [
        ((CITING, HERALD), 2, "its 2 documents share one origin"),
        ((HERALD,), 2, "one document reports it"),
        ((ECHO, HERALD), 1, ""),
    ],
)
def test_what_one_origin_reports_is_not_confirmed(
    documents: tuple[Document, ...], credibility: int, words: str
) -> None:
    rows = assessed(documents, observations=_confirmed(*documents)).observations
    for row in rows:
        assert row.credibility == (credibility if row.value == "S0001" else 3)
        assert (words in row.demoted) if row.value == "S0001" else row.demoted == ""
        assert (row.demoted == "") == (row.credibility != 2)


def test_demotion_changes_no_probability() -> None:
    plain, demoted = assessed([HERALD]), assessed([HERALD], observations=_confirmed(HERALD))
    assert [row.probability for row in plain.hypotheses] == [row.probability for row in demoted.hypotheses]


def test_a_reliability_is_shown_and_weighs_nothing() -> None:
    for letter in "ABCDEF":
        rated = replace(HERALD, source=Source("Harbour Office Herald", letter))
        found = assessed([CITING, rated])
        assert {row.reliability for row in found.documents} == {letter, "F"}
        assert found.hypotheses == assessed([CITING, HERALD]).hypotheses
        assert any("Admiralty" in words for words in found.assumptions)


def test_long_quotes_are_cut() -> None:
    long = document(f"According to the Harbour Office Herald, {'very ' * 300}old S0001.", "long.txt")
    (link,) = origins(long, HERALD).links
    assert len(link.quote) == QUOTE
    assert link.quote.endswith("\N{HORIZONTAL ELLIPSIS}")


def test_rejected_details_are_no_details() -> None:
    item = Observation(REPORT.id, Span(0, 3), Kind.INDICATOR, "berth.example", REPORT.text[:3], "x", 0.9, 0.5)
    assert origins(REPORT, ECHO, observations=[item]).origins == 2


def test_what_was_saved_before_origins_were_traced_still_loads() -> None:
    saved = msgspec.json.decode(as_json.render(assessed(CASE)).encode())
    del saved["origins"]
    for row in saved["observations"]:
        del row["demoted"]
    loaded: Assessment = as_json.load(msgspec.json.encode(saved))
    assert loaded.origins is None
    assert {row.demoted for row in loaded.observations} == {""}
