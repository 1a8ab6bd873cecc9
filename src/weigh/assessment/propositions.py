"""From claims to propositions: who is accused of what, by whom, and who answers.

A proposition is a party and a deed. A state and its bodies are one chain: to accuse a ministry is to
accuse its state at the rung of the sponsor, so that both stand in one proposition under the state. A claim
that accuses a group and a ministry stands in the proposition of either. Denials and doubts answer every
proposition about the party they defend that names the same deed, or all of them where they name none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from weigh.assessment.deeds import UNNAMED, deeds
from weigh.claims.listed import state_name
from weigh.evidence.countries import states
from weigh.records import Claim, Party, Stance, content_id

BLAMING = frozenset(
    {Stance.ACCUSE, Stance.ATTRIBUTE, Stance.ENDORSE, Stance.COUNTER_ACCUSE, Stance.SELF_ATTRIBUTE}
)
"""Stances that assert a proposition."""
ANSWERING = frozenset({Stance.DENY, Stance.DOUBT})
"""Stances that dispute one; the accused of such a claim is the party that it defends."""


@dataclass(frozen=True, slots=True)
class Proposition:
    """A party (`root`) and a deed, with the claims that assert it, dispute it, or only address the party."""

    root: str
    deed: str
    blames: tuple[Claim, ...]
    answers: tuple[Claim, ...] = ()
    others: tuple[Claim, ...] = ()
    listed: tuple[Claim, ...] = field(default=())

    @property
    def id(self) -> str:
        """Content hash over the party and the deed."""
        return content_id("prp", self.root, self.deed)

    @property
    def name(self) -> str:
        """What the party is called."""
        return root_name(self.root, (*self.blames, *self.answers, *self.others))

    @property
    def named(self) -> tuple[Party, ...]:
        """All parties that are blamed, those most blamed first."""
        counts = Counter(party.key for claim in self.blames for party in claim.accused)
        first = {party.key: party for claim in reversed(self.blames) for party in claim.accused}
        order = sorted(counts, key=lambda key: (-counts[key], key != self.root, key))
        return tuple(first[key] for key in order)


def root_name(root: str, claims: Iterable[Claim]) -> str:
    """The name of a state for its code, else the name under which the claims know the party."""
    if root in states():
        return state_name(root)
    names = Counter(party.name for claim in claims for party in claim.accused if party.key == root)
    return max(names, key=lambda name: (names[name], name)) if len(names) > 0 else root


def propositions(claims: Sequence[Claim]) -> tuple[Proposition, ...]:
    """All propositions by party, the party that most documents blame first, its named deeds before the rest.

    Answers and demands that name no deed are listed with the party's first proposition and belong to all.
    """
    about: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for root in dict.fromkeys(party.root for party in claim.accused) or ("",):
            about[root].append(claim)
    parties = sorted(about.items(), key=lambda item: _rank(*item))
    return tuple(one for root, own in parties for one in _of_party(root, own))


def _rank(root: str, claims: Sequence[Claim]) -> tuple[object, ...]:
    """Parties that most documents blame first; nobody known last."""
    blames = [claim for claim in claims if claim.stance in BLAMING]
    return root == "", -len({claim.document for claim in blames}), -len(blames), -len(claims), root


def _of_party(root: str, claims: Sequence[Claim]) -> Iterable[Proposition]:
    blames = [claim for claim in claims if claim.stance in BLAMING]
    deed = deeds(blames)
    by_deed: dict[str, list[Claim]] = defaultdict(list)
    for claim in blames:
        by_deed[deed[claim.id]].append(claim)
    order = sorted(by_deed, key=lambda name: (name == UNNAMED, -len(by_deed[name]), name)) or [UNNAMED]
    for name in order:
        answers = [claim for claim in claims if claim.stance in ANSWERING and _meets(claim, name, order)]
        others = [
            claim
            for claim in claims
            if claim.stance not in BLAMING | ANSWERING and _meets(claim, name, order)
        ]
        own = {claim.id for claim in (*by_deed[name], *_listed(answers, others, name, order))}
        yield Proposition(
            root,
            name,
            tuple(by_deed[name]),
            tuple(answers),
            tuple(others),
            tuple(claim for claim in claims if claim.id in own),
        )


def _deed_of(claim: Claim, order: Sequence[str]) -> str:
    """The deed among these that the words of an answer name."""
    words = " ".join(claim.original.split()).casefold()
    return next((name for name in order if name != UNNAMED and name.casefold() in words), UNNAMED)


def _meets(claim: Claim, deed: str, order: Sequence[str]) -> bool:
    return _deed_of(claim, order) in (deed, UNNAMED)


def _listed(
    answers: Iterable[Claim], others: Iterable[Claim], deed: str, order: Sequence[str]
) -> Iterable[Claim]:
    """Answers and demands that are listed with this deed: its own, and with the last the ones to all."""
    for claim in (*answers, *others):
        own = _deed_of(claim, order)
        if own == deed or (own == UNNAMED and deed == order[-1]):
            yield claim


def degrees_told(claims: Iterable[Claim]) -> Mapping[str, int]:
    """How many claims tie the party to the deed in each of the six ways, the commonest first."""
    counts = Counter(str(claim.degree) for claim in claims if claim.degree != "")
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
