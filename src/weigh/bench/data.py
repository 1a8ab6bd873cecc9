"""Where the benches find their data, and what they say when it is not there."""

from __future__ import annotations

import lzma
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from weigh.bench.rows import Missing

OFFICIAL = "data/attack/enterprise-attack-18.1.json.xz"
_ATTACK_REMEDY = "MITRE's ATT&CK Enterprise 18.1 bundle as FOLDER/" + OFFICIAL


@dataclass(frozen=True, slots=True)
class Context:
    """The folder of data, whom to tell what is going on, and a labelled file for the bench that takes one."""

    folder: Path
    tell: Callable[[str, float], None]
    file: Path | None = None

    def path(self, name: str) -> Path | None:
        """A file of the folder, None when it is not there."""
        found = self.folder / name
        return found if found.exists() else None


def default_folder() -> Path:
    """`WEIGH_DATA`, else `shared` beside the working folder."""
    return Path(os.environ.get("WEIGH_DATA", "../shared"))


def lacking(bench: str, context: Context, name: str, remedy: str) -> Missing:
    """A bench that cannot run for want of a file."""
    return Missing(bench, f"{context.folder / name} is not there", f"{remedy}; name the FOLDER with --data")


def without_attack(bench: str, context: Context) -> Missing:
    """A bench that needs the official bundle."""
    return lacking(bench, context, OFFICIAL, _ATTACK_REMEDY)


def read_json(path: Path) -> object:
    """The content of a `.json` or `.json.xz` file."""
    raw = path.read_bytes()
    return msgspec.json.decode(lzma.decompress(raw) if path.suffix == ".xz" else raw)
