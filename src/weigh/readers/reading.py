"""Bytes -> `Document`: the one way in for everything that is read, wherever it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from weigh.errors import ReadingError
from weigh.readers import csv, docx, html, json, markdown, pdf, text
from weigh.readers.content import Content
from weigh.readers.encoding import decode, tidy
from weigh.readers.limits import LIMITS, Limits, require_within
from weigh.readers.recognition import text_format
from weigh.readers.signatures import binary_format
from weigh.records import Document, Notice

BINARY: Mapping[str, Callable[[bytes, Limits], Content]] = {
    "pdf": pdf.read,
    "docx": docx.read,
}
# The second argument is the file's name, for readers that a name helps.
TEXTUAL: Mapping[str, Callable[[str, str, Limits], Content]] = {
    "text": text.read,
    "markdown": markdown.read,
    "html": html.read,
    "csv": csv.read,
    "json": json.read,
}


def read_bytes(data: bytes, name: str, *, limits: Limits = LIMITS) -> Document:
    """Read one document; its id is the SHA-256 of `data` in hexadecimal, whatever it is called.

    `name` decides between formats of text that the content fits alike, and is the place that errors
    name. Raises `LimitError` for a document beyond the limits and `ReadingError` for one that is
    empty, damaged, or of a format that is not read.
    """
    try:
        content, notices = _content(data, name, limits)
        require_within(len(content.text), limits.characters, "characters of text")
        if content.text.strip() == "":
            raise _textless((*notices, *content.notices))
    except ReadingError as error:
        place = f"{name}, {error.place}" if len(error.place) > 0 else name
        raise type(error)(error.problem, place=place, remedy=error.remedy) from error
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        text=content.text,
        format=content.format,
        name=name,
        bytes_read=len(data),
        source=content.source,
        date=content.date,
        tlp=content.tlp,
        title=" ".join(tidy(content.title).split()),
        pages=content.pages,
        pages_without_text=content.pages_without_text,
        fields=content.fields,
        notices=(*notices, *content.notices),
    )


def _textless(notices: tuple[Notice, ...]) -> ReadingError:
    """The error of a document that nothing was read of, with the first thing that its reader said of it."""
    if len(notices) == 0:
        return ReadingError("there is no text in it", remedy="look whether this is the right file")
    first = notices[0]
    return ReadingError(f"there is no text in it: {first.problem}", place=first.place, remedy=first.remedy)


def _content(data: bytes, name: str, limits: Limits) -> tuple[Content, tuple[Notice, ...]]:
    """What the reader of the format found, and what there is to say about the bytes."""
    require_within(len(data), limits.bytes, "bytes")
    if len(data) == 0:
        raise ReadingError("it is empty", remedy="look whether this is the right file")
    binary = binary_format(data)
    if len(binary) > 0:
        return BINARY[binary](data, limits), ()
    decoded = decode(data)
    return TEXTUAL[text_format(decoded.text, name)](decoded.text, name, limits), decoded.notices
