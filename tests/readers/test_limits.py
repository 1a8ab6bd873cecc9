"""Limits hold exactly, for every kind of amount."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK, read_text
from weigh.errors import LimitError
from weigh.readers import LIMITS, Limits, read_bytes
from weigh.readers.limits import require_within


@QUICK
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_an_amount_is_refused_exactly_when_it_is_more(amount: int, bound: int) -> None:
    if amount <= bound:
        require_within(amount, bound, "pages")
    else:
        with pytest.raises(LimitError, match=f"more than {bound:,} pages"):
            require_within(amount, bound, "pages")


def test_a_refusal_names_place_and_remedy() -> None:
    with pytest.raises(LimitError) as caught:
        require_within(2, 1, "pages", place="a.pdf", remedy="cut it")
    assert (caught.value.place, caught.value.remedy) == ("a.pdf", "cut it")
    assert caught.value.exit_code == 3


def test_every_limit_is_a_positive_number() -> None:
    assert all(getattr(LIMITS, each.name) > 0 for each in fields(Limits))


@pytest.mark.parametrize("room", [4, 5])
def test_bytes_are_counted_before_anything_else(room: int) -> None:
    limits = Limits(bytes=room)
    if room == 5:
        assert read_bytes(b"words", "x", limits=limits).text == "words"
    else:
        with pytest.raises(LimitError, match="more than 4 bytes"):
            read_bytes(b"words", "x", limits=limits)


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html", "x.csv", "x.json"])
def test_text_of_every_format_is_bounded(name: str) -> None:
    text = {"x.html": "<p>{}</p>", "x.json": '["{}"]', "x.csv": "a,b\n{},c\n"}.get(name, "{}")
    assert len(read_text(text.format("word " * 9), name).text) >= 40
    with pytest.raises(LimitError, match="more than 40 characters of text"):
        read_bytes(text.format("word " * 20).encode(), name, limits=Limits(characters=40))


def test_five_megabytes_in_one_line_are_read() -> None:
    assert len(read_text("word " * 1_000_000).text) == 5_000_000
    assert len(read_text("x" * 5_000_000).text) == 5_000_000
