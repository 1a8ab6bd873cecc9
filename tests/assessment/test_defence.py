"""The accused's side: answers and what they rest on, what speaks for it, and finds that would."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.assessment import harbour, quay
from tests.inference.generators import QUICK
from weigh.assessment.claim_rows import DefenceRow, PositiveRow, PropositionRow
from weigh.assessment.defence import MOST
from weigh.assessment.suppositions import Suppositions
from weigh.records import Kind, Observation, Span


@cache
def proposition(accused: str = "Slate Heron", traces: str = quay.TRACES) -> PropositionRow:
    """A proposition about a group with traces, and a denial by the accused's friends."""
    files = [
        quay.document(f"{accused} hacked the port of Estonia.", "Estonia"),
        quay.document(traces, "Oakline"),
    ]
    rows = quay.stated(quay.weighed(files)).propositions
    return next(row for row in rows if accused in row.name)


def side(row: PropositionRow) -> DefenceRow:
    """The accused's side, which must be there."""
    if row.defence is None:
        raise AssertionError("no side was drawn")
    return row.defence


def found() -> tuple[PositiveRow, ...]:
    """Positives for the group that leads."""
    return side(proposition(traces="They ran scripts (T1059) and used Barge (S0001).")).positives


def test_a_positive_lowers_the_accused_and_is_not_in_the_case() -> None:
    rows = found()
    assert 0 < len(rows) <= MOST
    for row in rows:
        assert row.after < row.before
        assert row.ratio < 1.0
        assert 0.0 < row.chance < 1.0
        assert row.feature not in ("T1059", "S0001")


def test_positives_are_ranked_by_what_they_are_expected_to_do() -> None:
    effects = [row.chance * (row.before - row.after) for row in found()]
    assert effects == sorted(effects, reverse=True)


def test_a_positive_is_worded_as_something_to_show() -> None:
    for row in found():
        assert row.sentence.startswith("A log, image or sample that ")
        assert "times as common with others" in row.sentence
        assert " not " not in row.sentence


def test_the_figures_are_bayes_rule() -> None:
    for row in found():
        others = (row.chance - row.after * row.chance) / (1.0 - row.before)
        theirs = row.after * row.chance / row.before
        assert row.ratio == pytest.approx(theirs / others, rel=1e-6)


def test_facts_that_speak_for_the_accused_are_named() -> None:
    items = side(proposition("Copper Lantern")).items
    assert any("speaks for Slate Heron rather than Copper Lantern" in item for item in items)
    assert all(item.endswith("bits") for item in items)


@pytest.mark.parametrize(
    ("artefact", "words"),
    [
        ("", "the facts that point at Slate Heron count as staged"),
        ("rich header points to G0000", "the artefacts that point at Slate Heron count as planted"),
    ],
)
def test_a_pose_as_the_accused_speaks_for_it(artefact: str, words: str) -> None:
    files = [
        quay.document("Slate Heron hacked the port of Estonia.", "Estonia"),
        quay.document(quay.TRACES, "Oakline"),
    ]
    seen = [item for file in files for item in harbour.observed(file)]
    if artefact != "":
        span = Span(0, 4)
        seen.append(Observation(files[1].id, span, Kind.ARTEFACT, artefact, "They", "trace", 0.85, 0.8))
    posed = quay.weighed(files, observations=seen, suppose=Suppositions(deception=0.99))
    row = next(row for row in quay.stated(posed).propositions if "Slate Heron" in row.name)
    assert f"with a prior of deception of 0.99, {words}" in side(row).items
    calm = quay.weighed(files, observations=seen, suppose=Suppositions(deception=0.0))
    row = next(row for row in quay.stated(calm).propositions if "Slate Heron" in row.name)
    assert not any("deception" in item for item in side(row).items)


def test_answers_are_counted_by_their_basis_and_counter_claims_by_party() -> None:
    rows = quay.stated(quay.weighed(quay.side()))
    defence = side(quay.proposition(rows, "RU"))
    assert defence.bases == (("none", 2),)
    assert defence.counters == (("United States", 1),)
    nobody = side(quay.proposition(rows, "US"))
    assert nobody.bases == ()
    assert nobody.sentence.startswith("No document of the case answers for it.")


def test_without_facts_there_is_nothing_to_lower() -> None:
    rows = quay.stated(quay.weighed([quay.side()[0]]))
    defence = side(quay.proposition(rows, "RU"))
    assert (defence.items, defence.positives) == ((), ())


@QUICK
@given(st.sets(st.sampled_from(("T1566.001", "T1059", "T1486", "T1105", "S0001", "S0002")), min_size=1))
def test_whatever_was_seen_no_positive_raises_the_accused(seen: set[str]) -> None:
    row = proposition(traces=f"They used {', '.join(sorted(seen))}.")
    for each in side(row).positives:
        assert each.after < each.before
        assert each.feature not in seen
