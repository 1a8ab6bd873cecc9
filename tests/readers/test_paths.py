"""Files, folders and standard input: one result for each thing met, in order, and the rest goes on."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import FEW, docx, paragraph, pdf
from weigh.errors import ReadingError
from weigh.readers import Limits, Unread, read_path
from weigh.readers.reading import read_bytes
from weigh.records import Document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Readable and unreadable files in two folders."""
    root = tmp_path / "case"
    (root / "statements").mkdir(parents=True)
    (root / "b.txt").write_text("Words.")
    (root / "a.pdf").write_bytes(pdf([["Page."]]))
    (root / "statements" / "c.docx").write_bytes(docx(paragraph("Said.")))
    (root / "statements" / "same.txt").write_text("Words.")
    (root / "z.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (root / ".hidden.txt").write_text("Hidden.")
    (root / ".git").mkdir()
    (root / ".git" / "inside.txt").write_text("Hidden.")
    return root


def names(results: list[Document | Unread]) -> list[str]:
    return [("" if isinstance(each, Document) else "! ") + each.name for each in results]


def test_a_folder_is_read_in_the_order_of_names_and_errors_stand_in_their_place(folder: Path) -> None:
    assert names(list(read_path(folder))) == [
        *("! .git", "! .hidden.txt", "a.pdf", "b.txt", "statements/c.docx", "statements/same.txt", "! z.png"),
    ]


def test_what_was_not_read_says_why_where_and_what_to_do(folder: Path) -> None:
    unread = {each.name: each for each in read_path(folder) if isinstance(each, Unread)}
    picture, hidden = unread["z.png"], unread[".hidden.txt"]
    assert picture.problem == "this is a picture (PNG), which is not read"
    assert picture.place == str(folder / "z.png")
    assert "OCR" in picture.remedy
    assert (picture.passed_over, hidden.passed_over) == (False, True)
    assert hidden.remedy == "name it itself to read it"


def test_the_same_bytes_are_the_same_document(folder: Path) -> None:
    found = {each.name: each for each in read_path(str(folder)) if isinstance(each, Document)}
    assert found["b.txt"] == found["statements/same.txt"]
    assert found["b.txt"].id == found["statements/same.txt"].id


def test_a_file_named_itself_is_read_even_when_hidden(folder: Path) -> None:
    (document,) = read_path(folder / ".hidden.txt")
    assert isinstance(document, Document)
    assert (document.name, document.text) == (".hidden.txt", "Hidden.")


@pytest.mark.parametrize(
    ("name", "words"),
    [("none.txt", "there is no such file"), ("b.txt/inside", "cannot be read"), ("\x00", "cannot be read")],
)
def test_a_file_that_cannot_be_opened_is_one_result(folder: Path, name: str, words: str) -> None:
    (unread,) = read_path(folder / name)
    assert isinstance(unread, Unread)
    assert words in unread.problem
    assert not unread.passed_over


def test_the_place_inside_of_a_file_is_kept(folder: Path) -> None:
    (folder / "bad.json").write_text('{"a":\n tru}')
    (unread,) = read_path(folder / "bad.json")
    assert isinstance(unread, Unread)
    assert unread.place == f"{folder / 'bad.json'}, line 2"


def test_links_that_lead_out_are_passed_over_and_links_inside_are_read(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("Secret.")
    (folder / "l1").symlink_to(outside)
    (folder / "l2").symlink_to(folder / "b.txt")
    (folder / "l3").symlink_to(folder / "statements", target_is_directory=True)
    (folder / "l4").symlink_to(folder, target_is_directory=True)
    (folder / "l5").symlink_to(folder / "gone")
    (folder / "l6").symlink_to(folder / "l6")
    results = {each.name: each for each in read_path(folder)}
    assert isinstance(results["l2"], Document)
    passed = {
        name: each.problem for name, each in results.items() if isinstance(each, Unread) and name[0] == "l"
    }
    assert set(passed) == {"l1", "l3", "l4", "l5", "l6"}
    assert "leads out of the folder" in passed["l1"]
    assert "read in its own place" in passed["l3"]
    assert not any(isinstance(each, Document) and "Secret" in each.text for each in results.values())


def test_a_pipe_in_a_folder_does_not_stop_the_reading(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    results = {each.name: each for each in read_path(folder)}
    assert isinstance(results["pipe"], Unread)
    assert results["pipe"].problem == "this is not a regular file"
    assert isinstance(results["statements/same.txt"], Document)


def test_too_many_files_end_the_folder_and_say_so(folder: Path) -> None:
    results = list(read_path(folder, limits=Limits(files=2)))
    assert names(results)[2:] == ["a.pdf", "b.txt", "! case"]
    assert isinstance(results[-1], Unread)
    assert "more than 2 files" in results[-1].problem


def test_folders_nested_beyond_the_limit_are_said(folder: Path) -> None:
    results = {each.name: each for each in read_path(folder, limits=Limits(depth=0))}
    assert isinstance(results["statements"], Unread)
    assert "nested too deeply" in results["statements"].problem


def test_an_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert list(read_path(tmp_path)) == []


def test_a_file_over_the_limit_is_not_read_whole(folder: Path) -> None:
    (unread,) = read_path(folder / "b.txt", limits=Limits(bytes=3))
    assert isinstance(unread, Unread)
    assert "more than 3 bytes" in unread.problem


def test_standard_input_is_read_for_a_dash() -> None:
    (document,) = read_path("-", standard_input=io.BytesIO(b"They used T1566."))
    assert isinstance(document, Document)
    assert (document.name, document.format) == ("standard input", "text")


def test_standard_input_that_cannot_be_read_is_a_result() -> None:
    (unread,) = read_path("-", standard_input=io.BytesIO(b""))
    assert isinstance(unread, Unread)
    assert (unread.place, unread.problem) == ("standard input", "it is empty")


@FEW
@given(st.binary(max_size=60))
def test_a_file_gives_what_its_bytes_give(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("one") / "f"
    path.write_bytes(data)
    (result,) = read_path(path)
    if isinstance(result, Unread):
        with pytest.raises(ReadingError, match=re.escape(result.problem)):
            read_bytes(data, "f")
    else:
        assert result == read_bytes(data, "f")


@pytest.mark.parametrize(
    ("method", "name"),
    [("is_dir", "case"), ("iterdir", "case"), ("open", "b.txt"), ("open", "statements")],
)
def test_what_may_not_be_opened_is_a_result(
    folder: Path, monkeypatch: pytest.MonkeyPatch, method: str, name: str
) -> None:
    def forbidden(*args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, method, forbidden)
    start = folder if name == "case" else folder / name
    unread = [each for each in read_path(start) if isinstance(each, Unread)]
    assert len(unread) >= 1
    assert all("may not read" in each.problem or "Permission denied" in each.problem for each in unread)


def test_a_stream_that_breaks_is_a_result() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    (unread,) = read_path("-", standard_input=Broken())
    assert isinstance(unread, Unread)
    assert unread.problem == "cannot be read: Input/output error"
