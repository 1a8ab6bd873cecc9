"""Inputs -> compiled knowledge: one compiler for every source, with its progress told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from weigh.compiling.attack import AttackSource, StixObject, read_bundle, read_embedded
from weigh.compiling.everyday import everyday
from weigh.compiling.galaxy import GalaxySource, read_galaxy
from weigh.compiling.indexing import index
from weigh.compiling.linking import Linked, link
from weigh.compiling.listings import ListingSource, read_listings
from weigh.compiling.sponsor_list import SponsorList, read_sponsor_list, tied
from weigh.compiling.text_training import Example, train
from weigh.compiling.vocabulary import read_vocabulary
from weigh.errors import KnowledgeError
from weigh.knowledge.catalogue import Listed, Stamp
from weigh.knowledge.days import is_day
from weigh.knowledge.relations import NO_REPORT, Relations
from weigh.knowledge.store import FORMAT, write_knowledge

Progress = Callable[[str, float], None]
"""Told a step's name and how much of the whole is done, in [0, 1]."""

_NO_TECHNIQUE = frozenset({"intrusion-set", "campaign", "malware", "tool", "course-of-action"})
_SPOKEN = frozenset({Listed.EVERYDAY, Listed.WORDS})
_DATED_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where knowledge comes from: files, or None for what is installed with Weigh.

    `sponsors`, a list of actors with the states they are said to act from, is added to the rest.
    """

    attack: Path | None = None
    galaxy: Path | None = None
    sponsors: Path | None = None


def compile_into(folder: Path, inputs: Inputs, progress: Progress) -> None:
    """Compile `inputs` into `folder`, an empty folder.

    Raises `KnowledgeError` when an input cannot be used.
    """
    progress("reading ATT&CK", 0.0)
    attack = read_embedded() if inputs.attack is None else read_bundle(inputs.attack)
    progress("reading actors' names", 0.05)
    galaxy = read_galaxy(inputs.galaxy)
    said = None if inputs.sponsors is None else read_sponsor_list(inputs.sponsors)
    progress("linking", 0.1)
    added = () if said is None else tied(said.actors, attack.objects)
    linked = link(attack, (*galaxy.actors, *added))
    listed = read_listings(attack.objects, galaxy.actors)
    spoken = read_vocabulary(linked.catalogue)
    linked = replace(
        linked, catalogue=replace(linked.catalogue, listings=(*listed.listings, *spoken.listings))
    )
    relations = index(linked)
    if len(relations.actor) == 0:
        raise KnowledgeError(
            "no group in it is said to use anything",
            place=attack.label,
            remedy="give an ATT&CK Enterprise bundle",
        )
    progress("learning to read technique sentences", 0.15)
    text = train(
        [*examples(attack.objects), *everyday()],
        linked.catalogue.techniques,
        progress=lambda step, share: progress(step, 0.15 + 0.8 * share),
    )
    progress("writing", 0.97)
    stamp = _stamp(attack, _named(galaxy, said, listed, spoken), linked)
    counts = _counts(attack, linked, relations)
    if said is not None:
        counts["rows of the list of sponsors tied to a group"] = len(added)
        counts["rows of the list of sponsors left out"] = len(said.actors) - len(added)
    write_knowledge(folder, stamp, linked.catalogue, relations, text, counts)
    progress("done", 1.0)


def examples(objects: Iterable[StixObject]) -> list[Example]:
    """Texts that describe a technique, procedures and the techniques' own descriptions, and texts that
    describe none: what actors and software are in general, and what is advised against techniques."""
    by_id = {item.id: item for item in objects}
    found = []
    for item in by_id.values():
        if not item.live or len(item.description) == 0:
            continue
        if item.type == "attack-pattern":
            found.append(Example(item.description, item.attack_id))
        elif item.relationship_type == "uses":
            target = by_id.get(item.target_ref)
            if target is not None and target.type == "attack-pattern" and target.live:
                cited = tuple(reference.report for reference in item.external_references)
                found.append(Example(item.description, target.attack_id, cited))
        elif item.type in _NO_TECHNIQUE or item.relationship_type == "mitigates":
            found.append(Example(item.description, ""))
    return found


def _named(
    galaxy: GalaxySource, said: SponsorList | None, *listed: ListingSource
) -> tuple[GalaxySource | SponsorList | ListingSource, ...]:
    return (galaxy, *listed) if said is None else (galaxy, *listed, said)


def _stamp(
    attack: AttackSource, named: Sequence[GalaxySource | SponsorList | ListingSource], linked: Linked
) -> Stamp:
    parts = (str(FORMAT), attack.digest, *(source.digest for source in named))
    reports = linked.catalogue.reports
    share = sum(report.year > 0 for report in reports) / max(len(reports), 1)
    return Stamp(
        version=f"ATT&CK {attack.version or 'of unknown version'}",
        digest=hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20],
        inputs=(attack.label, *(source.label for source in named)),
        notes=_notes(attack, share, sum(is_day(report.date) for report in reports) / max(len(reports), 1)),
        dated=attack.dated and share >= _DATED_SHARE,
        embedded=attack.embedded,
    )


def _notes(attack: AttackSource, dated_share: float, to_the_day: float = 0.0) -> tuple[str, ...]:
    exactly = f", {to_the_day:.0%} the day" if to_the_day > 0 else ""
    notes = [f"{dated_share:.0%} of the cited reports carry a year{exactly}"]
    if attack.uncited > 0:
        notes.append(
            f"relations of groups without a complete citation: {attack.uncited:,}"
            + (" (the package cuts descriptions at 200 characters)" if attack.embedded else "")
            + "; those of one actor count as one undated report"
        )
    return tuple(notes)


def _counts(attack: AttackSource, linked: Linked, relations: Relations) -> dict[str, int]:
    catalogue = linked.catalogue
    groups = [actor for actor in catalogue.actors if not actor.id.startswith("misp:")]
    counts = {
        "groups": len(groups),
        "groups with reports": sum(actor.reports > 0 for actor in groups),
        "other actors, by name only": len(catalogue.actors) - len(groups),
        "names of actors": sum(1 + len(actor.aliases) for actor in catalogue.actors),
        "techniques and sub-techniques": len(catalogue.techniques),
        "software": len(catalogue.software),
        "reports cited": len(catalogue.reports),
        "uses by actors": len(relations.actor),
        "techniques of software": len(relations.abilities.software),
        "uses without a citation": int((relations.report == NO_REPORT).sum()),
        "retired ids": len(catalogue.retired),
        "hosts, addresses and hashes that are mentioned without blame": sum(
            len(listing.names.split()) for listing in catalogue.listings if listing.kind not in _SPOKEN
        ),
    }
    return counts | {f"relations left out: {reason}": count for reason, count in linked.dropped.items()}
