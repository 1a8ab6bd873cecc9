"""Which stance a match takes, and whether its speaker stands behind it: tense, sides, what takes it back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from weigh.claims.composing import Composition
from weigh.claims.listed import finds
from weigh.claims.naming import Naming
from weigh.claims.nuclei import ASSERTING, Nucleus
from weigh.claims.patterns import FIRST_CUE, ClaimPattern
from weigh.claims.voices import Voice
from weigh.evidence.countries import states
from weigh.records import Party, Stance

_HEAD = 600
"""Characters in which a document that announces charges says so; then it charges throughout."""

_NEAR, _VERB = 12, 40
"""Characters before and after its beginning in which a negation belongs to a denial."""


class Judging(Naming):
    """A sentence with the guards of its language."""

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
        if nucleus.recalled and nucleus.stance in ASSERTING and self._is_mere_step(nucleus, text):
            return False
        if nucleus.stance not in ASSERTING:
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
