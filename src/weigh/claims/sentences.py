"""Claims in sentences: marked, quotations opened, the patterns of a language matched, and its guards asked.

What one side says about the other's claims is never taken for the claim itself: inside a denial, a
question or a condition nothing is asserted by whoever denies, asks or supposes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from weigh.claims.composing import Composition, compositions
from weigh.claims.drafts import Draft
from weigh.claims.marked import MARKS, Marked, Token, mark, with_culprits
from weigh.claims.parties import Form, Mention, Mentions, finds, state_name, states
from weigh.claims.patterns import FIRST_CUE, ClaimPattern, Patterns
from weigh.claims.required import may_match
from weigh.claims.topics import Topics
from weigh.claims.voices import TITLE, Voice, Voices
from weigh.evidence.layout import Layout
from weigh.records import Degree, Party, Span, Stance

DEEPEST = 4
"""Quotations within quotations that are opened."""

LONGEST = 700
"""Characters of a sentence that are read, the first ones: a bound for what patterns may try."""

_ASSERTING = frozenset({Stance.ACCUSE, Stance.ATTRIBUTE, Stance.COUNTER_ACCUSE})
_NEEDS_NOBODY = frozenset({Stance.DENY, Stance.ACKNOWLEDGE, Stance.THREATEN, Stance.SELF_ATTRIBUTE})
_SUBJECT = re.compile(rf"[{MARKS[Form.STATE]}{MARKS[Form.BODY]}{MARKS[Form.ALLIANCE]}](?!')")
_IN = re.compile(r"\bin (?:the )?\Z")
_OPENING = frozenset("“\"「")
_SHORTEST = 6
PERSON = re.compile(r"[A-Z][\w'.-]*\w(?: (?:[A-Z][\w'.-]*\w|[A-Z]\.|bin|al|van|von|de|der)){1,4}")
"""A name of two words and more at the beginning of a speaker's description."""

_HEAD = 600
"""Characters in which a document that announces charges says so; then it charges throughout."""
_NEAR, _VERB = 12, 40
"""Characters before and after its beginning in which a negation belongs to a denial."""


@dataclass
class Memory:
    """What a reader of one document remembers: who acted last, who was accused last."""

    subject: Party | None = None
    speakers: tuple[Party, ...] = ()
    carrying: tuple[Party, ...] = ()
    at: int = 0
    culprits: tuple[Party, ...] = ()
    actors: tuple[Party, ...] = ()
    fresh: bool = False
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


@dataclass(frozen=True, slots=True)
class _Nucleus:
    """A match of a claim pattern in a sentence, with who speaks and who is accused."""

    start: int
    end: int
    pattern: ClaimPattern
    stance: Stance
    voice: Voice
    accused: tuple[Party, ...]
    degree: Degree
    act: tuple[int, int] | None
    disputes: tuple[Party, ...]
    unresolved: tuple[str, ...]
    of_a_kind: bool
    recalled: bool

    @property
    def announces(self) -> bool:
        """Whether the claim is an act of speech, which is done by being announced."""
        return "by" in self.pattern.pattern.groupindex

    @property
    def tells_whom(self) -> bool:
        """Whether somebody is blamed: by name, by kind ("state actors"), or by a verb that needs nobody."""
        bare = self.stance in _ASSERTING and not self.announces
        return len(self.accused) > 0 or self.of_a_kind or self.pattern.nobody or not bare


