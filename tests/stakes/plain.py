"""The models of stakes once more, as plain loops over numbers: slow, short, from the equations."""

from __future__ import annotations

from collections.abc import Sequence

Row = Sequence[float]


def clipped(value: float) -> float:
    """A number held between 0 and 1."""
    return min(max(value, 0.0), 1.0)


def deterrence(
    none: Row, attack: Sequence[Row], chance: float, ready: float, start: float = 0.3, rounds: int = 500
) -> tuple[list[float], float]:
    """Thresholds and P(attack) for x ~ U[0, 1] and y ~ U[0, ready], by damped repetition of the equations."""
    n = len(attack)
    x = [start] * n
    for _ in range(rounds):
        new = []
        for i in range(n):
            total = 0.0
            for s in range(1, len(none)):
                blame = _blame(none, attack, chance, x, i, s)
                total += (attack[i][s] - none[s]) * (1.0 - clipped((1.0 - blame) / ready))
            new.append(total)
        x = [0.7 * old + 0.3 * then for old, then in zip(x, new, strict=True)]
    return x, chance / n * sum(1.0 - clipped(value) for value in x)


def _blame(none: Row, attack: Sequence[Row], chance: float, x: Row, i: int, s: int) -> float:
    below = len(attack) * none[s]
    for j, row in enumerate(attack):
        below += chance * (1.0 - clipped(x[j])) * (row[s] - none[s])
    return chance * (1.0 - clipped(x[i])) * attack[i][s] / below if below > 0.0 else 0.0


def suspicion(
    loss: float, gain: float, phi: float, hit: float, alarms: tuple[float, float], start: float
) -> tuple[float, float]:
    """E_1 and E_2 for costs U[0, 1], by repetition from one start."""
    chances = [start, start]
    for _ in range(1500):
        new = []
        for side in (0, 1):
            rate, other, total = alarms[side], chances[1 - side], 0.0
            for seen, noise in ((hit, rate), (1.0 - hit, 1.0 - rate)):
                weight = phi * seen + (1.0 - phi) * noise
                belief = phi * seen / weight if weight > 0.0 else 0.0
                escalates = belief + (1.0 - belief) * other
                total += noise * clipped(escalates * loss + (1.0 - escalates) * gain)
            new.append(total)
        chances = new
    return chances[0], chances[1]
