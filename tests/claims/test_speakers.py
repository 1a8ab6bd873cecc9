"""Who speaks, by how it is said: after, inside and before a quotation, by role, house and surname."""

from __future__ import annotations

import pytest

from tests.claims.reader import read, short

SAID = [
    (
        "Hackers from Belarus breached the bank's servers, according to a report by Cisco Talos.",
        "Cisco Talos",
    ),
    ("Russia hacked the servers of the bank, said security firm Halden Labs.", "Halden Labs"),
    ("Researchers at Orchid Bay said that APT28 breached the bank's network.", "Orchid Bay"),
    ("Analysts at the security company Orchid Bay said APT28 breached the bank's network.", "Orchid Bay"),
    ("Norway's service had concluded that Russia hacked the ministry's servers.", "NO"),
    ("The UK's own assessment, led by the NCSC, is that APT28 hacked the ministry's network.", "GB"),
    ("Kremlin spokesman Ivan Orlov said Ukraine had hacked the ministry's servers.", "RU"),
    ("A former Norwegian minister said that Russia hacked the servers.", "former Norwegian minister"),
    ("State television quoted the Norwegian government as saying that Russia hacked the servers.", "NO"),
    ("Mandiant, a unit of Google, has also tied the hack to APT28.", "Mandiant"),
    ("The Americans claim that Russia hacked the servers of the ministry.", "US"),
    ("Russia hacked the bank's servers, two people familiar with the investigation said.", ""),
]
CLAIMS = [
    ("Norway was hacked by APT28.", ["Reuters attribute G0007 by"]),
    ("Russia was accused of hacking the bank by Norway.", ["NO<Reuters accuse RU by"]),
    (
        "Sweden swiftly backed Norway's conclusion that Russia hacked it.",
        ["SE<Reuters endorse RU", "NO<Reuters attribute RU by"],
    ),
    ("Norway sees the hand of Russia in the hack.", ["NO<Reuters accuse RU by"]),
    ("Norway points finger at Russia over the hack.", ["NO<Reuters accuse RU by"]),
    (
        "The Russian reply to the hacking charge, which rejects the findings, came late.",
        ["RU<Reuters deny RU"],
    ),
    ("Grey Heron claims to have hacked the bank.", []),
]


@pytest.mark.parametrize(("text", "speaker"), SAID)
def test_a_sentence_tells_who_speaks(text: str, speaker: str) -> None:
    first = read(text, "Reuters")[0]
    assert (first.speakers[0].key.split("/")[0] if first.speakers else "") == speaker
    assert [party.key for party in first.reported_by] == ["Reuters"]


@pytest.mark.parametrize(("text", "expected"), CLAIMS)
def test_a_sentence_tells_who_did_what(text: str, expected: list[str]) -> None:
    assert [short(claim) for claim in read(text, "Reuters")] == expected


def test_a_surname_stands_for_whoever_spoke_before() -> None:
    text = (
        "The bank was hacked, Norwegian Interior Minister Jana Lund said. "
        "Lund said that Russia had hacked the bank's servers."
    )
    assert read(text, "Reuters")[-1].speakers[0].root == "NO"
    unknown = "Tuesday said that Russia had hacked the bank's servers."
    assert [short(claim) for claim in read(unknown, "Reuters")] == ["Reuters accuse RU by"]


def test_she_goes_on_speaking() -> None:
    text = (
        '"The servers of our parliament were hacked last week," Norwegian minister Jana Lund said. '
        '"Russia hacked our servers for a year," she alleged.'
    )
    assert read(text, "Reuters")[-1].speakers[0].key == "NO/Jana Lund"


def test_a_house_goes_by_its_first_word_later() -> None:
    text = "Security firm Halden Labs examined the malware. Russia hacked the bank, Halden said."
    assert [short(claim) for claim in read(text, "Reuters")] == ["Halden Labs<Reuters attribute RU by"]


def test_a_spokesperson_s_label_is_the_source_s_own_voice() -> None:
    text = (
        "Question: Norway says that you hacked it.\n"
        "Spokesperson: Sweden firmly rejects this. We hope Norway will stop smearing Sweden."
    )
    found = [short(claim) for claim in read(text, "Ministry for Foreign Affairs of Sweden")]
    own = "SE/ministry for foreign affairs"
    assert f"{own} urge NO" in found
    assert any(one.startswith(("SE", own)) and "deny SE" in one for one in found)


def test_a_note_is_taken_of_what_another_says() -> None:
    text = (
        "Brazil took note of the statement by the Netherlands, according to which the hack "
        "was carried out by APT28."
    )
    assert [short(claim) for claim in read(text, "Brazil")] == [
        "BR acknowledge G0007",
        "NL<BR attribute G0007 by",
    ]


def test_a_product_is_no_actor_of_the_same_name() -> None:
    text = 'Its "APT40" spyware was used to hack telephones. APT40 hacked the telephones of reporters.'
    assert [short(claim) for claim in read(text, "Norway")] == []


def test_a_forum_of_states_is_not_accused() -> None:
    text = "The cyber attack is a threat to the United Nations."
    assert not any("UN" in {party.key for party in claim.accused} for claim in read(text, "Norway"))
