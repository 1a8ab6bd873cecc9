"""Claims in sentences: marked, quotations opened, the patterns of a language matched, and its guards asked.

What one side says about the other's claims is never taken for the claim itself: inside a denial, a
question or a condition nothing is asserted by whoever denies, asks or supposes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from weigh.claims.composing import Composition, compositions
from weigh.claims.drafts import Draft
from weigh.claims.ground import Ground
from weigh.claims.judging import Judging
from weigh.claims.marked import Marked
from weigh.claims.memory import Memory
from weigh.claims.noticed import Noticed, noticed
from weigh.claims.nuclei import ASSERTING, Nucleus, covers
from weigh.claims.patterns import ClaimPattern, Patterns
from weigh.claims.voices import Voice, Voices
from weigh.evidence.sequences import may_follow
from weigh.records import Degree, Span, Stance

DEEPEST = 4
"""Quotations within quotations that are opened."""

LONGEST = 700
"""Characters of a sentence that are read, the first ones: a bound for what patterns may try."""

_NEEDS_NOBODY = frozenset({Stance.DENY, Stance.ACKNOWLEDGE, Stance.THREATEN, Stance.SELF_ATTRIBUTE})
_TOWARDS_OTHERS = frozenset({Stance.URGE, Stance.THREATEN})
_HOLDING = frozenset({Stance.DENY, Stance.DOUBT, Stance.ACKNOWLEDGE})
_NEXT = 20
_ASIDE = 40
"""Characters between a speaker and what is said from which on they may hold a claim of their own."""

_SHORTEST = 6


def read(ground: Ground, seen: dict[int, list[Noticed]]) -> Iterator[Draft]:
    """Drafts of all claims of a document in the language of its table, in reading order.

    What was noticed in each sentence is written into `seen`, by the place where it begins.
    """
    layout, voices, table = ground.layout, ground.voices, ground.table
    memory = Memory(home=ground.head.home)
    for sentence in layout.sentences:
        if layout.zone_at(sentence) is not None:
            continue
        inside = ground.mentions.within(sentence)
        if len(inside) == 0 and not table.may_speak(layout.text[sentence.start : sentence.end]):
            memory.fresh = False
            continue
        start = ground.head.begins(sentence)
        read = Span(start, min(sentence.end, start + LONGEST))
        memory.enter(layout.text, sentence)
        for part, heard in _parts(read, voices):
            voice = memory.carried(layout.text, part, heard, voices)
            marked = table.marked(layout.text, part, inside)
            one = _Sentence(marked, sentence, table, memory)
            read_it = ground.topics.cover(sentence) and len(marked.text) >= _SHORTEST
            found = list(one.drafts(voice)) if read_it else []
            seen.setdefault(sentence.start, []).append(one.noticed())
            yield from found
            memory.note(marked)
            memory.fresh = any(draft.stance in ASSERTING and len(draft.accused) > 0 for draft in found)


def _parts(sentence: Span, voices: Voices) -> Iterator[tuple[Span, Voice]]:
    """A sentence cut where a quotation with another speaker begins or ends."""
    cuts = {sentence.start, sentence.end}
    for span in voices.quoted_in(sentence):
        cuts |= {max(span.start, sentence.start), min(span.end, sentence.end)}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        if end - start >= _SHORTEST:
            yield Span(start, end), voices.at(start)


class _Sentence(Judging):
    """One marked sentence and what may be claimed in it."""

    def __init__(self, marked: Marked, whole: Span, table: Patterns, memory: Memory) -> None:
        super().__init__(marked, whole, table, memory)
        self._matched: set[Stance] = set()

    def noticed(self) -> Noticed:
        """What the tables see in it; patterns only after its claims were read."""
        seen = noticed(self._marked, self._small, self._places, self._table, self._matched)
        return replace(seen, signs=seen.signs | {f"held back by {one}" for one in self.held_back})

    def drafts(self, voice: Voice) -> Iterator[Draft]:
        """The claims in the voice in which the sentence is said, and in those that it quotes."""
        found = sorted(self._open(0, len(self._marked.text), voice, 0), key=lambda one: (one.start, one.end))
        for number, nucleus in enumerate(found):
            if len(nucleus.accused) > 0 and nucleus.stance in (Stance.ACCUSE, Stance.ATTRIBUTE):
                self._memory.culprits = nucleus.accused
            yield self._draft(_of_nested(nucleus, found[number + 1 : number + 2]), found, number)

    def _open(self, start: int, end: int, voice: Voice, depth: int) -> list[Nucleus]:
        """Nuclei of a range: of the quotation in it with its own speaker, and of the rest.

        Clauses in which another takes a stance in turn are read one after another.
        """
        cut = self._table.guards["clauses"].search(self._marked.text, start + _SHORTEST, end)
        if cut is not None and depth < DEEPEST and '"' not in self._marked.text[start:end]:
            halves = ((start, cut.start()), (cut.end(), end))
            return [one for half in halves for one in self._open(*half, voice, depth + 1)]
        for frame in self._table.frames if depth < DEEPEST else ():
            if not may_follow(frame.steps, self._places, start, end):
                continue
            match = frame.find(self._marked.text, start, end)
            if match is None:
                continue
            speakers = self._speakers(match, voice)
            inner = said_in(match, start)
            if speakers is None or inner == (start, end):
                continue
            quoted = voice.quoting(speakers)
            after = inner[0] >= match.start("by")
            aside = inner[0] - match.end("by") > _ASIDE
            aside = aside or match.start("by") - start > _SHORTEST
            upto = inner[0] if aside else match.end("by")
            rest = (start, upto) if after else (match.end(), end)
            found = self._open(*inner, quoted, depth + 1)
            return [*found, *(self._open(*rest, voice, depth + 1) if rest[1] - rest[0] > _SHORTEST else [])]
        kept = self._kept(list(self._nuclei(start, end, voice)))
        return kept or list(islice(self._composed(start, end, voice, depth > 0), 1))

    def _composed(self, start: int, end: int, voice: Voice, quoted: bool) -> Iterator[Nucleus]:
        """Loose readings of a range, each of which a speaker stands behind; the first is taken."""
        if self._table.composing is None:
            return
        for found in compositions(
            self._marked, self._small, self._places, (start, end), self._table.composing
        ):
            nucleus = self._loose(found, voice, start, quoted)
            if nucleus is not None and self._asserted(nucleus, start, end):
                yield nucleus

    def _loose(self, found: Composition, voice: Voice, start: int, quoted: bool) -> Nucleus | None:
        """A composition as a nucleus; None where nobody is accused and the stance needs somebody."""
        cue, on = found.cue, tuple(token for _, token in found.on)
        if cue.claim.stance is Stance.SELF_ATTRIBUTE and not quoted and len(found.by) == 0:
            return None
        said = self._quoting(voice, [party for _, token in found.by for party in token.parties])
        named = tuple(dict.fromkeys(party for token in on for party in token.parties))
        stance = cue.claim.stance
        if stance in _TOWARDS_OTHERS:
            named = tuple(party for party in named if party.root != said.root)
        accused, unresolved = named, tuple[str, ...]()
        others = quoted and stance in ASSERTING and self._is_theirs(start, found)
        theirs = self._memory.culprits if others else ()
        if len(accused) == 0 and len(theirs) > 0 and theirs != said.speakers:
            accused = theirs
        elif len(accused) == 0 and quoted and self._is_own_deed(start, found):
            accused, stance = said.speakers, Stance.SELF_ATTRIBUTE if stance in ASSERTING else stance
        elif len(accused) == 0 and (len(on) > 0 or stance not in ASSERTING):
            accused, unresolved = self._unnamed(cue.claim, found.words, said, on)
        if (len(accused) == 0 and stance not in _NEEDS_NOBODY) or (stance is Stance.URGE and len(on) == 0):
            return None
        if cue.claim.tense and stance in ASSERTING:
            stance = self._tensed(found.start, found.end, found.words, said)
        places = [found.start, *(place for place, _ in (*found.on, *found.by))]
        return Nucleus(
            start=min(places),
            end=max(found.end, *(place + 1 for place in places)),
            pattern=cue.claim,
            stance=self._sided(stance, said, accused, found.words),
            voice=said,
            accused=accused,
            degree=Degree.UNSAID
            if stance is Stance.SELF_ATTRIBUTE
            else self._tied(cue.claim, found.words, on, accused),
            act=None,
            disputes=(),
            unresolved=unresolved,
            recalled=len(named) == 0,
            of_a_kind=False,
        )

    def _nuclei(self, start: int, end: int, voice: Voice) -> Iterator[Nucleus]:
        text = self._small
        for pattern in self._table.possible(self._places, start, end):
            if any(cue.search(text, start, end) is None for cue in pattern.cues):
                continue
            for match in pattern.pattern.finditer(text, start, end):
                self._matched.add(pattern.stance)
                nucleus = self._nucleus(pattern, match, voice)
                if self._asserted(nucleus, start, end):
                    yield nucleus

    def _nucleus(self, pattern: ClaimPattern, match: re.Match[str], voice: Voice) -> Nucleus:
        said = self._voice(pattern, match, voice)
        stance = self._stance(pattern, match, said)
        on = self._group(match, "on", "on2", "on3")
        named = tuple(dict.fromkeys(party for token in on for party in token.parties))
        named += tuple(party for party in self._listed_after(match) if party not in named)
        accused, unresolved = named, tuple[str, ...]()
        if len(named) == 0:
            accused, unresolved = self._unnamed(pattern, match.group(), said, on)
        return Nucleus(
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

    def _kept(self, nuclei: list[Nucleus]) -> list[Nucleus]:
        """One nucleus for each thing said: earlier patterns before later ones where they overlap."""
        kept: list[Nucleus] = []
        for one in nuclei:
            if any(covers(other, one) for other in kept):
                continue
            kept.append(one)
        return kept

    def _draft(self, nucleus: Nucleus, found: Sequence[Nucleus], number: int) -> Draft:
        """The clause runs from the end of the claim before to the beginning of the one after."""
        marked = self._marked
        start = 0 if number == 0 else min(nucleus.start, max(found[number - 1].end, 0))
        after = number + 1
        while after < len(found) and nucleus.stance in _HOLDING and found[after].is_within(nucleus):
            after += 1
        end = len(marked.text) if after == len(found) else max(nucleus.end, found[after].start)
        span = marked.span(start, end)
        act = nucleus.act or self._deed(nucleus)
        why = f"rule {nucleus.pattern.number} ({nucleus.pattern.stance})"
        return Draft(
            span, self._whole, nucleus.stance, nucleus.voice, nucleus.accused, nucleus.degree,
            None if act is None else _trimmed(marked, *act), nucleus.disputes, nucleus.unresolved, why,
        )  # fmt: skip

    def _deed(self, nucleus: Nucleus) -> tuple[int, int] | None:
        """The words for a deed in a claim whose pattern does not say where the deed stands."""
        match = self._table.deed_in(self._small, nucleus.start, nucleus.end)
        return None if match is None else match.span()


def _of_nested(nucleus: Nucleus, following: Sequence[Nucleus]) -> Nucleus:
    """Support for what somebody said, or a note that is taken of it, about those whom they accuse."""
    unsaid = nucleus.stance is Stance.ENDORSE and len(nucleus.accused) == 0
    if len(following) == 0 or not (unsaid or nucleus.stance is Stance.ACKNOWLEDGE):
        return nucleus
    told = following[0]
    near = told.is_within(nucleus) or told.start - nucleus.end < _NEXT
    return replace(nucleus, accused=told.accused) if near and told.stance in ASSERTING else nucleus


def said_in(match: re.Match[str], start: int) -> tuple[int, int]:
    """Where what is quoted stands: the group `in`, or without one all before the match."""
    return match.span("in") if "in" in match.re.groupindex else (start, match.start())


def _trimmed(marked: Marked, start: int, end: int) -> Span | None:
    while start < end and marked.text[start] == " ":
        start += 1
    while end > start and marked.text[end - 1] in ' ,."':
        end -= 1
    return marked.span(start, end) if end > start else None
