"""Counts and page numbers in words, for notices that a person reads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 object`, `1,204 objects`; `plural` where adding an s is wrong."""
    if number == 1:
        return f"1 {noun}"
    return f"{number:,} {plural if len(plural) > 0 else noun + 's'}"


def was(number: int) -> str:
    """The verb that fits the count."""
    return "was" if number == 1 else "were"


def numbered_pages(pages: Sequence[int]) -> str:
    """Rising page numbers as a person would say them: `page 3`, `pages 1, 4 to 6 and 9`."""
    runs = [_run(first, last) for first, last in _runs(pages)]
    noun = "page" if len(pages) == 1 else "pages"
    if len(runs) == 1:
        return f"{noun} {runs[0]}"
    return f"{noun} {', '.join(runs[:-1])} and {runs[-1]}"


def _runs(pages: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers grouped: `[1, 4, 5, 6]` gives `[(1, 1), (4, 6)]`."""
    breaks = [index + 1 for index, (one, two) in enumerate(pairwise(pages)) if two != one + 1]
    starts = [0, *breaks]
    ends = [*breaks, len(pages)]
    return [(pages[start], pages[end - 1]) for start, end in zip(starts, ends, strict=True)]


def _run(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} to {last}"
