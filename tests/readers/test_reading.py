"""What holds for every document, whatever its format."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import FEW, QUICK, assert_ends_well, docx, paragraph, pdf, table
from weigh.errors import ReadingError
from weigh.readers import read_bytes

HTML = (
    b"<!DOCTYPE html><html><head><title>T</title></head><body><nav>menu</nav><p>APT40 used T1566.001.</p>"
    b"<table><tr><th>Id<th>Name<tr><td>T1003<td>Dumping</table><script>x()</script></body></html>"
)
STIX = json.dumps(
    {
        "type": "bundle",
        "id": "bundle--1",
        "objects": [
            {
                "type": "malware",
                "id": "malware--1",
                "name": "Loader",
                "description": "Drops \u0000 \u202e files.\r\n",
            },
            {"type": "indicator", "id": "indicator--1", "pattern": "[domain-name:value = 'x.example']"},
            {
                "type": "relationship",
                "id": "relationship--1",
                "relationship_type": "indicates",
                "source_ref": "indicator--1",
                "target_ref": "malware--1",
            },
        ],
    }
).encode()
MISP = (
    b'{"Event": {"info": "Harbour", "Attribute": [{"type": "md5", "value": "0123", "Tag": [{"name": "a"}]}]}}'
)
LAYER = b'{"name": "L", "domain": "enterprise-attack", "techniques": [{"techniqueID": "T1003", "score": 1}]}'
SAMPLES = {
    "text": b"They used T1566.001.\nAnd T1003.\n",
    "markdown": b"# Head\n\nSee [x](https://x.example) and\n\n```\ncode\n```\n",
    "html": HTML,
    "csv": b"value,kind,note\nT1003,technique,seen\nx.example,domain,\n",
    "json": b'{"a": "b", "c": ["d", {"e": "f"}]}',
    "stix": STIX,
    "misp": MISP,
    "navigator": LAYER,
    "pdf": pdf([["First page."], ["Second page."]]),
    "docx": docx(paragraph("Words.") + table([["a", "b"], ["c", "d"]])),
}
FORMATS = st.sampled_from(sorted(SAMPLES))


@pytest.mark.parametrize("form", SAMPLES)
def test_every_format_is_read_and_named(form: str) -> None:
    document = read_bytes(SAMPLES[form], "sample")
    assert document.format == form
    assert document.id == hashlib.sha256(SAMPLES[form]).hexdigest()
    assert document.bytes_read == len(SAMPLES[form])


@QUICK
@given(FORMATS, st.text(max_size=12).filter(lambda name: "." not in name))
def test_a_document_is_its_bytes_whatever_it_is_called(form: str, name: str) -> None:
    one, two = read_bytes(SAMPLES[form], "sample"), read_bytes(SAMPLES[form], name)
    assert (one, one.id, one.text, one.notices) == (two, two.id, two.text, two.notices)
    assert (one.name, two.name) == ("sample", name)


@pytest.mark.parametrize("form", SAMPLES)
def test_reading_twice_gives_the_same_document(form: str) -> None:
    assert_ends_well(SAMPLES[form], "sample")


@QUICK
@given(st.binary(max_size=300))
def test_any_bytes_end_well(data: bytes) -> None:
    assert_ends_well(data, "x")


@QUICK
@given(st.text(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html", "a.csv", "a.json", "a"]))
def test_any_text_ends_well(text: str, name: str) -> None:
    assert_ends_well(text.encode("utf-8"), name)


@QUICK
@given(FORMATS, st.data())
def test_a_sample_cut_short_ends_well(form: str, data: st.DataObject) -> None:
    whole = SAMPLES[form]
    assert_ends_well(whole[: data.draw(st.integers(0, len(whole)))], "x")


@FEW
@given(FORMATS, st.data())
def test_a_sample_with_wrong_bytes_ends_well(form: str, data: st.DataObject) -> None:
    damaged = bytearray(SAMPLES[form])
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), max_size=12)):
        damaged[place] = data.draw(st.integers(0, 255))
    assert_ends_well(bytes(damaged), "x")


@FEW
@given(FORMATS, FORMATS, st.booleans())
def test_one_sample_after_another_ends_well(first: str, second: str, line: bool) -> None:
    assert_ends_well(SAMPLES[first] + (b"\n" if line else b"") + SAMPLES[second], "x")


@FEW
@given(FORMATS, st.sampled_from(["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"]))
def test_texts_are_read_in_any_unicode_encoding(form: str, encoding: str) -> None:
    if form in {"pdf", "docx"}:
        return
    original = read_bytes(SAMPLES[form], "x")
    encoded = read_bytes(SAMPLES[form].decode().encode(encoding), "x")
    assert (encoded.text, encoded.format, encoded.fields) == (original.text, original.format, original.fields)
    assert encoded.id != original.id


@pytest.mark.parametrize("data", [b"", b"\x7fELF", b'{"a": '])
def test_an_error_names_the_file_the_problem_and_the_remedy(data: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, "harbour/report")
    assert str(caught.value).startswith("harbour/report")
    assert caught.value.problem in str(caught.value)
    assert str(caught.value).endswith(f"({caught.value.remedy})")


def test_the_heavy_libraries_are_imported_only_when_they_are_needed() -> None:
    program = """
import sys
import weigh.readers
heavy = {"pypdfium2", "mammoth", "selectolax", "charset_normalizer", "http.client", "ssl", "numpy"}
print(sorted(heavy & set(sys.modules)))
weigh.readers.read_bytes(b"They used T1566.", "a.txt")
print(sorted(heavy & set(sys.modules)))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n[]\n"
