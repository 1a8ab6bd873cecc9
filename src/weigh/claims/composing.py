"""The loose reading of a sentence in which no pattern was found: a cue word, and the parties around it.

A pattern says how the words between speaker, deed and culprit may run; a cue does not. `[[cue]]` rows of a
language's table give a stance, its words, and on which side of them the accused and the speaker stand.
What cannot be the accused is told by the word before it ("against", "into"): it is whom the deed was done to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from weigh.claims.listed import Form, is_forum
from weigh.claims.marked import Marked, Token
from weigh.claims.patterns import Composing, Cue
from weigh.evidence.sequences import Places, may_follow

_ACCUSABLE = frozenset({Form.STATE, Form.BODY, Form.ACTOR, Form.ALLIANCE, None})
_BESIDE = 14
"""Characters between a cue and a party right after it."""

_LISTED = re.compile(r"(?:'s)?(?:,? and|,? or|,|、|和|及)(?: its| the| their)? ?")
_SPEAKING = frozenset({Form.STATE, Form.BODY, Form.ALLIANCE, Form.REPORTER, Form.NAME})


@dataclass(frozen=True, slots=True)
class Composition:
    """What a cue and the parties around it say: places in the marked text, and tokens."""

    cue: Cue
    start: int
    end: int
    words: str
    on: tuple[tuple[int, Token], ...]
    by: tuple[tuple[int, Token], ...]


def compositions(
    marked: Marked, small: str, places: Places, within: tuple[int, int], rules: Composing
) -> Iterator[Composition]:
    """Readings of a range, the first cue first; whoever asks takes the first that is asserted.

    `small` is the marked text in small letters and `places` those of the table's words in it.
    """
    for cue in rules.cues:
        if not may_follow(cue.claim.steps, places, *within):
            continue
        for match in cue.claim.pattern.finditer(small, *within):
            if cue.also is not None and cue.also.search(small, *within) is None:
                continue
            here = _clause(small, *within, match, rules)
            yield Composition(
                cue,
                match.start(),
                match.end(),
                marked.text[here[0] : here[1]],
                tuple(_accused(marked, here, match, cue, rules)),
                tuple(_speakers(marked, here, match, cue, rules)),
            )


def _clause(text: str, start: int, end: int, match: re.Match[str], rules: Composing) -> tuple[int, int]:
    """From the last break before a cue to the next one after it."""
    before = [found.end() for found in rules.clause.finditer(text, start, match.start())]
    after = rules.clause.search(text, match.end(), end)
    return (before[-1] if len(before) > 0 else start), (after.start() if after is not None else end)


def _accused(
    marked: Marked, here: tuple[int, int], match: re.Match[str], cue: Cue, rules: Composing
) -> Sequence[tuple[int, Token]]:
    if cue.on == "own":
        return ()
    before = _parties(marked, here[0], match.start(), rules)
    after = _parties(marked, match.end(), here[1], rules)
    if cue.on == "after":
        return _joined(marked, _beside(marked, match.end(), here[1]) or after)
    if cue.on == "named":
        return [item for item in after if rules.named.search(marked.text, here[0], item[0]) is not None]
    if cue.on == "passive":
        return _joined(
            marked, [item for item in after if _is_agent(marked, item[0], match.end(), rules)]
        ) or ([] if rules.agent.search(marked.text, match.start(), match.end() + 1) else before[-1:])
    if cue.on == "before":
        return before[-1:]
    return before[-1:] or after[:1]


def _beside(marked: Marked, start: int, end: int) -> list[tuple[int, Token]]:
    """Those who can be accused right after a cue, whatever word leads to them ("at", "on")."""
    places = [place for place in range(start, min(end, start + _BESIDE)) if place in marked.tokens]
    if len(places) == 0 or marked.tokens[places[0]].form not in _ACCUSABLE:
        return []
    rest = [place for place in range(places[0], end) if place in marked.tokens]
    return [(place, marked.tokens[place]) for place in rest if marked.tokens[place].form in _ACCUSABLE]


def _parties(marked: Marked, start: int, end: int, rules: Composing) -> list[tuple[int, Token]]:
    """Those named in a range who can be accused, and are not whom a deed is done to."""
    found = []
    for place in range(start, end):
        token = marked.tokens.get(place)
        if token is None or rules.victim.search(marked.text, max(0, place - 40), place) is not None:
            continue
        adjective = token.form is Form.ADJECTIVE and rules.people.match(marked.text, place + 1) is not None
        if (token.form in _ACCUSABLE or adjective) and not any(is_forum(party) for party in token.parties):
            found.append((place, token))
    return found


def _joined(marked: Marked, found: Sequence[tuple[int, Token]]) -> Sequence[tuple[int, Token]]:
    """The first party and those listed with it: "the GRU and its hackers"."""
    kept = list(found[:1])
    for item in found[1:]:
        if _LISTED.fullmatch(marked.text, kept[-1][0] + 1, item[0]) is None:
            break
        kept.append(item)
    return kept


def _is_agent(marked: Marked, place: int, start: int, rules: Composing) -> bool:
    return rules.agent.search(marked.text, max(start, place - 50), place) is not None


def _speakers(
    marked: Marked, here: tuple[int, int], match: re.Match[str], cue: Cue, rules: Composing
) -> Iterator[tuple[int, Token]]:
    """The first of those before a cue who can speak, with those listed with it."""
    if cue.by != "before":
        return
    places = [place for place in range(here[0], match.start()) if place in marked.tokens]
    speaking = [
        (place, marked.tokens[place])
        for place in places
        if marked.tokens[place].form in _SPEAKING
        and rules.victim.search(marked.text, max(0, place - 40), place) is None
    ]
    yield from _joined(marked, speaking)
