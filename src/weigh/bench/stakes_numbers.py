"""The printed numbers that the models of stakes must give again, to their last printed digit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from weigh.stakes import crowds, signalling, suspicion
from weigh.stakes.deterrence import Signals, Types, solve, threshold_against

SIGNALLING = "signalling (Welburn et al. 2023)"
DETERRENCE = "deterrence (Baliga et al. 2020)"
SUSPICION = "mutual suspicion"
CROWDS = "cascades and repetition"


@dataclass(frozen=True, slots=True)
class Published:
    """A number as it is printed, and how to compute it."""

    source: str
    name: str
    printed: str
    compute: Callable[[], float]

    @property
    def distance(self) -> float:
        """How far off, in units of the last printed digit; at most 0.5 is the same number."""
        digits = len(self.printed.partition(".")[2])
        return float(abs(self.compute() - float(self.printed)) * 10.0**digits)


A5 = signalling.Setting(0.95, 0.5, (5.0, 3.0), 3.0, 0.32, (0.9, 0.7), 0.6)
A4 = signalling.Setting(0.8, 0.45, (4.0, 3.0), 2.6, 0.4, (0.9, 0.65), 0.8)

TYPES = Types((0.0, 0.0), (1.0, 1.0), (0.0, 0.9), 0.8)
EAGER = Types((0.0, 1.0), (1.0, 2.0), (0.0, 0.9), 0.8)
KNOWN = Types((0.0,), (1.0,), (0.5, 0.5), 0.5)


def signals(none: tuple[float, ...], *attack: tuple[float, ...]) -> Signals:
    """Signals from rows."""
    return Signals(np.array(none), np.array(attack))


BASE = signals((0.9, 0.05, 0.05), (0.4, 0.5, 0.1), (0.4, 0.1, 0.5))
DETECTS = signals((0.9, 0.05, 0.05), (1 / 5, 2 / 3, 2 / 15), (1 / 5, 2 / 15, 2 / 3))
QUIET = signals((0.96, 0.02, 0.02), (0.4, 0.5, 0.1), (0.4, 0.1, 0.5))
SILENT = signals((0.9, 0.05, 0.05), (0.5, 0.5, 0.0), (0.5, 0.0, 0.5))
UNSEEN, BLAMED, TOLD = (
    signals((0.95, 0.05, 0.0), (0.3, 0.7, 0.0), second)
    for second in ((0.95, 0.05, 0.0), (0.35, 0.65, 0.0), (0.35, 0.05, 0.6))
)
NOISY, CERTAIN = signals((0.9, 0.1), (0.3, 0.7)), signals((1.0, 0.0), (0.8, 0.2))


def _signalling() -> list[Published]:
    rows: list[tuple[str, str, Callable[[], float]]] = []
    separated = {
        "A5": (A5, (".72870", "-.24920", ".47059", ".31088", ".96373")),
        "A4": (A4, (".71549", "-.32222", ".44444", ".40909", ".86869")),
    }
    for table, (setting, printed) in separated.items():
        first = signalling.separating(setting)
        values = [first.attack, first.utility, *(value for _, value in first.strategy)]
        names = ("attack", "utility", "alpha_L", "beta_L", "beta_H")
        for name, text, value in zip(names, printed, values, strict=True):
            rows.append((f"{table}, separating, {name}", text, partial(float, value)))
    pooled = {
        "A5": (A5, ((".25974", "-.25974"), (".89552", "-.27403"), ("1", "-.236"))),
        "A4": (A4, ((".77193", "-.37544"), (".40909", "-.37636"), ("1", "-.250"))),
    }
    for table, (setting, lines) in pooled.items():
        for found, (attack, utility) in zip(signalling.pooled(setting), lines, strict=True):
            rows.append((f"{table}, {found.kind}, attack", attack, partial(float, found.attack)))
            rows.append((f"{table}, {found.kind}, utility", utility, partial(float, found.utility)))
    for table, setting, text in (("A5", A5, ".96154"), ("A4", A4, ".59839")):
        rho = signalling.pooled(setting)[0].rho
        rows.append((f"{table}, chosen pooled, rho", text, partial(float, rho)))
    return [Published(SIGNALLING, *row) for row in rows]


def _threshold(seen: Signals, types: Types, null_answered: bool = False) -> float:
    return float(solve(seen, types, null_answered=null_answered).thresholds[0, 0])


def _attack(seen: Signals, types: Types, null_answered: bool = False) -> float:
    return float(solve(seen, types, null_answered=null_answered).attack[0])


def _deterrence() -> list[Published]:
    rows: list[tuple[str, str, Callable[[], float]]] = []
    told = {
        "base": (BASE, TYPES, ".31840", ".54528"),
        "better detection": (DETECTS, TYPES, ".43209", ".45433"),
        "fewer false alarms": (QUIET, TYPES, ".36886", ".50491"),
        "misidentification silent": (SILENT, TYPES, ".36817", ".50546"),
        "second undetected": (UNSEEN, EAGER, "", ".60321"),
        "second detected as first": (BLAMED, EAGER, "", ".70305"),
        "second identified": (TOLD, EAGER, "", ".60321"),
        "noisy": (NOISY, KNOWN, ".6", ".2"),
        "certain or nothing": (CERTAIN, KNOWN, ".2", ".4"),
    }
    for name, (seen, types, threshold, attack) in told.items():
        rows.append((f"{name}, attack", attack, partial(_attack, seen, types)))
        if threshold:
            rows.append((f"{name}, x*", threshold, partial(_threshold, seen, types)))
    rows.append(("null answered, x*", ".27436", partial(_threshold, BASE, TYPES, True)))
    rows.append(("null answered, attack", ".58051", partial(_attack, BASE, TYPES, True)))
    for fixed, text in ((0.8, ".34098"), (0.5, ".32593"), (0.2, ".31385"), (0.0, ".30668")):
        rows.append(
            (f"x2* given x1* = {fixed}", text, partial(threshold_against, BASE, TYPES, 1, (fixed, 0.0)))
        )
    return [Published(DETERRENCE, *row) for row in rows]


def _escalates(alarm: float, phi: float, both: bool = False) -> float:
    fear = suspicion.Fear(0.8, 0.01, phi, 0.9)
    found = suspicion.escalation(fear, np.asarray(alarm), np.asarray(alarm))
    return float(found.both[0] if both else found.first[0])


def _alone(loss: float, gain: float) -> float:
    return suspicion.without_signals(loss, gain)[0]


def _suspicion() -> list[Published]:
    rows: list[tuple[str, str, Callable[[], float]]] = [
        ("without signals, d .8", ".04762", partial(_alone, 0.8, 0.01)),
        ("without signals, d 1.2", "1.0", partial(_alone, 1.2, 0.001)),
        ("e 0, E", ".06601", partial(_escalates, 0.0, 0.05)),
        ("e .05, E", ".14292", partial(_escalates, 0.05, 0.05)),
        ("e .05, both", ".02043", partial(_escalates, 0.05, 0.05, True)),
        ("e .1, E", ".16502", partial(_escalates, 0.1, 0.05)),
        ("e .1, both", ".02723", partial(_escalates, 0.1, 0.05, True)),
        ("phi 0", ".04762", partial(_escalates, 0.05, 0.0)),
    ]
    return [Published(SUSPICION, *row) for row in rows]


def _ratio(copying: float) -> float:
    return float(np.exp(crowds.ratio(10, copying)))


def _believed(statements: int, copying: float) -> float:
    return crowds.moved(0.2, crowds.ratio(statements, copying))


def _crowds() -> list[Published]:
    rows: list[tuple[str, str, Callable[[], float]]] = []
    for p, begun, right in ((0.6, ".63108", ".63147"), (0.7, ".75286", ".75306"), (0.8, ".85705", ".85711")):
        rows.append((f"cascade, p {p}", begun, partial(crowds.right_cascade, p, 10)))
        rows.append((f"tenth speaker, p {p}", right, partial(crowds.right_speaker, p, 10)))
    rows.append(("cascade, limit, p .7", ".75316", partial(crowds.right_cascade_limit, 0.7)))
    for copying, ratio, effective in (
        (0.0, "59049", "10"),
        (0.5, "61.98", "3.7564"),
        (0.9, "4.818", "1.4313"),
        (1.0, "3.000", "1"),
    ):
        rows.append((f"LR of 10, c {copying}", ratio, partial(_ratio, copying)))
        rows.append((f"n_eff of 10, c {copying}", effective, partial(crowds.effective_number, 10, copying)))
    for rho, text in ((0.2, "3.571"), (0.5, "1.818"), (0.8, "1.220")):
        rows.append((f"equicorrelated, rho {rho}", text, partial(crowds.equicorrelated, 10, rho)))
    for name, statements, copying, text in (
        ("one source", 1, 0.0, ".4286"),
        ("ten echoes", 10, 1.0, ".4286"),
        ("ten, c .9", 10, 0.9, ".5464"),
    ):
        rows.append((name, text, partial(_believed, statements, copying)))
    return [Published(CROWDS, *row) for row in rows]


PUBLISHED = (*_signalling(), *_deterrence(), *_suspicion(), *_crowds())
