"""Tiny ATT&CK bundles and galaxies, invented: what each test needs and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from weigh.compiling.attack import AttackSource, read_bundle
from weigh.compiling.galaxy import GalaxyActor, read_galaxy

Stix = dict[str, object]

_DOMAIN = "mitre-attack"


def stix_id(kind: str, number: int) -> str:
    """A readable STIX id: kind and number."""
    return f"{kind}--00000000-0000-4000-8000-{number:012d}"


def _object(kind: str, number: int, attack_id: str, name: str, **rest: object) -> Stix:
    own = [{"source_name": _DOMAIN, "external_id": attack_id}] if attack_id else []
    return {
        "type": kind,
        "id": stix_id(kind, number),
        "name": name,
        "external_references": own,
        **rest,
    }


def group(number: int, name: str = "", **rest: object) -> Stix:
    """An intrusion set with id `G` and the number."""
    return _object("intrusion-set", number, f"G{number:04d}", name or f"Group {number}", **rest)


def campaign(number: int, **rest: object) -> Stix:
    """A campaign with id `C` and the number."""
    return _object("campaign", number, f"C{number:04d}", f"Campaign {number}", **rest)


def technique(number: int, *, sub: int = 0, **rest: object) -> Stix:
    """A technique with id `T1` and the number, a sub-technique where `sub` is given."""
    attack_id = f"T1{number:03d}" + (f".{sub:03d}" if sub else "")
    return _object("attack-pattern", number * 100 + sub, attack_id, f"Technique {number} {sub}", **rest)


def malware(number: int, **rest: object) -> Stix:
    """A piece of malware with id `S` and the number."""
    return _object("malware", number, f"S{number:04d}", f"Malware {number}", **rest)


def tool(number: int, **rest: object) -> Stix:
    """A tool with id `S` and the number."""
    return _object("tool", number, f"S{number:04d}", f"Tool {number}", **rest)


def relation(kind: str, source: Stix, target: Stix, *cited: str | tuple[str, str], **rest: object) -> Stix:
    """A relationship; `cited` are names of reports, or names with the text of their citation."""
    pairs = [(item, "") if isinstance(item, str) else item for item in cited]
    return {
        "type": "relationship",
        "id": f"relationship--{kind}-{source['id']}-{target['id']}-{len(pairs)}",
        "relationship_type": kind,
        "source_ref": source["id"],
        "target_ref": target["id"],
        "external_references": [{"source_name": name, "description": text} for name, text in pairs],
        **rest,
    }


def uses(source: Stix, target: Stix, *cited: str | tuple[str, str], **rest: object) -> Stix:
    """A `uses` relation."""
    return relation("uses", source, target, *cited, **rest)


def written(folder: Path, objects: Iterable[Stix], name: str = "tiny-attack-99.1.json") -> Path:
    """A bundle file."""
    path = folder / name
    path.write_text(json.dumps({"type": "bundle", "id": "bundle--1", "objects": list(objects)}))
    return path


def source(folder: Path, objects: Iterable[Stix]) -> AttackSource:
    """The objects as the compiler reads them from a file."""
    return read_bundle(written(folder, objects))


def cluster(number: int, name: str, **meta: object) -> dict[str, object]:
    """A galaxy cluster."""
    return {"value": name, "uuid": f"{number:08d}-0000-4000-8000-000000000000", "meta": meta}


def galaxy_file(folder: Path, clusters: Iterable[dict[str, object]]) -> Path:
    """A galaxy file."""
    path = folder / "tiny-threat-actor.json"
    path.write_text(json.dumps({"values": list(clusters), "version": 7}))
    return path


def galaxy(folder: Path, *clusters: dict[str, object]) -> tuple[GalaxyActor, ...]:
    """The clusters as the compiler reads them from a file."""
    return read_galaxy(galaxy_file(folder, clusters)).actors


def small_bundle() -> list[Stix]:
    """Three groups with four reports, two techniques, one sub-technique, one piece of malware."""
    groups = [group(1, aliases=["Group 1", "Slate Heron"]), group(2), group(3)]
    first, second, child = technique(1), technique(2), technique(2, sub=1)
    ware = malware(1)
    described = "The group encrypts files. (Citation: Harbour 2020)"
    return [
        *groups,
        first,
        second,
        child,
        ware,
        uses(groups[0], first, ("Harbour 2020", "Writer. (2020, May 1). Harbour."), description=described),
        uses(groups[0], ware, ("Harbour 2020", "Writer. (2020, May 1). Harbour.")),
        uses(groups[1], second, ("Quay 2021", "Writer. (2021, June 2). Quay.")),
        uses(groups[1], child, ("Mole 2022", "")),
        uses(groups[2], first),
        uses(ware, second, "Harbour 2020"),
    ]
