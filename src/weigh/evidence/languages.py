"""Traces of a language: in strings, resources, keyboard layouts, and in how operators write.

Names of languages and scripts come from ISO 639-1 and ISO 15924 (package pycountry), numbers of resource
languages from Python's own table of Windows locales. A language named for another reason (whom a lure is
written for, where victims live, what software is programmed in) is none of the operators'.
"""

from __future__ import annotations

import locale
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pycountry

from weigh.evidence import code_pages
from weigh.evidence.findings import Finding
from weigh.evidence.layout import Layout
from weigh.records import Kind, Span

LANGUAGE = "language"
CUES = (
    *(
        "language",
        "-speaking",
        " speaking",
        "speaker",
        "keyboard",
        "locale",
        "lcid",
        "strings in",
        "comments in",
    ),
    *(
        "written in",
        "characters",
        "transliterat",
        "native",
        "fluent",
        "strings are",
        "messages in",
        "names in",
    ),
    *(
        "layout",
        "alphabet",
        "words in",
        "notes in",
        "text in",
        "culture",
        "slang",
        "typo",
        "typed in",
        "spelling",
        "langid",
    ),
    *code_pages.CUES,
    *(name.lower() for name in code_pages.names()),
)
"""Words without which no sentence is looked at, folded."""

STRINGS, NUMBERED, SPOKEN = 0.8, 0.9, 0.7
"""Chance that a language was read rightly as the operators': of text in files, by number or locale, by
speech."""

_THINGS = (
    r"(?:[Ss]trings?|[Cc]omments?|[Tt]ext|resources?|metadata|messages?|notes?|names?|words|phrases?|characters?|letters"
    r"|interface|panel|console|instructions?|logs?|variables?|artifacts?|artefacts?|code|debug|typos?|slang"
    r"|transliterations?|alphabet|script|fonts?|encoding|settings?|configurations?|systems?|version|edition|spelling)"
)
_SETTING = re.compile(
    r"\b(?:resources?|languages?|locales?|lcid|lang[ _-]?ids?|cultures?|keyboards?|layouts?|lang)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\w)0x([0-9A-Fa-f]{3,4})(?!\w)")
_DECIMAL = re.compile(
    r"\b(?:LCID|lang(?:uage)?[ _-]?ID)(?:\s?[:=]\s?|\s(?:of\s|is\s)?)(\d{4,5})(?!\w)", re.IGNORECASE
)
_LOCALE = re.compile(r"(?<![\w./-])[a-z]{2}[-_][A-Z]{2}(?![\w/-])")
_BESIDE = 80
_WHO = (
    r"(?:actors?|groups?|hackers?|operators?|developers?|authors?|attackers?|adversar(?:y|ies)|members?|cyber\s?criminals?"
    r"|gangs?|intruders?|coders?|programmers?|APTs?|sets?|crew|hacktivists?)"
)
_LURED = re.compile(
    r"\b(?:lures?|decoys?|phish\w*|spear-?phish\w*|e-?mails?|translat\w+|victims?|targets?|websites?|forums?|press|news\w*|articles?|reports?"
    r"|documents?|interview\w*|said|told|subject lines?|programming)\b",
    re.IGNORECASE,
)


_NAME = r"(?:[A-Z]\w{1,20}\s)?[A-Z]\w{1,20}"
_WORDED = (
    re.compile(
        rf"\b{_THINGS}\s(?:\w+\s){{0,3}}?(?:in|use|using|contain(?:s|ed|ing)?)\s(?:the\s|broken\s|native\s)?(?P<in>{_NAME})\b"
    ),
    re.compile(rf"\b(?P<of>{_NAME})(?:[ -]language)?[ -](?:keyboards?|locales?|{_THINGS})\b"),
    re.compile(
        r"\b(?:keyboard(?:\slayouts?)?|layouts?|locales?|interface|system\slanguage)\s(?:was|were|is|are|had\sbeen)\s"
        rf"(?:set\sto\s|in\s)?(?P<set>{_NAME})\b"
    ),
    re.compile(rf"\b(?P<tongue>{_NAME})[- ](?:speaking|language)[\s,](?:[\w-]+[\s,]+){{0,3}}?{_WHO}\b"),
    re.compile(
        rf"\b(?:[Nn]ative|[Ff]luent(?:\sin)?|is|are|be|as)\s(?:likely\s)?(?P<native>{_NAME})[- ]speak"
        r"(?:ing|ers?)(?!\s[a-z])"
    ),
)
"""Anything that may be a language where one would say something; `codes` tells whether it is."""
_OF_SPEECH = frozenset({"tongue", "native"})


def read(layout: Layout, sentence: Span) -> Iterator[Finding]:
    """Languages in one sentence that speaks of such traces."""
    text = layout.text
    yield from _numbered(text, sentence)
    for span, number in code_pages.pages(text, sentence):
        yield _of_page(span, number)
    for pattern in _WORDED:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            finding = _named(text, sentence, match)
            if finding is not None:
                yield finding


