"""When a cited report appeared: as far as the citation tells, and never more exactly than that."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inference.generators import QUICK
from weigh.compiling.attack import read_bundle
from weigh.compiling.citation_dates import citation_date, citation_year, earliest
from weigh.compiling.linking import link
from weigh.knowledge.days import days_of

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@pytest.mark.parametrize(
    ("name", "description", "year"),
    [
        ("Harbour 2020", "Writer, A. (2021, May 1). Harbour. Retrieved June 2, 2023.", 2021),
        ("Harbour 2020", "Writer, A. (n.d.). Harbour. Retrieved June 2, 2023.", 2020),
        ("Harbour", "Writer, A. (2021). Harbour (2019 edition).", 2021),
        ("Harbour 2018 2020", "", 2020),
        ("Harbour April 1999", "", 1999),
        ("Harbour", "Retrieved June 2, 2023.", 0),
        ("Harbour CVE-2021-1234", "", 2021),
        ("Unit 1850", "", 0),
        ("Harbour 2020", "Writer, A. (0000). Harbour.", 0),
        ("", "", 0),
    ],
)
def test_the_year_of_a_citation(name: str, description: str, year: int) -> None:
    assert citation_year(name, description) == year


@pytest.mark.parametrize(
    ("bracket", "date"),
    [
        ("2021, March 2", "2021-03-02"),
        ("2021, March 02", "2021-03-02"),
        ("2021,March 2", "2021-03-02"),
        ("2021 March 2", "2021-03-02"),
        ("2021, march 2", "2021-03-02"),
        ("2021, Mar. 2", "2021-03-02"),
        ("2021, Sept 30", "2021-09-30"),
        ("2021, May", "2021-05"),
        ("2021, March ", "2021-03"),
        ("2021", "2021"),
        ("2010-2013", "2010/2013"),
        ("2010 \u2013 2013", "2010/2013"),
        ("2021, March 2-4", "2021-03-02/2021-03-04"),
        ("2021, March 30 - April 2", "2021-03-30/2021-04-02"),
        ("2021, March to May", "2021-03/2021-05"),
        ("2020, December 30 - 2021, January 2", "2020-12-30/2021-01-02"),
        # not read whole: no more than the years
        ("2021, February 30", "2021"),
        ("2021, March null", "2021"),
        ("2021, Spring", "2021"),
        ("2021, Q3", "2021"),
        ("2021, Ma 2", "2021"),
        ("2021, 2", "2021"),
        ("2021-03-02", "2021"),
        ("2021, May 4 - March 2", "2021"),
        ("2010-13", "2010"),
        ("2017, updated 2019", "2017/2019"),
        ("2017, March 2, updated in 2019", "2017/2019"),
        ("20215", "2021"),
    ],
)
def test_a_bracket_is_read_whole_or_for_its_years(bracket: str, date: str) -> None:
    assert citation_date("Harbour", f"Writer, A. ({bracket}). Harbour. Retrieved June 2, 2023.") == date
    assert citation_date("Harbour", f"Writer, A. ({bracket}") == date


@pytest.mark.parametrize(
    ("name", "description", "date"),
    [
        (
            "Harbour",
            "Harbour Team (HT). (2021, March 2). Harbour (2019). Retrieved June 2, 2023.",
            "2021-03-02",
        ),
        ("Harbour", "Writer, A. (@writer). (2021, May). Harbour.", "2021-05"),
        ("Harbour May 2020", "Writer, A. (n.d.). Harbour. Retrieved June 2, 2023.", "2020"),
        ("Harbour", "Writer, A. (n.d.). Harbour. Retrieved June 2, 2023.", ""),
        ("Harbour", "Writer, A. (12, October 26). Harbour. Retrieved April 25, 2017.", ""),
        ("Harbour", "Writer, A. 2021, March 2. Harbour.", ""),
    ],
)
def test_the_bracket_counts_then_the_name_and_never_the_retrieval(
    name: str, description: str, date: str
) -> None:
    assert citation_date(name, description) == date


@QUICK
@given(st.dates(datetime.date(1980, 1, 1), datetime.date(2100, 1, 1)), st.integers(1, 3))
def test_a_date_that_is_written_is_read(when: datetime.date, told: int) -> None:
    written = [str(when.year), f", {MONTHS[when.month - 1]}", f" {when.day}"]
    date = citation_date("x", f"A Writer ({''.join(written[:told])}). Harbour.")
    assert date == when.isoformat()[: (4, 7, 10)[told - 1]]


@QUICK
@given(st.text(st.sampled_from("(), 0123456789-MarchApilny.d/\u2013toé"), max_size=40), st.text(max_size=12))
def test_any_citation_has_the_year_that_its_bracket_or_its_name_tells(description: str, name: str) -> None:
    """Written a second time, without a word of months and days."""
    bracket = re.search(r"\((\d{4})", description)
    in_name = re.findall(r"(?:19|20)\d\d", name)
    expected = int(bracket[1]) if bracket is not None else int(in_name[-1]) if in_name else 0
    date = citation_date(name, description)
    assert citation_year(name, description) == expected
    first, last = days_of(date)
    assert first <= last
    assert expected == 0 or first == last or last >= days_of(f"{expected:04d}")[0]


@pytest.mark.parametrize(
    ("one", "other", "first"),
    [
        ("", "", ""),
        ("2021", "", "2021"),
        ("2021-03-02", "2020", "2020"),
        ("2021", "2021-03-02", "2021-03-02"),
        ("2021-03", "2021-03-02", "2021-03-02"),
        ("2021-03-04", "2021-03-02", "2021-03-02"),
        ("2021-01", "2021-03-02", "2021-03-02"),
    ],
)
def test_of_two_dates_the_earlier_year_then_the_more_precise(one: str, other: str, first: str) -> None:
    assert earliest(one, other) == earliest(other, one) == first


def test_nearly_every_report_of_the_official_bundle_tells_its_day(shared: Path) -> None:
    """Counted by hand on the bundle: no interval stands in it, and none was retrieved before it appeared."""
    found = link(read_bundle(shared / "data/attack/enterprise-attack-18.1.json.xz"), ()).catalogue.reports
    told = Counter({0: "none", 4: "year", 7: "month", 10: "day"}[len(report.date)] for report in found)
    assert told == {"day": 1567, "month": 99, "year": 41, "none": 84}
    assert all(report.year == int(report.date[:4] or 0) for report in found)
