"""Names that a document gives: "APT40 (also known as Hellsing)", "Mimikatz, hereafter the tool".

Another name of something that the knowledge knows means that thing wherever the document writes it, and
the sentence that says so is the reason. A name for malicious software that the knowledge does not know
("a backdoor we call Lantern") can weigh nothing, but a reader wants to see it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice

from ahocorasick_rs import AhoCorasick, MatchKind

from weigh.evidence.countries import country_names
from weigh.evidence.folding import fold
from weigh.evidence.layout import Layout
from weigh.evidence.openings import Opened
from weigh.evidence.ordinary import is_ordinary
from weigh.records import Span

MOST = 500
"""Definitions that are read in one document, the first ones: a bound for hostile text."""

_MOST_NAMES = 20
_REACH = 70
_LEAST_LETTERS, _LEAST_NUMBERED = 3, 2
_NUMBERED = re.compile(r"[A-Z]{2,}-?\d{2,}")
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
    r"|a\.?k\.?a\.?|(?:an )?alias(?:es)?(?: (?:of|for))?|another name (?:of|for|used for)|formerly|previously"
    r"|here(?:in)?after(?:\s(?:referred\sto\sas|called|known\sas))?"
    r"|which\s(?:we|[A-Z]\w+(?:\s[A-Z]\w+)?)(?:\s(?:has|have|also))?\s"
    r"(?:calls?|called|tracks?|tracked|dubs?|dubbed|names?|named|refers?\sto|designates?)(?:\s(?:it|this))?(?:\sas)?"
    r")[:,*_]{0,2}\s+(?:the\s)?",
    re.IGNORECASE,
)
_OPENINGS = (
    *("also", "otherwise", "commonly", "publicly", "formerly", "previously", "variously", "better", "widely"),
    *("known", "tracked", "referred", "dubbed", "identified", "aka", "a.k", "ak.a", "alias", "here", "which"),
    *("an alias", "another name"),
)
"""What a cue can begin with."""
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
    for count, cue in enumerate(_cues().finditer(text, fold(text))):
        if count == MOST:
            return
        others = tuple(names_from(text, cue.end())) if cue.start() >= done else ()
        if len(others) == 0:
            continue
        again = _AGAIN.match(cue[0]) is not None
        head = _head(text, cue.start(), ends, _BESIDE if again else _APART)
        if head is None and again:
            head, others = others[0], others[1:]
        if head is not None and len(others) > 0:
            done = others[-1].end
            yield Definition(head, others, quoted(layout, Span(head.start, done)))


@cache
def _cues() -> Opened:
    return Opened(_CUE, _OPENINGS)


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
    least = _LEAST_NUMBERED if _NUMBERED.fullmatch(name) is not None else _LEAST_LETTERS
    if letters < least or len(words) == 0 or is_ordinary(name):
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
        if is_whole(text, Span(start, end)):
            yield patterns[index], Span(start, end)


def is_whole(text: str, span: Span) -> bool:
    """Whether a span is no part of a longer word, path or address."""
    return _STARTS.match(text, span.start) is not None and _ENDS.match(text, span.end) is not None


def names_from(text: str, start: int) -> Iterator[Span]:
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


@cache
def naming_words(row: str) -> frozenset[str]:
    """The words of one row of `names.toml`, words beside names; KeyError for a row that it does not have."""
    table = tomllib.loads(files("weigh.evidence").joinpath("names.toml").read_text(encoding="utf-8"))
    return frozenset(str(table[row]).split())


MOST_SORTS = 5_000
"""Words for malicious software beside which names are looked for: a bound for hostile text."""

_CLOSE, _WIDE = 30, 150
_AROUND = r"[\"'\u2018\u2019\u201c\u201d*_\[]{0,4}"
_COINED = r"(?<!\w)(?P<name>[A-Z0-9][\w+$-]{2,40}(?: [A-Z][\w+-]{1,40})?)(?<!-)"


@dataclass(frozen=True, slots=True)
class Coinage:
    """A name that a document gives to malicious software, where it stands first, and what says so."""

    name: str
    span: Span
    reason: str


def coinages(layout: Layout) -> Iterator[Coinage]:
    """The names for malicious software that a document gives or uses, each once, where it first does."""
    text = layout.text
    seen: set[str] = set()
    folded = fold(text)
    for sort in islice(_wordings().sort.finditer(folded, folded), MOST_SORTS):
        for wording, found, needs_shape in _found(text, *sort.span()):
            span = _without_article(text, found)
            name = span.of(text)
            if name in seen or not is_nameable(name) or layout.sighting_at(span) is not None:
                continue
            titled = text[sort.start() : sort.end()].istitle()
            if needs_shape and not _is_distinctive(layout, span, name, titled=titled):
                continue
            seen.add(name)
            yield Coinage(name, span, quoted(layout, wording))


def _found(text: str, start: int, end: int) -> Iterator[tuple[Span, Span, bool]]:
    """Names around the word for a sort of software at `[start, end)`: (the wording, the name, whether the
    name must look like one by itself)."""
    wordings = _wordings()
    after = wordings.after.match(text, end)
    if after is None and wordings.naming.search(text, max(0, start - _CLOSE), start) is not None:
        after = wordings.named.match(text, end)
    if after is not None:
        yield Span(start, after.end()), Span(*after.span("name")), False
    titled = wordings.goes_on.match(text, end) is not None
    for before in (wordings.beside, wordings.is_one):
        found = before.search(text, max(0, start - _WIDE), start)
        if found is not None and not (titled and before is wordings.beside):
            yield Span(found.start(), end), Span(*found.span("name")), True


def _without_article(text: str, span: Span) -> Span:
    """A name without a word before it that only describes: "The", "New", "Windows"."""
    first, _, rest = span.of(text).partition(" ")
    describes = fold(first) in naming_words("described") or (
        is_ordinary(first) and rest[1:] != rest[1:].lower()
    )
    return Span(span.end - len(rest), span.end) if rest != "" and describes else span


def _is_distinctive(layout: Layout, span: Span, name: str, *, titled: bool) -> bool:
    """Whether a name cannot be a word that only begins a sentence or stands in a title.

    `titled` says that the word beside it has a capital too, which then says nothing.
    """
    if any(character.isupper() for character in re.sub(r"[ -]\w", "", name)[1:]) or any(
        map(str.isdigit, name)
    ):
        return name != name.upper() or not (titled or layout.in_title(span))
    if titled or layout.opens_sentence(span) or layout.in_title(span):
        return False
    return layout.text.count(name) > 1


@dataclass(frozen=True, slots=True)
class _Wordings:
    """`sort` is for folded text; `beside`, `is_one` and `naming` end where it begins, the rest follow it."""

    sort: Opened
    beside: re.Pattern[str]
    is_one: re.Pattern[str]
    naming: re.Pattern[str]
    named: re.Pattern[str]
    after: re.Pattern[str]
    goes_on: re.Pattern[str]


@cache
def _wordings() -> _Wordings:
    coined = naming_words("coined")
    whose = r"[A-Z]\w+(?: [A-Z]\w+)?"
    verb = r"(?:call(?:s|ed)?|track(?:s|ed)?|dub(?:s|bed)?|nam(?:e|es|ed)|refers? to)(?: (?:it|this|them))?"
    active = rf"(?:(?:that|which|and) )?(?:we|the authors?|researchers|{whose}) (?:have |has |are )?{verb}"
    passive = r"(?:named|called|dubbed|codenamed|known|tracked|referred to|identified)"
    naming = rf"(?:{active}|{passive}(?: (?:by|to) {whose})?)(?: as)?:?"
    return _Wordings(
        sort=Opened(re.compile(rf"\b(?:{'|'.join(sorted(coined))})(?:s|es)?\b"), coined),
        beside=re.compile(rf"{_COINED}{_AROUND} \Z"),
        is_one=re.compile(rf"{_COINED}{_AROUND}(?: is|,|\)?,) an? (?:[\w-]+ ){{0,5}}\Z"),
        naming=re.compile(r"\b(?:named|dubbed|called|call) (?:the|this) (?:new )?\Z"),
        named=re.compile(rf"(?: as)? {_AROUND}{_COINED}"),
        after=re.compile(rf"[^.;:\n()]{{0,25}}?[\s,(]+{naming}\s+{_AROUND}{_COINED}"),
        goes_on=re.compile(r"[ -][A-Z]"),
    )
