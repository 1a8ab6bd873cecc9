"""Formats are told by content; the name decides only between formats that fit alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK, docx, paragraph, pdf, read_json, read_text, zipped
from weigh.errors import ReadingError
from weigh.readers import read_bytes
from weigh.readers.recognition import text_format
from weigh.readers.signatures import REFUSED, REFUSED_WHEN_BINARY, Signature

LAYER = '{"name": "a", "domain": "enterprise-attack", "techniques": []}'
MARKDOWN = "# Head\n\nSee [this](https://x.example/a).\n"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Plain words.", "", "text"),
        ("Plain words.", "a.md", "markdown"),
        ("Plain words.", "a.MARKDOWN", "markdown"),
        ("Plain words.", "a.html", "text"),
        ("Plain words.", "a.csv", "text"),
        (MARKDOWN, "", "markdown"),
        (MARKDOWN, "a.txt", "text"),
        ("# A comment of a script\nx = 1\n", "", "text"),
        ("```\ncode\n```\n# Head\n", "-", "markdown"),
        ("<!DOCTYPE html><p>x", "a.txt", "html"),
        ("\n <!-- saved --> <html><body>x", "", "html"),
        ("<?xml version='1.0'?><html xmlns='x'><p>y</p></html>", "", "html"),
        ("<p>A fragment.</p>", "", "html"),
        ("<p align='center'>Logo</p>\n\n# Head", "README.md", "markdown"),
        ("<p>Logo</p>\n\n" + MARKDOWN, "", "markdown"),
        ("Saved from the web\n<html><body><p>x</p></body></html>", "", "html"),
        ("words <b>and</b> tags", "a.htm", "html"),
        ("words <b>and</b> tags", "a.txt", "text"),
        ("<?xml version='1.0'?><rss><title>a</title><![CDATA[b]]></rss>", "", "text"),
        ("<unknown>x</unknown>", "", "text"),
        (LAYER, "", "json"),
        (LAYER, "a.dat", "json"),
        ('["a"]', "", "json"),
        ("[]", "", "json"),
        ("[1] A footnote.", "", "text"),
        ("[link](https://x.example)", "", "text"),
        ("{not json}", "", "text"),
        (LAYER, "a.txt", "text"),
        ("value,kind\nT1566,technique\n", "", "csv"),
        ("kind;Value\ntechnique;T1566\n", "a.txt", "csv"),
        ("a,b\n1,2\n", "a.csv", "csv"),
        ("a\tb\n1\t2\n", "a.tsv", "csv"),
        ("a,b\n1,2\n", "", "text"),
        ("The value, the kind and the rest.\n", "", "text"),
    ],
)
def test_texts(text: str, name: str, expected: str) -> None:
    assert text_format(text, name) == expected


@QUICK
@given(st.sampled_from(["", "a.txt", "a.pdf", "a.html", "a.json", "a.csv", "a.docx", "a.exe"]))
def test_a_name_cannot_change_what_the_bytes_are(name: str) -> None:
    assert read_bytes(pdf([["Words."]]), name).format == "pdf"
    assert read_bytes(docx(paragraph("Words.")), name).format == "docx"
    assert read_text("<!doctype html><p>Words.", name).format == "html"


@pytest.mark.parametrize("signature", REFUSED, ids=lambda signature: signature.what)
def test_known_formats_that_are_not_read_are_named_with_a_remedy(signature: Signature) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(b"\x00" * signature.offset + signature.start + b" more", "thing.pdf")
    assert caught.value.problem == f"this is {signature.what}, which is not read"
    assert caught.value.remedy == signature.remedy
    assert caught.value.place == "thing.pdf"


@pytest.mark.parametrize("signature", REFUSED_WHEN_BINARY, ids=lambda signature: signature.what)
def test_short_signatures_count_only_in_binary_files(signature: Signature) -> None:
    beginning = b"word" * 4
    start = beginning[: signature.offset] + signature.start
    assert read_bytes(start + b" and other words", "").format == "text"
    with pytest.raises(ReadingError, match="which is not read"):
        read_bytes(start + b"\x00\x01", "")


@pytest.mark.parametrize(
    ("member", "words", "remedy"),
    [
        ("xl/workbook.xml", "an Excel workbook", "save it as DOCX"),
        ("ppt/presentation.xml", "a PowerPoint", "save it as DOCX"),
        ("content.xml", "an OpenDocument file", "save it as DOCX"),
        ("report.txt", "a ZIP archive", "unpack it"),
    ],
)
def test_archives_say_what_they_hold(member: str, words: str, remedy: str) -> None:
    with pytest.raises(ReadingError, match=f"this is {words}") as caught:
        read_bytes(zipped({member: "<a/>"}), "")
    assert remedy in caught.value.remedy


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"<html></html>", b"[]", b"\x00\x00"])
def test_nothing_to_read_is_an_error(data: bytes) -> None:
    with pytest.raises(ReadingError, match=r"it is empty|there is no text in it") as caught:
        read_bytes(data, "void")
    assert caught.value.place in {"void", "void, line 1"}
    assert caught.value.exit_code == 3


def test_json_in_utf16_is_json() -> None:
    data = LAYER.replace('"a"', '"Hafen"').encode("utf-16")
    assert read_bytes(data, "").format == "navigator"


def test_a_list_of_words_is_json_with_a_line_for_each() -> None:
    assert read_json(["a", "b"]).text == "item: a\nitem: b\n"
