"""Whether a word that may be a name is meant as one: by the words around it.

"Anchor" is malware where somebody runs it, where it stands beside the word for a sort of software, with its
ATT&CK id, or in a list of other names. In "an Anchor store" it is none. The words are data (`names.toml`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from weigh.evidence.definitions import naming_words
from weigh.evidence.layout import Layout
from weigh.records import Kind, Span

_REACH = 70
_NEXT = re.compile(r"[ \n-](?P<word>[A-Za-z][A-Za-z0-9&]{1,19})")
_NEIGHBOUR = re.compile(r"[ -](?:[A-Z][a-z]+|[A-Z]{2,}|[A-Z]\.)(?!\w)")
_BEFORE = re.compile(r"(?:[A-Z][a-z]+|[A-Z]{2,}|[A-Z]\.)[ -]\Z")
_ADDRESSED = re.compile(r"[,.?!]\s+(?:I|you|we|thank|thanks)\b", re.IGNORECASE)
_ID_AFTER = re.compile(r"\s?[-\u2013\u2014|:]?\s?[\[(]?\s?[GS]\d{4}(?!\d)")
_ID_BEFORE = re.compile(r"(?<!\w)[GS]\d{4}[\])]?\s?[-\u2013\u2014|:]?\s?\Z")
_QUOTE = r"[\"'\u2018\u201c*_\[(]{0,3}"
_CLOSED = r"[\"'\u2019\u201d*_)\]]{0,3}"
_WITH = (
    r"(?:\s(?:the|an?|its|their|his|both|also|either|open[ -]source|publicly|available|custom|modified|new"
    r"|own|legitimate|versions?|cop(?:y|ies)|variants?|instances?|of|called|as|such|tools?))*"
)


def called(layout: Layout, span: Span) -> Kind | None:
    """What the word after the name calls it: software, an actor, or nothing known."""
    return called_at(layout.text, span.end)


def called_at(text: str, end: int) -> Kind | None:
    """The same for a name that ends at `end`."""
    following = _NEXT.match(text, end)
    word = "" if following is None else following["word"].lower()
    if word in naming_words("software"):
        return Kind.SOFTWARE
    return Kind.ACTOR if word in naming_words("actor") else None


def is_malicious_at(text: str, end: int) -> bool:
    """Whether the word after a name that ends at `end` is one for a sort of malicious software."""
    following = _NEXT.match(text, end)
    return following is not None and following["word"].lower() in naming_words("coined")


def is_crowded(layout: Layout, span: Span) -> bool:
    """Whether another capitalised word stands right beside it, as in a person's or a company's name."""
    after = _NEIGHBOUR.match(layout.text, span.end)
    if after is not None and called(layout, span) is None and not _names_server(layout.text, span.end):
        return True
    before = _BEFORE.search(layout.text, max(0, span.start - 24), span.start)
    if before is None:
        return False
    return not layout.opens_sentence(Span(span.start - len(before.group()), span.start))


def is_spoken_to(layout: Layout, span: Span) -> bool:
    """Whether somebody speaks to the bearer of the name: "So, first, Kevin, I appreciated"."""
    before = layout.text[max(0, span.start - 2) : span.start].rstrip()
    follows = before == "" or not before[-1].isalnum()
    return follows and _ADDRESSED.match(layout.text, span.end) is not None


def is_meant(layout: Layout, span: Span, kind: Kind) -> bool:
    """Whether the words around a name say that software, or an actor, is meant."""
    text, wordings = layout.text, _wordings()
    if called_at(text, span.end) is not None or _names_server(text, span.end):
        return True
    if any(pattern.match(text, span.end) for pattern in (_ID_AFTER, wordings.is_one, wordings.done)):
        return True
    start = max(layout.sentence_at(span).start, span.start - _REACH)
    leads = (_ID_BEFORE, wordings.sort, *((wordings.deed,) if kind is Kind.ACTOR else ()))
    if any(pattern.search(text, start, span.start) is not None for pattern in leads):
        return True
    if wordings.named.search(text, start, span.start) is not None:
        return wordings.of_sort.search(text, start, span.start) is not None
    return (
        wordings.used.search(text, start, span.start) is not None
        and wordings.goes_on.match(text, span.end) is not None
    )


def _names_server(text: str, end: int) -> bool:
    following = _NEXT.match(text, end)
    return following is not None and following["word"].lower() in naming_words("server")


@dataclass(frozen=True, slots=True)
class _Wordings:
    """`is_one`, `done` and `goes_on` follow a name, the others but `of_sort` end right before it."""

    is_one: re.Pattern[str]
    done: re.Pattern[str]
    goes_on: re.Pattern[str]
    sort: re.Pattern[str]
    named: re.Pattern[str]
    of_sort: re.Pattern[str]
    used: re.Pattern[str]
    deed: re.Pattern[str]


@cache
def _wordings() -> _Wordings:
    sorts = rf"{_any_of('software', 'coined', 'sorts')}(?:s|es)?"
    kinds = r"(?:\s(?:famil(?:y|ies)|groups?|strains?))?"
    leads = r"(?: (?:used|seen|observed|deployed|included))?"
    leads += r"(?:,? (?:called|named|dubbed|known as|such as|like|including|e\.g\.|i\.e\.))?"
    return _Wordings(
        is_one=_pattern(rf"(?: is|,|\)?,) an? (?:[\w.-]+ ){{0,6}}{sorts}\b"),
        done=_pattern(
            rf" (?:is|was|were|(?:has|have|had) been|being) (?:\w+ly |also |then |later )?"
            rf"{_any_of('done')}\b"
        ),
        goes_on=_pattern(rf"{_CLOSED}(?:[.,;:!?)]|\s\(|\s*\Z|\s{_any_of('follows')}\b)"),
        sort=_pattern(rf"\b{sorts}{kinds}{leads}[,:]?\s(?:the )?{_QUOTE}\Z"),
        named=_pattern(
            rf"\b(?:called|named|dubbed|codenamed|nicknamed|known as|tracked as) (?:the )?{_QUOTE}\Z"
        ),
        of_sort=_pattern(rf"\b{sorts}\b"),
        used=_pattern(rf"\b{_any_of('uses')}{_WITH}\s{_QUOTE}\Z"),
        deed=_pattern(rf"\b(?:by|behind|(?:attributed|linked|tied) to|blamed on) (?:the )?{_QUOTE}\Z"),
    )


def _any_of(*rows: str) -> str:
    return f"(?:{'|'.join(sorted(frozenset[str]().union(*map(naming_words, rows))))})"


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
