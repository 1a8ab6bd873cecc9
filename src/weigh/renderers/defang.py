"""Network names in a text, written so that nobody follows one by accident.

Whatever a program could turn into a link is changed, known to the case or not: it is better to put
brackets into a version number than to hand somebody a live address. What is already defanged stays.
"""

from __future__ import annotations

import re

from weigh.evidence.defanging import all_of
from weigh.evidence.hosts import file_endings
from weigh.evidence.suffixes import registrable

_SCHEME = re.compile(r"(?i)(?<![a-z\d])(h)tt(ps?)(?=:/)")
_FTP = re.compile(r"(?i)(?<![a-z\d])(s?f)t(ps?)(?=:/)")
_HOST = re.compile(r"(?<=://)[^\s/?#\\\"'<>]+")
_EMAIL = re.compile(r"(?<=[\w%+-])@(?=[\w\[-])")
_RUN = re.compile(r"[\w-]++" + all_of(r"\.[\w-]++", 1))
_LIVE_DOT = re.compile(r"(?<!\[)\.(?!\])")

RESERVED = frozenset({"example", "invalid", "local", "test"})
"""Top-level domains of RFC 2606 and 6762: they lead nowhere, and examples of defanging use them."""


def defang(text: str) -> str:
    """The text with its addresses as `hxxps://evil[.]example`, `root[@]evil[.]example`, `192[.]0[.]2[.]1`.

    File names, version-like ATT&CK ids (T1566.001) and abbreviations stay. Linear in the text, and a
    second time changes nothing.
    """
    text = _FTP.sub(r"\1x\2", _SCHEME.sub(r"\1xx\2", text))
    text = _HOST.sub(lambda host: _LIVE_DOT.sub("[.]", host[0]), text)
    return _RUN.sub(_run, _EMAIL.sub("[@]", text))


def _run(found: re.Match[str]) -> str:
    """A run of labels with dots between them, its dots in brackets where it is an address or a host."""
    labels = found[0].split(".")
    return "[.]".join(labels) if _is_address(labels) or _is_host(labels) else found[0]


def _is_address(labels: list[str]) -> bool:
    return len(labels) == 4 and all(label.isdecimal() and len(label) <= 3 for label in labels)


def _is_host(labels: list[str]) -> bool:
    """Whether a dotted run reads as the name of a host: not a file, a class or two joined sentences."""
    ending = labels[-1].lower()
    if labels[0].lower() == "www":
        return True
    if ending in file_endings() or sum(label != label.lower() for label in labels) > 1:
        return False
    return ending in RESERVED or (labels[-1].islower() and registrable(".".join(labels)) != "")
