"""Abbreviations: what a document says they stand for goes before whose alias they may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import layout
from weigh.evidence.abbreviations import MOST, abbreviated, bare, is_short
from weigh.evidence.names import prepare
from weigh.knowledge.catalogue import Actor, Alias, Catalogue, Software
from weigh.records import Span

CATALOGUE = Catalogue(
    actors=(
        Actor("G0022", "APT3", (Alias("UPS", "MISP galaxy"), Alias("Gothic Panda", "Vendor")), reports=3),
        Actor("misp:1", "Deadeye Jackal", (Alias("SEA", "MISP"), Alias("SyrianElectronicArmy", "MISP"))),
    ),
    techniques=(),
    software=(
        Software("S1144", "FRP", "tool"),
        Software("S0005", "Windows Credential Editor", "tool", (Alias("WCE", "ATT&CK"),)),
        Software("S0013", "PlugX", "malware", (Alias("TVT", "ATT&CK"), Alias("RAT", "Vendor"))),
    ),
    reports=(),
    retired=(),
)
EXTRACT = prepare(CATALOGUE)


def seen(text: str) -> list[str]:
    """What of the catalogue a text names, by id, in the order of the text."""
    return [finding.value for finding in EXTRACT(layout(text))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the server Uninterruptable Power Supplies (UPS) via the UPS console", "UPS"),
        ("a UPS (Uninterruptible Power Supply) failed", "UPS"),
        ("a UPS (short for uninterruptible power supply) failed", "UPS"),
        ("the UPS, short for uninterruptible power supply, failed", "UPS"),
        ("UPS stands for United Parcel Service", "UPS"),
        ("Uninterruptible\nPower\nSupply [UPS]", "UPS"),
        ("United Parcel Service (\u201cUPS\u201d)", "UPS"),
        ("a Remote Access Tool (RAT) ran", "RAT"),
        ("two RATs (Remote Access Trojans) ran", "RAT"),
        ("two Remote Access Tools (RATs) ran", "RAT"),
        ("across Southeast Asia (SEA) and beyond", "SEA"),
        ("the Association of the Sea (AS)", "AS"),
        ("Hypertext Transfer Protocol (HTTP)", "HTTP"),
    ],
)
def test_what_a_text_explains_is_an_abbreviation(text: str, name: str) -> None:
    assert abbreviated(text, {name: ()}, ()) == {name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the group (UPS) struck", "UPS"),
        ("the group UPS struck Uninterruptible Power Supplies", "UPS"),
        ("UPS (also APT3)", "UPS"),
        ("later renamed to Winnti Umbrella (LEAD)", "LEAD"),
        ("Uninterruptible power. Supplies (UPS)", "UPS"),
        ("Uninterruptible Power Supplies (PUPS)", "UPS"),
        ("unknown people (UPS)", "UPS"),
        ("UPS (under power since)", "UPS?"),
        ("ups (UPS)", "UPS"),
        ("", "UPS"),
    ],
)
def test_what_a_text_does_not_explain_is_none(text: str, name: str) -> None:
    assert abbreviated(text, {name: ()}, ()) == frozenset()


def test_another_name_of_what_the_knowledge_knows_is_no_abbreviation_of_something_else() -> None:
    text = "the Syrian Electronic Army (SEA)"
    assert abbreviated(text, {"SEA": ()}, [Span(4, 26)]) == frozenset()
    assert abbreviated(text, {"SEA": ()}, [Span(0, 3)]) == {"SEA"}
    assert abbreviated(text, {"SEA": {bare("SyrianElectronicArmy")}}, ()) == frozenset()


def test_what_is_explained_both_ways_is_left() -> None:
    text = "The Syrian Electronic Army (SEA) came. It was in Southeast Asia (SEA)."
    assert seen(text) == ["misp:1"] * 3


def test_an_alias_is_dropped_in_the_whole_document_and_in_no_other() -> None:
    text = "The UPS hummed. Their Uninterruptable Power Supplies (UPS) stopped, and UPS staff came."
    assert seen(text) == []
    assert seen("The actors of UPS came, whom others call Gothic Panda.") == ["G0022", "G0022"]
    assert seen(f"{text} Gothic Panda did it.") == ["G0022"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the Syrian Electronic Army (SEA) struck; SEA boasted", ["misp:1"] * 3),
        ("SEA (the SyrianElectronicArmy) struck", ["misp:1"] * 2),
        ("Southeast Asia (SEA); SEA is large", []),
        ("Windows Credential Editor (WCE) and WCE again", ["S0005"] * 3),
        ("fast reverse proxy (FRP) and FRP again", ["S1144"] * 2),
        ("PlugX (TVT) and the tool TVT", ["S0013"] * 2 + ["S0013"]),
        ("a total video transcript (TVT) and TVT", []),
        ("Remote Access Tool (RAT); the PlugX they ran", ["S0013"]),
    ],
)
def test_names_written_out_stay_names(text: str, values: list[str]) -> None:
    assert seen(text) == values


@pytest.mark.parametrize(
    ("written", "short"),
    [
        *((name, True) for name in ("UPS", "SA", "ABCDEF")),
        *((name, False) for name in ("ABCDEFG", "A", "Ups", "APT3", "UPS team", "")),
    ],
)
def test_short_names_are_letters_in_capitals(written: str, short: bool) -> None:
    assert is_short(written) is short


WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=9)


@given(st.lists(WORD, min_size=2, max_size=6), st.booleans())
def test_initials_are_read_in_either_order(words: list[str], first: bool) -> None:
    name = "".join(word[0] for word in words).upper()
    long = " ".join(words)
    text = f"Here {name} ({long}) is." if first else f"Here: {long} ({name}) is."
    assert abbreviated(text, {name: ()}, ()) == {name}


@given(st.text(alphabet='UPSups ()[],;.\n"', max_size=80))
def test_whatever_the_text_only_what_is_asked_is_answered(text: str) -> None:
    found = abbreviated(text, {"UPS": ()}, ())
    assert found <= {"UPS"}
    assert "UPS" in text or len(found) == 0


def test_places_are_bounded() -> None:
    tail = " Uninterruptible Power Supply (UPS)"
    assert abbreviated("UPS " * (MOST - 1) + tail, {"UPS": ()}, ()) == {"UPS"}
    assert abbreviated("UPS " * MOST + tail, {"UPS": ()}, ()) == frozenset()
