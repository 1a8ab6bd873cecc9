"""What the fitted reader remembers of the sentences before: who spoke, was accused, was named last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from weigh.claims.learned.scenes import Scene, Seen, Story
from weigh.claims.listed import Form
from weigh.claims.parties import Mention
from weigh.records import Party, Stance

Parties = tuple[Party, ...]
KEPT = 5
"""Groups of speakers, and of those who were accused, that are remembered."""

NAMED = {"actor": 3, "state": 4, "body": 2, "name": 3}
"""Parties of each sort that are remembered as named, the latest ones."""

_SORTS = {
    Form.ACTOR: "actor",
    Form.STATE: "state",
    Form.ADJECTIVE: "state",
    Form.ALLIANCE: "state",
    Form.BODY: "body",
    Form.REPORTER: "name",
    Form.NAME: "name",
}

_AIMED = frozenset({Stance.URGE, Stance.THREATEN})
"""Stances that address somebody, whom they do not accuse."""


def roots(parties: Sequence[Party]) -> frozenset[str]:
    """The states, or else the names, of parties: what two claims about the same have in common."""
    return frozenset(party.root.casefold() for party in parties)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as it is remembered."""

    stance: Stance
    speakers: Parties
    accused: Parties


@dataclass(slots=True)
class Recall:
    """The memory of one reading, from the beginning of a document.

    `speaking` and `accused` hold different groups of parties, the latest last, `ever_spoke`, `ever_accused`
    and `denied` the roots of all; `latest` the claims of the sentence before, `since` how many sentences ago
    somebody was named, `named` the parties of each sort that were named last, `heading` the one actor that
    the latest heading names.
    """

    speaking: list[Parties] = field(default_factory=list)
    accused: list[Parties] = field(default_factory=list)
    latest: tuple[Said, ...] = ()
    ever_spoke: set[str] = field(default_factory=set)
    ever_accused: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    named: dict[str, list[Party]] = field(default_factory=dict)
    first: Seen | None = None
    last: Seen | None = None
    since: int = 0
    heading: Party | None = None

    def note(self, story: Story, scene: Scene, said: Sequence[Said]) -> None:
        """Remember a sentence and what was claimed in it."""
        for claim in said:
            _bring_last(self.speaking, claim.speakers)
            self.ever_spoke |= roots(claim.speakers)
            if claim.stance not in _AIMED:
                _bring_last(self.accused, claim.accused)
                self.ever_accused |= roots(claim.accused)
            if claim.stance is Stance.DENY:
                self.denied |= roots(claim.accused)
        self.latest = tuple(said)
        self.since = 0 if len(scene.seen) > 0 else self.since + 1
        if len(scene.seen) > 0:
            self.first, self.last = scene.seen[0], scene.seen[-1]
        for seen in scene.seen:
            party, sort = story.party(seen.mention), _SORTS[seen.mention.form]
            before = [one for one in self.named.get(sort, ()) if one.root != party.root]
            self.named[sort] = [*before[1 - NAMED[sort] :], party]
        if scene.is_title:
            actors = {party.root: party for party in map(story.party, _actors(scene))}
            self.heading = next(iter(actors.values())) if len(actors) == 1 else None


def _actors(scene: Scene) -> Iterator[Mention]:
    return (seen.mention for seen in scene.seen if seen.mention.form is Form.ACTOR)


def _bring_last(groups: list[Parties], group: Parties) -> None:
    """Put a group at the end of those that were met, each once."""
    if len(group) == 0:
        return
    same = roots(group)
    groups[:] = [*[one for one in groups if roots(one) != same][1 - KEPT :], group]
