"""A large invented case, made by a seeded generator: as much as a dossier must hold and stay readable.

The actors, documents and weights are invented; the techniques and tools are real, so that names have
their real lengths. Probabilities follow from the weights as in any assessment.
"""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from math import fsum

from tests import sample
from weigh import scales
from weigh.assessment.document import (
    UNLISTED,
    Assessment,
    DocumentRow,
    FeatureRow,
    HypothesisRow,
    ObservationRow,
    PassageRow,
)
from weigh.knowledge.catalogue import Alias, SponsorClaim
from weigh.records import content_id

_TECHNIQUES = """
T1595.002 Active Scanning: Vulnerability Scanning:reconnaissance
T1589.001 Gather Victim Identity Information: Credentials:reconnaissance
T1583.001 Acquire Infrastructure: Domains:resource-development
T1583.003 Acquire Infrastructure: Virtual Private Server:resource-development
T1588.002 Obtain Capabilities: Tool:resource-development
T1566.001 Phishing: Spearphishing Attachment:initial-access
T1566.002 Phishing: Spearphishing Link:initial-access
T1190 Exploit Public-Facing Application:initial-access
T1195.001 Supply Chain Compromise: Compromise Software Dependencies and Development Tools:initial-access
T1078 Valid Accounts:defense-evasion,persistence,privilege-escalation,initial-access
T1133 External Remote Services:persistence,initial-access
T1059.001 Command and Scripting Interpreter: PowerShell:execution
T1059.003 Command and Scripting Interpreter: Windows Command Shell:execution
T1204.002 User Execution: Malicious File:execution
T1047 Windows Management Instrumentation:execution
T1053.005 Scheduled Task/Job: Scheduled Task:execution,persistence,privilege-escalation
T1505.003 Server Software Component: Web Shell:persistence
T1547.001 Boot or Logon Autostart Execution: Registry Run Keys / Startup Folder:persistence
T1543.003 Create or Modify System Process: Windows Service:persistence,privilege-escalation
T1055.001 Process Injection: Dynamic-link Library Injection:defense-evasion,privilege-escalation
T1068 Exploitation for Privilege Escalation:privilege-escalation
T1027 Obfuscated Files or Information:defense-evasion
T1036.005 Masquerading: Match Legitimate Resource Name or Location:defense-evasion
T1070.001 Indicator Removal: Clear Windows Event Logs:defense-evasion
T1070.004 Indicator Removal: File Deletion:defense-evasion
T1140 Deobfuscate/Decode Files or Information:defense-evasion
T1003.001 OS Credential Dumping: LSASS Memory:credential-access
T1003.003 OS Credential Dumping: NTDS:credential-access
T1110.003 Brute Force: Password Spraying:credential-access
T1555.003 Credentials from Password Stores: Credentials from Web Browsers:credential-access
T1016 System Network Configuration Discovery:discovery
T1018 Remote System Discovery:discovery
T1057 Process Discovery:discovery
T1082 System Information Discovery:discovery
T1083 File and Directory Discovery:discovery
T1021.001 Remote Services: Remote Desktop Protocol:lateral-movement
T1021.002 Remote Services: SMB/Windows Admin Shares:lateral-movement
T1005 Data from Local System:collection
T1074.001 Data Staged: Local Data Staging:collection
T1560.001 Archive Collected Data: Archive via Utility:collection
T1071.001 Application Layer Protocol: Web Protocols:command-and-control
T1090.003 Proxy: Multi-hop Proxy:command-and-control
T1105 Ingress Tool Transfer:command-and-control
T1573.002 Encrypted Channel: Asymmetric Cryptography:command-and-control
T1041 Exfiltration Over C2 Channel:exfiltration
T1048.003 Exfiltration Over Alternative Protocol: Exfiltration Over Unencrypted Non-C2 Protocol:exfiltration
T1567.002 Exfiltration Over Web Service: Exfiltration to Cloud Storage:exfiltration
""".strip().splitlines()

