"""The ladder: one word a rung by the evidence alone, whoever accuses whom; motive never suffices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment import harbour, quay
from weigh import scales
from weigh.assessment.claim_rows import (
    AGAINST,
    CONSISTENT,
    NOT_ADDRESSED,
    RUNGS,
    SUPPORTED,
    VERDICTS,
    PropositionRow,
    RungRow,
)
from weigh.assessment.evidence_alone import sponsor_root
from weigh.assessment.ladder import LIKELY, UNLIKELY, reach, rungs_table, verdict
from weigh.claims.listed import state_name
from weigh.evidence.countries import country_name, country_names, states
from weigh.evidence.folding import fold
from weigh.records import Degree, Document, Kind, Observation, Span


@pytest.mark.parametrize(
    ("items", "probability", "prior", "rival", "word"),
    [
        (0, None, None, 0.0, NOT_ADDRESSED),
        (0, 0.99, 0.1, 0.0, NOT_ADDRESSED),
        (3, None, None, 0.0, CONSISTENT),
        (3, 0.55, 0.1, 0.0, SUPPORTED),
        (3, 0.99, 0.999, 0.9, SUPPORTED),
        (3, 0.5499, 0.1, 0.0, CONSISTENT),
        (3, 0.45, 0.9, 0.54, CONSISTENT),
        (3, 0.4499, 0.9, 0.0, AGAINST),
        (3, 0.4499, 0.1, 0.55, AGAINST),
        (3, 0.4499, 0.1, 0.5, CONSISTENT),
        (3, 0.01, 0.001, 0.3, CONSISTENT),
        (3, 0.001, 0.01, 0.3, AGAINST),
    ],
)
def test_each_rung_has_one_word(
    items: int, probability: float | None, prior: float | None, rival: float, word: str
) -> None:
    assert verdict(items, probability, prior, rival) == word


def test_the_edges_are_those_of_icd_203() -> None:
    assert scales.icd203(LIKELY) == "likely"
    assert scales.icd203(np.nextafter(LIKELY, 0.0) - 1e-6) == "roughly even chance"
    assert scales.icd203(UNLIKELY) == "roughly even chance"
    assert scales.icd203(UNLIKELY - 1e-6) == "unlikely"


@given(st.integers(0, 5), st.none() | st.floats(0, 1), st.none() | st.floats(0, 1), st.floats(0, 1))
def test_no_figure_has_no_word_and_none_has_two(
    items: int, probability: float | None, prior: float | None, rival: float
) -> None:
    word = verdict(items, probability, prior, rival)
    assert word in VERDICTS
    assert (word == NOT_ADDRESSED) == (items == 0)
    if word == SUPPORTED:
        assert probability is not None
        assert scales.icd203(probability) in ("likely", "very likely", "almost certain", "")


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_figure_never_has_a_worse_word(first: float, second: float, rival: float) -> None:
    low, high = sorted((first, second))
    order = (AGAINST, CONSISTENT, SUPPORTED)
    words = [verdict(1, each, 0.5, rival) for each in (low, high)]
    assert order.index(words[0]) <= order.index(words[1])


def rows_of(*documents: Document, sponsor: str = "Russia") -> Sequence[PropositionRow]:
    """The propositions of documents in the small world."""
    return quay.stated(quay.weighed(documents, knowing=quay.world(sponsor))).propositions


@cache
def heron() -> PropositionRow:
    """A group that the documents name, with the traces it is known for."""
    accusing = quay.document("Slate Heron hacked the port of Estonia.", "Estonia")
    rows = rows_of(accusing, quay.document(quay.TRACES, "Oakline"))
    return next(row for row in rows if row.root == "G0000")


def test_a_group_is_weighed_by_its_traces() -> None:
    row = quay.rung(heron(), "group")
    assert (row.verdict, row.asserted) == (SUPPORTED, "Slate Heron (G0000)")
    assert row.items == 4
    assert row.probability is not None
    assert row.prior is not None
    assert row.prior < LIKELY <= row.probability
    assert len(row.observations) == 4
    assert len(row.documents) == 1


def test_the_rung_s_figure_is_the_assessment_s() -> None:
    accusing = quay.document("Slate Heron hacked the port of Estonia.", "Estonia")
    assessment = quay.weighed([accusing, quay.document(quay.TRACES, "Oakline")])
    own = next(row.probability for row in assessment.hypotheses if row.id == "G0000")
    row = quay.rung(quay.proposition(quay.stated(assessment), "G0000"), "group")
    assert row.probability == pytest.approx(own, abs=1e-9)
    rows = quay.stated(quay.weighed(quay.side()))
    sponsors = quay.weighed(quay.side()).sponsors
    russia = quay.rung(quay.proposition(rows, "RU"), "sponsor")
    mixture = next(each.probability for each in sponsors if each.sponsor == "Russia")
    assert russia.probability == pytest.approx(mixture, abs=1e-9)


def test_another_group_is_spoken_against() -> None:
    accusing = quay.document("Copper Lantern hacked the port of Estonia.", "Estonia")
    rows = rows_of(accusing, quay.document(quay.TRACES, "Oakline"))
    row = quay.rung(next(each for each in rows if each.root == "G0001"), "group")
    assert row.verdict == AGAINST


def test_a_group_without_reports_is_known_and_not_weighed() -> None:
    accusing = quay.document("Quiet Gull hacked the port of Estonia.", "Estonia")
    rows = rows_of(accusing, quay.document(quay.TRACES, "Oakline"))
    row = quay.rung(next(each for each in rows if each.root == "G0005"), "group")
    assert row.probability is None
    assert "holds no report" in row.sentence


def test_published_claims_are_no_items_of_the_case() -> None:
    row = quay.rung(quay.proposition(quay.stated(quay.weighed(quay.side())), "RU"), "sponsor")
    assert row.probability is not None
    assert row.probability > LIKELY
    assert (row.items, row.verdict) == (0, NOT_ADDRESSED)
    assert "would follow if what is claimed" in row.sentence


def test_degrees_are_those_of_healey_that_the_words_can_mean() -> None:
    row = quay.rung(quay.proposition(quay.stated(quay.weighed(quay.side())), "RU"), "degree")
    assert row.verdict == NOT_ADDRESSED
    assert row.probability == pytest.approx(0.6)
    assert row.asserted.startswith("tolerated (2), backed (1)") or "backed (1)" in row.asserted


def test_every_tie_of_the_texts_can_mean_some_of_healey_s_degrees() -> None:
    table = rungs_table()["degrees"]
    assert set(table) == {str(degree) for degree in Degree} - {""}
    assert {name for row in table.values() for name in row} <= set(scales.HEALEY)  # type: ignore[attr-defined]


def test_an_item_bears_where_its_document_blames_nobody_or_the_same() -> None:
    other = quay.document(
        "Chile accuses Iran of hacking its ministry. They sent T1566.001 and T1059.", "Chile"
    )
    rows = rows_of(*quay.side(), other)
    russia = next(row for row in rows if row.root == "RU")
    iran = next(row for row in rows if row.root == "IR")
    group = {row.root: quay.rung(row, "group") for row in (russia, iran)}
    assert other.id not in quay.rung(russia, "group").documents
    assert other.id in group["IR"].documents


def test_a_named_deed_is_weighed_by_documents_that_name_it() -> None:
    near = quay.document("Russia compromised Harbour Gate servers: T1566.001, T1059.", "Poland")
    far = quay.document("Russia hacked the pilots of Chile. They used T1486 and S0001.", "Chile")
    rows = rows_of(quay.side()[0], quay.side()[1], near, far)
    gate = next(row for row in rows if row.deed == "Harbour Gate")
    rest = next(row for row in rows if row.root == "RU" and row.deed == "")
    held = {name for row in gate.rungs for name in row.documents}
    assert far.id not in held
    assert near.id in held
    assert far.id in {name for row in rest.rungs for name in row.documents}


def indicated(*kinds: tuple[Kind, str]) -> list[Observation]:
    """An observation of each kind and sort in a document that blames nobody."""
    source = quay.document(quay.TRACES, "Oakline")
    return [
        Observation(
            source.id,
            Span(place, place + 1),
            kind,
            f"value {place}",
            source.text[place : place + 1],
            "test",
            0.9,
            0.5,
            subtype=subtype,
        )
        for place, (kind, subtype) in enumerate(kinds)
    ]


@pytest.mark.parametrize(
    ("kind", "subtype", "rung"),
    [
        (Kind.INDICATOR, "ipv4", "machine"),
        (Kind.INDICATOR, "sha256", "machine"),
        (Kind.INDICATOR, "mutex", "operator"),
        (Kind.INDICATOR, "bitcoin", "operator"),
        (Kind.SECTOR, "", "motive"),
        (Kind.COUNTRY, "", "motive"),
    ],
)
def test_every_kind_bears_on_its_rung(kind: Kind, subtype: str, rung: str) -> None:
    files = [quay.side()[0], quay.document(quay.TRACES, "Oakline")]
    found = quay.weighed(files, observations=indicated((kind, subtype)))
    row = quay.proposition(quay.stated(found), "RU")
    words = {each.rung: each.verdict for each in row.rungs}
    assert words.pop(rung) == CONSISTENT
    assert set(words.values()) == {NOT_ADDRESSED}


@settings(max_examples=20)
@given(st.integers(1, 40))
def test_motive_alone_supports_nothing_however_much_of_it_there_is(number: int) -> None:
    files = [quay.side()[0], quay.document(quay.TRACES, "Oakline")]
    kinds = [(Kind.SECTOR if place % 2 else Kind.COUNTRY, "") for place in range(number)]
    row = quay.proposition(quay.stated(quay.weighed(files, observations=indicated(*kinds))), "RU")
    assert SUPPORTED not in {each.verdict for each in row.rungs}
    motive = quay.rung(row, "motive")
    assert motive.probability is None
    assert "never enough alone" in motive.sentence


def test_what_a_person_ruled_out_bears_on_nothing() -> None:
    files = [quay.side()[0], quay.document(quay.TRACES, "Oakline")]
    gone = [replace(each, set_aside="context: a benign host") for each in indicated((Kind.INDICATOR, "ipv4"))]
    row = quay.proposition(quay.stated(quay.weighed(files, observations=gone)), "RU")
    assert quay.rung(row, "machine").items in (0, 1)


def test_the_reach_names_every_rung_once() -> None:
    rungs = heron().rungs
    said = reach(rungs)
    assert all(said.count(rung) == 1 for rung in RUNGS if rung not in ("machine",))
    assert said.startswith("The evidence alone supports the group.")
    none = [replace(row, verdict=NOT_ADDRESSED) for row in rungs]
    assert reach(none).startswith("The evidence alone supports no rung.")


@pytest.mark.parametrize(
    ("sponsor", "root"),
    [
        ("China", "CN"),
        ("Russian Federation", "RU"),
        ("Iran", "IR"),
        ("Dorvany", "Dorvany"),
        ("North Korea", "KP"),
    ],
)
def test_sponsors_are_states_by_any_of_their_names(sponsor: str, root: str) -> None:
    assert sponsor_root(sponsor) == root


CODES = sorted(
    code
    for code, row in states().items()
    if "of" in row and "seats" in row and fold(country_name(code)) in country_names()
)
TEXTS = (
    "{a} attributes the cyber attack on Harbour Gate to {b} with high confidence.",
    "{b_of} state-sponsored actors compromised the servers of Harbour Gate.",
    "{seat_b} denied that {b} hacked {a}, and called the accusation baseless.",
    "{b} launched cyber attacks against {a}, {a} said. Slate Heron hacked the port.",
    "Contractors working for the {b_of} Ministry of Security exploited servers of Harbour Gate in {a}.",
)


def case(a: str, b: str) -> list[Document]:
    """Documents of two sides, one a day: of two of one day the hash of their words says which is first."""
    names = {
        "a": country_name(a),
        "b": country_name(b),
        "b_of": states()[b]["of"][0],
        "seat_b": states()[b]["seats"][0],
    }
    sources = (names["a"], names["a"], f"{names['b_of']} Ministry of Foreign Affairs", names["a"], "Reuters")
    said = [
        quay.document(text.format(**names), source, f"2021-07-{place + 1:02}", f"{place}.txt")
        for place, (text, source) in enumerate(zip(TEXTS, sources, strict=True))
    ]
    return [*said, quay.document(quay.TRACES, "Oakline", name="traces.txt")]


def outline(row: PropositionRow, renamed: Mapping[str, str]) -> tuple[object, ...]:
    """All that a proposition says but names and ids, its party renamed."""
    return (
        renamed.get(row.root, row.root),
        row.deed,
        len(row.blames),
        len(row.answers),
        len(row.others),
        row.degrees,
        (row.chains.statements, row.chains.documents, row.chains.origins, row.chains.effective),
        tuple(_rung_outline(each) for each in row.rungs),
        None if row.defence is None else (row.defence.bases, row.defence.items, row.defence.positives),
    )


def _rung_outline(row: RungRow) -> tuple[object, ...]:
    return row.rung, row.items, row.probability, row.prior, row.verdict, len(row.documents)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(CODES), min_size=2, max_size=2, unique=True))
def test_two_states_exchanged_everywhere_are_exchanged_in_the_ladder(pair: list[str]) -> None:
    a, b = pair
    first = rows_of(*case(a, b), sponsor=state_name(b))
    second = rows_of(*case(b, a), sponsor=state_name(a))
    exchanged = sorted(map(repr, (outline(row, {a: b, b: a}) for row in first)))
    assert exchanged == sorted(map(repr, (outline(row, {}) for row in second)))
    assert any(row.root == b and len(row.rungs) > 0 for row in first)


def test_the_observations_of_the_small_world_are_those_of_the_harbour() -> None:
    source = quay.document(quay.TRACES, "Oakline")
    assert {each.value for each in harbour.observed(source)} == {"T1566.001", "T1059", "T1486", "S0001"}


def test_without_a_fact_nothing_follows_of_the_sponsor() -> None:
    row = quay.rung(quay.proposition(quay.stated(quay.weighed([quay.side()[0]])), "RU"), "sponsor")
    assert (row.probability, row.verdict) == (None, NOT_ADDRESSED)
    assert row.prior is not None
    assert row.sentence == "Without a fact about the group nothing follows of its sponsor."