def read(layout: Layout, mentions: Mentions, voices: Voices, table: Patterns) -> Iterator[Draft]:
    """Drafts of all claims of a document in the language of a table, in reading order."""
    memory = Memory()
    topics = Topics.of(layout.text, voices, table)
    for sentence in layout.sentences:
        if layout.zone_at(sentence) is not None:
            continue
        inside = mentions.within(sentence)
        if len(inside) == 0 and not table.may_speak(layout.text[sentence.start : sentence.end]):
            memory.fresh = False
            continue
        read = Span(sentence.start, min(sentence.end, sentence.start + LONGEST))
        memory.enter(layout.text, sentence)
        for part, heard in _parts(read, voices):
            voice = memory.carried(layout.text, part, heard, voices)
            marked = _marked(layout.text, part, inside, table)
            read_it = topics.cover(sentence) and len(marked.text) >= _SHORTEST
            found = list(_Sentence(marked, sentence, table, memory).drafts(voice)) if read_it else []
            yield from found
            memory.note(marked)
            memory.fresh = any(draft.stance in _ASSERTING and len(draft.accused) > 0 for draft in found)


def _marked(text: str, part: Span, inside: Sequence[Mention], table: Patterns) -> Marked:
    """A part of a sentence with its parties and culprits as marks."""
    marked = mark(text, part, inside)
    return with_culprits(marked, table.possible_culprits(marked.small))


def _parts(sentence: Span, voices: Voices) -> Iterator[tuple[Span, Voice]]:
    """A sentence cut where a quotation with another speaker begins or ends."""
    cuts = {sentence.start, sentence.end}
    for span in voices.quoted_in(sentence):
        cuts |= {max(span.start, sentence.start), min(span.end, sentence.end)}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        if end - start >= _SHORTEST:
            yield Span(start, end), voices.at(start)


