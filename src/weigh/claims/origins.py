"""The graph of who repeats whom: from links to origins, one forest for every set of documents.

Citing is not merging: a newspaper that cites two reports makes no one report of them. So every document
repeats at most one other, the likeliest, and what remains is a forest; its roots are the origins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from weigh.claims.links import JOINS, Link, kinds, links, precedence
from weigh.claims.slips import Details
from weigh.records import Document, Span

CITING = ("builds-on", "attributes", "cites")
"""Links in which a document names another; only these can go round in a circle."""


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
    """Documents by precedence, the links from each, and the circles of documents that name each other."""

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
        steps = {name: self._step(name, places, heirs) for name in given}
        for name in _first_of_each_circle(steps, self.order):
            steps[name] = Step(name, "", 0.0)
        return tuple(steps[name] for name in given)

    def everything(self) -> tuple[Step, ...]:
        """Who repeats whom among all documents."""
        return self.steps(dict.fromkeys(self.order, ()))

    def _step(
        self, name: str, places: Mapping[str, Sequence[Span]], heirs: dict[str, list[tuple[str, float]]]
    ) -> Step:
        """The likeliest of what the document repeats, directly or as another who repeats the same third."""
        found = [Step(name, "", 0.0)]
        for link in self.links_from.get(name, ()):
            copying = link.copying(places[name])
            if link.repeats in places:
                found.append(Step(name, link.repeats, copying, link))
            else:
                shared = heirs[link.repeats]
                found.extend(Step(name, other, copying * theirs) for other, theirs in shared[:1])
                shared.append((name, copying))
        return max(found, key=lambda step: step.copying)


def trace(documents: Sequence[Document], details: Details) -> Origins:
    """The graph of these documents; `details` are the values that each reports, by document id."""
    order = {document.id: place for place, document in enumerate(sorted(documents, key=precedence))}
    return _ordered(links(documents, details), order)


def with_links(origins: Origins, more: Iterable[Link]) -> Origins:
    """The graph with further links; of two between the same documents the one likelier to be a copy stays."""
    found: dict[tuple[str, str], Link] = {(link.document, link.repeats): link for link in origins.links}
    for link in more:
        held = found.get((link.document, link.repeats))
        if held is None or kinds()[link.kind].copying > kinds()[held.kind].copying:
            found[link.document, link.repeats] = link
    return _ordered(found.values(), origins.order)


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


def _first_of_each_circle(steps: Mapping[str, Step], order: Mapping[str, int]) -> list[str]:
    """Where each circle is cut: at its first document, which is then taken for the origin."""
    cuts, done = [], set[str]()
    for start in steps:
        name, path = start, list[str]()
        while name != "" and name not in done:
            done.add(name)
            path.append(name)
            name = steps[name].repeats
        if name in path:
            cuts.append(min(path[path.index(name) :], key=order.__getitem__))
    return cuts


def _circles(
    links_from: Mapping[str, Sequence[Link]], order: Mapping[str, int]
) -> tuple[tuple[str, ...], ...]:
    """Groups of documents each of which leads back to itself (Kosaraju's two passes, without recursion)."""
    ahead = {
        name: [link.repeats for link in links_from.get(name, ()) if link.kind in CITING] for name in order
    }
    behind: dict[str, list[str]] = defaultdict(list)
    for name, targets in ahead.items():
        for target in targets:
            behind[target].append(name)
    finished: list[str] = []
    seen: set[str] = set()
    for name in order:
        finished.extend(_visited(name, ahead, seen))
    seen = set()
    found = (_visited(name, behind, seen) for name in reversed(finished))
    return tuple(tuple(sorted(group, key=order.__getitem__)) for group in found if len(group) > 1)


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
