"""Bytes of unknown encoding -> text with one kind of line end and no control characters.

The text made here is what offsets refer to from then on.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from weigh.errors import ReadingError
from weigh.readers.wording import counted, was
from weigh.records import Notice

# UTF-32 stands first: its little-endian mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Everything that is not a character of a text: C0 and C1 controls (tab, line feed and form feed
# stay), halves of surrogate pairs, and the two non-characters at the end of the first plane.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
BINARY_BYTES = bytes({*range(32), 127} - {*b"\t\n\v\f\r\x1b"})
# Reading from right to left, isolating text, overriding its direction, or taking no room at all.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# What `surrogateescape` makes of a byte that is not UTF-8, and what it leaves of those that are.
ESCAPED = re.compile("[\udc80-\udcff]+")
WELL_FORMED = re.compile("[^\x00-\x7f\udc80-\udcff]+")
ESCAPED_AT_END = re.compile("[\udc80-\udcff]{1,3}\\Z")
NOT_ASCII = re.compile(rb"[\x80-\xff]")
REPLACEMENT = re.compile("\ufffd")
# The encodings of pages of the web from before UTF-8 (WHATWG Encoding standard, 4.2), without those of
# the old Macintosh, which short texts of other encodings are easily mistaken for.
LEGACY = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("cp866", "cp874", "koi8_r", "koi8_u"),
    *("iso8859_2", "iso8859_3", "iso8859_4", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8"),
    *("iso8859_10", "iso8859_13", "iso8859_14", "iso8859_15", "iso8859_16"),
    *("gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"),
)
PROBE = 65_536


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that was assumed for it, and what could not be read as it."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def tidy(text: str) -> str:
    """One kind of line end, and a space for each unprintable character."""
    return UNPRINTABLE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def decode(data: bytes) -> Decoded:
    """Decode by byte-order mark, then UTF-8, then by what the bytes most look like, and tidy.

    Raises `ReadingError` when the bytes are no text in any encoding.
    """
    decoded = _decoded(data)
    unified = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    text, replaced = UNPRINTABLE.subn(" ", unified)
    notices = decoded.notices
    if replaced > 0:
        notices += (_replaced_notice(unified, replaced),)
    invisible = len(INVISIBLE.findall(text))
    if invisible > 0:
        notices += (_invisible_notice(text, invisible),)
    return Decoded(text, decoded.encoding, notices)


def _decoded(data: bytes) -> Decoded:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _lossy(data[len(mark) :], encoding)
    encoding = _unmarked_utf16(data)
    if len(encoding) > 0:
        return _lossy(data, encoding)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data)


def _lossy(data: bytes, encoding: str) -> Decoded:
    """Decode with U+FFFD for what the encoding does not allow, and say how often."""
    text = data.decode(encoding, errors="replace")
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return Decoded(text, encoding, (_damaged_notice(text, encoding),))
    return Decoded(text, encoding)


def _unmarked_utf16(data: bytes) -> str:
    """The UTF-16 in which every second byte of mostly Latin text is zero, or an empty string."""
    probe = data[:PROBE]
    even, odd = probe[0::2].count(0), probe[1::2].count(0)
    half = len(probe) // 2
    if half < 2:
        return ""
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _not_utf8(data: bytes) -> Decoded:
    """UTF-8 with a few damaged bytes stays UTF-8; anything else is guessed from its bytes."""
    escaped = data.decode("utf-8", errors="surrogateescape")
    body = ESCAPED_AT_END.sub("", escaped)
    bad = len(body) - len(ESCAPED.sub("", body))
    good = len(body) - len(WELL_FORMED.sub("", body))
    if bad <= good:
        return _lossy(data, "utf-8")
    _refuse_binary(data)
    encoding = _likely_encoding(data)
    text = data.decode(encoding, errors="replace")
    notice = Notice(
        f"the text is not UTF-8; it was read as {encoding}",
        place=f"line {_first_line(escaped, ESCAPED)}",
        remedy="if letters look wrong, save it as UTF-8 and read it again",
    )
    return Decoded(text, encoding, (notice,))


def _refuse_binary(data: bytes) -> None:
    """Raise when more than one byte in fifty is one that no text has."""
    probe = data[:PROBE]
    strange = len(probe) - len(probe.translate(None, BINARY_BYTES))
    if strange * 50 > len(probe):
        raise ReadingError(
            "this is neither text nor a format that is known here",
            remedy="give text, Markdown, HTML, PDF, DOCX, STIX, MISP, Navigator, CSV or JSON",
        )


def _likely_encoding(data: bytes) -> str:
    """The encoding that the text around its first byte above 127 most looks like.

    Windows-1252 when nothing fits. The sample is whole lines, so that no character is cut in two.
    """
    from charset_normalizer import from_bytes

    sample = data
    if len(data) > PROBE:
        first = NOT_ASCII.search(data)
        start = 0 if first is None else data.rfind(b"\n", 0, first.start()) + 1
        sample = data[start : max(data.rfind(b"\n", start, start + PROBE), start + PROBE // 2)]
    best = from_bytes(sample, cp_isolation=list(LEGACY)).best()
    return "cp1252" if best is None else best.encoding


def _first_line(text: str, pattern: re.Pattern[str]) -> int:
    """The number, from 1, of the first line where `pattern` matches."""
    match = pattern.search(text)
    return 1 if match is None else text.count("\n", 0, match.start()) + 1


def _damaged_notice(text: str, encoding: str) -> Notice:
    number = text.count("\ufffd")
    places = counted(number, "place")
    return Notice(
        f"{places} could not be read as {encoding.upper()} and {was(number)} marked with \ufffd",
        place=f"line {_first_line(text, REPLACEMENT)}",
        remedy="the file is damaged or cut short, or mixes encodings",
    )


def _replaced_notice(text: str, number: int) -> Notice:
    characters = counted(number, "control character")
    return Notice(
        f"{characters} {was(number)} read as {'a space' if number == 1 else 'spaces'}",
        place=f"line {_first_line(text, UNPRINTABLE)}",
    )


def _invisible_notice(text: str, number: int) -> Notice:
    return Notice(
        f"the text holds {counted(number, 'character')} that cannot be seen or that turn its direction",
        place=f"line {_first_line(text, INVISIBLE)}",
    )
