"""The ways in which people make an address harmless to click, and back.

A report writes `hxxps://evil[.]example[.]com` so that nobody follows it by accident. Recognising the
notation is also evidence of its own: an author who defangs an address says that it is dangerous.
"""

from __future__ import annotations

import re

_OPEN, _CLOSE, _GAP = r"[\[({<（【［｛〔「『〈]", r"[\])}>）】］｝〕」』〉]", r"[ \t\u00a0]?"


def all_of(group: str, least: int = 0) -> str:
    """A pattern of a group as often as it stands, at least `least` (0 or 1) times, without a way back.

    What `(?:group)*+` means, which before Python 3.11.5 matches wrongly where the group fails midway. It is
    taken in hundreds, so that what is remembered of a long run stays small.
    """
    return rf"(?>(?:(?>(?:{group}){{1,100}})){'+' if least > 0 else '*'})"


DEFANGED_DOT = (
    rf"(?:{_GAP}{_OPEN}{_GAP}(?:[.．。]|(?i:dot)){_GAP}{_CLOSE}{_GAP}|\[\.|\.\]|\\\."
    r"|(?<=[A-Za-z\d])[．。](?=[A-Za-z\d]))"
)
"""What stands for the dot between two labels of a name in a defanged address."""
DOT = rf"(?:{DEFANGED_DOT}|\.)"
AT_MARK = rf"[@{_OPEN[1:-1]}](?:(?<=@)|(?<={_OPEN}){_GAP}(?:@|(?i:at)){_GAP}{_CLOSE}{_GAP})"
"""What stands for the at sign, without a space before it and one set of characters first, so that a search
can skip to it."""
AT = rf"(?:@|{_GAP}{AT_MARK})"
SCHEME = r"(?i:h[tx*]{2}ps?|meows?|s?f[tx]ps?|wss?|tcp|udp|ldaps?|smb|ssh|telnet|rtmp)"
COLON_SLASHES = r"(?:\[:\]//|\[://\]|\(:\)//|:\[//\]|://)"

_DOTS = re.compile(DEFANGED_DOT)
_COLONS = re.compile(r"(?<=\w)\[:\](?=\d)")
_ATS = re.compile(AT)
_SCHEMES = re.compile(rf"(?<!\w)({SCHEME})(?:{COLON_SLASHES})")
_LIVE = re.compile(r"[A-Za-z\d._-]*", re.ASCII)
"""Most runs of labels: nothing in them stands for anything else."""
_REAL = {"meow": "http", "meows": "https", "fxp": "ftp", "fxps": "ftps", "sfxp": "sftp"}


def refang(text: str) -> str:
    """The address as a machine needs it: live dots, at signs and scheme. What is live stays as it is."""
    if _LIVE.fullmatch(text) is not None:
        return text
    return _SCHEMES.sub(_live_scheme, _COLONS.sub(":", _ATS.sub("@", _DOTS.sub(".", text))))


def defang(address: str) -> str:
    """The same address, safe to print: `hxxps://evil[.]example`, `root[@]evil[.]example`."""
    scheme, slashes, rest = address.rpartition("://") if "://" in address[:12] else ("", "", address)
    scheme = re.sub(r"(?i)^(h)tt(ps?)$", r"\1xx\2", scheme)
    return scheme + slashes + re.sub(r"[.@]", lambda match: f"[{match.group()}]", rest)


def is_defanged(text: str) -> bool:
    """Whether any part of an address is written so that it does not work."""
    return refang(text) != text


def _live_scheme(match: re.Match[str]) -> str:
    scheme = match.group(1).lower()
    return _REAL.get(scheme, re.sub(r"^h..p", "http", scheme)) + "://"
