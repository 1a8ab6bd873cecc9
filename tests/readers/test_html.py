"""HTML: what a visitor reads, block by block, and an account of the rest."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.samples import QUICK, assert_ends_well, lines, problems, read_text
from weigh.errors import LimitError
from weigh.readers import Limits, read_bytes

WORDS = st.text(st.characters(categories=("L", "Nd"), codec="utf-8"), min_size=1, max_size=8)


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("<div>One.<div>Two.</div>Three.</div>", ["One.", "Two.", "Three."]),
        ("One<br>two<br/>three", ["One", "two", "three"]),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", ["a", "b", "c"]),
        ("<h2>Head</h2>text", ["Head", "text"]),
        ("<dl><dt>Name<dd>Meaning</dl>", ["Name", "Meaning"]),
        ("<p>some <b>bold</b> and <i>ital</i>ic words</p>", ["some bold and italic words"]),
        ("<p>  much \n\t space&nbsp;here </p>", ["much space here"]),
        ("<p>AT&amp;T &lt;b&gt; &copy; &#x41;&#66;</p>", ["AT&T <b> © AB"]),
        ("<pre>if x:\n    y()\n</pre>after", ["if x:", "    y()", "after"]),
        ("<p>spear&shy;phish\u200bing</p>", ["spearphishing"]),
        ("<p>hxxp://very<wbr>long[.]example</p>", ["hxxp://verylong[.]example"]),
        ("<p>APT40<sup>1</sup> and 3<sup>rd</sup></p>", ["APT40 1 and 3rd"]),
        ("<p><a href='a'>One</a><a href='b'>Two</a></p>", ["One Two"]),
        ("<p><span>T1566</span><span>.001</span></p>", ["T1566.001"]),
        ("text <!-- comment --> more", ["text more"]),
        ("<details><summary>More</summary>inside</details>", ["More", "inside"]),
        ("<figure><img src='x'><figcaption>What it shows</figcaption></figure>", ["What it shows"]),
    ],
)
def test_blocks_are_lines_and_words_stay_whole(body: str, expected: list[str]) -> None:
    assert lines(read_text(page(body))) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<table><tr><th>Id<th>Name<tr><td>T1566<td>Phishing</table>",
            ["Id | Name", "T1566 | Phishing"],
        ),
        (
            "<table><tr><td><p>T1566</p><p>.001</p><td>a<br>b<ul><li>c<li>d</ul></table>",
            ["T1566 .001 | a b c d"],
        ),
        ("<table><tr><td>a<td><td>c<tr><td>d<td>e<td>f</table>", ["a | | c", "d | e | f"]),
        ("<table><tr><td>a<td>b<tr><td> <td>d</table>", ["a | b", "| d"]),
        ("<table><tr><td>a<td><td><td><td>e</table>", ["a | e"]),
        ("<table><tr><td><pre>x\ny</pre><td>b</table>", ["x y | b"]),
        ("<table><tr><td>one column</td><tr><td><p>a</p><p>b</p></table>", ["one column", "a", "b"]),
        (
            "<table><tr><td>menu<td><h1>Title</h1><p>Words.</p></table>",
            ["menu", "Title", "Words."],
        ),
        (
            "<table><tr><td>left<td><table><tr><td>a<td>b</table></table>",
            ["left", "a | b"],
        ),
        (
            "<table role='presentation'><tr><td>a<td>b</table>",
            ["a", "b"],
        ),
        ("<table><caption>Ids</caption><tr><td>a<td>b</table>after", ["Ids", "a | b", "after"]),
    ],
)
def test_rows_of_data_are_one_line_each(body: str, expected: list[str]) -> None:
    assert lines(read_text(page(body))) == expected


@pytest.mark.parametrize(
    ("body", "notice"),
    [
        ("<nav>menu menu</nav>", "9 characters of navigation, page header and page footer were not read"),
        ("<header>bar</header><footer>(c)</footer>", "6 characters of navigation"),
        ("<div role='navigation'>menu</div>", "4 characters of navigation"),
        ("<div hidden>secret</div>", "6 characters that the page hides were not read"),
        ("<p style='color:red; DISPLAY : none'>secret</p>", "6 characters that the page hides"),
        ("<noscript>enable it</noscript>", "9 characters that the page hides"),
        ("<dialog>cookies</dialog>", "7 characters that the page hides"),
        ("<select><option>Albania<option>Chad</select>", "11 characters of form controls were not read"),
        ("<button>x</button>", "1 character of form controls was not read"),
        ("<img src='a'><img src='b'>", "2 pictures were not read"),
        (
            "<a href='https://a.example/T1003'></a>",
            "1 link address was not read, only the words of the links",
        ),
    ],
)
def test_what_is_not_read_is_counted(body: str, notice: str) -> None:
    document = read_text(page(f"<p>Words.</p>{body}"))
    assert document.text == "Words.\n"
    assert notice in problems(document)


@pytest.mark.parametrize("tag", ["script", "style", "template", "svg", "iframe", "object", "noframes"])
def test_code_is_no_text(tag: str) -> None:
    document = read_text(page(f"<p>Words.</p><{tag}>var T1003 = 1</{tag}>"))
    assert document.text == "Words.\n"


@pytest.mark.parametrize("section", ["article", "main", "section", "blockquote"])
def test_the_header_and_footer_of_a_part_belong_to_it(section: str) -> None:
    body = f"<{section}><header>By whom</header>Words.<footer>Source</footer></{section}>"
    assert lines(read_text(page(body))) == ["By whom", "Words.", "Source"]


def test_a_page_that_has_nothing_but_a_menu_is_read_whole() -> None:
    document = read_text(page("<nav>APT40 uses T1566</nav><script>x</script>"))
    assert document.text == "APT40 uses T1566\n"


def test_the_title_is_the_pages_or_its_first_heading() -> None:
    assert read_text(page("<h1>Inside</h1>", "<title> On the \n harbour </title>")).title == "On the harbour"
    assert read_text(page("<h1>In<b>side</b></h1>")).title == "Inside"
    assert read_text(page("<p>Words.</p>")).title == ""


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("<meta property='article:published_time' content='2021-07-19T08:00:00Z'>", "2021-07-19"),
        ("<meta name='DC.date' content='2021-07-19'>", "2021-07-19"),
        ("<meta itemprop='datePublished' content='2021-07-19'>", "2021-07-19"),
        (
            "<meta name='date' content='2021-07-19'><meta name='pubdate' content='2021-07-20'>",
            "",
        ),
        ("<meta name='date' content='yesterday'>", ""),
        ("<meta name='viewport' content='2021-07-19'>", ""),
        ("<meta name='date'>", ""),
    ],
)
def test_the_date_is_taken_when_the_page_names_one(head: str, date: str) -> None:
    assert read_text(page("Words.", head)).date == date


@QUICK
@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_every_word_of_every_paragraph_is_read_in_order(paragraphs: list[list[str]]) -> None:
    body = "".join(f"<p>{html.escape(' '.join(words))}</p>" for words in paragraphs)
    assert [line.split() for line in lines(read_text(page(body)))] == paragraphs


SPACED = (
    "<table><tr><th>&nbsp;<th>Technique<th><th>Id<th>\u200b<th>Use"
    "<tr><td><img src='x'><td>Phishing<td><td>T1566<td><td>a letter"
    "<tr><td><td>Data Destruction<td><td><td><td>files were wiped</table>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<table><tr><td>a<td><td>c</table>", ["a | c"]),
        (
            SPACED,
            ["Technique | Id | Use", "Phishing | T1566 | a letter", "Data Destruction | | files were wiped"],
        ),
        (
            "<table><tr><th colspan=3>Techniques<tr><td>T1566<td><td>Phishing"
            "<tr><td>T1485<td><td>Wiping</table>",
            ["Techniques", "T1566 | Phishing", "T1485 | Wiping"],
        ),
        (
            "<table><tr><td rowspan=2>Impact<td><td>T1485<td>x<tr><td><td>T1486<td></table>",
            ["Impact | T1485 | x", "T1486"],
        ),
        (
            "<table><tr><th>Id<th>Note<th>Use<tr><td>T1566<td><td>a letter</table>",
            ["Id | Note | Use", "T1566 | | a letter"],
        ),
        ("<table><tr><td><td><tr><td> <td></table>words", ["words"]),
        ("<table><tr><td>a<td><style>b</style><td>c</table>", ["a | c"]),
    ],
)
def test_columns_without_a_word_are_dropped(body: str, expected: list[str]) -> None:
    assert lines(read_text(page(body))) == expected


def test_the_pictures_of_a_blank_column_are_counted() -> None:
    assert "1 picture was not read" in [notice.problem for notice in read_text(page(SPACED)).notices]


@QUICK
@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=5), st.sets(st.integers(0, 3)))
def test_blank_columns_change_nothing(rows: list[list[str]], before: set[int]) -> None:
    spaced = [
        "".join(
            ("<td>&nbsp;" if place in before else "") + (f"<td>{cell}" if cell else "")
            for place, cell in enumerate([*row, ""])
        )
        for row in rows
    ]
    plain = ["".join(f"<td>{cell}" for cell in row) for row in rows]
    texts = [read_text(page(f"<table><tr>{'<tr>'.join(each)}</table>")).text for each in (spaced, plain)]
    assert texts[0] == texts[1]


@QUICK
@given(st.lists(st.lists(WORDS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_every_row_is_a_line_with_its_cells(rows: list[list[str]]) -> None:
    cells = ("".join(f"<td><p>{cell}</p></td>" for cell in row) for row in rows)
    body = f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    assert [line.split(" | ") for line in lines(read_text(page(body)))] == rows


@QUICK
@given(st.text(st.sampled_from('<>/!-="& abptdrhlivsc'), max_size=300))
def test_any_source_ends_well(source: str) -> None:
    assert_ends_well(page(source).encode(), "x.html")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<div>" * 600, "HTML nested more than 512 deep"),
        ("<div/>" * 600, "HTML nested more than 512 deep"),
        ("<span>" * 200_000, "HTML nested more than 512 deep"),
        ("<br>" * 300_000, "more than 250,000 HTML tags"),
        ("<a " + " ".join(f"a{index}" for index in range(5_000)) + ">x</a>", "more than 1,000 attributes"),
    ],
)
def test_pages_made_to_cost_are_refused(body: str, words: str) -> None:
    with pytest.raises(LimitError, match=words):
        read_text(page(body))


def test_nesting_and_tags_within_the_limits_are_read() -> None:
    deep = "<div>" * 500 + "Words." + "</div>" * 500
    assert read_text(page(deep)).text == "Words.\n"
    assert len(lines(read_text(page("<p>x" * 20_000)))) == 20_000
    drawing = "<svg>" + "<path d='M0 0'/>" * 2_000 + "</svg>"
    assert read_text(page(f"<p>Words.</p>{drawing}")).text == "Words.\n"


def test_unclosed_formatting_does_not_multiply() -> None:
    fonts = "".join(f"<font size='{index}'>" for index in range(400))
    body = f"<p>{fonts}first" + "<p>word <b>by</b> word" * 30_000
    document = read_text(page(body))
    assert lines(document) == ["first", *["word by word"] * 30_000]


def test_the_limit_of_depth_is_the_callers() -> None:
    with pytest.raises(LimitError, match="more than 3 deep"):
        read_bytes(page("<div>" * 4 + "x").encode(), "", limits=Limits(tree=3))


def test_links_in_running_text_keep_their_words() -> None:
    source = "<p>Actors <a href='https://x.example'>use <b>Ryuk</b></a>, then Conti.</p>"
    document = read_text(page(source))
    assert document.text == "Actors use Ryuk, then Conti.\n"
    assert re.search("1 link address was", problems(document)) is not None
