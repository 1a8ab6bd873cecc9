"""Reading the galaxy: names and sponsors stay claims with their source."""

from __future__ import annotations

import sys
from pathlib import Path

import pycountry
import pytest

from tests.compiling import bundles as b
from weigh.compiling import galaxy as reading
from weigh.compiling.galaxy import country_of, read_galaxy
from weigh.errors import KnowledgeError
from weigh.knowledge.catalogue import Alias, SponsorClaim


def test_names_come_once_with_who_coined_them(tmp_path: Path) -> None:
    (actor,) = b.galaxy(
        tmp_path,
        b.cluster(
            1,
            "Slate Heron",
            synonyms=["TIDE-9", "Grey Wader", "TIDE-9"],
            **{"origin:TIDE-9": "Brightwater", "origin:grey wader": ["Oakline", "Fenn"]},
        ),
    )
    assert actor.aliases == (
        Alias("Slate Heron", "MISP galaxy"),
        Alias("TIDE-9", "Brightwater"),
        Alias("Grey Wader", "Oakline and Fenn"),
    )


def test_a_name_may_say_its_producer_by_uuid(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_producers", lambda: {"u-1": "Brightwater"})
    (actor,) = b.galaxy(
        tmp_path,
        b.cluster(1, "Heron", synonyms=["A:1", "B"], **{"name-attribution": ["A:1:u-1", "B:unknown"]}),
    )
    assert actor.aliases[1:] == (Alias("A:1", "Brightwater"), Alias("B", "MISP galaxy"))


@pytest.mark.parametrize(
    ("synonyms", "links", "ids"),
    [
        ([], [], ()),
        (["G0016"], [], ("G0016",)),
        ([], ["https://attack.mitre.org/groups/G0016/"], ("G0016",)),
        ([], ["https://attack.mitre.org/group/g0016", "https://x.example/G0099"], ("G0016",)),
        (["G0016"], ["https://attack.mitre.org/groups/G0007"], ("G0016", "G0007")),
        (["G00160", "Agent G0016"], ["https://attack.mitre.org/groups/G00160"], ()),
    ],
)
def test_group_ids_are_those_that_a_cluster_gives_itself(
    tmp_path: Path, synonyms: list[str], links: list[str], ids: tuple[str, ...]
) -> None:
    (actor,) = b.galaxy(tmp_path, b.cluster(1, "Heron", synonyms=synonyms, refs=links))
    assert actor.group_ids == ids
    assert not any(alias.name == "G0016" for alias in actor.aliases)


def test_sponsors_are_claims_with_source_and_confidence(tmp_path: Path) -> None:
    (actor,) = b.galaxy(
        tmp_path,
        b.cluster(
            1,
            "Heron",
            country="DV",
            **{"cfr-suspected-state-sponsor": "Dorvany", "attribution-confidence": "50"},
        ),
    )
    assert actor.sponsors == (
        SponsorClaim("Dorvany", "CFR, by way of the MISP galaxy", "50"),
        SponsorClaim("DV", "MISP galaxy", "50"),
    )


@pytest.mark.parametrize(
    ("code", "name", "short"),
    [
        (country.alpha_2, spelt, country_of(country.alpha_2))
        for country in pycountry.countries
        for spelt in dict.fromkeys((country.name, getattr(country, "common_name", country.name)))
    ],
)
def test_every_country_has_one_spelling(code: str, name: str, short: str) -> None:
    assert country_of(name) == short == country_of(code)
    assert len(short) > 2


def test_a_name_in_brackets_is_the_name_after_a_comma() -> None:
    assert country_of("Iran (Islamic Republic of)") == country_of("IR")
    assert country_of("Dorvany (Republic of)") == "Dorvany (Republic of)"


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("Palestine", "Palestine, State of"),
        ("micronesia", "Micronesia, Federated States of"),
        ("Congo", "Congo"),
        ("Russia", "Russian Federation"),
        ("Brunei", "Brunei Darussalam"),
        ("Bru", "Bru"),
        ("United", "United"),
        ("Korea", "Korea"),
        ("Virgin Islands", "Virgin Islands"),
        ("", ""),
    ],
)
def test_the_beginning_of_a_name_is_enough_where_one_country_begins_so(name: str, usual: str) -> None:
    assert country_of(name) == usual


def test_nobody_is_no_sponsor(tmp_path: Path) -> None:
    (actor,) = b.galaxy(tmp_path, b.cluster(1, "Heron", **{"cfr-suspected-state-sponsor": "Unknown"}))
    assert actor.sponsors == ()


@pytest.mark.parametrize("value", [None, 3, {"a": 1}, [1, None, {"b": []}], ""])
def test_fields_of_another_shape_say_nothing(tmp_path: Path, value: object) -> None:
    meta = {"synonyms": value, "refs": value, "name-attribution": value, "cfr-suspected-state-sponsor": None}
    (actor,) = b.galaxy(tmp_path, b.cluster(1, "Heron", **meta))
    assert [alias.name for alias in actor.aliases if alias.name] == ["Heron"]
    assert actor.sponsors == ()


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"values": [{"value": "no uuid"}]}', b"\xff", b'{"x":' + b"[" * 200_000]
)
def test_what_is_no_galaxy_is_a_clear_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "actors.json"
    path.write_bytes(data)
    with pytest.raises(KnowledgeError, match="not a MISP galaxy cluster file"):
        read_galaxy(path)


def test_the_installed_galaxy_is_read_without_importing_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pymispgalaxies", raising=False)
    found = read_galaxy()
    assert "pymispgalaxies" not in sys.modules
    assert len(found.actors) == 864
    assert found.label.startswith("MISP galaxy in the installed package")
