"""What reports mention without blame: looked up by host and by every host above it, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.known_hosts import Known
from weigh.evidence.suffixes import held
from weigh.knowledge.catalogue import Listed, Listing

label = st.text(alphabet="abcxyz019-", min_size=1, max_size=8)
hosts = st.lists(label, min_size=2, max_size=6).map(".".join)
lists = st.lists(hosts, max_size=8)


def _known(kind: Listed, *names: str, said_by: str = "a list") -> Known:
    return Known((Listing(kind, said_by, " ".join(names)),))


def under(host: str, names: list[str], *, cited: bool = False) -> bool:
    """Whether a host or one above it is among the names, none of which is above what its owner holds."""
    owner = "" if cited else held(host)
    return any((host == name or host.endswith(f".{name}")) and len(name) >= len(owner) for name in names)


@given(lists, hosts)
def test_a_host_is_known_where_it_or_one_above_it_is_listed(names: list[str], host: str) -> None:
    assert (_known(Listed.PUBLISHERS, *names).publisher(host) != "") == under(host, names)


@pytest.mark.parametrize(
    ("host", "name", "known"),
    [
        ("bad.duckdns.org", "duckdns.org", False),
        ("duckdns.org", "duckdns.org", True),
        ("a.b.github.io", "b.github.io", True),
        ("a.b.github.io", "github.io", False),
        ("s3.amazonaws.com", "amazonaws.com", True),
        ("x.s3.amazonaws.com", "amazonaws.com", False),
        ("a.quay.co.uk", "quay.co.uk", True),
        ("5.4.3.2", "3.2", True),
    ],
)
def test_a_name_that_a_hoster_gives_is_its_holders(host: str, name: str, known: bool) -> None:
    assert (_known(Listed.COMMON, name).common(host, False) != "") == known == under(host, [name])
    assert _known(Listed.COMMON, name).common(host, False, cited=True) != ""


@given(lists, hosts, st.booleans())
def test_where_anybody_may_put_content_a_page_is_not_common(names: list[str], host: str, path: bool) -> None:
    joined = " ".join(names)
    known = Known((Listing(Listed.COMMON, "used", joined), Listing(Listed.OPEN, "open", joined)))
    assert (known.common(host, path) != "") == (under(host, names) and not path)
    assert (known.common(host, path, cited=True) != "") == (under(host, names, cited=True) and not path)


def test_a_page_of_a_messenger_is_not_common_and_the_messenger_is() -> None:
    known = _known(Listed.COMMON, "t.me")
    assert known.common("t.me", True) == "" != known.common("t.me", False)


@given(lists, hosts)
def test_kinds_do_not_mix(names: list[str], host: str) -> None:
    known = _known(Listed.OPEN, *names)
    assert (
        known.publisher(host)
        == known.common(host, False)
        == known.service(host)
        == known.harmless(host)
        == ""
    )


def test_of_two_lists_the_first_is_named() -> None:
    first = Listing(Listed.ADDRESSES, "first", "9.9.9.9")
    second = Listing(Listed.ADDRESSES, "second", "9.9.9.9 8.8.8.8")
    known = Known((first, second))
    assert known.service("9.9.9.9") == "on the list “first”"
    assert known.service("8.8.8.8") == "on the list “second”"
    assert known.service("8.8.8") == known.service("18.8.8.8") == ""


def test_without_lists_nothing_is_known() -> None:
    known = Known(())
    assert known.publisher("berth.com") == known.common("berth.com", True) == known.harmless("00") == ""


def test_a_host_of_very_many_labels_is_looked_up_by_its_last_ones() -> None:
    assert _known(Listed.COMMON, "quay.com").common("a." * 5000 + "quay.com", False) != ""
