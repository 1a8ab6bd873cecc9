"""A small knowledge made by hand: real ATT&CK ids and names, and names that are hard to tell from words."""

from __future__ import annotations

from weigh.evidence.layout import Layout, lay_out
from weigh.knowledge.catalogue import (
    Actor,
    Alias,
    Catalogue,
    Listed,
    Listing,
    Report,
    RetiredId,
    Software,
    Technique,
)
from weigh.records import Document, Source


def _tactic(*tactics: str) -> tuple[str, ...]:
    return tactics


TECHNIQUES = (
    Technique("T1003", "OS Credential Dumping", _tactic("credential-access")),
    Technique("T1003.001", "LSASS Memory", _tactic("credential-access"), "T1003"),
    Technique("T1059", "Command and Scripting Interpreter", _tactic("execution")),
    Technique("T1059.001", "PowerShell", _tactic("execution"), "T1059"),
    Technique("T1071", "Application Layer Protocol", _tactic("command-and-control")),
    Technique("T1071.004", "DNS", _tactic("command-and-control"), "T1071"),
    Technique("T1087", "Account Discovery", _tactic("discovery")),
    Technique("T1087.002", "Domain Account", _tactic("discovery"), "T1087"),
    Technique("T1136", "Create Account", _tactic("persistence")),
    Technique("T1136.002", "Domain Account", _tactic("persistence"), "T1136"),
    Technique("T1550", "Use Alternate Authentication Material", _tactic("lateral-movement")),
    Technique("T1550.002", "Pass the Hash", _tactic("lateral-movement"), "T1550"),
    Technique("T1566", "Phishing", _tactic("initial-access")),
    Technique("T1566.001", "Spearphishing Attachment", _tactic("initial-access"), "T1566"),
    Technique("T1574", "Hijack Execution Flow", _tactic("persistence")),
    Technique("T1574.001", "DLL", _tactic("persistence"), "T1574"),
    Technique("T1588", "Obtain Capabilities", _tactic("resource-development")),
    Technique("T1588.002", "Tool", _tactic("resource-development"), "T1588"),
    Technique("T1590", "Gather Victim Network Information", _tactic("reconnaissance")),
    Technique("T1590.005", "IP Addresses", _tactic("reconnaissance"), "T1590"),
    Technique("T1595", "Active Scanning", _tactic("reconnaissance")),
)

SOFTWARE = (
    Software("S0002", "Mimikatz", "tool"),
    Software("S0030", "Carbanak", "malware", (Alias("Anunak", "ATT&CK"),)),
    Software("S0039", "Net", "tool", (Alias("net.exe", "ATT&CK"),)),
    Software("S0072", "OwaAuth", "malware"),
    Software("S0075", "Reg", "tool"),
    Software("S0097", "Ping", "tool"),
    Software("S0110", "at", "tool", (Alias("at.exe", "ATT&CK"),)),
    Software("S0154", "Cobalt Strike", "malware"),
    Software("S0160", "certutil", "tool"),
    Software("S0183", "Tor", "tool"),
    Software("S0335", "Carbon", "malware"),
    Software("S0625", "Cuba", "malware"),
    Software("S1162", "Playcrypt", "malware", (Alias("Play", "ATT&CK"),)),
    Software("S1015", "James", "malware"),
    Software("S9001", "Page", "malware"),
    Software("S9002", "will", "malware"),
)

ACTORS = (
    Actor(
        "G0007",
        "APT28",
        (
            Alias("Fancy Bear", "ATT&CK"),
            Alias("Sofacy", "ATT&CK"),
            Alias("Sofacy", "MISP galaxy"),
            Alias("STRONTIUM", "ATT&CK"),
        ),
        reports=9,
    ),
    Actor("G0008", "Carbanak", (Alias("Anunak", "ATT&CK"),), reports=3),
    Actor("G0010", "Turla", (Alias("Venomous Bear", "ATT&CK"),), reports=5),
    Actor("G0016", "APT29", (Alias("Cozy Bear", "ATT&CK"),), reports=9),
    Actor("G0091", "Silence", (), reports=1),
    Actor("G1040", "Play", (), reports=2),
    Actor("misp:1", "Indrik", (Alias("Victim", "MISP galaxy"), Alias("Page", "MISP galaxy"))),
    Actor("misp:2", "Grey Heron", (Alias("Slate Heron", "MISP galaxy"),)),
    Actor("misp:3", "Brown Heron", (Alias("Slate Heron", "MISP galaxy"),)),
)

RETIRED = (
    RetiredId("T1086", "PowerShell", "T1059.001"),
    RetiredId("T1193", "Spearphishing Attachment", "T1566.001"),
    RetiredId("T1574.002", "DLL Side-Loading", "T1574.001"),
    RetiredId("T1064", "Scripting", ""),
    RetiredId("S0068", "httpclient-old", "S0002"),
)

REPORTS = (
    Report("Heron Labs Berth 2031", 2031),
    Report("Heron Labs Quay 2030", 2030),
    Report("No Address 2029", 2029),
)

LISTINGS = (
    Listing(Listed.PUBLISHERS, "two lists", "blog.heronlabs.com heronlabs.com"),
    Listing(Listed.COMMON, "Most used", "quayfinder.com quaystore.com"),
    Listing(Listed.OPEN, "Open to all", "quaystore.com"),
    Listing(Listed.ADDRESSES, "Resolvers", "9.8.7.6"),
    Listing(Listed.HASHES, "Test files", "44d88612fea8a8f36de82e1278abb02f"),
    Listing(Listed.WORDS, "Words", "bear brown carbon cobalt cozy fancy grey heron slate strike venomous"),
)

CATALOGUE = Catalogue(ACTORS, TECHNIQUES, SOFTWARE, REPORTS, RETIRED, listings=LISTINGS)


def document(text: str, *, source: str = "") -> Document:
    """A document of this text, with an id that depends on nothing else."""
    return Document(
        id="d" * 64,
        text=text,
        format="text",
        name="a.txt",
        source=None if source == "" else Source(source),
    )


def layout(text: str) -> Layout:
    """The text laid out as a document of its own."""
    return lay_out(document(text))
