"""Documents of the case that the knowledge has learned from already, and what is known without them.

A published advisory that names a group ends up in the knowledge as what that group does. Weighed again as
evidence it confirms itself: the accusation would raise the probability of what it asserts. So the ladder is
drawn without the entries of the knowledge that rest on a document of the case.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from weigh.claims.citing import names_of, numbers
from weigh.inference.engine import Engine, prepare
from weigh.knowledge.naming import name_key
from weigh.knowledge.store import Knowledge
from weigh.records import Document

_LEAST = 6
"""Letters and digits from which the number of a report names it."""


def own_entries(documents: Iterable[Document], knowledge: Knowledge) -> tuple[int, ...]:
    """The places of the knowledge's reports that are a document of the case, by its number or its address."""
    keys, addresses = set[str](), set[str]()
    for document in documents:
        head = document.text[:400].partition("\n")[0]
        told = [name.text for name in names_of(document) if name.sort == "number"]
        told += [number.group() for number in numbers(head)]
        keys |= {name_key(each) for each in told}
        if "://" in document.name:
            addresses.add(document.name.partition("://")[2].rstrip("/"))
    keys = {each for each in keys if len(each) >= _LEAST}
    return tuple(
        place
        for place, report in enumerate(knowledge.catalogue.reports)
        if any(each in name_key(report.name) for each in keys)
        or (report.url != "" and report.url.partition("://")[2].rstrip("/") in addresses)
    )


def without_entries(engine: Engine, knowledge: Knowledge, entries: Iterable[int]) -> Engine:
    """The engine on the knowledge without these reports and what rests on them alone."""
    gone = np.zeros(len(knowledge.catalogue.reports), dtype=np.bool_)
    gone[list(entries)] = True
    return prepare(knowledge.relations.without(gone), engine.weights)
