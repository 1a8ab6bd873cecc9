"""Hosts and what is built on them: addresses, domains, URLs and e-mail addresses, live or defanged.

Every pattern runs in time linear in the text: runs of labels are matched whole and without giving
characters back, and what such a run is (a domain, an address, a file, a detection name) is decided
by looking at it, not by trying patterns in turn.
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from weigh.evidence.defanging import AT_MARK, COLON_SLASHES, DEFANGED_DOT, DOT, SCHEME, all_of, refang
from weigh.evidence.reserved import address_reason, name_reason
from weigh.evidence.suffixes import registrable
from weigh.records import Span


@dataclass(frozen=True, slots=True)
class Sighting:
    """An indicator as it stands in a text.

    `subtype` is its sort, `value` its canonical live form, `defanged` whether the author made it
    harmless, `reason` why it says nothing about the culprit (a documentation address), or empty; `host` is
    where the host of a URL stands, and None for everything else.
    """

    span: Span
    subtype: str
    value: str
    defanged: bool = False
    reason: str = ""
    host: Span | None = None


# Letters of alphabets that write hosts with spaces around them: a Chinese sentence does not.
_LABEL = r"[A-Za-z0-9_\-\u00c0-\u024f\u0370-\u052f\u0590-\u06ff]"
_DOTTED = rf"{DOT}{_LABEL}++"
_RUN = re.compile(rf"(?<!{_LABEL}){_LABEL}++{all_of(_DOTTED, 1)}")
_DEFANGED_DOT = re.compile(DEFANGED_DOT)
# Where a dot may stand, live or defanged; from there the run that it is in is looked for. One set of
# characters comes first, so that the search skips to them.
_ANCHOR = re.compile(
    r"[.\\．。\[({<（【［｛〔「『〈](?:(?<=\.)(?=[\w\-\]])|(?<=\\)(?=\.)|(?<=[．。])(?=[A-Za-z\d])"
    r"|(?<=[\[({<（【［｛〔「『〈])(?=[ \t\u00a0]?[.．。dD]))"
)
_LONGEST_LABEL = 255
_URL = re.compile(
    rf"{SCHEME}{COLON_SLASHES}"
    rf"(?:[\w.%+-]{{1,64}}:?[\w.%+-]{{0,64}}@)?"
    rf"(?P<host>\[[\da-fA-F:.]{{2,45}}\]|{_LABEL}++{all_of(_DOTTED)})"
    rf"(?P<port>(?:\[:\]|:)\d{{1,5}}(?!\d))?"
    rf"(?P<rest>[/?#\\](?:[^\s\"'<>`…，。）」』|,;]|[,;](?!h[tx]{{2}}ps?:)|'(?=\w)){{0,2000}})?"
)
_SCHEME_BEFORE = re.compile(rf"(?:(?<![A-Za-z\d]){SCHEME}|h[tx]{{2}}ps?)(?:\[:|\(:\)|\[:\]|:\[?)\Z")
_PATH = re.compile(r"(?:(?:\[:\]|:)\d{1,5}(?=/))?/(?:[^\s\"'<>`…，。）」』|,;]){1,2000}")
_AT = re.compile(rf"{AT_MARK}(?=\w)")
_LOCAL = re.compile(r"(?<![\w.+-])[\w+-]++" + all_of(r"\.[\w+-]++") + r"\Z")
_IPV6 = re.compile(
    r"(?<![\w:.])(?=[\dA-Fa-f]{0,4}:)[\dA-Fa-f:]{6,39}(?:\.\d{1,3}){0,3}(?:/\d{1,3})?(?![\w:])"
)
_DEAD_IPV6 = re.compile(
    r"(?<![\w:.\]])[\dA-Fa-f]{0,4}(?:(?:\[:\]|:)[\dA-Fa-f]{0,4}){2,8}(?:/\d{1,3})?(?![\w:]|\[:)"
)
_PACKAGES = frozenset({"com", "org", "net"})
"""How the name of a package of Java or of an app begins, which is a host's the other way round."""
_NO_HOST = "no public host has this name"
_TWO_COLONS = re.compile(r":(?<=[\dA-Fa-f:]:)[\dA-Fa-f]{0,4}:")
_DEAD_COLON, _LONGEST_DEAD = "[:]", 60
_TRAILING = ".,;:!?*_'\"”’…–—\\"
_GLUED = re.compile(r"(?<=[A-Za-z\d])(?:h[tx]{2}ps?)(?=[:\[(]{1,2}/?/?)")
_ROUND = re.compile(r"[()]")
_NOTE = re.compile(r"\[\d{1,3}\]\Z")
_BRACKETS = ((")", "("), ("]", "["), ("}", "{"))
_PAGE = re.compile(r"(?:(?:\[:\]|:)\d{1,5})?/(?=[A-Za-z])(?:[^\s\"'<>`…，。）」』|,;]){1,2000}")
_CIDR = re.compile(r"/(?:3[0-2]|[12]?\d)(?![\d./])")
_FOUR = re.compile(rf"\d{{1,3}}(?:{DOT}\d{{1,3}}){{3}}")
_RANGE = re.compile(rf"{_FOUR.pattern}-(?:{_FOUR.pattern}|\d{{1,3}})")
_ONION = re.compile(r"(?:.*\.)?(?:[a-z2-7]{16}|[a-z2-7]{56})\.onion", re.IGNORECASE)
_LEAST_LABELS = 3
_VERSIONED = re.compile(
    r"(?:\bv|version|ver\.?|release|build|firmware|update|rv:|[A-Za-z]/|®|™)\s?$", re.IGNORECASE
)


