"""Names that only the text knows: people charged, companies sanctioned, groups that it presents.

Such a name is an actor from its introduction on, wherever the text uses it, whole or by its last word.
The ways of presenting somebody are patterns of a language's table, `[introductions]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from weigh.claims.defendants import Rows, charged
from weigh.claims.listed import Form
from weigh.claims.marked import in_small_letters
from weigh.claims.parties import Mention, Mentions
from weigh.claims.speaking import Speaking, speaking
from weigh.evidence.sequences import Places, Sequences, Steps, may_follow
from weigh.records import Party, Span

MOST = 60
"""Names that are taken up of one document, the first ones: a bound for hostile text."""

LONGEST = 200_000
"""Characters in which introductions are looked for, the first ones; uses are found in the whole text."""

_SHORT = 3
_LONGEST_WORD = 30
_NAME_BEFORE = re.compile(r"(?<![\w.\n])([A-Z][a-z’'-]+) \Z")
_NAME_AFTER = re.compile(r" [A-Z][a-z]+")
_ALIAS = re.compile(r"\s?\((?:the\s|hereinafter\s)?[\"“]?(?P<short>[A-Z][\w-]{2,20})[\"”]?\)")
_CORPORATE = frozenset(
    [
        "Information",
        "Technology",
        "Technologies",
        "Company",
        "Co",
        "Ltd",
        "Limited",
        "Group",
        "Corporation",
        "Inc",
        "LLC",
        "Security",
        "Network",
        "Science",
        "Systems",
        "Solutions",
        "International",
        "Institute",
        "Team",
        "Army",
    ]
)


Sort = tuple[re.Pattern[str], ...]
"""Patterns for names of one sort."""


@dataclass(frozen=True, slots=True)
class Introductions:
    """Patterns with a group `who`, in which `name` finds each name; people go by their last word too.

    `houses` are those who investigate for others and speak; the others are accused. Any name may be found
    `speaking`. `steps` is what each pattern, by its text, needs of the words of `sequences`.
    """

    people: tuple[re.Pattern[str], ...]
    groups: tuple[re.Pattern[str], ...]
    houses: tuple[re.Pattern[str], ...]
    name: re.Pattern[str]
    never: re.Pattern[str]
    product: re.Pattern[str]
    rows: Rows
    sequences: Sequences
    steps: Mapping[str, Steps]
    speaking: Speaking


@dataclass(frozen=True, slots=True)
class Introduced:
    """Every mention of a text, and the persons whom it says are charged, in order."""

    mentions: Mentions
    charged: tuple[Party, ...]


def introduced(text: str, known: Mentions, table: Introductions | None) -> Introduced:
    """The mentions that are known and, between them, every use of a name that the text introduces."""
    if table is None:
        return Introduced(known, ())
    known = _without_products(known, text, table)
    names: dict[str, tuple[Party, Form]] = {}
    persons: list[Party] = []
    for name, span, sort in _introductions(text, table):
        if len(known.within(span)) > 0 or name in names or len(names) >= MOST:
            continue
        party = Party(name, name, name)
        form = Form.REPORTER if sort is table.houses else Form.ACTOR
        if sort is table.people:
            persons.append(party)
        for word in (name, *_shorter(name, sort is table.people), *_alias(text, span)):
            names.setdefault(word, (party, form))
    for name, span in speaking(text, LONGEST, table.speaking):
        if len(names) >= MOST:
            break
        if len(known.within(span)) == 0:
            names.setdefault(name, (Party(name, name, name), Form.NAME))
    if len(names) == 0:
        return Introduced(known, ())
    return Introduced(Mentions.of([*known.items, *_uses(names, text, known, table.never)]), tuple(persons))


def _without_products(known: Mentions, text: str, table: Introductions) -> Mentions:
    """The mentions without those of an actor whose name is that of a product in this text."""
    products = {match["who"].casefold() for match in table.product.finditer(text, 0, LONGEST)}
    kept = (
        item
        for item in known.items
        if item.form is not Form.ACTOR or item.span.of(text).casefold() not in products
    )
    return Mentions(tuple(kept)) if len(products) > 0 else known


def _introductions(text: str, table: Introductions) -> Iterator[tuple[str, Span, Sort]]:
    """Every name that is presented, where, and among which it is."""
    places = table.sequences.within(in_small_letters(text[:LONGEST]))
    yield from _presented(text, table.houses, places, table)
    people = [span for _, span, _ in _presented(text, table.people, places, table)]
    rows = charged(text[:LONGEST], people, table.rows)
    known = [Span(one.span.start, one.end) for one in rows]
    alone = [span for span in people if not any(span.overlaps(other) for other in known)]
    for span in (*(one.span for one in rows), *alone):
        yield span.of(text), span, table.people
    yield from _presented(text, table.groups, places, table)


def _presented(
    text: str, sort: Sort, places: Places, table: Introductions
) -> Iterator[tuple[str, Span, Sort]]:
    """Every name that the patterns of one sort find; `places` are those of the words they need."""
    for pattern in sort:
        if not may_follow(table.steps[pattern.pattern], places, 0, LONGEST):
            continue
        for match in pattern.finditer(text, 0, LONGEST):
            for found in table.name.finditer(text, *match.span("who")):
                if table.never.fullmatch(found.group()) is None:
                    yield found.group(), Span(*found.span()), sort


def _shorter(name: str, is_person: bool) -> Iterator[str]:
    """By which single words a name is used later: a person's first or last, a company's that is its own."""
    words = name.split()
    if len(words) < 2:
        return
    ends = (words[-1], words[0]) if is_person else (words[0],)
    yield from (word for word in ends if len(word) >= _SHORT and word not in _CORPORATE)


def _alias(text: str, span: Span) -> Iterator[str]:
    match = _ALIAS.match(text, span.end)
    if match is not None:
        yield match["short"]


def _uses(
    names: dict[str, tuple[Party, Form]], text: str, known: Mentions, never: re.Pattern[str]
) -> Iterator[Mention]:
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<![A-Za-z0-9_-])(?:{'|'.join(map(re.escape, longest_first))})(?![A-Za-z0-9_])")
    if not names or not _is_cased(longest_first):
        pattern = re.compile("|".join(map(re.escape, longest_first)))
    for match in pattern.finditer(text):
        span = Span(*match.span())
        party, form = names[match.group()]
        is_part = (match.group() != party.key or form is Form.NAME) and _is_within_name(text, span, never)
        if len(known.within(span)) == 0 and not is_part:
            yield Mention(span, Party(party.key, party.name, match.group()), form)


def _is_within_name(text: str, span: Span, never: re.Pattern[str]) -> bool:
    """Whether a word belongs to a longer name, which is another's."""
    before = _NAME_BEFORE.search(text, max(span.start - _LONGEST_WORD, 0), span.start)
    return (before is not None and never.fullmatch(before[1]) is None) or _NAME_AFTER.match(
        text, span.end
    ) is not None


def _is_cased(names: Sequence[str]) -> bool:
    """Whether names are of a script that puts space around words."""
    return any(name[0].isupper() for name in names)
