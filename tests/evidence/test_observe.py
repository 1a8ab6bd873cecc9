"""From a document to its observations: exact, repeatable, local, with pointers and reasons."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.known import CATALOGUE, document
from weigh.evidence import EXTRACTORS, build, observe, survey
from weigh.evidence.observe import MENTIONS, SENTENCE_MODEL, TRACE
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Document, Field, Kind, Observation, Span

OBSERVER = build(CATALOGUE)
PIECES = (
    "They ran T1086 and T1566.001.",
    "APT28, Turla and Slate Heron used Mimikatz.",
    "It called hxxps://evil[.]net/a and 8.8.8.8.",
    "İ CVE-2021-26855 \u2013 ﬁ",
    "Mitigations\nOrganizations should patch T1190 soon, and all of them should do it now.\n",
    "References\n[1] https://a.com/T1566",
    "The actors targeted banks in Chile.",
    "Detection: Monitor pass the hash.",
    "\u202e\x00\u00ad Fancy\u00ad Bear",
    "| T1059.001 | PowerShell |",
    "\n",
    " ",
)
written = st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=6).map(" ".join)
accounts = st.lists(st.sampled_from(PIECES[:4] + PIECES[6:7]), max_size=4).map(" ".join)


class Reader:
    """A sentence reader that finds one technique in every sentence with the word "beacon"."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read(self, sentences: Sequence[str]) -> Sequence[Sequence[tuple[str, float]]]:
        self.asked = list(sentences)
        return [[("T1071", 0.75)] if "beacon" in sentence else [] for sentence in sentences]


@given(written)
def test_every_original_is_what_stands_at_its_span(text: str) -> None:
    for each in observe(document(text), OBSERVER):
        assert each.original == each.span.of(text) != ""


@given(written)
def test_ids_are_unique_and_observations_in_order(text: str) -> None:
    found = observe(document(text), OBSERVER)
    assert len({each.id for each in found}) == len(found)
    places = [(each.span.start, each.span.end, each.kind, each.value) for each in found]
    assert places == sorted(places)


@given(written)
def test_probabilities_are_probabilities(text: str) -> None:
    for each in observe(document(text), OBSERVER):
        assert 0.0 < each.probability <= 1.0
        assert 0.0 <= each.forgeability <= 1.0
        assert each.why != ""
        assert each.extractor in {*EXTRACTORS, TRACE}


@given(written)
def test_the_same_document_gives_the_same_observations(text: str) -> None:
    first = observe(document(text), OBSERVER)
    again = observe(document(text), build(CATALOGUE))
    assert [_all(each) for each in first] == [_all(each) for each in again]


@given(accounts, accounts)
def test_a_paragraph_further_on_changes_no_finding(text: str, more: str) -> None:
    before = observe(document(text), OBSERVER)
    after = observe(document(f"{text}\n\n{more}"), OBSERVER)
    assert [_all(each) for each in after[: len(before)]] == [_all(each) for each in before]


@given(accounts, accounts)
def test_a_paragraph_before_moves_findings_and_changes_none(text: str, before: str) -> None:
    alone = observe(document(text), OBSERVER)
    shift = len(before) + 2
    after = [each for each in observe(document(f"{before}\n\n{text}"), OBSERVER) if each.span.start >= shift]
    assert [(each.span.start - shift, each.value, each.set_aside) for each in after] == [
        (each.span.start, each.value, each.set_aside) for each in alone
    ]


@settings(max_examples=30)
@given(written)
def test_a_knowledge_without_anything_still_reads_indicators(text: str) -> None:
    nothing = Catalogue((), (), (), (), ())
    kinds = {each.kind for each in observe(document(text), build(nothing))}
    assert kinds.isdisjoint({Kind.SOFTWARE, Kind.ACTOR})


def _all(each: Observation) -> tuple[object, ...]:
    return (each, each.extractor, each.probability, each.forgeability, each.set_aside, each.why, each.subtype)


def test_sentences_of_accounts_are_read_and_advice_is_not() -> None:
    reader = Reader()
    text = (
        "The implant sent a beacon every hour. Too short. Organizations should block any beacon at once.\n\n"
        "Mitigations\nA beacon can be seen in the logs of your proxy server, if it keeps any logs of that.\n"
    )
    found = [
        each for each in observe(document(text), build(CATALOGUE, reader)) if each.extractor == SENTENCE_MODEL
    ]
    assert reader.asked == ["The implant sent a beacon every hour."]
    (observation,) = found
    assert observation.original == "The implant sent a beacon every hour."
    assert (observation.value, observation.probability, observation.kind) == ("T1071", 0.75, Kind.TECHNIQUE)


def test_a_sentence_that_prints_its_technique_is_not_read_for_others() -> None:
    reader = Reader()
    text = "The implant sent a beacon every hour [T1071.004]. Its second beacon went to another host."
    found = observe(document(text), build(CATALOGUE, reader))
    assert reader.asked == ["Its second beacon went to another host."]
    assert [each.value for each in found] == ["T1071.004", "T1071"]


