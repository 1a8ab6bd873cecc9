"""The loose reading: a cue, and the parties around it, where no pattern says how the words may run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, read, reader, short
from weigh.claims.composing import compositions
from weigh.claims.marked import mark, with_culprits
from weigh.claims.parties import Mentions
from weigh.claims.patterns import patterns
from weigh.evidence.layout import lay_out
from weigh.records import Span, Stance

TABLE = patterns("english")
RULES = TABLE.composing
CASES = [
    # who did it, said in other ways than the patterns know
    (
        "It is highly likely that the hacked data was made available to the GRU.",
        "UK NCSC",
        ["attribute RU/GRU"],
    ),
    ("Iran had at least helped the hackers who breached the port.", "Reuters", ["attribute IR"]),
    ("The hand of Iran was seen in this cyber operation.", "Reuters", ["attribute IR"]),
    # demands and threats
    ("We demand at last and once for all of Iran that it stop the cyber attacks.", "Albania", ["urge IR"]),
    ("We will use all means at our disposal to answer the Iranian hack.", "Albania", ["threaten IR"]),
    # doubt is for those who are not of the side that is accused
    ("We have seen no evidence that would confirm Turkish direction of the malware.", "ESET", ["doubt TR"]),
    ("Experts say it is too early to conclude that Iran was responsible for the hack.", "BBC", ["doubt IR"]),
    # denial
    ("Iran said it had no hand whatsoever in the cyber attack.", "Reuters", ["deny IR"]),
    ("The Iranian hacking story is a fairy tale, like every report of this kind.", "Iran", ["deny IR"]),
]


@pytest.mark.parametrize(("text", "source", "expected"), CASES)
def test_a_cue_and_a_party_make_a_claim(text: str, source: str, expected: list[str]) -> None:
    found = [f"{one.stance} {','.join(party.key for party in one.accused)}" for one in read(text, source)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hackers broke into a server of the Iranian ministry.",
        "A cyber attack against Iran disrupted petrol stations.",
        "Malware was found on computers in Germany and France.",
        "The ministry of Iran published advice on cyber attacks.",
        "Iran and Russia opened a computer school.",
        "Companies in Iran must patch their servers.",
        "She asked whether Iran would retaliate for the hack.",
    ],
)
def test_a_victim_or_a_mere_neighbour_is_not_accused(text: str) -> None:
    assert [one for one in read(text, "Reuters") if one.stance is not Stance.DOUBT] == []


def composed(text: str) -> list[tuple[str, str, list[str]]]:
    """Every composition of a sentence: its stance, its cue, and whom it accuses."""
    assert RULES is not None
    names = Mentions.of(reader().gazetteer.mentions(lay_out(document(text))))
    marked = with_culprits(mark(text, Span(0, len(text)), names.items), TABLE.culprits)
    present = TABLE.sequences.within(marked.small)
    found = compositions(marked, marked.small, present, (0, len(marked.text)), RULES)
    return [
        (
            str(one.cue.claim.stance),
            marked.text[one.start : one.end],
            [p.key for _, t in one.on for p in t.parties],
        )
        for one in found
    ]


def test_the_accused_stands_where_the_cue_says() -> None:
    assert ("accuse", "blamed", ["IR"]) in composed("Albania blamed Iran.")
    assert ("attribute", "behind", ["IR"]) in composed("Iran is behind it.")[:1] or composed(
        "Iran is behind it."
    )
    assert [on for stance, _, on in composed("Albania urged Iran to stop it.") if stance == "urge"] == [
        ["IR"]
    ]


def test_those_listed_together_are_accused_together() -> None:
    found = [on for stance, _, on in composed("Albania blamed Iran and Russia.") if stance == "accuse"]
    assert found[0] == ["IR", "RU"]


def test_a_pattern_goes_before_a_cue() -> None:
    (claim,) = read("Iran hacked the ministry.", "Canada")
    assert claim.why.startswith("rule ")
    assert int(claim.why.split()[1]) < 200


def test_what_the_actors_did_on_a_machine_is_no_claim_of_its_own() -> None:
    named = "APT28 breached the parliament's network. "
    step = "The actors used Mimikatz to dump credentials on the domain controller."
    assert [short(one) for one in read(named + step, "Germany")] == ["DE attribute G0007 by"]
    charged = "A grand jury returned an indictment charging APT28 with hacking. " + step
    assert len(read(charged, "US Department of Justice")) == 2


@given(st.sampled_from(CASES), st.sampled_from(["if", "whether"]))
def test_a_condition_asserts_nothing(case: tuple[str, str, list[str]], word: str) -> None:
    text = f"Nobody knows {word} Iran was behind the cyber attack."
    found = read(text, case[1])
    assert [one for one in found if one.stance in (Stance.ACCUSE, Stance.ATTRIBUTE)] == []
