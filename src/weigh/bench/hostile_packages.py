"""Hostile and odd files that are packages of parts: PDF and DOCX, each of about the bytes asked for."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from weigh.bench.hostile_texts import Make, repeated

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAGE = "/Type /Page /MediaBox [0 0 1000 800] /Resources << /Font << /F1 3 0 R >> /XObject << /X 6 0 R >> >>"
_SHOWN = b"BT /F1 11 Tf 40 700 Td (They ran scripts, T1059, from a.example.) Tj ET\n"

Objects = Mapping[int, bytes]
"""The objects of a PDF by number: 1 is the catalogue, 2 the tree of pages, 3 a font, 4 a page."""


def pdf(objects: Objects) -> bytes:
    """A PDF of the objects, over those of a sound one of one page."""
    sound = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: f"<< {_PAGE} /Parent 2 0 R /Contents 5 0 R >>".encode(),
        5: stream(_SHOWN),
    }
    parts, offsets, length = [b"%PDF-1.5\n"], {}, 9
    for number, content in sorted({**sound, **objects}.items()):
        offsets[number] = length
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        length += len(parts[-1])
    size = max(offsets) + 1
    lines = (
        b"%010d 00000 n \n" % offsets[n] if n in offsets else b"0000000000 65535 f \n" for n in range(size)
    )
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, length)
    return b"".join([*parts, b"xref\n0 %d\n" % size, *lines, trailer])


def stream(data: bytes, members: bytes = b"") -> bytes:
    """A PDF stream object with further members in its dictionary."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), members, data)


