"""What the dossier says, in the order of the page, and that every reader can reach it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests import sample
from tests.renderers.large import large
from tests.renderers.pages import elements, large_page, parsed, sample_page, words_of
from weigh.assessment.document import Assessment, HypothesisRow, LeftOutRow


def test_the_first_screen_says_who_and_how_likely() -> None:
    answer = sample_page().css_first("#answer .answer")
    assert words_of(answer) == "Slate Heron comes first, at 70 %: likely."
    assert "90 % interval 48 % to 86 %." in words_of(sample_page().css_first("#answer .said"))


def test_an_unlisted_leader_is_said_in_words() -> None:
    page = parsed(large(unlisted=1.5))
    assert words_of(page.css_first("#answer .answer")).startswith("An actor that the knowledge does not hold")
    assert "which has no name and no sponsor to look up" in words_of(page.css_first("#names"))


def test_no_sentence_holds_both_a_likelihood_and_the_confidence() -> None:
    said = words_of(sample_page().css_first("#answer .said"))
    for sentence in re.split(r"(?<=[.:])\s", said):
        assert not ("likely" in sentence.lower() and "confidence" in sentence.lower()), sentence


def _point(heading: str) -> LexborNode:
    """The part of the first screen under a heading."""
    return next(
        node for node in sample_page().css("#answer .point") if words_of(node.css_first("h2")) == heading
    )


def test_the_confidence_stands_with_its_reasons() -> None:
    point = _point("Analytic confidence: low")
    assert [words_of(item) for item in point.css("li")] == list(sample.assessment().confidence.reasons)


def test_linchpins_lead_to_their_fact() -> None:
    pins = _point("What would change it")
    assert words_of(pins.css_first("li")) == (
        "Without Mimikatz S0002: the leader becomes an actor nobody has listed "
        "(an actor nobody has listed, 37 %)."
    )
    target = pins.css_first("a")
    assert target is not None
    assert sample_page().css_first(f"[id='{str(target.attributes['href'])[1:]}']") is not None


def test_cautions_stand_on_the_first_screen() -> None:
    words = "The knowledge already holds a report, 'Harbour <2020>', that says almost the same."
    page = parsed(replace(sample.assessment(), cautions=(words,)))
    assert words in words_of(page.css_first("#answer"))
    assert words not in words_of(sample_page().css_first("#answer"))


def test_a_case_without_facts_says_so_in_every_part() -> None:
    rows = [replace(row, weights=(), sentences=()) for row in sample.assessment().hypotheses]
    page = parsed(replace(sample.assessment(), features=(), hypotheses=tuple(rows)))
    assert "Nothing was observed that could be weighed." in words_of(page.css_first("#evidence"))
    assert "No technique was observed" in words_of(page.css_first("#matrix"))


def test_many_linchpins_are_folded() -> None:
    pins = tuple(replace(sample.assessment().linchpins[0], change=f"change {n}") for n in range(8))
    page = parsed(replace(sample.assessment(), linchpins=pins))
    answer = words_of(page.css_first("#answer"))
    assert all(f"change {n}" in answer for n in range(8))
    assert "3 more such facts" in answer


@pytest.mark.parametrize("unlisted", [1.5, -1.0, -8.0])
def test_the_picture_always_shows_unlisted(unlisted: float) -> None:
    labels = [words_of(node) for node in parsed(large(unlisted=unlisted)).css("#answer .chart .label")]
    assert "unlisted: no known actor" in labels
    assert len(labels) in (10, 11)


def test_every_answer_stands_in_a_table() -> None:
    cells = [words_of(node) for node in large_page().css("#answers tbody th")]
    assert len(cells) == 170
    assert sample_page().css_first("#answers") is None


@pytest.mark.parametrize("assessment", [sample.assessment(), large()], ids=["sample", "large"])
def test_every_quote_has_a_mark_that_reads_as_the_quote(assessment: Assessment) -> None:
    marks = {str(node.attributes["id"]): node.text() for node in parsed(assessment).css("mark[id]")}
    assert marks == {row.id: row.quote for row in assessment.observations}


def test_every_passage_is_carried_whole() -> None:
    shown = ["".join(part.text() for part in node.css(".text")) for node in large_page().css(".passage")]
    assert sorted(shown) == sorted(row.text for row in large().passages)


def test_notes_stand_beside_the_paragraph_that_they_are_about() -> None:
    for node in large_page().css(".passage"):
        for text, margin in zip(node.css(".text"), node.css(".margin"), strict=False):
            for note in margin.css("li a"):
                assert words_of(note.css_first(".id")) in text.text()


def test_an_observation_tells_who_read_it_and_who_judged_it() -> None:
    fact = sample_page().css_first("#fact-T1059\\.001")
    said = words_of(fact)
    assert "read by sentence (the sentence reads like PowerShell)" in said
    assert "rightly read 100 % · forging 0.5" in said
    assert "Accepted by Mira Oskal, 2031-04-15: the command is quoted in annex 2" in said


def test_what_was_set_aside_is_counted_and_listed() -> None:
    aside = sample_page().css_first("#aside")
    assert aside is not None
    assert [words_of(row) for row in aside.css("summary, .reason")] == [
        "1 a name is a claim",
        "1 no table weighs it",
        "1 rejected",
        "1 rejected by Mira Oskal: the note gives no basis for it",
    ]
    assert "Rejected by Mira Oskal" in words_of(aside)


def test_one_reason_is_one_fold_whatever_heading_it_quotes() -> None:
    reasons = ("stands in advice (“Mitigations”)", "stands in advice (“Checklist”)")
    rows = list(sample.assessment().observations)
    rows[1:3] = [replace(row, set_aside=words) for row, words in zip(rows[1:3], reasons, strict=True)]
    counts = tuple(LeftOutRow(words, 1) for words in reasons)
    aside = parsed(replace(sample.assessment(), observations=tuple(rows), left_out=counts)).css_first(
        "#aside"
    )
    assert aside is not None
    assert "2 stands in advice" in [words_of(row) for row in aside.css("summary")]
    assert all(f"(“{heading}”)" in words_of(aside) for heading in ("Mitigations", "Checklist"))


@pytest.mark.parametrize(
    ("icd203", "phia", "said"),
    [
        ("likely", "between bands", "“Likely” is the word of ICD 203; PHIA has none for this figure."),
        ("", "almost certain", "“Almost certain” is the word of PHIA; ICD 203 has none for this figure."),
        ("", "between bands", "Neither ICD 203 nor PHIA has a word for this figure."),
    ],
)
def test_a_figure_without_a_word_is_said_to_have_none(icd203: str, phia: str, said: str) -> None:
    assert said in words_of(parsed(leader_with(icd203=icd203, phia=phia)).css_first("#answer .said"))


def test_a_sentence_does_not_repeat_the_name_it_stands_under() -> None:
    first, *rest = sample.assessment().hypotheses
    told = (f"Spearphishing Attachment (T1566.001): {first.sentences[0]}", *first.sentences[1:])
    page = parsed(replace(sample.assessment(), hypotheses=(replace(first, sentences=told), *rest)))
    assert first.sentences[0] in [words_of(node) for node in page.css("#panel-1 dd")]


def leader_with(**changes: Any) -> Assessment:
    first, *rest = sample.assessment().hypotheses
    changed: HypothesisRow = replace(first, **changes)
    return replace(sample.assessment(), hypotheses=(changed, *rest))


def test_sponsors_are_claims_with_their_speakers() -> None:
    said = words_of(sample_page().css_first("#names"))
    assert "1 source, one sponsor named." in said
    assert "Oakline" in said
    assert "“suspected to work for the Dorvan coast guard”" in said


def test_dissent_about_the_sponsor_is_said() -> None:
    said = words_of(large_page().css_first("#names"))
    assert "do not agree, or do not spell alike: 2 sponsors named by 2 sources." in said


def test_no_sponsor_is_said_in_words() -> None:
    said = words_of(parsed(leader_with(sponsors=())).css_first("#names"))
    assert "No source in this knowledge names a sponsor." in said


def test_open_questions_are_repeated_in_their_own_words() -> None:
    items = [words_of(node) for node in sample_page().css("#limits > ul > li")]
    assert items == [*sample.assessment().unanswered, *sample.assessment().assumptions]


def test_the_first_screen_leads_to_the_open_questions() -> None:
    found = sample_page().css_first("#answer .limits")
    assert words_of(found) == "1 question that this case cannot answer"
    assert parsed(replace(sample.assessment(), unanswered=())).css_first("#answer .limits") is None


def test_documents_are_accounted_for() -> None:
    rows = [words_of(node) for node in large_page().css("#documents tbody tr")]
    assert len(rows) == 12
    assert sum("No text on 2 pages: 4, 5" in row for row in rows) == 1
    assert sum("page 7: a table was read as text" in row for row in rows) == 1


def test_baselines_mark_where_they_agree() -> None:
    agreeing = [words_of(node) for node in sample_page().css("#baselines td b")]
    assert agreeing == ["Slate Heron", "Slate Heron"]


@pytest.mark.parametrize("page", [sample_page(), large_page()], ids=["sample", "large"])
def test_headings_step_down_one_at_a_time(page: LexborHTMLParser) -> None:
    tags = [node.tag or "" for node in elements(page)]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("page", [sample_page(), large_page()], ids=["sample", "large"])
def test_every_picture_has_a_name_a_description_and_a_table(page: LexborHTMLParser) -> None:
    pictures = page.css("svg[role=img]")
    others = (*page.css("#origins svg"), *page.css("#stakes figure"))
    assert len(pictures) == 1 + len(page.css("section.panel")) + len(others)
    assert len(page.css("#origins svg")) == 1
    for picture in pictures:
        for part in ("aria-labelledby", "aria-describedby"):
            named = page.css_first(f"#{picture.attributes[part]}")
            assert len(words_of(named)) > 0
    for panel in page.css("#answer, section.panel, #matrix, #stakes"):
        assert len(panel.css("details table")) > 0


@pytest.mark.parametrize("page", [sample_page(), large_page()], ids=["sample", "large"])
def test_tables_and_choices_are_named(page: LexborHTMLParser) -> None:
    for table in page.css("table"):
        assert len(words_of(table.css_first("caption"))) > 0
        assert all("scope" in cell.attributes for cell in table.css("th"))
    labels = {node.attributes["for"] for node in page.css("label")}
    assert {node.attributes["id"] for node in page.css("input")} == labels
    assert len(page.css("input[checked]")) == 1


def test_the_page_has_landmarks_a_language_and_a_way_past_the_contents() -> None:
    page = sample_page()
    root, skip = page.css_first("html"), page.css_first("a.skip")
    assert root is not None
    assert skip is not None
    assert root.attributes["lang"] == "en"
    assert skip.attributes["href"] == "#answer"
    assert [len(page.css(name)) for name in ("body > header", "nav", "main", "body > footer")] == [1, 1, 1, 1]


def test_contents_name_every_part_in_order() -> None:
    page = large_page()
    linked = [str(node.attributes["href"])[1:] for node in page.css("nav a")]
    assert linked == [str(node.attributes["id"]) for node in page.css("main > section")][1:]
