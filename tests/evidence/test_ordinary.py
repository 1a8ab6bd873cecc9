"""Ordinary words are measured: known truth comes back from texts made for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.ordinary import SHARE, is_ordinary, ordinary_words, tally


def test_a_word_in_lower_case_is_ordinary_and_a_name_is_not() -> None:
    texts = ["We will turn the page.", "A page of Turla. Turla will come. Turla, Turla and one turla: no."]
    counted = tally(texts)
    assert counted["will"] == 2
    assert counted["page"] == 2
    assert "turla" in counted  # one in five: exactly the share that is asked for
    assert "turla" not in tally([*texts, "Turla"])


def test_parts_of_commands_paths_and_hosts_are_not_words() -> None:
    counted = tally(["run net.exe at c:\\route or /usr/ping or x.example -page %temp %"])
    assert set(counted) == {"run", "at", "or"}


def test_few_sightings_prove_nothing() -> None:
    assert tally(["page page net"], least=2) == {"page": 2}


@given(st.lists(st.sampled_from(["page", "Page", "turla", "Turla", "net", "NET"]), max_size=60))
def test_the_share_decides(words: list[str]) -> None:
    counted = tally([" ".join(words)])
    for word in ("page", "turla", "net"):
        lower = words.count(word)
        all_ = sum(each.lower() == word for each in words)
        assert (word in counted) == (lower > 0 and lower >= SHARE * all_)


@given(st.lists(st.text(max_size=30), max_size=5))
def test_the_order_of_texts_does_not_matter(texts: list[str]) -> None:
    assert tally(texts) == tally(texts[::-1])


@pytest.mark.parametrize("word", ["will", "victim", "page", "net", "at", "play", "silence", "phishing"])
def test_everyday_words_are_in_the_table(word: str) -> None:
    assert is_ordinary(word)
    assert is_ordinary(word.capitalize())


@pytest.mark.parametrize("word", ["Turla", "Mimikatz", "certutil", "APT28", "Sofacy", "", "28", "Ryuk"])
def test_names_are_not(word: str) -> None:
    assert not is_ordinary(word)


def test_a_phrase_is_ordinary_when_all_its_words_are() -> None:
    assert is_ordinary("Local Account")
    assert not is_ordinary("Local Turla")


def test_the_table_is_folded_words_alone() -> None:
    assert all(word.isalpha() and word == word.lower() for word in ordinary_words())
