"""Hosts, addresses, URLs and e-mail addresses, live and defanged, and what only looks like one."""

from __future__ import annotations

import ipaddress
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence import hosts
from weigh.evidence.defanging import defang
from weigh.evidence.spotting import spot
from weigh.evidence.suffixes import registrable

labels = st.from_regex(r"[a-z]([a-z0-9]{0,10})", fullmatch=True)
domains = st.builds(
    lambda name, ending: f"{name}.{ending}", labels, st.sampled_from(["com", "net", "co.uk", "org"])
)


def seen(text: str) -> list[tuple[str, str]]:
    return [(sighting.subtype, sighting.value) for sighting in spot(text).sightings]


def reasons(text: str) -> list[str]:
    return [sighting.reason for sighting in spot(text).sightings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It called evil-host.com twice.", ("domain", "evil-host.com")),
        ("kAty197.chickenkiller[.]com", ("domain", "katy197.chickenkiller.com")),
        ("evil [.] com", ("domain", "evil.com")),
        ("evil[.]co[.]uk", ("domain", "evil.co.uk")),
        ("访问evil.com下载", ("domain", "evil.com")),
        ("münchen[.]de", ("domain", "münchen.de")),
        ("nmw4xhipveaca7hm[.]onion", ("domain", "nmw4xhipveaca7hm.onion")),
        ("www.notes.py", ("domain", "www.notes.py")),
        ("archive[.]zip", ("domain", "archive.zip")),
        ("berth-updates[.]example", ("domain", "berth-updates.example")),
        ("8.8.8.8.", ("ipv4", "8.8.8.8")),
        ("8[.]8[.]8[.]8", ("ipv4", "8.8.8.8")),
        ("evil[.]com:8080/x", ("url", "evil.com:8080/x")),
        ("evil[.]com[:]8080/x", ("url", "evil.com:8080/x")),
        ("evil.com:8080", ("domain", "evil.com")),
        ("8.8.8[.]8:443", ("ipv4", "8.8.8.8")),
        ("8.8.8.0/24", ("ipv4", "8.8.8.0/24")),
        ("2606:4700::1111", ("ipv6", "2606:4700::1111")),
        ("2606:4700:0:0:0:0:0:1111", ("ipv6", "2606:4700::1111")),
        ("2a02[:]6b8[:]0:0::1", ("ipv6", "2a02:6b8::1")),
        ("2a02:6b8[:]0:0::1, and", ("ipv6", "2a02:6b8::1")),
        ("e\u200bvil[.]com", ("domain", "evil.com")),
        ("http://ev\u00adil.com/a\ufeff/b", ("url", "http://evil.com/a/b")),
        ("\uff45\uff56\uff49\uff4c[.]com", ("domain", "evil.com")),
        ("\uff45\uff56\uff49\uff4c\uff0ecom", ("domain", "evil.com")),
        ("hxxps://Evil[.]com/Path?q=A#F.", ("url", "https://evil.com/Path?q=A#F")),
        ("(https://a.com/b)", ("url", "https://a.com/b")),
        ("https://a.com/wiki/Foo_(bar).", ("url", "https://a.com/wiki/Foo_(bar)")),
        ("[text](https://a.com/b)", ("url", "https://a.com/b")),
        ("http[:]//a.com:8080/x", ("url", "http://a.com:8080/x")),
        ("http://user:pw@a.com/x", ("url", "http://user:pw@a.com/x")),
        ("hxxp://8[.]8[.]8[.]8/x", ("url", "http://8.8.8.8/x")),
        ("http://[2606:4700::1111]/x", ("url", "http://[2606:4700::1111]/x")),
        ("evil[.]com/en_US/all.js", ("url", "evil.com/en_US/all.js")),
        ("hxxp://evil[.]bit", ("url", "http://evil.bit")),
        ("mailto:bob@a.com", ("email", "bob@a.com")),
        ("Bob.Smith+x[at]A[.]com", ("email", "bob.smith+x@a.com")),
        ("bob [at] a [dot] com", ("email", "bob@a.com")),
        ("framework.py", ("file", "framework.py")),
        ("cmd.exe", ("file", "cmd.exe")),
        ("kernel32.dll", ("file", "kernel32.dll")),
        ("README.md", ("file", "README.md")),
    ],
)
def test_seen(text: str, expected: tuple[str, str]) -> None:
    assert seen(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "BURNTCIGAR.CA!tr",
        "Backdoor.Win32.Agent.dj",
        "Trojan.Win32.Emotet.vb",
        "Variant.Zusy.so",
        "Trojan.Agent.py",
        "self.name = obj.id",
        "com.android.chrome",
        "abc.onion",
        "HEUR:Trojan.Win32.Generic",
        "W32/Emotet.AB!tr.dldr",
        "system.In addition",
        "unit.test(one)",
        "os.path.join(x)",
        "System.Net.WebClient",
        "18 U.S.C. 1030",
        "e.g. this and i.e. that",
        "Node.NET and ASP.NET",
        "version 7.0.0.1",
        "v1.2.3.4",
        "Chrome/81.0.4044.138",
        "1.2.3.4.5",
        "3.2.1.4 Findings",
        "256.1.1.1",
        "at 12:34:56 on",
        "std::string",
        "00:1b:44:11:3a:b7",
        "T1566.001",
        "evil[.]notatld",
        "-bad-.com",
        "@example",
        "a" * 70 + ".com",
    ],
)
def test_not_seen(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("192.0.2.7", "RFC 5737"),
        ("198.51.100.7", "RFC 5737"),
        ("203.0.113.7", "RFC 5737"),
        ("2001:db8::1", "RFC 3849"),
        ("10.0.0.1", "private"),
        ("192[.]168[.]1[.]1", "private"),
        ("172.16.3.4", "private"),
        ("fc00::1", "private"),
        ("127.0.0.1", "loopback"),
        ("169.254.1.1", "link-local"),
        ("224.0.0.1", "multicast"),
        ("240.0.0.1", "reserved"),
        ("100.64.0.1", "RFC 6598"),
        ("0.0.0.0", "no host"),
        ("http://10.0.0.1/x", "private"),
        ("http://printer/x", "no public host"),
        ("http://a.b.notatld/x", "no public host"),
        ("www.example.com", "RFC 2606"),
        ("evil[.]example", "RFC 2606"),
        ("bob@example.org", "RFC 2606"),
    ],
)
def test_what_cannot_be_anybodys_is_kept_with_the_reason(text: str, reason: str) -> None:
    (found,) = reasons(text)
    assert reason in found


