"""Lines with a way back, within limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK
from weigh.errors import LimitError
from weigh.readers.encoding import tidy
from weigh.readers.limits import LIMITS, Limits
from weigh.readers.placed import Placed
from weigh.readers.transcript import Transcript, Value

PARTS = st.lists(
    st.text(max_size=8) | st.builds(Value, st.text(max_size=8), st.just("/a"), st.just("k")), max_size=5
)


@QUICK
@given(st.lists(st.tuples(st.text(max_size=6), PARTS), max_size=6))
def test_fields_are_the_values_in_order(written: list[tuple[str, list[str | Value]]]) -> None:
    transcript = Transcript(LIMITS)
    expected = []
    for label, parts in written:
        transcript.line(label, *parts)
        values = [part for part in parts if isinstance(part, Value)]
        if any(tidy(value.text).strip() != "" for value in values) or any(
            value.text.strip() for value in values
        ):
            expected += [tidy(value.text) for value in values]
    assert [field.span.of(transcript.text) for field in transcript.fields] == expected


def test_a_line_of_blank_values_is_not_written() -> None:
    transcript = Transcript(LIMITS)
    transcript.line("name", Value(" ", "/a", "k"), " (", Value("", "/b", "k"), ")")
    transcript.line("only words", "no value")
    assert (transcript.text, transcript.fields) == ("", ())


def test_labels_are_one_line_and_may_be_missing() -> None:
    transcript = Transcript(LIMITS)
    transcript.line("two\nlines\x00 here", Value("a", "/a", "k"))
    transcript.line("", Value("b", "/b", "k"))
    assert transcript.text == "two lines here: a\nb\n"


def test_rows_leave_blank_cells_out() -> None:
    transcript = Transcript(LIMITS)
    transcript.row([Value(text, "/x", "k") for text in ("a", " ", "b")])
    transcript.row([Value("", "/x", "k")])
    assert transcript.text == "a | b\n"


def test_the_text_is_bounded_while_it_grows() -> None:
    transcript = Transcript(Limits(characters=11))
    transcript.line("a", Value("1234567", "/a", "k"))
    assert transcript.text == "a: 1234567\n"
    with pytest.raises(LimitError, match="more than 11 characters of text"):
        transcript.line("b", Value("c", "/b", "k"))


def test_members_of_a_placed_object_read_as_empty_when_they_are_something_else() -> None:
    placed = Placed("/x", {"a": "words", "b": 1, "c": [{"d": "e"}, "f"], "g": {"h": {"i": "j"}, "k": 2}})
    assert (placed.string("a"), placed.string("b"), placed.string("z")) == ("words", "", "")
    assert placed.value("a", "kind") == Value("words", "/x/a", "kind")
    assert placed.naming(("z", "b", "a")) == "a"
    assert placed.naming(("z",)) == ""
    assert [each.pointer for each in placed.objects("c")] == ["/x/c/0"]
    assert [each.pointer for each in placed.objects("g")] == ["/x/g/h"]
    assert list(placed.objects("a")) == []
    assert placed.inner("g").inner("h").string("i") == "j"
    assert placed.inner("a").members == {}
