"""Other names that a document gives: "APT40 (also known as Hellsing)", "Mimikatz, hereafter the tool".

Another name of something that the knowledge knows means that thing wherever the document writes it, and
the sentence that says so is the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from weigh.evidence.countries import country_names
from weigh.evidence.folding import fold
from weigh.evidence.layout import Layout
from weigh.evidence.naming_words import naming_words
from weigh.evidence.ordinary import is_ordinary
from weigh.records import Span

MOST = 500
"""Definitions that are read in one document, the first ones: a bound for hostile text."""

_MOST_NAMES = 20
_REACH = 70
_LEAST_LETTERS = 3
_LONGEST_REASON = 160

_MARK = r"[\"'\u2018\u2019\u201c\u201d*_\[\\]{0,4}"
_WORD = r"[A-Z0-9](?:[\w+$-]|\.(?=\w)){0,40}"
_NAME = re.compile(
    rf"{_MARK}(?P<name>{_WORD}(?: {_WORD}){{0,3}})(?<!-)"
    rf"{_MARK}(?:\]?\([^()\n]{{0,200}}\))?(?:\s(?:by|according to) [A-Z]\w+(?: [A-Z]\w+)?)?{_MARK}"
)
_JOINT = re.compile(
    r"\s*(?:[,/]|,? (?:and|or|as well as)|,? (?:also|aka))+ (?:(?:and|or|as|also|the) ){0,2}|/"
)
_BY = r"(?:\s(?:to|by|in|among|within)\s[^,.;:()\n]{2,40}?)?"
_CUE = re.compile(
    r"(?<!\w)(?:"
    rf"(?:also|otherwise|commonly|publicly|formerly|previously|variously|better|widely)\s"
    rf"(?:known|tracked|referred\sto|called|named|dubbed|identified|reported|designated){_BY}(?:\sas)?"
    rf"|(?:known|tracked|referred\sto|dubbed|identified){_BY}\sas|dubbed"
    r"|a\.?k\.?a\.?|alias(?:es)?|formerly|previously"
    r"|here(?:in)?after(?:\s(?:referred\sto\sas|called|known\sas))?"
    r"|which\s(?:we|[A-Z]\w+(?:\s[A-Z]\w+)?)(?:\s(?:has|have|also))?\s"
    r"(?:calls?|called|tracks?|tracked|dubs?|dubbed|names?|named|refers?\sto|designates?)(?:\s(?:it|this))?(?:\sas)?"
    r")[:,*_]{0,2}\s+(?:the\s)?",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:[\s,(\[\])\u2014\u2013\"'\u2018\u2019\u201c\u201d*_-]|\[?[GS]\d{4}\]?|\b(?:is|are|was|were|which|and"
    r"|group|gang|actors?|team|malware|ransomware|backdoor|trojan|banking|loader|family|\([A-Z]{2,6}\))\b)*"
)
_APART = re.compile(
    r"[\s\"'\u2018\u2019\u201c\u201d*_\])]*[,(\u2014\u2013-]\s?(?:(?:which|who) (?:is|are|was|were) )?"
)
_AGAIN = re.compile(r"(?:also|otherwise|formerly|previously|better|a\.?k\.?a|alias|here)", re.IGNORECASE)
_STARTS, _ENDS = re.compile(r"(?<![\w./\\@-])"), re.compile(r"(?![\w@\\]|[.-]\w)")
_COMPOUND = re.compile(
    r"^\d+-|[a-z]The$|[A-Z]The$|-(?:[a-z]+ed|like|style|type|speaking|specific|free|wide)$"
)
_HEAD = re.compile(r"(?P<name>[A-Z][\w.-]{1,40}(?: [A-Z0-9][\w.-]{0,40}){0,2})")


@dataclass(frozen=True, slots=True)
class Definition:
    """Names that a document says are of one thing: the one that it explains, and the others."""

    head: Span
    others: tuple[Span, ...]
    reason: str


def definitions(layout: Layout, known: list[Span]) -> Iterator[Definition]:
    """The definitions of a document in order, given where (in order) it writes names that are known."""
    text = layout.text
    ends = {span.end: span for span in known}
    done = 0
    for count, cue in enumerate(_CUE.finditer(text)):
        if count == MOST:
            return
        others = tuple(_names(text, cue.end())) if cue.start() >= done else ()
        if len(others) == 0:
            continue
        again = _AGAIN.match(cue[0]) is not None
        head = _head(text, cue.start(), ends, _BESIDE if again else _APART)
        if head is None and again:
            head, others = others[0], others[1:]
        if head is not None and len(others) > 0:
            done = others[-1].end
            yield Definition(head, others, quoted(layout, Span(head.start, done)))


def quoted(layout: Layout, span: Span) -> str:
    """The sentence around a span, or its beginning, as one line in quotation marks."""
    sentence = layout.sentence_at(span)
    start = sentence.start if span.end - sentence.start <= _LONGEST_REASON else span.start
    words = " ".join(layout.text[start : max(sentence.end, span.end)].split())
    cut = words if len(words) <= _LONGEST_REASON else f"{words[: _LONGEST_REASON - 1].rstrip()}\u2026"
    return f"\u201c{cut}\u201d"


def is_nameable(name: str) -> bool:
    """Whether words may be a name of their own, and are no ordinary words, platform, country or number."""
    words = re.findall(r"[^\W_]+", fold(name))
    letters = sum(character.isalpha() for character in name)
    if letters < _LEAST_LETTERS or len(words) == 0 or is_ordinary(name):
        return False
    if _COMPOUND.search(name) is not None or len(set(words)) < len(words):
        return False
    return fold(name) not in country_names() and any(
        word not in _described() and not word.isdigit() for word in words
    )


def mentions(text: str, names: Iterable[str]) -> Iterator[tuple[str, Span]]:
    """Where names stand in a text, in their own case, as whole words, the longest where several begin.

    One automaton reads the text once, whatever the number of names.
    """
    patterns = sorted(set(names))
    if len(patterns) == 0:
        return
    automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest, store_patterns=False)
    for index, start, end in automaton.find_matches_as_indexes(text):
        if _STARTS.match(text, start) is not None and _ENDS.match(text, end) is not None:
            yield patterns[index], Span(start, end)


def _names(text: str, start: int) -> Iterator[Span]:
    """The names of a list that begins at `start`."""
    for _ in range(_MOST_NAMES):
        match = _NAME.match(text, start)
        if match is None:
            return
        yield Span(*match.span("name"))
        joint = _JOINT.match(text, match.end())
        if joint is None:
            return
        start = joint.end()


def _abbreviates(text: str, match: re.Match[str]) -> bool:
    """Whether a name in brackets is the short one of an organisation: what follows is said of that."""
    return text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")"


def _head(text: str, cue: int, ends: dict[int, Span], beside: re.Pattern[str]) -> Span | None:
    """The name right before a cue: a known one, else the last that is written as a name."""
    low = max(0, cue - _REACH)
    for end in range(cue, low, -1):
        if end in ends and beside.fullmatch(text, end, cue) is not None:
            return ends[end]
    found = [match for match in _HEAD.finditer(text, low, cue) if not _abbreviates(text, match)]
    if len(found) > 0 and beside.fullmatch(text, found[-1].end(), cue) is not None:
        return Span(*found[-1].span("name"))
    return None


@cache
def _described() -> frozenset[str]:
    return naming_words("described")
