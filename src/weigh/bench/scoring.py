"""Scores of forecasts over hypotheses, and intervals by a bootstrap over actors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Forecast:
    """One case's answer: probabilities (or scores) of the candidates, `unlisted` last where present.

    `truth` is the position of the true candidate, or -1 when the true actor is not among them.
    `cluster` is the true actor: intervals resample actors, not cases.
    """

    cluster: int
    truth: int
    candidates: Floats
    unlisted: float = 0.0
    year: int = 0

    @property
    def listed(self) -> bool:
        """Whether the true actor is among the candidates."""
        return self.truth >= 0


class Clustered(Protocol):
    """Anything measured on a case: `cluster` is the case's true actor."""

    @property
    def cluster(self) -> int:
        """What the bootstrap resamples."""
        ...


Item = TypeVar("Item", bound=Clustered)
Score = Callable[[Forecast], float]


def top_k(forecast: Forecast, k: int) -> float:
    """Chance that the truth is among the first k actors, ties scored in expectation."""
    if not forecast.listed:
        return 0.0
    own = forecast.candidates[forecast.truth]
    above = int((forecast.candidates > own).sum())
    tied = int((forecast.candidates == own).sum())
    return float(np.clip((k - above) / tied, 0.0, 1.0))


def reciprocal_rank(forecast: Forecast) -> float:
    """1 / rank of the truth, averaged over the orders of ties; 0 when it is not among the candidates."""
    if not forecast.listed:
        return 0.0
    own = forecast.candidates[forecast.truth]
    above = int((forecast.candidates > own).sum())
    tied = int((forecast.candidates == own).sum())
    return float(np.mean(1.0 / (above + 1.0 + np.arange(tied))))


def log_loss(forecast: Forecast) -> float:
    """-ln of the probability of what is true, `unlisted` included; in nats."""
    p = forecast.candidates[forecast.truth] if forecast.listed else forecast.unlisted
    return -float(np.log(max(float(p), 1e-300)))


def brier(forecast: Forecast) -> float:
    """Multi-class Brier score over candidates and `unlisted`, in [0, 2]."""
    outcome = np.zeros(len(forecast.candidates) + 1)
    outcome[forecast.truth if forecast.listed else -1] = 1.0
    stated = np.append(forecast.candidates, forecast.unlisted)
    return float(((stated - outcome) ** 2).sum())


def decision(forecast: Forecast) -> tuple[float, bool]:
    """Probability of the leading hypothesis, `unlisted` included, and whether it is right."""
    stated = np.append(forecast.candidates, forecast.unlisted)
    best = int(stated.argmax())
    return float(stated[best]), best == (forecast.truth if forecast.listed else len(stated) - 1)


def calibration_error(confidence: Floats, right: Floats, bins: int = 10) -> float:
    """Top-label expected calibration error over equal-mass bins."""
    order = np.array_split(np.argsort(confidence, kind="stable"), bins)
    gaps = [
        len(part) * abs(float(confidence[part].mean() - right[part].mean()))
        for part in order
        if len(part) > 0
    ]
    return sum(gaps) / max(len(confidence), 1)


@dataclass(frozen=True, slots=True)
class Murphy:
    """The parts of a Brier score of decisions: reliability - resolution + uncertainty + within.

    `within` is what the bins hide: how the odds of one bin vary, less twice how they go with what came true.
    """

    reliability: float
    resolution: float
    uncertainty: float
    within: float


def murphy(confidence: Floats, right: Floats, bins: int = 10) -> Murphy:
    """Murphy's decomposition (1973): how far stated odds are from what came true, and how far apart the
    odds of different cases are; with the two terms within bins of equal mass (Stephenson, Coelho &
    Jolliffe 2008) the parts are the score itself."""
    order = np.array_split(np.argsort(confidence, kind="stable"), bins)
    parts = [part for part in order if len(part) > 0]
    share = np.array([len(part) for part in parts]) / max(len(confidence), 1)
    stated = np.array([confidence[part].mean() for part in parts])
    came = np.array([right[part].mean() for part in parts])
    mean = float(share @ came)
    within = [
        float(((confidence[part] - odds) * (confidence[part] - odds - 2.0 * (right[part] - hit))).mean())
        for part, odds, hit in zip(parts, stated, came, strict=True)
    ]
    return Murphy(
        reliability=float(share @ (stated - came) ** 2),
        resolution=float(share @ (came - mean) ** 2),
        uncertainty=mean * (1.0 - mean),
        within=float(share @ np.array(within)),
    )


