"""Fixtures that any test may use."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "weigh", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("weigh")

SHARED = Path(os.environ.get("WEIGH_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and documents, outside the repository; the test skips without it."""
    if not SHARED.is_dir():
        pytest.skip(f"no folder of real data at {SHARED} (set WEIGH_SHARED to it)")
    return SHARED


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to write the snapshots anew instead of comparing with them."""
    parser.addoption(
        "--refresh-snapshots",
        action="store_true",
        help="write every snapshot as the code makes it now; look at the difference before you keep it",
    )


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text byte for byte with the file of that name in the folder `snapshots` beside the test.

    With `--refresh-snapshots` the file is written instead.
    """
    folder = request.path.parent / "snapshots"

    def compare(name: str, text: str) -> None:
        path = folder / name
        if request.config.getoption("--refresh-snapshots"):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        kept = path.read_bytes() if path.exists() else b""
        remedy = "not as kept: if it should be so, run pytest --refresh-snapshots"
        assert text.encode() == kept, f"{name} is {remedy}"

    return compare
