"""Plain text and Markdown are kept as their source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK, read_text
from weigh.readers.encoding import tidy
from weigh.readers.limits import LIMITS
from weigh.readers.markdown import read as read_markdown
from weigh.readers.text import read as read_plain

SOURCE = """# On the harbour #

They used [a loader](https://vendor.example/T1566?x=1) and:

```yara
rule a { strings: $a = "T1003" }
```

| id | name |
|----|------|
| T1566.001 | Attachment |
"""


def test_markdown_loses_neither_links_nor_code() -> None:
    document = read_text(SOURCE, "report.md")
    assert (document.text, document.format, document.title) == (SOURCE, "markdown", "On the harbour")
    assert (document.fields, document.notices) == ((), ())


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# One\n# Two\n", "One"),
        ("Under\n=====\n", "Under"),
        ("## Second only\n", ""),
        ("#No blank\n", ""),
        ("words\n\n# Later \n", "Later"),
        ("", ""),
    ],
)
def test_the_title_is_the_first_main_heading(source: str, title: str) -> None:
    assert read_markdown(source, "", LIMITS).title == title


@QUICK
@given(st.text().map(tidy))
def test_the_source_is_the_text(source: str) -> None:
    assert read_markdown(source, "", LIMITS).text == source
    assert read_plain(source, "", LIMITS).text == source


def test_windows_line_ends_become_one_kind() -> None:
    assert read_text("One\r\n\r\nTwo\r", "a.txt").text == "One\n\nTwo\n"
