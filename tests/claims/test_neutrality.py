"""Exchange two parties' names everywhere in a text: they are exchanged in its claims, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, read, reader
from weigh.claims.listed import names_in_chinese
from weigh.evidence.countries import country_name, country_names, states
from weigh.evidence.folding import fold
from weigh.records import Claim

TEMPLATES = (
    "{a} accuses {b} of hacking its ministry.",
    "{a_of} hackers attacked {b_of} computer networks.",
    "{seat_a} denied that {a} hacked {b}, and called the accusation baseless.",
    "We reject {b}'s groundless accusations against {a} concerning a hacker attack.",
    "{a_of} state-sponsored actors compromised the mail servers of {b}.",
    "Contractors working for the {a_of} Ministry of Security exploited servers in {b}.",
    "{b} supports {a}'s attribution of the cyber attack, and {seat_b} calls on {a} to stop hacking.",
    "The cyber attacks were launched from the territory of {a} against {b}.",
    "It is highly likely that {a} was behind the intrusion, officials in {seat_b} said.",
    "{a} must stop its malicious cyber activities, {b} said on Monday.",
    "If {a} hacks {b} again, {seat_b} will respond in kind.",
    "{a} was not involved in the hack. {b} is the largest source of cyberattacks.",
    "The {a_of} government and the {b_of} government blamed each other for the malware.",
    "{a} today accused {b} of hacking its ministry.",
    "The {a_of} foreign ministry said on Monday that {b_of} hackers attacked its embassy.",
    "{seat_a} published a report on Tuesday. It names {b} as the attacker.",
)
SOURCES = ("{a}", "{b}", "Reuters", "{b_of} Ministry of Foreign Affairs", "")
CHINESE = (
    "{a}指责{b}实施网络攻击。",
    "{a}才是全球最大的网络攻击来源国，{b}的指责毫无根据。",
    "{b}敦促{a}立即停止网络窃密和攻击。",
    "来自{a}的黑客组织入侵了{b}政府网络。",
)


def _usable(code: str) -> bool:
    row = states()[code]
    return "of" in row and "seats" in row and fold(country_name(code)) in country_names()


CODES = sorted(code for code in states() if _usable(code))
IN_CHINESE = {
    party.key: name for name, party, form in names_in_chinese() if form == "state" and len(name) > 1
}


def _filled(template: str, a: str, b: str) -> str:
    return template.format(
        a=country_name(a),
        b=country_name(b),
        a_of=states()[a]["of"][0],
        b_of=states()[b]["of"][0],
        seat_a=states()[a]["seats"][0],
        seat_b=states()[b]["seats"][0],
    )


def outline(claim: Claim, renamed: Mapping[str, str]) -> tuple[object, ...]:
    """All that a claim says but its place and words, its parties renamed."""

    def told(key: str) -> str:
        root, slash, body = key.partition("/")
        return renamed.get(root, root) + slash + body

    return (
        claim.stance,
        sorted(told(party.key) for party in claim.speakers),
        sorted(told(party.key) for party in claim.reported_by),
        sorted(told(party.key) for party in claim.accused),
        sorted(told(party.key) for party in claim.disputes),
        claim.degree,
        claim.basis,
        claim.icd203,
        claim.phia,
        claim.confidence_level,
        len(claim.unresolved),
        claim.why,
    )


@given(
    template=st.sampled_from(TEMPLATES),
    source=st.sampled_from(SOURCES),
    pair=st.lists(st.sampled_from(CODES), min_size=2, max_size=2, unique=True),
)
def test_two_states_in_a_sentence_can_be_exchanged(template: str, source: str, pair: list[str]) -> None:
    a, b = pair
    before = read(_filled(template, a, b), _filled(source, a, b))
    after = read(_filled(template, b, a), _filled(source, b, a))
    assert [outline(claim, {a: b, b: a}) for claim in before] == [outline(claim, {}) for claim in after]


@given(
    template=st.sampled_from(CHINESE),
    pair=st.lists(st.sampled_from(sorted(IN_CHINESE)), min_size=2, max_size=2, unique=True),
)
def test_two_states_in_a_chinese_sentence_can_be_exchanged(template: str, pair: list[str]) -> None:
    a, b = pair
    before = read(template.format(a=IN_CHINESE[a], b=IN_CHINESE[b]))
    after = read(template.format(a=IN_CHINESE[b], b=IN_CHINESE[a]))
    assert len(before) > 0
    assert [outline(claim, {a: b, b: a}) for claim in before] == [outline(claim, {}) for claim in after]


CHINA_KOREA = {
    "People's Republic of China": "Democratic People's Republic of Korea",
    "People’s Republic of China": "Democratic People’s Republic of Korea",
    "PRC": "DPRK",
    "Chinese": "North Korean",
    "China": "North Korea",
    "Beijing": "Pyongyang",
}
GERMANY_FRANCE = {"Germany": "France", "German": "French", "Berlin": "Paris"}
RUSSIA_IRAN = {"Russian": "Iranian", "Russia": "Iran", "Moscow": "Tehran", "Kremlin": "Teheran"}

EXCHANGES = [
    ("statements/us-wh-20210719-prc-exchange.txt", "The White House", CHINA_KOREA, ("CN", "KP")),
    ("statements/uk-fcdo-20210719-exchange.txt", "United Kingdom", CHINA_KOREA, ("CN", "KP")),
    ("statements/ca-gac-20210719-exchange.txt", "Canada", CHINA_KOREA, ("CN", "KP")),
    ("editorials/gt-20210720-editorial.txt", "Global Times", CHINA_KOREA, ("CN", "KP")),
    ("statements/ru-mfa-20200604-bundestag.txt", "Russia", GERMANY_FRANCE, ("DE", "FR")),
    ("statements/ru-mfa-20200604-bundestag.txt", "Russia", RUSSIA_IRAN, ("RU", "IR")),
]


def exchanged(text: str, names: Mapping[str, str]) -> str:
    """The text with every name of a mapping replaced by its partner, both ways, the longest first."""
    both = dict(names) | {other: name for name, other in names.items()}
    pattern = "|".join(re.escape(name) for name in sorted(both, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda match: both[match.group()], text)


@pytest.mark.parametrize(("name", "source", "names", "codes"), EXCHANGES)
def test_two_states_in_a_real_text_can_be_exchanged(
    shared: Path, name: str, source: str, names: Mapping[str, str], codes: tuple[str, str]
) -> None:
    text = (shared / "corpus" / name).read_text("utf-8")
    before = reader().read(document(text, source)).claims
    after = reader().read(document(exchanged(text, names), exchanged(source, names))).claims
    a, b = codes
    assert len(before) > 0
    assert [outline(claim, {a: b, b: a}) for claim in before] == [outline(claim, {}) for claim in after]


@given(pair=st.permutations(["APT28", "APT29", "Leviathan"]), template=st.integers(0, 2))
def test_two_actors_can_be_exchanged(pair: list[str], template: int) -> None:
    ids = {"APT28": "G0007", "APT29": "G0016", "Leviathan": "G0065"}
    text = (
        "{0} compromised the network, and {1} sent phishing mail.",
        "We attribute the intrusion to {0} and not to {1}.",
        "{0} actors work for the Russian government, {1} hacked the servers.",
    )[template]
    a, b, _ = pair
    renamed = {ids[a]: ids[b], ids[b]: ids[a]}
    before, after = read(text.format(a, b), "Estonia"), read(text.format(b, a), "Estonia")
    assert [outline(claim, renamed) for claim in before] == [outline(claim, {}) for claim in after]
