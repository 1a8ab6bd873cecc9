"""What a file says of itself is taken when it says one thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK
from weigh.readers.provenance import TLP_LABELS, common_date, day, only_source, strictest, tlp_label
from weigh.records import Source


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("tlp:white", "CLEAR"),
        ("TLP:CLEAR", "CLEAR"),
        ("tlp:green", "GREEN"),
        (" TLP: Amber ", "AMBER"),
        ("tlp:amber+strict", "AMBER+STRICT"),
        ('tlp="red"', "RED"),
        ("tlp:unclear", ""),
        ("tlp:ex:chr", ""),
        ("redacted", ""),
        ("this text is about tlp:red", ""),
        ("tlp:None", ""),
        ("", ""),
    ],
)
def test_labels(words: str, label: str) -> None:
    assert tlp_label(words) == label


@QUICK
@given(st.lists(st.sampled_from([*TLP_LABELS, "", "PURPLE"])))
def test_the_strictest_label_holds_in_any_order(labels: list[str]) -> None:
    found = strictest(labels)
    assert found == strictest(reversed(labels))
    known = [label for label in labels if label in TLP_LABELS]
    assert found == (known[0] if len(set(known)) == 1 else found)
    assert all(TLP_LABELS.index(found) >= TLP_LABELS.index(label) for label in known)


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2021-07-19", "2021-07-19"),
        ("2021-07-19T12:00:00.000Z", "2021-07-19"),
        ("2021-07-19 12:00", "2021-07-19"),
        ("2021-13-01", ""),
        ("2021-00-01", ""),
        ("2021-01-32", ""),
        ("19.07.2021", ""),
        ("2021-07-190", ""),
        ("", ""),
    ],
)
def test_days(stamp: str, expected: str) -> None:
    assert day(stamp) == expected


@pytest.mark.parametrize(
    ("stamps", "expected"),
    [
        (["2021-07-19T01:00:00Z", "2021-07-19T23:00:00Z"], "2021-07-19"),
        (["2021-07-19", "2021-07-20"], "2021-07"),
        (["2021-07-19", "2021-08-19"], "2021"),
        (["2020-07-19", "2021-07-19"], ""),
        (["2021-07-19", "nonsense", ""], "2021-07-19"),
        ([], ""),
    ],
)
def test_dates_are_as_exact_as_the_stamps_agree(stamps: list[str], expected: str) -> None:
    assert common_date(stamps) == expected


@QUICK
@given(st.lists(st.dates().map(str), min_size=1))
def test_the_common_date_begins_every_stamp(stamps: list[str]) -> None:
    assert all(stamp.startswith(common_date(stamps)) for stamp in stamps)


@pytest.mark.parametrize(
    ("names", "source"),
    [
        (["Harbour CERT", " Harbour  CERT"], Source("Harbour CERT", "F")),
        (["Harbour CERT", "Coast CERT"], None),
        (["", " "], None),
        ([], None),
    ],
)
def test_only_one_name_is_a_source(names: list[str], source: Source | None) -> None:
    assert only_source(names) == source
