"""When a document was written: what was said goes first, then a date line, then the file's name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims.reader import document
from weigh.claims.dating import FROM_NAME, FROM_TEXT, LINES, STATED, UNDATED, Dated, dated


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("July 19, 2021 – Ottawa, Ontario – Port Authority\nWe say this.", "2021-07-19"),
        ("Original release date: July 19, 2021Summary of all.", "2021-07-19"),
        ("A title\nPublished: Jul 20, 2021 12:26 AM\nText.", "2021-07-20"),
        ("Statement\n3 March 2018", "2018-03-03"),
        ("Statement\n3rd March, 2018", "2018-03-03"),
        ("Harbour news, 2021-07-19", "2021-07-19"),
        ("2021年7月20日外交部发言人主持例行记者会", "2021-07-20"),
        ("Sept. 3, 2020\nA note.", "2020-09-03"),
        ("Washington, DC, May 4, 2023.", "2023-05-04"),
        ("Updated on 4 May 2023 by the port.", "2023-05-04"),
        ("The port was entered on July 19, 2021, and nobody saw it for a long time afterwards.", ""),
        ("Ships that sailed before 2021 were spared.", ""),
        ("February 31, 2021", ""),
        ("Issue 2021-13-45", ""),
        ("", ""),
    ],
)
def test_a_date_line_is_read_and_a_date_in_prose_is_not(text: str, date: str) -> None:
    assert dated(document(text)) == Dated(date, FROM_TEXT if date else UNDATED)


def test_only_the_first_lines_are_looked_at() -> None:
    late = "\n".join(["A line of prose."] * LINES + ["July 19, 2021"])
    assert dated(document(late)).date == ""
    early = "\n".join(["A line of prose."] * (LINES - 1) + ["July 19, 2021"])
    assert dated(document(early)).date == "2021-07-19"


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("us-wh-20210719-call.txt", "2021-07-19"),
        ("call-2021-07-19.txt", "2021-07-19"),
        ("call_2021.07.19.html", "2021-07-19"),
        ("call-20211399.txt", ""),
        ("call-120210719.txt", ""),
        ("note.txt", ""),
    ],
)
def test_a_file_s_name_is_the_last_resort(name: str, date: str) -> None:
    found = dated(document("Nothing here.", name=name))
    assert found == Dated(date, FROM_NAME if date else UNDATED)
    assert dated(document("July 1, 2020\nText.", name=name)) == Dated("2020-07-01", FROM_TEXT)


def test_what_somebody_said_goes_first() -> None:
    said = document("July 19, 2021\nText.", date="2019", name="x-20180101.txt")
    assert dated(said) == Dated("2019", STATED)


@given(st.dates(), st.sampled_from(("{:%B} {}, {}", "{1} {0:%B} {2}")))
def test_every_day_of_the_calendar_comes_back(day: object, form: str) -> None:
    text = form.format(day, day.day, day.year)  # type: ignore[attr-defined]
    known = 1900 <= day.year < 2100  # type: ignore[attr-defined]
    assert dated(document(text)).date == (day.isoformat() if known else "")  # type: ignore[attr-defined]


@given(st.text(max_size=300), st.text(min_size=1, max_size=40))
def test_any_text_has_a_date_or_none(text: str, name: str) -> None:
    found = dated(document(text, name=name))
    assert (found.date == "") == (found.how == UNDATED)
    assert found.date == "" or len(found.date) == 10
