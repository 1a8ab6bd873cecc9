"""Files of installed data packages and files that a person names, read within bounds.

A data package is found without running it: one of them takes seconds to import, and none of its code
is needed to read its files.
"""

from __future__ import annotations

import importlib.util
import lzma
from pathlib import Path

from weigh.errors import KnowledgeError

MOST_BYTES = 400_000_000
"""An input of the compiler that unpacks to more is refused; the largest known one has 50 MB."""
_MOST_MEMORY = 200_000_000
_XZ = b"\xfd7zXZ"


def package_folder(package: str, distribution: str) -> Path:
    """The folder of an installed package. Raises `KnowledgeError` when it is not installed."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise KnowledgeError(
            f"the package {distribution} is not installed", remedy="install Weigh's locked dependencies"
        )
    return Path(spec.origin).parent


def file_bytes(path: Path) -> bytes:
    """The bytes of a file, unpacked when they are `.xz`. Raises `KnowledgeError`."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise KnowledgeError(f"is larger than {MOST_BYTES:,} bytes", place=str(path))
        raw = path.read_bytes()
        return _unpacked(raw, path) if raw.startswith(_XZ) else raw
    except (OSError, lzma.LZMAError) as error:
        raise KnowledgeError(f"cannot be read: {error}", place=str(path)) from error


def _unpacked(raw: bytes, path: Path) -> bytes:
    unpacker = lzma.LZMADecompressor(memlimit=_MOST_MEMORY)
    data = unpacker.decompress(raw, max_length=MOST_BYTES)
    if not unpacker.eof:
        reason = "is cut off" if unpacker.needs_input else f"unpacks to more than {MOST_BYTES:,} bytes"
        raise KnowledgeError(reason, place=str(path))
    return data
