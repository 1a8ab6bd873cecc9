"""What an intrusion leaves on machines by its form alone: digests, mutexes; wallets; network numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from weigh.evidence.hosts import Sighting, trimmed
from weigh.evidence.reserved import network_reason
from weigh.evidence.wallets import currency, is_costly
from weigh.records import Span

_HASH = re.compile(r"[0-9A-Fa-f](?<![\w-].)[0-9A-Fa-f]{31,127}(?![\w-])")
_HASH_SORTS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
_LONG = (64, 128)
_LEAST_PART = 12
_LINE_AFTER = re.compile(r"[ \t]*\n[ \t]*([0-9A-Fa-f]{12,96})(?![\w-])")
_LINE_BEFORE = re.compile(r"(?<![\w-])([0-9A-Fa-f]{12,31})[ \t]*\n[ \t]*\Z")
_SORT_NAMED = re.compile(r"(?:sha|md)[ _-]?(5(?!\d)|1(?!\d)|256|512)")
_SIZES = {"5": 32, "1": 40, "256": 64, "512": 128}
_FAR_BEFORE = 300
_OTHER_DIGEST = re.compile(
    r"\b(imp(?:ort)?[ _-]?hash|rich(?:[ _-]?pe|[ _-]header)?[ _-]?(?:hash|md5)|pe[ _-]?hash|ja[34]s?h?|hassh"
    r"|telfhash|icon[ _-]?(?:hash|md5|dhash)|dhash|vhash|favicon)\b\W{0,6}(?:(?:is|of|value)\b\W{0,6})?\Z",
    re.IGNORECASE,
)
"""Digests by which files and connections are likened: many share one."""
_OTHER_WORDS = ("hash", "ja3", "ja4", "hassh", "rich", "icon")
_LONGEST_OTHER = 40
_WORDS_BEFORE = 40
_OF_NOTHING = {
    "d41d8cd98f00b204e9800998ecf8427e",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
}

_OPENING, _ENDING = r"[\"'`“‘]", r"[\"'`”’]"
_QUOTED = rf"{_OPENING}(?P<quoted>[^\"'`“”‘’\n]{{3,120}}){_ENDING}"
_MUTEX = re.compile(
    r"[Mm](?<!\w[Mm])(?:utex|UTEX)(?P<several>es|ES)?\b(?: object)?"
    r"(?: (?:named|called|names?|is|are|with the name|of)){0,2}\s?(?P<told>[:=]?)\s?"
    rf"(?:{_QUOTED}|(?P<bare>[^\s\"'`“”‘’,;()<>|]{{3,120}}))"
)
_NEXT_QUOTED = re.compile(rf"(?:\s?[,;]\s?|\s)(?:(?:and|or)\s)?{_QUOTED}")
_MUTEX_CALL = re.compile(rf"Mutex(?<=[en]Mutex)(?:Ex)?[AW]?\((?:[^\"'`“‘\n()]{{0,60}}){_QUOTED}")
_MUTEX_SPACE = re.compile(r"Global\\(?<![\w\\]Global\\)(?P<name>[\w{}.!-]{4,120})")
_MADE_UP = re.compile(r"\d|[_{}\\!@#$%&*~]|[a-z][A-Z]")
"""What a name has that was made for a program and no word of a sentence has."""
_BASE58 = "[1-9A-HJ-NP-Za-km-z]"
_WALLETS = (
    re.compile(rf"[13LMDA9T48](?=\w{{25}})(?<!\w.)(?:{_BASE58}{{94}}|{_BASE58}{{25,34}})(?!\w)"),
    re.compile(r"bc1(?<!\wbc1)[02-9ac-hj-np-z]{11,87}(?!\w)"),
    re.compile(r"BC1(?<!\wBC1)[02-9AC-HJ-NP-Z]{11,87}(?!\w)"),
    re.compile(r"ltc1(?<!\wltc1)[02-9ac-hj-np-z]{11,87}(?!\w)"),
    re.compile(r"0x(?<!\w0x)[0-9A-Fa-f]{40}(?!\w)"),
)
_MOST_MISSES = 1_000
_NETWORK = re.compile(
    r"AS(?<![\w-]AS)(?:N?[ \-]?(?P<number>\d{4,10})|N[ \-:#]{0,3}(?P<labelled>\d{1,10}))(?![\w-]|\.\d)"
)
_NAMED_NETWORK = re.compile(
    r"utonomous (?<=[Aa]utonomous )(?<!\w[Aa]utonomous )[Ss]ystems?(?: [Nn]umbers?)?(?: \(ASN?\))?[ :#]{1,3}"
    r"(?P<number>\d{1,10})(?![\w-]|\.\d)"
)


def hashes(text: str) -> Iterator[Sighting]:
    """MD5, SHA-1, SHA-256 and SHA-512 digests, by their length in hexadecimal digits; a long one may be
    broken over two lines."""
    end = 0
    for match in _HASH.finditer(text):
        if match.start() < end:
            continue
        start, end = _whole(text, max(end, match.start() - _WORDS_BEFORE), *match.span())
        digest = "".join(text[start:end].split()).lower()
        sort = _HASH_SORTS.get(len(digest))
        if sort is None or len(set(digest)) < 3:
            continue
        nothing = "the digest of no bytes at all" if digest in _OF_NOTHING else ""
        yield Sighting(
            Span(start, end), sort, digest, False, nothing or _other_digest(text, start, len(digest))
        )


def _whole(text: str, least: int, start: int, end: int) -> tuple[int, int]:
    """A digest with the part of it on the line after or before, where only the two together have its length.

    Two that each have the length of a digest are one where the words before speak of nothing but the longer.
    """
    length = next((long for long in _LONG if long > end - start), end - start)
    missing = length - (end - start)
    after = _LINE_AFTER.match(text, end) if missing > 0 and text[end : end + 1].isspace() else None
    if after is not None and len(after[1]) == missing:
        alone = missing in _HASH_SORTS and end - start in _HASH_SORTS
        return (start, after.end(1)) if not alone or _names_only(text, start, length) else (start, end)
    if _LEAST_PART <= missing < min(_HASH_SORTS) and "\n" in text[max(0, start - 4) : start]:
        before = _LINE_BEFORE.search(text, least, start)
        return (start if before is None or len(before[1]) != missing else before.start(1), end)
    return start, end


def _names_only(text: str, start: int, length: int) -> bool:
    """Whether the digests that are named shortly before a place all have this length."""
    before = text[max(0, start - _FAR_BEFORE) : start].lower()
    if str(4 * length) not in before:
        return False
    return {_SIZES[sort] for sort in _SORT_NAMED.findall(before)} == {length}


def _other_digest(text: str, start: int, length: int) -> str:
    """Why a digest is of no file's bytes, where the words before it say of what it is."""
    before = text[max(0, start - _WORDS_BEFORE) : start].lower()
    if length > _LONGEST_OTHER or not any(word in before for word in _OTHER_WORDS):
        return ""
    told = _OTHER_DIGEST.search(text, max(0, start - _WORDS_BEFORE), start)
    return "" if told is None else f"a digest of something else than a file: {told[1].lower()}"


