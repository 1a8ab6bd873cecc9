"""Which language a document is written in, by its letters and its commonest words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import pycountry

SAMPLE = 20_000
"""Characters that are looked at."""

_LEAST = 0.04
_SHORT, _SHORT_TEXT = 30, "en"
"""A text of fewer words, all in ASCII, may lack small words; it is then read as English."""
_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0620-\u06ff]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("el", re.compile(r"[\u0391-\u03c9]")),
    ("hi", re.compile(r"[\u0904-\u0939]")),
    ("th", re.compile(r"[\u0e01-\u0e5b]")),
)
_SHARE = 0.2
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")


def language(text: str) -> str:
    """The two-letter code (ISO 639-1) of a text's language, "" where it cannot be told.

    Scripts that one language writes decide at a fifth of the letters; between languages of one script
    the share of words that are among a language's commonest decides.
    """
    sample = text[:SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters == 0:
        return ""
    for code, script in _SCRIPTS:
        if len(script.findall(sample)) >= _SHARE * letters:
            return code
    words = [word.lower() for word in _WORD.findall(sample)]
    shares = {code: sum(word in common for word in words) / len(words) for code, common in _common().items()}
    best = max(shares, key=lambda code: (shares[code], code == _SHORT_TEXT, code))
    if shares[best] < _LEAST and len(words) < _SHORT and sample.isascii():
        return _SHORT_TEXT
    return best if shares[best] >= _LEAST else ""


def language_name(code: str) -> str:
    """The English name of a language, "an unknown language" for none."""
    found = pycountry.languages.get(alpha_2=code) if code else None
    return "an unknown language" if found is None else str(found.name)


@cache
def _common() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("weigh.claims").joinpath("languages.toml").read_text(encoding="utf-8"))
    return {code: frozenset(words.split()) for code, words in table.items()}
