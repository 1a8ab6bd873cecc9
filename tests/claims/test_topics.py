"""Where a text is about computers, and who goes on speaking in a paragraph."""

from __future__ import annotations

import pytest

from tests.claims.reader import document, read, reader, short
from weigh.claims.parties import Mentions
from weigh.claims.patterns import patterns
from weigh.claims.topics import Topics
from weigh.claims.voices import hear
from weigh.evidence.layout import lay_out
from weigh.records import Span

FILLER = "The committee met and spoke of the harvest at some length. " * 30
QUESTION = "Q    Who did it?\nMS. DOE:  Russia did.\nQ    And the weather?\nMS. DOE:  Fine.\n"


def topics(text: str) -> Topics:
    """The topics of a text in English."""
    layout = lay_out(document(text))
    voices = hear(layout, Mentions.of(reader().gazetteer.mentions(layout)), ())
    return Topics.of(text, voices, patterns("english"))


def test_a_sentence_near_a_word_about_computers_is_on_the_topic() -> None:
    text = FILLER + "Hackers struck. " + FILLER
    at = text.index("Hackers")
    found = topics(text)
    assert not found.throughout
    assert found.cover(Span(at, at + 10))
    assert found.cover(Span(at - 100, at - 60))
    assert not found.cover(Span(0, 50))


def test_a_text_with_such_words_in_all_its_parts_is_about_them() -> None:
    assert topics("Malware was found. " * 12).throughout
    assert not topics(FILLER).throughout


def test_a_text_without_questions_needs_only_a_word_now_and_then() -> None:
    text = "Malware, hackers and a breach. " + FILLER
    assert topics(text).throughout
    assert not topics(QUESTION + text).throughout


def test_an_exchange_has_its_own_topic() -> None:
    text = QUESTION.replace("Who did it", "Who hacked the network") + FILLER
    found = topics(text)
    assert found.cover(Span(text.index("Russia did"), text.index("Russia did") + 5))


@pytest.mark.parametrize("paragraph", ["\n\n", "\n"])
def test_who_spoke_goes_on_in_a_quotation_until_the_paragraph_ends(paragraph: str) -> None:
    said = "Canada said that Iran hacked the ministry. "
    more = "“Iran hacked the port.”"
    assert [short(one) for one in read(said + more, "Reuters")] == ["CA<Reuters attribute IR by"] * 2
    apart = [short(one) for one in read(said + paragraph + more, "Reuters")]
    assert apart == ["CA<Reuters attribute IR by", "Reuters attribute IR by"]


def test_a_short_text_is_taken_to_be_about_computers() -> None:
    assert topics("Norway was not behind it.").throughout
    assert not topics("Norway was not behind it. " * 30).throughout
