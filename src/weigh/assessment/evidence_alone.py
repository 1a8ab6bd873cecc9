"""What the evidence alone gives a proposition: the facts of the documents that bear on it, weighed again.

A case may hold more than one deed. So an item bears on a proposition when its document names the deed
anywhere in its text, or blames nobody and so describes what happened; where no deed is named, when its
document blames the same party or nobody. No claim enters: the facts decide, and the knowledge.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from weigh.assessment.deeds import UNNAMED
from weigh.assessment.document import UNLISTED, Assessment, HypothesisRow, ObservationRow
from weigh.assessment.propositions import Proposition
from weigh.claims.listed import bodies_table
from weigh.evidence.countries import country_names, states
from weigh.evidence.folding import fold
from weigh.inference.engine import Engine
from weigh.inference.features import Facts, facts
from weigh.inference.profiles import Floats
from weigh.inference.sponsor import claim_shares
from weigh.records import Document


@dataclass(frozen=True, slots=True)
class Given:
    """Probabilities of the hypotheses (H,) from some facts, and before any (H,); `unlisted` is the last.

    `positions` are the places of the facts among the assessment's features, `facts` the facts themselves.
    """

    positions: tuple[int, ...]
    facts: Facts
    probabilities: Floats
    prior: Floats


@dataclass(frozen=True, slots=True)
class Evidence:
    """An assessment with what its facts can be weighed by, some of them alone.

    `left_out` are the knowledge's reports that are documents of the case; the engine does without them.
    """

    assessment: Assessment
    engine: Engine
    facts: Facts
    ids: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    @property
    def rows(self) -> Mapping[str, HypothesisRow]:
        """The hypotheses by id."""
        return {row.id: row for row in self.assessment.hypotheses}

    def within(self, documents: frozenset[str]) -> Given:
        """What the facts that these documents report give."""
        holding = {row.id: row.document for row in self.assessment.observations}
        kept = tuple(
            place
            for place, feature in enumerate(self.assessment.features)
            if any(holding[name] in documents for name in feature.observations)
        )
        places = np.array(kept, dtype=np.intp)
        some = Facts(self.facts.index[places], self.facts.presence[places], self.facts.year)
        prior = self.engine.weigh(facts({}, self.facts.year)).scores.probabilities
        return Given(kept, some, self.engine.weigh(some).scores.probabilities, prior)

    def membership(self, root: str, actors: Sequence[str]) -> Floats:
        """How far each hypothesis is the party, (H,) in [0, 1]: the actor itself, or the state that published
        claims name for it, by the share of the claims. `unlisted` is nobody's."""
        rows = self.rows
        if len(actors) > 0:
            return np.array([float(name in actors) for name in self.ids])
        return np.array([0.0 if name == UNLISTED else _share(rows[name], root) for name in self.ids])

    def observations(self, documents: frozenset[str]) -> tuple[ObservationRow, ...]:
        """The observations of these documents that nobody ruled out."""
        rows = self.assessment.observations
        return tuple(row for row in rows if row.document in documents and row.ruled_out == "")


def bearing(
    one: Proposition, everything: Sequence[Proposition], documents: Sequence[Document]
) -> frozenset[str]:
    """The ids of the documents whose items bear on a proposition; see above."""
    blaming = {claim.document for each in everything for claim in each.blames}
    same = {claim.document for each in everything if each.root == one.root for claim in each.blames}
    deed = one.deed.casefold()
    named = {each.id for each in documents if deed in " ".join(each.text.split()).casefold()}
    return frozenset(
        each.id
        for each in documents
        if each.id not in blaming or (each.id in same if one.deed == UNNAMED else each.id in named)
    )


def is_listed(root: str, actors: Container[str] = ()) -> bool:
    """Whether a party is a state, an alliance, an outlet or a company of the tables, or one of `actors`.

    Any other name is known from the text alone. It may be a private person's, of whom a text may say what it
    likes and the program gives no figure.
    """
    if root in actors or root in states() or any(root == code for _, code in country_names().values()):
        return True
    return any(root in bodies_table()[sort] for sort in ("alliances", "reporters", "vendors"))


def sponsor_root(sponsor: str) -> str:
    """The code of the state that a sponsor's name is, else the name itself."""
    known = country_names().get(fold(sponsor))
    if known is not None:
        return known[1]
    own = (code for code, row in states().items() if fold(str(row.get("name", ""))) == fold(sponsor))
    return next(own, sponsor)


def _share(row: HypothesisRow, root: str) -> float:
    shares = claim_shares(row.sponsors)
    return sum(share for sponsor, share in shares.items() if sponsor_root(sponsor) == root)
