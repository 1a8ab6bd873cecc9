"""Names that only the text knows are actors wherever it uses them, and common words are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, read, reader, short
from weigh.claims.introduced import MOST, introduced
from weigh.claims.listed import Form
from weigh.claims.parties import Mentions
from weigh.claims.patterns import patterns
from weigh.evidence.layout import lay_out


def names(text: str) -> list[tuple[str, str]]:
    """The words and the key of each name that a text introduces."""
    layout = lay_out(document(text))
    known = Mentions.of(reader().gazetteer.mentions(layout))
    found = introduced(text, known, patterns("english").introductions).mentions
    return [(item.span.of(text), item.party.key) for item in found.items if item not in known.items]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The indictment charges Omar Balin, 34, and Rita Sool, 29, with fraud. Balin fled; Sool did not.",
            ["Omar Balin", "Rita Sool", "Omar Balin", "Rita Sool"],
        ),
        ("Omar Balin and Rita Sool were charged today.", ["Omar Balin", "Rita Sool"]),
        ("The defendants, Omar Balin and Rita Sool, are at large.", ["Omar Balin", "Rita Sool"]),
        ("It alleges that Omar Balin was an officer.", ["Omar Balin"]),
        ("The Treasury designated Northgate Data Systems.", ["Northgate Data Systems"]),
        ("A group calling itself Grey Heron said so. Grey Heron lied.", ["Grey Heron", "Grey Heron"]),
        ("The hacking group Greyheron returned.", ["Greyheron"]),
        ("Greyheron, a ransomware gang, returned.", ["Greyheron"]),
        ("They were tracked. A cluster known as Greyheron returned.", ["Greyheron"]),
        ("The Greyheron ransomware gang returned.", ["Greyheron"]),
        ("A front company called Northgate paid them.", ["Northgate"]),
    ],
)
def test_a_text_introduces_whom_it_charges_and_names(text: str, found: list[str]) -> None:
    assert [key for _, key in names(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "The hackers struck on Monday.",
        "Today hackers stole data.",
        "The report was published in January. These hackers are known.",
        "Assistant Attorney General Jane Roe announced the charges.",
        "The group known to the public is small.",
        "She was charged with fraud in the Northern District.",
        "Russian hackers struck.",
    ],
)
def test_words_that_only_look_like_names_are_none(text: str) -> None:
    assert names(text) == []


def test_a_known_name_stays_what_it_is() -> None:
    assert names("The indictment charges officers of the GRU and Unit 74455.") == []
    assert names("The hacking group APT28 returned.") == []


def test_a_name_in_brackets_stands_for_the_one_before_it() -> None:
    text = "The UK sanctioned Northgate Data Systems (Lanward). Lanward hacked a network."
    assert ("Lanward", "Northgate Data Systems") in names(text)


def test_a_part_of_a_name_is_no_use_of_it_within_the_name_of_another() -> None:
    text = "The jury charged Omar Balin. Balin fled with Rita Balin and Balin Sool. Mr Balin was seen."
    uses = [words for words, key in names(text) if key == "Omar Balin"]
    assert uses == ["Omar Balin", "Balin", "Balin"]


def test_those_who_are_charged_are_told_from_others_who_are_presented() -> None:
    text = "A jury indicted Omar Balin, 34, and Rita Sool. The hacking group Grey Heron helped them."
    found = introduced(text, Mentions(()), patterns("english").introductions)
    assert [party.key for party in found.charged] == ["Omar Balin", "Rita Sool"]


def test_those_who_are_charged_are_accused_of_what_they_did() -> None:
    text = (
        "A grand jury returned an indictment charging Omar Balin, 34, with computer hacking. "
        "Balin broke into the network of a bank."
    )
    found = [short(one) for one in read(text, "US Department of Justice")]
    assert found == ["US/DOJ accuse Omar Balin by"] * 2


@given(st.integers(1, 200))
def test_names_are_bounded_in_number(number: int) -> None:
    people = ". ".join(
        f"He was charged. They charged Abel B{'a' * (one % 50)}c{'d' * (one // 50)}x" for one in range(number)
    )
    assert len({key for _, key in names(people)}) <= MOST


def test_chinese_groups_are_introduced_by_their_quotation_marks() -> None:
    text = "黑客组织“灰鹭”入侵了网络。“灰鹭”组织还窃取了数据。"
    found = introduced(text, Mentions(()), patterns("chinese").introductions).mentions
    assert [(item.party.key, item.form) for item in found.items] == [("灰鹭", Form.ACTOR)] * 2


def test_a_language_without_introductions_has_only_known_names() -> None:
    known = Mentions(())
    assert introduced("The hacking group Greyheron returned.", known, None).mentions is known
