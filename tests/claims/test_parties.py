"""Who is named in a text: every state alike, bodies with their state, abbreviations as defined."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, reader
from weigh.claims.listed import Form, finds, listed_names, names_in_chinese, state_name
from weigh.claims.parties import Mention, Mentions, named, prepare
from weigh.evidence.countries import country_names, states
from weigh.evidence.layout import lay_out
from weigh.knowledge.catalogue import Actor, Alias, Catalogue
from weigh.records import Party, Span


def found(text: str) -> list[tuple[str, str]]:
    """(key, words) of every mention."""
    mentions = reader().gazetteer.mentions(lay_out(document(text)))
    assert all(item.span.of(text) == item.party.words for item in mentions)
    return [(item.party.key, item.party.words) for item in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Beijing and the Kremlin", [("CN", "Beijing"), ("RU", "Kremlin")]),
        ("US and U.S. and us", [("US", "US"), ("US", "U.S.")]),
        ("the Iranian government", [("IR", "Iranian government")]),
        (
            "the German side and Russian state agencies",
            [("DE", "German side"), ("RU", "Russian state agencies")],
        ),
        ("PRC's Ministry of State Security", [("CN/MSS", "PRC's Ministry of State Security")]),
        ("the US Department of Justice", [("US/DOJ", "US Department of Justice")]),
        ("the Ministry of Health of Chile", [("CL/ministry of health", "Ministry of Health of Chile")]),
        ("Chilean Ministry of Health", [("CL/ministry of health", "Chilean Ministry of Health")]),
        ("NATO, the EU and Reuters", [("NATO", "NATO"), ("EU", "EU"), ("Reuters", "Reuters")]),
        ("APT28 and Fancy Bear", [("G0007", "APT28"), ("G0007", "Fancy Bear")]),
        ("officers of Unit 99455", [("/unit 99455", "Unit 99455")]),
        ("turkey for dinner, polish the table", []),
        ("said J. Jordan of the lab", []),
        ("Russian National Crisis Centre", [("RU/national crisis centre", "Russian National Crisis Centre")]),
    ],
)
def test_parties_are_found_with_their_words(text: str, expected: list[tuple[str, str]]) -> None:
    listed = [(key, words) for key, words in found(text) if not key.startswith("/") or "Unit" in words]
    assert listed == expected


def test_a_definition_in_the_text_goes_before_every_table() -> None:
    text = "The Norwegian Ministry of State Security (MSS) spoke. Later the MSS spoke again."
    assert [key for key, _ in found(text)] == ["NO/MSS", "NO/MSS"]
    assert found(text)[0][1] == "Norwegian Ministry of State Security (MSS)"
    assert [key for key, _ in found("Later the MSS spoke.")] == ["CN/MSS"]


def test_an_abbreviation_of_a_state_is_the_state() -> None:
    assert [key for key, _ in found("The Republic of Chile (ROC) spoke, and the ROC wrote.")] == ["CL", "CL"]


def test_a_body_named_with_another_state_is_that_state_s() -> None:
    assert found("the Belarusian Ministry of State Security")[0][0] == "BY/MSS"


def test_a_text_without_capitals_is_read_all_the_same() -> None:
    text = "the investigation showed that north korea was behind the attack on the studio in december. " * 3
    assert {key for key, _ in found(text)} == {"KP"}


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("The White House", "US"),
        ("Global Affairs Canada", "CA/GAC"),
        ("UK FCDO/NCSC (GOV.UK)", "GB/FCDO"),
        ("PRC Ministry of Foreign Affairs (Zhao Lijian)", "CN/ministry of foreign affairs"),
        ("US Department of Justice", "US/DOJ"),
        ("Reuters", "Reuters"),
    ],
)
def test_a_source_s_name_names_its_party(source: str, key: str) -> None:
    party = named(source, reader().gazetteer, lay_out(document(source)))
    assert party is not None
    assert party[0].key == key


def test_a_source_that_names_no_party_stays_unknown() -> None:
    assert named("Port Gazette", reader().gazetteer, lay_out(document("Port Gazette"))) is None


def test_every_state_of_the_table_is_one_that_iso_knows_or_names_itself() -> None:
    codes = {code for _, code in country_names().values()}
    assert [code for code, row in states().items() if code not in codes and "name" not in row] == []
    assert all(len(state_name(code)) > 2 for code in states())


def test_no_adjective_or_seat_belongs_to_two_states() -> None:
    bearers: dict[str, set[str]] = {}
    for code, row in states().items():
        for name in (*row.get("of", ()), *row.get("seats", ()), *row.get("sign", "")):
            bearers.setdefault(name, set()).add(code)
    assert {name: codes for name, codes in bearers.items() if len(codes) > 1} == {}


def test_chinese_names_are_there_for_every_country() -> None:
    named_in_chinese = {party.key for _, party, form in names_in_chinese() if form is Form.STATE}
    assert len(named_in_chinese) >= 249


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("美国中央情报局和中国国家安全部", ["US/CIA", "CN/MSS"]),
        ("美方、俄方和伊朗政府", ["US", "RU", "IR"]),
        ("北约和路透社", ["NATO", "Reuters"]),
        ("华盛顿、莫斯科和唐宁街", ["US", "RU", "GB"]),
        ("澳洲与南韩", ["AU", "KR"]),
        ("澳洲與南韓、東京、臺灣", ["AU", "KR", "JP", "TW"]),
        ("AP报道，UN和FBI表示", ["Associated Press", "UN", "US/FBI"]),
        ("(AP)、“UN”", ["Associated Press", "UN"]),
        ("APT41和UNC3886、FBIS、7AP", []),
        ("没有人", []),
    ],
)
def test_parties_in_chinese(text: str, keys: list[str]) -> None:
    mentions = reader().chinese.mentions(text)
    assert [item.party.key for item in mentions] == keys
    assert all(item.span.of(text) == item.party.words for item in mentions)


@pytest.mark.parametrize("code", [code for code, row in states().items() if "zh_seats" in row])
def test_every_seat_in_chinese_is_its_state(code: str) -> None:
    for seat in states()[code]["zh_seats"]:
        assert [item.party.key for item in reader().chinese.mentions(f"他说，{seat}知道。")] == [code]


LATIN = [(name, party.key) for name, party, _ in names_in_chinese() if name.isascii() and name.isalnum()]


@given(
    st.sampled_from(LATIN),
    st.text("ABCXYZabcxyz0189", max_size=3),
    st.text("ABCXYZabcxyz0189", max_size=3),
)
def test_a_latin_name_in_chinese_is_no_part_of_a_longer_word(
    named_so: tuple[str, str], before: str, after: str
) -> None:
    name, key = named_so
    word = f"{before}{name}{after}"
    mentions = reader().chinese.mentions(f"黑客{word}来了")
    assert all(item.party.words == word for item in mentions)
    if word == name:
        assert [item.party.key for item in mentions] == [key]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=12),
    st.integers(0, 70),
    st.integers(1, 20),
)
def test_mentions_within_a_span_are_those_that_overlap_it(
    places: list[tuple[int, int]], start: int, length: int
) -> None:
    party = Party("US", "United States")
    mentions = Mentions.of(Mention(Span(at, at + size), party, Form.STATE) for at, size in places)
    assert all(
        one.span.end <= two.span.start for one, two in zip(mentions.items, mentions.items[1:], strict=False)
    )
    span = Span(start, start + length)
    assert mentions.within(span) == tuple(item for item in mentions.items if item.span.overlaps(span))


@given(st.text(alphabet="USNATO Russia'’()ofthe MinistryPRC.\n", max_size=300))
def test_mentions_never_overlap_and_quote_the_text(text: str) -> None:
    mentions = reader().gazetteer.mentions(lay_out(document(text)))
    assert all(item.span.of(text) == item.party.words for item in mentions)
    assert all(one.span.end <= two.span.start for one, two in itertools.pairwise(mentions))


def test_a_name_of_several_actors_stands_for_itself_and_a_list_that_repeats_it_does_not_count() -> None:
    shared = (Alias("Quiet Gull", "Vendor"),)
    actors = (Actor("G0001", "Slate Heron", shared), Actor("G0002", "Copper Lantern", shared))
    repeated = (Actor("G0001", "Slate Heron", shared), Actor("misp:7", "Slate Heron", shared))
    keys = []
    for catalogue in (Catalogue(actors, (), (), (), ()), Catalogue(repeated, (), (), (), ())):
        mentions = prepare(catalogue).mentions(lay_out(document("Quiet Gull hacked the ministry.")))
        keys.append([item.party.key for item in mentions])
    assert keys == [["Quiet Gull"], ["G0001"]]


GULL = (Alias("Quiet Gull", "Vendor"),)


@pytest.mark.parametrize(
    ("actors", "words", "key"),
    [
        ((Actor("G0001", "Slate Heron", GULL), Actor("G0002", "Quiet Gull")), "Quiet Gull", "G0002"),
        ((Actor("G0001", "Quiet Gull"), Actor("G0002", "Slate Heron", GULL)), "Quiet Gull", "G0001"),
        ((Actor("G0001", "Slate Heron", GULL), Actor("G0002", "QUIET-GULL", GULL)), "Quiet Gull", "G0002"),
        ((Actor("G0001", "Slate Heron", GULL), Actor("misp:7", "Quiet Gull")), "Quiet Gull", "G0001"),
        ((Actor("misp:6", "Slate Heron", GULL), Actor("misp:7", "Quiet Gull")), "Quiet Gull", "misp:7"),
    ],
)
def test_the_actor_whose_headline_a_name_is_goes_before_those_who_have_it_besides(
    actors: tuple[Actor, ...], words: str, key: str
) -> None:
    for ordered in (actors, actors[::-1]):
        gazetteer = prepare(Catalogue(ordered, (), (), (), ()))
        found = gazetteer.mentions(lay_out(document(f"{words} hacked the ministry.")))
        assert [item.party.key for item in found] == [key]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Russia today accused Norway.", ["RU", "NO"]),
        ("Russia Today accused Norway.", ["RT", "NO"]),
        ("The Guardian met the Guardian.", ["Guardian", "Guardian"]),
        ("The world today is new.", []),
    ],
)
def test_an_outlet_is_named_with_its_capitals(text: str, keys: list[str]) -> None:
    found = reader().gazetteer.mentions(lay_out(document(text)))
    assert [item.party.key for item in found] == keys


def test_services_of_all_states_find_alike_and_ministries_do_not() -> None:
    services = ("US/NSA", "GB/GCHQ", "CN/MSS", "RU/GRU", "IR/IRGC", "KP/RGB")
    listed = {party.key: party for _, party, form, _ in listed_names() if form is Form.BODY}
    told = {key: finds(listed[key]) for key in services if key in listed}
    assert len(told) > 3
    assert all(told.values())
    assert not finds(Party("NO/ministry of foreign affairs", "ministry of foreign affairs"))
    assert not finds(Party("US/DOJ", "Department of Justice"))
