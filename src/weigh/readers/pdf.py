"""PDF -> text, page by page, with form feeds between pages; says which pages hold none."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from weigh.errors import LimitError, ReadingError
from weigh.readers.content import Content
from weigh.readers.limits import Limits, require_within
from weigh.readers.pdf_lines import paragraphs
from weigh.readers.wording import counted, numbered_pages, was
from weigh.records import Notice

if TYPE_CHECKING:
    from weigh.readers.pdf_process import Broken, Record

OCR = "run text recognition (OCR) over it first, or give the text itself"
PAGE_BREAK = "\f"
OTHERWISE = "give the text itself, or print it to a new PDF"
# Why a PDF is not opened: what is the matter, and what to do.
REFUSALS = {
    "password": ("the PDF asks for a password", "save a copy without a password"),
    "security": ("the PDF is protected in an unknown way", "print it to a new PDF"),
    "damaged": ("the PDF is damaged or cut short", "get the whole file again"),
}


@dataclass(slots=True)
class _Taken:
    """What has been taken from the file; `texts` of the pages that came, None where one is damaged.

    `pages` is how many it has. `broken` says why not all of them came, or nothing of the rest.
    """

    texts: list[str | None] = field(default_factory=list)
    pages: int = 0
    characters: int = 0
    annotations: int = 0
    title: str = ""
    attachments: int = 0
    broken: Broken | None = None


def read(data: bytes, limits: Limits) -> Content:
    """Read the text layer of every page, in a process that is ended when it takes too much or too long.

    What the pages before that gave is kept, and a notice names the pages that were not read. Raises
    `ReadingError` for a file that asks for a password, is damaged, or has no text on any page, naming
    the pages, and `LimitError` for too many pages, too much text, memory or time.
    """
    taken = _taken(data, limits)
    unread = taken.pages - len(taken.texts)
    pages, furniture = paragraphs([text or "" for text in taken.texts] + [""] * unread)
    empty = tuple(
        number
        for number, text in enumerate([*taken.texts, *[None] * unread], start=1)
        if text is None or text.strip() == ""
    )
    if len(empty) == len(pages):
        raise _textless(taken, empty)
    return Content(
        PAGE_BREAK.join(pages),
        "pdf",
        title=taken.title,
        pages=len(pages),
        pages_without_text=empty,
        notices=_notices(taken, empty, furniture),
    )


def _taken(data: bytes, limits: Limits) -> _Taken:
    from weigh.readers.pdf_process import Broken, records

    taken = _Taken()
    with closing(records(data, limits)) as told:
        for record in told:
            if isinstance(record, Broken):
                taken.broken = record
            else:
                _take(record, taken, limits)
    if taken.pages == 0 and taken.broken is None:
        raise ReadingError("the PDF has no pages, or is damaged", remedy="get the whole file again")
    return taken


def _take(record: Record, taken: _Taken, limits: Limits) -> None:
    """Add what one record tells; raises the error of a file that is refused."""
    from weigh.readers.pdf_process import Opened, Page, Refused

    if isinstance(record, Opened):
        require_within(record.pages, limits.pages, "pages")
        taken.pages = record.pages
    elif isinstance(record, Page):
        taken.texts.append(record.text)
        taken.characters += len(record.text or "")
        taken.annotations += record.annotations
        # The process keeps to these by itself, as long as no file has taken it over.
        require_within(len(taken.texts), taken.pages, "pages")
        require_within(taken.characters, limits.characters, "characters of text")
    elif isinstance(record, Refused):
        if record.reason == "characters":
            require_within(limits.characters + 1, limits.characters, "characters of text")
        problem, remedy = REFUSALS.get(record.reason, REFUSALS["damaged"])
        raise ReadingError(problem, remedy=remedy)
    else:
        taken.title, taken.attachments = record.title, record.attachments


def _textless(taken: _Taken, empty: tuple[int, ...]) -> ReadingError:
    """The error of a file without any text: what the process broke down on, or what all pages lack."""
    if taken.broken is None:
        return ReadingError(_no_text(taken.pages), place=numbered_pages(empty), remedy=OCR)
    error = LimitError if taken.broken.beyond_limits else ReadingError
    place = _place(taken) if taken.pages > 0 else ""
    return error(taken.broken.problem, place=place, remedy=OTHERWISE)


def _place(taken: _Taken) -> str:
    """Where the process broke down: at the first page that did not come, or after the last."""
    first = len(taken.texts) + 1
    return numbered_pages([first]) if first <= taken.pages else "after the last page"


def _no_text(pages: int) -> str:
    which = "the page holds no" if pages == 1 else f"none of the {pages:,} pages holds"
    return f"{which} text: the PDF is scanned, or its letters are drawn as shapes"


def _notices(taken: _Taken, empty: tuple[int, ...], furniture: int) -> tuple[Notice, ...]:
    lost = tuple(number for number, text in enumerate(taken.texts, start=1) if text is None)
    blank = tuple(number for number in empty if number not in lost and number <= len(taken.texts))
    notices = []
    if taken.broken is not None:
        notices.append(_unread(taken, taken.broken))
    if len(lost) > 0:
        notices.append(Notice("damaged, not read", numbered_pages(lost), "get the whole file again"))
    if len(blank) > 0:
        notices.append(Notice("no text here", numbered_pages(blank), OCR))
    if furniture > 0:
        characters = counted(furniture, "character")
        notices.append(Notice(f"{characters} of headers and footers were read only where they stand first"))
    if taken.annotations > 0:
        number = counted(taken.annotations, "comment or form field", "comments and form fields")
        notices.append(Notice(f"{number} {was(taken.annotations)} not read", "", "print it to a new PDF"))
    if taken.attachments > 0:
        number = counted(taken.attachments, "attached file")
        notices.append(Notice(f"{number} {was(taken.attachments)} not read", "", "save them and read them"))
    return tuple(notices)


def _unread(taken: _Taken, broken: Broken) -> Notice:
    """What is missing because the process broke down, and why."""
    missing = range(len(taken.texts) + 1, taken.pages + 1)
    if len(missing) == 0:
        return Notice(f"title and attached files not read: {broken.problem}", _place(taken), OTHERWISE)
    return Notice(f"not read: {broken.problem}", numbered_pages(missing), OTHERWISE)
