"""DOCX -> text: the archive is bounded and its XML checked, then mammoth and the HTML reader do the rest."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from weigh.errors import LimitError, ReadingError
from weigh.readers import html
from weigh.readers.archive import AGAIN, opened, require_sane
from weigh.readers.content import Content
from weigh.readers.docx_grids import put_together
from weigh.readers.docx_parts import Part, parts_of
from weigh.readers.limits import Limits
from weigh.readers.wording import counted, was
from weigh.records import Notice

# Parts of the package that hold words and that mammoth leaves out of the body.
ASIDES = (
    ("word/header", "page headers"),
    ("word/footer", "page footers"),
    ("word/comments", "comments"),
    ("word/charts/", "charts"),
    ("word/diagrams/data", "diagrams"),
)


def read(data: bytes, limits: Limits) -> Content:
    """Read the body with its tables, lists, text boxes, footnotes and endnotes.

    Raises `LimitError` for an archive or XML beyond the limits, `ReadingError` for a damaged
    document or one with a document type definition (which no word processor writes).
    """
    with opened(data) as archive:
        require_sane(archive, limits)
        parts = parts_of(archive, limits)
    content = html.read(put_together(_as_html(data)), "", limits)
    title = next((part.title for part in parts if len(part.title) > 0), content.title)
    return Content(content.text, "docx", title=title, notices=(*content.notices, *_notices(parts)))


def _as_html(data: bytes) -> str:
    """The body as HTML, pictures without their bytes."""
    import mammoth

    pictures = mammoth.images.img_element(lambda image: {})
    try:
        page: str = mammoth.convert_to_html(BytesIO(data), convert_image=pictures).value
    except RecursionError as error:
        raise LimitError("the document's parts are nested too deeply", remedy=AGAIN) from error
    except Exception as error:
        # mammoth trusts its input: a damaged document ends in any error at all.
        raise ReadingError(f"the document is damaged: {error}", remedy=AGAIN) from error
    return page


def _notices(parts: Sequence[Part]) -> list[Notice]:
    """Words that stand outside of the body, by where they stand."""
    notices = []
    for prefix, where in ASIDES:
        aside = [part for part in parts if part.name.startswith(prefix) and part.characters > 0]
        characters = sum(part.characters for part in aside)
        if characters > 0:
            number = counted(characters, "character")
            notices.append(Notice(f"{number} of {where} {was(characters)} not read", aside[0].name))
    return notices
