"""The plainest sentences of a wire story or a ministry: denials, doubts, plans, two sides at once."""

from __future__ import annotations

import pytest

from tests.claims.reader import document, fitted_reader, read, short

RUSSIA = "Russian Ministry of Foreign Affairs"
IRAN = "Iranian Foreign Ministry"

TAKEN = [
    # somebody else is cleared, or blame is held back
    ("Lithuania's defence ministry said Norway was not behind the attack.", ["LT deny NO"]),
    ("Norway was not behind the data theft, Estonia said.", ["EE deny NO"]),
    ("Ireland ruled out Norway as the culprit.", ["IE deny NO"]),
    ("Ireland cleared Norway of the hack.", ["IE deny NO"]),
    ("Poland said it was too early to blame Norway.", ["PL doubt NO"]),
    ("Poland declined to blame Norway.", ["PL doubt NO"]),
    ("Estonia neither confirmed nor denied that Norway was involved.", ["EE acknowledge NO"]),
    ("Estonia joined Finland in condemning Norway.", ["EE endorse NO by"]),
    ("The attack was launched from Norway, Estonia said.", ["EE accuse NO from"]),
    # two sides in a sentence
    ("Estonia blamed Norway, and Norway denied it.", ["EE accuse NO by", "NO deny NO"]),
    ("Estonia blamed Norway for the attack, which Norway denies.", ["EE accuse NO by", "NO deny NO"]),
    ("Estonia blamed Norway; Norway blamed Finland.", ["EE accuse NO by", "NO counter-accuse FI by"]),
    ("爱沙尼亚指责挪威发动网络攻击，挪威否认。", ["EE accuse NO by", "NO deny NO"]),
    ("爱沙尼亚政府不认为挪威是幕后黑手。", ["EE deny NO"]),
    ("爱沙尼亚官员称，现在指责挪威为时过早。", ["EE doubt NO"]),
    ("挪威是此次攻击的幕后黑手，爱沙尼亚总理告诉记者。", ["EE/head attribute NO by"]),
]


@pytest.mark.parametrize(("text", "expected"), TAKEN)
def test_a_plain_sentence_is_read(text: str, expected: list[str]) -> None:
    assert [short(claim).replace("<Reuters", "") for claim in read(text, "Reuters")] == expected


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        (RUSSIA, "We categorically reject the accusations.", ["RU deny RU"]),
        (RUSSIA, "The accusation is false.", ["RU deny RU"]),
        (IRAN, "We had nothing to do with the attack.", ["IR deny IR"]),
        (IRAN, "我们坚决反对这种抹黑，敦促挪威停止网络攻击。", ["IR deny IR", "IR urge NO"]),
    ],
)
def test_a_short_denial_in_an_own_voice_is_read(source: str, text: str, expected: list[str]) -> None:
    told = [
        f"{claim.speakers[0].root} {claim.stance} {claim.accused[0].root}" for claim in read(text, source)
    ]
    assert told == expected


@pytest.mark.parametrize(
    "text",
    [
        "Poland did not accuse Norway.",
        "No country has accused Norway of the hack.",
        "Poland plans to accuse Norway of the attack.",
        "Poland is expected to blame Norway for the hack on Tuesday.",
        "Estonia thanked the United States for its help after the attack.",
        "没有任何国家指责挪威。",
        "爱沙尼亚感谢挪威在网络攻击后提供帮助。",
    ],
)
def test_what_is_planned_or_not_done_is_no_claim(text: str) -> None:
    assert read(text, "Reuters") == ()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Poland did not accuse Norway.", "held back by negation"),
        ("Poland plans to accuse Norway of the attack.", "held back by planned"),
        ("If Norway hacked the ministry, Poland will answer.", "held back by condition"),
        ("Did Norway hack the ministry?", "held back by question"),
        ("Poland accused Norway of the attack.", ""),
    ],
)
def test_what_holds_a_claim_back_is_a_sign_to_the_fitted_reader(text: str, sign: str) -> None:
    told = fitted_reader().story(document(text))
    held = {one for scene in told.scenes for one in scene.signs if one.startswith("held back")}
    assert held == ({sign} if sign != "" else set())
