"""HTML that is escaped because there is no other way to make it.

`element` is the only maker of tags. A text becomes a child or an attribute by being escaped; what is
already `Markup` is kept. Attributes that can run or fetch something are refused outright, and a link
can only lead to a place in the same page, so that no text of a document can become a script, an
address or a style.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from weigh.renderers.signs import visible

Attribute = str | int | bool | None

_TAG = re.compile(r"[a-z][a-zA-Z0-9]*\Z")
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9:-]*\Z")
_REFUSED = frozenset(
    {"style", "src", "srcset", "srcdoc", "action", "formaction", "background", "data", "ping"}
)
_VOID = frozenset({"meta", "input", "br", "hr", "col"})
_ESCAPED = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("'"): "&#39;"}


@dataclass(frozen=True, slots=True)
class Markup:
    """A piece of finished HTML. Only this module makes one."""

    html: str


Child = Markup | str | None


def escape(text: str) -> Markup:
    """A text as HTML that shows exactly that text, inside an element or a quoted attribute."""
    return Markup(visible(text).translate(_ESCAPED))


def element(tag: str, attributes: Mapping[str, Attribute] | None = None, *children: Child) -> Markup:
    """One element. `None` and False leave an attribute out, True writes it bare; `None` is no child.

    Raises ValueError for a tag or an attribute that no page of ours may hold.
    """
    if _TAG.match(tag) is None or tag in ("script", "style", "iframe", "object", "embed", "base", "link"):
        raise ValueError(f"no element {tag!r} in a page")
    written = "".join(_attribute(name, value) for name, value in (attributes or {}).items())
    if tag in _VOID:
        return Markup(f"<{tag}{written}>")
    return Markup(f"<{tag}{written}>{join(children).html}</{tag}>")


def join(children: Iterable[Child]) -> Markup:
    """Pieces one after the other, texts among them escaped."""
    return Markup("".join(_written(child) for child in children if child is not None))


def stylesheet(rules: str) -> Markup:
    """A style element of our own rules, which cannot be escaped and so must not hold an end tag."""
    if "</" in rules or "<!" in rules:
        raise ValueError("a style sheet cannot hold a tag")
    return Markup(f"<style>{rules}</style>")


def page(head: Markup, body: Markup) -> str:
    """A whole document, in English."""
    html = element("html", {"lang": "en"}, head, body)
    return f"<!doctype html>\n{html.html}\n"


def _written(child: Markup | str) -> str:
    return child.html if isinstance(child, Markup) else escape(child).html


def _attribute(name: str, value: Attribute) -> str:
    if _NAME.match(name) is None or name.lower().startswith("on") or name.lower() in _REFUSED:
        raise ValueError(f"no attribute {name!r} in a page")
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    if name.lower().endswith("href") and not str(value).startswith("#"):
        raise ValueError("a link leads to a place in the same page")
    return f' {name}="{escape(str(value)).html}"'
