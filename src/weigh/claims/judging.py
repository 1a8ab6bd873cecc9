"""Which stance a match takes, and whether its speaker stands behind it: tense, sides, what takes it back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from weigh.claims.composing import Composition
from weigh.claims.listed import finds
from weigh.claims.marked import Marked
from weigh.claims.memory import Memory
from weigh.claims.naming import Naming
from weigh.claims.nuclei import ASSERTING, Nucleus
from weigh.claims.patterns import FIRST_CUE, ClaimPattern, Patterns
from weigh.claims.voices import Voice
from weigh.evidence.countries import states
from weigh.records import Party, Span, Stance

_HEAD = 600
"""Characters in which a document that announces charges says so; then it charges throughout."""

_OF_OTHERS = frozenset({Stance.URGE, Stance.THREATEN})
_NEAR, _VERB = 12, 40
"""Characters before and after its beginning in which a negation belongs to a denial."""


class Judging(Naming):
    """A sentence with the guards of its language, and what has held claims back in it."""

    def __init__(self, marked: Marked, whole: Span, table: Patterns, memory: Memory) -> None:
        super().__init__(marked, whole, table, memory)
        self.held_back: set[str] = set()

    def _is_own_deed(self, start: int, found: Composition) -> bool:
        """Whether what a speaker is quoted with is about "it" or "we": the speaker's own deed."""
        return self._table.guards["myself"].match(self._marked.text, start, found.start) is not None

    def _is_theirs(self, start: int, found: Composition) -> bool:
        """Whether what a speaker is quoted with is about "they", who are others where one speaks."""
        return self._has("theirs", self._marked.text, start, found.start)

    def _sided(self, stance: Stance, said: Voice, accused: Sequence[Party], words: str) -> Stance:
        """That evidence lacks is a doubt unless a state says so; doubt of one's own guilt is a denial."""
        sides = {party.root for party in accused}
        ours = said.root in states() or said.root in sides
        if stance is Stance.DENY and len(sides) > 0 and not ours and self._has("evidential", words):
            return Stance.DOUBT if len(said.speakers) > 0 else stance
        return Stance.DENY if stance is Stance.DOUBT and said.root in sides else stance

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

    def _asserted(self, nucleus: Nucleus, start: int, end: int) -> bool:
        """Whether a speaker stands behind the match: no negation, condition or question takes it back."""
        back = self._held_back(nucleus, start, end)
        if back != "":
            self.held_back.add(back)
        return back == ""

    def _held_back(self, nucleus: Nucleus, start: int, end: int) -> str:
        """What takes a match back, empty where its speaker stands behind it."""
        text = self._marked.text
        if not nucleus.tells_whom:
            return "nobody"
        if nucleus.voice.asks:
            return "question"
        if self._has("disclaimer", text):
            return "disclaimer"
        if nucleus.stance is Stance.DENY:
            return self._denial_held_back(nucleus, start)
        own = self._is_own(nucleus)
        if nucleus.recalled and nucleus.stance in ASSERTING and self._is_mere_step(nucleus, text):
            return "step"
        if nucleus.stance not in ASSERTING:
            asked = nucleus.stance is Stance.THREATEN and self._has("asked", text, start, end)
            return "asked" if asked else "own" if own and nucleus.stance in _OF_OTHERS else ""
        if own:
            return "own"
        return self._blame_held_back(nucleus, start, end)

    def _denial_held_back(self, nucleus: Nucleus, start: int) -> str:
        text = self._marked.text
        if self._has("hypothetical", text, start, nucleus.end):
            return "condition"
        near = max(start, nucleus.start - _NEAR), nucleus.start + _VERB
        if nucleus.pattern.verbal and self._has("negation", text, *near):
            return "negation"
        return "foreign" if nucleus.pattern.own and not self._is_own(nucleus) else ""

    def _blame_held_back(self, nucleus: Nucleus, start: int, end: int) -> str:
        text = self._marked.text
        if self._has("questions", text, start, end):
            return "question"
        upto = nucleus.act[0] if nucleus.act is not None else nucleus.end
        breaks = [match.end() for match in self._table.guards["break"].finditer(text, start, upto)]
        clause = breaks[-1] if len(breaks) > 0 else start
        if self._has("conditional", text, clause, upto):
            return "condition"
        if self._has("planned", text, clause, nucleus.end):
            return "planned"
        if not nucleus.announces and self._has("future", text, clause, upto):
            return "future"
        comma = text.rfind(", ", clause, nucleus.start) + 1
        negated = not nucleus.pattern.sure and self._has("negation", text, max(clause, comma), upto)
        return "negation" if negated else ""

    def _is_mere_step(self, nucleus: Nucleus, text: str) -> bool:
        """Whether a sentence says what "the actors" did on a machine, not who they are: no claim of its own.

        In a document that charges somebody every step is a part of the charge.
        """
        if self._has("charges", self._marked.document, 0, _HEAD):
            return False
        return nucleus.pattern.number >= FIRST_CUE or self._has("technical", text)

    def _is_own(self, nucleus: Nucleus) -> bool:
        """Whether a voice speaks of its own side; a body that is named without its state is of that side."""
        ours = nucleus.voice.root
        unnamed = ours if nucleus.pattern.tense else ""
        return {party.root or unnamed for party in nucleus.accused} == {ours}
