"""Which indicators belong to the report rather than to the operation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.evidence.known import CATALOGUE, document, layout
from weigh.evidence import build, observe, spotting
from weigh.evidence.forgeability import forgeabilities
from weigh.evidence.indicators import DEFANGED, PROBABILITIES, own_hosts
from weigh.knowledge.catalogue import Listed, Listing
from weigh.records import Document, Field, Kind, Observation, Span

OBSERVER = build(CATALOGUE)
DIGEST = "aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f"


def indicators(text: str, *, source: str = "") -> dict[str, Observation]:
    found = observe(document(text, source=source), OBSERVER)
    return {each.value: each for each in found if each.kind is Kind.INDICATOR}


def test_the_publishers_own_links_are_context() -> None:
    text = "title: Berth\nurl: https://news.quay.com/2031/berth\n\nSee www.quay.com and evil.net.\n"
    found = indicators(text)
    assert found["www.quay.com"].set_aside == "context: an address of the document's own publisher"
    assert found["https://news.quay.com/2031/berth"].set_aside.startswith("context: ")
    assert found["evil.net"].set_aside == ""


@pytest.mark.parametrize(
    "text",
    [
        "URL: http://evil.net/gate",
        "Indicators\nSource: evil.net\n",
        "Original: http://evil.net/x",
        "title: Addresses\nurl: http://evil.net/1\nurl: http://evil.org/2\n",
        "title: Berth\nurl: hxxp://evil[.]net/1\n",
        "title: Berth\n\nThey came.\nurl: http://evil.net/1\n",
    ],
)
def test_a_list_of_addresses_has_no_publisher(text: str) -> None:
    assert own_hosts(layout(text)) == frozenset()
    assert indicators(text)["evil.net"].set_aside == ""


def fields(*rows: tuple[str, str]) -> Document:
    """A structured file's lines, a field each, as the readers write them."""
    text, placed = "", []
    for number, (kind, value) in enumerate(rows):
        start = len(text) + len(kind) + 2
        placed.append(Field(f"/{number}", Span(start, start + len(value)), kind))
        text += f"{kind}: {value}\n"
    return replace(document(text), format="misp", fields=tuple(placed))


def test_the_fields_of_a_structured_file_are_no_header_and_cite_where_they_say_so() -> None:
    read = fields(
        ("title", "Berth"),
        ("url", "http://evil.net/gate"),
        ("domain", "evil.net"),
        ("url", "http://quayfinder.com/a"),
        ("Reference URL", "https://pier.org/about"),
        ("comment", "seen at http://quayfinder.com/b"),
    )
    found = {each.value: each.set_aside for each in observe(read, OBSERVER)}
    assert found["http://evil.net/gate"] == found["evil.net"] == found["http://quayfinder.com/a"] == ""
    assert found["https://pier.org/about"] == "context: a field that says where something is told"
    assert found["http://quayfinder.com/b"] == found["quayfinder.com"] != ""


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
    assert live.set_aside == "context: a host whose reports are cited in two lists"
    assert defanged.set_aside == ""
    assert defanged.probability == DEFANGED


def test_hosts_that_everybody_uses_are_context_but_not_what_anybody_put_there() -> None:
    text = "Seen were quayfinder.com, https://www.quayfinder.com/a, quaystore.com and http://quaystore.com/raw/x1."
    found = indicators(text + " Write to a@quayfinder.com, and see notquayfinder.com.")
    aside = {value for value, each in found.items() if each.set_aside == "context: on the list “Most used”"}
    assert aside == {"quayfinder.com", "https://www.quayfinder.com/a", "quaystore.com"}
    assert {"http://quaystore.com/raw/x1", "a@quayfinder.com", "notquayfinder.com"} <= found.keys() - aside


def test_what_is_given_to_somebody_below_a_common_host_is_not_common() -> None:
    lists = (
        Listing(Listed.COMMON, "Most used", "duckdns.org github.io"),
        Listing(Listed.OPEN, "Open to all", "duckdns.org"),
    )
    observer = build(replace(CATALOGUE, listings=lists))
    text = "bad.duckdns.org, duckdns.org, https://a.duckdns.org, http://b.github.io/x (http://c.github.io/x)"
    found = {each.value: each.set_aside for each in observe(document(text), observer)}
    weighed = {value for value, reason in found.items() if reason == ""}
    assert weighed == {
        "bad.duckdns.org",
        "https://a.duckdns.org",
        "a.duckdns.org",
        "http://b.github.io/x",
        "b.github.io",
    }
    assert found["http://c.github.io/x"] == "context: on the list “Most used”"


