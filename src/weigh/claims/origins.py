"""The graph of who repeats whom: from links to origins, one forest for every set of documents.

Citing is not merging: a newspaper that cites two reports makes no one report of them. So every document
repeats at most one other, the likeliest, and what remains is a forest; its roots are the origins.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from weigh.claims.links import JOINS, Link, kinds, links, precedence, strongest
from weigh.claims.slips import Details
from weigh.records import Document, Span


@dataclass(frozen=True, slots=True)
class Step:
    """A document and the one that it repeats, with the copy probability; "" for an origin.

    `link` is what says so; None for an origin, and for two documents that both repeat a third.
    """

    document: str
    repeats: str
    copying: float
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Origins:
    """Documents by precedence, the links from each, and the circles of documents that name each other.

    A circle begins at the first of its documents; each names the next one, and the last the first again.
    """

    order: Mapping[str, int]
    links_from: Mapping[str, tuple[Link, ...]]
    circles: tuple[tuple[str, ...], ...]

    @property
    def links(self) -> tuple[Link, ...]:
        """All links, in the order of the documents, the strongest of each first."""
        return tuple(link for name in self.order for link in self.links_from.get(name, ()))

    def steps(self, places: Mapping[str, Sequence[Span]]) -> tuple[Step, ...]:
        """Who repeats whom among the documents of `places`, in order.

        `places` holds, for each document, where it reports the fact in question; empty when about no fact.
        """
        given = sorted(places, key=self.order.__getitem__)
        heirs: dict[str, list[tuple[str, float]]] = defaultdict(list)
        found = [step for name in given for step in self._steps(name, places, heirs)]
        taken: dict[str, Step] = {}
        for step in sorted(found, key=lambda step: (-step.copying, -self.order[step.document])):
            if step.document not in taken and not _goes_round(step, taken):
                taken[step.document] = step
        return tuple(taken.get(name, Step(name, "", 0.0)) for name in given)

    def everything(self) -> tuple[Step, ...]:
        """Who repeats whom among all documents."""
        return self.steps(dict.fromkeys(self.order, ()))

    def _steps(
        self, name: str, places: Mapping[str, Sequence[Span]], heirs: dict[str, list[tuple[str, float]]]
    ) -> list[Step]:
        """All that the document may repeat, directly or as another who repeats the same third."""
        found: list[Step] = []
        for link in self.links_from.get(name, ()):
            copying = link.copying(places[name])
            if link.repeats in places:
                found.append(Step(name, link.repeats, copying, link))
            else:
                shared = heirs[link.repeats]
                found.extend(Step(name, other, copying * theirs) for other, theirs in shared[:1])
                shared.append((name, copying))
        return [step for step in found if step.copying > kinds()["unknown"].copying]


def trace(documents: Sequence[Document], details: Details) -> Origins:
    """The graph of these documents; `details` are the values that each reports, by document id."""
    order = {document.id: place for place, document in enumerate(sorted(documents, key=precedence))}
    return _ordered(links(documents, details), order)


def with_links(origins: Origins, more: Iterable[Link]) -> Origins:
    """The graph with further links; of two between the same documents the one likelier to be a copy stays."""
    return _ordered(strongest((*origins.links, *more)), origins.order)


def _ordered(found: Iterable[Link], order: Mapping[str, int]) -> Origins:
    """The graph of these links, the strongest of each document first."""
    rows: dict[str, list[Link]] = defaultdict(list)
    for link in found:
        rows[link.document].append(link)
    kept = {
        name: tuple(sorted(links, key=lambda link: (-link.copying(), order[link.repeats], link.kind)))
        for name, links in rows.items()
    }
    return Origins(order, kept, _circles(kept, order))


def unlinked(documents: Iterable[str]) -> Origins:
    """The graph of documents of which nothing is known but their ids."""
    return Origins({name: place for place, name in enumerate(sorted(set(documents)))}, {}, ())


def origin_of(steps: Iterable[Step]) -> dict[str, str]:
    """Document -> the origin that it leads back to, by links of at least `JOINS`."""
    above = {step.document: step.repeats if step.copying >= JOINS else "" for step in steps}
    found: dict[str, str] = {}
    for name in above:
        path = [name]
        while path[-1] not in found and above[path[-1]] != "":
            path.append(above[path[-1]])
        root = found.get(path[-1], path[-1])
        found.update(dict.fromkeys(path, root))
    return found


def _goes_round(step: Step, taken: Mapping[str, Step]) -> bool:
    """Whether a step leads back to its own document. So every circle is cut at its weakest link, and of equal
    ones at its first document, which is then taken for the origin."""
    name = step.repeats
    while name in taken and name != step.document:
        name = taken[name].repeats
    return name == step.document


def _circles(
    links_from: Mapping[str, Sequence[Link]], order: Mapping[str, int]
) -> tuple[tuple[str, ...], ...]:
    """For each document that leads back to itself a shortest chain that does so, no document twice a first.

    Groups that hold such chains are found in two passes (Kosaraju), without recursion.
    """
    ahead = {name: [link.repeats for link in links_from.get(name, ()) if link.names] for name in order}
    behind: dict[str, list[str]] = defaultdict(list)
    for name, targets in ahead.items():
        for target in targets:
            behind[target].append(name)
    finished: list[str] = []
    seen: set[str] = set()
    for name in order:
        finished.extend(_visited(name, ahead, seen))
    seen = set()
    groups = [_visited(name, behind, seen) for name in reversed(finished)]
    return tuple(chain for group in groups for chain in _chains(sorted(group, key=order.__getitem__), ahead))


def _chains(group: Sequence[str], ahead: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Chains that go round within a group of documents each of which leads to every other."""
    within = frozenset(group)
    told: set[str] = set()
    for start in group if len(group) > 1 else ():
        if start not in told:
            chain = _round(start, within, ahead)
            told.update(chain)
            yield chain


def _round(start: str, within: frozenset[str], ahead: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """A shortest chain from a document back to it; breadth first, in the order of the links."""
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while start not in came_from:
        name = waiting.popleft()
        for target in ahead[name]:
            if target in within and target not in came_from:
                came_from[target] = name
                waiting.append(target)
    path = [came_from[start]]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return tuple(reversed(path))


def _visited(start: str, ahead: Mapping[str, Sequence[str]], seen: set[str]) -> list[str]:
    """What can be reached and was not seen, each after all that it leads to."""
    if start in seen:
        return []
    seen.add(start)
    order, stack = [], [(start, iter(ahead.get(start, ())))]
    while len(stack) > 0:
        name, rest = stack[-1]
        following = next((each for each in rest if each not in seen), None)
        if following is None:
            order.append(name)
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(ahead.get(following, ()))))
    return order
