"""Figures that a case gives, in words: in every place, with who gave them, and withheld where names are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from tests import sample
from weigh.assessment.document import Assessment, JudgementRow
from weigh.renderers import as_markdown, dossier
from weigh.renderers.figures import reasons, stated_figures
from weigh.renderers.release import released
from weigh.renderers.terminal import why
from weigh.renderers.terminal_lists import observations

SAMPLE = sample.assessment()
DECISION = JudgementRow("correct", "Mira Oskal", "2031-05-01T10:00:00Z", "it is signed", "forgeability=0.05")
GIVEN: dict[str, Any] = {
    "forgeability": 0.05,
    "table_forgeability": 0.8,
    "credibility": 2,
    "demoted": "but one document reports it",
    "figures": (DECISION,),
}
WORDS = "ease of forging 0.05 as given, not the table's 0.8"


def graded(**changes: Any) -> Assessment:
    """The sample with figures on its first weighed observation."""
    name = SAMPLE.features[0].observations[0]
    rows = tuple(replace(row, **changes) if row.id == name else row for row in SAMPLE.observations)
    return replace(SAMPLE, observations=rows)


def shown(renderable: object) -> str:
    console = Console(width=80, file=None, color_system=None)
    with console.capture() as capture:
        console.print(renderable)
    assert all(len(line) <= 80 for line in capture.get().splitlines())
    return " ".join(capture.get().split())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"credibility": 3}, "credibility 3"),
        ({"forgeability": 0.05, "table_forgeability": 0.8}, WORDS),
        ({"forgeability": 0.8, "table_forgeability": 0.8}, ""),
        (GIVEN, f"credibility 2 (but one document reports it); {WORDS}; set by Mira Oskal"),
    ],
)
def test_the_words(changes: dict[str, Any], words: str) -> None:
    row = replace(SAMPLE.observations[0], **changes)
    assert stated_figures(row) == words
    assert reasons(row) == ("it is signed" if "figures" in changes else "")


def test_they_stand_in_every_place() -> None:
    found = graded(**GIVEN)
    leader, rival = (row.id for row in found.hypotheses[:2])
    assert WORDS in shown(why(found, leader, rival))
    (listed,) = [shown(observations(found, [row])) for row in found.observations if row.figures != ()]
    assert "0.05 as given" in listed
    assert "it is signed" in listed
    assert WORDS in as_markdown.render(found).replace("&#x27;", "'").replace("&#39;", "'")
    page = dossier.render(found)
    assert "as given; the table has 0.8" in page
    assert "Corrected to forgeability=0.05" in page


def test_nothing_is_said_where_nothing_was_given() -> None:
    leader, rival = (row.id for row in SAMPLE.hypotheses[:2])
    assert "as given" not in shown(why(SAMPLE, leader, rival))
    assert "Figures of this case" not in as_markdown.render(SAMPLE)


def test_names_and_reasons_are_withheld_with_the_others() -> None:
    found = released(graded(**GIVEN), tlp="", redact=True)
    (row,) = [each for each in found.observations if each.figures != ()]
    assert (row.figures[0].author, row.figures[0].because) == ("", "")
    assert "Mira Oskal" not in str(found)
