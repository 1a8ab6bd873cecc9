"""Who may speak in a sentence and who may be accused in it, each with what the words around tell of it.

Candidates are groups: a party of the sentence, several in a row, two that stand apart, the voice of the
place, nobody, and those who spoke or were accused before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice

from weigh.claims.learned.linear import IN_GROUP
from weigh.claims.learned.names import shapes
from weigh.claims.learned.recall import Parties, Recall, roots
from weigh.claims.learned.scenes import NOWHERE, Scene, Seen, Story, persons_of
from weigh.claims.listed import state_name
from weigh.evidence.countries import states
from weigh.records import Party

_NEAR = {"en": 8, "zh": 12}
"""Words before and after a party that are weighed with it."""
_CLOSE = {"en": (1, 2), "zh": (1, 2, 3, 4)}
"""How many of them in a row, next to it."""
_MOST_PAIRED, _MOST_IN_PAIR = 9, 12
_GAP, _GAP_START = 12, 5
_MAY_PAIR_TOGETHER = frozenset({"accused 0", "charged"})
_JOINS = frozenset({"'s", "'", "s", ",", "and", "or", "the", "&", "、", "和", "与", "及", "以"})
_BEYOND = 4
_APART = ("near ", "gap ", "beside ", "role ")
"""Beginnings of features that tell the same in every stance."""


@dataclass(slots=True)
class Candidate:
    """A group of parties, and what is known of it in a sentence."""

    parties: Parties
    features: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    is_pair: bool = False
    roots: frozenset[str] = field(init=False)
    """Whom the group stands for."""

    def __post_init__(self) -> None:
        self.roots = roots(self.parties)


def with_stance(features: set[str], group: str) -> Iterator[str]:
    """The features as they are, and those that mean another thing in each stance with it."""
    for feature in features:
        yield feature
        if not feature.startswith(_APART):
            yield f"{group}{IN_GROUP}{feature}"


def candidates(story: Story, number: int, recall: Recall) -> list[Candidate]:
    """All groups that may speak or be accused in a sentence, each once."""
    scene = story.scenes[number]
    gathered: dict[frozenset[str], Candidate] = {}
    for parties, kind, features in _groups(story, scene, recall):
        same = gathered.setdefault(roots(parties), Candidate(parties))
        same.features.update((f"kind {kind}", *features))
        same.kinds.add(kind)
    elsewhere = [f"role {one}" for one in _roles(story, scene)]
    cast: dict[str, list[str]] = {}  # put together once for each kind, of which many groups are
    for one in gathered.values():
        for kind in one.kinds - {"party"}:
            if kind not in cast:
                cast[kind] = [f"{role} as {kind}" for role in elsewhere]
            one.features.update(cast[kind])
    found = list(gathered.values())
    known = set(gathered)
    found += [pair for pair in _pairs(story, scene, found) if pair.roots not in known]
    standings = _Standings.of(story, scene)
    for one in found:
        one.features.update(_standing(story, number, recall, one, standings))
    return found


def _groups(story: Story, scene: Scene, recall: Recall) -> Iterator[tuple[Parties, str, list[str]]]:
    """Groups of parties with the way in which each came up, and features."""
    yield scene.voice.speakers, "voice", []
    yield (), "nobody", []
    for place, seen in enumerate(scene.seen):
        party = story.party(seen.mention)
        features = [*_around(story, scene, seen), *_order(scene, place)]
        yield (party,), "party", features
        represented = story.speaks_for.get(party.key)
        if represented is not None:
            yield (
                (represented,),
                "spoken for",
                [f"spoken for {one}" for one in features if one.startswith("next")],
            )
    yield from _rows(story, scene)
    persons = persons_of(story, scene)
    if len(persons) > 1:
        yield persons, "persons", []
    yield from _recalled(story, recall)


def _recalled(story: Story, recall: Recall) -> Iterator[tuple[Parties, str, list[str]]]:
    latest = [f"after {said.stance}" for said in recall.latest]
    for back, group in enumerate(recall.speaking[:-_BEYOND:-1]):
        yield group, f"spoke {back}", latest if back == 0 else []
    for back, group in enumerate(recall.accused[: -_BEYOND - 1 : -1]):
        yield group, f"accused {back}", ["several" if len(group) > 1 else "one"]
    for sort, parties in recall.named.items():
        for back, party in enumerate(reversed(parties)):
            yield (party,), f"last {sort} {back}", []
    for which, seen in (("first", recall.first), ("last", recall.last)):
        if seen is not None:
            party = story.party(seen.mention)
            speaks = story.speaks_for.get(party.key, party)
            yield (
                (speaks,),
                f"{which} before",
                [f"{which} before is {seen.form}", f"since {min(recall.since, 2)}"],
            )
    yield from _told(story, recall)


def _told(story: Story, recall: Recall) -> Iterator[tuple[Parties, str, list[str]]]:
    """Groups that the whole text, or the heading, tells."""
    for kind, party in story.foremost:
        yield (party,), kind, []
    if story.home != "":
        yield (Party(story.home, state_name(story.home)),), "home", []
    if len(story.charged) > 0:
        yield story.charged, "charged", []
    if recall.heading is not None:
        yield (recall.heading,), "heading", []


def _around(story: Story, scene: Scene, seen: Seen) -> Iterator[str]:
    """The words next to a party, and those not far from it."""
    words, at, form = scene.words, seen.at, seen.form
    for length in _CLOSE[story.code]:
        before = " ".join(words[max(at - length, 0) : at]) if at >= length else "^"
        after = " ".join(words[at + 1 : at + 1 + length]) or "$"
        yield f"next before {before}"
        yield f"next after {after}"
        if length == 1:
            yield f"next before {form} {before}"
            yield f"next after {form} {after}"
    near = _NEAR[story.code]
    step = 1 if story.code == "en" else 2
    for side, stretch in (
        ("before", words[max(at - near, 0) : at]),
        ("after", words[at + 1 : at + 1 + near]),
    ):
        for start in range(len(stretch) - step + 1):
            yield f"near {side} {' '.join(stretch[start : start + step])}"


def _order(scene: Scene, place: int) -> Iterator[str]:
    seen = scene.seen[place]
    yield f"is {seen.form}"
    yield f"order {min(place, _BEYOND)}"
    yield "order last" if place == len(scene.seen) - 1 else "order not last"
    yield "quoted" if seen.quoted else "unquoted"
    if len(scene.seen) == 1:
        yield "only party"


def _rows(story: Story, scene: Scene) -> Iterator[tuple[Parties, str, list[str]]]:
    """Parties that are listed one after another."""
    row: list[Seen] = []
    for seen in (*scene.seen, None):
        if seen is not None and len(row) > 0 and set(scene.words[row[-1].at + 1 : seen.at]) <= _JOINS:
            row.append(seen)
            continue
        if len(row) > 1:
            before = [one for one in _around(story, scene, row[0]) if " before " in one]
            after = [one for one in _around(story, scene, row[-1]) if " after " in one]
            yield (
                tuple(story.party(one.mention) for one in row),
                "row",
                [f"row {one}" for one in (*before, *after)],
            )
        row = [] if seen is None else [seen]


@dataclass(frozen=True, slots=True)
class _Side:
    """One of a pair: the words next to it, how it is named, and where among the words (-1: elsewhere)."""

    one: Candidate
    beside: tuple[str, ...]
    form: str
    at: int


def _pairs(story: Story, scene: Scene, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Two groups together, as a group and its master are."""
    places = {one.mention.party.root.casefold(): one.at for one in reversed(scene.seen)}
    single = (one for one in found if _may_pair(one))
    sides = [_side(one, places) for one in islice(single, _MOST_PAIRED)]
    for left, right in combinations(sides, 2):
        both = left.one.roots | right.one.roots
        if both in (left.one.roots, right.one.roots):
            continue
        features = {"pair", *left.beside, *right.beside, f"pair {left.form} {right.form}"}
        if min(left.at, right.at) < 0:
            features.add("pair with one before")
        else:
            gap = scene.words[min(left.at, right.at) + 1 : max(left.at, right.at)]
            features.update(f"gap {word}" for word in gap[:_GAP])
            features.update((f"gap of {min(len(gap) // 2, 6)}", f"gap is {' '.join(gap[:_GAP_START])}"))
        yield Candidate((*left.one.parties, *right.one.parties), features, is_pair=True)


