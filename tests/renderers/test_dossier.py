"""The dossier is safe with any text, complete, self-contained, the same bytes every time, and small."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from selectolax.lexbor import LexborHTMLParser

from tests import sample, strategies
from tests.renderers.large import large
from tests.renderers.pages import each_text, elements, large_html, parsed, sample_page, words_of
from weigh.assessment.document import UNLISTED, Assessment
from weigh.errors import CaseError, UsageError
from weigh.renderers.dossier import render
from weigh.renderers.signs import visible

HOSTILE = (
    *strategies.TRICKY,
    "</style><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "<!-- ",
    "--><svg/onload=alert(1)>",
    "&lt;script&gt;",
    "\u202egpj.exe",
    "\u2066\u2069\ud800",
    "\x00\x1b[31m\x7f\x9b",
    "{{7*7}}${7*7}",
)
# Fields that hold ids of other records, or that decide how a record is shown.
REFERENCES = {
    "Assessment.schema", "DocumentRow.id", "FeatureRow.id", "FeatureRow.kind", "FeatureRow.observations",
    "HypothesisRow.id", "LinchpinRow.feature", "LinchpinRow.leader", "ObservationRow.document",
    "ObservationRow.id", "ObservationRow.kind", "ObservationRow.passage", "PassageRow.document",
    "PassageRow.id", "PredictionSetRow.hypotheses", "AchRow.hypotheses", "AchFactRow.feature",
    "NextEvidenceRow.leader", "SponsorRow.kind", "SponsorRow.actors",
    "OriginLinkRow.document", "OriginLinkRow.repeats", "OriginsRow.circles",
    "PosingRow.posed_as", "PosingRow.finding", "PosingRow.leader",
    "OriginStepRow.document", "OriginStepRow.repeats", "OriginStepRow.origin", "FactOriginsRow.feature",
}  # fmt: skip


FROM_DOCUMENTS = {
    "Assessment.title", "DocumentRow.name", "DocumentRow.title", "DocumentRow.source", "DocumentRow.notices",
    "FeatureRow.name", "JudgementRow.because", "JudgementRow.value", "LeftOutRow.reason",
    "ObservationRow.name", "ObservationRow.quote", "ObservationRow.ruled_out", "ObservationRow.sentence",
    "ObservationRow.set_aside", "ObservationRow.value", "ObservationRow.why", "PassageRow.text",
}  # fmt: skip


def with_suffix(assessment: Assessment, suffix: str, kept: tuple[str, ...]) -> Assessment:
    """Every text followed by a space and `suffix`, except fields in `kept` and the id of `unlisted`."""

    def change(text: str, where: str) -> str:
        return text if where in kept or text == UNLISTED else f"{text} {suffix}"

    changed: Assessment = each_text(assessment, change)
    return changed


def assert_harmless(page: LexborHTMLParser) -> None:
    """No element, attribute or link that could run, fetch or send anything."""
    for node in elements(page):
        assert node.tag not in (
            "script",
            "img",
            "iframe",
            "object",
            "embed",
            "base",
            "link",
            "form",
            "a:href",
        )
        for name, value in node.attributes.items():
            assert not name.startswith("on"), (node.tag, name)
            assert name not in ("src", "srcset", "style", "action", "formaction", "xlink:href"), name
            assert name != "href" or str(value).startswith("#"), value
    assert len(page.css("style")) == 1


@cache
def harmless_tags(length: int, kept: tuple[str, ...]) -> Counter[str | None]:
    """The elements of the sample's page when every text is longer by so many plain letters."""
    return tags(parsed(with_suffix(sample.assessment(), "x" * length, kept)))


def tags(page: LexborHTMLParser) -> Counter[str | None]:
    """How many there are of each element, but for those that cut a chart's label by its length."""
    return Counter(node.tag for node in elements(page) if node.tag != "tspan")


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("kept", [("FeatureRow.kind", "ObservationRow.kind"), ()], ids=["kinds", "any kind"])
def test_hostile_text_in_every_field_changes_no_element(hostile: str, kept: tuple[str, ...]) -> None:
    page = parsed(with_suffix(sample.assessment(), hostile, kept))
    assert_harmless(page)
    # Counted, not listed: a suffix moves rows that stand in alphabetical order.
    assert tags(page) == harmless_tags(len(hostile), kept)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_shown_as_text(hostile: str) -> None:
    changed = replace(sample.assessment(), assumptions=(f"a{hostile}z",))
    page = parsed(changed)
    limits = page.css_first("#limits")
    assert limits is not None
    assert visible(f"a{hostile}z") in limits.text()


def test_every_text_of_an_assessment_is_written() -> None:
    places: list[str] = []

    def change(text: str, where: str) -> str:
        if where in REFERENCES:
            return text
        places.append(where)
        return f"{text}⟨{len(places) - 1}⟩"

    shown = render(each_text(sample.assessment(), change))
    written = {places[int(number)] for number in re.findall(r"⟨(\d+)⟩", shown)}
    machine_names = {"FeatureRow.stix_id", "HypothesisRow.stix_id", "NextEvidenceRow.kind"}
    # A sentence is shown around its quote, and a quote with a mark of its own does not stand in it; of
    # the moment of a judgement the page shows the day.
    assert set(places) - written == machine_names | {"ObservationRow.sentence", "JudgementRow.made"}


