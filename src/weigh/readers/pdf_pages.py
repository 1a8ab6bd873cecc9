"""What pdfium makes of a PDF's bytes: the text of each page as it stands, the title, what is left out.

A page may ask pdfium for any time and any memory (drawings that draw one another ten times each take
10^40 steps), and pdfium may fall over it: `pdf_worker` runs this in a process of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weigh.errors import ReadingError
from weigh.readers.limits import Limits, require_within

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfiumError, PdfPage

# Of one page; counting stops here.
MOST_ANNOTATIONS = 1_000


@dataclass(frozen=True, slots=True)
class Opened:
    """What was taken from the file while it was open; a page is None when it could not be loaded."""

    pages: tuple[str | None, ...]
    title: str
    attachments: int
    annotations: int


def opened(data: bytes, limits: Limits) -> Opened:
    """Take the text out; errors as `weigh.readers.pdf.read` names them."""
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
        return Opened(
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
