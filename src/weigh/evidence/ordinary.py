"""Which words are ordinary words, measured: how a name such as "Page" or "will" is known for a risk.

A name is one thing, a word that everybody writes in lower case another. `tally` counts, over texts
that are not about the named things, how often a word is written in lower case; the table
`ordinary_words.txt` is its result over public advisories, statements and incident descriptions, and
anyone can make another from other texts with the same function.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from weigh.evidence.folding import fold

SHARE = 0.2
"""A word is ordinary when at least this share of its sightings is in lower case: a name that somebody
once forgot to capitalise is still a name."""

# Words only, never parts of paths, hosts, commands or compounds with digits.
_WORD = re.compile(r"(?<![\w./\\@:%$'-])[^\W\d_]+(?![\w/\\@]|[.:'-][\w\\])")


def tally(texts: Iterable[str], *, least: int = 1) -> dict[str, int]:
    """Ordinary words and how often each was seen in lower case, in alphabetical order.

    `least` is the number of sightings under which a word proves nothing.
    """
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        for word in _WORD.findall(text):
            if word.islower():
                lower[word] += 1
            else:
                capital[fold(word)] += 1
    return {
        word: count
        for word, count in sorted(lower.items())
        if count >= least and count >= SHARE * (count + capital[word])
    }


@cache
def ordinary_words() -> frozenset[str]:
    """The words of the table that ships, folded."""
    table = files("weigh.evidence").joinpath("ordinary_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in table.splitlines() if len(line) > 0 and not line.startswith("#"))


def is_ordinary(phrase: str) -> bool:
    """Whether every word of the phrase is an ordinary word ("Page", "Magic Hound", "Local Account")."""
    words = re.findall(r"[^\W_]+", fold(phrase))
    return len(words) > 0 and all(word in ordinary_words() for word in words)
