"""Progress in a log: what lasts is told once, and what is done at once is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from weigh.cli import console


class Clock:
    """Stands in for a timer: rings when it is told to."""

    set_clocks: list[Clock]

    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self.seconds, self._ring, self.state = seconds, ring, "made"
        self.daemon = False
        self.set_clocks.append(self)

    def start(self) -> None:
        self.state = "waiting"

    def cancel(self) -> None:
        self.state = "cancelled"

    def ring(self) -> None:
        """The time is over."""
        assert self.state == "waiting"
        self.state = "rung"
        self._ring()


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> list[Clock]:
    """Every clock that was set, in order."""
    monkeypatch.setattr(Clock, "set_clocks", [], raising=False)
    monkeypatch.setattr(console, "Timer", Clock)
    return Clock.set_clocks


def test_what_is_done_at_once_is_not_told(clocks: list[Clock], capsys: pytest.CaptureFixture[str]) -> None:
    with console.progress() as tell:
        tell("reading", 0.0)
        tell("weighing", 0.5)
    assert [clock.state for clock in clocks] == ["cancelled"]
    assert capsys.readouterr() == ("", "")


def test_what_lasts_is_told_with_the_step_it_has_come_to(
    clocks: list[Clock], capsys: pytest.CaptureFixture[str]
) -> None:
    with console.progress() as tell:
        tell("reading", 0.0)
        tell("weighing", 0.5)
        clocks[0].ring()
        tell("weighing", 0.6)
        tell("writing", 0.9)
    assert capsys.readouterr() == ("", " 50% weighing\n")
    assert [clock.state for clock in clocks] == ["rung", "cancelled"]
    assert all(clock.daemon for clock in clocks)  # none keeps a program that is done


def test_many_short_steps_are_told_now_and_then(
    clocks: list[Clock], capsys: pytest.CaptureFixture[str]
) -> None:
    with console.progress() as tell:
        for number in range(100):
            tell(f"document {number}", number / 100)
            if number % 25 == 24:
                clocks[-1].ring()
    assert capsys.readouterr().err.splitlines() == [f" {n}% document {n}" for n in (24, 49, 74, 99)]
    assert len(clocks) == 4


def test_a_name_in_a_step_moves_no_cursor(
    clocks: list[Clock], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "reading \x1b[2Jreport\r.txt"
    with console.progress() as tell:
        tell(name, 0.5)
        clocks[0].ring()
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(console, "_QUIET_SECONDS", -1.0)
    with console.progress() as tell:
        tell(name, 0.5)
    line, bar = capsys.readouterr().err.split("\n")
    assert line == " 50% reading ␛[2Jreport␍.txt"
    assert bar == f"\r\033[K[{'#' * 10}{'.' * 10}]  50% {line.removeprefix(' 50% ')}\r\033[K"


def test_an_error_silences_the_clock(clocks: list[Clock], capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        with console.progress() as tell:
            tell("reading", 0.0)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert clocks[0].state == "cancelled"
    assert capsys.readouterr() == ("", "")
