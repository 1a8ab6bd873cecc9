"""Names that a document gives to malicious software: "a backdoor we call Lantern", "Lantern ransomware".

Where the knowledge does not know the name it can weigh nothing, but a reader wants to see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from weigh.evidence.definitions import is_nameable, quoted
from weigh.evidence.folding import fold
from weigh.evidence.layout import Layout
from weigh.evidence.naming_words import naming_words
from weigh.evidence.ordinary import is_ordinary
from weigh.records import Span

MOST = 5_000
"""Words for malicious software beside which names are looked for: a bound for hostile text."""

_NEAR, _FAR = 30, 150
_MARK = r"[\"'\u2018\u2019\u201c\u201d*_\[]{0,4}"
_NAME = r"(?<!\w)(?P<name>[A-Z0-9][\w+$-]{2,40}(?: [A-Z][\w+-]{1,40})?)(?<!-)"


@dataclass(frozen=True, slots=True)
class Coinage:
    """A name that a document gives to malicious software, where it stands first, and what says so."""

    name: str
    span: Span
    reason: str


def coinages(layout: Layout) -> Iterator[Coinage]:
    """The names for malicious software that a document gives or uses, each once, where it first does."""
    text = layout.text
    seen: set[str] = set()
    for sort in islice(_wordings().sort.finditer(fold(text)), MOST):
        for wording, found, needs_shape in _found(text, *sort.span()):
            span = _without_article(text, found)
            name = span.of(text)
            if name in seen or not is_nameable(name) or layout.sighting_at(span) is not None:
                continue
            titled = text[sort.start() : sort.end()].istitle()
            if needs_shape and not _is_distinctive(layout, span, name, titled=titled):
                continue
            seen.add(name)
            yield Coinage(name, span, quoted(layout, wording))


def _found(text: str, start: int, end: int) -> Iterator[tuple[Span, Span, bool]]:
    """Names around the word for a sort of software at `[start, end)`: (the wording, the name, whether the
    name must look like one by itself)."""
    wordings = _wordings()
    after = wordings.after.match(text, end)
    if after is None and wordings.naming.search(text, max(0, start - _NEAR), start) is not None:
        after = wordings.named.match(text, end)
    if after is not None:
        yield Span(start, after.end()), Span(*after.span("name")), False
    titled = wordings.goes_on.match(text, end) is not None
    for before in (wordings.beside, wordings.is_one):
        found = before.search(text, max(0, start - _FAR), start)
        if found is not None and not (titled and before is wordings.beside):
            yield Span(found.start(), end), Span(*found.span("name")), True


def _without_article(text: str, span: Span) -> Span:
    """A name without a word before it that only describes: "The", "New", "Windows"."""
    first, _, rest = span.of(text).partition(" ")
    describes = fold(first) in naming_words("described") or (
        is_ordinary(first) and rest[1:] != rest[1:].lower()
    )
    return Span(span.end - len(rest), span.end) if rest != "" and describes else span


def _is_distinctive(layout: Layout, span: Span, name: str, *, titled: bool) -> bool:
    """Whether a name cannot be a word that only begins a sentence or stands in a title.

    `titled` says that the word beside it has a capital too, which then says nothing.
    """
    if any(character.isupper() for character in re.sub(r"[ -]\w", "", name)[1:]) or any(
        map(str.isdigit, name)
    ):
        return name != name.upper() or not (titled or layout.in_title(span))
    if titled or layout.opens_sentence(span) or layout.in_title(span):
        return False
    return layout.text.count(name) > 1


@dataclass(frozen=True, slots=True)
class _Wordings:
    """`sort` is for folded text; `beside`, `is_one` and `naming` end where it begins, the rest follow it."""

    sort: re.Pattern[str]
    beside: re.Pattern[str]
    is_one: re.Pattern[str]
    naming: re.Pattern[str]
    named: re.Pattern[str]
    after: re.Pattern[str]
    goes_on: re.Pattern[str]


@cache
def _wordings() -> _Wordings:
    whose = r"[A-Z]\w+(?: [A-Z]\w+)?"
    verb = r"(?:call(?:s|ed)?|track(?:s|ed)?|dub(?:s|bed)?|nam(?:e|es|ed)|refers? to)(?: (?:it|this|them))?"
    active = rf"(?:(?:that|which|and) )?(?:we|the authors?|researchers|{whose}) (?:have |has |are )?{verb}"
    passive = r"(?:named|called|dubbed|codenamed|known|tracked|referred to|identified)"
    naming = rf"(?:{active}|{passive}(?: (?:by|to) {whose})?)(?: as)?:?"
    return _Wordings(
        sort=re.compile(rf"\b(?:{'|'.join(sorted(naming_words('coined')))})(?:s|es)?\b"),
        beside=re.compile(rf"{_NAME}{_MARK} \Z"),
        is_one=re.compile(rf"{_NAME}{_MARK}(?: is|,|\)?,) an? (?:[\w-]+ ){{0,5}}\Z"),
        naming=re.compile(r"\b(?:named|dubbed|called|call) (?:the|this) (?:new )?\Z"),
        named=re.compile(rf"(?: as)? {_MARK}{_NAME}"),
        after=re.compile(rf"[^.;:\n()]{{0,25}}?[\s,(]+{naming}\s+{_MARK}{_NAME}"),
        goes_on=re.compile(r"[ -][A-Z]"),
    )
