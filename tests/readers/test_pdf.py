"""PDF: text by page, and clear words where there is none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import FEW, assert_ends_well, pdf, problems
from weigh.errors import LimitError, ReadingError
from weigh.readers import Limits, read_bytes

# One character to a line looks like vertical writing to pdfium.
WORDS = ("One", "Two", "Three", "Four")
LINE = st.text(alphabet=st.characters(codec="latin-1", categories=("L", "Nd")), min_size=3, max_size=30)


def test_pages_are_separated_by_form_feeds() -> None:
    document = read_bytes(pdf([["First page."], ["Second page."]]), "report.pdf")
    assert document.text == "First page.\fSecond page."
    assert (document.format, document.pages, document.pages_without_text) == ("pdf", 2, ())


def test_the_format_is_told_by_content_not_by_name() -> None:
    assert read_bytes(pdf([["Words."]]), "report.txt").format == "pdf"


def test_a_mark_after_other_bytes_is_still_a_pdf() -> None:
    assert read_bytes(b"\n\n" + pdf([["Words."]]), "").text == "Words."


def test_a_text_about_pdf_files_is_a_text() -> None:
    assert read_bytes(b'$magic = "%PDF-1.7" // a rule', "rule").format == "text"


def test_the_title_comes_from_the_file() -> None:
    assert read_bytes(pdf([["Words."]], title="On  the harbour"), "").title == "On the harbour"


@FEW
@given(st.lists(st.lists(LINE, min_size=1, max_size=4), min_size=1, max_size=2))
def test_every_word_of_every_page_is_read(pages: list[list[str]]) -> None:
    document = read_bytes(pdf(pages), "")
    read = [page.split() for page in document.text.split("\f")]
    assert len(read) == len(pages)
    assert [sorted(words) for words in read] == [sorted(" ".join(page).split()) for page in pages]


def test_pages_without_text_are_named() -> None:
    document = read_bytes(pdf([["One."], [], [], ["Four."], []]), "")
    assert document.pages_without_text == (2, 3, 5)
    assert "pages 2 to 3 and 5: no text here" in problems(document)
    assert "OCR" in document.notices[0].remedy


@pytest.mark.parametrize(
    ("pages", "words"),
    [([[]], "the page holds no text"), ([[], [], []], "none of the 3 pages holds text")],
)
def test_a_scan_is_an_error_that_says_what_to_do(pages: Sequence[Sequence[str]], words: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(pdf(pages), "scan.pdf")
    assert words in caught.value.problem
    assert caught.value.place.startswith("scan.pdf, page")
    assert "OCR" in caught.value.remedy


def test_a_locked_file_asks_for_a_copy_without_password() -> None:
    with pytest.raises(ReadingError, match="asks for a password") as caught:
        read_bytes(pdf([["Secret."]], locked=True), "locked.pdf")
    assert caught.value.remedy == "save a copy without a password"
    assert caught.value.place == "locked.pdf"


def test_comments_and_attachments_are_counted() -> None:
    document = read_bytes(pdf([["Words."], ["More."]], comment=True, attachment=True), "")
    assert document.text == "Words.\fMore."
    assert "2 comments and form fields were not read" in problems(document)
    assert "1 attached file was not read" in problems(document)


def test_what_every_page_repeats_is_read_once_and_counted() -> None:
    pages = [
        ["TLP:CLEAR", f"Page {number} of 4", f"{word} stands here."] for number, word in enumerate(WORDS, 1)
    ]
    document = read_bytes(pdf(pages), "")
    assert document.text.count("TLP:CLEAR") == 1
    assert [page.split("\n")[-1] for page in document.text.split("\f")] == [page[-1] for page in pages]
    assert "60 characters of headers and footers were read only where they stand first" in problems(document)


def test_a_sentence_over_two_lines_is_one_line() -> None:
    first = "The actors used a spearphishing message with an attachment that installs a loader and then"
    document = read_bytes(pdf([[first, "they moved to the domain controller.", "They left."]]), "")
    assert document.text == f"{first} they moved to the domain controller.\nThey left."


def test_a_hyphen_at_a_line_end_is_undone() -> None:
    lines = [
        "They collected infor-",
        "mation from the net-",
        "works. All information of both networks is lost.",
    ]
    assert "collected information" in read_bytes(pdf([lines]), "").text.replace("\n", " ")


def test_too_many_pages_are_refused_before_they_are_read() -> None:
    with pytest.raises(LimitError, match="more than 2 pages"):
        read_bytes(pdf([["x"]] * 3), "long.pdf", limits=Limits(pages=2))


def test_too_much_text_is_refused() -> None:
    with pytest.raises(LimitError, match="more than 20 characters"):
        read_bytes(pdf([["ten letters"], ["ten letters"]]), "long.pdf", limits=Limits(characters=20))


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7 nonsense endobj", pdf([])])
def test_a_damaged_file_is_an_error_with_a_place(data: bytes) -> None:
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, "broken.pdf")
    assert caught.value.place.startswith("broken.pdf")
    assert caught.value.remedy != ""


@FEW
@given(st.data())
def test_a_file_cut_short_or_with_wrong_bytes_ends_well(data: st.DataObject) -> None:
    whole = bytearray(pdf([["First page."], ["Second page."]], title="Title"))
    cut = whole[: data.draw(st.integers(10, len(whole)))]
    for place in data.draw(st.lists(st.integers(8, len(cut) - 1), max_size=20)):
        cut[place] = data.draw(st.integers(0, 255))
    assert_ends_well(bytes(cut), "x")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from Linux's /proc")
def test_five_megabytes_stay_far_below_the_memory_that_is_allowed() -> None:
    program = """
import resource
from pathlib import Path
from tests.readers.samples import pdf
from weigh.readers import read_bytes
line = "All words of a long line that a report has, again and again. " * 2
data = pdf([[line] * 50] * 200, padding=4_000_000)
document = read_bytes(data, "")
peak = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(len(data), document.pages, peak, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    size, pages, *kilobytes = map(int, run.stdout.split())
    assert size > 5_000_000
    assert pages == 200
    assert max(kilobytes) < 400_000


def test_a_page_that_is_damaged_is_named_and_the_others_are_read() -> None:
    whole = pdf([["First page."], ["Second page."], ["Third page."]])
    document = read_bytes(whole.replace(b"\n12 0 obj\n<< /Type /Page ", b"\n12 0 obj\n<< /Type /Nope "), "")
    assert "First page." in document.text
    assert "Third page." in document.text
    assert document.pages_without_text == (2,)
    assert "page 2: damaged, not read" in problems(document)


def test_a_title_that_cannot_be_decoded_is_none() -> None:
    document = read_bytes(pdf([["Words."]], title="\xfe\xff\xd8\x00\x00x"), "")
    assert (document.title, document.text) == ("", "Words.")


def test_a_protection_that_is_not_known_is_an_error() -> None:
    strange = pdf([["Words."]], locked=True).replace(
        b"/Filter /Standard /V 1 /R 2", b"/Filter /Strange! /V 9 /R 9"
    )
    with pytest.raises(ReadingError, match="protected in an unknown way"):
        read_bytes(strange, "x")
