"""Mentions that tell of a thing without its having been used: descent, comparison, denial.

"A descendant of Dyre" names Dyre and says nothing of its use. The wordings are data
(`comparisons.toml`); they are looked for in the mention's own clause only.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from weigh.evidence.folding import fold
from weigh.evidence.layout import Layout
from weigh.evidence.sequences import Guarded, guarded
from weigh.records import Kind, Span

_REACH = 110
_SPACE = re.compile(r"\s+")
_CLAUSE_ENDS = re.compile(r"[.;:!?]\s|\n\s*\n")
_NAME = r"[A-Z][\w.]{1,30}(?: [A-Z]\w{1,30})?"
_LISTED = re.compile(rf"(?:{_NAME}, ){{0,5}}{_NAME},? (?:and|or) $|(?:{_NAME}/){{1,3}}$")
_JOINTS = frozenset(",/(")
_JOINS = re.compile(r"(?:and|or) $|\w/$")
_JOINED = re.compile(rf"(?:, {_NAME}){{0,5}},? (?:and|or) {_NAME}")
_IDS = re.compile(
    r"(?:(?:[TS]\d{4}(?:\.\d{3})?|\.\d{3}|CVE-\d{4}-\d{4,7})(?: \([^()]{0,60}\))?"
    r"(?:,? (?:and|n?or) |, | ?/ ?| ?\()){1,9}$"
)
_ID = re.compile(r"(?:T\d{4})?\W{0,4}(?:\d{3})?")
_TERM = re.compile(r"<(\w+)>")
_QUOTED = r"[\s\"'\u2018\u2019\u201c\u201d*_]*$"
_OPENING = r"[\s\"'\u2018\u2019\u201c\u201d*_\[(]*$"


@dataclass(frozen=True, slots=True)
class _Wording:
    """`before` ends where a mention begins, `after` begins where it ends; of `around` a first and its second
    say together what neither does alone: "as ... did". `anywhere` asks for no mention, and is there where a
    wording says of a whole sentence that it tells of no use. Whatever `before` finds, or `anywhere`, holds
    one of `letters`, or where there are none what `leading` needs. Those `of_ids` are of ids alone.
    """

    reason: str
    kinds: frozenset[str]
    letters: tuple[str, ...]
    leading: Guarded
    before: re.Pattern[str]
    after: re.Pattern[str] | None
    around: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    anywhere: re.Pattern[str] | None
    of_ids: bool

    def may_be_in(self, folded: str) -> bool:
        """Whether a folded text needs a closer look."""
        if len(self.letters) > 0:
            return any(map(folded.__contains__, self.letters))
        return self.leading.may_be_in(folded)


def remark(layout: Layout, span: Span, kind: Kind) -> str:
    """Why a mention at `span` is no use of what it names, empty where nothing says so."""
    text = layout.text
    sentence = layout.sentence_at(span)
    start = max(sentence.start, span.start - _REACH)
    clause = _SPACE.sub(" ", _CLAUSE_ENDS.split(text[start : span.start])[-1])
    before = fold(_before_list(clause))
    rest = _SPACE.sub(" ", text[span.end : max(min(sentence.end, span.end + _REACH), span.end)])
    joined = _JOINED.match(rest)
    after, beyond = fold(rest), fold(rest if joined is None else rest[joined.end() :])
    is_id = _ID.fullmatch(text, span.start, span.end) is not None
    for wording in _wordings_of(kind, is_id):
        words = _said(wording, before, after) or _said_around(wording, before, beyond)
        if words != "":
            return f"{wording.reason} (\u201c{words}\u201d)"
    return ""


def _before_list(clause: str) -> str:
    """What stands before the list of ids, or of names, that a clause ends with."""
    joins = _JOINS.search(clause) is not None
    if (joins or clause.rstrip()[-1:] in _JOINTS) and (listed := _IDS.search(clause)) is not None:
        return clause[: listed.start()]
    return _LISTED.sub("", clause) if joins else clause


def _said(wording: _Wording, before: str, after: str) -> str:
    """The words right before a mention, or right after it, that one wording knows."""
    found = wording.before.search(before) if wording.may_be_in(before) else None
    if found is None and wording.after is not None:
        found = wording.after.match(after)
    return "" if found is None else _quoted(found)


def _said_around(wording: _Wording, before: str, after: str) -> str:
    """The words on both sides of a mention that one wording knows together."""
    for first, second in wording.around:
        follows = second.match(after)
        leads = None if follows is None else first.search(before)
        if follows is not None and leads is not None:
            return f"{_quoted(leads)} \u2026 {_quoted(follows)}".strip(" \u2026")
    return ""


def _quoted(found: re.Match[str]) -> str:
    return found[0].strip(" ,.;:[(*_")


def denies(sentence: str) -> bool:
    """Whether a sentence says of what it tells that it was not done or not seen."""
    folded = fold(sentence)
    return any(
        wording.anywhere is not None
        and wording.may_be_in(folded)
        and wording.anywhere.search(folded) is not None
        for wording in _wordings()
    )


@cache
def _wordings_of(kind: Kind, is_id: bool) -> tuple[_Wording, ...]:
    return tuple(
        wording for wording in _wordings() if kind in wording.kinds and (is_id or not wording.of_ids)
    )


@cache
def _wordings() -> tuple[_Wording, ...]:
    table = tomllib.loads(files("weigh.evidence").joinpath("comparisons.toml").read_text(encoding="utf-8"))
    terms: dict[str, str] = table.pop("terms")

    def filled(patterns: Iterable[str]) -> list[str]:
        return [_TERM.sub(lambda term: terms[term[1]], pattern) for pattern in patterns]

    def before(row: Mapping[str, Any]) -> re.Pattern[str]:
        end = _QUOTED if row.get("of_ids", False) else _OPENING
        return _ending(filled(row["before"]), filled([row.get("then", "")])[0], end=end)

    return tuple(
        _Wording(
            str(row["reason"]),
            frozenset(row["kinds"]),
            tuple(row.get("letters", ())),
            leading,
            leading.pattern,
            re.compile("|".join(filled(row["after"]))) if len(row["after"]) > 0 else None,
            tuple(
                (_ending([first]), re.compile(second)) for first, second in map(filled, row.get("around", ()))
            ),
            re.compile("|".join(filled(row["before"]))) if row.get("of_sentences", False) else None,
            bool(row.get("of_ids", False)),
        )
        for row in table.values()
        for leading in guarded([before(row)])
    )


def _ending(patterns: Iterable[str], then: str = "", end: str = _OPENING) -> re.Pattern[str]:
    """What ends where a mention begins."""
    return re.compile(f"(?:{'|'.join(patterns)}){then}{end}")
