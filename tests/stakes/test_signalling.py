"""Signalling: every equilibrium that is listed is one, and the closed forms agree with best replies."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from weigh.bench.stakes_numbers import A4, A5
from weigh.errors import UsageError
from weigh.stakes.signalling import Setting, attribution_game, equilibria, pooled, separating

positive = st.floats(0.1, 5.0)


@st.composite
def games(draw: st.DrawFn) -> Setting:
    """Any game whose numbers have a meaning."""
    pi2 = draw(st.floats(0.01, 0.9))
    pi1 = draw(st.floats(pi2 + 0.02, 0.99))
    pairs = st.tuples(positive, positive)
    return Setting(
        pi1, pi2, draw(pairs), draw(positive), draw(st.floats(0.01, 0.99)), draw(pairs), draw(positive)
    )


def _gain(game: Setting, attack: float, mixing: str, rho: float) -> float:
    """What attacking gains the attacker over not attacking, every defender replying as best it can."""
    gain = 1.0
    for kind, name in enumerate("HL"):
        for seen, hit, noise in (("o1", game.pi1, game.pi2), ("o2", 1 - game.pi1, 1 - game.pi2)):
            worth = attack * hit * game.r[kind] - (1 - attack) * noise * game.w
            answers = rho if f"{name} after {seen}" == mixing else float(worth > 0.0)
            gain -= game.shares[kind] * answers * (hit * game.c[kind] - noise * game.v)
    return gain


@given(games())
def test_in_every_interior_equilibrium_the_attacker_and_the_one_who_mixes_do_not_care(game: Setting) -> None:
    found = [item for item in pooled(game) if item.kind == "pooled"]
    assume(len(found) > 0)
    for item in found:
        assert 0.0 <= item.rho <= 1.0
        kind, seen = "HL".index(item.mixing[0]), item.mixing[-2:]
        hit, noise = (game.pi1, game.pi2) if seen == "o1" else (1 - game.pi1, 1 - game.pi2)
        worth = item.attack * hit * game.r[kind] - (1 - item.attack) * noise * game.w
        assert worth == pytest.approx(0.0, abs=1e-9)


@given(games())
def test_the_attacker_is_indifferent(game: Setting) -> None:
    thresholds = [item.attack for item in pooled(game) if item.kind == "pooled"]
    for item in pooled(game):
        near = [other for other in thresholds if 0.0 < abs(other - item.attack) < 1e-6]
        if item.kind == "pooled" and len(near) == 0 and not _tied(game, item.attack):
            assert _gain(game, item.attack, item.mixing, item.rho) == pytest.approx(0.0, abs=1e-9)


def _tied(game: Setting, attack: float) -> bool:
    """Whether two pairs begin to answer at one chance of attack, where rounding decides who is first."""
    at = [
        noise * game.w / (hit * game.r[kind] + noise * game.w)
        for kind in (0, 1)
        for hit, noise in ((game.pi1, game.pi2), (1 - game.pi1, 1 - game.pi2))
    ]
    return sum(abs(value - attack) < 1e-9 for value in at) > 1


@given(games())
def test_the_best_for_the_defender_comes_first_and_always_is_never_chosen_silently(game: Setting) -> None:
    found = pooled(game)
    interior = [item.utility for item in found if item.kind == "pooled"]
    assert interior == sorted(interior, reverse=True)
    assert [item.kind for item in found].count("always") <= 1
    assert all(item.kind != "always" for item in found[:-1])


@pytest.mark.parametrize("game", [A4, A5])
def test_in_the_separating_equilibrium_attackers_do_not_care_either(game: Setting) -> None:
    found = separating(game)
    chance = dict(found.strategy)
    (c_h, c_l), low = game.c, 1.0 - game.gamma
    after = game.gamma / (game.gamma + low * chance["alpha_L"])
    answered = after * (1 - c_h) + (1 - after) * (1 - c_l)
    assert answered == pytest.approx(-game.v, abs=1e-9)
    assert 1.0 - found.rho * (game.pi1 * c_l - game.pi2 * game.v) == pytest.approx(0.0, abs=1e-9)
    assert equilibria(game)[0] == found


@given(games())
def test_a_separating_equilibrium_is_listed_only_without_faults(game: Setting) -> None:
    listed = [item for item in equilibria(game) if item.kind == "separating"]
    assert len(listed) == int(len(separating(game).faults) == 0)


def test_the_attribution_game_on_both_sides_of_its_condition() -> None:
    sharp = attribution_game(0.9, 0.2, 5.0, 1.0, 0.8, 0.6)
    assert sharp.attack == pytest.approx(0.2 * 0.6 / (0.9 * 0.8 + 0.2 * 0.6))
    assert (sharp.after_o1, sharp.after_o2) == pytest.approx((1 / (0.9 * 5 - 0.2), 0.0))
    blunt = attribution_game(0.3, 0.2, 3.0, 1.0, 0.8, 0.6)
    assert blunt.attack == pytest.approx(0.8 * 0.6 / (0.7 * 0.8 + 0.8 * 0.6))
    gain = 1.0 - 0.3 * 3.0 + 0.2 * 1.0
    assert (blunt.after_o1, blunt.after_o2) == pytest.approx((1.0, gain / (0.7 * 3.0 - 0.8)))


def test_an_attribution_game_in_which_attacking_always_pays_is_refused() -> None:
    with pytest.raises(UsageError, match="1 - c < -v"):
        attribution_game(0.9, 0.2, 1.0, 1.0, 0.8, 0.6)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"pi1": 0.4, "pi2": 0.5}, "pi2 < pi1"),
        ({"gamma": 1.5}, "not a probability"),
        ({"w": 0.0}, "above 0"),
    ],
)
def test_numbers_that_mean_nothing_are_refused(numbers: dict[str, float], said: str) -> None:
    whole = {"pi1": 0.9, "pi2": 0.5, "c": (5.0, 3.0), "v": 3.0, "gamma": 0.3, "r": (0.9, 0.7), "w": 0.6}
    with pytest.raises(UsageError, match=said):
        Setting(**{**whole, **numbers})  # type: ignore[arg-type]


@given(st.floats(0.5, 1.0), st.floats(0.0, 0.45), st.floats(0.2, 2.0), st.floats(0.2, 2.0))
def test_the_attribution_game_gives_chances(pi1: float, pi2: float, r: float, w: float) -> None:
    found = attribution_game(pi1, pi2, 5.0, 2.0, r, w)
    for value in (found.attack, found.after_o1, found.after_o2):
        assert -1e-12 <= value <= 1.0 + 1e-12
    gain = (
        1.0 - found.after_o1 * (pi1 * 5.0 - pi2 * 2.0) - found.after_o2 * ((1 - pi1) * 5.0 - (1 - pi2) * 2.0)
    )
    assert gain == pytest.approx(0.0, abs=1e-9)