def urls(text: str) -> Iterator[Sighting]:
    """URLs with a scheme, up to the white space, quote or bracket that ends them."""
    slashes = text.find("//")
    while slashes >= 0:
        scheme = _SCHEME_BEFORE.search(text, max(0, slashes - 12), slashes)
        match = None if scheme is None else _URL.match(text, scheme.start())
        sighting = None if match is None else _url(text, match)
        if sighting is not None:
            yield sighting
        slashes = text.find("//", slashes + 2 if sighting is None else sighting.span.end)


def _url(text: str, match: re.Match[str]) -> Sighting:
    end = max(_url_end(text, *match.span()), match.end("host"))
    raw = text[match.start() : end]
    live = refang(raw)
    reason = _host_reason(refang(match["host"]))
    if live != raw and reason == _NO_HOST:
        reason = ""
    host = Span(*match.span("host"))
    return Sighting(Span(match.start(), end), "url", _canonical_url(live), live != raw, reason, host)


def _url_end(text: str, start: int, end: int) -> int:
    """Where an address ends: before a bracket that it does not open, before another address that was set
    against it without a space, before the number of a note."""
    glued = _GLUED.search(text, start + 8, end)
    end = end if glued is None else glued.start()
    closing = _unopened(text, start, end)
    note = _NOTE.search(text, start, trimmed(text, start, closing))
    return trimmed(text, start, closing if note is None else note.start())


def _unopened(text: str, start: int, end: int) -> int:
    """The first round bracket that closes nothing, `end` where there is none."""
    depth = 0
    for match in _ROUND.finditer(text, start, end):
        depth += 1 if match.group() == "(" else -1
        if depth < 0:
            return match.start()
    return end


def runs(text: str) -> Iterator[Sighting]:
    """Dotted runs: IPv4 addresses, domains, file names and addresses without a scheme."""
    end = 0
    for anchor in _ANCHOR.finditer(text):
        match = _run_around(text, anchor.start()) if anchor.start() >= end else None
        if match is None or match.start() < end:
            continue
        end = match.end()
        is_number = match.group()[0].isdigit()
        if is_number and "-" in match.group() and _RANGE.fullmatch(text, *match.span()) is not None:
            yield from _bounds(text, *match.span())
            continue
        sighting = _ipv4(text, match) if is_number else None
        if sighting is None:
            sighting = _named(text, match)
        if sighting is not None:
            end = sighting.span.end
            yield sighting


def _bounds(text: str, start: int, end: int) -> Iterator[Sighting]:
    """The first and the last address of a range."""
    for match in _FOUR.finditer(text, start, end):
        sighting = _ipv4(text, match)
        if sighting is not None:
            yield sighting


