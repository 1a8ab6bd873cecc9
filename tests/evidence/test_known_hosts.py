"""What reports mention without blame: looked up by host and by every host above it, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.known_hosts import Known
from weigh.knowledge.catalogue import Listed, Listing

label = st.text(alphabet="abcxyz019-", min_size=1, max_size=8)
hosts = st.lists(label, min_size=2, max_size=6).map(".".join)
lists = st.lists(hosts, max_size=8)


def _known(kind: Listed, *names: str, said_by: str = "a list") -> Known:
    return Known((Listing(kind, said_by, " ".join(names)),))


@given(lists, hosts)
def test_a_host_is_known_where_it_or_one_above_it_is_listed(names: list[str], host: str) -> None:
    under = any(host == name or host.endswith(f".{name}") for name in names)
    assert (_known(Listed.PUBLISHERS, *names).publisher(host) != "") == under


@given(lists, hosts, st.booleans())
def test_where_anybody_may_put_content_a_page_is_not_common(names: list[str], host: str, path: bool) -> None:
    joined = " ".join(names)
    known = Known((Listing(Listed.COMMON, "used", joined), Listing(Listed.OPEN, "open", joined)))
    listed = any(host == name or host.endswith(f".{name}") for name in names)
    assert (known.common(host, path) != "") == (listed and not path)


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
