"""Invented documents of the kinds that are read: what each of their sentences claims, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.claims.reader import document, read, reader
from weigh.claims.parties import Mentions
from weigh.evidence.layout import lay_out

NEWS = (
    "Reuters",
    [
        (
            "LONDON (Reuters) - Britain on Thursday pointed the finger at Russia's FSB over a "
            "campaign to break "
            "into the email accounts of members of parliament.",
            "GB accuse RU/FSB",
        ),
        ("The Kremlin brushed off the allegation as another anti-Russian fantasy.", "RU deny RU"),
        (
            "Washington and London have jointly imposed sanctions on Ruslan Peretyatko, an FSB officer.",
            "GB,US accuse RU/FSB,Ruslan Peretyatko",
        ),
        ("The weather was fine and the markets were calm.", ""),
    ],
)
VENDOR = (
    "Mandiant",
    [
        ("Mandiant attributes this activity with high confidence to APT29.", "Mandiant attribute G0016"),
        ("The malware shares code with tools used by APT28.", "Mandiant attribute G0007"),
        ("We have previously observed APT29 exploit flaws in these devices.", "Mandiant attribute G0016"),
        (
            "The operators are believed to work on behalf of the Ministry of State Security.",
            "Mandiant attribute CN/MSS",
        ),
        (
            "The targeting is consistent with the strategic interests of Beijing.",
            "Mandiant attribute CN",
        ),
        ("Patches are available, and customers have been told of them.", ""),
    ],
)
ALLIANCE = (
    "NATO",
    [
        (
            "Germany attributed the responsibility for a compromise of email accounts to the threat "
            "actor APT28.",
            "DE attribute G0007",
        ),
        (
            "We call on Russia to stop these activities and to respect its international obligations.",
            "NATO urge RU",
        ),
        ("Those responsible will be held accountable for this cyber campaign.", "NATO threaten G0007"),
    ],
)
MINISTRY = (
    "Iran's Ministry of Foreign Affairs",
    [
        (
            "The spokesman on Friday categorically rejected the claims by Albania that Iran was "
            "behind the recent "
            "cyber-attacks.",
            "IR deny IR",
        ),
        ("These accusations are devoid of any evidence.", "IR deny IR"),
        (
            "Iran is itself one of the main victims of cyber-attacks on its vital infrastructure.",
            "IR deny IR",
        ),
        ("He urged Tirana not to fall into the trap set by third parties.", "IR urge AL"),
    ],
)
CHARGES = (
    "US Department of Justice",
    [
        (
            "A federal grand jury returned an indictment charging Omar Balin, 34, and Rita Sool, 29, "
            "with computer "
            "fraud.",
            "US/DOJ accuse Omar Balin,Rita Sool",
        ),
        ("Balin broke into the networks of nine water utilities.", "US/DOJ accuse Omar Balin"),
        ("The defendants deployed ransomware on hundreds of computers.", "US/DOJ accuse Omar Balin"),
        (
            "Concurrently, the Department of the Treasury designated Northgate Data Systems for "
            "having acted for "
            "the IRGC in these intrusions.",
            "US/TREASURY accuse Northgate Data Systems",
        ),
        ("The defendants are presumed innocent until proven guilty.", ""),
    ],
)
BRIEFING = (
    "Russian Ministry of Foreign Affairs",
    [
        (
            "Question: The Norwegian Police Security Service said on Monday that hackers with ties to "
            "the Russian "
            "state opened the sluice of a dam in a cyber attack.",
            "NO/PST attribute RU",
        ),
        (
            "Question: The Czech Republic has also spoken of Russian attacks on its railway network.",
            "CZ accuse RU",
        ),
        ("Maria Ivanova: Russia has nothing to do with the dam, or with the hack.", "RU deny RU"),
        ("Maria Ivanova: We have seen these statements.", ""),
    ],
)
CHINESE_COMPANY = (
    "360公司",
    [
        (
            "360公司近日披露，一个名为“美人鱼”的境外黑客组织长期对我国科研机构实施网络攻击。",
            "360 accuse 美人鱼",
        ),
        ("溯源分析显示，该组织与美国国家安全局有密切关联。", "360 attribute US/NSA"),
        ("该公司的产品销售到许多城市。", ""),
    ],
)
CHINESE_AGENCY = (
    "新华社",
    [
        (
            "德国政府3日指责俄罗斯军事情报部门支持的黑客组织去年实施网络攻击。",
            "DE accuse RU/intelligence service",
        ),
        ("俄罗斯驻德国大使馆否认参与网络攻击。", "RU deny RU"),
        ("俄外交部发言人说，德国没有提供任何证据。", "RU deny RU"),
        ("两国还签署了渔业协定。", ""),
    ],
)
KINDS = (NEWS, VENDOR, ALLIANCE, MINISTRY, CHARGES, BRIEFING, CHINESE_COMPANY, CHINESE_AGENCY)


def told(source: str, lines: list[tuple[str, str]]) -> list[set[str]]:
    """For each line of a document, who takes which stance towards whom in it; states by their code alone."""
    between = "\n" if any(":" in line for line, _ in lines) else "" if not lines[0][0].isascii() else " "
    text = between.join(line for line, _ in lines)
    starts = [text.index(line) for line, _ in lines]
    found: list[set[str]] = [set() for _ in lines]
    for one in read(text, source):
        number = max(place for place, start in enumerate(starts) if start <= one.span.start)
        who = ",".join(sorted(_key(party.key) for party in one.speakers))
        whom = ",".join(sorted(party.key for party in one.accused))
        found[number].add(f"{who} {one.stance} {whom}")
    return found


def _key(key: str) -> str:
    """A body of a state that the tables list, else the state or the name alone."""
    root, _, body = key.partition("/")
    return key if body.isupper() else root


@pytest.mark.parametrize(("source", "lines"), KINDS, ids=[source for source, _ in KINDS])
def test_a_document_of_each_kind_is_read_line_by_line(source: str, lines: list[tuple[str, str]]) -> None:
    for (line, expected), found in zip(lines, told(source, lines), strict=True):
        assert expected in found if expected != "" else found == set(), line


def test_sentences_of_advisories_that_name_nobody_claim_nothing(shared: Path) -> None:
    read_ = claimed = 0
    for path in sorted((shared / "corpus" / "advisories").glob("*.txt")):
        text = document(path.read_text("utf-8"), "CISA")
        layout = lay_out(text)
        named = Mentions.of(reader().gazetteer.mentions(layout))
        spans = [one.span for one in reader().read(text).claims]
        for sentence in layout.sentences:
            if len(named.within(sentence)) == 0:
                read_ += 1
                claimed += any(span.overlaps(sentence) for span in spans)
    assert read_ > 1000
    assert claimed <= 0.01 * read_


@pytest.mark.parametrize(
    ("text", "source", "speaker"),
    [
        ("The ministry said that Iran hacked the port.", "France (Ministry of Foreign Affairs)", "FR"),
        ("Officials said that Iran hacked the port.", "The White House", "US"),
        ("Anna Berg, chief analyst at Kaspersky, said that Iran hacked the port.", "Reuters", "Kaspersky"),
        ("Two Western diplomats said that Iran hacked the port.", "Reuters", ""),
        ("“Iran hacked the port,” Kremlin spokesman Ivan Petrov told reporters.", "Reuters", "RU"),
        ("The embassy of Vietnam in Berlin said that Iran hacked the port.", "Reuters", "VN"),
        ("Anna Berg said that Iran hacked the port.", "Reuters", "Anna Berg"),
    ],
)
def test_a_speaker_is_told_by_name_role_or_body(text: str, source: str, speaker: str) -> None:
    (claim,) = read(text, source)
    assert [party.root for party in claim.speakers] == ([speaker] if speaker != "" else [])
    assert [party.root for party in claim.accused] == ["IR"]
