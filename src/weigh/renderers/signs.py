"""Signs in place of the characters that nobody sees, for pages and terminals alike.

A text of a document may turn the direction of writing ("exe.fdp"), part a name where no eye sees it, or
move the cursor of a terminal. Whoever reads it here is shown that it does, and nothing obeys it.
"""

from __future__ import annotations

import re

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\N{SYMBOL FOR DELETE}"}


def _forms() -> dict[int, str]:
    """Characters that are never shown as they are, each with what is shown in its place.

    NUL and the other controls are dropped or changed by parsers; lone surrogates cannot be encoded;
    overrides of the writing direction make a text read as something it is not; tags spell whole
    sentences that no screen shows.
    """
    forms = _PICTURES | {0x09: "\t", 0x0A: "\n", 0x0C: "\n", 0x0D: "\n"}
    forms |= dict.fromkeys(range(0x80, 0xA0), REPLACEMENT) | {0x85: "\n"}
    forms |= dict.fromkeys((*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF), REPLACEMENT)
    directions = (*range(0x202A, 0x202F), *range(0x2066, 0x2070))
    unseen = (*range(0x2061, 0x2066), *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080))
    return forms | {code: _named(code) for code in (*directions, *unseen)}


def _named(code: int) -> str:
    return f"[U+{code:04X}]"


_SHOWN = _forms()
# Marks of direction, spaces and joints without width: needed between letters that are written from right
# to left, or without spaces, or that change their shape; out of place in a text that has no such letter.
_NEEDED_BY = re.compile(
    "[\u0590-\u061b\u061d-\u109f\u1780-\u18af\u1950-\u1aaf\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]"
)
_OUT_OF_PLACE = _SHOWN | {
    code: _named(code) for code in (0x061C, 0x180E, 0x200B, 0x200C, 0x200E, 0x200F, 0x2060, 0xFEFF)
}


def visible(text: str) -> str:
    """The text with a sign for every control, direction override and character without width.

    A mark that the script of the text needs is kept: a right-to-left mark beside Hebrew or Arabic, a space
    without width in Khmer. So is what joins emoji, and the soft hyphen.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = _SHOWN if _NEEDED_BY.search(text) is not None else _OUT_OF_PLACE
    return text.replace("\r\n", "\n").translate(shown)


def one_line(text: str) -> str:
    """Text from anywhere as one line that a terminal shows and never obeys: the same signs, and one for
    every tab and end of a line."""
    shown = visible(text.translate(_PICTURES))
    return "".join(" " if each.isspace() else each for each in shown)
