"""What ATT&CK itself says of whose a group is, as claims with the words they stand on.

"A suspected Corvanian group", "attributed to Corvane's Office of Security": a description ties its group to
a state in what it says the group is, or by words of attribution. Whom the group targets, which language it
speaks and what is said of others is no claim of this kind, and neither is a denial. The words are kept
with the claim, for "based in" and "sponsored by" are two things and so are "suspected" and "is".

The words are data (`attribution.toml`), states are those of ISO 3166-1 with the adjectives of
`evidence/states.toml`; nobody has a line of their own. Our own patterns.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files

from weigh.claims.listed import state_name
from weigh.compiling.galaxy import country_of
from weigh.evidence.countries import country_names, states
from weigh.knowledge.catalogue import SponsorClaim

SAID_BY = "MITRE ATT&CK"
_LONGEST = 120
"""Characters of the words that are kept: enough to see who is meant and how surely it is said."""
_MOST_READ = 4_000
"""Characters of a description that are read, the first ones: twice the longest of ATT&CK, and a bound."""
_GAP = 6
"""Words that may stand between words of attribution and the state."""
_GROUP = "\x01"
"""Stands for the group's name and for "the group" while a sentence is looked at."""
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)?")
_CITATION = re.compile(r"\s*\(Citation:[^)]*(?:\)|$)")
_BETWEEN_SENTENCES = re.compile(r"(?<=[a-z0-9)\"'][.!?])\s+(?=[A-Z\"\x01])")
_ENDED = re.compile(r"[.!?)\"']\s*\Z")
_LAST_WORD = re.compile(r"\S*\Z")
_CLAUSE_END = re.compile(r"(?:[,;]|(?<![A-Z])\.)(?= |$)")
_LEAD = re.compile(r"(?:[^\s,;.]+ ){0,6}\Z")
"""So many words before words of attribution are kept: "researchers believe that it may be"."""
_AND = re.compile(r" (?:and|or) ")
_PLAIN = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2212": "-"}
)


def own_claims(description: str, name: str, others: Iterable[str] = ()) -> tuple[SponsorClaim, ...]:
    """The states that a description ties the group to, each once, in the order of the text.

    `name` is the group's headline, `others` its other names. The embedded package cuts descriptions: a last
    word without an end of its sentence is left out.
    """
    found: dict[str, SponsorClaim] = {}
    for number, sentence in enumerate(_sentences(description[:_MOST_READ], (name, *others))):
        for code, words in (
            *_said_to_be(sentence, opening=number == 0),
            *_tied(sentence, opening=number == 0),
        ):
            sponsor = country_of(state_name(code))
            found.setdefault(sponsor, SponsorClaim(sponsor, SAID_BY, words=words.replace(_GROUP, name)))
    return tuple(found.values())


def _sentences(description: str, names: Sequence[str]) -> list[str]:
    """The sentences in one spelling, without links and citations, a sign for whatever names the group."""
    plain = _CITATION.sub("", _LINK.sub(r"\1", description)).translate(_PLAIN)
    plain = " ".join(plain.split())
    if _ENDED.search(plain) is None:
        plain = _LAST_WORD.sub("", plain)
    known = sorted((name.translate(_PLAIN) for name in names), key=lambda name: (-len(name), name))
    own = "|".join(re.escape(name) for name in known if name != "")
    plain = re.sub(rf"(?<![\w-])(?:{own}|(?i:{_any('group')}))(?![\w-])", _GROUP, plain)
    return _BETWEEN_SENTENCES.split(plain)


def _said_to_be(sentence: str, *, opening: bool) -> Iterator[tuple[str, str]]:
    """The states in what a sentence says the group is, each with the words."""
    for match in _pattern("is", before=rf"{_GROUP}(?: group)?,? ").finditer(sentence):
        end = _pattern("ends", punctuation="[.,;:]").search(sentence, match.end())
        stop = len(sentence) if end is None else end.start()
        for state in _states().finditer(sentence, match.end(), stop):
            start = match.end() if opening else _before(sentence, match.start())
            yield _code(state), _kept(sentence, start)


def _tied(sentence: str, *, opening: bool) -> Iterator[tuple[str, str]]:
    """The states that words of attribution tie the group to, each with the words.

    Outside the `opening` sentence, whose subject is the group, these must follow upon a name of it.
    """
    for match in _overlapping(_ties(), sentence):
        before = sentence[: match.start()]
        if _pattern("done_to").search(before) is not None or _denied().search(before) is not None:
            continue
        if not opening and (_GROUP not in match.group() + before or _others().search(before) is not None):
            continue
        state = _states().match(sentence, match.end())
        while state is not None:
            yield _code(state), _kept(sentence, _before(sentence, match.start()))
            joined = _AND.match(sentence, state.end())
            state = None if joined is None else _states().match(sentence, joined.end())


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """All matches, those within another, too."""
    match = pattern.search(text)
    while match is not None:
        yield match
        match = pattern.search(text, match.start() + 1)


def _before(sentence: str, place: int) -> int:
    """Where the words begin that say how surely: a few before this place, in the same clause."""
    return place - len(_LEAD.findall(sentence[:place])[0])


def _kept(sentence: str, start: int) -> str:
    """The words from here to the end of their clause."""
    words = _CLAUSE_END.split(sentence[start:].strip(), maxsplit=1)[0]
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} ..."


@cache
def _table() -> dict[str, list[str]]:
    text = files("weigh.compiling").joinpath("attribution.toml").read_text(encoding="utf-8")
    table: dict[str, list[str]] = tomllib.loads(text)
    return table


def _any(row: str) -> str:
    """A row of the table as one alternative."""
    return "(?:" + "|".join(_table()[row]).replace("{group}", _GROUP) + ")"


@cache
def _pattern(row: str, *, before: str = "", punctuation: str = r"(?!)") -> re.Pattern[str]:
    """Any entry of a row as whole words, or a punctuation mark."""
    return re.compile(rf"(?i){before}(?<![\w-]){_any(row)}(?![\w-])|{punctuation}")


@cache
def _ties() -> re.Pattern[str]:
    """Words of attribution, with those that may stand between them and a state, and the space after."""
    return re.compile(rf"(?i)(?<![\w-]){_any('ties')}(?: {_any('between')}(?![\w-])){{0,{_GAP}}} ")


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{_any('denied')}(?: [\w'-]+){{0,3}} \Z")


@cache
def _others() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{_any('others')} \Z")


@cache
def _states() -> re.Pattern[str]:
    """Any state's name or adjective that speaks of the state; names are written as they are."""
    names = "|".join(re.escape(name) for name in sorted(_codes(), key=lambda name: (-len(name), name)))
    after = "".join(f"(?<!{word} )" for word in _table()["not_after"])
    return re.compile(rf"(?<![\w-]){after}({names})(?!\w)(?![ -](?i:{_any('not_of_state')})(?!\w))")


@cache
def _codes() -> dict[str, str]:
    """How a state is written -> its two-letter code."""
    written = {name.translate(_PLAIN): code for name, code in country_names().values()}
    written |= {state_name(code): code for code in states()}
    return written | {adjective: code for code, row in states().items() for adjective in row.get("of", ())}


def _code(state: re.Match[str]) -> str:
    return _codes()[state.group(1)]
