"""The bench of indicators: any labelled file, scored by kind, with what is missing counted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from weigh.bench import indicators
from weigh.bench.data import Context
from weigh.bench.indicators import (
    f1,
    interval,
    is_indicator,
    kind_of,
    plain,
    precision,
    read_labelled,
    recall,
)
from weigh.bench.rows import Missing, Row
from weigh.cli.bench import command
from weigh.errors import UsageError

HARBOUR = (
    "The implant called berth-updates[.]top, and 203.0.113.7 is an example. It called 45.67.89.10 too.\n"
    "Its hash is 0123456789abcdef0123456789abcdef. It used CVE-2031-1234 and evil[.]pier.top at night.\n"
)
QUAY = "The letters came from quay@mail-quay.top and led to hxxps://quay-login[.]top/a/ in May.\n"
LABELS: dict[str, dict[str, dict[str, object]]] = {
    "harbour": {
        "berth-updates.top": {"type": "fqdn", "label": True},
        "45[.]67[.]89[.]10": {"type": "ip4", "label": "IoC"},
        "203.0.113.7": {"type": "ip4", "label": "benign"},
        "0123456789ABCDEF0123456789ABCDEF": {"type": "md5", "label": 1},
        "CVE-2031-1234": {"type": "cve", "label": "yes"},
        "never-there.top": {"type": "fqdn", "label": "malicious"},
    },
    "quay": {
        "quay@mail-quay.top": {"type": "emailAddress", "label": "true"},
        "hxxps://quay-login[.]top/a": {"type": "url", "label": True},
    },
}


def written(folder: Path, texts: Mapping[str, str], labels: object = None) -> Path:
    """A labelled file, with its texts inside."""
    table = labels or {name: {"indicators": LABELS[name], "text": texts[name]} for name in texts}
    path = folder / "labelled.json"
    path.write_bytes(msgspec.json.encode(table))
    return path


def measured(file: Path | None) -> list[Row | Missing]:
    return list(indicators.run(Context(Path(), lambda step, share: None, file)))


def by_metric(rows: list[Row | Missing]) -> dict[str, Row]:
    return {row.metric.partition(" (")[0]: row for row in rows if isinstance(row, Row)}


def test_kinds_are_scored_and_what_is_missing_is_missed(tmp_path: Path) -> None:
    rows = by_metric(measured(written(tmp_path, {"harbour": HARBOUR, "quay": QUAY})))
    assert {name.split(", ")[1] for name in rows} == {
        "all kinds",
        "cve",
        "domain",
        "email",
        "ipv4",
        "md5",
        "url",
    }
    assert rows["F1, ipv4"].value == 1.0
    assert rows["recall, domain"].value == 0.5
    assert rows["precision, domain"].value == 0.5
    assert rows["F1, url"].value == rows["F1, email"].value == rows["F1, cve"].value == 1.0
    whole = rows["F1, all kinds"]
    assert whole.value == pytest.approx(2 * 6 / (2 * 6 + 1 + 1))
    assert "(6 right, 1 wrong, 1 missed)" in whole.metric
    assert whole.bar == 0.95
    assert whole.n == 2
    assert whole.low is not None
    assert whole.high is not None
    assert whole.low <= whole.value <= whole.high


@pytest.mark.parametrize(("label", "right", "wrong"), [(None, 1, 0), (True, 2, 0), (False, 1, 1)])
def test_the_host_of_a_url_counts_only_where_it_is_labelled(
    tmp_path: Path, label: bool | None, right: int, wrong: int
) -> None:
    url = "hxxps://quay-login[.]top/a"
    labels: dict[str, object] = {url: {"type": "url", "label": True}}
    if label is not None:
        labels["quay-login.top"] = {"type": "fqdn", "label": label}
    file = written(tmp_path, {}, {"quay": {"indicators": labels, "text": f"It led to {url}/ in May."}})
    assert f"({right} right, {wrong} wrong, 0 missed)" in by_metric(measured(file))["F1, all kinds"].metric


def test_texts_stand_beside_the_file_or_in_a_folder_beside_it(tmp_path: Path) -> None:
    labels = {name: {"indicators": LABELS[name]} for name in ("harbour", "quay")}
    file = written(tmp_path, {}, labels)
    (tmp_path / "harbour.txt").write_text(HARBOUR)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "quay.html").write_text(f"<html><body><p>{QUAY}</p></body></html>")
    rows = by_metric(measured(file))
    assert "(6 right, 1 wrong, 1 missed)" in rows["F1, all kinds"].metric


def test_a_report_without_its_text_is_said_and_the_others_are_scored(tmp_path: Path) -> None:
    labels = {
        "harbour": {"indicators": LABELS["harbour"]},
        "quay": {"indicators": LABELS["quay"], "text": QUAY},
    }
    rows = measured(written(tmp_path, {}, labels))
    assert isinstance(rows[0], Missing)
    assert "harbour" in rows[0].lacks
    assert by_metric(rows)["F1, all kinds"].value == 1.0


def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "quay.txt").write_text(QUAY)
    rows = measured(written(inner, {}, {"../quay": {"indicators": LABELS["quay"]}}))
    assert [type(row) for row in rows] == [Missing]


def test_without_a_file_the_bench_says_what_it_lacks() -> None:
    (row,) = measured(None)
    assert isinstance(row, Missing)
    assert "FILE" in row.lacks


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b'{"a": 1}',
        b'{"a": {"indicators": []}}',
        b'{"a": {"indicators": {"x": {"type": "url"}}}}',
    ],
)
def test_a_file_of_another_layout_is_refused_with_the_layout(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        read_labelled(path)
    assert "indicators" in caught.value.remedy


@pytest.mark.parametrize(
    ("label", "yes"),
    [
        (True, True),
        ("IOC", True),
        (1, True),
        ("non-IoC", False),
        ("not_ioc", False),
        (False, False),
        ("Benign", False),
    ],
)
def test_labels(label: object, yes: bool) -> None:
    assert is_indicator(label, "x") is yes


def test_a_label_that_says_neither_is_refused_with_its_place() -> None:
    with pytest.raises(UsageError, match="perhaps") as caught:
        is_indicator("perhaps", "report: value")
    assert caught.value.place == "report: value"


def test_values_and_kinds_are_compared_as_written_anywhere() -> None:
    assert plain(" hxxp://Evil[.]TOP/ ") == plain("http://evil.top")
    assert kind_of("Email-Address") == "email"
    assert kind_of("Something Else") == "somethingelse"


counts = st.tuples(*[st.integers(0, 20)] * 3)


@given(counts)
def test_f1_is_the_harmonic_mean_and_all_are_shares(each: tuple[int, int, int]) -> None:
    right = each[0]
    shares = precision(each), recall(each), f1(each)
    assert all(0 <= share <= 1 for share in shares)
    if right > 0:
        assert f1(each) == pytest.approx(2 / (1 / shares[0] + 1 / shares[1]))


@given(st.lists(counts, min_size=1, max_size=6))
def test_an_interval_is_in_order_and_of_one_document_a_point(each: list[tuple[int, int, int]]) -> None:
    low, high = interval(each, f1)
    assert 0 <= low <= high <= 1
    assert interval(each[:1], f1) == (f1(each[0]), f1(each[0]))


@given(counts)
def test_more_right_is_no_worse(each: tuple[int, int, int]) -> None:
    better = (each[0] + 1, *each[1:])
    assert all(statistic(better) >= statistic(each) for statistic in (precision, recall, f1))


def test_on_the_command_line(tmp_path: Path) -> None:
    file = written(tmp_path, {"harbour": HARBOUR, "quay": QUAY})
    result = CliRunner().invoke(command, ["indicators", str(file)])
    assert result.exit_code == 0
    assert "F1, all kinds" in " ".join(result.output.split())
    result = CliRunner().invoke(command, ["indicators"])
    assert "not measured" in result.output
    result = CliRunner().invoke(command, ["machine", str(file)])
    assert isinstance(result.exception, UsageError)