def risk_coverage(confidence: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Coverage, rising to 1, and the share of errors among the surest cases that it holds; both (N,)."""
    order = np.argsort(-confidence, kind="stable")
    number = np.arange(1, len(order) + 1)
    return number / max(len(order), 1), np.cumsum(1.0 - right[order]) / number


def decisions(forecasts: Sequence[Forecast]) -> tuple[Floats, Floats]:
    """Confidence of every decision and whether it was right, as 0 and 1; both (N,)."""
    stated = [decision(item) for item in forecasts]
    return np.array([odds for odds, _ in stated]), np.array([float(right) for _, right in stated])


def brier_of_decisions(forecasts: Sequence[Forecast]) -> float:
    """Mean squared difference of the leading hypothesis's odds from whether it is right; in [0, 1]."""
    stated, right = decisions(forecasts)
    return float(((stated - right) ** 2).mean()) if len(stated) > 0 else float("nan")


def part_of_brier(part: str) -> Callable[[Sequence[Forecast]], float]:
    """One part of `murphy` of the decisions."""
    return lambda forecasts: float(getattr(murphy(*decisions(forecasts)), part))


def mean_risk(forecasts: Sequence[Forecast]) -> float:
    """Area under the risk-coverage curve of the decisions: 0 is best."""
    _, risk = risk_coverage(*decisions(forecasts))
    return float(risk.mean()) if len(risk) > 0 else float("nan")


def surest_half_right(forecasts: Sequence[Forecast]) -> float:
    """Share of right decisions among the surer half of the cases."""
    coverage, risk = risk_coverage(*decisions(forecasts))
    half = int(np.searchsorted(coverage, 0.5))
    return float(1.0 - risk[half]) if len(risk) > 0 else float("nan")


def calibration_ceiling(confidence: Floats, bins: int = 10, draws: int = 2000, seed: int = 7) -> float:
    """95th percentile of the calibration error of perfect forecasters with the same confidences."""
    random = np.random.default_rng(seed)
    errors = [
        calibration_error(confidence, (random.random(len(confidence)) < confidence).astype(float), bins)
        for _ in range(draws)
    ]
    return float(np.quantile(errors, 0.95))


def area_under_roc(score: Floats, positive: NDArray[np.bool_]) -> float:
    """Chance that a positive case scores above a negative one, ties one half; nan without both."""
    above, below = score[positive], score[~positive]
    if len(above) == 0 or len(below) == 0:
        return float("nan")
    pairs = (above[:, None] > below).astype(float) + 0.5 * (above[:, None] == below)
    return float(pairs.mean())


def resampled(
    size: int, statistic: Callable[[Groups], float], draws: int = 400, seed: int = 11
) -> tuple[float, float]:
    """95 % interval by the percentile bootstrap (Efron 1979): 2.5 % and 97.5 % of what a statistic is on
    `draws` samples of `size` units with replacement, each given as the units' numbers (size,).

    Draws on which it cannot be had are left out; nan where there is no other, or no unit.
    """
    drawn = np.random.default_rng(seed).integers(0, size, (draws, size)) if size > 0 else ()
    found = [statistic(units) for units in drawn]
    finite = [value for value in found if np.isfinite(value)]
    if len(finite) == 0:
        return float("nan"), float("nan")  # a statistic that no draw can have, such as AUROC of one class
    low, high = np.quantile(finite, [0.025, 0.975])
    return float(low), float(high)


def interval(
    forecasts: Sequence[Item],
    statistic: Callable[[Sequence[Item]], float],
    draws: int = 400,
    seed: int = 11,
) -> tuple[float, float]:
    """95 % interval of a statistic, by resampling actors with all their cases."""
    groups: dict[int, list[Item]] = {}
    for forecast in forecasts:
        groups.setdefault(forecast.cluster, []).append(forecast)
    actors = [groups[key] for key in sorted(groups)]
    return resampled(
        len(actors), lambda units: statistic([item for unit in units for item in actors[unit]]), draws, seed
    )


def mean_interval(
    values: Floats,
    clusters: Groups,
    weights: Floats | None = None,
    draws: int = 400,
    seed: int = 11,
) -> tuple[float, float]:
    """95 % interval of a (weighted) mean, by resampling actors with all their cases; all of shape (N,)."""
    counted = np.ones(len(values)) if weights is None else weights
    _, place = np.unique(clusters, return_inverse=True)
    sums, sizes = np.bincount(place, values * counted), np.bincount(place, counted)
    return resampled(
        len(sums),
        lambda units: float(sums[units].sum() / max(float(sizes[units].sum()), 1e-300)),
        draws,
        seed,
    )


def mean_of(score: Score) -> Callable[[Sequence[Forecast]], float]:
    """The mean of a score over forecasts."""
    return lambda forecasts: (
        float(np.mean([score(item) for item in forecasts])) if forecasts else float("nan")
    )


def mean_of_listed(score: Score) -> Callable[[Sequence[Forecast]], float]:
    """The mean of a score over forecasts whose truth is among the candidates."""
    return lambda forecasts: mean_of(score)([item for item in forecasts if item.listed])


def top_label_error(forecasts: Sequence[Forecast]) -> float:
    """Calibration error of the decisions."""
    return calibration_error(*decisions(forecasts))


def unlisted_auroc(forecasts: Sequence[Forecast]) -> float:
    """How well the probability of `unlisted` tells new actors from known ones."""
    return area_under_roc(
        np.array([item.unlisted for item in forecasts]), np.array([not item.listed for item in forecasts])
    )
