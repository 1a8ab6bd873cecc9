"""The docs say what the code does: the schema, the scales, the limits, the commands, the dependencies."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path

import pytest

from weigh import scales
from weigh.cli.export import FORMATS
from weigh.cli.main import COMMANDS
from weigh.inference.features import NAMES
from weigh.readers.limits import LIMITS
from weigh.renderers.as_json import json_schema

ROOT = Path(__file__).resolve().parents[1]


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_published_schema_is_the_schema() -> None:
    assert _read("docs/assessment.schema.json") == json_schema()


@pytest.mark.parametrize("bands", [scales.ICD203, scales.PHIA])
def test_every_band_of_a_scale_is_in_the_docs(bands: tuple[scales.Band, ...]) -> None:
    text = _read("docs/scales.md")
    for band in bands:
        assert band.word in text
        assert re.search(rf"\b{band.low:g}\b", text)
        assert re.search(rf"\b{band.high:g}\b", text)


def test_the_limits_in_the_docs_are_the_limits() -> None:
    text = _read("docs/safety-and-neutrality.md").replace(",", "")
    missing = [
        field.name
        for field in dataclasses.fields(LIMITS)
        if not _stands_in(getattr(LIMITS, field.name), text)
    ]
    assert missing == []


def _stands_in(value: int, text: str) -> bool:
    forms = [str(value)]
    if value % 1_000_000 == 0:
        forms += [f"{value // 1_000_000} million", f"{value // 1_000_000} MB", f"{value // 1_000_000} M"]
    return any(re.search(rf"(?<!\d){re.escape(form)}(?!\d)", text) is not None for form in forms)


def test_every_declared_dependency_is_explained() -> None:
    project = tomllib.loads(_read("pyproject.toml"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    text = _read("docs/dependencies.md").lower()
    names = [re.split(r"[<>=\[; ]", line)[0].lower() for line in declared]
    assert [name for name in names if name not in text and name.replace("-", "_") not in text] == []


def test_formats_and_features_are_described() -> None:
    formats = _read("docs/formats.md")
    assert [name for name in FORMATS if f"`{name}`" not in formats] == []
    model = _read("docs/model.md").lower()
    actor_features = [name for name in NAMES if not name.startswith("unlisted")]
    assert [name for name in actor_features if name not in model] == []


def test_whatever_reaches_the_network_is_named_where_that_is_promised() -> None:
    source = ROOT / "src" / "weigh"
    reaching = re.compile(r"^(?:from|import) (?:http\.client|urllib\.request|socket|ssl)\b", re.MULTILINE)
    found = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if reaching.search(path.read_text(encoding="utf-8")) is not None
    }
    assert found == {"readers/url.py", "readers/network.py", "compiling/fetching.py", "claims/endpoint.py"}
    section = _read("docs/safety-and-neutrality.md").partition("## The network")[2].partition("\n## ")[0]
    for words in ("a URL given as a document", "`weigh knowledge update`", "--reader llm --endpoint URL"):
        assert words in section


def test_variables_of_the_environment_are_described() -> None:
    named = {
        name
        for path in (ROOT / "src" / "weigh").rglob("*.py")
        for name in re.findall(r"\"(WEIGH_[A-Z_]+)\"", path.read_text(encoding="utf-8"))
    }
    assert [name for name in sorted(named) if f"`{name}`" not in _read("docs/formats.md")] == []


def test_the_readme_names_only_commands_that_exist() -> None:
    named = set(re.findall(r"(?:`|\$ |bin/)weigh ([a-z]+)\b", _read("README.md")))
    assert named - set(COMMANDS) == set()


def test_links_between_documents_lead_somewhere() -> None:
    for path in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")]:
        for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name} links to {target}"
