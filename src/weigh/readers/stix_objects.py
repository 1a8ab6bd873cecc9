"""The objects of a STIX file: where they are, what they are called and marked, which are not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from weigh.readers.faults import Faults
from weigh.readers.placed import Placed
from weigh.readers.provenance import tlp_label
from weigh.readers.transcript import Value
from weigh.readers.wording import counted, was
from weigh.records import Notice

# The markings that every STIX program knows by id: TLP 1 (STIX 2.1, section 7.2.1.4) and TLP 2.0
# (the OASIS extension `tlp-2.0`).
TLP_IDS = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "CLEAR",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "RED",
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487": "CLEAR",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "GREEN",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "AMBER",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "AMBER+STRICT",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "RED",
}
TLP_2_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"


def placed_objects(value: object, faults: Faults) -> Sequence[Placed] | None:
    """The objects of a bundle, of a TAXII answer or a list, or the one object; None when it is not STIX 2."""
    if isinstance(value, list):
        listed, root = value, ""
    elif isinstance(value, dict) and isinstance(value.get("objects"), list):
        listed, root = value["objects"], "/objects"
    else:
        return [Placed("", value)] if isinstance(value, dict) and _is_object(value) else None
    bundle = isinstance(value, dict) and value.get("type") == "bundle"
    if not bundle and (len(listed) == 0 or not all(map(_is_object, listed))):
        return None
    placed = []
    for index, each in enumerate(listed):
        if isinstance(each, dict):
            placed.append(Placed(f"{root}/{index}", each))
        else:
            faults.add("an item of “objects” is not an object", f"{root}/{index}")
    return placed


def _is_object(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    kind, identity = value.get("type"), value.get("id")
    return isinstance(kind, str) and isinstance(identity, str) and identity.startswith(f"{kind}--")


def names_of(objects: Iterable[Placed], keys: Sequence[str]) -> dict[str, Value]:
    """What each object is called, by its id; an object without a name is left out."""
    named = ((each, each.naming(keys)) for each in objects)
    return {each.id: each.value(key, f"{each.type}.{key}") for each, key in named if len(key) > 0}


def marking_labels(objects: Sequence[Placed]) -> Iterator[str]:
    """The TLP labels that any of the objects is marked with, as a whole or in part."""
    known = TLP_IDS | {
        each.id: label
        for each in objects
        if each.type == "marking-definition" and len(label := _defined_label(each)) > 0
    }
    for each in objects:
        listed = each.members.get("object_marking_refs")
        granular = [marking.string("marking_ref") for marking in each.objects("granular_markings")]
        for reference in [*(listed if isinstance(listed, list) else []), *granular]:
            if isinstance(reference, str) and reference in known:
                yield known[reference]


def _defined_label(each: Placed) -> str:
    """The label of a marking definition in any of the ways of 2.0, 2.1 and the TLP 2.0 extension."""
    definition = each.inner("definition").string("tlp")
    extension = each.inner("extensions").inner(TLP_2_EXTENSION).string("tlp_2_0")
    words = (each.string("name"), f"tlp:{definition}", f"tlp:{extension}")
    return next((label for said in words if len(label := tlp_label(said)) > 0), "")


@dataclass(slots=True)
class Account:
    """What was not read, counted as it goes."""

    dropped: list[str] = field(default_factory=list)
    dropped_ids: set[str] = field(default_factory=set)
    dropped_relations: list[str] = field(default_factory=list)
    general: list[str] = field(default_factory=list)
    general_characters: int = 0
    faults: Faults = field(default_factory=Faults)

    def counts_dropped(self, each: Placed) -> bool:
        """Whether the object is revoked or deprecated, and so is not read."""
        stale = each.members.get("revoked") is True or each.members.get("x_mitre_deprecated") is True
        if stale:
            self.dropped.append(each.pointer)
            self.dropped_ids.add(each.id)
        return stale

    def counts_dropped_relation(self, each: Placed, *references: str) -> bool:
        """Whether an end of the relation was dropped, so that the relation is not read."""
        stale = not self.dropped_ids.isdisjoint(references)
        if stale:
            self.dropped_relations.append(each.pointer)
        return stale

    def counts_general(self, each: Placed, characters: int) -> None:
        """Count an object of which only the name and ids are read."""
        if characters > 0:
            self.general.append(each.pointer)
            self.general_characters += characters

    @property
    def number(self) -> int:
        """How much has been counted so far."""
        return len(self.dropped) + len(self.dropped_relations) + len(self.general) + self.faults.number

    def notices(self) -> tuple[Notice, ...]:
        """One notice for each reason that applies, with the first place; then the faults."""
        return (*self._dropped(), *self._general(), *self.faults.notices())

    def _dropped(self) -> Iterator[Notice]:
        for places, noun, reason in (
            (self.dropped, "revoked or deprecated object", ""),
            (self.dropped_relations, "relation", ", because an end is revoked or deprecated"),
        ):
            number = len(places)
            if number > 0:
                yield Notice(f"{counted(number, noun)} {was(number)} not read{reason}", places[0])

    def _general(self) -> Iterator[Notice]:
        number = len(self.general)
        if number > 0:
            yield Notice(
                f"of {counted(number, 'catalogue entry', 'catalogue entries')} only names and ids were read;"
                f" {self.general_characters:,} characters describe them in general",
                self.general[0],
            )
