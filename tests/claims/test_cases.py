"""Claims in invented sentences: who (through whom) takes which stance towards whom, by whose hands."""

from __future__ import annotations

import pytest

from tests.claims.reader import read, short

RUSSIA = "Russian Ministry of Foreign Affairs"
CHINA = "PRC Ministry of Foreign Affairs"

ENGLISH = [
    # findings and blame, with four and more ways in which hands belong to a state
    (
        "The malware campaign was carried out by the Iranian Ministry of Intelligence and Security.",
        "The White House",
        ["US attribute IR/MOIS by"],
    ),
    (
        "Contractors working for the Ministry of State Security hacked the ministry's servers.",
        "UK FCDO",
        ["GB/FCDO attribute CN/MSS working-for"],
    ),
    (
        "The cyber attacks were launched from the territory of Ukraine.",
        RUSSIA,
        ["RU/ministry of foreign affairs accuse UA from"],
    ),
    (
        "Hackers linked to North Korea stole funds from a bank's computer network.",
        "Japan",
        ["JP attribute KP linked"],
    ),
    ("State-sponsored hackers from Iran targeted water utilities.", "CISA", ["US/CISA attribute IR from"]),
    (
        "Israeli-backed hackers disrupted petrol stations in a cyber attack.",
        "Iran",
        ["IR attribute IL backed"],
    ),
    (
        "Russia harbours cybercriminals who launched ransomware attacks.",
        "The White House",
        ["US accuse RU tolerated"],
    ),
    (
        "France attributes the intrusion into a broadcaster to the GRU.",
        "ANSSI",
        ["FR/ANSSI attribute RU/GRU by"],
    ),
    ("APT28 breached the parliament's network.", "Germany", ["DE attribute G0007 by"]),
    (
        "The indictment charges five officers of the People's Liberation Army with computer hacking.",
        "US Department of Justice",
        ["US/DOJ accuse CN/PLA by"],
    ),
    (
        "We assess with high confidence that the SVR was behind the supply chain attack.",
        "NCSC",
        ["GB/NCSC attribute RU/SVR by"],
    ),
    (
        "It is highly likely that Iranian state-linked actors conducted the ransomware attack.",
        "NCSC",
        ["GB/NCSC attribute IR linked"],
    ),
    # reported speech, nested
    (
        "The Netherlands accuses Russia of hacking the chemical weapons watchdog.",
        "Reuters",
        ["NL<Reuters accuse RU by"],
    ),
    (
        "Reuters reported that the FBI said that Iran hacked the campaign.",
        "Global Times",
        ["US/FBI<Global Times<Reuters attribute IR by"],
    ),
    (
        "According to Microsoft, Chinese state-backed hackers exploited the vulnerability.",
        "New York Times",
        ["Microsoft<New York Times attribute CN backed"],
    ),
    (
        '"Iran carried out this cyberattack," said Prime Minister Edi Rama.',
        "Albania",
        ["AL/Edi Rama accuse IR by"],
    ),
    # denials, and what they quote
    ("Iran denied any involvement in the cyberattack.", "Reuters", ["IR<Reuters deny IR"]),
    (
        "We categorically reject the accusations that Iran hacked the water utility.",
        "Ministry of Foreign Affairs of Iran",
        ["IR/ministry of foreign affairs deny IR"],
    ),
    (
        "There is no evidence that Russia hacked the servers.",
        RUSSIA,
        ["RU/ministry of foreign affairs deny RU"],
    ),
    ("China did not hack the mail servers.", "Chinese Foreign Ministry", ["CN/foreign ministry deny CN"]),
    (
        "Russia has never engaged in hacking and does not support hackers.",
        RUSSIA,
        ["RU/ministry of foreign affairs deny RU"],
    ),
    (
        "The so-called Chinese hacking threat is a lie.",
        "Chinese Foreign Ministry",
        ["CN/foreign ministry deny CN"],
    ),
    ("Both countries deny hacking each other.", "Reuters", ["?<Reuters deny ?"]),
    (
        "Estonia blamed Russia for the cyber attack, but Moscow called the accusation absurd.",
        "Reuters",
        ["EE<Reuters accuse RU by", "RU<Reuters deny RU"],
    ),
    # support, note, doubt, own deeds
    (
        "Australia stands with the United Kingdom in its attribution of the cyber attack to Russia.",
        "Australia",
        ["AU endorse RU by"],
    ),
    (
        "Canada supports the United Kingdom's attribution of this malicious cyber activity to Russia's GRU.",
        "Canada",
        ["CA endorse RU/GRU by"],
    ),
    (
        "The European Union expresses its solidarity with Albania after the cyber attack by Iran.",
        "EU",
        ["EU endorse IR by"],
    ),
    (
        "New Zealand takes note of the attribution of the cyber operation to China.",
        "New Zealand",
        ["NZ acknowledge ?"],
    ),
    ("Israel claimed responsibility for the cyber operation.", "Reuters", ["IL<Reuters self-attribute IL"]),
    ("Researchers question whether North Korea was behind the hack.", "Wired", ["?<Wired doubt KP"]),
    (
        "The group claimed responsibility for the hack of the rail network.",
        "Reuters",
        ["?<Reuters self-attribute ?"],
    ),
    # demands and threats
    (
        "Japan calls on North Korea to stop its malicious cyber activities.",
        "Japan",
        ["JP urge KP"],
    ),
    ("Russia must cease its cyber attacks against Ukraine.", "Estonia", ["EE urge RU"]),
    ("We reserve the right to respond to the Iranian cyberattack.", "Albania", ["AL threaten IR"]),
    ("If Russia hacks our grid, there will be consequences.", "The White House", ["US threaten RU"]),
    # nothing is claimed
    ("Did Russia hack the election servers?", "BBC", []),
    ("Had Iran conducted the cyberattack, we would know.", "Reuters", []),
    ("It is not known whether North Korea conducted the cyber operation.", "Reuters", []),
    ("Officials have not attributed the ransomware attack to any state.", "Reuters", []),
    ("The FBI is investigating a cyber attack on a hospital.", "FBI", []),
    ("The United States will continue to strengthen its cyber defences.", "The White House", []),
    ("Microsoft released patches for the vulnerabilities that the attackers exploited.", "Microsoft", []),
    ("Attackers used PowerShell to move laterally on the network.", "CISA", []),
    ("Germany and France signed a treaty on fishing.", "Reuters", []),
    ("The defendants are presumed innocent until proven guilty of hacking for Iran.", "FBI", []),
]

