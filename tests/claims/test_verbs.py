"""The forms of verbs are made by rule, and the classes of the table are what patterns can use."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.claims.verbs import alternation, inflected, verb_words

IRREGULAR = {"steal": "stole stolen", "say": "said", "hit": "hit"}
DOUBLED = frozenset({"hit", "plan"})


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("attack", "attack attacks attacked attacked attacking"),
        ("accuse", "accuse accuses accused accused accusing"),
        ("deny", "deny denies denied denied denying"),
        ("destroy", "destroy destroys destroyed destroyed destroying"),
        ("tie", "tie ties tied tied tying"),
        ("plan", "plan plans planned planned planning"),
        ("hit", "hit hits hit hit hitting"),
        ("steal", "steal steals stole stolen stealing"),
        ("say", "say says said said saying"),
        ("breach", "breach breaches breached breached breaching"),
        ("impress", "impress impresses impressed impressed impressing"),
        ("oversee", "oversee oversees overseed overseed overseeing"),
    ],
)
def test_a_verb_has_five_forms(lemma: str, forms: str) -> None:
    made = inflected(lemma, IRREGULAR, DOUBLED)
    assert [made.base, made.third, made.past, made.participle, made.gerund] == forms.split()


def test_only_the_first_word_of_a_lemma_changes() -> None:
    made = inflected("carry out", {}, ())
    assert (made.third, made.past, made.gerund) == ("carries out", "carried out", "carrying out")


@given(st.text("abcdefghiklmnoprstuvwy", min_size=3, max_size=9))
def test_every_form_begins_like_its_lemma(lemma: str) -> None:
    made = inflected(lemma, {}, ())
    for form in (made.base, made.third, made.past, made.participle, made.gerund):
        assert form.startswith(lemma[:-2])
    assert made.gerund.endswith("ing")
    assert made.past.endswith("ed")


@pytest.mark.parametrize(
    ("name", "found", "left"),
    [
        ("say", ["says", "told reporters", "conceded"], 2),
        ("hack", ["breached", "stealing", "spied on", "broke into"], 4),
        ("hack_past", ["breached", "stealing"], 1),
        ("hack_ing", ["breached", "stealing"], 1),
        ("blame_ed", ["singled out", "accuses"], 1),
        ("run_to", ["carry out", "carried out"], 1),
        ("reject", ["denies", "brushed aside"], 2),
    ],
)
def test_a_class_is_a_pattern_of_its_forms(name: str, found: list[str], left: int) -> None:
    pattern = re.compile(verb_words()[name])
    assert sum(pattern.fullmatch(word) is not None for word in found) == left


def test_every_class_gives_five_patterns() -> None:
    words = verb_words()
    classes = {name for name in words if "_" not in name}
    assert set(words) == {f"{name}{end}" for name in classes for end in ("", "_ed", "_past", "_ing", "_to")}
    assert {"say", "attribute", "blame", "hack", "run", "urge"} <= classes


def test_the_longest_word_of_an_alternation_goes_first() -> None:
    assert alternation(["log", "log into", "log"]) == r"(?:log\ into|log)\b"
