"""What is no case, or no longer a sound one, is refused in words, and left exactly as it was."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import sample
from weigh.case import rows, schema
from weigh.case.store import CaseStore
from weigh.errors import CaseError

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with two documents, judgements and a description."""
    path = tmp_path_factory.mktemp("sound") / "sound.weigh"
    with CaseStore.open(path) as store:
        for document in sample.documents():
            seen = [one for one in sample.observations() if one.document == document.id]
            store.add(document, seen, "sample")
        for judgement in sample.judgements():
            store.judge(judgement)
        store.title = "Vessmar harbour"
        store.describe(sample.documents()[1].id, tlp="green")
    return path


def _fingerprint(folder: Path) -> dict[str, str]:
    return {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.iterdir() if one.is_file()
    }


def _refused(path: Path, problem: str) -> None:
    """Opening fails, in every way there is to open, with the name and a remedy; nothing changes."""
    before = _fingerprint(path.parent)
    for create in (True, False):
        for read_only in (True, False):
            with pytest.raises(CaseError, match=problem) as error:
                CaseStore.open(path, create=create, read_only=read_only)
            assert str(path) in str(error.value)
            assert error.value.remedy != ""
            assert error.value.exit_code == 3
    assert _fingerprint(path.parent) == before


def _no_bytes(_: bytes) -> bytes:
    return b""


