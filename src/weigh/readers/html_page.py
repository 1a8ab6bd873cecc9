"""The parsed page, walked once for its tables (`html_tables`) and once for its text.

Walking goes from node to node without recursion, so that its depth costs nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from weigh.readers.html_source import BLOCKS

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

CODE = frozenset(
    {
        *("script", "style", "template", "iframe", "object", "embed", "svg", "math", "canvas"),
        *("audio", "video", "head", "title", "link", "meta", "base", "noframes", "noembed"),
    }
)
CONTROLS = frozenset({"select", "button", "textarea", "input", "datalist", "option", "optgroup"})
FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo"})
# A header or footer inside one of these belongs to it, not to the page (HTML standard, 4.3).
SECTIONS = frozenset({"article", "main", "section", "aside", "blockquote"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
CELLS = frozenset({"td", "th"})
PREFORMATTED = frozenset({"pre", "listing", "xmp"})
HIDING = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Marks of where a word may be broken: they take no room and would split a name in two.
BREAKS_INSIDE_WORDS = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
# Cells without words before one with words; more of them only move it across a page.
MOST_EMPTY = 2
NOTE_MARK = re.compile(r"\s*[\d\[(*†‡]")


class Gap(IntEnum):
    """What stands between the last words and the next; the strongest wins."""

    NONE = 0
    SPACE = 1
    CELL = 2
    LINE = 3


SEPARATORS = {Gap.NONE: "", Gap.SPACE: " ", Gap.CELL: " | ", Gap.LINE: "\n"}


class Walker:
    """Goes through a tree in the order of the source, calling `enter` and `leave`."""

    def enter(self, node: LexborNode, tag: str) -> bool:
        """Whether to go inside."""
        raise NotImplementedError

    def leave(self, node: LexborNode, tag: str) -> None:
        """Called for every node that was entered, after what is inside it."""
        raise NotImplementedError

    def walk(self, root: LexborNode) -> None:
        """Visit the root and all inside it."""
        node: LexborNode | None = root
        while node is not None:
            if self.enter(node, node.tag or ""):
                child = node.first_child
                if child is not None:
                    node = child
                    continue
                self.leave(node, node.tag or "")
            node = self._following(node, root)

    def _following(self, node: LexborNode, root: LexborNode) -> LexborNode | None:
        """The next node that is not inside this one, leaving those that end before it."""
        while node.mem_id != root.mem_id:
            following = node.next
            if following is not None:
                return following
            parent = node.parent
            if parent is None:
                return None
            self.leave(parent, parent.tag or "")
            node = parent
        return None


def _stands_apart(node: LexborNode, tag: str) -> bool:
    """Whether an inline element is a word of its own: a footnote's mark, or a link right after a link."""
    if tag == "sup":
        return NOTE_MARK.match(node.text_lexbor()) is not None
    before = node.prev if tag == "a" else None
    return before is not None and before.tag == "a"


@dataclass(slots=True)
class LeftOut:
    """Characters of text that were not read, by reason."""

    characters: Counter[str] = field(default_factory=Counter)

    def add(self, reason: str, node: LexborNode) -> None:
        """Count what is inside the node."""
        self.characters[reason] += len(" ".join(node.text_lexbor().split()))

    def total(self, *reasons: str) -> int:
        """Characters left out for any of the reasons."""
        return sum(self.characters[reason] for reason in reasons)


