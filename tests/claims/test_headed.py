"""Who writes by the head of a text, and whose officials it then means."""

from __future__ import annotations

import pytest

from tests.claims.reader import document, read, reader, short
from weigh.claims.headed import NO_HEADING, Heading, heading
from weigh.claims.parties import Mentions
from weigh.claims.patterns import patterns
from weigh.evidence.layout import lay_out
from weigh.records import Party, Span

OURS = patterns("english").guards["ours"]
DATELINES = [
    ("TALLINN (Reuters) - Hackers broke in.", "Reuters", "EE"),
    ("Tallinn, 3 May (Reuters). Hackers broke in.", "Reuters", "EE"),
    ("SEOUL, March 3 (Yonhap) -- Hackers broke in.", "Yonhap", "KR"),
    ("OSLO, Norway (AP) — Hackers broke in.", "Associated Press", "NO"),
    ("ROCKPORT (NNA) - Hackers broke in.", "", ""),
    ("Hackers broke in (Reuters) and left.", "", ""),
]
LETTERS = [
    ("FOR IMMEDIATE RELEASE\nU.S. Department of Justice\n\nThree men were charged.", "US"),
    ("Statement by the Ministry for Foreign Affairs of Finland\n\nFinland condemns it.", "FI"),
    ("The Ministry for Foreign Affairs of Finland met.\n\nIt rained.", ""),
]


def head_of(text: str, source: Party | None = None) -> Heading:
    """The head of a text in English."""
    layout = lay_out(document(text))
    return heading(text, Mentions.of(reader().gazetteer.mentions(layout)), source, OURS)


@pytest.mark.parametrize(("text", "source", "home"), DATELINES)
def test_a_dateline_tells_the_outlet_and_the_state_at_home(text: str, source: str, home: str) -> None:
    found = head_of(text)
    assert ("" if found.source is None else found.source.key) == source
    assert found.home == home


@pytest.mark.parametrize(("text", "state"), LETTERS)
def test_a_letterhead_tells_whose_release_it_is(text: str, state: str) -> None:
    found = head_of(text)
    assert ("" if found.source is None else found.source.root) == state


def test_who_is_known_to_have_written_it_goes_before_the_head() -> None:
    known = Party("FR", "France")
    found = head_of("TALLINN (Reuters) - Hackers broke in.", known)
    assert found.source == known
    assert found.home == "FR"


def test_a_ministry_of_no_state_is_of_the_one_for_which_the_text_speaks() -> None:
    ministry = Party("/foreign ministry", "Foreign Ministry")
    text = "Norway blamed Sweden. Norway asked Sweden to leave. Sweden rejects it."
    found = head_of(text, ministry)
    assert found.source is not None
    assert found.source.root == "SE"
    most = head_of("Norway hacked Sweden. Norway denies it.", ministry)
    assert most.home == "NO"


def test_a_sentence_begins_after_its_dateline() -> None:
    found = head_of("TALLINN (Reuters) - Hackers broke in.")
    assert found.begins(Span(0, 37)) == len("TALLINN (Reuters) - ")
    assert found.begins(Span(30, 37)) == 30
    assert NO_HEADING.begins(Span(3, 9)) == 3


def test_the_place_of_a_dateline_does_nothing() -> None:
    text = "MOSCOW, May 3 (Reuters) - Hackers from Belarus breached the servers of the bank."
    assert [short(claim) for claim in read(text)] == ["Reuters attribute BY from"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OSLO (Reuters) - Russia hacked the dam's servers, officials said.", "NO"),
        ("OSLO (Reuters) - Prosecutors said that Russia hacked the dam's servers.", "NO"),
        ("OSLO (Reuters) - Russia hacked the dam's servers, Swedish officials said.", "SE"),
        ('OSLO (Reuters) - "Russia hacked the dam\'s servers," Justice Minister Kari Lund said.', "NO"),
    ],
)
def test_officials_are_those_of_the_state_at_home(text: str, expected: str) -> None:
    assert [claim.speakers[0].root for claim in read(text)] == [expected]


def test_without_a_dateline_officials_are_of_no_known_state() -> None:
    text = "Russia hacked the dam's servers, officials said."
    assert [claim.speakers for claim in read(text, "Reuters")] == [()]


def test_a_chinese_ministry_is_of_the_side_that_is_asked() -> None:
    text = (
        "记者：甲国称网络攻击来自德国。德方有何评论？\n发言人：法国黑客攻击了德国服务器，法方应停止网络攻击。"
    )
    found = read(text, "外交部")
    assert {claim.speakers[0].root for claim in found if not claim.reported_by} == {"DE"}


CHINESE = [
    ("多家安全厂商认为，该网络攻击由越南黑客实施。", "", "VN"),
    ("乌克兰军方称对俄罗斯银行遭到的网络攻击负责。", "UA", "UA"),
    ("网络攻击发生后，俄方对此予以否认。", "RU", "RU"),
    ("有用户声称这批网络攻击样本是越南黑客制作的。", "", "VN"),
]


@pytest.mark.parametrize(("text", "speaker", "accused"), CHINESE)
def test_a_chinese_sentence_tells_who_speaks(text: str, speaker: str, accused: str) -> None:
    claim = read(text, "新华社")[0]
    assert (claim.speakers[0].root if claim.speakers else "") == speaker
    assert claim.accused[0].root == accused
    assert [party.key for party in claim.reported_by] == ["Xinhua"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Press statement\n\nNorway condemns it. We assess that the GRU did it.\n", ""),
        ("Statement of 3 May\n\nThe MSS was behind the attack, we believe.\n", ""),
        ("National Security Agency\nPress release\n\nThe GRU was charged.\n", "US/NSA"),
        ("Advisory\n\nIt rained. This product was written by the FBI with help.\n", "US/FBI"),
        ("It rained.\n\nThis report was issued jointly.\n", ""),
    ],
)
def test_a_letterhead_stands_above_the_first_sentence(text: str, source: str) -> None:
    found = head_of(text)
    assert ("" if found.source is None else found.source.key) == source
