"""The one way in which models of text are fitted: stochastic gradient over sparse features."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from weigh.evidence.text_model import Floats, Ints

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Slope = Callable[[Floats, Ints], Floats]
"""Scores (B, T) of a batch and the rows it is made of (B,) -> the loss's derivative by each score (B, T)."""

_TINY = 1e-8


@dataclass(frozen=True, slots=True)
class Pace:
    """How a fit goes through its lessons: how often over all, how many at once, and its first rate."""

    epochs: int
    batch: int
    rate: float


def descended(
    matrix: csr_matrix, targets: int, slope: Slope, pace: Pace, told: Callable[[float], None] | None = None
) -> tuple[Floats, Floats]:
    """Weights (V, T) and bias (T,) from `matrix` (n, V), for T `targets`.

    One AdaGrad rate a feature (Duchi, Hazan and Singer 2011) that falls to zero; stopping after the epochs is
    the regularization. Only features of a batch are touched. `told` hears the share that is done.
    """
    count, width = matrix.shape
    weights, bias = np.zeros((width, targets), np.float32), np.zeros(targets, np.float32)
    seen, bias_seen = np.full(width, _TINY, np.float32), _TINY
    batches = list(_batches(count, pace))
    for step, chosen in enumerate(batches):
        rate = pace.rate * (1 - step / len(batches))
        batch = matrix[chosen]
        columns, column = np.unique(batch.indices, return_inverse=True)
        batch = type(batch)((batch.data, column, batch.indptr), (len(chosen), len(columns)))
        rows = weights[columns]
        error = slope(batch @ rows + bias, chosen).astype(np.float32, copy=False)
        gradient: Floats = batch.T.tocsr() @ error
        seen[columns] += np.einsum("ij,ij->i", gradient, gradient)
        weights[columns] = rows - gradient * (rate / np.sqrt(seen[columns]))[:, None]
        pull = error.sum(axis=0)
        bias_seen += float(pull @ pull)
        bias -= (rate / np.sqrt(bias_seen)) * pull
        if told is not None:
            told((step + 1) / len(batches))
    return weights, bias


def _batches(count: int, pace: Pace) -> Iterator[Ints]:
    """The rows of each batch, all rows once an epoch in an order that is the same every time."""
    order = np.random.default_rng(0)
    for _ in range(pace.epochs):
        shuffled = order.permutation(count)
        yield from (shuffled[start : start + pace.batch] for start in range(0, count, pace.batch))