def _run_around(text: str, dot: int) -> re.Match[str] | None:
    """The run of labels whose first dot, or its first bracket, stands at `dot`."""
    label_end = dot - 1 if text[dot - 1 : dot].isspace() else dot
    if label_end <= 0 or not (text[label_end - 1].isalnum() or text[label_end - 1] in "_-"):
        return None
    letters, low = _letters(), max(0, label_end - _LONGEST_LABEL)
    start = label_end
    while start > low and text[start - 1] in letters:
        start -= 1
    return None if start == label_end else _RUN.match(text, start)


@cache
def _letters() -> frozenset[str]:
    """The characters of a label: walking back over them one by one is faster than a search for its start."""
    return frozenset(re.findall(_LABEL, "".join(map(chr, range(0x700)))))


def emails(text: str) -> Iterator[Sighting]:
    """E-mail addresses whose host could exist."""
    for at in _AT.finditer(text):
        host = _RUN.match(text, at.end())
        end = at.start() - (len(at.group()) > 1 and text[at.start() - 1 : at.start()] == " ")
        local = _LOCAL.search(text, max(0, end - 64), end)
        if host is None or local is None:
            continue
        span = Span(local.start(), host.end())
        name = refang(host.group()).lower()
        if _exists(name):
            value = f"{local.group().lower()}@{name}"
            yield Sighting(span, "email", value, refang(span.of(text)) != span.of(text), name_reason(name))


def ipv6(text: str) -> Iterator[Sighting]:
    """IPv6 addresses, live or with colons in brackets; times, MAC addresses and names of C++ classes are
    not."""
    end = 0
    for colons in _TWO_COLONS.finditer(text):
        match = _IPV6.search(text, max(end, colons.start() - 4), colons.end() + 40)
        if match is not None and colons.start() >= end:
            end = match.end()
            yield from _ipv6(match)
    colon = text.find(_DEAD_COLON)
    while colon >= 0:
        match = _around(text, colon)
        if match is not None:
            yield from _ipv6(match)
        colon = text.find(_DEAD_COLON, max(colon + 1, 0 if match is None else match.end()))


def _around(text: str, colon: int) -> re.Match[str] | None:
    """The groups of digits around a colon in brackets."""
    match = _DEAD_IPV6.search(text, max(0, colon - _LONGEST_DEAD), colon + _LONGEST_DEAD)
    while match is not None and match.end() <= colon:
        match = _DEAD_IPV6.search(text, match.end(), colon + _LONGEST_DEAD)
    return match if match is not None and match.start() <= colon else None


def _ipv6(match: re.Match[str]) -> Iterator[Sighting]:
    raw = match.group()
    live = raw.replace(_DEAD_COLON, ":")
    if live.count(":") < 2 or not any(character.isdigit() for character in live):
        return
    try:
        network = ipaddress.IPv6Network(live, strict=False)
        address = ipaddress.IPv6Address(live.partition("/")[0])
    except ValueError:
        return
    value = str(address) if "/" not in live else str(network)
    yield Sighting(Span(*match.span()), "ipv6", value, raw != live, address_reason(address))


def _ipv4(text: str, match: re.Match[str]) -> Sighting | None:
    raw, (start, end) = match.group(), match.span()
    value = refang(raw)
    try:
        address = ipaddress.IPv4Address(value)
    except ValueError:
        return None
    defanged = value != raw
    if not defanged and _is_version(text, start, end):
        return None
    cidr = _CIDR.match(text, end)
    if cidr is not None:
        value, end = value + cidr.group(), cidr.end()
    page = _PAGE.match(text, end) if cidr is None else None
    if page is not None:
        stop = _url_end(text, start, page.end())
        value, host = refang(text[start:stop]), Span(start, end)
        return Sighting(Span(start, stop), "url", value, defanged, address_reason(address), host)
    return Sighting(Span(start, end), "ipv4", value, defanged, address_reason(address))


def _is_version(text: str, start: int, end: int) -> bool:
    """Whether four numbers are a version ("version 1.2.3.4", "Chrome/81.0.4044.138") or head a section."""
    if _VERSIONED.search(text, max(0, start - 12), start) is not None:
        return True
    heads_line = start == 0 or text[start - 1] == "\n"
    small = all(int(part) < 30 for part in text[start:end].split("."))
    return heads_line and small and text[end : end + 1] == " " and text[end + 1 : end + 2].isalpha()


