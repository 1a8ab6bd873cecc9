"""Each section of the dossier by itself: what it shows of odd, empty and crowded cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import sample, strategies
from tests.renderers.large import large
from tests.renderers.pages import drawn, each_text, large_page, parsed, sample_page, words_of
from weigh.assessment.document import (
    UNLISTED,
    Assessment,
    BaselineRow,
    JudgementRow,
    LeftOutRow,
    ModelRow,
    NamedRow,
)
from weigh.knowledge.catalogue import SponsorClaim, Stamp
from weigh.renderers.dossier import render
from weigh.renderers.dossier.tables import bullets, fold, named, section
from weigh.renderers.dossier.view import view
from weigh.renderers.dossier.words import tactic_order


def sample_with(**changes: Any) -> Assessment:
    return replace(sample.assessment(), **changes)


def first_observation_with(**changes: Any) -> Assessment:
    first, *rest = sample.assessment().observations
    return sample_with(observations=(replace(first, **changes), *rest))


@settings(max_examples=25, deadline=None)
@given(strategies.assessments(), st.randoms(use_true_random=False))
def test_the_order_of_records_in_the_file_changes_no_byte(assessment: Assessment, random: Any) -> None:
    observations, passages = list(assessment.observations), list(assessment.passages)
    random.shuffle(observations)
    random.shuffle(passages)
    shuffled = replace(assessment, observations=tuple(observations), passages=tuple(passages))
    assert render(shuffled) == render(assessment)


@pytest.mark.parametrize("other", ["Amber Egret", "Zonal Skuas"])
def test_an_actor_of_another_name_is_treated_the_same(other: str) -> None:
    renamed: Assessment = each_text(sample.assessment(), lambda text, _: text.replace("Slate Heron", other))
    assert render(renamed) == render(sample.assessment()).replace("Slate Heron", other)


def test_documents_stand_by_date_whatever_their_order_in_the_file() -> None:
    rows = sample.assessment().documents
    page = parsed(sample_with(documents=tuple(reversed(rows))))
    shown = [words_of(node) for node in page.css("#documents tbody th a")]
    assert shown == ["Note on the Vessmar intrusion", "Incident at the port of Vessmar"]


def test_a_document_without_a_title_goes_by_its_file() -> None:
    first, *rest = sample.assessment().documents
    shown = view(sample_with(documents=(replace(first, title=" "), *rest)), redact=False)
    assert shown.document_name(first.id) == "incident.md"
    assert shown.document_name("no such id") == "an unknown document"


def test_only_documents_with_passages_are_links() -> None:
    page = parsed(sample_with(passages=()))
    assert page.css("#documents tbody th a") == []
    assert "carries no words of the documents" in words_of(page.css_first("#passages"))


def test_a_case_without_documents_says_so() -> None:
    page = parsed(sample_with(documents=(), observations=(), passages=(), left_out=(), named=()))
    assert "The case holds no document." in words_of(page.css_first("#documents"))
    assert "Nothing was set aside." in words_of(page.css_first("#aside"))
    assert "The documents name no actor" in words_of(page.css_first("#names"))


def test_facts_stand_under_their_first_tactic_and_then_under_their_kind() -> None:
    headings = [words_of(node) for node in large_page().css("#evidence h3")]
    tactics = [heading.lower().replace(" ", "-") for heading in headings[:-1]]
    assert headings[-1] == "Software"
    assert tactics == sorted(tactics, key=tactic_order)
    assert len(set(headings)) == len(headings)


def test_every_fact_tells_its_weight_for_the_leader() -> None:
    shown = [words_of(node) for node in sample_page().css("#evidence .weight")]
    assert sorted(shown) == [
        "+0.50 bits for Slate Heron",
        "+1.00 bits for Slate Heron",
        "+2.00 bits for Slate Heron",
        "+2.50 bits for Slate Heron",
    ]


def test_the_first_observations_of_a_fact_are_in_sight_and_the_rest_in_a_fold() -> None:
    for fact in large_page().css("#evidence .fact"):
        inside = fact.css("details .sightings > li")
        outside = len(fact.css(".sightings > li")) - len(inside)
        assert outside <= 3
        assert outside == 3 or len(inside) == 0
        if len(inside) > 0:
            assert words_of(fact.css_first("summary")).startswith(f"{len(inside)} more observation")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"credibility": 2}, "credibility 2"),
        ({"pointer": "/objects/3"}, "field /objects/3"),
        ({"why": "the host http://x.invalid"}, "(the host hxxp://x[.]invalid)"),
        ({"probability": 0.2}, "rightly read 20 %"),
        ({"forgeability": 0.9}, "forging 0.9"),
    ],
)
def test_what_is_known_of_a_reading_is_told(changes: dict[str, Any], said: str) -> None:
    fact = parsed(first_observation_with(**changes)).css_first("#fact-T1566\\.001")
    assert said in words_of(fact)


@pytest.mark.parametrize(
    ("judgement", "said"),
    [
        (JudgementRow("correct", "Mira Oskal", "2031-05-01T10:00:00Z", "", "T1566"),
         "Corrected to T1566 by Mira Oskal, 2031-05-01"),
        (JudgementRow("accept", "", "", "", ""), "Accepted by a person"),
        (JudgementRow("query", "M", "", "why", ""), "Query by M: why"),
    ],
)  # fmt: skip
def test_judgements_are_told_apart(judgement: JudgementRow, said: str) -> None:
    page = parsed(first_observation_with(judgement=judgement))
    assert said in [words_of(node) for node in page.css("#fact-T1566\\.001 .judgement")]


def test_a_long_sentence_is_cut_around_its_quote() -> None:
    sentence = f"{'before ' * 60}T1566.001{' after' * 60}"
    quote = words_of(parsed(first_observation_with(sentence=sentence)).css_first("#fact-T1566\\.001 .quote"))
    assert quote.startswith("…")
    assert quote.endswith("…")
    assert "T1566.001" in quote
    assert len(quote) < 260


def test_a_quote_over_two_lines_is_found_in_its_sentence() -> None:
    row = sample.assessment().observations[2]
    broken = replace(row, quote=row.quote.replace("an encoded", "an\nencoded"))
    rows = tuple(broken if one.id == row.id else one for one in sample.assessment().observations)
    quote = words_of(parsed(sample_with(observations=rows)).css_first("#fact-T1059\\.001 .quote"))
    assert quote.startswith("The plan fetched its next stage from berth-updates[.]example and ran it")


def test_an_observation_that_no_passage_holds_is_reached_in_the_list() -> None:
    page = parsed(first_observation_with(passage="lost"))
    place = page.css_first(f"#{sample.assessment().observations[0].id}")
    assert place is not None
    assert place.tag == "li"


def test_an_observation_that_nothing_weighs_is_listed_all_the_same() -> None:
    features = sample.assessment().features
    without = (replace(features[0], observations=()), *features[1:])
    aside = words_of(parsed(sample_with(features=without)).css_first("#aside"))
    assert "2 part of no weighed fact" in aside


def test_a_reason_without_items_is_still_counted() -> None:
    left_out = (*sample.assessment().left_out, LeftOutRow("too many mentions", 1234))
    found = [words_of(node) for node in parsed(sample_with(left_out=left_out)).css("#aside .reason")]
    assert found[0].endswith("too many mentions")
    assert found[0].replace("\N{NARROW NO-BREAK SPACE}", "").startswith("1")


def test_what_is_ruled_out_is_told_apart_from_what_has_no_use() -> None:
    rows = list(sample.assessment().observations)
    rows[1] = replace(rows[1], ruled_out="a benign host")
    aside = words_of(parsed(sample_with(observations=tuple(rows))).css_first("#aside"))
    assert "Says nothing about the culprit: a benign host" in aside


def test_notes_in_the_margin_name_each_fact_once() -> None:
    for margin in large_page().css(".margin"):
        facts = [str(node.attributes["href"]) for node in margin.css("a")]
        assert len(set(facts)) == len(facts)


def test_bars_lead_to_a_few_quotes_and_then_to_the_fact() -> None:
    for links in large_page().css("#panel-1 .passages"):
        hrefs = [str(node.attributes["href"]) for node in links.css("a")]
        assert len(hrefs) <= 3
        assert all(href.startswith("#obs-") for href in hrefs[:-1])


def test_the_choice_offers_every_rival_and_one_panel_each() -> None:
    labels = [words_of(node) for node in sample_page().css(".choice label")]
    assert labels == ["unlisted", "Copper Lantern", "Paper Otter"]
    headings = [words_of(node) for node in sample_page().css(".panel > h3")]
    assert headings == [f"Slate Heron against {label}" for label in labels]


def test_a_lone_hypothesis_is_held_against_nobody() -> None:
    page = parsed(sample_with(hypotheses=sample.assessment().hypotheses[:1]))
    assert "There is no other hypothesis to hold it against." in words_of(page.css_first("#why"))
    assert "Nothing else was weighed." in words_of(page.css_first("#answer"))


def test_unlisted_is_told_of_wherever_it_stands() -> None:
    answer = words_of(parsed(large(unlisted=-8.0)).css_first("#answer .said"))
    assert "For unlisted (an actor that the knowledge does not hold): 0.3 %." in answer


def test_the_matrix_says_for_which_tactics_nothing_was_observed() -> None:
    said = words_of(sample_page().css_first("#matrix > .meta"))
    assert "Reconnaissance" in said
    assert "Defense Evasion" in said
    assert "Execution" not in said
    assert "Stealth" not in said


def test_cells_of_the_matrix_lead_to_their_fact_and_print_their_weight() -> None:
    cells = sample_page().css(".matrix ul a")
    assert [str(node.attributes["href"]) for node in cells] == [
        "#fact-T1566.001",
        "#fact-T1059.001",
        "#fact-T1486",
    ]
    assert [words_of(node.css_first("b")) for node in cells] == ["+1.00", "+0.50", "+2.00"]


def test_other_names_stand_with_those_who_use_them() -> None:
    said = words_of(sample_page().css_first("#names"))
    assert "TIDE-9 (Brightwater Labs); Grey Wader (Oakline)" in said


def test_sources_that_name_one_sponsor_agree() -> None:
    first, *rest = sample.assessment().hypotheses
    claims = tuple(SponsorClaim("Dorvany", speaker) for speaker in ("Oakline", "Brightwater Labs"))
    page = parsed(sample_with(hypotheses=(replace(first, sponsors=claims), *rest)))
    said = words_of(page.css_first("#names"))
    assert "2 sources, one sponsor named." in said
    assert "In these words" not in said
    assert said.count("not said") == 2


def test_when_nobody_listed_leads_the_claims_are_about_the_first_actor() -> None:
    rows = sorted(sample.assessment().hypotheses, key=lambda row: row.id != UNLISTED)
    said = words_of(parsed(sample_with(hypotheses=tuple(rows))).css_first("#names"))
    assert "which has no name and no sponsor to look up" in said
    assert "Who is said to sponsor Slate Heron" in said


@pytest.mark.parametrize("many", [0, 1, 7])
def test_rankings_of_simple_rules_may_be_of_any_length(many: int) -> None:
    ranking = tuple((f"G{place}", f"Actor {place}", float(place)) for place in range(many))
    rows = (BaselineRow("rule", "what it does", ranking), BaselineRow("empty", "nothing", ()))
    table = parsed(sample_with(baselines=rows)).css_first("#baselines table")
    assert table is not None
    assert len(table.css("thead th")) == 1 + min(many, 5)
    assert len(table.css("tbody tr")) == 2


def test_a_case_without_baselines_says_so() -> None:
    assert "No simple rule was run" in words_of(parsed(sample_with(baselines=())).css_first("#baselines"))


def test_actors_named_in_documents_are_counted() -> None:
    rows = (NamedRow("G9101", "Slate Heron", 2, 14), NamedRow("G9102", "Copper Lantern", 1, 1))
    cells = [words_of(node) for node in parsed(sample_with(named=rows)).css("#names tbody tr")][:2]
    assert cells == ["Slate Heron G9101214", "Copper Lantern G910211"]


def test_the_page_carries_what_is_needed_to_make_it_again() -> None:
    stamp = Stamp("ATT&CK 99", "abc123", ("one", "two"), ("a note",), dated=False)
    said = words_of(parsed(sample_with(knowledge=stamp)).css_first("#knowledge"))
    for words in ("ATT&CK 99", "abc123", "one; two", "a note", "only in part", sample.assessment().id):
        assert words in said


def test_weights_stand_with_their_errors() -> None:
    rows = (ModelRow("presence", 0.75, 0.125), ModelRow("absence", -1.5, 0.0))
    cells = [words_of(node) for node in parsed(sample_with(model=rows)).css("#knowledge tbody tr")]
    assert cells == ["presence0.750.125", "absence−1.50"]
    assert parsed(sample_with(model=())).css_first("#knowledge table") is None


def test_a_redacted_title_is_said_to_be_withheld() -> None:
    titled = sample_with(title=sample.assessment().documents[0].title)
    assert words_of(parsed(titled, redact=True).css_first("h1")) == "Title withheld"
    assert words_of(parsed(sample_with(title="")).css_first("h1")) == "Untitled case"


def test_plain_parts_are_what_they_say() -> None:
    assert bullets([]) is None
    assert named("same", "same").html == named("", "same").html == '<span class="id">same</span>'
    part = drawn(section("here", "A heading", fold("More", "inside", opened=True)))
    whole, heading, folded = part.css_first("section"), part.css_first("h2"), part.css_first("details")
    assert whole is not None
    assert heading is not None
    assert folded is not None
    assert whole.attributes["aria-labelledby"] == heading.attributes["id"] == "here-heading"
    assert "open" in folded.attributes
