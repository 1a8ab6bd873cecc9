"""What a reader remembers from sentence to sentence: who acted, spoke and was accused last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from weigh.claims.listed import Form
from weigh.claims.marked import MARKS, Marked
from weigh.claims.voices import Voice, Voices
from weigh.records import Party, Span

_SUBJECT = re.compile(rf"[{MARKS[Form.STATE]}{MARKS[Form.BODY]}{MARKS[Form.ALLIANCE]}](?!')")
_OPENING = frozenset('“"「')


@dataclass
class Memory:
    """What a reader of one document remembers: who acted last, who was accused last."""

    subject: Party | None = None
    speakers: tuple[Party, ...] = ()
    heard: bool = False
    carrying: tuple[Party, ...] = ()
    home: str = ""
    at: int = 0
    culprits: tuple[Party, ...] = ()
    actors: tuple[Party, ...] = ()
    fresh: bool = False
    people: dict[str, Party] = field(default_factory=dict)
    states: list[Party] = field(default_factory=list)

    def enter(self, text: str, sentence: Span) -> None:
        """Forget who spoke where a new paragraph begins; they go on speaking within one."""
        if text.count("\n", self.at, sentence.start) > 0:
            self.carrying = ()
        self.at = sentence.start

    def carried(self, text: str, part: Span, heard: Voice, voices: Voices) -> Voice:
        """The voice of a quotation that opens a sentence: whoever spoke last in the paragraph."""
        opens = text[part.start : part.start + 3].lstrip()[:1] in _OPENING
        if not opens or len(self.carrying) == 0 or heard is not voices.own:
            return heard
        return heard.quoting(self.carrying)

    def hear(self, speakers: Sequence[Party]) -> None:
        """Remember who is quoted."""
        self.speakers = self.carrying = tuple(speakers)
        self.heard = True

    def last_two(self) -> tuple[Party, ...]:
        """The last two different states, for "the two nations"; nobody where there are not two."""
        found = tuple(dict.fromkeys(reversed(self.states)))[:2]
        return found if len(found) == 2 else ()

    def note(self, marked: Marked) -> None:
        """Remember the first subject of a sentence, the last actor and the states that it names."""
        match = _SUBJECT.search(marked.text)
        if match is not None and match.start() in marked.tokens:
            self.subject = marked.tokens[match.start()].parties[0]
        for token in marked.tokens.values():
            if token.form is Form.ACTOR:
                self.actors = token.parties
            elif token.form is Form.STATE:
                self.states.append(token.parties[0])
