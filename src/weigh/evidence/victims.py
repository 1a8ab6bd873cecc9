"""Who was hit: countries and sectors, only where a sentence says that somebody targeted or compromised them.

"Iran-based actors compromised banks in Chile" names one country as a victim and not two, so a name
counts on the side of the verb on which victims stand, and never as a part of a word for the culprit.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from weigh.evidence.countries import country_name, country_names, states
from weigh.evidence.findings import Extract, Finding
from weigh.evidence.folding import fold
from weigh.evidence.layout import Layout
from weigh.evidence.phrases import Hit, Phrases
from weigh.evidence.typed_fields import labelled, sorts
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Kind, Span

COUNTRY, SECTOR = 0.75, 0.7
"""Chance that a country or a sector was read rightly as a victim's; our own reading of the advisories."""

STATED = 0.95
"""The same where a field of a structured file says what it holds."""
_STATED = frozenset({"country", "sector"})

_CUE = re.compile(
    r"\b(?:(?P<passive>(?:was|were|been|being|are|is)\s(?:\w+ly\s|also\s|all\s)?"
    r"(?:target|compromis|attack|breach|victimi[sz]|infect|hack|affect)ed\b|(?:was|were|been)\shit\b)"
    r"|(?P<active>target(?:s|ed|ing)?|victims?|victimi[sz]\w{1,4}|compromis(?:e|ed|es|ing)|against"
    r"|attack(?:s|ed|ing)?\son|attacked|attacking|breach(?:ed|es|ing)(?:\sof)?|infect(?:ed|ing)|hacked|hacking\s(?:into|of|the)"
    r"|hit(?!\s(?:by|with)\b)|struck|intrusions?\s(?:into|at)|broke\sinto|victimology)\b)",
    re.IGNORECASE,
)
_STEMS = (
    "target",
    "compromis",
    "attack",
    "breach",
    "victim",
    "infect",
    "hack",
    "affect",
    "against",
    "hit",
    "struck",
    "intrusion",
    "broke into",
)
"""A sentence without any of these has no cue: a quick look before the pattern's."""
_NEGATED = re.compile(
    r"\b(?:never|not(?!\s(?:only|limited))|no|nor|n[’']t|without|avoid(?:s|ed|ing)?|refrain(?:s|ed|ing)?\sfrom|spar(?:es?|ed|ing))"
    r"\s(?:\w+\s){0,3}?\Z|\b\w+n[’']t\s(?:\w+\s){0,2}?\Z",
    re.IGNORECASE,
)
"""What stands before a cue when nobody was hit: "have never targeted", "avoid targets in"."""
_CLAUSE_END = re.compile(
    r";|\b(?:spar(?:es?|ed|ing)|avoid(?:s|ed|ing)?|except(?:ing)?|excluding|but\snot(?!\slimited)|rather\sthan|instead\sof)\s"
    r"|\s(?:by|using|via|through|leveraging|exploiting|in order to)\s"
    r"|[,\u201d\"]\s(?:said|says|stated|announced|adding)\s",
    re.IGNORECASE,
)
_IN_A_NAME = re.compile(r"[’']s\s[A-Z]|-[A-Z]{2}|\s[A-Z][a-z]+")
_OF_THE_CULPRIT = re.compile(
    r"(?:[’']s)?[ -](?:\w+[ -])?(?:based|linked|backed|affiliated|sponsored|aligned|nexus|directed|run)\b"
    r"|(?:[’']s)?\s(?:state|government)[ -](?:actors?|hackers?|sponsored|backed)"
    r"|[’']s\s(?:[\w-]+\s){0,3}?(?:activit|operations|campaign|behaviou?r|disregard|aggression|invasion|hackers|actors"
    r"|efforts|actions|subversion)|\sattorneys?\b",
    re.IGNORECASE,
)
_BESIDE_THE_POINT = re.compile(
    r"\b(?:critics\sof|relat(?:ed|ing)\sto|support(?:ing|ive)?\s(?:to|for|of)|supporting|(?:services|products)\sto"
    r"|collaboration\swith|cooperation\swith|(?:operat|work)(?:ed|ing)\s(?:in|from)|based\sin)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
"""What stands after these is whom somebody criticises, supports, serves or works from, and no victim."""
_NEXT_WORDS = re.compile(r"(?:\s[\w’'&-]+){1,4}")
_CULPRITS = re.compile(
    r"\b(?:hack|actor|attack|threat|state-|group|spies|spy\b|intelligence|militar|cyber\s?(?:operat|unit))",
    re.IGNORECASE,
)
"""An adjective before these is of those who hit, not of those who were hit."""
_LOOK_BACK = 40
_OF_SOMETHING_ELSE = re.compile(r"\s(?:account|year|card|holiday|transfer|fraud)s?\b", re.IGNORECASE)


def prepare(catalogue: Catalogue) -> Extract:
    """An extractor of victims; the knowledge has no part in it."""
    del catalogue
    phrases = _phrases()

    def extract(layout: Layout) -> Iterator[Finding]:
        regions: dict[Span, tuple[tuple[Span, str], ...]] = {}
        said = {span: label for label, span in labelled(layout.document) if sorts().get(label) in _STATED}
        for hit in phrases.find(layout.squeezed):
            if hit.span in said:
                yield from _stated(layout.text, hit, said[hit.span])
                continue
            sentence = layout.sentence_at(hit.span)
            if sentence not in regions:
                regions[sentence] = tuple(_regions(layout.text, sentence))
            for region, cue in regions[sentence]:
                if region.start <= hit.span.start and hit.span.end <= region.end:
                    yield from _findings(layout, hit, region, cue)
                    break

    return extract


def _stated(text: str, hit: Hit, label: str) -> Iterator[Finding]:
    """The country or sector that fills a field of a structured file which says that it holds one."""
    sort, _, value = hit.key.partition(":")
    why = f"the field \u201c{label}\u201d"
    if sort == "country" and sorts()[label] == "country":
        code = country_names()[value][1]
        yield Finding(hit.span, Kind.COUNTRY, code, STATED, f"{country_name(code)}: {why}", "victim")
    elif sort in ("name", "field") and sorts()[label] == "sector":
        yield Finding(hit.span, Kind.SECTOR, value, STATED, why, "victim")


def _regions(text: str, sentence: Span) -> Iterator[tuple[Span, str]]:
    """The stretches of a sentence in which victims stand, each with the words that say so."""
    words = sentence.of(text).lower()
    if not any(stem in words for stem in _STEMS):
        return
    for match in _CUE.finditer(text, sentence.start, sentence.end):
        if _is_negated(text, sentence, match):
            continue
        if match["passive"] is not None:
            start = max(text.rfind(";", sentence.start, match.start()) + 1, sentence.start)
            yield Span(start, match.start()), match.group()
        else:
            end = _CLAUSE_END.search(text, match.end(), sentence.end)
            yield Span(match.end(), sentence.end if end is None else end.start()), match.group()


def _is_negated(text: str, sentence: Span, cue: re.Match[str]) -> bool:
    """Whether words before a cue take it back."""
    before = text[max(sentence.start, cue.start() - _LOOK_BACK) : cue.start()]
    return _NEGATED.search(before) is not None


def _findings(layout: Layout, hit: Hit, region: Span, cue: str) -> Iterator[Finding]:
    text, written = layout.text, hit.span.of(layout.text)
    before = text[max(region.start, hit.span.start - _LOOK_BACK) : hit.span.start]
    if layout.sighting_at(hit.span) is not None or _BESIDE_THE_POINT.search(before) is not None:
        return
    sort, _, value = hit.key.partition(":")
    why = f"\u201c{written}\u201d in a sentence with \u201c{cue}\u201d"
    if sort == "people":
        if written[0].isupper() and _is_of_bodies(text, hit.span, region):
            yield Finding(hit.span, Kind.COUNTRY, value, COUNTRY, f"{country_name(value)}: {why}", "victim")
    elif sort == "country":
        name = country_names()[value][0]
        if (name.isupper() and written != name) or not written[0].isupper():
            return
        if _OF_THE_CULPRIT.match(text, hit.span.end) is None and not _is_in_a_name(text, hit.span):
            code = country_names()[value][1]
            yield Finding(hit.span, Kind.COUNTRY, code, COUNTRY, f"{country_name(code)}: {why}", "victim")
    elif _OF_SOMETHING_ELSE.match(text, hit.span.end) is not None:
        return
    elif sort == "name" or _is_list(text, region, cue) or _beside_organisations(text, hit.span, region):
        yield Finding(hit.span, Kind.SECTOR, value, SECTOR, why, "victim")


def _is_in_a_name(text: str, span: Span) -> bool:
    """Whether a country stands in another name: "the South China Sea", "China's Belt and Road"."""
    after = _IN_A_NAME.match(text, span.end)
    if after is None:
        return False
    before = re.search(r"([A-Z])[a-z]+\s\Z", text[max(0, span.start - 20) : span.start])
    return not after.group()[0].isspace() or before is not None


def _is_list(text: str, region: Span, cue: str) -> bool:
    """Whether a cue is a label: "Victims: government, education"."""
    return text[region.start : region.start + 1] == ":" and cue.lower().startswith(("victim", "target"))


def _is_of_bodies(text: str, span: Span, region: Span) -> bool:
    """Whether an adjective of a country belongs to bodies or people, and to no culprit: "Dutch ports"."""
    after = _NEXT_WORDS.match(text, span.end, region.end)
    if after is None or _CULPRITS.search(after.group()) is not None:
        return False
    return _bodies().search(after.group()) is not None


def _beside_organisations(text: str, span: Span, region: Span) -> bool:
    """Whether a field of activity stands near a word for those who are active in it."""
    before = text[max(region.start, span.start - 150) : span.start]
    after = text[span.end : min(region.end, span.end + 150)]
    return _organisations().search(after) is not None or re.search(r"sectors?|industries", before) is not None


def _phrases() -> Phrases:
    spelled = {fold(name): f"people:{code}" for code, row in states().items() for name in row.get("of", ())}
    spelled |= {name: f"country:{name}" for name in country_names()}
    for sector, words in _table().items():
        spelled |= dict.fromkeys(words.get("fields", ()), f"field:{sector}")
        spelled |= dict.fromkeys(words.get("names", ()), f"name:{sector}")
    return Phrases(
        spelled, plurals=frozenset(key for key in spelled.values() if key.startswith(("field:", "name:")))
    )


@cache
def _raw_table() -> dict[str, str | dict[str, list[str]]]:
    table: dict[str, str | dict[str, list[str]]] = tomllib.loads(
        files("weigh.evidence").joinpath("sectors.toml").read_text(encoding="utf-8")
    )
    return table


def _table() -> dict[str, dict[str, list[str]]]:
    return {sector: words for sector, words in _raw_table().items() if isinstance(words, dict)}


@cache
def _bodies() -> re.Pattern[str]:
    """Words for organisations and people, whatever they do."""
    names = (name for words in _table().values() for name in words.get("names", ()))
    people = (
        "citizen",
        "user",
        "official",
        "politician",
        "voter",
        "diplomat",
        "lawmaker",
        "dissident",
        "parliament",
    )
    stems = "|".join(re.escape(word.removesuffix("y")) for word in (*names, *people))
    return re.compile(rf"{_organisations().pattern}|\b(?:{stems})(?:y|s|es|ies)?\b", re.IGNORECASE)


@cache
def _organisations() -> re.Pattern[str]:
    stems = "|".join(
        word[:-1] if word.endswith("y") else word for word in str(_raw_table()["organisations"]).split()
    )
    return re.compile(rf"\b(?:{stems})(?:\b|y\b|s\b|es\b|ies\b)", re.IGNORECASE)
