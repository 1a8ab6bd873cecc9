"""The errors of Weigh: each names what it concerns, where, and what to do about it.

A reader or a command raises one of these, or collects them as records and goes on. Nothing else is
allowed to reach a user: a traceback is a defect.
"""

from __future__ import annotations


class WeighError(Exception):
    """What went wrong (`problem`), where (`place`: a file, a line, a JSON pointer), and the `remedy`.

    `exit_code` is what the command line ends with: 2 wrong use, 3 not found or nothing readable,
    4 knowledge missing or damaged.
    """

    exit_code = 3

    def __init__(self, problem: str, *, place: str = "", remedy: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.place = place
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.place}: " if len(self.place) > 0 else ""
        remedy = f" ({self.remedy})" if len(self.remedy) > 0 else ""
        return f"{place}{self.problem}{remedy}"


class ReadingError(WeighError):
    """A document that could not be read, or a part of one."""


class LimitError(ReadingError):
    """A document that asks for more time, memory, nesting or expansion than a document may."""


class CaseError(WeighError):
    """A case file that is missing, damaged, of a newer format, or asked for something it does not hold."""


class KnowledgeError(WeighError):
    """Knowledge that is missing, damaged, or not what the command needs."""

    exit_code = 4


class EndpointError(WeighError):
    """A service on the network that a person named, and that gives no answer that can be used."""


class UsageError(WeighError):
    """A command or a call that was asked for something it cannot mean."""

    exit_code = 2
