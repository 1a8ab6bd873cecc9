"""The cache: whole or absent, rebuilt and said when damaged, and safe for two processes at once."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.compiling import bundles as b
from tests.compiling.compilers import open_in_a_process, quick
from weigh.compiling import cache
from weigh.compiling.build import Inputs, Progress
from weigh.errors import KnowledgeError
from weigh.knowledge.store import MANIFEST, Knowledge


def silent(step: str, share: float) -> None:
    """No progress wanted."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache, not there yet, that a quick compiler fills."""
    monkeypatch.setattr(cache, "compile_into", quick)
    return tmp_path / "cache" / "deeper"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A small bundle."""
    return b.written(tmp_path, b.small_bundle())


def ready(folder: Path) -> tuple[Knowledge, list[str]]:
    """The knowledge in use and what was said on the way."""
    told: list[str] = []
    return cache.ready(folder, silent, told.append), told


def compiled_folders(folder: Path) -> list[Path]:
    """All compiled folders of a cache."""
    return sorted(folder.glob("knowledge-*"))


def leftovers(folder: Path) -> list[str]:
    """Whatever else lies in the cache."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("knowledge-"))


def test_what_is_used_is_chosen_and_opened_again_without_compiling(
    folder: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used = cache.use(folder, Inputs(attack=bundle), silent)
    choice = cache.chosen(folder)
    assert (choice.attack, choice.galaxy) == (str(bundle), "")
    assert choice.inputs == Inputs(attack=bundle)
    assert used.folder == folder / f"knowledge-{choice.key}"
    monkeypatch.setattr(cache, "compile_into", _never)
    found, told = ready(folder)
    assert (found.stamp, told) == (used.stamp, [])
    assert leftovers(folder) == ["in-use.json"]


def _never(folder: Path, inputs: Inputs, progress: Progress) -> None:
    raise AssertionError("compiled although it was there")


def test_without_a_choice_the_installed_knowledge_is_used(folder: Path) -> None:
    assert cache.chosen(folder) == cache.installed()
    assert cache.installed().inputs == Inputs()


def test_going_back_to_what_is_installed(folder: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.use(folder, Inputs(attack=bundle), silent)
    monkeypatch.setattr(cache, "compile_into", lambda place, inputs, tell: quick(place, Inputs(bundle), tell))
    cache.use(folder, Inputs(), silent)
    assert cache.chosen(folder) == cache.installed()
    assert len(compiled_folders(folder)) == 2


def test_the_name_of_a_folder_is_that_of_its_inputs(tmp_path: Path, bundle: Path) -> None:
    copy = b.written(tmp_path, b.small_bundle(), "another-name.json")
    other = b.written(tmp_path, b.small_bundle()[:-1], "other.json")
    names = b.galaxy_file(tmp_path, [b.cluster(1, "Heron")])
    keys = [
        cache.choice_of(inputs).key
        for inputs in (
            *(Inputs(bundle), Inputs(copy), Inputs(other), Inputs(bundle, names), Inputs()),
            *(Inputs(sponsors=names), Inputs(bundle, sponsors=names)),
        )
    ]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 6


def test_a_list_of_sponsors_alone_is_a_choice(folder: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.json"
    names.write_text("[]")
    choice = cache.choice_of(Inputs(sponsors=names))
    folder.mkdir(parents=True)
    (folder / "in-use.json").write_bytes(msgspec.json.encode(choice))
    assert cache.chosen(folder) == choice
    assert choice.inputs == Inputs(sponsors=names)


def test_compiling_other_inputs_leaves_the_choice(folder: Path, bundle: Path, tmp_path: Path) -> None:
    cache.use(folder, Inputs(attack=bundle), silent)
    other = b.written(tmp_path, b.small_bundle()[:-1], "other.json")
    found = cache.compiled(folder, Inputs(attack=other), silent)
    assert cache.chosen(folder).attack == str(bundle)
    assert found.folder in compiled_folders(folder)
    assert len(compiled_folders(folder)) == 2


@pytest.mark.parametrize("name", ["catalogue.msgpack", "relation_actor.npy", "text_words.npy", MANIFEST])
def test_damage_is_said_and_compiled_again(folder: Path, bundle: Path, name: str) -> None:
    path = cache.use(folder, Inputs(attack=bundle), silent).folder / name
    whole = path.read_bytes()
    path.write_bytes(whole[:-3] + bytes([whole[-3] ^ 1]) + whole[-2:])
    found, told = ready(folder)
    (sentence,) = told
    assert "damaged and is compiled again" in sentence
    assert name in sentence
    assert path.read_bytes() == whole
    assert len(found.relations.actor) == 5
    assert leftovers(folder) == ["in-use.json"]


def test_a_damaged_text_model_matters_only_to_those_who_read(folder: Path, bundle: Path) -> None:
    path = cache.use(folder, Inputs(attack=bundle), silent).folder / "text_words.npy"
    path.write_bytes(b"x")
    told: list[str] = []
    cache.ready(folder, silent, told.append, text=False)
    assert (path.read_bytes(), told) == (b"x", [])


def test_a_folder_of_another_format_is_compiled_again_without_alarm(
    folder: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("weigh.knowledge.store.FORMAT", 0)
    cache.use(folder, Inputs(attack=bundle), silent)
    monkeypatch.setattr("weigh.knowledge.store.FORMAT", 1)
    found, told = ready(folder)
    assert (found.manifest.format, told) == (1, [])


def test_a_file_or_an_emptied_folder_in_the_place_of_the_knowledge_gives_way(
    folder: Path, bundle: Path
) -> None:
    place = cache.use(folder, Inputs(attack=bundle), silent).folder
    for path in place.iterdir():
        path.unlink()
    assert len(ready(folder)[0].relations.actor) == 5
    for path in place.iterdir():
        path.unlink()
    place.rmdir()
    place.write_bytes(b"a file")
    assert len(ready(folder)[0].relations.actor) == 5


@pytest.mark.parametrize(
    "error", [KnowledgeError("no"), OSError(28, "No space left on device"), KeyboardInterrupt()]
)
def test_a_compile_that_fails_leaves_nothing_behind(
    folder: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(place: Path, inputs: Inputs, progress: Progress) -> None:
        (place / "catalogue.msgpack").write_bytes(b"half")
        raise error

    monkeypatch.setattr(cache, "compile_into", fail)
    with pytest.raises(KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else KnowledgeError):
        cache.use(folder, Inputs(attack=bundle), silent)
    assert list(folder.iterdir()) == []
    assert cache.chosen(folder) == cache.installed()


def test_a_folder_comes_into_place_by_one_rename_when_it_is_whole(
    folder: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renames: list[tuple[bool, bool, str]] = []
    original = Path.rename

    def watched(self: Path, target: Path) -> Path:
        renames.append(((self / MANIFEST).is_file(), target.exists(), target.name))
        return original(self, target)

    def watching(place: Path, inputs: Inputs, progress: Progress) -> None:
        quick(place, inputs, progress)
        assert compiled_folders(folder) == []

    monkeypatch.setattr(Path, "rename", watched)
    monkeypatch.setattr(cache, "compile_into", watching)
    found = cache.use(folder, Inputs(attack=bundle), silent)
    assert renames == [(True, False, found.folder.name)]


def test_a_full_disk_is_told_as_such(folder: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(place: Path, inputs: Inputs, progress: Progress) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "compile_into", full)
    with pytest.raises(KnowledgeError, match="No space left on device") as caught:
        cache.use(folder, Inputs(attack=bundle), silent)
    assert "WEIGH_CACHE" in caught.value.remedy


def _use(folder: Path, bundle: Path) -> object:
    return cache.use(folder, Inputs(attack=bundle), silent)


def _ready(folder: Path, bundle: Path) -> object:
    return ready(folder)


@pytest.mark.parametrize("ask", [_use, _ready])
def test_a_cache_that_cannot_be_written_is_a_clear_error(
    tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Path, Path], object]
) -> None:
    monkeypatch.setattr(cache, "compile_into", quick)
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(KnowledgeError, match="cannot write here") as caught:
        ask(tmp_path / "file" / "cache", bundle)
    assert "WEIGH_CACHE" in caught.value.remedy
    assert caught.value.exit_code == 4


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"key": 1}', b"\xff", b"[" * 100_000])
def test_a_choice_that_cannot_be_read_never_gives_way_to_other_knowledge(folder: Path, data: bytes) -> None:
    folder.mkdir(parents=True)
    (folder / "in-use.json").write_bytes(data)
    with pytest.raises(KnowledgeError, match="cannot be read") as caught:
        ready(folder)
    assert "weigh knowledge use" in caught.value.remedy


def test_choosing_again_mends_a_choice_that_cannot_be_read(folder: Path, bundle: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "in-use.json").write_bytes(b"{")
    cache.use(folder, Inputs(attack=bundle), silent)
    assert cache.chosen(folder).attack == str(bundle)


def test_what_crashes_left_and_old_folders_are_taken_away(folder: Path, bundle: Path) -> None:
    folder.mkdir(parents=True)
    old = [folder / name for name in ("compiling-old", "discarded-old")]
    old += [folder / f"knowledge-{number}" for number in range(9)]
    for age, path in enumerate(old, 1):
        path.mkdir()
        os.utime(path, (1e9 - age, 1e9 - age))
    young = folder / "compiling-young"
    young.mkdir()
    used = cache.use(folder, Inputs(attack=bundle), silent)
    assert leftovers(folder) == ["compiling-young", "in-use.json"]
    assert used.folder in compiled_folders(folder)
    kept = [path.name for path in compiled_folders(folder) if path != used.folder]
    assert kept == [f"knowledge-{number}" for number in range(5)]


def test_inputs_that_are_not_there_are_named(folder: Path, tmp_path: Path) -> None:
    for inputs in (
        Inputs(attack=tmp_path / "absent"),
        Inputs(galaxy=tmp_path / "absent"),
        Inputs(sponsors=tmp_path / "absent"),
        Inputs(attack=tmp_path),
    ):
        with pytest.raises(KnowledgeError, match="no such file"):
            cache.use(folder, inputs, silent)
    assert not folder.exists()


def test_a_folder_that_vanishes_while_it_is_moved_away_is_no_error(folder: Path, bundle: Path) -> None:
    place = cache.use(folder, Inputs(attack=bundle), silent).folder
    elsewhere = folder / "elsewhere"
    original = Path.rename

    def raced(self: Path, target: Path) -> Path:
        original(self, elsewhere)
        return original(self, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "rename", raced)
        cache._move_away(place)
    assert not place.exists()
    assert leftovers(folder) == ["elsewhere", "in-use.json"]


def test_the_later_of_two_compilers_drops_its_own_copy(
    folder: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(place: Path, inputs: Inputs, progress: Progress) -> None:
        quick(place, inputs, progress)
        monkeypatch.setattr(cache, "compile_into", quick)
        cache.use(folder, inputs, progress)

    monkeypatch.setattr(cache, "compile_into", overtaken)
    found = cache.use(folder, Inputs(attack=bundle), silent)
    assert compiled_folders(folder) == [found.folder]
    assert leftovers(folder) == ["in-use.json"]


@pytest.mark.parametrize("damaged", [False, True], ids=["absent", "damaged"])
def test_two_processes_at_once_both_get_whole_knowledge(folder: Path, bundle: Path, damaged: bool) -> None:
    place = cache.use(folder, Inputs(attack=bundle), silent).folder
    if damaged:
        (place / "relation_actor.npy").write_bytes(b"x")
    else:
        cache._move_away(place)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        answers = pool.map(open_in_a_process, [str(folder)] * 4, chunksize=1)
    assert len({(digest, rows) for digest, _, rows in answers}) == 1
    assert all("compiled again" in sentence for _, told, _ in answers for sentence in told)
    assert any(len(told) > 0 for _, told, _ in answers) == damaged
    assert leftovers(folder) == ["in-use.json"]
    assert len(compiled_folders(folder)) == 1


def test_the_cache_is_where_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEIGH_CACHE", str(tmp_path))
    assert cache.cache_folder() == tmp_path
    monkeypatch.setenv("WEIGH_CACHE", "")
    assert cache.cache_folder().name == "weigh"


def test_fitted_weights_lie_beside_the_knowledge_that_they_are_of(folder: Path, bundle: Path) -> None:
    found = cache.use(folder, Inputs(attack=bundle), silent)
    assert cache.weights_path(folder, found).name == f"weights-{found.stamp.digest}.json"


def test_a_tiny_bundle_is_compiled_in_earnest_and_always_to_the_same_bytes(
    tmp_path: Path, bundle: Path
) -> None:
    shares: list[float] = []
    found = [
        cache.use(tmp_path / name, Inputs(attack=bundle), lambda step, share: shares.append(share))
        for name in ("first", "second")
    ]
    first, second = ({path.name: path.read_bytes() for path in known.folder.iterdir()} for known in found)
    assert first == second
    assert len(found[0].text_arrays()) > 0
    assert shares.count(1.0) == 2
    half = len(shares) // 2
    assert shares[:half] == sorted(shares[:half])
