"""HTML -> the text that a visitor reads: blocks and list items on lines, table rows on one line each.

What no visitor reads as part of the page (scripts, hidden parts, menus, the page's header and
footer, form controls) is left out and counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weigh.readers.content import Content
from weigh.readers.html_page import Page
from weigh.readers.html_source import bounded
from weigh.readers.html_tables import Tables
from weigh.readers.limits import Limits
from weigh.readers.provenance import day
from weigh.readers.wording import counted, was
from weigh.records import Notice

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

DATE_NAMES = frozenset(
    {
        *("article:published_time", "date", "datepublished", "pubdate", "publication_date", "publish-date"),
        *("dc.date", "dc.date.issued", "dc.date.created", "dcterms.date", "dcterms.issued"),
        *("dcterms.created", "og:published_time", "parsely-pub-date", "citation_publication_date"),
    }
)


def read(text: str, name: str, limits: Limits) -> Content:
    """Read a page or a fragment of HTML."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(bounded(text, limits))
    body = tree.body
    if body is None:
        return Content("", "html")
    tables = Tables()
    tables.walk(body)
    page = Page(tables.data, tables.blank)
    page.walk(body)
    if page.text.strip() == "" and page.left_out.total("furniture", "hidden") > 0:
        page = Page(tables.data, tables.blank, whole=True)
        page.walk(body)
    return Content(page.text, "html", title=_title(tree), date=_date(tree), notices=_notices(page))


def _title(tree: LexborHTMLParser) -> str:
    """The page's title, or its first main heading."""
    for selector in ("title", "h1"):
        node = tree.css_first(selector)
        words = "" if node is None else " ".join(node.text_lexbor().split())
        if len(words) > 0:
            return words
    return ""


def _date(tree: LexborHTMLParser) -> str:
    """The day that the page's metadata names as that of publication, when it names one only."""
    days = set()
    for meta in tree.css("meta"):
        attributes = meta.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if name.strip().lower() in DATE_NAMES:
            days.add(day(attributes.get("content") or ""))
    days.discard("")
    return days.pop() if len(days) == 1 else ""


def _notices(page: Page) -> tuple[Notice, ...]:
    """What of the page was not read, in characters and counts."""
    words = (
        ("furniture", "of navigation, page header and page footer"),
        ("hidden", "that the page hides"),
        ("control", "of form controls"),
    )
    counts = ((page.left_out.total(reason), which) for reason, which in words)
    notices = [
        Notice(f"{counted(number, 'character')} {which} {was(number)} not read")
        for number, which in counts
        if number > 0
    ]
    if page.images > 0:
        notices.append(Notice(f"{counted(page.images, 'picture')} {was(page.images)} not read"))
    if page.links > 0:
        number = counted(page.links, "link address", "link addresses")
        notices.append(Notice(f"{number} {was(page.links)} not read, only the words of the links"))
    return tuple(notices)
