"""PDF -> text, page by page, with form feeds between pages; says which pages hold none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weigh.errors import ReadingError
from weigh.readers.content import Content
from weigh.readers.limits import Limits, require_within
from weigh.readers.pdf_lines import paragraphs
from weigh.readers.wording import counted, numbered_pages, was
from weigh.records import Notice

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfiumError, PdfPage

OCR = "run text recognition (OCR) over it first, or give the text itself"
PAGE_BREAK = "\f"
# Of one page; counting stops here.
MOST_ANNOTATIONS = 1_000


@dataclass(frozen=True, slots=True)
class _Opened:
    """What was taken from the file while it was open; a page is None when it could not be loaded."""

    pages: tuple[str | None, ...]
    title: str
    attachments: int
    annotations: int


def read(data: bytes, limits: Limits) -> Content:
    """Read the text layer of every page.

    Raises `ReadingError` for a file that asks for a password, is damaged, or has no text on any page,
    naming the pages, and `LimitError` for too many pages or too much text.
    """
    opened = _opened(data, limits)
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


def _opened(data: bytes, limits: Limits) -> _Opened:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        raise _unopened(error) from error
    try:
        require_within(len(document), limits.pages, "pages")
        if len(document) == 0:
            raise ReadingError("the PDF has no pages, or is damaged", remedy="get the whole file again")
        texts, annotations = _page_texts(document, limits)
        return _Opened(
            pages=texts,
            title=_title(document),
            attachments=document.count_attachments(),
            annotations=annotations,
        )
    finally:
        document.close()


def _title(document: PdfDocument) -> str:
    """The title that the file gives itself; a damaged one counts as none."""
    try:
        return str(document.get_metadata_value("Title"))
    except UnicodeDecodeError:
        return ""


def _unopened(error: PdfiumError) -> ReadingError:
    from pypdfium2 import raw

    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return ReadingError("the PDF asks for a password", remedy="save a copy without a password")
    if error.err_code == raw.FPDF_ERR_SECURITY:
        return ReadingError("the PDF is protected in an unknown way", remedy="print it to a new PDF")
    return ReadingError("the PDF is damaged or cut short", remedy="get the whole file again")


def _page_texts(document: PdfDocument, limits: Limits) -> tuple[tuple[str | None, ...], int]:
    """The text of each page as pdfium gives it, with line feeds; and the number of written annotations."""
    from pypdfium2 import PdfiumError

    texts: list[str | None] = []
    characters = annotations = 0
    for index in range(len(document)):
        try:
            page = document[index]
            annotations += _annotations(page)
            text = _page_text(page, limits.characters - characters, limits)
        except PdfiumError:
            texts.append(None)
            continue
        characters += len(text)
        texts.append(text)
    return tuple(texts), annotations


def _page_text(page: PdfPage, room: int, limits: Limits) -> str:
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > room:
            require_within(limits.characters + 1, limits.characters, "characters of text")
        text: str = textpage.get_text_bounded()
        return text.replace("\r\n", "\n").replace("\r", "\n")
    finally:
        textpage.close()
        page.close()


def _annotations(page: PdfPage) -> int:
    """How many comments, notes and form fields lie on the page; pdfium keeps their words apart from it."""
    from pypdfium2 import raw

    written = {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET}
    found = 0
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        found += raw.FPDFAnnot_GetSubtype(annotation) in written
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def _no_text(pages: int) -> str:
    which = "the page holds no" if pages == 1 else f"none of the {pages:,} pages holds"
    return f"{which} text: the PDF is scanned, or its letters are drawn as shapes"


def _notices(opened: _Opened, empty: tuple[int, ...], furniture: int) -> tuple[Notice, ...]:
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
