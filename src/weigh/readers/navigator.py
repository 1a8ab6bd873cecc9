"""ATT&CK Navigator layers (4.x): the techniques that a layer marks, with their comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from weigh.readers.content import Content
from weigh.readers.faults import Faults, Shapes
from weigh.readers.limits import Limits
from weigh.readers.placed import Placed
from weigh.readers.transcript import Transcript, pointer
from weigh.readers.wording import counted, was
from weigh.records import Notice

LAYER: Shapes = {
    **dict.fromkeys(("name", "description", "domain"), "a string"),
    "versions": "an object",
}
TECHNIQUE: Shapes = {
    **dict.fromkeys(("techniqueID", "tactic", "comment", "color"), "a string"),
    **dict.fromkeys(("metadata", "links"), "a list"),
    "score": "a number",
    "enabled": "true or false",
}
METADATA: Shapes = {"name": "a string", "value": "a string", "divider": "true or false"}
TECHNIQUE_ID = re.compile(r"T\d{4}(?:\.\d{3})?")
# The layer format that is read, with or without its minor number (layers/spec of the Navigator).
VERSION = re.compile(r"4(?:\.[0-5])?")
VERSION_REMEDY = "open the layer in a current Navigator and save it again"


@dataclass(slots=True)
class Account:
    """Places of the techniques that the layer lists and does not claim, by reason, and what is malformed."""

    disabled: list[str] = field(default_factory=list)
    zero: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)

    def notices(self) -> Iterator[Notice]:
        """One notice for each reason that applies, with the first place; then the faults."""
        for places, reason in (
            (self.disabled, "disabled in the layer"),
            (self.zero, "with a score of 0"),
            (self.unmarked, "without a score, colour or comment, listed beside marked ones"),
        ):
            if len(places) > 0:
                number = counted(len(places), "technique")
                yield Notice(f"{number} {reason} {was(len(places))} not read", places[0])
        yield from self.faults.notices()


def recognises(value: object) -> bool:
    """Whether the JSON value is a layer or a list of nothing but layers."""
    if isinstance(value, list):
        return len(value) > 0 and all(map(_is_layer, value))
    return _is_layer(value)


def _is_layer(value: object) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("techniques"), list):
        return False
    return any(key in value for key in ("domain", "versions", "version"))


def read(value: object, limits: Limits) -> Content:
    """Write every technique that the layers claim."""
    transcript, account = Transcript(limits), Account()
    layers = list(_layers(value))
    for layer in layers:
        _write_layer(layer, transcript, account)
    titles = {layer.string("name") for layer in layers}
    return Content(
        transcript.text,
        "navigator",
        title=titles.pop() if len(titles) == 1 else "",
        fields=transcript.fields,
        notices=tuple(account.notices()),
    )


def _layers(value: object) -> Iterator[Placed]:
    if isinstance(value, dict):
        yield Placed("", value)
    elif isinstance(value, list):
        placed = (Placed(pointer(index), each) for index, each in enumerate(value) if isinstance(each, dict))
        yield from placed


def _write_layer(layer: Placed, transcript: Transcript, account: Account) -> None:
    account.faults.members(layer, LAYER)
    _check_version(layer, account.faults)
    transcript.line("layer", layer.value("name", "layer"))
    transcript.line("description", layer.value("description", "description"))
    listed = [(each, _mark(each)) for each in account.faults.objects(layer, "techniques")]
    marks = any(mark == "marked" for _, mark in listed)
    for technique, mark in listed:
        if mark == "disabled":
            account.disabled.append(technique.pointer)
        elif mark == "zero":
            account.zero.append(technique.pointer)
        elif mark == "unmarked" and marks:
            account.unmarked.append(technique.pointer)
        else:
            _write_technique(technique, transcript, account.faults)


def _check_version(layer: Placed, faults: Faults) -> None:
    """Say so when a layer is not of the format that is read; it is read all the same, as if it were."""
    versions = layer.inner("versions")
    place = versions.pointer + pointer("layer")
    said = versions.members.get("layer")
    if said is None:
        place, said = layer.pointer + pointer("version"), layer.members.get("version")
    if said is None:
        faults.add("the layer does not say of which version it is", layer.pointer, remedy=VERSION_REMEDY)
    elif not isinstance(said, str) or VERSION.fullmatch(said.strip()) is None:
        problem = "the layer's version is none of 4.0 to 4.5, as which it is read"
        faults.add(problem, place, said if isinstance(said, str) else "", VERSION_REMEDY)


def _mark(technique: Placed) -> str:
    """`disabled`, `zero`, `unmarked` or `marked`.

    The Navigator lists a technique that only has its sub-techniques unfolded with an empty colour and
    comment; a layer made by hand leaves these members out, and its techniques count as marked.
    """
    given = technique.members
    score = given.get("score")
    if given.get("enabled") is False:
        return "disabled"
    if isinstance(score, int | float) and not isinstance(score, bool) and score == 0:
        return "zero"
    blank = all(given.get(key) in ("", None, []) for key in ("score", "comment", "metadata", "links"))
    return "unmarked" if blank and given.get("color") == "" else "marked"


def _write_technique(technique: Placed, transcript: Transcript, faults: Faults) -> None:
    faults.members(technique, TECHNIQUE)
    identity = technique.value("techniqueID", "technique")
    given = technique.members.get("techniqueID", "")
    if given is None or (isinstance(given, str) and identity.blank):
        faults.add("a technique has no id", technique.pointer)
    elif isinstance(given, str) and TECHNIQUE_ID.fullmatch(identity.text.strip()) is None:
        faults.add("an id is none of a technique of ATT&CK", identity.pointer, identity.text)
    tactic = technique.value("tactic", "tactic")
    within = (" (", tactic, ")") if not tactic.blank else ()
    transcript.line("technique", identity, *within)
    transcript.line("comment", technique.value("comment", "comment"))
    for each in faults.objects(technique, "metadata"):
        faults.members(each, METADATA)
        transcript.line(each.string("name") or "metadata", each.value("value", "metadata"))
