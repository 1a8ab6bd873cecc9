"""The model made ready for one body of knowledge: facts in, everything that is said of them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from weigh.inference.features import Facts, case_features
from weigh.inference.model import Scores, Weights, scores
from weigh.inference.profiles import Floats, Indices, Profiles, narrowed, profiles
from weigh.knowledge.relations import Relations


@dataclass(frozen=True, slots=True)
class Sighting:
    """How often an actor is reported to show a feature, and how many of its tools can do it."""

    reports: int
    reports_with: int
    in_nearest: bool
    tools: int = 0


@dataclass(frozen=True, slots=True)
class Weighed:
    """Scores of a case, candidates first and `unlisted` last; the nearest report of each candidate (C,),
    a row of `Profiles.nearest`, and its cosine with the case (C,)."""

    scores: Scores
    nearest: Indices
    likeness: Floats


@dataclass(frozen=True, slots=True)
class Engine:
    """Profiles and weights, prepared once for many cases.

    `shift` (H,), in bits, is added to the model's own prior where a person has set another one.
    """

    known: Profiles
    weights: Weights
    shift: Floats | None = None

    def weigh(self, case: Facts) -> Weighed:
        """Scores of every candidate and of `unlisted`."""
        features = case_features(case, self.known)
        own = self._shifted(scores(features, self.weights))
        return Weighed(own, features.nearest_row, features.likeness)

    def _shifted(self, own: Scores) -> Scores:
        return own if self.shift is None else replace(own, prior=own.prior + self.shift)

    def without_each(self, case: Facts, asked: Iterable[int] | None = None) -> Iterator[Scores]:
        """For each fact in turn, the scores when it had not been observed; of the places `asked` alone."""
        narrow = replace(self, known=narrowed(self.known, case.index))
        places = np.arange(len(case.index))
        for place in places if asked is None else asked:
            kept = places[places != place]
            yield narrow.weigh(Facts(kept, case.presence[kept], case.year)).scores

    def sighting(self, candidate: int, feature: int, nearest: int) -> Sighting:
        """What the knowledge says of one candidate (a row) and one feature (an index)."""
        rows = self.known.report_owner == candidate
        return Sighting(
            reports=int(self.known.reports[candidate]),
            reports_with=int(self.known.shows[rows, feature].sum()),
            in_nearest=bool(self.known.shows[nearest, feature]),
            tools=int(self.known.arms[candidate, feature]),
        )


def prepare(relations: Relations, weights: Weights) -> Engine:
    """An engine for this knowledge."""
    return Engine(profiles(relations), weights)
