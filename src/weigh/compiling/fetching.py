"""Fetching the official ATT&CK bundle: only when a user asks for it."""

from __future__ import annotations

from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from weigh.errors import KnowledgeError

ATTACK_URL = (
    "https://raw.githubusercontent.com/mitre-attack/attack-stix-data/master/"
    "enterprise-attack/enterprise-attack.json"
)
_MOST_BYTES = 400_000_000
_SECONDS = 60


def fetch_attack(folder: Path, url: str) -> Path:
    """The bundle at `url`, saved in `folder`. Raises `KnowledgeError` when it cannot be had."""
    try:
        if urlsplit(url).scheme not in {"https", "http"}:
            raise KnowledgeError("only http and https can be fetched", place=url)
        request = Request(url, headers={"User-Agent": "weigh"})  # noqa: S310 (the scheme is checked above)
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 (the scheme is checked above)
            data = answer.read(_MOST_BYTES + 1)
    except (OSError, HTTPException, ValueError) as error:
        raise KnowledgeError(
            f"could not be fetched: {error}",
            place=url,
            remedy="fetch the bundle by other means, then `weigh knowledge use FILE`",
        ) from error
    if len(data) > _MOST_BYTES:
        raise KnowledgeError(f"larger than {_MOST_BYTES:,} bytes", place=url)
    path = folder / "enterprise-attack.json"
    scratch = path.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        scratch.write_bytes(data)
        scratch.replace(path)
    except OSError as error:
        raise KnowledgeError(
            f"cannot write here: {error.strerror}",
            place=str(folder),
            remedy="make room, or set WEIGH_CACHE to a folder that can be written",
        ) from error
    return path