def _numbered(text: str, sentence: Span) -> Iterator[Finding]:
    """Languages of resources and settings, by number or by locale."""
    for match in _NUMBER.finditer(text, sentence.start, sentence.end):
        code = locale_of(int(match[1], 16))
        if code != "" and _SETTING.search(text, max(match.start() - _BESIDE, sentence.start), match.start()):
            why = f"{match[0]} is the resource language {code}"
            yield Finding(Span(*match.span()), Kind.CIRCUMSTANCE, code, NUMBERED, why, LANGUAGE, LANGUAGE)
    for match in _DECIMAL.finditer(text, sentence.start, sentence.end):
        code = locale_of(int(match[1]))
        if code != "":
            why = f"{match[1]} is the resource language {code}"
            yield Finding(Span(*match.span(1)), Kind.CIRCUMSTANCE, code, NUMBERED, why, LANGUAGE, LANGUAGE)
    for match in _LOCALE.finditer(text, sentence.start, sentence.end):
        code = match[0].replace("_", "-")
        beside = _SETTING.search(text, max(match.start() - _BESIDE, sentence.start), match.start())
        if code in _locales() and beside is not None:
            why = f"the locale \u201c{match[0]}\u201d"
            yield Finding(Span(*match.span()), Kind.CIRCUMSTANCE, code, NUMBERED, why, LANGUAGE, LANGUAGE)


def _of_page(span: Span, number: int) -> Finding:
    """The language of a code page; the page itself, with every reading, where several share it."""
    codes = code_pages.languages()[number]
    named = [language_name(code) for code in codes]
    value = codes[0] if len(codes) == 1 else f"code page {number}"
    why = f"code page {number} is that of {', '.join(named)}"
    if len(codes) > 1:
        why += ": all readings are kept"
    return Finding(span, Kind.CIRCUMSTANCE, value, NUMBERED, why, LANGUAGE, LANGUAGE)


def language_name(code: str) -> str:
    """The English name for a code of ISO 639-1, of ISO 15924 ("Cyrl") or of a locale ("ru-RU"); else the
    code."""
    script = pycountry.scripts.get(alpha_4=code)
    if script is not None:
        return f"{script.name} script"
    language, _, country = code.partition("-")
    found = pycountry.languages.get(alpha_2=language)
    if found is None:
        return code
    where = pycountry.countries.get(alpha_2=country) if country != "" else None
    return str(found.name) if where is None else f"{found.name} ({where.name})"


def locale_of(number: int) -> str:
    """The locale of a Windows language number, "ru-RU" for 0x419; empty for a number that names none."""
    return locale.windows_locale.get(number & 0xFFFF, "").replace("_", "-")


def _named(text: str, sentence: Span, match: re.Match[str]) -> Finding | None:
    """A language by its name, unless the words around it make it a lure's or a victim's."""
    (word, named), *_ = match.groupdict().items()
    span = _language(named, match.start(word))
    if span is None:
        return None
    start, end = max(match.start() - 60, sentence.start), min(match.end() + 30, sentence.end)
    if word not in _OF_SPEECH and _LURED.search(text, start, end) is not None:
        return None
    code = codes()[" ".join(span.of(text).split())]
    why = f"\u201c{' '.join(match.group().split())}\u201d: {language_name(code)}"
    sure = SPOKEN if word in _OF_SPEECH else STRINGS
    return Finding(span, Kind.CIRCUMSTANCE, code, sure, why, LANGUAGE, LANGUAGE)


def _language(words: str, start: int) -> Span | None:
    """Where in one or two words a language is named: both, else the last, else the first."""
    first, _, last = words.partition(" ")
    for part, at in ((words, 0), (last, len(words) - len(last)), (first, 0)):
        if " ".join(part.split()) in codes():
            return Span(start + at, start + at + len(part))
    return None


@cache
def codes() -> dict[str, str]:
    """Name of a language or script as written -> its code; languages are those with a two-letter code."""
    found = {_plain(item.name): str(item.alpha_2) for item in pycountry.languages if hasattr(item, "alpha_2")}
    found |= {
        str(item.name): str(item.alpha_4)
        for item in pycountry.scripts
        if item.name.isalpha() and item.name not in found
    }
    table = tomllib.loads(files("weigh.evidence").joinpath("languages.toml").read_text(encoding="utf-8"))
    return found | {name: code for code, names in table.items() for name in names}


def _plain(name: str) -> str:
    """ "Modern Greek (1453-)" without its years, "Bihari languages" without the word."""
    return re.sub(r" (?:\(.*\)|languages)$", "", name)


@cache
def _locales() -> frozenset[str]:
    return frozenset(code.replace("_", "-") for code in locale.windows_locale.values())
