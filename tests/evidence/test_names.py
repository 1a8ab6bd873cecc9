"""Names of software and actors: every spelling, no ordinary word, and the reason with each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, layout
from weigh.evidence.chances import CROWDED, DISTINCT, MEANT
from weigh.evidence.findings import Finding
from weigh.evidence.names import prepare
from weigh.knowledge.catalogue import Actor, Alias
from weigh.records import Kind

EXTRACT = prepare(CATALOGUE)


def findings(text: str) -> list[Finding]:
    return list(EXTRACT(layout(text)))


def seen(text: str) -> set[tuple[str, str]]:
    return {(finding.value, finding.span.of(text)) for finding in findings(text)}


@pytest.mark.parametrize(
    ("text", "value", "original"),
    [
        ("by APT28.", "G0007", "APT28"),
        ("by APT-28.", "G0007", "APT-28"),
        ("by APT 28.", "G0007", "APT 28"),
        ("by apt28x APT\u201128's", "G0007", "APT\u201128"),
        ("by apt28", "G0007", "apt28"),
        ("the hackers of turla", "G0010", "turla"),
        ("They ran mimikatz there.", "S0002", "mimikatz"),
        ("They ran two Cobalt Strikes there.", "S0154", "Cobalt Strike"),
        ("several Mimikatzes", "S0002", "Mimikatz"),
        ("FANCY BEAR did", "G0007", "FANCY BEAR"),
        ("FancyBear did", "G0007", "FancyBear"),
        ("Fancy-Bear\u2019s tools", "G0007", "Fancy-Bear"),
        ("Fancy\nBear did", "G0007", "Fancy\nBear"),
        ("They ran Mimikatz.", "S0002", "Mimikatz"),
        ("COBALT STRIKE was", "S0154", "COBALT STRIKE"),
        ("They ran certutil -decode.", "S0160", "certutil"),
        ("They ran net.exe and", "S0039", "net.exe"),
        ("They used Net to list users.", "S0039", "Net"),
        ("They used Tor for this.", "S0183", "Tor"),
        ("the Silence group stole", "G0091", "Silence"),
        ("Silence group stole", "G0091", "Silence"),
        ("Cuba ransomware came", "S0625", "Cuba"),
    ],
)
def test_seen(text: str, value: str, original: str) -> None:
    assert seen(text) == {(value, original)}


@pytest.mark.parametrize(
    "text",
    [
        "They will turn the page at a victim's network.",
        "The victim will ping the page.",
        "Page 3 of 13",
        "Net losses were small.",
        "PAGE NET PLAY SILENCE",
        "Silence fell.",
        "Plug and Play devices",
        "the .NET framework and .Net code",
        "at the route to Cuba",
        "at apt 28 of the street, said the fancy bear, net of tax",
        "the turla.txt and .mimikatz and /mimikatz of the file",
        "cobalt strikeforce",
        "AAPT28",
        "https://a.com/Mimikatz/APT28",
        r"C:\Mimikatz\Turla.txt",
        "mimikatz.exe and Mimikatz.dll",
        "Turla@a.com",
        "in Net Traveler City",
        "James and King James spoke; James left.",
    ],
)
def test_not_seen(text: str) -> None:
    assert seen(text) == set()


def test_two_actors_with_a_comma_between_are_two() -> None:
    assert seen("by APT28, APT29") == {("G0007", "APT28"), ("G0016", "APT29")}
    assert seen("by Turla,\nCozy Bear and APT29") == {
        ("G0010", "Turla"),
        ("G0016", "Cozy Bear"),
        ("G0016", "APT29"),
    }


def test_an_alias_is_shown_with_who_uses_it() -> None:
    (finding,) = findings("by Sofacy.")
    assert finding.why == "alias \u201cSofacy\u201d (said by ATT&CK, MISP galaxy) of APT28"


def test_an_actors_name_is_a_claim() -> None:
    (finding,) = findings("by Turla.")
    assert finding.kind is Kind.ACTOR
    assert finding.set_aside == "a name in a report is a claim, not evidence"


def test_one_name_of_two_actors_gives_both_and_says_so() -> None:
    found = findings("by Slate Heron.")
    assert sorted(finding.value for finding in found) == ["misp:2", "misp:3"]
    assert all("the same name is used for" in finding.why for finding in found)
    assert [finding.probability for finding in found] == [DISTINCT / 2] * 2


def test_a_name_of_software_and_of_an_actor_is_read_by_the_word_after_it() -> None:
    assert {each.kind for each in findings("the Anunak malware")} == {Kind.SOFTWARE}
    assert {each.kind for each in findings("the Anunak group")} == {Kind.ACTOR}
    both = {each.kind: each.probability for each in findings("by Anunak.")}
    assert both == {Kind.SOFTWARE: DISTINCT / 2, Kind.ACTOR: DISTINCT}


def test_a_tool_is_easier_to_forge_than_malware() -> None:
    rows = {finding.value: finding.forging for finding in findings("Mimikatz and Cobalt Strike of Turla")}
    assert rows == {"S0002": "tool", "S0154": "malware", "G0010": "name"}


@pytest.mark.parametrize(
    ("text", "probability"),
    [
        ("They used Carbon there.", DISTINCT),
        ("They used Carbon Black there.", CROWDED),
        ("They used Carbon malware there.", DISTINCT),
        ("They used Turla and Carbon there.", DISTINCT),
        ("They told Carbon S. Smith of it.", CROWDED),
        ("by STRONTIUM there", DISTINCT),
        ("by Strontium there", CROWDED),
        ("They used Ping there.", MEANT),
    ],
)
def test_the_risk_of_being_something_else_is_in_the_probability(text: str, probability: float) -> None:
    assert findings(text)[-1].probability == probability


def test_a_name_that_people_bear_counts_where_the_document_says_what_it_is_for() -> None:
    text = "James slept for an hour. The James backdoor woke up. Then James called home."
    assert [finding.value for finding in findings(text)] == ["S1015"] * 3


CASES = ("APT28", "Fancy Bear", "Cozy Bear", "Mimikatz", "Cobalt Strike", "Turla")


@given(st.lists(st.sampled_from(CASES), max_size=6), st.sampled_from([", ", "; ", " and ", "\n\n", " / "]))
def test_every_name_of_a_list_is_found_once(names: list[str], joint: str) -> None:
    text = f"seen: {joint.join(names)}."
    assert [finding.span.of(text) for finding in findings(text)] == names


@given(st.text(alphabet=st.sampled_from("apt cozyber\n."), max_size=60))
def test_words_in_small_letters_name_no_actor(text: str) -> None:
    assert all(finding.kind is not Kind.ACTOR for finding in findings(text))


GROUPS = prepare(
    replace(
        CATALOGUE,
        actors=(
            Actor("G0001", "Heronwing Group", (Alias("Quillmark Team", "ATT&CK"),), reports=3),
            Actor("G0002", "Network Group", (), reports=1),
            Actor("G0003", "MarshHeron", (), reports=2),
            Actor("G0004", "MossOtter", (Alias("Moss Heron", "ATT&CK"),), reports=2),
            Actor("G0005", "MossHeron", (), reports=2),
        ),
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The attack by Heronwing hit banks.", {("G0001", "Heronwing")}),
        ("The Heronwing Group hit banks.", {("G0001", "Heronwing Group")}),
        ("The attack by Quillmark hit banks.", set()),
        ("They opened a Network there.", set()),
        ("The attack by Marsh Heron hit banks.", {("G0003", "Marsh Heron")}),
        ("The attack by Moss Heron hit banks.", {("G0004", "Moss Heron")}),
        ("The marsh heron is a bird, and so is a Marsh heron.", set()),
    ],
)
def test_a_headline_without_its_word_for_a_group_and_one_word_written_as_two(
    text: str, found: set[tuple[str, str]]
) -> None:
    assert {(finding.value, finding.span.of(text)) for finding in GROUPS(layout(text))} == found
