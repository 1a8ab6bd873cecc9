"""Pages of the dossier, parsed, and ways to look at them and to change what they are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests import sample
from tests.renderers.large import large
from weigh.assessment.document import Assessment
from weigh.renderers.dossier import render
from weigh.renderers.dossier.markup import Markup, element, page


def parsed(assessment: Assessment, **how: Any) -> LexborHTMLParser:
    """The page of an assessment."""
    return LexborHTMLParser(render(assessment, **how))


@cache
def sample_page() -> LexborHTMLParser:
    """The page of the small case."""
    return parsed(sample.assessment())


@cache
def large_html() -> str:
    """The page of the large case, as text."""
    return render(large())


@cache
def large_page() -> LexborHTMLParser:
    """The page of the large case."""
    return LexborHTMLParser(large_html())


def words_of(node: LexborNode | None) -> str:
    """The words of a part of a page, spaces evened out."""
    assert node is not None
    return " ".join(node.text(separator="").replace("\N{NO-BREAK SPACE}", " ").split())


def elements(whole: LexborHTMLParser) -> list[LexborNode]:
    """Every element of a page in its order."""
    root = whole.root
    assert root is not None
    return [node for node in root.traverse(include_text=False) if (node.tag or "-")[0].isalpha()]


def each_text(value: Any, change: Callable[[str, str], str], where: str = "") -> Any:
    """The same records with `change(text, "Record.field")` in place of every text in them."""
    if isinstance(value, str):
        return change(value, where)
    if isinstance(value, tuple):
        return tuple(each_text(item, change, where) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        name = type(value).__name__
        changed = {
            f.name: each_text(getattr(value, f.name), change, f"{name}.{f.name}") for f in fields(value)
        }
        return replace(value, **changed)
    return value


def drawn(part: Markup) -> LexborHTMLParser:
    """A page of nothing but one part."""
    return LexborHTMLParser(page(element("head"), element("body", None, part)))
