"""Fetching a bundle: only from the web, whole or not at all, and every failure told. No network here."""

from __future__ import annotations

from http.client import IncompleteRead, InvalidURL
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request

import pytest

from weigh.compiling import fetching
from weigh.compiling.fetching import ATTACK_URL, fetch_attack
from weigh.errors import KnowledgeError

URL = "https://bundles.example/attack.json"


class Web:
    """What stands in for the network: the answer or the failure of every request, and the requests."""

    def __init__(self) -> None:
        self.answer: bytes | Exception = b"{}"
        self.asked: list[str] = []

    def __call__(self, request: Request, timeout: float) -> BytesIO:
        """Answer one request."""
        self.asked.append(request.full_url)
        if isinstance(self.answer, Exception):
            raise self.answer
        return BytesIO(self.answer)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    """The network, replaced."""
    stand_in = Web()
    monkeypatch.setattr(fetching, "urlopen", stand_in)
    return stand_in


def test_a_bundle_is_kept_whole_in_the_folder(tmp_path: Path, web: Web) -> None:
    web.answer = b'{"objects": []}'
    path = fetch_attack(tmp_path / "new" / "folder", URL)
    assert (path.read_bytes(), path.suffix, web.asked) == (web.answer, ".json", [URL])
    web.answer = b"second"
    assert fetch_attack(path.parent, URL).read_bytes() == b"second"
    assert [item.name for item in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/x", "", "attack.json", "data:,x", "http://["]
)
def test_only_the_web_is_fetched_from(tmp_path: Path, web: Web, url: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        fetch_attack(tmp_path, url)
    assert caught.value.place == url
    assert web.asked == []


@pytest.mark.parametrize(
    "failure",
    [
        URLError("no route"),
        TimeoutError("timed out"),
        IncompleteRead(b"half"),
        InvalidURL("a space"),
        HTTPError(URL, 404, "Not Found", {}, None),  # type: ignore[arg-type]
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_every_failure_is_told_with_the_remedy(tmp_path: Path, web: Web, failure: Exception) -> None:
    web.answer = failure
    with pytest.raises(KnowledgeError, match="could not be fetched") as caught:
        fetch_attack(tmp_path, URL)
    assert "weigh knowledge use FILE" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_an_answer_without_end_is_cut_off(tmp_path: Path, web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_MOST_BYTES", 10)
    web.answer = b"x" * 11
    with pytest.raises(KnowledgeError, match="larger than 10 bytes"):
        fetch_attack(tmp_path, URL)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, web: Web) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(KnowledgeError, match="cannot write here"):
        fetch_attack(tmp_path / "file" / "cache", URL)


def test_the_address_is_mitres_own_and_encrypted() -> None:
    assert ATTACK_URL.startswith("https://raw.githubusercontent.com/mitre-attack/")