class _Sentence:
    """One marked sentence and what may be claimed in it."""

    def __init__(self, marked: Marked, whole: Span, table: Patterns, memory: Memory) -> None:
        self._marked, self._whole, self._table, self._memory = marked, whole, table, memory
        self._small = marked.small
        self._present = table.vocabulary.within(self._small)

    def _has(self, guard: str, text: str, start: int = 0, end: int | None = None) -> bool:
        """Whether words of a guard stand in a part of a text."""
        return self._table.guards[guard].search(text, start, len(text) if end is None else end) is not None

    def drafts(self, voice: Voice) -> Iterator[Draft]:
        """The claims in the voice in which the sentence is said, and in those that it quotes."""
        found = sorted(self._open(0, len(self._marked.text), voice, 0), key=lambda one: (one.start, one.end))
        for number, nucleus in enumerate(found):
            if len(nucleus.accused) > 0 and nucleus.stance in (Stance.ACCUSE, Stance.ATTRIBUTE):
                self._memory.culprits = nucleus.accused
            yield self._draft(nucleus, found, number)

    def _open(self, start: int, end: int, voice: Voice, depth: int) -> list[_Nucleus]:
        """Nuclei of a range: of the quotation in it with its own speaker, and of the rest."""
        for frame in self._table.frames if depth < DEEPEST else ():
            if not may_match(frame.needs, self._present):
                continue
            match = frame.find(self._marked.text, start, end)
            if match is None:
                continue
            speakers = self._speakers(match, voice)
            inner = said_in(match, start)
            if speakers is None or inner == (start, end):
                continue
            quoted = voice.quoting(speakers)
            rest = (start, match.start()) if inner[0] >= match.start("by") else (match.end(), end)
            found = self._open(*inner, quoted, depth + 1)
            return [*found, *(self._open(*rest, voice, depth + 1) if rest[1] - rest[0] > _SHORTEST else [])]
        kept = self._kept(list(self._nuclei(start, end, voice)))
        return kept or list(islice(self._composed(start, end, voice, depth > 0), 1))

    def _composed(self, start: int, end: int, voice: Voice, quoted: bool) -> Iterator[_Nucleus]:
        """Loose readings of a range, each of which a speaker stands behind; the first is taken."""
        if self._table.composing is None:
            return
        for found in compositions(self._marked, self._small, self._present, (start, end), self._table.composing):
            nucleus = self._loose(found, voice, start, quoted)
            if nucleus is not None and self._asserted(nucleus, start, end):
                yield nucleus

    def _loose(self, found: Composition, voice: Voice, start: int, quoted: bool) -> _Nucleus | None:
        """A composition as a nucleus; None where nobody is accused and the stance needs somebody."""
        cue, on = found.cue, tuple(token for _, token in found.on)
        said = self._quoting(voice, [party for _, token in found.by for party in token.parties])
        named = tuple(dict.fromkeys(party for token in on for party in token.parties))
        accused, unresolved = named, tuple[str, ...]()
        stance = cue.claim.stance
        if len(accused) == 0 and quoted and self._is_own_deed(start, found):
            accused, stance = said.speakers, Stance.SELF_ATTRIBUTE if stance in _ASSERTING else stance
        elif len(accused) == 0 and (len(on) > 0 or stance not in _ASSERTING):
            accused, unresolved = self._unnamed(cue.claim, found.words, said, on)
        if len(accused) == 0 and stance not in _NEEDS_NOBODY or (stance is Stance.URGE and len(on) == 0):
            return None
        if cue.claim.tense and stance in _ASSERTING:
            stance = self._tensed(found.start, found.end, found.words, said)
        places = [found.start, *(place for place, _ in (*found.on, *found.by))]
        return _Nucleus(
            start=min(places),
            end=max(found.end, *(place + 1 for place in places)),
            pattern=cue.claim,
            stance=self._sided(stance, said, accused, found.words),
            voice=said,
            accused=accused,
            degree=Degree.UNSAID if stance is Stance.SELF_ATTRIBUTE else self._tied(cue.claim, found.words, on, accused),
            act=None,
            disputes=(),
            unresolved=unresolved,
            recalled=len(named) == 0,
            of_a_kind=False,
        )

    def _is_own_deed(self, start: int, found: Composition) -> bool:
        """Whether what a speaker is quoted with is about "it" or "we": the speaker's own deed."""
        return self._table.guards["myself"].match(self._marked.text, start, found.start) is not None

    def _sided(self, stance: Stance, said: Voice, accused: Sequence[Party], words: str) -> Stance:
        """That evidence lacks is a doubt when no state says it; and a side's doubt of its own guilt is a denial."""
        sides = {party.root for party in accused}
        ours = said.root in states() or said.root in sides
        if stance is Stance.DENY and len(sides) > 0 and not ours and self._has("evidential", words):
            return Stance.DOUBT if len(said.speakers) > 0 else stance
        return Stance.DENY if stance is Stance.DOUBT and said.root in sides else stance

    def _quoting(self, voice: Voice, speakers: list[Party]) -> Voice:
        if len(speakers) == 0:
            return voice
        self._memory.hear(speakers)
        return voice.quoting(speakers)

    def _is(self, guard: str, words: str) -> bool:
        return self._table.guards[guard].fullmatch(words) is not None

    def _speakers(self, match: re.Match[str], voice: Voice) -> list[Party] | None:
        """Who speaks in a frame; None where a word stands for nobody that is known."""
        words = match["by"].strip()
        parties = self._named(*match.span("by"), voice)
        if len(parties) > 0:
            self._memory.hear(parties)
            return parties
        if self._is("pronoun", words):
            last = self._memory.speakers or (() if self._memory.subject is None else (self._memory.subject,))
            return list(last) or None
        return list(self._by_role(words, voice))

    def _named(self, start: int, end: int, voice: Voice) -> list[Party]:
        """The parties named as speakers in a range: known ones, a person of one of them, or a name as it stands."""
        parties = [party for token in self._speaking(start, end) for party in token.parties]
        name = PERSON.match(self._marked.text, start, end)
        if name is None or not (name.end() == end or self._marked.text[name.end()] == ","):
            return parties
        official = voice.root if TITLE.search(name.group()) is not None and voice.root in states() else ""
        root = parties[0].root if len(parties) > 0 else official
        return [Party(f"{root}/{name.group()}" if root else name.group(), name.group(), name.group())]

    def _speaking(self, start: int, end: int) -> Iterator[Token]:
        """The marks of a range that are not merely where somebody is: "the embassy in" a capital."""
        for place in range(start, end):
            if place in self._marked.tokens and not (place > start + 3 and _IN.search(self._marked.text, start, place)):
                yield self._marked.tokens[place]

    def _by_role(self, words: str, voice: Voice) -> tuple[Party, ...]:
        """Whom "the ministry" or "officials" stand for: a state's own people, or whoever was heard last."""
        if self._is("unnamed", words):
            return ()
        if self._is("self", words) or voice.root in states():
            return voice.speakers
        return self._memory.speakers

    def _nuclei(self, start: int, end: int, voice: Voice) -> Iterator[_Nucleus]:
        text = self._small
        for pattern in self._table.possible(self._present):
            if any(cue.search(text, start, end) is None for cue in pattern.cues):
                continue
            for match in pattern.pattern.finditer(text, start, end):
                nucleus = self._nucleus(pattern, match, voice)
                if self._asserted(nucleus, start, end):
                    yield nucleus

    def _nucleus(self, pattern: ClaimPattern, match: re.Match[str], voice: Voice) -> _Nucleus:
        said = self._voice(pattern, match, voice)
        stance = self._stance(pattern, match, said)
        on = self._group(match, "on", "on2", "on3")
        named = tuple(dict.fromkeys(party for token in on for party in token.parties))
        accused, unresolved = named, tuple[str, ...]()
        if len(named) == 0:
            accused, unresolved = self._unnamed(pattern, match.group(), said, on)
        return _Nucleus(
            start=match.start(),
            end=match.end(),
            pattern=pattern,
            stance=self._sided(stance, said, accused, match.group()),
            voice=said,
            accused=accused,
            degree=self._tied(pattern, match.group(), on, accused),
            act=match.span("act") if match.re.groupindex.get("act") and match["act"] else None,
            disputes=tuple(
                party for token in self._group(match, "against", "against2") for party in token.parties
            ),
            unresolved=unresolved,
            recalled=len(named) == 0,
            of_a_kind=any(not self._has("definite", self._marked.words(token.span)) for token in on),
        )

    def _voice(self, pattern: ClaimPattern, match: re.Match[str], voice: Voice) -> Voice:
        """Who makes the claim: those whom the pattern finds speaking, unnamed others, or the voice here."""
        known = [name for name in ("by", "by2", "by3") if name in match.re.groupindex]
        words = next((match[name].strip() for name in known if match[name]), "")
        if pattern.others:
            return Voice((), (*voice.via, *voice.speakers))
        if words == "" or self._is("self", words):
            return voice
        spans = [match.span(name) for name in known if match[name]]
        speakers = [party for span in spans for token in self._speaking(*span) for party in token.parties]
        if len(speakers) == 0 and self._is("both", words):
            return voice.quoting(self._memory.last_two())
        if len(speakers) > 0:
            self._memory.hear(speakers)
            return voice.quoting(speakers)
        if self._is("pronoun", words):
            return voice if self._memory.subject is None else voice.quoting([self._memory.subject])
        return voice.quoting(self._by_role(words, voice))

    def _tied(
        self, pattern: ClaimPattern, words: str, on: Sequence[Token], accused: Sequence[Party]
    ) -> Degree:
        """How the accused is tied to the deed: as pattern, phrase for the culprit, or act says."""
        said = next((token.degree for token in on if token.degree is not Degree.UNSAID), Degree.UNSAID)
        if pattern.degree is not Degree.UNSAID or said is not Degree.UNSAID:
            return pattern.degree or said
        if pattern.stance not in _ASSERTING | {Stance.DENY, Stance.ENDORSE} or len(accused) == 0:
            return Degree.UNSAID
        for cue, degree in self._table.degrees:
            if cue.search(words) is not None:
                return degree
        return Degree.UNSAID if pattern.stance is Stance.DENY else Degree.BY

    def _group(self, match: re.Match[str], *names: str) -> tuple[Token, ...]:
        known = match.re.groupindex
        return tuple(
            token
            for name in names
            if name in known and match.start(name) >= 0
            for token in self._marked.tokens_in(*match.span(name))
        )

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
        if pattern.stance not in _ASSERTING:
            return (), ()
        words = tuple(self._marked.words(token.span) for token in on)
        last = self._memory.actors if any(self._has("one_group", word) for word in words) else ()
        if any(self._has("they", word) for word in words) and not self._memory.fresh:
            return (), words
        found = last or (self._memory.culprits if all(self._has("definite", word) for word in words) else ())
        return found, () if len(found) > 0 else words

    def _other_side(self, said: Voice) -> tuple[Party, ...]:
        """The first state in the sentence that is not the speaker's, else the others who were accused last."""
        tokens = self._marked.tokens_in(0, len(self._marked.text))
        named = [
            party
            for token in tokens
            if token.form in (Form.STATE, Form.ADJECTIVE, Form.BODY, None)
            for party in token.parties
        ]
        others = [party for party in [*named, *self._memory.culprits] if party.root != said.root]
        return tuple(others[:1])

    def _stance(self, pattern: ClaimPattern, match: re.Match[str], said: Voice) -> Stance:
        """The stance of a pattern, or what the tense of its deed tells."""
        if not pattern.tense:
            return pattern.stance
        return self._tensed(match.start("act"), match.start("on"), match["act"].lstrip(), said)

    def _tensed(self, start: int, passive_until: int, act: str, said: Voice) -> Stance:
        """A deed in the simple past is a finding, and so is a hedged one; a habit, or a charge, is blame.

        What those say whose trade it is to find culprits is a finding, and what a person says is blame.
        """
        before = self._marked.text[:start]
        if self._has("charges", self._marked.text) or self._has("charges", self._marked.document, 0, _HEAD):
            return Stance.ACCUSE
        if self._has("hedged", before):
            return Stance.ATTRIBUTE
        if said.personal or any(finds(party) for party in said.speakers):
            return Stance.ACCUSE if said.personal else Stance.ATTRIBUTE
        past = self._table.guards["past"].match(act) is not None
        past = past or self._has("passive", self._marked.text, start, passive_until)
        return Stance.ATTRIBUTE if past and not self._has("perfect", before) else Stance.ACCUSE

    def _asserted(self, nucleus: _Nucleus, start: int, end: int) -> bool:
        """Whether a speaker stands behind the match: no negation, condition or question takes it back."""
        text = self._marked.text
        if not nucleus.tells_whom:
            return False
        if self._has("disclaimer", text) or nucleus.voice.asks:
            return False
        if nucleus.stance is Stance.DENY:
            hypothetical = self._has("hypothetical", text, start, nucleus.end)
            near = max(start, nucleus.start - _NEAR), nucleus.start + _VERB
            taken_back = nucleus.pattern.verbal and self._has("negation", text, *near)
            foreign = nucleus.pattern.own and not self._is_own(nucleus)
            return not (hypothetical or taken_back or foreign)
        own = self._is_own(nucleus)
        if nucleus.recalled and nucleus.stance in _ASSERTING and self._is_mere_step(nucleus, text):
            return False
        if nucleus.stance not in _ASSERTING:
            asked = nucleus.stance is Stance.THREATEN and self._has("asked", text, start, end)
            return not asked and not (own and nucleus.stance in (Stance.URGE, Stance.THREATEN))
        if own or self._has("questions", text, start, end):
            return False
        upto = nucleus.act[0] if nucleus.act is not None else nucleus.end
        breaks = [match.end() for match in self._table.guards["break"].finditer(text, start, upto)]
        clause = breaks[-1] if len(breaks) > 0 else start
        if self._has("conditional", text, clause, upto):
            return False
        if not nucleus.announces and self._has("future", text, clause, upto):
            return False
        comma = text.rfind(", ", clause, nucleus.start) + 1
        return nucleus.pattern.sure or not self._has("negation", text, max(clause, comma), upto)

    def _is_mere_step(self, nucleus: _Nucleus, text: str) -> bool:
        """Whether a sentence says what "the actors" did on a machine and not who they are: no claim of its own.

        In a document that charges somebody every step is a part of the charge.
        """
        if self._has("charges", self._marked.document, 0, _HEAD):
            return False
        return nucleus.pattern.number >= FIRST_CUE or self._has("technical", text)

    def _is_own(self, nucleus: _Nucleus) -> bool:
        """Whether a voice speaks of its own side; a body that is named without its state is of that side."""
        ours = nucleus.voice.root
        unnamed = ours if nucleus.pattern.tense else ""
        return {party.root or unnamed for party in nucleus.accused} == {ours}

    def _kept(self, nuclei: list[_Nucleus]) -> list[_Nucleus]:
        """One nucleus for each thing said: earlier patterns before later ones where they overlap."""
        kept: list[_Nucleus] = []
        for one in nuclei:
            if any(_covers(other, one) for other in kept):
                continue
            kept.append(one)
        return kept

    def _draft(self, nucleus: _Nucleus, found: Sequence[_Nucleus], number: int) -> Draft:
        """The clause runs from the end of the claim before to the beginning of the one after."""
        marked = self._marked
        start = 0 if number == 0 else min(nucleus.start, max(found[number - 1].end, 0))
        end = len(marked.text) if number == len(found) - 1 else max(nucleus.end, found[number + 1].start)
        span = marked.span(start, end)
        act = nucleus.act or self._deed(nucleus)
        why = f"rule {nucleus.pattern.number} ({nucleus.pattern.stance})"
        return Draft(
            span, self._whole, nucleus.stance, nucleus.voice, nucleus.accused, nucleus.degree,
            None if act is None else _trimmed(marked, *act), nucleus.disputes, nucleus.unresolved, why,
        )  # fmt: skip

    def _deed(self, nucleus: _Nucleus) -> tuple[int, int] | None:
        """The words for a deed in a claim whose pattern does not say where the deed stands."""
        match = self._table.deed.search(self._marked.text, nucleus.start, nucleus.end)
        return None if match is None else match.span()