def docx(body: str, parts: Mapping[str, bytes] | None = None) -> bytes:
    """A Word package around the body's XML, with further parts by name."""
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    relation = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    members = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>'.encode(),
        "word/document.xml": document.encode(),
        **(parts or {}),
    }
    return zipped(members)


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP archive, the same bytes whenever it is made."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def paragraph(words: str) -> str:
    """A Word paragraph of one run."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def _cut(size: int) -> bytes:
    return pdf({5: stream(_SHOWN * max(size // len(_SHOWN), 1))})[:size]


def _page_circle(size: int) -> bytes:
    """A tree of pages whose branches hold each other, and the root."""
    number = max(size // 80, 2)
    branches = {
        10 + index: b"<< /Type /Pages /Kids [%d 0 R 2 0 R 4 0 R] /Count 3 >>" % (10 + (index + 1) % number)
        for index in range(number)
    }
    return pdf({2: b"<< /Type /Pages /Kids [4 0 R 10 0 R] /Count 4 >>", **branches})


def _page_chain(size: int) -> bytes:
    """A tree of pages that is one long branch."""
    number = max(size // 100, 2)
    branch = b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>"
    links = {10 + index: branch % (9 + index, 11 + index) for index in range(number)}
    last = {10 + number: f"<< {_PAGE} /Contents 5 0 R >>".encode()}
    return pdf({2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>", **links, **last})


def _same_page(size: int) -> bytes:
    number = max(size // 6, 1)
    return pdf({2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"4 0 R " * number, number)})


def _objects(size: int) -> bytes:
    return pdf({10 + index: b"<< /A [1 2 3] >>" for index in range(max(size // 60, 1))})


def _unpacking_stream(size: int) -> bytes:
    """A page whose content unpacks to many times its size, twice over."""
    packed = zlib.compress(zlib.compress(repeated(_SHOWN.decode(), 20 * size), 9), 9)
    return pdf({5: stream(packed, b"/Filter [/FlateDecode /FlateDecode]")})


def _forms_in_forms(size: int) -> bytes:
    """Drawings that draw one another ten times each, and themselves."""
    number = max(min(size // 300, 40), 2)
    used = b"/Resources << /Font << /F1 3 0 R >> /XObject << /X %d 0 R >> >>"
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + used
    forms = {
        6 + index: stream(b"/X Do\n" * 10 + _SHOWN, form % (6 + (index + 1) % number))
        for index in range(number)
    }
    return pdf({5: stream(b"/X Do\n" + _SHOWN), **forms})


def _annotations(size: int) -> bytes:
    page = f"<< {_PAGE} /Parent 2 0 R /Contents 5 0 R /Annots [{'7 0 R ' * max(size // 6, 1)}] >>"
    return pdf({4: page.encode(), 7: b"<< /Type /Annot /Subtype /Text /Rect [9 9 30 30] /Contents (x) >>"})


def _one_line_page(size: int) -> bytes:
    return pdf({5: stream(b"BT /F1 1 Tf 1 1 Td (" + repeated("T1059 ", size) + b") Tj ET")})


def _operators(size: int) -> bytes:
    return pdf({5: stream(repeated("q ", size) + _SHOWN)})


def _large_page(size: int) -> bytes:
    page = _PAGE.replace("1000 800", "1e30 1e30")
    return pdf({4: f"<< {page} /Parent 2 0 R /Contents 5 0 R /Rotate 77 /UserUnit 1e9 >>".encode()})


def _arrays(size: int) -> bytes:
    return pdf({7: b"[" * size, 1: b"<< /Type /Catalog /Pages 2 0 R /Names 7 0 R >>"})


def _false_size(size: int) -> bytes:
    """An archive whose directory states that a part has four thousand million bytes."""
    data = bytearray(docx(paragraph("T1059 " * max(size // 6, 1))))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 2**32 - 2)
    return bytes(data)


def _small_statement(size: int) -> bytes:
    """An archive whose directory states one byte for a part of many."""
    data = bytearray(docx(paragraph("T1059 " * max(size // 6, 1))))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 1)
    return bytes(data)


def _archives_in_archives(size: int) -> bytes:
    inner = zipped({"a.txt": b"\x00" * 20 * size})
    for level in range(5):
        inner = zipped({f"{level}-{copy}.zip": inner for copy in range(10)})
    return docx(paragraph("T1059"), {"word/embeddings/a.zip": inner})


def _entities(size: int) -> bytes:
    levels = max(min(size // 60, 60), 3)
    inner = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, levels))
    bomb = f'<!DOCTYPE a [<!ENTITY e0 "boom">{inner}]><a>&e{levels - 1};</a>'
    return docx(paragraph("T1059"), {"word/footnotes.xml": bomb.encode()})


def _members(size: int) -> bytes:
    return docx(paragraph("T1059"), {f"word/{index}.xml": b"<a/>" for index in range(max(size // 200, 1))})


def _nested_tables(size: int) -> bytes:
    depth = max(size // 100, 2)
    return docx("<w:tbl><w:tr><w:tc>" * depth + paragraph("T1059") + "</w:tc></w:tr></w:tbl>" * depth)


def _wide_cells(size: int) -> bytes:
    wide = '<w:tcPr><w:gridSpan w:val="100000000"/><w:vMerge/></w:tcPr>'
    row = f"<w:tr><w:tc>{wide}{paragraph('T1059')}</w:tc></w:tr>"
    return docx(f"<w:tbl>{row * max(size // len(row), 1)}</w:tbl>")


def _runs(size: int) -> bytes:
    run = "<w:r><w:t>T</w:t></w:r>"
    return docx(f"<w:p>{run * max(size // len(run), 1)}</w:p>")


def _odd_names(size: int) -> bytes:
    return docx(
        paragraph("T1059"),
        {"../../etc/passwd": b"x", "word/\x01\u202e.xml": b"<a/>", "/": b"", " ": b"x" * size},
    )


PACKAGES: Mapping[str, Make] = {
    "cut short.pdf": _cut,
    "page tree in a circle.pdf": _page_circle,
    "page tree of one branch.pdf": _page_chain,
    "one page many times.pdf": _same_page,
    "objects.pdf": _objects,
    "unpacking stream.pdf": _unpacking_stream,
    "forms in forms.pdf": _forms_in_forms,
    "annotations.pdf": _annotations,
    "one line.pdf": _one_line_page,
    "operators.pdf": _operators,
    "page without end.pdf": _large_page,
    "nested arrays.pdf": _arrays,
    "false size.docx": _false_size,
    "small statement.docx": _small_statement,
    "archives in archives.docx": _archives_in_archives,
    "entity bomb.docx": _entities,
    "members.docx": _members,
    "nested tables.docx": _nested_tables,
    "wide cells.docx": _wide_cells,
    "runs.docx": _runs,
    "odd names.docx": _odd_names,
}
