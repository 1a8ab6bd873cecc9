"""The claims page of the dossier: both sides, who repeats whom, the ladder; every text escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings

from tests.assessment import quay
from tests.strategies import names, texts
from weigh.assessment.claim_rows import VERDICTS, MissingRow
from weigh.assessment.document import Assessment
from weigh.assessment.repeating import OriginStepRow
from weigh.records import Party
from weigh.renderers import dossier
from weigh.renderers.dossier.ladder import SIGNS, ladder, sides
from weigh.renderers.dossier.statements import statements
from weigh.renderers.dossier.view import view


@cache
def assessment() -> Assessment:
    """Two sides in the small world."""
    return quay.weighed(quay.side())


def section(found: Assessment) -> str:
    """The section of claims, as HTML."""
    part = statements(view(found, redact=False))
    return "" if part is None else part.html


def with_claims(**changes: object) -> Assessment:
    """The same with other rows of claims."""
    return replace(assessment(), statements=replace(quay.stated(assessment()), **changes))  # type: ignore[arg-type]


def test_both_sides_stand_beside_each_other_with_their_words() -> None:
    html = section(assessment())
    assert 'class="two-sides"' in html
    assert "Who accuses: 3 claims" in html
    assert "Who answers: 2 claims" in html
    assert "Estonia attributes the intrusion into Harbour Gate to Russia" in html
    assert "Russia was not involved" in html
    assert html.count("<q ") == 7 + 2 - 2


def test_where_nobody_answers_it_says_so() -> None:
    rows = quay.stated(assessment())
    alone = replace(quay.proposition(rows, "RU"), answers=())
    assert "Nobody in the case." in section(with_claims(propositions=(alone,)))


def test_the_ladder_is_read_from_its_foot() -> None:
    row = quay.proposition(quay.stated(assessment()), "RU")
    part = ladder(row)
    assert part is not None
    order = re.findall(r'<li class="rung [a-z-]+"><div class="rung-name"><b>(\w+)</b>', part.html)
    assert order == ["degree", "sponsor", "group", "operator", "machine", "motive"]
    assert ladder(replace(row, rungs=())) is None


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_word_has_a_sign_beside_its_colour(verdict: str) -> None:
    row = quay.proposition(quay.stated(assessment()), "RU")
    part = ladder(replace(row, rungs=tuple(replace(each, verdict=verdict) for each in row.rungs)))
    assert part is not None
    assert part.html.count(f">{SIGNS[verdict]}</span><b>{verdict}</b>") == len(row.rungs)
    assert f"rung {verdict.replace(' ', '-')}" in part.html


def test_figures_without_an_item_are_hatched() -> None:
    row = quay.proposition(quay.stated(assessment()), "RU")
    part = ladder(row)
    assert part is not None
    assert part.html.count('class="bar open"') == 2
    assert 'class="bar lead"' not in part.html


def test_each_side_is_told_what_it_would_have_to_show() -> None:
    row = quay.proposition(quay.stated(assessment()), "RU")
    part = sides(row.rungs)
    assert part is not None
    assert "contracts, payments or orders that tie the group to another" in part.html
    assert "tasking, payment, staff or premises" in part.html
    assert sides(tuple(replace(each, verdict="supported") for each in row.rungs)) is None


def test_who_repeats_whom_is_drawn_with_circles_and_the_missing() -> None:
    rows = quay.stated(assessment())
    row = quay.proposition(rows, "RU")
    first, second = (step.document for step in row.chains.steps)
    steps = (OriginStepRow(first, "", 0.0, first), OriginStepRow(second, first, 0.9, first))
    chains = replace(
        row.chains,
        steps=steps,
        circles=((first, second),),
        missing=(MissingRow("NATO", "NATO", ("a", "b")),),
    )
    html = section(with_claims(propositions=(replace(row, chains=chains),)))
    assert "<svg" in html
    assert "In a circle:" in html
    assert "Missing: NATO (2)." in html


def test_the_section_stands_in_the_page_and_in_its_contents() -> None:
    page = dossier.render(assessment())
    assert '<section id="claims"' in page
    assert '<a href="#claims">Who says what</a>' in page
    without = dossier.render(replace(assessment(), statements=None))
    assert 'href="#claims"' not in without


def test_a_redacted_page_says_nothing_of_claims() -> None:
    page = dossier.render(assessment(), redact=True)
    assert 'id="claims"' not in page
    assert "Harbour Gate" not in page


@settings(max_examples=40)
@given(names, texts)
def test_no_name_and_no_word_of_a_document_becomes_markup(name: str, words: str) -> None:
    rows = quay.stated(assessment())
    told = tuple(
        replace(
            row,
            judged=words,
            claim=replace(
                row.claim, original=words, speakers=(Party(name, name),), accused=(Party(name, name),)
            ),
        )
        for row in rows.claims
    )
    propositions = tuple(replace(row, name=name, deed=words, reach=words) for row in rows.propositions)
    html = section(with_claims(claims=told, propositions=propositions))
    for hostile in ("<script", "<img", "onerror=", "javascript:"):
        assert hostile not in html.replace("&lt;script", "")
    assert html.count("<q ") == html.count("</q>")


def test_loaded_words_are_quoted_and_weigh_nothing() -> None:
    assert "Loaded words, quoted only; they weigh nothing" in section(assessment())
    assert "Loaded words" not in section(with_claims(loaded=()))


def test_ids_in_the_page_are_unique() -> None:
    page = dossier.render(assessment())
    found = re.findall(r'\sid="([^"]+)"', page)
    assert len(found) == len(set(found))