@pytest.mark.parametrize(
    "text", ["8.8.8.8", "evil.com", "http://evil.com/x", "172.32.0.1", "2606:4700::1111"]
)
def test_what_can_be_somebodys_has_no_reason(text: str) -> None:
    assert reasons(text) == [""]


def test_two_addresses_with_a_comma_between_are_two() -> None:
    text = "http://a.com/x,http://b.com/y and 8.8.8.8,9.9.9.9"
    assert [value for _, value in seen(text)] == ["http://a.com/x", "http://b.com/y", "8.8.8.8", "9.9.9.9"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("45.77.12.17-45.77.12.19", ["45.77.12.17", "45.77.12.19"]),
        ("45.77.12[.]17-45.77.12[.]19", ["45.77.12.17", "45.77.12.19"]),
        ("45.77.12.17-19", ["45.77.12.17"]),
        ("1.2.3.4-static.quay.com", ["1.2.3.4-static.quay.com"]),
    ],
)
def test_a_range_has_two_ends(text: str, values: list[str]) -> None:
    assert [value for _, value in seen(f"From {text} it came.")] == values


@given(domains)
def test_a_domain_is_seen_live_and_defanged(name: str) -> None:
    assert ("domain", name) in seen(f"It called {defang(name)} then.")


@given(st.ip_addresses(v=4))
def test_an_address_is_seen_live_and_defanged(address: ipaddress.IPv4Address) -> None:
    assert seen(f"It called {address} then.") == [("ipv4", str(address))]
    assert seen(f"It called {defang(str(address))} then.") == [("ipv4", str(address))]


@given(st.ip_addresses(v=6).filter(lambda address: any(character.isdigit() for character in str(address))))
def test_a_long_address_is_seen(address: ipaddress.IPv6Address) -> None:
    text = address.exploded
    assert seen(f"It called {text} then.") == [("ipv6", str(address))]


@given(st.ip_addresses(v=6).filter(lambda address: any(character.isdigit() for character in str(address))))
def test_a_long_address_with_dead_colons_is_the_same(address: ipaddress.IPv6Address) -> None:
    dead = address.exploded.replace(":", "[:]")
    (sighting,) = spot(f"It called {dead} then.").sightings
    assert (sighting.value, sighting.defanged, sighting.span.of(f"It called {dead} then.")) == (
        str(address),
        True,
        dead,
    )


@given(domains, st.data())
def test_what_nobody_sees_changes_nothing(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(name) - 1))
    hidden = name[:at] + data.draw(st.sampled_from(["\u200b", "\u00ad", "\u2060\ufeff"])) + name[at:]
    text = f"It called http://{hidden}/x then."
    (sighting,) = spot(text).sightings
    assert sighting.value == f"http://{name}/x"
    assert sighting.span.of(text) == f"http://{hidden}/x"
    assert sighting.host is not None
    assert sighting.host.of(text) == hidden


