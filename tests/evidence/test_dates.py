"""Dates in prose: every form as precise as it is written, ranges with both ends, nothing that is no date."""

from __future__ import annotations

import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weigh.evidence.dates import periods
from weigh.records import Span

days = st.dates(datetime.date(1990, 1, 1), datetime.date(2039, 12, 31))


def read(text: str) -> list[tuple[str, str]]:
    """The periods of a text as (words, value)."""
    return [(period.span.of(text), period.value) for period in periods(text, Span(0, len(text)))]


def values(text: str) -> list[str]:
    return [value for _, value in read(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on 2 March 2021", "2021-03-02"),
        ("on 02.03.2021", "2021-03-02"),
        ("on Tue Mar 02 07:21:14 2021", "2021-03-02"),
        ("on Tue Mar  2 07:21:14 UTC 2021", "2021-03-02"),
        ("between 3 and 9 May 2022", "2022-05-03/2022-05-09"),
        ("on the 2nd of March 2021", "2021-03-02"),
        ("on March 2, 2021", "2021-03-02"),
        ("on 2021-03-02", "2021-03-02"),
        ("on 2021-03-02T17:01:12Z", "2021-03-02"),
        ("at 20141001T072107Z", "2014-10-01"),
        ("in Sept. 2019", "2019-09"),
        ("in June of 2022", "2022-06"),
        ("in 2019", "2019"),
        ("in 2016-2019", "2016/2019"),
        ("in summer 2015", "2015"),
        ("mid-2020", "2020-05/2020-08"),
        ("in early 2019", "2019-01/2019-04"),
        ("at the end of 2020", "2020-09/2020-12"),
        ("in late February 2020", "2020-02-21/2020-02-29"),
        ("in mid-January 2022", "2022-01-11/2022-01-20"),
        ("in Q3 2019", "2019-07/2019-09"),
        ("in 2017 Q1", "2017-01/2017-03"),
        ("in the third quarter of 2019", "2019-07/2019-09"),
        ("in the last quarter of 2019", "2019-10/2019-12"),
        ("in the second half of 2020", "2020-07/2020-12"),
        ("in H1 2021", "2021-01/2021-06"),
        ("between March and June 2021", "2021-03/2021-06"),
        ("between November and March 2021", "2020-11/2021-03"),
        ("from 12 June to 17 July 2022", "2022-06-12/2022-07-17"),
        ("from mid-June through mid-July 2022", "2022-06-11/2022-07-20"),
        ("from June 2021 through at least November 2022", "2021-06/2022-11"),
        ("from 2006 up to and including in or about 2018", "2006/2018"),
        ("in December 2014 and continuing until at least May 2018", "2014-12/2018-05"),
        ("on March 2-5, 2021", "2021-03-02/2021-03-05"),
        ("on 2\u20135 March 2021", "2021-03-02/2021-03-05"),
        ("between 2009 through 2018", "2009/2018"),
        ("since at least 2017", "2017/.."),
        ("as early as February 2022", "2022-02/.."),
        ("beginning in or about 2014", "2014/.."),
        ("which began in 2018", "2018/.."),
        ("after March 2021", "2021-03/.."),
        ("until 2019", "../2019"),
        ("by May 2020", "../2020-05"),
        ("before 12 March 2020", "../2020-03-12"),
    ],
)
def test_every_form(text: str, value: str) -> None:
    assert values(f"They were active {text}.") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Windows Server 2016",
        "on 34.03.2021",
        "on 02.13.2021",
        "CVE-2019-11510 and CVE-2020-0688",
        "https://example.org/2021/03/02/note",
        "the 2020/2021 academic year",
        "before the 2024 election",
        "at the 2018 Winter Games",
        "on 30 February 2021",
        "on 2021-13-01",
        "as of November 2022",
        "in March",
        "they may use it",
        "2019",
    ],
)
def test_what_is_no_date_of_anything(text: str) -> None:
    assert values(text) == []


def test_a_month_without_its_year_takes_that_of_the_next() -> None:
    assert read("in March and June 2021") == [("March", "2021-03"), ("June 2021", "2021-06")]
    assert values("in 2016 and 2017") == ["2016", "2017"]


def test_the_words_that_open_or_close_a_period_belong_to_it() -> None:
    assert read("seen since at least 2017") == [("since at least 2017", "2017/..")]
    assert read("seen until May 2019") == [("until May 2019", "../2019-05")]


def test_a_date_alone_is_told_from_one_in_a_sentence() -> None:
    text = "March 2, 2021 by A. Writer"
    (alone,) = periods(text, Span(0, len(text)))
    led = "seen on March 2, 2021"
    (within,) = periods(led, Span(0, len(led)))
    assert (alone.is_led, within.is_led) == (False, True)


@given(days)
def test_any_day_is_read_in_every_way_to_write_it(day: datetime.date) -> None:
    month = calendar.month_name[day.month]
    for written in (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        day.isoformat(),
        f"{day:%Y%m%d}T010203Z",
    ):
        assert values(f"seen on {written} there") == [day.isoformat()]


@given(days, days)
def test_any_two_days_make_the_range_between_them(one: datetime.date, other: datetime.date) -> None:
    first, last = sorted((one, other))
    text = f"between {first.day} {first:%B %Y} and {last.day} {last:%B %Y}"
    assert values(text) == [f"{first.isoformat()}/{last.isoformat()}"]


@given(st.text(st.sampled_from("2019 -/:,.MarchMay QToand0st\n"), max_size=200))
def test_any_text_gives_periods_that_stand_in_it_in_order(text: str) -> None:
    found = list(periods(text, Span(0, len(text))))
    assert [period.span for period in found] == sorted(period.span for period in found)
    for period in found:
        assert len(period.span.of(text)) > 0
        first, _, last = period.value.partition("/")
        assert first == ".." or last in ("", "..") or first <= f"{last}~"


def test_dates_of_another_sentence_are_not_read() -> None:
    text = "Seen in May 2021. Built on 2 June 2022. Sold in 2023."
    second = Span(text.index("Built"), text.index(" Sold"))
    assert [period.value for period in periods(text, second)] == ["2022-06-02"]


def test_far_apart_years_are_read_each_in_its_place() -> None:
    text = f"In May 2021 it began{', and on it went' * 20}, until it ended in June 2023."
    assert values(text) == ["2021-05", "../2023-06"]
    assert next(words for words, _ in read(text)) == "May 2021"


def test_only_the_first_dates_of_a_flood_are_read() -> None:
    assert len(values("on 2 May 2021, " * 100)) == 24
