"""HTML source, bounded before it is parsed.

A parser must repair any source, and some sources cost it far more than their length: very deep
nesting (every new element walks the open ones), unclosed formatting (every new paragraph repeats
all of it), and very many attributes on one tag (each is compared with all). All are seen by counting
tags in one pass. The count is not a parse: it is made for the cheap tricks, and `Limits.tags` bounds
the rest.
"""

from __future__ import annotations

import re
from itertools import islice

from weigh.errors import LimitError
from weigh.readers.limits import Limits, require_within

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*+)([^<>]*+)")
ATTRIBUTE = re.compile(r"[\s/][^\s/=]")
ATTRIBUTES = 1_000
# Formatting elements times all tags: the most elements that repairing may make.
REPAIRS = 10_000_000

BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
        *("dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main"),
        *("menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead"),
        *("tr", "ul", "listing", "xmp"),
    }
)
# What is never open (void elements), or closes by itself when its like begins.
UNCOUNTED = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track"),
        *("wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot"),
        *("colgroup", "rp", "rt", "html", "head", "body"),
    }
)
FORMATTING = frozenset(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
)
FORMATTING_TAG = re.compile(rf"</?(?:{'|'.join(sorted(FORMATTING))})(?![a-zA-Z0-9-])[^<>]*+>?", re.IGNORECASE)


def bounded(source: str, limits: Limits) -> str:
    """The source, without its formatting tags where repairing them could cost too much.

    Raises `LimitError` for too many tags, too deep nesting, or a tag of very many attributes.
    """
    tags = _tags(source, limits)
    for _, _, rest in tags:
        if len(rest) > 2 * ATTRIBUTES:
            attributes = sum(1 for _ in islice(ATTRIBUTE.finditer(rest), ATTRIBUTES + 1))
            require_within(attributes, ATTRIBUTES, "attributes on one HTML tag")
    if _depth(tags) > limits.tree:
        raise LimitError(
            f"HTML nested more than {limits.tree} deep",
            remedy="save the page as text or PDF from a browser",
        )
    formatting = sum(1 for close, name, _ in tags if close == "" and name in FORMATTING)
    return FORMATTING_TAG.sub("", source) if formatting * len(tags) > REPAIRS else source


def _tags(source: str, limits: Limits) -> list[tuple[str, str, str]]:
    """Every tag as its slash, its name and the rest; counted as they come, not when all are in memory."""
    found = islice(TAG.finditer(source), limits.tags + 1)
    tags = [(match[1], match[2].lower(), match[3]) for match in found]
    require_within(len(tags), limits.tags, "HTML tags")
    return tags


def _depth(tags: list[tuple[str, str, str]]) -> int:
    """How deep elements nest at most; `<path/>` closes itself, but `<div/>` does not."""
    depth = deepest = 0
    for close, name, rest in tags:
        if name in UNCOUNTED or name in FORMATTING or (rest.endswith("/") and name not in BLOCKS):
            continue
        depth = max(0, depth - 1 if close == "/" else depth + 1)
        deepest = max(deepest, depth)
    return deepest
