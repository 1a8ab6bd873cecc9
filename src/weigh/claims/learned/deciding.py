"""Claims as the fitted reader reads them: sentence by sentence, remembering what was read before.

A sentence first makes a claim or none; then come the stance, who speaks, and who is accused, each given the
choices before it: those three are taken together that are likeliest at once. What rules read is evidence like
any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from weigh.claims.drafts import Draft
from weigh.claims.learned.candidates import Candidate, candidates
from weigh.claims.learned.linear import Model, chances, logistic
from weigh.claims.learned.recall import Parties, Recall, Said, roots
from weigh.claims.learned.scenes import Scene, Story
from weigh.claims.learned.wording import BLAME, group_of, sentence_features, speaker_features
from weigh.claims.listed import Form
from weigh.claims.naming import own_side
from weigh.claims.voices import Voice
from weigh.records import Degree, Stance

_MOST_WORDS = 3
_TRIED, _SPEAKERS = 3, 2
"""Stances that are tried in a sentence, and speakers in each, the likeliest ones."""

_LONG, _SPARSE = 40, 0.1
"""Sentences from which on, and claims that rules read in each below which, a document is a technical one."""

_UNLIKELY = 0.2
"""Of the chance of the likeliest: what has less is not tried."""
_DONE = frozenset({Stance.ACCUSE, Stance.ATTRIBUTE, Stance.COUNTER_ACCUSE, Stance.ENDORSE})
"""Stances in which the accused did it where nothing else is said."""
_AT_OTHERS = frozenset({BLAME, Stance.URGE.value, Stance.THREATEN.value})
_UNTIED = frozenset({Stance.URGE, Stance.THREATEN, Stance.SELF_ATTRIBUTE})


@dataclass(frozen=True, slots=True)
class Decided:
    """A claim in a sentence, the chance that stance, speaker and accused are right at once, and why."""

    said: Said
    probability: float
    why: str


def decided(story: Story, model: Model) -> Iterator[tuple[Draft, float]]:
    """The drafts of a document's claims in reading order, each with its chance of being right throughout."""
    for scene, found in _by_scene(story, model):
        for one in found:
            yield _draft(scene, one, alone=len(found) == 1), one.probability


def said_in(story: Story, model: Model) -> list[tuple[Said, ...]]:
    """What is said in each sentence."""
    return [tuple(one.said for one in found) for _, found in _by_scene(story, model)]


def _by_scene(story: Story, model: Model) -> Iterator[tuple[Scene, list[Decided]]]:
    """Each sentence with its claims, read with those before it in mind."""
    recall = Recall()
    for number, scene in enumerate(story.scenes):
        found = list(_claims(story, number, recall, model))
        yield scene, found
        recall.note(story, scene, [one.said for one in found])


def _is_technical(story: Story, number: int) -> bool:
    """Whether a sentence names no known party in a long document with few claims: it tells a step."""
    names = any(seen.mention.form is not Form.NAME for seen in story.scenes[number].seen)
    return len(story.scenes) >= _LONG and story.rule_share < _SPARSE and not names


def _claims(story: Story, number: int, recall: Recall, model: Model) -> Iterator[Decided]:
    """The claims of one sentence, at most two."""
    features = sentence_features(story, number, recall)
    chance = logistic(model.claim.scores(features)[0])
    if chance < (model.unnamed if _is_technical(story, number) else model.least):
        return
    scores = [logistic(score) for score in model.stance.scores(features)]
    shares = {group: score / sum(scores) for group, score in zip(model.stance.outcomes, scores, strict=True)}
    ordered = sorted(shares, key=lambda group: -shares[group])
    possible = _Possible.of(candidates(story, number, recall), model)
    tried = [group for group in ordered[:_TRIED] if shares[group] >= _UNLIKELY * shares[ordered[0]]]
    best = max((_choice(possible, group, model, shares[group]) for group in tried), key=_chance)
    ruled = {group_of(claim.stance) for claim in story.scenes[number].rules}
    least = {group: model.second if group not in ruled else model.ruled for group in ordered}
    beside = (one for one in ordered if one != best.group and shares[one] * sum(scores) >= least[one])
    others = (_choice(possible, group, model, shares[group]) for group in islice(beside, 1))
    for one in (best, *others):
        stance = _stance(one.group, features, story.scenes[number], one.speakers, recall, model)
        words = model.stance.strongest(features, one.group, _MOST_WORDS)
        said = Said(stance, one.speakers, one.accused)
        yield Decided(said, model.kept * chance * one.chance, f"fitted: {', '.join(words)}")


@dataclass(frozen=True, slots=True)
class _Choice:
    """A group of stances with who speaks and who is accused, and the chance that all three are right."""

    group: str
    speakers: Parties
    accused: Parties
    chance: float


def _chance(one: _Choice) -> float:
    return one.chance


