"""Names that a document gives: other names of known things, and names of what nobody knows yet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, document, layout
from weigh.evidence import build, observe
from weigh.evidence.definitions import coinages, definitions, is_nameable, mentions, naming_words, quoted
from weigh.evidence.names import COINED, DEFINED, UNKNOWN_SOFTWARE
from weigh.records import Kind, Observation, Span

OBSERVER = build(CATALOGUE)


def found(text: str) -> list[Observation]:
    return [each for each in observe(document(text), OBSERVER) if each.kind in {Kind.ACTOR, Kind.SOFTWARE}]


def values(text: str, original: str) -> set[str]:
    return {each.value for each in found(text) if each.original == original}


@pytest.mark.parametrize(
    "definition",
    [
        "APT28 (also known as Zerowolf) did it.",
        "APT28, also known as Sofacy, Zerowolf and Oddcrane, did it.",
        "APT28\u2014aka STRONTIUM, Zerowolf, and Oddcrane\u2014did it.",
        "APT28 (a.k.a. \u201cZerowolf\u201d) did it.",
        "APT28, tracked as Zerowolf by Heron Labs, did it.",
        "APT28 (tracked by Heron Labs as Zerowolf) did it.",
        "APT28, formerly Zerowolf, did it.",
        "APT28 (formerly known as Zerowolf) did it.",
        "APT28, which we call Zerowolf, did it.",
        "APT28, which Heron tracks as Zerowolf, did it.",
        "APT28 (hereafter Zerowolf) did it.",
        "APT28 (hereinafter referred to as \u201cZerowolf\u201d) did it.",
        "APT28 [G0007], also tracked as Zerowolf, did it.",
        "The APT28 group, also called Zerowolf, did it.",
        "Zerowolf (also known as APT28) did it.",
        "APT28 is also known as Zerowolf.",
    ],
)
def test_another_name_means_the_same_throughout(definition: str) -> None:
    text = f"In May Zerowolf came by mail.\n\n{definition}\n\nThen Zerowolf\u2019s crew left."
    named = [each for each in found(text) if each.original == "Zerowolf"]
    assert [each.value for each in named] == ["G0007"] * 3
    assert all(each.kind is Kind.ACTOR and each.probability == DEFINED for each in named)
    assert all("another name of APT28" in each.why and "Zerowolf" in each.why for each in named)
    assert all(each.set_aside == "a name in a report is a claim, not evidence" for each in named)


@pytest.mark.parametrize(
    "text",
    [
        "APT28 met with Zerowolf. Zerowolf left.",
        "APT28 did it. Also known as Zerowolf is another crew.",
        "Overlaps with activity tracked as Zerowolf were seen at APT28.",
        "APT28, also known as the Group, did it.",
        "Someone (also known as Zerowolf) did it.",
    ],
)
def test_what_is_no_definition_of_a_known_name(text: str) -> None:
    assert values(text, "Zerowolf") == set()


def test_software_has_other_names_too() -> None:
    text = "They ran Mimikatz (aka Catnap) at night. Catnap read memory."
    named = [each for each in found(text) if each.original == "Catnap"]
    assert [(each.value, each.kind, each.set_aside) for each in named] == [("S0002", Kind.SOFTWARE, "")] * 2


def test_a_name_known_only_as_a_name_is_the_documents_actor_there() -> None:
    text = "APT28 (aka STRONTIUM, Indrik, Sofacy) did it. Indrik left."
    assert values(text, "Indrik") == {"G0007"}
    assert "elsewhere it is a name of Indrik" in next(e.why for e in found(text) if e.original == "Indrik")


def test_an_actor_with_reports_of_its_own_stays_itself_and_the_document_is_quoted() -> None:
    text = "APT28 (aka Sofacy, Turla) did it."
    assert values(text, "Turla") == {"G0010"}
    assert "another name of APT28" in next(each.why for each in found(text) if each.original == "Turla")


def test_one_known_name_among_many_unknown_ones_decides_nothing() -> None:
    text = "A man, aka Oddcrane, aka Turla, aka Wetfinch, aka Brinegull, was charged. Wetfinch left."
    assert values(text, "Wetfinch") == set()


def test_the_short_name_of_an_organisation_is_not_its_groups() -> None:
    text = "The Northern Seal Office (NSO), also known as APT28, Sofacy and Fancy Bear, did it. NSO left."
    assert values(text, "NSO") == set()


def test_lists_of_two_things_stay_apart() -> None:
    text = "the tools Mimikatz, aka Catnap; Carbon, aka Coalsack. Coalsack and Catnap ran."
    assert values(text, "Catnap") == {"S0002"}
    assert values(text, "Coalsack") == {"S0335"}


def test_a_definition_holds_its_names_and_its_sentence() -> None:
    text = "It began in May. APT28 (aka Zerowolf, Oddcrane) did it. It ended."
    start = text.index("APT28")
    (definition,) = definitions(layout(text), [Span(start, start + 5)])
    assert definition.head.of(text) == "APT28"
    assert [span.of(text) for span in definition.others] == ["Zerowolf", "Oddcrane"]
    assert definition.reason == "\u201cAPT28 (aka Zerowolf, Oddcrane) did it.\u201d"


def test_a_long_sentence_is_quoted_from_the_definition_on() -> None:
    text = "It " + "went on and on " * 30 + "with APT28 (aka Zerowolf) there."
    start = text.index("APT28")
    assert quoted(layout(text), Span(start, start + 20)).startswith("\u201cAPT28 (aka Zerowolf)")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They left a backdoor we call Lanternfish.", "Lanternfish"),
        ("They left a backdoor that we have dubbed \u201cLanternfish\u201d.", "Lanternfish"),
        ("They left malware named Lanternfish.", "Lanternfish"),
        ("They left a new loader, dubbed LanternFish by Heron.", "LanternFish"),
        ("The malware, dubbed by Heron Labs as LEMUR, came by mail.", "LEMUR"),
        ("They ran LanternFish ransomware on all hosts.", "LanternFish"),
        ("The LanternFish backdoor slept.", "LanternFish"),
        ("LanternFish is a new remote access trojan.", "LanternFish"),
        ("We named the malware *Lanternfish*.", "Lanternfish"),
        ("Crews with Lanternfish ransomware came, and Lanternfish left.", "Lanternfish"),
    ],
)
def test_software_that_nobody_knows_is_shown_and_not_weighed(text: str, name: str) -> None:
    named = [each for each in found(text) if each.value == name]
    assert len(named) == text.count(name)
    for each in named:
        assert (each.kind, each.original, each.probability) == (Kind.SOFTWARE, name, COINED)
        assert each.set_aside == UNKNOWN_SOFTWARE
        assert name in each.why


@pytest.mark.parametrize(
    "text",
    [
        "They ran custom malware. Custom malware is rare.",
        "Mobile malware and Android malware and a Windows backdoor and a PowerShell loader.",
        "A VBS downloader and a 64-bit loader and Persian-speaking ransomware crews.",
        "The Ransomware Guide and the HHS Ransomware Fact Sheet.",
        "They ran Mimikatz malware and Carbon malware.",
        "State-sponsored malware and Russian malware and Chinese-made ransomware.",
        "A file named Lanternfish was there.",
        "THE LANTERNFISH RANSOMWARE REPORT",
        "Lanternfish ransomware came.",
    ],
)
def test_descriptions_are_no_names(text: str) -> None:
    assert [each.value for each in found(text) if each.set_aside == UNKNOWN_SOFTWARE] == []


def test_articles_are_no_part_of_a_name() -> None:
    (coinage,) = coinages(layout("The LanternFish ransomware came."))
    assert coinage.name == "LanternFish"


@pytest.mark.parametrize(
    ("name", "nameable"),
    [
        ("Zerowolf", True),
        ("UNC2452", True),
        ("Windows", False),
        ("Cuba", False),
        ("Group", False),
        ("12", False),
    ],
)
def test_what_may_be_a_name(name: str, nameable: bool) -> None:
    assert is_nameable(name) is nameable


def test_mentions_are_whole_words() -> None:
    text = "Zerowolf, Zerowolf's, Zerowolfs, Zerowolf.exe and C:\\Zerowolf"
    assert [span.start for _, span in mentions(text, ["Zerowolf"])] == [0, 10]
    both = list(mentions("Zerowolf Two left Zerowolf", ["Zerowolf", "Zerowolf Two"]))
    assert both == [("Zerowolf Two", Span(0, 12)), ("Zerowolf", Span(18, 26))]
    assert list(mentions(text, [])) == []


def test_rows_of_words_are_there() -> None:
    assert {"ransomware", "backdoor"} <= naming_words("coined")
    with pytest.raises(KeyError):
        naming_words("nothing")


PIECES = (
    "APT28",
    " (aka ",
    "Zerowolf",
    ", ",
    ") ",
    " ransomware ",
    "LanternFish",
    "\n\n",
    "which we call ",
    "\u0130",
    "[",
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_mixture_is_read_and_every_original_stands_at_its_span(text: str) -> None:
    for each in found(text):
        assert each.original == each.span.of(text) != ""
        assert each.value in {"G0007", "Zerowolf", "LanternFish"} or each.set_aside == UNKNOWN_SOFTWARE


@pytest.mark.parametrize(
    "unit", ["APT28 (aka ", "aka A, ", "LanternFish ransomware ", "Aa ", "which we call X, "]
)
def test_hostile_repetition_is_read_to_the_end(unit: str) -> None:
    text = unit * (20_000 // len(unit)) + "\n\nThey ran Mimikatz there."
    assert "S0002" in {each.value for each in found(text)}
