"""Whoever holds an office of a state speaks for it; an agency after a comma is not its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import CODES, document, reader
from weigh.claims import offices
from weigh.claims.listed import Form, bodies_table
from weigh.claims.parties import Mentions
from weigh.claims.voices import Voices, hear
from weigh.evidence.countries import country_name, states
from weigh.evidence.layout import lay_out
from weigh.records import Party

_OFFICES = (
    "president",
    "prime minister",
    "deputy prime minister",
    "king",
    "supreme leader",
    "interior minister",
    "minister of foreign affairs",
    "minister for justice and public security",
    "foreign secretary",
    "speaker of the parliament",
    "prosecutor general",
    "spy chief",
)
_ABBREVIATIONS = sorted(
    (name, f"{code}/{key}")
    for code, rows in bodies_table()["states"].items()
    for key, row in rows.items()
    for name in row.get("short", ())
    if key != "GOV"
)


_SAYING = (
    "said",
    "told reporters",
    "told a committee",
    "warned on Monday",
    "has declared",
    "wrote on Friday",
)
REUTERS = Party("Reuters", "Reuters")


def voices(text: str) -> Voices:
    """The voices of a text that Reuters published."""
    layout = lay_out(document(text))
    return hear(layout, Mentions.of(reader().gazetteer.mentions(layout)), (REUTERS,))


def found(text: str) -> list[tuple[str, str, Form]]:
    """(key, words, form) of every party."""
    items = reader().gazetteer.mentions(lay_out(document(text)))
    return [(item.party.key, item.span.of(text), item.form) for item in items]


@given(st.sampled_from(CODES), st.sampled_from(_OFFICES))
def test_an_office_before_and_after_a_state_s_name_is_the_state(code: str, office: str) -> None:
    name = country_name(code)
    of = f"the {office} of {name}"
    assert found(f"It was a crime, {of} told reporters.") == [(code, of, Form.STATE)]
    own = f"{name}'s {office}"
    assert found(f"It was a crime, {own} told reporters.") == [(code, own, Form.STATE)]
    adjective = f"{states()[code]['of'][0]} {office}"
    assert found(f"It was a crime, the {adjective} told reporters.") == [(code, adjective, Form.STATE)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("the president of Northgate, of Norway", ["NO"]),
        ("the president of Kenya Telecom", ["Kenya Telecom"]),
        ("Norway, the president of Peru and Chile", ["NO", "PE", "CL"]),
        ("the interior ministry of Peru", ["PE"]),
    ],
)
def test_an_office_of_anybody_else_is_no_state(text: str, keys: list[str]) -> None:
    assert [key for key, _, _ in found(text)] == keys


def test_a_name_begins_no_earlier_than_it_may() -> None:
    text = "the king of Norway"
    assert offices.begins(text, 0, 12) == 0
    assert offices.begins(text, 4, 12) == 4
    assert offices.begins(text, 8, 12) == 12


@given(st.sampled_from(CODES), st.sampled_from(_ABBREVIATIONS), st.sampled_from([", the ", ", "]))
def test_an_agency_after_a_comma_is_of_its_own_state(
    code: str, agency: tuple[str, str], between: str
) -> None:
    short, key = agency
    text = f"The attack was the work of {country_name(code)}{between}{short} said."
    assert [one for one, _, _ in found(text)] == [code, key]


@given(st.sampled_from(CODES), st.sampled_from(_ABBREVIATIONS), st.sampled_from(["'s ", " "]))
def test_an_agency_right_after_a_state_is_that_state_s(
    code: str, agency: tuple[str, str], between: str
) -> None:
    short, key = agency
    [(one, _, form)] = found(f"It was {country_name(code)}{between}{short} again.")
    assert (one, form) == (f"{code}/{key.partition('/')[2]}", Form.BODY)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("The CIA in Peru", ["US/CIA", "PE"]),
        ("Mossad in Chile", ["IL/MOSSAD", "CL"]),
        ("the Ministry of State Security in Chile", ["CL/MSS"]),
        ("the FBI of Norway", ["NO/FBI"]),
        ("Norway, the FBI and Europol", ["NO", "US/FBI", "EU"]),
    ],
)
def test_where_an_agency_is_does_not_make_it_another_s(text: str, keys: list[str]) -> None:
    assert [key for key, _, _ in found(text)] == keys


@pytest.mark.parametrize("name", sorted(bodies_table()["organisations"]))
def test_a_body_of_many_states_is_of_none(name: str) -> None:
    row = bodies_table()["organisations"][name]
    for one in (*row["names"], *row.get("short", ())):
        assert [(key, form) for key, _, form in found(f"It was the {one} that spoke.")] == [
            (name, Form.ALLIANCE)
        ]
    for one in row.get("zh", ()):
        assert [item.party.key for item in reader().chinese.mentions(f"据{one}表示")] == [name]


@given(st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from(_OFFICES), st.sampled_from(_SAYING))
def test_who_is_named_at_the_end_said_it(one: str, other: str, office: str, saying: str) -> None:
    text = f"{country_name(one)} hacked the ministry, the {office} of {country_name(other)} {saying}."
    heard = voices(text)
    assert [party.root for party in heard.of_sentence(0).speakers] == [other]
    assert heard.of_sentence(0).via == (REUTERS,)
    assert heard.at(0) == heard.own


@pytest.mark.parametrize(
    "text",
    [
        "Peru hacked the ministry, Le Monde reported.",
        "Peru hacked the ministry, which Norway rebuilt.",
        "Peru hacked the ministry, said nobody.",
        "Peru hacked the ministry, and Norway said so.",
        "“Peru hacked the ministry of the interior,” it wrote, Norway said.",
    ],
)
def test_a_sentence_that_ends_otherwise_is_the_source_s(text: str) -> None:
    assert voices(text).of_sentence(0) == voices(text).at(0)


def test_united_states_is_no_person_who_is_quoted() -> None:
    text = "“We were attacked by many hackers,” said the president of the United States. It ended."
    assert [party.key for party in voices(text).at(5).speakers] == ["US"]