class Page(Walker):
    """Collects the text.

    `data_tables` are the memory ids of tables of data, `blank_cells` those of cells of columns without a
    word, which only make room. `whole` keeps menus and hidden parts, for a page that has nothing else.
    """

    def __init__(
        self, data_tables: Collection[int], blank_cells: Collection[int] = (), *, whole: bool = False
    ) -> None:
        self.left_out = LeftOut()
        self.images = 0
        self.links = 0
        self._data_tables = data_tables
        self._blank_cells = blank_cells
        self._whole = whole
        self._parts: list[str] = []
        self._gap = Gap.NONE
        self._open: Counter[str] = Counter()
        self._tables: list[bool] = []
        self._cells = 0

    @property
    def text(self) -> str:
        """Everything so far, ending in a line end when there is anything."""
        return "".join(self._parts) + ("\n" if len(self._parts) > 0 else "")

    def enter(self, node: LexborNode, tag: str) -> bool:
        """Take text, leave out what is not of the page, and separate what does not belong together."""
        if tag == "-text":
            self._take(node.text_content or "")
        if tag.startswith("-") or tag == "":
            return False
        reason = self._reason(node, tag)
        if len(reason) > 0:
            self.left_out.add(reason, node)
            return False
        self.images += tag == "img"
        self.links += tag == "a" and "href" in node.attributes
        if tag == "table":
            self._tables.append(node.mem_id in self._data_tables)
        if tag == "tr":
            self._cells = 0
        if not (tag in CELLS and node.mem_id in self._blank_cells):
            self._separate(tag, starts=True)
        self._count(tag, 1)
        if _stands_apart(node, tag):
            self._widen(Gap.SPACE)
        return True

    def leave(self, node: LexborNode, tag: str) -> None:
        """Separate what follows."""
        self._count(tag, -1)
        self._separate(tag, starts=False)
        if tag == "table":
            self._tables.pop()

    def _count(self, tag: str, step: int) -> None:
        for group, members in (("section", SECTIONS), ("pre", PREFORMATTED)):
            if tag in members:
                self._open[group] += step
        if tag in CELLS and self._in_data_table():
            self._open["cell"] += step

    def _in_data_table(self) -> bool:
        return len(self._tables) > 0 and self._tables[-1]

    def _reason(self, node: LexborNode, tag: str) -> str:
        """Why the element is not read: `code`, `control`, `hidden`, `furniture`, or empty."""
        if tag in CODE:
            return "code"
        if tag in CONTROLS:
            return "control"
        if self._whole:
            return ""
        attributes = node.attributes
        hidden = "hidden" in attributes or HIDING.search(attributes.get("style") or "") is not None
        if hidden or tag == "noscript" or (tag == "dialog" and "open" not in attributes):
            return "hidden"
        of_page = tag in {"header", "footer"} and self._open["section"] == 0
        if of_page or tag == "nav" or attributes.get("role") in FURNITURE_ROLES:
            return "furniture"
        return ""

    def _separate(self, tag: str, *, starts: bool) -> None:
        if tag in CELLS and self._in_data_table():
            if starts:
                self._cells += 1
                self._widen(Gap.CELL)
        elif tag in BLOCKS or tag in CELLS or (tag == "br" and starts):
            self._widen(Gap.SPACE if self._open["cell"] > 0 else Gap.LINE)

    def _widen(self, gap: Gap) -> None:
        self._gap = max(self._gap, gap)

    def _take(self, raw: str) -> None:
        text = raw.translate(BREAKS_INSIDE_WORDS)
        if self._open["pre"] > 0 and self._open["cell"] == 0:
            self._write(text.rstrip("\n"))
            self._gap = Gap.LINE if text.endswith("\n") else Gap.NONE
            return
        if text[:1].isspace():
            self._widen(Gap.SPACE)
        words = " ".join(text.split())
        if len(words) > 0:
            self._write(words)
            self._gap = Gap.SPACE if text[-1:].isspace() else Gap.NONE

    def _write(self, text: str) -> None:
        if len(text) == 0:
            return
        if len(self._parts) > 0:
            self._parts.append(SEPARATORS[self._gap])
        if self._gap is Gap.CELL or (self._gap is Gap.LINE and self._in_data_table()):
            # A cell without words keeps its place, so that those after it stand in their columns.
            empty = self._cells - 1
            self._parts.append("| " * empty if empty <= MOST_EMPTY else "")
        self._cells = 0
        self._parts.append(text)
