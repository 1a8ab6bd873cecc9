"""PDFium in a process of its own: a PDF on standard input -> one JSON record a line on standard output.

PDFium is written in C++, and a kilobyte made for it can take all memory or run for ever, which Python
cannot interrupt. So this file is run as a program by `weigh.readers.pdf_process`, which holds the meaning
of the records; bounds on memory and processor time are set here, before the file is looked at.
It imports nothing of Weigh, and so starts in the time that the library takes.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfiumError, PdfPage

# What the process ends with when memory ran out; Python itself uses 1 and 2.
NO_MEMORY = 3
# Of one page; counting stops here.
MOST_ANNOTATIONS = 1_000
# Seconds from one look at the memory in use to the next, where the system does not bound it.
LOOK = 0.02

Record = dict[str, str | int | None]


def main() -> None:
    """Tell about the PDF of standard input; the only argument is JSON with the bounds.

    `folders` in which the library lies, `memory` in bytes, `seconds` of processor time, and `characters`
    of text. The process ends at once after the last record, without giving its memory back piece by piece.
    """
    bounds = json.loads(sys.argv[1])
    bound(bounds["memory"], bounds["seconds"])
    sys.path += bounds["folders"]
    # Whatever else writes to standard output must not stand between the records.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        for record in records(sys.stdin.buffer.read(), bounds["characters"]):
            output.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            output.flush()
    except MemoryError:
        os._exit(NO_MEMORY)
    os._exit(0)


def bound(memory: int, seconds: int) -> None:
    """Bound this process where the system can, and leave no image of its memory behind when it dies.

    `memory` in bytes: of address space, or where macOS does not bound that, of what is in use beyond the
    start. `seconds` of processor time. Windows bounds neither here.
    """
    if sys.platform == "win32":
        return
    import resource

    amounts = {resource.RLIMIT_CORE: 0, resource.RLIMIT_CPU: seconds}
    if sys.platform == "darwin":
        watch(memory)
    else:
        amounts[resource.RLIMIT_AS] = memory
    for kind, amount in amounts.items():
        _, most = resource.getrlimit(kind)
        within = amount if most == resource.RLIM_INFINITY else min(amount, most)
        resource.setrlimit(kind, (within, within))


def watch(memory: int) -> None:
    """From now on, end the process when it has come to use `memory` bytes more; PDFium lets threads run."""
    threading.Thread(target=_look, args=(most_used() + memory,), daemon=True).start()


def _look(memory: int) -> None:
    while most_used() <= memory:
        time.sleep(LOOK)
    os._exit(NO_MEMORY)


def most_used() -> int:
    """The greatest number of bytes of memory that the process has had in use; 0 on Windows."""
    if sys.platform == "win32":
        return 0
    import resource

    # macOS tells it in bytes, others in kilobytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def records(data: bytes, characters: int) -> Iterator[Record]:
    """What is told of a PDF: the number of pages, each page, the rest; or why it is refused.

    A page's text is null when the page is damaged. At the page with which the text would exceed
    `characters`, that is said and nothing more.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        yield {"type": "refused", "reason": _reason(error)}
        return
    yield {"type": "opened", "pages": len(document)}
    room = characters
    for index in range(len(document)):
        record = _page(document, index, room)
        yield record
        if record["type"] == "refused":
            return
        room -= len(str(record["text"] or ""))
    yield {"type": "rest", "title": _title(document), "attachments": document.count_attachments()}


def _reason(error: PdfiumError) -> str:
    from pypdfium2 import raw

    reasons = {raw.FPDF_ERR_PASSWORD: "password", raw.FPDF_ERR_SECURITY: "security"}
    return reasons.get(error.err_code, "damaged")


def _page(document: PdfDocument, index: int, room: int) -> Record:
    """The text of a page as PDFium gives it, with line feeds, and the number of its written annotations."""
    from pypdfium2 import PdfiumError

    annotations = 0
    try:
        page = document[index]
        annotations = _annotations(page)
        text = _text(page, room)
    except PdfiumError:
        return {"type": "page", "text": None, "annotations": annotations}
    if text is None:
        return {"type": "refused", "reason": "characters"}
    return {"type": "page", "text": text, "annotations": annotations}


def _text(page: PdfPage, room: int) -> str | None:
    """The page's text; None when it has more than `room` characters."""
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > room:
            return None
        text: str = textpage.get_text_bounded()
        return text.replace("\r\n", "\n").replace("\r", "\n")
    finally:
        textpage.close()
        page.close()


def _annotations(page: PdfPage) -> int:
    """How many comments, notes and form fields lie on the page; PDFium keeps their words apart from it."""
    from pypdfium2 import raw

    written = {raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET}
    found = 0
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), MOST_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        found += raw.FPDFAnnot_GetSubtype(annotation) in written
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def _title(document: PdfDocument) -> str:
    """The title that the file gives itself; a damaged one counts as none."""
    try:
        return str(document.get_metadata_value("Title"))
    except UnicodeDecodeError:
        return ""


if __name__ == "__main__":
    main()
