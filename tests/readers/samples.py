"""Small documents of every format, made byte by byte, and what several tests ask of them."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Collection, Mapping, Sequence

import msgspec
from hypothesis import settings
from hypothesis import strategies as st

from weigh.errors import ReadingError
from weigh.readers import read_bytes
from weigh.readers.encoding import UNPRINTABLE, tidy
from weigh.records import Document

# Speed is measured elsewhere; a busy machine must not fail a test.
QUICK = settings(deadline=None, max_examples=60)
FEW = settings(deadline=None, max_examples=25)

# Values of any shape, small, with strings that may be taken for ids.
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["a--1", "b--2"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pdf(
    pages: Sequence[Sequence[str]],
    *,
    title: str = "",
    locked: bool = False,
    comment: bool = False,
    attachment: bool = False,
    padding: int = 0,
    circling: Collection[int] = (),
    drawings: int = 2,
) -> bytes:
    """A PDF of Latin-1 lines in Helvetica, one text object a line, and `padding` bytes of no use.

    The pages `circling`, from 0, show `drawings` that draw one another ten times each, without end. That
    takes PDFium all memory: it is read only in a process of its own with little of it.
    """
    names = "/Names << /EmbeddedFiles << /Names [(a.txt) 5 0 R] >> >>" if attachment else ""
    kids = " ".join(f"{10 + 2 * index} 0 R" for index in range(len(pages)))
    objects: dict[int, bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {names} >>".encode(),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: f"<< /Title ({title}) >>".encode("latin-1"),
        5: b"<< /Type /Filespec /F (a.txt) /EF << /F 6 0 R >> >>",
        6: b"<< /Type /EmbeddedFile /Length %d >>\nstream\n%s\nendstream" % (padding, b"x" * padding),
        7: b"<< /Type /Annot /Subtype /Text /Rect [9 9 30 30] /Contents (a remark) >>",
        8: b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>",
    }
    annotations = "/Annots [7 0 R]" if comment else ""
    objects |= {
        1_000 + index: _drawing(1_000 + (index + 1) % drawings)
        for index in range(drawings if circling else 0)
    }
    for index, lines in enumerate(pages):
        stream = b"\n".join(_shown(line, 780 - 14 * row) for row, line in enumerate(lines))
        drawn = " /XObject << /X 1000 0 R >>" if index in circling else ""
        stream += b"\n/X Do" if index in circling else b""
        objects[10 + 2 * index] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1000 800] /Contents {11 + 2 * index} 0 R"
            f" /Resources << /Font << /F1 3 0 R >>{drawn} >> {annotations} >>"
        ).encode()
        objects[11 + 2 * index] = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
    return _assembled(objects, locked=locked)


def _drawing(other: int) -> bytes:
    """A form that draws another one ten times."""
    members = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % other
    )
    content = b"/X Do\n" * 10 + b"0 0 m 9 9 l S"
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), members, content)


def _shown(line: str, height: int) -> bytes:
    escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 11 Tf 40 {height} Td ({escaped}) Tj ET".encode("latin-1")


def _assembled(objects: Mapping[int, bytes], *, locked: bool) -> bytes:
    parts = [b"%PDF-1.4\n"]
    offsets = {}
    length = len(parts[0])
    for number, content in sorted(objects.items()):
        offsets[number] = length
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        length += len(parts[-1])
    size = max(objects) + 1
    table = b"".join(
        b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
        for number in range(size)
    )
    lock = b" /Encrypt 8 0 R /ID [<41414141> <41414141>]" if locked else b""
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R%s >>\n" % (size, lock)
    return b"".join([*parts, b"xref\n0 %d\n%s%sstartxref\n%d\n%%%%EOF\n" % (size, table, trailer, length)])


def paragraph(text: str) -> str:
    """A Word paragraph of one run."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Word table of one paragraph a cell."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """A Word package around the body's XML, with further parts by name."""
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    relation = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{relation}</Relationships>',
            "word/document.xml": document,
            **(parts or {}),
        }
    )


def zipped(members: Mapping[str, str]) -> bytes:
    """A ZIP archive of texts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return target.getvalue()


def read_text(text: str, name: str = "") -> Document:
    """Read a text as UTF-8."""
    return read_bytes(text.encode("utf-8"), name)


def read_json(value: object, name: str = "") -> Document:
    """Read a value as JSON."""
    return read_bytes(json.dumps(value).encode("utf-8"), name)


def lines(document: Document) -> list[str]:
    """The lines of the text that are not empty."""
    return [line for line in document.text.split("\n") if line != ""]


def problems(document: Document) -> str:
    """All that the document's notices say, one a line."""
    return "\n".join(f"{notice.place}: {notice.problem}" for notice in document.notices)


def resolved(value: object, pointer: str) -> object:
    """What an RFC 6901 pointer points to in a decoded JSON value."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]  # type: ignore[index]
    return value


def assert_fields_lead_back(document: Document, value: object) -> None:
    """Every field's span is the text of the value that its pointer points to, and spans do not overlap."""
    end = 0
    for field in document.fields:
        assert field.span.start >= end
        end = field.span.end
        assert field.span.of(document.text) == tidy(str(resolved(value, field.pointer)))
    assert end <= len(document.text)


def assert_ends_well(data: bytes, name: str) -> None:
    """Reading gives a document, twice the same and fit to be stored, or an error with its place."""
    first, second = attempted(data, name), attempted(data, name)
    assert first == second
    if isinstance(first, Document):
        assert first.id == hashlib.sha256(data).hexdigest()
        assert first.bytes_read == len(data)
        assert first.text.strip() != ""
        assert UNPRINTABLE.search(first.text) is None
        assert msgspec.json.decode(msgspec.json.encode(first), type=Document) == first
        assert all(field.span.end <= len(first.text) for field in first.fields)
    else:
        problem, place = first
        assert problem != ""
        assert place.startswith(name)


def attempted(data: bytes, name: str) -> Document | tuple[str, str]:
    """The document, or what is the matter and where."""
    try:
        return read_bytes(data, name)
    except ReadingError as error:
        return error.problem, error.place
