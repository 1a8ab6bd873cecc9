"""ATT&CK Navigator layers, format 4.5: the case on the matrix, and beside it what speaks for an actor.

Without actors the result is one layer; with some, a list of layers, the case first, as the Navigator
opens them together. Each says in its metadata what a reader must mind, for each can be opened alone; not in
its description, which is read as text where a layer comes back as evidence.
"""

from __future__ import annotations

import re

import msgspec

from weigh.assessment.document import UNLISTED, Assessment, FeatureRow, HypothesisRow
from weigh.records import Kind
from weigh.renderers.defang import defang
from weigh.renderers.release import released

Json = dict[str, object]

LAYER, NAVIGATOR = "4.5", "5.1.0"
SENTENCES = 3
PRESENCE_COLOURS = ["#ffffff", "#66b1ff"]
WEIGHT_COLOURS = ["#d7642c", "#ffffff", "#2c7bb6"]
_TECHNIQUE = re.compile(r"T\d{4}(?:\.\d{3})?")


def render(assessment: Assessment, *, tlp: str = "", redact: bool = False, actors: int = 0) -> str:
    """The case's layer as JSON, or a list of it and of the first so many actors' layers.

    A technique's score is its presence in percent on the case's layer, and its weight of evidence in
    bits on an actor's. Comments are defanged.
    """
    shown = released(assessment, tlp=tlp, redact=redact)
    rows = [row for row in shown.hypotheses if row.id != UNLISTED][:actors]
    case = _case(shown)
    layers: Json | list[Json] = [case, *(_actor(shown, row) for row in rows)] if actors > 0 else case
    return msgspec.json.format(msgspec.json.encode(layers), indent=2).decode() + "\n"


def _case(shown: Assessment) -> Json:
    title = defang(shown.title).strip()
    entries = [
        entry
        for feature in shown.features
        for entry in _entries(feature, round(feature.presence * 100, 1), _comment(shown, feature))
    ]
    return _layer(
        shown,
        title if len(title) > 0 else "Case",
        "Techniques that the documents report. The score: how probably the operation shows it, in percent.",
        entries,
        {"colors": PRESENCE_COLOURS, "minValue": 0, "maxValue": 100},
    )


def _actor(shown: Assessment, row: HypothesisRow) -> Json:
    weights = [
        (feature, round(weight, 2), sentence)
        for feature, weight, sentence in zip(
            shown.features, row.weights, row.sentences or ("",) * len(row.weights), strict=True
        )
        if _is_technique(feature)
    ]
    furthest = max((abs(weight) for _, weight, _ in weights), default=0.0)
    limit = furthest if furthest > 0 else 1.0
    return _layer(
        shown,
        f"{defang(row.name)} ({row.probability:.3f})",
        "The score is the weight of evidence in bits: positive speaks for the actor, negative against.",
        [entry for feature, weight, text in weights for entry in _entries(feature, weight, defang(text))],
        {"colors": WEIGHT_COLOURS, "minValue": -limit, "maxValue": limit},
    )


def _layer(shown: Assessment, name: str, description: str, entries: list[Json], gradient: Json) -> Json:
    marking = [("TLP", shown.tlp), *(("caution", words) for words in shown.cautions)]
    version = re.search(r"(?i)ATT&CK\D{0,20}(\d+)", shown.knowledge.version)
    attack: Json = {} if version is None else {"attack": version[1]}
    return {
        "name": name,
        "versions": {**attack, "navigator": NAVIGATOR, "layer": LAYER},
        "domain": "enterprise-attack",
        "description": description,
        "sorting": 3,
        "layout": {"layout": "side", "showID": True, "showName": True, "expandedSubtechniques": "annotated"},
        "hideDisabled": False,
        "techniques": entries,
        "gradient": gradient,
        "metadata": _metadata([*marking, ("assessment", shown.id), ("knowledge", shown.knowledge.version)]),
        "links": [],
        "selectTechniquesAcrossTactics": True,
        "selectSubtechniquesWithParent": False,
    }


def _metadata(pairs: list[tuple[str, str]]) -> list[Json]:
    """Names and values; the Navigator refuses empty ones."""
    return [{"name": name, "value": defang(value)} for name, value in pairs if len(value) > 0]


def _is_technique(feature: FeatureRow) -> bool:
    return feature.kind == Kind.TECHNIQUE and _TECHNIQUE.fullmatch(feature.id) is not None


def _entries(feature: FeatureRow, score: float, comment: str) -> list[Json]:
    """A technique once under each of its tactics; nothing for what has no place on the matrix."""
    if not _is_technique(feature):
        return []
    shared: Json = {
        "score": score,
        "comment": comment,
        "enabled": True,
        "metadata": _metadata([("users", str(feature.users)), ("share", f"{feature.share:.3f}")]),
        "links": [
            {
                "label": "ATT&CK",
                "url": f"https://attack.mitre.org/techniques/{feature.id.replace('.', '/')}/",
            }
        ],
    }
    if len(feature.tactics) == 0:
        return [{"techniqueID": feature.id, **shared}]
    return [{"techniqueID": feature.id, "tactic": tactic, **shared} for tactic in feature.tactics]


def _comment(shown: Assessment, feature: FeatureRow) -> str:
    """The words that the technique stands on, and how many more there are."""
    wanted = set(feature.observations)
    sentences = [row.sentence for row in shown.observations if row.id in wanted]
    said = list(dict.fromkeys(" ".join(sentence.split()) for sentence in sentences if len(sentence) > 0))
    more = [f"and {len(said) - SENTENCES} more"] if len(said) > SENTENCES else []
    return defang("\n".join([*said[:SENTENCES], *more]))
