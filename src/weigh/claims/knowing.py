"""Whom a person means by the name of a party: the same names that the reader knows in texts."""

from __future__ import annotations

from weigh.claims.parties import named
from weigh.claims.reading import ClaimReader
from weigh.evidence.layout import lay_out
from weigh.records import Document, Party


def party(name: str, reader: ClaimReader) -> Party | None:
    """The state, body, alliance or reporter of a name, in English or Chinese, or of a state's code.

    None where the name is nobody's that the tables hold.
    """
    if len(name) == 2 and name.isupper():
        codes = {entry.key: entry for _, entry, _, _ in reader.gazetteer.entries if "/" not in entry.key}
        if name in codes:
            return codes[name]
    layout = lay_out(Document("", name, "text", name))
    found = named(name, reader.gazetteer, layout)
    if found is not None:
        return found[0]
    written = reader.chinese.mentions(name)
    return Party(written[0].party.key, written[0].party.name) if len(written) > 0 else None
