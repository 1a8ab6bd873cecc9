"""STIX 2.0 and 2.1: a bundle, a list of objects or one object -> lines that name what it reports.

An object's first line carries its catalogue ids, name and aliases; its other strings follow, one a
line. References between objects are resolved by name and one step only, so that cycles end.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from weigh.readers.content import Content
from weigh.readers.faults import Faults
from weigh.readers.limits import Limits
from weigh.readers.placed import Placed
from weigh.readers.provenance import common_date, only_source, strictest
from weigh.readers.stix_checks import check_bundle, check_ends, check_object, check_pattern
from weigh.readers.stix_objects import Account, marking_labels, names_of, placed_objects
from weigh.readers.stix_pattern import comparisons
from weigh.readers.transcript import Transcript, Value, pointer, strings

NAMING = ("name", "value", "key", "path", "command_line", "account_login", "subject", "abstract")
ALIASES = ("aliases", "x_mitre_aliases")
# Identity and bookkeeping of the object itself; what it reports is in the rest.
BOOKKEEPING = frozenset(
    {
        *("id", "type", "spec_version", "created", "modified", "revoked", "published", "lang"),
        *("valid_from", "valid_until", "pattern_type", "pattern_version", "kill_chain_phases"),
        *("external_references", "granular_markings", "extensions", "payload_bin"),
    }
)
# These tell of what happened, whatever catalogue lists them. Of every other object that a catalogue
# lists, the text describes it in general and is not read: only its name and ids are.
TELLING = frozenset(
    {
        *("report", "note", "opinion", "grouping", "incident", "campaign"),
        *("indicator", "observed-data", "malware-analysis", "sighting"),
    }
)
UNWRITTEN = frozenset({"marking-definition", "language-content", "extension-definition"})


@dataclass(frozen=True, slots=True)
class Writing:
    """What every writer needs: where the lines go, what objects are called, what is left unread.

    `known` are the ids of all objects in the file, `names` those of the live ones that have a name.
    """

    transcript: Transcript
    known: Collection[str]
    names: Mapping[str, Value]
    account: Account

    def line(self, label: str, *parts: str | Value) -> None:
        """One line of the transcript."""
        self.transcript.line(label, *parts)


def recognises(value: object) -> bool:
    """Whether the JSON value is STIX 2: a bundle, an object, or a list of nothing but objects."""
    return placed_objects(value, Faults()) is not None


def read(value: object, limits: Limits) -> Content:
    """Write every live object, and gather what the file says about itself."""
    account = Account()
    objects = placed_objects(value, account.faults) or ()
    live = [each for each in objects if not account.counts_dropped(each)]
    known = {each.id for each in objects}
    writing = Writing(Transcript(limits), known, names_of(live, NAMING), account)
    check_bundle(value, account.faults)
    authors = {each.string("created_by_ref") for each in live}
    for each in live:
        check_object(each, known, account.faults)
        if each.type not in UNWRITTEN and not (each.type == "identity" and each.id in authors):
            _write_or_say(each, writing)
    reports = [each for each in live if each.type == "report"]
    titles = {each.string("name") for each in reports}
    return Content(
        writing.transcript.text,
        "stix",
        title=titles.pop() if len(titles) == 1 else "",
        date=_date(live, reports),
        tlp=strictest(marking_labels(live)),
        source=only_source(_authors(reports if len(reports) > 0 else live, writing.names)),
        fields=writing.transcript.fields,
        notices=account.notices(),
    )


def _date(live: Iterable[Placed], reports: list[Placed]) -> str:
    """When the reports were published; without a report, when the objects were made."""
    if len(reports) > 0:
        return common_date(each.string("published") or each.string("created") for each in reports)
    lasting = {"identity", "marking-definition"}
    made = (each for each in live if each.type not in lasting and not _general(each))
    return common_date(each.string("created") for each in made)


def _authors(objects: Iterable[Placed], names: Mapping[str, Value]) -> Iterator[str]:
    for each in objects:
        author = names.get(each.string("created_by_ref"))
        if author is not None:
            yield author.text


def _general(each: Placed) -> bool:
    """Whether a catalogue lists the object, so that its text says nothing about this operation."""
    return each.type not in TELLING and any(True for _ in _catalogue_ids(each))


def _write_or_say(each: Placed, writing: Writing) -> None:
    """Write an object; when nothing came of it and nothing was said of it so far, say that."""
    before = writing.transcript.length, writing.account.number
    WRITERS.get(each.type, _write_object)(each, writing)
    if (writing.transcript.length, writing.account.number) == before:
        writing.account.faults.add("an object has nothing in it that is read", each.pointer)


def _write_object(each: Placed, writing: Writing) -> None:
    writing.line(each.type, *_headline(each))
    leaves = list(_leaves(each))
    if _general(each):
        writing.account.counts_general(each, sum(len(leaf.text) for _, leaf in leaves))
        return
    for label, leaf in leaves:
        writing.line(label, leaf)
    _write_references(each, writing)
    if each.type == "observed-data":
        for observable in writing.account.faults.objects(each, "objects"):
            _write_or_say(observable, writing)


def _headline(each: Placed) -> Iterator[str | Value]:
    """Catalogue ids, the name, and `(aliases: ...)`, with blanks between."""
    parts = [*_catalogue_ids(each), *_names(each)]
    for index, part in enumerate(parts):
        yield from (part,) if index == 0 else (" ", part)
    aliases = [alias for alias in _aliases(each) if alias.text not in {part.text for part in parts}]
    for index, alias in enumerate(aliases):
        yield from (", " if index > 0 else " (aliases: ", alias)
    if len(aliases) > 0:
        yield ")"


def _catalogue_ids(each: Placed) -> Iterator[Value]:
    for reference in each.objects("external_references"):
        if reference.string("external_id").strip() != "":
            yield reference.value("external_id", f"{each.type}.external_id")


def _names(each: Placed) -> Iterator[Value]:
    key = each.naming(NAMING)
    if len(key) > 0:
        yield each.value(key, f"{each.type}.{key}")


def _aliases(each: Placed) -> Iterator[Value]:
    for key in ALIASES:
        for _, alias in strings(each.members.get(key), each.pointer + pointer(key), key):
            yield Value(alias.text, alias.pointer, f"{each.type}.alias")


def _leaves(each: Placed) -> Iterator[tuple[str, Value]]:
    """The strings of the object that its headline and its references do not hold."""
    handled = {each.naming(NAMING), *ALIASES, "objects" if each.type == "observed-data" else ""}
    for key, member in each.members.items():
        if key in BOOKKEEPING or key in handled or key.endswith(("_ref", "_refs")):
            continue
        for label, leaf in strings(member, each.pointer + pointer(key), key):
            yield label, Value(leaf.text, leaf.pointer, f"{each.type}.{label}")


def _write_references(each: Placed, writing: Writing) -> None:
    for reference in each.objects("external_references"):
        said = (reference.value(key, "reference") for key in ("source_name", "description", "url"))
        parts = [part for value in said if not value.blank for part in (" ", value)]
        writing.line("reference", *parts[1:])


def _write_relationship(each: Placed, writing: Writing) -> None:
    """`relationship: APT40 uses BADFLICK`, and its description also where an end is not in the file."""
    ends = each.string("source_ref"), each.string("target_ref")
    source, target = map(writing.names.get, ends)
    if source is not None and target is not None:
        verb = each.value("relationship_type", "relationship.relationship_type")
        writing.line(each.type, source, " ", verb, " ", target)
    elif writing.account.counts_dropped_relation(each, *ends):
        return
    else:
        check_ends(each, writing.known, writing.names, writing.account.faults)
    writing.line("description", each.value("description", "relationship.description"))


def _write_sighting(each: Placed, writing: Writing) -> None:
    seen = writing.names.get(each.string("sighting_of_ref"))
    if seen is not None:
        writing.line(each.type, seen)
    elif writing.account.counts_dropped_relation(each, each.string("sighting_of_ref")):
        return
    else:
        check_ends(each, writing.known, writing.names, writing.account.faults)
    writing.line("description", each.value("description", "sighting.description"))


def _write_indicator(each: Placed, writing: Writing) -> None:
    """The object without its pattern, then each value that the pattern looks for."""
    _write_object(Placed(each.pointer, {**each.members, "pattern": None}), writing)
    pattern = each.value("pattern", "indicator.pattern")
    stix = each.string("pattern_type") in {"", "stix"}
    found = list(comparisons(pattern.text)) if stix else []
    if stix and not pattern.blank:
        check_pattern(pattern, writing.account.faults)
    for comparison in found:
        writing.line(comparison.label, Value(comparison.value, pattern.pointer, pattern.kind))
    if len(found) == 0:
        writing.line("pattern", pattern)


def _write_autonomous_system(each: Placed, writing: Writing) -> None:
    """`autonomous-system: AS64512 Name`: its number is the one number that names a thing."""
    number = each.members.get("number")
    if isinstance(number, int):
        place = each.pointer + pointer("number")
        names = [part for name in _names(each) for part in (" ", name)]
        writing.line(each.type, "AS", Value(str(number), place, f"{each.type}.number"), *names)
    else:
        _write_object(each, writing)


WRITERS: Mapping[str, Callable[[Placed, Writing], None]] = {
    "relationship": _write_relationship,
    "sighting": _write_sighting,
    "indicator": _write_indicator,
    "autonomous-system": _write_autonomous_system,
}
