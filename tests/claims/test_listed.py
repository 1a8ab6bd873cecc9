"""The tables of names, and abbreviations that a text defines."""

from __future__ import annotations

import pytest

from tests.claims.reader import document, reader
from weigh.claims.listed import Form, home_of, is_forum, listed_names, outlets
from weigh.evidence.countries import states
from weigh.evidence.layout import lay_out
from weigh.records import Party


def named(text: str) -> list[tuple[str, str]]:
    """Who is named in a text, with the words for each."""
    found = reader().gazetteer.mentions(lay_out(document(text)))
    return [(item.party.key, item.span.of(text)) for item in found]


def test_every_people_is_a_state() -> None:
    listed = {name: (party.key, form) for name, party, form, _ in listed_names()}
    for code, row in states().items():
        for adjective in row.get("of", ()):
            assert listed.get(f"the {adjective}s", (code, Form.STATE)) == (code, Form.STATE)
    assert listed["the Norwegians"] == ("NO", Form.STATE)


def test_a_people_is_read_as_its_state() -> None:
    assert named("Some say that the Norwegians did it.") == [("NO", "the Norwegians")]


def test_only_places_where_states_meet_are_forums() -> None:
    assert is_forum(Party("UN", "UN"))
    assert not is_forum(Party("NATO", "NATO"))
    assert not is_forum(Party("NO", "Norway"))


def test_an_outlet_has_the_state_of_its_row() -> None:
    assert home_of(Party("Yonhap", "Yonhap")) == "KR"
    assert home_of(Party("Reuters", "Reuters")) == ""
    assert home_of(Party("NO/ministry", "ministry")) == "NO"


@pytest.mark.parametrize("outlet", ["Reuters", "AFP", "PTI"])
def test_an_outlet_after_a_place_is_no_abbreviation_of_its_state(outlet: str) -> None:
    assert outlet in outlets()
    text = f"OSLO ({outlet}) - Nobody spoke. Then {outlet} left."
    assert ("NO", outlet) not in named(text)
    assert named(text)[0] == ("NO", "OSLO")


def test_no_abbreviation_of_a_dateline_s_place_is_taken_up() -> None:
    assert named("OSLO (NNA) - Nobody spoke. NNA left.") == [("NO", "OSLO")]
    assert ("NO", "KON") in named("The Kingdom of Norway (KON) spoke. Then KON left.")
