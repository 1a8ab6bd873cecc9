"""Names that are words, too: they are read where the text says that they are meant, and only there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, layout
from weigh.evidence.chances import CROWDED, DISTINCT, MEANT, SUPPORTED, Vocabulary, may_be_plural
from weigh.evidence.findings import Finding
from weigh.evidence.names import prepare
from weigh.knowledge.catalogue import Actor, Alias, Listed, Listing, Software
from weigh.records import Kind

EVERYDAY = "anchor bearing chaos empire harbour lantern maze quay responder sparrow tide"
EXTRACT = prepare(
    replace(
        CATALOGUE,
        software=(
            Software("S0001", "Anchor", "malware"),
            Software("S0002", "Mimikatz", "tool"),
            Software("S0003", "Maze", "malware"),
            Software("S0004", "Empire", "tool", (Alias("PowerShell Empire", "ATT&CK"),)),
            Software("S0005", "LANTERN", "malware"),
            Software("S0006", "Responder", "tool"),
            Software("S0007", "QuayBearing", "malware"),
            Software("S0008", "QuarryRAT", "malware"),
            Software("S0009", "Wharfix 2.0", "malware"),
            Software("S0010", "Wharfix 3.0", "malware"),
            Software("S0011", "Tide Ransomware", "malware"),
            Software("S0012", "Harbour Sparrow", "malware"),
        ),
        actors=(Actor("G0001", "Chaos", (Alias("Slate Heron", "ATT&CK"),), reports=2),),
        listings=(
            Listing(Listed.EVERYDAY, "counts", EVERYDAY),
            Listing(Listed.WORDS, "counts", f"{EVERYDAY} quaybearing slate heron"),
        ),
    )
)


def found(text: str) -> list[Finding]:
    return list(EXTRACT(layout(text)))


def seen(text: str) -> list[tuple[str, str, float]]:
    return [(each.value, each.span.of(text), each.probability) for each in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Anchor store.",
        "Maze of streets.",
        "She owned an Anchor store in Kent.",
        "He used Anchor stores to sell it.",
        "The Empire State Building stands, and the Roman Empire fell.",
        "They were lost in the Maze there.",
        "EMPIRE OF THE MAZE",
        "An Anchor Black customer said so.",
        "He lifted the anchor and the maze was empty; the lantern burnt.",
        "The harbour sparrow sang.",
        "The Lantern festival was on Monday.",
        "C:\\Anchor and @Maze and #Empire were there.",
        "Responder units came, and Responder crews.",
    ],
)
def test_an_everyday_word_is_no_software(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "value", "original"),
    [
        ("The Anchor malware slept.", "S0001", "Anchor"),
        ("Anchor C2 servers answered.", "S0001", "Anchor"),
        ("The backdoor, Anchor, was found.", "S0001", "Anchor"),
        ("They found ransomware such as Maze on it.", "S0003", "Maze"),
        ("The crew deployed Maze on the hosts.", "S0003", "Maze"),
        ("The crew ran the open-source Empire.", "S0004", "Empire"),
        ("They moved on with a copy of it, using Empire.", "S0004", "Empire"),
        ("Anchor (S0001) was there.", "S0001", "Anchor"),
        ("S0003: Maze", "S0003", "Maze"),
        ("Tools used: Responder", "S0006", "Responder"),
        ("Responder is a tool that captures hashes.", "S0006", "Responder"),
        ("The malware was named Anchor by its finders.", "S0001", "Anchor"),
        ("The Lantern backdoor slept.", "S0005", "Lantern"),
        ("Hosts were infected with Maze and wiped.", "S0003", "Maze"),
        ("On the next day Responder was used to listen.", "S0006", "Responder"),
        ("They turned to the free program Empire there.", "S0004", "Empire"),
    ],
)
def test_the_words_beside_it_say_that_it_is_meant(text: str, value: str, original: str) -> None:
    assert (value, original, MEANT) in seen(text)


@pytest.mark.parametrize(
    ("text", "originals"),
    [
        ("The Maze malware came. Later Maze locked the files.", ["Maze", "Maze"]),
        ("They found Mimikatz, Empire and Responder there.", ["Mimikatz", "Empire", "Responder"]),
        ("Found: Empire, Responder, Mimikatz.", ["Empire", "Responder", "Mimikatz"]),
        ("Found: Empire (a tool) and Mimikatz.", ["Empire", "Mimikatz"]),
        ("Lantern came by mail. The LANTERN backdoor slept.", ["Lantern", "LANTERN"]),
        ("The LANTERN of the crew slept.", ["LANTERN"]),
        ("Found: Empire. Mimikatz was there, too.", ["Mimikatz"]),
        ("Chaos and Anchor stores.", ["Chaos"]),
    ],
)
def test_another_place_of_the_document_says_so(text: str, originals: list[str]) -> None:
    assert [original for _, original, _ in seen(text)] == originals


def test_what_only_another_place_supports_is_less_likely() -> None:
    first, second = seen("The Maze malware came. Later Maze locked the files.")
    assert (first[2], second[2]) == (MEANT, SUPPORTED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They ran mimikatz there.", [("S0002", "mimikatz", DISTINCT)]),
        ("the quaybearing of the crane", []),
        ("the maze ransomware came", [("S0003", "maze", CROWDED)]),
        ("the lantern backdoor came", []),
        ("They ran Quarry RAT there.", [("S0008", "Quarry RAT", DISTINCT)]),
        ("the quarry rat ran", []),
        ("The tide ransomware came.", [("S0011", "tide ransomware", MEANT)]),
        ("Tide ransomware came.", [("S0011", "Tide ransomware", DISTINCT)]),
        ("They ran harbour sparrow on it.", [("S0012", "harbour sparrow", MEANT)]),
        (
            "Harbour Sparrow slept. The harbour sparrow woke.",
            [("S0012", "Harbour Sparrow", DISTINCT), ("S0012", "harbour sparrow", SUPPORTED)],
        ),
        ("wharfix 2.0 came", [("S0009", "wharfix 2.0", DISTINCT)]),
        ("Wharfix 3 came", [("S0010", "Wharfix 3", DISTINCT)]),
        ("Wharfix came", [("S0009", "Wharfix", DISTINCT / 2), ("S0010", "Wharfix", DISTINCT / 2)]),
        ("Wharfix 4.0 came", []),
        ("Two Quaybearings slept.", [("S0007", "Quaybearing", DISTINCT)]),
        ("the slate heron", []),
        ("by Slate Herons", [("G0001", "Slate Heron", DISTINCT)]),
    ],
)
def test_small_letters_divided_words_versions_and_plurals(
    text: str, expected: list[tuple[str, str, float]]
) -> None:
    assert seen(text) == expected


def test_an_actor_is_a_claim_and_only_less_likely() -> None:
    assert [(each.kind, each.probability) for each in found("Chaos came, and so did Chaos.")] == [
        (Kind.ACTOR, CROWDED),
        (Kind.ACTOR, CROWDED),
    ]
    assert [each.probability for each in found("The attack was linked to Chaos later.")] == [MEANT]


def test_a_vocabulary_tells_names_from_words() -> None:
    vocabulary = Vocabulary(frozenset({"tide"}), frozenset({"tide", "akita"}))
    assert [vocabulary.tells(word) for word in ("tide", "akita", "wharfix", "apt 28", "apt28", "quay")] == [
        *(False, False, True, False, True, False)
    ]
    assert vocabulary.is_spoken("Tide")
    assert not vocabulary.is_spoken("Tide Wharfix")
    assert [may_be_plural(name, vocabulary) for name in ("Tide", "Wharfix", "Harbours", "Quay")] == [
        *(False, True, False, False)
    ]


WORDS = ("Anchor", "Maze", "Mimikatz", "malware", "the", "used", "on", "and", ",", ".", "store", "\n\n")


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_a_word_is_read_where_the_same_words_and_more_are(text: str) -> None:
    """What follows as a paragraph of its own takes nothing away."""
    before = {(each.value, each.span) for each in found(text)}
    after = {(each.value, each.span) for each in found(f"{text}\n\nThe Anchor malware and the Maze malware.")}
    assert before <= after
