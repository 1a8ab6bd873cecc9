"""What the knowledge says of each actor, in the form that the features of a case are computed from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from weigh.knowledge.relations import NO_REPORT, Mask, Relations

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Keys = NDArray[np.uint64]

SHRINKAGE = 100.0
"""Pseudo-reports at the base rate added to every actor's counts: a rate is believed slowly."""
LEAST_GAIN = 0.1
"""The least log-ratio, in nats, of a feature that an actor is known for: in one of its fifty reports a common
feature is rarer than at the base rate, and yet no sign for actors that are not known for it at all."""
_REPEATS = 3.0
"""Expected repetitions, at the rate of its kind, added to those that a feature is seen to have."""
LEAST_LASTING = 0.05
"""The least log-ratio of lasting: a feature that nobody is seen to repeat still tells a little."""


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """Dense tables over candidates (C), features (F) and reports of one actor (R).

    `candidates` holds the actor index of each row. `log_ratio` is log P(f | a) / p(f) and
    `log_absent` log (1 - P(f | a)) / (1 - p(f)), both (C, F) in nats; `gain` (C, F) is the first, raised to
    `LEAST_GAIN` where the actor is known for the feature. `shows` (R, F) says which report
    has which feature; `nearest` (R, F) and `profile` (C, F) are unit vectors of
    inverse-document-frequency weights, 0 for a feature that every report has. A feature that no report
    has says nothing by its absence, so that a longer catalogue changes nothing. `arms` (C, F) counts the
    software of a candidate that can do a technique, `armed` holds its unit vectors. `habits` (C, F) are unit
    vectors of log(1 + count) by `lasting` (F,): the geometric mean of a feature's rarity and of how much
    more often than others an actor shows it again, our own. `report_owner` (R,) is a row of the candidates,
    in rising order, `report_key` (R,) what is drawn of a report hangs on: its name, or for uses without a
    citation what they are, never a place or an actor. `idf`, `base` and `users` have shape (F,); `users`
    counts candidates. Two tables are the same where they are one: what follows from one is kept for it.

    `foretells` (F, F) is kept where the features are few (`narrowed`), None elsewhere: see `foretold`.
    """

    candidates: Indices
    reports: Floats
    last_year: Floats
    base: Floats
    idf: Floats
    users: Floats
    uses: Floats
    log_ratio: Floats
    gain: Floats
    log_absent: Floats
    absent_total: Floats
    profile: Floats
    armed: Floats
    arms: Floats
    lasting: Floats
    habits: Floats
    shows: Mask
    nearest: Floats
    report_owner: Indices
    report_index: Indices
    report_key: Keys
    software_from: int
    foretells: Floats | None = None


def profiles(relations: Relations, shrinkage: float = SHRINKAGE) -> Profiles:
    """The tables for every actor with at least one report among `relations`."""
    pairs, owner, report, presence = _report_rows(relations)
    candidates = np.unique(owner)
    row_of = np.full(relations.actors, -1)
    row_of[candidates] = np.arange(len(candidates))
    owner = row_of[owner]
    counts = np.zeros((len(candidates), relations.features))
    np.add.at(counts, owner, presence)
    reports = np.bincount(owner, minlength=len(candidates)).astype(np.float64)
    seen = presence.sum(axis=0)
    base = (seen + 0.5) / (pairs + 1.0)
    idf = np.log((pairs + 1.0) / (seen + 1.0))
    rate = (counts + shrinkage * base) / (reports[:, None] + shrinkage)
    log_ratio = np.log(rate / base)
    log_absent = np.where(seen > 0, np.log((1.0 - rate) / (1.0 - base)), 0.0)
    arms = _arms(relations, counts)
    lasting = np.sqrt(idf * _lasting(counts, reports, base, relations.software_from))
    last_year = np.zeros(len(candidates))
    np.maximum.at(last_year, owner, np.append(relations.years, 0)[report])  # NO_REPORT is the last
    return Profiles(
        candidates=candidates,
        reports=reports,
        last_year=last_year,
        base=base,
        idf=idf,
        users=(counts > 0).sum(axis=0).astype(np.float64),
        uses=(counts > 0).astype(np.float64),
        log_ratio=log_ratio,
        gain=np.where(counts > 0, np.maximum(log_ratio, LEAST_GAIN), log_ratio),
        log_absent=log_absent,
        absent_total=log_absent.sum(axis=1),
        profile=unit_rows(np.log1p(counts) * idf),
        armed=unit_rows(np.log1p(arms) * idf),
        arms=arms,
        lasting=lasting,
        habits=unit_rows(np.log1p(counts) * lasting),
        shows=presence > 0,
        nearest=unit_rows(presence * idf),
        report_owner=owner,
        report_index=report,
        report_key=_keys(relations, report, presence),
        software_from=relations.software_from,
    )


