"""Simple rules on the same case, shown beside the model so that anyone sees what it adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from weigh.inference.features import EXCLUSIVE_CAP, Facts, case_features, unit
from weigh.inference.profiles import Floats, Profiles

Baseline = Callable[[Facts, Profiles], Floats]
"""A score per candidate, (C,): higher is more likely. Ties are ties."""


def cosine(case: Facts, known: Profiles) -> Floats:
    """IDF-weighted cosine between the case and an actor's pooled profile."""
    return np.asarray(known.profile[:, case.index] @ unit(case.presence * known.idf[case.index]))


def nearest_report(case: Facts, known: Profiles) -> Floats:
    """IDF-weighted cosine with the most similar single report."""
    return case_features(case, known).likeness


def jaccard(case: Facts, known: Profiles) -> Floats:
    """Size of the intersection of case and profile over the size of their union."""
    shared = (known.uses[:, case.index] * case.presence).sum(axis=1)
    union = known.uses.sum(axis=1) + case.presence.sum() - shared
    return np.asarray(shared / np.maximum(union, 1e-12))


def exclusive_software(case: Facts, known: Profiles) -> Floats:
    """Software of the case that few actors use."""
    tools = case.index >= known.software_from
    rarity = case.presence[tools] / np.maximum(known.users[case.index[tools]], 1.0)
    return np.minimum(known.uses[:, case.index[tools]] @ rarity, EXCLUSIVE_CAP)


def naive_bayes(case: Facts, known: Profiles) -> Floats:
    """Sum of log-likelihood ratios of features seen and not seen, as if they were independent."""
    seen = (known.log_ratio - known.log_absent)[:, case.index] @ case.presence
    return np.asarray(seen + known.absent_total)


def most_reported(case: Facts, known: Profiles) -> Floats:
    """The number of reports on an actor, whatever the case says."""
    return known.reports


BASELINES: Mapping[str, tuple[str, Baseline]] = {
    "cosine": ("rare techniques and software in common with all that is known of an actor", cosine),
    "nearest report": ("the single published report that is most alike", nearest_report),
    "Jaccard": ("what both show over what either shows", jaccard),
    "exclusive software": ("software of the case that few actors use", exclusive_software),
    "naive Bayes": ("every item counted as if it were independent of the rest", naive_bayes),
    "most reported": ("the actor with most reports, whatever the case says", most_reported),
}
