"""The language of a document, and what is said of one that is not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document, reader
from weigh.claims.language import language, language_name

TEXTS = {
    "en": "The ministry said that it was not aware of the attack and that it would look into the matter.",
    "de": "Das Ministerium sagte, dass es von dem Angriff nichts wisse und die Sache nicht untersucht.",
    "fr": "Le ministère dit qu'il n'a pas eu connaissance de l'attaque et que les faits sont dans le texte.",
    "es": "El ministerio dijo que no sabía del ataque y que los servicios lo estudiarán con más calma.",
    "it": "Il ministero ha detto che non era al corrente dell'attacco e che la cosa è nota anche agli altri.",
    "nl": "Het ministerie zei dat het niet op de hoogte was van de aanval en dat het de zaak onderzoekt.",
    "pl": "Ministerstwo oświadczyło, że nie wie o ataku i że sprawa jest w toku, ale nie ma jeszcze wyników.",
    "ru": "Министерство заявило, что оно не знает о нападении и что это не для него, но оно будет изучено.",
    "uk": "Міністерство заявило, що воно не знає про напад і що це справа не для нього, але її буде вивчено.",
    "zh": "外交部表示不了解这次攻击，将进一步调查。",
    "ja": "外務省は攻撃について把握していないと述べた。",
    "ko": "외교부는 공격에 대해 알지 못한다고 밝혔다.",
    "ar": "قالت الوزارة إنها لا تعلم بالهجوم",
    "he": "המשרד אמר כי אינו יודע על המתקפה",
    "tr": "Bakanlık saldırıdan haberi olmadığını ve bu konuda daha sonra bir açıklama yapacağını söyledi.",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_a_language_is_told_from_a_sentence(code: str, text: str) -> None:
    assert language(text) == code


def test_names_of_languages() -> None:
    assert language_name("de") == "German"
    assert language_name("") == "an unknown language"


def test_nothing_to_read_has_no_language() -> None:
    assert language("") == ""
    assert language("1234 -- 5678") == ""


@pytest.mark.parametrize("code", ["de", "ru", "ar"])
def test_a_language_that_is_not_read_is_named(code: str) -> None:
    reading = reader().read(document(TEXTS[code], "Reuters", name="note.txt"))
    assert reading.claims == ()
    (notice,) = reading.notices
    assert notice.problem == f"claims are not read in {language_name(code)}"
    assert notice.place == "note.txt"


@given(st.text(max_size=200))
def test_any_text_has_a_known_code_or_none(text: str) -> None:
    assert language(text) == "" or language_name(language(text)) != "an unknown language"
