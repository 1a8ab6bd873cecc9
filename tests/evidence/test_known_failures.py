"""What other tools for this work are known to get wrong: each is a test of ours."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.evidence.known import CATALOGUE, document
from weigh.evidence import build, observe
from weigh.records import Kind, Observation

OBSERVER = build(CATALOGUE)


def found(text: str, kind: Kind) -> list[Observation]:
    return [each for each in observe(document(text), OBSERVER) if each.kind is kind]


@pytest.mark.parametrize(
    "text",
    [
        "The victim will see a page at the end of the play.",
        "Will the victim page the operator? The page will load.",
        "Victim networks. Page views. Will they?",
        "VICTIM PAGE: WILL THE SILENCE PLAY?",
    ],
)
def test_ordinary_words_are_no_actors_and_no_software(text: str) -> None:
    assert found(text, Kind.ACTOR) == []
    assert found(text, Kind.SOFTWARE) == []


def test_two_actors_in_a_list_are_not_one() -> None:
    actors = found("Attributed to APT28, Turla.", Kind.ACTOR)
    assert [(each.value, each.original) for each in actors] == [("G0007", "APT28"), ("G0010", "Turla")]


@pytest.mark.parametrize(
    "text", ["BURNTCIGAR.CA!tr", "run framework.py now", "W64/BURNTCIGAR.CA!tr was seen"]
)
def test_a_detection_name_and_a_file_name_are_no_domains(text: str) -> None:
    assert [each for each in found(text, Kind.INDICATOR) if each.subtype in ("domain", "url")] == []


def test_a_highlight_stays_where_it_is_when_the_sentence_repeats() -> None:
    text = "\u201cThey ran Mimikatz.\u201d They left. \u201cThey ran Mimikatz.\u201d"
    starts = [each.span.start for each in found(text, Kind.SOFTWARE)]
    assert starts == [text.index("Mimikatz"), text.rindex("Mimikatz")]


def test_characters_that_grow_in_lower_case_move_no_highlight() -> None:
    text = "İİİİ They ran Mimikatz."
    (observation,) = found(text, Kind.SOFTWARE)
    assert observation.original == "Mimikatz"


def test_a_sub_technique_is_not_cut_to_its_parent() -> None:
    (observation,) = found("They used T1566.001.", Kind.TECHNIQUE)
    assert (observation.value, observation.original) == ("T1566.001", "T1566.001")


def test_a_revoked_id_is_not_kept() -> None:
    (observation,) = found("They used T1086.", Kind.TECHNIQUE)
    assert (observation.value, observation.original) == ("T1059.001", "T1086")
    assert "T1086 is now T1059.001" in observation.why


def test_every_observation_names_its_extractor_and_its_reason() -> None:
    text = (
        "Sofacy used Mimikatz (T1566.001, pass the hash) against banks in Chile, CVE-2021-26855, evil[.]net."
    )
    observations = observe(document(text), OBSERVER)
    assert {each.extractor for each in observations} == {
        "written id",
        "technique name",
        "name",
        "indicator",
        "vulnerability",
        "victim",
    }
    assert all(len(each.why) > 5 for each in observations)


def test_an_alias_says_who_uses_it() -> None:
    (observation,) = found("by Sofacy.", Kind.ACTOR)
    assert "\u201cSofacy\u201d (said by ATT&CK" in observation.why


def test_page_furniture_names_nobody() -> None:
    text = "TLP:WHITE\nPage 3 of 13\nShare | Tweet | Play\n"
    assert observe(document(text), OBSERVER) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The rule ended and it was long.\nPage 5 of 22 | Product ID",
        "As was said on the Page 3 of it.",
    ],
)
def test_a_page_number_is_no_software(text: str) -> None:
    assert found(text, Kind.SOFTWARE) == []


def test_a_person_who_is_spoken_to_is_hardly_software() -> None:
    (spoken,) = found("So, first, Mimikatz, I appreciated the question.", Kind.SOFTWARE)
    (used,) = found("They brought a loader, Mimikatz, and their own tools.", Kind.SOFTWARE)
    assert spoken.probability < 0.5 < used.probability


@pytest.mark.parametrize(
    "text",
    [
        "$pre = {43 00 4F 00 4D 00 53 00 50 00 45 00 43 00} fullword ascii wide nocase",
        'hash1 = "44bb7e8f1e5d0b8b1f5d0f0d0b8b1f5d44bb7e8f1e5d0b8b1f5d0f0d0b8b1f5d" hash2 = "a1"',
        "meta: a = 1 b = 2 c = 3 d = 4 e = 5 f = 6",
    ],
)
def test_code_is_not_read_as_an_account(text: str) -> None:
    class Everything:
        def read(self, sentences: Sequence[str]) -> list[list[tuple[str, float]]]:
            return [[("T1059", 0.9)] for _ in sentences]

    observer = build(CATALOGUE, Everything())
    assert [each for each in observe(document(text), observer) if each.extractor == "sentence model"] == []
    prose = observe(document("They ran a script that fetched the next stage."), observer)
    assert [each.value for each in prose if each.extractor == "sentence model"] == ["T1059"]


def test_one_word_a_thousand_times_is_no_account() -> None:
    class Everything:
        def read(self, sentences: Sequence[str]) -> list[list[tuple[str, float]]]:
            return [[("T1059", 0.9)] for _ in sentences]

    observer = build(CATALOGUE, Everything())
    seen = observe(document("evil com " * 1000), observer)
    assert [each for each in seen if each.extractor == "sentence model"] == []
