"""What is not as STIX says in an object, and was skipped or may have been misread for it.

Only what bears on reading is asked: the STIX validator asks for more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from weigh.readers.faults import Faults, Shapes
from weigh.readers.placed import Placed
from weigh.readers.provenance import day
from weigh.readers.stix_grammar import stops
from weigh.readers.stix_objects import TLP_IDS
from weigh.readers.transcript import Value, pointer

IDENTITY = re.compile(
    r"[a-z0-9-]+--[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE
)
VERSIONS = frozenset({"2.0", "2.1"})
STAMPS = ("created", "modified", "published")
SHAPES: Shapes = {
    **dict.fromkeys(("name", "description", "pattern", "pattern_type", *STAMPS), "a string"),
    **dict.fromkeys(("external_references", "granular_markings", "labels", "aliases"), "a list"),
    "revoked": "true or false",
}
# The member that an object of the type is read for, where the format asks for it (STIX 2.1, 4 to 6).
REQUIRED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("attack-pattern", "campaign", "course-of-action", "identity", "incident"), ("name",)),
    **dict.fromkeys(("infrastructure", "intrusion-set", "report", "threat-actor", "tool"), ("name",)),
    **dict.fromkeys(("vulnerability", "mutex"), ("name",)),
    **dict.fromkeys(("domain-name", "email-addr", "ipv4-addr", "ipv6-addr", "mac-addr", "url"), ("value",)),
    "indicator": ("pattern",),
    "note": ("content",),
    "directory": ("path",),
    "sighting": ("sighting_of_ref",),
    "relationship": ("source_ref", "target_ref", "relationship_type"),
}
ENDS = (("relationship", "source_ref"), ("relationship", "target_ref"), ("sighting", "sighting_of_ref"))
TOGETHER = "export the objects together with what they refer to"


def check_bundle(value: object, faults: Faults) -> None:
    """Note a version that is not read as what it is: STIX 1 and whatever comes after 2.1."""
    version = value.get("spec_version") if isinstance(value, dict) else None
    if version is not None and version not in VERSIONS:
        said = version if isinstance(version, str) else ""
        faults.add("the version of STIX is neither 2.0 nor 2.1, as which it is read", "/spec_version", said)


def check_object(each: Placed, known: Collection[str], faults: Faults) -> None:
    """Note what is missing, malformed or of the wrong type in an object, and what it refers to in vain.

    `known` are the ids of all objects in the file.
    """
    _check_identity(each, faults)
    faults.members(each, SHAPES)
    for key in STAMPS:
        stamp = each.string(key)
        if stamp != "" and day(stamp) == "":
            faults.add("a time stamp is none", each.pointer + pointer(key), stamp)
    for key in REQUIRED.get(each.type, ()):
        if each.members.get(key) in (None, ""):
            faults.add(f"“{key}” is missing", each.pointer)
    for place, key, reference in _references(each, faults):
        if reference not in known and reference not in TLP_IDS and (each.type, key) not in ENDS:
            faults.add("what an object refers to is not in the file", place, reference, TOGETHER)


def check_ends(each: Placed, known: Collection[str], names: Collection[str], faults: Faults) -> None:
    """Note why a relation could not be written: an end of it is not in the file, or is called nothing."""
    for kind, key in ENDS:
        reference = each.string(key)
        if kind != each.type or reference == "" or reference in names:
            continue
        place = each.pointer + pointer(key)
        if reference in known:
            faults.add("a relation was not read, because its end has no name", place, reference)
        else:
            problem = "a relation was not read, because its end is not in the file"
            faults.add(problem, place, reference, TOGETHER)


def check_pattern(pattern: Value, faults: Faults) -> None:
    """Note a pattern that cannot be parsed, with the text from where it cannot."""
    at = stops(pattern.text)
    if at is not None:
        rest = pattern.text[at : at + 200]
        problem = "a pattern cannot be parsed to its end; the values that it seems to look for are read"
        faults.add(problem, pattern.pointer, rest if rest.strip() != "" else pattern.text)


def _check_identity(each: Placed, faults: Faults) -> None:
    if each.type == "":
        faults.add("an object has no type", each.pointer)
    if each.id == "":
        faults.add("an object has no id", each.pointer)
    elif IDENTITY.fullmatch(each.id) is None or not each.id.startswith(f"{each.type}--"):
        faults.add("an id is not the object's type and a UUID", each.pointer + pointer("id"), each.id)


def _references(each: Placed, faults: Faults) -> Iterator[tuple[str, str, str]]:
    """Place, member and id of every reference to another object."""
    for key, member in each.members.items():
        if member is None or not key.endswith(("_ref", "_refs")):
            continue
        place = each.pointer + pointer(key)
        several = key.endswith("_refs")
        if several and isinstance(member, list):
            items = [(place + pointer(index), item) for index, item in enumerate(member)]
        else:
            items = [(place, None if several else member)]
        for where, item in items:
            if isinstance(item, str):
                yield where, key, item
            else:
                faults.add("a reference to another object is not a string", where)