CHINESE = [
    (
        "外交部发言人表示，美国国家安全局对西北工业大学实施网络攻击。",
        CHINA,
        ["CN/ministry of foreign affairs accuse US/NSA by"],
    ),
    (
        "记者：日本指责中国实施网络攻击。中方对此有何评论？\n汪某：日方的指责毫无根据。",
        CHINA,
        ["JP<CN/ministry of foreign affairs<journalist accuse CN by", "CN/汪某 deny CN"],
    ),
    ("中方敦促美方立即停止网络攻击。", CHINA, ["CN/ministry of foreign affairs urge US"]),
    ("俄罗斯才是全球最大的网络攻击来源国。", "日本", ["JP accuse RU from"]),
    (
        "如果美方继续网络攻击，中方将采取必要措施予以反制。",
        CHINA,
        ["CN/ministry of foreign affairs threaten US"],
    ),
    ("中方注意到有关网络攻击的报告。", CHINA, ["CN/ministry of foreign affairs acknowledge ?"]),
    ("没有证据表明伊朗实施了网络攻击。", "伊朗", ["IR deny IR"]),
    ("北约就俄罗斯网络攻击发表声明。", "Xinhua", ["NATO<Xinhua accuse RU by"]),
    ("与伊朗有关联的黑客组织入侵了政府网络。", "以色列", ["IL accuse IR linked"]),
    ("英国是否实施了网络攻击？", "Xinhua", []),
    ("这家公司发布了新产品。", "Xinhua", []),
]


