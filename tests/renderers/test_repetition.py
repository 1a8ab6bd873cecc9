"""Who repeats whom as it is written: the same words everywhere, and nothing of older files missed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.console import Console

from tests import sample
from weigh.assessment.document import Assessment, OriginLinkRow, OriginsRow
from weigh.assessment.repeating import OriginStepRow
from weigh.renderers import as_markdown, dossier, repetition
from weigh.renderers.dossier.tree import Branch, draw_tree
from weigh.renderers.release import released
from weigh.renderers.terminal import screen

SAMPLE = sample.assessment()
REPORT, NOTE = (row.id for row in SAMPLE.documents)


def on_screen(assessment: Assessment) -> str:
    """The screen at 80 columns."""
    console = Console(width=80, record=True, file=None, color_system=None, quiet=True)
    with console.capture() as capture:
        console.quiet = False
        console.print(screen(assessment))
    return capture.get()


def row() -> OriginsRow:
    """The sample's rows."""
    found = SAMPLE.origins
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("documents", "origins", "effective", "words"),
    [
        (8, 4, 2.06, "8 documents, 4 origins, worth 2.1 independent ones."),
        (1, 1, 1.0, "1 document, 1 origin, worth 1.0 independent one."),
        (3, 1, 1.04, "3 documents, 1 origin, worth 1.0 independent one."),
        (0, 0, 0.0, "0 documents, 0 origins, worth 0.0 independent ones."),
    ],
)
def test_the_summary_counts_in_words_that_agree(
    documents: int, origins: int, effective: float, words: str
) -> None:
    counted = replace(row(), documents=documents, origins=origins, effective=effective)
    assert repetition.summary(counted) == words


def test_links_that_are_taken_and_others_are_all_links() -> None:
    taken = repetition.taken(row())
    assert [(step.document, step.repeats) for step, _ in taken] == [(NOTE, REPORT)]
    rest = repetition.others(row())
    assert {link for _, link in taken} | set(rest) == set(row().links)


def test_a_reason_says_the_kind_and_what_shows_it() -> None:
    link = OriginLinkRow(NOTE, REPORT, "cites", 0.6, "names its title", "", -1, -1)
    assert repetition.reason(link) == "cites: names its title"
    assert repetition.reason(replace(link, why="")) == "cites"
    assert repetition.reason(None) == "both repeat a third document"


def test_a_weak_link_only_may_repeat() -> None:
    cites = OriginLinkRow(NOTE, REPORT, "cites", 0.6, "names its title", "", -1, -1)
    assert repetition.verb(OriginStepRow(NOTE, REPORT, 0.9, REPORT), cites) == "repeats"
    assert repetition.verb(OriginStepRow(NOTE, REPORT, 0.6, NOTE), cites) == "may repeat"


def test_documents_without_a_link_of_their_own_share_a_source() -> None:
    assert repetition.verb(OriginStepRow(NOTE, REPORT, 0.9, REPORT), None) == "shares a source with"
    assert repetition.verb(OriginStepRow(NOTE, REPORT, 0.6, NOTE), None) == "may share a source with"


def test_the_screen_says_it_shortly() -> None:
    text = " ".join(on_screen(SAMPLE).split())
    assert "Who repeats whom" in text
    assert "2 documents, 1 origin, worth 1.1 independent ones." in text
    assert "brightwater.json repeats incident.md (90 %): builds on: names its title" in text
    assert "incident.md names brightwater.json, which names incident.md again" in text
    assert max(map(len, on_screen(SAMPLE).splitlines())) <= 80


@pytest.mark.parametrize(
    "origins", [None, replace(row(), documents=1)], ids=["saved earlier", "one document"]
)
def test_without_origins_the_screen_and_the_page_say_nothing_of_them(origins: OriginsRow | None) -> None:
    without = replace(SAMPLE, origins=origins)
    assert "Who repeats whom" not in on_screen(without)
    assert 'id="origins"' not in dossier.render(without)
    assert 'id="origins"' in dossier.render(SAMPLE)


def test_the_report_says_when_origins_were_not_traced() -> None:
    assert "Origins were not traced" in as_markdown.render(replace(SAMPLE, origins=None))
    assert "| brightwater.json | incident.md | 90 % | builds on: names its title |" in as_markdown.render(
        SAMPLE
    )


def test_documents_that_are_not_there_are_unknown() -> None:
    bare = replace(SAMPLE, documents=())
    for text in (on_screen(bare), as_markdown.render(bare), dossier.render(bare)):
        assert "an unknown document" in " ".join(text.split())


def test_a_redacted_copy_keeps_who_repeats_whom_and_not_their_words() -> None:
    hidden = released(SAMPLE, tlp="", redact=True).origins
    assert hidden is not None
    assert hidden.steps == row().steps
    assert {(link.why, link.quote) for link in hidden.links} == {("", "")}
    assert [link.kind for link in hidden.links] == [link.kind for link in row().links]


def test_the_picture_joins_each_document_to_the_one_it_repeats() -> None:
    branches = (
        Branch("The report of the harbour", "", 0, -1, firm=False),
        Branch("A statement", "builds on, 90 %", 1, 0, firm=True),
        Branch("A newspaper", "cites, 60 %", 2, 1, firm=False),
    )
    html = draw_tree("tree", "Origins", "who repeats whom", branches).html
    assert html.count("<line") == 4
    assert html.count('class="branch weak"') == 2
    assert html.count('class="label first"') == 2
    assert 'height="8.10em"' in html
    assert "A newspaper" in html
    assert draw_tree("tree", "Origins", "nobody", ()).html.count("<line") == 0