@given(domains, st.from_regex(r"[A-Za-z0-9_/-]{1,20}", fullmatch=True))
def test_a_url_is_seen_live_and_defanged(name: str, path: str) -> None:
    url = f"https://{name}/{path}"
    assert seen(f"It called {url} then.") == [("url", url)]
    assert seen(f"It called {defang(url)} then.") == [("url", url)]


@given(st.text(alphabet=st.sampled_from("ab1.[]()@:/\\ -hxtp%\n"), max_size=80))
def test_sightings_are_exact_in_order_and_apart(text: str) -> None:
    found = spot(text).sightings
    assert all(left.span.end <= right.span.start for left, right in itertools.pairwise(found))
    assert all(0 <= each.span.start < each.span.end <= len(text) for each in found)
    assert all(each.span.of(text) == each.span.of(text).strip() for each in found)


@pytest.mark.parametrize(
    ("name", "registered"),
    [
        ("a.b.heronlabs.co.uk", "heronlabs.co.uk"),
        ("heronlabs.com", "heronlabs.com"),
        ("com", ""),
        ("co.uk", ""),
        ("x.notatld", ""),
        ("a..com", ""),
        ("", ""),
    ],
)
def test_registrable(name: str, registered: str) -> None:
    assert registrable(name) == registered


def test_long_runs_cost_no_more_than_their_length() -> None:
    # Each of these once made some pattern start over at every character, or look far ahead from each.
    for unit in (
        "a.",
        "a[.]",
        "hxxp://a[.]com/",
        "http://",
        "a@",
        "1.",
        "a[:]",
        "[:]",
        "\u200ba.",
        "(((http://a.com/)))",
        ":",
        "-a",
    ):
        assert len(spot(unit * (100_000 // len(unit))).sightings) <= 40_000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(see https://quay.org/a/b)word", "https://quay.org/a/b"),
        ("[x](https://quay.org/a_(b)_c)next", "https://quay.org/a_(b)_c"),
        ("https://quay.org/a[12].", "https://quay.org/a"),
        ("https://quay.org/a[x]", "https://quay.org/a[x]"),
        ("https://quay.org/a–", "https://quay.org/a"),
        ("https://quay.org/a\\\\", "https://quay.org/a"),
        ("quay.org/a)b", "quay.org/a"),
        (
            "https://archive.org/web/2020/https://quay.org/a",
            "https://archive.org/web/2020/https://quay.org/a",
        ),
        ("https://quay.org/?to=https://pier.org", "https://quay.org/?to=https://pier.org"),
    ],
)
def test_an_address_ends_before_what_was_set_against_it(text: str, value: str) -> None:
    sightings = [*hosts.urls(text), *hosts.runs(text)]
    assert sightings[0].value == value
    assert sightings[0].span.of(text).endswith(value[-6:])


def test_two_addresses_without_a_space_between_them_are_two() -> None:
    text = "https://quay.org/a/b1https://pier.org/c hxxp://evil[.]net/xhxxps://evil[.]org/y"
    assert [sighting.value for sighting in hosts.urls(text)] == [
        "https://quay.org/a/b1",
        "https://pier.org/c",
        "http://evil.net/x",
        "https://evil.org/y",
    ]


@pytest.mark.parametrize(
    ("text", "subtype", "value"),
    [
        ("5.4.3.2/x.sh", "url", "5.4.3.2/x.sh"),
        ("5[.]4[.]3[.]2:8080/x", "url", "5.4.3.2:8080/x"),
        ("5.4.3.2[:]8080/x)", "url", "5.4.3.2:8080/x"),
        ("5.4.3.2/24", "ipv4", "5.4.3.2/24"),
        ("5.4.3.2/24/x", "ipv4", "5.4.3.2"),
        ("5.4.3.2/6.7.8.9", "ipv4", "5.4.3.2"),
        ("5.4.3.2:8080", "ipv4", "5.4.3.2"),
        ("5.4.3.2/", "ipv4", "5.4.3.2"),
    ],
)
def test_an_address_with_a_page_is_a_url(text: str, subtype: str, value: str) -> None:
    first = next(hosts.runs(text))
    assert (first.subtype, first.value) == (subtype, value)
    assert (first.host is not None) == (subtype == "url")


@given(st.text(alphabet="ht/xps:.()[]1a \\", max_size=60))
def test_a_host_stands_inside_its_address_and_addresses_follow_one_another(text: str) -> None:
    end = 0
    for sighting in hosts.urls(text):
        assert sighting.span.start >= end
        end = sighting.span.end
        assert sighting.host is not None
        assert sighting.span.start <= sighting.host.start < sighting.host.end <= sighting.span.end
