"""The pattern tables of a language, compiled: words between tildes stand for the lists of the table."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from weigh.claims.defendants import Rows
from weigh.claims.introduced import Introductions
from weigh.claims.marked import Marked, mark, with_culprits
from weigh.claims.parties import Mention
from weigh.claims.required import Needs, Words, may_match, required
from weigh.claims.speaking import Speaking
from weigh.claims.verbs import verb_words
from weigh.evidence.sequences import Places, Sequences, Steps, may_follow, sequence
from weigh.records import Degree, Span, Stance

_WORD = re.compile(r"~(\w+)~")
_CAPITAL = re.compile(r"(?<![\\<])(?<!\(\?)[A-Z](?!>|\w*>)|\(\?-i")
_DEEPEST = 12
_BLAMING = frozenset({Stance.ACCUSE, Stance.ATTRIBUTE, Stance.COUNTER_ACCUSE, Stance.URGE})
"""Stances that a cue takes only towards somebody whom the sentence names."""

FIRST_CUE = 201
"""Number of the first cue: those of patterns are smaller."""


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
    steps: Steps = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A way of quoting somebody: `by` speaks, `in` is what is said, or all before a match that lacks it."""

    pattern: re.Pattern[str]
    steps: Steps = ()

    def find(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first match in a range, None where there is none."""
        return self.pattern.search(text, start, end)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that make a claim in a loose reading.

    `on`: where the accused stands ("before", "after", "passive": after "by" or before, "named": after a word
    that leads to it, "own": the speaker, "any"); `by`: where the speaker stands ("before", or "" for
    the voice of the place).
    """

    claim: ClaimPattern
    on: str
    by: str
    also: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Composing:
    """The cues of a language in order, and words that tell victims, clauses and passives."""

    cues: tuple[Cue, ...]
    victim: re.Pattern[str]
    named: re.Pattern[str]
    clause: re.Pattern[str]
    agent: re.Pattern[str]
    people: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Patterns:
    """Everything that a language's table says."""

    words: dict[str, str]
    culprits: tuple[tuple[re.Pattern[str], Degree], ...]
    culprit_steps: tuple[Steps, ...]
    frames: tuple[Frame, ...]
    claims: tuple[ClaimPattern, ...]
    guards: dict[str, re.Pattern[str]]
    degrees: tuple[tuple[re.Pattern[str], Degree], ...]
    window: tuple[int, int]
    topic: re.Pattern[str]
    deed: re.Pattern[str]
    introductions: Introductions | None
    composing: Composing | None
    deed_steps: Steps
    sequences: Sequences
    vocabulary: Words
    bare: tuple[Needs, ...]

    def possible(self, places: Places, start: int, end: int) -> Iterator[ClaimPattern]:
        """The claims' patterns that a range of a text with words at these places may match, in order."""
        return (pattern for pattern in self.claims if may_follow(pattern.steps, places, start, end))

    def deed_in(self, small: str, start: int, end: int) -> re.Match[str] | None:
        """The first words for a deed in a range of a text in small letters."""
        if not may_follow(self.deed_steps, self.sequences.within(small), start, end):
            return None
        return self.deed.search(small, start, end)

    def possible_culprits(self, small: str) -> list[tuple[re.Pattern[str], Degree]]:
        """The patterns for a culprit that a text in small letters may match."""
        places = self.sequences.within(small)
        both = zip(self.culprits, self.culprit_steps, strict=True)
        return [culprit for culprit, steps in both if may_follow(steps, places, 0, len(small))]

    def marked(self, text: str, part: Span, inside: Iterable[Mention]) -> Marked:
        """A part of a text with its parties and phrases for a culprit as marks."""
        plain = mark(text, part, inside)
        return with_culprits(plain, self.possible_culprits(plain.small))

    def may_speak(self, words: str) -> bool:
        """Whether a text in which nobody is named may hold a claim, or words for a culprit."""
        present = self.vocabulary.within(words.lower())
        return any(may_match(needs, present) for needs in self.bare)


@cache
def patterns(language: str) -> Patterns:
    """The table `LANGUAGE.toml` of this folder. Raises `KeyError` for a word that its lists lack."""
    table = tomllib.loads(files("weigh.claims").joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    words: dict[str, str] = verb_words() | table["words"]
    rows = [row for given in table["claim"] for row in _shaped(given, table.get("shapes", {}))]
    claims = [_claim(number, row, words) for number, row in enumerate(rows, 1)]
    frames = [_frame(row, words) for row in table.get("frame", ())]
    composing = _composing(table, words)
    cues: tuple[Cue, ...] = composing.cues if composing is not None else ()
    culprits = [(in_small(row["pattern"], words), Degree(row["degree"])) for row in table.get("culprit", ())]
    sources = [one.pattern for one in claims]
    sources += [*(frame.pattern for frame in frames), *(cue.claim.pattern for cue in cues)]
    deed = in_small("~deed~", words)
    alone = [one.pattern for one in claims]
    alone += [cue.claim.pattern for cue in cues if cue.claim.stance not in _BLAMING]
    alone += [pattern for pattern, _ in culprits]
    for one in alone:  # both are kept, and read the pattern once when asked in a row
        sequence(one)
        required(one)
    sequences = Sequences.of([*sources, *(pattern for pattern, _ in culprits), deed])
    vocabulary = Words.of(alone)
    needs = [vocabulary.needs(one) for one in alone]
    return Patterns(
        words=words,
        culprits=tuple(culprits),
        culprit_steps=tuple(sequences.steps(pattern) for pattern, _ in culprits),
        frames=tuple(replace(frame, steps=sequences.steps(frame.pattern)) for frame in frames),
        claims=tuple(replace(claim, steps=sequences.steps(claim.pattern)) for claim in claims),
        degrees=tuple(
            (compiled(pattern, words), Degree(name)) for name, pattern in table.get("degrees", {}).items()
        ),
        deed=deed,
        deed_steps=sequences.steps(deed),
        sequences=sequences,
        introductions=_introductions(table.get("introductions"), words),
        composing=_stepping(composing, sequences),
        vocabulary=vocabulary,
        bare=tuple(needed for needed in needs if not vocabulary.has_marks(needed)),
        topic=in_small(table["guards"]["topic"], words),
        window=(table["window"]["before"], table["window"]["after"]),
        guards={name: compiled(pattern, words) for name, pattern in table["guards"].items()},
    )


def _stepping(composing: Composing | None, sequences: Sequences) -> Composing | None:
    if composing is None:
        return None
    cues = (
        replace(cue, claim=replace(cue.claim, steps=sequences.steps(cue.claim.pattern)))
        for cue in composing.cues
    )
    return replace(composing, cues=tuple(cues))


def compiled(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    """A pattern with the words between tildes put in, upper and lower case alike."""
    return re.compile(_filled(pattern, words), re.IGNORECASE)


def in_small(pattern: str, words: dict[str, str]) -> re.Pattern[str]:
    """A pattern for texts in small letters: the same, and faster, where it names no capital.

    A word that begins with one never matches there.
    """
    never = {name: "(?!)" for name, word in words.items() if word.startswith("(?-i:")}
    filled = _filled(pattern, {**words, **never})
    return re.compile(filled, re.IGNORECASE if _CAPITAL.search(filled) is not None else re.NOFLAG)


def _filled(pattern: str, words: dict[str, str]) -> str:
    for _ in range(_DEEPEST):
        filled = _WORD.sub(lambda match: words[match[1]], pattern)
        if filled == pattern:
            break
        pattern = filled
    return pattern


def _frame(row: dict[str, Any], words: dict[str, str]) -> Frame:
    return Frame(compiled(row["pattern"], words))


def _composing(table: dict[str, Any], words: dict[str, str]) -> Composing | None:
    if "composing" not in table:
        return None
    more = {name: compiled(pattern, words) for name, pattern in table["composing"].items()}
    return Composing(
        cues=tuple(
            Cue(
                claim=_claim(number, row, words),
                on=row.get("on", "any"),
                by=row.get("by", ""),
                also=in_small(row["near"], words) if "near" in row else None,
            )
            for number, row in enumerate(table["cue"], FIRST_CUE)
        ),
        **more,
    )


def _introductions(table: dict[str, Any] | None, words: dict[str, str]) -> Introductions | None:
    if table is None:
        return None
    people, groups, houses = (
        tuple(compiled(pattern, words) for pattern in table[sort]) for sort in ("people", "groups", "houses")
    )
    sequences = Sequences.of([*people, *groups, *houses])
    return Introductions(
        people=people,
        groups=groups,
        houses=houses,
        sequences=sequences,
        steps={one.pattern: sequences.steps(one) for one in (*people, *groups, *houses)},
        name=compiled(table["name"], words),
        never=compiled(table["never"], words),
        product=compiled(table["product"], words),
        rows=Rows(**{name: compiled(pattern, words) for name, pattern in table["rows"].items()}),
        speaking=Speaking(
            tuple(compiled(pattern, words) for pattern in table["speaking"]),
            compiled(table["places"], words),
            compiled(table["never"], words),
        ),
    )


def _shaped(row: dict[str, Any], shapes: dict[str, list[str]]) -> Iterator[dict[str, Any]]:
    """A row as it is, or one for each pattern of its shape: active, passive and noun with the row's verbs.

    In a shape ~v~ is the class `verbs` of the row (see verbs.toml), ~n~ its pattern `nouns`.
    """
    if "shape" not in row:
        yield row
        return
    for pattern in shapes[row["shape"]]:
        if "~n~" in pattern and "nouns" not in row:
            continue
        verbal = pattern.replace("~v", f"~{row['verbs']}").replace("~n~", row.get("nouns", ""))
        yield {**row, "pattern": verbal}


def _claim(number: int, row: dict[str, Any], words: dict[str, str]) -> ClaimPattern:
    return ClaimPattern(
        number=number,
        stance=Stance(row["stance"]),
        pattern=in_small(row["pattern"], words),
        degree=Degree(row.get("degree", "")),
        quoting=bool(row.get("quoting", False)),
        inside=bool(row.get("inside", False)),
        tense=bool(row.get("tense", False)),
        others=bool(row.get("others", False)),
        nobody=bool(row.get("nobody", False)),
        verbal=bool(row.get("verbal", False)),
        own=bool(row.get("own", False)),
        sure=bool(row.get("sure", False)),
        cues=tuple(in_small(row[name], words) for name in ("also",) if name in row),
    )
