"""`weigh knowledge teach`: learn from labelled sentences, read with it, forget it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run

SEEN = "Crews moored grey boats beside the northern harbour pier number {}."
QUIET = "The harbour office opened to visitors on morning number {}."


def _labelled(folder: Path, documents: int = 24) -> Path:
    rows = [
        {"sentence": text.format(number), "techniques": labels, "document": f"report {number}"}
        for number in range(documents)
        for text, labels in ((SEEN, ["T1052.001"]), (QUIET, []))
    ]
    path = folder / "labelled.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def _techniques(weigh: Run, report: Path) -> list[str]:
    found = json.loads(weigh(report, "--json")[1])
    return [row["why"] for row in found["observations"] if row["kind"] == "technique"]


def test_what_is_taught_is_read_from_then_on_until_it_is_forgotten(weigh: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text(SEEN.format("seven") + "\n", encoding="utf-8")
    assert _techniques(weigh, report) == []
    code, out, _ = weigh("knowledge", "teach", _labelled(tmp_path))
    assert code == 0
    assert "48 sentences of 24 documents" in out
    assert "kept" in out
    assert "as taught" in weigh("knowledge")[1]
    assert json.loads(weigh("knowledge", "--json")[1])["taught"] is True
    assert ["taught" in why for why in _techniques(weigh, report)] == [True]
    assert weigh("knowledge", "teach", "--forget")[0] == 0
    assert _techniques(weigh, report) == []
    assert json.loads(weigh("knowledge", "--json")[1])["taught"] is False


def test_what_cannot_be_learnt_from_is_said(weigh: Run, tmp_path: Path) -> None:
    assert weigh("knowledge", "teach")[0] == 2
    code, _, err = weigh("knowledge", "teach", _labelled(tmp_path, 4))
    assert code != 0
    assert "4 documents" in err
    assert "at least 10 documents" in " ".join(err.split())


def test_figures_as_json(weigh: Run, tmp_path: Path) -> None:
    code, out, _ = weigh("knowledge", "teach", _labelled(tmp_path), "--json")
    assert code == 0
    assert json.loads(out)["taught"] > json.loads(out)["alone"]
    weigh("knowledge", "teach", "--forget")
