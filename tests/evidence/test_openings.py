"""Searches that skip find what the plain ones find: two implementations agreeing, on any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from weigh.evidence import defanging, definitions, folding, hosts, segmentation
from weigh.evidence.defanging import AT_MARK
from weigh.evidence.folding import fold
from weigh.evidence.observe import observe
from weigh.evidence.openings import Opened

OPEN, CLOSE, GAP = r"[\[({<（【［｛〔「『〈]", r"[\])}>）】］｝〕」』〉]", r"[ \t\u00a0]?"
INVISIBLE = r"\u00ad\u200b-\u200f\u2060\ufeff"
READING = observe.__globals__
"""The module of `observe`, whose name the function of that name hides."""
PLAIN = {
    "where a dot may stand": (
        hosts._ANCHOR,
        rf"\.(?=[\w\-\]])|\\(?=\.)|[．。](?=[A-Za-z\d])|{OPEN}(?=[ \t\u00a0]?[.．。dD])",
    ),
    "where a sentence may end": (
        segmentation._CANDIDATE,
        r"\n\s*+|[.!?]{1,3}[\"'”’)\]»]{0,3}(?:\s?\[\d{1,3}\]){0,9}[ \t\u00a0]+|[。！？]+[”’」』）]{0,3}",
    ),
    "what is squeezed": (folding._RUN, rf"\s{{2,}}|[{INVISIBLE}]+"),
    "an at sign": (re.compile(AT_MARK), rf"(?:@|{OPEN}{GAP}(?:@|(?i:at)){GAP}{CLOSE}{GAP})"),
    "a speaker": (
        READING["_SPEAKER"],
        r"(?<![\w.'\u2019/-])(?:I['\u2019](?:m|ve|d|ll)|I|my|mine|me|myself)(?![\w./-])",
    ),
    "a word of prose": (READING["_PROSE_WORD"], r"(?<![\w$])[A-Za-z]?[a-z]+(?![\w=])"),
}
"""A pattern that begins with one set of characters, and the same as one would write it."""
WORDS = """a evil I I'm my me mine myself Imy at dot D é 安 1 _ . .. ... ! ? 。 ！ ． \\ @ [ ] ( ) （ ） 「 」
' \u2019 " » [1] / - = $"""
SPACES = ("\n", " ", "  ", "\t", "\u00a0", "\u00ad", "\u200b", "\u2060", "\x1c", " [12]")
PIECES = st.lists(st.sampled_from([*WORDS.split(), *SPACES]), max_size=40).map("".join)


@pytest.mark.parametrize("name", PLAIN)
@given(PIECES | st.text(max_size=60))
def test_a_pattern_that_skips_finds_what_the_plain_one_finds(name: str, text: str) -> None:
    quick, plain = PLAIN[name]
    assert [found.span() for found in quick.finditer(text)] == [
        found.span() for found in re.finditer(plain, text)
    ]


CUE_WORDS = """also|known as|Otherwise|a.k.a.|AKA|ak.a|alias|aliases|formerly|herein|which|hereafter
hereinafter called|known|tracked as|dubbed|we call|CERT calls it|publicly|tracked by|Microsoft|as|the|APT40
ransomware|infostealers
bots|botnet|rat| | | | |, |:|.|_|x"""
CUES = st.lists(st.sampled_from([*re.split(r"[|\n]", CUE_WORDS), "\n"]), max_size=30).map("".join)


@given(CUES)
@example("also known by many as the APT40, aka Hellsing")
def test_an_automaton_finds_the_cues_that_a_search_finds(text: str) -> None:
    found = [match.span() for match in definitions._cues().finditer(text, fold(text))]
    assert found == [match.span() for match in definitions._CUE.finditer(text)]


@given(CUES)
def test_an_automaton_finds_the_words_for_software_that_a_search_finds(text: str) -> None:
    folded, words = fold(text), sorted(definitions.naming_words("coined"))
    found = [match.span() for match in definitions._wordings().sort.finditer(folded, folded)]
    plain = re.compile(rf"\b(?:{'|'.join(words)})(?:s|es)?\b")
    assert found == [match.span() for match in plain.finditer(folded)]


@given(st.text(alphabet="abcAB ", max_size=40))
def test_openings_that_hold_one_another_are_found_in_reading_order(text: str) -> None:
    pattern = re.compile(r"(?:abc|bc|b)a?", re.IGNORECASE)
    found = [match.span() for match in Opened(pattern, ["abc", "bc", "b"]).finditer(text, fold(text))]
    assert found == [match.span() for match in pattern.finditer(text)]


@given(st.lists(st.sampled_from(["a", "é", "安", "-", "_", ".", "[", " ", "9"]), max_size=40).map("".join))
def test_a_run_begins_where_its_first_label_does(text: str) -> None:
    search = re.compile(rf"(?<!{hosts._LABEL}){hosts._LABEL}{{1,255}}\Z")
    for dot, character in enumerate(text):
        label_end = dot - 1 if text[dot - 1 : dot].isspace() else dot
        if (
            character not in ".["
            or label_end <= 0
            or not (text[label_end - 1].isalnum() or text[label_end - 1] in "_-")
        ):
            continue
        label = search.search(text, max(0, label_end - 256), label_end)
        plain = None if label is None else hosts._RUN.match(text, label.start())
        found = hosts._run_around(text, dot)
        assert (found and found.span()) == (plain and plain.span())


@pytest.mark.parametrize("length", [254, 255, 256, 300])
def test_a_label_of_more_than_255_characters_begins_no_run(length: int) -> None:
    text = "x" * length + ".com"
    assert (hosts._run_around(text, length) is not None) == (length <= 255)


@given(PIECES | st.text(alphabet="aD9.-_[]()@:/\\hx ", max_size=30))
def test_what_is_live_already_needs_no_refanging(text: str) -> None:
    dotted = defanging._COLONS.sub(":", defanging._ATS.sub("@", defanging._DOTS.sub(".", text)))
    assert defanging.refang(text) == defanging._SCHEMES.sub(defanging._live_scheme, dotted)