@settings(max_examples=40, deadline=None)
@given(strategies.assessments())
def test_any_assessment_renders_harmless_whole_and_the_same_again(assessment: Assessment) -> None:
    html = render(assessment)
    assert render(assessment).encode() == html.encode()
    page = LexborHTMLParser(html)
    assert_harmless(page)
    ids = [str(node.attributes["id"]) for node in elements(page) if "id" in node.attributes]
    targets = {str(node.attributes["href"])[1:] for node in page.css("a[href]")}
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    assert targets <= set(ids)
    assert {row.id for row in assessment.observations} <= set(ids)


def test_the_sample_renders_byte_for_byte(snapshot: Callable[[str, str], None]) -> None:
    snapshot("dossier.html", render(sample.assessment()))


def test_the_policy_allows_the_one_style_by_its_hash_and_nothing_else() -> None:
    page = sample_page()
    style, meta = page.css_first("style"), page.css_first("meta[http-equiv]")
    assert style is not None
    assert meta is not None
    digest = base64.b64encode(hashlib.sha256(style.text().encode()).digest()).decode()
    assert meta.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_the_style_fetches_nothing() -> None:
    style = sample_page().css_first("style")
    assert style is not None
    rules = style.text()
    assert set(re.findall(r"url\(([^)]*)\)", rules)) == {"#hatch"}
    assert "@import" not in rules
    assert "@font-face" not in rules


def test_a_large_case_stays_small() -> None:
    html = large_html()
    assert len(large().observations) == 300
    assert len(large().hypotheses) == 170
    assert len(html.encode()) < 1_500_000


@pytest.mark.parametrize(
    ("given_label", "shown", "kind"),
    [
        ("", "TLP:GREEN", "tlp-green"),
        ("RED", "TLP:RED", "tlp-red"),
        ("tlp:amber+strict", "TLP:AMBER+STRICT", "tlp-amber-strict"),
    ],
)
def test_the_label_is_shown_at_top_and_bottom(given_label: str, shown: str, kind: str) -> None:
    page = parsed(sample.assessment(), tlp=given_label)
    assert [words_of(node) for node in page.css(".tlp")] == [shown, shown]
    body = page.body
    assert body is not None
    assert body.attributes["class"] == kind


def test_a_label_that_tlp_does_not_have_is_refused() -> None:
    with pytest.raises(UsageError):
        render(sample.assessment(), tlp="PURPLE")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_damaged_label_is_shown_as_text(hostile: str) -> None:
    page = parsed(replace(sample.assessment(), tlp=hostile or "x"))
    assert {node.text() for node in page.css(".tlp")} == {f"TLP:{visible(hostile)}"}


def test_a_missing_label_is_said() -> None:
    page = parsed(replace(sample.assessment(), tlp=""))
    assert [words_of(node) for node in page.css(".tlp")] == ["No TLP label", "No TLP label"]


def test_addresses_of_the_documents_are_written_defanged_wherever_they_stand() -> None:
    live: Assessment = each_text(
        sample.assessment(),
        lambda text, where: f"{text} http://live.invalid/x" if where in FROM_DOCUMENTS else text,
    )
    html = render(live)
    assert "live.invalid" not in html
    assert html.count("hxxp://live[.]invalid/x") > len(FROM_DOCUMENTS)


def test_an_assessment_without_hypotheses_is_damaged() -> None:
    with pytest.raises(CaseError, match="no hypothesis"):
        render(replace(sample.assessment(), hypotheses=()))


def test_a_redacted_page_carries_no_words_of_documents_and_no_persons() -> None:
    html = render(sample.assessment(), redact=True)
    withheld = [row.text for row in sample.assessment().passages]
    withheld += [row.sentence for row in sample.assessment().observations]
    withheld += [name for row in sample.assessment().documents for name in (row.name, row.title)]
    withheld += ["Mira Oskal", "annex 2", "ran it with an encoded"]
    assert [words for words in withheld if words in html] == []
    assert "Slate Heron comes first" in words_of(LexborHTMLParser(html).css_first("#answer"))
    assert "Redacted copy" in words_of(LexborHTMLParser(html).css_first("footer"))


@settings(max_examples=20, deadline=None)
@given(strategies.assessments())
def test_a_redacted_page_still_resolves_every_link(assessment: Assessment) -> None:
    page = parsed(assessment, redact=True)
    ids = {str(node.attributes["id"]) for node in elements(page) if "id" in node.attributes}
    assert {str(node.attributes["href"])[1:] for node in page.css("a[href]")} <= ids
    assert {row.id for row in assessment.observations} <= ids
    assert page.css_first("mark") is None
