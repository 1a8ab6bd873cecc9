"""The lines of a PDF's pages -> the paragraphs that they were set from.

A PDF knows no words, only where characters stand. What is undone here: hyphens at line ends,
sentences cut into lines, ids and hashes cut in two, and the header and footer of every page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from itertools import chain, islice, pairwise

from weigh.readers.encoding import tidy

# pdfium puts one of these for a hyphen at a line end, and leaves the line end out.
LINE_HYPHENS = frozenset("\ufffe\x02")
HYPHEN_AT_END = re.compile("(?<![^\\s\ufffe\x02])([^\\s\ufffe\x02]*+)[\ufffe\x02]([^\\s\ufffe\x02]*+)")
# A word that two lines share is of plain letters; anything else (an address, an id) keeps its hyphen.
FIRST_HALF = re.compile(r"[\W_]*([^\W\d_]+)")
SECOND_HALF = re.compile(r"([^\W\d_]+)[\W_]*")
WORD = re.compile(r"[^\W\d_]+(?>(?:-[^\W\d_]+)*)")
HALF_ID = re.compile(r"\b(T\d{4})(\.)?[ \t]*\n[ \t]*(\.)?(\d{3})\b")
HALF_HASH = re.compile(r"\b([0-9A-Fa-f]{8,127})[ \t]*\n[ \t]*([0-9A-Fa-f]{4,120})\b")
HASH_LENGTHS = frozenset({32, 40, 56, 64, 96, 128})
BULLET = re.compile(r"\s*(?:[•◦▪●○□■‣⁃\ue000-\uf8ff*–—-]|o\s|\(?(?:\d{1,2}|[a-zA-Z])[.)]\s)")
SYMBOL_BULLET = re.compile("^\\s*[\ue000-\uf8ff](?=\\s)", re.MULTILINE)
HYPHENATED = re.compile(r"\w-\Z")
ENDS_SENTENCE = re.compile(r"[.!?:;]['\"”’)\]]*\Z")
# A line this much of the usual width of its page is taken to have been broken for lack of room.
FULL = 0.8
NARROW = 40
# A suffix is shorter than this; a second half this long is taken for a word.
LONG_HALF = 5
# Lines at the top and the bottom of a page in which a header or a footer is looked for.
EDGE = 5
# On how many pages, and on what share of them, a line has to stand to be one.
LEAST_PAGES = 3
REPEATED = 0.4
NUMBER = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,]\d|\d)")
MOST_NUMBERS = 8


def paragraphs(pages: Sequence[str]) -> tuple[list[str], int]:
    """The pages' text as paragraphs, and how many characters of repeated headers are left out."""
    vocabulary = _vocabulary(pages)
    kept, dropped = without_furniture(pages)
    width = usual_width(kept)
    return [rejoined(page, vocabulary, width) for page in kept], dropped


def _vocabulary(pages: Iterable[str]) -> frozenset[str]:
    """The words that no line end divides, in lower case, those with a hyphen whole and in parts."""
    undivided = (" ".join(token for token in page.split() if not LINE_HYPHENS & set(token)) for page in pages)
    words = {word.lower() for page in undivided for word in WORD.findall(page)}
    return frozenset(words | {part for word in words if "-" in word for part in word.split("-")})


def without_furniture(pages: Sequence[str]) -> tuple[list[str], int]:
    """The pages without lines that many of them repeat at their edge, and the characters left out.

    Each such line stays where it stands first. A page number may go up from page to page; a list of
    addresses, which are all numbers, is no such line.
    """
    lines = [page.split("\n") for page in pages]
    shapes = Counter(
        chain.from_iterable(
            set().union(*(_shapes(page[at], index) for at in _edge(page))) for index, page in enumerate(lines)
        )
    )
    least = max(LEAST_PAGES, REPEATED * len(pages))
    repeated = {shape for shape, number in shapes.items() if number >= least}
    seen: set[str] = set()
    kept: list[str] = []
    dropped = 0
    for index, page in enumerate(lines):
        at_edge = {at: _shapes(page[at], index) & repeated for at in _edge(page)}
        gone = {at for at, found in at_edge.items() if not found.isdisjoint(seen)}
        seen = seen.union(*at_edge.values())
        kept.append("\n".join(line for at, line in enumerate(page) if at not in gone))
        dropped += sum(len(page[at]) for at in gone)
    return kept, dropped


