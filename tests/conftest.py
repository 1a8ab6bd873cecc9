"""Fixtures that any test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("WEIGH_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and documents, outside the repository; the test skips without it."""
    if not SHARED.is_dir():
        pytest.skip(f"no folder of real data at {SHARED} (set WEIGH_SHARED to it)")
    return SHARED
