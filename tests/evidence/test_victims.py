"""Victims: only where a sentence says that somebody was hit, and on the side of the verb where they stand."""

from __future__ import annotations

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, layout
from weigh.evidence.countries import country_name, country_names, states
from weigh.evidence.victims import prepare
from weigh.records import Kind

EXTRACT = prepare(CATALOGUE)
PLAIN = sorted(
    (country.alpha_2, country.name)
    for country in pycountry.countries
    if country.name.isascii() and country.name.replace(" ", "").isalpha() and " and " not in country.name
)


def seen(text: str, kind: Kind) -> list[str]:
    return [finding.value for finding in EXTRACT(layout(text)) if finding.kind is kind]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The actors targeted networks in Chile.", ["CL"]),
        ("Victims in Chile, Peru and South Korea were told.", ["CL", "PE", "KR"]),
        ("Ministries of Albania were compromised.", ["AL"]),
        ("An attack on Estonia followed.", ["EE"]),
        ("It was used against Ukraine.", ["UA"]),
        ("Iran-based actors compromised banks in Chile.", ["CL"]),
        ("Russia-linked actors attacked Georgia.", ["GE"]),
        ("U.S. networks have been targeted by actors in Chile.", ["US"]),
        ("They targeted the UK and the USA.", ["GB", "US"]),
        ("They compromised servers using hosts in Chile.", []),
        ("The ministry of Chile wrote a report.", []),
        ("They targeted us and them.", []),
        ("They targeted ships in the South China Sea.", []),
        ("They targeted China\u2019s Belt and Road.", []),
        ("They targeted https://gov.cl/Chile sites.", []),
        ("They targeted Korea.", []),
        ("They are members of a hacking group operating in Chile.", []),
        ("Hackers were charged with hacking the ministry of Chile.", ["CL"]),
        ("They targeted critics of Chile and banks in Peru.", ["PE"]),
        ("The campaign, which targeted ports, shows Chile\u2019s harmful activities.", []),
        ("\u201cThey targeted ports,\u201d said the minister of Chile.", []),
        ("They hacked a country that was supporting Chile.", []),
        ("They targeted Moldova.", ["MD"]),
        ("They have never targeted Chile.", []),
        ("They did not attack Chile.", []),
        ("They avoid targets in Chile.", []),
        ("They targeted not only Chile but Peru.", ["CL", "PE"]),
        ("They targeted banks in Peru but spared Chile.", ["PE"]),
        ("They targeted countries, including but not limited to Chile.", ["CL"]),
        ("See US-CERT\u2019s alert on compromised servers.", []),
        ("The campaign hit ports in Chile and struck a bank in Peru.", ["CL", "PE"]),
        ("The intrusion into the ministry of Chile was found.", ["CL"]),
        ("They targeted Chilean port operators.", ["CL"]),
        ("The attacks on Peruvian and Chilean ministries went on.", ["PE", "CL"]),
        ("South Korean banks were attacked.", ["KR"]),
        ("They were attacked by Chilean hackers.", []),
        ("A victim told Chilean state-backed actors so.", []),
        ("They targeted Chilean wine.", []),
        ("They targeted chilean banks.", []),
    ],
)
def test_countries(text: str, codes: list[str]) -> None:
    assert seen(text, Kind.COUNTRY) == codes


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("They targeted universities and hospitals.", ["education", "healthcare"]),
        ("They targeted energy companies.", ["energy"]),
        ("They targeted sectors such as energy and retail.", ["energy", "retail"]),
        ("They used much energy against it.", []),
        ("The energy sector grew.", []),
        ("Victims: energy", ["energy"]),
        ("Compromise: energy", []),
        ("They never attacked hospitals.", []),
        ("They broke into universities.", ["education"]),
        ("Banks in Chile were attacked by hand.", ["financial-services"]),
        ("They tricked victims out of bank account numbers.", []),
        ("They targeted firms that sell services to the military.", []),
        ("They compromised the defense industrial base.", ["defense"]),
        (
            "They targeted political, military and educational organizations.",
            ["government", "defense", "education"],
        ),
    ],
)
def test_sectors(text: str, sectors: list[str]) -> None:
    assert seen(text, Kind.SECTOR) == sectors


def test_the_reason_quotes_the_word_that_says_so() -> None:
    (finding,) = EXTRACT(layout("The actors targeted networks in Chile."))
    assert finding.why == "Chile: \u201cChile\u201d in a sentence with \u201ctargeted\u201d"


@given(st.sampled_from(PLAIN))
def test_every_country_counts_alike(country: tuple[str, str]) -> None:
    code, name = country
    assert seen(f"The actors targeted banks in {name}.", Kind.COUNTRY) == [code]
    assert seen(f"The ministry of {name} wrote a report.", Kind.COUNTRY) == []


@given(st.sampled_from(PLAIN), st.sampled_from(PLAIN))
def test_swapping_two_countries_swaps_them_and_nothing_else(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    text = "{}-based actors targeted banks in {}."
    assert seen(text.format(one[1], other[1]), Kind.COUNTRY) == [other[0]]
    assert seen(text.format(other[1], one[1]), Kind.COUNTRY) == [one[0]]


def test_every_adjective_of_a_state_counts_alike() -> None:
    for code, row in states().items():
        for adjective in row.get("of", ()):
            assert seen(f"They targeted {adjective} banks.", Kind.COUNTRY) == [code], adjective


def test_names_of_countries_lead_to_codes_of_countries() -> None:
    for name, code in country_names().values():
        assert pycountry.countries.get(alpha_2=code) is not None, name


def test_a_name_of_two_countries_is_a_name_of_none() -> None:
    assert "korea" not in country_names()
    assert country_names()["congo"][1] == "CG"
    assert country_names()["south korea"][1] == "KR"


@pytest.mark.parametrize(
    ("code", "name"), [("KR", "South Korea"), ("FR", "France"), ("TW", "Taiwan"), ("XX", "XX")]
)
def test_country_names(code: str, name: str) -> None:
    assert country_name(code) == name
