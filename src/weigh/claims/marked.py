"""A sentence with its parties put into single marks, so that patterns need not know any name.

Every state is the same mark to a pattern, and so is every body: that is how two names can be exchanged
and change nothing. Each character of a marked text knows where it stands in the document.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from weigh.claims.listed import Form, names_in_s
from weigh.claims.parties import Mention
from weigh.records import Degree, Party, Span

MARKS: Mapping[Form, str] = {
    Form.STATE: "\ue000",
    Form.ADJECTIVE: "\ue001",
    Form.BODY: "\ue002",
    Form.ALLIANCE: "\ue003",
    Form.REPORTER: "\ue004",
    Form.ACTOR: "\ue005",
    Form.NAME: "\ue007",
}
CULPRIT = "\ue006"
"""The mark of a phrase for a culprit: "hackers working for the PRC Ministry of State Security"."""

PARTY_MARKS = frozenset({*MARKS.values(), CULPRIT})
_NAMED_NEXT = re.compile(rf" [\"'(]?[{MARKS[Form.ACTOR]}{MARKS[Form.BODY]}]")
"""After "the group" the name of the group, which then is the culprit."""

_POSSESSIVE = re.compile(r"[’']s\s\(|[’']s?\Z")
_PLAIN = {
    ord(curly): plain for curly, plain in zip("‘’‛“”„«»‐‑–—\n\t\u00a0", '\'\'\'"""""----   ', strict=True)
}


@dataclass(frozen=True, slots=True)
class Token:
    """A mark: the parties it stands for, how they are tied to what they are said to have done, where."""

    parties: tuple[Party, ...]
    span: Span
    degree: Degree = Degree.UNSAID
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text with marks; `starts` and `ends` are places in the document, one a character."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    tokens: Mapping[int, Token]
    document: str

    @property
    def small(self) -> str:
        """The text in small letters, as long as it is."""
        return in_small_letters(self.text)

    def words(self, span: Span) -> str:
        """What stands at a span of the document."""
        return span.of(self.document)

    def span(self, start: int, end: int) -> Span:
        """Where characters `[start, end)` of the marked text stand in the document; never empty."""
        return Span(self.starts[start], self.ends[end - 1])

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """The marks within a range, in order."""
        return tuple(self.tokens[place] for place in range(start, end) if place in self.tokens)

    def place(self, offset: int) -> int:
        """The first character at or after a place in the document."""
        return bisect_left(self.starts, offset)


def in_small_letters(text: str) -> str:
    """A text in small letters, character for character: a letter that would become two stays."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def mark(text: str, span: Span, mentions: Iterable[Mention], marks: Mapping[Form, str] = MARKS) -> Marked:
    """The characters of a span with each mention as one mark; a possessive in a mention stays visible."""
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    tokens: dict[int, Token] = {}
    at = span.start
    for mention in mentions:
        if mention.span.start < at or mention.span.end > span.end:
            continue
        _plain(text, at, mention.span.start, characters, starts, ends)
        tokens[len(characters)] = Token((mention.party,), mention.span, form=mention.form)
        owns = "'s" if _is_possessive(mention.span.of(text)) else ""
        for character in marks[mention.form] + owns:
            characters.append(character)
            starts.append(mention.span.start)
            ends.append(mention.span.end)
        at = mention.span.end
    _plain(text, at, span.end, characters, starts, ends)
    return Marked("".join(characters), tuple(starts), tuple(ends), tokens, text)


def _is_possessive(words: str) -> bool:
    """Whether a name owns what follows; "Saint John's" by itself does not."""
    return _POSSESSIVE.search(words) is not None and words not in names_in_s()


def _plain(
    text: str, start: int, end: int, characters: list[str], starts: list[int], ends: list[int]
) -> None:
    """Append ordinary characters: one kind of quotation mark, one space for many."""
    for place, character in enumerate(text[start:end].translate(_PLAIN), start):
        if character == " " and len(characters) > 0 and characters[-1] == " ":
            continue
        characters.append(character)
        starts.append(place)
        ends.append(place + 1)


def with_culprits(marked: Marked, patterns: Sequence[tuple[re.Pattern[str], Degree]]) -> Marked:
    """The marked text with every phrase for a culprit as one mark: of two that overlap the longer.

    A pattern's group `who` holds the parties, the whole match is the phrase.
    """
    small = marked.small
    found = [
        (match.start(), match.end(), number, match)
        for number, (pattern, _) in enumerate(patterns)
        for match in pattern.finditer(small)
        if match["who"] != "" or _NAMED_NEXT.match(small, match.end()) is None
    ]
    if len(found) == 0:
        return marked
    found.sort(key=lambda item: (item[0] - item[1], item[2], item[0]))
    kept: list[tuple[int, int, int, re.Match[str]]] = []
    for item in found:
        if all(item[1] <= other[0] or other[1] <= item[0] for other in kept):
            kept.append(item)
    pieces = [
        (start, end, _culprit(marked, match, patterns[number][1]))
        for start, end, number, match in sorted(kept, key=lambda item: item[0])
    ]
    return _replaced(marked, pieces)


def _culprit(marked: Marked, match: re.Match[str], degree: Degree) -> Token:
    parties = tuple(
        party
        for place in range(*match.span("who"))
        if place in marked.tokens
        for party in marked.tokens[place].parties
    )
    return Token(parties, marked.span(*match.span()), degree)


def _replaced(marked: Marked, pieces: Sequence[tuple[int, int, Token]]) -> Marked:
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    tokens: dict[int, Token] = {}

    def keep(start: int, end: int) -> None:
        for place in range(start, end):
            if place in marked.tokens:
                tokens[len(characters)] = marked.tokens[place]
            characters.append(marked.text[place])
            starts.append(marked.starts[place])
            ends.append(marked.ends[place])

    at = 0
    for start, end, token in pieces:
        keep(at, start)
        tokens[len(characters)] = token
        characters.append(CULPRIT)
        starts.append(token.span.start)
        ends.append(token.span.end)
        at = end
    keep(at, len(marked.text))
    return Marked("".join(characters), tuple(starts), tuple(ends), tokens, marked.document)
