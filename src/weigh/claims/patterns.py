"""The pattern tables of a language, compiled: words between tildes stand for the lists of the table."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from weigh.records import Degree, Stance

_WORD = re.compile(r"~(\w+)~")
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class ClaimPattern:
    """A way of making a claim. Groups: `by` speaks, `on` is accused, `act` is done, `against` is disputed.

    `quoting`: what stands inside belongs to the other side; `inside`: may stand in such a place; `tense`:
    a finding in the simple past, blame in any other tense; `others`: unnamed ones speak; `nobody`: nobody
    is accused; `verbal`: a negation beside it takes it back; `own`: only of the speaker's own side; `sure`:
    negations in it are its own. A stretch that lacks one of `cues` is not
    searched.
    """

    number: int
    stance: Stance
    pattern: re.Pattern[str]
    degree: Degree
    quoting: bool
    inside: bool
    tense: bool
    others: bool
    nobody: bool
    verbal: bool
    own: bool
    sure: bool
    cues: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Everything that a language's table says."""

    words: dict[str, str]
    culprits: tuple[tuple[re.Pattern[str], Degree], ...]
    frames: tuple[re.Pattern[str], ...]
    claims: tuple[ClaimPattern, ...]
    guards: dict[str, re.Pattern[str]]
    degrees: tuple[tuple[re.Pattern[str], Degree], ...]
    window: tuple[int, int]
    deed: re.Pattern[str]


@cache
def patterns(language: str) -> Patterns:
    """The table `LANGUAGE.toml` of this folder. Raises `KeyError` for a word that its lists lack."""
    table = tomllib.loads(files("weigh.claims").joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = table["words"]
    return Patterns(
        words=words,
        culprits=tuple(
            (compiled(row["pattern"], words), Degree(row["degree"])) for row in table.get("culprit", ())
        ),
        frames=tuple(compiled(row["pattern"], words) for row in table.get("frame", ())),
        claims=tuple(_claim(number, row, words) for number, row in enumerate(table["claim"], 1)),
        degrees=tuple(
            (compiled(pattern, words), Degree(name)) for name, pattern in table.get("degrees", {}).items()
        ),
        deed=compiled("~deed~", words),
        window=(table["window"]["before"], table["window"]["after"]),
        guards={name: compiled(pattern, words) for name, pattern in table["guards"].items()},
    )


def compiled(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    """A pattern with the words between tildes put in, upper and lower case alike."""
    for _ in range(_DEEPEST):
        filled = _WORD.sub(lambda match: words[match[1]], pattern)
        if filled == pattern:
            break
        pattern = filled
    return re.compile(pattern, re.IGNORECASE)


def _claim(number: int, row: dict[str, Any], words: dict[str, str]) -> ClaimPattern:
    return ClaimPattern(
        number=number,
        stance=Stance(row["stance"]),
        pattern=compiled(row["pattern"], words),
        degree=Degree(row.get("degree", "")),
        quoting=bool(row.get("quoting", False)),
        inside=bool(row.get("inside", False)),
        tense=bool(row.get("tense", False)),
        others=bool(row.get("others", False)),
        nobody=bool(row.get("nobody", False)),
        verbal=bool(row.get("verbal", False)),
        own=bool(row.get("own", False)),
        sure=bool(row.get("sure", False)),
        cues=tuple(compiled(row[name], words) for name in ("cue", "also") if name in row),
    )
