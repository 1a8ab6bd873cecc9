"""PDFium by itself: what it takes, how it ends, and that a sound PDF gives what it always gave."""

from __future__ import annotations

import ast
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import FEW, attempted, pdf, problems
from weigh.errors import LimitError, ReadingError
from weigh.readers import Limits, pdf_process, pdfium, read_bytes
from weigh.readers.pdf_process import Broken, Opened, Page, Refused, Rest, records

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "examples/harbour/documents/vendor-report.pdf"
LITTLE = Limits(memory=200_000_000, seconds=20)
SOUND = pdf([["First page."], ["Second page."]], title="Title")
ALIVE = '{"type": "opened", "pages": 2}\n{"type": "page", "text": "One.", "annotations": 0}\n'
LATIN = st.text(alphabet=st.characters(codec="latin-1", categories=("L", "Nd")), max_size=30)
needs_signals = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no signals, and no bounds here"
)


@pytest.mark.parametrize("drawings", [2, 3, 40])
def test_drawings_that_draw_one_another_end_in_an_error_with_its_page(drawings: int) -> None:
    data = pdf([["First page."]], circling=[0], drawings=drawings)
    with pytest.raises(LimitError, match="reading it takes more than") as caught:
        read_bytes(data, "circle.pdf", limits=LITTLE)
    assert caught.value.place == "circle.pdf, page 1"
    assert "give the text itself" in caught.value.remedy


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(LimitError, match="takes more than 1 second, the most") as caught:
        read_bytes(pdf([["x"]], circling=[0]), "circle.pdf", limits=Limits(memory=4_000_000_000, seconds=1))
    assert caught.value.place == "circle.pdf, page 1"


@needs_signals
def test_the_bound_on_memory_that_everybody_has_holds() -> None:
    with pytest.raises(LimitError, match="more than 1,000 MB of memory"):
        read_bytes(pdf([["x"]], circling=[0]), "circle.pdf")


def test_the_pages_before_are_kept_and_the_others_are_named() -> None:
    pages = [["First page."], ["Second page."], ["Third page."], ["Fourth page."]]
    document = read_bytes(pdf(pages, circling=[2]), "circle.pdf", limits=LITTLE)
    assert document.text == "First page.\fSecond page.\f\f"
    assert (document.pages, document.pages_without_text) == (4, (3, 4))
    assert "pages 3 to 4: not read: reading it takes more than" in problems(document)
    assert "no text here" not in problems(document)


