"""STIX patterns: the values that a pattern looks for, read off its comparisons.

Enough of the pattern grammar (STIX 2.1, section 9) for evidence: object path, operator, literal.
What a pattern excludes (`!=`, `NOT`) or only orders (`<`, `>`) is no find. One pass over the lexemes,
so that the worst pattern costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from weigh.readers.limits import require_within

LEXEME = re.compile(r"'(?:[^'\\]|\\.)*+'?|[=<>!]++|[(),]|[^\s'(),=<>!]++", re.DOTALL)
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
INDEX = re.compile(r"\[[^\[\]]*\]")
FINDING = frozenset({"=", "IN", "LIKE", "MATCHES", "ISSUBSET", "ISSUPERSET"})
PLAIN = frozenset({"value", "name", "key"})
# Characters of an object path that are kept: every value that it is compared with goes through them.
LONGEST_PATH = 1_000
# Of one pattern.
MOST_VALUES = 100_000


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
            self._goes_on(lexeme)
        elif ":" in lexeme:
            self.path, self.negated, self.finding = lexeme[:LONGEST_PATH].lstrip("["), False, False
        elif lexeme == "NOT":
            self.negated = True
        elif lexeme in FINDING:
            self.finding = not self.negated

    def finds(self, lexeme: str) -> bool:
        """Whether a literal is a find; one inside of a path (`file:hashes.'SHA-256'`) is part of it."""
        if self.path.endswith(".") and not self.finding:
            self._goes_on(lexeme.strip("'"))
            return False
        found = self.finding
        self.finding = found and self.in_set
        return found

    def _goes_on(self, step: str) -> None:
        self.path += step[: LONGEST_PATH - len(self.path)]


def comparisons(pattern: str) -> Iterator[Comparison]:
    """The values that the pattern looks for, in order: `[domain-name:value = 'x.example']` gives one.

    Raises `LimitError` beyond `MOST_VALUES`.
    """
    reading = _Reading()
    number = 0
    for lexeme in (match.group() for match in LEXEME.finditer(pattern)):
        if not lexeme.startswith("'") and not lexeme.rstrip("]").isdigit():
            reading.passes(lexeme)
        elif reading.finds(lexeme):
            number += 1
            require_within(number, MOST_VALUES, "values in one pattern")
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
