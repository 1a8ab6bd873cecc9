"""Numbers and names as they are written in the page."""

from __future__ import annotations

import hashlib
import re

from weigh import scales
from weigh.assessment.document import UNLISTED, HypothesisRow

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
UNLISTED_MEANS = "an actor that the knowledge does not hold"

# The Enterprise tactics in the order of ATT&CK's own matrix; "stealth" and "defense-impairment" are
# what its version 19 made of "defense-evasion".
TACTICS = (
    "reconnaissance",
    "resource-development",
    "initial-access",
    "execution",
    "persistence",
    "privilege-escalation",
    "defense-evasion",
    "stealth",
    "defense-impairment",
    "credential-access",
    "discovery",
    "lateral-movement",
    "collection",
    "command-and-control",
    "exfiltration",
    "impact",
)

_KINDS = {
    "technique": "Techniques",
    "software": "Software",
    "indicator": "Indicators",
    "vulnerability": "Vulnerabilities",
    "sector": "Victims' sectors",
    "country": "Victims' countries",
    "circumstance": "Circumstances",
    "artefact": "Artefacts",
    "actor": "Actors' names",
}


def percent(probability: float) -> str:
    """A probability as it is written everywhere, never torn from its sign at the end of a line."""
    return scales.percent(probability, gap=NBSP)


def share(part: float) -> str:
    """A share of a whole, in whole percent; 0 and 100 only when it is exactly that."""
    return f"{part:.0f}{NBSP}%" if part == 0 else "100" + NBSP + "%" if part == 1 else percent(part)


def interval(low: float, high: float) -> str:
    """The two ends of an interval, in percent; one of them where both are written alike."""
    return percent(low) if percent(low) == percent(high) else f"{percent(low)} to {percent(high)}"


def bits(weight: float) -> str:
    """A weight with its sign and two decimals; what rounds to nothing has no sign."""
    written = f"{abs(weight):.2f}"
    if float(written) == 0:
        return written
    return f"{MINUS if weight < 0 else '+'}{written}"


def number(value: float) -> str:
    """A plain number: thousands apart, at most three decimals, no trailing zeros."""
    written = f"{value:,.3f}".rstrip("0").rstrip(".").replace(",", "\N{NARROW NO-BREAK SPACE}")
    return "0" if written == "-0" else written.replace("-", MINUS)


def count(amount: int, one: str, many: str = "") -> str:
    """An amount and its noun; `many` is the plural where it is not `one` and an s."""
    noun = one if amount == 1 else many if len(many) > 0 else f"{one}s"
    return f"{number(amount)}{NBSP}{noun}"


def shortened(text: str, length: int) -> str:
    """The text on one line, cut to at most `length` characters with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def tactic_name(shortname: str) -> str:
    """ATT&CK's own spelling of a tactic, made from its short name."""
    words = shortname.replace("_", "-").split("-")
    return " ".join(word if word in ("and", "of") else word[:1].upper() + word[1:] for word in words)


def tactic_order(shortname: str) -> tuple[int, str]:
    """Where a tactic stands in the matrix; one that ATT&CK did not have comes last, by name."""
    return (TACTICS.index(shortname) if shortname in TACTICS else len(TACTICS), shortname)


def kind_name(kind: str) -> str:
    """The heading over things of a kind."""
    return _KINDS.get(kind, kind[:1].upper() + kind[1:])


def kind_order(kind: str) -> tuple[int, str]:
    """Kinds in the order of the page; an unknown one comes last, by name."""
    kinds = tuple(_KINDS)
    return (kinds.index(kind) if kind in kinds else len(kinds), kind)


def answer_name(row: HypothesisRow) -> str:
    """An actor's name; for the actor that nobody has listed, the one word for it."""
    return UNLISTED if row.id == UNLISTED else row.name


def anchor(prefix: str, identifier: str) -> str:
    """An id for a place in the page: the identifier itself where it is plain, else its hash."""
    plain = re.fullmatch(r"[A-Za-z0-9._-]{1,80}", identifier) is not None
    if plain and prefix == "obs" and identifier.startswith("obs-"):
        return identifier
    return f"{prefix}-{identifier}" if plain else f"{prefix}-{_hash(identifier)}"


def _hash(identifier: str) -> str:
    """20 hex digits; an identifier may hold what cannot be encoded, such as half a surrogate pair."""
    return hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:20]
