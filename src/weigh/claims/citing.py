"""Which document names which: by its title, its file, its address, its number, or the source that wrote it.

What names a document is read from its title and its first lines; nothing is known beforehand of any
publisher. A name that two documents bear names neither. A source's name, and a short one, count only in a
sentence that says that something rests on it: "according to", "the findings of"; a source's name of one word
only right beside such words.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from weigh.claims.same_text import Words, shingles, words
from weigh.evidence.ordinary import is_ordinary
from weigh.evidence.segmentation import sentences
from weigh.records import Document, Span

LEAST_TITLE, LONGEST_NAME = 4, 30
"""Words from which a title names a document by itself, and beyond which it is prose."""
MOST = 50
"""Sentences of one document that give the words of one other, beyond which no more are looked at."""
LOOKED = 4 * MOST
"""Mentions of one document in another that are looked at; a hostile text repeats a name without end."""
_BEARERS = 64
_KEY = 6
_LINES = 4
_LETTERHEAD = 120
_AROUND = 400
_NEAR = 80
_NUMBER = re.compile(
    r"\b[A-Z]{1,8}(?:-[A-Z]{1,8}){0,2}[- ]?\d{2,4}[-/]\d{2,6}[A-Z]?(?:-\d{1,4})?\b", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s*[·|•,;–—]\s+|\s+[-–—]\s+|\s{3,}")
_SUBTITLE = re.compile(r"\s*[:|–—]\s+|\s+-\s+")
_MARKUP = re.compile(r"^[#*_>\s]+|[*_\s]+$")
_FILE = re.compile(r"[\w.-]{4,}\.[A-Za-z0-9]{2,5}\Z")
_BETWEEN = re.compile(r"\s*(?:the\s+)?")
_CAPITAL = re.compile(r"[^\W\d_a-z]")


@dataclass(frozen=True, slots=True)
class Name:
    """What a document may be called by: its words, what sort of name it is, whether it needs a cue."""

    text: str
    sort: str
    cued: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where one document names another (both by their position), with the sentence around it.

    `how` is "rests" where the sentence rests on it, "says" where it gives its words, else empty.
    """

    document: int
    named: int
    sort: str
    span: Span
    sentence: Span
    how: str


@cache
def cues(sort: str) -> re.Pattern[str]:
    """The words of one row of the table's cues, as one pattern."""
    table = tomllib.loads(files("weigh.claims").joinpath("links.toml").read_text(encoding="utf-8"))
    return re.compile(rf"\b(?:{'|'.join(table['cues'][sort])})", re.IGNORECASE)


def names_of(document: Document, details: Collection[str] = ()) -> tuple[Name, ...]:
    """What a document is called; nothing that it reports about the operation (`details`) is a name of it."""
    told = {detail.lower() for detail in details}
    found = [name for name in _candidates(document) if name.text.lower() not in told]
    kept: dict[str, Name] = {}
    for name in sorted(found, key=lambda name: name.cued):
        kept.setdefault(" ".join(_words(name.text)), name)
    return tuple(name for key, name in kept.items() if _is_name(name, len(key.split())))


def _is_name(name: Name, number: int) -> bool:
    """Whether words tell a document from others: one word does as a source's name, unless it is ordinary."""
    alone = name.sort == "author" and _CAPITAL.match(name.text) is not None and not is_ordinary(name.text)
    return 1 <= number <= LONGEST_NAME and (number > 1 or alone)


def mentions(
    documents: Sequence[Document], texts: Sequence[Words], named: Sequence[Sequence[Name]]
) -> Iterator[Mention]:
    """Where documents name one another, in the order of the documents and of their texts.

    `texts` are the words of the documents, `named` their names. Of one sort and use of a name every
    document gives its first mention alone, but every sentence that says what the other said, up to `MOST`.
    """
    index = _index(named)
    for place, (document, text) in enumerate(zip(documents, texts, strict=True)):
        seen: Counter[tuple[int, str, str]] = Counter()
        looked: Counter[tuple[int, str]] = Counter()
        for owner, name, span in _outermost(hit for hit in _hits(text, index) if hit[0] != place):
            looked[owner, name.sort] += 1
            enough = seen[owner, name.sort, "rests"] > 0 or looked[owner, name.sort] > LOOKED
            if enough or _inside(document.text, span):
                continue
            sentence = place_of(document, span)
            how = _use(document.text, span, sentence, name)
            seen[owner, name.sort, how] += 1
            if (how != "" or not name.cued) and seen[owner, name.sort, how] <= (MOST if how == "says" else 1):
                yield Mention(place, owner, name.sort, span, sentence, how)


def _outermost(hits: Iterable[tuple[int, Name, Span]]) -> Iterator[tuple[int, Name, Span]]:
    """Hits in order without those that stand within a longer name, as "Harbour Office" does in its "News"."""
    last = Span(-1, -1)
    for hit in sorted(hits, key=lambda hit: (hit[2].start, -hit[2].end, hit[0])):
        if hit[2].end > last.end or hit[2] == last:
            last = hit[2]
            yield hit


def _use(text: str, span: Span, sentence: Span, name: Name) -> str:
    """How the sentence uses what it names: a title anywhere in it, an author next to the name."""
    if name.sort != "author":
        return "rests" if cues("rests").search(sentence.of(text)) is not None else ""
    before = text[max(sentence.start, span.start - _NEAR) : span.start]
    after = text[span.end : min(sentence.end, span.end + _NEAR)]
    if len(_words(name.text)) == 1:
        return _beside(before, span.of(text), after)
    if cues("rests").search(before) is not None:
        return "rests"
    return "says" if cues("says").search(after) is not None else ""