def narrowed(known: Profiles, features: Indices) -> Profiles:
    """The same knowledge with the columns of `features` (in rising order) alone, renumbered from 0.

    Totals and lengths stay those of all features, so a case about these features scores the same, sooner.
    """
    return replace(
        known,
        base=known.base[features],
        idf=known.idf[features],
        users=known.users[features],
        uses=known.uses[:, features],
        log_ratio=known.log_ratio[:, features],
        gain=known.gain[:, features],
        log_absent=known.log_absent[:, features],
        profile=known.profile[:, features],
        armed=known.armed[:, features],
        arms=known.arms[:, features],
        lasting=known.lasting[features],
        habits=known.habits[:, features],
        shows=known.shows[:, features],
        nearest=known.nearest[:, features],
        software_from=int(np.searchsorted(features, known.software_from)),
        foretells=foretold(known, features),
    )


def foretold(known: Profiles, features: Indices) -> Floats:
    """How far the second of two features foretells the first, (J, J) in [0, 1], 0 for a feature itself.

    Of the reports that show the second, the share that show the first, with one report at the base rate
    added, as its way from the base rate (0) to certainty (1): our own. Uses whose citation is lost stand in
    no report, so they tell nothing of what comes together.
    """
    if known.foretells is not None:
        return np.asarray(known.foretells[np.ix_(features, features)])
    cited = (known.report_index != NO_REPORT)[:, None]
    shown = (known.shows.take(features, axis=1) & cited).astype(np.float64)
    base = known.base[features][:, None]
    share = (shown.T @ shown + base) / (shown.sum(axis=0) + 1.0)
    found = np.clip((share - base) / (1.0 - base), 0.0, 1.0)
    np.fill_diagonal(found, 0.0)
    return np.asarray(found)


def _report_rows(relations: Relations) -> tuple[int, Indices, Indices, Floats]:
    """One row per (actor, report): how many, their actors, their reports, features seen (R, F)."""
    keys = np.stack([relations.actor, relations.report], axis=1)
    rows, which = np.unique(keys, axis=0, return_inverse=True)
    presence = np.zeros((len(rows), relations.features))
    presence[which.reshape(-1), relations.feature] = 1.0
    return len(rows), rows[:, 0].astype(np.intp), rows[:, 1].astype(np.intp), presence


def _keys(relations: Relations, report: Indices, presence: Floats) -> Keys:
    """A number for every row that no other row, and no order of rows, changes; (R,)."""
    names = relations.report_names
    rows = (
        np.flatnonzero(shown).astype("<i8").tobytes()
        if place == NO_REPORT
        else (names[place] if len(names) > 0 else str(place)).encode()
        for place, shown in zip(report.tolist(), presence, strict=True)
    )
    return np.array([int.from_bytes(blake2b(row, digest_size=8).digest()) for row in rows], dtype=np.uint64)


def _lasting(counts: Floats, reports: Floats, base: Floats, software_from: int) -> Floats:
    """How much likelier than any report another report of the same actor is to show a feature, (F,), as a
    logarithm."""
    repeated = (counts * (counts - 1.0)).sum(axis=0)
    expected = (counts * (reports[:, None] - 1.0)).sum(axis=0) * base
    return log_lasting(repeated, expected, software_from)


def log_lasting(repeated: Floats, expected: Floats, software_from: int) -> Floats:
    """The logarithm of repetitions over those expected of anybody, both (F, ...); few are drawn to those of
    all techniques or all software."""
    ratio = np.ones(repeated.shape)
    for kind in (slice(None, software_from), slice(software_from, None)):
        usual = repeated[kind].sum(axis=0) / np.maximum(expected[kind].sum(axis=0), 1e-9)
        ratio[kind] = (repeated[kind] + _REPEATS * usual) / (expected[kind] + _REPEATS)
    return np.asarray(np.maximum(np.log(np.maximum(ratio, 1.0)), LEAST_LASTING))


def _arms(relations: Relations, counts: Floats) -> Floats:
    """How many of a candidate's tools can do each technique, (C, F)."""
    able = np.zeros((relations.features - relations.software_from, relations.features))
    able[relations.abilities.software - relations.software_from, relations.abilities.technique] = 1.0
    used = (counts[:, relations.software_from :] > 0).astype(np.float64)
    return np.asarray(used @ able)


def unit_rows(rows: Floats) -> Floats:
    """Every row divided by its length; a row of nothing stays nothing."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(norms > 0, norms, 1.0)
