"""DOCX: body, tables and notes as text; hostile packages refused; asides counted."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import (
    FEW,
    OFFICE,
    RELATIONS,
    WORD,
    assert_ends_well,
    docx,
    lines,
    paragraph,
    problems,
    table,
    zipped,
)
from weigh.errors import LimitError, ReadingError
from weigh.readers import Limits, read_bytes

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>On  the harbour</dc:title></cp:coreProperties>'
)
WORDS = st.text(st.characters(categories=("L", "Nd"), codec="utf-8"), min_size=1, max_size=8)


def notes(kind: str, text: str) -> str:
    return f'<w:{kind}s xmlns:w="{WORD}"><w:{kind} w:id="2">{paragraph(text)}</w:{kind}></w:{kind}s>'


def test_paragraphs_are_lines_and_rows_are_one_line_each() -> None:
    body = paragraph("Techniques seen:") + table([["T1566", "Phishing"], ["T1003", "Dumping"]])
    document = read_bytes(docx(body + paragraph("End &amp; more.")), "report.docx")
    assert lines(document) == ["Techniques seen:", "T1566 | Phishing", "T1003 | Dumping", "End & more."]
    assert (document.format, document.fields) == ("docx", ())


@FEW
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_every_word_is_read_in_order(paragraphs: list[list[str]]) -> None:
    body = "".join(paragraph(escape(" ".join(words))) for words in paragraphs)
    assert [line.split() for line in lines(read_bytes(docx(body), ""))] == paragraphs


def test_runs_of_one_word_stay_one_word() -> None:
    body = "<w:p><w:r><w:t>T1566</w:t></w:r><w:r><w:t>.001</w:t></w:r></w:p>"
    assert lines(read_bytes(docx(body), "")) == ["T1566.001"]


def test_text_that_was_deleted_is_gone_and_inserted_text_is_there() -> None:
    run = "<w:r><w:{0}>{1}</w:{0}></w:r>"
    deleted = f"<w:del>{run.format('delText', 'old')}</w:del>"
    body = f"<w:p>{deleted}<w:ins>{run.format('t', 'new')}</w:ins></w:p>"
    assert lines(read_bytes(docx(body), "")) == ["new"]


def test_footnotes_are_read_and_their_marks_stand_apart() -> None:
    body = '<w:p><w:r><w:t>APT40</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    document = read_bytes(docx(body, {"word/footnotes.xml": notes("footnote", "Said by two vendors.")}), "")
    assert lines(document)[0] == "APT40 [1]"
    assert lines(document)[1].startswith("Said by two vendors.")


def test_the_title_comes_from_the_properties() -> None:
    assert read_bytes(docx(paragraph("x"), {"docProps/core.xml": CORE}), "").title == "On the harbour"


@pytest.mark.parametrize(
    ("part", "kind", "notice"),
    [
        ("word/header1.xml", "hdr", "word/header1.xml: 12 characters of page headers were not read"),
        ("word/footer2.xml", "ftr", "word/footer2.xml: 12 characters of page footers were not read"),
        ("word/comments.xml", "comment", "word/comments.xml: 12 characters of comments were not read"),
    ],
)
def test_words_outside_of_the_body_are_counted(part: str, kind: str, notice: str) -> None:
    document = read_bytes(docx(paragraph("Body."), {part: notes(kind, "twelve chars")}), "")
    assert lines(document) == ["Body."]
    assert notice in problems(document)


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a SYSTEM "file:///etc/hostname">',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1/x">]>',
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/anything.bin"])
def test_entities_are_refused_in_every_part(declaration: str, part: str) -> None:
    with pytest.raises(ReadingError, match="defines XML entities") as caught:
        read_bytes(docx(paragraph("x"), {part: f"{declaration}<a>text</a>"}), "evil.docx")
    assert caught.value.place == f"evil.docx, {part}"


def test_a_main_part_without_the_usual_name_is_checked_as_well() -> None:
    hidden = zipped(
        {
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a"'
            f' Type="{OFFICE}/officeDocument" Target="word/other.dat"/></Relationships>',
            "[Content_Types].xml": "<Types/>",
            "word/other.dat": "<a>" * 100 + "</a>" * 100,
        }
    )
    with pytest.raises(LimitError, match="nested more than 64 deep"):
        read_bytes(hidden, "")


def test_an_archive_that_unpacks_to_too_much_is_refused_unread() -> None:
    bomb = docx(paragraph("x"), {"word/media/image1.xml": " " * 1_000_000})
    with pytest.raises(LimitError, match="more than 900,000 bytes when unpacked"):
        read_bytes(bomb, "", limits=Limits(expansion=900_000))


def test_an_archive_that_unpacks_to_many_times_its_size_is_refused() -> None:
    bomb = docx(paragraph("x"), {"word/media/image1.xml": " " * 6_000_000})
    with pytest.raises(LimitError, match="more than 200 times its size"):
        read_bytes(bomb, "")


@pytest.mark.parametrize(
    ("body", "limits", "words"),
    [
        (table([["x"]]) * 9, Limits(elements=50), "more than 50 XML elements"),
        ("<w:p>" * 80 + "</w:p>" * 80, Limits(), "nested more than 64 deep"),
        ("<w:p>" * 100_000 + "</w:p>" * 100_000, Limits(), "nested more than 64 deep"),
    ],
)
def test_xml_beyond_the_limits_is_refused(body: str, limits: Limits, words: str) -> None:
    with pytest.raises(LimitError, match=words):
        read_bytes(docx(body), "", limits=limits)


@pytest.mark.parametrize(
    "data",
    [
        docx(paragraph("x"))[:200],
        docx("<w:p><w:r>"),
        zipped({"word/document.xml": "<a>no body</a>"}),
        zipped({"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body/></w:document>'}),
    ],
)
def test_damaged_documents_are_errors_with_a_remedy(data: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, "broken.docx")
    assert caught.value.place.startswith("broken.docx")
    assert caught.value.remedy != ""


def test_an_encrypted_member_is_an_error() -> None:
    target = bytearray(docx(paragraph("x")))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = target.find(mark)
        while place >= 0:
            target[place + flags] |= 1
            place = target.find(mark, place + 1)
    with pytest.raises(ReadingError, match="a part of the file is damaged"):
        read_bytes(bytes(target), "")


def test_too_many_members_are_refused() -> None:
    target = io.BytesIO(docx(paragraph("x")))
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(10_001):
            archive.writestr(f"word/{number}", "")
    with pytest.raises(LimitError, match="files in one archive"):
        read_bytes(target.getvalue(), "")


@FEW
@given(st.data())
def test_a_file_cut_short_or_with_wrong_bytes_ends_well(data: st.DataObject) -> None:
    whole = bytearray(docx(paragraph("Words.") + table([["a", "b"]]), {"docProps/core.xml": CORE}))
    cut = whole[: data.draw(st.integers(4, len(whole)))] if data.draw(st.booleans()) else whole
    for place in data.draw(st.lists(st.integers(4, len(cut) - 1), max_size=8)) if len(cut) > 5 else ():
        cut[place] = data.draw(st.integers(0, 255))
    assert_ends_well(bytes(cut), "x.docx")
