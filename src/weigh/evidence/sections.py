"""Which part of a document a finding stands in: an account of the operation, or something around it.

An advisory prints mitigations, references and contact details beside what happened, and a technique
that defenders should watch for is not a technique that was used. The headings that begin such parts
are data (`sections.toml`); here is how a line is known for a heading in text whose layout is lost.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import msgspec

from weigh.evidence.advice import advises
from weigh.evidence.folding import fold
from weigh.records import Span


class Role(StrEnum):
    """What a part of a document is for. Only what stands in an account counts as evidence."""

    ACCOUNT = "account"
    MITIGATIONS = "mitigations"
    DETECTION = "detection"
    REFERENCES = "references"
    CONTACT = "contact"
    NOTICE = "notice"
    ADVERTISING = "advertising"
    DENIAL = "denial"


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a document with a role other than an account, and the heading or label that gave it."""

    span: Span
    role: Role
    heading: str

    @property
    def reason(self) -> str:
        """Why what stands here is not weighed, for a person."""
        return f"{_table()[self.role]['reason']} (\u201c{self.heading}\u201d)"


class _Line(msgspec.Struct, frozen=True, gc=False):
    span: Span
    text: str


_Rank = tuple[int, ...]
_UNRANKED: _Rank = ()
_LONGEST_HEADING = 110
_LEVEL = re.compile(r"(#{1,6})\s|(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?=\D)")
_DECORATION = re.compile(
    r"^(?:[#*_=>\s]|\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s|[ivx]{1,4}[.)]\s|[a-z][.)]\s)+|[\s:*_=#?]+$|\s?\[edit\]$"
)
_APPENDIX = re.compile(r"^(?:appendix|annex)(?:\s[a-z\d]{1,3})?\s*[:.\-—]\s*(?=\w)")
_CAPTION = re.compile(r"(?:table|figure|fig\.|listing|exhibit)\s+[\divxlc]+", re.IGNORECASE)
_REFERENCE_ITEM = re.compile(r"\s*(?:\[\d{1,3}\]|\d{1,3}[.)]\s)")
_NOTE = re.compile(r"\s*(?:\[\^?\d{1,3}\]:?|\d{1,3}[.)]?(?=\s)|[\u00b9\u00b2\u00b3\u2070-\u2079]+)")
_NOTE_BEGINS = frozenset("[0123456789\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_NOTE_NUMBER = re.compile(r"\[\d{1,3}\] (?=[A-Z])")
_ADDRESS = re.compile(r"\bhttps?://|\bwww\.")
_LONGEST_NOTE = 400
_PROSE = 60
_SHORT_HEADING = 7
_WORDS = re.compile(r"[a-z&]{3,}")
_STEM = 5


def zones(
    text: str, tables: Sequence[Span] = (), told: Sequence[Span] = (), advice: Sequence[Zone] = ()
) -> tuple[Zone, ...]:
    """The parts of `text` that are not accounts, in order; none overlaps another.

    No line in one of `tables` is a heading; of what stands in them, `told` is an account in whatever part,
    and `advice` is none. Each of the three is in order and without overlaps.
    """
    lines = tuple(_lines(text))
    parts = _parts(text, tuple(_outside(lines, tables)))
    cuts = sorted([*told, *(zone.span for zone in advice)])
    found = [*_without(parts, cuts), *_labelled(lines), *_footnotes(lines), *advice]
    return tuple(_disjoint(sorted(found, key=lambda zone: (zone.span.start, -zone.span.end))))


def _outside(lines: Iterable[_Line], tables: Sequence[Span]) -> Iterator[_Line]:
    """The lines that stand in no table, and one without words for each table, which is no cell of another."""
    place = 0
    for line in lines:
        while place < len(tables) and tables[place].end <= line.span.start:
            yield _Line(tables[place], "")
            place += 1
        if place == len(tables) or line.span.end <= tables[place].start:
            yield line


def _without(parts: Iterable[Zone], cuts: Sequence[Span]) -> Iterator[Zone]:
    """What is left of the parts when stretches of them are cut out; both are in order."""
    place = 0
    for part in parts:
        start = part.span.start
        while place < len(cuts) and cuts[place].start < part.span.end:
            if cuts[place].start > start:
                yield Zone(Span(start, cuts[place].start), part.role, part.heading)
            start = max(start, cuts[place].end)
            place += 1
        if start < part.span.end:
            yield Zone(Span(start, part.span.end), part.role, part.heading)


def _lines(text: str) -> Iterator[_Line]:
    """The lines that are not blank."""
    start = 0
    for line in text.splitlines(keepends=True):
        if not line.isspace():
            yield _Line(Span(start, start + len(line)), line)
        start += len(line)


def _parts(text: str, lines: tuple[_Line, ...]) -> Iterator[Zone]:
    """The parts that headings begin, each up to the heading that ends it."""
    role, begun, heading, rank = Role.ACCOUNT, 0, "", _UNRANKED
    for index, line in enumerate(lines):
        found = _heading(lines, index, role, rank)
        if found is None:
            continue
        if role is not Role.ACCOUNT:
            yield Zone(Span(begun, line.span.start), role, heading)
        role, heading = found
        begun, rank = line.span.start, _rank(line.text)
        if role is not Role.ACCOUNT and _announces_list(line.text):
            yield Zone(Span(begun, _advised_to(lines, index)), role, heading)
            role = Role.ACCOUNT
    if role is not Role.ACCOUNT:
        yield Zone(Span(begun, len(text)), role, heading)


def _heading(lines: tuple[_Line, ...], index: int, role: Role, rank: _Rank) -> tuple[Role, str] | None:
    """The role that begins at this line, if it is a heading that changes it."""
    line = lines[index].text
    if _CAPTION.match(line.lstrip()) or (role is Role.REFERENCES and _REFERENCE_ITEM.match(line)):
        return None
    glued = _glued().match(line)
    if glued is not None:
        return Role(str(glued.lastgroup)), glued.group().strip()
    if len(line) > _LONGEST_HEADING:
        return None
    known, own = role_of(line), _rank(line)
    if known is None:
        return (Role.ACCOUNT, "") if _ends_part(rank, own) else None
    outward = known[0] is not Role.ACCOUNT or role is Role.REFERENCES
    if outward and own == _UNRANKED and _is_cell(lines, index):
        return None
    return known


@lru_cache(maxsize=4096)
def role_of(line: str) -> tuple[Role, str] | None:
    """The role of the part that a line begins and its title, when it is worded as a heading that is known."""
    title = _DECORATION.sub("", line.strip()).strip()
    if not _is_title(title) and not line.rstrip().endswith(":"):
        return None
    folded = fold(title)
    if not any(word[:_STEM] in _stems() for word in _WORDS.findall(folded)):
        return None
    bare = _APPENDIX.sub("", folded)
    match = _headings().fullmatch(bare)
    if match is None and bare == folded:
        return None
    return Role.ACCOUNT if match is None else Role(str(match.lastgroup)), title


def _is_title(line: str) -> bool:
    """Whether a line is worded as a heading: no sentence, and short or with most long words capitalised."""
    words = line.split()
    if not 0 < len(words) <= 14 or line[-1] in ".,;!" or line[0].islower():
        return False
    long = [word for word in words if len(word) > 3]
    return len(words) <= _SHORT_HEADING or 2 * sum(word[0].islower() for word in long) < len(long)


def _is_cell(lines: tuple[_Line, ...], index: int) -> bool:
    """Whether the line stands among other short pieces, as the heads and cells of a lost table do."""
    before = lines[index - 1].text if index > 0 else ""
    after = lines[index + 1].text if index + 1 < len(lines) else ""
    return _is_piece(before) and _is_piece(after)


def _is_piece(line: str) -> bool:
    line = line.strip()
    return 0 < len(line) < _PROSE and line[-1] not in ".:;!?" and line[0].isalnum()


def _rank(line: str) -> _Rank:
    """Where a heading that says so stands: (0, 2) for "## ...", (1, 5, 2) for "5.2 ..."."""
    match = _LEVEL.match(line)
    if match is None:
        return _UNRANKED
    if match.group(1) is not None:
        return (0, len(match.group(1)))
    return (1, *map(int, match.group(2).split(".")))


def _ends_part(part: _Rank, heading: _Rank) -> bool:
    """Whether a heading without a known role ends a part: one of the same level or above that comes next.

    A numbered one must be the next number, lest the items of a list within the part end it.
    """
    if part == _UNRANKED or part[:1] != heading[:1]:
        return False
    own, other = part[1:], heading[1:]
    if part[0] == 0:
        return other <= own
    level = len(other)
    return level <= len(own) and other == (*own[: level - 1], own[level - 1] + 1)


def _announces_list(line: str) -> bool:
    """Whether a heading is a sentence before a list ("Actions to take today to ...:") rather than a title."""
    return line.rstrip().endswith(":") and line.count(" ") > 3


def _advised_to(lines: tuple[_Line, ...], index: int) -> int:
    """Where the list ends that a heading with a colon announces: at the first line that is no item of it."""
    end = lines[index].span.end
    for line in lines[index + 1 :]:
        words = line.text.lstrip()
        if words[:1].isalnum() and not advises(words):
            break
        end = line.span.end
    return end


def _labelled(lines: tuple[_Line, ...]) -> Iterator[Zone]:
    """Single lines that say what they are: "Mitigation: Disable PowerShell"."""
    for line in lines:
        match = _labels().match(line.text) if ":" in line.text[:40] else None
        if match is not None and len(line.text[match.end() :].strip()) > 0:
            yield Zone(line.span, Role(str(match.lastgroup)), match.group().strip(" :"))


def _footnotes(lines: tuple[_Line, ...]) -> Iterator[Zone]:
    """Single lines that cite: a number, and an address or more such numbers with what they stand for."""
    for line in lines:
        match = _NOTE.match(line.text) if line.text.lstrip()[:1] in _NOTE_BEGINS else None
        if match is None:
            continue
        cites_more = len(_NOTE_NUMBER.findall(line.text)) > 2
        if cites_more or (len(line.text) <= _LONGEST_NOTE and _ADDRESS.search(line.text) is not None):
            yield Zone(line.span, Role.REFERENCES, match.group().strip())


def _disjoint(found: Iterable[Zone]) -> Iterator[Zone]:
    end = 0
    for zone in found:
        if zone.span.start >= end:
            yield zone
            end = zone.span.end


@cache
def _table() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = tomllib.loads(
        files("weigh.evidence").joinpath("sections.toml").read_text(encoding="utf-8")
    )
    return table


def _alternatives(key: str, roles: Iterable[Role]) -> str:
    patterns = {role: _table()[role].get(key, ()) for role in roles}
    return "|".join(f"(?P<{role.value}>{'|'.join(some)})" for role, some in patterns.items() if len(some) > 0)


_BY_SPECIFICITY = (*(role for role in Role if role is not Role.ACCOUNT), Role.ACCOUNT)


@cache
def _headings() -> re.Pattern[str]:
    return re.compile(_alternatives("headings", _BY_SPECIFICITY))


@cache
def _stems() -> frozenset[str]:
    """Beginnings of the words in the table: a line without any of them needs no closer look."""
    words = [*_WORDS.findall(_headings().pattern), "appendix", "annex"]
    return frozenset(stem[:_STEM] for word in words if len(word) > 3 for stem in (word, word[:-1]))


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:[•*-]\s*)?(?:{_alternatives('labels', Role)})\s?:", re.IGNORECASE)


@cache
def _glued() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives('glued', Role)})(?=[A-Z][A-Za-z])")
