"""Lists of what reports mention without blame: counted from citations, and from the installed package."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from weigh.compiling import listings
from weigh.compiling.attack import Reference, StixObject
from weigh.compiling.galaxy import GalaxyActor
from weigh.compiling.listings import LEAST_OPEN, read_listings
from weigh.errors import KnowledgeError
from weigh.knowledge.catalogue import Listed, Listing


def _cited(*links: str) -> StixObject:
    return StixObject(
        "relationship", "relationship--1", external_references=tuple(Reference(url=x) for x in links)
    )


def _actor(*links: str) -> GalaxyActor:
    return GalaxyActor("1", "Slate Heron", (), (), (), links)


def _of(kind: Listed, found: tuple[Listing, ...]) -> set[str]:
    return {name for listing in found if listing.kind is kind for name in listing.names.split()}


def test_hosts_with_two_cited_pages_published_reports() -> None:
    attack = _cited(
        "https://www.berth.com/a", "http://quay.org:81/x", "HTTPS://Berth.com/b", "ftp://pier.net/1"
    )
    galaxy = _actor(
        "https://quay.org/y", "https://lonely.net/1", "https://lonely.net/1", "no link", "ftp://pier.net/2"
    )
    found = read_listings([attack], [galaxy]).listings
    assert _of(Listed.PUBLISHERS, found) == {"berth.com", "quay.org"}


@pytest.mark.parametrize(("count", "listed"), [(LEAST_OPEN - 1, False), (LEAST_OPEN, True)])
def test_where_anybody_may_put_content_more_pages_must_be_cited(count: int, listed: bool) -> None:
    found = read_listings([], [_actor(*(f"https://pastebin.com/{page}" for page in range(count)))]).listings
    assert ("pastebin.com" in _of(Listed.PUBLISHERS, found)) == listed


def test_the_lists_of_the_package_are_read_in_one_form() -> None:
    source = read_listings([], [])
    for kind in (Listed.COMMON, Listed.OPEN, Listed.ADDRESSES, Listed.HASHES):
        names = _of(kind, source.listings)
        assert len(names) > 20
        assert all(name == name.lower() and not name.startswith((".", "www.")) for name in names)
    assert "8.8.8.8" in _of(Listed.ADDRESSES, source.listings)
    assert "44d88612fea8a8f36de82e1278abb02f" in _of(Listed.HASHES, source.listings)
    assert len(source.digest) == 64
    assert source == read_listings([], [])


def test_a_damaged_list_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "package_folder", lambda package, distribution: tmp_path)
    folder = tmp_path / "data" / "misp-warninglists" / "lists" / "tranco10k"
    folder.mkdir(parents=True)
    (folder / "list.json").write_bytes(msgspec.json.encode({"name": 3}))
    with pytest.raises(KnowledgeError, match="not a MISP warning list") as caught:
        read_listings([], [])
    assert caught.value.place.endswith("tranco10k")
