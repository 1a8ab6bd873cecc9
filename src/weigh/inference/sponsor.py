"""From actors to their sponsors, by published claims alone: who is said to stand behind the actors that fit.

    P(sponsor | case) = sum over actors of P(actor | case) * share of the claims about it for the sponsor

An actor about whom nobody claims a sponsor gives its probability to "no sponsor claimed", and an actor
that the knowledge does not hold keeps its own: the two are never shared out. A claim that several lists
repeat counts for each, and dissent stays. No item of a case moves this step by itself. Our own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from weigh.inference.profiles import Floats
from weigh.knowledge.catalogue import SponsorClaim
from weigh.scales import HEALEY

_MIDDLE = 50.0
"""The confidence, of 100, that a claim counts with where its source gives no figure; MISP's own default."""


@dataclass(frozen=True, slots=True)
class SponsorOdds:
    """Probabilities that sum to 1: of each sponsor named, of an actor without any, of `unlisted`."""

    named: Mapping[str, float]
    unclaimed: float
    unlisted: float


def claim_shares(claims: Sequence[SponsorClaim]) -> dict[str, float]:
    """Sponsor -> share of the claims about one actor, each counted with the source's own confidence.

    A claim by one source for one sponsor counts once; shares sum to 1, in the order of names, and are
    empty where nobody claims anything.
    """
    said = {(item.sponsor, item.said_by): _confidence(item) for item in claims if len(item.sponsor) > 0}
    total = sum(said.values())
    found: dict[str, float] = {}
    for (sponsor, _), confidence in sorted(said.items()):
        found[sponsor] = found.get(sponsor, 0.0) + confidence / total
    return found


def sponsor_odds(probabilities: Floats, claims: Sequence[Sequence[SponsorClaim]]) -> SponsorOdds:
    """The mixture over candidates (C,), whose probabilities stand before that of `unlisted`, (C + 1,)."""
    named: dict[str, float] = {}
    unclaimed = 0.0
    for probability, about in zip(probabilities[:-1].tolist(), claims, strict=True):
        shares = claim_shares(about)
        for sponsor, share in shares.items():
            named[sponsor] = named.get(sponsor, 0.0) + probability * share
        if len(shares) == 0:
            unclaimed += probability
    return SponsorOdds(named, unclaimed, float(probabilities[-1]))


def degrees_of_responsibility() -> tuple[tuple[str, float], ...]:
    """Healey's ten degrees, all equally probable: nothing that Weigh weighs bears on them."""
    return tuple((degree, 1.0 / len(HEALEY)) for degree in HEALEY)


def _confidence(claim: SponsorClaim) -> float:
    """The source's own figure, above 0 and at most 100; the middle where it gives none that is one."""
    try:
        figure = float(claim.confidence)
    except ValueError:
        return _MIDDLE
    return figure if 0.0 < figure <= 100.0 else _MIDDLE