def test_questions_and_what_speakers_say_of_themselves_are_not_read() -> None:
    reader = Reader()
    text = (
        "Did the implant send a beacon every hour? I think that a beacon was sent there. "
        "\u201cWas a beacon ever seen there?\u201d We saw its beacon on twelve hosts. "
        "The I/O of the beacon was slow."
    )
    observe(document(text), build(CATALOGUE, reader))
    assert reader.asked == ["We saw its beacon on twelve hosts.", "The I/O of the beacon was slow."]


def test_a_quotation_and_a_repeated_sentence_keep_their_places() -> None:
    reader = Reader()
    sentence = "\u201cIt sent a beacon every hour.\u201d"
    text = f"{sentence} It slept for long. {sentence}"
    found = [
        each for each in observe(document(text), build(CATALOGUE, reader)) if each.extractor == SENTENCE_MODEL
    ]
    assert [each.span.start for each in found] == [0, text.rindex("\u201cIt")]
    assert all(each.original == sentence for each in found)


def test_a_reader_that_answers_for_fewer_sentences_is_an_error() -> None:
    class Silent:
        def read(self, sentences: Sequence[str]) -> Sequence[Sequence[tuple[str, float]]]:
            return []

    with pytest.raises(ValueError, match="zip"):
        observe(document("The implant sent a beacon every hour."), build(CATALOGUE, Silent()))


def test_a_field_of_a_structured_file_is_pointed_to() -> None:
    text = "technique: T1566.001\nnote: ran Mimikatz\n"
    fields = (
        Field("/techniques/0/techniqueID", Span(11, 20), "technique"),
        Field("/techniques/0", Span(0, 40), "row"),
        Field("/techniques/0/comment", Span(27, 39), "comment"),
    )
    plain = document(text)
    structured = Document(id=plain.id, text=text, format="navigator", name="a.json", fields=fields)
    pointers = {each.value: each.pointer for each in observe(structured, OBSERVER)}
    assert pointers == {"T1566.001": "/techniques/0/techniqueID", "S0002": "/techniques/0/comment"}
    assert {each.pointer for each in observe(plain, OBSERVER)} == {""}


def test_a_course_of_action_is_no_account() -> None:
    text = "course-of-action: Disable Mimikatz\nmalware: Mimikatz\n"
    fields = (
        Field("/objects/0/name", Span(18, 34), "course-of-action.name"),
        Field("/objects/1/name", Span(44, 52), "malware.name"),
    )
    structured = Document(id=document(text).id, text=text, format="stix", name="a.json", fields=fields)
    advice, account = [each.set_aside for each in observe(structured, OBSERVER)]
    assert "advises defenders" in advice
    assert account == ""


def test_headings_of_a_structured_file_are_words_like_others() -> None:
    text = "Mitigations\nT1566\n"
    structured = Document(
        id=document(text).id,
        text=text,
        format="stix",
        name="a.json",
        fields=(Field("/x", Span(12, 17), "x"),),
    )
    assert [each.set_aside for each in observe(structured, OBSERVER)] == [""]


def test_mentions_beyond_the_bound_are_left_out() -> None:
    text = "T1566 " * (MENTIONS + 50) + "T1059.001"
    values = [each.value for each in observe(document(text), OBSERVER)]
    assert values.count("T1566") == MENTIONS
    assert values[-1] == "T1059.001"


def test_what_is_not_kept_is_said_with_its_place() -> None:
    text = "T1566 " * (MENTIONS + 50) + "T1059.001"
    (notice,) = survey(document(text), OBSERVER).notices
    assert f"T1566 is mentioned at least {MENTIONS + 50} times" in notice.problem
    assert notice.place == f"character {6 * MENTIONS:,}"
    assert survey(document(text[: 6 * MENTIONS]), OBSERVER).notices == ()


def test_notices_of_what_is_not_kept_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[survey.__module__], "MENTIONS", 1)
    text = " ".join(f"198.51.100.{number % 30}" for number in range(60))
    notices = survey(document(text), OBSERVER).notices
    assert len(notices) == 21
    assert notices[-1].problem.startswith("10 more values")


def test_each_step_of_a_survey_is_told_in_order() -> None:
    told: list[tuple[str, float]] = []
    survey(document("They ran Mimikatz."), OBSERVER, lambda step, share: told.append((step, share)))
    assert [step for step, _ in told] == ["laying out", *EXTRACTORS]
    assert [share for _, share in told] == sorted(share for _, share in told)


def test_a_name_that_advice_mentions_is_set_aside_with_the_reason() -> None:
    text = "They ran Mimikatz. Organizations should block Mimikatz."
    first, second = [each for each in observe(document(text), OBSERVER) if each.value == "S0002"]
    assert first.set_aside == ""
    assert "advice to defenders" in second.set_aside


@pytest.mark.parametrize(
    "unit", ["a", "\n", "x\n", "T1059 ", "Net ", "(", "# Mitigations\n", "İ", "a\u00ad", "的。"]
)
def test_hostile_repetition_is_read_to_the_end(unit: str) -> None:
    text = unit * (40_000 // len(unit)) + "\n\nThey ran Cobalt Strike with T1566.001 there.\n"
    assert {"S0154", "T1566.001"} <= {each.value for each in observe(document(text), OBSERVER)}
