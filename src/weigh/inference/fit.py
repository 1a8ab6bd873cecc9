"""Fitting the weights: L2-penalised maximum likelihood on cases rolled forward in time.

For every year t the profiles come from reports before t and the cases from reports of t, so that the
weights learn how well the past foretells the next report, and how often the author is new. SciPy is
imported here only, and only when something is fitted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from weigh.errors import KnowledgeError
from weigh.inference.features import NAMES, UNLISTED_WHOLE, Facts, case_features, facts
from weigh.inference.model import Weights, softmax, values
from weigh.inference.profiles import Floats, Profiles, profiles
from weigh.knowledge.relations import NO_REPORT, Relations

PENALTY = 10.0
"""Ridge penalty on weight times spread; the best of 0.03 to 10 by likelihood on rolling cases before 2020."""
CONSTANT_PENALTY = 0.1
"""The same for the constant of `unlisted`: how often the author is new need not be drawn to nothing."""
LEAST_FACTS = 4
"""Facts of the cases by which a model is judged; fewer are judged apart."""
LEAST_KNOWN = 20
"""Pairs of group and report that must be known before a year for its cases to be learned from."""
_FLAT_ENOUGH = 1e-4
"""A gradient below which the search has arrived though rounding stopped it: with the ridge's curvature
of twice the penalty, every scaled weight is then within 0.00001 of the optimum."""
_FLAT = 1e-5
"""Length of the gradient, in nats, at which the search has arrived."""


@dataclass(frozen=True, slots=True)
class Case:
    """A (group, report) pair turned into a case: what the report says, and who did it."""

    actor: int
    report: int
    year: int
    facts: Facts


@dataclass(frozen=True, slots=True)
class Row:
    """A case's features and the position of its truth: a row of the candidates, or C for unlisted."""

    case: Case
    candidate: Floats
    unlisted: Floats
    truth: int
    candidates: tuple[int, ...]


def cases(relations: Relations, least: int = LEAST_FACTS) -> tuple[Case, ...]:
    """Every (group, report) whose report is dated and speaks of one group only, with at least `least` facts.

    What an undated report says is in the profiles, and nobody can say before what it was known.
    """
    owners: dict[int, set[int]] = {}
    found: dict[tuple[int, int], dict[int, float]] = {}
    for actor, report, feature in zip(
        relations.actor.tolist(), relations.report.tolist(), relations.feature.tolist(), strict=True
    ):
        if report != NO_REPORT:
            owners.setdefault(report, set()).add(actor)
            found.setdefault((actor, report), {})[feature] = 1.0
    rows = []
    for (actor, report), observed in sorted(found.items()):
        year = int(relations.years[report])
        if len(owners[report]) == 1 and year > 0 and len(observed) >= least:
            rows.append(Case(actor, report, year, facts(observed, year)))
    return tuple(rows)


def lessons(relations: Relations) -> tuple[Case, ...]:
    """All cases to learn from, the thinnest included: who learns from full ones is too sure of thin ones."""
    return cases(relations, least=1)


def featurise(items: Iterable[Case], known: Profiles) -> list[Row]:
    """Each case's features against what was known."""
    position = {int(actor): row for row, actor in enumerate(known.candidates)}
    candidates = tuple(int(actor) for actor in known.candidates)
    rows = []
    for item in items:
        candidate, unlisted = values(case_features(item.facts, known))
        truth = position.get(item.actor, len(candidates))
        rows.append(Row(item, candidate, unlisted, truth, candidates))
    return rows


def rolling_rows(
    relations: Relations, items: Sequence[Case], *, least_known: int = LEAST_KNOWN
) -> dict[int, list[Row]]:
    """Year -> featurised cases of that year against the knowledge before it.

    Years before which fewer than `least_known` (group, report) pairs are known are left out.
    """
    found: dict[int, list[Row]] = {}
    for year in sorted({item.year for item in items}):
        before = relations.known_before(year)
        if len(np.unique(np.stack([before.actor, before.report]), axis=1).T) < least_known:
            continue
        found[year] = featurise([item for item in items if item.year == year], profiles(before))
    return found


