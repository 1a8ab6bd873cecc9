"""Valid files of each format, small and of our own making, for the fuzzer to damage."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from weigh.bench.hostile_packages import docx, paragraph, pdf, stream

_SAID = (
    "Brenholt says that Slate Heron sent an attachment (T1566.001) on 2021-07-19.",
    "The group APT40 used Mimikatz and Cobalt Strike against 3 ports, CVE-2021-26855.",
    "Beacons went to berth-updates[.]example and hxxps://198.51.100[.]7:8443/a?b=1.",
    "C:\\Windows\\Temp\\a.exe, HKLM\\Software\\Run, d41d8cd98f00b204e9800998ecf8427e, a@b.example, AS64512",
)
_TEXT = (
    "Summary\n\n" + "\n".join(_SAID) + "\n\nMitigations\n- Patch T1190.\n\nTechnique\tID\nPhishing\tT1566\n"
)
_PAGE = (
    '<!DOCTYPE html><html><head><title>A report</title><meta name="date" content="2021-07-19"></head><body>'
    "<nav>Menu</nav><h1>A report</h1>"
    + "".join(f"<p>{words}</p>" for words in _SAID)
    + "<table><tr><th>Id</th>"
    '<th>Name</th></tr><tr><td>T1566</td><td>Phishing</td></tr></table><ul><li>a<li>b</ul><p hidden="">x</p>'
    '<pre>a\n b</pre><a href="http://a.example">link</a>&amp;&#x41;<script>1<2</script></body></html>'
)
_AT = "2021-07-19T08:00:00.000Z"
_BUNDLE = {
    "type": "bundle",
    "id": "bundle--00000000-0000-4000-8000-000000000000",
    "objects": [
        {"type": "identity", "id": "identity--1", "name": "Port Lab", "identity_class": "organization"},
        {
            "type": "report",
            "id": "report--1",
            "name": "Berth",
            "published": _AT,
            "labels": ["a"],
            "created_by_ref": "identity--1",
            "object_refs": ["malware--1", "indicator--1"],
            "description": _SAID[0],
            "object_marking_refs": ["marking-definition--1"],
        },
        {"type": "marking-definition", "id": "marking-definition--1", "definition": {"tlp": "green"}},
        {"type": "malware", "id": "malware--1", "name": "BADFLICK", "aliases": ["B"], "created": _AT},
        {
            "type": "attack-pattern",
            "id": "attack-pattern--1",
            "name": "Phishing",
            "external_references": [{"source_name": "mitre-attack", "external_id": "T1566", "url": "x"}],
        },
        {"type": "intrusion-set", "id": "intrusion-set--1", "name": "APT40", "revoked": False},
        {
            "type": "relationship",
            "id": "relationship--1",
            "relationship_type": "uses",
            "source_ref": "intrusion-set--1",
            "target_ref": "malware--1",
            "description": _SAID[1],
        },
        {
            "type": "indicator",
            "id": "indicator--1",
            "pattern_type": "stix",
            "valid_from": _AT,
            "pattern": "[domain-name:value = 'a.example' OR file:hashes.'MD5' IN ('a', 'b')]",
        },
        {
            "type": "observed-data",
            "id": "observed-data--1",
            "number_observed": 3,
            "objects": {
                "0": {"type": "ipv4-addr", "value": "198.51.100.7"},
                "1": {"type": "autonomous-system"},
            },
        },
        {"type": "sighting", "id": "sighting--1", "sighting_of_ref": "malware--1", "count": 5},
        {"type": "autonomous-system", "id": "autonomous-system--1", "number": 64512, "name": "A"},
    ],
}
_EVENT = {
    "Event": {
        "info": "Berth",
        "date": "2021-07-19",
        "timestamp": "1626652800",
        "uuid": "u",
        "threat_level_id": 1,
        "Orgc": {"name": "Port Lab", "uuid": "o"},
        "Tag": [{"name": "tlp:green"}, {"name": 'misp-galaxy:mitre-attack-pattern="Phishing - T1566"'}],
        "Attribute": [
            {"type": "domain", "category": "Network activity", "value": "a.example", "to_ids": True},
            {"type": "filename|md5", "value": "a.exe|d41d8cd98f00b204e9800998ecf8427e", "comment": _SAID[0]},
        ],
        "Object": [{"name": "file", "Attribute": [{"type": "sha1", "value": "0" * 40, "deleted": False}]}],
        "Galaxy": [{"name": "Actor", "GalaxyCluster": [{"value": "APT40", "meta": {"synonyms": ["x"]}}]}],
    }
}
_LAYER = {
    "name": "Berth",
    "domain": "enterprise-attack",
    "description": _SAID[0],
    "versions": {"attack": "18", "navigator": "5.1.0", "layer": "4.5"},
    "techniques": [
        {"techniqueID": "T1566", "tactic": "initial-access", "score": 1, "comment": "seen", "enabled": True},
        {"techniqueID": "T1059.001", "metadata": [{"name": "source", "value": "x"}], "links": []},
    ],
    "gradient": {"colors": ["#ff6666"], "minValue": 0, "maxValue": 100},
    "metadata": [{"name": "a", "value": "b"}],
}
_ROWS = (
    "kind,value,note,probability\ntechnique,T1566,a,0.5\n"
    'domain,a.example,"b ""c"", d",1\n\nip,198.51.100.7,x\n'
)
_TABLE = "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>".format(
    paragraph("T1566"), paragraph("a")
)
_BODY = "".join(map(paragraph, _SAID)) + _TABLE
_CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>A report</dc:title></cp:coreProperties>"
)
_PLAIN = str.maketrans("()\\", "[]/")
_SHOWN = "\n".join(
    f"BT /F1 11 Tf 40 {780 - 14 * row} Td ({words.translate(_PLAIN)}) Tj ET"
    for row, words in enumerate(_SAID)
)


def _encoded(value: object) -> bytes:
    return json.dumps(value, indent=1).encode()


SEEDS: Mapping[str, Sequence[bytes]] = {
    "text.txt": (_TEXT.encode(), _TEXT.encode("utf-16"), ("Прибыл " + _TEXT).encode("cp1251")),
    "markdown.md": (("# A report\n\n[a](b) `c`\n\n```\nd\n```\n" + _TEXT).encode(),),
    "html.html": (_PAGE.encode(),),
    "csv.csv": (_ROWS.encode(), _ROWS.replace(",", ";").encode()),
    "json.json": (
        _encoded({"title": "A report", "body": list(_SAID), "n": 1}),
        b'{"a":"T1566"}\n{"a":[1]}\n',
    ),
    "stix.json": (_encoded(_BUNDLE),),
    "misp.json": (_encoded(_EVENT), _encoded({"response": [_EVENT]})),
    "navigator.json": (_encoded(_LAYER),),
    "pdf.pdf": (
        pdf({5: stream(_SHOWN.encode())}),
        pdf({2: b"<< /Type /Pages /Kids [4 0 R 4 0 R] /Count 2 >>"}),
    ),
    "docx.docx": (docx(_BODY), docx(_BODY, {"docProps/core.xml": _CORE.encode(), "a.png": b"\x89PNG\r\n"})),
}
"""The name under which a format's files are read -> its files."""