@dataclass(frozen=True, slots=True)
class _Possible:
    """All candidates with the numbers of their features, and the places of those who may speak."""

    all: Sequence[Candidate]
    numbers: Sequence[Sequence[int]]
    single: Sequence[int]

    @classmethod
    def of(cls, found: Sequence[Candidate], model: Model) -> _Possible:
        """Those of a sentence, whose features are looked up once for all groups of stances."""
        single = [place for place, one in enumerate(found) if not one.is_pair]
        return cls(found, [model.numbered(one.features) for one in found], single)


def _choice(possible: _Possible, group: str, model: Model, share: float) -> _Choice:
    """The likeliest speaker and accused of a stance, of which `share` is the chance.

    Where nobody is known to have written a text, a party that stands alone in it is blamed, and silent.
    """
    is_unsigned = len(possible.all[0].parties) == 0
    told = chances(model.speaking((possible.numbers[place] for place in possible.single), group))
    likely = sorted(range(len(told)), key=lambda place: -told[place])[:_SPEAKERS]
    likely = [place for place in likely if told[place] >= _UNLIKELY * told[likely[0]]]
    alone = model.blamed(possible.numbers, group)
    tried = []
    for place in dict.fromkeys((*likely, *((0,) if is_unsigned else ()))):
        speakers = possible.all[possible.single[place]].parties
        others, meant = _meant(possible.all, alone, group, speakers, model)
        best = max(range(len(others)), key=meant.__getitem__)
        tried.append(_Choice(group, speakers, others[best].parties, share * told[place] * meant[best]))
    blaming = [one for one in tried if len(one.accused) > 0] if is_unsigned and group == BLAME else tried
    return max(blaming or tried, key=_chance)


def _meant(
    possible: Sequence[Candidate], alone: Sequence[float], group: str, speakers: Parties, model: Model
) -> tuple[list[Candidate], list[float]]:
    """Who may be accused by those who speak, each with the chance of it; `alone` are scores of the rest.

    Nobody blames, urges or threatens himself.
    """
    told, given = roots(speakers), model.accused.given(group)
    is_aimed = group in _AT_OTHERS and len(told) > 0
    places = [place for place, one in enumerate(possible) if not (is_aimed and one.roots == told)]
    scores = [
        alone[place] + sum(given.get(name, 0.0) for name in standing_to(possible[place], told))
        for place in places
    ]
    return [possible[place] for place in places], chances(scores)


def standing_to(one: Candidate, told: frozenset[str]) -> tuple[str, ...]:
    """How a candidate stands to those who speak, as features."""
    if len(told) == 0:
        return ("nobody speaks",)
    if one.roots == told:
        return ("is speaker",)
    return ("is with speaker",) if len(one.roots & told) > 0 else ()


def _stance(
    group: str, features: Sequence[str], scene: Scene, speakers: Parties, recall: Recall, model: Model
) -> Stance:
    if group != BLAME:
        return Stance(group)
    scores = model.blame.scores([*features, *speaker_features(scene, speakers, recall)])
    return Stance(model.blame.outcomes[max(range(len(scores)), key=scores.__getitem__)])


def _draft(scene: Scene, one: Decided, alone: bool) -> Draft:
    """A claim with its words: the sentence's, or those of the rule that read the same where there are two."""
    said = one.said
    same = [claim for claim in scene.rules if group_of(claim.stance) == group_of(said.stance)]
    clause = scene.span if alone or len(same) == 0 else same[0].span
    speakers = _as_read(said.speakers, (scene.voice.speakers, *(claim.speakers for claim in same)))
    accused = _as_read(said.accused, [claim.accused for claim in same])
    if roots(accused) == roots(speakers):
        accused = own_side(Voice(speakers)) or accused
    return Draft(
        clause=clause,
        sentence=scene.span,
        stance=said.stance,
        voice=scene.voice if speakers == scene.voice.speakers else scene.voice.quoting(speakers),
        accused=accused,
        degree=_degree(scene, said, same[0].degree if len(same) > 0 else Degree.UNSAID),
        act=scene.deed if scene.deed is not None and scene.deed.start >= clause.start else None,
        disputes=same[0].disputes if len(same) > 0 else (),
        unresolved=()
        if len(said.accused) > 0
        else tuple(word for claim in same for word in claim.unresolved),
        why=one.why,
    )


def _as_read(parties: Parties, others: Iterable[Parties]) -> Parties:
    """Parties as others name them who stand for the same, which may say more of who they are."""
    meant = roots(parties)
    return next((other for other in others if len(other) > 0 and roots(other) == meant), parties)


def _degree(scene: Scene, said: Said, by_rule: Degree) -> Degree:
    """How the accused is tied to the deed: as a phrase for the culprit says, or the rules, or by doing it."""
    if said.stance in _UNTIED or len(said.accused) == 0:
        return Degree.UNSAID
    meant = roots(said.accused)
    phrases = (degree for parties, degree in scene.culprits if len(roots(parties) & meant) > 0)
    told = next((degree for degree in phrases if degree is not Degree.UNSAID), by_rule)
    return told or (Degree.BY if said.stance in _DONE else Degree.UNSAID)
