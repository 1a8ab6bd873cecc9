"""Stakes and the models of states on a terminal: counts in words that fit them, no sign left unexplained."""

from __future__ import annotations

import io

import pytest
from rich.console import Console, RenderableType

from weigh.renderers import terminal_stakes
from weigh.stakes import signalling
from weigh.stakes.crowds import crowd


def printed(renderable: RenderableType) -> str:
    """What a terminal of 80 columns shows, blanks evened out."""
    file = io.StringIO()
    Console(width=80, file=file, highlight=False, markup=False, emoji=False).print(renderable)
    return " ".join(file.getvalue().split())


@pytest.mark.parametrize(
    ("statements", "origins", "said"),
    [
        (1, 1, ("1 independent statement ", "1 origin, the rest copies", "1 statement would move")),
        (10, 1, ("10 independent statements ", "1 origin, the rest", "10 statements would move")),
        (10, 3, ("3 origins, the rest copies half the time", "3 origins, the rest copies ")),
    ],
)
def test_voices_and_origins_are_counted_in_words_that_fit(
    statements: int, origins: int, said: tuple[str, ...]
) -> None:
    shown = printed(terminal_stakes.crowd(crowd(statements, origins, 0.3), "Slate Heron"))
    assert all(words in shown for words in said)
    assert "1 origins" not in shown
    assert "1 statements" not in shown


def test_every_sign_of_the_game_of_threats_is_explained() -> None:
    threat = signalling.shipped()
    found = signalling.equilibria(threat.setting)
    table, _, signs = printed(terminal_stakes.signalling(threat, found)).partition("H and L are ")
    for sign in ("L", "H", "o1", "o2"):
        assert sign in table.split()
        assert sign in ("H", "L") or f"{sign} " in signs
    assert "two types of defender" in signs
