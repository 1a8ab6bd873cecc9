"""What a pattern or a cue finds in a sentence before it becomes a claim, and which two say the same."""

from __future__ import annotations

from dataclasses import dataclass

from weigh.claims.patterns import ClaimPattern
from weigh.claims.voices import Voice
from weigh.records import Degree, Party, Stance

ASSERTING = frozenset({Stance.ACCUSE, Stance.ATTRIBUTE, Stance.COUNTER_ACCUSE})
"""Stances that say of somebody that they did something."""


@dataclass(frozen=True, slots=True)
class Nucleus:
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

    def is_within(self, other: Nucleus) -> bool:
        """Whether another's words are quoted in what is denied or taken note of, and so are a part of it."""
        return len(self.voice.via) > len(other.voice.via)

    @property
    def announces(self) -> bool:
        """Whether the claim is an act of speech, which is done by being announced."""
        return "by" in self.pattern.pattern.groupindex

    @property
    def tells_whom(self) -> bool:
        """Whether somebody is blamed: by name, by kind ("state actors"), or by a verb that needs nobody."""
        bare = self.stance in ASSERTING and not self.announces
        return len(self.accused) > 0 or self.of_a_kind or self.pattern.nobody or not bare


def covers(other: Nucleus, one: Nucleus) -> bool:
    """Whether a nucleus that is kept already says what this one says, or takes it back."""
    if not (other.start < one.end and one.start < other.end):
        return False
    if one.pattern.inside and other.stance not in ASSERTING:
        return False
    if other.pattern.quoting and one.stance in ASSERTING:
        denied = {party.root for party in other.accused}
        return other.stance is not Stance.DENY or {party.root for party in one.accused} <= denied
    if other.stance == one.stance or {other.stance, one.stance} <= ASSERTING:
        return set(one.accused) <= set(other.accused) or (other.start <= one.start and one.end <= other.end)
    apart = {other.stance, one.stance} == {Stance.URGE, Stance.THREATEN}
    return other.pattern.quoting and one.pattern.quoting and not apart
