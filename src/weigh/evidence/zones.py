"""Names of time zones: offsets from UTC, and what the IANA database (tzdata) and ISO 3166-1 call them."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from weigh.evidence.countries import country_names, states
from weigh.evidence.folding import fold
from weigh.records import Span

_WORD = r"[A-Z][\w'\u2019-]{1,24}"
ZONE = re.compile(
    r"\b(?:UTC|GMT)(?:\s?(?P<sign>[+\u2212\u2013-]|plus\b|minus\b)\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?(?![\d:])|\b)"
    r"|(?<![\w:.])(?P<signed>[+\u2212-][01]\d):?(?P<signed_minutes>00|15|30|45)(?![\w:]|\.\d)"
    rf"|\b[Ll]ocal [Tt]ime (?:in|at) (?P<city>{_WORD}(?: {_WORD}){{0,2}})"
    rf"|\b(?P<place>{_WORD}(?: {_WORD}){{0,2}}) (?:[Ss]tandard |[Ll]ocal |[Ss]ummer )?[Tt]ime\b"
    r"(?! ?(?:[Zz]one )?[A-Z])"
    rf"|\b(?P<id>[A-Z]\w{{1,20}}/{_WORD}(?:/{_WORD})?)\b"
    r"|\b(?P<short>[A-Z]{3,5})\b"
)
"""Anything that may be a zone; `zone_named` says whether it is."""

_DATED = re.compile(r"\b(?:commits?|time ?stamps?|date headers?|zone)\b[^.;]*\Z", re.IGNORECASE)
"""What carries an offset alone: "commits carry +0300"."""
_REACH = 60
_YEARS = (2000, 2010, 2024)
_MONTHS = (1, 7)
_FARTHEST = 14 * 60


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone that a text names: where, its value, and why it is read so.

    `says_so` tells an offset, identifier or place from an abbreviation or plain "UTC", which most clocks use.
    """

    span: Span
    value: str
    why: str
    says_so: bool


def zone_named(match: re.Match[str]) -> Zone | None:
    """The zone of a match of `ZONE`, None where it is none."""
    span, written = Span(*match.span()), " ".join(match.group().split())
    found = match.groupdict()
    if found["short"] is not None:
        return _abbreviated(span, written)
    if found["id"] is not None:
        return Zone(span, written, f"the IANA zone {written}", True) if written in identifiers() else None
    if found["place"] is not None:
        return _of_place(span, found["place"]) or _of_country(span, found["place"])
    if found["city"] is not None:
        return _of_place(span, found["city"])
    before = max(0, span.start - _REACH)
    if found["signed"] is not None and _DATED.search(match.string, before, span.start) is None:
        return None
    hours = found["hours"] or found["signed"]
    minutes = found["minutes"] or found["signed_minutes"] or "0"
    if hours is None:
        return Zone(span, "UTC", "UTC itself", False)
    sign = -1 if hours[0] in "-\u2212" or (found["sign"] or "+")[0] in "-\u2212\u2013m" else 1
    offset = sign * (int(hours.lstrip("+-\u2212")) * 60 + int(minutes))
    if abs(offset) > _FARTHEST:
        return None
    return Zone(span, offset_name(offset), f"the offset \u201c{written}\u201d", True)


def offset_name(minutes: int) -> str:
    """ "UTC+03:00" for 180."""
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _abbreviated(span: Span, short: str) -> Zone | None:
    readings = abbreviations().get(short, {})
    if len(readings) == 0 or short in {"UTC", "GMT"}:
        return None
    said = ", ".join(
        f"{offset_name(offset)} ({zones[0]}{_more(zones)})" for offset, zones in sorted(readings.items())
    )
    if len(readings) == 1:
        return Zone(span, offset_name(next(iter(readings))), f"{short} is {said}", False)
    return Zone(span, short, f"{short} may be {said}: all readings are kept", False)


def _more(zones: tuple[str, ...]) -> str:
    return "" if len(zones) == 1 else f" and {len(zones) - 1} more"


