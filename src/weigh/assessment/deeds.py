"""Which deed a claim speaks of, told by the names that several documents give to what was hit.

"The exploitation of Microsoft Exchange servers" and "the attack via Microsoft Exchange" are one deed. What
was hit has a name where it stands after a word such as "of", "on" or "into", is capitalised, is neither a
party nor made of ordinary words alone, and stands in the claims of several documents. Everything else is
the deed without a name. Our own, and coarse on purpose: two deeds on one victim are one.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from weigh.evidence.countries import country_names, states
from weigh.evidence.folding import fold
from weigh.evidence.ordinary import ordinary_words
from weigh.records import Claim

UNNAMED = ""
"""The deed of claims that name none which others name."""
SHARE = 0.25
"""Part of the documents that blame one party which must name what was hit, and never fewer than two."""
_LEAST = 2
_LONGEST = 3
_HALF = 0.5
_WORD = re.compile(r"[^\W_][\w-]*")
_OBJECT = re.compile(
    r"\b(?<!\bmember )(?<!\bmembers )(?<!\bpart )(?<!\bbehalf )"
    r"(?:of|on|onto|against|via|into|in|through|targeting|exploiting|hacking|breaching|compromising)\s"
    r"(?:(?:the|its|their|a|an)\s)?((?:[A-Z][\w-]*)(?:\s[A-Z][\w-]*){0,4})"
)
_CALENDAR = frozenset(name.lower() for name in (*month_name, *day_name) if name != "")

_BODIES = frozenset(("ministry", "department", "agency", "directorate", "bureau", "office", "service"))


def deeds(claims: Sequence[Claim]) -> dict[str, str]:
    """Claim id -> the name of its deed, `UNNAMED` where it has none that other documents share.

    A claim that holds the first part of a name alone ("Microsoft" of "Microsoft Exchange") may mean another
    thing of the same maker; the last part ("Exchange") means it.

    `claims` are those that blame one party. What names a deed depends on the documents, never on their order.
    """
    texts = {claim.id: " ".join(claim.original.split()) for claim in claims}
    held = _holders(claims, texts)
    need = max(_LEAST, ceil(SHARE * len({claim.document for claim in claims})))
    shared = {name: found for name, found in held.items() if _documents(found) >= need}
    told: dict[str, str] = {}
    for names in _families(shared):
        unique = {claim.id: claim for name in names for claim in shared[name]}
        label = _label(names, [texts[one] for one in sorted(unique)])
        telling = [_pattern(name) for name in names if not fold(label).startswith(f"{name} ")]
        for identifier in unique:
            if any(pattern.search(texts[identifier]) is not None for pattern in telling):
                told.setdefault(identifier, label)
    return {claim.id: told.get(claim.id, UNNAMED) for claim in claims}


def _documents(claims: Iterable[Claim]) -> int:
    return len({claim.document for claim in claims})


def _families(shared: Mapping[str, Sequence[Claim]]) -> list[list[str]]:
    """Names that hold one another ("microsoft", "microsoft exchange") together; those most told first."""
    order = sorted(shared, key=lambda name: (-_documents(shared[name]), -len(name), name))
    families: list[list[str]] = []
    for name in order:
        family = next((each for each in families if any(_within(name, other) for other in each)), None)
        if family is None:
            families.append([name])
        else:
            family.append(name)
    return families


def _within(one: str, other: str) -> bool:
    """Whether one name holds the other, word for word."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def _label(names: Iterable[str], texts: Sequence[str]) -> str:
    """The longest of the names that half of the texts hold, in its commonest spelling."""
    written = {name: [m for text in texts for m in _pattern(name).findall(text)] for name in names}
    fitting = [name for name, found in written.items() if len(found) >= _HALF * len(texts)]
    name = max(fitting or list(written), key=lambda each: (len(each), each))
    counts = Counter(written[name])
    return str(max(counts, key=lambda each: (counts[each], sum(map(str.isupper, each)), each)))


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


def _holders(claims: Sequence[Claim], texts: Mapping[str, str]) -> dict[str, list[Claim]]:
    """Every name of something hit, folded, with the claims whose words hold it."""
    parties = _party_words(claims)
    names = {name for claim in claims for name in _names(claim.original, parties)}
    found: dict[str, list[Claim]] = {}
    for name in names:
        pattern = _pattern(name)
        found[name] = [claim for claim in claims if pattern.search(texts[claim.id]) is not None]
    return found


def _names(text: str, parties: frozenset[str]) -> Iterable[str]:
    """Runs of capitalised words after a word that points at an object, without the parties at their ends."""
    for match in _OBJECT.finditer(" ".join(text.split())):
        words = [fold(word) for word in _WORD.findall(match.group(1))]
        while len(words) > 0 and words[0] in parties:
            words.pop(0)
        while len(words) > 0 and words[-1] in parties:
            words.pop()
        for length in range(1, min(len(words), _LONGEST) + 1):
            if not all(_is_plain(word) for word in words[:length]):
                yield " ".join(words[:length])


def _is_plain(word: str) -> bool:
    """Whether a word, or every part of a compound, is ordinary, a day or month, or a sort of body."""
    return all(part in ordinary_words() or part in _CALENDAR | _BODIES for part in re.split(r"[-_]", word))


def _party_words(claims: Sequence[Claim]) -> frozenset[str]:
    """Every word of a party's name: of those in the claims, and of all states."""
    names = [name for name, _ in country_names().values()]
    names += [word for row in states().values() for word in (*row.get("of", ()), *row.get("seats", ()))]
    for claim in claims:
        for party in (*claim.speakers, *claim.accused, *claim.reported_by, *claim.disputes):
            names += [party.name, party.words, *party.key.split("/")]
    return frozenset(fold(word) for name in names for word in _WORD.findall(name))
