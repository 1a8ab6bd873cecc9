"""Names that only hold a country's are not the country's, whichever country it is; nor is a nationality."""

from __future__ import annotations

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import CODES, document, read, reader
from weigh.claims.listed import Form, names_in_chinese
from weigh.claims.namesakes import chinese_kinds, kinds, namesakes
from weigh.evidence.countries import country_name, country_names, parts_of_countries, states
from weigh.evidence.folding import fold
from weigh.evidence.layout import lay_out
from weigh.records import Span

_FIRMS = (
    "Airlines",
    "Telecom",
    "Steel",
    "Railways",
    "Broadcasting Corporation",
    "Shipping Lines",
    "Hill Dairy",
)
_OFFICES = (
    "Foreign Minister Ann Orel",
    "President Orel",
    "Army",
    "Coast Guard",
    "Defence Forces",
    "MFA",
    "Senator Orel",
)


def found(text: str) -> list[tuple[str, str]]:
    """(key, words) of every party in English."""
    mentions = reader().gazetteer.mentions(lay_out(document(text)))
    assert all(item.span.of(text) == item.party.words for item in mentions)
    return [(item.party.key, item.party.words) for item in mentions]


def in_chinese(text: str, home: str = "") -> list[tuple[str, str]]:
    """(key, words) of every party in Chinese."""
    return [(item.party.key, item.party.words) for item in reader().chinese.mentions(text, home)]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("New Mexico officials spoke.", [("US/new mexico", "New Mexico")]),
        ("the New Jersey utility", [("US/new jersey", "New Jersey")]),
        ("Northern Ireland's police", [("GB/northern ireland", "Northern Ireland")]),
        (
            "East New Britain and South Australia",
            [("PG/east new britain", "East New Britain"), ("AU/south australia", "South Australia")],
        ),
        ("New Zealand and Papua New Guinea", [("NZ", "New Zealand"), ("PG", "Papua New Guinea")]),
        ("Air Malta spoke.", [("Air Malta", "Air Malta")]),
        ("Royal Norwegian Shipping spoke.", [("Royal Norwegian Shipping", "Royal Norwegian Shipping")]),
        ("It struck Bank of Chile today.", [("Bank of Chile", "Bank of Chile")]),
        ("the University of Georgia spoke", [("University of Georgia", "University of Georgia")]),
        ("Kenya Telecom's servers", [("Kenya Telecom", "Kenya Telecom")]),
        ("Turkey Hill Dairy was robbed.", [("Turkey Hill Dairy", "Turkey Hill Dairy")]),
        ("a tin of Brazil nuts", [("BR", "Brazil")]),
        ("a tin of Brazil Nuts, it said", [("Brazil Nuts", "Brazil Nuts")]),
        ("Jordan Orel spoke.", [("Jordan Orel", "Jordan Orel")]),
        ("US Steel and US officials", [("US Steel", "US Steel"), ("US", "US officials")]),
        ("Latin American and South American states", []),
        ("American states", [("US", "American")]),
        ("Peru President Ann Orel spoke.", [("PE", "Peru President")]),
        ("Norway Monday blamed others", [("NO", "Norway")]),
        ("the Indian Air Force spoke", [("IN", "Indian")]),
        ("the Chinese Communist Party spoke", [("CN", "Chinese")]),
        ("Norway Hacks Peru Parliament", [("NO", "Norway"), ("PE/parliament", "Peru Parliament")]),
        ("The Norwegian Embassy in Lima", [("NO", "Norwegian Embassy"), ("PE", "Lima")]),
    ],
)
def test_a_longer_name_goes_before_the_country_in_it(text: str, parties: list[tuple[str, str]]) -> None:
    assert found(text) == parties


@given(st.sampled_from(CODES), st.sampled_from(_FIRMS), st.booleans())
def test_a_firm_is_none_of_any_state(code: str, firm: str, named: bool) -> None:
    adjective = states()[code]["of"][0]
    name = f"{country_name(code) if named else adjective} {firm}"
    assert found(f"Yesterday {name} said that it was robbed.") == [(name, name)]


@given(st.sampled_from(CODES), st.sampled_from(_OFFICES), st.booleans())
def test_an_office_is_of_every_state_alike(code: str, office: str, named: bool) -> None:
    name = country_name(code) if named else states()[code]["of"][0]
    keys = [key.partition("/")[0] for key, _ in found(f"Yesterday the {name} {office} spoke of it.")]
    assert keys == [code]


