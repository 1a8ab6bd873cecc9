"""MISP events as JSON: attributes, objects, tags, galaxy clusters and event reports as lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from weigh.readers.content import Content
from weigh.readers.limits import Limits
from weigh.readers.placed import Placed
from weigh.readers.provenance import common_date, only_source, strictest, tlp_label
from weigh.readers.transcript import Transcript, pointer
from weigh.readers.wording import counted, was
from weigh.records import Notice

GENERAL = ": they hold for every event alike"


@dataclass(slots=True)
class Account:
    """What was met on the way: markings, and what was not read, with its first place."""

    labels: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    described: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)

    def notices(self) -> Iterator[Notice]:
        """One notice for each reason that applies."""
        for places, one, several, reason in (
            (self.deleted, "deleted attribute or object", "deleted attributes and objects", ""),
            (self.described, "description of a galaxy cluster", "descriptions of galaxy clusters", GENERAL),
            (self.related, "related event or proposal", "related events and proposals", ""),
        ):
            if len(places) > 0:
                number = counted(len(places), one, several)
                yield Notice(f"{number} {was(len(places))} not read{reason}", places[0])


def recognises(value: object) -> bool:
    """Whether the JSON value is a MISP event, a list of events, or the answer to a search for them."""
    return any(True for _ in _events(value, ""))


def read(value: object, limits: Limits) -> Content:
    """Write every event of the value, and gather what the events say about themselves."""
    transcript, account = Transcript(limits), Account()
    events = list(_events(value, ""))
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


def _events(value: object, place: str) -> Iterator[Placed]:
    """The events in `{"Event": ...}`, in `{"response": ...}` and in lists of either.

    The answer to a search for attributes, `{"response": {"Attribute": [...]}}`, counts as one event.
    """
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from _events(each, place + pointer(index))
    elif isinstance(value, dict):
        event, response = value.get("Event"), value.get("response")
        if isinstance(event, dict) and ("info" in event or "Attribute" in event):
            yield Placed(place + pointer("Event"), event)
        elif isinstance(response, dict) and isinstance(response.get("Attribute"), list):
            yield Placed(place + pointer("response"), response)
        elif isinstance(response, list | dict):
            yield from _events(response, place + pointer("response"))


def _write_event(event: Placed, transcript: Transcript, account: Account) -> None:
    transcript.line("event", event.value("info", "event"))
    _write_labels(event, transcript, account)
    for key in ("RelatedEvent", "ShadowAttribute"):
        account.related.extend(each.pointer for each in event.objects(key))
    for attribute in event.objects("Attribute"):
        _write_attribute(attribute, attribute.type, transcript, account)
    for each in event.objects("Object"):
        _write_object(each, transcript, account)
    for report in event.objects("EventReport"):
        if not _deleted(report, account):
            transcript.line("report", report.value("name", "report"))
            transcript.line("content", report.value("content", "report"))


def _deleted(each: Placed, account: Account) -> bool:
    gone = each.members.get("deleted") in (True, "1")
    if gone:
        account.deleted.append(each.pointer)
    return gone


def _write_attribute(attribute: Placed, label: str, transcript: Transcript, account: Account) -> None:
    if _deleted(attribute, account):
        return
    transcript.line(label, attribute.value("value", attribute.type))
    transcript.line("comment", attribute.value("comment", "comment"))
    _write_labels(attribute, transcript, account)
    account.related.extend(each.pointer for each in attribute.objects("ShadowAttribute"))


def _write_object(each: Placed, transcript: Transcript, account: Account) -> None:
    """An object's attributes are labelled with their part in it: `filename`, `sha256`, `dst-port`."""
    if _deleted(each, account):
        return
    transcript.line("object", each.value("name", "object"))
    transcript.line("comment", each.value("comment", "comment"))
    for attribute in each.objects("Attribute"):
        label = attribute.naming(("object_relation", "type"))
        _write_attribute(attribute, attribute.string(label), transcript, account)


def _write_labels(each: Placed, transcript: Transcript, account: Account) -> None:
    """Tags and galaxy clusters; a cluster is written once, though MISP gives it as a tag as well."""
    clusters = [cluster for galaxy in each.objects("Galaxy") for cluster in galaxy.objects("GalaxyCluster")]
    written = {cluster.string("tag_name") for cluster in clusters}
    for tag in each.objects("Tag"):
        label = tlp_label(tag.string("name"))
        account.labels.append(label)
        if label == "" and tag.string("name") not in written:
            transcript.line("tag", tag.value("name", "tag"))
    for cluster in clusters:
        transcript.line(cluster.type, cluster.value("value", "galaxy"))
        if cluster.string("description") != "":
            account.described.append(cluster.pointer)