NEWSWIRE = [
    (
        "The British government has concluded that Russia's military intelligence service was almost "
        "certainly responsible for the cyber attack.",
        "UK FCDO",
        ["GB/FCDO attribute RU by"],
    ),
    (
        "Norway says Chinese hackers were behind an attack on its parliament's e-mail system.",
        "Reuters",
        ["NO<Reuters attribute CN by"],
    ),
    (
        "The Kremlin on Tuesday dismissed as groundless claims that Russian hackers had attacked Norway.",
        "Reuters",
        ["RU<Reuters deny RU by"],
    ),
    (
        "U.S. officials believe hackers working for Iran's Revolutionary Guard breached the campaign.",
        "New York Times",
        ["US<New York Times attribute IR/IRGC working-for"],
    ),
    (
        "The attack has been attributed to a group known as APT28, which is believed to be part of the GRU.",
        "BBC",
        ["BBC attribute G0007 by"],
    ),
    ("Moscow has repeatedly denied carrying out cyber attacks.", "BBC", ["RU<BBC deny RU"]),
    (
        "Russia's embassy in Washington did not immediately respond to a request for comment on the hacking.",
        "Reuters",
        [],
    ),
    (
        "A spokesperson for the Chinese embassy said China firmly opposes and combats all cyber attacks.",
        "Reuters",
        ["CN<Reuters deny CN"],
    ),
    (
        "We strongly urge the U.S. side to stop smearing China on cyber security.",
        "Chinese Foreign Ministry",
        ["CN/foreign ministry urge US"],
    ),
    (
        "It is the US, not China, that is the biggest threat to cyber security.",
        "Chinese Foreign Ministry",
        ["CN/foreign ministry accuse US by"],
    ),
    (
        "The Council strongly condemns the malicious cyber campaign conducted by APT28 against Germany.",
        "EU",
        ["EU accuse G0007 by"],
    ),
    (
        "NATO allies acknowledge statements by Germany attributing the cyber campaign to APT28.",
        "NATO",
        ["NATO acknowledge ?"],
    ),
    (
        "Today the Treasury sanctioned six hackers affiliated with the Iranian cyber command.",
        "US Treasury",
        ["US accuse IR linked"],
    ),
    (
        "North Korea's Reconnaissance General Bureau directed the theft of cryptocurrency, the panel said.",
        "UN",
        ["UN attribute KP/RGB by"],
    ),
    (
        "Without providing any evidence, Washington accused Tehran of hacking.",
        "IRNA",
        ["US<IRNA accuse IR by"],
    ),
    ("Israel has neither confirmed nor denied involvement in the cyber attack on the port.", "Reuters", []),
    (
        "Experts cautioned that it was too early to attribute the hack to Russia.",
        "Reuters",
        ["?<Reuters doubt RU"],
    ),
    ("Poland summoned the Russian ambassador over a hacking attack on its railway network.", "Reuters", []),
    ("The ministry said the hackers were from North Korea.", "Yonhap", ["?<Yonhap attribute KP from"]),
    (
        "India's foreign ministry rejected Canada's allegation that Indian agents hacked its systems.",
        "Reuters",
        ["IN<Reuters deny IN by", "CA<Reuters accuse IN by"],
    ),
    (
        "The hacker group Quiet Gull said it had carried out the cyber attack on Iranian petrol stations.",
        "Reuters",
        ["Quiet Gull<Reuters self-attribute Quiet Gull"],
    ),
    (
        "The UK's National Cyber Security Centre assesses that the Russian Military Intelligence was almost "
        "certainly involved in defacements of Ukrainian websites.",
        "UK FCDO",
        ["GB/NCSC<GB/FCDO attribute RU by"],
    ),
    ("网络安全专家发现，此次攻击的幕后黑手是美国国家安全局。", "新华社", ["Xinhua attribute US/NSA by"]),
    ("美国中央情报局否认参与网络攻击。", "路透社", ["US/CIA<Reuters deny US"]),
    ("澳大利亚、加拿大支持美国对俄罗斯网络攻击的指控。", "路透社", ["AU,CA<Reuters endorse RU by"]),
    (
        "我们坚决反对没有事实依据的抹黑指责。在网络攻击问题上，中国是受害者。",
        "PRC Ministry of Foreign Affairs",
        ["CN/ministry of foreign affairs deny CN"] * 2,
    ),
    (
        "Security firm Kaspersky linked the malware to APT29.",
        "Reuters",
        ["Kaspersky<Reuters attribute G0016 linked"],
    ),
]


@pytest.mark.parametrize(("text", "source", "expected"), [*ENGLISH, *CHINESE, *NEWSWIRE])
def test_a_sentence_says_what_it_says(text: str, source: str, expected: list[str]) -> None:
    assert [short(claim) for claim in read(text, source)] == expected


@pytest.mark.parametrize(("text", "source", "expected"), [*ENGLISH, *CHINESE, *NEWSWIRE])
def test_every_quotation_of_a_claim_stands_in_the_text(text: str, source: str, expected: list[str]) -> None:
    for claim in read(text, source):
        assert claim.span.of(text) == claim.original
        quotes = (
            claim.act,
            claim.target,
            claim.happened,
            claim.likelihood,
            claim.confidence,
            claim.basis_words,
        )
        for quote in quotes:
            assert quote is None or quote.span.of(text) == quote.words
    assert len(read(text, source)) == len(expected)


def test_without_a_source_the_speaker_is_left_open() -> None:
    assert [short(claim) for claim in read("Hackers linked to Iran attacked the network.")] == [
        "? attribute IR linked"
    ]


def test_counter_accusation_needs_a_denial_of_ones_own_guilt() -> None:
    blame = "The United States launched cyber attacks against Iran."
    assert [short(claim) for claim in read(blame, "Iran")] == ["IR attribute US by"]
    denial = "We reject the groundless accusations of hacking. "
    assert [short(claim) for claim in read(denial + blame, "Iran")] == [
        "IR deny IR",
        "IR counter-accuse US by",
    ]


def test_descriptions_stand_for_those_accused_last() -> None:
    text = "APT28 breached the parliament's network. The group stole e-mail of members from the servers."
    assert [short(claim) for claim in read(text, "Germany")] == ["DE attribute G0007 by"] * 2


def test_words_that_name_nobody_are_kept_as_unresolved() -> None:
    (claim,) = read("The network was compromised by state actors.", "Canada")
    assert claim.accused == ()
    assert claim.unresolved == ("state actors",)


def test_the_two_nations_are_the_two_that_were_named_last() -> None:
    text = "Iran and Russia signed a treaty on computer security. The two nations accuse Albania of hacking."
    assert [sorted(party.key for party in claim.speakers) for claim in read(text, "Reuters")] == [
        ["IR", "RU"]
    ]


def test_a_document_s_own_abbreviations_are_read() -> None:
    text = (
        "The Dutch Ministry of Dikes (MOD) met. Hackers working for the MOD exploited the network of Belgium."
    )
    assert "BE accuse" not in [short(claim) for claim in read(text, "Belgium")]
    assert read(text, "Belgium")[-1].accused[0].key == "NL/ministry of dikes"
