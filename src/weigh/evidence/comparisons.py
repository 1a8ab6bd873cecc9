"""Mentions that tell of a thing without its having been used: descent, comparison, denial.

"A descendant of Dyre" names Dyre and says nothing of its use. The wordings are data
(`comparisons.toml`); they are looked for in the mention's own clause only.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from weigh.evidence.folding import fold
from weigh.evidence.layout import Layout
from weigh.records import Kind, Span

_REACH = 110
_CLAUSE_ENDS = re.compile(r"[.;:!?]\s|\n\s*\n")
_NAME = r"[A-Z][\w.]{1,30}(?: [A-Z]\w{1,30})?"
_LISTED = re.compile(rf"(?:{_NAME}, ){{0,5}}{_NAME},? (?:and|or) $")
_JOINTS = frozenset(",/(")
_JOINS = re.compile(r"(?:and|or) $")
_IDS = re.compile(
    r"(?:(?:[TS]\d{4}(?:\.\d{3})?|\.\d{3}|CVE-\d{4}-\d{4,7})(?: \([^()]{0,60}\))?"
    r"(?:,? (?:and|n?or) |, | ?/ ?| ?\()){1,9}$"
)
_ID = re.compile(r"(?:T\d{4})?\W{0,4}(?:\d{3})?")
_QUOTED = r"[\s\"'\u2018\u2019\u201c\u201d*_]*$"
_OPENING = r"[\s\"'\u2018\u2019\u201c\u201d*_\[(]*$"


@dataclass(frozen=True, slots=True)
class _Wording:
    """`before` ends where a mention begins, `after` begins where it ends; `anywhere` asks for no mention.

    Whatever `before` finds holds one of `letters`, and so does what `anywhere` finds; only wordings that are
    `of_sentences` say of a whole sentence that it tells of no use. Those `of_ids` are of ids alone.
    """

    reason: str
    kinds: frozenset[str]
    letters: tuple[str, ...]
    before: re.Pattern[str]
    after: re.Pattern[str] | None
    anywhere: re.Pattern[str]
    of_sentences: bool
    of_ids: bool

    def may_be_in(self, folded: str) -> bool:
        """Whether a folded text needs a closer look."""
        return any(map(folded.__contains__, self.letters))


def remark(layout: Layout, span: Span, kind: Kind) -> str:
    """Why a mention at `span` is no use of what it names, empty where nothing says so."""
    text = layout.text
    sentence = layout.sentence_at(span)
    start = max(sentence.start, span.start - _REACH)
    clause = _CLAUSE_ENDS.split(text[start : span.start])[-1]
    before = fold(_before_list(clause))
    after = fold(text[span.end : max(min(sentence.end, span.end + _REACH), span.end)])
    is_id = _ID.fullmatch(text, span.start, span.end) is not None
    for wording in _wordings_of(kind, is_id):
        found = wording.before.search(before) if wording.may_be_in(before) else None
        if found is None and wording.after is not None:
            found = wording.after.match(after)
        if found is not None:
            return f"{wording.reason} (\u201c{' '.join(found[0].split()).strip(' ,[(*_')}\u201d)"
    return ""


def _before_list(clause: str) -> str:
    """What stands before the list of ids, or of names, that a clause ends with."""
    joins = _JOINS.search(clause) is not None
    if (joins or clause.rstrip()[-1:] in _JOINTS) and (listed := _IDS.search(clause)) is not None:
        return clause[: listed.start()]
    return _LISTED.sub("", clause) if joins else clause


def denies(sentence: str) -> bool:
    """Whether a sentence says of what it tells that it was not done or not seen."""
    folded = fold(sentence)
    return any(
        wording.anywhere.search(folded) is not None
        for wording in _wordings()
        if wording.of_sentences and wording.may_be_in(folded)
    )


@cache
def _wordings_of(kind: Kind, is_id: bool) -> tuple[_Wording, ...]:
    return tuple(
        wording for wording in _wordings() if kind in wording.kinds and (is_id or not wording.of_ids)
    )


@cache
def _wordings() -> tuple[_Wording, ...]:
    table = tomllib.loads(files("weigh.evidence").joinpath("comparisons.toml").read_text(encoding="utf-8"))
    return tuple(
        _Wording(
            str(row["reason"]),
            frozenset(row["kinds"]),
            tuple(row["letters"]),
            re.compile(f"(?:{'|'.join(row['before'])}){_QUOTED if row.get('of_ids', False) else _OPENING}"),
            re.compile("|".join(row["after"])) if len(row["after"]) > 0 else None,
            re.compile("|".join(row["before"])),
            bool(row.get("of_sentences", False)),
            bool(row.get("of_ids", False)),
        )
        for row in table.values()
    )