_SOFTWARE = (
    "S0002 Mimikatz", "S0154 Cobalt Strike", "S0020 China Chopper", "S0039 Net", "S0057 Tasklist",
    "S0097 Ping", "S0100 ipconfig", "S0029 PsExec", "S0160 certutil", "S0190 BITSAdmin", "S0357 Impacket",
    "S0363 Empire", "S0552 AdFind",
)  # fmt: skip

_WATERS = (
    "Slate",
    "Copper",
    "Paper",
    "Grey",
    "Amber",
    "Glass",
    "Iron",
    "Silent",
    "Northern",
    "Salt",
    "Hollow",
)
_BIRDS = (
    "Heron", "Lantern", "Otter", "Wader", "Kestrel", "Anchor", "Tern", "Ferry", "Osprey", "Sluice", "Curlew",
    "Beacon", "Dunlin", "Harrier", "Mooring", "Pilot",
)  # fmt: skip
_BEFORE = (
    "On the night of 3 April the operators returned to the booking server and",
    "Logs of the gateway, kept by the harbour's contractor for ninety days, show that somebody",
    "In at least four of the eleven affected offices the intruders",
    "Our analysts assess that the same hands",
)
_AFTER = (
    "before they moved on to the customs clearing house, where the traces end.",
    "which was not noticed until the berth plans failed to print two mornings later.",
    "using an account that had belonged to a dredging company since dissolved.",
    "and left the archive in a folder that the backup does not cover.",
)


def _features() -> tuple[FeatureRow, ...]:
    rows: list[FeatureRow] = []
    for line in _TECHNIQUES:
        head, tactics = line.rsplit(":", 1)
        number, name = head.split(" ", 1)
        rows.append(FeatureRow(number, "technique", name, tuple(tactics.split(",")), 0.9, 40, 0.12, ()))
    for line in _SOFTWARE:
        number, name = line.split(" ", 1)
        rows.append(FeatureRow(number, "software", name, (), 0.95, 30, 0.08, ()))
    return tuple(rows)


def _documents(count: int) -> tuple[DocumentRow, ...]:
    return tuple(
        DocumentRow(
            id=content_id("doc", number),
            name=f"reports/2031/advisory-{number:02d}.pdf",
            title=f"Joint advisory {number} on activity against port authorities of the Ternish Sea",
            format="pdf",
            source="Vessmar Cyber Centre",
            reliability="BCAF"[number % 4],
            date=f"2031-0{number % 9 + 1}-12",
            tlp="CLEAR",
            characters=41_337 + number,
            pages=23,
            pages_without_text=(4, 5) if number == 1 else (),
            observations=25,
            notices=("page 7: a table was read as text",) if number == 2 else (),
        )
        for number in range(count)
    )


def _passage(
    document: str, place: int, features: tuple[FeatureRow, ...], rng: random.Random
) -> tuple[PassageRow, list[ObservationRow]]:
    """One sentence for each feature, and in it one observation of it."""
    text, spots = "", []
    for feature in features:
        before, after = rng.choice(_BEFORE), rng.choice(_AFTER)
        quote = f"used {feature.name} ({feature.id})"
        spots.append((feature, len(text) + len(before) + 1, quote))
        text += f"{before} {quote} {after}\n"
    start = place * 1000
    passage = PassageRow(content_id("pas", document, start), document, start, start + len(text), text)
    rows = [_observation(passage, feature, start + at, quote) for feature, at, quote in spots]
    return passage, rows


def _observation(passage: PassageRow, feature: FeatureRow, start: int, quote: str) -> ObservationRow:
    sentences = passage.text.splitlines()
    return ObservationRow(
        id=content_id("obs", passage.document, start, feature.id),
        kind=feature.kind,
        subtype="",
        value=feature.id,
        name=feature.name,
        quote=quote,
        sentence=next(sentence for sentence in sentences if quote in sentence),
        document=passage.document,
        passage=passage.id,
        start=start,
        end=start + len(quote),
        pointer="",
        extractor="written-id",
        probability=0.98,
        forgeability=0.5,
        credibility=6,
        set_aside="",
        why="the id is written out",
        judgement=None,
    )


