"""The speed bench: jobs timed in processes of their own, and rows beside packages that may be absent."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.evidence.known import CATALOGUE
from weigh.bench import speed, timed
from weigh.bench.data import Context
from weigh.bench.rows import Missing, Row
from weigh.bench.speed import long_text, rates, row
from weigh.bench.timed import JOBS, OPENERS, READERS, Job, Timing, timing
from weigh.evidence import EXTRACTORS, Observer, build, observe
from weigh.readers import read_bytes
from weigh.records import Kind


def test_a_text_is_repeated_until_it_is_long_enough(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("second", "utf-8")
    (tmp_path / "a.txt").write_text("first", "utf-8")
    (tmp_path / "a.json").write_text("{}", "utf-8")
    assert long_text(tmp_path, 1) == "first\n\nsecond"
    assert len(long_text(tmp_path, 30)) >= 30
    assert long_text(tmp_path, 30).count("first") == 3


@pytest.mark.parametrize(
    ("code", "said", "expected"),
    [
        (0, "took 0.5\ntook 1.5\ntook 0.25\n", Timing((0.5, 1.5, 0.25))),
        (-1, "took 2.0\nno end within 9 s", Timing((2.0,), "no end within 9 s")),
        (1, "  File x\nModuleNotFoundError: no\n", Timing((), "ModuleNotFoundError: no")),
        (3, "", Timing((), "ended with code 3")),
    ],
)
def test_what_a_process_says_is_its_timing(code: int, said: str, expected: Timing) -> None:
    assert timing(code, said) == expected


def test_the_median_is_of_the_runs_that_ended() -> None:
    assert Timing((0.5, 1.5, 0.25)).median == 0.5
    assert Timing(()).median != Timing(()).median  # nan


def test_a_job_tells_each_run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    calls: list[int] = []
    monkeypatch.setattr(timed, "JOBS", {"toy": Job(lambda file, knowledge: lambda: calls.append(1))})
    timed.main("toy", "file", "folder")
    assert len(calls) == timed.RUNS
    found = timing(0, capsys.readouterr().out)
    assert len(found.seconds) == timed.RUNS
    assert min(found.seconds) >= 0.0


def test_every_other_package_can_be_had_and_is_known_for_absent() -> None:
    others = {**READERS, **OPENERS}
    assert all(job.package != "" and job.module != "" for job in others.values())
    assert {name for name, job in JOBS.items() if job.module == ""} == {"survey", "indicators", "open"}
    assert not Job(_nothing, "no_such_module", "no-such").is_there


def test_a_rate_is_by_the_median_or_says_what_it_stays_under() -> None:
    assert rates("peer", Timing((1.0, 2.0, 4.0)), 3.0) == {"peer, MB/s": 1.5}
    assert list(rates("peer", Timing((), "no end within 150 s"), 3.0)) == ["peer, MB/s at most"]
    assert rates("peer", Timing((), "ImportError: no"), 3.0) == {}


def test_a_row_has_the_slowest_and_the_fastest_run_for_its_interval() -> None:
    found = row("MB a second", Timing((1.0, 2.0, 4.0)), 4.0, 1.0, {"peer, MB/s": 0.5}, "text")
    assert (found.low, found.value, found.high, found.n) == (1.0, 2.0, 4.0, 3)
    assert found.verdict == "reached (within its interval)"


def _nothing(file: Path, knowledge: Path) -> timed.Work:
    return list


def spoken(folder: Path, monkeypatch: pytest.MonkeyPatch, told: dict[str, Timing]) -> list[Row | Missing]:
    """The rows over a folder with one report, where processes are told and not started."""
    advisories = folder / speed.ADVISORIES
    advisories.mkdir(parents=True)
    (advisories / "a.txt").write_text("They used T1566. " * 10, "utf-8")
    monkeypatch.setattr("weigh.bench.speed.cache.compiled", lambda *asked: SimpleNamespace(folder=folder))
    monkeypatch.setattr(speed, "timed", lambda name, file, knowledge, limit: told[name])
    jobs = {"here": Job(_nothing), "gone": Job(_nothing, "no_such", "x")}
    monkeypatch.setattr(speed, "READERS", jobs)
    return list(speed.run(Context(folder, lambda step, share: None)))


def test_an_absent_package_says_how_to_get_it_and_the_rest_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fine = Timing((0.5, 0.5, 1.0))
    told = {"here": fine, "survey": fine, "indicators": Timing((), "it broke")}
    absent, together, alone, opening = spoken(tmp_path, monkeypatch, told)
    assert isinstance(absent, Missing)
    assert absent == Missing("speed, gone", "it is not installed", "pip install x")
    assert isinstance(together, Row)
    assert list(together.peers) == ["here, MB/s"]
    assert isinstance(alone, Missing)
    assert alone.lacks == "it broke"
    assert isinstance(opening, Missing)
    assert opening.bench == "speed, opening"


def test_a_package_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fine = Timing((0.5,))
    told = {"here": Timing((), "KeyError: 'x'"), "survey": fine, "indicators": fine}
    failed, *_, together, _, _ = spoken(tmp_path, monkeypatch, told)
    assert isinstance(failed, Missing)
    assert failed.lacks == "KeyError: 'x'"
    assert isinstance(together, Row)
    assert together.peers == {}


def test_without_data_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("weigh.bench.speed.cache.compiled", lambda *asked: SimpleNamespace(folder=tmp_path))
    found = list(speed.run(Context(tmp_path, lambda step, share: None)))
    assert [each.bench for each in found] == ["speed, text", "speed, opening"]
    assert all(str(tmp_path) in each.lacks for each in found if isinstance(each, Missing))


def test_indicators_alone_are_what_all_extractors_find_of_them() -> None:
    document = read_bytes(b"It called evil[.]example[.]com and CVE-2021-44228, T1566.", "a.txt")
    alone = Observer(tuple((name, EXTRACTORS[name](CATALOGUE)) for name in timed.INDICATORS))
    found = observe(document, alone)
    kinds = {Kind.INDICATOR, Kind.VULNERABILITY}
    assert found == tuple(each for each in observe(document, build(CATALOGUE)) if each.kind in kinds)
    assert len(found) == 2