def test_below_a_hosters_name_a_publisher_is_one_of_many() -> None:
    text = "title: Berth\nurl: https://heron.github.io/berth\n\nSee heron.github.io and evil.github.io."
    assert own_hosts(layout(text)) == {"heron.github.io"}
    assert indicators(text)["evil.github.io"].set_aside == ""


def test_a_public_service_and_a_test_file_are_nobodys_however_they_are_written() -> None:
    found = indicators("It called 9[.]8[.]7[.]6 and dropped 44d88612fea8a8f36de82e1278abb02f.")
    assert found["9.8.7.6"].set_aside == "on the list “Resolvers”"
    assert found["44d88612fea8a8f36de82e1278abb02f"].set_aside == "on the list “Test files”"


def test_where_links_are_made_harmless_a_working_one_is_a_reference() -> None:
    bad = "evil[.]net, hxxp://evil[.]org/a, evil[.]com"
    live = "https://guide.org/x, guide.net and http://5.4.3.2/x.sh"
    found = indicators(f"Seen were {bad}; see {live}.")
    assert found["https://guide.org/x"].set_aside.startswith("context: a working link, and 3 ")
    assert {value for value, each in found.items() if each.set_aside != ""} == {"https://guide.org/x"}
    assert indicators(f"See {live}.")["https://guide.org/x"].set_aside == ""


@pytest.mark.parametrize(
    ("text", "host", "subtype"),
    [
        ("hxxps://WWW.evil[.]net:8080/a", "www.evil.net", "domain"),
        ("evil.net/a/b", "evil.net", "domain"),
        ("http://5.4.3[.]2/x", "5.4.3.2", "ipv4"),
        ("5.4.3.2:81/x.sh", "5.4.3.2", "ipv4"),
        ("http://[2a00::7]/x", "2a00::7", "ipv6"),
        ("http://e\u200bvil.net/x", "evil.net", "domain"),
    ],
)
def test_the_host_of_a_url_is_an_indicator_too(text: str, host: str, subtype: str) -> None:
    found = indicators(f"It called {text} then.")
    assert sorted(each.subtype for each in found.values()) == sorted([subtype, "url"])
    assert found[host].subtype == subtype
    assert found[host].original in text


def test_links_among_references_are_context_and_defanged_ones_are_not() -> None:
    references = f"[1] https://a.com/x and hxxp://b[.]com/y and {DIGEST}"
    text = f"Summary\nThe host evil.net was seen.\n\nReferences\n{references}\n"
    found = indicators(text)
    assert found["evil.net"].set_aside == ""
    assert "references" in found["https://a.com/x"].set_aside
    assert found["http://b.com/y"].set_aside == ""
    dead = indicators("Seen.\n\nReferences\n[1] hxxps://blog[.]heronlabs[.]com/x\n")
    assert dead["https://blog.heronlabs.com/x"].set_aside == (
        "context: a host whose reports are cited in two lists"
    )
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


def test_what_is_defanged_is_nobodys_reference() -> None:
    for host in ("blog[.]heronlabs[.]com", "quayfinder[.]com", "hxxps://quaystore[.]com/x"):
        assert all(each.set_aside == "" for each in indicators(f"It called {host} then.").values())


def test_a_working_link_to_a_bare_address_is_no_reference_anywhere() -> None:
    bad = " ".join(f"evil{number}[.]net" for number in range(9))
    assert indicators(f"{bad} and http://5.4.3.2/a")["http://5.4.3.2/a"].set_aside == ""


def test_one_document_is_read_alike_with_and_without_lists() -> None:
    """Lists set aside and find nothing; only the host of a page that is set aside is not named again."""
    text = "quayfinder.com, 9.8.7.6, http://5.4.3.2/a, blog.heronlabs.com/x, a@heronlabs.com, evil[.]net"
    plain = build(replace(CATALOGUE, listings=()))
    one, two = (observe(document(text), observer) for observer in (OBSERVER, plain))
    assert {each.value for each in two} - {each.value for each in one} == {"blog.heronlabs.com"}
    assert {each.id for each in one} < {each.id for each in two}
    assert sum(each.set_aside != "" for each in one) > sum(each.set_aside != "" for each in two) == 0
