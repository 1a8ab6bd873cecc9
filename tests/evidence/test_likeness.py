"""What is only compared with is no use of it; what a trace is like, and what was forged, in many words."""

from __future__ import annotations

from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.known import document
from tests.evidence.likeness import (
    OBSERVER,
    Labelled,
    agrees,
    is_counted,
    labelled,
    of_artefacts,
    of_software,
    told,
)
from weigh.evidence import observe
from weigh.evidence.ties import Meant, meant_as_forged
from weigh.records import Kind

ROWS = labelled()
WRITTEN = tuple(row for row in ROWS if not row.is_held)
HELD = tuple(row for row in ROWS if row.is_held)
MISSED = (
    "Both it and NotPetya share",
    "The mutex is a Turla mutex.",
    "The infection rate matched WannaCry",
    "It appears in fact to have been",
    "It was probably chosen by others.",
)
"""Sentences that we know to be read wrongly: a likeness or a forgery that no wording of ours tells of."""


def test_the_sentences_are_many_each_is_there_once_and_a_third_is_held_apart() -> None:
    assert len({row.text for row in ROWS}) == len(ROWS) >= 400
    uses = [row for row in ROWS if row.label == "used"]
    others = [row for row in ROWS if row.label == "compared"]
    assert len(uses) >= len(others)
    assert 0.25 < len(HELD) / len(ROWS) < 0.4


@pytest.mark.parametrize("row", WRITTEN, ids=lambda row: row.text)
def test_each_sentence_is_read_as_a_person_reads_it(row: Labelled) -> None:
    assert agrees(row) is not any(words in row.text for words in MISSED)


def test_uses_stay_and_comparisons_go_in_the_sentences_held_apart() -> None:
    written, held = of_software(WRITTEN), of_software(HELD)
    assert written.wrong == 0
    assert written.recall > 0.95
    assert held.precision > 0.95
    assert held.recall > 0.8


def test_artefacts_are_told_rightly_in_the_sentences_held_apart() -> None:
    written, held = of_artefacts(WRITTEN), of_artefacts(HELD)
    assert min(written.precision, written.recall) > 0.95
    assert min(held.precision, held.recall) > 0.9


NAMES = ("NotPetya", "Mimikatz", "Cobalt Strike", "Shamoon", "Emotet", "TrickBot")
TEMPLATES = tuple(row for row in WRITTEN if row.is_of_software and row.text.count(row.about) == 1)


@given(st.sampled_from(TEMPLATES), st.sampled_from(NAMES))
def test_no_name_has_a_rule_of_its_own(row: Labelled, name: str) -> None:
    if name in row.text:
        return
    renamed = Labelled(row.label, name, row.text.replace(row.about, name), False)
    assert is_counted(renamed) is is_counted(row)


@given(st.sampled_from([row for row in WRITTEN if row.label == "compared"]), st.integers(58, 90))
def test_line_ends_within_a_sentence_change_nothing(row: Labelled, width: int) -> None:
    told_first = "After some days of work on the hosts of the port the responders agreed on one thing. "
    wrapped = fill(told_first + row.text, width)
    if row.about in wrapped:
        assert is_counted(Labelled(row.label, row.about, wrapped, False)) is is_counted(row)


@pytest.mark.parametrize(
    "text",
    [
        "The worm spreads like NotPetya. They then deployed NotPetya.",
        "They deployed NotPetya. In its spreading it is like nothing since Shamoon.",
        "It moves as in NotPetya, and NotPetya it was: the crew had installed NotPetya by hand.",
    ],
)
def test_a_use_elsewhere_still_counts(text: str) -> None:
    assert is_counted(Labelled("used", "NotPetya", text, False))


def test_a_technique_that_is_told_by_likeness_is_used() -> None:
    text = "The crew dumped LSASS memory [T1003.001] the same way as NotPetya did with T1550.002."
    found = observe(document(text), OBSERVER)
    techniques = {each.value: each.set_aside for each in found if each.kind is Kind.TECHNIQUE}
    assert techniques["T1003.001"] == ""
    assert techniques["T1550.002"] == ""
    assert not is_counted(Labelled("compared", "NotPetya", text, False))


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("It was later proved to be forged.", Meant.LAST),
        ("In 2019 it was shown to have been forged.", Meant.LAST),
        ("They were planted on purpose.", Meant.ALL),
        ("All of these turned out to be fakes.", Meant.ALL),
        ("Somebody had faked it.", Meant.LAST),
        ("An analysis proved them a forgery.", Meant.ALL),
        ("This match was a false flag.", Meant.LAST),
        ("It was not forged.", None),
        ("It may have been forged.", None),
        ("They forged tickets.", None),
        ("It was spoofed mail that let them in.", None),
        ("It was a power plant.", None),
        ("It was planted in memory.", None),
        ("A tree was planted.", None),
        ("", None),
    ],
)
def test_what_a_pronoun_says_was_forged(sentence: str, meant: Meant | None) -> None:
    assert meant_as_forged(sentence) is meant


def test_they_stand_for_all_traces_and_it_for_the_last() -> None:
    both = "The file names match those of APT28 and the Rich header matches that of APT28. "
    all_forged = told(Labelled("forged", "", both + "They were both faked.", False))
    assert all_forged == {"file name points to G0007, forged", "rich header points to G0007, forged"}
    last_forged = told(Labelled("forged", "", both + "It was later faked.", False))
    assert len([value for value in last_forged if value.endswith("forged")]) == 1


def test_only_the_next_sentence_of_the_same_paragraph_speaks_of_a_trace() -> None:
    plain = frozenset({"rich header points to G0007"})
    for between in ("\n\n", " Then they left. "):
        text = f"The Rich header matches APT28.{between}It was later proved to be forged."
        assert told(Labelled("tied", "", text, False)) == plain


@pytest.mark.parametrize("unit", ["it was ", "proved it a ", "the same a b ", "they a and "])
def test_hostile_sentences_are_read_to_the_end(unit: str) -> None:
    text = f"The Rich header matches APT28. {unit * (20_000 // len(unit))}."
    assert told(Labelled("tied", "", text, False)) == {"rich header points to G0007"}
    assert meant_as_forged(unit * 1000) is None