def _beside(before: str, name: str, after: str) -> str:
    """How a sentence uses a name of one word: "Norland said", "according to Norland", and nothing farther."""
    if _CAPITAL.match(name) is None:
        return ""
    if any(_BETWEEN.fullmatch(before, cue.end()) is not None for cue in cues("rests").finditer(before)):
        return "rests"
    return "says" if cues("says").match(after.lstrip()) is not None else ""


def _inside(text: str, span: Span) -> bool:
    """Whether the words stand inside an address, a path or a longer compound."""
    after = text[span.end : span.end + 2]
    return text[max(span.start - 1, 0) : span.start] in {"/", "@", "\\", "."} or (
        after[:1] in {"/", "@", "\\", ".", "-"} and after[1:].isalnum()
    )


def place_of(document: Document, span: Span) -> Span:
    """What to quote around a span: its sentence, or its line in a structured file."""
    if len(document.fields) == 0:
        return sentence_around(document.text, span)
    end = document.text.find("\n", span.end)
    return Span(document.text.rfind("\n", 0, span.start) + 1, len(document.text) if end < 0 else end)


def sentence_around(text: str, span: Span) -> Span:
    """The sentence that holds a span, read within some hundred characters around it."""
    start = max(span.start - _AROUND, 0)
    for found in sentences(text[start : span.end + _AROUND]):
        if found.end + start >= span.end or found.start + start > span.start:
            return Span(min(found.start + start, span.start), max(found.end + start, span.end))
    return span


def numbers(text: str) -> Iterator[re.Match[str]]:
    """Numbers of reports, such as HSR-2024-07: letters and two groups of digits."""
    return _NUMBER.finditer(text)


def _candidates(document: Document) -> Iterator[Name]:
    lines = [_MARKUP.sub("", line) for line in document.text[:2000].splitlines() if line.strip() != ""][
        :_LINES
    ]
    for title in (document.title, *lines):
        for part in (title, _SUBTITLE.split(title)[0]):
            if len(_words(part)) >= LEAST_TITLE and not part.rstrip().endswith((".", "?", ",")):
                yield Name(part, "title", cued=part != document.title and title != document.title)
    yield from _letterhead(document, lines)
    for number in numbers(document.title):
        yield Name(number.group(), "number", cued=False)
    if document.source is not None:
        yield Name(document.source.name, "author", cued=True)
    if "://" in document.name:
        yield Name(document.name.partition("://")[2].rstrip("/"), "address", cued=False)
    elif _FILE.match(document.name) is not None:
        yield Name(document.name, "file", cued=False)
        stem = document.name.rpartition(".")[0]
        if _NUMBER.fullmatch(stem) is not None:
            yield Name(stem, "number", cued=False)


def _letterhead(document: Document, lines: Sequence[str]) -> Iterator[Name]:
    """Names on short lines, which is where an author stands; what the title speaks of is none."""
    title = " ".join(_words(document.title))
    for line in lines if len(document.fields) == 0 else ():
        for part in _SEPARATOR.split(line) if _is_heading(line) else ():
            if _is_proper(part) and " ".join(_words(part)) not in title:
                yield Name(part, "author", cued=True)


def _is_heading(line: str) -> bool:
    return len(line) <= _LETTERHEAD and not line.endswith((".", "?", "!"))


def _is_proper(part: str) -> bool:
    """Whether a part of a heading is a name: few words, begun with capitals, not all of them ordinary."""
    found = part.split()
    small = {"of", "the", "for", "and", "on", "in"}
    return (
        2 <= len(found) <= 8
        and all(_CAPITAL.match(word) is not None or word.lower() in small for word in found)
        and not any(character.isdigit() for character in part)
        and not is_ordinary(part)
    )


def _words(text: str) -> list[str]:
    return [text[start:end].lower() for start, end in _bounds(text)]


def _bounds(text: str) -> Iterable[tuple[int, int]]:
    found = words(text)
    return zip(found.starts.tolist(), found.ends.tolist(), strict=True)


_Index = Mapping[int, Mapping[int, Sequence[tuple[int, Name, bytes, int]]]]


def _index(named: Sequence[Sequence[Name]]) -> _Index:
    """Names by the number and the hash of their first words; a name of two documents names neither."""
    owners: dict[bytes, set[int]] = defaultdict(set)
    rows = []
    for owner, names in enumerate(named):
        for name in names:
            hashes = words(name.text).hashes
            owners[hashes.tobytes()].add(owner)
            rows.append((owner, name, hashes))
    index: dict[int, dict[int, list[tuple[int, Name, bytes, int]]]] = defaultdict(lambda: defaultdict(list))
    for owner, name, hashes in rows:
        if len(owners[hashes.tobytes()]) == 1:
            length = min(len(hashes), _KEY)
            key = int(shingles(hashes[:length], length)[0])
            if len(index[length][key]) < _BEARERS:
                index[length][key].append((owner, name, hashes.tobytes(), len(hashes)))
    return index


def _hits(text: Words, index: _Index) -> Iterator[tuple[int, Name, Span]]:
    for length, names in sorted(index.items()):
        keys = np.array(sorted(names), np.uint64)
        rolled = shingles(text.hashes, length)
        slot = np.minimum(np.searchsorted(keys, rolled), len(keys) - 1)
        for place in np.flatnonzero(keys[slot] == rolled).tolist():
            for owner, name, whole, size in names[int(rolled[place])]:
                if text.hashes[place : place + size].tobytes() == whole:
                    yield owner, name, text.span(place, place + size - 1)