def fit(
    rows: Sequence[Row], provenance: str, penalty: float = PENALTY, counted: Floats | None = None
) -> Weights:
    """Weights by maximum likelihood, with standard errors and covariances from the penalised Hessian.

    `counted` (N,) says how often each case counts; once without it.

    Raises `KnowledgeError` where there is nothing to learn from, or the search finds no end.
    """
    from scipy.optimize import minimize  # heavy, and needed at fitting only

    if len(rows) == 0:
        raise KnowledgeError(
            "the knowledge holds no dated reports to learn from",
            remedy="use an official ATT&CK bundle: `weigh knowledge use FILE`",
        )
    stack = _stack(rows, counted)
    spread = _spread(stack)
    scaled = replace(stack, design=stack.design / spread)
    solution = minimize(
        _objective(scaled, penalty),
        np.zeros(len(NAMES)),
        jac=True,
        hess=lambda theta: _hessian(scaled, theta, penalty),
        method="trust-exact",
        options={"gtol": _FLAT, "maxiter": 500},
    )
    if not solution.success and np.abs(solution.jac).max() > _FLAT_ENOUGH:
        raise KnowledgeError(f"the weights were not found: {solution.message}")
    inverse = np.linalg.inv(_hessian(scaled, solution.x, penalty))
    shared = inverse / np.outer(spread, spread)
    return Weights(
        tuple((solution.x / spread).tolist()),
        tuple((np.sqrt(np.diag(inverse)) / spread).tolist()),
        provenance,
        covariance=tuple(tuple(row[: place + 1].tolist()) for place, row in enumerate(shared)),
    )


def _spread(stack: _Stack) -> Floats:
    """Standard deviation of each feature over all hypotheses that have it; 1 for a constant.

    The search and the ridge work on weights times spread, so that the unit of a feature does not matter.
    """
    rows = stack.design[stack.exists]
    spread = np.array([column[column != 0].std() if np.any(column != 0) else 0.0 for column in rows.T])
    return np.where(spread > 1e-9, spread, 1.0)


@dataclass(frozen=True, slots=True)
class _Stack:
    """All rows as padded arrays: designs (N, H, k), where hypotheses exist (N, H), truths (N,), and how
    often each counts (N,)."""

    design: Floats
    exists: NDArray[np.bool_]
    truth: NDArray[np.intp]
    counted: Floats

    def probabilities(self, theta: Floats) -> Floats:
        """(N, H), zero where a hypothesis does not exist."""
        return softmax(np.where(self.exists, self.design @ theta, -np.inf))


def _stack(rows: Sequence[Row], counted: Floats | None = None) -> _Stack:
    most = max(len(row.candidates) for row in rows) + 1
    design = np.zeros((len(rows), most, len(NAMES)))
    exists = np.zeros((len(rows), most), dtype=np.bool_)
    truth = np.zeros(len(rows), dtype=np.intp)
    for number, row in enumerate(rows):
        count, width = row.candidate.shape
        design[number, :count, :width] = row.candidate
        design[number, -1, width:] = row.unlisted
        exists[number, :count] = True
        exists[number, -1] = True
        truth[number] = row.truth if row.truth < count else most - 1
    return _Stack(design, exists, truth, np.ones(len(rows)) if counted is None else counted)


def _objective(stack: _Stack, penalty: float) -> Callable[[Floats], tuple[float, Floats]]:
    number, ridge = np.arange(len(stack.truth)), _ridge(penalty)

    def objective(theta: Floats) -> tuple[float, Floats]:
        residual = stack.probabilities(theta)
        likelihood = (stack.counted * np.log(np.maximum(residual[number, stack.truth], 1e-300))).sum()
        residual[number, stack.truth] -= 1.0
        residual *= stack.counted[:, None]
        gradient = np.einsum("nh,nhk->k", residual, stack.design) + 2.0 * ridge * theta
        return float(ridge @ theta**2) - float(likelihood), gradient

    return objective


def _hessian(stack: _Stack, theta: Floats, penalty: float) -> Floats:
    probabilities = stack.probabilities(theta)
    mean = np.einsum("nh,nhk->nk", probabilities, stack.design) * np.sqrt(stack.counted)[:, None]
    weighted = stack.design * (probabilities * stack.counted[:, None])[:, :, None]
    second = np.einsum("nhk,nhl->kl", weighted, stack.design, optimize=True)
    return np.asarray(second - mean.T @ mean + 2.0 * np.diag(_ridge(penalty)))


def _ridge(penalty: float) -> Floats:
    """The penalty on each weight, in the order of `NAMES`."""
    constant = np.array([name in UNLISTED_WHOLE for name in NAMES])
    return np.where(constant, min(penalty, CONSTANT_PENALTY), penalty)
