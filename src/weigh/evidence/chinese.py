"""Chinese in its two scripts, made one: every traditional character as the simplified one, place by place."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC

_IDEOGRAPHS = range(0x4E00, 0xA000)


def simplified(text: str) -> str:
    """A text of the same length with simplified characters, so that offsets in one hold in the other."""
    return text.translate(_table())


@cache
def _table() -> dict[int, str]:
    converted = OpenCC("t2s").convert("\n".join(map(chr, _IDEOGRAPHS))).split("\n")
    pairs = zip(_IDEOGRAPHS, converted, strict=True)
    return {code: simple for code, simple in pairs if len(simple) == 1 and simple != chr(code)}
