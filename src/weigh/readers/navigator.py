"""ATT&CK Navigator layers (4.x): the techniques that a layer marks, with their comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from weigh.readers.content import Content
from weigh.readers.limits import Limits
from weigh.readers.placed import Placed
from weigh.readers.transcript import Transcript, pointer
from weigh.readers.wording import counted, was
from weigh.records import Notice


@dataclass(slots=True)
class Account:
    """Places of the techniques that the layer lists and does not claim, by reason."""

    disabled: list[str] = field(default_factory=list)
    zero: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)

    def notices(self) -> Iterator[Notice]:
        """One notice for each reason that applies, with the first place."""
        for places, reason in (
            (self.disabled, "disabled in the layer"),
            (self.zero, "with a score of 0"),
            (self.unmarked, "without a score, colour or comment, listed beside marked ones"),
        ):
            if len(places) > 0:
                number = counted(len(places), "technique")
                yield Notice(f"{number} {reason} {was(len(places))} not read", places[0])


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
    transcript.line("layer", layer.value("name", "layer"))
    transcript.line("description", layer.value("description", "description"))
    listed = [(technique, _mark(technique)) for technique in layer.objects("techniques")]
    marks = any(mark == "marked" for _, mark in listed)
    for technique, mark in listed:
        if mark == "disabled":
            account.disabled.append(technique.pointer)
        elif mark == "zero":
            account.zero.append(technique.pointer)
        elif mark == "unmarked" and marks:
            account.unmarked.append(technique.pointer)
        else:
            _write_technique(technique, transcript)


def _mark(technique: Placed) -> str:
    """`disabled`, `zero`, `unmarked` or `marked`.

    The Navigator lists a technique that only has its sub-techniques unfolded with an empty colour and
    comment; a layer made by hand leaves these members out, and its techniques count as marked.
    """
    given = technique.members
    score = given.get("score")
    if given.get("enabled") is False:
        return "disabled"
    if isinstance(score, int | float) and score == 0:
        return "zero"
    blank = all(given.get(key) in ("", None, []) for key in ("score", "comment", "metadata", "links"))
    return "unmarked" if blank and given.get("color") == "" else "marked"


def _write_technique(technique: Placed, transcript: Transcript) -> None:
    named = (technique.value("techniqueID", "technique"),)
    tactic = technique.value("tactic", "tactic")
    within = (" (", tactic, ")") if not tactic.blank else ()
    transcript.line("technique", *named, *within)
    transcript.line("comment", technique.value("comment", "comment"))
    for each in technique.objects("metadata"):
        transcript.line(each.string("name") or "metadata", each.value("value", "metadata"))