def _named(text: str, match: re.Match[str]) -> Sighting | None:
    """A domain, a file name, or neither."""
    raw, (start, end) = match.group(), match.span()
    defanged = _DEFANGED_DOT.search(raw) is not None
    name = refang(raw)
    ending = name.rpartition(".")[2].lower()
    certain = defanged or name.lower().startswith("www.")
    if not certain and _is_detection(name):
        return None
    if ending in file_endings() and not (certain and _exists(name)):
        return Sighting(Span(start, end), "file", name, defanged)
    if not _exists(name) or (not defanged and not _reads_as_host(text, name, start, end)):
        return None
    path = _PATH.match(text, end)
    if path is not None:
        stop = _url_end(text, start, path.end())
        value = name.lower() + refang(text[start:stop])[len(name) :]
        return Sighting(Span(start, stop), "url", value, defanged, name_reason(name), Span(start, end))
    return Sighting(Span(start, end), "domain", name.lower(), defanged, name_reason(name))


def _is_detection(name: str) -> bool:
    """Whether a dotted run is what a scanner calls a threat, whose last part counts the variants."""
    *labels, _ = name.split(".")
    return (
        len(labels) + 1 >= _LEAST_LABELS
        and all(label[:1].isupper() for label in labels)
        and not _detection_words().isdisjoint(label.lower() for label in labels)
    )


def _reads_as_host(text: str, name: str, start: int, end: int) -> bool:
    """Whether a live dotted run is meant as a host: no detection name, class, call or joined sentences."""
    labels = name.split(".")
    if not labels[-1].islower() or not name.isascii() or "_" in name:
        return False
    if labels[0] in _code_words() or (len(labels) >= _LEAST_LABELS and labels[0] in _PACKAGES):
        return False
    if any(label.lower() in _detection_words() for label in labels[:-1]) and len(labels[-1]) < 4:
        return False
    if sum(label != label.lower() for label in labels) > 1:
        return False
    return text[start - 1 : start] not in {"\\", "!", "$", "%", "#"} and text[end : end + 1] not in {
        "!",
        "(",
        "\\",
        "=",
        "$",
    }


def _canonical_url(live: str) -> str:
    """Scheme and host in lower case; what follows the host keeps its case, which servers may tell apart."""
    scheme, _, rest = live.partition("://")
    end = next((at for at, character in enumerate(rest) if character in "/?#\\"), len(rest))
    user, at, host = rest[:end].rpartition("@")
    return f"{scheme.lower()}://{user}{at}{host.lower()}{rest[end:]}"


def trimmed(text: str, start: int, end: int) -> int:
    """The end of an address or a path without its sentence's punctuation and brackets opened before it."""
    surplus = {
        close: text.count(close, start, end) - text.count(open_, start, end) for close, open_ in _BRACKETS
    }
    while end > start and (text[end - 1] in _TRAILING or surplus.get(text[end - 1], 0) > 0):
        end -= 1
        if text[end] in surplus:
            surplus[text[end]] -= 1
    return end


def _host_reason(host: str) -> str:
    try:
        return address_reason(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return name_reason(host) if _exists(host) else _NO_HOST


def _exists(name: str) -> bool:
    """Whether a host could have this name, on the Internet or in documentation."""
    if name.lower().endswith(".onion"):
        return _ONION.fullmatch(name) is not None
    return registrable(name) != "" or (name_reason(name) != "" and not name.startswith("."))


@cache
def _table() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("weigh.evidence").joinpath("indicators.toml").read_text(encoding="utf-8"))
    return {key: frozenset(words.split()) for key, words in table.items()}


def file_endings() -> frozenset[str]:
    """Endings by which a dotted name is a file's."""
    return _table()["file_endings"]


def unix_roots() -> frozenset[str]:
    """First components of absolute Unix paths, in lower case."""
    return _table()["unix_roots"]


def open_hosts() -> frozenset[str]:
    """Hosts where anybody may put a page, beyond those that a published list has."""
    return _table()["open_hosts"]


def _code_words() -> frozenset[str]:
    return _table()["code_words"]


def _detection_words() -> frozenset[str]:
    return _table()["detection_words"]
