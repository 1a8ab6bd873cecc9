"""STIX patterns: the values that a pattern looks for, read off its comparisons.

Enough of the pattern grammar (STIX 2.1, section 9) for evidence: object path, operator, literal.
What a pattern excludes (`!=`, `NOT`) or only orders (`<`, `>`) is no find. One pass over the lexemes,
so that the worst pattern costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LEXEME = re.compile(r"'(?:[^'\\]|\\.)*+'?|[=<>!]++|[(),]|[^\s'(),=<>!]++", re.DOTALL)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
INDEX = re.compile(r"\[[^\[\]]*\]")
FINDING = frozenset({"=", "IN", "LIKE", "MATCHES", "ISSUBSET", "ISSUPERSET"})
PLAIN = frozenset({"value", "name", "key"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """`label` is the object's type, with its member's name where that says more; `value` is unescaped."""

    label: str
    value: str


@dataclass(slots=True)
class _Reading:
    """Where in a pattern the reader is: the path last seen, and whether a literal would be a find."""

    path: str = ""
    negated: bool = False
    finding: bool = False
    in_set: bool = False

    def passes(self, lexeme: str) -> None:
        """Take anything but a literal."""
        if lexeme == "(":
            self.in_set = self.finding
        elif lexeme == ")":
            self.finding = self.in_set = False
        elif lexeme.startswith(".") and not self.finding:
            self.path += lexeme
        elif ":" in lexeme:
            self.path, self.negated, self.finding = lexeme.lstrip("["), False, False
        elif lexeme == "NOT":
            self.negated = True
        elif lexeme in FINDING:
            self.finding = not self.negated

    def finds(self, lexeme: str) -> bool:
        """Whether a literal is a find; one inside of a path (`file:hashes.'SHA-256'`) is part of it."""
        if self.path.endswith(".") and not self.finding:
            self.path += lexeme.strip("'")
            return False
        found = self.finding
        self.finding = found and self.in_set
        return found


def comparisons(pattern: str) -> Iterator[Comparison]:
    """The values that the pattern looks for, in order: `[domain-name:value = 'x.example']` gives one."""
    reading = _Reading()
    for lexeme in LEXEME.findall(pattern):
        if not lexeme.startswith("'") and not lexeme.rstrip("]").isdigit():
            reading.passes(lexeme)
        elif reading.finds(lexeme):
            yield Comparison(_label(reading.path), _literal(lexeme))


def _literal(lexeme: str) -> str:
    if lexeme.startswith("'"):
        return ESCAPE.sub(r"\1", lexeme.removeprefix("'").removesuffix("'"))
    return lexeme.rstrip("]")


def _label(path: str) -> str:
    """`domain-name` for its plain value, else the object and the last step: `file SHA-256`."""
    object_type, _, member = path.partition(":")
    last = INDEX.sub("", member).rsplit(".", 1)[-1]
    return object_type if last in PLAIN else f"{object_type} {last}"