def _may_pair(one: Candidate) -> bool:
    """Whether a group is named here, or was lately, and is one party, or those accused last or charged."""
    if not 0 < len(one.roots) <= _MOST_IN_PAIR:
        return False
    if len(one.roots) > 1:
        return not one.kinds.isdisjoint(_MAY_PAIR_TOGETHER)
    return any(
        kind == "party" or kind.startswith(("accused", "last actor", "last state", "heading"))
        for kind in one.kinds
    )


def _side(one: Candidate, places: Mapping[str, int]) -> _Side:
    beside = tuple(f"beside {feature}" for feature in one.features if feature.startswith("next"))
    form = min((feature for feature in one.features if feature.startswith("is ")), default="is elsewhere")
    return _Side(one, beside, form, min((places[root] for root in one.roots if root in places), default=-1))


@dataclass(frozen=True, slots=True)
class _Standings:
    """What is the same for all groups of a sentence: roots of voice, source, rules' claims and parties."""

    voice: frozenset[str]
    source: frozenset[str] | None
    speaking: list[frozenset[str]]
    accused: list[frozenset[str]]
    here: frozenset[str]

    @classmethod
    def of(cls, story: Story, scene: Scene) -> _Standings:
        """Those of a sentence."""
        return cls(
            roots(scene.voice.speakers),
            None if story.source is None else roots([story.source]),
            [roots(claim.speakers) for claim in scene.rules],
            [roots(claim.accused) for claim in scene.rules],
            frozenset(story.party(seen.mention).root.casefold() for seen in scene.seen),
        )


