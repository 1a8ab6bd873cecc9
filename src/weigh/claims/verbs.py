"""English verbs by class, with their forms made from the lemma: a person who extends a class adds one word.

A lemma may have words after it ("carry out"), of which only the first is inflected. What the rules of
spelling do not tell stands in the table: `[irregular]` (past, participle), `[doubled]` (last letter twice).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_VOWELS = "aeiou"
_HISSING = re.compile(r"(?:s|x|z|ch|sh|o)\Z")


@dataclass(frozen=True, slots=True)
class Forms:
    """The five forms of a verb: "steal", "steals", "stole", "stolen", "stealing"."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


def inflected(lemma: str, irregular: Mapping[str, str], doubled: Iterable[str]) -> Forms:
    """The forms of a lemma by the spelling of English; an irregular one gives past and participle itself.

    `irregular` maps a word to "past participle" or to one word for both.
    """
    word, space, rest = lemma.partition(" ")
    tail = space + rest
    ends_in_y = word.endswith("y") and word[-2:-1] not in _VOWELS
    third = f"{word[:-1]}ies" if ends_in_y else word + ("es" if _HISSING.search(word) else "s")
    stem = word + word[-1] if word in doubled else word
    mute = word.endswith("e")
    past = f"{word[:-1]}ied" if ends_in_y else f"{word}d" if mute else f"{stem}ed"
    dropped = f"{word[:-2]}y" if word.endswith("ie") else word[:-1] if _drops(word) else stem
    gerund = f"{dropped}ing"
    both = irregular.get(word, past).split()
    return Forms(word + tail, third + tail, both[0] + tail, both[-1] + tail, gerund + tail)


def _drops(word: str) -> bool:
    """Whether a verb loses its last e before "ing"; "see" and "flee" keep it."""
    return word.endswith("e") and not word.endswith("ee")


@cache
def verb_words() -> dict[str, str]:
    """Patterns of each class `c`: `c` any form, `c_ed` participle, `c_past` past or that, `c_ing`, `c_to`."""
    text = files("weigh.claims").joinpath("verbs.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    irregular, doubled = table["irregular"], frozenset(table["doubled"]["words"].split())
    words: dict[str, str] = {}
    for name, lemmas in table["classes"].items():
        forms = [inflected(lemma, irregular, doubled) for lemma in lemmas]
        words[name] = alternation(
            form for one in forms for form in (one.base, one.third, one.past, one.participle, one.gerund)
        )
        words[f"{name}_ed"] = alternation(one.participle for one in forms)
        words[f"{name}_ing"] = alternation(one.gerund for one in forms)
        words[f"{name}_to"] = alternation(one.base for one in forms)
        words[f"{name}_past"] = alternation(form for one in forms for form in (one.past, one.participle))
    return words


def alternation(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first, each as a whole."""
    unique = sorted(dict.fromkeys(words), key=lambda word: (-len(word), word))
    return rf"(?:{'|'.join(map(re.escape, unique))})\b"
