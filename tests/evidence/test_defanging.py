"""Every usual way of defanging is read, and what we defang ourselves comes back."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.defanging import defang, is_defanged, refang

labels = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?", fullmatch=True)
names = st.builds(".".join, st.lists(labels, min_size=1, max_size=4))
addresses = st.one_of(st.ip_addresses(v=4).map(str), names)
urls = st.builds(
    lambda scheme, host, path: f"{scheme}://{host}/{path}",
    st.sampled_from(["http", "https", "ftp", "wss"]),
    addresses,
    st.from_regex(r"[A-Za-z0-9/_.=&?-]{0,20}", fullmatch=True),
)
emails = st.builds(lambda local, host: f"{local}@{host}", labels, names)


@given(st.one_of(urls, emails, addresses))
def test_refanging_undoes_defanging(address: str) -> None:
    assert refang(defang(address)) == address


@given(st.one_of(urls, emails, addresses))
def test_refanging_leaves_live_addresses_alone(address: str) -> None:
    assert refang(address) == address
    assert not is_defanged(address)


@given(st.one_of(urls, emails, names).filter(lambda address: "." in address or "@" in address))
def test_what_is_defanged_is_known_to_be(address: str) -> None:
    assert is_defanged(defang(address))


@given(st.text(alphabet=st.sampled_from("ab .[]()"), max_size=30))
def test_refanging_keeps_every_letter_in_order(text: str) -> None:
    assert [each for each in refang(text) if each in "ab"] == [each for each in text if each in "ab"]


@pytest.mark.parametrize(
    "form",
    [
        "evil[.]example",
        "evil(.)example",
        "evil{.}example",
        "evil<.>example",
        "evil[.example",
        "evil.]example",
        "evil[dot]example",
        "evil(dot)example",
        "evil[DOT]example",
        "evil\\.example",
        "evil [.] example",
        "evil[ . ]example",
        "evil［.］example",
        "evil【.】example",
        "evil（．）example",
        "evil「.」example",
        "evil．example",
        "evil。example",
    ],
)
def test_dots(form: str) -> None:
    assert refang(form) == "evil.example"


@pytest.mark.parametrize(
    ("form", "live"),
    [
        ("hxxp://a.example", "http://a.example"),
        ("hXXps://a.example", "https://a.example"),
        ("HXXPS://a.example", "https://a.example"),
        ("h**p://a.example", "http://a.example"),
        ("http[:]//a.example", "http://a.example"),
        ("https[://]a.example", "https://a.example"),
        ("hxxp(:)//a.example", "http://a.example"),
        ("meow://a.example", "http://a.example"),
        ("meows://a.example", "https://a.example"),
        ("fxp://a.example", "ftp://a.example"),
        ("fxps://a.example", "ftps://a.example"),
        ("http://a.example[:]8080", "http://a.example:8080"),
    ],
)
def test_schemes(form: str, live: str) -> None:
    assert refang(form) == live


@pytest.mark.parametrize(
    "form", ["bob[at]a.example", "bob[@]a.example", "bob(at)a.example", "bob [at] a.example"]
)
def test_at_signs(form: str) -> None:
    assert refang(form) == "bob@a.example"


def test_a_sentence_and_a_chinese_stop_stay_as_they_are() -> None:
    for text in ("It ended. Then", "中方反对。美方", "see [1]. And", "array[0].name", "(e.g. this)"):
        assert refang(text) == text


@given(st.ip_addresses(v=4))
def test_addresses_survive_as_addresses(address: ipaddress.IPv4Address) -> None:
    assert ipaddress.ip_address(refang(defang(str(address)))) == address


@pytest.mark.parametrize(
    ("live", "safe"),
    [
        ("https://evil.example/a.php", "hxxps://evil[.]example/a[.]php"),
        ("root@evil.example", "root[@]evil[.]example"),
        ("192.0.2.1", "192[.]0[.]2[.]1"),
    ],
)
def test_defanged_forms(live: str, safe: str) -> None:
    assert defang(live) == safe
