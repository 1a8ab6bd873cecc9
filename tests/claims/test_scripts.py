"""Chinese in traditional and in simplified characters makes the same claims, each in its text's own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from tests.claims.reader import read, short
from tests.claims.test_neutrality import CHINESE, CODES, IN_CHINESE, outline
from weigh.claims.as_written import as_written
from weigh.claims.listed import names_in_chinese
from weigh.evidence.chinese import simplified
from weigh.records import Claim, Party, Quote, Span, Stance

TEXTS = (
    *(template.format(a="美国", b="中国") for template in CHINESE),
    "美国司法部起诉两名中国国家安全部官员，指控其入侵微软公司的服务器。",
    "记者：中国是否参与？\n赵某：中方坚决反对毫无根据的指责，美国才是最大的黑客帝国。\n",
    "微软公司极有可能认为，来自俄罗斯的黑客组织去年攻击了乌克兰能源部门。",
    "中国外交部发言人说：“美方应立即停止对华网络窃密。”",
    "东京谴责平壤对日本银行发动网络攻击。",
)


@cache
def traditional(text: str) -> str:
    """A simplified text in traditional characters that stand for its own, one by one."""
    converter = OpenCC("s2t")
    pairs = ((one, converter.convert(one)) for one in text)
    return "".join(other if simplified(other) == one else one for one, other in pairs)


def parties(claim: Claim) -> Iterator[Party]:
    """Every party of a claim."""
    yield from (*claim.speakers, *claim.reported_by, *claim.accused, *claim.disputes)
    if claim.basis_of is not None:
        yield claim.basis_of


def quotes(claim: Claim) -> list[Quote]:
    """Every quotation of a claim."""
    all_quotes = (
        claim.act,
        claim.target,
        claim.happened,
        claim.likelihood,
        claim.confidence,
        claim.basis_words,
    )
    return [quote for quote in all_quotes if quote is not None]


def told_the_same(text: str, source: str = "") -> None:
    """Whether a text in any script is read as it is in simplified characters, in its own words."""
    plain, found = read(simplified(text), source), read(text, source)
    assert [outline(claim, {}) for claim in found] == [outline(claim, {}) for claim in plain]
    assert [claim.span for claim in found] == [claim.span for claim in plain]
    assert [claim.probability for claim in found] == [claim.probability for claim in plain]
    for claim, other in zip(found, plain, strict=True):
        assert claim.original == claim.span.of(text)
        assert [quote.span for quote in quotes(claim)] == [quote.span for quote in quotes(other)]
        assert all(quote.words == quote.span.of(text) for quote in quotes(claim))
        assert all(party.words in text for party in parties(claim))
        words = [simplified(party.words) for party in parties(claim)]
        assert words == [party.words for party in parties(other)]
        assert all(word in text for word in claim.unresolved)


@pytest.mark.parametrize("source", ["", "中国外交部", "路透社"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_in_traditional_characters_says_the_same(text: str, source: str) -> None:
    assert traditional(text) != text
    assert len(read(text, source)) > 0
    told_the_same(traditional(text), source)


@given(
    template=st.sampled_from(CHINESE),
    pair=st.lists(st.sampled_from(CODES), min_size=2, max_size=2, unique=True),
    data=st.data(),
)
def test_characters_may_be_of_either_script_one_by_one(
    template: str, pair: list[str], data: st.DataObject
) -> None:
    a, b = (IN_CHINESE[code] for code in pair)
    text = template.format(a=a, b=b)
    both = zip(text, traditional(text), strict=True)
    told_the_same("".join(data.draw(st.sampled_from(choice)) for choice in both))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("美國指責澳洲實施網絡攻擊。", "US accuse AU by"),
        ("南韓指責北韓實施網絡攻擊。", "KR accuse KP by"),
        ("東京指責莫斯科實施網絡攻擊。", "JP accuse RU by"),
    ],
)
def test_claims_in_traditional_characters(text: str, expected: str) -> None:
    assert [short(claim) for claim in read(text)] == [expected]


def test_every_name_in_chinese_is_in_simplified_characters() -> None:
    names = [name for name, _, _ in names_in_chinese()]
    assert [name for name in names if simplified(name) != name] == []


def test_a_claim_has_its_words_back_from_the_text() -> None:
    text = "據美國，駭客攻擊了銀行。"
    bank, written = Quote("银行", Span(9, 11)), Quote("銀行", Span(9, 11))
    claim = Claim(
        document="d",
        span=Span(1, 11),
        stance=Stance.ACCUSE,
        original=simplified(text)[1:11],
        speakers=(Party("US", "United States", "美国"), Party("X", "X", "nowhere"), Party("Y", "Y")),
        accused=(),
        reader="rules",
        probability=0.5,
        reported_by=(Party("US", "United States", "美国"),),
        target=bank,
        happened=bank,
        confidence=bank,
        basis_words=bank,
        basis_of=Party("hackers", "hackers", "骇客"),
        unresolved=("攻击", "elsewhere"),
    )
    back = as_written(claim, simplified(text), text)
    assert back.original == "美國，駭客攻擊了銀行"
    assert [party.words for party in back.speakers] == ["美國", "nowhere", ""]
    assert [party.words for party in back.reported_by] == ["美國"]
    assert quotes(back) == [written] * 4
    assert back.basis_of == Party("hackers", "hackers", "駭客")
    assert back.unresolved == ("攻擊", "elsewhere")
    assert as_written(claim, simplified(text), simplified(text)) == claim
    assert back.id == replace(claim, original="").id
