"""What bytes are, by how they begin: PDF and DOCX to be read, and others to be named and refused."""

from __future__ import annotations

from dataclasses import dataclass

from weigh.errors import ReadingError
from weigh.readers.archive import contents, opened

PICTURE = "run text recognition (OCR) over it and give the text"
UNPACK = "unpack it and give the files inside"
PROGRAM = "give a report about it; programs are not analysed"
SAVE_AS = "save it as DOCX or PDF, without a password"
TRANSCRIPT = "give a transcript of it as text"
EXPORT = "export its text as CSV or plain text"


@dataclass(frozen=True, slots=True)
class Signature:
    """Bytes at an offset that tell a format, what to call it, and what to do instead."""

    start: bytes
    what: str
    remedy: str
    offset: int = 0


REFUSED = (
    Signature(b"{\\rtf", "rich text (RTF)", SAVE_AS),
    Signature(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or password-protected Office file", SAVE_AS),
    Signature(b"%!PS", "PostScript", "convert it to PDF"),
    Signature(b"\x89PNG\r\n", "a picture (PNG)", PICTURE),
    Signature(b"\xff\xd8\xff", "a picture (JPEG)", PICTURE),
    Signature(b"GIF87a", "a picture (GIF)", PICTURE),
    Signature(b"GIF89a", "a picture (GIF)", PICTURE),
    Signature(b"II*\x00", "a picture (TIFF)", PICTURE),
    Signature(b"MM\x00*", "a picture (TIFF)", PICTURE),
    Signature(b"WEBP", "a picture (WebP)", PICTURE, offset=8),
    Signature(b"ftypheic", "a picture (HEIC)", PICTURE, offset=4),
    Signature(b"ftypavif", "a picture (AVIF)", PICTURE, offset=4),
    Signature(b"\x1f\x8b", "a gzip archive", UNPACK),
    Signature(b"1AY&SY", "a bzip2 archive", UNPACK, offset=4),
    Signature(b"\xfd7zXZ\x00", "an xz archive", UNPACK),
    Signature(b"\x28\xb5\x2f\xfd", "a Zstandard archive", UNPACK),
    Signature(b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    Signature(b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    Signature(b"ustar", "a tar archive", UNPACK, offset=257),
    Signature(b"\x7fELF", "a program (ELF)", PROGRAM),
    Signature(b"\xca\xfe\xba\xbe", "a program (Mach-O or Java)", PROGRAM),
    Signature(b"\xcf\xfa\xed\xfe", "a program (Mach-O)", PROGRAM),
    Signature(b"\xfe\xed\xfa\xcf", "a program (Mach-O)", PROGRAM),
    Signature(b"\x00asm", "a program (WebAssembly)", PROGRAM),
    Signature(b"SQLite format 3\x00", "a SQLite database", EXPORT),
    Signature(b"\xd4\xc3\xb2\xa1", "a packet capture", EXPORT),
    Signature(b"\x0a\x0d\x0d\x0a", "a packet capture", EXPORT),
    Signature(b"OggS\x00", "a sound recording", TRANSCRIPT),
    Signature(b"\x1a\x45\xdf\xa3", "a film", TRANSCRIPT),
)
# Beginnings that a text may have by chance: they count only together with a zero byte.
REFUSED_WHEN_BINARY = (
    Signature(b"MZ", "a program (Windows)", PROGRAM),
    Signature(b"BM", "a picture (BMP)", PICTURE),
    Signature(b"ID3", "a sound recording", TRANSCRIPT),
    Signature(b"WAVE", "a sound recording", TRANSCRIPT, offset=8),
    Signature(b"ftyp", "a film or sound recording", TRANSCRIPT, offset=4),
)
ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
PDF = b"%PDF-"
PDF_WITHIN = 1_024


def binary_format(data: bytes) -> str:
    """`pdf`, `docx`, or an empty string for what has to be text.

    Raises `ReadingError` for a format that is known and not read, with what to do instead.
    """
    if data.startswith(ARCHIVE):
        return _archive(data)
    if _is_pdf(data):
        return "pdf"
    for signature in REFUSED + (REFUSED_WHEN_BINARY if b"\x00" in data[:PDF_WITHIN] else ()):
        if data.startswith(signature.start, signature.offset):
            raise ReadingError(f"this is {signature.what}, which is not read", remedy=signature.remedy)
    return ""


def _is_pdf(data: bytes) -> bool:
    """A PDF's mark may follow other bytes; in a text about PDF files it does as well."""
    head = data[:PDF_WITHIN]
    return head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(PDF) or (PDF in head and b"endobj" in data)


def _archive(data: bytes) -> str:
    with opened(data) as archive:
        what = contents(archive)
    if what == "docx":
        return what
    remedy = UNPACK if what == "a ZIP archive" else SAVE_AS
    raise ReadingError(f"this is {what}, which is not read", remedy=remedy)
