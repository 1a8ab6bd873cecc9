"""What a structured file says about itself: when, by whom, and who may see it.

A statement that the file makes twice in different words is not taken; the person who gives the file
may say it. Of several markings the strictest holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile

from weigh.readers.encoding import tidy
from weigh.records import Source

# TLP 2.0, from the freest to the strictest (FIRST, Traffic Light Protocol 2.0, 2022).
TLP_LABELS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
TLP_WORDS = re.compile(
    r'\s*tlp\s*[:=\-_ ]\s*"?(white|clear|green|amber(?:\+strict)?|red)"?\s*', re.IGNORECASE
)
DAY = re.compile(r"^\s*(\d{4})-(\d{2})-(\d{2})(?![\d-])")


def tlp_label(words: str) -> str:
    """The TLP 2.0 label that `TLP:AMBER` or `tlp:white` means; empty for anything else."""
    match = TLP_WORDS.fullmatch(words)
    if match is None:
        return ""
    label = match.group(1).upper()
    return "CLEAR" if label == "WHITE" else label


def strictest(labels: Iterable[str]) -> str:
    """The strictest of the labels; empty for none."""
    return max((label for label in labels if label in TLP_LABELS), key=TLP_LABELS.index, default="")


def day(stamp: str) -> str:
    """`2021-07-19` from an ISO 8601 date or time stamp; empty when it is none."""
    match = DAY.match(stamp)
    if match is None:
        return ""
    year, month, date = match.groups()
    possible = 1 <= int(month) <= 12 and 1 <= int(date) <= 31
    return f"{year}-{month}-{date}" if possible else ""


def common_date(stamps: Iterable[str]) -> str:
    """The day, month or year that all the stamps share; empty when they share none."""
    days = sorted({day(stamp) for stamp in stamps} - {""})
    if len(days) == 0:
        return ""
    first, last = days[0].split("-"), days[-1].split("-")
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=True))
    return "-".join(part for part, _ in shared)


def only_source(names: Iterable[str]) -> Source | None:
    """The source, when exactly one name is given; nobody has judged its reliability yet."""
    distinct = {" ".join(tidy(name).split()) for name in names} - {""}
    return Source(distinct.pop()) if len(distinct) == 1 else None
