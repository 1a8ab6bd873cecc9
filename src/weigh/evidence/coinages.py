"""Names that a document gives to malicious software: "a backdoor we call Lantern", "Lantern ransomware".

Where the knowledge does not know the name it can weigh nothing, but a reader wants to see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from weigh.evidence.definitions import MOST, is_nameable, mentions, quoted
from weigh.evidence.folding import fold
from weigh.evidence.layout import Layout
from weigh.evidence.naming_words import naming_words
from weigh.evidence.ordinary import is_ordinary
from weigh.records import Span

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
    for pattern, needs_shape in _patterns():
        for count, match in enumerate(pattern.finditer(text)):
            if count == MOST:
                break
            span = _without_article(text, Span(*match.span("name")))
            name = span.of(text)
            if name in seen or not is_nameable(name) or layout.sighting_at(span) is not None:
                continue
            titled = (match.groupdict().get("sort") or "").istitle()
            if needs_shape and not _is_distinctive(layout, span, name, titled=titled):
                continue
            seen.add(name)
            yield Coinage(name, span, quoted(layout, Span(*match.span())))


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
    return sum(1 for _ in mentions(layout.text, name)) > 1


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Wordings that name software, and whether the name must look like one by itself."""
    sort = rf"\b(?i:{'|'.join(sorted(naming_words('coined')))})(?:s|es)?\b"
    whose = r"[A-Z]\w+(?: [A-Z]\w+)?"
    verb = r"(?:call(?:s|ed)?|track(?:s|ed)?|dub(?:s|bed)?|nam(?:e|es|ed)|refers? to)(?: (?:it|this|them))?"
    active = rf"(?:(?:that|which|and) )?(?:we|the authors?|researchers|{whose}) (?:have |has |are )?{verb}"
    passive = (
        rf"(?:named|called|dubbed|codenamed|known|tracked|referred to|identified)(?: (?:by|to) {whose})?"
    )
    naming = rf"(?:{active}|{passive})(?: as)?:?"
    return (
        (re.compile(rf"{sort}[^.;:\n()]{{0,25}}?[\s,(]+{naming}\s+{_MARK}{_NAME}"), False),
        (
            re.compile(
                rf"\b(?:named|dubbed|called|call) (?:the|this) (?:new )?{sort}(?: as)? {_MARK}{_NAME}"
            ),
            False,
        ),
        (re.compile(rf"{_NAME}{_MARK}(?: is|,|\)?,) an? (?:[\w-]+ ){{0,5}}?{sort}"), True),
        (re.compile(rf"{_NAME}{_MARK} (?P<sort>{sort})(?![ -][A-Z])"), True),
    )