def _names(count: int) -> list[str]:
    return [f"{water} {bird}" for bird in _BIRDS for water in _WATERS][:count]


def _hypotheses(
    count: int, features: tuple[FeatureRow, ...], rng: random.Random, unlisted: float
) -> tuple[HypothesisRow, ...]:
    """Actors with random weights, the first few better fed; probabilities follow from the scores."""
    rows: list[HypothesisRow] = []
    for place, name in enumerate(_names(count - 1)):
        known = [rng.random() < 0.2 + 0.5 / (place + 1) for _ in features]
        weights = [rng.gauss(0.45, 0.5) if hit else rng.gauss(-0.1, 0.06) for hit in known]
        rows.append(_hypothesis(f"G{9101 + place}", name, tuple(weights), known, rng))
    nobody = _hypothesis(UNLISTED, "an actor nobody has listed", (0.0,) * len(features), [], rng)
    nobody = replace(nobody, aliases=(), sponsors=(), reports=0, last_year=0)
    scores = [row.prior + row.absence + fsum(row.weights) for row in rows]
    nobody = replace(nobody, prior=max(scores) + unlisted, absence=0.0)
    masses = [2.0**score for score in (*scores, nobody.prior)]
    total = fsum(masses)
    pairs = zip((*rows, nobody), masses, strict=True)
    weighed = [_with_probability(row, mass / total) for row, mass in pairs]
    return tuple(sorted(weighed, key=lambda row: -row.probability))


def _hypothesis(
    identifier: str, name: str, weights: tuple[float, ...], known: list[bool], rng: random.Random
) -> HypothesisRow:
    reports = rng.randint(3, 40)
    said = tuple(
        f"{rng.randint(1, reports)} of {reports} reports show it, {rng.randint(2, 24)} % of all do"
        if hit
        else "no report shows it"
        for hit in known
    )
    sponsors = (
        SponsorClaim("Dorvany", "Oakline", "moderate"),
        SponsorClaim("Quillane", "Brightwater Labs", "30"),
    )
    return HypothesisRow(
        identifier, name, (Alias(f"TIDE-{reports}", "Brightwater Labs"),), sponsors, reports, 2030,
        0.0, 0.0, 0.0, "", "", -1.5, -0.5, weights, said or ("no actor's reports come close",) * len(weights),
    )  # fmt: skip


def _with_probability(row: HypothesisRow, probability: float) -> HypothesisRow:
    low, high = probability * 0.6, probability + (1 - probability) * min(0.35, probability)
    return replace(
        row,
        probability=probability,
        low=low,
        high=high,
        icd203=scales.icd203(probability),
        phia=scales.phia(probability),
    )


@cache
def large(*, observations: int = 300, hypotheses: int = 170, unlisted: float = -1.0) -> Assessment:
    """Twelve documents, sixty features, and as many observations and hypotheses as asked for.

    `unlisted` is the score of `unlisted` over the best actor's, in bits: above 0 it leads.
    """
    rng = random.Random(20310403)
    features, documents = _features(), _documents(12)
    passages: list[PassageRow] = []
    rows: list[ObservationRow] = []
    while len(rows) < observations:
        some = tuple(rng.sample(features, 3))
        passage, seen = _passage(documents[len(passages) % 12].id, len(passages), some, rng)
        passages.append(passage)
        rows += seen
    filled = tuple(
        replace(feature, observations=tuple(row.id for row in rows if row.value == feature.id))
        for feature in features
    )
    return replace(
        sample.assessment(),
        title="Intrusions at the ports of the Ternish Sea",
        tlp="AMBER+STRICT",
        documents=documents,
        observations=tuple(rows),
        passages=tuple(passages),
        features=filled,
        hypotheses=_hypotheses(hypotheses, filled, rng, unlisted),
        linchpins=(),
    )