def _of_place(span: Span, place: str) -> Zone | None:
    """The longest ending of the words that names a zone's place or a country with one zone."""
    words = place.split()
    for first in range(len(words)):
        name = " ".join(words[first:])
        identifier = places().get(fold(name))
        if identifier is not None:
            start = span.start + place.index(words[first]) if first > 0 else span.start
            return Zone(Span(start, span.end), identifier, f"{name} names the IANA zone {identifier}", True)
    return None


def _of_country(span: Span, place: str) -> Zone | None:
    """The zone of a country that keeps the time with the initials of its name: "China Standard Time", CST."""
    place = place.removesuffix(" Standard").removesuffix(" standard")
    code = country_names().get(fold(place), ("", ""))[1]
    short = f"{place[0]}ST"
    named = [name for name in zones_of().get(code, ()) if name in _keeping(short)]
    if len(named) != 1:
        return None
    return Zone(span, named[0], f"of the zones of {place} only {named[0]} is called {short}", True)


def _keeping(short: str) -> frozenset[str]:
    return frozenset(name for names in abbreviations().get(short, {}).values() for name in names)


@cache
def zones_of() -> dict[str, tuple[str, ...]]:
    """The zones of each country by its code (zone.tab)."""
    found: dict[str, list[str]] = {}
    for code, name in _table("zone.tab"):
        found.setdefault(code, []).append(name)
    return {code: tuple(names) for code, names in found.items()}


@cache
def identifiers() -> frozenset[str]:
    """Every identifier of the IANA database with a region: "Europe/Riga"."""
    listed = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(name for name in listed if "/" in name and not name.startswith("Etc/"))


@cache
def places() -> dict[str, str]:
    """Folded place -> identifier: the last part of each, and countries whose clocks are all one zone's with
    their seats."""
    by_place = {
        fold(name.rpartition("/")[2].replace("_", " ")): name for name in sorted(identifiers(), reverse=True)
    }
    by_country = zones_of()
    single = {code: names[0] for code, names in by_country.items() if len(names) == 1}
    by_name = {name: single[code] for name, (_, code) in country_names().items() if code in single}
    by_seat = {
        fold(seat): single[code] for code in single for seat in states().get(code, {}).get("seats", ())
    }
    canonical = {
        fold(name.rpartition("/")[2].replace("_", " ")): name
        for names in by_country.values()
        for name in names
    }
    return by_seat | by_name | by_place | canonical | _capitals()


@cache
def _capitals() -> dict[str, str]:
    """Capitals of countries of several zones, and other cities, after which the database names none, and what
    it counts them to."""
    table = files("weigh.evidence").joinpath("capitals.toml").read_text(encoding="utf-8")
    listed: dict[str, str] = tomllib.loads(table)
    return {city: name for name, cities in listed.items() for city in cities.split(", ")}


@cache
def abbreviations() -> dict[str, dict[int, tuple[str, ...]]]:
    """Abbreviation -> offset in minutes -> zones that have used it since 2000, one for each clock
    (zone1970.tab)."""
    found: dict[str, dict[int, set[str]]] = {}
    for _, name in sorted(_table("zone1970.tab")):
        zone = _zone(name)
        for year in _YEARS:
            for month in _MONTHS:
                moment = datetime.datetime(year, month, 1, tzinfo=zone)
                short, offset = moment.tzname(), moment.utcoffset()
                if short is not None and offset is not None and short.isalpha():
                    found.setdefault(short, {}).setdefault(int(offset.total_seconds()) // 60, set()).add(name)
    return {
        short: {offset: tuple(sorted(names)) for offset, names in by_offset.items()}
        for short, by_offset in found.items()
    }


def _table(name: str) -> list[tuple[str, str]]:
    """Country codes and zones of one of the database's tables, as it has them."""
    table = files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return [(row[0], row[2]) for row in rows]


def _zone(name: str) -> ZoneInfo:
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)
