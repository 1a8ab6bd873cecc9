"""Who issued a text: one party, several together, or a name that no table knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, read, reader, short
from weigh.claims.issuers import issuers
from weigh.claims.parties import Mentions
from weigh.claims.voices import Voice, hear
from weigh.evidence.countries import country_name
from weigh.evidence.layout import lay_out
from weigh.records import Document, Party


def issued(name: str) -> list[str]:
    """The keys of those who issued a text whose source has this name."""
    found = issuers(document("It rained.", name), reader().gazetteer, reader().chinese)
    assert all(party.words == "" or party.words in name for party in found)
    return [party.key for party in found]


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("", []),
        ("Norway", ["NO"]),
        ("Norway and Estonia", ["NO", "EE"]),
        ("Norway, Estonia and NATO", ["NO", "EE", "NATO"]),
        ("US, UK, and Canada", ["US", "GB", "CA"]),
        ("FBI; Norway & Reuters", ["US/FBI", "NO", "Reuters"]),
        ("FBI, CISA and NSA", ["US/FBI", "US/CISA", "US/NSA"]),
        ("Norway and Norway", ["NO"]),
        ("美国和英国", ["US", "GB"]),
        ("美国、英国与加拿大", ["US", "GB", "CA"]),
        ("美國、英國", ["US", "GB"]),
        ("Antigua and Barbuda", ["AG"]),
        ("Norwegian Ministry of Trade and Industry", ["NO/ministry of trade and industry"]),
        ("Quillon Labs and Orlo Bank", ["Quillon Labs and Orlo Bank"]),
        ("Port Gazette, Quillon", ["Port Gazette, Quillon"]),
        ("Norwegian and Estonian governments", ["Norwegian and Estonian governments"]),
        ("The Harbour Courier (newspaper)", ["The Harbour Courier"]),
        ("海港报（报纸）", ["海港报"]),
        ("新华社（通讯社）", ["Xinhua"]),
        ("Norway (government)", ["NO"]),
        ("(newspaper)", ["(newspaper)"]),
        ("Quillon (Labs) report", ["Quillon (Labs) report"]),
    ],
)
def test_a_source_names_those_who_issued_a_text(name: str, keys: list[str]) -> None:
    assert issued(name) == keys


@pytest.mark.parametrize(
    "name",
    ["Norway and Quillon Labs", "APT28 and Norway", "Norway, Estonia and Quillon Labs", "Norway、国防部"],
)
def test_an_unknown_part_an_actor_or_a_body_of_no_state_keeps_a_source_whole(name: str) -> None:
    assert issued(name) == ["NO"]


def test_without_a_source_nobody_issued_it() -> None:
    assert issuers(Document("x", "It rained.", "text", "x"), reader().gazetteer, reader().chinese) == ()


CODES = ("NO", "EE", "FR", "DE", "CL", "KE", "JP")


@given(
    st.lists(st.sampled_from(CODES), min_size=1, max_size=5, unique=True),
    st.sampled_from((", ", "; ", " & ", " and ", ", and ", "、", "与")),
)
def test_states_in_a_list_issued_it_in_its_order(codes: list[str], between: str) -> None:
    assert issued(between.join(country_name(code) for code in codes)) == codes


@given(
    st.text(max_size=20)
    | st.lists(st.sampled_from(["Norway", "and", "和", ",", "(x)", "APT28"])).map(" ".join)
)
def test_every_name_is_somebody_s(name: str) -> None:
    assert (len(issued(name)) > 0) is (name != "")
    assert len(set(issued(name))) == len(issued(name))


def test_joint_issuers_all_speak_where_nobody_else_does() -> None:
    layout, both = lay_out(document("It rained.")), [Party("NO", "Norway"), Party("EE", "Estonia")]
    assert hear(layout, Mentions(()), both).at(3) == Voice(tuple(both))
    assert hear(layout, Mentions(()), ()).at(3) == Voice(())


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("We attribute the intrusion to Iran.", "Norway and Estonia", "NO,EE attribute IR by"),
        ("We attribute the intrusion to Iran.", "Norway and Quillon Labs", "NO attribute IR by"),
    ],
)
def test_a_joint_statement_is_made_by_all(text: str, source: str, expected: str) -> None:
    assert [short(claim) for claim in read(text, source)] == [expected]
    first = reader().writer(document(text, source))
    assert first is not None
    assert first.key == issued(source)[0]
