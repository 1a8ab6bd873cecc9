"""Which words of names people write every day, from counts of ordinary text: a risk that is known beforehand.

"Anchor", "Maze" and "Empire" are malware, a tool and words; "Mimikatz" is nothing else. The counts are those
of the package `pyspellchecker`, of which only the data files are read. Of its English list the words that it
saw are everyday words; those that it only has, and those of other languages, are words.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from weigh.compiling.installed import file_bytes, package_folder
from weigh.compiling.listings import ListingSource
from weigh.errors import KnowledgeError
from weigh.evidence.folding import fold
from weigh.knowledge.catalogue import Catalogue, Listed, Listing

_PACKAGE, _DISTRIBUTION = "spellchecker", "pyspellchecker"
_EVERYDAY = "en.json.gz"
_WORD = re.compile(r"[^\W\d_]+")


def read_vocabulary(catalogue: Catalogue) -> ListingSource:
    """The words of the names of a catalogue's software and actors that are words of a language too.

    Raises `KnowledgeError` when the package is not there or not what it should be.
    """
    folder = package_folder(_PACKAGE, _DISTRIBUTION) / "resources"
    wanted = frozenset(_words(catalogue))
    digest = hashlib.sha256()
    everyday: set[str] = set()
    words: set[str] = set()
    lists = sorted({folder / _EVERYDAY, *folder.glob("*.json.gz")})
    for path in lists:
        raw = file_bytes(path)
        digest.update(raw)
        counts = _counts(raw, path)
        known = wanted & counts.keys()
        words |= known
        if path.name == _EVERYDAY:
            unseen = min(counts.values(), default=0)
            everyday = {word for word in known if counts[word] > unseen}
    said_by = f"the installed package {_DISTRIBUTION}"
    return ListingSource(
        f"words of {len(lists)} languages in {said_by}",
        digest.hexdigest(),
        (
            Listing(Listed.EVERYDAY, said_by, " ".join(sorted(everyday))),
            Listing(Listed.WORDS, said_by, " ".join(sorted(words))),
        ),
    )


def _counts(raw: bytes, path: Path) -> dict[str, int]:
    """How often each word was seen; what a list has and did not see stands with its smallest count."""
    try:
        return msgspec.json.decode(gzip.decompress(raw), type=dict[str, int])
    except (OSError, EOFError, ValueError, RecursionError) as error:
        raise KnowledgeError(f"not a list of words with counts: {error}", place=str(path)) from error


def _words(catalogue: Catalogue) -> Iterator[str]:
    """The words of all names, folded, and each name's letters without what stands between them."""
    for name in _names(catalogue):
        words = _WORD.findall(fold(name))
        yield from words
        yield "".join(words)


def _names(catalogue: Catalogue) -> Iterable[str]:
    for software in catalogue.software:
        yield from (software.name, *(alias.name for alias in software.aliases))
    for actor in catalogue.actors:
        yield from (actor.name, *(alias.name for alias in actor.aliases))
