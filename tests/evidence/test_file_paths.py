"""Paths and registry keys: where they begin, and where a name with spaces in it ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence import file_paths
from weigh.evidence.spotting import spot

OPTIONS = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\Image File Execution Options\sethc.exe"
words = st.from_regex(r"[A-Za-z][a-z]{1,8}", fullmatch=True)
names = st.lists(words, min_size=1, max_size=3).map(" ".join)


def seen(text: str) -> list[tuple[str, str]]:
    return [(sighting.subtype, sighting.value) for sighting in spot(text).sightings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"in C:\Users\Public\a.exe, and", ("path", r"C:\Users\Public\a.exe")),
        (r"in C:\Program Files\Foo Bar\x.exe was", ("path", r"C:\Program Files\Foo Bar\x.exe")),
        (r"%APPDATA%\Microsoft\x.dll.", ("path", r"%APPDATA%\Microsoft\x.dll")),
        (r"$env:TEMP\x.ps1", ("path", r"$env:TEMP\x.ps1")),
        (r"\\10.0.0.1\c$\x.bat", ("path", r"\\10.0.0.1\c$\x.bat")),
        ("C:\\\\Users\\\\x.exe", ("path", r"C:\Users\x.exe")),
        ("read /etc/passwd then", ("path", "/etc/passwd")),
        ("in ~/.ssh/known_hosts.", ("path", "~/.ssh/known_hosts")),
        (r"HKLM\SOFTWARE\Microsoft\Windows NT\Run", ("registry", r"HKLM\SOFTWARE\Microsoft\Windows NT\Run")),
        (r"HKEY_LOCAL_MACHINE\Software\X", ("registry", r"HKLM\Software\X")),
        (r"HKCU:\Software\X", ("registry", r"HKCU\Software\X")),
        (rf"under {OPTIONS} then", ("registry", OPTIONS)),
        (
            r'"HKLM\Software\Policies\Microsoft\Windows Defender"',
            ("registry", r"HKLM\Software\Policies\Microsoft\Windows Defender"),
        ),
        ("'HKCU:\\\\\\Software\\\\X'", ("registry", r"HKCU\Software\X")),
        (r'"C:\Users\Public\my file.docx"', ("path", r"C:\Users\Public\my file.docx")),
        (r"“%APPDATA%\My App\x y.dll”", ("path", r"%APPDATA%\My App\x y.dll")),
        (r"“C:\Users\My Files, and more”", ("path", r"C:\Users\My Files")),
        (r'"C:\x\y -k netsvcs"', ("path", r"C:\x\y")),
        (r'"C:\x and then they left it there for good"', ("path", r"C:\x")),
        (r'"C:\Users\a and no end', ("path", r"C:\Users\a")),
        (r"'C:\x\y.exe /c whoami'", ("path", r"C:\x\y.exe")),
        ("in c:/users/public/a.ps1.", ("path", r"c:\users\public\a.ps1")),
    ],
)
def test_seen(text: str, expected: tuple[str, str]) -> None:
    assert seen(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"HKLM\Software\X and HKCU\Software\Y", [r"HKLM\Software\X", r"HKCU\Software\Y"]),
        (r"%a1%\b.exe %c1%\d.exe", [r"%a1%\b.exe", r"%c1%\d.exe"]),
        (r"C:\x\reg.exe delete HKLM\Software\X", [r"C:\x\reg.exe", r"HKLM\Software\X"]),
        (r"C:\t\a.exe to share\b.exe", [r"C:\t\a.exe", "b.exe"]),
        (r'"C:\t\a.exe b.dll,Run"', [r"C:\t\a.exe", "b.dll"]),
    ],
)
def test_two_that_follow_one_another_are_two(text: str, expected: list[str]) -> None:
    assert [value for _, value in seen(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "and/or, yes/no and 1/2",
        "/nothing/known",
        "use // to comment",
        "HKLMX\\a",
        "12:\\34",
        "see x://y, %s:/content and a:/b",
    ],
)
def test_not_seen(text: str) -> None:
    assert seen(text) == []


def test_what_a_browser_printed_is_the_makers() -> None:
    (sighting,) = spot("file:///C:/Users/x/long.html 1/2").sightings
    assert (sighting.subtype, sighting.value) == ("path", r"C:\Users\x\long.html")
    assert sighting.reason.startswith("context: ")
    (visited,) = spot("Visited: me@file:///C:/ProgramData/a.csv").sightings
    assert (visited.value, visited.reason) == (r"C:\ProgramData\a.csv", "")


@given(st.lists(names, min_size=1, max_size=5), names, st.sampled_from(["exe", "docx", "dll"]))
def test_between_quotation_marks_a_path_is_read_whole(above: list[str], name: str, ending: str) -> None:
    path = "\\".join(["C:", *above, f"{name}.{ending}"])
    assert ("path", path) in seen(f'They ran "{path}" twice.')


@given(st.text(alphabet="C:\\/aB .exHKLM\"'“”,%-\n", max_size=80))
def test_every_value_is_what_stands_there(text: str) -> None:
    end = 0
    for sighting in file_paths.registry_keys(text):
        assert end <= sighting.span.start < sighting.span.end <= len(text)
        end = sighting.span.end
    for sighting in file_paths.paths(text):
        raw = sighting.span.of(text)
        assert raw == raw.strip()
        assert raw.replace("/", "").replace("\\", "") == sighting.value.replace("/", "").replace("\\", "")


def test_long_runs_cost_no_more_than_their_length() -> None:
    for unit in (
        "C:\\a",
        "C:\\a ",
        "%a%\\",
        "HKLM\\a",
        "/usr",
        "/",
        "\\",
        '"C:\\a',
        "C:/ab",
        "HKLM\\A B C D ",
        "C:\\a.exe ",
    ):
        assert len(spot(unit * (200_000 // len(unit))).sightings) <= 50_000
