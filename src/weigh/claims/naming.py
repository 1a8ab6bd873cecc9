"""Who speaks in a sentence and whom it accuses, by the words found for them: names, roles, pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from weigh.claims.listed import Form, state_name
from weigh.claims.marked import MARKS, Marked, Token
from weigh.claims.memory import Memory
from weigh.claims.nuclei import ASSERTING
from weigh.claims.patterns import ClaimPattern, Patterns
from weigh.claims.voices import TITLE, Voice
from weigh.evidence.countries import states
from weigh.records import Degree, Party, Span, Stance

_MORE = re.compile(rf"(?: \([^)]{{0,40}}\))?(?:, \d\d)?(?:,? and |, |; )(?:the )?{MARKS[Form.ACTOR]}")
_ARTICLE = re.compile(r"^(?:an?|the|one) ", re.IGNORECASE)
_IN = re.compile(r"\bin (?:the )?\Z")
PERSON = re.compile(r"[A-Z][\w'.-]*\w(?: (?:[A-Z][\w'.-]*\w|[A-Z]\.|bin|al|van|von|de|der)){1,4}")
"""A name of two words and more at the beginning of a speaker's description."""


class Naming:
    """A marked sentence, its table, and what was remembered before it."""

    def __init__(self, marked: Marked, whole: Span, table: Patterns, memory: Memory) -> None:
        self._marked, self._whole, self._table, self._memory = marked, whole, table, memory
        self._small = marked.small
        self._places = table.sequences.within(self._small)

    def _has(self, guard: str, text: str, start: int = 0, end: int | None = None) -> bool:
        """Whether words of a guard stand in a part of a text."""
        return self._table.guards[guard].search(text, start, len(text) if end is None else end) is not None

    def _is(self, guard: str, words: str) -> bool:
        return self._table.guards[guard].fullmatch(words) is not None

    def _speakers(self, match: re.Match[str], voice: Voice) -> list[Party] | None:
        """Who speaks in a frame; None where a word stands for nobody that is known."""
        words = match["by"].strip()
        if "surname" in match.re.groupindex:
            known = self._memory.people.get(words)
            return None if known is None else [known]
        parties = self._former(match) or self._named(*match.span("by"), voice)
        if len(parties) > 0:
            self._memory.hear(parties)
            return parties
        if self._is("pronoun", words):
            if self._memory.heard and len(self._memory.speakers) == 0:
                return []
            last = self._memory.speakers or (() if self._memory.subject is None else (self._memory.subject,))
            return list(last) or None
        told = self._by_role(words, voice)
        self._memory.hear(told)
        return list(told)

    def _former(self, match: re.Match[str]) -> list[Party]:
        """Somebody who was an official once speaks for no state: the words for them as they stand."""
        if not self._has("former", match["by"]):
            return []
        words = self._marked.words(self._marked.span(*match.span("by")))
        name = _ARTICLE.sub("", words.strip())
        return [Party(name, name, name)]

    def _named(self, start: int, end: int, voice: Voice) -> list[Party]:
        """The parties that speak in a range: known ones, a person of one of them, or a name as it stands."""
        parties = [self._of_home(one) for token in self._speaking(start, end) for one in token.parties]
        name = PERSON.match(self._marked.text, start, end)
        if name is None and len(parties) > 0:
            self._remember(parties[0], start, end)
        if name is None or not (name.end() == end or self._marked.text[name.end()] == ","):
            return parties
        official = self._home(voice) if TITLE.search(name.group()) is not None else ""
        root = parties[0].root if len(parties) > 0 else official
        told = Party(f"{root}/{name.group()}" if root else name.group(), name.group(), name.group())
        self._memory.people[name.group().split()[-1]] = told
        return [told]

    def _remember(self, party: Party, start: int, end: int) -> None:
        """By which surname a party's spokesperson or minister is quoted again."""
        marks = [place for place in range(start, end) if place in self._marked.tokens]
        name = PERSON.search(self._marked.text, marks[-1] if len(marks) > 0 else start, end)
        if name is not None and name.end() == end:
            self._memory.people[name.group().split()[-1]] = party

    def _speaking(self, start: int, end: int) -> Iterator[Token]:
        """The marks of a range that are not merely where somebody is: "the embassy in" a capital."""
        for place in range(start, end):
            where = place > start + 3 and _IN.search(self._marked.text, start, place) is not None
            if place in self._marked.tokens and not where:
                yield self._marked.tokens[place]

    def _by_role(self, words: str, voice: Voice) -> tuple[Party, ...]:
        """Whom "the ministry" or "officials" stand for: a state's own people, or whoever was heard last."""
        if self._is("unnamed", words):
            return ()
        if self._is("self", words) or voice.root in states():
            return voice.speakers
        home = self._memory.home
        known = self._has("definite", words) and len(self._memory.speakers) > 0
        if home == "" or known or not self._has("official", words):
            return self._memory.speakers
        return (Party(home, state_name(home)),)

    def _of_home(self, party: Party) -> Party:
        """A body that speaks, and whose state is not told, as one of the state at home."""
        home = self._memory.home
        return replace(party, key=home + party.key) if party.key.startswith("/") and home != "" else party

    def _home(self, voice: Voice) -> str:
        """The state whose ministers a voice means where it names none."""
        return voice.root if voice.root in states() else self._memory.home

    def _quoting(self, voice: Voice, speakers: list[Party]) -> Voice:
        if len(speakers) == 0:
            return voice
        self._memory.hear(speakers)
        return voice.quoting(speakers)

    def _voice(self, pattern: ClaimPattern, match: re.Match[str], voice: Voice) -> Voice:
        """Who makes the claim: those whom the pattern finds speaking, unnamed others, or the voice here."""
        known = [name for name in ("by", "by2", "by3") if name in match.re.groupindex]
        words = next((match[name].strip() for name in known if match[name]), "")
        if pattern.others:
            return Voice((), (*voice.via, *voice.speakers))
        if words == "" or self._is("self", words):
            return voice
        spans = [match.span(name) for name in known if match[name]]
        speakers = [
            self._of_home(one) for span in spans for token in self._speaking(*span) for one in token.parties
        ]
        if len(speakers) == 0 and self._is("both", words):
            return voice.quoting(self._memory.last_two())
        if len(speakers) > 0:
            self._memory.hear(speakers)
            return voice.quoting(speakers)
        if self._is("pronoun", words):
            return voice if self._memory.subject is None else voice.quoting([self._memory.subject])
        return voice.quoting(self._by_role(words, voice))

    def _group(self, match: re.Match[str], *names: str) -> tuple[Token, ...]:
        known = match.re.groupindex
        return tuple(
            token
            for name in names
            if name in known and match.start(name) >= 0
            for token in self._marked.tokens_in(*match.span(name))
        )

    def _listed_after(self, match: re.Match[str]) -> Iterator[Party]:
        """The actors that are listed with the accused: "Omar Balin, 34, and Rita Sool, 29"."""
        at = match.end("on") if "on" in match.re.groupindex else -1
        while at > 0:
            more = _MORE.match(self._marked.text, at)
            token = None if more is None else self._marked.tokens.get(more.end() - 1)
            if more is None or token is None:
                return
            yield from token.parties
            at = more.end()

    def _unnamed(
        self, pattern: ClaimPattern, whole: str, said: Voice, on: Sequence[Token]
    ) -> tuple[tuple[Party, ...], tuple[str, ...]]:
        """Whom a claim without a name is about: one's own side for a denial, else those accused last."""
        if pattern.nobody:
            return (), (whole,)
        if pattern.stance is Stance.SELF_ATTRIBUTE:
            return said.speakers, ()
        if pattern.stance is Stance.DENY:
            own = said.speakers if len(said.via) > 0 else self._memory.culprits
            return own_side(said) or own, ()
        if pattern.stance in (Stance.URGE, Stance.THREATEN):
            return self._other_side(said), ()
        if pattern.stance in (Stance.ENDORSE, Stance.DOUBT):
            return self._memory.culprits, ()
        if pattern.stance is Stance.ACKNOWLEDGE:
            return self._memory.culprits, ()
        if pattern.stance not in ASSERTING:
            return (), ()
        words = tuple(self._marked.words(token.span) for token in on)
        last = self._memory.actors if any(self._has("one_group", word) for word in words) else ()
        if any(self._has("they", word) for word in words) and not self._memory.fresh:
            return (), words
        found = last or (self._memory.culprits if all(self._has("definite", word) for word in words) else ())
        return found, () if len(found) > 0 else words

    def _other_side(self, said: Voice) -> tuple[Party, ...]:
        """The first state in the sentence that is not the speaker's, else others who were accused last."""
        tokens = self._marked.tokens_in(0, len(self._marked.text))
        named = [
            party
            for token in tokens
            if token.form in (Form.STATE, Form.ADJECTIVE, Form.BODY, None)
            for party in token.parties
        ]
        others = [party for party in [*named, *self._memory.culprits] if party.root != said.root]
        return tuple(others[:1])

    def _tied(
        self, pattern: ClaimPattern, words: str, on: Sequence[Token], accused: Sequence[Party]
    ) -> Degree:
        """How the accused is tied to the deed: as pattern, phrase for the culprit, or act says."""
        said = next((token.degree for token in on if token.degree is not Degree.UNSAID), Degree.UNSAID)
        if pattern.degree is not Degree.UNSAID or said is not Degree.UNSAID:
            return pattern.degree or said
        if pattern.stance not in ASSERTING | {Stance.DENY, Stance.ENDORSE} or len(accused) == 0:
            return Degree.UNSAID
        for cue, degree in self._table.degrees:
            if cue.search(words) is not None:
                return degree
        return Degree.UNSAID if pattern.stance is Stance.DENY else Degree.BY


def own_side(voice: Voice) -> tuple[Party, ...]:
    """The state for which a voice speaks; nobody where it speaks for none."""
    code = voice.root
    return (Party(code, state_name(code)),) if code in states() else ()
