"""Which ATT&CK groups a cluster of the galaxy speaks of, and which clusters stand alone.

A cluster is tied to the groups whose ids it gives, else to those whose headline is its own, else to those
that have its headline among their other names, and of these to the ones with which it shares most names.

A tie by one name alone is no tie where the galaxy means another by that name: where a cluster that is tied
to the group has the name, too, and shares more with the group. Two actors then bear one name. The group keeps
it, the lesser cluster stands alone under it, and what the cluster claims about a sponsor stays with the
cluster. One that claims nothing has nothing to be kept apart, and stays tied. Nobody's names, states or
claims are looked at for what they say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from weigh.compiling.galaxy import GalaxyActor
from weigh.knowledge.catalogue import Actor


def names_of(actor: Actor) -> tuple[str, ...]:
    """The headline of a group and its other names."""
    return (actor.name, *(alias.name for alias in actor.aliases))


def ties(groups: Sequence[Actor], galaxy: Sequence[GalaxyActor]) -> dict[str, tuple[str, ...]]:
    """UUID of a cluster -> ids of groups, none where it stands alone; independent of the order of both."""
    directory = _Directory(groups)
    given = {cluster.uuid: directory.of(cluster) for cluster in galaxy}
    rivals: dict[str, list[GalaxyActor]] = defaultdict(list)
    for cluster in galaxy:
        for identifier in given[cluster.uuid]:
            rivals[identifier].append(cluster)
    return {
        cluster.uuid: tuple(
            identifier
            for identifier in given[cluster.uuid]
            if not directory.is_namesake(cluster, identifier, rivals[identifier])
        )
        for cluster in galaxy
    }


class _Directory:
    """The groups by their ids, headlines and names, folded."""

    def __init__(self, groups: Sequence[Actor]) -> None:
        self._names = {group.id: _folded(names_of(group)) for group in groups}
        self._headlines = _by_name((group.id, (group.name,)) for group in groups)
        self._bearers = _by_name((group.id, names_of(group)) for group in groups)

    def of(self, cluster: GalaxyActor) -> Sequence[str]:
        """Ids of the groups that a cluster alone would be tied to."""
        given = [identifier for identifier in cluster.group_ids if identifier in self._names]
        name = cluster.name.casefold()
        return given or self._headlines.get(name, []) or self._closest(cluster, self._bearers.get(name, []))

    def is_namesake(self, cluster: GalaxyActor, group: str, rivals: Iterable[GalaxyActor]) -> bool:
        """Whether one name alone ties the cluster to the group, and another cluster means the group by it."""
        name = cluster.name.casefold()
        if group in cluster.group_ids or group in self._headlines.get(name, []):
            return False
        if len(cluster.sponsors) == 0 or self._shared(cluster, group) > 1:
            return False
        return any(
            name in _folded(alias.name for alias in rival.aliases) and self._shared(rival, group) > 1
            for rival in rivals
            if rival.uuid != cluster.uuid
        )

    def _closest(self, cluster: GalaxyActor, groups: Sequence[str]) -> Sequence[str]:
        """Of several groups those with which the cluster shares most names."""
        shared = {group: self._shared(cluster, group) for group in groups}
        return [group for group in groups if shared[group] == max(shared.values())]

    def _shared(self, cluster: GalaxyActor, group: str) -> int:
        return len(self._names[group] & _folded(alias.name for alias in cluster.aliases))


def _folded(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def _by_name(named: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for identifier, names in named:
        for name in dict.fromkeys(name.casefold() for name in names):
            found[name].append(identifier)
    return found
