"""No text leaves with an address that anybody could follow by accident."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests import strategies
from weigh.evidence.defanging import refang
from weigh.renderers.defang import defang


@pytest.mark.parametrize(
    ("live", "dead"),
    [
        ("berth-updates.example", "berth-updates[.]example"),
        ("https://evil.example/a.php?u=1.2", "hxxps://evil[.]example/a.php?u=1.2"),
        ("HTTP://EVIL.example", "HxxP://EVIL[.]example"),
        ("http://user:pass@evil.example:8080/", "hxxp://user:pass[@]evil[.]example:8080/"),
        ("http://a.example/?to=http://b.example", "hxxp://a[.]example/?to=hxxp://b[.]example"),
        ("ftp://files.example/x", "fxp://files[.]example/x"),
        ("sftp://files.example/x", "sfxp://files[.]example/x"),
        ("ldap://evil.example/a", "ldap://evil[.]example/a"),
        ("http://localhost.localdomain/x", "hxxp://localhost[.]localdomain/x"),
        ("10.1.2.3", "10[.]1[.]2[.]3"),
        ("10.1.2.3:443/path", "10[.]1[.]2[.]3:443/path"),
        ("clerk.one@harbour.example", "clerk.one[@]harbour[.]example"),
        ("www.run.sh", "www[.]run[.]sh"),
        ("see evil.com, evil.co.uk.", "see evil[.]com, evil[.]co[.]uk."),
        ("(evil.com)", "(evil[.]com)"),
        ("почта.рф", "почта[.]рф"),
    ],
)
def test_addresses_are_defanged(live: str, dead: str) -> None:
    assert defang(live) == dead
    assert refang(dead).lower().replace("fxp", "ftp") == live.lower()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "T1566.001",
        "S0002",
        "CVE-2031-1234",
        "payload.exe",
        "incident.md",
        "run.sh",
        "e.g. the U.S. Navy, i.e. it.",
        "It ended.Then it began.",
        "Backdoor.Agent.Dj",
        "berth-updates[.]example",
        "hxxps://evil[.]example/a",
        "root[@]evil[.]example",
        "v18.1 and 3.5 %",
        "d41d8cd98f00b204e9800998ecf8427e",
        "os.system(x)",
        "...",
    ],
)
def test_what_is_no_live_address_stays(text: str) -> None:
    assert defang(text) == text


@given(strategies.texts)
@example("http://a.b@c.d/e.f http://")
@example("http://http://.com..com")
def test_a_second_time_changes_nothing(text: str) -> None:
    assert defang(defang(text)) == defang(text)


labels = st.from_regex(r"[a-z]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
hosts = st.builds("{}.{}".format, labels, st.sampled_from(("com", "co.uk", "example", "org", "de")))


@given(before=strategies.texts, host=hosts, scheme=st.sampled_from(("http", "https", "HtTp")), path=labels)
def test_nothing_can_be_followed(before: str, host: str, scheme: str, path: str) -> None:
    dead = defang(f"{before} {scheme}://{host}/{path} {host} clerk@{host} www.{host}")
    assert host not in dead
    assert re.search(r"(?i)https?://", dead) is None
    assert dead.count(host.replace(".", "[.]")) >= 4


@given(hosts)
def test_indicators_can_be_made_live_again(host: str) -> None:
    assert refang(defang(host)) == host
    assert refang(defang(f"https://{host}/a")) == f"https://{host}/a"


@given(st.text(alphabet="ab .:/@[]htpw", max_size=60))
def test_only_marks_are_added(text: str) -> None:
    """Without the brackets and with its scheme, the text is what it was."""
    plain = str.maketrans("", "", "[]")
    assert defang(text).replace("xx", "tt").translate(plain) == text.translate(plain)