def said_in(match: re.Match[str], start: int) -> tuple[int, int]:
    """Where what is quoted stands: the group `in`, or without one all before the match."""
    return match.span("in") if "in" in match.re.groupindex else (start, match.start())


def own_side(voice: Voice) -> tuple[Party, ...]:
    """The state for which a voice speaks; nobody where it speaks for none."""
    code = voice.root
    return (Party(code, state_name(code)),) if code in states() else ()


def _covers(other: _Nucleus, one: _Nucleus) -> bool:
    """Whether a nucleus that is kept already says what this one says, or takes it back."""
    if not (other.start < one.end and one.start < other.end):
        return False
    if one.pattern.inside and other.stance not in _ASSERTING:
        return False
    if other.pattern.quoting and one.stance in _ASSERTING:
        denied = {party.root for party in other.accused}
        return other.stance is not Stance.DENY or {party.root for party in one.accused} <= denied
    if other.stance == one.stance or {other.stance, one.stance} <= _ASSERTING:
        return set(one.accused) <= set(other.accused) or (other.start <= one.start and one.end <= other.end)
    apart = {other.stance, one.stance} == {Stance.URGE, Stance.THREATEN}
    return other.pattern.quoting and one.pattern.quoting and not apart


def _trimmed(marked: Marked, start: int, end: int) -> Span | None:
    while start < end and marked.text[start] == " ":
        start += 1
    while end > start and marked.text[end - 1] in ' ,."':
        end -= 1
    return marked.span(start, end) if end > start else None
