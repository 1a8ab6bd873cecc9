"""Passages: every observation is quoted, nothing is quoted twice, and the text is the document's."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.harbour import document
from weigh.assessment.passages import passage_of, passages, sentence_around, sentence_spans
from weigh.records import Document, Span

QUICK = settings(max_examples=40, deadline=None)

TEXT = "First one here. Second stands there. Third is long. Fourth follows.\n\nFifth is apart. Sixth ends it."


@st.composite
def marked(draw: st.DrawFn) -> tuple[Document, list[Span]]:
    """A text of sentences, breaks and odd characters, and spans anywhere in it."""
    parts = draw(
        st.lists(
            st.sampled_from(
                ("A word. ", "Other words\\n", "\\n\\n", "no end ", "  ", "\\u2028", "。", "İx. ", "z" * 700)
            )
        )
    )
    text = "".join(parts) + draw(st.text(max_size=20))
    places = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(places, places), max_size=6))
    return document(text), [Span(min(pair), max(pair)) for pair in pairs]


@QUICK
@given(marked())
def test_passages_hold_every_span_once_in_the_documents_own_words(drawn: tuple[Document, list[Span]]) -> None:
    file, spans = drawn
    rows = passages(file, spans, sentence_spans(file))
    for row in rows:
        assert row.text == file.text[row.start : row.end]
        assert row.document == file.id
    for first, second in itertools.pairwise(rows):
        assert first.end < second.start
    ids = {row.id: row for row in rows}
    assert len(ids) == len(rows)
    for span in spans:
        held = ids[passage_of(span, rows)]
        assert held.start <= span.start
        assert span.end <= held.end


@QUICK
@given(marked())
def test_passages_do_not_depend_on_the_order_of_observations(drawn: tuple[Document, list[Span]]) -> None:
    file, spans = drawn
    sentences = sentence_spans(file)
    assert passages(file, spans[::-1], sentences) == passages(file, spans, sentences)


@QUICK
@given(marked())
def test_a_sentence_holds_its_span_on_one_line(drawn: tuple[Document, list[Span]]) -> None:
    file, spans = drawn
    sentences = sentence_spans(file)
    for span in spans:
        found = sentence_around(file, span, sentences)
        assert " ".join(span.of(file.text).split()) in found
        assert "\n" not in found
        assert found == found.strip()


def at(quote: str) -> Span:
    """Where the words stand in `TEXT`."""
    return Span(TEXT.index(quote), TEXT.index(quote) + len(quote))


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        ([], []),
        (["Third"], ["Second stands there. Third is long. Fourth follows."]),
        (["First"], ["First one here. Second stands there."]),
        (["Sixth"], ["Fifth is apart. Sixth ends it."]),
        (["First", "Third"], ["First one here. Second stands there. Third is long. Fourth follows."]),
        (["First", "Sixth"], ["First one here. Second stands there.", "Fifth is apart. Sixth ends it."]),
    ],
)
def test_a_passage_is_the_sentence_with_its_neighbours(quotes: list[str], expected: list[str]) -> None:
    file = document(TEXT)
    rows = passages(file, [at(quote) for quote in quotes], sentence_spans(file))
    assert [row.text for row in rows] == expected


@pytest.mark.parametrize(
    ("quote", "sentence"),
    [
        ("Third", "Third is long."),
        ("there. Third", "Second stands there. Third is long."),
        ("follows.\n\nFifth", "Fourth follows. Fifth is apart."),
        (TEXT, " ".join(TEXT.split())),
    ],
)
def test_the_sentence_around_a_quote_is_whole(quote: str, sentence: str) -> None:
    file = document(TEXT)
    assert sentence_around(file, at(quote), sentence_spans(file)) == sentence


def test_a_quote_in_a_text_without_sentences_stays_short() -> None:
    file = document("x" * 50_000)
    span = Span(25_000, 25_005)
    (row,) = passages(file, [span], sentence_spans(file))
    assert row.end - row.start <= 2 * 600 + 5
    assert len(sentence_around(file, span, sentence_spans(file))) <= 2 * 600 + 5


def test_a_quote_in_white_space_is_its_own_passage() -> None:
    file = document("One.\n\n \n \n\nTwo.")
    (row,) = passages(file, [Span(6, 8)], sentence_spans(file))
    assert row.text == " \n"
    assert sentence_around(file, Span(6, 8), sentence_spans(file)) == ""


def test_a_span_that_no_passage_holds_has_none() -> None:
    file = document(TEXT)
    rows = passages(file, [at("Third")], sentence_spans(file))
    assert passage_of(at("Sixth"), rows) == ""
    assert passage_of(Span(0, 3), rows) == ""
    assert passage_of(Span(0, 3), ()) == ""