def test_without_any_words_before_it_the_page_is_an_error() -> None:
    with pytest.raises(LimitError) as caught:
        read_bytes(pdf([[], ["x"], ["y"]], circling=[1]), "circle.pdf", limits=LITTLE)
    assert caught.value.place == "circle.pdf, page 2"


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Run these lines of Python in the place of PDFium."""

    def run(lines: str) -> None:
        program = tmp_path / "instead.py"
        program.write_text(f"import os, sys, time\nalive = {ALIVE!r}\n{lines}\n")
        monkeypatch.setattr(pdf_process, "PROGRAM", program)

    return run


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("sys.exit(7)", "ended with code 7"),
        ("sys.exit(0)", "ended with code 0"),
        ("raise ValueError", "ended with code 1"),
        ("import nothing_of_this_name", "ended with code 1"),
        ("sys.exit(3)", "more than 200 MB of memory"),
        ("print('nonsense')", "ended with code 0"),
        ('print(\'{"type": "page", "text": 7, "annotations": 0}\')', "ended with code 0"),
        ('sys.stdout.buffer.write(b\'{"type": "refused", "reason": "\\xff"}\\n\')', "ended with code 0"),
        ("sys.stdin.close(); os.close(0); sys.exit(9)", "ended with code 9"),
        pytest.param("os.kill(os.getpid(), 9)", "ended by signal 9", marks=needs_signals),
        pytest.param("os.kill(os.getpid(), 11)", "ended by signal 11", marks=needs_signals),
        pytest.param("os.abort()", "more than 200 MB of memory", marks=needs_signals),
        pytest.param(
            "import signal; os.kill(os.getpid(), signal.SIGXCPU)", "20 seconds", marks=needs_signals
        ),
    ],
)
@pytest.mark.parametrize("size", [0, 3_000_000])
def test_a_process_that_breaks_down_is_an_error_that_says_how(
    instead: Callable[[str], None], lines: str, words: str, size: int
) -> None:
    instead(lines)
    with pytest.raises(ReadingError, match=words) as caught:
        read_bytes(pdf([["x"]], padding=size), "a.pdf", limits=LITTLE)
    assert caught.value.place == "a.pdf"
    assert caught.value.remedy != ""


@pytest.mark.parametrize(
    "lines",
    [
        *("time.sleep(1_000)", "sys.stdin.buffer.read(); time.sleep(1_000)"),
        *("sys.stdin.close(); os.close(0); time.sleep(1_000)", "os.close(1); time.sleep(1_000)"),
        "while True: pass",
    ],
)
def test_a_process_that_says_nothing_is_ended(instead: Callable[[str], None], lines: str) -> None:
    instead(lines)
    with pytest.raises(LimitError, match="more than 1 second"):
        read_bytes(pdf([["x"]], padding=3_000_000), "a.pdf", limits=Limits(seconds=1))


@pytest.mark.parametrize(
    "end", ["", "print('{\"type\": \"pa', end='')", "print('nonsense', flush=True); time.sleep(1_000)"]
)
def test_what_came_before_the_breakdown_is_kept(instead: Callable[[str], None], end: str) -> None:
    instead(f"print(alive, end='', flush=True); {end}")
    document = read_bytes(SOUND, "a.pdf", limits=Limits(seconds=1))
    assert document.text == "One.\f"
    assert "page 2: not read: " in problems(document)


def test_a_breakdown_after_the_last_page_loses_no_page(instead: Callable[[str], None]) -> None:
    instead("print(alive, end=''); print(alive.splitlines()[1]); sys.exit(5)")
    document = read_bytes(SOUND, "a.pdf")
    assert (document.text, document.pages_without_text) == ("One.\fOne.", ())
    assert "after the last page: title and attached files not read" in problems(document)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("while True: print(alive.splitlines()[1])", "more than 0 pages"),
        ("print(alive, end='')\nwhile True: print(alive.splitlines()[1])", "more than 2 pages"),
        ("print(alive.replace('One.', 'x' * 101))", "more than 100 characters"),
        ("print(alive.replace('One.', 'x' * 2_000_000))", "ended with code"),
        ("print(alive.replace('2', '2_001'))", "ended with code"),
        ("print(alive.replace('2', '2001'))", "more than 2,000 pages"),
        ('print(\'{"type": "rest", "title": "", "attachments": 0}\')', "the PDF has no pages"),
    ],
)
def test_a_process_that_tells_too_much_is_not_believed(
    instead: Callable[[str], None], lines: str, words: str
) -> None:
    instead(lines)
    with pytest.raises(ReadingError, match=words):
        read_bytes(SOUND, "a.pdf", limits=Limits(characters=100))


def test_words_for_other_readers_reach_neither_the_terminal_nor_the_document(
    instead: Callable[[str], None], capfd: pytest.CaptureFixture[str]
) -> None:
    instead("print('loud', file=sys.stderr); print(alive, end='', flush=True); os.abort()")
    assert read_bytes(SOUND, "a.pdf", limits=LITTLE).text == "One.\f"
    assert capfd.readouterr() == ("", "")


@needs_signals
def test_who_stops_asking_ends_the_process(instead: Callable[[str], None]) -> None:
    instead('print(\'{"type": "opened", "pages": %d}\' % os.getpid(), flush=True); time.sleep(1_000)')
    with closing(records(SOUND, LITTLE)) as told:
        opened = next(told)
    assert isinstance(opened, Opened)
    with pytest.raises(ProcessLookupError):
        os.kill(opened.pages, signal.SIGTERM)


@pytest.mark.parametrize("executable", ["", "/no/such/python"])
def test_without_python_the_error_says_so(monkeypatch: pytest.MonkeyPatch, executable: str) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadingError, match="the process that reads PDFs cannot be started"):
        read_bytes(SOUND, "a.pdf")


def test_a_library_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "LIBRARIES", ("no_such_library",))
    assert list(records(SOUND, LITTLE)) == [Broken("the process that read it ended with code 1", False)]


def test_nothing_in_the_folder_or_the_environment_runs_in_the_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = read_bytes(SOUND, "a.pdf")
    for name in ("json", "pypdfium2", "threading", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert read_bytes(SOUND, "a.pdf") == before


def test_the_program_imports_nothing_of_ours_so_that_it_starts_fast() -> None:
    tree = ast.parse(pdf_process.PROGRAM.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= {*sys.stdlib_module_names, "pypdfium2"}


def test_the_library_is_not_loaded_here() -> None:
    program = """