def _edge(page: Sequence[str]) -> Iterable[int]:
    """Where the lines at the top and at the bottom of a page are."""
    return (at for at in range(len(page)) if at < EDGE or at >= len(page) - EDGE)


def _shapes(line: str, index: int) -> set[str]:
    """The line itself, and the line with each of its numbers told as its distance from the page's."""
    words = " ".join(line.split())
    if len(words) == 0:
        return set()
    numbers = list(islice(NUMBER.finditer(words), MOST_NUMBERS))
    return {words} | {
        f"{words[: number.start()]}\0{int(number.group()) - index}\0{words[number.end() :]}"
        for number in numbers
    }


def usual_width(pages: Iterable[str]) -> int:
    """The length that nine in ten of the document's lines do not exceed."""
    lengths = sorted(len(line) for page in pages for line in page.split("\n") if line.strip() != "")
    return lengths[-(-9 * (len(lengths) - 1) // 10)] if len(lengths) > 0 else 0


def rejoined(page: str, vocabulary: Set[str], width: int) -> str:
    """The page with whole words, ids and hashes, each sentence on one line, and nothing unprintable."""
    bullets = SYMBOL_BULLET.sub("•", _without_line_hyphens(page, vocabulary))
    ids = HALF_ID.sub(_whole_id, bullets)
    return tidy(_unwrapped(HALF_HASH.sub(_whole_hash, ids), width))


def _without_line_hyphens(page: str, vocabulary: Set[str]) -> str:
    """The page without line ends inside of words; a word over three lines takes two rounds."""
    found = 1
    while found > 0:
        page, found = HYPHEN_AT_END.subn(lambda match: _joined(match[1], match[2], vocabulary), page)
    return page


def _joined(before: str, after: str, vocabulary: Set[str]) -> str:
    """Both halves of what a line end divides, without the hyphen where it was only the line's.

    The document decides: the whole word or the hyphenated one stands elsewhere in it, or the first
    half is a word of its own (`internet-facing`) and not the beginning of one (`infor-mation`).
    """
    first, second = FIRST_HALF.fullmatch(before), SECOND_HALF.fullmatch(after)
    with_hyphen = f"{before}-{after}"
    if first is None or second is None or not after[0].islower():
        return with_hyphen
    one, two = first[1].lower(), second[1].lower()
    if one + two in vocabulary:
        return before + after
    own_word = one in vocabulary and (two in vocabulary or len(two) >= LONG_HALF)
    return with_hyphen if f"{one}-{two}" in vocabulary or own_word else before + after


def _whole_id(match: re.Match[str]) -> str:
    """`T1566.` and `001` of two lines are one id; `T1566` and `001` without a full stop are two things."""
    if match[2] is None and match[3] is None:
        return match[0]
    return f"{match[1]}.{match[4]}"


def _whole_hash(match: re.Match[str]) -> str:
    """Two lines of hexadecimal digits are one hash when only together they have a hash's length."""
    first, second = match.groups()
    apart = {len(first), len(second)} & HASH_LENGTHS
    together = len(first) + len(second)
    return first + second if together in HASH_LENGTHS and len(apart) == 0 else match[0]


def _unwrapped(page: str, width: int) -> str:
    """Lines that go on in the next one, joined with a blank, or with nothing after a hyphen."""
    lines = [line.rstrip() for line in page.split("\n")]
    parts = lines[:1]
    for line, following in pairwise(lines):
        if not _goes_on(line, following, width):
            parts.append("\n" + following)
        elif HYPHENATED.search(line) is not None:
            parts.append(following.lstrip())
        else:
            parts.append(" " + following.lstrip())
    return "".join(parts).strip("\n")


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether a line was broken for lack of room, in the middle of a sentence."""
    if following.strip() == "" or BULLET.match(following) is not None:
        return False
    full = width >= NARROW and len(line) >= FULL * width
    ended = ENDS_SENTENCE.search(line) is not None and not following.lstrip()[:1].islower()
    return full and not ended
