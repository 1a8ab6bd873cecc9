"""Hypothesis generators of small knowledge, cases and weights: everything that inference is given."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from weigh.inference.features import NAMES, Facts, facts
from weigh.inference.model import Weights
from weigh.knowledge.relations import NO_REPORT, Relations, relations_from

QUICK = settings(max_examples=25, deadline=None)
years = st.sampled_from((0, *range(2015, 2025)))
presences = st.floats(0.01, 1.0) | st.just(1.0)


@st.composite
def relations(
    draw: st.DrawFn, *, least_actors: int = 1, most_actors: int = 5, most_features: int = 8
) -> Relations:
    """Relations of a few actors, of whom at least `least_actors` have a report."""
    actors = draw(st.integers(least_actors, most_actors))
    features = draw(st.integers(1, most_features))
    when = draw(st.lists(years, max_size=6))
    row = st.tuples(
        st.integers(0, actors - 1), st.integers(NO_REPORT, len(when) - 1), st.integers(0, features - 1)
    )
    software_from = draw(st.integers(0, features))
    tool = st.integers(min(software_from, features - 1), features - 1)
    able = st.tuples(tool, st.integers(NO_REPORT, len(when) - 1), st.integers(0, features - 1))
    certain = [(actor, *draw(row)[1:]) for actor in range(least_actors)]
    return relations_from(
        [*certain, *draw(st.lists(row, max_size=30))],
        when,
        actors=actors,
        features=features,
        software_from=software_from,
        abilities=draw(st.lists(able, max_size=8)) if software_from < features else (),
    )


@st.composite
def cases(draw: st.DrawFn, known: Relations, *, least: int = 0) -> Facts:
    """A case that shows some features of the knowledge."""
    return facts(
        draw(
            st.dictionaries(
                st.integers(0, known.features - 1), presences, min_size=min(least, known.features)
            )
        ),
        draw(years),
    )


@st.composite
def worlds(draw: st.DrawFn, *, least_actors: int = 1, least_facts: int = 0) -> tuple[Relations, Facts]:
    """Knowledge and a case in it."""
    known = draw(relations(least_actors=least_actors))
    return known, draw(cases(known, least=least_facts))


weights = st.builds(
    lambda values, errors: Weights(tuple(values), tuple(errors), "drawn"),
    st.lists(st.floats(-6, 6), min_size=len(NAMES), max_size=len(NAMES)),
    st.lists(st.floats(0, 1), min_size=len(NAMES), max_size=len(NAMES)),
)


def triples(known: Relations) -> list[tuple[int, int, int]]:
    """The rows as tuples, in their order."""
    return list(zip(known.actor.tolist(), known.report.tolist(), known.feature.tolist(), strict=True))


def with_actors(known: Relations, order: list[int]) -> Relations:
    """The same knowledge with actor `i` renumbered to `order[i]`."""
    rows = [(order[actor], report, feature) for actor, report, feature in triples(known)]
    return rebuilt(known, rows)


def rebuilt(known: Relations, rows: list[tuple[int, int, int]]) -> Relations:
    """The same knowledge with other rows."""
    return replace(
        relations_from(
            rows,
            known.years.tolist(),
            actors=known.actors,
            features=known.features,
            software_from=known.software_from,
        ),
        abilities=known.abilities,
    )


def with_presence(case: Facts, position: int, value: float) -> Facts:
    """The case with another probability of one fact."""
    presence = case.presence.copy()
    presence[position] = value
    return replace(case, presence=presence)


def random_relations(seed: int, *, actors: int, features: int, reports: int) -> Relations:
    """Larger relations for tests that need numbers: every actor has habits of its own."""
    random = np.random.default_rng(seed)
    habits = random.dirichlet(np.full(features, 0.2), size=actors)
    rows = []
    for report in range(reports):
        actor = int(random.integers(actors))
        shown = random.choice(
            features, size=int(random.integers(3, 12)), p=habits[actor] * 0.8 + 0.2 / features
        )
        rows += [(actor, report, int(feature)) for feature in shown]
    when = random.integers(2012, 2025, size=reports)
    return relations_from(
        rows, when.tolist(), actors=actors, features=features, software_from=features * 3 // 4
    )
