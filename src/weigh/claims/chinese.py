"""Parties in Chinese text, which has no spaces and no capitals: the longest name at each place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ahocorasick_rs import AhoCorasick, MatchKind

from weigh.claims.parties import Form, Mention, names_in_chinese
from weigh.records import Party, Span

_APPENDED = ("政府", "当局", "官员", "官方", "方面")


@dataclass(frozen=True, slots=True)
class Names:
    """All names in Chinese, ready to be found."""

    automaton: AhoCorasick
    entries: tuple[tuple[str, Party, Form], ...]

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every party named, in reading order; a state and its body beside it are one party."""
        found: list[Mention] = []
        for index, start, end in self.automaton.find_matches_as_indexes(text):
            name, party, form = self.entries[index]
            item = Mention(Span(start, end), replace(party, words=name), form)
            if (
                len(found) > 0
                and found[-1].span.end == start
                and found[-1].form is Form.STATE
                and form is Form.BODY
            ):
                item = _of_state(found.pop(), item, text)
            found.append(_extended(item, text))
        return tuple(found)


def chinese_names() -> Names:
    """The names of states, bodies, alliances and reporters in Chinese."""
    entries = tuple(names_in_chinese())
    automaton = AhoCorasick([name for name, _, _ in entries], matchkind=MatchKind.LeftmostLongest)
    return Names(automaton, entries)


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
