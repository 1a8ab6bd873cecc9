"""The model a second time, from its definitions, with dictionaries and loops: slow and plain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import exp, fsum, log, sqrt

from tests.inference.generators import triples
from weigh.inference.features import Facts
from weigh.inference.model import Weights
from weigh.knowledge.relations import NO_REPORT, Relations

STRENGTH = 100.0

Case = dict[int, float]


@dataclass(frozen=True)
class Known:
    """Everything that is known, as sets of features by (actor, report)."""

    relations: Relations

    @cached_property
    def shown(self) -> Mapping[tuple[int, int], set[int]]:
        """(actor, report) -> features."""
        found: dict[tuple[int, int], set[int]] = {}
        for actor, report, feature in triples(self.relations):
            found.setdefault((actor, report), set()).add(feature)
        return found

    @cached_property
    def actors(self) -> list[int]:
        """Candidates in rising order."""
        return sorted({actor for actor, _ in self.shown})

    def seen(self, feature: int) -> int:
        """In how many (actor, report) pairs a feature stands."""
        return sum(feature in features for features in self.shown.values())

    def base(self, feature: int) -> float:
        """Base rate of a feature, half a report added."""
        return (self.seen(feature) + 0.5) / (len(self.shown) + 1)

    def idf(self, feature: int) -> float:
        """Inverse document frequency."""
        return log((len(self.shown) + 1) / (self.seen(feature) + 1))

    def reports(self, actor: int) -> int:
        """Reports of an actor."""
        return sum(who == actor for who, _ in self.shown)

    def count(self, actor: int, feature: int) -> int:
        """Reports of an actor that show a feature."""
        return sum(who == actor and feature in features for (who, _), features in self.shown.items())

    def users(self, feature: int) -> int:
        """Candidates that show a feature at all."""
        return len({who for (who, _), features in self.shown.items() if feature in features})

    def arms(self, actor: int, feature: int) -> int:
        """Tools of an actor that can do a technique."""
        rows = self.relations.abilities
        pairs = set(zip(rows.software.tolist(), rows.technique.tolist(), strict=True))
        return sum(done == feature and self.count(actor, tool) > 0 for tool, done in pairs)

    def rate(self, actor: int, feature: int) -> float:
        """P(feature | actor), shrunk to the base rate."""
        return (self.count(actor, feature) + STRENGTH * self.base(feature)) / (self.reports(actor) + STRENGTH)

    def gain(self, actor: int, feature: int) -> float:
        """What a feature says for an actor beside anybody; one that it is known for says something for it."""
        ratio = log(self.rate(actor, feature) / self.base(feature))
        return max(ratio, 0.1) if self.count(actor, feature) > 0 else ratio

    def lasting(self, feature: int) -> float:
        """Rarity times how much more often than others an actor shows it again, under a root."""
        first_tool = self.relations.software_from
        kind = range(first_tool) if feature < first_tool else range(first_tool, self.relations.features)
        usual = fsum(map(self._repeated, kind)) / max(fsum(map(self._expected, kind)), 1e-9)
        again = (self._repeated(feature) + 3 * usual) / (self._expected(feature) + 3)
        return sqrt(self.idf(feature) * max(log(max(again, 1.0)), 0.05))

    def _repeated(self, feature: int) -> float:
        counts = [self.count(actor, feature) for actor in self.actors]
        return fsum(count * (count - 1) for count in counts)

    def _expected(self, feature: int) -> float:
        pairs = fsum(self.count(actor, feature) * (self.reports(actor) - 1) for actor in self.actors)
        return pairs * self.base(feature)

    def foretold(self, feature: int, other: int) -> float:
        """How far `other` foretells `feature`."""
        if feature == other:
            return 0.0
        cited = [features for (_, report), features in self.shown.items() if report != NO_REPORT]
        both = sum({feature, other} <= features for features in cited)
        base = self.base(feature)
        share = (both + base) / (sum(other in features for features in cited) + 1)
        return min(max((share - base) / (1 - base), 0.0), 1.0)

    def last_year(self, actor: int) -> int:
        """Year of the actor's last dated report, 0 without one."""
        reports = [report for who, report in self.shown if who == actor and report != NO_REPORT]
        return max((int(self.relations.years[report]) for report in reports), default=0)


def cosine(first: Case, second: Case) -> float:
    """Cosine of two sparse vectors, 0 where one of them is nothing."""
    product = fsum(first[key] * second[key] for key in first.keys() & second.keys())
    size = sqrt(fsum(v * v for v in first.values())) * sqrt(fsum(v * v for v in second.values()))
    return product / size if size > 0 else 0.0


def candidate_features(known: Known, case: Case, year: int, actor: int) -> list[float]:
    """The eight features of a candidate, in the order of the weights."""
    total = fsum(case.values())
    weighed = {f: q * known.idf(f) for f, q in case.items()}
    own = [{f: known.idf(f) for f in features} for (who, _), features in known.shown.items() if who == actor]
    lasting = {f: q * known.lasting(f) for f, q in case.items()}
    habits = {f: log(1 + known.count(actor, f)) * known.lasting(f) for f in range(known.relations.features)}
    armed = {f: log(1 + known.arms(actor, f)) * known.idf(f) for f in range(known.relations.features)}
    counted = {f: q / (1 + fsum(p * known.foretold(f, g) for g, p in case.items())) for f, q in case.items()}
    few = sqrt(total / (total + 10))
    exclusive = fsum(
        q / known.users(f)
        for f, q in counted.items()
        if f >= known.relations.software_from and known.count(actor, f) > 0
    )
    absence = fsum(
        (1 - case.get(f, 0.0)) * log((1 - known.rate(actor, f)) / (1 - known.base(f)))
        for f in range(known.relations.features)
        if known.seen(f) > 0
    )
    new = fsum(q / 2 if known.count(actor, f) > 0 else q for f, q in case.items())
    when = year or max((known.last_year(other) for other in known.actors), default=0)
    since = when - known.last_year(actor) if known.last_year(actor) > 0 else 8
    return [
        fsum(q * known.gain(actor, f) for f, q in counted.items()),
        max(cosine(weighed, report) for report in own) * few,
        cosine(lasting, habits) * few,
        min(exclusive, 2.0),
        cosine(weighed, armed) * few,
        absence * sqrt(total) / 10,
        log(known.reports(actor) + 1) * 3 / (3 + new),
        -min(max(since, 0), 15) / 5,
    ]


def unlisted_features(known: Known, case: Case, year: int) -> list[float]:
    """The seven features of `unlisted`, in the order of the weights."""
    rows = [candidate_features(known, case, year, actor) for actor in known.actors]
    total = fsum(case.values())
    software = fsum(q for f, q in case.items() if f >= known.relations.software_from)
    return [
        *(max((row[column] for row in rows), default=0.0) for column in (1, 2, 3)),
        total / sqrt(max(total, 1)),
        software / max(software, 1),
        software / 5,
        1.0,
    ]


def probabilities(relations: Relations, case: Facts, weights: Weights) -> list[float]:
    """Of every candidate in order, then of `unlisted`."""
    known = Known(relations)
    shown = dict(zip(case.index.tolist(), case.presence.tolist(), strict=True))
    rows = [
        (candidate_features(known, shown, case.year, actor), weights.values[:8]) for actor in known.actors
    ]
    rows.append((unlisted_features(known, shown, case.year), weights.values[8:]))
    scores = [fsum(x * w for x, w in zip(values, row, strict=True)) for values, row in rows]
    parts = [exp(score - max(scores)) for score in scores]
    return [part / fsum(parts) for part in parts]