FOREIGN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (_no_bytes, "not a case file"),
    "text": (lambda _: b"Incident at the port of Vessmar\n" * 9, "not a case file"),
    "header cut": (lambda data: data[:99], "not a case file"),
    "header alone": (lambda data: data[:100], "damaged"),
    "first page alone": (lambda data: data[:4096], "damaged"),
    "half": (lambda data: data[: len(data) // 2], "damaged"),
    "last byte lost": (lambda data: data[:-1], "damaged"),
    "magic broken": (lambda data: b"x" + data[1:], "not a case file"),
    "noise after the header": (lambda data: data[:100] + bytes(range(256)) * (len(data) // 256), "damaged"),
    "newer format": (
        lambda data: data[:60] + (2).to_bytes(4, "big") + data[64:],
        "has format 2.*newer Weigh",
    ),
    "format 0": (lambda data: data[:60] + bytes(4) + data[64:], "has format 0"),
    "other application": (lambda data: data[:68] + b"GPKG" + data[72:], "another program's database"),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_what_is_no_sound_case_is_refused_untouched(tmp_path: Path, sound: Path, kind: str) -> None:
    harm, problem = FOREIGN[kind]
    path = tmp_path / "harmed.weigh"
    path.write_bytes(harm(sound.read_bytes()))
    _refused(path, problem)


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_another_programs_database_is_refused_untouched(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "addresses.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}").fetchall()
        connection.execute("CREATE TABLE people (name TEXT)")
    _refused(path, "another program's database")


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER judgements_no_delete",
        "CREATE TRIGGER extra AFTER INSERT ON documents BEGIN DELETE FROM observations; END",
        "CREATE VIEW people AS SELECT 1",
        "ALTER TABLE reads ADD COLUMN note TEXT",
        "DROP TABLE claims",
    ],
)
def test_altered_tables_are_refused_untouched(tmp_path: Path, sound: Path, change: str) -> None:
    path = tmp_path / "altered.weigh"
    shutil.copy(sound, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(change)
    _refused(path, "altered")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.weigh"
    for create, read_only in ((False, False), (False, True), (True, True)):
        with pytest.raises(CaseError, match="no such case") as error:
            CaseStore.open(path, create=create, read_only=read_only)
        assert str(path) in str(error.value)
    with pytest.raises(CaseError, match="folder does not exist"):
        CaseStore.open(tmp_path / "none" / "none.weigh")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="not a file"):
        CaseStore.open(tmp_path)


def _everything(path: Path) -> bytes:
    with CaseStore.open(path, create=False, read_only=True) as store:
        contents = store.contents()
        return msgspec.json.encode((contents, store.reads()))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage_is_noticed_or_harmless(tmp_path: Path, sound: Path, data: st.DataObject) -> None:
    """Wherever bytes are overwritten: the same contents come back, or a `CaseError`; the file stays."""
    whole = sound.read_bytes()
    length = data.draw(st.sampled_from((1, 4, 64, 4096)))
    start = data.draw(st.integers(0, len(whole) - length))
    noise = data.draw(
        st.binary(min_size=length, max_size=length) if length < 4096 else st.just(bytes(length))
    )
    path = tmp_path / "harmed.weigh"
    path.write_bytes(whole[:start] + noise + whole[start + length :])
    before = _fingerprint(tmp_path)
    contents = None
    with suppress(CaseError):
        contents = _everything(path)
    assert contents in (None, _everything(sound))
    assert _fingerprint(tmp_path) == before


def test_a_log_left_by_a_dead_writer_is_taken_up(tmp_path: Path, sound: Path) -> None:
    """The newest document stands in the log alone: the file and its log, copied from a living writer."""
    path, dead = tmp_path / "living.weigh", tmp_path / "dead" / "living.weigh"
    dead.parent.mkdir()
    shutil.copy(sound, path)
    with CaseStore.open(path) as living:
        living.title = "only in the log"
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", f"{dead}{suffix}")
    assert b"only in the log" not in dead.read_bytes()
    with CaseStore.open(dead, create=False, read_only=True) as store:
        assert store.title == "only in the log"
    assert [one.name for one in dead.parent.iterdir()] == [dead.name]


def test_a_text_that_unpacks_to_more_than_it_says_is_refused() -> None:
    bomb, length = zlib.compress(bytes(50_000_000)), 1000
    with pytest.raises(CaseError, match="stated length"):
        rows.unpacked(bomb, length, "case")
    with pytest.raises(CaseError, match="longer than a case allows"):
        rows.unpacked(bomb, rows.TEXT_BYTES + 1, "case")
    with pytest.raises(CaseError, match="cannot be read"):
        rows.unpacked(b"no zlib", 7, "case")


def test_a_second_maker_does_not_undo_the_first(tmp_path: Path) -> None:
    path = tmp_path / "harbour.weigh"
    with CaseStore.open(path) as store:
        store.title = "first"
    schema.create(path)
    with CaseStore.open(path) as store:
        assert store.title == "first"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_file_system_without_links_still_gets_a_whole_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "harbour.weigh"
    for title in ("first", "second"):
        with CaseStore.open(path) as store:
            store.title = title
    schema.create(path)
    with CaseStore.open(path) as store:
        assert store.title == "second"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_case_that_another_program_holds_says_so(
    tmp_path: Path, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weigh.case.opening.BUSY_SECONDS", 0.0)
    path = tmp_path / "held.weigh"
    shutil.copy(sound, path)
    with CaseStore.open(path) as one, CaseStore.open(path) as other, one._change():
        assert len(other.documents()) == 2
        with pytest.raises(CaseError, match="another program is writing"):
            other.title = "mine"


READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from weigh.case.store import CaseStore
from weigh.errors import CaseError
CaseStore.open(Path(sys.argv[1]), create=False, read_only=True).close()  # loads what root alone may read
if os.getuid() == 0:
    os.setgid({nobody})
    os.setuid({nobody})
path = Path(sys.argv[1])
with CaseStore.open(path, create=False, read_only=True) as store:
    sys.stdout.write(f"{{len(store.documents())}} documents;")
for target in (path, path.with_name("new.weigh")):
    try:
        CaseStore.open(target)
    except CaseError as error:
        sys.stdout.write(f"{{error.problem}};")
"""


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    """A folder that everybody may look into, outside pytest's private ones."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions work otherwise there")
def test_a_folder_that_cannot_be_written_can_be_read(locked_folder: Path, sound: Path) -> None:
    path = locked_folder / "harbour.weigh"
    shutil.copy(sound, path)
    path.chmod(0o444)
    locked_folder.chmod(0o555)
    code = READ_AS_NOBODY.format(nobody=NOBODY)
    done = subprocess.run(
        [sys.executable, "-c", code, path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "2 documents;the case cannot be written here;its folder cannot be written;"
    assert [one.name for one in locked_folder.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE observations SET record = 'text'",
        "UPDATE observations SET record = x'00'",
        "UPDATE observations SET crc = 1",
        "UPDATE observations SET document = 2 WHERE document = 1",
        "UPDATE documents SET about = 7",
        "UPDATE documents SET text_bytes = 'many'",
        "UPDATE documents SET text_bytes = text_bytes - 1",
        "UPDATE documents SET text = zeroblob(9)",
        "UPDATE documents SET number = number + 7",
        "UPDATE properties SET record = 'title'",
        "DELETE FROM documents WHERE number = 2",
    ],
)
def test_rows_that_another_program_changed_are_refused(tmp_path: Path, sound: Path, harm: str) -> None:
    path = tmp_path / "changed.weigh"
    shutil.copy(sound, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(harm)
    with pytest.raises(CaseError, match="damaged") as error:
        _everything(path)
    assert error.value.place == str(path)


def test_a_record_with_its_checksum_and_another_shape_is_refused(tmp_path: Path, sound: Path) -> None:
    path = tmp_path / "changed.weigh"
    shutil.copy(sound, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        record = b'{"other": 1}'
        connection.execute("UPDATE observations SET record = ?, crc = ?", (record, zlib.crc32(record)))
    with pytest.raises(CaseError, match="a record cannot be read"):
        _everything(path)


@pytest.mark.parametrize("logged", [False, True])
def test_without_the_right_to_write_it_is_read_as_it_lies(
    tmp_path: Path, sound: Path, monkeypatch: pytest.MonkeyPatch, logged: bool
) -> None:
    path = tmp_path / "harbour.weigh"
    shutil.copy(sound, path)
    with CaseStore.open(path) as living:
        if logged:
            living.title = "only in the log"
        monkeypatch.setattr(os, "access", lambda *_: False)
        with CaseStore.open(path, read_only=True) as store:
            assert store.title == ("only in the log" if logged else "Vessmar harbour")
        with pytest.raises(CaseError, match="cannot be written here"):
            CaseStore.open(path)
        with pytest.raises(CaseError, match="its folder cannot be written"):
            CaseStore.open(tmp_path / "new.weigh")


def test_a_full_disk_says_so(tmp_path: Path, sound: Path) -> None:
    path = tmp_path / "full.weigh"
    shutil.copy(sound, path)
    with CaseStore.open(path) as store:
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}").fetchone()
        with pytest.raises(CaseError, match=r"full.*see that the disk has room"):
            store.title = "x" * 100_000
        assert store.title == "Vessmar harbour"
