"""Graphs of documents a, b, c... and of any links between them."""

from __future__ import annotations

from hypothesis import strategies as st

from weigh.claims.links import CITING, Link, kinds
from weigh.claims.origins import Origins, Step

NAMES = "abcdefgh"


def graph(*pairs: str) -> Origins:
    """Documents a, b, c... and links between them, written "b>a kind"."""
    rows: dict[str, list[Link]] = {}
    for pair in pairs:
        ends, _, kind = pair.partition(" ")
        rows.setdefault(ends[0], []).append(Link(ends[0], ends[2], kind, "", names=kind in CITING))
    kept = {name: tuple(sorted(found, key=lambda link: -link.copying())) for name, found in rows.items()}
    return Origins({name: place for place, name in enumerate(NAMES)}, kept, ())


def among(origins: Origins, names: str) -> tuple[Step, ...]:
    """Who repeats whom among documents, about no fact in particular."""
    return origins.steps(dict.fromkeys(names, ()))


@st.composite
def graphs(draw: st.DrawFn) -> Origins:
    """Any links of any kind, circles too."""
    rows = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(sorted(kinds())))
    pairs = draw(st.lists(rows, max_size=14, unique_by=lambda row: row[:2]))
    return graph(*(f"{one}>{two} {kind}" for one, two, kind in pairs if one != two))
