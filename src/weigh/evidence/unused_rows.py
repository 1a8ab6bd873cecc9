"""Rows of tables of techniques that say that nothing was done: "Not observed", or what to do against it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from weigh.evidence.advice import asks
from weigh.evidence.sections import Role, Zone
from weigh.evidence.tables import Row, Table
from weigh.records import Span

_NOTHING = re.compile(
    r"\W*(?:not (?:yet )?(?:observed|seen|used|found|detected|applicable|reported|known|identified|confirmed)"
    r"|n/?a|none|no evidence|nothing|unused|unobserved)\b[^.;]{0,60}\W*",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"[^.;]*\b(?:(?:was|were) (?:not|never) (?:\w+ )?"
    r"(?:used|observed|seen|found|detected|identified|performed|attempted)"
    r"|did not (?:use|do|perform|happen|occur|run|employ)"
    r"|no (?:evidence|indication|trace|use|sign)s? (?:of|that))\b[^.;]*\W*",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_LONGEST, _QUOTED = 200, 40


def unused(text: str, table: Table) -> Iterator[Zone]:
    """The cells of rows that deny a use or ask for something, in order: no account, whatever their columns.

    A cell with techniques of which another row tells a use is left.
    """
    roles = [_role(text, row) for row in table.rows]
    used = {row.techniques for row, role in zip(table.rows, roles, strict=True) if role is None}
    cells: dict[Span, Zone] = {}
    for row, role in zip(table.rows, roles, strict=True):
        if role is not None and row.procedure is not None:
            words = " ".join(row.procedure.of(text)[:_QUOTED].split())
            for span in (row.procedure, row.techniques):
                if span not in used:
                    cells[span] = Zone(span, role, words)
    yield from (cells[span] for span in sorted(cells))


def _role(text: str, row: Row) -> Role | None:
    """What a row is for that tells of no use, None for any other."""
    if row.procedure is None:
        return None
    words = row.procedure.of(text)
    if len(words) <= _LONGEST and (_NOTHING.fullmatch(words) or _DENIED.fullmatch(words)):
        return Role.DENIAL
    return Role.MITIGATIONS if asks(_STOP.split(words, maxsplit=1)[0]) else None
