"""From the group to a state: claims with their dissent, flat degrees, and what no evidence bears on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from tests import sample, strategies
from tests.assessment import harbour
from tests.inference.generators import QUICK
from weigh.assessment.document import UNLISTED, Assessment
from weigh.assessment.responsibility import NOTHING_BEARS, UNCLAIMED, degrees, sponsors, steps
from weigh.knowledge.catalogue import SponsorClaim
from weigh.scales import HEALEY


@QUICK
@given(strategies.assessments())
def test_the_lines_sum_to_one_and_stand_in_order(assessment: Assessment) -> None:
    found = sponsors(assessment.hypotheses)
    assert sum(row.probability for row in found) == pytest.approx(1.0, abs=1e-9)
    named = [row.probability for row in found if row.kind == "claimed"]
    assert named == sorted(named, reverse=True)
    assert [row.kind for row in found[-2:]] == ["none", UNLISTED]
    for row in found:
        assert row.kind != "claimed" or sum(part for _, part in row.actors) <= row.probability + 1e-9


def test_an_actor_gives_its_probability_to_the_sponsor_that_is_claimed_for_it() -> None:
    found = harbour.assessed([harbour.REPORT])
    heron = next(row for row in found.hypotheses if row.id == "G0000")
    first = next(row for row in found.sponsors if row.sponsor == "Dorvany")
    assert first.probability == pytest.approx(heron.probability)
    assert first.said_by == ("Oakline",)
    assert [name for name, _ in first.actors] == ["G0000"]
    assert first.dissent == ()
    rest = sum(row.probability for row in found.hypotheses if row.id not in ("G0000", UNLISTED))
    assert next(row.probability for row in found.sponsors if row.sponsor == UNCLAIMED) == pytest.approx(rest)


def test_dissent_is_kept_and_said() -> None:
    heron, *others = sample.assessment().hypotheses
    split = replace(
        heron, sponsors=(SponsorClaim("Dorvany", "Oakline", "75"), SponsorClaim("Quillane", "Mirador", "25"))
    )
    found = {row.sponsor: row for row in sponsors([split, *others])}
    assert found["Dorvany"].probability == pytest.approx(0.75 * heron.probability)
    assert found["Dorvany"].dissent == ("Mirador names Quillane for Slate Heron",)
    assert "Oakline names Dorvany for Slate Heron" in found["Quillane"].dissent
    paper = next(row for row in others if row.name == "Paper Otter")
    assert found["Quillane"].probability == pytest.approx(0.25 * heron.probability + paper.probability)


def test_the_degrees_stay_flat() -> None:
    assert [row.degree for row in degrees()] == list(HEALEY)
    assert {row.probability for row in degrees()} == {0.1}


def test_a_step_without_an_item_says_so_in_these_words() -> None:
    found = {row.step.split(":")[0]: row for row in harbour.assessed([harbour.REPORT]).steps}
    assert list(found) == ["machine", "operator", "group", "sponsor", "degree"]
    assert NOTHING_BEARS == "no evidence in this case bears on this step"
    for name, row in found.items():
        assert (row.items == 0) == row.sentence.startswith(NOTHING_BEARS) == (name != "group")


def test_indicators_are_counted_and_said_to_weigh_nothing() -> None:
    case = sample.assessment()
    found = steps(case.features, case.observations)[0]
    assert found.items == 1
    assert found.sentence == "indicators on record: 1; none of them is weighed"
    ruled_out = [replace(row, ruled_out="a benign host") for row in case.observations]
    assert steps(case.features, ruled_out)[0].sentence == NOTHING_BEARS


def test_without_facts_no_line_is_drawn() -> None:
    found = harbour.assessed([harbour.document("Nothing was seen.")])
    assert (found.sponsors, found.degrees, found.steps) == ((), (), ())
    assert (found.prediction_set, found.next_evidence, found.ach) == (None, (), None)
