"""MISP events as JSON: attributes, objects, tags, galaxy clusters and event reports as lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from weigh.readers.content import Content
from weigh.readers.faults import Faults, Shapes
from weigh.readers.limits import Limits
from weigh.readers.misp_values import fits
from weigh.readers.placed import Placed
from weigh.readers.provenance import common_date, day, only_source, strictest, tlp_label
from weigh.readers.transcript import Transcript, pointer
from weigh.readers.wording import counted, was
from weigh.records import Notice

GENERAL = ": they hold for every event alike"
EVENT: Shapes = {"info": "a string", "date": "a string", "Orgc": "an object"}
ATTRIBUTE: Shapes = dict.fromkeys(("type", "value", "comment", "object_relation"), "a string")
OBJECT: Shapes = dict.fromkeys(("name", "comment"), "a string")
REPORT: Shapes = dict.fromkeys(("name", "content"), "a string")
CLUSTER: Shapes = dict.fromkeys(("type", "value", "tag_name", "description"), "a string")
TAG: Shapes = {"name": "a string"}
DELETED, KEPT = (True, "1"), (None, False, "0")


@dataclass(slots=True)
class Account:
    """What was met on the way: markings, and what was not read, with its first place."""

    labels: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)

    def notices(self) -> Iterator[Notice]:
        """One notice for each reason that applies; then the faults."""
        for places, one, several, reason in (
            (self.deleted, "deleted attribute or object", "deleted attributes and objects", ""),
            (self.described, "description of a galaxy cluster", "descriptions of galaxy clusters", GENERAL),
            (self.related, "related event or proposal", "related events and proposals", ""),
        ):
            if len(places) > 0:
                number = counted(len(places), one, several)
                yield Notice(f"{number} {was(len(places))} not read{reason}", places[0])
        yield from self.faults.notices()


def recognises(value: object) -> bool:
    """Whether the JSON value is a MISP event, a list of events, or the answer to a search for them."""
    return any(True for _ in _events(value, "", Faults()))


def read(value: object, limits: Limits) -> Content:
    """Write every event of the value, and gather what the events say about themselves."""
    transcript, account = Transcript(limits), Account()
    events = list(_events(value, "", account.faults))
    for event in events:
        _write_event(event, transcript, account)
    titles = {event.string("info") for event in events}
    return Content(
        transcript.text,
        "misp",
        title=titles.pop() if len(titles) == 1 else "",
        date=common_date(event.string("date") for event in events),
        tlp=strictest(account.labels),
        source=only_source(event.inner("Orgc").string("name") for event in events),
        fields=transcript.fields,
        notices=tuple(account.notices()),
    )


def _events(value: object, place: str, faults: Faults) -> Iterator[Placed]:
    """The events in `{"Event": ...}`, in `{"response": ...}` and in lists of either.

    The answer to a search for attributes, `{"response": {"Attribute": [...]}}`, counts as one event.
    """
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _events(each, place + pointer(index), faults)
        return
    members = value if isinstance(value, dict) else {}
    event, response = members.get("Event"), members.get("response")
    if isinstance(event, dict) and ("info" in event or "Attribute" in event):
        yield Placed(place + pointer("Event"), event)
    elif isinstance(response, dict) and isinstance(response.get("Attribute"), list):
        yield Placed(place + pointer("response"), response)
    elif isinstance(response, list | dict):
        yield from _events(response, place + pointer("response"), faults)
    else:
        faults.add("an item is no event", place)


def _write_event(event: Placed, transcript: Transcript, account: Account) -> None:
    faults = account.faults
    faults.members(event, EVENT)
    if event.string("date") != "" and day(event.string("date")) == "":
        faults.add("the event's date is none", event.pointer + pointer("date"), event.string("date"))
    transcript.line("event", event.value("info", "event"))
    _write_labels(event, transcript, account)
    for key in ("RelatedEvent", "ShadowAttribute"):
        account.related.extend(each.pointer for each in faults.objects(event, key))
    for attribute in faults.objects(event, "Attribute"):
        _write_attribute(attribute, attribute.type, transcript, account)
    for each in faults.objects(event, "Object"):
        _write_object(each, transcript, account)
    for report in faults.objects(event, "EventReport"):
        _write_report(report, transcript, account)


def _deleted(each: Placed, account: Account) -> bool:
    said = each.members.get("deleted")
    gone = said in DELETED
    if gone:
        account.deleted.append(each.pointer)
    elif said not in KEPT:
        account.faults.add("“deleted” is neither true nor false", each.pointer + pointer("deleted"))
    return gone


def _write_report(report: Placed, transcript: Transcript, account: Account) -> None:
    if _deleted(report, account):
        return
    account.faults.members(report, REPORT)
    _require(report, "content", "a report has no content", account.faults)
    transcript.line("report", report.value("name", "report"))
    transcript.line("content", report.value("content", "report"))


def _require(each: Placed, key: str, problem: str, faults: Faults) -> None:
    """Note that a member is missing or blank; one of the wrong type is noted elsewhere."""
    member = each.members.get(key, "")
    if member is None or (isinstance(member, str) and each.value(key, "").blank):
        faults.add(problem, each.pointer)


def _write_attribute(attribute: Placed, label: str, transcript: Transcript, account: Account) -> None:
    if _deleted(attribute, account):
        return
    account.faults.members(attribute, ATTRIBUTE)
    _require(attribute, "type", "an attribute has no type", account.faults)
    _require(attribute, "value", "an attribute has no value", account.faults)
    value = attribute.value("value", attribute.type)
    if not value.blank and not fits(attribute.type, value.text):
        account.faults.add("a value is none of its attribute's type", value.pointer, value.text)
    transcript.line(label, value)
    transcript.line("comment", attribute.value("comment", "comment"))
    _write_labels(attribute, transcript, account)
    account.related.extend(each.pointer for each in account.faults.objects(attribute, "ShadowAttribute"))


def _write_object(each: Placed, transcript: Transcript, account: Account) -> None:
    """An object's attributes are labelled with their part in it: `filename`, `sha256`, `dst-port`."""
    if _deleted(each, account):
        return
    account.faults.members(each, OBJECT)
    _require(each, "name", "an object has no name", account.faults)
    transcript.line("object", each.value("name", "object"))
    transcript.line("comment", each.value("comment", "comment"))
    for attribute in account.faults.objects(each, "Attribute"):
        label = attribute.naming(("object_relation", "type"))
        _write_attribute(attribute, attribute.string(label), transcript, account)


def _write_labels(each: Placed, transcript: Transcript, account: Account) -> None:
    """Tags and galaxy clusters; a cluster is written once, though MISP gives it as a tag as well."""
    faults = account.faults
    galaxies = faults.objects(each, "Galaxy")
    clusters = [cluster for galaxy in galaxies for cluster in faults.objects(galaxy, "GalaxyCluster")]
    written = {cluster.string("tag_name") for cluster in clusters}
    for tag in faults.objects(each, "Tag"):
        faults.members(tag, TAG)
        _require(tag, "name", "a tag has no name", faults)
        label = tlp_label(tag.string("name"))
        account.labels.append(label)
        if label == "" and tag.string("name") not in written:
            transcript.line("tag", tag.value("name", "tag"))
    for cluster in clusters:
        faults.members(cluster, CLUSTER)
        _require(cluster, "value", "a galaxy cluster has no value", faults)
        transcript.line(cluster.type, cluster.value("value", "galaxy"))
        if cluster.string("description") != "":
            account.described.append(cluster.pointer)