@pytest.mark.parametrize(
    "person",
    [
        "national",
        "citizen",
        "basketball player",
        "computer science student",
        "man",
        "teenager",
        "businesswomen",
    ],
)
@given(st.sampled_from(CODES))
def test_a_nationality_is_no_state(person: str, code: str) -> None:
    assert found(f"Police held the {states()[code]['of'][0]} {person} on Monday.") == []


@pytest.mark.parametrize(
    "others", ["hackers", "military hackers", "intelligence officers", "state programmers", "government"]
)
@given(st.sampled_from(CODES))
def test_whoever_serves_a_state_stays_of_it(others: str, code: str) -> None:
    assert {key for key, _ in found(f"It was the {states()[code]['of'][0]} {others} then.")} == {code}


@given(st.text(max_size=80), st.sampled_from(CODES))
def test_what_is_taken_out_stands_in_the_text(words: str, code: str) -> None:
    name = country_name(code)
    text = f"{words} {name} Telecom"
    span = Span(len(words) + 1, len(words) + 1 + len(name))
    for whole, instead in namesakes(text, [(span, Form.STATE)]):
        assert whole == span
        assert instead is None or (instead.start <= span.start and instead.end >= span.end)


def test_only_states_have_namesakes() -> None:
    text = "Reuters Telecom"
    assert list(namesakes(text, [(Span(0, 7), Form.REPORTER), (Span(0, 7), Form.ACTOR)])) == []


def test_parts_of_countries_hold_a_country_s_name_and_do_not_begin_with_it() -> None:
    known = country_names()
    parts = parts_of_countries()
    assert len(parts) > 10
    assert {code for _, code in parts} <= {country.alpha_2 for country in pycountry.countries}
    assert not any(fold(name) in known or fold(name).split(" ")[0] in known for name, _ in parts)


def test_no_kind_of_word_is_two_kinds() -> None:
    table = kinds()
    assert table.offices & table.firms <= {"Press"}
    assert all(word[0].isupper() for word in table.firms | table.offices | table.apart)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("New Mexico officials accused Norway of hacking a water plant.", ("US/new mexico", "NO")),
        ("Kenya Telecom accused Sudan of hacking its network.", ("Kenya Telecom", "SD")),
        ("Sudan accused Kenya Telecom of hacking its ministry.", ("SD", "Kenya Telecom")),
        ("Bank of Chile blamed Peru for the cyber attack.", ("Bank of Chile", "PE")),
        ("Greek officials blamed Turkish Railways for the hack.", ("GR", "Turkish Railways")),
    ],
)
def test_who_bears_such_a_name_speaks_and_is_accused(text: str, line: tuple[str, str]) -> None:
    [claim] = read(text, "Reuters")
    assert (claim.speakers[0].key, claim.accused[0].key) == line
    assert [party.key for party in claim.reported_by] == ["Reuters"]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("北爱尔兰警方", [("GB/北爱尔兰", "北爱尔兰"), ("/police", "警方")]),
        ("肯尼亚电信表示", [("肯尼亚电信", "肯尼亚电信")]),
        ("秘鲁铁路公司", [("秘鲁铁路公司", "秘鲁铁路公司")]),
        ("一名乌克兰籍男子和一名伊朗程序员", []),
        ("拉丁美洲和墨西哥湾", []),
        ("俄罗斯军事情报机构", [("RU/intelligence service", "俄罗斯军事情报机构")]),
        ("挪威的外交部", [("NO/ministry of foreign affairs", "挪威的外交部")]),
        ("挪威，外交部", [("NO", "挪威"), ("/ministry of foreign affairs", "外交部")]),
    ],
)
def test_the_same_holds_in_chinese(text: str, parties: list[tuple[str, str]]) -> None:
    assert in_chinese(text) == parties


def test_every_state_has_firms_in_chinese_that_are_not_it() -> None:
    short = {
        party.key: name for name, party, form in names_in_chinese() if form is Form.STATE and len(name) > 1
    }
    assert len(short) > 200
    for name in short.values():
        assert in_chinese(f"{name}航空表示") == [(f"{name}航空", f"{name}航空")], name


def test_parts_in_chinese_are_of_states_that_are_known() -> None:
    assert set(chinese_kinds().parts) <= set(states())
    assert all(
        in_chinese(name) == [(f"{code}/{name}", name)]
        for code, names in chinese_kinds().parts.items()
        for name in names
    )
