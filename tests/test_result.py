"""What a program gets back: by name, in bits, as a page, and shown by a notebook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from tests import sample, strategies
from tests.assessment import quay
from weigh.assessment.claim_rows import VERDICTS
from weigh.assessment.document import UNLISTED, Assessment
from weigh.assessment.waterfall import waterfall
from weigh.errors import UsageError
from weigh.renderers import as_json, dossier
from weigh.result import Result

SAMPLE = sample.assessment()
RESULT = Result.of(SAMPLE)


def test_a_result_is_saved_as_the_assessment_that_it_is() -> None:
    assert as_json.render(RESULT) == as_json.render(SAMPLE)
    assert msgspec.json.encode(RESULT) == msgspec.json.encode(SAMPLE)


def test_actors_are_all_answers_but_unlisted_in_their_order() -> None:
    assert UNLISTED not in {row.id for row in RESULT.actors}
    assert len(RESULT.actors) == len(SAMPLE.hypotheses) - 1
    assert list(RESULT.actors) == sorted(RESULT.actors, key=lambda row: -row.probability)


def test_why_takes_names_and_sums_to_the_odds() -> None:
    leader = RESULT.actors[0]
    fall = RESULT.why(leader.name.lower(), against="unlisted")
    assert fall == replace(fall, total=sum(bar.bits for bar in fall.bars))
    assert fall.bars == waterfall(SAMPLE, leader.id, UNLISTED).bars
    assert RESULT.why(leader.id).against != leader.id
    with pytest.raises(UsageError, match="no hypothesis bears the name"):
        RESULT.why("Nobody at all")


def test_the_page_is_the_dossier_and_is_written_where_asked(tmp_path: Path) -> None:
    page = RESULT.to_html(tmp_path / "page.html")
    assert page == dossier.render(SAMPLE)
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page


def test_a_notebook_shows_every_first_answer_and_every_bar() -> None:
    shown = RESULT._repr_html_()
    assert all(row.name in shown for row in SAMPLE.hypotheses)
    assert SAMPLE.confidence.level in shown
    fall = RESULT.why("unlisted")
    assert fall._repr_html_().count("<tr>") == len(fall.bars) + 2


def test_nothing_of_a_document_runs_in_a_notebook() -> None:
    hostile = replace(SAMPLE, title="<script>alert(1)</script>", cautions=("<img src=x onerror=y>",))
    shown = Result.of(hostile)._repr_html_()
    assert "<script" not in shown
    assert "<img" not in shown


@settings(max_examples=20)
@given(strategies.assessments())
def test_any_assessment_can_be_shown(assessment: Assessment) -> None:
    shown = Result.of(assessment)._repr_html_()
    assert shown.startswith("<")
    assert len(assessment.features) > 0 or "No answer" in shown


def test_claims_and_propositions_are_asked_for_by_name() -> None:
    assert (RESULT.claims, RESULT.propositions) == ((), ())
    with pytest.raises(UsageError, match="no claim accuses 'Russia'"):
        RESULT.against("Russia")
    told = Result.of(quay.weighed(quay.side()))
    assert len(told.claims) == 7
    assert all(claim.verdict in ("", *VERDICTS) for claim in told.claims)
    assert told.propositions[0].root == "RU"
    for name in ("Russian Federation", "RU", "russian federation"):
        assert told.against(name) == told.propositions[0]
    assert told.against("RU", "harbour").deed == "Harbour Gate"
    with pytest.raises(UsageError, match="no claim accuses 'Iran'") as error:
        told.against("Iran")
    assert "Russian Federation" in error.value.remedy
