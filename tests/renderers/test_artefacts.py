"""Artefacts and circumstances wherever an assessment is shown or handed on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console

from tests.assessment.harbour import REPORT, assessed, document, observed
from weigh.assessment.document import Assessment
from weigh.assessment.posing import frame_up
from weigh.records import Kind, Observation, Source, Span
from weigh.renderers import as_csv, as_json, as_markdown, as_misp, as_stix, dossier, notebook
from weigh.renderers.terminal import screen

NOTE = document(
    "The header fits. Its strings are in Korean. It ran in May 2021. Nothing else fits anybody.",
    "note.txt",
    source=Source("Oakline"),
)


def _made(value: str, start: int, kind: Kind, subtype: str, set_aside: str = "") -> Observation:
    return Observation(
        NOTE.id,
        Span(start, start + 10),
        kind,
        value,
        NOTE.text[start : start + 10],
        "trace",
        0.85,
        0.8,
        subtype,
        set_aside=set_aside,
        why="the words say so",
    )


def _shown() -> Assessment:
    return assessed(
        (REPORT, NOTE),
        observations=[
            *observed(REPORT),
            _made("rich header points to G0001, forged", 0, Kind.ARTEFACT, "rich header"),
            _made("code points to G0004", 4, Kind.ARTEFACT, "code"),
            _made("code", 70, Kind.ARTEFACT, "code", "tied to nobody"),
            _made("ko", 17, Kind.CIRCUMSTANCE, "language"),
            _made("2021-05", 44, Kind.CIRCUMSTANCE, "activity"),
        ],
    )


SHOWN = _shown()


def test_the_dossier_has_a_table_of_artefacts_that_links_to_their_words() -> None:
    page = dossier.render(SHOWN)
    assert "Artefacts that documents tie to an actor" in page
    assert "Said to be forged" in page
    assert 'href="#obs-' in page
    assert "weighed under posing alone, as evidence that can be planted" in page
    assert "tied to nobody" in page
    assert "Korean" in page
    assert "the knowledge holds nothing of this kind per actor" in page


def test_the_dossier_has_no_such_table_without_artefacts() -> None:
    assert "Artefacts that documents tie" not in dossier.render(assessed((REPORT,)))


def test_markdown_says_what_is_weighed_where() -> None:
    shown = as_markdown.render(SHOWN)
    assert "Artefacts that documents tie to an actor are weighed here and nowhere else" in shown
    assert "rich header, said to be forged, \u2192 Copper Lantern" in shown
    assert "**ko** Korean (language)" in shown


def test_a_saved_assessment_keeps_the_artefacts_and_renders_again() -> None:
    saved = as_json.render(SHOWN)
    rows = json.loads(saved)["posing"]["artefacts"]
    assert [(row["sort"], row["forged"]) for row in rows] == [("code", False), ("rich header", True)]
    assert as_json.load(saved.encode()) == SHOWN


@pytest.mark.parametrize("render", [as_stix.render, as_misp.render, as_csv.render])
def test_every_export_carries_them(render: object) -> None:
    shown = str(render(SHOWN)) if callable(render) else ""
    for words in ("rich header points to G0001, forged", "2021-05"):
        assert words in shown


def test_stix_lists_in_its_note_what_it_has_no_object_for() -> None:
    bundle = json.loads(as_stix.render(SHOWN))
    (note,) = [item for item in bundle["objects"] if item.get("abstract") == "What the evidence supports"]
    assert "- circumstance, language: ko" in note["content"]
    assert "- artefact, rich header: rich header points to G0001, forged" in note["content"]


def test_redacted_they_keep_their_values_and_lose_their_words() -> None:
    shown = as_markdown.render(SHOWN, redact=True)
    assert "rich header points to G0001, forged" in shown
    assert "Its strings are in Korean" not in shown
    assert "the words say so" not in shown


def test_what_is_not_flagged_is_not_warned_of() -> None:
    assert SHOWN.posing is not None
    calm = replace(SHOWN, posing=replace(SHOWN.posing, artefacts=()))
    assert "Artefacts that documents tie to an actor</" not in dossier.render(calm)


def _one_line(text: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", text).replace("&gt;", ">").replace("\\", "").split())


def _terminal(assessment: Assessment) -> str:
    console = Console(width=80, highlight=False, markup=False, emoji=False)
    with console.capture() as captured:
        console.print(screen(assessment))
    return captured.get()


@pytest.mark.parametrize(
    "render",
    [_terminal, as_markdown.render, dossier.render, notebook.assessment, as_stix.render, as_misp.render],
    ids=["terminal", "markdown", "dossier", "notebook", "stix", "misp"],
)
def test_a_possible_frame_up_is_a_caution_wherever_the_leader_is_named(
    render: Callable[[Assessment], str],
) -> None:
    posing = SHOWN.posing
    assert posing is not None
    flagged = replace(posing, flagged=True, planted=0.97, finding="deception")
    caution = frame_up(replace(SHOWN, posing=flagged))
    assert caution.startswith("Possible frame-up.")
    shown = _one_line(render(replace(SHOWN, posing=flagged, cautions=(caution,))))
    assert _one_line(caution) in shown
    assert "Possible frame-up" not in render(replace(SHOWN, cautions=()))


@pytest.mark.parametrize("render", [_terminal, as_markdown.render], ids=["terminal", "markdown"])
def test_the_caution_stands_between_the_answer_and_the_table(render: Callable[[Assessment], str]) -> None:
    shown = _one_line(render(replace(SHOWN, cautions=("Somebody may pose as another.",))))
    leader = shown.index("lead" if render is as_markdown.render else "Leads")
    table = shown.index("hypothesis |" if render is as_markdown.render else "word (ICD 203)")
    assert leader < shown.index("Somebody may pose") < table


def test_without_any_fact_the_cautions_are_shown_all_the_same() -> None:
    bare = replace(SHOWN, features=(), cautions=("Somebody may pose as another.",))
    for shown in (as_markdown.render(bare), notebook.assessment(bare), dossier.render(bare), _terminal(bare)):
        assert "Somebody may pose as another." in shown


def test_a_redacted_caution_names_no_document() -> None:
    told = replace(SHOWN, cautions=("This is a what-if (left out: note.txt).",))
    assert "left out: withheld" in as_markdown.render(told, redact=True)
    assert "note.txt" not in as_json.render(told, redact=True)
