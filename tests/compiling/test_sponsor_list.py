"""A list of actors with their origins: countries are claims, motives are not, and ties are never guessed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.compiling import bundles as b
from weigh.compiling import build
from weigh.compiling.attack import read_bundle
from weigh.compiling.build import Inputs, compile_into
from weigh.compiling.galaxy import country_of
from weigh.compiling.sponsor_list import read_sponsor_list, tied
from weigh.errors import KnowledgeError
from weigh.knowledge.catalogue import Alias, SponsorClaim
from weigh.knowledge.store import Knowledge, open_knowledge


def row(name: str, origin: str = "", others: str = "") -> dict[str, str]:
    return {"Threat actor name": name, "Origin/Threat": origin, "Other names": others}


def written(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "names.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("origin", "countries"),
    [
        ("Iceland", ["Iceland"]),
        ("Iceland, Financially motivated", ["Iceland"]),
        ("Financially motivated", []),
        ("Group in development", []),
        ("Iceland, Norway, Iceland", ["Iceland", "Norway"]),
        ("", []),
        ("Korea", []),
    ],
)
def test_only_a_country_is_a_claim_and_the_words_are_kept(
    tmp_path: Path, origin: str, countries: list[str]
) -> None:
    (actor,) = read_sponsor_list(written(tmp_path, row("Tide Gust", origin))).actors
    assert actor.sponsors == tuple(SponsorClaim(name, "Microsoft", words=origin) for name in countries)


def test_spellings_are_those_of_the_other_claims(tmp_path: Path) -> None:
    (actor,) = read_sponsor_list(written(tmp_path, row("Tide Gust", "Russia"))).actors
    assert actor.sponsors[0].sponsor == country_of("RU")


def test_a_row_is_tied_by_its_headline_then_by_another_name_that_heads_a_group(tmp_path: Path) -> None:
    objects = read_bundle(b.written(tmp_path, b.small_bundle())).objects
    given = read_sponsor_list(
        written(
            tmp_path,
            row("slate heron", "Iceland", "TIDE-9"),
            row("Tide Gust", "Norway", "Somebody, group 2"),
            row("Quiet Gust", "Malta", "Slate Heron"),
            row("Two Gusts", "Malta", "Group 1, Group 3"),
            row("Group 3"),
        )
    )
    found = tied(given.actors, objects)
    assert [(actor.name, actor.group_ids) for actor in found] == [
        ("slate heron", ("G0001",)),
        ("Tide Gust", ("G0002",)),
        ("Group 3", ("G0003",)),
    ]
    assert found[1].aliases == (Alias("Tide Gust", "Microsoft"),)
    assert tied(given.actors[::-1], objects) == found[::-1]


def test_a_dead_group_is_tied_to_nothing(tmp_path: Path) -> None:
    dead = b.group(7, "Grey Wader", revoked=True)
    objects = read_bundle(b.written(tmp_path, [*b.small_bundle(), dead])).objects
    assert tied(read_sponsor_list(written(tmp_path, row("Grey Wader"))).actors, objects) == ()


@pytest.mark.parametrize("data", [b"", b"{}", b'[{"name": "x"}]', b"\xff", b"[" * 100_000])
def test_a_file_of_another_form_is_refused_in_words(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "names.json"
    path.write_bytes(data)
    with pytest.raises(KnowledgeError, match="not a list of actors") as caught:
        read_sponsor_list(path)
    assert "Threat actor name" in caught.value.remedy


def _compiled(folder: Path, sponsors: Path | None, monkeypatch: pytest.MonkeyPatch) -> Knowledge:
    monkeypatch.setattr(build, "train", lambda *_, progress: {"words": np.arange(2)})
    place = folder / f"compiled-{sponsors is None}"
    place.mkdir()
    clusters = b.galaxy_file(folder, [b.cluster(1, "Slate Heron", country="NO")])
    inputs = Inputs(b.written(folder, b.small_bundle()), clusters, sponsors)
    compile_into(place, inputs, lambda step, share: None)
    return open_knowledge(place)


def test_the_claims_stand_beside_the_galaxys_and_the_knowledge_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, row("Slate Heron", "Iceland"), row("Nobody Known", "Malta"))
    known, plain = (_compiled(tmp_path, each, monkeypatch) for each in (path, None))
    assert [(c.sponsor, c.said_by) for c in known.actors["G0001"].sponsors] == [
        ("Norway", "MISP galaxy"),
        ("Iceland", "Microsoft"),
    ]
    assert len(known.catalogue.actors) == len(plain.catalogue.actors)
    assert known.manifest.counts["rows of the list of sponsors tied to a group"] == 1
    assert known.manifest.counts["rows of the list of sponsors left out"] == 1
    assert known.stamp.inputs[-1] == "names and origins by Microsoft, names.json"
    assert known.stamp.digest != plain.stamp.digest


def test_the_published_list_names_sponsors_for_groups(shared: Path) -> None:
    path = shared / "data/names/microsoft-actor-names.json"
    bundle = shared / "data/attack/enterprise-attack-18.1.json.xz"
    if not path.is_file() or not bundle.is_file():
        pytest.skip("no published list")
    found = tied(read_sponsor_list(path).actors, read_bundle(bundle).objects)
    assert len(found) > 50
    assert sum(len(actor.sponsors) > 0 for actor in found) > 40
    assert all(len(actor.group_ids) == 1 for actor in found)
