"""Text made comparable without losing where its characters were.

Names are compared in one case and one spelling of hyphens, apostrophes and spaces, yet every finding
must quote the document exactly. `fold` keeps one character per character; `squeeze` also closes up
runs of white space and invisible characters and remembers how to get back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from weigh.records import Span

# The only character whose lower case is longer than itself, and the one whose lower case depends on
# its neighbours (SpecialCasing.txt of the Unicode Character Database).
_GROWS, _CONTEXTUAL = "\u0130", "\u03c2"

# One by one: `str.translate` is ten times slower on text that is not ASCII.
_SPELLINGS = (
    *((hyphen, "-") for hyphen in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"),
    *((apostrophe, "'") for apostrophe in "\u2018\u2019\u201b\u02bc\uff07"),
)
_INVISIBLE = r"\u00ad\u200b-\u200f\u2060\ufeff"
_RUN = re.compile(rf"[\s{_INVISIBLE}](?:(?<=\s)\s+|(?<=[{_INVISIBLE}])[{_INVISIBLE}]*)")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_WIDE = re.compile("[\uff0d\uff0f-\uff1a\uff20-\uff3a\uff3c\uff3f\uff41-\uff5a]")
_UNCLEAR = re.compile(rf"{_UNSEEN.pattern[:-2]}{_WIDE.pattern[1:]}")
_WIDER = 0xFEE0
"""How far a full-width character stands from the plain one (Unicode, Halfwidth and Fullwidth Forms)."""
_SINGLE = ("\n", "\t", "\r", "\u00a0")
PARAGRAPH = "\x1e"
"""What white space with two or more line ends is squeezed to; no name holds it, so none crosses it."""


def fold(text: str) -> str:
    """Lower case and one spelling of hyphens and apostrophes; always exactly as long as `text`.

    Each character is folded alone, so that folding a part gives that part of the folded whole.
    """
    if text.isascii():
        return text.lower()
    folded = text.replace(_GROWS, "i")
    for spelling, plain in _SPELLINGS:
        folded = folded.replace(spelling, plain)
    return folded.lower().replace(_CONTEXTUAL, "\u03c3")


@dataclass(frozen=True, slots=True)
class Squeezed:
    """Folded text with single spaces, and the way back to the text it came from.

    `cuts[i]` is an offset into `text` from which on `gaps[i]` characters are missing.
    """

    text: str
    cuts: tuple[int, ...]
    gaps: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where the characters `[start, end)` of the squeezed text stand in the original."""
        return Span(self._back(start), self._back(end - 1) + 1)

    def _back(self, offset: int) -> int:
        at = bisect_right(self.cuts, offset) - 1
        return offset if at < 0 else offset + self.gaps[at]


def squeeze(text: str) -> Squeezed:
    """Fold `text` with single spaces, one line end for a paragraph's end, and nothing invisible."""
    pieces: list[str] = []
    cuts: list[int] = []
    gaps: list[int] = []
    last = length = 0
    for match in _RUN.finditer(text):
        start, end = match.span()
        replacement = _replacement(match.group())
        pieces += (text[last:start], replacement)
        length += start - last + len(replacement)
        if len(replacement) != end - start:
            cuts.append(length)
            gaps.append(end - length)
        last = end
    pieces.append(text[last:])
    squeezed = fold("".join(pieces))
    for character in _SINGLE:
        squeezed = squeezed.replace(character, " ")
    return Squeezed(squeezed, tuple(cuts), tuple(gaps))


def clear(text: str) -> Squeezed:
    """`text` as it looks in an address: nothing invisible in it, full-width letters and digits plain.

    Brackets and stops stay wide: they are how some authors make an address harmless. Nothing is folded.
    """
    if text.isascii() or _UNCLEAR.search(text) is None:
        return Squeezed(text, (), ())
    plain = _WIDE.sub(lambda match: chr(ord(match.group()) - _WIDER), text)
    pieces: list[str] = []
    cuts: list[int] = []
    gaps: list[int] = []
    last = 0
    for match in _UNSEEN.finditer(plain):
        pieces.append(plain[last : match.start()])
        last = match.end()
        gaps.append(len(match.group()) + (gaps[-1] if len(gaps) > 0 else 0))
        cuts.append(last - gaps[-1])
    return Squeezed("".join((*pieces, plain[last:])), tuple(cuts), tuple(gaps))


def _replacement(run: str) -> str:
    if not run.isspace():
        return ""
    return PARAGRAPH if run.count("\n") > 1 else " "
