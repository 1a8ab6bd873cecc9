"""Whether a STIX pattern is one, and where it stops being one: the grammar of STIX 2.1, section 9.

A comparison (`a:b = 'c'`) and a qualifier (`WITHIN 9 SECONDS`) nest nothing and are one lexeme each. What
is left are operands and operators within brackets and parentheses, which four states and two depths
tell apart in one pass. Comments are not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# Atomic groups, (?>...): before Python 3.11.5 a possessive group that fails midway matches wrongly.
_STRING = r"'(?>(?:[^'\\]|\\['\\])*)'"
_TIME = r"t?'[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]++)?Z'"
_INTEGER = r"(?:0|[1-9][0-9]*+)(?![\w.])"
_NUMBER = rf"[+-]?(?:[0-9]*+\.[0-9]++(?![\w.])|{_INTEGER})"
_ORDERED = rf"(?:{_STRING}|{_TIME}|{_NUMBER}|h'(?>(?:[0-9a-fA-F]{{2}})*)'|b'[A-Za-z0-9+/]*+={{0,2}}')"
_LITERAL = rf"(?:{_ORDERED}|(?:true|false)\b)"
_SET = rf"\(\s*+(?:{_LITERAL}\s*+(?>(?:,\s*+{_LITERAL}\s*+)*))?\)"
_STEP = rf"(?:[A-Za-z_][A-Za-z0-9_]*+|{_STRING})"
_PATH = (
    rf"[A-Za-z_][A-Za-z0-9_-]*+\s*+:\s*+{_STEP}(?>(?:\s*+\.\s*+{_STEP}|\s*+\[\s*+(?:{_INTEGER}|\*)\s*+\])*)"
)
_TEST = (
    rf"EXISTS\s++{_PATH}|{_PATH}\s*+(?:\bNOT\b\s*+)?(?:(?:==?|!=|<>)\s*+{_LITERAL}|[<>]=?\s*+{_ORDERED}"
    rf"|\bIN\s*+{_SET}|\b(?:LIKE|MATCHES|ISSUBSET|ISSUPERSET)\s*+{_STRING})"
)
_QUALIFIER = (
    rf"START\s*+{_TIME}\s*+STOP\s*+{_TIME}|WITHIN\s++\+?{_NUMBER}\s*+SECONDS\b"
    rf"|REPEATS\s++{_INTEGER}\s*+TIMES\b"
)
_LEXEME = re.compile(
    rf"\s*+(?:(?P<test>{_TEST})|(?P<qualifier>{_QUALIFIER})|(?P<either>(?:AND|OR)\b)"
    rf"|(?P<follows>FOLLOWEDBY\b)|(?P<sign>[\[\]()]))"
)

_WITHIN = frozenset({"test", "after test"})
# What may come next, where, and where that leads. An observation stands in brackets and holds tests.
_NEXT: Mapping[tuple[str, str], str] = {
    ("observation", "("): "observation",
    ("observation", "["): "test",
    ("test", "("): "test",
    ("test", "test"): "after test",
    ("after test", "either"): "test",
    ("after test", ")"): "after test",
    ("after test", "]"): "after observation",
    ("after observation", "qualifier"): "after observation",
    ("after observation", "either"): "observation",
    ("after observation", "follows"): "observation",
    ("after observation", ")"): "after observation",
}


def stops(pattern: str) -> int | None:
    """Where the pattern stops being one, as an offset into it; None for a pattern from end to end.

    Time is linear in the pattern.
    """
    state, at = "observation", 0
    open_within, open_around = 0, 0
    while (lexeme := _LEXEME.match(pattern, at)) is not None:
        kind = lexeme.group("sign") or str(lexeme.lastgroup)
        within = state in _WITHIN
        following = _NEXT.get((state, kind))
        depth = (open_within if within else open_around) + (kind == "(") - (kind == ")")
        if following is None or depth < 0 or (kind == "]" and open_within > 0):
            return at
        open_within, open_around = (depth, open_around) if within else (open_within, depth)
        state, at = following, lexeme.end()
    whole = state == "after observation" and open_around == 0 and pattern[at:].strip() == ""
    return None if whole else at
