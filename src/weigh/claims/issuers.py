"""Who issued a text: the parties that the name of its source speaks of, one or several together."""

from __future__ import annotations

import re
from dataclasses import replace

from weigh.claims.chinese import Names
from weigh.claims.listed import Form
from weigh.claims.parties import Gazetteer, named
from weigh.evidence.chinese import simplified
from weigh.evidence.layout import Layout, lay_out
from weigh.records import Document, Party

_TOGETHER = re.compile(r"\s*(?:[,;、，；&]|\band\b|和|与|及)\s*")
_DESCRIBED = re.compile(r"(?<=\S)\s*[(（][^()（）]*[)）]\Z")
"""What a source is, after its name: "The Harbour Courier (newspaper)"."""


def issuers(document: Document, gazetteer: Gazetteer, chinese: Names) -> tuple[Party, ...]:
    """Who speaks where a text names nobody: its source, or all whom that names; none where nobody says.

    Several are named where each part of a list is a known name throughout: "Norland, Estonia and NATO".
    """
    whole = "" if document.source is None else document.source.name
    if whole == "":
        return ()
    name = _DESCRIBED.sub("", whole)
    parts = [part.removeprefix("the ") for part in _TOGETHER.split(simplified(name)) if part != ""]
    known = [_whole(part, document, gazetteer, chinese) for part in parts]
    several = [party for party in known if party is not None]
    if len(several) == len(parts) > 1:
        return tuple(dict.fromkeys(several))
    return (_one(whole, name, document, gazetteer, chinese),)


def name_layout(name: str, document: Document) -> Layout:
    """A name that is said of a document, laid out as a text of its own."""
    return lay_out(replace(document, text=name, fields=()))


def _whole(name: str, document: Document, gazetteer: Gazetteer, chinese: Names) -> Party | None:
    """The party of a known state or trade whose name this is from end to end."""
    found = (*gazetteer.mentions(name_layout(name, document)), *chinese.mentions(name))
    whole = (item for item in found if item.span.of(name) == name and item.form is not Form.ACTOR)
    return next((replace(item.party, words="") for item in whole if item.party.root != ""), None)


def _one(whole: str, name: str, document: Document, gazetteer: Gazetteer, chinese: Names) -> Party:
    """The party that a source names somewhere, its description included, else one of its own name."""
    found = named(whole, gazetteer, name_layout(whole, document))
    if found is not None and found[1] is not Form.ADJECTIVE:
        return found[0]
    written = chinese.mentions(whole)
    return replace(written[0].party, words="") if len(written) > 0 else Party(simplified(name), name)
