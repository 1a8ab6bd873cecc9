"""A command line to run in tests, on knowledge of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.small_knowledge import small_cache
from weigh.cli.main import run

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Knowledge compiled from a small invented bundle, in a cache of its own."""
    return small_cache(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def weigh(cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command line: its exit code, standard output and standard error."""
    monkeypatch.setenv("WEIGH_CACHE", str(cache))

    def call(*words: str | Path) -> tuple[int, str, str]:
        code = run([str(word) for word in words])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return call