def mutexes(text: str) -> Iterator[Sighting]:
    """Names of mutexes where the text calls them so, where code makes one, and those of all sessions."""
    for match in _MUTEX.finditer(text):
        if match["quoted"] is None:
            yield from _mutex(text, match.start("bare"), match.end("bare"))
            continue
        named: re.Match[str] | None = match
        while named is not None:
            yield _quoted(named)
            named = _NEXT_QUOTED.match(text, named.end()) if match["several"] is not None else None
    for match in _MUTEX_CALL.finditer(text):
        yield _quoted(match)
    for match in _MUTEX_SPACE.finditer(text):
        yield from _mutex(text, match.start(), match.end())


def _quoted(match: re.Match[str]) -> Sighting:
    return Sighting(Span(*match.span("quoted")), "mutex", match["quoted"])


def _mutex(text: str, start: int, end: int) -> Iterator[Sighting]:
    """A name without quotation marks, which is one only where it cannot be a word of the sentence."""
    name = Span(start, trimmed(text, start, end))
    if _MADE_UP.search(name.of(text)) is not None and name.of(text).count("Mutex") == 0:
        yield Sighting(name, "mutex", name.of(text))


def wallets(text: str) -> Iterator[Sighting]:
    """Cryptocurrency addresses with a right checksum.

    After `_MOST_MISSES` words whose checksum costs much and is wrong no more of those are tried: such a
    text is made to cost time.
    """
    misses = 0
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _WALLETS):
        word = match.group()
        if misses >= _MOST_MISSES and is_costly(word):
            continue
        sort = currency(word)
        if sort != "":
            small = word.lower() if word[:2] in {"BC", "0x"} else word
            yield Sighting(Span(*match.span()), sort, small)
        else:
            misses += is_costly(word)


def networks(text: str) -> Iterator[Sighting]:
    """Numbers of autonomous systems; "AS400" and "AS2" are other things, so short ones need "ASN"."""
    for match in _NETWORK.finditer(text):
        yield from _network(int(match["number"] or match["labelled"]), Span(*match.span()))
    for match in _NAMED_NETWORK.finditer(text):
        yield from _network(int(match["number"]), Span(match.start() - 1, match.end()))


def _network(number: int, span: Span) -> Iterator[Sighting]:
    if 0 < number < 2**32:
        yield Sighting(span, "asn", f"AS{number}", False, network_reason(number))
