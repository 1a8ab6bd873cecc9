"""Where things lie on a machine: paths of files, and keys of the registry of Windows.

Names in them may hold spaces, and nothing in a sentence says where such a name ends. Up to a backslash that
follows the spaces belong to it; in the last name they do only where quotation marks close right after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from weigh.evidence.hosts import Sighting, file_endings, trimmed, unix_roots
from weigh.records import Span

# A component may hold single spaces ("Program Files") where a backslash follows it, three and more where all
# words are capitalised ("Image File Execution Options"). The look-behinds stand after a literal, which lets
# the search skip to it.
_PART = r"[^\s\\/:*?\"<>|,;“”‘’]"
_SPACED = rf"(?:(?: {_PART}++){{0,2}}(?=\\)|(?: [A-Z\d(&]{_PART}*+){{3,7}}(?=\\))"
_BACKSLASHED = rf"(?:\\{{1,2}}{_PART}++{_SPACED}){{0,30}}\\{{1,2}}{_PART}{{0,120}}"
_DRIVE = re.compile(rf":(?<=[A-Za-z]:)(?<![\w\\][A-Za-z]:){_BACKSLASHED}")
_FORWARD = re.compile(
    rf":/(?<=[A-Za-z]:/)(?<![\w\\/.%-][A-Za-z]:/){_PART}{{2,120}}(?:/{_PART}{{1,120}}){{0,30}}/?"
)
_LOCAL = re.compile(r"file:///([^\s\"'<>`]{2,2000})")
_PAGE = re.compile(r"\.x?html?$", re.IGNORECASE)
_MAKER = "context: where a file lay on the machine of who made the document"
_VARIABLE = re.compile(
    rf"[%$](?:(?<=%)(?<!\w%)[A-Za-z_()\d]{{2,30}}%|(?<=\$)[Ee]nv:\w{{2,30}}){_BACKSLASHED}"
)
_SHARE = re.compile(rf"\\\\(?<![\w\\]\\\\)[\w.$-]{{1,63}}(?!\\\\){_BACKSLASHED}")
_UNIX = re.compile(r"/(?<![\w./:\\)\]}>-]/)[\w.+@%-]{1,80}(?:/[\w.+@%-]{1,120}){0,30}/?")
_ROOT = r"HK(?:LM|CU|CR|U|CC|EY_[A-Z_]{5,20})"
_REGISTRY = re.compile(
    r"[HRr](?:(?<=H)K(?<![\w\\]HK)(?:LM|CU|CR|U|CC|EY_[A-Z_]{5,20}):?|(?<=[Rr])(?i:egistry\\(?:machine|user)))"
    rf"{_BACKSLASHED}"
)
_CLOSING = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»", "„": "“"}
_QUOTED = re.compile(r"[^/:*?\"<>|,;“”‘’«»`'\n]{1,200}")
_OPTION = re.compile(r" --?\w")
_INNER_END = re.compile(rf"\.(\w{{1,5}})(?=[ '`)\]])| (?={_ROOT}:?\\)")
_BACKSLASHES = re.compile(r"\\{2,}")
_MOST_WORDS = 4
"""A quotation with more words after the last backslash is a sentence that begins with a path."""


def paths(text: str) -> Iterator[Sighting]:
    """Windows paths under a drive, a share or an environment variable; Unix paths under a root or a home."""
    if "\\" in text:
        for start, end in _spans(_DRIVE, text, 1):
            yield from _path(text, start, end)
        for pattern in (_VARIABLE, _SHARE):
            for start, end in _spans(pattern, text):
                yield from _path(text, start, end)
    for match in _FORWARD.finditer(text):
        yield from _path(text, match.start() - 1, match.end(), slash="\\")
    for match in _LOCAL.finditer(text):
        yield from _local(text, match)
    for match in _UNIX.finditer(text):
        root, *rest = match.group()[1:].split("/")
        home = text[match.start() - 1 : match.start()] == "~"
        if home or (root.lower() in unix_roots() and len(rest) > 0):
            yield from _path(text, match.start() - home, match.end())


def _local(text: str, match: re.Match[str]) -> Iterator[Sighting]:
    """The path in a local address; a page that opens a line is what a browser printed it from."""
    slash = "\\" if match[1][1:2] == ":" else "/"
    line = text.rfind("\n", 0, match.start()) + 1
    printed = text[line : match.start()].strip() == "" and _PAGE.search(match[1]) is not None
    for sighting in _path(text, match.start(1), match.end(), slash=slash):
        yield replace(sighting, reason=_MAKER) if printed else sighting


def registry_keys(text: str) -> Iterator[Sighting]:
    """Registry keys and values under a root key, written out or short; `value` has the short root."""
    for start, stop in _spans(_REGISTRY, text):
        end = trimmed(text, start, stop)
        raw = _BACKSLASHES.sub(r"\\", text[start:end].replace(":", ""))
        root, _, rest = raw.partition("\\")
        yield Sighting(Span(start, end), "registry", f"{_ROOTS.get(root.upper(), root.upper())}\\{rest}")


_ROOTS = {
    "HKEY_LOCAL_MACHINE": "HKLM",
    "HKEY_CURRENT_USER": "HKCU",
    "HKEY_CLASSES_ROOT": "HKCR",
    "HKEY_USERS": "HKU",
    "HKEY_CURRENT_CONFIG": "HKCC",
}


def _spans(pattern: re.Pattern[str], text: str, before: int = 0) -> Iterator[tuple[int, int]]:
    """Where each path stands that begins `before` characters before a match, the next one after its end."""
    match = pattern.search(text)
    while match is not None:
        start = match.start() - before
        end = _ended(text, start, _quoted(text, start, match.end()))
        yield start, end
        match = pattern.search(text, max(end, match.start() + 1))


def _quoted(text: str, start: int, end: int) -> int:
    """Where a path ends that stands alone between quotation marks, with the spaces of its last name."""
    closing = _CLOSING.get(text[start - 1 : start])
    rest = None if closing is None else _QUOTED.match(text, end)
    if rest is None or text[rest.end() : rest.end() + 1] not in (closing, ",", ";"):
        return end
    last = rest.group().rpartition("\\")[2]
    is_long = last.count(" ") > _MOST_WORDS and "." not in last
    if is_long or _OPTION.search(rest.group()) is not None:
        return end
    return end + len(rest.group().rstrip())


def _ended(text: str, start: int, end: int) -> int:
    """Where a path ends that was taken too far: after a file's ending and a space, before another root."""
    for match in _INNER_END.finditer(text, start, end):
        if match[1] is None:
            return text.index(" ", text.rfind("\\", start, match.start()), match.start() + 1)
        if match[1].lower() in file_endings():
            return match.end()
    return end


def _path(text: str, start: int, end: int, *, slash: str = "/") -> Iterator[Sighting]:
    """A path as a sighting; `slash` is what its slashes are written as in the value."""
    end = trimmed(text, start, end)
    raw = text[start:end].replace("/", slash)
    if len(raw) > 3:
        yield Sighting(Span(start, end), "path", raw if raw.startswith("\\\\") else raw.replace("\\\\", "\\"))
