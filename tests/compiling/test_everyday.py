"""Everyday English among the lessons: a model that has read it is not taken in by talk."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from weigh.compiling.everyday import COPIES, everyday
from weigh.compiling.text_training import Example, train
from weigh.evidence.countries import country_names
from weigh.evidence.ordinary import is_ordinary
from weigh.evidence.segmentation import sentences
from weigh.evidence.text_model import TextModel
from weigh.knowledge.catalogue import Technique

TECHNIQUES = (
    Technique("T1057", "Process Discovery", ("discovery",)),
    Technique("T1082", "System Information Discovery", ("discovery",)),
    Technique("T1124", "System Time Discovery", ("discovery",)),
)
LESSONS = {
    "T1057": ("it lists running processes with tasklist", "it enumerates every process on the host"),
    "T1082": ("it collects the version of the operating system", "it gathers system information of the host"),
    "T1124": ("it obtains the time of the system", "it checks the time zone with GetSystemTime"),
    "": ("it is a group from the north", "it is a loader written in a common language"),
}


def lessons() -> list[Example]:
    return [
        Example(f"{text}.", label) for label, texts in LESSONS.items() for text in texts for _ in range(20)
    ]


def model(examples: list[Example]) -> TextModel:
    return TextModel.from_arrays(train(examples, TECHNIQUES))


@pytest.fixture(scope="module")
def models() -> tuple[TextModel, TextModel]:
    """One that has read no everyday English, and one that has."""
    return model(lessons()), model([*lessons(), *everyday()])


def test_every_sentence_counts_the_same_and_describes_nothing() -> None:
    counts = Counter(example.text for example in everyday())
    assert set(counts.values()) == {COPIES}
    assert len(counts) > 150
    assert {example.technique for example in everyday()} == {""}


def test_each_is_one_or_two_sentences_of_mostly_ordinary_words() -> None:
    for text in {example.text for example in everyday()}:
        assert len(sentences(text)) <= 2, text
        words = [word for word in text.replace("-", " ").split() if word.isalpha() and word.islower()]
        assert sum(map(is_ordinary, words)) >= 0.6 * len(words), text


@pytest.mark.parametrize(
    "talk",
    [
        "There was no time left when the train arrived.",
        "The process of making cheese takes a whole year.",
        "Tax reform is a matter for the whole system of schools.",
    ],
)
def test_talk_is_believed_less(models: tuple[TextModel, TextModel], talk: str) -> None:
    before, after = (max(dict(each.read([talk])[0]).values(), default=0.0) for each in models)
    assert after <= before
    without, with_it = (
        float(each.scores([talk])[0, -1] - each.scores([talk])[0, :-1].max()) for each in models
    )
    assert with_it > without


def test_reports_are_still_read(models: tuple[TextModel, TextModel]) -> None:
    _, taught = models
    texts = [
        "The implant lists running processes.",
        "It obtains the time zone of the system with GetSystemTime.",
    ]
    best = [taught.ids[int(row[:-1].argmax())] for row in taught.scores(texts)]
    assert best == ["T1057", "T1124"]


def test_the_lessons_name_no_state() -> None:
    text = " ".join(example.text for example in everyday())
    named = [name for name, _ in country_names().values() if re.search(rf"\b{re.escape(name)}\b", text)]
    assert named == []
