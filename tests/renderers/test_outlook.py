"""What follows from an answer, in lines and on the page: complete, in order, readable without colour."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from selectolax.lexbor import LexborNode

from tests import sample, strategies
from tests.renderers.pages import parsed, sample_page, words_of
from weigh.assessment.document import UNLISTED, Assessment, SponsorRow
from weigh.assessment.responsibility import NOTHING_BEARS
from weigh.renderers import as_markdown
from weigh.renderers.outlook import answers_left, said_sponsors, steps, to_look_for
from weigh.scales import HEALEY

SAMPLE = sample.assessment()


def _rows(section: str, table: int = 0) -> list[list[str]]:
    found: list[LexborNode] = sample_page().css(f"#{section} table")
    return [[words_of(cell) for cell in row.css("th, td")] for row in found[table].css("tr")]


def test_the_set_is_said_with_its_first_members_and_the_number_of_the_rest() -> None:
    assert answers_left(SAMPLE) == [
        "2 answers of 4 cannot be ruled out at 90 %, an unlisted actor among them.",
        "Slate Heron 70 %, unlisted 17 %.",
    ]
    assert SAMPLE.prediction_set is not None
    wide = replace(SAMPLE.prediction_set, hypotheses=tuple(row.id for row in SAMPLE.hypotheses) * 3)
    assert answers_left(replace(SAMPLE, prediction_set=wide))[1].endswith(", and 6 more.")


def test_what_to_look_for_is_cut_where_it_is_asked_to() -> None:
    assert len(to_look_for(SAMPLE, 9)) == 2
    assert to_look_for(SAMPLE, 1) == [
        "Cobalt Strike (S0154), 0.31 bits, chance 22 %: would separate Copper Lantern from Slate Heron: "
        "seen in 12 of 31 reports of Copper Lantern, 0 of 14 of Slate Heron."
    ]


def test_many_sponsors_are_summed_and_the_last_two_lines_stay() -> None:
    few, many = SAMPLE.sponsors, tuple(SponsorRow("claimed", f"State {n}", 0.05) for n in range(7))
    assert said_sponsors(SAMPLE)[0] == (
        "Dorvany 70 %, Quillane 4.3 %, no sponsor claimed 8.7 %, unlisted 17 %."
    )
    crowded = replace(SAMPLE, sponsors=(*many, *few[-2:]))
    assert said_sponsors(crowded)[0] == (
        "State 0 5.0 %, State 1 5.0 %, State 2 5.0 %, State 3 5.0 %, 3 others 15 %, "
        "no sponsor claimed 8.7 %, unlisted 17 %."
    )
    assert NOTHING_BEARS in said_sponsors(SAMPLE)[1]


def test_without_anything_there_are_no_lines() -> None:
    bare = replace(SAMPLE, prediction_set=None, next_evidence=(), sponsors=(), steps=())
    assert answers_left(bare) + said_sponsors(bare) + steps(bare) == []
    assert to_look_for(bare, 5) == []
    assert "No set of answers was made." in as_markdown.render(bare)


def test_the_first_screen_says_what_cannot_be_ruled_out() -> None:
    assert SAMPLE.prediction_set is not None
    said = words_of(sample_page().css_first("#answer .said"))
    assert SAMPLE.prediction_set.sentence in said
    assert "The 2 answers left" in said
    assert "Slate Heron (70 %), unlisted (17 %)" in said


def test_the_table_of_next_evidence_holds_every_row_in_its_order() -> None:
    head, *body = _rows("next")
    assert head == ["Look for", "Bits", "Chance", "What it would tell", "Then first, if found"]
    assert [row[0] for row in body] == [f"{row.name} {row.feature}" for row in SAMPLE.next_evidence]
    assert [row[1] for row in body] == ["0.31", "0.12"]
    assert body[0][3] == SAMPLE.next_evidence[0].sentence
    assert body[0][4] == "Copper Lantern, 41 %"


def test_the_matrix_is_in_letters_and_ends_with_the_scores() -> None:
    assert SAMPLE.ach is not None
    head, *body = _rows("ach")
    names = {row.id: row.name for row in SAMPLE.hypotheses} | {UNLISTED: UNLISTED}
    assert head == ["Fact", "Credible", "Relevant", *(names[name] for name in SAMPLE.ach.hypotheses)]
    telling = [fact for fact in SAMPLE.ach.facts if set(fact.levels) != {"N"}]
    assert [row[1:] for row in body[:-1]] == [
        [fact.credibility, fact.relevance, *fact.levels] for fact in telling
    ]
    assert body[-1][0] == "Weighted score"
    scores = [float(cell.replace("\N{MINUS SIGN}", "-")) for cell in body[-1][3:]]
    assert scores == pytest.approx(SAMPLE.ach.scores, abs=0.006)
    assert len(sample_page().css("#ach details li")) == len(SAMPLE.ach.facts) - len(telling)


def test_the_sponsors_the_steps_and_the_degrees_are_on_the_page() -> None:
    _, *lines = _rows("sponsor")
    assert [line[0] for line in lines] == [
        "Dorvany",
        "Quillane",
        "no sponsor claimed",
        "unlisted: an actor that the knowledge does not hold",
    ]
    assert lines[0][1:4] == ["70 %", "Slate Heron 70 %", "Oakline"]
    _, *body = _rows("sponsor", 1)
    assert [row[1] for row in body] == [row.sentence for row in SAMPLE.steps]
    assert [words_of(item) for item in sample_page().css("#sponsor details li")] == [
        f"{degree}, 10 %" for degree in HEALEY
    ]


def test_sponsors_of_less_than_a_percent_are_folded() -> None:
    small = tuple(SponsorRow("claimed", f"State {n}", 0.004) for n in range(2))
    page = parsed(replace(SAMPLE, sponsors=(SAMPLE.sponsors[0], *small, *SAMPLE.sponsors[-2:])))
    assert "2 less probable sponsors" in words_of(page.css_first("#sponsor"))
    folded = page.css("#sponsor details table tbody th")
    assert [words_of(cell) for cell in folded] == ["State 0", "State 1"]


def test_an_older_assessment_has_no_empty_sections() -> None:
    page = parsed(
        replace(SAMPLE, prediction_set=None, next_evidence=(), ach=None, sponsors=(), degrees=(), steps=())
    )
    assert [page.css_first(f"#{name}") for name in ("next", "ach", "sponsor")] == [None] * 3
    assert "What cannot be ruled out" not in words_of(page.css_first("#answer"))


@settings(max_examples=25)
@given(strategies.assessments())
def test_the_report_holds_every_letter_of_the_matrix(assessment: Assessment) -> None:
    report = as_markdown.render(assessment)
    table = report.partition("How the facts sit with each answer")[2].partition("\n\n## ")[0]
    letters = re.findall(r"(?<= )(CC|C|N|II|I)(?= \|)", table)
    assert assessment.ach is None or len(letters) >= sum(len(fact.levels) for fact in assessment.ach.facts)
