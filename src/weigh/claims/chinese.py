"""Parties in Chinese text, which has no spaces and no capitals: the longest name at each place.

A body that every state has ("the foreign ministry") belongs to the state that is named before it, else to
the side that speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick, MatchKind

from weigh.claims.listed import Form, bodies_table, names_in_chinese
from weigh.claims.namesakes import chinese_kinds
from weigh.claims.parties import Mention
from weigh.evidence.chinese import simplified
from weigh.knowledge.catalogue import Catalogue
from weigh.records import Party, Span

_CUT = re.compile(r"[A-Za-z0-9]{2}")
_APPENDED = ("政府", "当局", "官员", "官方", "方面")


@dataclass(frozen=True, slots=True)
class Names:
    """All names in Chinese, ready to be found."""

    automaton: AhoCorasick
    entries: tuple[tuple[str, Party, Form], ...]

    def mentions(self, text: str, home: str = "") -> tuple[Mention, ...]:
        """Every party named, in reading order; a state and its body beside it are one party.

        `home` is the state of the side that speaks, whose own bodies need no state before them.
        """
        found: list[Mention] = []
        written, text = text, simplified(text)
        for index, start, end in self.automaton.find_matches_as_indexes(text):
            if _is_cut(text, start, end):
                continue
            _, party, form = self.entries[index]
            item = _told(text, Mention(Span(start, end), replace(party, words=text[start:end]), form))
            if item is None:
                continue
            if len(found) > 0 and form is Form.BODY and _is_its(found[-1], item, text):
                item = _of_state(found.pop(), item, text)
            found.append(_extended(item, text))
        return tuple(_at_home(_in_words_of(written, item), home) for item in _embassies(found, text))


def _told(text: str, item: Mention) -> Mention | None:
    """A state's name as what it means: the state, a firm that has it in its name, or, for somebody's
    nationality or another name, nobody."""
    if item.form is not Form.STATE:
        return None if item.party.key == "" else item
    table = chinese_kinds()
    if table.persons.match(text, item.span.end) is not None:
        return None
    firm = table.firms.match(text, item.span.end)
    if firm is None:
        return item
    name = text[item.span.start : firm.end()]
    return Mention(Span(item.span.start, firm.end()), Party(name, name, name), Form.NAME)


def _is_its(state: Mention, body: Mention, text: str) -> bool:
    """Whether a body is named as that of the state before it, words like "military" between them or none."""
    between = text[state.span.end : body.span.start]
    return state.form is Form.STATE and (
        between == "" or chinese_kinds().between.fullmatch(between) is not None
    )


def _in_words_of(text: str, item: Mention) -> Mention:
    """A mention with its words as the text has them."""
    return replace(item, party=replace(item.party, words=item.span.of(text)))


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether a name in Latin letters is a part of a longer word, as "AP" is of "APT"."""
    edges = (text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1])
    return any(_CUT.fullmatch(edge) is not None for edge in edges)


def chinese_names(catalogue: Catalogue) -> Names:
    """The names of states, bodies, alliances, reporters and known actors in Chinese."""
    entries = (*names_in_chinese(), *_others(), *_actors(catalogue))
    automaton = AhoCorasick([name for name, _, _ in entries], matchkind=MatchKind.LeftmostLongest)
    return Names(automaton, entries)


def _others() -> Iterator[tuple[str, Party, Form]]:
    """Names in which a state's stands: of parts of states, and of nobody."""
    table = chinese_kinds()
    yield from ((name, Party("", name), Form.NAME) for name in table.names)
    for code, names in table.parts.items():
        yield from ((name, Party(f"{code}/{name}", name), Form.BODY) for name in names)


def _actors(catalogue: Catalogue) -> Iterator[tuple[str, Party, Form]]:
    """Actors by the names that Chinese reports give them, where the knowledge holds the actor."""
    known = {alias.name.lower(): actor for actor in catalogue.actors for alias in actor.aliases}
    known |= {actor.name.lower(): actor for actor in catalogue.actors}
    for english, names in bodies_table()["actors"].items():
        actor = known.get(english.lower())
        for name in names:
            yield (
                name,
                Party(actor.id, actor.name) if actor is not None else Party(english, english),
                Form.ACTOR,
            )


def _embassies(found: Sequence[Mention], text: str) -> Iterator[Mention]:
    """The mentions, an embassy "in" a state as one of the state that is named before."""
    kept: list[Mention] = []
    for item in found:
        sent = kept[-1] if len(kept) > 0 else None
        apart = "" if sent is None else text[sent.span.end : item.span.start]
        abroad = item.party.key.endswith("/embassy") and apart == "驻"
        if sent is not None and abroad and sent.form is Form.STATE:
            span = Span(sent.span.start, item.span.end)
            party = Party(f"{sent.party.root}/embassy", item.party.name, span.of(text))
            kept[-1] = Mention(span, party, Form.BODY)
            continue
        kept.append(item)
    yield from kept


def _at_home(item: Mention, home: str) -> Mention:
    """A body of no named state as one of the speaking side."""
    if not item.party.key.startswith("/") or home == "":
        return item
    return replace(item, party=replace(item.party, key=home + item.party.key))


def _of_state(state: Mention, body: Mention, text: str) -> Mention:
    """A body of the state that is named before it, whatever state a table gives it to."""
    span = Span(state.span.start, body.span.end)
    key = f"{state.party.key}/{body.party.key.partition('/')[2]}"
    return Mention(span, Party(key, body.party.name, span.of(text)), Form.BODY)


def _extended(item: Mention, text: str) -> Mention:
    """A state with "government" or "authorities" after it, which are the state itself."""
    after = next((word for word in _APPENDED if text.startswith(word, item.span.end)), "")
    if item.form is not Form.STATE or after == "":
        return item
    span = Span(item.span.start, item.span.end + len(after))
    return Mention(span, replace(item.party, words=span.of(text)), Form.STATE)
