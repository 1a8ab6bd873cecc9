"""What holds for every export: the same bytes every time, no words when redacted, no live address."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import pytest
from hypothesis import given, settings

from tests import sample, strategies
from weigh import scales
from weigh.assessment.document import Assessment
from weigh.errors import UsageError
from weigh.readers.reading import read_bytes
from weigh.renderers import as_csv, as_json, as_markdown, as_misp, as_navigator, as_stix
from weigh.renderers.findings import EPOCH, findings, latest_date

SAMPLE = sample.assessment()
RENDERERS: dict[str, ModuleType] = {
    "sample.json": as_json,
    "sample.md": as_markdown,
    "sample.csv": as_csv,
    "sample.stix.json": as_stix,
    "sample.misp.json": as_misp,
    "sample.layer.json": as_navigator,
}
MODULES = [pytest.param(module, id=module.__name__.rpartition("_")[2]) for module in RENDERERS.values()]
DEFANGED = [
    pytest.param(module, id=module.__name__.rpartition("_")[2])
    for module in (as_markdown, as_csv, as_navigator)
]


def _render(module: ModuleType, assessment: Assessment, *, tlp: str = "", redact: bool = False) -> str:
    text = module.render(assessment, tlp=tlp, redact=redact)
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("name", RENDERERS)
def test_snapshots(name: str, snapshot: Callable[[str, str], None]) -> None:
    snapshot(name, _render(RENDERERS[name], SAMPLE))


@pytest.mark.parametrize("name", RENDERERS)
def test_redacted_snapshots(name: str, snapshot: Callable[[str, str], None]) -> None:
    snapshot(f"redacted-{name}", _render(RENDERERS[name], SAMPLE, tlp="clear", redact=True))


@pytest.mark.parametrize("module", MODULES)
@settings(max_examples=6)
@given(assessment=strategies.assessments())
def test_any_assessment_renders_the_same_twice(module: ModuleType, assessment: Assessment) -> None:
    for redact in (False, True):
        text = _render(module, assessment, redact=redact)
        assert text == _render(module, assessment, redact=redact)
        text.encode()
        if module not in (as_markdown, as_csv):
            json.loads(text)


def _with_secrets() -> Assessment:
    """The sample with a mark in everything that a redacted export must not carry."""
    documents = tuple(
        replace(row, name=f"SECRET {row.name}", title=f"SECRET {row.title}", notices=("SECRET notice",))
        for row in SAMPLE.documents
    )
    observations = tuple(
        replace(
            row,
            quote=f"SECRET {row.quote}",
            sentence=f"SECRET {row.sentence}",
            why="SECRET why",
            judgement=None
            if row.judgement is None
            else replace(row.judgement, author="SECRET Oskal", because="SECRET because"),
            set_aside=row.set_aside and f"{row.set_aside.replace('Mira', 'SECRET')}",
            ruled_out=row.ruled_out and f"{row.ruled_out.replace('Mira', 'SECRET')}",
        )
        for row in SAMPLE.observations
    )
    return replace(
        SAMPLE,
        title="SECRET incident.md",
        documents=documents,
        observations=observations,
        passages=tuple(replace(row, text=f"SECRET {row.text}") for row in SAMPLE.passages),
        left_out=(*SAMPLE.left_out, replace(SAMPLE.left_out[0], reason="rejected by SECRET Oskal: no basis")),
        unanswered=("What SECRET Oskal meant.",),
    )


@pytest.mark.parametrize("module", MODULES)
def test_redaction_leaves_no_words_and_no_names(module: ModuleType) -> None:
    shown = _render(module, _with_secrets())
    assert "SECRET" in shown
    hidden = _render(module, _with_secrets(), redact=True)
    for word in ("SECRET", "Oskal", "clerk of the harbour", "incident.md", "brightwater.json", "no basis"):
        assert word not in hidden


@pytest.mark.parametrize("module", MODULES)
def test_redaction_keeps_values(module: ModuleType) -> None:
    hidden = _render(module, SAMPLE, redact=True)
    assert "T1566.001" in hidden
    assert "T1486" in hidden
    if module in (as_stix, as_misp):
        assert "berth-updates.example" in hidden
    elif module in (as_markdown, as_csv):
        assert re.search(r"berth-updates\\?\[\.\\?\]example", hidden) is not None


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("label", scales.TLP_LABELS)
def test_the_marking_is_the_callers(module: ModuleType, label: str) -> None:
    text = _render(module, SAMPLE, tlp=f"tlp:{label.lower()}")
    assert label.lower() in text.lower()
    others = [other for other in scales.TLP_LABELS if not label.startswith(other)]
    assert not any(f"tlp:{other.lower()}" in text.lower() for other in others)


@pytest.mark.parametrize("module", MODULES)
def test_an_unknown_marking_is_refused(module: ModuleType) -> None:
    with pytest.raises(UsageError):
        _render(module, SAMPLE, tlp="white")


@pytest.mark.parametrize("module", DEFANGED)
@settings(max_examples=10)
@given(assessment=strategies.assessments())
def test_nothing_for_people_carries_a_live_address(module: ModuleType, assessment: Assessment) -> None:
    text = _render(module, assessment).replace("https://attack.mitre.org/techniques/", "")
    assert "evil.example" not in text
    assert re.search(r"(?i)https?:/", text) is None
    assert "clerk@harbour" not in text


@pytest.mark.parametrize("name", ["sample.stix.json", "sample.misp.json", "sample.layer.json"])
def test_our_readers_read_what_we_write(name: str) -> None:
    document = read_bytes(_render(RENDERERS[name], SAMPLE).encode(), name)
    assert document.format == {"stix": "stix", "misp": "misp", "layer": "navigator"}[name.split(".")[1]]
    for value in ("T1566.001", "T1059.001", "T1486"):
        assert value in document.text


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ((), EPOCH),
        (("", "in spring"), EPOCH),
        (("2031",), "2031-01-01"),
        (("2031-04", "2031"), "2031-04-01"),
        (("2031-04-12", "2031-05", ""), "2031-05-01"),
        (("2031-02-30", "9999x"), EPOCH),
    ],
)
def test_an_export_is_dated_by_the_latest_document(dates: tuple[str, ...], day: str) -> None:
    documents = tuple(replace(SAMPLE.documents[0], date=date) for date in dates)
    assert latest_date(replace(SAMPLE, documents=documents)) == day


def test_findings_of_the_sample() -> None:
    found = {finding.value: finding for finding in findings(SAMPLE)}
    assert list(found) == ["T1566.001", "berth-updates.example", "T1059.001", "S0002", "T1486", "T1071.001"]
    assert len(found["T1566.001"].rows) == 2
    assert found["T1566.001"].presence == SAMPLE.features[0].presence
    assert found["berth-updates.example"].presence == 0.9
    assert (found["T1071.001"].presence, found["T1071.001"].standing) == (0.0, ())
    assert [row.value for finding in found.values() for row in finding.judged] == ["T1059.001", "T1071.001"]


def test_what_an_extractor_ruled_out_is_not_handed_on() -> None:
    benign = tuple(
        replace(row, ruled_out="documentation name (RFC 2606)") if row.kind == "indicator" else row
        for row in SAMPLE.observations
    )
    assert "berth-updates.example" not in [
        one.value for one in findings(replace(SAMPLE, observations=benign))
    ]
