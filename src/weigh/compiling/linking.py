"""ATT&CK objects and galaxy clusters -> the catalogue and its relations.

Revoked and deprecated objects make no entry; their ids are kept with their successors. A relation
that belongs to a campaign counts for the group to which ATT&CK attributes the campaign, if it is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from weigh.compiling.attack import AttackSource, StixObject
from weigh.compiling.attribution import own_claims
from weigh.compiling.citation_dates import citation_date, earliest
from weigh.compiling.galaxy import GALAXY, GalaxyActor
from weigh.compiling.ties import names_of, ties
from weigh.knowledge.catalogue import (
    Actor,
    Alias,
    Catalogue,
    Report,
    RetiredId,
    Software,
    Technique,
)

_ATTACK = "ATT&CK"
_SOFTWARE_TYPES = ("malware", "tool")
_FEATURE_TYPES = ("attack-pattern", *_SOFTWARE_TYPES)


@dataclass(frozen=True, slots=True)
class Use:
    """One report that says an actor uses a technique or software; `campaign` is empty where none."""

    actor: str
    feature: str
    report: str
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class Ability:
    """One report that says what technique a tool can do; `report` is empty where none is cited."""

    software: str
    technique: str
    report: str


@dataclass(frozen=True, slots=True)
class Linked:
    """The catalogue, what stands behind it, and counts of what was dropped and why."""

    catalogue: Catalogue
    uses: tuple[Use, ...]
    dropped: Mapping[str, int]
    abilities: tuple[Ability, ...] = ()


def link(attack: AttackSource, galaxy: Sequence[GalaxyActor]) -> Linked:
    """Everything that is known before a case, from both inputs."""
    by_id = {item.id: item for item in attack.objects}
    uses, dropped = _uses(attack.objects, by_id)
    abilities = tuple(dict.fromkeys(_abilities(attack.objects, by_id)))
    cited = {use.report for use in uses} | {ability.report for ability in abilities}
    dates, addresses = _report_dates(attack.objects), _report_addresses(attack.objects)
    years = {name: int(date[:4] or 0) for name, date in dates.items()}
    actors = _actors(attack.objects, galaxy, uses, years)
    catalogue = Catalogue(
        actors=actors,
        techniques=_techniques(attack.objects),
        software=_software(attack.objects),
        reports=tuple(
            Report(name, years.get(name, 0), addresses.get(name, ""), dates.get(name, ""))
            for name in sorted(cited - {""})
        ),
        retired=_retired(attack.objects, by_id),
        tactics=_tactics(attack.objects),
    )
    return Linked(catalogue, uses, dropped, abilities)


def _uses(
    objects: Iterable[StixObject], by_id: Mapping[str, StixObject]
) -> tuple[tuple[Use, ...], dict[str, int]]:
    owners = _campaign_owners(objects, by_id)
    found: dict[Use, None] = {}
    dropped: dict[str, int] = defaultdict(int)
    for relation in objects:
        user = relation.source_ref.partition("--")[0]
        if relation.relationship_type != "uses" or user not in {"intrusion-set", "campaign"}:
            continue
        reason = _reason_to_drop(relation, by_id, owners)
        if len(reason) > 0:
            dropped[reason] += 1
            continue
        for use in _uses_of(relation, by_id, owners):
            found[use] = None
    return tuple(found), dict(dropped)


def _abilities(objects: Iterable[StixObject], by_id: Mapping[str, StixObject]) -> Iterable[Ability]:
    """What software is said to do, in relations of its own."""
    for relation in objects:
        source, target = by_id.get(relation.source_ref), by_id.get(relation.target_ref)
        if relation.relationship_type != "uses" or source is None or target is None:
            continue
        ends = (source.type in _SOFTWARE_TYPES, target.type == "attack-pattern")
        if all(ends) and all(item.live for item in (relation, source, target)):
            for name in [reference.report for reference in relation.external_references] or [""]:
                yield Ability(source.attack_id, target.attack_id, name)


def _reason_to_drop(
    relation: StixObject, by_id: Mapping[str, StixObject], owners: Mapping[str, Sequence[str]]
) -> str:
    source, target = by_id.get(relation.source_ref), by_id.get(relation.target_ref)
    if source is None or target is None:
        return "one end is not in the bundle"
    if not relation.live or not source.live or not target.live:
        return "revoked or deprecated"
    if target.type not in _FEATURE_TYPES or len(target.attack_id) == 0:
        return "uses something that is neither a technique nor software of ATT&CK"
    if source.type == "intrusion-set" and len(source.attack_id) == 0:
        return "group without an ATT&CK id"
    if source.type == "campaign":
        count = len(owners.get(source.id, ()))
        if count != 1:
            return "campaign attributed to nobody" if count == 0 else "campaign attributed to several groups"
    return ""


def _uses_of(
    relation: StixObject, by_id: Mapping[str, StixObject], owners: Mapping[str, Sequence[str]]
) -> Iterable[Use]:
    source = by_id[relation.source_ref]
    is_campaign = source.type == "campaign"
    actor = by_id[owners[source.id][0]] if is_campaign else source
    names = [reference.report for reference in relation.external_references] or [""]
    for name in names:
        yield Use(
            actor.attack_id,
            by_id[relation.target_ref].attack_id,
            name,
            source.attack_id if is_campaign else "",
        )


def _campaign_owners(objects: Iterable[StixObject], by_id: Mapping[str, StixObject]) -> dict[str, list[str]]:
    owners: dict[str, dict[str, None]] = defaultdict(dict)
    for relation in objects:
        if relation.relationship_type == "attributed-to" and relation.live:
            group = by_id.get(relation.target_ref)
            if group is not None and group.live and group.type == "intrusion-set" and group.attack_id:
                owners[relation.source_ref][group.id] = None
    return {campaign: list(groups) for campaign, groups in owners.items()}


def _report_dates(objects: Iterable[StixObject]) -> dict[str, str]:
    """The earliest date that any citation of a report gives, so that their order does not matter."""
    citations = {
        (reference.report, reference.description)
        for item in objects
        if item.type == "relationship"
        for reference in item.external_references
    }
    dates: dict[str, str] = {}
    for name, description in citations:
        dates[name] = earliest(dates.get(name, ""), citation_date(name, description))
    return dates


def _report_addresses(objects: Iterable[StixObject]) -> dict[str, str]:
    """Where a report is published: the first in order of the addresses that citations of it give."""
    addresses: dict[str, str] = {}
    for item in objects:
        if item.type == "relationship":
            for reference in item.external_references:
                if reference.url != "":
                    known = addresses.get(reference.report, reference.url)
                    addresses[reference.report] = min(known, reference.url)
    return addresses


def _techniques(objects: Iterable[StixObject]) -> tuple[Technique, ...]:
    rows = [
        Technique(
            id=item.attack_id,
            name=item.name,
            tactics=tuple(dict.fromkeys(phase.phase_name for phase in item.kill_chain_phases)),
            parent=item.attack_id.partition(".")[0] if "." in item.attack_id else "",
            stix_id=item.id,
        )
        for item in objects
        if item.type == "attack-pattern" and item.live and len(item.attack_id) > 0
    ]
    return tuple(sorted(rows, key=lambda row: row.id))


def _software(objects: Iterable[StixObject]) -> tuple[Software, ...]:
    rows = [
        Software(
            id=item.attack_id,
            name=item.name,
            type=item.type,
            aliases=_own_aliases(item, item.x_mitre_aliases or item.aliases),
            stix_id=item.id,
        )
        for item in objects
        if item.type in _SOFTWARE_TYPES and item.live and len(item.attack_id) > 0
    ]
    return tuple(sorted(rows, key=lambda row: row.id))


def _own_aliases(item: StixObject, names: Iterable[str]) -> tuple[Alias, ...]:
    return tuple(Alias(name, _ATTACK) for name in dict.fromkeys(names) if name != item.name)


def _tactics(objects: Sequence[StixObject]) -> tuple[tuple[str, str, str], ...]:
    """(short name, id, name) of every tactic, in the order of the matrix."""
    matrix = [
        reference for item in objects if item.type == "x-mitre-matrix" for reference in item.tactic_refs
    ]
    place = {reference: number for number, reference in enumerate(matrix)}
    tactics = sorted(
        (item for item in objects if item.type == "x-mitre-tactic"),
        key=lambda item: (place.get(item.id, len(place)), item.attack_id),
    )
    return tuple((item.x_mitre_shortname, item.attack_id, item.name) for item in tactics)


def _retired(objects: Iterable[StixObject], by_id: Mapping[str, StixObject]) -> tuple[RetiredId, ...]:
    successors = {
        item.source_ref: item.target_ref for item in objects if item.relationship_type == "revoked-by"
    }
    rows = []
    for item in objects:
        retirable = item.type in {"attack-pattern", "intrusion-set", *_SOFTWARE_TYPES}
        if retirable and not item.live and len(item.attack_id) > 0:
            rows.append(RetiredId(item.attack_id, item.name, _successor(item.id, successors, by_id)))
    live = {item.attack_id for item in objects if item.live}
    return tuple(sorted((row for row in rows if row.id not in live), key=lambda row: row.id))


def _successor(stix_id: str, successors: Mapping[str, str], by_id: Mapping[str, StixObject]) -> str:
    """The live end of a chain of `revoked-by`, empty when there is none; a cycle ends the walk."""
    seen: set[str] = set()
    current = stix_id
    while current in successors and current not in seen:
        seen.add(current)
        current = successors[current]
    found = by_id.get(current)
    return found.attack_id if found is not None and found.live else ""


def _actors(
    objects: Iterable[StixObject],
    galaxy: Sequence[GalaxyActor],
    uses: Sequence[Use],
    years: Mapping[str, int],
) -> tuple[Actor, ...]:
    groups = [
        Actor(
            id=item.attack_id,
            name=item.name,
            aliases=_own_aliases(item, item.aliases),
            sponsors=own_claims(item.description, item.name, item.aliases),
            stix_id=item.id,
        )
        for item in objects
        if item.type == "intrusion-set" and item.live and len(item.attack_id) > 0
    ]
    dated = _with_reports(sorted(groups, key=lambda row: row.id), uses, years)
    return _with_galaxy(dated, galaxy)


def _with_reports(groups: Sequence[Actor], uses: Sequence[Use], years: Mapping[str, int]) -> list[Actor]:
    reports: dict[str, set[str]] = defaultdict(set)
    for use in uses:
        reports[use.actor].add(use.report)
    actors = []
    for group in groups:
        own = reports[group.id]
        dates = [years[name] for name in own if years.get(name, 0) > 0]
        actors.append(
            replace(
                group,
                reports=len(own),
                first_year=min(dates, default=0),
                last_year=max(dates, default=0),
            )
        )
    return actors


def _with_galaxy(groups: Sequence[Actor], galaxy: Sequence[GalaxyActor]) -> tuple[Actor, ...]:
    by_group: dict[str, list[GalaxyActor]] = defaultdict(list)
    tied_to = ties(groups, galaxy)
    for cluster in galaxy:
        for identifier in tied_to[cluster.uuid]:
            by_group[identifier].append(cluster)
    alone = (cluster for cluster in galaxy if len(tied_to[cluster.uuid]) == 0)
    tied = [_merged(group, by_group[group.id]) for group in groups]
    others = [_standing_alone(item) for item in sorted(alone, key=lambda item: item.uuid)]
    return (*tied, *others)


def _standing_alone(cluster: GalaxyActor) -> Actor:
    """An actor that only the galaxy knows. Its headline stands among the aliases where it has a coiner."""
    aliases = tuple(
        alias
        for alias in cluster.aliases
        if alias.name != cluster.name or not alias.said_by.startswith(GALAXY)
    )
    return Actor(f"misp:{cluster.uuid}", cluster.name, aliases, cluster.sponsors)


def _merged(group: Actor, clusters: Sequence[GalaxyActor]) -> Actor:
    """The group with the clusters' names and sponsors added, each beside who says so."""
    own = {name.casefold() for name in names_of(group)}
    aliases: dict[tuple[str, str], Alias] = {(a.name, a.said_by): a for a in group.aliases}
    sponsors = {(claim.sponsor, claim.said_by): claim for claim in group.sponsors}
    for cluster in sorted(clusters, key=lambda item: item.uuid):
        for alias in cluster.aliases:
            coined = not alias.said_by.startswith(GALAXY)
            if alias.name.casefold() not in own or coined:
                aliases.setdefault((alias.name, alias.said_by), alias)
        for claim in cluster.sponsors:
            sponsors.setdefault((claim.sponsor, claim.said_by), claim)
    return replace(group, aliases=tuple(aliases.values()), sponsors=tuple(sponsors.values()))
