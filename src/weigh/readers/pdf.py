"""PDF -> text, page by page, with form feeds between pages; says which pages hold none."""

from __future__ import annotations

from weigh.errors import ReadingError
from weigh.readers import pdf_worker
from weigh.readers.content import Content
from weigh.readers.limits import Limits
from weigh.readers.pdf_lines import paragraphs
from weigh.readers.pdf_pages import Opened
from weigh.readers.wording import counted, numbered_pages, was
from weigh.records import Notice

OCR = "run text recognition (OCR) over it first, or give the text itself"
PAGE_BREAK = "\f"


def read(data: bytes, limits: Limits) -> Content:
    """Read the text layer of every page.

    Raises `ReadingError` for a file that asks for a password, is damaged, or has no text on any page,
    naming the pages, and `LimitError` for too many pages or too much text, time or memory.
    """
    opened = pdf_worker.opened(data, limits)
    pages, furniture = paragraphs([page or "" for page in opened.pages])
    empty = tuple(
        number for number, page in enumerate(opened.pages, start=1) if page is None or page.strip() == ""
    )
    if len(empty) == len(pages):
        raise ReadingError(_no_text(len(pages)), place=numbered_pages(empty), remedy=OCR)
    return Content(
        PAGE_BREAK.join(pages),
        "pdf",
        title=opened.title,
        pages=len(pages),
        pages_without_text=empty,
        notices=_notices(opened, empty, furniture),
    )


def _no_text(pages: int) -> str:
    which = "the page holds no" if pages == 1 else f"none of the {pages:,} pages holds"
    return f"{which} text: the PDF is scanned, or its letters are drawn as shapes"


def _notices(opened: Opened, empty: tuple[int, ...], furniture: int) -> tuple[Notice, ...]:
    lost = tuple(number for number, page in enumerate(opened.pages, start=1) if page is None)
    blank = tuple(number for number in empty if number not in lost)
    notices = []
    if len(lost) > 0:
        notices.append(Notice("damaged, not read", numbered_pages(lost), "get the whole file again"))
    if len(blank) > 0:
        notices.append(Notice("no text here", numbered_pages(blank), OCR))
    if furniture > 0:
        characters = counted(furniture, "character")
        notices.append(Notice(f"{characters} of headers and footers were read only where they stand first"))
    if opened.annotations > 0:
        number = counted(opened.annotations, "comment or form field", "comments and form fields")
        notices.append(Notice(f"{number} {was(opened.annotations)} not read", "", "print it to a new PDF"))
    if opened.attachments > 0:
        number = counted(opened.attachments, "attached file")
        notices.append(Notice(f"{number} {was(opened.attachments)} not read", "", "save them and read them"))
    return tuple(notices)
