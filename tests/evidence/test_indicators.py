"""Which indicators belong to the report rather than to the operation."""

from __future__ import annotations

import pytest

from tests.evidence.known import CATALOGUE, document, layout
from weigh.evidence import build, observe, spotting
from weigh.evidence.forgeability import forgeabilities
from weigh.evidence.indicators import DEFANGED, PROBABILITIES, own_hosts
from weigh.records import Kind, Observation

OBSERVER = build(CATALOGUE)
DIGEST = "aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f"


def indicators(text: str, *, source: str = "") -> dict[str, Observation]:
    found = observe(document(text, source=source), OBSERVER)
    return {each.value: each for each in found if each.kind is Kind.INDICATOR}


def test_the_publishers_own_links_are_context() -> None:
    text = "Title\nurl: https://news.quay.com/2031/berth\n\nSee www.quay.com and evil.net.\n"
    found = indicators(text)
    assert found["www.quay.com"].set_aside == "context: an address of the document's own publisher"
    assert found["https://news.quay.com/2031/berth"].set_aside.startswith("context: ")
    assert found["evil.net"].set_aside == ""


def test_a_source_that_is_called_as_its_host_is_its_publisher() -> None:
    assert own_hosts(layout("nothing")) == frozenset()
    assert indicators("See www.quay.com.", source="quay.com")["www.quay.com"].set_aside.startswith(
        "context: "
    )
    assert indicators("See www.quay.com.", source="Quay")["www.quay.com"].set_aside == ""


def test_a_host_that_publishes_reports_is_context_unless_it_is_defanged() -> None:
    text = "As https://blog.heronlabs.com/other says, www[.]heronlabs[.]com was copied."
    found = indicators(text)
    live, defanged = found["https://blog.heronlabs.com/other"], found["www.heronlabs.com"]
    assert live.set_aside == "context: a host that published 2 of the reports in the knowledge"
    assert defanged.set_aside == ""
    assert defanged.probability == DEFANGED


def test_links_among_references_are_context_and_defanged_ones_are_not() -> None:
    references = f"[1] https://a.com/x and hxxp://b[.]com/y and {DIGEST}"
    text = f"Summary\nThe host evil.net was seen.\n\nReferences\n{references}\n"
    found = indicators(text)
    assert found["evil.net"].set_aside == ""
    assert "references" in found["https://a.com/x"].set_aside
    assert found["http://b.com/y"].set_aside == ""
    assert "references" in found[DIGEST].set_aside


def test_digests_in_advice_are_indicators_still_and_links_there_are_not() -> None:
    text = f"Mitigations\nBlock the file {DIGEST} as https://guide.com/x says.\n"
    found = indicators(text)
    assert found[DIGEST].set_aside == ""
    assert "advises" in found["https://guide.com/x"].set_aside


def test_a_documentation_address_is_kept_with_its_reason() -> None:
    found = indicators("It called 192.0.2.7 and 8.8.8.8.")
    assert found["192.0.2.7"].set_aside == "documentation address (RFC 5737)"
    assert found["8.8.8.8"].set_aside == ""


def test_originals_and_values() -> None:
    found = indicators("It called hxxps://EVIL[.]net/A then.")["https://evil.net/A"]
    assert found.original == "hxxps://EVIL[.]net/A"
    assert found.subtype == "url"
    assert "does not work" in found.why


@pytest.mark.parametrize("sort", PROBABILITIES)
def test_every_sort_has_a_forgeability_and_a_probability(sort: str) -> None:
    assert sort in forgeabilities()
    assert 0.5 < PROBABILITIES[sort] <= 1.0


def test_a_text_of_nothing_but_indicators_is_read_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spotting, "MOST", 3)
    text = " ".join(f"198.51.100.{number}" for number in range(9)) + " and a@b.example"
    spotted = spotting.spot(text)
    found = [sighting.span.of(text) for sighting in spotted.sightings]
    assert found == ["198.51.100.0", "198.51.100.1", "198.51.100.2", "a@b.example"]
    (notice,) = spotted.notices
    assert notice.problem.startswith("more than 3 dotted runs")
    assert notice.place == f"character {text.index('198.51.100.3')}"
