"""Tables, lists and folds: the plain parts that every section is built from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from weigh.renderers.dossier.markup import Child, Markup, element, join


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; numbers stand to the right with their digits aligned, `tight` cells never wrap."""

    heading: str
    numeric: bool = False
    tight: bool = False


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Child]]) -> Markup:
    """A table in a box of its own, which scrolls by itself where the window is too narrow.

    The first cell of a row is its heading. Rows are as long as `columns`.
    """
    head = [_cell("th", column, column.heading, scope="col") for column in columns]
    body = [element("tr", None, *_row(columns, cells)) for cells in rows]
    whole = element(
        "table",
        None,
        element("caption", None, caption),
        element("thead", None, element("tr", None, *head)),
        element("tbody", None, *body),
    )
    return scroll(caption, whole)


def scroll(label: str, *children: Child) -> Markup:
    """A box that scrolls sideways, reachable by keyboard."""
    return element(
        "div", {"class": "scroll", "tabindex": 0, "role": "region", "aria-label": label}, *children
    )


def fold(summary: Child, *children: Child, opened: bool = False) -> Markup:
    """Something that opens on demand, and always in print."""
    return element("details", {"open": opened}, element("summary", None, summary), *children)


def bullets(items: Iterable[Child], *, kind: str | None = None) -> Markup | None:
    """An unordered list; nothing at all when there is nothing to list."""
    points = [element("li", None, item) for item in items]
    return element("ul", {"class": kind}, *points) if len(points) > 0 else None


def paragraph(*children: Child, kind: str | None = None) -> Markup:
    """A paragraph, with a class where it has one."""
    return element("p", {"class": kind}, *children)


def section(name: str, heading: str, *children: Child) -> Markup:
    """A part of the page with its heading, which names it for a screen reader."""
    title = element("h2", {"id": f"{name}-heading"}, heading)
    return element("section", {"id": name, "aria-labelledby": f"{name}-heading"}, title, *children)


def code(text: str) -> Markup:
    """An identifier."""
    return element("span", {"class": "id"}, text)


def named(name: str, identifier: str) -> Markup:
    """A name followed by its identifier, once when the two are the same."""
    if len(name) == 0 or name == identifier:
        return code(identifier)
    return join((name, " ", code(identifier)))


def link(target: str, *children: Child) -> Markup:
    """A link to a place in the page."""
    return element("a", {"href": f"#{target}"}, *children)


def _row(columns: Sequence[Column], cells: Sequence[Child]) -> list[Markup]:
    first, *rest = zip(columns, cells, strict=True)
    return [_cell("th", *first, scope="row"), *(_cell("td", column, cell) for column, cell in rest)]


def _cell(tag: str, column: Column, content: Child, scope: str | None = None) -> Markup:
    kind = "number" if column.numeric else "tight" if column.tight else None
    return element(tag, {"scope": scope, "class": kind}, content)
