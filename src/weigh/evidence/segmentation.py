"""Where sentences begin and end, in text as reports really are: wrapped, bulleted, tabled, defanged.

Boundaries are decided by what stands next to them alone, so that one part of a document cannot
move the sentences of another, and in one pass, so that a hostile line costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from weigh.records import Span

LONGEST = 2000
"""Characters after which a sentence without an end is cut at white space, to bound what reads it."""

# Any place where a sentence may end: a line end with the white space after it, or a stop with its
# closing quotes and footnote marks ("systems.[1] For") before white space. An ideographic stop needs none.
# One set of characters comes first, so that the search skips to them.
_CANDIDATE = re.compile(
    r"[\n.!?。！？](?:(?<=\n)\s*+"
    r"|(?<=[.!?])[.!?]{0,2}[\"'”’)\]»]{0,3}(?:\s?\[\d{1,3}\]){0,9}[ \t\u00a0]+"
    r"|(?<=[。！？])[。！？]*[”’」』）]{0,3})"
)
_BULLET = re.compile(r"[•◦▪▫●○■□‣⁃∙·\-*–—o]\s+|\(?[\dA-Za-z]{1,2}[.)]\s+|#{1,6}\s|\||>\s")
_OPENS_SENTENCE = re.compile(r"[\"'“‘(\[«]{0,2}(?:[^\W_a-z]|[•◦▪●‣])")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_WORD_BEFORE = re.compile(r"([\w.&-]{1,12})[.!?]{1,3}$")
_ABBREVIATIONS = frozenset(
    {
        "al",
        "cf",
        "co",
        "corp",
        "dept",
        "dr",
        "e.g",
        "eg",
        "est",
        "etc",
        "ex",
        "gen",
        "gov",
        "i.e",
        "ie",
        "inc",
    }
    | {
        "incl",
        "jr",
        "lt",
        "ltd",
        "mr",
        "mrs",
        "ms",
        "prof",
        "resp",
        "rev",
        "sen",
        "sgt",
        "sr",
        "st",
        "viz",
        "vs",
    }
    | {"a.k.a", "aka", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)
_BEFORE_NUMBERS = frozenset({"approx", "art", "fig", "figs", "no", "nos", "pp", "sec", "vol"})
_NARROWEST, _WIDEST = 50, 130
"""Widths between which a line without an end is taken for wrapped prose; shorter ones are items and
cells, longer ones whole paragraphs."""


def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of `text` in order, without the white space around them; none is empty.

    Together they cover every character that is not white space.
    """
    found: list[Span] = []
    start = 0
    for end in _ends(text):
        _add(found, text, start, end)
        start = end
    _add(found, text, start, len(text))
    return tuple(found)


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    """Append what stands between two boundaries, trimmed, in pieces of at most `LONGEST` characters."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        stop = start + LONGEST if space < 0 else space
        _add(found, text, start, stop)
        start = stop
    piece = text[start:end].rstrip()
    words = piece.lstrip()
    if len(words) > 0:
        found.append(Span(start + len(piece) - len(words), start + len(piece)))


def _ends(text: str) -> Iterator[int]:
    line = 0
    for match in _CANDIDATE.finditer(text):
        start, end = match.span()
        gap = text.count("\n", start, end)
        if gap > 0:
            if gap > 1 or end >= len(text) or _line_ends(text[line:start].rstrip(), text, end):
                yield end
            line = end
        elif _stop_ends(text, line, match):
            yield end


def _line_ends(line: str, text: str, end: int) -> bool:
    """Whether a single line end ends a sentence too, as it does not where prose is wrapped.

    `line` stands before it, and the next line begins at `end`.
    """
    if len(line) == 0 or _BULLET.match(text, end) is not None:
        return True
    if line[-1] in ",-–—(":
        return False
    if not _NARROWEST <= len(line) <= _WIDEST:
        return True
    return not text[end].islower() and (line[-1] in '.!?:;"”)]' or text[end] in "[|#")


def _stop_ends(text: str, line: int, match: re.Match[str]) -> bool:
    """Whether a stop ends a sentence: not within a number or a defanged name, nor after an abbreviation."""
    start, end = match.span()
    if text[start] in "。！？":
        return not _joins_labels(text, start, end)
    if start == 0 or text[start - 1].isspace():
        return False
    if end < len(text) and _OPENS_SENTENCE.match(text, end) is None:
        return False
    if text[start] != "." or not text[start + 1].isspace():
        return True
    return not _abbreviates(text, line, start, end)


def _abbreviates(text: str, line: int, stop: int, end: int) -> bool:
    """Whether the word before the full stop is an abbreviation, an initial, or the number of an item."""
    before = _WORD_BEFORE.search(text, max(0, stop - 12), stop + 1)
    if before is None:
        return False
    word = before.group(1).lower()
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
        return True
    if word in _BEFORE_NUMBERS:
        return text[end : end + 1].isdigit()
    if word.isdigit():
        return stop - line <= 4 and text[line:stop].strip() == word
    return _DOTTED.fullmatch(word) is not None


def _joins_labels(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