import sys
from tests.readers.samples import pdf
from weigh.readers import read_bytes
read_bytes(pdf([["Words."]]), "")
print(sorted({"pypdfium2", "pypdfium2_raw", "multiprocessing"} & set(sys.modules)))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


@FEW
@given(st.lists(st.lists(LATIN, max_size=3), min_size=1, max_size=3), LATIN, st.integers(0, 200))
def test_the_process_tells_what_the_library_tells(
    pages: Sequence[Sequence[str]], title: str, room: int
) -> None:
    data = pdf(pages, title=title, comment=True, attachment=True)
    told = list(records(data, Limits(characters=room)))
    assert [msgspec.to_builtins(record) for record in told] == list(pdfium.records(data, room))
    assert isinstance(told[-1], Rest | Refused)
    assert sum(len(each.text or "") for each in told if isinstance(each, Page)) <= room


def test_a_file_is_refused_for_its_own_fault_whatever_was_read_before() -> None:
    alone = attempted(pdf([]), "x")
    attempted(pdf([["Secret."]], locked=True), "x")
    assert attempted(pdf([]), "x") == alone == ("the PDF is damaged or cut short", "x")


def test_a_report_is_read_as_it_was_before_the_process_was(snapshot: Callable[[str, str], None]) -> None:
    document = read_bytes(REPORT.read_bytes(), REPORT.name)
    snapshot(
        "vendor-report.json", msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"
    )


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("aa20-302a.pdf", "e0080c02e811f53786e497e49e23b7febeda30b6d0f82e9f337230879f3e7cbb"),
        ("jar-16-20296a.pdf", "301d60442e44889963c61b859c7da4966fd1cfe4cf76e668b3e936a5cc9e2f87"),
    ],
)
def test_real_reports_are_read_as_they_were_before_the_process_was(
    shared: Path, name: str, digest: str
) -> None:
    path = shared / "corpus/formats" / name
    if not path.is_file():
        pytest.skip(f"no {path}")
    document = read_bytes(path.read_bytes(), name)
    assert hashlib.sha256(msgspec.json.encode(document)).hexdigest() == digest


@needs_signals
@pytest.mark.parametrize(("lower", "memory"), [(None, 500_000_000), (400_000_000, 400_000_000)])
def test_a_process_takes_bounds_no_wider_than_it_has(lower: int | None, memory: int) -> None:
    program = f"""
import resource, sys
from weigh.readers.pdfium import bound
if {lower}: resource.setrlimit(resource.RLIMIT_AS, ({lower}, {lower}))
bound(500_000_000, 30)
kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE)
print(*(resource.getrlimit(kind)[0] for kind in kinds))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split()[1:] == ["30", "0"]
    assert run.stdout.split()[0] == str(memory) or sys.platform == "darwin"


@needs_signals
@pytest.mark.parametrize(("used", "code"), [(0, 0), (400_000_000, pdfium.NO_MEMORY)])
def test_where_memory_cannot_be_bounded_its_use_is_watched(used: int, code: int) -> None:
    program = f"""
import time
from weigh.readers.pdfium import watch
watch(200_000_000)
held = b"x" * {used}
time.sleep(20 if {used} else 0.2)
"""
    # Linux counts the memory of the process that starts another as the other's: a small one stands between.
    between = "import subprocess, sys; sys.exit(subprocess.call([sys.executable, '-c', sys.argv[1]]))"
    assert subprocess.run([sys.executable, "-c", between, program], check=False).returncode == code


@needs_signals
def test_the_watch_sees_what_the_library_takes(instead: Callable[[str], None]) -> None:
    # As on macOS; the system's bound, far wider, is there in case that the watch sees nothing.
    instead(f"""
import importlib.util
spec = importlib.util.spec_from_file_location("program", {str(pdf_process.PROGRAM)!r})
program = importlib.util.module_from_spec(spec)
spec.loader.exec_module(program)
system, program.NO_MEMORY = program.bound, 77
program.bound = lambda memory, seconds: (system(2_000_000_000, seconds), program.watch(memory))
program.main()
""")
    with pytest.raises(ReadingError, match="ended with code 77") as caught:
        read_bytes(pdf([["x"]], circling=[0]), "circle.pdf", limits=LITTLE)
    assert caught.value.place == "circle.pdf, page 1"
