"""What in a sentence tells whether it makes a claim, and of which stance: words, and what rules see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from weigh.claims.learned.recall import Parties, Recall, roots
from weigh.claims.learned.scenes import Scene, Story
from weigh.claims.listed import finds
from weigh.evidence.countries import states
from weigh.records import Stance

BLAME = "blame"
"""Accusing, attributing and accusing in turn, which are told apart last."""

BLAMING = frozenset({Stance.ACCUSE, Stance.ATTRIBUTE, Stance.COUNTER_ACCUSE})

_LONGEST_RUN = {"en": 2, "zh": 4}
"""Words, or characters of Chinese, in a row that are one feature."""
_LENGTH, _LENGTHS = 8, 6


def group_of(stance: Stance) -> str:
    """The stance, or `BLAME` for the three that blame."""
    return BLAME if stance in BLAMING else stance.value


def sentence_features(story: Story, number: int, recall: Recall) -> list[str]:
    """Everything that is weighed of a sentence before anybody is taken to speak."""
    scene = story.scenes[number]
    return [
        *_runs(scene.words, _LONGEST_RUN[story.code]),
        *scene.signs,
        *_rules(story, number),
        *_parties(scene.words),
        *_place(story, scene, number),
        *_voice(scene),
        *_before(recall),
    ]


def _runs(words: Sequence[str], longest: int) -> set[str]:
    return {
        " ".join(words[start : start + length])
        for length in range(1, longest + 1)
        for start in range(len(words) - length + 1)
    }


def _rules(story: Story, number: int) -> Iterator[str]:
    scene = story.scenes[number]
    yield from {f"rule {claim.stance}" for claim in scene.rules}
    yield "rules read it" if len(scene.rules) > 0 else "rules read none"
    if number + 1 < len(story.scenes) and len(story.scenes[number + 1].rules) > 0:
        yield "rules read the next"
    yield f"rules read {round(4 * story.rule_share)} of 4"


def _parties(words: Sequence[str]) -> Iterator[str]:
    counts = Counter(word for word in words if word.startswith("<") and len(word) > 1)
    for form, count in counts.items():
        yield f"has {form}"
        if count > 1:
            yield f"has several {form}"
    if len(counts) == 0:
        yield "has no party"


def _place(story: Story, scene: Scene, number: int) -> Iterator[str]:
    told = {
        "aside": scene.is_aside,
        "off topic": scene.is_off_topic,
        "title": scene.is_title,
        "first sentence": number == 0,
        "opens paragraph": scene.opens_paragraph,
        "charges": story.charges,
        "transcript": story.asks,
        "asks": scene.words[-1:] == ("?",),
        "tells a deed": scene.deed is not None,
    }
    yield from (name for name, holds in told.items() if holds)
    yield f"language {story.code}"
    yield f"length {min(len(scene.words) // _LENGTH, _LENGTHS)}"


def _voice(scene: Scene) -> Iterator[str]:
    voice = scene.voice
    told = {
        "voice asks": voice.asks,
        "voice personal": voice.personal,
        "voice of state": voice.root in states(),
        "voice of nobody": len(voice.speakers) == 0,
        "voice finds": any(finds(party) for party in voice.speakers),
        "has quotation": scene.quotes > 0,
    }
    yield from (name for name, holds in told.items() if holds)


def _before(recall: Recall) -> Iterator[str]:
    yield from {f"before {group_of(said.stance)}" for said in recall.latest} or {"before nothing"}


def speaker_features(scene: Scene, speakers: Parties, recall: Recall) -> list[str]:
    """What those who are taken to speak tell of how they blame: accusing, attributing or in turn."""
    same = roots(speakers)
    told = {
        "speaks nobody": len(same) == 0,
        "speaks state": any(party.root in states() for party in speakers),
        "speaks body": any("/" in party.key for party in speakers),
        "speaks voice": same == roots(scene.voice.speakers),
        "speaks accused": len(same & recall.ever_accused) > 0,
        "speaks denied": len(same & recall.denied) > 0,
        "speaks together": len(same) > 1,
        "speaks finder": any(finds(party) for party in speakers),
    }
    return [name for name, holds in told.items() if holds]