def _standing(story: Story, number: int, recall: Recall, one: Candidate, known: _Standings) -> Iterator[str]:
    """What the rest of the document tells of a group."""
    scene, same = story.scenes[number], one.roots
    yield f"size {min(len(same), _BEYOND)}"
    if len(scene.rules) == 0:
        yield "no rule"
    told = {
        "is voice": same == known.voice,
        "is source": same == known.source,
        "voice asks": scene.voice.asks,
    }
    if len(same) > 0:
        told |= {
            "was accused": same <= recall.ever_accused,
            "was speaking": same <= recall.ever_spoke,
            "rule speaker": same in known.speaking,
            "rule accused": same in known.accused,
            "rule partly speaker": any(same <= group for group in known.speaking),
            "rule partly accused": any(same <= group for group in known.accused),
            "all here": same <= known.here,
        }
    yield from (name for name, holds in told.items() if holds)
    for party in one.parties:
        yield from _rank(story, number, party)


def _rank(story: Story, number: int, party: Party) -> Iterator[str]:
    place, actor, state = story.ranks.get(party.root, (NOWHERE, NOWHERE, NOWHERE))
    yield f"rank {min(place, 4)}"
    yield f"rank among actors {min(actor, 3)}"
    yield f"rank among states {min(state, 3)}"
    first = story.named[party.root][1] if party.root in story.named else number
    yield "named " + (
        "first" if first == 0 else "early" if first < 3 else "before" if first < number else "here"
    )
    if party.root in states():
        yield "a state"


def _roles(story: Story, scene: Scene) -> Iterator[str]:
    """Words for somebody who is named elsewhere, with those next to them, and how the sentence begins."""
    words = scene.words
    if story.code == "en":
        yield from (f"opens {' '.join(words[:length])}" for length in (1, 2))
        for at, word in enumerate(words):
            if word in shapes().elsewhere:
                yield word
                yield f"{word} {words[at + 1] if at + 1 < len(words) else '$'}"
                yield f"{words[at - 1] if at > 0 else '^'} {word}"
    else:
        text = "".join("#" if word.startswith("<") else word for word in words)
        yield from (f"opens {text[:length]}" for length in (1, 2, 3))
        yield from (f"has {sign}" for sign in (*shapes().persons, *shapes().sayings) if sign in text)
        for say in shapes().sayings:
            at = text.find(say)
            if at > 0:
                yield f"{text[at - 1]} {say}"
                yield f"{text[max(at - 2, 0) : at]} {say}"
    yield "opens quotation" if words[:1] == ('"',) else "opens plainly"
    yield f"quotes {scene.quotes % 2}"
    if scene.opens_paragraph:
        yield "new paragraph"
