"""Whose words a stretch of text is."""

from __future__ import annotations

import pytest

from tests.claims.reader import document, reader
from weigh.claims.parties import Mentions
from weigh.claims.voices import JOURNALIST, Voice, Voices, hear
from weigh.evidence.layout import lay_out
from weigh.records import Party, Span

US = Party("US", "United States")


def heard(text: str, source: Party | None = US) -> Voices:
    """The voices of a text in English."""
    layout = lay_out(document(text))
    return hear(layout, Mentions.of(reader().gazetteer.mentions(layout)), () if source is None else (source,))


def test_without_labels_all_is_the_source_s() -> None:
    assert heard("One sentence. Another.").at(5) == Voice((US,))
    assert heard("One sentence.", None).at(5) == Voice(())


def test_a_transcript_s_labels_change_the_voice() -> None:
    text = "MS. DOE:  Good morning.\nQ    Who did it?\nMS. DOE:  We do not know.\n"
    voices = heard(text)
    assert voices.at(12).speakers[0].key == "US/Ms. Doe"
    asking = voices.at(text.index("Who"))
    assert asking.asks
    assert asking.speakers == (JOURNALIST,)
    assert asking.via == (US,)
    assert voices.at(text.index("We")).speakers[0].key == "US/Ms. Doe"


def test_a_line_that_only_once_begins_like_a_label_is_none() -> None:
    text = "WASHINGTON: The ministry spoke.\nIt said nothing."
    assert heard(text).at(text.index("It")) == Voice((US,))


def test_a_journalist_asks_for_an_outlet() -> None:
    text = "路透社记者：谁做的？\n赵某：不知道。\n"
    layout = lay_out(document(text))
    voices = hear(layout, Mentions.of(reader().chinese.mentions(text)), [Party("CN", "China")])
    assert voices.at(8).speakers[0].key == "Reuters"
    assert voices.at(8).asks
    assert voices.at(text.index("不知道")).speakers[0].key == "CN/赵某"


def test_quotations_belong_to_whom_they_are_said_by() -> None:
    text = (
        "“The attack was reckless and we will answer it,” said Deputy Attorney General Jane Q. Roe of the "
        "Justice Department. “It will not be forgotten by anyone here.” The office declined to comment."
    )
    voices = heard(text)
    assert voices.at(text.index("reckless")).speakers[0].key == "US/Jane Q. Roe"
    assert voices.at(text.index("forgotten")).speakers[0].key == "US/Jane Q. Roe"
    assert voices.at(text.index("declined")) == Voice((US,))


def test_a_person_s_own_state_goes_before_the_source_s() -> None:
    text = "“We had nothing to do with the attack at all,” said Kremlin spokesman Ivan Petrov on Monday."
    voice = heard(text, Party("Reuters", "Reuters")).at(10)
    assert voice.speakers[0].key == "RU/Ivan Petrov"
    assert voice.via == (Party("Reuters", "Reuters"),)


def test_a_name_like_a_state_s_is_no_state() -> None:
    text = "“The breadth of these campaigns reminds us of much,” said Attorney General Lisa O. Monaco."
    assert heard(text).at(10).speakers[0].key == "US/Lisa O. Monaco"


def test_a_voice_that_names_itself_stays_one_voice() -> None:
    voice = Voice((Party("US/DOJ", "Department of Justice"),))
    assert voice.quoting([US]) is voice
    assert voice.quoting([Party("IR", "Iran")]) == Voice((Party("IR", "Iran"),), voice.speakers)


def test_quotations_in_a_span_are_those_that_share_a_character() -> None:
    spans = [Span(0, 5), Span(10, 20), Span(30, 40)]
    voices = Voices(Voice(()), (), tuple((span, Voice((US,))) for span in spans))
    assert list(voices.quoted_in(Span(4, 12))) == spans[:2]
    assert list(voices.quoted_in(Span(5, 10))) == []
    assert list(voices.quoted_in(Span(0, 99))) == spans
    assert voices.at(25) == Voice(())


def test_names_in_small_letters_are_labels_where_somebody_asks() -> None:
    text = "Question: Who did it?\nMaria Ivanova: We do not know.\nNote: this is a draft.\n"
    voices = heard(text)
    assert voices.has_questions
    assert voices.at(text.index("We do")).speakers[0].key == "US/Maria Ivanova"
    assert voices.at(text.index("We do")).personal
    assert not heard("Maria Ivanova: We do not know.").has_questions
    assert heard("Maria Ivanova: We do not know.").at(20) == Voice((US,))


def test_a_quotation_belongs_to_whom_is_named_before_it() -> None:
    text = "Minister Jane Roe said on Monday: “The attack was reckless and we will answer it.”"
    assert heard(text).at(text.index("reckless")).speakers[0].key == "US/Jane Roe"
    after = "“The attack was reckless and we will answer it,” Minister Jane Roe told reporters."
    assert heard(after).at(after.index("reckless")).speakers[0].key == "US/Jane Roe"


def test_a_title_and_a_surname_are_a_person() -> None:
    text = "“The attack was reckless and we will answer it,” said Director Roe."
    assert heard(text).at(10).speakers[0].key == "US/Roe"


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("said Special Agent in Charge Ann Quill of the FBI", "US/Ann Quill"),
        ("said Special Agent in Charge Ann Quill", "Ann Quill"),
        ("said Director Ann Quill, with the NSA", "US/Ann Quill"),
    ],
)
def test_whom_an_official_serves_is_told_by_the_words_beside_the_name(words: str, key: str) -> None:
    text = f"China spoke. “The charges that were outlined today show a lot,” {words}."
    assert heard(text, None).at(text.index("charges")).speakers[0].key == key
